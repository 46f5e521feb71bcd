package render_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"bounceboard/ui/input"
	"bounceboard/ui/render"
)

// The test binary is also the small program that the tests run on a
// pseudo-terminal.
func TestMain(m *testing.M) {
	switch os.Getenv("RENDER_TEST") {
	case "":
		os.Exit(m.Run())
	case "v1":
		_, err := tea.NewProgram(&list{}, tea.WithAltScreen()).Run()
		exit(err)
	default:
		exit(run())
	}
}

func exit(err error) {
	switch {
	case err == nil, errors.Is(err, context.Canceled): // q, SIGTERM
		os.Exit(0)
	case errors.Is(err, input.ErrGone), errors.Is(err, unix.EIO):
		os.Exit(3)
	}
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

// run is how a program uses both packages.
func run() error {
	ctx, stop := signal.NotifyContext(context.Background(), unix.SIGTERM)
	defer stop()
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	t, err := render.Open(os.Stdin, os.Stdout, false, cancel)
	if err != nil {
		return err
	}
	defer t.Close()
	keys := input.New(t.Keys)
	defer keys.Close()
	m := &list{terminal: t}
	m.width, m.height = t.Size()
	p := tea.NewProgram(m, tea.WithInput(keys), tea.WithOutput(io.Discard), tea.WithoutRenderer(), tea.WithoutSignalHandler(),
		tea.WithFilter(func(_ tea.Model, msg tea.Msg) tea.Msg {
			if k, ok := msg.(tea.KeyMsg); ok && k.Paste {
				k.Runes = []rune(keys.Paste())
				return k
			}
			return msg
		}))
	t.Watch(func(w, h int) { p.Send(tea.WindowSizeMsg{Width: w, Height: h}) })
	context.AfterFunc(ctx, p.Quit)
	if _, err = p.Run(); ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return err
}

// list is a table of which j selects the next row, f draws for ever, and that
// shows the last key.
type list struct {
	terminal      *render.Terminal
	width, height int
	selected      int
	key           string
}

type tick struct{}

func (l *list) Init() tea.Cmd { return nil }

func (l *list) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		l.width, l.height = msg.Width, msg.Height
	case tick:
		l.selected++
		return l, tea.Tick(time.Millisecond, func(time.Time) tea.Msg { return tick{} })
	case tea.KeyMsg:
		l.key = msg.String()
		switch l.key {
		case "j":
			l.selected++
		case "q":
			return l, tea.Quit
		case "ctrl+l":
			l.terminal.Redraw()
		case "f":
			return l, func() tea.Msg { return tick{} }
		}
	}
	return l, nil
}

func (l *list) View() string {
	if l.width == 0 {
		return ""
	}
	window := l.height - 2
	top := max(0, l.selected/(window/2)*(window/2)-window/2)
	lines := []string{"退信 · 近 7 天 …"}
	for i := top; i < top+window; i++ {
		line := fmt.Sprintf(" 软退信  11-30 09:%02d  用户%06d@example.com.cn  550 邮箱不存在，请确认收件人地址。host mx%d said: Mailbox not found", i%60, i*7919%1000000, i)
		line += strings.Repeat(" ", max(0, l.width-ansi.StringWidth(line)))
		if i == l.selected {
			line = "\x1b[7m" + line + "\x1b[0m"
		}
		lines = append(lines, line)
	}
	text := strings.Join(append(lines, "key: "+l.key), "\n")
	if l.terminal != nil {
		l.terminal.Draw(render.Frame{Text: text, Width: l.width, Height: l.height, Cursor: render.Cursor{Row: 1 + l.selected - top, Visible: true}})
	}
	return text
}

// session is the small program on a pseudo-terminal.
type session struct {
	t        *testing.T
	near     *os.File
	far      *os.File
	cmd      *exec.Cmd
	before   *unix.Termios
	raw      bytes.Buffer
	terminal *vt.Emulator
}

