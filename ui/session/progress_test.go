package session

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bounceboard/sendcloud"
)

// Calls that go out side by side tell of themselves in turn; what is said of
// them does not jump back and forth.
var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, sendcloud.Zone)

func TestProgressDoesNotGoBack(t *testing.T) {
	var p Progress
	told := func(call, try int, kind sendcloud.EventKind, wait time.Duration) sendcloud.Event {
		e := sendcloud.Event{Kind: kind, Call: call, Calls: 3, Try: try}
		if wait > 0 {
			e.Until = noon.Add(wait)
		}
		p = p.After(e, sendcloud.Budget{}, noon)
		return p.Event
	}
	told(3, 3, sendcloud.Calling, 0)
	e := told(3, 4, sendcloud.Retrying, 8*time.Second)
	require.Equal(t, []int{3, 4}, []int{e.Call, e.Try})
	e = told(1, 4, sendcloud.Retrying, 5*time.Second)
	require.Equal(t, []int{3, 4}, []int{e.Call, e.Try})
	require.Equal(t, noon.Add(8*time.Second), e.Until, "the wait got shorter by another call's")
	e = told(1, 4, sendcloud.Calling, 0)
	require.Equal(t, sendcloud.Retrying, e.Kind, "a wait that goes on was forgotten")
	e = told(1, 5, sendcloud.Retrying, 9*time.Second)
	require.Equal(t, []int{3, 5}, []int{e.Call, e.Try})
	e = told(2, 1, sendcloud.Paused, time.Minute)
	require.Equal(t, sendcloud.Paused, e.Kind)

	p.Event = sendcloud.Event{Kind: sendcloud.Retrying, Try: 5, Call: 3, Until: noon}
	e = told(3, 5, sendcloud.Calling, 0)
	require.Equal(t, sendcloud.Calling, e.Kind, "a wait that is over is still told")
}
