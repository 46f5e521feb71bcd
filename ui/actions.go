package ui

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"bounceboard/keymap"
	"bounceboard/sendcloud/pattern"
	"bounceboard/sendcloud/recordset"
	"bounceboard/ui/confirm"
	"bounceboard/ui/counts"
	"bounceboard/ui/detail"
	"bounceboard/ui/menu"
	"bounceboard/ui/pane"
	"bounceboard/ui/prompt"
	"bounceboard/ui/screen"
	"bounceboard/ui/session"
	"bounceboard/ui/words"
)

// A fetch that costs no more calls than this starts without asking: unasked when the user presses "fetch all",
// smallFetch when a filter, sort, mark-all or pane needs all rows.
const (
	unasked    = 2
	smallFetch = 20
)

// do does what screens leave to the program: the actions that are the same wherever the rows are in view.
func (m *Model) do(a keymap.Action) tea.Cmd {
	v := m.at
	switch a {
	case keymap.Back:
		return m.back()
	case keymap.Query:
		switch plan, ok := v.session.Plan(); {
		case !ok:
			m.tell(words.FileNoFilters)
		case v.form != nil && v.form.Changed(): // it was left by esc
			v.push(v.form)
		default:
			m.openForm(plan.Query)
		}
	case keymap.Again:
		return m.askAgain()
	case keymap.FetchAll:
		return m.fetchAll(unasked)
	case keymap.Counts:
		return m.openCounts()
	case keymap.Filter:
		return m.openFilter()
	case keymap.Pattern:
		return m.openPattern()
	case keymap.Facets:
		return m.openPane(v.facets)
	case keymap.FacetsBy:
		return m.openColumn()
	case keymap.Timeline:
		return m.openPane(v.timeline)
	case keymap.NextPane, keymap.PrevPane:
		m.nextPane()
	case keymap.Open:
		if _, ok := v.session.Selected(); !ok {
			m.tell(words.NoRow)
			break
		}
		v.show(v.detail)
		v.rest()
	case keymap.GoToPage:
		m.openPagePrompt()
	case keymap.WidenFirst, keymap.WidenSecond:
		return m.widen(a)
	case keymap.Copy, keymap.Sort:
		m.openMenu(a)
	default:
		if by, ok := sortColumns[a]; ok || a == keymap.SortNone {
			return m.sort(by, ok)
		}
		if copies(a) {
			return m.copyRows(a)
		}
		return m.apply(v.table.Press(a, m.pressed))
	}
	return nil
}

// openMenu offers what can be copied, or sorted by.
func (m *Model) openMenu(a keymap.Action) {
	place := keymap.CopyMenu
	if a == keymap.Sort {
		place = keymap.SortMenu
	}
	missing := a == keymap.Copy && len(m.at.session.Missing) > 0
	if _, ok := m.at.session.Selected(); !ok && !missing {
		m.tell(words.NoRow)
		return
	}
	m.at.outside = false
	_, outside := m.at.session.MarksHere()
	m.at.push(menu.New(m.Theme, m.Lang, m.Keys, place, func(a keymap.Action) bool {
		return (a != keymap.CopyMissing || missing) && (a != keymap.CopyOutside || outside > 0 && !m.at.outside)
	}))
	if a == keymap.Copy && outside > 0 {
		m.tell(words.MarkedOutside, words.Number(outside))
	}
}

func (m *Model) openPagePrompt() {
	last := m.at.table.LastPage() + 1
	if last == 1 {
		m.tell(words.OnePage)
		return
	}
	m.at.push(prompt.New(m.Theme, keymap.PagePrompt, m.Lang.Say(words.WhichPage, words.Number(last)), "", func(text string) screen.Effect {
		n, ok := number(keymap.Narrow(text))
		if !ok || n < 1 || n > last {
			return screen.Warn(m.Lang.Say(words.NoSuchPage, text, words.Number(last)))
		}
		e := m.at.table.GoTo(n - 1)
		e.Pop = true
		return e
	}))
}

