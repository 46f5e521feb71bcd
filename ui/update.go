package ui

import (
	"context"
	"errors"
	"slices"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"bounceboard/keymap"
	"bounceboard/sendcloud"
	"bounceboard/ui/results"
	"bounceboard/ui/words"
)

// Init asks the first question, or opens the file.
func (m *Model) Init() tea.Cmd {
	if m.opt.File != nil {
		return m.openFile(*m.opt.File)
	}
	return m.search(m.opt.Query, false)
}

// Update takes what comes from outside: keys, sizes, answers, timers.
func (m *Model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	var cmd tea.Cmd
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.w, m.h = msg.Width, msg.Height
	case tea.KeyMsg:
		cmd = m.keys(msg)
	case pageMsg:
		cmd = m.onPage(msg)
	case eventMsg:
		cmd = m.onEvent(msg)
	case waitMsg:
		m.ticking = false
		cmd = m.tickWait()
	case restMsg:
		if msg.tag == m.restTag {
			m.rest()
		}
	case oldMsg:
		if msg.id == m.req.id {
			m.old = true
		}
	case rowsMsg:
		cmd = m.onRows(msg)
	case sliceEventMsg:
		cmd = m.onSliceEvent(msg)
	case viewMsg:
		cmd = m.onView(msg)
	case minedMsg:
		cmd = m.onMined(msg)
	case tickMsg:
		cmd = m.onTick(msg)
	case cellMsg:
		cmd = m.onCell(msg)
	case tallyEventMsg:
		cmd = m.onTallyEvent(msg)
	case patternMsg:
		cmd = m.onPattern(msg)
	case facetMsg:
		cmd = m.onFacet(msg)
	case barsMsg:
		cmd = m.onBars(msg)
	case fileMsg:
		cmd = m.onFile(msg)
	case completionMsg:
		cmd = m.onCompletion(msg)
	case copiedMsg:
		m.onCopied(msg)
	case wroteMsg:
		m.onWrote(msg)
	case tea.ResumeMsg:
		cmd = tea.ClearScreen
	case endMsg:
		m.req.stop()
		return m, tea.Quit
	}
	cmd = tea.Batch(cmd, m.late(), m.fill())
	m.arrange()
	return m, cmd
}

// arrange gives the parts their rectangles. It runs after every message:
// messages of more than one line, a closed pane and a resize all move things.
func (m *Model) arrange() {
	if tooSmall(m.w, m.h) {
		return
	}
	m.bottom = m.message()
	l := m.layout()
	m.results.SetSize(l.Table.Dx(), l.Table.Dy())
	m.detail.SetSize(l.Detail.Dx(), l.Detail.Dy())
	m.values.SetSize(l.Detail.Dx(), l.Detail.Dy())
	m.timeline.SetSize(l.Detail.Dx(), l.Detail.Dy())
	m.counts.SetSize(l.Body.Dx(), l.Body.Dy())
	m.form.SetSize(l.Body.Dx(), l.Body.Dy())
	m.card.SetSize(l.Body.Dx(), l.Body.Dy())
	m.help.SetSize(l.Body.Dx(), l.Body.Dy())
}

// inPane: the keyboard is in the pane beside, below or over the table.
func inPane(p keymap.Place) bool {
	return p == keymap.Detail || p == keymap.FacetsPane || p == keymap.TimelinePane
}

func (m *Model) layout() Layout {
	return layout(m.w, m.h, m.open || m.pane != "", inPane(m.place) || inPane(m.under), len(m.bottom))
}

// search asks a new question. A question that cannot be right leaves
// everything as it is and says why.
func (m *Model) search(q sendcloud.Query, fresh bool) tea.Cmd {
	plan, err := m.opt.API.Plan(q)
	if err != nil {
		m.say(words.Error(m.lang, err), bad)
		return nil
	}
	m.dropSlice()
	again := m.planned && plan.Key() == m.plan.Key()
	m.plan, m.planned = plan, true
	m.labelIDs.add(q.LabelID)
	m.labelNames.add(q.LabelName)
	m.err, m.old, m.notes, m.atMost = nil, false, nil, false
	m.notice = notice{}
	m.req.begin(m.ctx, fresh)
	m.fresh, m.missing = fresh, nil
	m.results.SetStep(q.Limit)
	m.phase = loading
	m.retry()
	at := 0
	if again {
		m.renew = true
		at = m.results.Cursor() / results.PageSize * results.PageSize
	} else {
		m.pages, m.renew, m.waiting = &results.Pages{}, false, nil
		m.results.Show(m.pages)
		m.detail.Clear()
		if q.Start > 0 {
			at = q.Start / results.PageSize * results.PageSize
		}
	}
	return tea.Batch(m.fetch(at), after(m.req.ctx, oldAfter, oldMsg{m.req.id}))
}

func (m *Model) fetch(start int) tea.Cmd {
	ctx, ok := m.req.fly(start)
	if !ok {
		return nil
	}
	m.progress = progress{budget: m.opt.API.Budget()}
	return fetchPage(ctx, m.opt.API, m.req.id, m.plan, start, m.req.fresh)
}

