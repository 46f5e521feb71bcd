package form

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/lipgloss"

	"bounceboard/sendcloud"
	"bounceboard/ui/cell"
	"bounceboard/ui/words"
)

const (
	minWidth  = 40  // in less nothing can be read
	maxWidth  = 104 // wider rows are harder to follow with the eye
	roomy     = 26  // rows from which title and foot stand apart
	nameWidth = 11  // apiUserList
)

// piece is text in one style.
type piece struct {
	text  string
	style lipgloss.Style
}

// row puts pieces side by side into exactly w columns.
func (f *Form) row(w int, pieces ...piece) string {
	var b strings.Builder
	used := 0
	for _, p := range pieces {
		t := f.cells.Cut(p.text, w-used)
		used += cell.Width(t)
		if t != "" {
			b.WriteString(p.style.Render(t))
		}
	}
	return b.String() + f.blank(w-used)
}

func (f *Form) blank(n int) string { return f.cells.Fit("", max(n, 0)) }

// View is the form in exactly the size that SetSize named.
func (f *Form) View() string {
	if f.width == 0 || f.height == 0 {
		return ""
	}
	if f.view == "" {
		f.view = f.draw()
	}
	return f.view
}

func (f *Form) draw() string {
	if f.width < minWidth {
		return strings.TrimSuffix(strings.Repeat(f.blank(f.width)+"\n", f.height), "\n")
	}
	w := min(f.width, maxWidth)
	title, clock := f.lang.Say(words.FormTitle), f.lang.Say(words.FormClock)
	lines := []string{f.row(w, piece{" " + f.cells.Fit(title, w-2-cell.Width(clock)), f.th.Title}, piece{clock, f.th.Muted})}
	foot := []string{f.foot(w)}
	if f.height >= roomy {
		lines, foot = append(lines, f.blank(w)), append([]string{f.blank(w)}, foot...)
	}
	lines = append(append(lines, f.body(w, max(f.height-len(lines)-len(foot), 0))...), foot...)
	lines = lines[:min(len(lines), f.height)]
	for i := range lines {
		lines[i] += f.blank(f.width - w)
	}
	return strings.Join(lines, "\n")
}

// body is the part of the fields in view, h rows of it.
func (f *Form) body(w, h int) []string {
	w-- // the last column tells that there is more
	var lines []string
	var first, last, cursor int // of the field with the cursor
	for i := range f.fields {
		d := &f.fields[i]
		if slices.Contains(groups, d.param) {
			lines = append(lines, f.blank(w))
		}
		if d == f.at() {
			first = len(lines)
		}
		lines = append(lines, f.fieldRow(d, w))
		if d == f.at() {
			list, at := f.list(d, w)
			lines = append(lines, f.under(d, w))
			cursor = len(lines) + at
			lines = append(lines, list...)
			last = len(lines)
		} else if f.reason(d) != nil {
			lines = append(lines, f.under(d, w))
		}
	}
	f.reveal(len(lines), h, first, last, cursor)
	shown := slices.Clone(lines[f.top:min(f.top+h, len(lines))])
	for len(shown) < h {
		shown = append(shown, f.blank(w))
	}
	return f.markMore(shown, f.top > 0, f.top+h < len(lines))
}

// reveal scrolls just enough to show the field with the cursor, and where that
// is higher than the window, the choice with the cursor.
func (f *Form) reveal(n, h, first, last, cursor int) {
	f.top = max(f.top, last-h)
	f.top = min(f.top, first, max(n-h, 0))
	f.top = max(f.top, min(cursor, last-1)-h+1, 0)
}

// markMore says in a last column that there is more above or below.
func (f *Form) markMore(lines []string, above, below bool) []string {
	for i := range lines {
		switch {
		case i == 0 && above:
			lines[i] += f.th.Muted.Render(f.th.Marks.Up)
		case i == len(lines)-1 && below:
			lines[i] += f.th.Muted.Render(f.th.Marks.Down)
		default:
			lines[i] += " "
		}
	}
	return lines
}

// labelWidth is that of the longest label.
func (f *Form) labelWidth() int {
	w := 0
	for i := range f.fields {
		w = max(w, cell.Width(words.ParameterName(f.lang, f.fields[i].param)))
	}
	return w
}

// valueColumn is where values begin.
func (f *Form) valueColumn(w int) int {
	if w < 60 {
		return 2 + f.labelWidth() + 2
	}
	return 2 + f.labelWidth() + 2 + nameWidth + 2
}

func (f *Form) fieldRow(d *field, w int) string {
	mark, label := "  ", f.th.Text
	if d == f.at() {
		mark, label = f.th.Marks.Focus+" ", f.th.Accent
	}
	at := f.valueColumn(w)
	head := []piece{
		{mark, label},
		{f.cells.Fit(words.ParameterName(f.lang, d.param), f.labelWidth()), label},
		{"  " + string(d.param), f.th.Muted},
	}
	if w < 60 {
		head = head[:2]
	}
	right := f.aside(d)
	room := w - at - 1
	if right != "" {
		right = "  " + right
		room -= cell.Width(right)
	}
	room = max(room, 1)
	return f.row(at, head...) + f.value(d, room) + f.row(w-at-room, piece{right, f.th.Muted})
}

