package session

import (
	"slices"

	"bounceboard/sendcloud/recordset"
)

// Marked reports whether the row at a place is marked.
func (l *List) Marked(i int) bool {
	row, ok := l.rowAt(i)
	return ok && l.Marks.Has(row)
}

// MarksHere returns the marked rows that pass the filter; outside is how many
// others are marked.
func (s *Session) MarksHere() (here recordset.Selection, outside int) {
	here = s.Marks.And(s.Passing())
	return here, s.Marks.Len() - here.Len()
}

// Mark marks the selected row, or takes the mark off; ok is false while the row
// is not here.
func (l *List) Mark() (ok bool) {
	row, ok := l.rowAt(l.Cursor)
	if ok {
		l.Marks, l.anchor = l.Marks.Toggled(row), row
		l.Changes++
	}
	return ok
}

// MarkRange marks from the row marked last to the selected one; ok is false
// where there is no such row.
func (l *List) MarkRange() (ok bool) {
	row, ok := l.rowAt(l.Cursor)
	from := l.rows.place(l.anchor)
	if !l.view.asTheyCame() {
		from = l.view.rows.Index(l.anchor)
	}
	if !ok || l.Marks.Len() == 0 || from < 0 {
		return false
	}
	var rows []int
	for i := min(from, l.Cursor); i <= max(from, l.Cursor); i++ {
		if row, ok := l.rowAt(i); ok {
			rows = append(rows, row)
		}
	}
	l.Marks, l.anchor = l.Marks.Or(recordset.SelectionOf(rows...)), row
	l.Changes++
	return true
}

// MarkAll marks all rows of the filter, or none where all are. Those that are
// not here yet are marked when they are.
func (l *List) MarkAll() {
	if all := l.Passing(); all.Without(l.Marks).Len() == 0 {
		l.Marks, l.AllDue = l.Marks.Without(all), false
	} else {
		l.Marks, l.AllDue = l.Marks.Or(all), true
	}
	l.Changes++
}

// markDue sets marks that had to wait. Rows marked in an earlier list are
// marked again once they are here. If the user chose "mark all", all rows that
// pass the filter are marked once the fetch has ended and the list shows them.
func (l *List) markDue() {
	snap := l.Snapshot()
	var rows []int
	l.lost = slices.DeleteFunc(l.lost, func(id string) bool {
		row, ok := snap.Find(id)
		if ok {
			rows = append(rows, row)
		}
		return ok
	})
	l.Marks = l.Marks.Or(recordset.SelectionOf(rows...))
	listed := !l.Narrowed() || !l.view.hidden && l.view.snap.Len() == snap.Len()
	if l.AllDue && listed && l.rows.from == FromFetch && !l.env.Running(Fetch) {
		l.AllDue, l.Marks = false, l.Marks.Or(l.Passing())
		l.Changes++
	}
}

// Unmark takes all marks off.
func (l *List) Unmark() {
	l.Marks, l.lost, l.AllDue = recordset.Selection{}, nil, false
	l.Changes++
}
