package form

import (
	"strconv"
	"strings"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
	"bounceboard/theme"
	"bounceboard/ui/cell"
	"bounceboard/ui/chart"
	"bounceboard/ui/words"
)

const (
	minWidth    = 60  // in fewer columns nothing can be read
	maxWidth    = 104 // wider rows are harder to follow with the eye
	nameWidth   = 12  // --permanence
	meaningRows = 2   // kept free for what the choice with the cursor means
)

// width is the columns that the form uses; the last of them says that there
// are more lines.
func (f *Form) width() int { return min(f.w, maxWidth) }

// body is the lines of the fields: all but title and foot.
func (f *Form) body() int { return max(f.h-2, 0) }

func (f *Form) line(w int, pieces ...chart.Piece) string { return chart.Line(f.fit, w, pieces...) }

// Draw draws the form in all its cells.
func (f *Form) Draw(bool) []string {
	if f.w < minWidth {
		return make([]string, f.h)
	}
	w, clock := f.width(), f.Lang.Say(words.FormClock)
	title := " " + f.fit.Fit(f.Lang.Say(words.FormTitle), w-2-cell.Width(clock))
	lines := append([]string{f.line(w, f.ink.Title.Of(title), f.ink.Muted.Of(clock))}, f.shown()...)
	lines = append(lines, f.foot())[:min(len(lines)+1, f.h)]
	for i := range lines {
		lines[i] += f.fit.Fit("", f.w-w)
	}
	return lines
}

