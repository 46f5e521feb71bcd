package sendcloud

import (
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestWindowsLeaveNoDayOutAndDoNotOverlap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 92).Draw(t, "days of a window")
		days := rapid.IntRange(1, 400).Draw(t, "days")
		first := day(rapid.IntRange(-800, 0).Draw(t, "first"))
		last := first.AddDays(days - 1)
		list := spans(first, last, n)
		require.Len(t, list, (days+n-1)/n, "more windows than needed")
		next := last
		for _, w := range list {
			require.Equal(t, next, w.last, "a day is left out or asked for twice")
			require.LessOrEqual(t, w.first.DaysTo(w.last), n)
			require.GreaterOrEqual(t, w.first.DaysTo(w.last), 1)
			next = w.first.AddDays(-1)
		}
		require.Equal(t, first.AddDays(-1), next)
	})
}

func planner(now time.Time) *Client {
	c := &Client{lookback: 92, now: func() time.Time { return now }}
	c.windowDays.Store(30)
	return c
}

func TestPlanFreezesTheSpan(t *testing.T) {
	for name, c := range map[string]struct {
		q           Query
		first, last Date
		windows     int
	}{
		"today":               {Query{Days: 1}, day(0), day(0), 1},
		"default":             {Query{}, day(-6), day(0), 1},
		"30 days":             {Query{Days: 30}, day(-29), day(0), 1},
		"31 days":             {Query{Days: 31}, day(-30), day(0), 2},
		"92 days":             {Query{Days: 92}, day(-91), day(0), 4},
		"dates":               {Query{StartDate: day(-3), EndDate: day(-2)}, day(-3), day(-2), 1},
		"an end after today":  {Query{StartDate: day(-3), EndDate: day(9)}, day(-3), day(0), 1},
		"a day of the window": {Query{StartDate: day(-92), EndDate: day(-92)}, day(-92), day(-92), 1},
	} {
		p, err := planner(noon).Plan(c.q)
		require.NoError(t, err, name)
		require.Equal(t, c.first, p.First, name)
		require.Equal(t, c.last, p.Last, name)
		require.Len(t, p.windows, c.windows, name)
		require.Equal(t, c.windows, p.Calls(), name)
	}
	justAfterMidnightThere := time.Date(2026, 11, 22, 16, 0, 0, 0, time.UTC)
	p, err := planner(justAfterMidnightThere).Plan(Query{Days: 1})
	require.NoError(t, err)
	require.Equal(t, day(0), p.First, "the calendar is the service's")
}

func TestPlanSendsNothingTwice(t *testing.T) {
	p, err := planner(noon).Plan(Query{Statuses: []Status{Invalid}, SubStatuses: []SubStatus{406, 406, 506}, Emails: []string{"a@example.com", "a@example.com"}, LabelID: "7", APIUsers: []string{"a", "b", "a"}})
	require.NoError(t, err)
	require.Len(t, p.windows, 1)
	got := p.windows[0].params(100, 50)
	require.Equal(t, url.Values{
		"startDate": {"2026-11-17"}, "endDate": {"2026-11-23"}, "email": {"a@example.com"}, "labelId": {"7"}, "apiUserList": {"a;b"},
		"subStatus": {"406"}, "start": {"100"}, "limit": {"50"},
	}, got, "406 implies invalid, 506 cannot be invalid, and no status goes with a sub-status")
}

func TestPlanKey(t *testing.T) {
	key := func(now time.Time, q Query) string {
		p, err := planner(now).Plan(q)
		require.NoError(t, err)
		return p.Key()
	}
	base := key(noon, Query{Days: 7})
	require.Equal(t, base, key(noon.Add(time.Hour), Query{StartDate: day(-6), EndDate: day(0), Start: 100, Limit: 20}))
	require.NotEqual(t, base, key(noon.AddDate(0, 0, 1), Query{Days: 7}), "over midnight it is another question")
	require.NotEqual(t, base, key(noon, Query{Days: 7, Statuses: []Status{4}}))
	require.NotEqual(t, key(noon, Query{Emails: []string{"a@example.com"}}), key(noon, Query{Emails: []string{"b@example.com"}}))
}

func TestLabelNotes(t *testing.T) {
	p, err := planner(noon).Plan(Query{Days: 1, LabelID: "1", LabelName: "welcome"})
	require.NoError(t, err)
	require.Equal(t, []Note{IDWinsOverName}, p.Notes)
	p, err = planner(noon).Plan(Query{Days: 1, LabelName: "welcome"})
	require.NoError(t, err)
	require.Equal(t, []Note{NameIsFuzzy}, p.Notes)
}

func TestInParallelTurnsAPanicIntoAnError(t *testing.T) {
	errs := inParallel(3, 1, func(i int) error {
		if i == 1 {
			panic("boom")
		}
		return nil
	})
	require.NoError(t, errs[0])
	var bug *PanicError
	require.ErrorAs(t, errs[1], &bug)
	require.Equal(t, "boom", bug.Value)
	require.Contains(t, string(bug.Stack), "plan_test.go", "it does not say where it broke")
}
