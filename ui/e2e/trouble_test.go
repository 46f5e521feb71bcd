package e2e

import (
	"net"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestNoNetwork(t *testing.T) {
	t.Parallel()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	nobody := "http://" + listener.Addr().String() + "/apiv2"
	require.NoError(t, listener.Close())
	env := environment(t, "SENDCLOUD_BASE_URL="+nobody, "SENDCLOUD_API_USER=u", "SENDCLOUD_API_KEY=not-on-any-screen")
	s := start(t, 100, 30, env)
	s.waitText("loading")
	s.send("?") // keys act meanwhile
	s.waitText("In the table")
	s.send("\x1b")
	s.wait("stopped or an error", func(now screen) bool { return !now.contains("In the table") })
	s.send("\x1b")
	s.waitText("stopped")
	s.send("q")
	require.Zero(t, s.waitEnd())
	s.requireRestored()
	require.NotContains(t, string(s.bytes()), "not-on-any-screen")
}

// Rows of the last answer stay on the screen, with their age.
func TestRowsStayAfterAnError(t *testing.T) {
	t.Parallel()
	sim := simulate(t)
	rows := failures(t, sim, 0)
	s := start(t, 120, 40, environment(t, sim.credentials()...))
	s.waitSelected(rows[0])
	s.send("j")
	s.waitSelected(rows[1])
	sim.stop()
	s.send("r")
	now := s.wait("an error", func(now screen) bool { return strings.Contains(now.words(), "r tries again") })
	require.Contains(t, now.words(), "The rows are those of ", "no age")
	require.Len(t, now.rows(), 18, "%s", now)
	require.GreaterOrEqual(t, now.column(now.selected(), rows[1].Recipients), 0, "the selection moved\n%s", now)
	now.requireOneSelected(t)
	s.send("q")
	require.Zero(t, s.waitEnd())
}

// A key acts whatever the network does, and esc ends the call itself.
func TestSlowService(t *testing.T) {
	t.Parallel()
	sim := simulate(t, "--latency", "3s")
	s := start(t, 120, 40, environment(t, sim.credentials()...))
	s.waitText("loading")
	s.send("f")
	s.waitText("apiUserList")
	s.send("\x1b")
	s.wait("the table again", func(now screen) bool { return !now.contains("apiUserList") })
	require.Empty(t, s.now().rows(), "the answer was to be slower than the keys")
	s.send("\x1b")
	now := s.waitText("stopped")
	require.Empty(t, now.rows())
	s.send("r")
	s.waitText("loading")
	s.waitRows()
}

// Nothing in a reply reaches the terminal but text, and every row keeps its
// columns, as the terminal model and as tmux draw them.
func TestHostileText(t *testing.T) {
	t.Parallel()
	sim := simulate(t, "--fault", "hostile=1", "--records", "20000")
	for _, args := range [][]string{{"--status", "invalid,soft_bounce"}, {"--ascii", "--lang", "zh", "--days", "30"}} {
		s := start(t, 140, 45, environment(t, sim.credentials()...), args...)
		s.waitRows()
		for range 6 {
			s.send("\x04") // ctrl+d
			s.quiet()
			now := s.now()
			requireAligned(t, now)
			now.requireSelectedOnce(t)
		}
		for range 80 { // the detail of each kind
			s.send("\x1b")
			s.send("j\r")
			s.quietFor(150 * time.Millisecond)
		}
		s.send("q")
		require.Zero(t, s.waitEnd())
		s.requireRestored()
		requireNoQuestion(t, s.bytes())
		requireOnlyOurs(t, s.bytes())
	}
}

func TestHostileTextInTmux(t *testing.T) {
	t.Parallel()
	sim := simulate(t, "--fault", "hostile=1", "--records", "20000")
	p := window(t, 140, 45, environment(t, sim.credentials()...), binary)
	p.waitRows()
	for range 5 {
		now := p.now()
		requireAligned(t, now)
		now.requireSelectedOnce(t)
		top := now.line(3)
		p.keys("PageDown")
		p.wait("other rows", func(now screen) bool { return now.selected() >= 0 && now.line(3) != top })
	}
	require.Empty(t, p.run("list-buffers"), "a reply wrote to tmux's buffer")
	require.NotContains(t, p.run("display", "-p", "#{pane_title}"), "owned")
	p.keys("q")
	require.Equal(t, "0", p.left())
}