func start(t *testing.T, mode string, command ...string) *session {
	t.Helper()
	near, far, err := pty.Open()
	require.NoError(t, err)
	require.NoError(t, pty.Setsize(near, &pty.Winsize{Cols: 120, Rows: 40}))
	s := &session{t: t, near: near, far: far, terminal: vt.NewEmulator(120, 40)}
	s.before = s.modes()
	go func() { _, _ = io.Copy(io.Discard, s.terminal) }()
	self, err := filepath.Abs(os.Args[0])
	require.NoError(t, err)
	s.cmd = exec.Command(self)
	if command != nil {
		s.cmd = exec.Command(command[0], command[1:]...)
	}
	s.cmd.Env = append(os.Environ(), "RENDER_TEST="+mode, "TERM=screen-256color", "SELF="+self)
	s.cmd.Stdin, s.cmd.Stdout, s.cmd.Stderr = far, far, far
	s.cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	require.NoError(t, s.cmd.Start())
	t.Cleanup(func() {
		_ = s.cmd.Process.Kill()
		_ = near.Close()
		_ = far.Close()
	})
	return s
}

func (s *session) modes() *unix.Termios {
	m, err := unix.IoctlGetTermios(int(s.far.Fd()), unix.TCGETS)
	require.NoError(s.t, err)
	return m
}

// until reads what the program writes until ok.
func (s *session) until(what string, ok func() bool) {
	s.t.Helper()
	buf := make([]byte, 1<<16)
	for deadline := time.Now().Add(20 * time.Second); !ok(); {
		require.True(s.t, time.Now().Before(deadline), "%s: %q", what, s.raw.String())
		ready := []unix.PollFd{{Fd: int32(s.near.Fd()), Events: unix.POLLIN}}
		if n, _ := unix.Poll(ready, 1000); n == 0 {
			continue
		}
		n, err := s.near.Read(buf)
		require.NoError(s.t, err)
		s.raw.Write(buf[:n])
		_, _ = s.terminal.Write(buf[:n])
	}
}

func (s *session) shows(text string) func() bool {
	return func() bool { return strings.Contains(s.terminal.String(), text) }
}

func (s *session) send(keys string) {
	_, err := s.near.WriteString(keys)
	require.NoError(s.t, err)
}

func (s *session) ended() {
	s.t.Helper()
	err := s.cmd.Wait()
	require.NoError(s.t, err)
	require.Equal(s.t, s.before, s.modes())
}

// down presses j 200 times, waiting for each answer, and counts the bytes.
func (s *session) down() int {
	s.until("rows", s.shows("软退信"))
	before := s.raw.Len()
	for i := range 200 {
		sent := s.raw.Len()
		s.send("j")
		s.until("the row", func() bool {
			_, selected, _ := bytes.Cut(s.raw.Bytes()[sent:], []byte("\x1b[7m"))
			return bytes.Contains(selected, fmt.Appendf(nil, "mx%d said", i+1))
		})
	}
	return s.raw.Len() - before
}

func TestProgram(t *testing.T) {
	s := start(t, "ours")
	s.until("rows", s.shows("软退信"))
	require.True(t, s.terminal.IsAltScreen())
	s.send("\x1b[")
	s.send("B")
	s.until("an arrow in two", s.shows("key: down"))
	s.send("\x1b[200~lin@qq.com\x1b[201~")
	s.until("a paste", s.shows("key: [lin@qq.com]"))
	s.send("jj")
	s.until("a burst", s.shows("key: jj"))
	s.send("j")
	s.until("a key", func() bool {
		return s.terminal.CursorPosition().Y == 2 && s.shows("key: j ")() || s.terminal.CursorPosition().Y == 2
	})
	require.False(t, s.terminal.CursorHidden())
	_, _ = s.terminal.Write([]byte("\x1b[5;5Ha wall message"))
	s.send("\x0c")
	s.until("all again", func() bool { return s.shows("ctrl+l")() && !s.shows("a wall message")() })
	require.NoError(t, pty.Setsize(s.near, &pty.Winsize{Cols: 60, Rows: 15}))
	s.terminal.Resize(60, 15)
	s.until("the new size", func() bool { return strings.Contains(s.terminal.String(), "key: ctrl+l") })
	s.send("q")
	s.until("the screen before", func() bool { return !s.terminal.IsAltScreen() && !s.terminal.CursorHidden() })
	s.ended()
}

