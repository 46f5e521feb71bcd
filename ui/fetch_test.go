package ui

import (
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
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
			if day := sendcloud.DateOf(rec.Requested); (rec.Status == 4 || rec.Status == 5) && !day.Before(r.plan().First) && !r.plan().Last.Before(day) {
				want++
			}
		}
		require.Greater(t, want, 200)
		r.keys("n")
		r.wait(time.Second)
		require.NotContains(t, r.screen(), "last page")
		require.Equal(t, 100, r.cursor())
		for range want/100 + 2 {
			r.keys("G")
			r.wait(time.Second)
		}
		require.Equal(t, want, r.total())
		require.Contains(t, r.screen(), "of "+words.Number(want))
		require.NotContains(t, r.screen(), "at least")
	})
}

func TestFetchingAListWithoutATotalAsksFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, _ := service(t, sendcloudtest.Options{Records: 12000, Seed: 3, Total: sendcloudtest.TotalZero}, 3000)
		r.keys("a")
		require.Contains(t, r.screen(), "The service does not say how many there are")
		require.False(t, r.at.session.Fetching(), "it was fetched without a question")
		r.keys("enter")
		r.wait(20 * time.Second)
		require.Contains(t, r.screen(), "all "+words.Number(r.total())+" rows")
		require.Greater(t, r.total(), 200)
	})
}

func TestCountingWithoutATotalSaysWhy(t *testing.T) {
	needsCounts(t)
	synctest.Test(t, func(t *testing.T) {
		r, _ := service(t, sendcloudtest.Options{Records: 12000, Seed: 3, Total: sendcloudtest.TotalWord}, 3000)
		r.keys("c")
		r.wait(20 * time.Second)
		require.Contains(t, r.screen(), "gave no credible total")
	})
}

func TestFetchingSaysItsCostAndTakesEveryRow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, _ := service(t, sendcloudtest.Options{Records: 60000, Seed: 3}, 3000)
		total := r.total()
		require.Greater(t, total, 500)
		r.keys("a")
		require.Contains(t, r.screen(), "Fetch "+words.Number(total)+" rows: about ")
		r.keys("esc")
		require.False(t, r.at.session.Fetching(), "esc fetched")
		r.keys("a", "enter")
		r.wait(2 * time.Minute)
		require.Contains(t, r.screen(), "all "+words.Number(total)+" rows")
		require.Equal(t, total, r.total())
		r.keys("G")
		_, ok := r.at.session.Selected()
		require.True(t, ok)
	})
}

func TestFetchingPausesStopsAndGoesOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, _ := service(t, sendcloudtest.Options{Records: 200000, Seed: 3}, 60)
		r.wait(10 * time.Second)
		total := r.total()
		r.keys("a", "enter")
		r.wait(10 * time.Second)
		require.True(t, r.at.session.Fetching())
		r.keys("a")
		r.wait(5 * time.Second)
		have := r.at.session.Snapshot().Len()
		require.Contains(t, r.screen(), words.Number(have)+" of "+words.Number(total)+" rows")
		require.Contains(t, r.screen(), "paused; a goes on")
		r.wait(time.Minute)
		require.Equal(t, have, r.at.session.Snapshot().Len(), "rows came while paused")
		r.keys("a")
		r.wait(5 * time.Second)
		require.Greater(t, r.at.session.Snapshot().Len(), have)
		r.keys("esc")
		r.wait(5 * time.Second)
		require.False(t, r.at.session.Fetching())
		require.Contains(t, r.screen(), "Stopped: ")
		have = r.at.session.Snapshot().Len()
		r.keys("a")
		r.wait(3 * time.Minute)
		require.Greater(t, total, have)
		require.Equal(t, total, r.at.session.Snapshot().Len(), "what was missing was not asked for")
	})
}

func TestAFetchThatBringsNoRowLeavesWhatIsThere(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, srv := service(t, sendcloudtest.Options{Records: 60000, Seed: 3}, 3000)
		total := words.Number(r.total())
		for _, keys := range [][]string{{"a", "enter"}, {"/", "5", "5", "0", "enter", "a", "enter"}} {
			srv.Script(20, sendcloudtest.FaultHTML)
			r.keys(keys...)
			r.wait(5 * time.Minute)
			require.False(t, r.at.session.Fetching())
			require.Contains(t, r.screen(), "No row came")
			require.Positive(t, r.total(), "the rows that were there are gone")
			require.Contains(t, r.screen(), total, "the total is gone")
		}
		require.Contains(t, r.screen(), "/550", "the narrowing is gone")
		for try := 0; !strings.Contains(r.screen(), " all 1,"); try++ {
			require.Less(t, try, 50, "the proxy is gone, and nothing comes")
			r.keys("a", "enter")
			r.wait(2 * time.Minute)
		}
	})
}

// A service that gives rows twice counts them twice.
func TestRowsThatCameTwiceAreNotMissing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		srv, err := sendcloudtest.New(sendcloudtest.Options{Records: 2000, Seed: 31})
		require.NoError(t, err)
		twice := within{http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
			rec := httptest.NewRecorder()
			srv.ServeHTTP(rec, req)
			body := rec.Body.String()
			ids := regexp.MustCompile(`"emailId":"[^"]*"`).FindAllString(body, 2)
			if len(ids) == 2 { // the second row has the first one's id
				body = strings.Replace(body, ids[1], ids[0], 1)
			}
			w.WriteHeader(rec.Code)
			_, _ = io.WriteString(w, body)
		})}
		client, err := sendcloud.New(sendcloud.Config{BaseURL: "https://api.sendcloud.net/apiv2", APIUser: sendcloudtest.DefaultUser,
			APIKey: sendcloudtest.DefaultKey, Transport: twice, CallsPerMinute: 3000})
		require.NoError(t, err)
		r := start(t, Options{API: client, Lang: words.English}, 120, 40)
		r.keys("a", "enter")
		r.wait(2 * time.Minute)
		have := r.at.session.Snapshot().Len()
		require.Contains(t, r.screen(), "all "+words.Number(have)+" rows")
		require.Regexp(t, `The service counts [\d,]+ rows, \d+ of them twice`, r.screen())
	})
}

func TestAWalkHasOneReader(t *testing.T) {
	needsCounts(t)
	synctest.Test(t, func(t *testing.T) {
		r, _ := service(t, sendcloudtest.Options{Records: 60000, Seed: 3, Latency: time.Second}, 3000)
		r.wait(5 * time.Second)
		r.keys("a", "enter", "a", "a", "a", "a", "esc", "a", "a", "f", "esc")
		r.wait(2 * time.Second)
		r.keys("a", "c")
		r.wait(30 * time.Second)
		r.keys("j", "enter", "esc", "esc", "a", "a")
		r.wait(time.Minute)
		require.Positive(t, r.total())
	})
}