func (m *Model) openCounts() tea.Cmd {
	v := m.at
	plan, ok := v.session.Plan()
	api, can := m.API.(counts.API)
	if !ok || !can {
		m.tell(words.FileNoCounts)
		return nil
	}
	if v.counts == nil || v.counted != plan.Key() {
		v.counts, v.counted = counts.New(m.Theme, m.Lang, m.Keys, api, plan, m.jobs.Running, m.Now), plan.Key()
	}
	v.push(v.counts)
	return m.apply(v.counts.Open())
}

// nextPane gives the keyboard to the pane, or back to the table.
func (m *Model) nextPane() {
	v := m.at
	switch {
	case v.top() == v.pane:
		v.pop()
	case v.pane != nil && (v.pane != v.detail || below(m.h) || beside(m.w)):
		v.push(v.pane)
	default:
		m.tell(words.OnePane)
	}
}

// widen asks the query again without one of its conditions, if it found no rows. If it found rows, the same key
// opens the facets by a column.
func (m *Model) widen(a keymap.Action) tea.Cmd {
	n := 0
	if a == keymap.WidenSecond {
		n = 1
	}
	switch ways := m.at.session.Asking.Widenings; {
	case !m.at.session.Empty():
		return m.openColumn()
	case n < len(ways):
		return m.ask(screen.Question{Query: ways[n].Query})
	}
	m.tell(words.OnlyWhenEmpty)
	return nil
}

// askAgain asks the question once more, past our own cache, or reads on in a file.
func (m *Model) askAgain() tea.Cmd {
	s := m.at.session
	again := func() screen.Effect { m.again = true; return s.Again(true) }
	if s.From() == session.FromFile {
		if s.Fetching() {
			m.tell(words.StillReading)
			return nil
		}
		return m.apply(s.Read())
	}
	if n := s.Snapshot().Len(); s.From() == session.FromFetch && n > 0 {
		m.at.push(confirm.New(m.Theme, m.Lang.Say(words.AskAgainCost, words.RowCount(m.Lang, n)), again))
		return nil
	}
	return m.apply(again())
}

// fetchAll reads every row of the query, pauses and goes on. What costs more calls than so many is said before.
func (m *Model) fetchAll(calls int) tea.Cmd {
	s := m.at.session
	switch {
	case s.From() == session.FromFile:
		m.tell(words.FileIsAll)
		return nil
	case s.Fetching():
		return m.apply(s.Stop())
	case s.Fetched():
		m.tell(words.AlreadyAll)
		return nil
	case s.Paused():
		return m.apply(s.Fetch())
	case s.Announced() == 0:
		m.tell(words.NoRow)
		return nil
	}
	c := s.FetchCost()
	cost := m.Lang.Say(words.FetchCost, words.Number(c.Rows), words.Number(c.Calls), words.About(m.Lang, c.Takes+time.Second), words.Number(c.PerMinute))
	switch {
	case c.Open:
		cost = m.Lang.Say(words.FetchUnknown, words.Number(c.PerMinute*session.PageSize), words.Number(c.PerMinute))
	case c.Calls <= calls:
		return m.apply(s.Fetch())
	}
	all := s.AllDue
	s.AllDue = false
	m.at.push(confirm.New(m.Theme, cost, func() screen.Effect { s.AllDue = all; return s.Fetch() }))
	return nil
}

// whole fetches the rest of the rows where somebody looks at numbers, an order or marks that should be about all of
// them. What costs much is asked once.
func (m *Model) whole() tea.Cmd {
	v := m.at
	s := v.session
	_, service := s.Plan()
	_, bar := v.top().(screen.Bar)
	if !service || v.asked || !s.Narrowed() && !v.counting() && !s.AllDue || !s.Fetchable() {
		return nil
	}
	if c := s.FetchCost(); bar && (c.Open || c.Calls > smallFetch) {
		return nil // not while something is typed or chosen
	}
	v.asked = true
	return m.fetchAll(smallFetch)
}

