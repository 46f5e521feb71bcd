package sendcloud_test

import (
	"net/url"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"bounceboard/sendcloud"
)

// A total that nothing stands behind costs a few calls, not one for each page
// that it promises.
func TestATotalWithoutRowsDoesNotCostCalls(t *testing.T) {
	for _, total := range []int{400, 100_000, 1 << 40} {
		s := &shelf{rows: mail(350, 6, delivered), total: func(int, int) int { return total }}
		client := s.ask(t)
		w := client.All(mustPlan(t, client, sendcloud.Query{}), nil)
		got, err := walk(t.Context(), w)
		require.NoError(t, err)
		require.Len(t, got, 350)
		require.NotEmpty(t, w.Summary().Incomplete)
		require.Less(t, len(s.calls), 3*(4+1+40), "pages of a list that had ended")
	}
}

func TestATotalThatIsTooLowHidesNoRow(t *testing.T) {
	for _, total := range []int{0, 1, 99, 170, 349} {
		s := &shelf{rows: mail(350, 6, delivered), total: func(int, int) int { return total }}
		client := s.ask(t)
		w := client.All(mustPlan(t, client, sendcloud.Query{}), nil)
		got, err := walk(t.Context(), w)
		require.NoError(t, err)
		require.Len(t, got, 350, "a total of %d", total)
		require.Empty(t, w.Summary().Incomplete)
	}
}

func TestAServiceThatIgnoresStartIsNotAskedForEver(t *testing.T) {
	s := &shelf{rows: mail(350, 6, delivered)}
	s.called = func(_ int, params url.Values) error {
		params.Set("start", "0")
		return nil
	}
	client := s.ask(t)
	w := client.All(mustPlan(t, client, sendcloud.Query{}), nil)
	got, err := walk(t.Context(), w)
	require.NoError(t, err)
	require.Len(t, got, 100)
	require.NotEmpty(t, w.Summary().Incomplete)
	require.Less(t, len(s.calls), 50)
}

// A list to which more mail comes at its head than is read of it has no end
// that could be reached.
func TestAListThatGrowsFasterThanItIsReadIsLeft(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const most = 500 // calls
		list := append(mail(120*most, 0, delivered), mail(351, 6, delivered)[1:]...)
		s := &shelf{rows: list, shelve: func(n int, all []row) []row { return all[120*(most-min(n, most)):] }}
		client := s.ask(t)
		w := client.All(mustPlan(t, client, sendcloud.Query{}), nil)
		_, err := walk(t.Context(), w)
		require.NoError(t, err)
		left := w.Summary().Incomplete
		require.Len(t, left, 1)
		require.Less(t, left[0].Came, 150, "of the 350 rows that were there, and of the 120 that came with the first call")
		require.Less(t, len(s.calls), 40)
	})
}

// A service that gives the number of rows of each answer for the total.
func TestATotalOfThePageHidesNoRow(t *testing.T) {
	for _, n := range []int{0, 1, 99, 100, 101, 150, 199, 200, 1500} {
		s := &shelf{rows: mail(n, 6, delivered), ofPage: true}
		client := s.ask(t)
		plan := mustPlan(t, client, sendcloud.Query{})
		w := client.All(plan, nil)
		got, err := walk(t.Context(), w)
		require.NoError(t, err)
		require.Equal(t, rowIDs(s.rows, nil), got, n)
		require.Empty(t, w.Summary().Incomplete, n)
		require.Equal(t, n, w.Summary().Announced, n)
		require.False(t, w.Summary().AtLeast, n)

		first, err := client.Page(t.Context(), plan, 0, 100, false, nil)
		require.NoError(t, err)
		require.Equal(t, n >= 200, first.AtLeast, n)
		require.Equal(t, n > 100, first.More(), n)
		rows, last, err := list(t.Context(), client, plan, 100)
		require.NoError(t, err)
		require.Equal(t, rowIDs(s.rows, nil), append([]string(nil), ids(rows)...), n)
		require.Equal(t, n, last.Total, n)
		require.False(t, last.AtLeast, n)
	}
}

// A list of just a page costs one call that shows that nothing lies behind it.
func TestATotalOfOnePageIsBelieved(t *testing.T) {
	for n, calls := range map[int]int{99: 1, 100: 2, 101: 1} {
		s := &shelf{rows: mail(n, 6, delivered)}
		client := s.ask(t)
		page, err := client.Page(t.Context(), mustPlan(t, client, sendcloud.Query{}), 0, 100, false, nil)
		require.NoError(t, err)
		require.Equal(t, n, page.Total)
		require.False(t, page.AtLeast)
		require.Len(t, s.calls, calls, n)
	}
	s := &shelf{rows: mail(100, 6, delivered), ignored: []string{"start"}}
	s.called = func(_ int, params url.Values) error {
		params.Set("start", "0")
		return nil
	}
	client := s.ask(t)
	page, err := client.Page(t.Context(), mustPlan(t, client, sendcloud.Query{}), 0, 100, false, nil)
	require.NoError(t, err)
	require.False(t, page.AtLeast, "the same rows again prove nothing")
	require.Equal(t, 100, page.Total)
}

