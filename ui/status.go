package ui

import (
	"errors"
	"io/fs"
	"slices"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"bounceboard/keymap"
	"bounceboard/sendcloud"
	"bounceboard/ui/counts"
	"bounceboard/ui/screen"
	"bounceboard/ui/session"
	"bounceboard/ui/words"
)

// mostStatus is how many lines the status area has at most.
const mostStatus = 4

// message is the lines of the status area: what stands at the bottom, a notice
// about the last key, else what is going on.
func (m *Model) message() []string {
	top := m.at.top()
	text := m.Theme.Keys(m.notice.Text)
	if _, ok := top.(screen.Bar); ok && text == "" {
		if lines := top.Draw(true); len(lines) > 0 {
			return lines
		}
	}
	switch {
	case text == "" && m.at.counts != nil && top == m.at.counts: // it says itself how far it is
		if m.jobs.Running(counts.Kind) {
			text = m.inLine(m.waits(m.at.counts.Progress()), 1)
		}
	case text == "":
		text = m.state()
	case m.notice.Tone == screen.Plain && m.underWay():
		text = m.inLine(append([]string{strings.TrimRight(text, ".。")}, m.doing()...), 2)
	}
	return m.fit.Wrap(text, max(2, m.w-2))
}

// inLine joins as many parts as fit into one line, least at the least: what
// changes while one waits must not move the table.
func (m *Model) inLine(parts []string, least int) string {
	for len(parts) > least && !m.fits(m.dots(parts)) {
		parts = parts[:len(parts)-1]
	}
	return m.dots(parts)
}

func (m *Model) dots(parts []string) string {
	return strings.Join(parts, " "+m.Theme.Marks.Dot+" ")
}

// loading: somebody waits for a page of rows.
func (m *Model) loading() bool { return m.at.session.Loading(m.at.table.Window()) }

// underWay: rows are on their way that somebody waits for.
func (m *Model) underWay() bool { return m.loading() || m.at.session.Fetching() }

// stopping: esc stops calls now.
func (m *Model) stopping() bool {
	switch m.at.top().Place() {
	case keymap.Table, keymap.Detail, keymap.FacetsPane, keymap.TimelinePane, keymap.PatternPage:
		return m.loading() || m.jobs.Running(session.Fetch)
	}
	return false
}

// stop ends the calls that are under way; what is here stays.
func (m *Model) stop() tea.Cmd {
	s := m.at.session
	if !m.jobs.Running(session.Fetch) {
		m.waiting = nil
		return m.apply(s.Stop())
	}
	cmd := m.apply(s.Pause())
	if n := s.Snapshot().Len(); s.From() == session.FromFetch {
		m.tell(words.FetchStopped, words.RowCount(m.Lang, n))
	}
	return cmd
}

// state says what is going on, or what a person has to know about the rows.
func (m *Model) state() string {
	s := m.at.session
	got, reading := s.Reading()
	switch {
	case m.underWay():
		return m.inLine(m.doing(), 1)
	case s.Asking.Stopped:
		return m.Lang.Say(words.Stopped.With(m.Keys))
	case s.Asking.Err != nil:
		text := m.sentence(s.Asking.Err)
		if at := s.Age(m.at.table.Window()); s.Total() > 0 && !at.IsZero() {
			text += m.Lang.Say(words.KeptRows, words.Clock(at)) + m.Lang.Say(words.Gap)
		}
		return text + m.Lang.Say(words.TryAgain.With(m.Keys))
	case reading && s.From() == session.FromFile:
		return m.fileState(got)
	case reading && (got.Err != nil || got.Whole):
		if text := m.fetchState(got); text != "" {
			return text
		}
	case s.Paused():
		return m.Lang.Say(words.FetchPaused.With(m.Keys))
	}
	return m.dots(m.told())
}

// told is what a person has to know about the rows on screen.
func (m *Model) told() []string {
	s := m.at.session
	plan, _ := s.Plan()
	var parts []string
	if b := s.Progress.Budget; b.Left*10 < b.PerMinute {
		parts = append(parts, m.Lang.Say(words.CallsLeft, words.Number(b.Left)))
	}
	if s.Narrowed() && s.From() == session.FromPages && s.Coverage().Partial() && s.Total() > 0 && m.at.pane != m.at.facets && m.at.pane != m.at.timeline { // else the table or the pane says it
		parts = append(parts, m.Lang.Say(words.AmongFetched.With(m.Keys)))
	}
	if s.Asking.Old {
		parts = append(parts, m.Lang.Say(words.TenMinutes.With(m.Keys)))
	}
	if n := len(s.Missing); n > 0 && m.at.top().Place() != keymap.QueryForm { // its keys are text there
		parts = append(parts, words.NotFound(m.Lang, m.Keys, plan.Query, n))
	}
	if m.again {
		parts = append(parts, words.Note(m.Lang, sendcloud.ServiceMayRepeat))
	}
	for _, n := range s.Notes() {
		parts = append(parts, words.Note(m.Lang, n))
	}
	return parts
}

// sentence is an error as a sentence that another can follow.
func (m *Model) sentence(err error) string {
	return words.Capital(words.Error(m.Lang, err)) + m.Lang.Say(words.FullStop)
}

