package ui

import (
	tea "github.com/charmbracelet/bubbletea"

	"bounceboard/keymap"
	"bounceboard/sendcloud"
	"bounceboard/sendcloud/paste"
	"bounceboard/ui/missing"
	"bounceboard/ui/pane"
	"bounceboard/ui/recipient"
	"bounceboard/ui/screen"
	"bounceboard/ui/session"
	"bounceboard/ui/words"
)

// toggleMissing shows what was not found beside the rows that were, or gives the keyboard back; ok is false where nothing is missing.
func toggleMissing(v *visit, f *frame) (ok bool) {
	switch m, open := v.pane.(*missing.Missing); {
	case open && v.top() == m:
		v.closePane()
	case open:
		v.push(m)
	default:
		s := v.session.Finding
		if lacks, _ := s.Lacks(); len(lacks) == 0 {
			return false
		}
		v.show(missing.New(f.Theme, f.Lang, f.Keys, s, s.Sought, s.LookbackDays))
	}
	return true
}

// offerSearch asks whether a search may go on at what its next step costs, each step once unless again is set; false: no step
// waits, or somebody types.
func (m *Model) offerSearch(again bool) bool {
	s := m.at.session
	step, waits := s.Finding.Costs()
	if _, bar := m.at.top().(screen.Bar); !waits || bar || m.at.costs == step.Calls && !again {
		return false
	}
	m.at.costs = step.Calls
	m.confirm(m.Lang.Say(words.SearchCost, words.Capital(words.Searching(m.Lang, step))), s.Fetch)
	return true
}

// searched says what a search asks now, or how far it looked.
func searched(l words.Lang, s *session.Session) string {
	if step, ok := s.Finding.Step(); ok && s.Fetching() {
		return words.Capital(words.Searching(l, step))
	}
	from, to, ok := s.Finding.Widened()
	if _, ended := s.Finding.Lacks(); !ok || !ended || s.Empty() {
		return ""
	}
	today := sendcloud.DateOf(s.Coverage().AsOf)
	if plan, _ := s.Plan(); s.Finding.Before == 0 && len(plan.Query.EmailIDs) == 0 {
		return l.Say(words.WidenedAll, from.DaysTo(today), to.DaysTo(today))
	}
	return l.Say(words.WidenedRest, to.DaysTo(today))
}

// understood says what a query is about where that is more than its parameters tell.
func understood(l words.Lang, s *session.Session) string {
	for _, i := range s.Items {
		if i.Kind != s.Items[0].Kind || i.Kind == paste.MessageID {
			return words.Understood(l, paste.Paste{Items: s.Items})
		}
	}
	return ""
}

// answers is what a recipient's questions need.
func (f *frame) answers() recipient.Env {
	return recipient.Env{API: f.API, Theme: f.Theme, Lang: f.Lang, Keys: f.Keys, LookbackDays: f.LookbackDays}
}

// onTop returns the lines between the header and the rows: the sum of a recipient's mail, in two lines where it is long.
// One line is there from the beginning.
func (f *frame) onTop() (lines []string) {
	if f.at.sum == nil {
		return nil
	}
	text := f.fit.Wrap(f.at.sum.Text(), max(2, f.w-2))
	for _, line := range append(text, "")[:max(1, min(2, len(text)))] {
		lines = append(lines, " "+f.Theme.Title.Render(line))
	}
	return lines
}

// aboutMail does the actions about one mail, its recipient, and how much of all mail it is.
func (f *frame) aboutMail(a keymap.Action) screen.Effect {
	v, env := f.at, f.answers()
	plan, service := v.session.Plan()
	rec, ok := v.session.Selected()
	switch {
	case a == keymap.WithDelivered && service:
		return recipient.WithDelivered(env, plan, v.session.Path(), func() bool {
			_, types := f.at.top().(screen.Typist)
			return types
		})
	case a == keymap.Recipient && ok && service:
		return recipient.AskAll(env, v.session.Snapshot(), rec.Recipients)
	case a == keymap.Recipient && ok:
		return recipient.InFile(env, v.session.Snapshot(), rec.Recipients)
	case a == keymap.Label && ok && service && rec.EmailID != "":
		return f.labels.Ask(env, rec, func(said string) { v.detail.Label(rec.EmailID, said) })
	case !service:
		return screen.Say(f.Lang.Say(words.FileNoFilters.With(f.Keys)))
	}
	return screen.Say(f.Lang.Say(words.NoRow))
}

// compare tells the detail how far others share what happened to the mail that it shows, once that is known.
func (f *frame) compare() screen.Effect {
	v := f.at
	rec, ok := v.detail.Shown()
	if !ok || v.pane != v.detail {
		return screen.Effect{}
	}
	said, e := v.others.Of(f.answers(), v.session, rec, v.session.Fetching() || f.jobs.Running(session.Mine))
	v.detail.Others(said)
	return e
}

// begin sets up the visit of a question that one of these actions asked. was is the visit before it.
func begin(m *Model, q screen.Question, was *visit) tea.Cmd {
	v := m.at
	if v.whole = q.Whole; q.Whole && was.pane == was.facets { // the same rows and more, looked at in the same way
		v.facets.ToColumn(was.facets.Column())
		v.show(v.facets)
	}
	if err := m.labels.Keep(q.Query); err != nil {
		m.Log.Debug("a label could not be kept", "error", err)
	}
	if !q.Person {
		return nil
	}
	v.session.AllMail = false // the sum says what became of all mail
	v.sum = recipient.NewSum(m.answers(), func() pane.Rows { return paneRows(v.session) })
	return m.apply(v.session.SetOrder(recipient.Newest()))
}
