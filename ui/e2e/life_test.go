package e2e

import (
	"bytes"
	"io"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"
)

// In a shell that ignores SIGHUP nobody tells that the line is gone.
func TestTheTerminalGoesAwayWithoutASignal(t *testing.T) {
	t.Parallel()
	sim := simulate(t, "--latency", "1m")
	for name, env := range map[string][]string{"idle": environment(t), "loading": environment(t, sim.credentials()...)} {
		t.Run(name, func(t *testing.T) {
			s := begin(t, 100, 30)
			args := []string{"sh", "-c", `trap "" HUP; exec "$@"`, "sh", binary}
			if name == "idle" {
				args = append(args, "--demo")
			}
			s.execIn("", env, args...)
			s.waitText("bounceboard")
			require.NoError(t, s.tty.Close())
			require.NoError(t, s.pty.Close())
			require.Equal(t, 129, s.waitEnd())
		})
	}
}

// A terminal that is not read takes nothing more; the program ends all the same.
func TestLeavingWhileNobodyReads(t *testing.T) {
	t.Parallel()
	s := start(t, 100, 30, environment(t), "--demo")
	s.waitRows()
	s.mu.Lock()         // who reads the terminal waits for it
	for last := -1; ; { // until no more fits
		s.send("jjjjkkkk\x0c")
		time.Sleep(100 * time.Millisecond)
		n := s.ask(unix.TIOCINQ)
		if n > 0 && n == last {
			break
		}
		last = n
	}
	s.signal(syscall.SIGTERM)
	select {
	case <-s.ended:
	case <-time.After(patience):
	}
	s.mu.Unlock()
	require.Equal(t, 143, s.waitEnd())
	s.requireRestored()
}

func TestQuitSignalShowsItsStackOnTheTerminalAsItWas(t *testing.T) {
	t.Parallel()
	s := start(t, 100, 30, environment(t), "--demo")
	s.waitRows()
	s.signal(syscall.SIGQUIT)
	require.Equal(t, 131, s.waitEnd())
	s.finish()
	before, stack, found := bytes.Cut(s.bytes(), []byte("SIGQUIT"))
	require.True(t, found)
	require.Contains(t, string(before), "\x1b[?1049l")
	require.Contains(t, string(stack), "goroutine ")
}

// From outside as with ctrl+z: the shell gets its terminal back.
func TestStoppedFromOutside(t *testing.T) {
	t.Parallel()
	s := begin(t, 100, 30)
	s.execIn("", environment(t), "bash", "-c", `set -m; "$0" --demo; echo "STOPPED $?"; read -r line; fg >/dev/null; echo "ENDED $?"`, binary)
	s.waitRows()
	group := s.ask(unix.TIOCGPGRP)
	require.NoError(t, unix.Kill(-group, unix.SIGTSTP))
	now := s.waitText("STOPPED 147")
	require.False(t, now.alt)
	modes, err := unix.IoctlGetTermios(int(s.tty.Fd()), unix.TCGETS)
	require.NoError(t, err)
	require.Equal(t, s.before.Lflag, modes.Lflag)
	s.send("\n")
	s.waitRows()
	s.send("j")
	s.wait("the second row", func(now screen) bool {
		ys := now.rows()
		return len(ys) > 1 && now.selected() == ys[1]
	})
	s.send("q")
	require.Zero(t, s.waitEnd())
	s.finish()
	require.Contains(t, string(s.bytes()), "ENDED 0")
}

// Something else wrote to the terminal.
func TestRedraw(t *testing.T) {
	t.Parallel()
	s := start(t, 100, 30, environment(t), "--demo")
	s.waitRows()
	for _, open := range []string{"j", "f", "?", "/"} {
		if open != "j" {
			s.send("\x1b")
			s.quiet()
		}
		s.send(open)
		s.quiet()
		shown := s.now().String()
		s.mu.Lock()
		_, _ = s.model.Write([]byte("\x1b[5;5Hbroadcast message\r\n\x1b[7mfrom root\r\n"))
		s.mu.Unlock()
		s.send("\x0c")
		s.wait("the screen as it was", func(now screen) bool { return now.String() == shown })
	}
}

