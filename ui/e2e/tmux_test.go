package e2e

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/charmbracelet/x/vt"
	"github.com/stretchr/testify/require"
)

// pane is a pane of a tmux server of its own.
type pane struct {
	t      *testing.T
	tmux   string
	socket string
	w, h   int
	env    []string
}

// window runs a command in a tmux of its own, with no shell to go back to. When
// it has ended its status stands on the screen: tmux does not always get to
// know it.
func window(t *testing.T, w, h int, env []string, command string) *pane {
	t.Helper()
	tmux, err := exec.LookPath("tmux")
	if err != nil && os.Getenv("CI") == "" {
		t.Skip("tmux is not installed: end-to-end tests in tmux are skipped")
	}
	require.NoError(t, err, "tmux is required where CI is set")
	dir, err := os.MkdirTemp("", "bb") // t.TempDir is too long for a socket
	require.NoError(t, err)
	p := &pane{t: t, tmux: tmux, socket: filepath.Join(dir, "s"), w: w, h: h, env: append(env, "TERM=xterm-256color")}
	settings := filepath.Join(dir, "conf")
	require.NoError(t, os.WriteFile(settings, []byte(`
set -g default-terminal tmux-256color
set -g status off
set -s escape-time 10
set -g set-clipboard on
`), 0o600))
	t.Cleanup(func() {
		_ = exec.Command(tmux, "-S", p.socket, "kill-server").Run() // it may have ended by itself
		require.NoError(t, os.RemoveAll(dir))
	})
	size := []string{"-x", itoa(w), "-y", itoa(h)}
	p.run(append(append([]string{"-u", "-f", settings, "new-session", "-d"}, size...), command+"; echo status=$?; exec sleep 1000")...)
	return p
}

// run runs a command of tmux and returns what it writes.
func (p *pane) run(args ...string) string {
	p.t.Helper()
	cmd := exec.Command(p.tmux, append([]string{"-S", p.socket}, args...)...)
	cmd.Env = p.env
	out, err := cmd.CombinedOutput()
	require.NoError(p.t, err, "tmux %v: %s", args, out)
	return string(out)
}

// now is what tmux shows, attributes included.
func (p *pane) now() screen {
	p.t.Helper()
	model := vt.NewEmulator(p.w, p.h)
	shown := strings.TrimRight(p.run("capture-pane", "-p", "-e", "-N"), "\n")
	_, err := model.WriteString(strings.ReplaceAll(shown, "\n", "\x1b[0m\r\n"))
	require.NoError(p.t, err)
	return look(model)
}

func (p *pane) wait(what string, ok func(screen) bool) screen {
	p.t.Helper()
	return waitFor(p.t, what, p.now, ok, nil, nil)
}

func (p *pane) waitText(text string) screen {
	p.t.Helper()
	return p.wait(text, func(now screen) bool { return now.contains(text) })
}

func (p *pane) waitRows() screen {
	p.t.Helper()
	return p.wait("rows, one of them selected", func(now screen) bool { return now.selected() >= 0 })
}

func (p *pane) waitSelected(r row) screen {
	p.t.Helper()
	return p.wait("selected: "+r.Recipients, func(now screen) bool {
		y := now.selected()
		return y >= 0 && now.column(y, r.Recipients) >= 0
	})
}

// keys presses keys by tmux's names for them.
func (p *pane) keys(names ...string) {
	p.t.Helper()
	p.run(append([]string{"send-keys"}, names...)...)
}

// left waits until the pane's command has ended, and returns its status.
func (p *pane) left() string {
	p.t.Helper()
	now := p.waitText("status=")
	_, status, _ := strings.Cut(now.String(), "status=")
	return strings.TrimSpace(status)
}
