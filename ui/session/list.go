package session

import (
	"slices"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/recordset"
	"bounceboard/ui/screen"
)

// List is rows in memory, wherever they come from: filtered, in an order, with marks and a selection. Its methods change it.
type List struct {
	env  *Env
	rows *Rows // those that are listed

	filter filtering
	Order  *recordset.Order // nil: as they came
	view   arranged         // what is listed, where it is not all rows as they came
	Marks  recordset.Selection
	anchor int      // the row that was marked last
	lost   []string // email ids that were marked among other rows, and are not here yet
	past   changes
	AllDue bool // all rows of the filter are to be marked when they are here

	Fresh map[string]bool // email ids that came when the rows were asked for again, until they are visited
	News  int             // how many rows came then; 0 once somebody was there

	Cursor int    // the place of the selection
	AtTop  bool   // it stays at the top of the order until somebody moves it
	follow string // the email id that the selection waits for; "" when it is there

	Changes int // grows whenever other rows are listed, or are listed in another way
}

// show lists other rows; the selection stays on its email id where they have it.
func (l *List) show(r *Rows) {
	if rec, ok := l.Selected(); ok {
		l.follow = rec.EmailID
	}
	for row := range l.Marks.Rows() {
		l.lost = append(l.lost, l.Snapshot().EmailID(row))
	}
	l.filter.forget()
	l.rows, l.Marks, l.view = r, recordset.Selection{}, arranged{hidden: l.Narrowed()}
}

// Snapshot returns the rows that are here.
func (l *List) Snapshot() recordset.Snapshot { return l.rows.snap }

// Narrowed reports whether the rows are filtered or sorted: then the list has no more than what is here.
func (l *List) Narrowed() bool { return l.Order != nil || l.Filter() != "" }

// Selected returns the selected row; ok is false while it is not here.
func (l *List) Selected() (rec sendcloud.Record, ok bool) { return l.At(l.Cursor) }

// MoveTo selects the row at a place, or the nearest there is, because somebody wants to be there: the way back leads to this row.
func (l *List) MoveTo(i int) {
	l.follow, l.AtTop = "", false
	l.filter.forget()
	l.selectAt(i)
	if rec, ok := l.Selected(); ok && l.Fresh[rec.EmailID] {
		l.News = 0
		delete(l.Fresh, rec.EmailID)
	}
}

func (l *List) selectAt(i int) { l.Cursor = max(0, min(i, l.Total()-1)) }

// SetOrder sorts the rows; nil: as they came.
func (l *List) SetOrder(o *recordset.Order) screen.Effect {
	l.remember(l.state())
	row := l.row()
	l.Order = o
	return l.rearrange(row)
}

// Marked reports whether the row at a place is marked.
func (l *List) Marked(i int) bool {
	row, ok := l.rowAt(i)
	return ok && l.Marks.Has(row)
}

// MarksHere returns the marked rows that pass the filter; outside is how many others are marked.
func (l *List) MarksHere() (here recordset.Selection, outside int) {
	here = l.Marks.And(l.Passing())
	return here, l.Marks.Len() - here.Len()
}

// Mark marks the selected row, or takes the mark off; ok is false while the row is not here.
func (l *List) Mark() (ok bool) {
	row, ok := l.rowAt(l.Cursor)
	if ok {
		l.remember(l.state())
		l.Marks, l.anchor = l.Marks.Toggled(row), row
		l.Changes++
	}
	return ok
}

// MarkRange marks from the row marked last to the selected one; ok is false where there is no such row.
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
	l.remember(l.state())
	l.Marks, l.anchor = l.Marks.Or(recordset.SelectionOf(rows...)), row
	l.Changes++
	return true
}

// MarkAll marks all rows of the filter, or none where all are. Those that are not here yet are marked when they are.
func (l *List) MarkAll() {
	l.remember(l.state())
	if all := l.Passing(); all.Without(l.Marks).Len() == 0 {
		l.Marks, l.AllDue = l.Marks.Without(all), false
	} else {
		l.Marks, l.AllDue = l.Marks.Or(all), true
	}
	l.Changes++
}

// markDue sets marks that had to wait: on rows that were not here, and those of "mark all" once the fetch has ended.
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
	if listed := !l.Narrowed() || !l.view.hidden && l.view.snap.Len() == snap.Len(); listed && l.AllDue && l.rows.reading.Whole {
		l.AllDue, l.Marks = false, l.Marks.Or(l.Passing())
		l.Changes++
	}
}

// Unmark takes all marks off.
func (l *List) Unmark() {
	l.remember(l.state())
	l.Marks, l.lost, l.AllDue = recordset.Selection{}, nil, false
	l.Changes++
}