// Failures without a code come, however the total hides them.
func TestATotalOfThePageHidesNoFailure(t *testing.T) {
	for _, n := range []int{20, 900} {
		rows := mail(n, 6, func(i int) (int, int) {
			if i%9 == 0 {
				return 4, 0
			}
			return mixed(i)
		})
		s := &shelf{rows: rows, ofPage: true}
		client := s.ask(t)
		w := client.All(mustPlan(t, client, sendcloud.Query{Days: 7, Statuses: []sendcloud.Status{4, 5}}), nil)
		got, err := walk(t.Context(), w)
		require.NoError(t, err)
		require.ElementsMatch(t, rowIDs(rows, func(r row) bool { return r.status == 4 || r.status == 5 }), got)
		require.Empty(t, w.Summary().Incomplete)
	}
}

func TestATotalOfTheAnswerIsNoNumber(t *testing.T) {
	s := &shelf{rows: mail(300, 6, mixed), ofPage: true}
	client := s.ask(t)
	plan := mustPlan(t, client, sendcloud.Query{Days: 7})
	var none *sendcloud.NoTotalError
	_, err := client.Count(t.Context(), plan, false, nil)
	require.ErrorAs(t, err, &none)
	require.Len(t, s.calls, 2)
	days := make([]sendcloud.Plan, 5)
	for i := range days {
		days[i] = mustPlan(t, client, sendcloud.Query{StartDate: day(-i), EndDate: day(-i), APIUsers: []string{"batch"}})
	}
	counts, err := client.Counts(t.Context(), days, false, nil)
	require.ErrorAs(t, err, &none)
	for _, c := range counts {
		require.Zero(t, c)
	}
	for name, byDay := range map[string]bool{"whole": false, "days": true} {
		tally := client.Tally(plan, byDay)
		cost := tally.Calls()
		before := len(s.calls)
		cells := map[cellKey]sendcloud.Cell{}
		for cell, err := range tally.Cells(t.Context(), false, nil) {
			if cells[cellKey{cell.Status, cell.Sub, cell.Day}] = cell; err != nil {
				require.ErrorAs(t, err, &none)
				require.Zero(t, cell.Answered)
			}
		}
		require.Len(t, cells, len(tally.Keys()))
		for key, cell := range cells {
			require.Zero(t, cell.Count, "%s: %+v is a number that nobody told", name, key)
		}
		require.Empty(t, tally.Contradictions())
		require.LessOrEqual(t, len(s.calls)-before, cost+1)
	}
}

// Where there is no more than one mail of a kind, that costs two calls at the most.
func TestNumbersUpToOneAreBelieved(t *testing.T) {
	s := &shelf{rows: mail(4, 0, mixed)}
	client := s.ask(t)
	tally := client.Tally(mustPlan(t, client, sendcloud.Query{Days: 7}), false)
	cost := tally.Calls()
	for key, cell := range last(t, tally) {
		if key.sub == 0 {
			require.Equal(t, 1, cell.Count)
		}
	}
	require.Empty(t, tally.Contradictions())
	require.LessOrEqual(t, len(s.calls), cost+3, "and one that asks without a status")
}

// A service that gives fewer rows at once than it is asked for.
func TestAShortPageHidesNoRow(t *testing.T) {
	for _, atOnce := range []int{10, 37, 50, 99} {
		for _, n := range []int{1, 60, 350} {
			s := &shelf{rows: mail(n, 6, delivered), atOnce: atOnce}
			client := s.ask(t)
			plan := mustPlan(t, client, sendcloud.Query{})
			w := client.All(plan, nil)
			got, err := walk(t.Context(), w)
			require.NoError(t, err)
			require.Equal(t, rowIDs(s.rows, nil), got, "%d at once", atOnce)
			require.Empty(t, w.Summary().Incomplete, "%d of %d at once", atOnce, n)
			require.LessOrEqual(t, len(s.calls), 1+2*n/atOnce, "%d of %d at once", atOnce, n)
			rows, page, err := list(t.Context(), client, plan, 100)
			require.NoError(t, err)
			require.Equal(t, rowIDs(s.rows, nil), ids(rows), "%d at once", atOnce)
			require.Equal(t, n, page.Total)

			some, err := client.Page(t.Context(), plan, 7, 20, false, nil)
			require.NoError(t, err)
			require.Equal(t, rowIDs(s.rows, nil)[min(7, n):min(27, n)], append([]string{}, ids(some.Records)...))
		}
	}
}

// Rows move between short pages as well: neighbours share a row.
func TestShortPagesThatMoveHideNoRow(t *testing.T) {
	for _, atOnce := range []int{10, 37} {
		list := mail(500, 6, delivered)
		arriving := mail(60, 0, delivered)
		for i := range arriving {
			arriving[i].id = "new" + arriving[i].id
			arriving[i].at = noon.Add(time.Duration(60-i) * time.Second)
		}
		all := append(arriving, list...)
		s := &shelf{rows: all, atOnce: atOnce, shelve: func(n int, all []row) []row { return all[60-min(60, n-1):] }}
		client := s.ask(t)
		w := client.All(mustPlan(t, client, sendcloud.Query{}), nil)
		got, err := walk(t.Context(), w)
		require.NoError(t, err)
		require.Subset(t, got, rowIDs(list, nil), "%d at once", atOnce)
		require.Empty(t, w.Summary().Incomplete, "%d at once", atOnce)
	}
}
