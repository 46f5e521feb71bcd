package sendcloud_test

import (
	"context"
	"errors"
	"math"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"bounceboard/sendcloud"
)

func TestPagesReadAsOneList(t *testing.T) {
	rows := mail(1234, 80, mixed)
	for name, c := range map[string]struct {
		q    sendcloud.Query
		want []string
	}{
		"everything, three windows": {sendcloud.Query{Days: 90}, rowIDs(rows, nil)},
		"one status":                {sendcloud.Query{Days: 90, Statuses: []sendcloud.Status{18}}, rowIDs(rows, func(r row) bool { return r.status == 18 })},
		"all failures":              {sendcloud.Query{Days: 90, Statuses: []sendcloud.Status{4, 5}}, rowIDs(rows, func(r row) bool { return r.sub != 0 })},
		"two codes":                 {sendcloud.Query{Days: 90, SubStatuses: []sendcloud.SubStatus{402, 507}}, rowIDs(rows, func(r row) bool { return r.sub == 402 || r.sub == 507 })},
		"one address":               {sendcloud.Query{Days: 90, Emails: []string{"r7@example.com"}}, rowIDs(rows[7:8], nil)},
	} {
		t.Run(name, func(t *testing.T) {
			client := (&shelf{rows: rows}).ask(t)
			got, page, err := list(t.Context(), client, mustPlan(t, client, c.q), 100)
			require.NoError(t, err)
			require.Equal(t, c.want, ids(got))
			require.Equal(t, len(c.want), page.Total)
			require.False(t, page.AtMost)
			require.Empty(t, page.Notes)
			require.Equal(t, noon, page.FetchedAt)
		})
	}
}

func TestStatusesComeByWindowInTheOrderGiven(t *testing.T) {
	rows := mail(100, 50, mixed)
	client := (&shelf{rows: rows}).ask(t)
	got, _, err := list(t.Context(), client, mustPlan(t, client, sendcloud.Query{Days: 60, Statuses: []sendcloud.Status{18, 1}}), 100)
	require.NoError(t, err)
	newer := day(-29)
	var want []string
	for _, old := range []bool{false, true} {
		for _, status := range []int{18, 1} {
			want = append(want, rowIDs(rows, func(r row) bool { return r.status == status && sendcloud.DateOf(r.at).Before(newer) == old })...)
		}
	}
	require.Equal(t, want, ids(got))
}

func TestAnyPageIsASliceOfTheList(t *testing.T) {
	rows := mail(700, 80, mixed)
	client := (&shelf{rows: rows}).ask(t, func(c *sendcloud.Config) { c.WindowDays = 17 })
	plan := mustPlan(t, client, sendcloud.Query{Days: 90, Statuses: []sendcloud.Status{5, 1}})
	whole, _, err := list(t.Context(), client, plan, 100)
	require.NoError(t, err)
	require.Len(t, whole, 350)
	rapid.Check(t, func(t *rapid.T) {
		start, limit := rapid.IntRange(0, 400).Draw(t, "start"), rapid.IntRange(1, 100).Draw(t, "limit")
		page, err := client.Page(context.Background(), plan, start, limit, false, nil)
		require.NoError(t, err)
		from := min(start, 350)
		to := min(start+limit, 350)
		require.Equal(t, ids(whole[from:to]), ids(page.Records))
		require.Equal(t, max(start, to), page.Next)
		require.Equal(t, 350, page.Total)
	})
}

func TestPagesShareTheirAnswers(t *testing.T) {
	s := &shelf{rows: mail(1000, 6, delivered)}
	client := s.ask(t)
	plan := mustPlan(t, client, sendcloud.Query{})
	require.Equal(t, []sendcloud.Note{sendcloud.DefaultSpan}, plan.Notes)
	for start := 0; start < 1000; start += 30 {
		_, err := client.Page(t.Context(), plan, start, 30, false, nil)
		require.NoError(t, err)
	}
	require.Equal(t, 10, s.count(), "1,000 rows by 30 are 10 answers of 100")

	_, err := client.Page(t.Context(), plan, 530, 30, true, nil)
	require.NoError(t, err)
	require.Equal(t, 12, s.count(), "fresh asks for the total and the page again")
}

