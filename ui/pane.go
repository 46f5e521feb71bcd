package ui

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"bounceboard/keymap"
	"bounceboard/sendcloud"
	"bounceboard/sendcloud/recordset"
	"bounceboard/ui/facets"
	"bounceboard/ui/timeline"
	"bounceboard/ui/words"
)

// facetMsg and barsMsg are a slice taken apart; counts of an older state of it
// are dropped.
type facetMsg struct {
	slice *slice
	job   int
	facet recordset.Facet
	err   error
}

type barsMsg struct {
	slice *slice
	job   int
	bars  recordset.Histogram
	err   error
}

// mostBars is how many buckets a histogram has at most: over 90 days by hour.
const mostBars = 24 * 92

// openPane shows the facets or the timeline in place of the detail.
func (m *Model) openPane(p keymap.Place) tea.Cmd {
	if m.pane == p { // the key that opens it closes it
		return m.leavePane()
	}
	cmd, ok := m.inMemory()
	if !ok {
		return nil
	}
	m.pane, m.place = p, p
	m.facets.Clear()
	m.timeline.Clear()
	m.facets.SetColumns(words.FacetColumns(m.lang, recordset.Facets()), m.column)
	return tea.Batch(cmd, m.refreshPane())
}

// openColumn shows the facets by the column of the number that was pressed.
func (m *Model) openColumn() tea.Cmd {
	n, _ := strconv.Atoi(m.pressed)
	column := (n + 9) % 10
	if m.pane == keymap.Values {
		m.place = keymap.Values
		return m.turnColumn(column - m.column)
	}
	m.column = column
	return m.openPane(keymap.Values)
}

// closePane gives its place back to the detail.
func (m *Model) closePane() {
	if m.place == m.pane {
		m.place = keymap.Table
	}
	if m.under == m.pane {
		m.under = keymap.Table
	}
	m.pane = ""
}

func (m *Model) leavePane() tea.Cmd {
	m.closePane()
	m.rest()
	if m.slice == nil {
		return nil
	}
	return m.arrangeOrGoBack()
}

// refreshPane counts what the pane shows anew.
func (m *Model) refreshPane() tea.Cmd {
	s := m.slice
	if s == nil || m.pane == "" && !m.at(keymap.Card) {
		return nil
	}
	if s.counting {
		s.recount = true
		return nil
	}
	s.counting, s.recount = true, false
	s.countJob++
	sel := s.snap.All()
	if s.narrowed != nil && s.filter() != "" {
		sel = s.narrowed.Rows
	}
	if m.at(keymap.Card) {
		return countPattern(s.ctx, s, s.countJob, s.snap, sel, m.shownPattern)
	}
	order := m.lift
	if order == recordset.ByLift && s.filter() == "" {
		order = recordset.ByCount // there is no rest to differ from
	}
	if c := recordset.Facets()[m.column]; order == recordset.ByCount && inOrder[c] {
		order = recordset.ByValue
	}
	if m.pane == keymap.Moments {
		return countBars(s.ctx, s, s.countJob, s.snap, sel)
	}
	return countFacet(s.ctx, s, s.countJob, s.snap, sel, recordset.Facets()[m.column], order)
}

func countFacet(ctx context.Context, s *slice, job int, snap recordset.Snapshot, sel recordset.Selection,
	by recordset.Column, order recordset.FacetOrder) tea.Cmd {
	return func() tea.Msg {
		f, err := snap.Facet(ctx, sel, by, order)
		return facetMsg{s, job, f, err}
	}
}

func countBars(ctx context.Context, s *slice, job int, snap recordset.Snapshot, sel recordset.Selection) tea.Cmd {
	return func() tea.Msg {
		h, err := snap.Histogram(ctx, sel, mostBars)
		return barsMsg{s, job, h, err}
	}
}

// inOrder are the columns whose values have an order of their own.
var inOrder = map[recordset.Column]bool{recordset.ByHour: true, recordset.ByDay: true, recordset.ByTook: true}