// value is what d says, in w columns.
func (f *Form) value(d *field, w int) string {
	switch {
	case d.choices != nil:
		return f.row(w, f.summary(d)...)
	case d == f.at():
		return f.typed(d, w)
	case d.input.Value() == "":
		return f.row(w, piece{f.unset(d), f.th.Muted})
	}
	return f.row(w, piece{f.cells.FitMiddle(d.input.Value(), w), f.th.Text})
}

// unset is what an empty field means.
func (f *Form) unset(d *field) string {
	switch d.param {
	case sendcloud.ParamDays, sendcloud.ParamStartDate, sendcloud.ParamEndDate:
		return f.th.Marks.Dash
	case sendcloud.ParamStart:
		return "0"
	case sendcloud.ParamLimit:
		return "100"
	}
	return f.lang.Say(words.FormAny)
}

// typed is the text with the cursor in it, scrolled so that the cursor shows.
func (f *Form) typed(d *field, w int) string {
	before, after := d.split()
	under, rest := " ", ""
	if after != "" {
		_, size := utf8.DecodeRuneInString(after)
		under, rest = cell.Clean(after[:size]), after[size:]
	}
	head := cell.Clean(lastRunes(before, 4*w)) // a pasted list can be long
	if room := w - cell.Width(under); cell.Width(head) > room {
		head = f.th.Marks.Ellipsis + tail(head, room-1)
	}
	room := w - cell.Width(head) - cell.Width(under)
	return f.th.Chosen.Render(head) + f.th.Selected.Render(under) + f.th.Chosen.Render(f.cells.Fit(rest, max(room, 0)))
}

// lastRunes is s, or its last n characters.
func lastRunes(s string, n int) string {
	at := len(s)
	for ; at > 0 && n > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(s[:at])
		at -= size
	}
	return s[at:]
}

// tail is as much of the end of s as w columns hold.
func tail(s string, w int) string {
	at := len(s)
	for at > 0 {
		r, size := utf8.DecodeLastRuneInString(s[:at])
		if w -= cell.Width(string(r)); w < 0 {
			break
		}
		at -= size
	}
	return s[at:]
}

// aside is what d's text comes to: the day, or how many.
func (f *Form) aside(d *field) string {
	value := strings.TrimSpace(d.input.Value())
	switch {
	case d.isDate():
		day, err := sendcloud.ParseDate(value, f.now())
		if err != nil || day.IsZero() {
			return ""
		}
		weekday := words.Weekday(f.lang, day.Start().Weekday())
		if value == day.String() {
			return weekday
		}
		return day.String() + " " + weekday
	case d.isList() && d.items > 1:
		return words.FormItems(f.lang, d.param, d.items)
	}
	return ""
}

// under is the row below a field: what is wrong, else what may be typed.
func (f *Form) under(d *field, w int) string {
	at := f.valueColumn(w)
	if e := f.reason(d); e != nil {
		text := f.why(e, w-at)
		return f.blank(at-2) + f.row(w-at+2, piece{f.th.Marks.Warn + " " + text, f.th.Error})
	}
	if offered, _ := f.suggestions(); len(offered) > 0 {
		rest := ""
		for _, o := range offered[1:] {
			rest += " " + f.th.Marks.Dot + " " + o
		}
		return f.blank(at-2) + f.row(w-at+1, piece{f.th.Marks.Right + " ", f.th.Key}, piece{offered[0], f.th.Text}, piece{rest, f.th.Muted}) + " "
	}
	return f.blank(at) + f.row(w-at, piece{words.FormHint(f.lang, d.param), f.th.Muted})
}

// why is the reason in w columns; the value in it, which stands right above,
// gives way.
func (f *Form) why(e *sendcloud.ParameterError, w int) string {
	say := func(value string) string {
		short := *e
		short.Value = value
		return words.ParameterReason(f.lang, &short, func(p sendcloud.Param) string { return words.ParameterName(f.lang, p) })
	}
	value := cell.Clean(e.Value)
	room := w - cell.Width(say(""))
	return say(f.cells.FitMiddle(value, min(max(room, 1), cell.Width(value))))
}

// foot is the last row: what stops the search, else what it costs.
func (f *Form) foot(w int) string {
	var text []piece
	switch shown := f.firstShown(); {
	case shown != nil:
		text = []piece{{f.lang.Say(words.FormStopped, words.ParameterName(f.lang, shown.param)), f.th.Error}}
	case f.cost == nil:
	case f.firstWrong() >= 0:
		text = []piece{{f.lang.Say(words.FormNoCost), f.th.Muted}}
	case f.failed != nil:
		text = []piece{{f.lang.Say(words.FormFailed, words.Error(f.lang, f.failed)), f.th.Warning}}
	default:
		text = []piece{{words.FormCalls(f.lang, f.calls), f.th.Text}}
		for _, n := range f.notes {
			text = append(text, piece{"  " + f.th.Marks.Dot + "  " + words.FormNote(f.lang, n), f.th.Muted})
		}
	}
	return f.row(w, append([]piece{{" ", f.th.Text}}, text...)...)
}

// firstShown is the first field of which the screen says that it is wrong.
func (f *Form) firstShown() *field {
	for i := range f.fields {
		if f.reason(&f.fields[i]) != nil {
			return &f.fields[i]
		}
	}
	return nil
}
