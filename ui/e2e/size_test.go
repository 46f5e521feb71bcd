package e2e

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// From any size to any other: no panic, and the end looks as if the program
// had started there.
func TestResizeFromAnythingToAnything(t *testing.T) {
	t.Parallel()
	sim := simulate(t)
	rows := failures(t, sim, 0)
	for name, keys := range map[string]string{"table": "jj", "detail": "jj\r", "form": "f", "help": "?"} {
		t.Run(name, func(t *testing.T) {
			s := start(t, 120, 40, environment(t, sim.credentials()...), "--lang", "zh")
			s.waitRows()
			s.send(keys)
			random := rand.New(rand.NewPCG(1, uint64(len(keys)))) //nolint:gosec // the same sizes every time
			for range 30 {
				w, h := 20+random.IntN(181), 5+random.IntN(56)
				s.resize(w, h)
				if w >= 60 && h >= 15 {
					s.wait("the header at the new size", func(now screen) bool {
						return strings.HasPrefix(now.line(0), " bounceboard") && now.line(h-1) != ""
					})
				} else {
					s.wait("one sentence", func(now screen) bool {
						return strings.Contains(strings.ReplaceAll(now.words(), " ", ""), "窗口太小")
					})
				}
			}
			s.resize(100, 32)
			s.wait("the header at the last size", func(now screen) bool { return strings.HasPrefix(now.line(0), " bounceboard") })
			s.send("\x1b")
			if name == "detail" {
				s.send("\x1b")
			}
			s.quiet()
			s.waitSelected(map[bool]row{true: rows[2], false: rows[0]}[strings.HasPrefix(keys, "jj")]).requireOneSelected(t)
			s.send("q")
			require.Zero(t, s.waitEnd())
			s.requireRestored()
		})
	}
}

func TestTooSmall(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{59, 24}, {80, 14}, {20, 5}, {1, 1}, {2, 1}, {300, 4}} {
		s := start(t, size[0], size[1], environment(t), "--demo")
		if size[0] >= 20 {
			now := s.wait("one sentence", func(now screen) bool { return strings.Contains(now.words(), "too small") })
			require.NotContains(t, now.String(), "@", "nothing but the sentence\n%s", now)
		}
		s.send("j\r?")
		s.resize(80, 24)
		s.wait("rows or help after enlarging", func(now screen) bool { return strings.HasPrefix(now.line(0), " bounceboard") })
		s.resize(size[0], size[1])
		s.send("\x03")
		require.Zero(t, s.waitEnd(), "%v", size)
		s.requireRestored()
	}
}
