package ui

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"bounceboard/keymap"
	"bounceboard/sendcloud/pattern"
	"bounceboard/sendcloud/recordset"
	"bounceboard/ui/detail"
	"bounceboard/ui/words"
)

// card is a pattern that is shown whole.
type card struct {
	*detail.Pattern
	id   pattern.ID
	from keymap.Place // who had the keyboard
}

// patternMsg is what the rows of a pattern have in common; one of an older
// state of the slice is dropped.
type patternMsg struct {
	slice   *slice
	job     int
	snap    recordset.Snapshot
	sum     recordset.Summary
	covered int
	err     error
}

// sampled is how many rows of a pattern its variables are looked at in.
const sampled = 2000

// openCard shows a pattern whole: that of the selected reply, or the one chosen
// among the values.
func (m *Model) openCard() tea.Cmd {
	cmd, ok := m.inMemory()
	if !ok {
		return nil
	}
	switch rec, selected := m.results.Selected(); {
	case m.place == keymap.FacetsPane:
		v, ok := m.values.Selected()
		if !ok || m.values.facet.Column != recordset.ByPattern {
			m.say(m.lang.Say(words.NoPatternHere), plain)
			return cmd
		}
		m.card.id = pattern.ID(v.ID)
	case !selected:
		m.say(m.lang.Say(words.NoRow), plain)
		return cmd
	default:
		text, _ := pattern.Of(rec.SendLog)
		m.card.id = pattern.IDOf(text)
	}
	m.card.Clear()
	m.card.from, m.place = m.place, keymap.PatternPage
	return tea.Batch(cmd, m.refreshPane())
}

func countPattern(ctx context.Context, s *slice, job int, snap recordset.Snapshot, sel recordset.Selection, id pattern.ID) tea.Cmd {
	return func() tea.Msg {
		sum, covered, err := snap.PatternOf(ctx, sel, id, sampled)
		return patternMsg{s, job, snap, sum, covered, err}
	}
}

func (m *Model) onPattern(msg patternMsg) tea.Cmd {
	again, ok := m.counted(msg.slice, msg.job, msg.err)
	if ok && m.at(keymap.PatternPage) && msg.sum.ID == m.card.id {
		m.card.Show(msg.snap, msg.sum, msg.covered)
	}
	return again
}

func (m *Model) pressCard(a keymap.Action) tea.Cmd {
	if scroll(m.card.Pattern, a) {
		return nil
	}
	switch a {
	case keymap.Help:
		m.showHelp()
	case keymap.CopyPattern:
		return m.toClipboard(copied{what: words.WhatPattern, rows: 1}, string(m.card.id))
	case keymap.Take, keymap.Exclude:
		id := string(m.card.id)
		to := m.stepTo(recordset.ByPattern, id, id, a == keymap.Exclude)
		m.place = m.card.from
		if m.place == keymap.Detail {
			m.place = keymap.Table // there are the rows
		}
		return m.narrowTo(to)
	case keymap.Back:
		if m.calling() {
			return m.stopFetch()
		}
		m.place = m.card.from
		return m.arrangeOrGoBack()
	}
	return nil
}

// scroller is text that is moved.
type scroller interface {
	Scroll(lines int)
	Height() int
}

// scroll moves a text; false: a is no moving action.
func scroll(p scroller, a keymap.Action) bool {
	const all = 1 << 30
	h := max(1, p.Height()-1)
	switch a {
	case keymap.Up:
		p.Scroll(-1)
	case keymap.Down:
		p.Scroll(1)
	case keymap.HalfUp:
		p.Scroll(-h / 2)
	case keymap.HalfDown:
		p.Scroll(h / 2)
	case keymap.PageUp:
		p.Scroll(-h)
	case keymap.PageDown:
		p.Scroll(h)
	case keymap.First:
		p.Scroll(-all)
	case keymap.Last:
		p.Scroll(all)
	default:
		return false
	}
	return true
}