// The terminal's cursor is where one types, and on the selected row.
func TestCursor(t *testing.T) {
	t.Parallel()
	s := start(t, 100, 30, environment(t), "--demo", "--lang", "zh")
	s.waitRows()
	s.send("jjj")
	s.wait("the cursor on the selected row", func(now screen) bool {
		return s.cursorAt() == now.selected() && now.selected() == now.rows()[3]
	})
	s.send("f")
	s.waitText("apiUserList")
	s.send("林@qq.com")
	s.wait("the cursor behind what is typed", func(now screen) bool {
		y := now.find("林@qq.com")
		return y >= 0 && s.cursorAt() == y && s.cursorColumn() == now.column(y, "林@qq.com")+9
	})
	s.send("\x1b")
	s.waitRows()
	s.send("/退信")
	s.wait("the cursor behind the filter", func(now screen) bool {
		return s.cursorAt() == now.h-1 && s.cursorColumn() == now.column(now.h-1, "退信")+4
	})
}

// cursorAt is the line of the terminal's cursor, -1 while it is hidden.
func (s *session) cursorAt() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.model.CursorHidden() {
		return -1
	}
	return s.model.CursorPosition().Y
}

func (s *session) cursorColumn() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.model.CursorPosition().X
}

// ask asks the near side of the terminal for a number.
func (s *session) ask(request uint) (n int) {
	s.t.Helper()
	conn, err := s.pty.SyscallConn()
	require.NoError(s.t, err)
	var failed error
	require.NoError(s.t, conn.Control(func(fd uintptr) { n, failed = unix.IoctlGetInt(int(fd), request) }))
	require.NoError(s.t, failed)
	return n
}

// What a person types and a terminal answers, in the pieces in which a slow line
// brings them.
func TestKeysInPieces(t *testing.T) {
	t.Parallel()
	s := start(t, 100, 30, environment(t), "--demo")
	s.waitRows()
	pieces := func(of ...string) {
		for _, p := range of {
			_, err := io.WriteString(s.pty, p)
			require.NoError(t, err)
			time.Sleep(15 * time.Millisecond)
		}
	}
	for _, answer := range []string{"\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\", "\x1bP>|WezTerm 20240203\x1b\\", "\x1b[?62;22c", "\x1b[<0;10;20M", "\x1b[12;40R"} {
		for cut := 1; cut < len(answer); cut += 3 {
			pieces(answer[:cut], answer[cut:])
		}
	}
	pieces("\x1b", "[B", "\x1b[", "B")
	s.wait("the third row", func(now screen) bool {
		ys := now.rows()
		return len(ys) > 2 && now.selected() == ys[2]
	})
	s.send("f")
	s.waitText("apiUserList")
	pieces("\x15", "\xe4", "\xb8\xad", "\x1b", "[D", "\x1bq", "x\x1b[200~ab")
	s.wait("what was typed, as it was typed", func(now screen) bool { return now.contains("x中") })
	pieces("\x03") // acts in a paste without an end
	require.Zero(t, s.waitEnd())
	s.requireRestored()
}

// A terminal may not know its size, or tell one that nobody can see.
func TestSizesThatAreNone(t *testing.T) {
	t.Parallel()
	for size, drawn := range map[[2]int][2]int{{0, 0}: {80, 24}, {9999, 9999}: {500, 200}} {
		s := begin(t, drawn[0], drawn[1])
		s.setSize(size[0], size[1])
		s.exec(environment(t), "--demo")
		s.waitRows()
		require.NotEmpty(t, s.now().line(drawn[1]-1), "no keys at the bottom of %v", size)
		s.send("q")
		require.Zero(t, s.waitEnd())
	}
}
