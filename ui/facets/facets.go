// Package facets takes a slice apart by one column: its values with count,
// share, and how the share differs from that in the rest.
package facets

import (
	"slices"

	"bounceboard/sendcloud/recordset"
	"bounceboard/theme"
	"bounceboard/ui/cell"
	"bounceboard/ui/chart"
	"bounceboard/ui/words"
)

// Facet is a slice by one column.
type Facet struct {
	Column  string // its name, as the head of the values
	Values  []Value
	Order   recordset.FacetOrder // whoever counts the values sorts them
	Rows    int                  // rows of the slice
	Lifted  bool                 // there is a rest that lift compares with
	Covered int                  // rows that the numbers were counted over
	Of      int                  // rows there are
	Partial bool                 // Covered is a part of Of
}

// Value is one value of the column.
type Value struct {
	ID     string // by which the cursor finds it again
	Label  string // strangers' text, shown harmless
	Hint   string // what it means, where there is room
	Count  int
	Share  float64 // of the slice, 0 to 1
	Lift   float64 // share here against share in the rest; +Inf: only here
	Status int     // the status whose mark it carries, 0: none
	Marks  string  // else its marks: of a cause, whether trying again can help
}

// Facets is the pane. The zero value is not usable; see New.
type Facets struct {
	th   theme.Theme
	ink  chart.Inks
	lang words.Lang
	fit  cell.Style

	w, h int
	cols columns

	names  []string // the columns one can choose
	column int
	left   int // the first of them on screen

	facet       Facet
	shown       bool
	hinted      bool // a value has a hint
	widest      int  // columns of the widest label among the first values
	marks       int  // columns of the marks
	cursor, top int
}

// New is an empty pane.
func New(th theme.Theme, lang words.Lang) *Facets {
	return &Facets{th: th, ink: chart.NewInks(th), lang: lang, fit: cell.Style{ASCII: th.ASCII}}
}

// SetSize gives the pane w×h cells.
func (f *Facets) SetSize(w, h int) {
	f.w, f.h = max(0, w), max(0, h)
	f.measure()
	f.reveal()
	f.revealColumn()
}

// SetColumns names the columns one can choose, and which of them is shown or
// on its way.
func (f *Facets) SetColumns(names []string, at int) {
	f.names, f.column = names, max(0, min(at, len(names)-1))
	f.revealColumn()
}

// Clear empties the pane: another column or slice is being counted.
func (f *Facets) Clear() {
	f.facet, f.shown, f.hinted, f.cursor, f.top = Facet{}, false, false, 0, 0
}

// Show shows a facet. The cursor stays on its value while column and order are
// the same.
func (f *Facets) Show(facet Facet) {
	was, ok := f.Selected()
	same := f.shown && f.facet.Column == facet.Column && f.facet.Order == facet.Order
	f.facet, f.shown = facet, true
	f.hinted = slices.ContainsFunc(facet.Values, func(v Value) bool { return v.Hint != "" })
	f.widest, f.marks = 0, 1
	for i := range facet.Values {
		f.marks = max(f.marks, cell.Width(facet.Values[i].Marks))
	}
	for _, v := range facet.Values[:min(len(facet.Values), 100)] {
		f.widest = max(f.widest, cell.Width(f.fit.Cut(v.Label, f.w)))
	}
	f.measure()
	if !same {
		f.cursor, f.top = 0, 0
	} else if i := slices.IndexFunc(facet.Values, func(v Value) bool { return v.ID == was.ID }); ok && i >= 0 {
		f.cursor = i
	}
	f.Move(0)
}

// Selected is the value under the cursor; ok is false when there is none.
func (f *Facets) Selected() (v Value, ok bool) {
	if f.cursor >= len(f.facet.Values) {
		return Value{}, false
	}
	return f.facet.Values[f.cursor], true
}

// Move moves the cursor by n values.
func (f *Facets) Move(n int) {
	f.cursor = max(0, min(f.cursor+n, len(f.facet.Values)-1))
	f.reveal()
}

// First moves to the first value.
func (f *Facets) First() { f.Move(-len(f.facet.Values)) }

// Last moves to the last value.
func (f *Facets) Last() { f.Move(len(f.facet.Values)) }

// Scroll moves cursor and window together by n halves of the window.
func (f *Facets) Scroll(halves int) {
	n := halves * max(1, f.body()/2)
	f.top += n
	f.Move(n)
}

// reveal keeps the window within the values and the cursor within the window;
// like the table it scrolls by nearly a window.
func (f *Facets) reveal() {
	h := f.body()
	if h == 0 {
		f.top = 0
		return
	}
	keep := min(2, h-1)
	switch {
	case f.cursor < f.top:
		f.top = f.cursor - h + 1 + keep
	case f.cursor >= f.top+h:
		f.top = f.cursor - keep
	}
	f.top = max(0, min(f.top, len(f.facet.Values)-h))
}
