package e2e

import (
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func itoa(n int) string { return strconv.Itoa(n) }

// Under a shell with job control ctrl+z goes back to it and fg returns.
func TestSuspendUnderAShell(t *testing.T) {
	t.Parallel()
	sim := simulate(t)
	rows := failures(t, sim, 0)
	p := window(t, 100, 30, environment(t, sim.credentials()...), "PS1='ready> ' bash --norc --noprofile -i")
	p.waitText("ready>")
	p.keys(binary, "Enter")
	p.waitSelected(rows[0])
	for range 2 {
		p.keys("C-z")
		p.wait("the shell", func(now screen) bool { return now.contains("Stopped") && !now.contains("recipient") })
		p.keys("stty -a", "Enter") // the shell's terminal is a cooked one
		now := p.waitText("icanon")
		require.NotContains(t, now.String(), "-icanon")
		require.NotContains(t, now.String(), "-echo ")
		p.keys("clear; fg", "Enter")
		p.waitSelected(rows[0]).requireOneSelected(t)
	}
	p.keys("j", "j")
	p.waitSelected(rows[2])
	p.keys("q")
	p.wait("the shell", func(now screen) bool { return !now.contains("recipient") })
	p.keys("echo status=$?", "Enter")
	p.waitText("status=0")
}

// Where no shell waits, ctrl+z would hang for good.
func TestSuspendWithoutAShell(t *testing.T) {
	t.Parallel()
	p := window(t, 100, 30, environment(t), binary+" --demo")
	p.waitRows()
	p.keys("C-z")
	p.waitText("no shell to go back to")
	p.keys("j")
	p.wait("the second row", func(now screen) bool {
		ys := now.rows()
		return len(ys) > 1 && now.selected() == ys[1]
	})
	p.keys("q")
	require.Equal(t, "0", p.left())

	s := start(t, 100, 30, environment(t), "--demo")
	s.waitRows()
	s.send("\x1a")
	s.waitText("no shell to go back to")
	s.send("q")
	require.Zero(t, s.waitEnd())
	s.requireRestored()
}

func TestCopyInsideTmux(t *testing.T) {
	t.Parallel()
	sim := simulate(t)
	rows := failures(t, sim, 0)
	p := window(t, 120, 40, environment(t, sim.credentials()...), binary)
	p.waitSelected(rows[0])
	for _, c := range []struct{ key, want string }{
		{"a", rows[0].Recipients}, {"e", rows[0].EmailID}, {"r", rows[0].SendLog},
	} {
		p.copy(c.key)
		p.wait("in tmux's buffer: "+c.want, func(screen) bool {
			return p.run("list-buffers") != "" && p.run("show-buffer") == c.want
		})
		p.waitText("sent through tmux")
	}
	p.copy("j")
	p.wait("JSON in tmux's buffer", func(screen) bool {
		return strings.HasPrefix(p.run("show-buffer"), `{"emailId":"`+rows[0].EmailID)
	})
	require.Equal(t, rows[0].Recipients, p.run("show-buffer", "-b", "buffer0"), "copies are kept as buffers of their own")
}

// copy presses y and then what, each on its own: together they would be a
// paste.
func (p *pane) copy(what string) {
	p.t.Helper()
	p.keys("y")
	p.waitText("row as JSON")
	p.keys(what)
	p.wait("the menu is gone", func(now screen) bool { return !now.contains("row as JSON") || now.contains("row as JSON (") })
}

// tmux draws what was meant: rows and columns, selection, resizing.
func TestDashboardInTmux(t *testing.T) {
	t.Parallel()
	sim := simulate(t)
	rows := failures(t, sim, 0)
	for _, lang := range []string{"en", "zh"} {
		p := window(t, 80, 24, environment(t, sim.credentials()...), binary+" --lang "+lang)
		now := p.waitSelected(rows[0])
		now.requireOneSelected(t)
		requireAligned(t, now)
		p.keys("-N", "12", "j")
		now = p.waitSelected(rows[12])
		now.requireOneSelected(t)
		requireAligned(t, now)
		for _, size := range [][2]int{{200, 50}, {60, 15}, {161, 16}, {120, 40}} {
			p.w, p.h = size[0], size[1]
			p.run("resize-window", "-x", itoa(p.w), "-y", itoa(p.h))
			now = p.wait("rows at the new size", func(now screen) bool {
				at := now.selected()
				return at >= 0 && now.column(at, rows[12].Recipients[:6]) >= 0 && now.line(p.h-1) != "" &&
					strings.HasPrefix(now.line(0), " bounceboard")
			})
			now.requireOneSelected(t)
			requireAligned(t, now)
		}
		p.keys("q")
		require.Equal(t, "0", p.left())
	}
}

// requireAligned fails unless the request time stands in the same column on
// every row, below its head.
func requireAligned(t *testing.T, now screen) {
	t.Helper()
	head := now.column(2, "requested")
	if head < 0 {
		head = now.column(2, "请求时间")
	}
	require.Positive(t, head, "no head of the table\n%s", now)
	rows := now.rows()
	require.NotEmpty(t, rows, "%s", now)
	for _, y := range rows {
		require.Regexp(t, `^\d\d-\d\d \d\d:\d\d$`, now.between(y, head, head+11), "line %d is out of its columns\n%s", y, now)
	}
}
