package render

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// emulator is a terminal that counts the writes to it.
type emulator struct {
	*vt.Emulator
	raw    bytes.Buffer
	writes atomic.Int32
}

func newEmulator(w, h int) *emulator { return &emulator{Emulator: vt.NewEmulator(w, h)} }

func (e *emulator) Write(p []byte) (int, error) {
	e.writes.Add(1)
	e.raw.Write(p)
	return e.Emulator.Write(p)
}

// picture is each cell of a terminal, with its style.
func picture(e *vt.Emulator) []uv.Cell {
	var all []uv.Cell
	for y := range e.Height() {
		for x := range e.Width() {
			c := *e.CellAt(x, y)
			if c.Content == "" && c.Width == 1 {
				c.Content = " "
			}
			all = append(all, c)
		}
	}
	return all
}

// plainly shows a frame on a new terminal, each line written whole.
func plainly(f Frame) *vt.Emulator {
	e := vt.NewEmulator(f.Width, f.Height)
	for i, line := range strings.Split(f.Text, "\n") {
		if i < f.Height {
			fmt.Fprintf(e, "\x1b[m\x1b]8;;\x1b\\\x1b[%dH%s", i+1, ansi.Truncate(line, f.Width, ""))
		}
	}
	return e
}

var pieces = []string{"a", "bc", " ", "   ", "          ", "中", "文字", "，", "é", "e\u0301", "…", "─", "●", "😀", "lin@qq.com", "한",
	"\x1b[7m", "\x1b[m", "\x1b[0m", "\x1b[1m", "\x1b[31m", "\x1b[38;5;12m", "\x1b[0;4m", "\x1b[48;2;1;2;3m", "\x1b]8;;https://x.test\x1b\\", "\x1b]8;;\x1b\\"}

func anyLine(t *rapid.T, old string) string {
	if old != "" && rapid.Bool().Draw(t, "alter") { // most changes are small
		at := rapid.IntRange(0, len(pieces)-1).Draw(t, "which")
		return strings.Replace(old, pieces[at], rapid.SampledFrom(pieces).Draw(t, "by"), 1)
	}
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 12).Draw(t, "line"), "")
}

func anyFrame(t *rapid.T, last Frame) Frame {
	f := Frame{Width: last.Width, Height: last.Height}
	if f.Width == 0 || rapid.IntRange(0, 5).Draw(t, "resize") == 0 {
		f.Width, f.Height = rapid.IntRange(1, 40).Draw(t, "width"), rapid.IntRange(1, 8).Draw(t, "height")
	}
	before := strings.Split(last.Text, "\n")
	var lines []string
	for i := range rapid.IntRange(0, f.Height+1).Draw(t, "lines") {
		if i < len(before) {
			if rapid.Bool().Draw(t, "keep") {
				lines = append(lines, before[i])
			} else {
				lines = append(lines, anyLine(t, before[i]))
			}
			continue
		}
		lines = append(lines, anyLine(t, ""))
	}
	f.Text = strings.Join(lines, "\n")
	f.Cursor = Cursor{rapid.IntRange(0, f.Height-1).Draw(t, "row"), rapid.IntRange(0, f.Width-1).Draw(t, "column"), rapid.Bool().Draw(t, "visible")}
	return f
}

