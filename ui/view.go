package ui

import (
	"image"
	"slices"
	"strings"

	"bounceboard/keymap"
	"bounceboard/ui/cell"
	"bounceboard/ui/counts"
	"bounceboard/ui/recipient"
	"bounceboard/ui/render"
	"bounceboard/ui/screen"
	"bounceboard/ui/session"
	"bounceboard/ui/words"
)

// View draws the screen. It changes nothing and reads no clock: Bubble Tea calls it after every message.
func (f *frame) View() string {
	if f.w <= 0 || f.h <= 0 {
		return ""
	}
	if f.Plain {
		return f.spoken()
	}
	if tooSmall(f.w, f.h) {
		lines := f.fit.Wrap(f.Lang.Say(words.TooSmall.With(f.Keys), leastWidth, leastHeight, f.w, f.h), f.w)
		for i := range lines {
			lines[i] = f.fit.Cut(lines[i], f.w)
		}
		return f.Theme.Draw(strings.Join(lines[:min(f.h, len(lines))], "\n"))
	}
	l := f.layout()
	return f.Theme.Draw(strings.Join(slices.Concat(f.header(l), f.onTop(), f.body(l), f.statusLines(l), []string{f.keyLine()}), "\n"))
}

// cursor returns the terminal's cursor: where one types or on the selected row, else hidden.
func (f *frame) cursor() render.Cursor {
	p, ok := f.at.top().(screen.Pointer)
	if !ok || tooSmall(f.w, f.h) {
		return render.Cursor{}
	}
	l := f.layout()
	at := l.Body.Min
	if f.at.top() == f.at.pane {
		at = l.Detail.Min
	}
	if _, bar := p.(screen.Bar); bar {
		at.Y = f.h - 1
	}
	x, y, ok := p.Caret()
	return render.Cursor{Row: at.Y + y, Column: at.X + x, Visible: ok}
}

func (f *frame) layout() Layout {
	top := len(f.onTop())
	l := layout(f.w, f.h-top, f.at.pane != nil, f.at.pane != nil && slices.Contains(f.at.stack, f.at.pane), len(f.status))
	for _, r := range []*image.Rectangle{&l.Table, &l.Rule, &l.Detail, &l.Body, &l.Status} {
		*r = r.Add(image.Pt(0, top))
	}
	if c, open := f.at.pane.(*choosing); open {
		return c.below(l)
	}
	return l
}