// fetchState says how the fetch of every row ended; empty where nothing is to be
// said about it.
func (m *Model) fetchState(got session.Reading) string {
	here := words.RowCount(m.Lang, got.Here)
	switch sum := got.Summary; {
	case got.Err != nil && got.Here == 0:
		return m.sentence(got.Err) + m.Lang.Say(words.FetchNone.With(m.Keys))
	case got.Err != nil:
		return m.sentence(got.Err) + m.Lang.Say(words.FetchKept.With(m.Keys), here)
	case len(sum.Incomplete) > 0:
		return words.MayLack(m.Lang, m.Keys, sum)
	case sum.Empty > 0:
		return m.Lang.Say(words.FetchEmpty, words.RowCount(m.Lang, sum.Empty))
	case sum.Repeated > 0 && sum.Announced > got.Here && !sum.AtMost:
		return m.Lang.Say(words.FetchRepeated, words.Number(sum.Announced), words.Number(sum.Announced-got.Here))
	}
	return ""
}

// fileState says why a file was not read to its end, or which of its lines hold
// no row.
func (m *Model) fileState(got session.Reading) string {
	name, at := m.File.Name, words.Clock(got.AsOf)
	switch {
	case errors.Is(got.Err, session.ErrShorter):
		return m.Lang.Say(words.FileShorter, name, at)
	case errors.Is(got.Err, fs.ErrNotExist):
		return m.Lang.Say(words.FileGone, name, at)
	case got.Err != nil:
		return m.Lang.Say(words.FileBroke, name, words.Error(m.Lang, got.Err))
	}
	var parts []string
	if n := got.File.Damaged; n > 0 {
		parts = append(parts, words.DamagedLines(m.Lang, n, got.File.Which))
	}
	if got.File.Cut {
		parts = append(parts, m.Lang.Say(words.LastLineCut.With(m.Keys)))
	}
	if got.File.Repeated > 0 {
		parts = append(parts, m.Lang.Say(words.FileRepeated, words.RowCount(m.Lang, got.File.Repeated)))
	}
	return m.dots(parts)
}

// doing says what a page, a fetch or the reading of a file is doing, the most
// telling first.
func (m *Model) doing() []string {
	s := m.at.session
	got, _ := s.Reading()
	switch {
	case m.jobs.Running(session.Read):
		return []string{m.Lang.Say(words.ReadingFile, words.RowCount(m.Lang, got.Here))}
	case m.jobs.Running(session.Fetch):
		return m.fetching(got)
	}
	p := s.Progress
	parts := append([]string{m.Lang.Say(words.Loading)}, m.wait(p)...)
	if p.Budget.PerMinute > 0 {
		parts = append(parts, m.Lang.Say(words.CallsLeft, words.Number(p.Budget.Left)))
	}
	if p.Event.Calls > 1 {
		if more := slices.Insert(slices.Clone(parts), 1, m.Lang.Say(words.CallOf, p.Event.Call, p.Event.Calls)); m.fits(m.dots(more)) {
			parts = more
		}
	}
	if m.again {
		parts = append(parts, words.Note(m.Lang, sendcloud.ServiceMayRepeat))
	}
	return parts
}

// fetching says how far the fetch of every row is. How many of the rows are here
// stands in the header.
func (m *Model) fetching(got session.Reading) []string {
	parts := []string{m.Lang.Say(words.Fetching)}
	if took := m.Now().Sub(got.Since); got.New > 0 && took >= time.Second {
		rate := float64(got.New) / took.Seconds()
		parts = append(parts, m.Lang.Say(words.RowsPerSecond, words.Number(int(rate))))
		if left := got.Summary.Announced - got.Here; left > 0 && got.Summary.Unknown == 0 && !got.Summary.AtLeast {
			parts = append(parts, m.Lang.Say(words.TimeLeft, words.Duration(m.Lang, time.Duration(float64(left)/rate*float64(time.Second)))))
		}
	}
	p := m.at.session.Progress
	if p.Budget.PerMinute > 0 {
		return append(append(parts, m.wait(p)...), m.Lang.Say(words.CallsLeft, words.Number(p.Budget.Left)))
	}
	return append(parts, m.wait(p)...)
}

// wait says why a call does not go out at once.
func (m *Model) wait(p session.Progress) []string {
	if text := words.Waiting(m.Lang, m.Theme.Marks.Dot, p.Event, m.Now()); text != "" {
		return []string{text}
	}
	return nil
}

// waits is that, and how many calls are left where they are few.
func (m *Model) waits(p session.Progress) []string {
	parts := m.wait(p)
	if b := p.Budget; b.Left*10 < b.PerMinute {
		parts = append(parts, m.Lang.Say(words.CallsLeft, words.Number(b.Left)))
	}
	return parts
}

// waitsUntil is when the calls that are under way go on.
func (m *Model) waitsUntil() time.Time {
	switch {
	case m.underWay():
		return m.at.session.Progress.Event.Until
	case m.jobs.Running(counts.Kind) && m.at.has(m.at.counts):
		return m.at.counts.Progress().Event.Until
	}
	return time.Time{}
}
