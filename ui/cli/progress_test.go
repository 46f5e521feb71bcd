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
	for want, c := range map[string]struct {
		rows int
		sum  sendcloud.Summary
	}{
		"it broke; 90 of 100 rows came, 10 missing":                                         {95, sendcloud.Summary{Announced: 100, Incomplete: gap(100, 90)}},
		"it broke; 100 rows came, and rows may be missing":                                  {100, sendcloud.Summary{Announced: 100, Incomplete: gap(100, 100)}},
		"it broke; 90 of 100 rows came, 10 missing, and there is more that was not reached": {90, sendcloud.Summary{Announced: 100, Unknown: 1}},
		"it broke; 100 rows came, what else there is was not read":                          {100, sendcloud.Summary{Announced: 100, Unknown: 1}},
	} {
		a := newApp(Env{Out: io.Discard, Err: io.Discard})
		a.lang = words.English
		a.now = func() time.Time { return time.Unix(0, 0) }
		p := a.newProgress(nil)
		p.follow(func() sendcloud.Summary { return c.sum })
		for range c.rows {
			p.row()
		}
		require.Equal(t, want, (&reading{app: a, progress: p}).came("it broke"))
	}
}

// An event tells of the try that is waited for, as the dashboard does.
func TestATryIsCalledByItsNumber(t *testing.T) {
	a := newApp(Env{Out: io.Discard, Err: io.Discard})
	a.lang = words.English
	now := time.Unix(0, 0)
	a.now = func() time.Time { return now }
	p := a.newProgress(nil)
	p.event = sendcloud.Event{Kind: sendcloud.Retrying, Try: 2, Until: now.Add(3 * time.Second)}
	require.Contains(t, p.line(now, 1), ", try 2 at ")
}