// counted takes the answer of a count; false: it is of an older state.
func (m *Model) counted(s *slice, job int, err error) (again tea.Cmd, ok bool) {
	if s != m.slice || job != s.countJob {
		return nil, false
	}
	s.counting = false
	if s.recount {
		again = m.refreshPane()
	}
	return again, err == nil
}

func (m *Model) onFacet(msg facetMsg) tea.Cmd {
	again, ok := m.counted(msg.slice, msg.job, msg.err)
	if !ok || recordset.Facets()[m.column] != msg.facet.Column {
		return again
	}
	f := msg.facet
	show := facets.Facet{
		Column: words.FacetColumn(m.lang, f.Column), Rows: f.Selected,
		Lifted: f.Selected < m.slice.snap.Len(), Order: facets.ByCount,
	}
	show.Covered, show.Of, show.Partial = m.part(f.Covered, f.Selected)
	switch {
	case m.lift == recordset.ByLift && show.Lifted:
		show.Order = facets.ByLift
	case inOrder[f.Column]:
		show.Order = facets.ByValue
	}
	for _, v := range f.Values {
		show.Values = append(show.Values, m.facetValue(f.Column, v))
	}
	slices.SortStableFunc(show.Values, func(a, b facets.Value) int { // rows without a value are never what one looks for
		return cmp.Compare(none(a.ID), none(b.ID))
	})
	m.facets.Show(show)
	m.facet = f
	return again
}

func none(id string) int {
	if id == "" {
		return 1
	}
	return 0
}

// part says what numbers come from: a part of the rows selected, where not all
// of them are explained yet, or of the rows there are, where not all are here.
func (m *Model) part(covered, selected int) (have, of int, partial bool) {
	s := m.slice
	have, of = s.snap.Len(), s.snap.Len()
	switch {
	case s.from == fromPages:
		of = m.pages.Announced()
	case s.feed.walk != nil:
		of = s.announced()
	}
	if covered < selected && have == of {
		return covered, selected, true
	}
	return have, of, have < of
}

// facetValue is a value of a column as a person reads it.
func (m *Model) facetValue(c recordset.Column, v recordset.Value) facets.Value {
	out := facets.Value{ID: v.Value, Label: v.Value, Count: v.Count, Share: v.Share, Lift: v.Lift}
	if v.Rest == 0 && m.slice.filter() != "" {
		out.Lift = math.Inf(1)
	}
	switch c {
	case recordset.ByStatus:
		if st, ok := sendcloud.ParseStatus(v.Value); ok {
			out.Label, out.Status = words.StatusName(m.lang, st), int(st)
		}
	case recordset.BySubStatus:
		if n, err := strconv.Atoi(v.Value); err == nil {
			out.Hint = words.SubStatusName(m.lang, sendcloud.SubStatus(n))
		}
	case recordset.ByPattern:
		out.Label, out.Hint = v.Text, v.Value
	case recordset.ByCause:
		out.Label, out.Hint = words.FacetValue(m.lang, c, v.Value)
		out.Marks = m.th.Permanence(v.Permanences...)
	case recordset.ByHour:
		out.Label = v.Value + ":00"
	default:
		out.Label, out.Hint = words.FacetValue(m.lang, c, v.Value)
	}
	if v.Value == "" {
		out.Label = m.lang.Say(words.FacetNone)
	}
	return out
}

func (m *Model) onBars(msg barsMsg) tea.Cmd {
	again, ok := m.counted(msg.slice, msg.job, msg.err)
	if !ok {
		return again
	}
	n := 0
	h := timeline.Histogram{Unit: timeline.Hour}
	if msg.bars.Step >= 24*time.Hour {
		h.Unit = timeline.Day
	}
	for _, b := range msg.bars.Bars {
		n += b.Total()
		h.Buckets = append(h.Buckets, timeline.Bucket{From: b.From, To: b.To, ByStatus: timeline.Tally{
			Delivered: b.Delivered, Soft: b.SoftBounce, Invalid: b.Invalid, Requested: b.Requested, Unknown: b.Other}})
	}
	h.Covered, h.Of, h.Partial = m.part(n, n)
	h.Undated = msg.bars.Undated
	if !strings.Contains(m.slice.filter(), "time:") { // else there are no rows before these because none were wanted
		h.Since = m.slice.first
	}
	m.timeline.Show(h)
	return again
}

