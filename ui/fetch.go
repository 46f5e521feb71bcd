package ui

import (
	"context"
	"errors"
	"iter"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"bounceboard/sendcloud"
	"bounceboard/ui/results"
	"bounceboard/ui/words"
)

// free is the number of calls that are made without asking first.
const free = 2

// fetchAll reads every row of the query, pauses and goes on. What costs more
// than a page or two is said before.
func (m *Model) fetchAll() tea.Cmd {
	if m.opt.API == nil {
		m.say(m.lang.Say(words.FileIsAll), plain)
		return nil
	}
	if s := m.slice; s != nil && s.from == fromService {
		return m.pauseOrGoOn(s)
	}
	rows := m.pages.Announced()
	if rows == 0 {
		m.say(m.lang.Say(words.NoRow), plain)
		return nil
	}
	calls := (rows+results.PageSize-1)/results.PageSize + m.plan.Calls() - 1
	rate := max(1, m.opt.API.Budget().PerMinute)
	switch {
	case m.pages.Open():
		m.confirm(m.lang.Say(words.FetchUnknown, words.Number(rate*results.PageSize), words.Number(rate)), m.startFetch)
		return nil
	case calls <= free:
		return m.startFetch()
	}
	took := time.Duration(calls) * time.Minute / time.Duration(rate)
	cost := m.lang.Say(words.FetchCost, words.Number(rows), words.Number(calls), words.About(m.lang, took+time.Second), words.Number(rate))
	m.confirm(cost, m.startFetch)
	return nil
}

func (m *Model) pauseOrGoOn(s *slice) tea.Cmd {
	switch src := s.feed; {
	case src.ended && src.err == nil:
		m.say(m.lang.Say(words.AlreadyAll), plain)
	case src.ended: // stopped or failed: what is missing is asked again
		return m.pull(s)
	case src.paused:
		src.paused = false
		return m.batch(s)
	default:
		src.paused = true
	}
	return nil
}

func (m *Model) startFetch() tea.Cmd {
	s := m.newSlice(fromService)
	events := make(chan sendcloud.Event, 8)
	walk := m.opt.API.All(m.plan, func(e sendcloud.Event) {
		select {
		case events <- e:
		default:
		}
	})
	s.feed = &feed{walk: walk, spool: m.opt.Spool, begun: m.opt.Now()}
	m.req.stop()
	if m.slice != nil {
		s.path, s.order = m.slice.path, m.slice.order
	}
	if selected, ok := m.results.Selected(); ok {
		s.follow = selected.EmailID
	}
	if m.slice != nil {
		m.slice.drop()
	}
	m.slice = s // the rows that are there stay until the first of these come
	return tea.Batch(m.pull(s), nextSliceEvent(s, events))
}

// pull begins to read the walk, or goes on where it stopped.
func (m *Model) pull(s *slice) tea.Cmd {
	src := s.feed
	ctx, cancel := context.WithCancel(s.ctx)
	next, stop := iter.Pull2(src.walk.Records(ctx))
	src.pull, src.stop, src.cancel = next, stop, cancel
	src.ended, src.err, src.paused = false, nil, false
	src.since, src.before = m.opt.Now(), s.set.Len()
	return m.batch(s)
}

// sliceEventMsg tells what the reading of a slice is doing.
type sliceEventMsg struct {
	slice  *slice
	event  sendcloud.Event
	events <-chan sendcloud.Event
}

func nextSliceEvent(s *slice, events <-chan sendcloud.Event) tea.Cmd {
	done := s.ctx.Done()
	return func() tea.Msg {
		select {
		case e := <-events:
			return sliceEventMsg{s, e, events}
		case <-done:
			return nil
		}
	}
}

func (m *Model) onSliceEvent(msg sliceEventMsg) tea.Cmd {
	if msg.slice != m.slice {
		return nil
	}
	m.progress = m.progress.after(msg.event, m.opt.API.Budget(), m.opt.Now())
	return tea.Batch(nextSliceEvent(msg.slice, msg.events), m.tickWait())
}

// announced is how many rows there are: those the service announced, or, where
// everything was read, those that came; it counts some twice, or ignores a filter.
func (s *slice) announced() int {
	have, sum := s.snap.Len(), s.feed.walk.Summary()
	if s.feed.ended && s.feed.err == nil && len(sum.Incomplete) == 0 {
		return have
	}
	return max(have, sum.Announced)
}

// untold reports whether the service told no total that can be true, and the
// rows were not read to their end.
func (m *Model) untold() bool {
	switch s := m.slice; {
	case s == nil || s.from == fromPages:
		return m.pages.Open()
	case s.feed != nil && s.feed.walk != nil:
		return s.feed.walk.Summary().AtLeast
	}
	return false
}

// fetching reports whether rows of a slice are on their way.
func (m *Model) fetching() bool {
	s := m.slice
	return s != nil && s.feed != nil && !s.feed.ended
}

// calling reports whether they come from the service. A file is read to its end.
func (m *Model) calling() bool { return m.fetching() && m.slice.feed.walk != nil }