// shown are the lines of the fields in view, with signs in a last column where
// there are more.
func (f *Form) shown() []string {
	w, h := max(f.width()-1, 0), f.body()
	var all []string
	for i := range f.fields {
		all = append(all, f.block(&f.fields[i], w)...)
	}
	lines := make([]string, h)
	for i := range lines {
		more := " "
		switch {
		case i == 0 && f.top > 0:
			more = f.Theme.Marks.Up
		case i == h-1 && f.top+h < len(all):
			more = f.Theme.Marks.Down
		}
		lines[i] = f.fit.Fit("", w)
		if f.top+i < len(all) {
			lines[i] = all[f.top+i]
		}
		lines[i] += f.line(f.width()-w, f.ink.Muted.Of(more))
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
	if d == f.at() {
		return append(append(lines, f.under(d, w)), f.choices(d, w)...)
	}
	if f.reason(d) != nil {
		lines = append(lines, f.under(d, w))
	}
	return lines
}

// reveal scrolls just enough to show the field with the cursor, and where that
// is higher than the window, the choice with the cursor.
func (f *Form) reveal() {
	all, first, last := 0, 0, 0 // lines; those of the field with the cursor
	for i := range f.fields {
		if i == f.focus {
			first = all
		}
		all += len(f.block(&f.fields[i], f.width()-1))
		if i == f.focus {
			last = all
		}
	}
	d := f.at()
	if d.apart {
		first++
	}
	cursor := first + 1
	if d.kind == choice {
		cursor = last - meaningRows - len(d.codes) + d.cursor
	}
	h := f.body()
	f.top = max(f.top, last-h)
	f.top = min(f.top, first, max(all-h, 0))
	f.top = max(f.top, min(cursor, last-1)-h+1, 0)
}

// labelWidth is that of the longest label.
func labelWidth(l words.Lang) int {
	w := 0
	for _, s := range specs {
		w = max(w, cell.Width(words.ParameterName(l, s.param)))
	}
	return w
}

// valueColumn is where values begin.
func valueColumn(l words.Lang) int { return 2 + labelWidth(l) + 2 + nameWidth + 1 }

// row is a field's label, its value, and what that comes to.
func (f *Form) row(d *field, w int) string {
	mark, ink := "  ", f.ink.Text
	if d == f.at() {
		mark, ink = f.Theme.Marks.Focus+" ", f.ink.Accent
	}
	at, aside := valueColumn(f.Lang), d.aside()
	room := w - at - 1
	if aside != "" {
		aside = "  " + aside
		room -= cell.Width(aside)
	}
	room = max(room, 1)
	head := mark + f.fit.Fit(words.ParameterName(f.Lang, d.param), labelWidth(f.Lang))
	return f.line(at, ink.Of(head), f.ink.Muted.Of("  "+string(d.param))) +
		f.line(room, f.value(d, room)...) + f.line(w-at-room, f.ink.Muted.Of(aside))
}

// value is what d says, in at most w columns.
func (f *Form) value(d *field, w int) []chart.Piece {
	switch {
	case d.kind == choice:
		return f.summary(d, w)
	case d == f.at():
		return d.input.Draw(f.Theme, w, f.ink.Edited, f.ink.Selected)
	case d.input.Text() == "":
		return []chart.Piece{f.ink.Muted.Of(f.fit.Cut(d.unset(f.Theme, f.Lang), w))}
	}
	return []chart.Piece{f.ink.Text.Of(f.fit.FitMiddle(d.input.Text(), w))}
}

// unset is what an empty field means.
func (d *field) unset(th theme.Theme, l words.Lang) string {
	switch {
	case d.param == sendcloud.ParamDays, d.kind == date:
		return th.Marks.Dash
	case d.param == sendcloud.ParamStart:
		return "0"
	case d.param == sendcloud.ParamLimit:
		return "100"
	}
	return l.Say(words.FormAny)
}

// aside is the day that a date comes to, where it was written in another way.
func (d *field) aside() string {
	if text := d.day.String(); text != strings.TrimSpace(d.input.Text()) {
		return text
	}
	return ""
}

// under is the row below a field: what is wrong, else what may be typed.
func (f *Form) under(d *field, w int) string {
	at := valueColumn(f.Lang)
	if e := f.reason(d); e != nil {
		return f.line(w, f.ink.Text.Of(f.fit.Fit("", at-2)), f.ink.Error.Of(f.Theme.Marks.Warn+" "+f.why(e, w-at)))
	}
	indent := f.ink.Text.Of(f.fit.Fit("", at))
	return f.line(w, indent, f.ink.Muted.Of(words.FormHint(f.Lang, d.param)))
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
	room := w - cell.Width(say(""))
	return say(f.fit.FitMiddle(value, min(max(room, 1), cell.Width(value))))
}

// foot is the last row: what stops the search, else what it costs.
func (f *Form) foot() string {
	pieces := []chart.Piece{f.ink.Text.Of(" ")}
	switch shown := f.firstShown(); {
	case shown != nil:
		pieces = append(pieces, f.ink.Error.Of(f.Lang.Say(words.FormStopped, words.ParameterName(f.Lang, shown.param))))
	case f.Cost == nil:
	case f.firstWrong() >= 0:
		pieces = append(pieces, f.ink.Muted.Of(f.Lang.Say(words.FormNoCost)))
	case f.failed != nil:
		pieces = append(pieces, f.ink.Warning.Of(f.Lang.Say(words.FormFailed, words.Error(f.Lang, f.failed))))
	default:
		pieces = append(pieces, f.ink.Text.Of(words.FormCalls(f.Lang, f.calls)))
		for _, n := range f.notes {
			pieces = append(pieces, f.ink.Muted.Of("  "+f.Theme.Marks.Dot+"  "+words.FormNote(f.Lang, n)))
		}
	}
	return f.line(f.width(), pieces...)
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

// meaning says more about the choice with the cursor.
func (d *field) meaning(l words.Lang) string {
	code := d.codes[d.cursor]
	switch d.param {
	case sendcloud.ParamStatus:
		return words.StatusMeaning(l, sendcloud.Status(code))
	case words.FilterCause:
		return bounce.Cause(code).Meaning(string(l))
	case words.FilterPermanence:
		return ""
	}
	return words.SubStatusMeaning(l, sendcloud.SubStatus(code))
}

// summary says what is chosen, in at most w columns.
func (f *Form) summary(d *field, w int) []chart.Piece {
	codes := marked[int](d)
	between := separator
	var pieces []chart.Piece
	switch {
	case len(codes) == 0:
		return []chart.Piece{f.ink.Muted.Of(f.fit.Cut(f.Lang.Say(words.FormAny), w))}
	case d.param == sendcloud.ParamSubStatus && len(codes) == len(d.codes):
		return []chart.Piece{f.ink.Text.Of(f.fit.Cut(f.Lang.Say(words.FormAllFailures, len(codes)), w))}
	case d.param == sendcloud.ParamStatus:
		between = "  "
	case d.param == sendcloud.ParamSubStatus:
		between = " "
	}
	for i, c := range codes {
		p := f.name(d, c)
		if d.param == sendcloud.ParamSubStatus && len(codes) > 1 {
			p.Text = strconv.Itoa(c)
		}
		if i > 0 {
			p.Text = between + p.Text
		}
		p.Text = f.fit.Cut(p.Text, w)
		w -= cell.Width(p.Text)
		pieces = append(pieces, p)
	}
	return pieces
}

// choices are the lines of a list, with what the choice with the cursor means.
func (f *Form) choices(d *field, w int) []string {
	if d.kind != choice {
		return nil
	}
	indent := f.ink.Text.Of(f.fit.Fit("", valueColumn(f.Lang)))
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
	meaning := append(f.fit.Wrap(d.meaning(f.Lang), w-cell.Width(indent.Text)-1), make([]string, meaningRows)...)
	for _, text := range meaning[:meaningRows] {
		lines = append(lines, f.line(w, indent, f.ink.Muted.Of(text)))
	}
	return lines
}