// After any series of frames the terminal shows the last one, cell by cell,
// and the cursor stands where it was asked to, each in at most one write.
func TestTerminalShowsTheLastFrame(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		var frames []Frame
		var noise []string
		last := Frame{}
		for range rapid.IntRange(1, 6).Draw(rt, "frames") {
			last = anyFrame(rt, last)
			frames = append(frames, last)
			noise = append(noise, rapid.SampledFrom([]string{"", "", "", "a wall message\r\nover all\x1b[31m"}).Draw(rt, "noise"))
		}
		var failed string
		synctest.Test(t, func(t *testing.T) {
			e := newEmulator(80, 24)
			s := New(e, nil)
			s.Enter()
			synctest.Wait()
			for i, f := range frames {
				if noise[i] != "" {
					io.WriteString(e.Emulator, noise[i])
					s.Redraw()
				}
				synctest.Wait()
				if e.Width() != f.Width || e.Height() != f.Height {
					e.Resize(f.Width, f.Height)
				}
				before := e.writes.Load()
				s.Draw(f)
				time.Sleep(pace)
				synctest.Wait()
				want := plainly(f)
				switch x := e.CursorPosition(); {
				case e.writes.Load() > before+1:
					failed = "more than one write"
				case x.X != f.Cursor.Column || x.Y != f.Cursor.Row || e.CursorHidden() == f.Cursor.Visible:
					failed = fmt.Sprintf("frame %d: the cursor is at %v", i, x)
				case !same(picture(e.Emulator), picture(want)):
					failed = fmt.Sprintf("frame %d\ngot  %q\nwant %q\nraw %q", i, e.Render(), want.Render(), e.raw.String())
				}
				if failed != "" {
					break
				}
			}
			s.Leave()
		})
		if failed != "" {
			rt.Fatal(failed)
		}
	})
}

func same(a, b []uv.Cell) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if !a[i].Equal(&b[i]) {
			return false
		}
	}
	return true
}

// written is what one frame after another makes the screen write.
func written(t *testing.T, frames ...Frame) (all []string) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		e := newEmulator(80, 24)
		s := New(e, nil)
		s.Enter()
		synctest.Wait()
		for _, f := range frames {
			e.raw.Reset()
			s.Draw(f)
			synctest.Wait()
			all = append(all, e.raw.String())
			time.Sleep(pace)
		}
		s.Leave()
	})
	return all
}

func TestWhatIsWritten(t *testing.T) {
	frame := func(text string) Frame { return Frame{Text: text, Width: 20, Height: 3, Cursor: Cursor{1, 2, true}} }
	for name, c := range map[string]struct{ before, after, want string }{
		"the first lines":      {"", "a\nbc", "\x1b[1;1Ha\x1b[2;1Hbc\x1b[2;3H"},
		"nothing":              {"a\nbc", "a\nbc", ""},
		"one letter":           {"lin@qq.com", "liu@qq.com", "\x1b[1;3Hu\x1b[2;3H"},
		"a wide character":     {"中文字", "中华字", "\x1b[1;3H华\x1b[2;3H"},
		"half a wide one":      {"a中b", "aabb", "\x1b[1;2Hab\x1b[2;3H"},
		"a shorter line":       {"abcdefgh", "abc", "\x1b[1;4H\x1b[K\x1b[2;3H"},
		"blanks at the end":    {"abcdefgh", "abc                 ", "\x1b[1;4H\x1b[K\x1b[2;3H"},
		"selected":             {"ab cd", "\x1b[7mab cd\x1b[m", "\x1b[1;1H\x1b[7mab cd\x1b[m\x1b[2;3H"},
		"behind a disputed":    {"a…b c", "a…b d", "\x1b[1;2H\x1b[K…b d\x1b[2;3H"},
		"before a disputed":    {"a b…c", "a d…c", "\x1b[1;3Hd\x1b[2;3H"},
		"too long":             {"", strings.Repeat("中", 11), "\x1b[1;1H" + strings.Repeat("中", 10) + "\x1b[2;3H"},
		"controls":             {"", "a\x1b[2J\x07\x1b]0;title\a\x1b[5;5Hb\x9b", "\x1b[1;1Hab\x1b[2;3H"},
		"a line that is going": {"a\nb", "a", "\x1b[2;1H \x1b[2;3H"},
	} {
		t.Run(name, func(t *testing.T) {
			got := written(t, frame(c.before), frame(c.after))[1]
			require.Equal(t, c.want, got)
		})
	}
}

