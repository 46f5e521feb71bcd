package ui

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/sendcloudtest"
	"bounceboard/ui/words"
)

// Where the service tells no total that can be true, the end of the list is
// where its last page is.
func TestAListWithoutATotalIsReadOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, srv := service(t, sendcloudtest.Options{Records: 12000, Seed: 3, Total: sendcloudtest.TotalNull}, 3000)
		require.Contains(t, r.screen(), "of at least ")
		want := 0
		for rec := range srv.Records() {
			if day := sendcloud.DateOf(rec.Requested); (rec.Status == 4 || rec.Status == 5) && !day.Before(r.plan.First) && !r.plan.Last.Before(day) {
				want++
			}
		}
		require.Greater(t, want, 200)
		r.keys("n")
		r.wait(time.Second)
		require.NotContains(t, r.screen(), "last page")
		require.Equal(t, 100, r.results.Cursor())
		for range want/100 + 2 {
			r.keys("G")
			r.wait(time.Second)
		}
		require.Equal(t, want, r.results.Total())
		require.Contains(t, r.screen(), "of "+words.Number(want))
		require.NotContains(t, r.screen(), "at least")
	})
}

func TestFetchingAListWithoutATotalAsksFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, _ := service(t, sendcloudtest.Options{Records: 12000, Seed: 3, Total: sendcloudtest.TotalZero}, 3000)
		r.keys("a")
		require.Contains(t, r.screen(), "The service does not say how many there are")
		require.Nil(t, r.slice, "it was fetched without a question")
		r.keys("enter")
		r.wait(20 * time.Second)
		require.Contains(t, r.screen(), "all "+words.Number(r.results.Total())+" rows")
		require.Greater(t, r.results.Total(), 200)
	})
}

func TestCountingWithoutATotalSaysWhy(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, _ := service(t, sendcloudtest.Options{Records: 12000, Seed: 3, Total: sendcloudtest.TotalWord}, 3000)
		r.keys("c")
		r.wait(20 * time.Second)
		require.Contains(t, r.screen(), "tells no total")
	})
}

func TestTheFirstPageIsNotShownTwice(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, _ := service(t, sendcloudtest.Options{Records: 12000, Seed: 3, Ignore: []string{"start"}}, 3000)
		total := r.pages.Announced()
		require.Greater(t, total, 200)
		r.keys("n")
		r.wait(time.Second)
		require.Equal(t, 100, r.results.Total())
		require.Contains(t, r.screen(), "of 100; "+words.Number(total-100)+" more cannot be read")
		require.Contains(t, r.screen(), "gives its first page whatever start says")
		r.keys("a", "enter")
		r.wait(5 * time.Second)
		require.Contains(t, r.screen(), "gives its first page whatever start says")
		require.NotContains(t, r.screen(), "moving")
	})
}
