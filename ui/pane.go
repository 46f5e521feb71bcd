package ui

import (
	"context"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"bounceboard/keymap"
	"bounceboard/sendcloud"
	"bounceboard/sendcloud/recordset"
	"bounceboard/ui/timeline"
	"bounceboard/ui/words"
)

// barsMsg is a slice over time; counts of an older state of it are dropped.
type barsMsg struct {
	slice *slice
	job   int
	bars  recordset.Histogram
	err   error
}

// mostBars is how many buckets a histogram has at most: over 90 days by hour.
const mostBars = 24 * 92

// openPane shows the facets or the timeline in place of the detail.
func (m *Model) openPane(p keymap.Place) tea.Cmd {
	if m.pane == p { // the key that opens it closes it
		return m.leavePane()
	}
	cmd, ok := m.inMemory()
	if !ok {
		return nil
	}
	m.pane, m.place = p, p
	m.values.turn(0, m.lang)
	m.timeline.Clear()
	return tea.Batch(cmd, m.refreshPane())
}

// closePane gives its place back to the detail.
func (m *Model) closePane() {
	if m.place == m.pane {
		m.place = keymap.Table
	}
	if m.under == m.pane {
		m.under = keymap.Table
	}
	m.pane = ""
}

func (m *Model) leavePane() tea.Cmd {
	m.closePane()
	m.rest()
	if m.slice == nil {
		return nil
	}
	return m.arrangeOrGoBack()
}

// refreshPane counts what the pane shows anew.
func (m *Model) refreshPane() tea.Cmd {
	s := m.slice
	if s == nil || m.pane == "" && !m.at(keymap.PatternPage) {
		return nil
	}
	if s.counting {
		s.recount = true
		return nil
	}
	s.counting, s.recount = true, false
	s.countJob++
	sel := s.snap.All()
	if s.narrowed != nil && s.filter() != "" {
		sel = s.narrowed.Rows
	}
	switch {
	case m.at(keymap.PatternPage):
		return countPattern(s.ctx, s, s.countJob, s.snap, sel, m.card.id)
	case m.pane == keymap.TimelinePane:
		return countBars(s.ctx, s, s.countJob, s.snap, sel)
	}
	return countFacet(s.ctx, s, s.countJob, s.snap, sel, m.values.by(), m.values.order(s.filter() != ""))
}

func countBars(ctx context.Context, s *slice, job int, snap recordset.Snapshot, sel recordset.Selection) tea.Cmd {
	return func() tea.Msg {
		h, err := snap.Histogram(ctx, sel, mostBars, nil)
		return barsMsg{s, job, *h, err}
	}
}

// counted takes the answer of a count; false: it is of an older state.
func (m *Model) counted(s *slice, job int, err error) (again tea.Cmd, ok bool) {
	if s != m.slice || job != s.countJob {
		return nil, false
	}
	s.counting = false
	if s.recount {
		again = m.refreshPane()
	}
	return again, err == nil
}

// part says what numbers come from: a part of the rows selected, where not all
// of them are explained yet, or of the rows there are, where not all are here.
func (m *Model) part(covered, selected int) (have, of int, partial bool) {
	s := m.slice
	have, of = s.snap.Len(), s.snap.Len()
	switch {
	case s.from == fromPages:
		of = m.pages.Announced()
	case s.feed.walk != nil:
		of = s.announced()
	}
	if covered < selected && have == of {
		return covered, selected, true
	}
	return have, of, have < of || m.untold()
}

func (m *Model) onBars(msg barsMsg) tea.Cmd {
	again, ok := m.counted(msg.slice, msg.job, msg.err)
	if !ok {
		return again
	}
	n := 0
	h := timeline.Histogram{Unit: timeline.Hour}
	if msg.bars.Step >= 24*time.Hour {
		h.Unit = timeline.Day
	}
	for _, b := range msg.bars.Bars {
		n += b.Total()
		h.Buckets = append(h.Buckets, timeline.Bucket{From: b.From, To: b.To, ByStatus: timeline.Tally{
			Delivered: b.Delivered, Soft: b.SoftBounce, Invalid: b.Invalid, Requested: b.Requested, Unknown: b.Other}})
	}
	h.Covered, h.Of, h.Partial = m.part(n, n)
	h.Undated, h.Growing = msg.bars.Undated, m.fetching()
	if !strings.Contains(m.slice.filter(), "time:") { // else there are no rows before these because none were wanted
		h.Since = m.slice.first
	}
	m.timeline.Show(h)
	return again
}

// backFromPane takes off the last step of narrowing, then closes the pane.
func (m *Model) backFromPane() tea.Cmd {
	switch {
	case m.calling():
		return m.stopFetch()
	case m.pane == keymap.TimelinePane && m.timeline.Unmark():
		return nil
	case len(m.slice.path) > 0:
		return m.widenPath()
	}
	return m.leavePane()
}

// pressMoments takes a key in the timeline.
func (m *Model) pressMoments(a keymap.Action) tea.Cmd {
	if cmd, ok := m.shared(a); ok {
		return cmd
	}
	if steer(m.timeline, a) {
		return nil
	}
	switch a {
	case keymap.Earlier:
		m.timeline.Move(-1)
	case keymap.Later:
		m.timeline.Move(1)
	case keymap.ToRise:
		switch _, _, part := m.part(0, 0); {
		case m.timeline.ToRise():
		case part || m.fetching():
			m.say(m.lang.Say(words.TimelineLacks), plain)
		default:
			m.say(m.lang.Say(words.TimelineSteady), plain)
		}
	case keymap.RangeStart:
		if !m.timeline.Unmark() {
			m.timeline.Mark()
		}
	case keymap.Take:
		from, to, ok := m.timeline.Range()
		if !ok {
			from, to, ok = m.timeline.Selected()
		}
		if !ok {
			return nil
		}
		m.timeline.Unmark()
		days := from.Equal(sendcloud.DateOf(from).Start()) && to.Equal(sendcloud.DateOf(to).Start())
		return m.narrowTo(step{term: recordset.Between(from, to), text: words.Span(from, to, days, m.th.Marks.Dash)})
	case keymap.Back:
		return m.backFromPane()
	}
	return nil
}
