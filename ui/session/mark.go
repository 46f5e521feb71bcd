package session

import "bounceboard/sendcloud/recordset"

// Marked reports whether the row at a place is marked.
func (l *List) Marked(i int) bool {
	row, ok := l.rowAt(i)
	return ok && l.Marks.Has(row)
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
	from := l.placeOf(l.anchor)
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

// MarkAll marks all rows of the filter that are here, or none where all are.
func (l *List) MarkAll() {
	if all := l.Passing(); all.Without(l.Marks).Len() == 0 {
		l.Marks = l.Marks.Without(all)
	} else {
		l.Marks = l.Marks.Or(all)
	}
	l.Changes++
}

// Unmark takes all marks off.
func (l *List) Unmark() {
	l.Marks = recordset.Selection{}
	l.Changes++
}

func (l *List) placeOf(row int) int {
	if l.view.asTheyCame() {
		return l.rows.place(row)
	}
	return l.view.rows.Index(row)
}