var sortColumns = map[keymap.Action]recordset.Column{
	keymap.SortRequested: recordset.ByRequested,
	keymap.SortTook:      recordset.ByTook,
	keymap.SortRecipient: recordset.ByRecipient,
	keymap.SortDomain:    recordset.ByDomain,
	keymap.SortStatus:    recordset.ByStatus,
	keymap.SortSub:       recordset.BySubStatus,
	keymap.SortCause:     recordset.ByCause,
	keymap.SortUser:      recordset.ByAPIUser,
	keymap.SortReply:     recordset.ByReply,
}

// sort sorts by a column, the same again the other way round; not sorted: as the rows came.
func (m *Model) sort(by recordset.Column, sorted bool) tea.Cmd {
	s := m.at.session
	if !sorted {
		return m.apply(s.SetOrder(nil))
	}
	order := &recordset.Order{By: by, Descending: by == recordset.ByTook} // one looks for what took long
	if was := s.Order; was != nil && was.By == by {
		order.Descending = !was.Descending
	}
	return m.apply(s.SetOrder(order))
}

// back goes one step back: it leaves the detail, takes off the last step of the filter, closes the pane, takes off
// the order and the marks, and comes back to the question before; it never quits.
func (m *Model) back() tea.Cmd {
	v := m.at
	s := v.session
	marks := s.Marks.Len()
	over := v.pane == v.facets || v.pane == v.timeline
	switch {
	case v.top() == v.detail:
		v.pop()
	case len(s.Path()) > 0:
		return m.apply(s.Widen())
	case over && v.top() == v.pane:
		v.closePane()
	case s.Order != nil:
		return m.apply(s.SetOrder(nil))
	case marks > 0 && !m.warned:
		m.warned = true
		m.tell(words.EscDropsMarks, words.RowCount(m.Lang, marks))
	case marks > 0:
		s.Unmark()
	case over:
		v.closePane()
	case len(m.history) > 0:
		return m.comeBack()
	case v.pane != nil && below(m.h) && !beside(m.w):
		v.pane = nil
	default:
		m.tell(words.NoWayBack)
	}
	return nil
}

// openPattern shows a reply pattern whole: the one chosen in the facets, or that of the selected row.
func (m *Model) openPattern() tea.Cmd {
	v := m.at
	rec, ok := v.session.Selected()
	text, _ := pattern.Of(rec.SendLog)
	id := pattern.IDOf(text)
	if v.top() == v.facets {
		chosen, found := v.facets.Pattern()
		if !found {
			m.tell(words.NoPatternHere)
			return nil
		}
		id, ok = pattern.ID(chosen), true
	}
	if !ok {
		m.tell(words.NoRow)
		return nil
	}
	p := detail.NewPattern(m.Theme, m.Lang, detail.Hyperlinks(m.Getenv), func() pane.Rows { return paneRows(v.session) }, id)
	v.push(p)
	return m.apply(p.Refresh())
}

// openPane shows the facets or the timeline in place of the detail; the key that opens it closes it.
func (m *Model) openPane(p interface {
	screen.Screen
	screen.Follower
}) tea.Cmd {
	switch {
	case m.at.pane == screen.Screen(p):
		m.at.closePane()
		return nil
	case m.at.session.Total() == 0:
		m.tell(words.NoRow)
		return nil
	}
	m.at.show(p)
	return m.apply(p.Refresh())
}

// openColumn shows the facets by the column of the number that was pressed.
func (m *Model) openColumn() tea.Cmd {
	v := m.at
	if v.session.Total() == 0 {
		m.tell(words.NoRow)
		return nil
	}
	if v.pane != v.facets {
		v.show(v.facets)
	}
	v.push(v.facets)
	return m.apply(v.facets.Press(keymap.ToColumn, m.pressed))
}
