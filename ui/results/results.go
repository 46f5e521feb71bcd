// Package results is the table: one list, drawn from the rows that are there,
// with a selection that follows its row.
package results

import (
	"bounceboard/sendcloud"
	"bounceboard/theme"
	"bounceboard/ui/cell"
	"bounceboard/ui/words"
)

// Source is a list of rows, of which some may not be here yet.
type Source interface {
	Total() int
	At(i int) (rec sendcloud.Record, ok bool)
}

// Marker is a Source some of whose rows are marked.
type Marker interface{ Marked(i int) bool }

// Results is the table. The zero value is not usable; see New.
type Results struct {
	th   theme.Theme
	lang words.Lang
	fit  cell.Style

	w, h int // h counts the column heads
	cols columns

	src     Source
	cursor  int
	top     int
	step    int // rows that n and p turn
	widest  int // columns of the widest recipient seen
	explain Explain
	causes  map[reply]string // what explain said, by what it was told
}

// New is an empty table.
func New(th theme.Theme, lang words.Lang, explain Explain) *Results {
	return &Results{th: th, lang: lang, fit: cell.Style{ASCII: th.ASCII}, src: &Pages{}, step: PageSize, explain: explain}
}

// SetSize gives the table w×h cells, the column heads included.
func (r *Results) SetSize(w, h int) {
	r.w, r.h = max(0, w), max(0, h)
	r.measure()
	r.reveal()
}

// Show shows another list from its beginning.
func (r *Results) Show(src Source) {
	r.src, r.cursor, r.top, r.widest = src, 0, 0, 0
	r.measure()
}

// Swap shows another state of the list: the row that was selected is now at i,
// and stays where it is on the screen.
func (r *Results) Swap(src Source, i int) {
	r.top += i - r.cursor
	r.src, r.cursor = src, i
	r.MoveTo(i)
}

// Widen makes room for the recipients of rows that came. Columns only grow: a
// table whose columns move is hard to read.
func (r *Results) Widen(rows []sendcloud.Record) {
	for i := range rows {
		r.widest = max(r.widest, cell.Width(r.fit.Cut(rows[i].Recipients, widestRecipient)))
	}
	r.measure()
}

// Source is what the table shows.
func (r *Results) Source() Source { return r.src }

// Total is the number of rows in the whole list.
func (r *Results) Total() int { return r.src.Total() }

// Selected is the selected row; ok is false while it is not there.
func (r *Results) Selected() (rec sendcloud.Record, ok bool) {
	if r.src.Total() == 0 {
		return sendcloud.Record{}, false
	}
	return r.src.At(r.cursor)
}

// Cursor is the place of the selection in the whole list.
func (r *Results) Cursor() int { return r.cursor }

// Window is the rows on screen: [first, last).
func (r *Results) Window() (first, last int) {
	return r.top, min(r.top+r.height(), r.Total())
}

// Move moves the selection by n rows.
func (r *Results) Move(n int) { r.MoveTo(r.cursor + n) }

// First selects the very first row.
func (r *Results) First() { r.MoveTo(0) }

// Last selects the very last row.
func (r *Results) Last() { r.MoveTo(r.Total() - 1) }

// MoveTo selects the row at i, or the nearest there is.
func (r *Results) MoveTo(i int) {
	r.cursor = max(0, min(i, r.Total()-1))
	r.reveal()
}

// Scroll moves selection and window together by n halves of the window.
func (r *Results) Scroll(halves int) {
	n := halves * max(1, r.height()/2)
	r.top = max(0, min(r.top+n, r.Total()-r.height()))
	r.MoveTo(r.cursor + n)
}

// SetStep says how many rows a page has for turning, 0 for the service's.
func (r *Results) SetStep(rows int) {
	if r.step = rows; rows == 0 {
		r.step = PageSize
	}
}

// TurnTo selects the first row of page n, counted from 0, and shows it on top.
func (r *Results) TurnTo(n int) {
	r.cursor = max(0, min(n, r.LastPage())) * r.step
	r.top = max(0, min(r.cursor, r.Total()-r.height()))
	r.reveal()
}

// Page is the page the selection is on, from 0.
func (r *Results) Page() int { return r.cursor / r.step }

// LastPage is the last page, from 0.
func (r *Results) LastPage() int { return max(0, r.Total()-1) / r.step }

func (r *Results) height() int { return max(0, r.h-1) }

// reveal scrolls when the selection leaves the window: by nearly a window, not
// by a line, because every scrolled line crosses a slow wire.
func (r *Results) reveal() {
	h := r.height()
	if h == 0 {
		return
	}
	keep := min(1, h-1)
	switch {
	case r.cursor < r.top:
		r.top = r.cursor - h + 1 + keep
	case r.cursor >= r.top+h:
		r.top = r.cursor - keep
	}
	r.top = max(0, min(r.top, r.Total()-h))
}
