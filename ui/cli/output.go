package cli

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/charmbracelet/x/ansi"

	"bounceboard/sendcloud"
	"bounceboard/theme"
	"bounceboard/ui/cell"
	"bounceboard/ui/cli/config"
	"bounceboard/ui/detail"
	"bounceboard/ui/export"
	"bounceboard/ui/words"
)

// stdout is standard output, or a file in its place. It passes many rows on with one write, and nothing but whole rows.
type stdout struct {
	c   *console
	to  io.Writer
	buf []byte
}

func (o *stdout) Write(b []byte) (_ int, err error) {
	if o.buf = append(o.buf, b...); len(o.buf) >= 64<<10 {
		err = o.flush()
	}
	return len(b), err
}

func (o *stdout) flush() (err error) {
	if len(o.buf) > 0 {
		if terminal(o.c.Out) {
			o.c.clearLine()
		}
		_, err = o.to.Write(o.buf)
		o.buf = o.buf[:0]
	}
	return outputError(err)
}

func (c *console) write(text string) error {
	_, err := io.WriteString(c.Out, text)
	return outputError(err)
}

// outputError makes an error of standard output one of ours. A reader that went away is no failure.
func outputError(err error) error {
	if errors.Is(err, syscall.EPIPE) {
		return errReaderGone
	} else if err != nil {
		return failed(words.WriteFailed, config.Reason(err))
	}
	return nil
}

func exportOptions(c *console, o *options) export.Options {
	e := export.Options{BOM: o.bom, ASCII: themeOf(c, o).ASCII, Lang: c.lang}
	if terminal(c.Out) {
		e.Width = columns(c.Out)
		checkLocale(c)
	}
	return e
}

// writeReport writes numbers about rows to standard output.
func writeReport[T any](c *console, o *options, columns []export.Column[T], lines []T) error {
	out := &stdout{c: c, to: c.Out}
	if err := export.WriteAll(export.Format(o.format), out, exportOptions(c, o), columns, lines); err != nil {
		return err
	}
	return out.flush()
}

// styled: standard output shows styles.
func styled(c *console) bool { return terminal(c.Out) && c.Getenv("TERM") != "dumb" }

// writeCard writes lines that are set for a width; in a pipe without styles.
func writeCard(c *console, o *options, lines func(th theme.Theme, width int, links bool) []string) error {
	const widest = 100
	e, th := exportOptions(c, o), themeOf(c, o)
	text := th.Draw(strings.Join(lines(th, min(cmp.Or(e.Width, widest), widest), styled(c) && detail.Hyperlinks(c.Getenv)), "\n") + "\n")
	if !styled(c) {
		text = ansi.Strip(text)
	}
	return c.write(text)
}

// checkLocale says that Chinese may be drawn wrongly. It is no reason to stop: many terminals over SSH are UTF-8 though no locale says so.
func checkLocale(c *console) {
	if locale := c.locale("LC_CTYPE"); !strings.Contains(strings.ToLower(strings.ReplaceAll(locale, "-", "")), "utf8") {
		c.say(c.words(words.LocaleNotUTF8, cmp.Or(locale, "C")))
	}
}

// themeOf is --theme, else what NO_COLOR asks for, else the configuration's.
func themeOf(c *console, o *options) theme.Theme {
	file, _ := c.config()
	th, _ := file.Colored(themeName(c, o), o.ascii || file.ASCII, theme.AllColors(c.Getenv("COLORTERM"))) // its colours were checked when it was read
	return th
}

func themeName(c *console, o *options) theme.Name {
	file, _ := c.config()
	var plain theme.Name
	if c.Getenv("NO_COLOR") != "" {
		plain = theme.Mono
	}
	return cmp.Or(theme.Name(o.theme), plain, theme.Name(file.Theme), theme.Usual(c.Getenv("TERM"), c.Getenv("COLORFGBG")))
}

