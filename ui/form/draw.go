package form

import (
	"cmp"
	"strconv"
	"strings"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
	"bounceboard/ui/cell"
	"bounceboard/ui/chart"
	"bounceboard/ui/words"
)

const (
	minWidth    = 60 // in fewer columns nothing can be read
	labelWidth  = 10 // Permanence, 永久/临时
	nameWidth   = 12 // --permanence
	valueColumn = 2 + labelWidth + 2 + nameWidth + 1
)

// body is the number of lines for the fields: all but title and foot.
func (f *Form) body() int { return max(f.H-2, 0) }

func (f *Form) Draw(bool) []string {
	if f.W < minWidth {
		return make([]string, f.H)
	}
	clock := f.Say(words.FormClock)
	title := " " + f.Fit.Fit(f.Say(words.FormTitle), f.W-2-cell.Width(clock))
	lines := []string{f.Line(f.W, f.Ink.Title.Of(title), f.Ink.Muted.Of(clock))}
	lines = append(lines, f.Window(f.W, f.body(), f.top, len(f.lines), func(i int) string { return f.lines[i] })...)
	return append(lines, f.foot())[:f.H]
}

// arrange draws the fields anew, and scrolls just enough to show the one with the cursor, and where that is higher than the window,
// the choice with the cursor.
func (f *Form) arrange() {
	f.lines = nil
	first, last, w := 0, 0, max(f.W-1, 0)
	for i := range f.fields {
		d := &f.fields[i]
		if d.apart {
			f.lines = append(f.lines, f.Line(w))
		}
		row := len(f.lines)
		f.lines = append(f.lines, f.row(d, w))
		if d == f.at() || f.reason(d) != nil {
			f.lines = append(f.lines, f.under(d, w))
		}
		if d != f.at() {
			continue
		}
		if first, f.caret = row, row; d.codes != nil {
			f.caret = len(f.lines) + d.cursor
		}
		for i := range d.codes {
			f.lines = append(f.lines, f.choice(d, i, w))
		}
		last = len(f.lines)
	}
	f.top = min(max(f.top, last-f.body()), first, max(len(f.lines)-f.body(), 0))
	f.top = max(f.top, f.caret+1-f.body(), 0)
}

func (f *Form) Caret() (x, y int, ok bool) {
	x, y = valueColumn, f.caret-f.top
	if d := f.at(); d.codes == nil {
		x += d.input.Caret(f.Theme, f.room(d, f.W-1))
	}
	return x, 1 + y, y >= 0 && y < f.body()
}

func (f *Form) row(d *field, w int) string {
	mark, ink := "  ", f.Ink.Text
	if d == f.at() {
		mark, ink = f.Theme.Marks.Focus+" ", f.Ink.Accent
	}
	head, room := mark+f.Fit.Fit(words.ParameterName(f.Lang, d.param), labelWidth), f.room(d, w)
	return f.Line(valueColumn, ink.Of(head), f.Ink.Muted.Of("  "+string(d.param))) +
		f.Line(room, f.value(d, room)...) + f.Line(w-valueColumn-room, f.Ink.Muted.Of(f.day(d)))
}

func (f *Form) value(d *field, w int) []chart.Piece {
	unset := strings.TrimSpace(d.input.Text()) == "" && len(d.marked()) == 0
	switch {
	case f.givesWay(d), unset && (d.codes != nil || d != f.at()):
		return []chart.Piece{f.Ink.Muted.Of(f.Fit.Cut(cmp.Or(d.unset, f.Say(words.FormAny)), w))}
	case d.codes != nil:
		return f.summary(d, w)
	case d == f.at():
		return []chart.Piece{f.Ink.Edited.Of(d.input.Draw(f.Theme, w))}
	}
	return []chart.Piece{f.Ink.Text.Of(f.Fit.FitMiddle(d.input.Text(), w))}
}

func (f *Form) room(d *field, w int) int { return max(w-valueColumn-1-cell.Width(f.day(d)), 1) }

// day is what a date comes to, where it was written in another way.
func (f *Form) day(d *field) string {
	if text := d.text(f.says); d.date() && text != "" && text != strings.TrimSpace(d.input.Text()) {
		return "  " + text
	}
	return ""
}

