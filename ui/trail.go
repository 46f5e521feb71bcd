package ui

import (
	"cmp"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"bounceboard/keymap"
	"bounceboard/sendcloud"
	"bounceboard/sendcloud/recordset"
	"bounceboard/ui/counts"
	"bounceboard/ui/form"
	"bounceboard/ui/results"
	"bounceboard/ui/words"
)

// past is a question that was left for another one, with its rows as they
// stood: coming back costs no call.
type past struct {
	plan    sendcloud.Plan
	pages   *results.Pages
	slice   *slice
	source  results.Source
	cursor  int
	local   form.Local
	notes   []sendcloud.Note
	atMost  bool
	missing []string
	phase   phase
	err     error
	counted bool // it was left from the counts
}

// mostPast bounds how far back one can go; the oldest is forgotten.
const mostPast = 20

// leave keeps the present question for coming back to.
func (m *Model) leave(counted bool) {
	if !m.planned {
		return
	}
	if s := m.slice; s != nil {
		if m.fetching() {
			s.feed.paused = true
		}
		m.closePane()
	}
	m.trail = append(m.trail, past{plan: m.plan, pages: m.pages, slice: m.slice, source: m.results.Source(), cursor: m.results.Cursor(),
		local: m.local, notes: m.notes, atMost: m.atMost, missing: m.missing, phase: m.phase, err: m.err, counted: counted})
	m.slice = nil
	if len(m.trail) > mostPast {
		if s := m.trail[0].slice; s != nil {
			s.drop()
		}
		m.trail = m.trail[1:]
	}
}

// comeBack shows the question before this one again.
func (m *Model) comeBack() tea.Cmd {
	p := m.trail[len(m.trail)-1]
	m.trail = m.trail[:len(m.trail)-1]
	m.req.stop()
	m.dropSlice()
	m.plan, m.pages, m.slice, m.local = p.plan, p.pages, p.slice, p.local
	m.notes, m.atMost, m.missing, m.phase, m.err, m.old = p.notes, p.atMost, p.missing, p.phase, p.err, false
	m.results.Show(p.source)
	m.results.SetStep(p.plan.Query.Limit)
	m.results.MoveTo(p.cursor)
	m.widen()
	m.notice = notice{}
	m.req.begin(m.ctx, false)
	if m.phase == loading {
		m.phase = stopped
	}
	if p.phase == empty {
		m.loosened = m.loosenings()
	}
	m.rest()
	var cmd tea.Cmd
	if m.slice != nil {
		cmd = m.arrangeOrGoBack() // what was typed is no step any more
	}
	if p.counted && m.tally != nil && m.tally.key == m.plan.Key() {
		m.push(keymap.CountsPage)
	}
	return cmd
}

// can reports whether an action does something now where the keyboard is; the
// bottom line shows no other.
func (m *Model) can(a keymap.Action) bool {
	rows := m.results.Total() > 0
	switch a {
	case keymap.Open, keymap.Copy, keymap.Filter, keymap.Facets, keymap.FacetsBy, keymap.Timeline, keymap.Sort, keymap.Mark, keymap.MarkRange, keymap.MarkAll:
		return rows
	case keymap.Pattern:
		return rows && (m.place != keymap.FacetsPane || m.values.facet.Column == recordset.ByPattern)
	case keymap.NextPage:
		return rows && m.results.Page() < m.results.LastPage()
	case keymap.PrevPage:
		return rows && m.results.Page() > 0
	case keymap.Query, keymap.Counts:
		return m.opt.API != nil
	case keymap.FetchAll:
		s := m.slice
		if s != nil && s.from == fromService {
			return !s.feed.ended || s.feed.err != nil
		}
		return m.opt.API != nil && m.pages.Announced() > 0
	case keymap.LoosenFirst, keymap.LoosenSecond:
		return m.phase == empty && m.slice == nil
	case keymap.Back:
		return m.place != keymap.Table || m.stopping() || len(m.trail) > 0 ||
			m.slice != nil && (len(m.slice.path) > 0 || m.slice.from == fromPages)
	case keymap.Unfold:
		return m.detail.Folds()
	case keymap.Toggle: // a blank where text is typed
		return m.form.Choosing()
	case keymap.Again:
		return m.place != keymap.CountsPage || !m.counting()
	case keymap.ByLift:
		return m.slice != nil && m.slice.filter() != ""
	case keymap.ToRise:
		return m.timeline.Rises()
	case keymap.GoOn:
		return m.counts.Phase() == counts.Stopped && m.counts.Missing() > 0
	}
	return true
}

// stopping: esc stops calls now.
func (m *Model) stopping() bool {
	switch m.place {
	case keymap.Table, keymap.Detail, keymap.FacetsPane, keymap.TimelinePane, keymap.PatternPage:
		return m.loading() || m.calling()
	case keymap.CountsPage:
		return m.counting() && !m.counts.Done()
	}
	return false
}

// beyond: the number under the cursor is not what the question asks for.
func (m *Model) beyond() bool {
	k, ok := m.counts.Selected()
	return ok && k.Beyond
}

// hints are the keys that act now; what stops or pauses calls stands first.
func (m *Model) hints() (hints []words.Hint, last words.Hint) {
	hints, last = words.Hints(m.lang, m.opt.Keys, m.place, m.can)
	for i, h := range hints {
		switch {
		case h.Action == keymap.Back && m.stopping():
			hints[i].Text = m.lang.Say(words.StopHint)
		case h.Action == keymap.ShowMails && m.counts.Phase() == counts.Proposed:
			hints[i].Text = m.lang.Say(words.StartHint)
		case h.Action == keymap.ShowMails && m.beyond():
			hints[i].Text = m.lang.Say(words.InsteadHint)
		case h.Action == keymap.ByDay && m.tally != nil && m.tally.byDay:
			hints[i].Text = m.lang.Say(words.TotalsHint)
		case h.Action == keymap.Again && m.opt.File != nil:
			hints[i].Text = m.lang.Say(words.ReadOnHint)
		case h.Action == keymap.FetchAll && m.fetching() && m.slice.feed.paused:
			hints[i].Text = m.lang.Say(words.GoOnHint)
		case h.Action == keymap.FetchAll && m.fetching():
			hints[i].Text = m.lang.Say(words.PauseHint)
		case h.Action == keymap.ByLift && m.slice != nil && m.values.order(m.slice.filter() != "") == recordset.ByLift:
			hints[i].Text = m.lang.Say(words.MostHint)
			if inOrder[m.values.by()] {
				hints[i].Text = m.lang.Say(words.InOrderHint)
			}
		}
	}
	slices.SortStableFunc(hints, func(a, b words.Hint) int { return cmp.Compare(m.rank(a.Action), m.rank(b.Action)) })
	return hints, last
}

// rank is where in the bottom line an action stands, of those that act now.
func (m *Model) rank(a keymap.Action) int {
	switch {
	case a == keymap.Back && m.stopping():
		return 0
	case a == keymap.FetchAll && m.fetching():
		return 1
	}
	return 2
}