// fill fetches what the window shows and lacks; a page ahead waits until
// nothing else is on its way.
func (m *Model) fill() tea.Cmd {
	start, ahead, ok := m.want()
	switch {
	case !ok, !m.req.running(), m.skip[start], m.slice != nil:
		return nil
	case !ahead:
		m.req.only(start)
	case m.req.loading(), m.skipAhead[start]:
		return nil
	}
	return m.fetch(start)
}

func (m *Model) onPage(msg pageMsg) tea.Cmd {
	if msg.id != m.req.id {
		return nil // an older question came back late
	}
	_, expected := m.req.flights[msg.start]
	m.req.land(msg.start)
	if msg.err != nil {
		if !expected {
			return nil
		}
		if errors.Is(msg.err, context.Canceled) { // the whole program is ending
			m.req.stop()
			return nil
		}
		if _, ahead, _ := m.want(); m.pages.Fetched() && ahead {
			m.skipAhead[msg.start] = true // asked again when it is looked at
			return nil
		}
		m.skip[msg.start] = true
		if len(msg.page.Records) == 0 {
			m.fail(msg.err)
			return nil
		}
	}
	first := !m.pages.Fetched()
	m.put(msg.start, msg.page)
	for _, r := range msg.page.Records {
		m.users.add(r.APIUser)
	}
	m.notes, m.atMost = slices.Concat(m.plan.Notes, msg.page.Notes), msg.page.AtMost
	m.progress.budget = m.opt.API.Budget()
	m.phase, m.err = ready, nil
	if msg.page.Total == 0 {
		m.phase, m.loosened = empty, m.loosenings()
	}
	if msg.err != nil {
		m.fail(msg.err)
	}
	if first && m.plan.Query.Start > 0 && m.results.Cursor() == 0 {
		m.results.MoveTo(m.plan.Query.Start)
	}
	if msg.err == nil && !msg.page.AtLeast && len(msg.page.Records) == msg.page.Total {
		m.missing = notFound(m.plan.Query, m.pages.Rows())
	}
	m.rest()
	if m.nextPath != nil {
		return m.narrowNext()
	}
	return nil
}

// put takes a page. Asked again, the first one takes the place of all that was
// there, and the selection follows its row.
func (m *Model) put(start int, page sendcloud.Page) {
	at := m.results.Cursor()
	selected, ok := m.results.Selected()
	if m.renew {
		m.pages, m.renew = &results.Pages{}, false
	} else {
		ok = false
	}
	m.pages.Put(start, page, at)
	if i, found := m.pages.Find(selected.EmailID); ok && found {
		at = i
	}
	m.results.Swap(m.pages, at)
	m.results.Widen(page.Records)
}

// loading: somebody waits for rows. A page that is fetched ahead is nobody's
// concern yet.
func (m *Model) loading() bool {
	_, ahead, ok := m.want()
	return m.req.loading() && (!ok || !ahead || m.renew || !m.pages.Fetched())
}

func (m *Model) want() (start int, ahead, ok bool) {
	first, last := m.results.Window()
	return m.pages.Want(m.results.Cursor(), first, last)
}

func (m *Model) fail(err error) {
	m.err, m.phase, m.notice = err, failed, notice{}
	if m.opt.Log != nil {
		m.opt.Log.Debug("a page could not be read", "error", err)
	}
}

func (m *Model) onEvent(msg eventMsg) tea.Cmd {
	if msg.id != m.req.id {
		return nil
	}
	m.progress = m.progress.after(msg.event, m.opt.API.Budget(), m.opt.Now())
	return tea.Batch(nextEvent(msg.id, msg.events, msg.done), m.tickWait())
}

// tickWait lets a wait be told anew each second, as long as it lasts: a
// countdown that stands still is not true.
func (m *Model) tickWait() tea.Cmd {
	if m.ticking || !m.loading() && !m.fetching() && !m.counting() || m.underWay().event.Until.Sub(m.opt.Now()) < time.Second {
		return nil
	}
	m.ticking = true
	return after(m.ctx, time.Second, waitMsg{})
}

// rest shows the selected row in the detail pane.
func (m *Model) rest() {
	if rec, ok := m.results.Selected(); ok {
		m.detail.Show(rec)
	} else {
		m.detail.Clear()
	}
}

// retry lets pages that failed be asked again.
func (m *Model) retry() {
	clear(m.skip)
	clear(m.skipAhead)
}

// resume goes on after esc stopped the calls.
func (m *Model) resume() {
	if m.planned && !m.req.running() {
		m.req.begin(m.ctx, m.req.fresh)
		if m.phase == stopped {
			m.phase = ready
		}
	}
}

// moved starts the wait after which a moved selection has come to rest.
func (m *Model) moved() tea.Cmd {
	m.restTag++
	return after(m.ctx, restAfter, restMsg{m.restTag})
}
