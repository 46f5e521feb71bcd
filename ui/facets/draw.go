package facets

import (
	"math"
	"strconv"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/recordset"
	"bounceboard/ui/cell"
	"bounceboard/ui/chart"
	"bounceboard/ui/pane"
	"bounceboard/ui/words"
)

const (
	countWidth = 9 // 9,999,999
	shareWidth = 6
	liftWidth  = 11 // 不到 0.1 倍
	widestBar  = 40
	shortBar   = 8 // beside hints and long labels
	leastLabel = 16
	leastHint  = 12
	fullLabel  = 40
	between    = 2 // columns between the names of columns
)

// markWidth is the columns of the marks: of a cause they say whether trying
// again can help, and it may have both.
func (f *Facets) markWidth() int {
	if f.by() == recordset.ByCause {
		return 2
	}
	return 1
}

// columns are the widths of the pane; 0 is a column for which there is no room.
type columns struct{ label, share, bar, lift, hint int }

// measure divides the width, and fits the cursor into the lines.
func (f *Facets) measure() {
	room := f.w - (1 + f.markWidth() + 1 + 1 + countWidth + 1) // margin, marks, blank, blank, count, margin
	f.cols = columns{}
	if f.rest && room >= leastLabel+2+liftWidth {
		f.cols.lift = liftWidth
		room -= 2 + liftWidth + 1 // a blank before the sign in the margin
	}
	if room >= leastLabel+1+shareWidth {
		f.cols.share = shareWidth
		room -= 1 + shareWidth
	}
	if room >= 20+2+8 {
		f.cols.bar = min(widestBar, max(8, (room-2)/3))
		if f.hinted || f.widest > fullLabel { // these tell more than bars
			f.cols.bar = min(f.cols.bar, shortBar)
		}
	}
	if f.cols.bar > 0 {
		room -= 2 + f.cols.bar
	}
	f.cols.label = max(0, min(room, max(fullLabel, min(f.widest, room-2-leastHint))))
	if extra := room - f.cols.label - 2; f.hinted && extra >= leastHint {
		f.cols.hint = min(extra, fullLabel)
	}
	f.cursor.Fit(len(f.facet.Values), f.body())
}

// body is the number of values in view: all lines but the names of columns, the
// heads, and what the numbers cover.
func (f *Facets) body() int { return max(0, f.h-3) }

func (f *Facets) line(pieces ...chart.Piece) string { return chart.Line(f.fit, f.w, pieces...) }

// Draw draws the pane in all its cells, and only the values in view.
func (f *Facets) Draw(focused bool) []string {
	if f.w == 0 {
		return make([]string, f.h)
	}
	lines := []string{f.strip(focused), f.heads()}
	h, n := f.body(), len(f.facet.Values)
	for i := range h {
		switch at := f.cursor.Top + i; {
		case at < n:
			lines = append(lines, f.row(at, focused)+pane.More(f.fit, f.ink.Muted, f.th.Marks.Up, f.th.Marks.Down, i, f.cursor.Top, n, h))
		case at == 0 && f.shown:
			lines = append(lines, f.line(f.ink.Muted.Of("   "+f.lang.Say(words.FacetEmpty))))
		case at == 0:
			lines = append(lines, f.line(f.ink.Muted.Of("   "+f.lang.Say(words.FacetLoading))))
		default:
			lines = append(lines, f.line())
		}
	}
	return append(lines, f.about())[:min(len(lines)+1, f.h)]
}

// strip is the names of the columns: the part of them that the chosen one is
// on. The parts depend on the width alone, so that a column is always found
// where it was.
func (f *Facets) strip(focused bool) string {
	names := words.FacetColumns(f.lang, recordset.Facets())
	room := max(0, f.w-6)
	first, last, used := 0, 0, 0
	for ; last < len(names); last++ {
		n := cell.Width(names[last]) + between
		if used+n > room+between && used > 0 {
			if last > f.column {
				break
			}
			first, used = last, 0
		}
		used += n
	}
	left, right := " ", " "
	if first > 0 {
		left = f.th.Marks.Left
	}
	if last < len(names) {
		right = f.th.Marks.Right
	}
	pieces := []chart.Piece{f.ink.Muted.Of(" " + left + " ")}
	for i, name := range names[first:last] {
		ink := f.ink.Muted
		if first+i == f.column {
			ink = f.ink.Title
			if focused {
				ink = f.ink.Chosen
			}
		}
		if i > 0 {
			pieces = append(pieces, f.ink.Muted.Of(f.fit.Fit("", between)))
		}
		pieces = append(pieces, ink.Of(f.fit.Cut(name, room)))
	}
	return f.line(append(pieces, f.ink.Muted.Of(" "+right))...)
}

