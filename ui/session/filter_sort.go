package session

import (
	"context"
	"slices"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/recordset"
	"bounceboard/ui/screen"
)

// arranged is the rows that pass a filter, in an order.
type arranged struct {
	snap     recordset.Snapshot
	narrowed *recordset.Narrowed // nil: nothing is arranged
	order    *recordset.Order
	sorted   *recordset.Sorted // nil: in the order of the list
	rows     recordset.View
	hidden   bool // no row is listed until it is known which pass
}

// asTheyCame: all rows are listed.
func (v arranged) asTheyCame() bool { return v.narrowed == nil && !v.hidden }

// Total returns the number of places in the list.
func (l *List) Total() int {
	if l.view.asTheyCame() {
		return l.rows.length()
	}
	return len(l.view.rows)
}

// rowAt returns the row at a place of the list; ok is false while it is not here.
func (l *List) rowAt(i int) (row int, ok bool) {
	switch {
	case l.view.asTheyCame():
		return l.rows.row(i)
	case i < 0 || i >= len(l.view.rows):
		return 0, false
	}
	return int(l.view.rows[i]), true
}

// At returns the row at a place of the list; ok is false while it is not here.
func (l *List) At(i int) (rec sendcloud.Record, ok bool) {
	row, ok := l.rowAt(i)
	if ok {
		rec = l.Snapshot().Record(row)
	}
	return rec, ok
}

// row returns the row under the cursor, with the cursor kept inside the list. If the page of that row is not loaded it returns row 0.
func (l *List) row() int {
	row, _ := l.rowAt(max(0, min(l.Cursor, l.Total()-1)))
	return row
}

// Passing returns the rows that pass the filter, as far as they are listed.
func (l *List) Passing() recordset.Selection {
	if l.view.narrowed != nil && l.Filter() != "" {
		return l.view.narrowed.Rows
	}
	return l.Snapshot().All()
}

// Listed returns the rows that are here in the order in which they are listed.
func (l *List) Listed() recordset.View {
	if l.view.asTheyCame() {
		return l.rows.inOrder()(l.Snapshot().All())
	}
	return l.view.rows
}

// Arranging reports whether a filter or sort that the user asked for is still running.
func (l *List) Arranging() bool { return l.env.Running(Arrange) }

// rearrange filters and sorts again as the user asked. The cursor goes to row, else to the next one, or to the top of an order.
func (l *List) rearrange(row int) screen.Effect {
	filter, err := recordset.ParseFilter(l.Filter(), l.env.Now())
	switch {
	case err != nil:
		return screen.Effect{} // that is said beside the text while it is typed
	case !l.Narrowed():
		l.view = arranged{}
		l.selectAt(l.rows.place(row))
		l.Changes++
		return screen.Effect{Stop: []screen.Kind{Arrange, Grow}}
	}
	job := l.arrange(Arrange, filter)
	job.Done = func(got any, err error) screen.Effect {
		if err == nil {
			l.list(got.(arranged), row)
		}
		return screen.Run(l.regrow()...)
	}
	return screen.Effect{Stop: []screen.Kind{Grow}, Run: []screen.Job{job}}
}

// regrow returns the job that lists rows that came; none where there is no need.
func (l *List) regrow() []screen.Job {
	filter, err := recordset.ParseFilter(l.Filter(), l.env.Now())
	snap := l.Snapshot()
	if err != nil || !l.Narrowed() || l.Arranging() {
		return nil
	}
	mining := filter.NeedsMining() || l.Order != nil && l.Order.NeedsMining()
	if l.view.narrowed != nil && l.view.snap.Len() == snap.Len() && (!mining || l.view.snap.Mined() == snap.Mined()) {
		return nil
	}
	job := l.arrange(Grow, filter)
	job.Wait = true
	job.Done = func(got any, err error) screen.Effect {
		if err == nil {
			l.list(got.(arranged), l.row())
			l.markDue()
		}
		return screen.Effect{}
	}
	return []screen.Job{job}
}

// arrange returns the job that filters and sorts what is here.
func (l *List) arrange(kind screen.Kind, filter recordset.Filter) screen.Job {
	snap, order, before, inOrder := l.Snapshot(), l.Order, l.view, l.rows.inOrder()
	return screen.Job{Kind: kind, Run: func(ctx context.Context, _ func(any)) (any, error) {
		v := arranged{snap: snap, order: order}
		var err error
		if v.narrowed, err = snap.Narrow(ctx, filter, before.narrowed); err != nil {
			return nil, err
		}
		if order == nil {
			v.rows = inOrder(v.narrowed.Rows)
			return v, nil
		}
		if v.sorted, err = snap.Sort(ctx, v.narrowed.Rows, *order, before.sorted); err != nil {
			return nil, err
		}
		v.rows = v.sorted.Rows
		return v, nil
	}}
}

// list shows the result v and puts the cursor on row, or on the row that the cursor is to follow once it is loaded. If that row is not
// in v, the cursor goes to the next row, or to the top when v is sorted.
func (l *List) list(v arranged, row int) {
	if found, ok := v.snap.Find(l.follow); ok && l.follow != "" {
		row, l.follow = found, ""
	}
	at := v.rows.Index(row)
	if at < 0 || l.AtTop {
		if at = 0; v.order == nil {
			at, _ = slices.BinarySearchFunc(v.rows, l.rows.place(row), func(row uint32, place int) int { return l.rows.place(int(row)) - place })
		}
	}
	l.view = v
	l.selectAt(at)
	l.Changes++
}
