// Package facets is the pane that counts the rows by one column: its values
// with count, share, and how the share differs from that in all other rows.
package facets

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"bounceboard/keymap"
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
	th   theme.Theme
	ink  chart.Inks
	lang words.Lang
	fit  cell.Style
	rows func() pane.Rows

	column int  // in recordset.Facets
	odd    bool // what differs most from the other rows comes first

	facet  recordset.Facet
	shown  bool // the facet was counted
	cover  pane.Coverage
	rest   bool                 // there are other rows to compare with
	order  recordset.FacetOrder // of the facet
	cursor pane.Cursor

	w, h int
	cols columns
}

// New is a pane about the rows that rows tells.
func New(th theme.Theme, lang words.Lang, rows func() pane.Rows) *Facets {
	f := &Facets{th: th, ink: chart.NewInks(th), lang: lang, fit: cell.Style{ASCII: th.ASCII}, rows: rows}
	f.measure()
	return f
}

// Place is the facets.
func (f *Facets) Place() keymap.Place { return keymap.FacetsPane }

// Can reports whether an action does something now.
func (f *Facets) Can(a keymap.Action) bool {
	switch a {
	case keymap.ByLift:
		return f.rows().Filtered
	case keymap.Pattern:
		return f.by() == recordset.ByPattern
	}
	return true
}

// Hint is the word for the key that changes the order.
func (f *Facets) Hint(a keymap.Action) words.Sentence {
	switch {
	case a != keymap.ByLift || !f.odd || !f.rows().Filtered:
		return words.Sentence{}
	case inOrder(f.by()):
		return words.InOrderHint
	}
	return words.MostHint
}

// Press does an action; those about the rows are left to the program.
func (f *Facets) Press(a keymap.Action, key string) screen.Effect {
	if f.cursor.Press(a, len(f.facet.Values), f.body()) {
		return screen.Effect{}
	}
	switch a {
	case keymap.ToColumn:
		n, _ := strconv.Atoi(key)
		return f.ToColumn((n + 9) % 10)
	case keymap.PrevColumn:
		return f.ToColumn(f.column - 1)
	case keymap.NextColumn:
		return f.ToColumn(f.column + 1)
	case keymap.ByLift:
		if !f.rows().Filtered {
			return screen.Say(f.lang.Say(words.NothingToCompare))
		}
		f.odd = !f.odd
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
		return pane.Narrow(f.lang, f.by(), v.Value, label, a == keymap.Exclude)
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

// Refresh counts anew, when a count under way has ended.
func (f *Facets) Refresh() screen.Effect { return f.count(true) }

// Pattern is the id of the reply pattern under the cursor.
func (f *Facets) Pattern() (id string, ok bool) {
	v, ok := f.selected()
	return v.Value, ok && f.by() == recordset.ByPattern
}

func (f *Facets) by() recordset.Column { return recordset.Facets()[f.column] }

// inOrder reports whether the values of a column have an order of their own.
func inOrder(c recordset.Column) bool {
	return c == recordset.ByHour || c == recordset.ByDay || c == recordset.ByTook
}

func (f *Facets) count(wait bool) screen.Effect {
	rows, by, order := f.rows(), f.by(), recordset.ByCount
	switch {
	case f.odd && rows.Filtered:
		order = recordset.ByLift
	case inOrder(by):
		order = recordset.ByValue
	}
	return screen.Run(screen.Job{Kind: Kind, Wait: wait,
		Run: func(ctx context.Context, _ func(any)) (any, error) {
			return rows.Snapshot.Facet(ctx, rows.Selection, by, order)
		},
		Done: func(result any, err error) screen.Effect {
			if facet, ok := result.(*recordset.Facet); ok && err == nil && facet.Column == f.by() {
				f.show(*facet, order, rows.Coverage(facet.Covered), facet.Selected < rows.Snapshot.Len())
			}
			return screen.Effect{}
		}})
}

// show shows a facet; rest says that there are other rows to compare with. The
// cursor stays on its value while column and order are the same.
func (f *Facets) show(facet recordset.Facet, order recordset.FacetOrder, cover pane.Coverage, rest bool) {
	was, ok := f.selected()
	same := f.shown && f.facet.Column == facet.Column && f.order == order
	facet.Values = slices.Clone(facet.Values)
	slices.SortStableFunc(facet.Values, func(a, b recordset.Value) int { // rows without a value come last: nobody looks for them
		return cmp.Compare(strconv.FormatBool(a.Value == ""), strconv.FormatBool(b.Value == ""))
	})
	f.facet, f.order, f.cover, f.rest, f.shown = facet, order, cover, rest, true
	if !same {
		f.cursor = pane.Cursor{}
	} else if i := slices.IndexFunc(facet.Values, func(v recordset.Value) bool { return v.Value == was.Value }); ok && i >= 0 {
		f.cursor.At = i
	}
	f.measure()
}

// selected is the value under the cursor; ok is false where there is none.
func (f *Facets) selected() (v recordset.Value, ok bool) {
	if f.cursor.At >= len(f.facet.Values) {
		return v, false
	}
	return f.facet.Values[f.cursor.At], true
}

// Resize gives the pane w×h cells.
func (f *Facets) Resize(w, h int) {
	f.w, f.h = max(0, w), max(0, h)
	f.measure()
}