func (f *Facets) heads() string {
	head, byCount, byLift := f.ink.Head, f.ink.Title, f.ink.Head
	if f.order == recordset.ByLift {
		byCount, byLift = byLift, byCount
	}
	column := ""
	if f.shown {
		column = words.FacetColumn(f.lang, f.facet.Column)
	}
	pieces := []chart.Piece{
		head.Of(f.fit.Fit("", 1+f.markWidth()+1) + f.fit.Fit(column, f.cols.label) + " "),
		byCount.Of(f.fit.FitRight(f.lang.Say(words.FacetMails), countWidth)),
	}
	if f.cols.share > 0 {
		pieces = append(pieces, head.Of(" "+f.fit.FitRight(f.lang.Say(words.FacetShare), f.cols.share)))
	}
	if f.cols.bar > 0 {
		pieces = append(pieces, head.Of("  "+f.fit.Fit("", f.cols.bar)))
	}
	if f.cols.lift > 0 {
		pieces = append(pieces, byLift.Of("  "+f.fit.FitRight(f.lang.Say(words.FacetLift), f.cols.lift)))
	}
	return f.line(pieces...)
}

// look is a value as a person reads it.
type look struct {
	label, hint, mark string
	ink               chart.Ink // of the mark
	bar               chart.Ink
}

func (f *Facets) look(v recordset.Value) look {
	l := look{label: v.Value, ink: f.ink.Text, bar: f.ink.Muted}
	switch c := f.facet.Column; {
	case v.Value == "":
		l.label = f.lang.Say(words.FacetNone)
	case c == recordset.ByStatus:
		if s, ok := sendcloud.ParseStatus(v.Value); ok {
			l.label = words.StatusName(f.lang, s)
			l.mark, l.ink = f.ink.Status(int(s))
			l.bar = l.ink
		}
	case c == recordset.BySubStatus:
		if n, err := strconv.Atoi(v.Value); err == nil {
			l.hint = words.SubStatusName(f.lang, sendcloud.SubStatus(n))
		}
	case c == recordset.ByPattern:
		l.label, l.hint = v.Text, v.Value
	case c == recordset.ByHour:
		l.label += ":00"
	default:
		l.label, l.hint = words.FacetValue(f.lang, c, v.Value)
		l.mark = f.th.Permanence(v.Permanences...)
	}
	return l
}

// row draws a value but for its last column.
func (f *Facets) row(i int, focused bool) string {
	v := f.facet.Values[i]
	l := f.look(v)
	lead := " "
	if i == f.cursor.At && !focused {
		lead = f.th.Marks.Focus
	}
	pieces := []chart.Piece{
		f.ink.Accent.Of(lead), l.ink.Of(f.fit.Fit(l.mark, f.markWidth()) + " "),
		f.ink.Text.Of(f.fit.FitMiddle(l.label, f.cols.label) + " " + f.fit.FitRight(words.Number(v.Count), countWidth)),
	}
	if f.cols.share > 0 {
		pieces = append(pieces, f.ink.Text.Of(" "+f.fit.FitRight(words.Percent(v.Share), f.cols.share)))
	}
	if f.cols.bar > 0 {
		pieces = append(pieces, l.bar.Of("  "+chart.Bar(v.Share, f.cols.bar, f.th.ASCII)))
	}
	if f.cols.lift > 0 {
		text, ink := f.lift(v)
		pieces = append(pieces, ink.Of("  "+f.fit.FitRight(text, f.cols.lift)))
	}
	if f.cols.hint > 0 {
		pieces = append(pieces, f.ink.Muted.Of("  "+f.fit.Fit(l.hint, f.cols.hint)))
	}
	w := max(0, f.w-1)
	if i == f.cursor.At && focused {
		return f.ink.Selected.Row(f.fit, w, pieces...)
	}
	return chart.Line(f.fit, w, pieces...)
}

// lift is how much more frequent a value is here than in the other rows. What
// is at least twice as frequent stands out.
func (f *Facets) lift(v recordset.Value) (string, chart.Ink) {
	times := "×"
	if f.th.ASCII {
		times = "x"
	}
	switch {
	case v.Rest == 0:
		return f.lang.Say(words.FacetOnlyHere), f.ink.Title
	case math.IsNaN(v.Lift) || v.Lift < 0:
		return f.th.Marks.Dash, f.ink.Muted
	case v.Lift >= 2:
		return words.Lift(f.lang, times, v.Lift), f.ink.Title
	}
	return words.Lift(f.lang, times, v.Lift), f.ink.Muted
}

// about says how many values there are, in what order, and what they cover.
func (f *Facets) about() string {
	if !f.shown {
		return f.line()
	}
	order := words.FacetByCount
	switch f.order {
	case recordset.ByLift:
		order = words.FacetByLift
	case recordset.ByValue:
		order = words.FacetByValue
	}
	dot := " " + f.th.Marks.Dot + " "
	values := words.FacetValuesIn(f.lang, len(f.facet.Values), f.facet.Selected)
	covers := f.ink.Warning.Of("")
	if f.cover.Partial {
		covers.Text = words.Covered(f.lang, f.cover.Covered, f.cover.Of) + dot
		if f.facet.Selected == f.cover.Covered { // the number of rows is said right behind
			values = words.FacetValues(f.lang, len(f.facet.Values))
		}
	}
	return f.line(f.ink.Muted.Of(" "+values+dot), covers, f.ink.Muted.Of(f.lang.Say(order)))
}