func TestFirstPageCostsWhatThePlanSays(t *testing.T) {
	for name, q := range map[string]sendcloud.Query{
		"a week":         {Days: 7},
		"three windows":  {Days: 90},
		"failures":       {Days: 90, Statuses: []sendcloud.Status{4, 5}},
		"two statuses":   {Days: 90, Statuses: []sendcloud.Status{1, 4}},
		"deep":           {Days: 7, Start: 250, Limit: 100},
		"second hundred": {Days: 7, Start: 100},
		"addresses":      {Days: 30, Emails: []string{"a@example.com", "b@example.com"}},
	} {
		s := &shelf{rows: mail(2000, 91, mixed)}
		s.rows = append(mail(600, 7, mixed), s.rows...)
		client := s.ask(t)
		plan := mustPlan(t, client, q)
		limit := q.Limit
		if limit == 0 {
			limit = 100
		}
		var calls int
		_, err := client.Page(t.Context(), plan, q.Start, limit, false, func(e sendcloud.Event) {
			if e.Kind == sendcloud.Calling && e.Calls != plan.Calls() {
				calls = e.Calls
			}
		})
		require.NoError(t, err)
		require.Equal(t, plan.Calls(), s.count(), name)
		require.Zero(t, calls, "%s: an event told another number of calls", name)
	}
}

func TestFailuresWithoutACodeAreSaid(t *testing.T) {
	rows := mail(300, 7, func(i int) (int, int) {
		if i == 250 {
			return 5, 0
		}
		return mixed(i)
	})
	s := &shelf{rows: rows}
	client := s.ask(t)
	plan := mustPlan(t, client, sendcloud.Query{Days: 8, Statuses: []sendcloud.Status{4, 5}})
	got, page, err := list(t.Context(), client, plan, 100)
	require.NoError(t, err)
	want := append(rowIDs(rows, func(r row) bool { return r.status == 4 }), rowIDs(rows, func(r row) bool { return r.status == 5 })...)
	require.Equal(t, want, ids(got))
	require.Equal(t, len(want), page.Total)
	require.Equal(t, []sendcloud.Note{sendcloud.FailuresUncoded}, page.Notes)
}

// A service that finds nothing by a list of codes makes no failure one without a code.
func TestFailuresThatAllHaveACodeAreNotUncoded(t *testing.T) {
	s := &shelf{rows: mail(80, 7, mixed)}
	refuse := func(params url.Values) string {
		if params.Has("subStatus") {
			return `{"result":true,"info":{"total":"0","voList":[]}}`
		}
		return ""
	}
	client := s.ask(t, func(c *sendcloud.Config) { c.Transport = refusing{s, refuse} })
	page, err := client.Page(t.Context(), mustPlan(t, client, sendcloud.Query{Days: 8, Statuses: []sendcloud.Status{4, 5}}), 0, 100, false, nil)
	require.NoError(t, err)
	require.Len(t, page.Records, 40)
	require.NotContains(t, page.Notes, sendcloud.FailuresUncoded)
}

func TestMailThatFailsMeanwhileIsNotUncoded(t *testing.T) {
	s := &shelf{rows: mail(300, 7, mixed)}
	s.called = func(n int, params url.Values) error {
		if n == 2 {
			s.rows = append(mail(1, 1, func(int) (int, int) { return 4, 406 }), s.rows...)
			s.rows[0].id = "late"
		}
		return nil
	}
	client := s.ask(t)
	page, err := client.Page(t.Context(), mustPlan(t, client, sendcloud.Query{Days: 7, Statuses: []sendcloud.Status{4, 5}}), 0, 100, false, nil)
	require.NoError(t, err)
	require.Empty(t, page.Notes)
}

