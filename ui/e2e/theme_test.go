package e2e

import (
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"
)

// The selection has to be seen in every theme and on every terminal, also
// those on which detection finds no colour.
func TestSelectionIsSeen(t *testing.T) {
	t.Parallel()
	sim := simulate(t)
	rows := failures(t, sim, 0)
	for _, c := range []struct {
		name string
		env  []string
		args []string
		mono bool
	}{
		{name: "dark", args: []string{"--theme", "dark"}},
		{name: "light", args: []string{"--theme", "light"}},
		{name: "mono", args: []string{"--theme", "mono"}, mono: true},
		{name: "ascii", args: []string{"--ascii"}},
		{name: "NO_COLOR", env: []string{"NO_COLOR=1"}, mono: true},
		{name: "screen", env: []string{"TERM=screen"}},
		{name: "vt100", env: []string{"TERM=vt100"}},
		{name: "tmux", env: []string{"TERM=tmux-256color"}},
		{name: "linux", env: []string{"TERM=linux"}},
		{name: "CLICOLOR=0", env: []string{"CLICOLOR=0"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := start(t, 120, 40, append(environment(t, sim.credentials()...), c.env...), c.args...)
			s.waitRows().requireOneSelected(t)
			s.send("jj")
			s.waitSelected(rows[2]).requireOneSelected(t)
			s.send("G")
			s.wait("the last row", func(now screen) bool {
				ys := now.rows()
				return len(ys) > 0 && now.selected() == ys[len(ys)-1]
			}).requireOneSelected(t)
			if c.mono {
				require.NotRegexp(t, colour, string(s.bytes()), "a colour without being asked for")
			}
			if c.name == "ascii" {
				require.NotRegexp(t, regexp.MustCompile(`[…·–─▌│✗↩✓⋯“”‘’×→←↑↓]`), s.now().String(), "marks that some terminals draw two columns wide")
			}
		})
	}
}

// colour is an SGR sequence with a colour in it.
var colour = regexp.MustCompile(`\x1b\[(?:[0-9]+;)*(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:;[0-9]+)*m`)
