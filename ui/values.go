package ui

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strconv"

	tea "github.com/charmbracelet/bubbletea"

	"bounceboard/keymap"
	"bounceboard/sendcloud"
	"bounceboard/sendcloud/recordset"
	"bounceboard/ui/facets"
	"bounceboard/ui/words"
)

// values is the facets: what they show, by which column, in what order.
type values struct {
	*facets.Facets
	column int  // of recordset.Facets
	lift   bool // the odd one first
	facet  recordset.Facet
}

func (v *values) by() recordset.Column { return recordset.Facets()[v.column] }

// inOrder are the columns whose values have an order of their own.
var inOrder = map[recordset.Column]bool{recordset.ByHour: true, recordset.ByDay: true, recordset.ByTook: true}

// order is how the values are sorted; rest says that there is one to differ from.
func (v *values) order(rest bool) recordset.FacetOrder {
	switch {
	case v.lift && rest:
		return recordset.ByLift
	case inOrder[v.by()]:
		return recordset.ByValue
	}
	return recordset.ByCount
}

// turn goes n columns on.
func (v *values) turn(n int, lang words.Lang) {
	count := len(recordset.Facets())
	v.column = (v.column + n + count) % count
	v.SetColumns(words.FacetColumns(lang, recordset.Facets()), v.column)
	v.Clear()
}

// facetMsg is a slice taken apart; a count of an older state of it is dropped.
type facetMsg struct {
	slice *slice
	job   int
	facet *recordset.Facet
	err   error
}

func countFacet(ctx context.Context, s *slice, job int, snap recordset.Snapshot, sel recordset.Selection,
	by recordset.Column, order recordset.FacetOrder) tea.Cmd {
	return func() tea.Msg {
		f, err := snap.Facet(ctx, sel, by, order, nil)
		return facetMsg{s, job, f, err}
	}
}

// openColumn shows the facets by the column of the number that was pressed.
func (m *Model) openColumn() tea.Cmd {
	n, _ := strconv.Atoi(m.pressed)
	column := (n + 9) % 10
	if m.pane == keymap.FacetsPane {
		m.place = keymap.FacetsPane
		return m.turnColumn(column - m.values.column)
	}
	m.values.column = column
	return m.openPane(keymap.FacetsPane)
}

func (m *Model) onFacet(msg facetMsg) tea.Cmd {
	again, ok := m.counted(msg.slice, msg.job, msg.err)
	if !ok || msg.facet == nil || m.values.by() != msg.facet.Column {
		return again
	}
	f := msg.facet
	show := facets.Facet{
		Column: words.FacetColumn(m.lang, f.Column), Rows: f.Selected,
		Lifted: f.Selected < m.slice.snap.Len(),
	}
	show.Order = m.values.order(show.Lifted)
	show.Covered, show.Of, show.Partial = m.part(f.Covered, f.Selected)
	for _, v := range f.Values {
		show.Values = append(show.Values, m.facetValue(f.Column, v))
	}
	slices.SortStableFunc(show.Values, func(a, b facets.Value) int { // rows without a value are never what one looks for
		return cmp.Compare(none(a.ID), none(b.ID))
	})
	m.values.Show(show)
	m.values.facet = *f
	return again
}

func none(id string) int {
	if id == "" {
		return 1
	}
	return 0
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

// pressValues takes a key in the facets.
func (m *Model) pressValues(a keymap.Action) tea.Cmd {
	if cmd, ok := m.shared(a); ok {
		return cmd
	}
	if steer(m.values, a) {
		return nil
	}
	switch a {
	case keymap.ToColumn:
		n, _ := strconv.Atoi(m.pressed)
		return m.turnColumn((n+9)%10 - m.values.column)
	case keymap.PrevColumn:
		return m.turnColumn(-1)
	case keymap.NextColumn:
		return m.turnColumn(1)
	case keymap.ByLift:
		if m.slice.filter() == "" {
			m.say(m.lang.Say(words.NothingToCompare), plain)
			return nil
		}
		m.values.lift = !m.values.lift
		return m.refreshPane()
	case keymap.Take, keymap.Exclude:
		v, ok := m.values.Selected()
		if !ok {
			return nil
		}
		label := v.Label
		if m.values.facet.Column == recordset.ByPattern {
			label = v.ID // what a colleague can be told, and short
		}
		return m.narrowTo(m.stepTo(m.values.facet.Column, v.ID, label, a == keymap.Exclude))
	case keymap.Back:
		return m.backFromPane()
	}
	return nil
}

// stepTo narrows to a value of a column, or excludes it.
func (m *Model) stepTo(c recordset.Column, value, label string, exclude bool) step {
	to := step{term: recordset.Term(c, value), text: m.lang.Say(words.Labelling, words.FacetColumn(m.lang, c), label)}
	switch {
	case value == "":
		to.text = words.Lacks(m.lang, c)
	case c == recordset.ByPermanence:
		to.text = label // it says what it is about
	}
	if !exclude || to.term == "" {
		return to
	}
	to.term, to.text = recordset.Not(to.term), m.lang.Say(words.NotThis, to.text)
	if value == "" {
		to.text = words.Has(m.lang, c)
	}
	return to
}

func (m *Model) turnColumn(n int) tea.Cmd {
	m.values.turn(n, m.lang)
	if m.slice.counting {
		m.slice.countJob++ // the count under way is of another column
		m.slice.counting = false
	}
	return m.refreshPane()
}