// pressValues takes a key in the facets.
func (m *Model) pressValues(a keymap.Action) tea.Cmd {
	if cmd, ok := m.shared(a); ok {
		return cmd
	}
	if steer(m.facets, a) {
		return nil
	}
	switch a {
	case keymap.ToColumn:
		n, _ := strconv.Atoi(m.pressed)
		return m.turnColumn((n+9)%10 - m.column)
	case keymap.PrevColumn:
		return m.turnColumn(-1)
	case keymap.NextColumn:
		return m.turnColumn(1)
	case keymap.ByLift:
		if m.slice.filter() == "" {
			m.say(m.lang.Say(words.NothingToCompare), plain)
			return nil
		}
		if m.lift == recordset.ByLift {
			m.lift = recordset.ByCount
		} else {
			m.lift = recordset.ByLift
		}
		return m.refreshPane()
	case keymap.Take, keymap.Exclude:
		v, _, ok := m.facets.Selected()
		if !ok {
			return nil
		}
		label := v.Label
		if m.facet.Column == recordset.ByPattern {
			label = v.ID // what a colleague can be told, and short
		}
		return m.narrowTo(m.stepTo(m.facet.Column, v.ID, label, a == keymap.Exclude))
	case keymap.Back:
		return m.backFromPane()
	}
	return nil
}

// stepTo narrows to a value of a column, or excludes it.
func (m *Model) stepTo(c recordset.Column, value, label string, exclude bool) step {
	to := step{recordset.Term(c, value), words.FacetColumn(m.lang, c) + " " + label}
	if c == recordset.ByPermanence {
		to.text = label // it says what it is about
	}
	if exclude && to.term != "" {
		to.term, to.text = recordset.Not(to.term), m.lang.Say(words.NotThis, to.text)
	}
	return to
}

// backFromPane takes off the last step of narrowing, then closes the pane.
func (m *Model) backFromPane() tea.Cmd {
	switch {
	case m.fetching():
		return m.stopFetch()
	case m.pane == keymap.Moments && m.timeline.Unmark():
		return nil
	case len(m.slice.path) > 0:
		return m.widenPath()
	}
	return m.leavePane()
}

func (m *Model) turnColumn(n int) tea.Cmd {
	count := len(recordset.Facets())
	m.column = (m.column + n + count) % count
	m.facets.SetColumns(words.FacetColumns(m.lang, recordset.Facets()), m.column)
	m.facets.Clear()
	if m.slice.counting {
		m.slice.countJob++ // the count under way is of another column
		m.slice.counting = false
	}
	return m.refreshPane()
}

// pressMoments takes a key in the timeline.
func (m *Model) pressMoments(a keymap.Action) tea.Cmd {
	if cmd, ok := m.shared(a); ok {
		return cmd
	}
	if steer(m.timeline, a) {
		return nil
	}
	switch a {
	case keymap.Earlier:
		m.timeline.Move(-1)
	case keymap.Later:
		m.timeline.Move(1)
	case keymap.ToRise:
		switch _, _, part := m.part(0, 0); {
		case m.timeline.ToRise():
		case part:
			m.say(m.lang.Say(words.TimelineLacks), plain)
		default:
			m.say(m.lang.Say(words.TimelineSteady), plain)
		}
	case keymap.RangeStart:
		if !m.timeline.Unmark() {
			m.timeline.Mark()
		}
	case keymap.Take:
		from, to, ok := m.timeline.Range()
		if !ok {
			from, to, ok = m.timeline.Selected()
		}
		if !ok {
			return nil
		}
		m.timeline.Unmark()
		days := from.Equal(sendcloud.DateOf(from).Start()) && to.Equal(sendcloud.DateOf(to).Start())
		return m.narrowTo(step{recordset.Between(from, to), words.Span(from, to, days, m.th.Marks.Dash)})
	case keymap.Back:
		return m.backFromPane()
	}
	return nil
}
