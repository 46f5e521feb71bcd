package ui

import (
	"cmp"
	"slices"
	"strings"

	"bounceboard/keymap"
	"bounceboard/ui/cell"
	"bounceboard/ui/counts"
	"bounceboard/ui/render"
	"bounceboard/ui/screen"
	"bounceboard/ui/session"
	"bounceboard/ui/words"
)

// View draws the screen. It changes nothing and reads no clock: Bubble Tea calls
// it after every message.
func (f *frame) View() string {
	if f.w <= 0 || f.h <= 0 {
		return ""
	}
	if tooSmall(f.w, f.h) {
		lines := f.fit.Wrap(f.Lang.Say(words.TooSmall.With(f.Keys), leastWidth, leastHeight, f.w, f.h), f.w)
		for i := range lines {
			lines[i] = f.fit.Cut(lines[i], f.w)
		}
		return f.Theme.Draw(strings.Join(lines[:min(f.h, len(lines))], "\n"))
	}
	l := f.layout()
	lines := append(make([]string, 0, f.h), f.header(l)...)
	lines = append(lines, f.body(l)...)
	lines = append(lines, f.statusLines(l)...)
	lines = append(lines, f.keyLine(l))
	return f.Theme.Draw(strings.Join(lines, "\n"))
}

// cursor returns the terminal's cursor: where one types or on the selected row,
// else hidden.
func (f *frame) cursor() render.Cursor {
	p, ok := f.at.top().(screen.Pointer)
	if !ok || tooSmall(f.w, f.h) {
		return render.Cursor{}
	}
	l := f.layout()
	at := l.Body.Min
	if _, bar := p.(screen.Bar); bar {
		at = l.Keys.Min
	}
	x, y, ok := p.Caret()
	return render.Cursor{Row: at.Y + y, Column: at.X + x, Visible: ok}
}

func (f *frame) layout() Layout {
	return layout(f.w, f.h, f.at.pane != nil, f.at.pane != nil && f.at.has(f.at.pane), len(f.status))
}

func (f *frame) body(l Layout) []string {
	base := f.at.base()
	over := f.at.pane != nil && base == f.at.pane
	if base != f.at.table && !over {
		return base.Draw(true)
	}
	var lines []string
	if !l.Table.Empty() {
		lines = f.at.table.Draw(!over)
	}
	if l.Detail.Empty() {
		return lines
	}
	var right []string
	if f.at.pane != nil {
		right = f.at.pane.Draw(over)
	}
	for len(right) < l.Detail.Dy() {
		right = append(right, "")
	}
	ink := f.Theme.Muted
	if over {
		ink = f.Theme.Accent
	}
	if l.Rule.Dy() == 1 {
		return append(append(lines, ink.Render(strings.Repeat(f.Theme.Marks.Line, l.Rule.Dx()))), right...)
	}
	for i := range lines {
		lines[i] += strings.Repeat(" ", max(0, l.Table.Dx()-cell.Width(lines[i]))) + ink.Render(f.Theme.Marks.Bar) + right[i]
	}
	return lines
}

func (f *frame) statusLines(l Layout) []string {
	lines := make([]string, l.Status.Dy())
	style := f.Theme.Text
	switch tone := f.notice.Tone; {
	case f.notice.Text == "":
		if f.wrong() {
			style = f.Theme.Error
		}
	case tone == screen.Bad:
		style = f.Theme.Error
	case tone == screen.Good:
		style = f.Theme.Delivered
	}
	_, bar := f.at.top().(screen.Bar)
	for i := range lines {
		if i >= len(f.status) || f.status[i] == "" {
			continue
		}
		if bar && f.notice.Text == "" {
			lines[i] = " " + f.status[i]
		} else {
			lines[i] = " " + style.Render(f.status[i])
		}
	}
	return lines
}

// wrong: the status line says that something failed.
func (f *frame) wrong() bool {
	s := f.at.session
	got, ok := s.Reading()
	return !f.underWay() && (s.Asking.Err != nil || ok && (got.Err != nil || got.Whole && (len(got.Summary.Incomplete) > 0 || got.Summary.Empty > 0)))
}

// keyLine shows the keys that act here, as many as fit; help always does.
func (f *frame) keyLine(l Layout) string {
	if bar, ok := f.at.top().(screen.Bar); ok {
		if line := bar.KeyLine(); line != "" {
			return line
		}
	}
	const between = 3
	room := l.Keys.Dx() - 2
	var shown []string
	put := func(h words.Hint) bool {
		keys := f.Theme.Keys(h.Keys)
		n := cell.Width(keys) + 1 + cell.Width(h.Text) + between
		if n > room+between {
			return false
		}
		room -= n
		shown = append(shown, f.Theme.Key.Render(keys)+" "+h.Text)
		return true
	}
	hints, last := f.hints()
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

// hints returns the keys that act now; what stops or pauses calls stands first.
func (f *frame) hints() (hints []words.Hint, last words.Hint) {
	hints, last = words.Hints(f.Lang, f.Keys, f.at.top().Place(), f.can)
	for i, h := range hints {
		s := f.hint(h.Action)
		if s != (words.Sentence{}) {
			hints[i].Text = f.Lang.Say(s)
		}
	}
	rank := func(h words.Hint) int {
		switch {
		case h.Action == keymap.Back && f.stopping():
			return 0
		case h.Action == keymap.FetchAll && (f.jobs.Running(session.Fetch) || f.at.session.Paused()):
			return 1
		}
		return 2
	}
	slices.SortStableFunc(hints, func(a, b words.Hint) int { return cmp.Compare(rank(a), rank(b)) })
	return hints, last
}

// hint returns the word for an action where it is not the usual one.
func (f *frame) hint(a keymap.Action) words.Sentence {
	if a == keymap.Back && (f.stopping() || f.countsQuery() && f.jobs.Running(counts.Kind)) {
		return words.StopHint
	}
	return f.at.table.Hint(a)
}

// can reports whether an action does something now; the bottom line shows no
// other.
func (f *frame) can(a keymap.Action) bool {
	v := f.at
	s := v.session
	rows := s.Total() > 0
	_, service := s.Plan()
	switch a {
	case keymap.Open, keymap.Copy, keymap.Filter, keymap.Facets, keymap.FacetsBy, keymap.Timeline, keymap.Sort, keymap.Mark, keymap.MarkRange, keymap.MarkAll:
		return rows
	case keymap.Pattern:
		return rows && v.top().Can(a)
	case keymap.NextPage, keymap.PrevPage:
		return v.table.Can(a)
	case keymap.Query, keymap.Counts:
		return service
	case keymap.FetchAll:
		return s.Announced() > 0 && !s.Fetched()
	case keymap.Back:
		return v.top() != v.table || f.stopping() || len(f.history) > 0 || len(s.Path()) > 0 || s.Order != nil || s.Marks.Len() > 0
	}
	return v.top().Can(a)
}
