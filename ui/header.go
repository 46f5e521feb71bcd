package ui

import (
	"strings"

	"bounceboard/sendcloud"
	"bounceboard/ui/session"
	"bounceboard/ui/words"
)

// header is two lines: where we are and what of the rows is here, what was
// asked and which rows are in view.
func (m *Model) header(l Layout) []string {
	w := l.Header.Dx()
	const name = "bounceboard"
	where := name + "  " + m.where()
	left, right := spread(m.fit, where, m.where(), m.coverage(), w)
	left = strings.Replace(left, name, m.Theme.Title.Render(name), 1)
	asked, rows := spread(m.fit, m.asked(words.Query), m.asked(words.ShortQuery), m.rowsOf(l), w)
	text := strings.TrimRight(asked, " ")
	return []string{left + m.Theme.Muted.Render(right), m.Theme.Title.Render(text) + asked[len(text):] + rows}
}

// where is what answers: a key of another region looks like a wrong key.
func (m *Model) where() string {
	switch {
	case m.stdin():
		return m.File.Name
	case m.File != nil:
		return m.Lang.Say(words.FromFile, m.File.Name)
	case m.Where.Demo:
		return m.Lang.Say(words.DemoHost)
	case m.Where.Profile != "":
		return m.Where.Profile + " " + m.Theme.Marks.Dot + " " + m.Where.Host
	}
	return m.Where.Host
}

func (m *Model) stdin() bool {
	return m.File != nil && m.File.Name == m.Lang.Say(words.StandardInput)
}

// coverage is how many of the rows there are are here, and of when they are. A
// list of pages says that in its second line, unless it was narrowed, or a pane
// counts what is here.
func (m *Model) coverage() string {
	s := m.at.session
	first, last := m.at.table.Window()
	c := s.Coverage()
	var parts []string
	if s.From() == session.FromPages && !s.Narrowed() && s.Marks.Len() == 0 && !m.at.counting() {
		c.AsOf = s.Age(first, last)
	} else {
		parts = append(parts, m.here(c))
		if s.From() == session.FromFile && !c.First.IsZero() {
			parts = append(parts, m.covers(c))
		}
	}
	if !c.AsOf.IsZero() {
		parts = append(parts, m.Lang.Say(words.AsOf, words.Clock(c.AsOf)))
	}
	return m.dots(parts)
}

func (m *Model) here(c session.Coverage) string {
	switch {
	case m.File != nil && c.Growing:
		return m.Lang.Say(words.RowsSoFar, words.RowCount(m.Lang, c.Here))
	case c.Open:
		return m.Lang.Say(words.HereOfUnknown, words.RowCount(m.Lang, c.Here))
	case c.Here != c.Of || c.Growing:
		return words.HereOf(m.Lang, c.Here, c.Of)
	case c.MayLack:
		return m.Lang.Say(words.MayLackRows, words.RowCount(m.Lang, c.Here))
	}
	return words.AllRows(m.Lang, c.Here)
}

// covers is the span of the rows, as a person reads it.
func (m *Model) covers(c session.Coverage) string {
	const layout = "01-02 15:04"
	first, last := c.First.In(sendcloud.Zone).Format(layout), c.Last.In(sendcloud.Zone).Format(layout)
	if first == last {
		return first
	}
	return first + m.Theme.Marks.Dash + last
}

// asked is the question as a sentence, the steps of the filter, and the order.
func (m *Model) asked(query func(words.Lang, sendcloud.Plan) string) string {
	s := m.at.session
	var steps []string
	if plan, ok := s.Plan(); ok {
		steps = append(steps, query(m.Lang, plan))
	} else if m.stdin() {
		steps = append(steps, m.Lang.Say(words.RowsOfInput))
	} else {
		steps = append(steps, m.Lang.Say(words.RowsOfFile))
	}
	for _, st := range s.Path() {
		steps = append(steps, st.Text)
	}
	if o := s.Order; o != nil {
		mark := m.Theme.Marks.Up
		if o.Descending {
			mark = m.Theme.Marks.Down
		}
		steps = append(steps, m.Lang.Say(words.SortedBy, words.SortColumn(m.Lang, o.By), mark))
	}
	return strings.Join(steps, " "+m.Theme.Marks.Step+" ")
}

// rowsOf is which rows are in view.
func (m *Model) rowsOf(l Layout) string {
	s := m.at.session
	total, c := s.Total(), s.Coverage()
	first, last := m.at.table.Window()
	if l.Table.Empty() {
		first, last = s.Cursor, s.Cursor+1
	}
	span := words.RowSpan(m.Lang, first+1, last, m.Theme.Marks.Dash)
	var text string
	switch pages := s.From() == session.FromPages && !s.Narrowed(); {
	case !s.Answered():
		return ""
	case total == 0:
		text = m.Lang.Say(words.NoRows)
	case pages && c.Open && c.AtMost:
		text = m.Lang.Say(words.RowsOfUnknown, words.RowSpan(m.Lang, first+1, min(last, total-1), m.Theme.Marks.Dash))
	case pages && c.Open:
		text = m.Lang.Say(words.RowsAtLeast, words.RowSpan(m.Lang, first+1, min(last, c.Of), m.Theme.Marks.Dash), words.Number(c.Of))
	case pages && c.AtMost:
		text = m.Lang.Say(words.RowsAtMost, span, words.Number(c.Of))
	default:
		text = m.Lang.Say(words.RowsOf, span, words.Number(total))
	}
	if n := s.Marks.Len(); n > 0 {
		return m.dots([]string{m.Lang.Say(words.MarkedShort, words.Number(n)), text})
	}
	return text
}
