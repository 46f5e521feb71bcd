// Package facets is the pane that counts the rows by one column: its values with count, share, and how the share differs from that
// in all other rows.
package facets

import (
	"context"
	"math"
	"slices"
	"strconv"
	"strings"

	"bounceboard/keymap"
	"bounceboard/sendcloud"
	"bounceboard/sendcloud/recordset"
	"bounceboard/theme"
	"bounceboard/ui/cell"
	"bounceboard/ui/chart"
	"bounceboard/ui/pane"
	"bounceboard/ui/screen"
	"bounceboard/ui/words"
)

// Kind is the kind of job that counts.
const Kind screen.Kind = "facets"

// Facets is the pane. The zero value is not usable; see New.
type Facets struct {
	pane.Look
	rows   func() pane.Rows
	column int                  // in recordset.Facets
	chosen recordset.FacetOrder // what comes first; ByCount: what the column puts first by itself

	facet  recordset.Facet
	shown  bool // the facet was counted
	cover  pane.Coverage
	rest   bool                 // there are other rows to compare with
	order  recordset.FacetOrder // of the facet
	cursor pane.Cursor
	cols   columns
}

// New is a pane about the rows that rows tells.
func New(th theme.Theme, lang words.Lang, rows func() pane.Rows) *Facets {
	f := &Facets{Look: pane.NewLook(keymap.FacetsPane, th, lang, keymap.Default()), rows: rows}
	f.measure()
	return f
}

func (f *Facets) Can(a keymap.Action) bool {
	return (a != keymap.ByLift || len(f.orders()) > 1) && (a != keymap.Pattern || f.by() == recordset.ByPattern)
}

// Press does an action; those about the rows are left to the program.
func (f *Facets) Press(a keymap.Action, key string) screen.Effect {
	if f.cursor.Press(a, len(f.facet.Values), f.body()) {
		return screen.Effect{}
	}
	switch a {
	case keymap.CopyValue, keymap.CopyTable:
		return f.copied(a)
	case keymap.ToColumn:
		n, _ := strconv.Atoi(key)
		return f.ToColumn((n + 9) % 10)
	case keymap.PrevColumn, keymap.NextColumn:
		return f.ToColumn(f.column + map[keymap.Action]int{keymap.PrevColumn: -1, keymap.NextColumn: 1}[a])
	case keymap.ByLift:
		orders := f.orders()
		if len(orders) == 1 {
			return f.Tell(words.NothingToCompare)
		}
		f.chosen = orders[(slices.Index(orders, f.chosen)+1)%len(orders)]
		return f.count(false)
	case keymap.Take, keymap.Exclude:
		v, ok := f.selected()
		if !ok {
			return screen.Effect{}
		}
		label := f.look(v).label
		if f.by() == recordset.ByPattern || f.by() == recordset.BySubStatus {
			label = v.Value // it is short, and the same for a colleague
		}
		return pane.Narrow(f.Lang, f.by(), v.Value, label, a == keymap.Exclude)
	}
	return screen.Effect{Do: a}
}

// ToColumn counts by column n of recordset.Facets; behind the last comes the first.
func (f *Facets) ToColumn(n int) screen.Effect {
	count := len(recordset.Facets())
	f.column = (n + count) % count
	f.facet, f.shown, f.cursor = recordset.Facet{}, false, pane.Cursor{}
	f.measure()
	return f.count(false)
}

func (f *Facets) Refresh() screen.Effect { return f.count(true) }

// Pattern is the id of the reply pattern under the cursor.
func (f *Facets) Pattern() (id string, ok bool) {
	v, ok := f.selected()
	return v.Value, ok && f.by() == recordset.ByPattern
}

func (f *Facets) by() recordset.Column { return recordset.Facets()[f.column] }

func (f *Facets) count(wait bool) screen.Effect {
	rows, by, order := f.rows(), f.by(), recordset.ByCount
	switch {
	case f.chosen == recordset.ByLift && rows.Filtered, f.chosen == recordset.ByRate && by.Rates():
		order = f.chosen
	case by == recordset.ByHour, by == recordset.ByDay, by == recordset.ByTook:
		order = recordset.ByValue
	}
	return pane.Count(Kind, wait, func(ctx context.Context) (*recordset.Facet, error) {
		return rows.Snapshot.Facet(ctx, rows.Selection, by, order)
	}, func(facet *recordset.Facet) {
		if facet.Column == f.by() {
			if order == recordset.ByRate && !facet.Rated { // its values stand by their counts
				order = recordset.ByCount
			}
			f.show(*facet, order, rows.Coverage(facet.Covered), facet.Selected < rows.Snapshot.Len())
		}
	})
}

