package e2e

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// A terminal may answer no question, and a slow line delivers the answer late:
// none is asked. In tmux this would prove nothing, nobody asks there.
func TestNoQuestionToTheTerminal(t *testing.T) {
	t.Parallel()
	for _, term := range []string{"xterm-256color", "xterm", "xterm-kitty", "rxvt-unicode-256color"} {
		s := start(t, 120, 40, environment(t, "TERM="+term, "COLORTERM=truecolor"), "--demo")
		s.waitRows()
		s.send("j\r?")
		s.waitText("half a window")
		s.send("\x1b")
		s.wait("no help", func(now screen) bool { return !now.contains("half a window") })
		s.send("f")
		s.waitText("apiUserList")
		s.send("\x03")
		require.Zero(t, s.waitEnd())
		s.requireRestored()
		requireNoQuestion(t, s.bytes())
	}
}

func TestFirstScreen(t *testing.T) {
	t.Parallel()
	sim := simulate(t)
	rows := failures(t, sim, 0)
	s := start(t, 120, 40, environment(t, sim.credentials()...))
	now := s.waitRows()
	now.requireOneSelected(t)
	for i, y := range now.rows() {
		require.GreaterOrEqual(t, now.column(y, rows[i].Recipients), 0, "row %d is not %s\n%s", i, rows[i].Recipients, now)
	}
	require.Contains(t, now.line(0), "127.0.0.1", "the header names the host")
	require.True(t, now.contains("as of "), "no age\n%s", now)
	// The detail of the first row stands below, with its id.
	s.wait("the email id of the first row", func(now screen) bool { return now.contains(rows[0].EmailID) })
}

func TestFirstScreenOfTheDemo(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{80, 24}, {120, 40}, {200, 60}} {
		for lang, head := range map[string]string{"en": "recipient", "zh": "收件人"} {
			s := start(t, size[0], size[1], environment(t), "--demo", "--lang", lang)
			now := s.waitRows()
			now.requireOneSelected(t)
			y := now.find(head)
			require.GreaterOrEqual(t, y, 0, "no head of the table\n%s", now)
			x := now.column(y, head)
			for _, y := range now.rows() {
				require.NotEqual(t, " ", now.cells[y][x].Content, "line %d: the recipient does not stand below its head\n%s", y, now)
				require.Equal(t, " ", now.cells[y][x-1].Content, "line %d\n%s", y, now)
			}
		}
	}
}

func TestKeysTypedBeforeTheFirstFrame(t *testing.T) {
	t.Parallel()
	sim := simulate(t)
	rows := failures(t, sim, 0)
	for _, keys := range []string{"\x1b[B\x1b[B\x1b[B", "jjj"} {
		s := begin(t, 120, 40)
		s.send(keys) // the kernel keeps them until somebody reads
		s.exec(environment(t, sim.credentials()...))
		s.waitSelected(rows[3]).requireOneSelected(t)
	}
	slow := simulate(t, "--latency", "1s")
	s := start(t, 120, 40, environment(t, slow.credentials()...))
	s.waitText("loading")
	s.send("j")
	s.send("jj")
	s.waitSelected(failures(t, slow, 0)[3]).requireOneSelected(t)
}

func TestKeysThatArriveTogether(t *testing.T) {
	t.Parallel()
	sim := simulate(t)
	rows := failures(t, sim, 0)
	s := start(t, 120, 40, environment(t, sim.credentials()...))
	s.waitRows()
	s.send("jjjjjjjjjjjjjjjjjjjj")
	s.waitSelected(rows[20]).requireOneSelected(t)
	s.send("kkkkk")
	s.waitSelected(rows[15])
	s.send("Gg")
	s.waitSelected(rows[0])
}
