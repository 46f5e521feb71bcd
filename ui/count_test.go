package ui

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"bounceboard/keymap"
	"bounceboard/sendcloud"
	"bounceboard/sendcloud/sendcloudtest"
	"bounceboard/ui/counts"
	"bounceboard/ui/words"
)

// lastLine is the line of keys.
func lastLine(r *rig) string {
	lines := strings.Split(strings.TrimRight(r.screen(), "\n "), "\n")
	return lines[len(lines)-1]
}

// missingNumbers is how many numbers a stopped count lacks, as it says.
func missingNumbers(r *rig) int {
	var have, of int
	_, err := fmt.Sscanf(strings.TrimSpace(lineWith(r.screen(), "stopped: ")), "stopped: %d of %d", &have, &of)
	require.NoError(r.t, err)
	return of - have
}

func TestCountingSaysWhatItWaitsFor(t *testing.T) {
	needsCounts(t)
	synctest.Test(t, func(t *testing.T) {
		r, _ := service(t, sendcloudtest.Options{Records: 20000, Seed: 3, CallsPerMinute: 60}, 3000)
		r.keys("c")
		r.wait(2 * time.Second)
		r.keys("d", "enter")
		r.wait(3 * time.Second)
		require.Contains(t, r.screen(), "loading: ")
		before := lineWith(r.screen(), "the service asks for a pause of ")
		require.Contains(t, before, " more calls this minute")
		r.wait(time.Second)
		require.NotEqual(t, before, lineWith(r.screen(), "the service asks for a pause of "), "the countdown stands still")
		r.keys("esc")
		r.wait(time.Second)
		require.Contains(t, r.screen(), "stopped: ")
		require.NotContains(t, r.screen(), "asks for a pause")
		r.keys("c")
		r.wait(10 * time.Minute)
		require.NotContains(t, r.screen(), "loading: ")
		require.NotContains(t, r.screen(), "asks for a pause")
	})
}

func TestTheQuestionWhetherToCountIsRefused(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, srv := service(t, sendcloudtest.Options{Records: 20000, Seed: 3}, 3000)
		r.keys("c")
		r.wait(5 * time.Second)
		whole := r.screen()
		r.keys("d")
		require.Contains(t, r.screen(), "Counting costs 133 calls")
		require.Equal(t, keymap.Confirm, r.place())
		r.keys("esc")
		require.Equal(t, whole, r.screen(), "esc takes back d")
		r.keys("d", "enter")
		r.wait(10 * time.Second)
		r.keys("h", "h")
		days := r.screen()
		require.Contains(t, days, "152 counts, the oldest as of ")
		srv.ForgetCalls()
		r.keys("r")
		require.Contains(t, r.screen(), "Counting costs 152 calls")
		r.keys("esc")
		require.Equal(t, days, r.screen(), "esc takes back r")
		r.keys("c")
		require.Contains(t, r.screen(), "152 counts, the oldest as of ")
		r.keys("esc")
		require.Equal(t, keymap.Table, r.place())
		r.keys("c")
		require.NotContains(t, r.screen(), "Counting costs")
		require.Zero(t, srv.CallCount())
	})
}

func TestANumberThatStopsIsGoneOnWithAfterAQuestion(t *testing.T) {
	needsCounts(t)
	synctest.Test(t, func(t *testing.T) {
		r, srv := service(t, sendcloudtest.Options{Records: 20000, Seed: 3, Latency: time.Second}, 60)
		r.wait(2 * time.Minute)
		r.keys("c")
		r.wait(4 * time.Second)
		r.keys("d", "esc") // it stops what is counted
		r.wait(2 * time.Second)
		left := missingNumbers(r)
		require.Less(t, left, 19)
		require.Contains(t, r.screen(), "stopped: ")
		srv.ForgetCalls()
		r.keys("c")
		r.wait(time.Minute)
		require.Equal(t, left, srv.CallCount())
		require.Contains(t, r.screen(), "19 counts, the oldest as of ")
	})
}

func TestTheCountViewSaysBackWhileAFetchGoesOn(t *testing.T) {
	needsCounts(t)
	synctest.Test(t, func(t *testing.T) {
		r, _ := service(t, sendcloudtest.Options{Records: 60000, Seed: 3, Latency: time.Second}, 3000)
		r.wait(5 * time.Second)
		r.keys("c")
		r.wait(20 * time.Second)
		r.keys("esc", "a", "enter")
		r.wait(time.Second)
		require.Contains(t, lastLine(r), "esc stop")
		r.keys("c")
		require.NotContains(t, lastLine(r), "esc stop")
		require.Contains(t, lastLine(r), "esc back")
		r.keys("esc")
		require.Equal(t, keymap.Table, r.place())
		require.True(t, r.at.session.Fetching())
		r.keys("a", "c")
		require.Contains(t, lastLine(r), "esc back", "paused")
	})
}

// The service counts the same mail four times: together that is no more than once.
func TestBoundsOfTheSameMailDoNotAddUp(t *testing.T) {
	needsCounts(t)
	synctest.Test(t, func(t *testing.T) {
		r, srv := service(t, sendcloudtest.Options{Records: 20000, Seed: 3, Ignore: []string{"status"}}, 3000)
		total, err := srv.Count(map[string][]string{"days": {"7"}})
		require.NoError(t, err)
		r.keys("c")
		r.wait(5 * time.Second)
		require.Equal(t, "≤"+words.Number(total), strings.Fields(lineWith(r.screen(), "all mail"))[2])
		require.Equal(t, "≤"+words.Number(total), strings.Fields(lineWith(r.screen(), "asked for"))[3])
		require.NotContains(t, r.screen(), ") (", "brackets behind brackets")
		r.keys("d", "enter")
		r.wait(10 * time.Second)
		require.Equal(t, "≤"+words.Number(total), strings.Fields(lineWith(r.screen(), "all mail"))[2])
	})
}

// needsCounts skips what is about counting until the client counts.
func needsCounts(t *testing.T) {
	t.Helper()
	if _, ok := any(&sendcloud.Client{}).(counts.API); !ok {
		t.Skip("the client does not count yet")
	}
}
