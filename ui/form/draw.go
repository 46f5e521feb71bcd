package form

import (
	"cmp"
	"strconv"
	"strings"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
	"bounceboard/ui/cell"
	"bounceboard/ui/chart"
	"bounceboard/ui/pane"
	"bounceboard/ui/words"
)

const (
	minWidth    = 60 // in fewer columns nothing can be read
	labelWidth  = 10 // Permanence, 永久/临时
	nameWidth   = 12 // --permanence
	valueColumn = 2 + labelWidth + 2 + nameWidth + 1
)

// body is the lines of the fields: all but title and foot.
func (f *Form) body() int { return max(f.h-2, 0) }

func (f *Form) line(w int, pieces ...chart.Piece) string { return chart.Line(f.fit, w, pieces...) }

// Draw draws the form in all its cells.
func (f *Form) Draw(bool) []string {
	if f.w < minWidth {
		return make([]string, f.h)
	}
	clock := f.Lang.Say(words.FormClock)
	title := " " + f.fit.Fit(f.Lang.Say(words.FormTitle), f.w-2-cell.Width(clock))
	lines := append([]string{f.line(f.w, f.ink.Title.Of(title), f.ink.Muted.Of(clock))}, f.shown()...)
	return append(lines, f.foot())[:min(len(lines)+1, f.h)]
}

// shown are the lines of the fields in view, with signs in a last column where
// there are more.
func (f *Form) shown() []string {
	w, h := max(f.w-1, 0), f.body()
	var all []string
	for i := range f.fields {
		all = append(all, f.block(&f.fields[i], w)...)
	}
	lines := make([]string, h)
	for i := range lines {
		lines[i] = f.fit.Fit("", w)
		if f.top+i < len(all) {
			lines[i] = all[f.top+i]
		}
		lines[i] += pane.More(f.fit, f.ink.Muted, f.Theme.Marks.Up, f.Theme.Marks.Down, i, f.top, len(all), h)
	}
	return lines
}

// block is the lines of a field: its row, what is wrong or may be typed, and
// where it has the cursor its choices.
func (f *Form) block(d *field, w int) []string {
	var lines []string
	if d.apart {
		lines = append(lines, f.fit.Fit("", w))
	}
	lines = append(lines, f.row(d, w))
	if d == f.at() || f.reason(d) != nil {
		lines = append(lines, f.under(d, w))
	}
	if d == f.at() {
		lines = append(lines, f.choices(d, w)...)
	}
	return lines
}

// reveal scrolls just enough to show the field with the cursor, and where that
// is higher than the window, the choice with the cursor.
func (f *Form) reveal() {
	all, last := f.lines()
	d, h := f.at(), f.body()
	first, cursor := last-2-len(d.codes), last-1
	if d.kind == choice {
		cursor = last - len(d.codes) + d.cursor
	}
	f.top = max(f.top, last-h)
	f.top = min(f.top, first, max(all-h, 0))
	f.top = max(f.top, cursor-h+1, 0)
}

// lines counts the lines of all fields, and those up to the end of the field with
// the cursor.
func (f *Form) lines() (all, last int) {
	for i := range f.fields {
		all += len(f.block(&f.fields[i], f.w-1))
		if i == f.focus {
			last = all
		}
	}
	return all, last
}

// Caret is the cursor's place; see screen.Pointer.
func (f *Form) Caret() (x, y int, ok bool) {
	_, last := f.lines()
	d := f.at()
	x, y = valueColumn, last-len(d.codes)+d.cursor-f.top
	if d.kind != choice {
		x, y = x+d.input.Caret(f.Theme, f.room(d, f.w-1)), last-2-f.top
	}
	return x, 1 + y, y >= 0 && y < f.body()
}

// row is a field's label, its value, and what that comes to.
func (f *Form) row(d *field, w int) string {
	mark, ink := "  ", f.ink.Text
	if d == f.at() {
		mark, ink = f.Theme.Marks.Focus+" ", f.ink.Accent
	}
	aside, room := f.aside(d), f.room(d, w)
	head := mark + f.fit.Fit(words.ParameterName(f.Lang, d.param), labelWidth)
	return f.line(valueColumn, ink.Of(head), f.ink.Muted.Of("  "+string(d.param))) +
		f.line(room, f.value(d, room)...) + f.line(w-valueColumn-room, f.ink.Muted.Of(aside))
}

// value is what d says, in at most w columns.
func (f *Form) value(d *field, w int) []chart.Piece {
	switch {
	case d.kind == choice:
		return f.summary(d, w)
	case d == f.at():
		return []chart.Piece{f.ink.Edited.Of(d.input.Draw(f.Theme, w))}
	case d.input.Text() == "":
		return []chart.Piece{f.ink.Muted.Of(f.fit.Cut(cmp.Or(d.unset, f.Lang.Say(words.FormAny)), w))}
	}
	return []chart.Piece{f.ink.Text.Of(f.fit.FitMiddle(d.input.Text(), w))}
}

