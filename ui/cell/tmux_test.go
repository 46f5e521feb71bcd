package cell

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// reportEnv names the file to which this test binary, started again inside
// tmux, writes what the terminal says.
const reportEnv = "CELL_TMUX_REPORT"

func TestMain(m *testing.M) {
	if report := os.Getenv(reportEnv); report != "" {
		if err := askTerminal(report); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

const tmuxColumns = 60

// askTerminal draws each text of the corpus and asks the terminal where the
// cursor is behind it.
func askTerminal(report string) error {
	raw := exec.Command("stty", "raw", "-echo")
	raw.Stdin = os.Stdin
	if err := raw.Run(); err != nil {
		return err
	}
	answers := bufio.NewReader(os.Stdin)
	var out strings.Builder
	for _, s := range corpus {
		for _, text := range []string{Style{}.Fit(s, tmuxColumns), Style{}.Cut(s, tmuxColumns)} {
			fmt.Printf("\r\x1b[K%s\x1b[6n", text)
			answer, err := answers.ReadString('R') // ESC [ row ; column R
			if err != nil {
				return err
			}
			_, column, _ := strings.Cut(strings.TrimSuffix(answer, "R"), ";")
			fmt.Fprintln(&out, column)
		}
	}
	return os.WriteFile(report, []byte(out.String()), 0o600)
}

func TestTmuxDrawsWhatWasMeasured(t *testing.T) {
	tmux, err := exec.LookPath("tmux")
	if err != nil && os.Getenv("CI") == "" {
		t.Skip("tmux is not installed")
	}
	require.NoError(t, err, "tmux is required in CI")
	self, err := os.Executable()
	require.NoError(t, err)
	dir, err := os.MkdirTemp("", "cell") // t.TempDir is too long for a socket
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, os.RemoveAll(dir)) })
	report := filepath.Join(dir, "report")

	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	run := exec.CommandContext(ctx, tmux, "-u", "-f", "/dev/null", "-S", filepath.Join(dir, "socket"), "-C",
		"new-session", "-x", "100", "-y", "10", self)
	run.Env = append(os.Environ(), reportEnv+"="+report, "LC_ALL=C.UTF-8", "TMUX=")
	_, err = run.StdinPipe() // the control client ends with its input; Wait closes it
	require.NoError(t, err)
	t.Cleanup(func() { // an error says that the server has ended with its session, as it should
		_ = exec.Command(tmux, "-S", filepath.Join(dir, "socket"), "kill-server").Run()
	})
	output, err := run.CombinedOutput() // until the session's only program is done
	require.NoError(t, err, "%s", output)

	written, err := os.ReadFile(report)
	require.NoError(t, err, "%s", output)
	columns := strings.Fields(string(written))
	require.Len(t, columns, 2*len(corpus))
	for i, s := range corpus {
		fit, cut := Style{}.Fit(s, tmuxColumns), Style{}.Cut(s, tmuxColumns)
		require.Equal(t, strconv.Itoa(tmuxColumns+1), columns[2*i], "Fit(%+q) = %q", s, fit)
		require.Equal(t, strconv.Itoa(Width(cut)+1), columns[2*i+1], "Cut(%+q) = %q", s, cut)
	}
}
