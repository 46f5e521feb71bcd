package ui

import (
	"slices"
	"strings"
	"time"

	"bounceboard/keymap"
	"bounceboard/sendcloud"
	"bounceboard/ui/words"
)

// notice is what the bottom line says about the last key.
type notice struct {
	text string
	kind kind
}

type kind int

const (
	plain kind = iota
	good
	bad
)

func (m *Model) say(text string, k kind) { m.notice = notice{m.th.Keys(text), k} }

// message is the lines of the status area: a notice about the last key, else
// what is going on.
func (m *Model) message() []string {
	text := m.notice.text
	switch {
	case m.place == keymap.Confirm:
		text = m.question
	case m.inMenu():
		lines := m.menu()
		return lines[:len(lines)-1] // the last one is the bottom line
	case m.place == keymap.FilterPrompt && text == "":
		return m.termsState()
	case m.place == keymap.CountsPage: // it says itself how far it is
		if text == "" && m.counting() && !m.counts.Done() {
			text = m.inLine(m.waits(), 1)
		}
	case text == "":
		text = m.state()
	case m.notice.kind == plain && (m.loading() || m.fetching()):
		text = m.inLine(append([]string{strings.TrimRight(text, ".。")}, m.underWaySays()...), 2)
	}
	if text == "" {
		return []string{""}
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

func (m *Model) inMenu() bool { return m.place == keymap.CopyMenu || m.place == keymap.SortMenu }

// menu is every choice of the menu at this place and the way back, in as many
// lines as it takes.
func (m *Model) menu() []string {
	const between = "   "
	_, back := words.Hints(m.lang, m.opt.Keys, m.place, m.can)
	var lines, drawn []string
	line := ""
	for _, h := range append(words.Choices(m.lang, m.opt.Keys, m.place), back) {
		if h.Action == keymap.CopyMissing && len(m.missing) == 0 {
			continue
		}
		keys := m.th.Keys(h.Keys)
		if item := keys + " " + h.Text; line == "" || m.fits(line+between+item) {
			line += between + item
		} else {
			lines = append(lines, strings.Join(drawn, between))
			line, drawn = between+item, nil
		}
		drawn = append(drawn, m.th.Key.Render(keys)+" "+h.Text)
	}
	return append(lines, strings.Join(drawn, between))
}

func (m *Model) state() string {
	var parts []string
	switch {
	case m.fetching(), m.loading():
		return m.inLine(m.underWaySays(), 1)
	case m.phase == stopped:
		return m.lang.Say(words.Stopped)
	case m.phase == failed:
		text := words.Capital(words.Error(m.lang, m.err)) + m.lang.Say(words.FullStop)
		if at := m.pages.AsOf(m.results.Window()); m.results.Total() > 0 && !at.IsZero() {
			text += m.lang.Say(words.KeptRows, m.clock(at)) + m.lang.Say(words.Gap)
		}
		return text + m.lang.Say(words.TryAgain)
	}
	if b := m.progress.budget; b.Left*10 < b.PerMinute {
		parts = append(parts, m.lang.Say(words.CallsLeft, words.Number(b.Left)))
	}
	switch s := m.slice; {
	case s != nil && s.from == fromFile:
		return m.fileState()
	case s != nil && s.from == fromPages && m.pane == "" && (m.untold() || s.snap.Len() < m.pages.Announced()) && m.results.Total() > 0: // else the table says it
		parts = append(parts, m.lang.Say(words.AmongFetched))
	}
	if m.old {
		parts = append(parts, m.lang.Say(words.TenMinutes))
	}
	parts = append(parts, m.told()...)
	return m.dots(parts)
}

// told is what a person has to know about the rows on screen.
func (m *Model) told() []string {
	var notes []string
	if n := len(m.missing); n > 0 && m.place != keymap.QueryForm { // y m is text there
		notes = append(notes, words.NotFound(m.lang, m.plan.Query, n))
	}
	if m.fresh {
		notes = append(notes, words.Note(m.lang, sendcloud.ServiceMayRepeat))
	}
	for i, n := range m.notes {
		if n != sendcloud.ServiceMayRepeat && !slices.Contains(m.notes[:i], n) {
			notes = append(notes, words.Note(m.lang, n))
		}
	}
	return notes
}

func (m *Model) dots(parts []string) string {
	return strings.Join(parts, " "+m.th.Marks.Dot+" ")
}

// underWaySays is what reading or a request is doing, the most telling first.
func (m *Model) underWaySays() []string {
	if m.fetching() {
		return m.reading()
	}
	return m.doing()
}

// doing says what a running request is doing, with what is known of it.
func (m *Model) doing() []string {
	e, b := m.progress.event, m.progress.budget
	parts := []string{m.lang.Say(words.Loading)}
	if wait := m.waitingFor(); wait != "" {
		parts = append(parts, wait)
	}
	if b.PerMinute > 0 {
		parts = append(parts, m.lang.Say(words.CallsLeft, words.Number(b.Left)))
	}
	if e.Calls > 1 {
		if more := slices.Insert(slices.Clone(parts), 1, m.lang.Say(words.CallOf, e.Call, e.Calls)); m.fits(m.dots(more)) {
			parts = more
		}
	}
	if m.fresh {
		parts = append(parts, words.Note(m.lang, sendcloud.ServiceMayRepeat))
	}
	return parts
}

// underWay is what the calls that one waits for here last said.
func (m *Model) underWay() progress {
	if m.at(keymap.CountsPage) && m.counting() {
		return m.tally.progress
	}
	return m.progress
}

// waits says what calls made one after the other wait for, and how many are
// left: of a count only when they are few.
func (m *Model) waits() []string {
	var parts []string
	p := m.underWay()
	if wait := m.waitingFor(); wait != "" {
		parts = append(parts, wait)
	}
	if b := p.budget; b.Left*10 < b.PerMinute || m.fetching() && b.PerMinute > 0 {
		parts = append(parts, m.lang.Say(words.CallsLeft, words.Number(b.Left)))
	}
	return parts
}

// waitingFor says why a call does not go out at once.
func (m *Model) waitingFor() string {
	e := m.underWay().event
	wait := e.Until.Sub(m.opt.Now())
	left := words.Duration(m.lang, max(time.Second, wait))
	switch e.Kind {
	case sendcloud.Retrying:
		try := m.lang.Say(words.TryIn, e.Try, left)
		if e.Err != nil {
			try += " " + m.th.Marks.Dot + " " + words.Reason(m.lang, e.Err)
		}
		return try
	case sendcloud.WaitingForBudget:
		if wait < time.Second { // at full speed every call waits its turn
			return ""
		}
		return m.lang.Say(words.BudgetIn, left)
	case sendcloud.Paused:
		return m.lang.Say(words.PausedFor, left)
	case sendcloud.Rereading:
		return m.lang.Say(words.Reading)
	}
	return ""
}

func (m *Model) clock(t time.Time) string {
	return t.In(sendcloud.Zone).Format("15:04:05")
}