// show shows a facet; rest: there are other rows to compare with. The cursor stays on its value.
func (f *Facets) show(facet recordset.Facet, order recordset.FacetOrder, cover pane.Coverage, rest bool) {
	was, ok := f.selected()
	same := f.shown && f.facet.Column == facet.Column && f.order == order
	facet.Values = slices.Clone(facet.Values)
	// Rows without a value come last: nobody looks for them.
	slices.SortStableFunc(facet.Values, func(a, b recordset.Value) int { return min(1, len(b.Value)) - min(1, len(a.Value)) })
	f.facet, f.order, f.cover, f.rest, f.shown = facet, order, cover, rest, true
	if !same {
		f.cursor = pane.Cursor{}
	} else if i := slices.IndexFunc(facet.Values, func(v recordset.Value) bool { return v.Value == was.Value }); ok && i >= 0 {
		f.cursor.At = i
	}
	f.measure()
}

func (f *Facets) selected() (v recordset.Value, ok bool) {
	if f.cursor.At >= len(f.facet.Values) {
		return v, false
	}
	return f.facet.Values[f.cursor.At], true
}

func (f *Facets) Resize(w, h int) {
	f.Look.Resize(w, h)
	f.measure()
}

const (
	markWidth  = 2 // of a cause: whether trying again can help, or both
	countWidth = 9 // 9,999,999
	shareWidth = 6
	liftWidth  = 12 // 是其余邮件的
	rateWidth  = 17 // 99.9% (99.8-99.9)
	failWidth  = 11 // 9,999,999 and two blanks
	widestBar  = 30
	leastLabel = 16
	between    = 2 // columns between the names of columns
)

type columns struct{ label, share, bar, rate, lift int }

