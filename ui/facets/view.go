package facets

import (
	"math"
	"strings"

	"bounceboard/sendcloud/recordset"
	"bounceboard/ui/cell"
	"bounceboard/ui/chart"
	"bounceboard/ui/words"
)

const (
	countWidth = 9 // 9,999,999
	shareWidth = 6
	liftWidth  = 9 // only here
	widestBar  = 40
	shortBar   = 16 // beside hints
	leastLabel = 16
	leastHint  = 12
	fullLabel  = 40
	stripGap   = 2
)

// columns are the widths of the pane; 0 is a column that gave way.
type columns struct{ label, share, bar, lift, hint int }

// measure divides the width: the label first, then lift, share, bar, and what
// a value means.
func (f *Facets) measure() {
	room := f.w - (1 + f.markWidth() + 1 + countWidth + 1) // margin, marks, gap, count, margin
	f.cols = columns{}
	if f.facet.Lifted && room >= leastLabel+2+liftWidth {
		f.cols.lift = liftWidth
		room -= 2 + liftWidth + 1 // a blank before the arrow in the margin
	}
	if room >= leastLabel+1+shareWidth {
		f.cols.share = shareWidth
		room -= 1 + shareWidth
	}
	switch {
	case room < 20+2+8:
	case room < fullLabel+2+shortBar && f.widest > fullLabel:
		f.cols.bar = 6 // long labels tell more than bars
	case room < fullLabel+2+shortBar:
		f.cols.bar = max(8, (room-2)/3)
	case f.hinted, f.widest > fullLabel:
		f.cols.bar = shortBar
	default:
		f.cols.bar = min(widestBar, room-2-fullLabel)
	}
	if f.cols.bar > 0 {
		room -= 2 + f.cols.bar
	}
	full := max(fullLabel, min(f.widest, room-2-leastHint))
	f.cols.label = max(0, min(room, full))
	if extra := room - f.cols.label - 2; f.hinted && extra >= leastHint {
		f.cols.hint = min(extra, fullLabel)
	}
}

// markWidth is the columns of the marks and the blank behind them.
func (f *Facets) markWidth() int { return max(1, f.marks) + 1 }

// chrome is the lines above the values (the strip of columns, the heads), foot
// the one below.
func (f *Facets) chrome() int {
	switch {
	case f.h < 3:
		return 0
	case f.h < 6:
		return 1
	}
	return 2
}

func (f *Facets) foot() int {
	if f.h < 5 {
		return 0
	}
	return 1
}

func (f *Facets) body() int { return max(0, f.h-f.chrome()-f.foot()-f.whole()) }

// whole is the lines in which the value under the cursor is spelled out, where
// labels are cut.
func (f *Facets) whole() int {
	if f.widest <= f.cols.label || f.h < 9 {
		return 0
	}
	return 2
}

func (f *Facets) spelled() []string {
	lines := make([]string, f.whole())
	v, ok := f.Selected()
	var text []string
	if ok {
		text = f.fit.Wrap(v.Label, max(2, f.w-4))
	}
	for i := range lines {
		lines[i] = f.fit.Fit("", f.w)
		switch {
		case i == len(lines)-1 && len(text) > len(lines): // what is cut is seen to be cut
			lines[i] = f.fit.Fit("   "+strings.Join(text[i:], " "), f.w)
		case i < len(text):
			lines[i] = f.fit.Fit("   "+text[i], f.w)
		}
	}
	return lines
}

