package ui

import (
	"reflect"
	"slices"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"bounceboard/sendcloud"
	"bounceboard/ui/form"
	"bounceboard/ui/screen"
	"bounceboard/ui/session"
	"bounceboard/ui/words"
)

// mostVisits bounds how far back one can go; the oldest is forgotten.
const mostVisits = 20

// ask asks a question. One that cannot be right leaves everything as it is and
// says why; one that is on screen already is asked again in its place.
func (m *Model) ask(q screen.Question) tea.Cmd {
	s := m.at.session
	now, ok := s.Plan()
	allMail := ok && wantsAllMail(now.Query, q.Query)
	plan, err := m.API.Plan(q.Query)
	if err != nil {
		m.say(words.ErrorHere(m.Lang, err), screen.Bad)
		return nil
	}
	m.notice, m.waiting, m.at.form = screen.Notice{}, nil, nil
	if ok && now.Key() == plan.Key() && reflect.DeepEqual(now.Query, plan.Query) {
		m.at.stack = m.at.stack[:1]
		e := s.SetPath(q.Path)
		if s.From() == session.FromPages {
			e = joined(e, s.Again(q.Fresh))
		}
		return m.apply(e)
	}
	m.at.session.Leave()
	m.jobs.stopAll(copyKind, writeKind)
	m.history = append(m.history, m.at)
	if len(m.history) > mostVisits {
		m.history = m.history[1:]
	}
	m.at = m.visit(session.New(&m.env, plan, q.Path))
	m.at.session.AllMail = allMail
	return m.apply(m.at.session.Start())
}

// wantsAllMail reports whether another address or id is asked for, and that for
// this the form let the statuses of the question before give way.
func wantsAllMail(was, q sendcloud.Query) bool {
	return len(q.Emails)+len(q.EmailIDs) > 0 && len(q.Statuses)+len(q.SubStatuses) == 0 && len(was.Statuses)+len(was.SubStatuses) > 0 &&
		!(slices.Equal(was.Emails, q.Emails) && slices.Equal(was.EmailIDs, q.EmailIDs))
}

// comeBack shows the question before this one as it was left. It costs no call.
func (m *Model) comeBack() tea.Cmd {
	m.at.session.Leave()
	m.jobs.stopAll(copyKind, writeKind)
	m.at = m.history[len(m.history)-1]
	m.history = m.history[:len(m.history)-1]
	m.notice, m.waiting = screen.Notice{}, nil
	e := m.at.session.Resume()
	for _, f := range m.at.followers() {
		e = joined(e, f.Refresh())
	}
	return m.apply(e)
}

// worth returns the question to ask before quitting, because quitting would
// lose marked rows or a fetch that took a minute or more. "" means: quit
// without asking.
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

func joined(a, b screen.Effect) screen.Effect {
	a.Stop, a.Run = append(a.Stop, b.Stop...), append(a.Run, b.Run...)
	return a
}

// openForm opens the form with a query.
func (m *Model) openForm(q sendcloud.Query) *form.Form {
	f := form.New(form.Options{Theme: m.Theme, Lang: m.Lang, Now: m.Now, Query: q, Path: m.at.session.Path(),
		LookbackDays: m.LookbackDays,
		Cost: func(q sendcloud.Query) (int, []sendcloud.Note, error) {
			p, err := m.API.Plan(q)
			if err != nil {
				return 0, nil, err
			}
			return p.Calls(), p.Notes, nil
		}})
	m.at.form = f
	m.at.push(f)
	return f
}

// paste opens the form with text in the field it fits.
func (m *Model) paste(text string) tea.Cmd {
	emails, ids := sendcloud.FindInPaste(text)
	plan, service := m.at.session.Plan()
	switch base := m.at.top(); {
	case base != m.at.table && base != m.at.pane:
		m.tell(words.NoPasteHere)
		return nil
	case strings.TrimSpace(text) == "":
		return nil
	case !service:
		m.tell(words.FileNoFilters)
		return nil
	case len(emails)+len(ids) == 0:
		m.say(m.Lang.Say(words.PasteFitsNothing), screen.Bad)
		return nil
	}
	m.notice = screen.Notice{}
	q := plan.Query
	q.Emails, q.EmailIDs, q.Start = nil, nil, 0
	if len(ids) > 0 { // an id tells its day
		q.Days, q.StartDate, q.EndDate = 0, sendcloud.Date{}, sendcloud.Date{}
	}
	return m.apply(m.openForm(q).Paste(text))
}