func (f *Facets) measure() {
	room := f.W - (1 + markWidth + 1 + 1 + countWidth + 1) // margin, marks, blank, blank, count, margin
	f.cols = columns{}
	if f.facet.Rated && room >= leastLabel+2+rateWidth {
		if f.cols.rate = rateWidth; room >= 60 {
			f.cols.rate += failWidth
		}
		room -= 2 + f.cols.rate
	}
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

// body is the number of values in view: all lines but the names of columns, the heads, and what the numbers cover.
func (f *Facets) body() int { return max(0, f.H-3) }

// Draw draws the pane in all its cells, and only the values in view.
func (f *Facets) Draw(focused bool) []string {
	lines := append([]string{f.strip(focused), f.heads()},
		f.Window(f.W, f.body(), f.cursor.Top, len(f.facet.Values), func(i int) string { return f.row(i, focused) })...)
	if len(f.facet.Values) == 0 && f.body() > 0 {
		why := words.FacetLoading
		if f.shown {
			why = words.FacetEmpty
		}
		lines[2] = f.Line(f.W, f.Ink.Muted.Of("   "+f.Say(why)))
	}
	return append(lines, f.about())[:min(len(lines)+1, f.H)]
}

// Caret is the selected value; see screen.Pointer.
func (f *Facets) Caret() (x, y int, ok bool) {
	return 0, 2 + f.cursor.At - f.cursor.Top, f.W > 0 && len(f.facet.Values) > 0
}

// strip is the part of the columns' names that the chosen one is on. A column is always found where it was.
func (f *Facets) strip(focused bool) string {
	names := words.FacetColumns(f.Lang, recordset.Facets())
	room, first, used := max(0, f.W-6), 0, 0
	left, right := " ", " "
	var pieces []chart.Piece
	for i, name := range names {
		if used += cell.Width(name) + between; used > room+between && i > first {
			if right = f.Theme.Marks.Right; i > f.column {
				break
			}
			first, used, pieces = i, cell.Width(name)+between, nil
			left, right = f.Theme.Marks.Left, " "
		}
		ink := f.Ink.Muted
		if i == f.column && focused {
			ink = f.Ink.Chosen
		} else if i == f.column {
			ink = f.Ink.Title
		}
		pieces = append(pieces, ink.Of(f.Fit.Cut(name, room)), f.Ink.Muted.Of(f.Fit.Fit("", between)))
	}
	pieces[len(pieces)-1].Text = " " + right
	return f.Line(f.W, append([]chart.Piece{f.Ink.Muted.Of(" " + left + " ")}, pieces...)...)
}

func (f *Facets) heads() string {
	head := f.Ink.Head
	by := map[recordset.FacetOrder]chart.Ink{recordset.ByCount: head, recordset.ByRate: head, recordset.ByLift: head}
	by[f.order] = f.Ink.Title
	column := ""
	if f.shown {
		column = words.ColumnName(f.Lang, f.facet.Column)
	}
	return f.Line(f.W, append([]chart.Piece{head.Of(f.Fit.Fit("", 1+markWidth+1))}, f.fitted(
		head.Of(column), by[recordset.ByCount].Of(f.Say(words.LabelMails)), head.Of(f.Say(words.LabelShare)), head.Of(""),
		by[recordset.ByRate].Of(f.Say(words.RateHead)), by[recordset.ByLift].Of(f.Say(words.FacetLift)))...)...)
}

func (f *Facets) fitted(label, count chart.Piece, rest ...chart.Piece) []chart.Piece {
	label.Text = f.Fit.FitMiddle(label.Text, f.cols.label) + " "
	count.Text = f.Fit.FitRight(count.Text, countWidth)
	pieces := []chart.Piece{label, count}
	for i, w := range []int{f.cols.share, f.cols.bar, f.cols.rate, f.cols.lift} {
		if p := rest[i]; w > 0 {
			p.Text = strings.Repeat(" ", min(i+1, 2)) + f.Fit.FitRight(p.Text, w)
			pieces = append(pieces, p)
		}
	}
	return pieces
}

type look struct {
	label, mark string
	ink         chart.Ink // of the mark
	bar         chart.Ink
}

func (f *Facets) look(v recordset.Value) look {
	l := look{ink: f.Ink.Text, bar: f.Ink.Muted, mark: f.Theme.Permanence(v.Permanences...)}
	l.label, _ = words.FacetValue(f.Lang, f.facet.Column, v.Value)
	switch c := f.facet.Column; {
	case v.Value == "":
		l.label = f.Say(words.NoValue)
	case c == recordset.ByStatus:
		if s, ok := sendcloud.ParseStatus(v.Value); ok {
			l.label = words.StatusName(f.Lang, s)
			l.mark, l.ink = f.Ink.Status(int(s))
			l.bar = l.ink
		}
	case c == recordset.BySubStatus:
		if n, err := strconv.Atoi(v.Value); err == nil {
			l.label += " " + words.SubStatusName(f.Lang, sendcloud.SubStatus(n))
		}
	case c == recordset.ByPattern:
		l.label = v.Text
	case c == recordset.ByHour:
		l.label += ":00"
	}
	return l
}

func (f *Facets) row(i int, focused bool) string {
	v, text := f.facet.Values[i], f.Ink.Text
	l := f.look(v)
	pieces := append([]chart.Piece{l.ink.Of(f.Fit.Fit(l.mark, markWidth) + " ")}, f.fitted(
		text.Of(l.label), text.Of(words.Number(v.Count)), text.Of(words.Percent(v.Share)), l.bar.Of(chart.Bar(v.Share, f.cols.bar, f.Fit.ASCII)),
		text.Of(f.rate(v)), f.lift(v))...)
	return f.Row(max(0, f.W-1), text.Of(" "), i == f.cursor.At, focused, pieces...)
}

// lift is how much more frequent a value is here than in the other rows. What is at least twice as frequent stands out.
func (f *Facets) lift(v recordset.Value) chart.Piece {
	times := "×"
	if f.Fit.ASCII {
		times = "x"
	}
	switch {
	case v.Rest == 0:
		return f.Ink.Title.Of(f.Say(words.FacetOnlyHere))
	case math.IsNaN(v.Lift) || v.Lift < 0:
		return f.Ink.Muted.Of(f.Theme.Marks.Dash)
	case v.Lift >= 2:
		return f.Ink.Title.Of(words.Lift(f.Lang, times, v.Lift))
	}
	return f.Ink.Muted.Of(words.Lift(f.Lang, times, v.Lift))
}

// about says how many values there are, in what order, and what they cover.
func (f *Facets) about() string {
	values, covers, order := f.tells()
	return f.Line(f.W, f.Ink.Muted.Of(" "+values), f.Ink.Warning.Of(covers), f.Ink.Muted.Of(order))
}

func (f *Facets) tells() (values, covers, ordered string) {
	if !f.shown {
		return "", "", ""
	}
	order := map[recordset.FacetOrder]words.Sentence{
		recordset.ByCount: words.FacetByCount, recordset.ByRate: words.FacetByRate,
		recordset.ByLift: words.FacetByLift, recordset.ByValue: words.FacetByValue}[f.order]
	dot := f.Dot()
	values = f.Say(words.ValuesIn, words.Values(f.Lang, len(f.facet.Values), false), words.RowCount(f.Lang, f.facet.Selected))
	if f.order == recordset.ByLift { // the rows compared are said
		values = words.Values(f.Lang, len(f.facet.Values), false)
	}
	if f.cover.Partial {
		covers = words.Covered(f.Lang, f.cover.Covered, f.cover.Of) + dot
		if f.facet.Selected == f.cover.Covered { // the number of rows is said right behind
			values = words.Values(f.Lang, len(f.facet.Values), false)
		}
	}
	return values + dot, covers, f.ordered(order)
}
