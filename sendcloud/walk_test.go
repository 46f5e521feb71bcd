package sendcloud_test

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"bounceboard/sendcloud"
)

func TestTheFirstRowComesBeforeTheLastPageIsFetched(t *testing.T) {
	s := &shelf{rows: mail(5000, 6, delivered)}
	client := s.ask(t)
	w := client.All(mustPlan(t, client, sendcloud.Query{}), nil)
	for _, err := range w.Records(t.Context()) {
		require.NoError(t, err)
		break
	}
	require.Less(t, s.count(), 20, "5,000 rows are 51 calls")
	require.Equal(t, 1, w.Summary().Came)
	require.Empty(t, w.Summary().Incomplete, "the consumer knows that it stopped")
}

func TestAPausedConsumerPausesTheFetching(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &shelf{rows: mail(20000, 6, delivered), delay: 100 * time.Millisecond}
		client := s.ask(t)
		w := client.All(mustPlan(t, client, sendcloud.Query{}), nil)
		n := 0
		for _, err := range w.Records(t.Context()) {
			require.NoError(t, err)
			if n++; n != 3000 {
				continue
			}
			time.Sleep(time.Minute)
			before := s.count()
			time.Sleep(time.Hour)
			require.Equal(t, before, s.count(), "calls went out while the consumer paused")
			require.LessOrEqual(t, before, 31+32, "more pages were read ahead than may be in memory")
			require.Equal(t, 3000, w.Summary().Came)
		}
		require.Equal(t, 20000, n)
	})
}

