package session

import (
	"bounceboard/sendcloud"
	"bounceboard/sendcloud/recordset"
	"bounceboard/ui/screen"
)

// List is rows in memory as a person sees them: filtered, in an order, with
// marks and a selection. It does not matter where the rows come from. Others
// read its fields and change them by its methods.
type List struct {
	env  *Env
	rows *Rows // those that are listed

	filter filtering
	Order  *recordset.Order // nil: as they came
	view   arranged         // what is listed, where it is not all rows as they came
	Marks  recordset.Selection
	anchor int      // the row that was marked last
	lost   []string // email ids that were marked among other rows, and are not here yet
	AllDue bool     // all rows of the filter are to be marked when they are here

	Fresh map[string]bool // email ids that came when the rows were asked for again, until they are visited
	News  int             // how many rows came then; 0 once somebody was there

	Cursor int    // the place of the selection
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
	l.rows, l.Marks, l.view = r, recordset.Selection{}, arranged{hidden: l.Narrowed()}
}

// Snapshot returns the rows that are here.
func (l *List) Snapshot() recordset.Snapshot { return l.rows.snap }

// Narrowed reports whether the rows are filtered or sorted: then the list has no
// more than what is here.
func (l *List) Narrowed() bool { return l.Order != nil || l.Filter() != "" }

// Selected returns the selected row; ok is false while it is not here.
func (l *List) Selected() (rec sendcloud.Record, ok bool) { return l.At(l.Cursor) }

// MoveTo selects the row at a place, or the nearest there is, because somebody
// wants to be there: the way back leads to this row.
func (l *List) MoveTo(i int) {
	l.follow = ""
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
	row := l.row()
	l.Order = o
	return l.rearrange(row)
}