// A frame that answers a key is not held back, those behind it are drawn once
// the pace allows, and nothing happens when nothing changes.
func TestPace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := newEmulator(80, 24)
		s := New(e, nil)
		s.Enter()
		synctest.Wait()
		draw := func(text string, want int) {
			t.Helper()
			s.Draw(Frame{Text: text, Width: 80, Height: 24})
			synctest.Wait()
			require.Equal(t, want, int(e.writes.Load()))
		}
		draw("a", 2) // Enter was the first
		draw("b", 2)
		draw("c", 2)
		time.Sleep(pace)
		synctest.Wait()
		require.Equal(t, int32(3), e.writes.Load())
		require.Contains(t, e.Render(), "c")
		time.Sleep(pace)
		draw("d", 4)
		draw("d", 4)
		time.Sleep(time.Hour)
		require.Equal(t, int32(4), e.writes.Load())
		s.Write([]byte("\x1b]52;c;YQ==\a"))
		synctest.Wait()
		require.Equal(t, int32(5), e.writes.Load())
		s.Leave()
	})
}

func TestEnterAndLeave(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := newEmulator(80, 24)
		io.WriteString(e, "$ bounceboard\r\n")
		before, at := picture(e.Emulator), e.CursorPosition()
		s := New(e, func(err error) { t.Error(err) })
		for range 2 { // suspended and continued
			s.Enter()
			synctest.Wait()
			require.True(t, e.IsAltScreen())
			require.Contains(t, e.raw.String(), "\x1b[?2004h")
			s.Draw(Frame{Text: "rows", Width: 80, Height: 24})
			synctest.Wait()
			require.Contains(t, e.Render(), "rows")
			s.Write([]byte("\x1b]52;c;YQ==\a"))
			s.Leave()
			require.True(t, strings.HasSuffix(e.raw.String(), "\x1b]52;c;YQ==\a"+leave), "%q", e.raw.String())
			require.False(t, e.IsAltScreen())
			require.Equal(t, before, picture(e.Emulator))
			require.Equal(t, at, e.CursorPosition())
			require.False(t, e.CursorHidden())
		}
		s.Leave() // twice is once
	})
}

func TestBound(t *testing.T) {
	for _, c := range [][4]int{{0, 0, 80, 24}, {-1, 30, 80, 30}, {9999, 9999, 500, 200}, {60, 15, 60, 15}} {
		w, h := Bound(c[0], c[1])
		require.Equal(t, c[2:], []int{w, h})
	}
	huge := Frame{Text: strings.Repeat(strings.Repeat("x", 9999)+"\n", 9999), Width: 9999, Height: 9999}
	require.Less(t, len(written(t, huge)[0]), 500*200+200*20)
}

// stuck is a terminal that nobody reads: a write waits until its deadline, or
// for ever where it has none.
type stuck struct {
	deadline chan time.Time
	lost     bool
	got      bytes.Buffer
}

func (s *stuck) SetWriteDeadline(t time.Time) error {
	if !t.IsZero() {
		s.deadline <- t
	}
	return nil
}

func (s *stuck) Write(p []byte) (int, error) {
	if s.lost {
		return s.got.Write(p)
	}
	time.Sleep(time.Until(<-s.deadline))
	return 0, os.ErrDeadlineExceeded
}

func (s *stuck) Discard() error { s.lost = true; return nil }

func TestNobodyReadsTheTerminal(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &stuck{deadline: make(chan time.Time, 4)}
		s := New(w, func(error) { t.Error("it is not broken") })
		s.Enter()
		s.Draw(Frame{Text: "a", Width: 80, Height: 24}) // waits for nobody
		start := time.Now()
		s.Leave()
		require.Equal(t, patience, time.Since(start))
		require.Equal(t, "\x1b\\"+leave, w.got.String())
	})
	synctest.Test(t, func(t *testing.T) { // without deadlines
		r, w := io.Pipe()
		s := New(w, nil)
		s.Enter()
		start := time.Now()
		s.Leave()
		require.Equal(t, 3*patience, time.Since(start))
		r.Close()
	})
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errors.New("input/output error") }

func TestTerminalThatCannotBeWritten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var told []error
		s := New(broken{}, func(err error) { told = append(told, err) })
		s.Enter()
		synctest.Wait()
		s.Draw(Frame{Text: "a", Width: 80, Height: 24})
		synctest.Wait()
		require.Len(t, told, 1)
		start := time.Now()
		s.Leave()
		require.Zero(t, time.Since(start))
	})
}