// The time of the bubble makes the rate exact.
func TestCallsInFlightFollowRateAndLatency(t *testing.T) {
	for latency, most := range map[time.Duration]int{0: 4, 40 * time.Millisecond: 6, 200 * time.Millisecond: 16, 500 * time.Millisecond: 32} {
		t.Run(latency.String(), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var mu sync.Mutex
				var sent []time.Time
				inFlight, seen := 0, 0
				s := &shelf{rows: mail(20000, 6, delivered), delay: latency}
				client := s.ask(t, func(c *sendcloud.Config) {
					c.Transport = roundTripper(func(r *http.Request) (*http.Response, error) {
						mu.Lock()
						sent = append(sent, time.Now())
						inFlight++
						seen = max(seen, inFlight)
						mu.Unlock()
						resp, err := s.RoundTrip(r)
						mu.Lock()
						inFlight--
						mu.Unlock()
						return resp, err
					})
				})
				got, err := walk(t.Context(), client.All(mustPlan(t, client, sendcloud.Query{}), nil))
				require.NoError(t, err)
				require.Len(t, got, 20000)
				sent = sent[80:] // the first calls find out how long one takes, and use up the burst
				rate := float64(len(sent)-1) / sent[len(sent)-1].Sub(sent[0]).Minutes()
				require.Greater(t, rate, 2850.0, "calls a minute of 3,000")
				require.LessOrEqual(t, seen, most, "more calls in flight than the rate needs")
			})
		})
	}
}

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func TestStoppingEndsAllGoroutines(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	s := &shelf{rows: mail(5000, 6, delivered), delay: time.Millisecond}
	client := s.ask(t)
	plan := mustPlan(t, client, sendcloud.Query{})
	for _, n := range []int{1, 100, 101, 2500} {
		for range client.All(plan, nil).Records(t.Context()) {
			if n--; n == 0 {
				break
			}
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var err error
	for _, err = range client.All(plan, nil).Records(ctx) {
		cancel()
	}
	require.ErrorIs(t, err, context.Canceled)
	require.Panics(t, func() {
		for range client.All(plan, nil).Records(t.Context()) {
			panic("a consumer's own")
		}
	})
}

func TestAPanicOfACallIsAnError(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	s := &shelf{rows: mail(500, 6, delivered)}
	s.called = func(_ int, params url.Values) error {
		if params.Get("start") == "297" {
			panic("boom")
		}
		return nil
	}
	client := s.ask(t)
	_, err := walk(t.Context(), client.All(mustPlan(t, client, sendcloud.Query{}), nil))
	var bug *sendcloud.PanicError
	require.ErrorAs(t, err, &bug)
	require.Equal(t, "boom", bug.Value)
}

func TestAWalkGoesOnWhereItEnded(t *testing.T) {
	rows := mail(1500, 80, mixed)
	s := &shelf{rows: rows}
	client := s.ask(t)
	plan := mustPlan(t, client, sendcloud.Query{Days: 90, Statuses: []sendcloud.Status{1, 18, 4, 5}})
	want, err := walk(t.Context(), client.All(plan, nil))
	require.NoError(t, err)
	require.Len(t, want, 1500)

	w := client.All(plan, nil)
	s.calls = nil
	broken := errors.New("the line is cut")
	s.called = func(n int, _ url.Values) error {
		if n%7 == 6 {
			return broken
		}
		return nil
	}
	var got []string
	stops := 0
	for {
		err = nil
		var r sendcloud.Record
		for r, err = range w.Records(t.Context()) {
			if err != nil {
				break
			}
			got = append(got, r.EmailID)
			if len(got)%333 == 0 {
				break
			}
		}
		if err == nil && len(got)%333 != 0 {
			break
		}
		if err != nil {
			require.ErrorContains(t, err, broken.Error())
			sum := w.Summary()
			require.NotEmpty(t, sum.Incomplete)
			require.ErrorContains(t, sum.Incomplete[0].Err, broken.Error())
		}
		stops++
		require.Less(t, stops, 100, "the walk does not get on")
	}
	require.Greater(t, stops, 3)
	require.Equal(t, want, got)
	sum := w.Summary()
	require.Empty(t, sum.Incomplete, "what was unread was read")
	require.Equal(t, 1500, sum.Announced)
	require.Equal(t, 1500, sum.Came)
}

func TestAnErrorSaysWhatIsMissing(t *testing.T) {
	s := &shelf{rows: mail(900, 85, delivered)}
	s.called = func(_ int, params url.Values) error {
		if params.Get("endDate") == day(-30).String() && params.Get("start") == "198" {
			return errors.New("the line is cut")
		}
		return nil
	}
	client := s.ask(t)
	w := client.All(mustPlan(t, client, sendcloud.Query{Days: 90}), nil)
	got, err := walk(t.Context(), w)
	var network *sendcloud.NetworkError
	require.ErrorAs(t, err, &network)
	require.Equal(t, rowIDs(s.rows[:len(got)], nil), got)
	sum := w.Summary()
	require.Len(t, sum.Incomplete, 2)
	require.Equal(t, day(-30), sum.Incomplete[0].Last)
	require.Equal(t, 199, sum.Incomplete[0].Came)
	require.Equal(t, 318, sum.Incomplete[0].Announced)
	require.Equal(t, day(-60), sum.Incomplete[1].Last)
	require.Zero(t, sum.Incomplete[1].Came)
	require.Equal(t, 269, sum.Incomplete[1].Announced, "its total was known")
	require.ErrorIs(t, sum.Incomplete[1].Err, err)
}

func TestAllFiltersWhatTheServiceDoesNot(t *testing.T) {
	rows := mail(700, 5, mixed)
	s := &shelf{rows: rows, ignored: []string{"status"}}
	client := s.ask(t)
	w := client.All(mustPlan(t, client, sendcloud.Query{Statuses: []sendcloud.Status{5, 1}}), nil)
	got, err := walk(t.Context(), w)
	require.NoError(t, err)
	want := append(rowIDs(rows, func(r row) bool { return r.status == 5 }), rowIDs(rows, func(r row) bool { return r.status == 1 })...)
	require.Equal(t, want, got)
	sum := w.Summary()
	require.True(t, sum.AtMost)
	require.Equal(t, 1400, sum.Announced)
	require.Empty(t, sum.Incomplete)
	require.True(t, slices.Contains(sum.Notes, sendcloud.FilterIgnored))
}

func TestAllListsARowOfTwoWindowsOnce(t *testing.T) {
	for name, tt := range map[string]struct {
		shift int
		lasts time.Duration
		other bool // rows came that lie on other days, whichever of their times counts
	}{
		"a day later":                           {1, 0, true},
		"a day earlier":                         {-1, 0, true},
		"a day earlier, by the time of changes": {-1, 24 * time.Hour, false},
	} {
		rows := mail(400, 55, delivered)
		for i := range rows {
			rows[i].changed = rows[i].at.Add(tt.lasts)
		}
		s := &shelf{rows: rows}
		s.called = func(_ int, params url.Values) error { // the service reads one end of a window wider
			param := map[int]string{1: "endDate", -1: "startDate"}[tt.shift]
			d, err := time.ParseInLocation(time.DateOnly, params.Get(param), sendcloud.Zone)
			params.Set(param, sendcloud.DateOf(d).AddDays(tt.shift).String())
			return err
		}
		client := s.ask(t)
		w := client.All(mustPlan(t, client, sendcloud.Query{Days: 60}), nil)
		got, err := walk(t.Context(), w)
		require.NoError(t, err)
		require.Equal(t, rowIDs(rows, nil), got, name)
		require.Equal(t, tt.other, w.Summary().AtMost, name)
		require.Equal(t, !tt.other, w.Summary().Repeated > 0, name)
		require.Empty(t, w.Summary().Incomplete)
	}
}

// A service that ignores the dates gives each window the same rows.
func TestDatesThatAreIgnoredAddNoRowTwice(t *testing.T) {
	rows := mail(900, 120, delivered)
	want := rowIDs(rows, func(r row) bool { return !sendcloud.DateOf(r.at).Before(day(-89)) })
	s := &shelf{rows: rows, ignored: []string{"startDate", "endDate"}}
	client := s.ask(t)
	plan := mustPlan(t, client, sendcloud.Query{Days: 90})
	w := client.All(plan, nil)
	got, err := walk(t.Context(), w)
	require.NoError(t, err)
	require.Equal(t, want, got)
	require.True(t, w.Summary().AtMost)
	require.Empty(t, w.Summary().Incomplete)
	require.Contains(t, w.Summary().Notes, sendcloud.FilterIgnored)

	paged, page, err := list(t.Context(), client, plan, 100)
	require.NoError(t, err)
	require.Equal(t, want, ids(paged))
	require.True(t, page.AtMost)

	numbers := counted(t, client.Count(plan, []sendcloud.Cell{{}}, false))
	require.Equal(t, []sendcloud.Conflict{{Kind: sendcloud.ParameterIgnored, Param: sendcloud.ParamStartDate}}, numbers.Conflicts())
	require.Equal(t, 900, numbers.Of(sendcloud.Cell{}).N, "each row once")
	require.Equal(t, sendcloud.AtMost, numbers.Of(sendcloud.Cell{}).Bound)
}

// Nobody said on which days the mail of an id was sent.
func TestDatesThatAreIgnoredDropNoMailOfAnID(t *testing.T) {
	rows := mail(60, 40, delivered)
	for i := range rows {
		rows[i].id = "opaque" + strconv.Itoa(i)
	}
	client := (&shelf{rows: rows, ignored: []string{"startDate", "endDate"}}).ask(t)
	for q, want := range map[int][]string{0: {rows[50].id}, 7: nil} {
		got, page, err := list(t.Context(), client, mustPlan(t, client, sendcloud.Query{Days: q, EmailIDs: []string{rows[50].id}}), 100)
		require.NoError(t, err)
		require.Equal(t, want, append([]string(nil), ids(got)...))
		require.Equal(t, want == nil, page.AtMost)
	}
}

func TestWalkTellsItsCalls(t *testing.T) {
	s := &shelf{rows: mail(1000, 80, delivered)}
	client := s.ask(t)
	var last atomic.Pointer[sendcloud.Event]
	w := client.All(mustPlan(t, client, sendcloud.Query{Days: 90}), func(e sendcloud.Event) { last.Store(&e) })
	require.Equal(t, 3, w.Summary().Unknown)
	_, err := walk(t.Context(), w)
	require.NoError(t, err)
	require.Equal(t, s.count(), w.Summary().Calls)
	require.Equal(t, s.count(), last.Load().Calls, "the last call knows how many there are")
	require.Zero(t, w.Summary().Unknown)
}

func TestAllReadsOnWhereNoTotalIsAnnounced(t *testing.T) {
	for _, n := range []int{0, 50, 100, 199, 500} {
		s := &shelf{rows: mail(n, 6, delivered), total: func(int, int) int { return -1 }}
		client := s.ask(t)
		w := client.All(mustPlan(t, client, sendcloud.Query{}), nil)
		got, err := walk(t.Context(), w)
		require.NoError(t, err)
		require.Equal(t, rowIDs(s.rows, nil), got)
		require.Equal(t, n, w.Summary().Announced)
		require.Empty(t, w.Summary().Incomplete)
	}
}
