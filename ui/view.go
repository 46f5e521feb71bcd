package ui

import (
	"cmp"
	"slices"
	"strings"

	"bounceboard/keymap"
	"bounceboard/ui/cell"
	"bounceboard/ui/screen"
	"bounceboard/ui/session"
	"bounceboard/ui/words"
)

// View draws the screen. It changes nothing and reads no clock: Bubble Tea calls
// it after every message.
func (m *Model) View() string {
	if m.w <= 0 || m.h <= 0 {
		return ""
	}
	if tooSmall(m.w, m.h) {
		lines := m.fit.Wrap(m.Lang.Say(words.TooSmall.With(m.Keys), leastWidth, leastHeight, m.w, m.h), m.w)
		for i := range lines {
			lines[i] = m.fit.Cut(lines[i], m.w)
		}
		return m.Theme.Draw(strings.Join(lines[:min(m.h, len(lines))], "\n"))
	}
	l := m.layout()
	lines := append(make([]string, 0, m.h), m.header(l)...)
	lines = append(lines, m.body(l)...)
	lines = append(lines, m.statusLines(l)...)
	lines = append(lines, m.keyLine(l))
	return m.Theme.Draw(strings.Join(lines, "\n"))
}

func (m *Model) layout() Layout {
	return layout(m.w, m.h, m.at.pane != nil, m.at.pane != nil && m.at.has(m.at.pane), len(m.status))
}

func (m *Model) body(l Layout) []string {
	base := m.at.base()
	over := m.at.pane != nil && base == m.at.pane
	if base != m.at.table && !over {
		return base.Draw(true)
	}
	var lines []string
	if !l.Table.Empty() {
		lines = m.at.table.Draw(!over)
	}
	if l.Detail.Empty() {
		return lines
	}
	var right []string
	if m.at.pane != nil {
		right = m.at.pane.Draw(over)
	}
	for len(right) < l.Detail.Dy() {
		right = append(right, "")
	}
	ink := m.Theme.Muted
	if over {
		ink = m.Theme.Accent
	}
	if l.Rule.Dy() == 1 {
		return append(append(lines, ink.Render(strings.Repeat(m.Theme.Marks.Line, l.Rule.Dx()))), right...)
	}
	for i := range lines {
		lines[i] += strings.Repeat(" ", max(0, l.Table.Dx()-cell.Width(lines[i]))) + ink.Render(m.Theme.Marks.Bar) + right[i]
	}
	return lines
}

func (m *Model) statusLines(l Layout) []string {
	lines := make([]string, l.Status.Dy())
	style := m.Theme.Text
	switch tone := m.notice.Tone; {
	case m.notice.Text == "":
		if m.wrong() {
			style = m.Theme.Error
		}
	case tone == screen.Bad:
		style = m.Theme.Error
	case tone == screen.Good:
		style = m.Theme.Delivered
	}
	_, bar := m.at.top().(screen.Bar)
	for i := range lines {
		if i >= len(m.status) || m.status[i] == "" {
			continue
		}
		if bar && m.notice.Text == "" {
			lines[i] = " " + m.status[i]
		} else {
			lines[i] = " " + style.Render(m.status[i])
		}
	}
	return lines
}

// wrong: the status line says that something failed.
func (m *Model) wrong() bool {
	s := m.at.session
	got, ok := s.Reading()
	return !m.underWay() && (s.Asking.Err != nil || ok && (got.Err != nil || got.Whole && (len(got.Summary.Incomplete) > 0 || got.Summary.Empty > 0)))
}

// keyLine shows the keys that act here, as many as fit; help always does.
func (m *Model) keyLine(l Layout) string {
	if bar, ok := m.at.top().(screen.Bar); ok {
		if line := bar.KeyLine(); line != "" {
			return line
		}
	}
	const between = 3
	room := l.Keys.Dx() - 2
	var shown []string
	put := func(h words.Hint) bool {
		keys := m.Theme.Keys(h.Keys)
		n := cell.Width(keys) + 1 + cell.Width(h.Text) + between
		if n > room+between {
			return false
		}
		room -= n
		shown = append(shown, m.Theme.Key.Render(keys)+" "+h.Text)
		return true
	}
	hints, last := m.hints()
	room -= cell.Width(last.Keys) + 1 + cell.Width(last.Text) + between
	for _, h := range hints {
		if !put(h) {
			break
		}
	}
	room = l.Keys.Dx()
	put(last)
	return " " + strings.Join(shown, "   ")
}

// hints are the keys that act now; what stops or pauses calls stands first.
func (m *Model) hints() (hints []words.Hint, last words.Hint) {
	hints, last = words.Hints(m.Lang, m.Keys, m.at.top().Place(), m.can)
	for i, h := range hints {
		s := m.hint(h.Action)
		if s != (words.Sentence{}) {
			hints[i].Text = m.Lang.Say(s)
		}
	}
	rank := func(h words.Hint) int {
		switch {
		case h.Action == keymap.Back && m.stopping():
			return 0
		case h.Action == keymap.FetchAll && (m.jobs.Running(session.Fetch) || m.at.session.Paused()):
			return 1
		}
		return 2
	}
	slices.SortStableFunc(hints, func(a, b words.Hint) int { return cmp.Compare(rank(a), rank(b)) })
	return hints, last
}

// hint is the word for an action where it is not the usual one.
func (m *Model) hint(a keymap.Action) words.Sentence {
	if a == keymap.Back && m.stopping() {
		return words.StopHint
	}
	if top, ok := m.at.top().(screen.Hinter); ok {
		if s := top.Hint(a); s != (words.Sentence{}) {
			return s
		}
	}
	return m.at.table.Hint(a)
}