// room is the columns of a value.
func (f *Form) room(d *field, w int) int { return max(w-valueColumn-1-cell.Width(f.aside(d)), 1) }

// aside is the day that a date comes to, where it was written in another way.
func (f *Form) aside(d *field) string {
	if d.kind != date {
		return ""
	}
	if text := d.fill(&f.says); text != "" && text != strings.TrimSpace(d.input.Text()) {
		return "  " + text
	}
	return ""
}

// under is the row below a field: what is wrong, else what may be typed.
func (f *Form) under(d *field, w int) string {
	if e := f.reason(d); e != nil {
		return f.line(w, f.ink.Text.Of(f.fit.Fit("", valueColumn-2)), f.ink.Error.Of(f.Theme.Marks.Warn+" "+f.why(e, w-valueColumn)))
	}
	return f.line(w, f.ink.Text.Of(f.fit.Fit("", valueColumn)), f.ink.Muted.Of(words.FormHint(f.Lang, d.param)))
}

// why is the reason in w columns; the value in it, which stands right above,
// is shortened.
func (f *Form) why(e *sendcloud.ParameterError, w int) string {
	say := func(value string) string {
		short := *e
		short.Value = value
		return words.ParameterReason(f.Lang, &short, func(p sendcloud.Param) string { return words.ParameterName(f.Lang, p) })
	}
	value := cell.Clean(e.Value)
	return say(f.fit.FitMiddle(value, min(max(w-cell.Width(say("")), 1), cell.Width(value))))
}

// foot is the last row: what stops the search, else what it costs.
func (f *Form) foot() string {
	pieces := []chart.Piece{f.ink.Text.Of(" ")}
	switch shown := f.firstShown(); {
	case shown >= 0:
		pieces = append(pieces, f.ink.Error.Of(f.Lang.Say(words.FormStopped, words.ParameterName(f.Lang, f.fields[shown].param))))
	case f.Cost == nil:
	case f.firstWrong() >= 0:
		pieces = append(pieces, f.ink.Muted.Of(f.Lang.Say(words.FormNoCost)))
	case f.failed != nil:
		pieces = append(pieces, f.ink.Warning.Of(f.Lang.Say(words.FormFailed, words.Error(f.Lang, f.failed))))
	default:
		pieces = append(pieces, f.ink.Text.Of(f.Lang.Say(words.FormCost, words.Calls(f.Lang, f.calls))))
		for _, n := range f.notes {
			pieces = append(pieces, f.ink.Muted.Of("  "+f.Theme.Marks.Dot+"  "+words.Note(f.Lang, n)))
		}
	}
	return f.line(f.w, pieces...)
}

// name is a choice as a person reads it, in its ink.
func (f *Form) name(d *field, code int) chart.Piece {
	switch d.param {
	case sendcloud.ParamStatus:
		mark, ink := f.ink.Status(code)
		return ink.Of(mark + " " + words.StatusName(f.Lang, sendcloud.Status(code)))
	case words.FilterCause:
		return f.ink.Text.Of(bounce.Cause(code).Short(string(f.Lang)))
	case words.FilterPermanence:
		return f.ink.Text.Of(words.Permanence(f.Lang, bounce.Permanence(code)))
	}
	return f.ink.Text.Of(strconv.Itoa(code) + " " + words.SubStatusName(f.Lang, sendcloud.SubStatus(code)))
}

// summary says what is chosen, in at most w columns; of several sub-statuses
// the codes alone.
func (f *Form) summary(d *field, w int) []chart.Piece {
	codes := d.marked()
	if len(codes) == 0 {
		return []chart.Piece{f.ink.Muted.Of(f.fit.Cut(f.Lang.Say(words.FormAny), w))}
	}
	if d.param == sendcloud.ParamSubStatus && len(codes) == len(d.codes) {
		return []chart.Piece{f.ink.Text.Of(f.fit.Cut(f.Lang.Say(words.FormAllFailures, len(codes)), w))}
	}
	var pieces []chart.Piece
	for _, c := range codes {
		p := f.name(d, c)
		if d.param == sendcloud.ParamSubStatus && len(codes) > 1 {
			p.Text = strconv.Itoa(c)
		}
		p.Text = f.fit.Cut(p.Text+"  ", w)
		w -= cell.Width(p.Text)
		pieces = append(pieces, p)
	}
	return pieces
}

// choices are the lines of a list.
func (f *Form) choices(d *field, w int) []string {
	indent := f.ink.Text.Of(f.fit.Fit("", valueColumn))
	var lines []string
	for i, code := range d.codes {
		p, box := f.name(d, code), f.Theme.Marks.Off
		if d.on[i] {
			box = f.Theme.Marks.On
		}
		if i == d.cursor {
			p.Ink = f.ink.Edited
		}
		p.Text = box + " " + p.Text
		lines = append(lines, f.line(w, indent, p))
	}
	return lines
}