// reading says how far the reading of a slice has come.
func (m *Model) reading() []string {
	s := m.slice
	src := s.feed
	if src.walk == nil {
		return []string{m.lang.Say(words.ReadingFile, words.RowCount(m.lang, s.set.Len()))}
	}
	if src.paused { // how many of the rows are here stands in the header
		return []string{m.lang.Say(words.FetchPaused)}
	}
	sum := src.walk.Summary()
	have := s.snap.Len() // as the header says
	parts := []string{m.lang.Say(words.Fetching)}
	took := m.opt.Now().Sub(src.since)
	if new := have - src.before; new > 0 && took >= time.Second {
		rate := float64(new) / took.Seconds()
		parts = append(parts, m.lang.Say(words.RowsPerSecond, words.Number(int(rate))))
		if left := sum.Announced - have; left > 0 && sum.Unknown == 0 && !sum.AtLeast {
			parts = append(parts, m.lang.Say(words.TimeLeft, words.Duration(m.lang, time.Duration(float64(left)/rate*float64(time.Second)))))
		}
	}
	return append(parts, m.waits()...)
}

// stopFetch ends the calls and keeps what came.
func (m *Model) stopFetch() tea.Cmd {
	src := m.slice.feed
	src.cancel()
	src.paused = false
	return m.batch(m.slice) // where none is under way that would notice
}

// batch reads the next rows, unless that is under way: a walk takes one reader.
func (m *Model) batch(s *slice) tea.Cmd {
	if s.feed.running {
		return nil
	}
	s.feed.running = true
	return readBatch(s, s.feed, m.opt.Now)
}

// readBatch appends rows of a walk for a moment; spool, which may be nil, gets
// them too.
func readBatch(s *slice, src *feed, now func() time.Time) tea.Cmd {
	set := s.set
	return func() tea.Msg {
		msg := rowsMsg{slice: s}
		for until := now().Add(batchFor); now().Before(until); {
			rec, err, ok := src.pull()
			if !ok || err != nil {
				msg.ended, msg.err = true, err
				return msg
			}
			set.Append(rec)
			if src.spool != nil {
				if err := src.spool.Write(rec); err != nil {
					msg.ended, msg.err = true, &SpoolError{err}
					return msg
				}
			}
		}
		return msg
	}
}

// SpoolError says that fetched rows could not be written to the spool file.
type SpoolError struct{ Err error }

func (e *SpoolError) Error() string { return e.Err.Error() }
func (e *SpoolError) Unwrap() error { return e.Err }

func (m *Model) onRows(msg rowsMsg) tea.Cmd {
	s := msg.slice
	src := s.feed
	src.running = false
	src.ended, src.err = msg.ended, msg.err
	if s.dropped || msg.ended {
		src.free()
	}
	if s != m.slice {
		return nil // left for another question, or dropped
	}
	if msg.ended && msg.err != nil && s.set.Len() == 0 && src.walk != nil {
		m.say(words.Capital(words.Error(m.lang, msg.err))+m.lang.Say(words.FullStop)+m.lang.Say(words.FetchNone), bad)
		return m.giveUp(s)
	}
	cmds := []tea.Cmd{m.grow()}
	switch {
	case !msg.ended && !src.paused:
		cmds = append(cmds, m.batch(s))
	case msg.ended:
		m.fetched()
	}
	return tea.Batch(cmds...)
}

// giveUp goes back from a reading that brought no row to the pages that were
// there, narrowed and sorted as they were.
func (m *Model) giveUp(s *slice) tea.Cmd {
	m.release()
	if len(s.path) == 0 && s.order == nil {
		return nil
	}
	pages := m.fromLoaded()
	pages.path, pages.order = s.path, s.order
	return tea.Batch(m.hold(pages), m.arrangeRows(false))
}

// fetched says how a reading ended.
func (m *Model) fetched() {
	s := m.slice
	src := s.feed
	switch {
	case errors.Is(src.err, context.Canceled):
		m.say(m.lang.Say(words.FetchStopped, words.RowCount(m.lang, s.set.Len())), plain)
	case src.err != nil:
		m.say(words.Capital(words.Error(m.lang, src.err))+m.lang.Say(words.FullStop)+m.lang.Say(words.FetchKept, words.RowCount(m.lang, s.set.Len())), bad)
	case src.walk != nil && len(src.walk.Summary().Incomplete) > 0:
		m.say(words.MayLack(m.lang, src.walk.Summary()), bad)
	default:
		m.notice = notice{}
		if src.walk == nil {
			return
		}
		m.missing = notFound(m.plan.Query, s.rows())
		sum := src.walk.Summary()
		if sum.Empty > 0 {
			m.say(m.lang.Say(words.FetchEmpty, words.RowCount(m.lang, sum.Empty)), bad)
		} else if sum.Repeated > 0 && sum.Announced > s.set.Len() && !sum.AtMost {
			m.say(m.lang.Say(words.FetchRepeated, words.Number(sum.Announced), words.Number(sum.Announced-s.set.Len())), plain)
		}
	}
}