func TestIgnoredFilters(t *testing.T) {
	rows := mail(300, 7, mixed)
	for i := range rows {
		rows[i].user = []string{"batch", "notify"}[i%2]
	}
	for name, c := range map[string]struct {
		ignored []string
		q       sendcloud.Query
		want    []string
		total   int
	}{
		"status":    {[]string{"status"}, sendcloud.Query{Days: 8, Statuses: []sendcloud.Status{4}}, rowIDs(rows, func(r row) bool { return r.status == 4 }), 300},
		"sub":       {[]string{"subStatus"}, sendcloud.Query{Days: 8, SubStatuses: []sendcloud.SubStatus{402}}, rowIDs(rows, func(r row) bool { return r.sub == 402 }), 300},
		"email":     {[]string{"email"}, sendcloud.Query{Days: 8, Emails: []string{"r9@example.com"}}, rowIDs(rows[9:10], nil), 300},
		"ids":       {[]string{"emailIds"}, sendcloud.Query{Days: 8, EmailIDs: []string{rows[3].id}}, rowIDs(rows[3:4], nil), 300},
		"api users": {[]string{"apiUserList"}, sendcloud.Query{Days: 8, APIUsers: []string{"notify"}}, rowIDs(rows, func(r row) bool { return r.user == "notify" }), 300},
		"both, all failures": {[]string{"status", "subStatus"}, sendcloud.Query{Days: 8, Statuses: []sendcloud.Status{4, 5}},
			rowIDs(rows, func(r row) bool { return r.sub != 0 }), 300},
	} {
		t.Run(name, func(t *testing.T) {
			client := (&shelf{rows: rows, ignored: c.ignored}).ask(t)
			got, page, err := list(t.Context(), client, mustPlan(t, client, c.q), 100)
			require.NoError(t, err)
			require.Equal(t, c.want, ids(got))
			require.True(t, page.AtMost)
			require.Equal(t, c.total, page.Total)
			require.Equal(t, []sendcloud.Note{sendcloud.FilterIgnored}, page.Notes)
		})
	}
}

func TestFailuresWhereCodesAreIgnored(t *testing.T) {
	rows := mail(300, 7, mixed)
	client := (&shelf{rows: rows, ignored: []string{"subStatus"}}).ask(t)
	got, page, err := list(t.Context(), client, mustPlan(t, client, sendcloud.Query{Days: 8, Statuses: []sendcloud.Status{5, 4}}), 100)
	require.NoError(t, err)
	want := append(rowIDs(rows, func(r row) bool { return r.status == 5 }), rowIDs(rows, func(r row) bool { return r.status == 4 })...)
	require.Equal(t, want, ids(got), "by status the list is exact")
	require.Equal(t, len(want), page.Total)
	require.False(t, page.AtMost)
	require.Empty(t, page.Notes)
}

func TestStrangeRowsAreKept(t *testing.T) {
	s := &shelf{rows: mail(3, 1, func(int) (int, int) { return 4, 0 })}
	s.rows[1].status, s.rows[2].to = 99, ""
	s.ignored = []string{"status", "email"}
	client := s.ask(t)
	page, err := client.Page(t.Context(), mustPlan(t, client, sendcloud.Query{Statuses: []sendcloud.Status{4}}), 0, 10, false, nil)
	require.NoError(t, err)
	require.Len(t, page.Records, 3, "a status that cannot be read is no reason to drop a row")
}

func TestRowsOfTwoWindowsComeOnce(t *testing.T) {
	rows := mail(40, 40, delivered)
	s := &shelf{rows: rows}
	client := s.ask(t)
	// The older window's end is read as the day after: its first row is the newer window's last.
	s.called = func(_ int, params url.Values) error {
		end, err := time.ParseInLocation(time.DateOnly, params.Get("endDate"), sendcloud.Zone)
		params.Set("endDate", sendcloud.DateOf(end).AddDays(1).String())
		return err
	}
	got, _, err := list(t.Context(), client, mustPlan(t, client, sendcloud.Query{Days: 60}), 100)
	require.NoError(t, err)
	require.Equal(t, rowIDs(rows, nil), ids(got))
}

func TestEmailIDsAreAskedAroundTheirDay(t *testing.T) {
	rows := mail(900, 60, delivered)
	s := &shelf{rows: rows}
	client := s.ask(t)
	var q sendcloud.Query
	for i := 5; i < 900; i += 3 {
		q.EmailIDs = append(q.EmailIDs, rows[i].id)
	}
	plan := mustPlan(t, client, q)
	require.Equal(t, []sendcloud.Note{sendcloud.SpanFromEmailID}, plan.Notes)
	require.Equal(t, sendcloud.DateOf(rows[5].at).AddDays(1), day(1), "this row is of today")
	require.Equal(t, day(0), plan.Last)
	got, page, err := list(t.Context(), client, plan, 100)
	require.NoError(t, err)
	require.Equal(t, len(q.EmailIDs), page.Total, "an id asked for in one window was not asked for in the one that has it")
	require.ElementsMatch(t, q.EmailIDs, ids(got))
	for _, call := range s.calls {
		require.LessOrEqual(t, strings.Count(call.Get("emailIds"), ";"), 99)
	}
	require.LessOrEqual(t, plan.Calls(), 5, "298 ids of 60 days: each only in the windows around its day")
}

