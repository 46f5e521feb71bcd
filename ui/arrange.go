package ui

import (
	"context"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/recordset"
)

// viewMsg is a slice narrowed and sorted: the table's rows, and the place of
// the selection in them.
type viewMsg struct {
	slice    *slice
	job      int
	narrowed *recordset.Narrowed
	rows     rowsView
	at       int
	row      int  // the selection at that place
	grown    bool // rows came, nobody asked
	sorted   *recordset.Sorted
	err      error
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

// row is the row at a place; ok is false where there is none, or it is not known yet.
func (v rowsView) row(i int) (row int, ok bool) {
	known := len(v.rows)
	if v.all {
		known = v.snap.Len()
	}
	switch {
	case i < 0 || i >= known:
		return 0, false
	case v.all:
		return i, true
	}
	return int(v.rows[i]), true
}

func (v rowsView) At(i int) (sendcloud.Record, bool) {
	row, ok := v.row(i)
	if !ok {
		return sendcloud.Record{}, false
	}
	return v.snap.Record(row), true
}

func (v rowsView) Marked(i int) bool {
	row, ok := v.row(i)
	return ok && v.marks.Has(row)
}

// index is where a row stands, -1 when it does not or that is not known yet.
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
	return m.rearrange(m.row(), over)
}

// row is the row of the slice that is selected, or the nearest one known.
func (m *Model) row() int {
	v, _ := m.results.Source().(rowsView)
	at := m.results.Cursor()
	row, _ := v.row(min(at, v.Total()-1))
	return row
}

// arrangeAt narrows and sorts; the selection goes to a row, or the first one
// behind it that is left.
func (m *Model) arrangeAt(row int) tea.Cmd { return m.rearrange(row, true) }

func (m *Model) rearrange(row int, over bool) tea.Cmd {
	s := m.slice
	filter, err := recordset.ParseFilter(s.filter(), m.opt.Now())
	if err != nil {
		return nil // said beside the text while it is typed
	}
	s.job++
	s.busy, s.asked = true, over
	if s.stopJob != nil {
		s.stopJob()
	}
	ctx, cancel := context.WithCancel(s.ctx)
	s.stopJob = cancel
	a := arranging{slice: s, job: s.job, snap: s.set.Snapshot(), filter: filter, order: s.order, row: row, over: over, narrowed: s.narrowed, sorted: s.sorted}
	return a.run(ctx)
}

// arranging is what is needed to narrow and sort a slice, and how it was
// narrowed and sorted before.
type arranging struct {
	slice    *slice
	job      int
	snap     recordset.Snapshot
	filter   recordset.Filter
	order    *recordset.Order
	row      int
	over     bool // the question changed
	narrowed *recordset.Narrowed
	sorted   *recordset.Sorted
}

func (a arranging) run(ctx context.Context) tea.Cmd {
	return func() tea.Msg {
		narrowed, err := a.snap.Narrow(ctx, a.filter, a.narrowed)
		if err != nil {
			return viewMsg{slice: a.slice, job: a.job, err: err}
		}
		a.narrowed = narrowed
		return a.sort(ctx)
	}
}

// sort brings all rows in order. What is left of sorted rows is in order already.
func (a arranging) sort(ctx context.Context) tea.Msg {
	of := a.narrowed.Rows
	msg := viewMsg{slice: a.slice, job: a.job, narrowed: a.narrowed, row: a.row, grown: !a.over, rows: rowsView{snap: a.snap}}
	if a.order == nil {
		msg.rows.rows = of.View()
	} else if msg.sorted, msg.err = a.snap.Sort(ctx, of, *a.order, a.sorted); msg.err == nil {
		msg.rows.rows = msg.sorted.Rows
	}
	if msg.at = msg.rows.index(a.row); msg.at < 0 {
		msg.at = 0
		if a.order == nil {
			msg.at, _ = slices.BinarySearch(msg.rows.rows, uint32(a.row))
		}
	}
	return msg
}

func (m *Model) onView(msg viewMsg) tea.Cmd {
	s := m.slice
	if msg.slice != s || msg.job != s.job {
		return nil
	}
	if msg.err != nil {
		s.busy, s.asked = false, false
		return nil // overtaken
	}
	at := msg.at
	if row := m.row(); msg.grown && row != msg.row {
		at = max(0, msg.rows.index(row))
	}
	s.asked = false
	s.narrowed, s.snap = msg.narrowed, msg.rows.snap
	msg.rows.marks = s.marks
	m.results.Swap(msg.rows, at)
	m.widen()
	m.rest()
	s.busy, s.sorted = false, msg.sorted
	cmds := []tea.Cmd{m.refreshPane()}
	if s.set.Len() > s.snap.Len() || s.snap.Mined() < s.set.Snapshot().Mined() && s.narrowed.Filter.NeedsMining() {
		cmds = append(cmds, m.arrangeRows(false))
	}
	return tea.Batch(cmds...)
}
