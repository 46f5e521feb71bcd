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
	markWidth  = 2 // of a cause: whether trying again can help, or both
	countWidth = 9 // 9,999,999
	shareWidth = 6
	liftWidth  = 12 // 是其余邮件的
	widestBar  = 30
	leastLabel = 16
	between    = 2 // columns between the names of columns
)

// columns are the widths of the pane; 0 is a column for which there is no room.
type columns struct{ label, share, bar, lift int }

// measure divides the width, and fits the cursor into the lines.
func (f *Facets) measure() {
	room := f.w - (1 + markWidth + 1 + 1 + countWidth + 1) // margin, marks, blank, blank, count, margin
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
		f.cols.bar = min(widestBar, max(8, (room-2)/4))
		room -= 2 + f.cols.bar
	}
	f.cols.label = max(0, room)
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
	room, first, used := max(0, f.w-6), 0, 0
	for i, name := range names[:f.column+1] {
		if used += cell.Width(name) + between; used > room+between {
			first, used = i, cell.Width(name)+between
		}
	}
	left, right := " ", " "
	used = 0
	if first > 0 {
		left = f.th.Marks.Left
	}
	pieces := []chart.Piece{f.ink.Muted.Of(" " + left + " ")}
	for i, name := range names[first:] {
		if used += cell.Width(name) + between; used > room+between && i > 0 {
			right = f.th.Marks.Right
			break
		}
		ink := f.ink.Muted
		if first+i == f.column && focused {
			ink = f.ink.Chosen
		} else if first+i == f.column {
			ink = f.ink.Title
		}
		pieces = append(pieces, ink.Of(f.fit.Cut(name, room)), f.ink.Muted.Of(f.fit.Fit("", between)))
	}
	pieces[len(pieces)-1].Text = " " + right
	return f.line(pieces...)
}

func (f *Facets) heads() string {
	head, byCount, byLift := f.ink.Head, f.ink.Title, f.ink.Head
	if f.order == recordset.ByLift {
		byCount, byLift = byLift, byCount
	}
	column := ""
	if f.shown {
		column = words.ColumnName(f.lang, f.facet.Column)
	}
	return f.line(append([]chart.Piece{head.Of(f.fit.Fit("", 1+markWidth+1))}, f.fitted(
		head.Of(column), byCount.Of(f.lang.Say(words.LabelMails)), head.Of(f.lang.Say(words.LabelShare)), head.Of(""), byLift.Of(f.lang.Say(words.FacetLift)))...)...)
}

// fitted puts label, count, share, bar and lift in their columns.
func (f *Facets) fitted(label, count, share, bar, lift chart.Piece) []chart.Piece {
	label.Text = f.fit.FitMiddle(label.Text, f.cols.label) + " "
	count.Text = f.fit.FitRight(count.Text, countWidth)
	pieces := []chart.Piece{label, count}
	if f.cols.share > 0 {
		share.Text = " " + f.fit.FitRight(share.Text, f.cols.share)
		pieces = append(pieces, share)
	}
	if f.cols.bar > 0 {
		bar.Text = "  " + f.fit.Fit(bar.Text, f.cols.bar)
		pieces = append(pieces, bar)
	}
	if f.cols.lift > 0 {
		lift.Text = "  " + f.fit.FitRight(lift.Text, f.cols.lift)
		pieces = append(pieces, lift)
	}
	return pieces
}

// look is a value as a person reads it.
type look struct {
	label, mark string
	ink         chart.Ink // of the mark
	bar         chart.Ink
}

func (f *Facets) look(v recordset.Value) look {
	l := look{ink: f.ink.Text, bar: f.ink.Muted, mark: f.th.Permanence(v.Permanences...)}
	l.label, _ = words.FacetValue(f.lang, f.facet.Column, v.Value)
	switch c := f.facet.Column; {
	case v.Value == "":
		l.label = f.lang.Say(words.NoValue)
	case c == recordset.ByStatus:
		if s, ok := sendcloud.ParseStatus(v.Value); ok {
			l.label = words.StatusName(f.lang, s)
			l.mark, l.ink = f.ink.Status(int(s))
			l.bar = l.ink
		}
	case c == recordset.BySubStatus:
		if n, err := strconv.Atoi(v.Value); err == nil {
			l.label += " " + words.SubStatusName(f.lang, sendcloud.SubStatus(n))
		}
	case c == recordset.ByPattern:
		l.label = v.Text
	case c == recordset.ByHour:
		l.label += ":00"
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
	text := f.ink.Text
	pieces := append([]chart.Piece{f.ink.Accent.Of(lead), l.ink.Of(f.fit.Fit(l.mark, markWidth) + " ")}, f.fitted(
		text.Of(l.label), text.Of(words.Number(v.Count)), text.Of(words.Percent(v.Share)), l.bar.Of(chart.Bar(v.Share, f.cols.bar, f.th.ASCII)), f.lift(v))...)
	w := max(0, f.w-1)
	if i == f.cursor.At && focused {
		return f.ink.Selected.Row(f.fit, w, pieces...)
	}
	return chart.Line(f.fit, w, pieces...)
}

// lift is how much more frequent a value is here than in the other rows. What
// is at least twice as frequent stands out.
func (f *Facets) lift(v recordset.Value) chart.Piece {
	times := "×"
	if f.th.ASCII {
		times = "x"
	}
	switch {
	case v.Rest == 0:
		return f.ink.Title.Of(f.lang.Say(words.FacetOnlyHere))
	case math.IsNaN(v.Lift) || v.Lift < 0:
		return f.ink.Muted.Of(f.th.Marks.Dash)
	case v.Lift >= 2:
		return f.ink.Title.Of(words.Lift(f.lang, times, v.Lift))
	}
	return f.ink.Muted.Of(words.Lift(f.lang, times, v.Lift))
}

// about says how many values there are, in what order, and what they cover.
func (f *Facets) about() string {
	if !f.shown {
		return f.line()
	}
	order := map[recordset.FacetOrder]words.Sentence{
		recordset.ByCount: words.FacetByCount, recordset.ByLift: words.FacetByLift, recordset.ByValue: words.FacetByValue}[f.order]
	dot := " " + f.th.Marks.Dot + " "
	values := words.FacetValuesIn(f.lang, len(f.facet.Values), f.facet.Selected)
	covers := f.ink.Warning.Of("")
	if f.cover.Partial {
		covers.Text = words.Covered(f.lang, f.cover.Covered, f.cover.Of) + dot
		if f.facet.Selected == f.cover.Covered { // the number of rows is said right behind
			values = words.Values(f.lang, len(f.facet.Values), false)
		}
	}
	return f.line(f.ink.Muted.Of(" "+values+dot), covers, f.ink.Muted.Of(f.lang.Say(order)))
}
