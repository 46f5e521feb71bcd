package e2e

import (
	"bytes"
	"errors"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"bounceboard/sendcloud/sendcloudtest"
)

// session is the program on a pseudo-terminal that answers no question.
type session struct {
	t        *testing.T
	cmd      *exec.Cmd
	pty, tty *os.File
	before   *unix.Termios
	ended    chan struct{} // closed when the program has ended
	drained  chan struct{} // closed when all its output has been read
	changed  chan struct{} // something was written

	mu    sync.Mutex
	model *vt.Emulator
	raw   bytes.Buffer
}

// start runs the program on a terminal of w×h.
func start(t *testing.T, w, h int, env []string, args ...string) *session {
	t.Helper()
	s := begin(t, w, h)
	s.exec(env, args...)
	return s
}

// begin is a terminal without a program, for what is typed before.
func begin(t *testing.T, w, h int) *session {
	t.Helper()
	s := &session{t: t, ended: make(chan struct{}), drained: make(chan struct{}), changed: make(chan struct{}, 1), model: vt.NewEmulator(w, h)}
	var err error
	s.pty, s.tty, err = openTerminal()
	require.NoError(t, err)
	s.setSize(w, h)
	s.before, err = unix.IoctlGetTermios(int(s.tty.Fd()), unix.TCGETS)
	require.NoError(t, err)
	go func() { _, _ = io.Copy(io.Discard, s.model) }() // the model's answers go nowhere
	go s.read()
	t.Cleanup(s.close)
	return s
}

// openTerminal is a pseudo-terminal whose near end can be closed while it is
// being read; the library leaves it in blocking mode.
func openTerminal() (near, far *os.File, err error) {
	blocking, far, err := pty.Open()
	if err != nil {
		return nil, nil, err
	}
	defer blocking.Close()
	fd, err := unix.FcntlInt(blocking.Fd(), unix.F_DUPFD_CLOEXEC, 0)
	if err != nil {
		return nil, nil, err
	}
	if err := unix.SetNonblock(fd, true); err != nil {
		return nil, nil, err
	}
	return os.NewFile(uintptr(fd), "ptmx"), far, nil
}

func (s *session) setSize(w, h int) {
	s.t.Helper()
	conn, err := s.pty.SyscallConn()
	require.NoError(s.t, err)
	var failed error
	require.NoError(s.t, conn.Control(func(fd uintptr) {
		failed = unix.IoctlSetWinsize(int(fd), unix.TIOCSWINSZ, &unix.Winsize{Col: uint16(w), Row: uint16(h)})
	}))
	require.NoError(s.t, failed)
}

func (s *session) exec(env []string, args ...string) {
	s.t.Helper()
	s.execIn("", env, append([]string{binary}, args...)...)
}

// execIn runs any command in a directory.
func (s *session) execIn(dir string, env []string, command ...string) {
	s.t.Helper()
	s.cmd = exec.Command(command[0], command[1:]...)
	s.cmd.Env, s.cmd.Dir = env, dir
	s.cmd.Stdin, s.cmd.Stdout, s.cmd.Stderr = s.tty, s.tty, s.tty
	s.cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	require.NoError(s.t, s.cmd.Start())
	go func() {
		_ = s.cmd.Wait() // the status is looked at where it matters
		close(s.ended)
	}()
}

func (s *session) read() {
	defer close(s.drained)
	buf := make([]byte, 1<<16)
	for {
		n, err := s.pty.Read(buf)
		if n > 0 {
			s.mu.Lock()
			s.raw.Write(buf[:n])
			_, _ = s.model.Write(buf[:n]) // the model takes everything
			s.mu.Unlock()
			select {
			case s.changed <- struct{}{}:
			default:
			}
		}
		if err != nil { // EIO: nobody has the terminal open any more
			return
		}
	}
}

// close ends what still runs. No session may ever have shown the key.
func (s *session) close() {
	if s.cmd != nil {
		select {
		case <-s.ended:
		default:
			require.NoError(s.t, s.cmd.Process.Kill())
			<-s.ended
		}
	}
	s.finish()
	require.NotContains(s.t, s.raw.String(), sendcloudtest.DefaultKey, "the API key was on the screen")
	if s.t.Failed() {
		s.t.Logf("the last screen:\n%s", look(s.model))
	}
}