func (f *frame) body(l Layout) []string {
	base := f.at.base()
	over := f.at.pane != nil && base == f.at.pane
	if base != f.at.table && !over {
		lines := base.Draw(true)
		return append(lines, make([]string, max(0, l.Body.Dy()-len(lines)))...) // the keys stay in the bottom line
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
	right = append(right, make([]string, l.Detail.Dy()-len(right))...)
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
	lines, style := make([]string, l.Status.Dy()), f.Theme.Text
	_, bar := f.at.top().(screen.Bar)
	switch said := f.notice.Text != ""; {
	case said && f.notice.Tone == screen.Good:
		style = f.Theme.Delivered
	case said && f.notice.Tone == screen.Bad, !said && !bar && f.wrong():
		style = f.Theme.Error
	}
	for i, text := range f.status[:min(len(lines), len(f.status))] {
		if lines[i] = " " + text; !bar || f.notice.Text != "" {
			lines[i] = " " + style.Render(text)
		}
	}
	return lines
}

func (f *frame) wrong() bool {
	s := f.at.session
	got, _ := s.Reading()
	lacks := len(got.Summary.Incomplete) > 0 || got.Summary.Empty > 0
	return !f.underWay() && (s.Asking.Err != nil || got.Err != nil || got.Whole && lacks)
}

// keyLine shows the keys that act here, as many as fit; the way out and help always do.
func (f *frame) keyLine() string {
	const between = "   "
	hints, last := f.hints()
	said := func(h words.Hint) string { return f.Theme.Key.Render(f.Theme.Keys(h.Keys)) + " " + h.Text }
	if bar, ok := f.at.top().(screen.Bar); ok {
		if _, types := bar.(screen.Typist); types {
			return bar.KeyLine() + said(last)
		} else if line := bar.KeyLine(); line != "" {
			return line
		}
	}
	always := []words.Hint{last}
	for _, way := range []keymap.Action{keymap.Back, keymap.Quit} {
		if i := slices.IndexFunc(hints, func(h words.Hint) bool { return h.Action == way }); i > 0 && len(always) == 1 {
			always = []words.Hint{hints[i], last}
			hints = slices.Delete(hints, i, i+1)
		}
	}
	room, shown := f.w-2, []string{}
	for _, h := range always {
		room -= cell.Width(said(h)) + len(between)
	}
	for _, h := range hints {
		if room -= cell.Width(said(h)) + len(between); room < -len(between) {
			break
		}
		shown = append(shown, said(h))
	}
	for _, h := range always {
		shown = append(shown, said(h))
	}
	return " " + strings.Join(shown, between)
}

// hints returns the keys that act now; what stops or pauses calls stands first.
func (f *frame) hints() (hints []words.Hint, last words.Hint) {
	hints, last = words.Hints(f.Lang, f.Keys, f.at.top().Place(), func(a keymap.Action) bool {
		return f.can(a) && (a != keymap.ReplyOn || f.at.table.ReplyNarrow())
	})
	for i, h := range hints {
		s := f.at.table.Hint(h.Action)
		if h.Action == keymap.Back && (f.stopping() || f.countsQuery() && f.jobs.Running(counts.Kind)) {
			s = words.StopHint
		} else if h.Action == keymap.Filter && f.at.top().Place() == keymap.HelpPage {
			s = words.SearchHint
		}
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
	slices.SortStableFunc(hints, func(a, b words.Hint) int { return rank(a) - rank(b) })
	return hints, last
}

// can reports whether an action does something now; the bottom line shows no other.
func (f *frame) can(a keymap.Action) bool {
	v := f.at
	s := v.session
	rows := s.Total() > 0
	_, service := s.Plan()
	if slices.Contains(aboutRows, a) {
		return rows
	}
	switch a {
	case keymap.Filter:
		return s.Snapshot().Len() > 0
	case keymap.Pattern:
		return rows && v.top().Can(a)
	case keymap.NextPage, keymap.PrevPage:
		return v.table.Can(a)
	case keymap.Query, keymap.Counts:
		return service
	case keymap.WithDelivered:
		plan, _ := s.Plan()
		return service && rows && recipient.NoDelivered(plan.Query)
	case keymap.FetchAll:
		return s.Announced() > 0 && !s.Fetched()
	case keymap.Back:
		return v.top() != v.table || v.table.Sideways() || f.stopping() || len(f.history) > 0 || len(s.Path()) > 0 || s.Order != nil || s.Marks.Len() > 0
	}
	return v.top().Can(a)
}

// The smallest screen on which everything can be used.
const (
	leastWidth  = 60
	leastHeight = 15
)

// Layout names the rectangles of the screen; an empty one is not drawn.
type Layout struct {
	Table  image.Rectangle
	Rule   image.Rectangle // between table and detail
	Detail image.Rectangle
	Body   image.Rectangle // all between the two lines of the header and the status, for what lies over it
	Status image.Rectangle
}

// layout divides a screen of w×h, the one place with screen arithmetic. over: the detail has the keyboard; status is in lines.
func layout(w, h int, detail, over bool, status int) Layout {
	status = max(1, min(status, 4))
	body := image.Rect(0, 2, w, max(2, h-1-status))
	l := Layout{Table: body, Body: body, Status: image.Rect(0, body.Max.Y, w, max(body.Max.Y, h-1))}
	switch {
	case beside(w):
		at := w * 13 / 20 // room for the status in words and for a reply
		l.Table.Max.X = at
		l.Rule = image.Rect(at, body.Min.Y, at+1, body.Max.Y)
		l.Detail = image.Rect(at+1, body.Min.Y, w, body.Max.Y)
	case !detail:
	case below(h):
		at := body.Min.Y + (h-4)*11/20 // however long the message is
		l.Table.Max.Y = at
		l.Rule = image.Rect(0, at, w, at+1)
		l.Detail = image.Rect(0, at+1, w, body.Max.Y)
	case over:
		l.Table = image.Rectangle{}
		l.Rule = image.Rect(0, body.Min.Y, w, body.Min.Y+1)
		l.Detail = image.Rect(0, body.Min.Y+1, w, body.Max.Y)
	}
	return l
}

// beside: the screen is wide enough for table and detail side by side.
func beside(w int) bool { return w >= 160 }

// below: the screen is high enough for the detail under the table.
func below(h int) bool { return h >= 30 }

func tooSmall(w, h int) bool { return w < leastWidth || h < leastHeight }

// spread puts left, else short, and right at the ends of w columns; what is too long is cut in the middle: its end is the newest step.
func spread(fit cell.Style, left, short, right string, w int) (string, string) {
	right = fit.Cut(right, w-2)
	room := w - 2 - cell.Width(right) - 2
	if room < 8 {
		room, right = w-2, ""
	}
	if cell.Width(left) > room {
		left = short
	}
	if right == "" {
		return " " + fit.Cut(left, room), ""
	}
	return " " + fit.FitMiddle(left, room) + "  ", right
}
