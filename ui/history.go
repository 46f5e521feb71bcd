package ui

import (
	"image"
	"reflect"
	"slices"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/paste"
	"bounceboard/ui/counts"
	"bounceboard/ui/detail"
	"bounceboard/ui/facets"
	"bounceboard/ui/form"
	"bounceboard/ui/pane"
	"bounceboard/ui/recipient"
	"bounceboard/ui/screen"
	"bounceboard/ui/session"
	"bounceboard/ui/table"
	"bounceboard/ui/timeline"
	"bounceboard/ui/words"
)

// visit is a question on screen: its session and the screens over it.
type visit struct {
	session *session.Session
	stack   []screen.Screen // never empty: the first one is the table; the last one has the keyboard
	table   *table.Table
	pane    screen.Screen // beside or below the table; nil: none

	detail   *detail.Detail
	facets   *facets.Facets
	timeline *timeline.Timeline
	form     *form.Form     // the latest; what was typed in it waits for the next time
	counts   *counts.Counts // nil: not opened yet
	counted  string         // the plan they count
	sum      *recipient.Sum // of the mail of one recipient; nil: the rows are others
	others   recipient.Others
	whole    bool   // every row is fetched as soon as the first are here
	costs    int    // calls of a step of a search that were said
	asked    bool   // the fetch of the remaining rows was offered or begun; that is done once
	outside  bool   // copying takes the marked rows outside the filter too
	view     string // the saved view that it was opened or saved as; "": none
	seen     int    // the changes of the session that the panes know
	sized    map[screen.Screen]image.Point
}

func (m *Model) visit(s *session.Session) *visit {
	rows := func() pane.Rows { return paneRows(s) }
	v := &visit{session: s,
		table:    table.New(m.Theme, m.Lang, m.Keys, s),
		detail:   detail.New(m.Theme, m.Lang, m.Keys, s.Explain, detail.Hyperlinks(m.Getenv)),
		facets:   facets.New(m.Theme, m.Lang, rows),
		timeline: timeline.New(m.Theme, m.Lang, m.Keys, rows),
	}
	v.stack, v.pane = []screen.Screen{v.table}, v.detail
	if v.table.SetColumns(m.Columns); m.at != nil {
		v.table.SetColumns(m.at.table.Columns())
	}
	return v
}

func paneRows(s *session.Session) pane.Rows {
	c := s.Coverage()
	until, plan := time.Time{}, sendcloud.Plan{}
	if p, ok := s.Plan(); ok {
		plan = p
		if until = plan.Last.AddDays(1).Start(); c.AsOf.Before(until) {
			until = c.AsOf
		}
	}
	if strings.Contains(s.Filter(), "time:") { // rows before and after are left out on purpose
		c.First, until = time.Time{}, time.Time{}
	}
	return pane.Rows{Until: until, Snapshot: s.Snapshot(), Selection: s.Passing(), Filtered: s.Filter() != "",
		NoDelivered: recipient.NoDelivered(plan.Query), Here: c.Here, Of: c.Of, Open: c.Open, Growing: c.Growing, Since: c.First}
}

func (v *visit) top() screen.Screen { return v.stack[len(v.stack)-1] }

func (v *visit) push(s screen.Screen) {
	if v.top() != s {
		v.stack = append(v.stack, s)
	}
}

func (v *visit) pop() {
	if len(v.stack) > 1 {
		v.stack = v.stack[:len(v.stack)-1]
	}
}

// base returns the topmost screen that is no bar; it has the keyboard, or gets it back from the bar.
func (v *visit) base() screen.Screen {
	for i := len(v.stack) - 1; i > 0; i-- {
		if _, bar := v.stack[i].(screen.Bar); !bar {
			return v.stack[i]
		}
	}
	return v.table
}

// show puts a pane beside or below the table, in place of the one there, and gives it the keyboard.
func (v *visit) show(p screen.Screen) {
	v.stack = slices.DeleteFunc(v.stack, func(s screen.Screen) bool { return s == v.pane })
	v.pane = p
	v.push(p)
}

// closePane puts the detail back in its place; the keyboard is with the table then.
func (v *visit) closePane() {
	v.show(v.detail)
	v.pop()
	v.rest()
}

// followers returns the screens about the rows that are in use.
func (v *visit) followers() (all []screen.Follower) {
	if v.sum != nil {
		all = append(all, v.sum)
	}
	for _, s := range append([]screen.Screen{v.pane}, v.stack...) {
		if f, ok := s.(screen.Follower); ok && !slices.Contains(all, f) {
			all = append(all, f)
		}
	}
	return all
}

func (v *visit) rest() {
	if rec, ok := v.session.Selected(); ok {
		v.detail.Show(rec)
	} else {
		v.detail.Clear()
	}
}

// counting: a pane counts the rows that are here.
func (v *visit) counting() bool {
	_, pattern := v.base().(*detail.Pattern)
	return pattern || v.pane == v.facets || v.pane == v.timeline
}

// mostVisits bounds how far back one can go; the oldest is forgotten.
const mostVisits = 20

