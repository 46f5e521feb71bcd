// Package render draws frames on a terminal. It writes what changed and nothing else, a frame at most every 16 ms, and
// waits without waking up when nothing does. Bubble Tea draws at 60 ticks a second for ever, so it runs with
// tea.WithoutRenderer, and [Terminal] does the rest that Bubble Tea leaves out then: raw mode, size, stopping and going
// on.
package render

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"sync"
	"time"
)

// pace is the least time between two frames.
const pace = 16 * time.Millisecond

// patience is how long a terminal that nobody reads is waited for at the end.
const patience = time.Second

const (
	modes = "\x1b[m\x1b[?2004h\x1b[?25l" // pastes are bracketed
	enter = "\x1b[?1049h" + modes
	leave = "\x1b[m\x1b[?2004l\x1b[?1049l\x1b[?25h"
)

// Frame is what is on the screen.
type Frame struct {
	Text          string // lines, each beginning without attributes
	Width, Height int    // as Bound gives them
	Cursor        Cursor
}

// Cursor is the terminal's own cursor. Row and column count from 0; outside of the frame they mean its edge.
type Cursor struct {
	Row, Column int
	Visible     bool
}

// Bound makes a size one that is drawn: a terminal that does not know its size is 80×24, and at most 500×200 are used.
func Bound(width, height int) (int, int) {
	if width <= 0 {
		width = 80
	}
	if height <= 0 {
		height = 24
	}
	return min(width, 500), min(height, 200)
}

// Screen draws on a terminal. Its methods may be called from any goroutine
// and never wait for the terminal, but for Leave.
type Screen struct {
	w      io.Writer
	failed func(error)
	plain  bool          // see speak
	kick   chan struct{} // something is to be written

	mu    sync.Mutex
	next  Frame
	first bytes.Buffer // goes out before the next frame
	again bool         // all of the next frame is written
	quit  chan struct{}
	gone  chan struct{}

	shown  Frame // these belong to the goroutine that writes
	lines  []string
	broken error
}

// New draws on w when Enter is called. If w has SetWriteDeadline, as files and connections have, Leave ends a write
// that hangs. failed is told once when w cannot be written to; it may be nil.
func New(w io.Writer, failed func(error)) *Screen {
	return &Screen{w: w, failed: failed, kick: make(chan struct{}, 1)}
}

// Enter takes the terminal: the alternate screen, bracketed paste, no cursor until a frame shows it.
func (s *Screen) Enter() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.plain {
		s.first.WriteString(enter)
	}
	s.again = true
	s.wake()
	if s.quit != nil {
		return
	}
	s.quit, s.gone, s.broken = make(chan struct{}), make(chan struct{}), nil
	go s.run(s.quit, s.gone)
}

// Leave gives the terminal back as it was. It waits until that is written, but
// at most three seconds where nobody reads the terminal.
func (s *Screen) Leave() {
	s.mu.Lock()
	quit, gone := s.quit, s.gone
	s.quit = nil
	s.mu.Unlock()
	if quit == nil {
		return
	}
	close(quit)
	s.deadline(time.Now().Add(patience))
	timer := time.NewTimer(3 * patience)
	defer timer.Stop()
	select {
	case <-gone:
	case <-timer.C:
	}
	s.deadline(time.Time{})
}

func (s *Screen) deadline(t time.Time) bool {
	w, ok := s.w.(interface{ SetWriteDeadline(time.Time) error })
	return ok && w.SetWriteDeadline(t) == nil
}

// Draw shows a frame as soon as the pace allows: at once, if nothing was drawn within 16 ms. Frames that come faster,
// or faster than the terminal takes them, are left out; the last one is always drawn.
func (s *Screen) Draw(f Frame) {
	f.Width, f.Height = Bound(f.Width, f.Height)
	f.Cursor.Row = max(0, min(f.Cursor.Row, f.Height-1))
	f.Cursor.Column = max(0, min(f.Cursor.Column, f.Width-1))
	s.mu.Lock()
	defer s.mu.Unlock()
	if f != s.next {
		s.next = f
		s.wake()
	}
}

// Redraw writes all of the frame again: something else wrote to the terminal.
func (s *Screen) Redraw() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.plain {
		s.first.WriteString(modes)
	}
	s.again = true
	s.wake()
}

