package cli

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"bounceboard/sendcloud"
	"bounceboard/ui/cell"
	"bounceboard/ui/words"
)

// progress counts what comes and shows it on one line of standard error, rewritten in place, where that is a
// terminal. The line is erased with blanks, so that it needs no escape sequence. Events come from any goroutine.
type progress struct {
	c        *console
	api      interface{ Budget() sendcloud.Budget }
	on       bool           // standard error is a terminal
	shared   bool           // rows go to a terminal as well
	sentence words.Sentence // of what is counted: rows or numbers
	noted    []sendcloud.Note

	mu      sync.Mutex
	rows    int                      // that came
	summary func() sendcloud.Summary // how many there are
	event   sendcloud.Event
	started time.Time
	drawn   int       // columns on screen
	at      time.Time // of the last drawing
}

func newProgress(c *console, api interface{ Budget() sendcloud.Budget }) *progress {
	return &progress{c: c, api: api, on: terminal(c.Err), shared: terminal(c.Out), sentence: words.Progress, started: c.now(),
		summary: func() sendcloud.Summary { return sendcloud.Summary{} }}
}

// watch takes what the client does.
func (p *progress) watch(e sendcloud.Event) {
	p.mu.Lock()
	p.event = e
	p.mu.Unlock()
	p.draw()
}

// row counts a row that came.
func (p *progress) row() {
	p.mu.Lock()
	p.rows++
	p.mu.Unlock()
	p.draw()
}

// follow makes summary tell how many rows there are.
func (p *progress) follow(summary func() sendcloud.Summary) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.summary = summary
}

// counts are the rows that came, and what the reading says of itself.
func (p *progress) counts() (rows int, s sendcloud.Summary) {
	p.mu.Lock()
	rows, summary := p.rows, p.summary
	p.mu.Unlock()
	return rows, summary() // it has a lock of its own
}

// totalWords is how many rows the service announced.
func totalWords(l words.Lang, s sendcloud.Summary) string {
	switch {
	case s.AtLeast && s.AtMost:
		return l.Say(words.Unknown)
	case s.AtLeast:
		return l.Say(words.AtLeast, words.Number(s.Announced))
	case s.AtMost:
		return l.Say(words.AtMost, words.Number(s.Announced))
	}
	return words.Number(s.Announced)
}

func (p *progress) draw() {
	now := p.c.now()
	p.mu.Lock()
	due := p.on && now.Sub(p.at) >= 200*time.Millisecond
	if due {
		p.at = now
	}
	p.mu.Unlock()
	if !due {
		return
	}
	rows, s := p.counts()
	left := p.api.Budget().Left
	p.mu.Lock()
	defer p.mu.Unlock()
	line := cell.Style{ASCII: true}.Cut(p.line(now, rows, s, left), columns(p.c.Err)-1)
	width := cell.Width(line)
	_, _ = fmt.Fprint(p.c.Err, "\r"+line+strings.Repeat(" ", max(0, p.drawn-width)))
	p.drawn = max(width, p.drawn)
}

// line names rows, total, calls left and time left.
func (p *progress) line(now time.Time, rows int, sum sendcloud.Summary, left int) string {
	l := p.c.lang
	s := l.Say(words.ProgressUnknown, words.Number(rows), words.Number(left))
	if sum.Announced > 0 && !sum.AtLeast {
		s = l.Say(p.sentence, words.Number(rows), totalWords(l, sum), words.Number(left))
	}
	if rest := sum.Announced - rows; rows > 0 && rest > 0 && !sum.AtLeast {
		s += l.Say(words.ProgressLeft, words.Duration(l, now.Sub(p.started)/time.Duration(rows)*time.Duration(rest)))
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
		_, _ = fmt.Fprint(p.c.Err, "\r"+strings.Repeat(" ", p.drawn)+"\r")
		p.drawn = 0
	}
}

// say says something beside the line.
func (p *progress) say(text string) {
	p.clear()
	p.c.say(text)
}

// notes says what one has to know about the rows, each once. Two notes are left out: "the service may repeat rows",
// because it holds for every run, and, when standard error is no terminal, "default time span", because a script that
// gives no span wants the default.
func (p *progress) notes(notes []sendcloud.Note) {
	for _, n := range notes {
		if n != sendcloud.ServiceMayRepeat && (n != sendcloud.DefaultSpan || p.on) && !slices.Contains(p.noted, n) {
			p.noted = append(p.noted, n)
			p.say(words.Note(p.c.lang, n))
		}
	}
}