// finish waits for the last output of a program that has ended.
func (s *session) finish() {
	if err := s.tty.Close(); err != nil && !errors.Is(err, os.ErrClosed) {
		require.NoError(s.t, err)
	}
	<-s.drained
	if err := s.pty.Close(); err != nil && !errors.Is(err, os.ErrClosed) {
		require.NoError(s.t, err)
	}
}

func (s *session) now() screen {
	s.mu.Lock()
	defer s.mu.Unlock()
	return look(s.model)
}

func (s *session) bytes() []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	return bytes.Clone(s.raw.Bytes())
}

func (s *session) count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.raw.Len()
}

// send types keys. What follows an esc at once would be a key with alt: hands are
// slower.
func (s *session) send(keys string) {
	s.t.Helper()
	_, err := io.WriteString(s.pty, keys)
	require.NoError(s.t, err)
	if strings.HasSuffix(keys, "\x1b") {
		time.Sleep(100 * time.Millisecond)
	}
}

// wait waits until the screen is as it should be.
func (s *session) wait(what string, ok func(screen) bool) screen {
	s.t.Helper()
	return waitFor(s.t, what, s.now, ok, s.changed, s.ended)
}

// waitFor looks again after every change, and now and then where changes are
// not told.
func waitFor(t *testing.T, what string, now func() screen, ok func(screen) bool, changed, ended <-chan struct{}) screen {
	t.Helper()
	deadline := time.After(patience)
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for {
		shown := now()
		if ok(shown) {
			return shown
		}
		select {
		case <-changed:
		case <-tick.C:
		case <-ended:
			if shown = now(); !ok(shown) {
				require.FailNow(t, "the program ended before: "+what, "%s", shown)
			}
			return shown
		case <-deadline:
			require.FailNow(t, "not seen: "+what, "%s", shown)
		}
	}
}

func (s *session) waitText(text string) screen {
	s.t.Helper()
	return s.wait(text, func(now screen) bool { return now.contains(text) })
}

// waitRows waits for the first rows.
func (s *session) waitRows() screen {
	s.t.Helper()
	return s.wait("rows, one of them selected", func(now screen) bool { return now.selected() >= 0 })
}

// waitSelected waits until the selected row is this one.
func (s *session) waitSelected(r row) screen {
	s.t.Helper()
	return s.wait("selected: "+r.Recipients, func(now screen) bool {
		y := now.selected()
		return y >= 0 && now.column(y, r.Recipients) >= 0 && now.onlySelected(y)
	})
}

// waitEnd waits until the program has ended and all of its output is here.
func (s *session) waitEnd() int {
	s.t.Helper()
	select {
	case <-s.ended:
	case <-time.After(patience):
		require.FailNow(s.t, "the program does not end", "%s", s.now())
	}
	return s.cmd.ProcessState.ExitCode()
}

// resize changes the size of the terminal.
func (s *session) resize(w, h int) {
	s.t.Helper()
	s.mu.Lock()
	s.model.Resize(w, h)
	s.mu.Unlock()
	s.setSize(w, h)
}

// requireRestored fails unless the terminal is as it was before the program.
func (s *session) requireRestored() {
	s.t.Helper()
	after, err := unix.IoctlGetTermios(int(s.tty.Fd()), unix.TCGETS)
	require.NoError(s.t, err)
	require.Equal(s.t, s.before, after, "the terminal's settings")
	s.finish()
	require.False(s.t, look(s.model).alt, "still on the other screen")
	require.False(s.t, s.model.CursorHidden(), "the cursor is hidden")
	requireModesReset(s.t, s.bytes())
}

// quiet waits until the program has written nothing for a while: answers and
// timers that belong to what came before have had their time.
func (s *session) quiet() {
	s.t.Helper()
	s.quietFor(500 * time.Millisecond)
}

func (s *session) quietFor(while time.Duration) {
	s.t.Helper()
	deadline := time.After(patience)
	for {
		select {
		case <-s.changed:
		case <-time.After(while):
			return
		case <-deadline:
			require.FailNow(s.t, "the program writes without end", "%s", s.now())
		}
	}
}
