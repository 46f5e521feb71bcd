package e2e

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// The line may be narrow: design.md section 5 says how many bytes may go out.
func TestBytesOfMoving(t *testing.T) {
	t.Parallel()
	sim := simulate(t, "--records", "100000")
	rows := append(failures(t, sim, 0), failures(t, sim, 100)...)
	rows = append(rows, failures(t, sim, 200)...)
	for _, c := range []struct {
		name string
		keys string // before
		most int
	}{{"the table alone", "\x1b", 100_000}, {"table and detail", "", 200_000}} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := start(t, 120, 40, environment(t, sim.credentials()...), "--lang", "zh")
			s.wait("the detail of the first row", func(now screen) bool { return now.contains(rows[0].EmailID) })
			if c.keys != "" {
				s.send(c.keys)
				s.wait("no detail", func(now screen) bool { return !now.contains(rows[0].EmailID) })
			}
			before := s.count()
			s.down(200)
			s.waitSelected(rows[200])
			if c.keys == "" {
				s.wait("the detail of the row", func(now screen) bool { return now.contains(rows[200].EmailID) })
			}
			wrote := s.count() - before
			t.Logf("200 × j: %d bytes", wrote)
			require.Less(t, wrote, c.most)
		})
	}
}

// A dashboard that nobody touches sends nothing.
func TestBytesWhileIdle(t *testing.T) {
	t.Parallel()
	s := start(t, 120, 40, environment(t), "--demo", "--lang", "zh")
	s.waitRows()
	s.wait("the detail", func(now screen) bool { return now.contains("UTC+8") || now.contains("+08") })
	s.quiet()
	before := s.count()
	time.Sleep(3 * time.Second) // what is tested is that nothing happens in it
	require.Equal(t, before, s.count(), "bytes while idle: %q", s.bytes()[before:])
}

// down presses j n times, as a held key does, and returns how many bytes went
// out until all was drawn.
func (s *session) down(n int) int {
	s.t.Helper()
	before := s.count()
	typing := time.NewTicker(20 * time.Millisecond)
	defer typing.Stop()
	for range n {
		<-typing.C
		s.send("j")
	}
	s.quiet()
	return s.count() - before
}