// Write sends p to the terminal between two frames. It must not move the cursor nor change what is on the screen.
func (s *Screen) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.wake()
	return s.first.Write(p)
}

func (s *Screen) wake() {
	select {
	case s.kick <- struct{}{}:
	default:
	}
}

// run writes until it is told to quit.
func (s *Screen) run(quit, gone chan struct{}) {
	defer close(gone)
	for {
		select {
		case <-quit:
			s.giveBack()
			return
		case <-s.kick:
		}
		if drawn := s.write(); drawn {
			select {
			case <-quit:
			case <-time.After(pace):
			}
		}
	}
}

// write sends what is to be written, and says whether a frame was in it.
func (s *Screen) write() (drawn bool) {
	defer func() {
		if v := recover(); v != nil {
			s.fail(fmt.Errorf("drawing: %v", v))
		}
	}()
	s.mu.Lock()
	b := bytes.NewBuffer(bytes.Clone(s.first.Bytes()))
	f, again := s.next, s.again
	s.first.Reset()
	s.again = false
	s.mu.Unlock()
	switch changed := f.Width > 0 && (again || f != s.shown); {
	case changed && s.plain:
		s.speak(b, f, again)
		drawn = true
	case changed:
		s.paint(b, f, again)
		drawn = true
	}
	if b.Len() > 0 && s.broken == nil {
		if _, err := s.w.Write(b.Bytes()); err != nil {
			s.fail(err)
		}
	}
	return drawn
}

// fail ends the drawing. A deadline that has passed is Leave's.
func (s *Screen) fail(err error) {
	s.broken = err
	if s.failed != nil && !errors.Is(err, os.ErrDeadlineExceeded) {
		s.failed(err)
	}
}

// paint writes the difference between the frame that is shown and f.
func (s *Screen) paint(b *bytes.Buffer, f Frame, again bool) {
	if again || f.Width != s.shown.Width || f.Height != s.shown.Height {
		b.WriteString("\x1b[2J")
		s.lines = make([]string, f.Height)
		again = true
	}
	start := b.Len()
	lines := strings.Split(f.Text, "\n")
	for row := range s.lines {
		line := ""
		if row < len(lines) {
			line = lines[row]
		}
		if line != s.lines[row] {
			writeLine(b, row, cells(s.lines[row], f.Width), cells(line, f.Width))
			s.lines[row] = line
		}
	}
	if c := f.Cursor; again || b.Len() > start || c != s.shown.Cursor {
		place(b, c.Row, c.Column)
		if c.Visible && (again || !s.shown.Cursor.Visible) {
			b.WriteString("\x1b[?25h")
		} else if !c.Visible && s.shown.Cursor.Visible {
			b.WriteString("\x1b[?25l")
		}
	}
	s.shown = f
}

// Spoken begins the line of a plain frame that the keyboard is on. The line
// alone, when the keyboard has left it, is not new.
const Spoken = "> "

// speak writes the lines of f that were not in the frame before, one below the other: nothing that was written changes,
// as screen readers and paper terminals need it.
func (s *Screen) speak(b *bytes.Buffer, f Frame, again bool) {
	lines := strings.Split(f.Text, "\n")
	for _, line := range lines {
		if again || !slices.Contains(s.lines, line) && !slices.Contains(s.lines, Spoken+line) {
			b.WriteString(line + "\r\n")
		}
	}
	s.lines, s.shown = lines, f
}

// giveBack leaves the terminal. Where nobody reads it, what still waits there is thrown away to make room; a sequence
// may have been cut, so one that ends any goes first.
func (s *Screen) giveBack() {
	s.mu.Lock()
	rest := s.first.String()
	s.first.Reset()
	s.mu.Unlock()
	leave := leave
	if s.plain {
		leave = ""
	}
	if s.broken == nil {
		if _, s.broken = s.w.Write([]byte(rest + leave)); s.broken == nil {
			return
		}
	}
	if w, ok := s.w.(interface{ Discard() error }); ok && errors.Is(s.broken, os.ErrDeadlineExceeded) {
		_ = w.Discard() // the write tells whether it helped
		s.deadline(time.Now().Add(patience))
		_, _ = s.w.Write([]byte("\x1b\\" + leave))
	}
}
