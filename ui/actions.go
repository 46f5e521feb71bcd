package ui

import (
	"slices"
	"strconv"
	"strings"
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

// A fetch that costs no more calls starts without asking: unasked for the key itself, smallFetch where all rows are needed.
const (
	unasked    = 2
	smallFetch = 20
	listFetch  = 100 // of a pasted list: 5,000 ids are 50 calls
)

// do does what screens leave to the program: the actions that are the same wherever the rows are in view.
func (m *Model) do(a keymap.Action) tea.Cmd {
	v := m.at
	plan, service := v.session.Plan()
	pane, open := map[keymap.Action]screen.Screen{keymap.Facets: v.facets, keymap.Timeline: v.timeline}[a]
	by, sorts := sortColumns[a]
	opens := map[keymap.Action]func() tea.Cmd{keymap.Back: m.back, keymap.Again: m.askAgain, keymap.Counts: m.openCounts,
		keymap.Filter: m.openFilter, keymap.Pattern: m.openPattern, keymap.GoToPage: m.openPagePrompt}[a]
	switch {
	case open && v.pane == pane: // the key that opens it closes it
		v.closePane()
	case slices.Contains(aboutRows, a) && v.session.Total() == 0 && !(a == keymap.Copy && len(v.session.Missing) > 0):
		return m.tell(words.NoRow)
	case open:
		v.show(pane)
		return m.apply(pane.(screen.Follower).Refresh())
	case opens != nil:
		return opens()
	case a == keymap.Query && !service:
		return m.tell(words.FileNoFilters)
	case a == keymap.Query && v.form != nil && v.form.Changed(): // it was left by esc
		v.push(v.form)
	case a == keymap.Query:
		m.openForm(plan.Query)
	case a == keymap.FetchAll:
		return m.fetchAll(unasked)
	case slices.Contains(recalls, a):
		return recalled(m, a)
	case a == keymap.FacetsBy || a == keymap.WidenFirst || a == keymap.WidenSecond:
		return m.digit(a)
	case a == keymap.NextPane || a == keymap.PrevPane:
		m.nextPane()
	case a == keymap.Open:
		v.show(v.detail)
		v.rest()
	case a == keymap.Recipient || a == keymap.Label || a == keymap.WithDelivered:
		return m.apply(m.aboutMail(a))
	case a == keymap.Copy || a == keymap.Sort:
		m.openMenu(a)
	case a == keymap.Columns:
		toggleColumns(m)
	case a == keymap.HandOn || handedOn[a].name != "":
		return m.openHandOn(a)
	case a == keymap.SortNone:
		return m.apply(v.session.SetOrder(nil))
	case sorts:
		return m.apply(v.session.SetOrder(orderBy(v.session.Order, by, m.pressed != strings.ToLower(m.pressed))))
	case a == keymap.CopyTable, a == keymap.CopyValue:
		return m.apply(v.facets.Press(a, ""))
	case copyAs[a] != nil, a == keymap.CopyMissing, a == keymap.CopyOutside:
		return m.copyRows(a)
	default:
		return m.apply(v.table.Press(a, m.pressed))
	}
	return nil
}

// orderBy returns the order by a column, or with second by it among equal rows; the same column again is the other way round.
func orderBy(was *recordset.Order, by recordset.Column, second bool) *recordset.Order {
	descending := by == recordset.ByTook // one looks for what took long
	switch {
	case was == nil, was.By != by && !second:
		return &recordset.Order{By: by, Descending: descending}
	case was.By == by:
		now := *was
		now.Descending = !was.Descending
		return &now
	case was.Second && was.Then == by:
		descending = !was.ThenDescending
	}
	return &recordset.Order{By: was.By, Descending: was.Descending, Second: true, Then: by, ThenDescending: descending}
}

// aboutRows are the actions about rows that are listed.
var aboutRows = []keymap.Action{keymap.Open, keymap.Copy, keymap.HandOn, keymap.Facets, keymap.FacetsBy, keymap.Timeline, keymap.Sort, keymap.Mark,
	keymap.MarkRange, keymap.MarkAll, keymap.Recipient, keymap.Label}

func (m *Model) openMenu(a keymap.Action) {
	m.at.outside, m.notice = false, screen.Notice{}
	_, outside := m.at.session.MarksHere()
	place := keymap.SortMenu
	if o := m.at.session.Order; o != nil && a == keymap.Sort {
		m.tell(words.SecondKey, words.ColumnName(m.Lang, o.By))
	}
	switch {
	case a == keymap.Copy && m.at.top() == m.at.facets:
		place = keymap.FacetMenu
	case a == keymap.Copy:
		if place = keymap.CopyMenu; outside > 0 {
			m.tell(words.MarkedOutside, words.Number(outside))
		}
	}
	m.at.push(menu.New(m.Theme, m.Lang, m.Keys, place, func(a keymap.Action) bool {
		return (a != keymap.CopyMissing || len(m.at.session.Missing) > 0) && (a != keymap.CopyOutside || outside > 0 && !m.at.outside)
	}))
}

func (m *Model) openPagePrompt() tea.Cmd {
	last := m.at.table.LastPage() + 1
	if last == 1 {
		return m.tell(words.OnePage)
	}
	m.at.push(prompt.New(m.Theme, keymap.PagePrompt, m.Lang.Say(words.WhichPage, words.Number(last)), "", func(text string) screen.Effect {
		n, err := strconv.Atoi(keymap.Narrow(text))
		if err != nil || n < 1 || n > last {
			return screen.Warn(m.Lang.Say(words.NoSuchPage, text, words.Number(last)))
		}
		return popped(m.at.table.GoTo(n - 1))
	}))
	return nil
}

func (m *Model) openCounts() tea.Cmd {
	v := m.at
	plan, ok := v.session.Plan()
	api, can := m.API.(counts.API)
	if !ok || !can {
		return m.tell(words.FileNoCounts)
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
	case toggleMissing(v, &m.frame):
	case v.top() == v.pane:
		v.pop()
	case v.pane != nil && (v.pane != v.detail || below(m.h) || beside(m.w)):
		v.push(v.pane)
	default:
		m.tell(words.OnePane)
	}
}

// digit shows the facets by the column of that number, or asks an empty query again without one of its conditions.
func (m *Model) digit(a keymap.Action) tea.Cmd {
	v, n := m.at, 0
	if a == keymap.WidenSecond {
		n = 1
	}
	switch ways := v.session.Asking.Widenings; {
	case v.session.Empty() && a != keymap.FacetsBy && n < len(ways):
		return m.ask(screen.Question{Query: ways[n].Query})
	case v.session.Empty():
		return m.tell(words.OnlyWhenEmpty)
	case v.session.Total() == 0:
		return m.tell(words.NoRow)
	case v.pane != v.facets:
		v.show(v.facets)
	}
	v.push(v.facets)
	return m.apply(v.facets.Press(keymap.ToColumn, m.pressed))
}

func (m *Model) confirm(question string, yes func() screen.Effect) tea.Cmd {
	m.at.push(confirm.New(m.Theme, question, yes))
	return nil
}

// askAgain asks the question once more, past our own cache, or reads on in a file.
func (m *Model) askAgain() tea.Cmd {
	s := m.at.session
	again := func() screen.Effect { m.again, m.at.asked = true, false; return s.Again(true) }
	switch {
	case s.From() == session.FromFile && s.Fetching():
		return m.tell(words.StillReading)
	case s.From() == session.FromFile:
		return m.apply(s.Read())
	case s.From() == session.FromFetch && s.FetchCost().Calls > smallFetch:
		return m.confirm(m.Lang.Say(words.AskAgainCost, words.RowCount(m.Lang, s.Snapshot().Len())), again)
	}
	return m.apply(again())
}

func (m *Model) fetchAll(calls int) tea.Cmd {
	s := m.at.session
	switch {
	case s.From() == session.FromFile:
		return m.tell(words.FileIsAll)
	case s.Fetching():
		return m.apply(s.Stop())
	case s.Fetched():
		return m.tell(words.AlreadyAll)
	case s.Paused() && m.offerSearch(true): // it asks first
		return nil
	case s.Paused():
		return m.apply(s.Fetch())
	case s.Announced() == 0:
		return m.tell(words.NoRow)
	}
	c := s.FetchCost()
	takes := words.About(m.Lang, c.Takes+time.Second)
	cost := m.Lang.Say(words.FetchCost, words.Number(c.Rows), words.Number(c.Calls), takes, words.Number(c.PerMinute))
	switch {
	case c.Open:
		cost = m.Lang.Say(words.FetchUnknown, words.Number(c.PerMinute*session.PageSize), words.Number(c.PerMinute))
	case c.Calls <= calls:
		return m.apply(s.Fetch())
	}
	all := s.AllDue
	s.AllDue = false
	return m.confirm(cost, func() screen.Effect { s.AllDue = all; return s.Fetch() })
}

// whole fetches the rest of the rows where numbers, an order or marks should be about all; what costs much is asked once.
func (m *Model) whole() tea.Cmd {
	v := m.at
	s := v.session
	plan, service := s.Plan()
	_, bar := v.top().(screen.Bar)
	m.offerSearch(false)
	if v.whole && s.Fetchable() {
		v.whole, v.asked = false, true
		return m.apply(s.Fetch())
	}
	looked, most := s.Narrowed() || v.counting() || s.AllDue, smallFetch
	listed := len(plan.Query.EmailIDs)+len(plan.Query.Emails) > 1 // which of them have no row is known at the end
	if listed {
		most = listFetch
	}
	if !service || v.asked || v.whole || !looked && !listed || !s.Fetchable() {
		return nil
	}
	if c := s.FetchCost(); (bar || !looked) && (c.Open || c.Calls > most) {
		return nil // not while something is typed or chosen
	}
	v.asked = true
	return m.fetchAll(most)
}

var sortColumns = map[keymap.Action]recordset.Column{
	keymap.SortRequested: recordset.ByRequested, keymap.SortTook: recordset.ByTook, keymap.SortRecipient: recordset.ByRecipient,
	keymap.SortDomain: recordset.ByDomain, keymap.SortStatus: recordset.ByStatus, keymap.SortSub: recordset.BySubStatus,
	keymap.SortCause: recordset.ByCause, keymap.SortUser: recordset.ByAPIUser, keymap.SortReply: recordset.ByReply,
}

// back goes one step back: it leaves what lies over the table, then the filter, the order, the marks, the question; it never quits.
func (m *Model) back() tea.Cmd {
	v := m.at
	s := v.session
	marks := s.Marks.Len()
	over := v.pane == v.facets || v.pane == v.timeline || v.top().Place() == keymap.MissingPane
	switch {
	case v.top() == v.detail:
		v.pop()
	case v.top() == v.table && v.table.Sideways():
		v.table.Upright()
	case len(s.Path()) > 0:
		return m.apply(s.Widen())
	case over && v.top() == v.pane:
		v.closePane()
	case s.Order != nil && v.sum == nil:
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

func (m *Model) openPattern() tea.Cmd {
	v := m.at
	rec, ok := v.session.Selected()
	text, _ := pattern.Of(rec.SendLog)
	id := pattern.IDOf(text)
	if v.top() == v.facets {
		chosen, found := v.facets.Pattern()
		if !found {
			return m.tell(words.NoPatternHere)
		}
		id, ok = pattern.ID(chosen), true
	}
	if !ok {
		return m.tell(words.NoRow)
	}
	p := detail.NewPattern(m.Theme, m.Lang, detail.Hyperlinks(m.Getenv), func() pane.Rows { return paneRows(v.session) }, id)
	v.push(p)
	return m.apply(p.Refresh())
}
