package e2e

import (
	"os"
	"os/exec"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestLeaving(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		end    func(*session)
		status int
	}{
		{"q", func(s *session) { s.send("q") }, 0},
		{"full-width q", func(s *session) { s.send("ｑ") }, 0},
		{"ctrl+c", func(s *session) { s.send("\x03") }, 0},
		{"ctrl+c in the form", func(s *session) { s.send("f"); s.waitText("apiUserList"); s.send("q\x03") }, 0},
		{"SIGTERM", func(s *session) { s.signal(syscall.SIGTERM) }, 143},
		{"SIGHUP", func(s *session) { s.signal(syscall.SIGHUP) }, 129},
		{"SIGINT", func(s *session) { s.signal(syscall.SIGINT) }, 130},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := start(t, 100, 30, environment(t), "--demo")
			s.waitRows()
			c.end(s)
			require.Equal(t, c.status, s.waitEnd())
			s.requireRestored()
		})
	}
}

// Output that cannot be written is an error; output that nobody wants is none.
func TestOutputThatCannotBeWritten(t *testing.T) {
	t.Parallel()
	if _, err := os.Stat("/proc/self/fdinfo/1"); err != nil {
		t.Skip("only Linux tells")
	}
	for to, failed := range map[string]bool{">&-": true, ">/dev/full": true, ">/dev/null": false} {
		cmd := exec.CommandContext(t.Context(), "sh", "-c", `"$0" --help `+to+`; exit $?`, binary)
		cmd.Env = environment(t)
		said, err := cmd.CombinedOutput()
		require.Equal(t, failed, err != nil, "%s: %s", to, said)
		require.Equal(t, failed, len(said) > 0, "%s: %s", to, said)
	}
	cmd := exec.CommandContext(t.Context(), "sh", "-c", `"$0" --help; exit $?`, binary) // as cron and daemons start a script
	cmd.Env = environment(t)
	null, err := os.OpenFile(os.DevNull, os.O_RDWR, 0)
	require.NoError(t, err)
	defer null.Close()
	cmd.Stdout = null
	require.NoError(t, cmd.Run())
}

func (s *session) signal(sig syscall.Signal) {
	s.t.Helper()
	require.NoError(s.t, s.cmd.Process.Signal(sig))
}

// Signals act also while an answer is waited for.
func TestLeavingWhileLoading(t *testing.T) {
	t.Parallel()
	sim := simulate(t, "--latency", "1m")
	for name, c := range map[string]struct {
		end    func(*session)
		status int
	}{
		"q":       {func(s *session) { s.send("q") }, 0},
		"SIGTERM": {func(s *session) { s.signal(syscall.SIGTERM) }, 143},
	} {
		t.Run(name, func(t *testing.T) {
			s := start(t, 100, 30, environment(t, sim.credentials()...))
			s.waitText("loading")
			c.end(s)
			require.Equal(t, c.status, s.waitEnd())
			s.requireRestored()
		})
	}
}

// The line is gone: nobody reads any more, and the program must not stay.
func TestTheTerminalGoesAway(t *testing.T) {
	t.Parallel()
	s := start(t, 100, 30, environment(t), "--demo")
	s.waitRows()
	require.NoError(t, s.tty.Close())
	require.NoError(t, s.pty.Close())
	require.Equal(t, 129, s.waitEnd())
}

func TestNoTerminal(t *testing.T) {
	t.Parallel()
	out, errOut, status := command(t, environment(t), nil, "--demo")
	require.Equal(t, 2, status)
	require.Empty(t, out)
	require.Regexp(t, `^bounceboard: [^\n]+\n$`, errOut)
}

func TestNoCredentials(t *testing.T) {
	t.Parallel()
	s := start(t, 100, 30, environment(t))
	require.Equal(t, 2, s.waitEnd())
	s.requireRestored()
	require.Contains(t, string(s.bytes()), "--demo")
}