func TestSpanFromEmailIDs(t *testing.T) {
	client := (&shelf{}).ask(t)
	id := func(days int) string { return strconv.FormatInt(noon.AddDate(0, 0, days).UnixMilli(), 10) + "_1" }
	for name, c := range map[string]struct {
		ids         []string
		first, last sendcloud.Date
		notes       []sendcloud.Note
	}{
		"one":             {[]string{id(-10)}, day(-11), day(-9), []sendcloud.Note{sendcloud.SpanFromEmailID}},
		"today":           {[]string{id(0)}, day(-1), day(0), []sendcloud.Note{sendcloud.SpanFromEmailID}},
		"two":             {[]string{id(-10), id(-40)}, day(-41), day(-9), []sendcloud.Note{sendcloud.SpanFromEmailID}},
		"opaque":          {[]string{"abc"}, day(-6), day(0), []sendcloud.Note{sendcloud.DefaultSpan}},
		"opaque and told": {[]string{"abc", id(-40)}, day(-41), day(0), []sendcloud.Note{sendcloud.SpanFromEmailID, sendcloud.DefaultSpan}},
		"from the future": {[]string{id(30)}, day(-6), day(0), []sendcloud.Note{sendcloud.DefaultSpan}},
		"edge of reach":   {[]string{id(-91)}, day(-91), day(-90), []sendcloud.Note{sendcloud.SpanFromEmailID}},
	} {
		plan := mustPlan(t, client, sendcloud.Query{EmailIDs: c.ids})
		require.Equal(t, c.first, plan.First, name)
		require.Equal(t, c.last, plan.Last, name)
		require.Equal(t, c.notes, plan.Notes, name)
	}
	_, err := client.Plan(sendcloud.Query{EmailIDs: []string{id(-200)}})
	var wrong *sendcloud.ParameterError
	require.ErrorAs(t, err, &wrong)
	require.Equal(t, sendcloud.TooFarBack, wrong.Reason)
}

func TestPageOnAnError(t *testing.T) {
	s := &shelf{rows: mail(400, 80, delivered)}
	s.called = func(_ int, params url.Values) error {
		if params.Get("endDate") == day(-60).String() {
			return errors.New("connection refused")
		}
		return nil
	}
	client := s.ask(t)
	page, err := client.Page(t.Context(), mustPlan(t, client, sendcloud.Query{Days: 90}), 290, 100, false, nil)
	var network *sendcloud.NetworkError
	require.ErrorAs(t, err, &network)
	require.Equal(t, rowIDs(s.rows[290:298], nil), ids(page.Records), "the rows of the windows before the one that failed are kept")
	require.Equal(t, 298, page.Next)
}

func TestPageEndsWithItsContext(t *testing.T) {
	s := &shelf{rows: mail(400, 80, delivered), delay: time.Hour}
	ctx, cancel := context.WithCancel(t.Context())
	client := s.ask(t)
	_, err := client.Page(ctx, mustPlan(t, client, sendcloud.Query{Days: 90}), 0, 100, false, func(sendcloud.Event) { cancel() })
	require.ErrorIs(t, err, context.Canceled)
}

func TestPageRefusesWhatCannotBe(t *testing.T) {
	s := &shelf{}
	client := s.ask(t)
	plan := mustPlan(t, client, sendcloud.Query{})
	for _, c := range [][2]int{{-1, 10}, {0, 0}, {0, 101}} {
		_, err := client.Page(t.Context(), plan, c[0], c[1], false, nil)
		var wrong *sendcloud.ParameterError
		require.ErrorAs(t, err, &wrong)
	}
	require.Zero(t, s.count())
}

func TestPageFarBeyondTheEnd(t *testing.T) {
	s := &shelf{rows: mail(5, 1, delivered)}
	client := s.ask(t)
	page, err := client.Page(t.Context(), mustPlan(t, client, sendcloud.Query{}), math.MaxInt, 100, false, nil)
	require.NoError(t, err)
	require.Empty(t, page.Records)
	require.Equal(t, 5, page.Total)
	require.Equal(t, 1, s.count())
}

func TestFreshSaysThatTheServiceMayRepeat(t *testing.T) {
	client := (&shelf{}).ask(t)
	page, err := client.Page(t.Context(), mustPlan(t, client, sendcloud.Query{}), 0, 100, true, nil)
	require.NoError(t, err)
	require.Equal(t, []sendcloud.Note{sendcloud.ServiceMayRepeat}, page.Notes)
}

