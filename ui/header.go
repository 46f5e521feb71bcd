package ui

import (
	"cmp"
	"strings"

	"bounceboard/sendcloud"
	"bounceboard/ui/session"
	"bounceboard/ui/words"
)

// header returns two lines: where we are and what of the rows is here, what was asked and which rows are in view.
func (f *frame) header(l Layout) []string {
	w := f.w
	const name = "bounceboard"
	left, right := spread(f.fit, name+"  "+f.where(), f.where(), f.coverage(), w)
	left = strings.Replace(left, name, f.Theme.Title.Render(name), 1)
	asked, rows := spread(f.fit, f.asked(words.Query), f.asked(words.ShortQuery), f.rowsOf(l), w)
	text := strings.TrimRight(asked, " ")
	return []string{left + f.Theme.Muted.Render(right), f.Theme.Title.Render(text) + asked[len(text):] + rows}
}

// where says who answers: a key of another region looks like a wrong key.
func (f *frame) where() string {
	switch {
	case f.File != nil:
		return f.File.Name
	case f.Where.Demo:
		return f.Lang.Say(words.DemoHost)
	case f.Where.Profile != "":
		return f.Where.Profile + " " + f.Theme.Marks.Dot + " " + f.Where.Host
	}
	return f.Where.Host
}

// coverage says how many rows are here of how many, and from when; of unfiltered pages the second line says the numbers.
func (f *frame) coverage() string {
	s, c := f.at.session, f.at.session.Coverage()
	var parts []string
	if s.From() == session.FromPages && !s.Narrowed() && s.Marks.Len() == 0 && !f.at.counting() {
		c.AsOf = s.Age(f.at.table.Window())
	} else {
		parts = append(parts, f.here(c))
		if s.From() == session.FromFile && !c.First.IsZero() {
			parts = append(parts, words.Moment(c.First)+f.Theme.Marks.Dash+words.Moment(c.Last))
		}
	}
	if !c.AsOf.IsZero() {
		parts = append(parts, f.Lang.Say(words.AsOf, f.clock(c.AsOf)+" +08"))
	}
	if c.Told.After(c.AsOf) {
		parts = append(parts, f.Lang.Say(words.TotalAsOf, f.clock(c.Told)))
	}
	return f.dots(parts)
}

func (f *frame) here(c session.Coverage) string {
	switch {
	case f.File != nil && c.Growing:
		return f.Lang.Say(words.RowsSoFar, words.RowCount(f.Lang, c.Here))
	case c.Open:
		return f.Lang.Say(words.HereOfUnknown, words.RowCount(f.Lang, c.Here))
	case c.Here != c.Of || c.Growing:
		return words.HereOf(f.Lang, c.Here, c.Of)
	case c.MayLack:
		return f.Lang.Say(words.MayLackRows, words.RowCount(f.Lang, c.Here))
	}
	return words.AllRows(f.Lang, c.Here)
}

// asked returns the question as a sentence, the steps of the filter, and the order.
func (f *frame) asked(query func(words.Lang, sendcloud.Plan) string) string {
	s := f.at.session
	steps := []string{f.Lang.Say(words.RowsOfFile)}
	if plan, ok := s.Plan(); ok {
		if _, to, wider := s.Finding.Widened(); wider && s.Finding.Before == 0 && !s.Empty() && !f.countsQuery() {
			plan.First = to // every row came from further back
		}
		steps[0] = cmp.Or(understood(f.Lang, s), query(f.Lang, plan))
	}
	if f.countsQuery() {
		return steps[0]
	}
	for _, st := range s.Path() {
		steps = append(steps, st.Text)
	}
	if o := s.Order; o != nil {
		steps = append(steps, sortedBy(f.Lang, f.Theme, o))
	}
	return strings.Join(steps, " "+f.Theme.Marks.Step+" ")
}

// countsQuery: the numbers on screen are those of the query, whatever filter narrows the rows.
func (f *frame) countsQuery() bool { return f.at.counts != nil && f.at.base() == f.at.counts }

// rowsOf returns which rows are in view.
func (f *frame) rowsOf(l Layout) string {
	s := f.at.session
	total, c := s.Total(), s.Coverage()
	first, last := f.at.table.Window()
	if l.Table.Empty() {
		first, last = s.Cursor, s.Cursor+1
	}
	if c.Open && !s.Narrowed() {
		last = min(last, max(c.Of, first+1))
	}
	text, of := words.RowsOf, []any{words.RowSpan(f.Lang, first+1, last, f.Theme.Marks.Dash), words.Number(total)}
	switch {
	case !s.Answered(), f.countsQuery() && s.Narrowed():
		return ""
	case total == 0:
		text, of = words.NoRows, nil
	case s.Narrowed() && c.Partial():
		text, of = words.RowsAmong, append(of, words.Number(c.Here))
	case s.Narrowed():
	case c.Open && c.AtMost:
		text, of = words.RowsOfUnknown, of[:1]
	case c.Open:
		text, of[1] = words.RowsAtLeast, words.Number(c.Of)
	case c.AtMost:
		text, of[1] = words.RowsAtMost, words.Number(c.Of)
	}
	if here, _ := s.MarksHere(); here.Len() > 0 {
		return f.dots([]string{f.Lang.Say(words.MarkedShort, words.Number(here.Len())), f.Lang.Say(text, of...)})
	}
	return f.Lang.Say(text, of...)
}
