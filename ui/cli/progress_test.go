package cli

import (
	"io"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bounceboard/sendcloud"
	"bounceboard/ui/words"
)

// What came meanwhile fills no hole, and what was not reached is said.
func TestWhatIsMissingIsCountedTruly(t *testing.T) {
	gap := func(announced, came int) []sendcloud.Incomplete {
		return []sendcloud.Incomplete{{Announced: announced, Came: came}}
	}
	for want, tc := range map[string]struct {
		rows int
		sum  sendcloud.Summary
	}{
		"it broke; 90 of 100 rows came, 10 missing":        {95, sendcloud.Summary{Announced: 100, Incomplete: gap(100, 90)}},
		"it broke; 100 rows came, and rows may be missing": {100, sendcloud.Summary{Announced: 100, Incomplete: gap(100, 100)}},
		"it broke; 90 rows came, and rows may be missing":  {90, sendcloud.Summary{Announced: 100, Unknown: 1}},
	} {
		c := newConsole(Env{Out: io.Discard, Err: io.Discard})
		c.lang = words.English
		c.now = func() time.Time { return time.Unix(0, 0) }
		p := newProgress(c, nil)
		p.follow(func() sendcloud.Summary { return tc.sum })
		for range tc.rows {
			p.row()
		}
		require.Equal(t, want, (&serviceRows{c: c, progress: p}).came("it broke"))
	}
}

// An event tells of the try that is waited for, as the dashboard does.
func TestATryIsCalledByItsNumber(t *testing.T) {
	c := newConsole(Env{Out: io.Discard, Err: io.Discard})
	c.lang = words.English
	now := time.Unix(0, 0)
	c.now = func() time.Time { return now }
	p := newProgress(c, nil)
	p.event = sendcloud.Event{Kind: sendcloud.Retrying, Try: 2, Until: now.Add(3 * time.Second)}
	require.Contains(t, p.line(now, 0, sendcloud.Summary{}, 1), "; try 2 in 3 s")
}
