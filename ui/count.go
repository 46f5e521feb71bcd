package ui

import (
	"context"
	"errors"
	"iter"
	"slices"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"bounceboard/keymap"
	"bounceboard/sendcloud"
	"bounceboard/ui/counts"
	"bounceboard/ui/words"
)

// unasked is the number of calls that counting makes without asking first: the
// statuses and sub-statuses of one window.
const unasked = 25

// tally is a counting under way.
type tally struct {
	*sendcloud.Count
	shown    map[sendcloud.Cell]sendcloud.Number // numbers that the view has
	key      string                              // of the plan that is counted
	byDay    bool
	fresh    bool
	plan     counts.Plan
	before   *tally // whose numbers are there while this one is merely proposed
	pull     func() (sendcloud.Numbers, error, bool)
	stop     func()
	ctx      context.Context
	cancel   context.CancelFunc
	progress progress
}

// cellMsg is numbers of a tally, or its end.
type cellMsg struct {
	tally   *tally
	numbers sendcloud.Numbers
	err     error
	ended   bool
}

// tallyEventMsg tells what the calls of a tally are doing.
type tallyEventMsg struct {
	tally  *tally
	event  sendcloud.Event
	events <-chan sendcloud.Event
}

// openCounts shows how many mails have which status where the query looks, and
// begins to count where that costs little.
func (m *Model) openCounts() tea.Cmd {
	if m.opt.API == nil {
		m.say(m.lang.Say(words.FileNoCounts), plain)
		return nil
	}
	if !m.planned {
		return nil
	}
	m.push(keymap.CountsPage)
	if m.tally != nil && m.tally.key == m.plan.Key() {
		return m.tickWait() // the numbers are there, each with its time
	}
	m.endTally()
	m.counts.Clear()
	return m.propose(false, false)
}

// propose says what counting costs, and starts it where that is little.
func (m *Model) propose(byDay, fresh bool) tea.Cmd {
	before := m.tally
	if before != nil && m.counts.Phase() == counts.Proposed {
		before = before.before
	}
	m.endTally()
	cells := sendcloud.AllCells()
	if byDay {
		cells = sendcloud.ByDay(cells, m.plan.Days())
	}
	t := &tally{before: before, Count: m.opt.API.Count(m.plan, cells, fresh), shown: map[sendcloud.Cell]sendcloud.Number{}, key: m.plan.Key(), byDay: byDay, fresh: fresh}
	m.tally = t
	rate := max(1, m.opt.API.Budget().PerMinute)
	p := counts.Plan{Asked: askedFor(m.plan.Query), Calls: t.Calls(), Takes: time.Duration(t.Calls()) * time.Minute / time.Duration(rate), Again: fresh}
	for _, k := range cells {
		if !k.Day.IsZero() && !slices.Contains(p.Days, k.Day) {
			p.Days = append(p.Days, k.Day)
		}
	}
	// Time runs from left to right, as in the timeline; asked for is the last day first.
	slices.SortFunc(p.Days, func(a, b sendcloud.Date) int { return a.Start().Compare(b.Start()) })
	t.plan = p
	m.counts.Propose(p)
	switch {
	case !fresh && m.counts.Missing() == 0:
		t.before = nil
		m.counts.Stop()
		return nil
	case t.Calls() > unasked:
		return nil
	}
	return m.startTally()
}

// askedFor are the numbers that a query is about; none where it is about all.
func askedFor(q sendcloud.Query) []counts.Key {
	var keys []counts.Key
	for _, s := range sendcloud.SubStatuses() {
		if slices.Contains(q.SubStatuses, s) && (len(q.Statuses) == 0 || slices.Contains(q.Statuses, s.Status())) {
			keys = append(keys, counts.Key{Status: s.Status(), Sub: s})
		}
	}
	if len(q.SubStatuses) > 0 || len(q.Statuses) == len(sendcloud.Statuses()) {
		return keys
	}
	for _, s := range q.Statuses {
		keys = append(keys, counts.Key{Status: s})
	}
	return keys
}

// withdraw takes back the question whether to count, where numbers are there; ok
// is false where there is none.
func (m *Model) withdraw() (ok bool) {
	if m.counts.Phase() != counts.Proposed || m.tally.before == nil {
		return false
	}
	m.tally = m.tally.before
	m.counts.Propose(m.tally.plan)
	m.counts.Stop()
	return true
}

func (m *Model) startTally() tea.Cmd {
	t := m.tally
	t.before = nil
	t.ctx, t.cancel = context.WithCancel(m.ctx)
	t.progress = progress{budget: m.opt.API.Budget()}
	events := make(chan sendcloud.Event, 8)
	t.pull, t.stop = iter.Pull2(t.Run(t.ctx, func(e sendcloud.Event) {
		select {
		case events <- e:
		default:
		}
	}))
	m.counts.Start()
	return tea.Batch(nextCell(t), nextTallyEvent(t, events))
}

func nextTallyEvent(t *tally, events <-chan sendcloud.Event) tea.Cmd {
	done := t.ctx.Done()
	return func() tea.Msg {
		select {
		case e := <-events:
			return tallyEventMsg{t, e, events}
		case <-done:
			return nil
		}
	}
}

