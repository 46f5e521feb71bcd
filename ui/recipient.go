package ui

import (
	tea "github.com/charmbracelet/bubbletea"

	"bounceboard/keymap"
	"bounceboard/ui/pane"
	"bounceboard/ui/recipient"
	"bounceboard/ui/screen"
	"bounceboard/ui/session"
	"bounceboard/ui/words"
)

// answers is what a recipient's questions need.
func (f *frame) answers() recipient.Env {
	return recipient.Env{API: f.API, Theme: f.Theme, Lang: f.Lang, Keys: f.Keys, LookbackDays: f.LookbackDays}
}

// onTop returns the lines between the header and the rows. The line is there from the beginning, so that the table does
// not move when the sum comes.
func (f *frame) onTop() []string {
	if f.at.sum == nil {
		return nil
	}
	return []string{" " + f.Theme.Title.Render(f.fit.Cut(f.at.sum.Text(), max(0, f.w-2)))}
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
