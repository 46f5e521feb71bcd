package words

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"bounceboard/keymap"
	"bounceboard/sendcloud"
)

// A list that may lack rows never reads as if nothing were missing: 100 of 100.
func TestWhatIsMissingIsSaidTruly(t *testing.T) {
	window := sendcloud.Incomplete{First: sendcloud.Date{Year: 2026, Month: 11, Day: 1}, Last: sendcloud.Date{Year: 2026, Month: 11, Day: 7}}
	broken := errors.New("broken")
	for want, g := range map[string]struct {
		announced, came int
		err             error
	}{
		"2026-11-01 to 2026-11-07: not read":                        {0, 0, broken},
		"2026-11-01 to 2026-11-07: 90 of 100":                       {100, 90, broken},
		"2026-11-01 to 2026-11-07: 100 came, some may be missing":   {100, 100, broken},
		"2026-11-01 to 2026-11-07: 1,100 came, some may be missing": {1100, 1100, nil},
	} {
		window.Announced, window.Came, window.Err = g.announced, g.came, g.err
		require.Equal(t, want, GapIn(English, window))
		require.NotEqual(t, want, GapIn(Chinese, window))
	}
	s := sendcloud.Summary{Announced: 100, Came: 90, Incomplete: []sendcloud.Incomplete{window}}
	require.Contains(t, MayLack(English, keymap.Default(), s), "90 of 100 rows came")
	s.Came = 101
	require.Contains(t, MayLack(English, keymap.Default(), s), "101 rows came, as many as there were, but 2026-11-01 to 2026-11-07 may lack some")
	require.NotContains(t, MayLack(Chinese, keymap.Default(), s), "/")
}

func TestOneThingThatWasNotFoundIsNotCounted(t *testing.T) {
	for _, l := range []Lang{English, Chinese} {
		require.NotContains(t, NotFound(l, keymap.Default(), sendcloud.Query{}, 1, 1, ""), "1")
	}
	require.Contains(t, NotFound(English, keymap.Default(), sendcloud.Query{}, 1, 2, ""), "not found: 1 of 2")
}

func TestACodeIsSaidOnce(t *testing.T) {
	said := Error(English, &sendcloud.ServiceError{Code: 49999, Message: "odd"})
	require.Equal(t, 1, strings.Count(said, "49999"), said)
}