// under is the row below a field: what is wrong, else what may be typed.
func (f *Form) under(d *field, w int) string {
	mark, text, ink := f.Theme.Marks.Warn+" ", "", f.Ink.Error
	if d == f.at() && !f.stopped {
		ink = f.Ink.Warning // it is being typed
	}
	switch e := f.reason(d); {
	case f.stray && d == f.at():
		text = f.Say(words.NoSuchChoice, words.ParameterName(f.Lang, d.param), f.typed)
	case e != nil:
		text = f.why(e, w-valueColumn)
	default:
		mark, text, ink = "  ", words.FormHint(f.Lang, d.param), f.Ink.Muted
	}
	return f.Line(w, f.Ink.Text.Of(f.Fit.Fit("", valueColumn-2)), ink.Of(mark+text))
}

// why is the reason in w columns; the value in it, which stands right above, is shortened.
func (f *Form) why(e *sendcloud.ParameterError, w int) string {
	say := func(value string) string {
		short := *e
		short.Value = value
		return words.ParameterReason(f.Lang, &short, func(p sendcloud.Param) string { return words.ParameterName(f.Lang, p) })
	}
	value := cell.Clean(e.Value)
	return say(f.Fit.FitMiddle(value, min(max(w-cell.Width(say("")), 1), cell.Width(value))))
}

// foot is the last row: what stops the search, else what it costs.
func (f *Form) foot() string {
	pieces := []chart.Piece{f.Ink.Text.Of(" ")}
	switch wrong := f.firstWrong(); {
	case wrong >= 0:
		ink := f.Ink.Error
		if wrong == f.focus && !f.stopped {
			ink = f.Ink.Muted
		}
		pieces = append(pieces, ink.Of(f.Say(words.FormStopped, words.ParameterName(f.Lang, f.fields[wrong].param))))
	case f.opt.Cost == nil:
	case f.failed != nil:
		pieces = append(pieces, f.Ink.Warning.Of(f.Say(words.FormFailed, words.Error(f.Lang, f.failed))))
	default:
		pieces = append(pieces, f.Ink.Text.Of(f.Say(words.FormCost, words.Calls(f.Lang, f.calls))))
		for _, n := range f.notes {
			pieces = append(pieces, f.Ink.Muted.Of(" "+f.Dot()+" "+words.Note(f.Lang, n)))
		}
	}
	return f.Line(f.W, pieces...)
}

func (f *Form) name(d *field, code int) string {
	switch d.param {
	case sendcloud.ParamStatus:
		return words.StatusName(f.Lang, sendcloud.Status(code))
	case words.FilterCause:
		return bounce.Cause(code).Short(string(f.Lang))
	case words.FilterPermanence:
		return words.Permanence(f.Lang, bounce.Permanence(code))
	}
	return strconv.Itoa(code) + " " + words.SubStatusName(f.Lang, sendcloud.SubStatus(code))
}

func (f *Form) marked(d *field, code int) chart.Piece {
	if d.param != sendcloud.ParamStatus {
		return f.Ink.Text.Of(f.name(d, code))
	}
	mark, ink := f.Ink.Status(code)
	return ink.Of(mark + " " + f.name(d, code))
}

// summary says what is chosen, in at most w columns; of several sub-statuses the codes alone.
func (f *Form) summary(d *field, w int) (pieces []chart.Piece) {
	codes := d.marked()
	for _, c := range codes {
		p := f.marked(d, c)
		if d.param == sendcloud.ParamSubStatus && len(codes) > 1 {
			p.Text = strconv.Itoa(c)
		}
		p.Text = f.Fit.Cut(p.Text+"  ", w)
		w -= cell.Width(p.Text)
		pieces = append(pieces, p)
	}
	return pieces
}

func (f *Form) choice(d *field, i, w int) string {
	p, box := f.marked(d, d.codes[i]), f.Theme.Marks.Off
	if d.on[i] && !f.givesWay(d) {
		box = f.Theme.Marks.On
	}
	if i == d.cursor {
		p.Ink = f.Ink.Edited
	}
	p.Text = box + " " + p.Text
	return f.Line(w, f.Ink.Text.Of(f.Fit.Fit("", valueColumn)), p)
}
