package ui

import (
	"reflect"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"bounceboard/keymap"
	"bounceboard/sendcloud"
	"bounceboard/sendcloud/recordset"
	"bounceboard/ui/form"
	"bounceboard/ui/words"
)

func (m *Model) known() form.Known {
	return form.Known{APIUsers: m.users, LabelIDs: m.labelIDs, LabelNames: m.labelNames, LookbackDays: m.opt.LookbackDays, Local: m.local}
}

func (m *Model) pressForm(msg tea.KeyMsg, a keymap.Action, ok bool) tea.Cmd {
	switch {
	case msg.Paste, len(msg.Runes) > 1 && strings.ContainsAny(string(msg.Runes), "\r\n\t"):
		m.form.Paste(string(msg.Runes))
		return nil
	case !ok:
		m.form.Type(msg)
		return nil
	}
	if a != keymap.Search {
		m.form.Act(a)
		return nil
	}
	q, right := m.form.Query()
	if !right {
		return nil
	}
	m.pop()
	m.place = keymap.Table
	m.local = m.form.Local()
	m.nextPath = m.localPath()
	if m.slice != nil && m.slice.from != fromPages && reflect.DeepEqual(q, m.plan.Query) {
		return m.narrowNext() // the rows are here already
	}
	if !reflect.DeepEqual(q, m.plan.Query) {
		m.leave(false)
	}
	return m.search(q, false)
}

// localPath is the filters made here as a path of narrowing.
func (m *Model) localPath() []step {
	var terms, texts []string
	add := func(c recordset.Column, tokens, names []string) {
		if len(tokens) > 0 {
			terms = append(terms, recordset.Term(c, tokens[0])+strings.Join(append([]string{""}, tokens[1:]...), ","))
			texts = append(texts, words.FacetColumn(m.lang, c)+" "+strings.Join(names, m.lang.Say(words.Or)))
		}
	}
	var tokens, names []string
	for _, c := range m.local.Causes {
		tokens, names = append(tokens, c.String()), append(names, c.Short(string(m.lang)))
	}
	add(recordset.ByCause, tokens, names)
	tokens, names = nil, nil
	for _, p := range m.local.Permanences {
		tokens, names = append(tokens, p.String()), append(names, words.Permanence(m.lang, p))
	}
	add(recordset.ByPermanence, tokens, names)
	if len(terms) == 0 {
		return nil
	}
	return []step{{term: strings.Join(terms, " "), text: strings.Join(texts, ", ")}}
}

// narrowNext narrows the rows that came by nextPath, in place of what narrowed
// the rows before.
func (m *Model) narrowNext() tea.Cmd {
	path := m.nextPath
	m.nextPath = nil
	if path == nil && m.slice == nil {
		return nil
	}
	cmd, held := m.inMemory()
	if !held {
		return nil
	}
	for i := range path {
		path[i].came = m.slice.came(m.row())
	}
	m.slice.path = path
	return tea.Batch(cmd, m.arrangeOrGoBack())
}

// paste opens the form with the text in the field it fits.
func (m *Model) paste(text string) tea.Cmd {
	if m.place != keymap.Table && !inPane(m.place) {
		m.say(m.lang.Say(words.NoPasteHere), plain)
		return nil
	}
	if strings.TrimSpace(text) == "" {
		return nil
	}
	if m.opt.API == nil {
		m.say(m.lang.Say(words.FileNoFilters), plain)
		return nil
	}
	emails, ids := sendcloud.FindInPaste(text)
	if len(emails)+len(ids) == 0 {
		m.say(m.lang.Say(words.PasteFitsNothing), bad)
		return nil
	}
	m.notice = notice{}
	q := m.plan.Query
	if words.Failures(q) {
		q = sendcloud.Query{Days: q.Days, StartDate: q.StartDate, EndDate: q.EndDate} // who pastes an address wants all its mail
	}
	q.Emails, q.EmailIDs, q.Start = nil, nil, 0
	if len(ids) > 0 { // an id tells its day
		q.Days, q.StartDate, q.EndDate = 0, sendcloud.Date{}, sendcloud.Date{}
	}
	m.openForm(q)
	m.form.Paste(text)
	return nil
}

// loosening is a way to widen a query that found nothing.
type loosening struct {
	text  words.Sentence
	args  []any
	query sendcloud.Query
}

// loosenings are the two filters most worth loosening, the narrowest first.
func (m *Model) loosenings() []loosening {
	q := m.plan.Query
	var ways []loosening
	add := func(text words.Sentence, change func(*sendcloud.Query), args ...any) {
		with := q
		with.Start = 0
		change(&with)
		if _, err := m.opt.API.Plan(with); err == nil {
			ways = append(ways, loosening{text, args, with})
		}
	}
	if len(q.SubStatuses) > 0 {
		add(words.LoosenSub, func(q *sendcloud.Query) { q.SubStatuses = nil })
	}
	if len(q.Statuses) > 0 {
		add(words.LoosenStatus, func(q *sendcloud.Query) { q.Statuses = nil })
	}
	if q.LabelID != "" || q.LabelName != "" {
		add(words.LoosenLabel, func(q *sendcloud.Query) { q.LabelID, q.LabelName = "", "" })
	}
	if len(q.APIUsers) > 0 {
		add(words.LoosenUser, func(q *sendcloud.Query) { q.APIUsers = nil })
	}
	for _, days := range []int{30, 92} {
		if m.plan.First.DaysTo(m.plan.Last) < days {
			add(words.LoosenSpan, func(q *sendcloud.Query) {
				q.Days, q.StartDate, q.EndDate = days, sendcloud.Date{}, sendcloud.Date{}
			}, days)
		}
	}
	if len(q.Emails)+len(q.EmailIDs) > 0 {
		add(words.LoosenAddress, func(q *sendcloud.Query) { q.Emails, q.EmailIDs = nil, nil })
	}
	return ways[:min(2, len(ways))]
}

func (m *Model) loosen(a keymap.Action) tea.Cmd {
	n := 0
	if a == keymap.LoosenSecond {
		n = 1
	}
	if m.phase != empty || n >= len(m.loosened) {
		m.say(m.lang.Say(words.OnlyWhenEmpty), plain)
		return nil
	}
	q := m.loosened[n].query
	m.leave(false)
	return m.search(q, false)
}
