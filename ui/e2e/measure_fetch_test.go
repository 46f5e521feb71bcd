package e2e

import (
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// spent says what a program that has ended took.
func spent(cmd *exec.Cmd) (cpu time.Duration, megabytes int64) {
	used := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	return cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(), used.Maxrss >> 10
}

// TestMeasureFetch compares the processor time of the dashboard's fetch of
// every row with that of list --all, and then says how long keys take over
// these rows. ROWS sets how many there are.
func TestMeasureFetch(t *testing.T) {
	measuring(t)
	rows := 200_000
	if n, err := strconv.Atoi(os.Getenv("ROWS")); err == nil {
		rows = n
	}
	sim := simulate(t, "--records", strconv.Itoa(rows))
	asked := []string{"--days", "92", "--calls-per-minute", "3000"}

	var lines lineCount
	all := exec.Command(binary, append([]string{"list", "--all"}, asked...)...)
	all.Env, all.Stdout = environment(t, sim.credentials()...), &lines
	began := time.Now()
	require.NoError(t, all.Run())
	cpu, memory := spent(all)
	t.Logf("measure: list --all: %d rows in %.1fs, %.1fs of CPU, %d MB", lines, time.Since(began).Seconds(), cpu.Seconds(), memory)

	s := start(t, 120, 40, environment(t, sim.credentials()...), asked...)
	s.waitRows()
	began = time.Now()
	s.send("a")
	s.waitText("Fetch ")
	s.send("\r")
	for deadline := began.Add(20 * time.Minute); !s.now().contains("all " + grouped(int(lines)) + " rows"); {
		require.True(t, time.Now().Before(deadline), "%s", s.now())
		time.Sleep(time.Second)
	}
	took := time.Since(began)
	var keys []string
	for _, press := range []struct{ name, keys string }{
		{"/", "/"}, {"first letter", "2"}, {"second", "0"}, {"third", "3"}, {"esc", "\x1b"}, {"j", "j"}, {"G", "G"}, {"g", "g"},
		{"s", "s"}, {"esc", "\x1b"}, {"v", "v"}, {"esc", "\x1b"}, {"t", "t"}, {"esc", "\x1b"}, {"*", "*"}, {"u", "u"}, {"i", "i"}, {"esc", "\x1b"},
	} {
		first, last := s.answer(press.keys)
		keys = append(keys, press.name+" "+strconv.Itoa(int(first.Milliseconds()))+"/"+strconv.Itoa(int(last.Milliseconds())))
	}
	s.send("\x03")
	s.waitEnd()
	cpu, memory = spent(s.cmd)
	t.Logf("measure: dashboard: %d rows in %.1fs, %.1fs of CPU, %d MB", lines, took.Seconds(), cpu.Seconds(), memory)
	t.Logf("measure: ms from a key to the first and the last output it causes: %s", strings.Join(keys, ", "))
}

// answer types keys, and tells when the first and the last output came before
// half a second of silence.
func (s *session) answer(keys string) (first, last time.Duration) {
	s.t.Helper()
	s.quiet()
	began := time.Now()
	_, err := s.pty.WriteString(keys)
	require.NoError(s.t, err)
	for {
		select {
		case <-s.changed:
			if last = time.Since(began); first == 0 {
				first = last
			}
		case <-time.After(500 * time.Millisecond):
			return first, last
		}
	}
}
