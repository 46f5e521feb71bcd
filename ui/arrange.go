package ui

import (
	"context"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/recordset"
)

// viewMsg is a slice narrowed and sorted.
type viewMsg struct {
	slice    *slice
	job      int
	snap     recordset.Snapshot
	narrowed *recordset.Narrowed
	sorted   sorted
	at       int
	err      error
}

// sorted are rows in order. What is left of them when they are narrowed is in
// order already.
type sorted struct {
	rows  recordset.View
	order *recordset.Order // nil: as they came
	of    recordset.Selection
	snap  recordset.Snapshot
}

// sort brings the rows of a selection in order.
func (s sorted) sort(ctx context.Context, snap recordset.Snapshot, of recordset.Selection, order *recordset.Order) (sorted, error) {
	now := sorted{order: order, of: of, snap: snap}
	switch {
	case order == nil:
		now.rows = of.View()
	case s.order != nil && *s.order == *order && s.snap.Len() == snap.Len() && s.snap.Mined() == snap.Mined() && of.In(s.of):
		now.rows = s.rows.Only(of)
	default:
		rows, err := snap.Sort(ctx, of, *order)
		now.rows = rows
		return now, err
	}
	return now, nil
}

// rowsView is a slice as the table shows it.
type rowsView struct {
	snap  recordset.Snapshot
	rows  recordset.View
	all   bool // every row in its order; rows is not used
	marks recordset.Selection
}

func (v rowsView) Total() int {
	if v.all {
		return v.snap.Len()
	}
	return len(v.rows)
}

func (v rowsView) row(i int) int {
	if v.all {
		return i
	}
	return int(v.rows[i])
}

func (v rowsView) At(i int) (sendcloud.Record, bool) {
	if i < 0 || i >= v.Total() {
		return sendcloud.Record{}, false
	}
	return v.snap.Record(v.row(i)), true
}

func (v rowsView) Marked(i int) bool { return v.marks.Has(v.row(i)) }

func (v rowsView) index(row int) int {
	if v.all {
		return row
	}
	return v.rows.Index(row)
}

// arrangeRows narrows and sorts in a command. A new one takes the place of the
// one under way only where the question changed (over); rows that merely came
// wait for the one under way.
func (m *Model) arrangeRows(over bool) tea.Cmd {
	if m.slice.busy && !over {
		return nil
	}
	return m.arrangeAt(m.row())
}

// row is the row of the slice that is selected.
func (m *Model) row() int {
	if v, ok := m.results.Source().(rowsView); ok && v.Total() > 0 {
		return v.row(min(m.results.Cursor(), v.Total()-1))
	}
	return 0
}

// arrangeAt narrows and sorts; the selection goes to a row, or the first one
// behind it that is left.
func (m *Model) arrangeAt(row int) tea.Cmd {
	s := m.slice
	filter, err := recordset.ParseFilter(s.filter(), m.opt.Now())
	if err != nil {
		return nil // said beside the text while it is typed
	}
	s.job++
	s.busy = true
	if s.stopJob != nil {
		s.stopJob()
	}
	ctx, cancel := context.WithCancel(s.ctx)
	s.stopJob = cancel
	return arrangeSlice(ctx, s, s.job, s.set.Snapshot(), filter, s.narrowed, s.sorted, s.order, row)
}

func arrangeSlice(ctx context.Context, s *slice, job int, snap recordset.Snapshot, f recordset.Filter,
	before *recordset.Narrowed, was sorted, order *recordset.Order, row int) tea.Cmd {
	return func() tea.Msg {
		msg := viewMsg{slice: s, job: job, snap: snap}
		msg.narrowed, msg.err = snap.Narrow(ctx, f, before)
		if msg.err != nil {
			return msg
		}
		msg.sorted, msg.err = was.sort(ctx, snap, msg.narrowed.Rows, order)
		if msg.at = msg.sorted.rows.Index(row); msg.at < 0 {
			msg.at = 0
			if order == nil {
				msg.at, _ = slices.BinarySearch(msg.sorted.rows, uint32(row))
			}
		}
		return msg
	}
}

func (m *Model) onView(msg viewMsg) tea.Cmd {
	s := m.slice
	if msg.slice != s || msg.job != s.job {
		return nil
	}
	s.busy = false
	if msg.err != nil {
		return nil // overtaken
	}
	s.narrowed, s.sorted, s.snap = msg.narrowed, msg.sorted, msg.snap
	m.results.Swap(rowsView{snap: msg.snap, rows: msg.sorted.rows, marks: s.marks}, msg.at)
	m.widen()
	m.rest()
	cmds := []tea.Cmd{m.refreshPane()}
	if s.set.Len() > msg.snap.Len() || s.snap.Mined() < s.set.Snapshot().Mined() && msg.narrowed.Filter.NeedsMining() {
		cmds = append(cmds, m.arrangeRows(false))
	}
	return tea.Batch(cmds...)
}
