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
	rows     recordset.View
	hidden   bool // no row is listed until it is known which pass
}

// has says whether these are all rows of a selection in an order, and maybe more.
func (v arranged) has(snap recordset.Snapshot, of recordset.Selection, order *recordset.Order) bool {
	return v.narrowed != nil && v.order != nil && *v.order == *order && v.snap.Len() == snap.Len() && v.snap.Mined() == snap.Mined() &&
		of.In(v.narrowed.Rows)
}

// asTheyCame: all rows are listed.
func (v arranged) asTheyCame() bool { return v.narrowed == nil && !v.hidden }

// plain: nobody filters or sorts; the list is all rows as they came.
func (s *Session) plain() bool { return s.order == nil && s.Filter() == "" }

// Total is the number of places in the list.
func (s *Session) Total() int {
	if s.view.asTheyCame() {
		return s.rows().length()
	}
	return len(s.view.rows)
}

// rowAt is the row at a place of the list; ok is false while it is not here.
func (s *Session) rowAt(i int) (row int, ok bool) {
	switch {
	case s.view.asTheyCame():
		return s.rows().row(i)
	case i < 0 || i >= len(s.view.rows):
		return 0, false
	}
	return int(s.view.rows[i]), true
}

// At is the row at a place of the list; ok is false while it is not here.
func (s *Session) At(i int) (rec sendcloud.Record, ok bool) {
	row, ok := s.rowAt(i)
	if !ok {
		return rec, false
	}
	return s.Snapshot().Record(row), true
}

// row is the selected row, or the nearest one behind it that is here.
func (s *Session) row() int {
	row, _ := s.rowAt(max(0, min(s.cursor, s.Total()-1)))
	return row
}

// Passing is the rows that pass the filter, as far as they are listed.
func (s *Session) Passing() recordset.Selection {
	if s.view.narrowed != nil && s.Filter() != "" {
		return s.view.narrowed.Rows
	}
	return s.Snapshot().All()
}

// Turning reports whether somebody asked for other rows or another order, which
// do not show yet.
func (s *Session) Turning() bool { return s.env.Running(Arrange) }

// SetOrder sorts the rows; nil: as they came.
func (s *Session) SetOrder(o *recordset.Order) screen.Effect {
	row := s.row()
	s.order = o
	return s.rearrange(row)
}

// rearrange lists the rows anew because somebody asked for it; the selection
// goes to a row, or to the first one behind it that is listed.
func (s *Session) rearrange(row int) screen.Effect {
	filter, err := recordset.ParseFilter(s.Filter(), s.env.Now())
	switch {
	case err != nil:
		return screen.Effect{} // that is said beside the text while it is typed
	case s.plain():
		s.view = arranged{}
		s.selectAt(s.rows().place(row))
		s.changes++
		return screen.Effect{Stop: []screen.Kind{Arrange, Grow}}
	}
	job := s.arrange(Arrange, filter)
	job.Done = func(got any, err error) screen.Effect {
		if err == nil {
			s.list(got.(arranged), row)
		}
		return screen.Run(s.regrow()...)
	}
	return screen.Effect{Stop: []screen.Kind{Grow}, Run: []screen.Job{job}}
}

// regrow is the job that lists rows that came; none where there is no need.
func (s *Session) regrow() []screen.Job {
	filter, err := recordset.ParseFilter(s.Filter(), s.env.Now())
	snap := s.Snapshot()
	if err != nil || s.plain() || s.Turning() {
		return nil
	}
	mining := filter.NeedsMining() || s.order != nil && s.order.By.NeedsMining()
	if s.view.narrowed != nil && s.view.snap.Len() == snap.Len() && (!mining || s.view.snap.Mined() == snap.Mined()) {
		return nil
	}
	job := s.arrange(Grow, filter)
	job.Wait = true
	job.Done = func(got any, err error) screen.Effect {
		if err == nil {
			s.list(got.(arranged), s.row())
		}
		return screen.Effect{}
	}
	return []screen.Job{job}
}

// arrange is the job that filters and sorts what is here.
func (s *Session) arrange(kind screen.Kind, filter recordset.Filter) screen.Job {
	snap, order, before, inOrder := s.Snapshot(), s.order, s.view, s.rows().inOrder()
	return screen.Job{Kind: kind, Run: func(ctx context.Context, _ func(any)) (any, error) {
		v := arranged{snap: snap, order: order}
		var err error
		if v.narrowed, err = snap.Narrow(ctx, filter, before.narrowed); err != nil {
			return nil, err
		}
		switch of := v.narrowed.Rows; {
		case order == nil:
			v.rows = inOrder(of)
		case before.has(snap, of, order): // what is left of sorted rows is sorted
			v.rows = before.rows.Only(of)
		default:
			v.rows, err = snap.Sort(ctx, of, *order)
		}
		return v, err
	}}
}

// list shows what was arranged, with the selection on a row or at the first
// place behind it.
func (s *Session) list(v arranged, row int) {
	if s.follow != "" {
		if found, ok := v.snap.Find(s.follow); ok {
			row, s.follow = found, ""
		}
	}
	at := v.rows.Index(row)
	if at < 0 {
		if at = 0; v.order == nil {
			at, _ = slices.BinarySearch(v.rows, uint32(row))
		}
	}
	s.view = v
	s.selectAt(at)
	s.changes++
}

// grown takes in that rows came, or became known better.
func (s *Session) grown() screen.Effect {
	r := s.rows()
	for row := r.span.seen; s.follow != "" && s.plain() && row < r.snap.Len(); row++ {
		if r.snap.EmailID(row) == s.follow {
			s.cursor, s.follow = r.place(row), ""
		}
	}
	r.span.measure(r.snap)
	if s.changes++; s.plain() {
		s.selectAt(s.cursor)
	}
	return screen.Run(append(s.regrow(), s.mine()...)...)
}

// mine is the jobs that find causes and patterns of the rows that are here.
func (s *Session) mine() []screen.Job {
	r := s.rows()
	if r.snap.Mined() == r.snap.Len() || s.env.Running(Mine) {
		return nil
	}
	return []screen.Job{{
		Kind: Mine,
		Run: func(ctx context.Context, _ func(any)) (any, error) {
			r.mine.Lock()
			defer r.mine.Unlock()
			return nil, r.set.Mine(ctx)
		},
		Done: func(any, error) screen.Effect { return s.look(r) },
	}, s.lookAgain(r)}
}

// lookAgain is the job that looks at rows that come or are explained meanwhile.
func (s *Session) lookAgain(r *Rows) screen.Job {
	return screen.Job{Kind: Look,
		Run: func(ctx context.Context, _ func(any)) (any, error) { return nil, Sleep(ctx, lookEach) },
		Done: func(any, error) screen.Effect {
			e := s.look(r)
			if s.env.Running(Mine) || s.env.Running(Read) {
				e.Run = append(e.Run, s.lookAgain(r))
			}
			return e
		}}
}

func (s *Session) look(r *Rows) screen.Effect {
	was := r.snap
	r.snap = r.set.Snapshot()
	if r != s.rows() || was.Len() == r.snap.Len() && was.Mined() == r.snap.Mined() {
		return screen.Effect{}
	}
	return s.grown()
}
