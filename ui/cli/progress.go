package cli

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"bounceboard/sendcloud"
	"bounceboard/ui/cell"
	"bounceboard/ui/words"
)

// progress is one line on standard error, rewritten in place, while rows are
// read. It is off where standard error is no terminal. Events come from any
// goroutine. The line is erased with blanks, so that it needs no escape
// sequence.
type progress struct {
	c      *console
	api    interface{ Budget() sendcloud.Budget }
	w      io.Writer
	on     bool
	shared bool // rows go to a terminal as well
	// numbers says that numbers are counted, not rows.
	numbers bool

	mu      sync.Mutex
	summary func() sendcloud.Summary
	rows    int
	total   int
	atMost  bool
	atLeast bool
	event   sendcloud.Event
	started time.Time
	drawn   int // columns on screen
	at      time.Time
}

// redraw is how often the line is rewritten at most.
const redraw = 200 * time.Millisecond

func newProgress(c *console, api interface{ Budget() sendcloud.Budget }) *progress {
	return &progress{c: c, api: api, w: c.Err, on: terminal(c.Err), shared: terminal(c.Out), started: c.now()}
}

// watch takes what the client does.
func (p *progress) watch(e sendcloud.Event) {
	if !p.on {
		return
	}
	p.mu.Lock()
	p.event = e
	now := e.Kind == sendcloud.Retrying || e.Kind == sendcloud.Paused
	p.mu.Unlock()
	p.draw(now)
}

// call is watch, and counts calls.
func (p *progress) call(e sendcloud.Event) {
	if e.Kind == sendcloud.Calling && e.Try == 1 {
		p.row()
	}
	p.watch(e)
}

// row counts a row that was written.
func (p *progress) row() {
	p.mu.Lock()
	p.rows++
	p.mu.Unlock()
	if p.on {
		p.draw(false)
	}
}

// announce notes how many rows there are.
func (p *progress) announce(total int, atMost, atLeast bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.total, p.atMost, p.atLeast = total, atMost, atLeast
}

// counts are the rows written and announced; known is false while the service
// has announced none.
func (p *progress) counts() (rows, total int, known, atMost bool) {
	p.refresh()
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.rows, p.total, p.total > 0 && !p.atLeast, p.atMost
}

// follow makes summary tell how many rows there are.
func (p *progress) follow(summary func() sendcloud.Summary) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.summary = summary
}

// now is what the reading says of itself; ok is false while there is none.
func (p *progress) now() (s sendcloud.Summary, ok bool) {
	p.mu.Lock()
	summary := p.summary
	p.mu.Unlock()
	if summary == nil {
		return s, false
	}
	return summary(), true
}

func (p *progress) refresh() {
	if s, ok := p.now(); ok {
		p.announce(s.Announced, s.AtMost, s.AtLeast)
	}
}

// missing is how many of the rows that were announced did not come, at least
// so many; rows that came meanwhile are none of them. more: of a part of the
// question nobody knows how many rows it has.
func (p *progress) missing(least int) (rows int, more bool) {
	s, _ := p.now()
	for _, g := range s.Incomplete {
		rows += max(0, g.Announced-g.Came)
	}
	return max(rows, least), s.Unknown > 0
}

func (p *progress) totalText() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.totalWords()
}

func (p *progress) totalWords() string {
	switch {
	case p.atLeast && !p.atMost:
		return p.c.words(words.AtLeast, words.Number(p.total))
	case p.atLeast:
		return p.c.words(words.Unknown)
	case p.atMost:
		return p.c.words(words.AtMost, words.Number(p.total))
	}
	return words.Number(p.total)
}

func (p *progress) draw(atOnce bool) {
	p.mu.Lock()
	now := p.c.now()
	due := atOnce || now.Sub(p.at) >= redraw
	if due {
		p.at = now
	}
	p.mu.Unlock()
	if !due {
		return
	}
	p.refresh()
	left := p.api.Budget().Left
	p.mu.Lock()
	defer p.mu.Unlock()
	line := cell.Style{ASCII: true}.Cut(p.line(now, left), columns(p.w)-1)
	width := cell.Width(line)
	_, _ = fmt.Fprint(p.w, "\r"+line+strings.Repeat(" ", max(0, p.drawn-width)))
	p.drawn = max(width, p.drawn)
}

// line names rows, total, calls left and time left.
func (p *progress) line(now time.Time, left int) string {
	l := p.c.lang
	var s string
	if p.numbers {
		s = l.Say(words.ProgressCounts, words.Number(p.rows), p.totalWords(), words.Number(left))
	} else if p.total > 0 && !p.atLeast {
		s = l.Say(words.Progress, words.Number(p.rows), p.totalWords(), words.Number(left))
	} else {
		s = l.Say(words.ProgressUnknown, words.Number(p.rows), words.Number(left))
	}
	if rest := p.total - p.rows; p.rows > 0 && rest > 0 && !p.atLeast {
		took := now.Sub(p.started)
		s += l.Say(words.ProgressLeft, words.Duration(l, time.Duration(float64(took)/float64(p.rows)*float64(rest))))
	}
	clock := p.event.Until.In(now.Location()).Format(time.TimeOnly)
	switch {
	case p.event.Kind == sendcloud.Rereading:
		s += l.Say(words.ProgressReread)
	case !p.event.Until.After(now): // whatever it waited for is over
	case p.event.Kind == sendcloud.Retrying:
		s += l.Say(words.ProgressRetry, p.event.Try, clock)
	case p.event.Kind == sendcloud.Paused:
		s += l.Say(words.ProgressPaused, clock)
	case p.event.Kind == sendcloud.WaitingForBudget:
		s += l.Say(words.ProgressBudget)
	}
	return s
}

// clear takes the line away.
func (p *progress) clear() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.drawn > 0 {
		_, _ = fmt.Fprint(p.w, "\r"+strings.Repeat(" ", p.drawn)+"\r")
		p.drawn = 0
	}
}

// makeRoom takes the line away where a row is about to be written over it.
func (p *progress) makeRoom() {
	if p.shared {
		p.clear()
	}
}

// aside says something that is good to know but no failure: on a terminal alone.
func (p *progress) aside(text string) {
	if p.on {
		p.clear()
		p.c.say(text)
	}
}

// note says what one has to know about the rows.
func (p *progress) note(n sendcloud.Note) {
	text := words.Note(p.c.lang, n)
	switch n {
	case sendcloud.ServiceMayRepeat: // always so, for a program that asks once
	case sendcloud.StartIgnored: // what it costs is said at the end
	case sendcloud.DefaultSpan: // a script that leaves the span out means it
		p.aside(text)
	default:
		p.clear()
		p.c.say(text)
	}
}
