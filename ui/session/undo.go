package session

import (
	"slices"

	"bounceboard/sendcloud/recordset"
	"bounceboard/ui/screen"
)

// Change is in what two states of a list differ.
type Change int

// The changes.
const (
	NoChange Change = iota
	Filtering
	Sorting
	Marking
)

// state is how a list was filtered, sorted and marked.
type state struct {
	filter string
	path   []step
	edited bool
	order  *recordset.Order
	marks  recordset.Selection
	due    bool  // all rows of the filter were to be marked
	of     *Rows // the rows that marks and row are about
	row    int   // was selected
}

// changes are the states that were left, the latest last, and those that were left by undoing.
type changes struct{ done, undone []state }

const mostChanges = 100

func (l *List) state() state {
	return state{l.Filter(), slices.Clone(l.filter.path), l.filter.edited, l.Order, l.Marks, l.AllDue, l.rows, l.row()}
}

// remember keeps a state that is being left, for Undo.
func (l *List) remember(was state) {
	l.past.done = append(l.past.done, was)
	l.past.done, l.past.undone = l.past.done[max(0, len(l.past.done)-mostChanges):], nil
}

// Undo takes back the last change of the filter, the order or the marks, and says which; NoChange: there is none. Marks on
// rows that others took the place of stay as they are.
func (l *List) Undo() (screen.Effect, Change) { return l.swap(&l.past.done, &l.past.undone) }

// Redo makes again what was undone last.
func (l *List) Redo() (screen.Effect, Change) { return l.swap(&l.past.undone, &l.past.done) }

// swap goes to the last of some states that is another than the present one, which it puts behind others.
func (l *List) swap(from, to *[]state) (e screen.Effect, what Change) {
	now := l.state()
	for n := len(*from) - 1; n >= 0; n-- {
		was := (*from)[n]
		*from = (*from)[:n]
		if what = now.difference(was); what != NoChange {
			*to = append(*to, now)
			return restore(l, was, what), what
		}
	}
	return e, NoChange
}

func (a state) difference(b state) Change {
	switch {
	case a.filter != b.filter:
		return Filtering
	case (a.order == nil) != (b.order == nil), a.order != nil && *a.order != *b.order:
		return Sorting
	case a.of == b.of && (a.due != b.due || a.marks.Without(b.marks).Len()+b.marks.Without(a.marks).Len() > 0):
		return Marking
	}
	return NoChange
}

func restore(l *List, was state, what Change) screen.Effect {
	row := l.row()
	l.filter.path, l.filter.edited, l.Order = slices.Clone(was.path), was.edited, was.order
	if was.of != l.rows {
		l.filter.forget()
	} else if l.Marks, l.AllDue = was.marks, was.due; what == Filtering {
		row = was.row
	}
	if l.Changes++; what == Marking {
		return screen.Effect{}
	}
	return l.rearrange(row)
}

// Begun reports whether the question was asked.
func (s *Session) Begun() bool { return s.Asking.times > 0 }