// progress counts what comes and shows it on one line of standard error, rewritten in place, where that is a
// terminal. The line is erased with blanks, so that it needs no escape sequence. Events come from any goroutine.
type progress struct {
	c       *console
	api     *sendcloud.Client
	on      bool // standard error is a terminal
	noted   []sendcloud.Note
	started time.Time
	rows    atomic.Int64                             // or numbers, that came
	summary atomic.Pointer[func() sendcloud.Summary] // how many there are

	mu    sync.Mutex // guards what follows
	event sendcloud.Event
	drawn int       // columns on screen
	at    time.Time // of the last drawing
}

func newProgress(c *console, api *sendcloud.Client) *progress {
	p := &progress{c: c, api: api, on: terminal(c.Err), started: c.now()}
	p.follow(func() sendcloud.Summary { return sendcloud.Summary{} })
	c.line.Store(p)
	return p
}

func (p *progress) watch(e sendcloud.Event) {
	p.mu.Lock()
	p.event = e
	p.mu.Unlock()
	p.draw()
}

func (p *progress) row() {
	p.rows.Add(1)
	p.draw()
}

func (p *progress) follow(summary func() sendcloud.Summary) { p.summary.Store(&summary) }

// counts are the rows that came, and what the reading says of itself.
func (p *progress) counts() (rows int, s sendcloud.Summary) {
	return int(p.rows.Load()), (*p.summary.Load())()
}

func totalWords(l words.Lang, s sendcloud.Summary) string {
	total := words.Number(s.Announced)
	switch {
	case s.AtLeast && s.AtMost:
		return l.Say(words.Unknown)
	case s.AtLeast:
		return l.Say(words.AtLeast, total)
	case s.AtMost:
		return l.Say(words.AtMost, total)
	}
	return total
}

func (p *progress) draw() {
	if !p.on {
		return
	}
	rows, s := p.counts() // it has a lock of its own
	p.mu.Lock()
	defer p.mu.Unlock()
	if now := p.c.now(); now.Sub(p.at) >= 200*time.Millisecond {
		line := cell.Style{ASCII: true}.Cut(p.line(now, rows, s, p.api.Budget().Left), columns(p.c.Err)-1)
		width := cell.Width(line)
		_, _ = fmt.Fprint(p.c.Err, "\r"+line+strings.Repeat(" ", max(0, p.drawn-width)))
		p.drawn, p.at = max(width, p.drawn), now
	}
}

// line names rows, total, calls left and time left, and why nothing goes on.
func (p *progress) line(now time.Time, rows int, sum sendcloud.Summary, left int) string {
	l := p.c.lang
	s := l.Say(words.ProgressUnknown, words.Number(rows), words.Number(left))
	if sum.Announced > 0 && !sum.AtLeast {
		s = l.Say(words.Progress, words.Number(rows), totalWords(l, sum), words.Number(left))
		if rest := sum.Announced - rows; rows > 0 && rest > 0 {
			s += l.Say(words.ProgressLeft, words.Duration(l, now.Sub(p.started)/time.Duration(rows)*time.Duration(rest)))
		}
	}
	if wait := words.Waiting(l, "-", p.event, now); wait != "" && (p.event.Until.After(now) || p.event.Kind == sendcloud.Rereading) {
		s += l.Say(words.ListItem) + wait
	}
	return s
}

// clearLine takes the line of the progress away.
func (c *console) clearLine() {
	if p := c.line.Load(); p != nil {
		p.mu.Lock()
		defer p.mu.Unlock()
		if p.drawn > 0 {
			_, _ = fmt.Fprint(c.Err, "\r"+strings.Repeat(" ", p.drawn)+"\r")
		}
		p.drawn = 0
	}
}

// notes says what one has to know about the rows, each once; not what holds for every run, and to a script not the default span.
func (p *progress) notes(notes []sendcloud.Note) {
	for _, n := range notes {
		if n != sendcloud.ServiceMayRepeat && (n != sendcloud.DefaultSpan || p.on) && !slices.Contains(p.noted, n) {
			p.noted = append(p.noted, n)
			p.c.say(words.Note(p.c.lang, n))
		}
	}
}