// View draws the pane in exactly the cells of SetSize. Only values in view are
// drawn.
func (f *Facets) View(focused bool) string {
	if f.w == 0 || f.h == 0 {
		return ""
	}
	lines := make([]string, 0, f.h)
	if f.chrome() > 0 {
		lines = append(lines, f.strip(focused))
	}
	if f.chrome() > 1 {
		lines = append(lines, f.heads(focused))
	}
	body := f.body()
	if len(f.facet.Values) == 0 {
		text := words.FacetLoading
		if f.shown {
			text = words.FacetEmpty
		}
		if body > 0 {
			lines = append(lines, chart.Line(f.fit, f.w, f.ink.Muted.Of("   "+f.lang.Say(text))))
			body--
		}
	}
	for i := f.top; i < f.top+body; i++ {
		if i < len(f.facet.Values) {
			lines = append(lines, f.row(i, focused)+f.more(i-f.top))
		} else {
			lines = append(lines, f.fit.Fit("", f.w))
		}
	}
	lines = append(lines, f.spelled()...)
	if f.foot() > 0 {
		lines = append(lines, f.about())
	}
	return strings.Join(lines, "\n")
}

// more is the last column of a line: that there are values above or below.
func (f *Facets) more(line int) string {
	switch {
	case line == 0 && f.top > 0:
		return f.edge(f.th.Marks.Up)
	case line == f.body()-1 && f.top+f.body() < len(f.facet.Values):
		return f.edge(f.th.Marks.Down)
	}
	return " "
}

func (f *Facets) edge(sign string) string { return chart.Line(f.fit, 1, f.ink.Muted.Of(sign)) }

// stripRoom is the columns of the strip between its margins and arrows.
func (f *Facets) stripRoom() int { return max(0, f.w-6) }

// stripWidth is the columns that names first to before last take.
func (f *Facets) stripWidth(first, last int) int {
	w := max(0, last-first-1) * stripGap
	for _, name := range f.names[first:last] {
		w += min(cell.Width(f.fit.Cut(name, f.w)), f.stripRoom())
	}
	return w
}

// revealColumn turns the strip to the part that the chosen column is on. The
// parts depend on the width alone, not on the way one came: a column is met
// where it was. The last part is filled up from the left.
func (f *Facets) revealColumn() {
	f.left = 0
	for i := range min(f.column+1, len(f.names)) {
		if f.stripWidth(f.left, i+1) > f.stripRoom() {
			f.left = i
		}
	}
	for f.left > 0 && f.stripWidth(f.left-1, len(f.names)) <= f.stripRoom() {
		f.left--
	}
}

// strip is the columns one can choose, the shown one among them, as many as
// the width holds.
func (f *Facets) strip(focused bool) string {
	if len(f.names) == 0 {
		return f.fit.Fit("", f.w)
	}
	room := f.stripRoom()
	first, last := f.left, f.left+1
	for last < len(f.names) && f.stripWidth(first, last+1) <= room {
		last++
	}
	arrow := func(there bool, sign string) string {
		if there {
			return sign
		}
		return " "
	}
	pieces := []chart.Piece{f.ink.Muted.Of(" " + arrow(first > 0, f.th.Marks.Left) + " ")}
	for i := first; i < last; i++ {
		ink := f.ink.Muted
		if i == f.column {
			ink = f.ink.Title
			if focused {
				ink = f.ink.Chosen
			}
		}
		pieces = append(pieces, ink.Of(f.fit.Cut(f.names[i], room)))
		if i < last-1 {
			pieces = append(pieces, f.ink.Muted.Of(f.fit.Fit("", stripGap)))
		}
	}
	pieces = append(pieces, f.ink.Muted.Of(" "+arrow(last < len(f.names), f.th.Marks.Right)))
	return chart.Line(f.fit, f.w, pieces...)
}

func (f *Facets) heads(focused bool) string {
	head := f.ink.Head
	say := func(s words.Sentence) string { return f.lang.Say(s) }
	byCount, byLift := head, head
	if f.facet.Order == recordset.ByLift {
		byLift = f.ink.Title
	} else {
		byCount = f.ink.Title
	}
	column := f.facet.Column
	if !f.shown {
		column = ""
	}
	pieces := []chart.Piece{
		head.Of(f.fit.Fit("", 1+f.markWidth()) + f.fit.Fit(column, f.cols.label) + " "),
		byCount.Of(f.fit.FitRight(say(words.FacetMails), countWidth)),
	}
	if f.cols.share > 0 {
		pieces = append(pieces, head.Of(" "+f.fit.FitRight(say(words.FacetShare), f.cols.share)))
	}
	if f.cols.bar > 0 {
		pieces = append(pieces, head.Of("  "+f.fit.Fit("", f.cols.bar)))
	}
	if f.cols.lift > 0 {
		pieces = append(pieces, byLift.Of("  "+f.fit.FitRight(say(words.FacetLift), f.cols.lift)))
	}
	return chart.Line(f.fit, f.w, pieces...)
}