// Nothing costs more bytes than Bubble Tea's own renderer.
func TestBytes(t *testing.T) {
	ours, theirs := start(t, "ours").down(), start(t, "v1").down()
	t.Logf("200 × j: %d bytes, version 1: %d", ours, theirs)
	require.Less(t, ours, theirs)
	require.Less(t, ours, 100_000)
}

func TestStoppedAndContinued(t *testing.T) {
	s := start(t, "ours", "bash", "-c", `set -m; "$SELF"; echo "STOPPED $?"; read -r line; fg >/dev/null; echo "ENDED $?"`)
	s.until("rows", s.shows("软退信"))
	pgrp, err := unix.IoctlGetInt(int(s.near.Fd()), unix.TIOCGPGRP)
	require.NoError(t, err)
	require.NoError(t, unix.Kill(pgrp, unix.SIGTSTP))
	s.until("the shell", s.shows("STOPPED 147"))
	require.False(t, s.terminal.IsAltScreen())
	require.Equal(t, s.before.Lflag, s.modes().Lflag)
	s.send("\n")
	s.until("rows again", func() bool { return s.terminal.IsAltScreen() && s.shows("软退信")() })
	s.send("j")
	s.until("a key", s.shows("key: j"))
	s.send("q")
	s.until("the shell", s.shows("ENDED 0"))
}

// The terminal is full: the program ends all the same, and what it wrote last
// gives the terminal back.
func TestEndWhileNobodyReads(t *testing.T) {
	s := start(t, "ours")
	s.until("rows", s.shows("软退信"))
	s.send("f")
	for full, last := time.Now().Add(20*time.Second), -1; time.Now().Before(full); { // until no more fits
		n, err := unix.IoctlGetInt(int(s.near.Fd()), unix.TIOCINQ)
		require.NoError(t, err)
		if n > 0 && n == last {
			break
		}
		last = n
		time.Sleep(300 * time.Millisecond)
	}
	require.NoError(t, s.cmd.Process.Signal(unix.SIGTERM))
	s.ended()
	s.until("the end", func() bool { return !s.terminal.IsAltScreen() })
	require.False(t, s.terminal.CursorHidden())
}

// The terminal is gone and SIGHUP ignored: the program ends by itself.
func TestTerminalGone(t *testing.T) {
	s := start(t, "ours", "bash", "-c", `trap "" HUP; exec "$SELF"`)
	s.until("rows", s.shows("软退信"))
	require.NoError(t, s.far.Close())
	require.NoError(t, s.near.Close())
	var status *exec.ExitError
	require.ErrorAs(t, s.cmd.Wait(), &status)
	require.Equal(t, 3, status.ExitCode())
}

// SIGQUIT shows its stack on a terminal that is as it was.
func TestQuitSignal(t *testing.T) {
	s := start(t, "ours")
	s.until("rows", s.shows("软退信"))
	require.NoError(t, s.cmd.Process.Signal(unix.SIGQUIT))
	s.until("the stack", func() bool { return bytes.Contains(s.raw.Bytes(), []byte("SIGQUIT: quit")) })
	before, _, _ := bytes.Cut(s.raw.Bytes(), []byte("SIGQUIT: quit"))
	require.Contains(t, string(before), "\x1b[?1049l")
	require.Equal(t, s.before, s.modes())
}

// TestMeasure counts how often an idle program wakes up.
func TestMeasure(t *testing.T) {
	if os.Getenv("MEASURE") == "" {
		t.Skip("MEASURE=1 measures")
	}
	for _, mode := range []string{"ours", "v1"} {
		s := start(t, mode)
		s.until("rows", s.shows("软退信"))
		time.Sleep(time.Second)
		before := switches(t, s.cmd.Process.Pid)
		time.Sleep(10 * time.Second)
		t.Logf("measure: idle, %s: %.1f wake-ups a second", mode, float64(switches(t, s.cmd.Process.Pid)-before)/10)
	}
}

func switches(t *testing.T, pid int) (sum int) {
	tasks, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/status", pid))
	require.NoError(t, err)
	for _, name := range tasks {
		data, err := os.ReadFile(name)
		require.NoError(t, err)
		for _, line := range strings.Split(string(data), "\n") {
			var n int
			if k, _ := fmt.Sscanf(line, "voluntary_ctxt_switches: %d", &n); k == 1 {
				sum += n
			}
		}
	}
	return sum
}
