package session

import "bounceboard/sendcloud/recordset"

// Marks are the rows that are marked, among those of Snapshot.
func (s *Session) Marks() recordset.Selection { return s.marks }

// Marked reports whether the row at a place is marked.
func (s *Session) Marked(i int) bool {
	row, ok := s.rowAt(i)
	return ok && s.marks.Has(row)
}

// Mark marks the selected row, or takes the mark off; ok is false while the row
// is not here.
func (s *Session) Mark() (ok bool) {
	row, ok := s.rowAt(s.cursor)
	if ok {
		s.marks, s.anchor = s.marks.Toggled(row), row
		s.changes++
	}
	return ok
}

// MarkRange marks from the row marked last to the selected one; ok is false
// where there is no such row.
func (s *Session) MarkRange() (ok bool) {
	row, ok := s.rowAt(s.cursor)
	from := s.placeOf(s.anchor)
	if !ok || s.marks.Len() == 0 || from < 0 {
		return false
	}
	var rows []int
	for i := min(from, s.cursor); i <= max(from, s.cursor); i++ {
		if row, ok := s.rowAt(i); ok {
			rows = append(rows, row)
		}
	}
	s.marks, s.anchor = s.marks.Or(recordset.SelectionOf(rows...)), row
	s.changes++
	return true
}

// MarkAll marks all rows of the filter that are here, or none where all are.
func (s *Session) MarkAll() {
	if all := s.Passing(); all.Without(s.marks).Len() == 0 {
		s.marks = s.marks.Without(all)
	} else {
		s.marks = s.marks.Or(all)
	}
	s.changes++
}

// Unmark takes all marks off.
func (s *Session) Unmark() {
	s.marks = recordset.Selection{}
	s.changes++
}

func (s *Session) placeOf(row int) int {
	if s.view.asTheyCame() {
		return s.rows().place(row)
	}
	return s.view.rows.Index(row)
}