// row draws a value but for its last column.
func (f *Facets) row(i int, focused bool) string {
	v := &f.facet.Values[i]
	mark, ink := v.Marks, f.ink.Text
	bar := f.ink.Muted
	if v.Status != 0 {
		mark, ink = f.ink.Status(v.Status)
		bar = ink
	}
	lead := " "
	if i == f.cursor && !focused {
		lead = f.th.Marks.Focus
	}
	label := v.Label
	if label == "" {
		label = f.lang.Say(words.FacetNone)
	}
	pieces := []chart.Piece{
		f.ink.Accent.Of(lead), ink.Of(f.fit.Fit(mark, f.markWidth())),
		f.ink.Text.Of(f.fit.FitMiddle(label, f.cols.label) + " " + f.fit.FitRight(words.Number(v.Count), countWidth)),
	}
	if f.cols.share > 0 {
		pieces = append(pieces, f.ink.Text.Of(" "+f.fit.FitRight(words.Percent(v.Share), f.cols.share)))
	}
	if f.cols.bar > 0 {
		pieces = append(pieces, bar.Of("  "+chart.Bar(v.Share, f.cols.bar, f.th.ASCII)))
	}
	if f.cols.lift > 0 {
		text, ink := f.lift(v.Lift)
		pieces = append(pieces, ink.Of("  "+f.fit.FitRight(text, f.cols.lift)))
	}
	if f.cols.hint > 0 {
		pieces = append(pieces, f.ink.Muted.Of("  "+f.fit.Fit(v.Hint, f.cols.hint)))
	}
	w := max(0, f.w-1)
	if i == f.cursor && focused {
		return f.ink.Selected.Row(f.fit, w, pieces...)
	}
	return chart.Line(f.fit, w, pieces...)
}

// lift is how often a value is met here against the rest. What is at least
// twice as frequent stands out.
func (f *Facets) lift(x float64) (string, chart.Ink) {
	switch {
	case math.IsInf(x, 1):
		return f.lang.Say(words.FacetOnlyHere), f.ink.Title
	case math.IsNaN(x) || x < 0:
		return f.th.Marks.Dash, f.ink.Muted
	case x >= 2:
		return words.Lift(f.times(), x), f.ink.Title
	}
	return words.Lift(f.times(), x), f.ink.Muted
}

func (f *Facets) times() string {
	if f.th.ASCII {
		return "x"
	}
	return "×"
}

// about says how many values there are, in what order, and what they cover.
func (f *Facets) about() string {
	if !f.shown {
		return f.fit.Fit("", f.w)
	}
	order := words.FacetByCount
	switch f.facet.Order {
	case recordset.ByLift:
		order = words.FacetByLift
	case recordset.ByValue:
		order = words.FacetByValue
	}
	between := " " + f.th.Marks.Dot + " "
	n := len(f.facet.Values)
	if !f.facet.Partial {
		return chart.Line(f.fit, f.w, f.ink.Muted.Of(" "+words.FacetValuesIn(f.lang, n, f.facet.Rows)+between+f.lang.Say(order)))
	}
	values := words.FacetValuesIn(f.lang, n, f.facet.Rows)
	if f.facet.Rows == f.facet.Covered { // it is said right behind
		values = words.FacetValues(f.lang, n)
	}
	return chart.Line(f.fit, f.w, f.ink.Muted.Of(" "+values+between),
		f.ink.Warning.Of(words.Covered(f.lang, f.facet.Covered, f.facet.Of)), f.ink.Muted.Of(between+f.lang.Say(order)))
}