func TestPageAsksForTotalsAFewAtATime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &shelf{rows: mail(900, 90, delivered), delay: time.Second}
		var mu sync.Mutex
		inFlight, most := 0, 0
		client := s.ask(t, func(c *sendcloud.Config) {
			c.WindowDays = 5
			c.Transport = roundTripper(func(r *http.Request) (*http.Response, error) {
				mu.Lock()
				inFlight++
				most = max(most, inFlight)
				mu.Unlock()
				resp, err := s.RoundTrip(r)
				mu.Lock()
				inFlight--
				mu.Unlock()
				return resp, err
			})
		})
		plan := mustPlan(t, client, sendcloud.Query{Days: 91})
		began := time.Now()
		page, err := client.Page(t.Context(), plan, 0, 100, false, nil)
		require.NoError(t, err)
		require.Len(t, page.Records, 100)
		require.Equal(t, 19, plan.Calls())
		require.Equal(t, 4, most)
		require.Equal(t, 6*time.Second, time.Since(began), "a call of a second alone, to see that the span is taken, then 18, four at a time; the rows came with the totals")
	})
}

// Where the service ignores the status, nobody can ask it for failures without
// a code: that is said, unless they come anyway.
func TestFailuresThatCannotBeAskedForAreSaid(t *testing.T) {
	rows := mail(300, 7, func(i int) (int, int) {
		if i == 250 {
			return 5, 0
		}
		return mixed(i)
	})
	failed := func(r row) bool { return r.status == 4 || r.status == 5 }
	for name, c := range map[string]struct {
		ignored []string
		want    []string
		note    sendcloud.Note
	}{
		"status":                {[]string{"status"}, rowIDs(rows, failed), sendcloud.FilterIgnored},
		"status and sub-status": {[]string{"status", "subStatus"}, rowIDs(rows, failed), sendcloud.FilterIgnored},
	} {
		s := &shelf{rows: rows, ignored: c.ignored}
		client := s.ask(t)
		plan := mustPlan(t, client, sendcloud.Query{Days: 8, Statuses: []sendcloud.Status{4, 5}})
		got, page, err := list(t.Context(), client, plan, 100)
		require.NoError(t, err)
		require.Equal(t, c.want, ids(got), name)
		require.Equal(t, []sendcloud.Note{c.note, sendcloud.FailuresUncoded}, page.Notes, name)

		w := client.All(mustPlan(t, client, sendcloud.Query{Days: 8, Statuses: []sendcloud.Status{4, 5}}), nil)
		all, err := walk(t.Context(), w)
		require.NoError(t, err)
		require.Equal(t, c.want, all, name)
		require.Contains(t, w.Summary().Notes, c.note, name)
	}
}

func TestAPageBehindTheFirstIsReadWhereNoTotalIsAnnounced(t *testing.T) {
	s := &shelf{rows: mail(250, 6, delivered), total: func(int, int) int { return -1 }}
	client := s.ask(t)
	for start, rows := range map[int]int{0: 100, 50: 100, 100: 100, 180: 70, 200: 50, 250: 0, 400: 0} {
		page, err := client.Page(t.Context(), mustPlan(t, client, sendcloud.Query{}), start, 100, true, nil)
		require.NoError(t, err)
		require.Len(t, page.Records, rows, "from %d", start)
		if rows > 0 {
			require.GreaterOrEqual(t, page.Total, start+rows)
		}
	}
}

func TestAFailureWithoutACodeIsNoAnswerToAQuestionForCodes(t *testing.T) {
	rows := mail(50, 7, func(i int) (int, int) { return 4, []int{0, 406, 407}[i%3] })
	client := (&shelf{rows: rows, ignored: []string{"subStatus"}}).ask(t)
	plan := mustPlan(t, client, sendcloud.Query{Days: 8, SubStatuses: []sendcloud.SubStatus{406}})
	want := rowIDs(rows, func(r row) bool { return r.sub == 406 })
	got, page, err := list(t.Context(), client, plan, 100)
	require.NoError(t, err)
	require.Equal(t, want, ids(got))
	require.True(t, page.AtMost)
	all, err := walk(t.Context(), client.All(plan, nil))
	require.NoError(t, err)
	require.Equal(t, want, all)
}