// ask asks a question; one that cannot be right only says why, and one on screen already is asked again in its place.
func (m *Model) ask(q screen.Question) tea.Cmd {
	s := m.at.session
	now, ok := s.Plan()
	allMail := ok && q.Then == nil && wantsAllMail(now.Query, q.Query)
	plan, err := m.API.Plan(q.Query)
	if err != nil {
		return m.say(words.ErrorHere(m.Lang, err), screen.Bad)
	}
	if q.Then == nil {
		q.Then = func() screen.Effect { return screen.Effect{} }
	}
	m.at.form = nil
	if ok && now.Key() == plan.Key() && reflect.DeepEqual(now.Query, plan.Query) && reflect.DeepEqual(s.Items, q.Items) {
		m.notice, m.waiting, m.at.stack = screen.Notice{}, nil, m.at.stack[:1]
		cmd := m.apply(s.SetPath(q.Path))
		if s.From() == session.FromPages {
			cmd = tea.Batch(cmd, m.apply(s.Again(q.Fresh)))
		}
		return tea.Batch(cmd, m.apply(q.Then()))
	}
	m.leave()
	if s.Begun() {
		m.history = append(m.history, m.at)
	}
	m.history = m.history[max(0, len(m.history)-mostVisits):]
	was := m.at
	m.at = m.visit(session.New(&m.env, plan, q.Path))
	m.at.session.AllMail, m.at.session.Items = allMail, q.Items
	return tea.Batch(begin(m, q, was), m.apply(m.at.session.Start(), q.Then()))
}

// leave ends what belongs to the question on screen.
func (m *Model) leave() {
	m.jobs.stopAll(copyKind, writeKind, saveKind)
	m.notice, m.waiting = screen.Notice{}, nil
}

// wantsAllMail reports whether for another address or id the form let the statuses of the question before give way.
func wantsAllMail(was, q sendcloud.Query) bool {
	return len(q.Emails)+len(q.EmailIDs) > 0 && len(q.Statuses)+len(q.SubStatuses) == 0 && len(was.Statuses)+len(was.SubStatuses) > 0 &&
		!(slices.Equal(was.Emails, q.Emails) && slices.Equal(was.EmailIDs, q.EmailIDs))
}

// comeBack shows the question before this one as it was left. It costs no call.
func (m *Model) comeBack() tea.Cmd {
	m.leave()
	last := len(m.history) - 1
	m.at, m.history = m.history[last], m.history[:last]
	return m.apply(m.at.session.Resume())
}

// worth returns the question before quitting where marked rows or a fetch of a minute or more would be lost; else "".
func (f *frame) worth() string {
	for _, v := range append(f.history, f.at) {
		got, ok := v.session.Reading()
		if n := v.session.Marks.Len(); n > 0 {
			return f.Lang.Say(words.QuitWithMarks, words.RowCount(f.Lang, n))
		} else if ok && got.Took >= time.Minute && v.session.From() == session.FromFetch {
			return f.Lang.Say(words.QuitWithRows, words.RowCount(f.Lang, got.Here), words.Duration(f.Lang, got.Took))
		}
	}
	return ""
}

func (m *Model) openForm(q sendcloud.Query) *form.Form {
	f := form.New(form.Options{Theme: m.Theme, Lang: m.Lang, Now: m.Now, Query: q, Path: m.at.session.Path(),
		LookbackDays: m.LookbackDays, Past: m.past.queries,
		Cost: func(q sendcloud.Query) (int, []sendcloud.Note, error) {
			p, err := m.API.Plan(q)
			return p.Calls(), p.Notes, err
		}})
	m.at.form = f
	m.at.push(f)
	return f
}

// paste opens the form with text in the field it fits.
func (m *Model) paste(text string) tea.Cmd {
	emails, ids := paste.Found(text)
	plan, service := m.at.session.Plan()
	switch {
	case strings.TrimSpace(text) == "":
		return nil
	case !service:
		return m.tell(words.FileNoFilters)
	case len(emails)+len(ids) == 0:
		return m.say(m.Lang.Say(words.PasteFitsNothing), screen.Bad)
	}
	for _, bar := m.at.top().(screen.Bar); bar; _, bar = m.at.top().(screen.Bar) {
		m.at.pop() // a menu or a question gives way
	}
	m.notice = screen.Notice{}
	q := plan.Query
	q.Emails, q.EmailIDs, q.Start = nil, nil, 0
	if len(ids) > 0 { // an id tells its day
		q.Days, q.StartDate, q.EndDate = 0, sendcloud.Date{}, sendcloud.Date{}
	}
	return m.apply(m.pasteInto(m.openForm(q), text))
}

// pasteInto puts text where one types. What a form understood of it is said before it is asked for.
func (m *Model) pasteInto(to screen.Typist, text string) screen.Effect {
	e := to.Paste(text)
	if p := paste.Read(text); to == screen.Screen(m.at.form) && len(p.Items) > 0 {
		e.Say = &screen.Notice{Text: words.Capital(words.Understood(m.Lang, p))}
	}
	return e
}