func (m *Model) onTallyEvent(msg tallyEventMsg) tea.Cmd {
	if msg.tally != m.tally {
		return nil
	}
	m.tally.progress = m.tally.progress.after(msg.event, m.opt.API.Budget(), m.opt.Now())
	return tea.Batch(nextTallyEvent(msg.tally, msg.events), m.tickWait())
}

func nextCell(t *tally) tea.Cmd {
	return func() tea.Msg {
		numbers, err, ok := t.pull()
		return cellMsg{tally: t, numbers: numbers, err: err, ended: !ok}
	}
}

func (m *Model) onCell(msg cellMsg) tea.Cmd {
	t := msg.tally
	if msg.ended {
		t.stop()
		t.cancel()
		t.pull, t.stop = nil, nil
		if t == m.tally {
			m.counts.Stop()
			m.flag()
		}
		return nil
	}
	if t == m.tally {
		if msg.err != nil && !errors.Is(msg.err, context.Canceled) { // all other calls would end like this one
			m.say(words.Capital(words.Error(m.lang, msg.err))+m.lang.Say(words.FullStop), bad)
		}
		m.putNumbers(t, msg.numbers)
	}
	return nextCell(t)
}

// putNumbers shows the numbers that are new.
func (m *Model) putNumbers(t *tally, numbers sendcloud.Numbers) {
	ignored := func(p sendcloud.Param) bool {
		return slices.ContainsFunc(numbers.Conflicts(), func(c sendcloud.Conflict) bool {
			return c.Kind == sendcloud.ParameterIgnored && c.Param == p
		})
	}
	for _, c := range numbers.Cells() {
		n := numbers.Of(c)
		if n == t.shown[c] || n.Bound == sendcloud.Unknown && n.Err == nil {
			continue
		}
		t.shown[c] = n
		m.counts.Put(counts.Key{Status: c.Status, Sub: c.SubStatus, Day: c.Day},
			counts.Number{Count: n.N, AtMost: n.Bound == sendcloud.AtMost, At: n.At, Err: n.Err, Span: ignored(sendcloud.ParamStartDate),
				Whole: c.SubStatus == 0 && ignored(sendcloud.ParamStatus) || c.SubStatus != 0 && ignored(sendcloud.ParamSubStatus)})
	}
}

// flag says where the service's own numbers contradict each other; the numbers
// concerned say themselves that they are upper bounds.
func (m *Model) flag() {
	for _, c := range m.tally.Numbers().Conflicts() {
		m.counts.Flag(counts.Key{}, words.Conflict(m.lang, c, func(p sendcloud.Param) string { return words.ParameterName(m.lang, p) }))
	}
}

// counting reports whether numbers are on their way.
func (m *Model) counting() bool { return m.tally != nil && m.tally.pull != nil }

// endTally stops a counting; its last message frees it.
func (m *Model) endTally() {
	if m.counting() {
		m.tally.cancel()
	}
	m.tally = nil
}

func (m *Model) pressNumbers(a keymap.Action) tea.Cmd {
	if steer(m.counts, a) {
		return nil
	}
	switch a {
	case keymap.Earlier, keymap.Later:
		n := 1
		if a == keymap.Earlier {
			n = -1
		}
		if !m.counts.MoveDay(n) {
			m.say(m.lang.Say(words.NoDays), plain)
		}
	case keymap.ByDay:
		return m.propose(!m.tally.byDay, false)
	case keymap.GoOn, keymap.Again:
		switch {
		case m.counting():
			return nil
		case m.counts.Phase() == counts.Proposed, m.counts.Missing() > 0:
			return m.startTally()
		case a == keymap.GoOn:
			m.say(m.lang.Say(words.CountWhole), plain)
			return nil
		}
		return m.propose(m.tally.byDay, true)
	case keymap.ShowMails:
		if m.counts.Phase() == counts.Proposed {
			return m.startTally()
		}
		return m.searchNumber()
	case keymap.Help:
		m.showHelp()
	case keymap.Back:
		switch {
		case m.counting() && !m.counts.Done():
			m.tally.cancel()
		case !m.withdraw():
			m.pop()
		}
	}
	return nil
}

// searchNumber shows the rows behind the number under the cursor.
func (m *Model) searchNumber() tea.Cmd {
	k, ok := m.counts.Selected()
	switch {
	case k.Empty:
		m.say(m.lang.Say(words.NothingBehind), plain)
		return nil
	case !ok:
		m.say(m.lang.Say(words.CountNoCode), plain)
		return nil
	case k.Same && k.Day.IsZero(): // it is what the table shows
		m.pop()
		return nil
	}
	q := m.plan.Query
	q.Start = 0
	if !k.Same {
		q.Statuses, q.SubStatuses = k.Statuses, k.Subs
	}
	if !k.Day.IsZero() {
		q.Days, q.StartDate, q.EndDate = 0, k.Day, k.Day
	}
	m.pop()
	m.place = keymap.Table
	m.leave(true)
	return m.search(q, false)
}
