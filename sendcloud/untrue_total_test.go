package sendcloud_test

import (
	"net/url"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"bounceboard/sendcloud"
)

// A total without rows costs a few calls, not one for each page
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
		for i := range 120 * most {
			list[i].at = noon.Add(time.Duration(120*most-i) * time.Second)
		}
		s := &shelf{rows: list, shelve: func(n int, all []row) []row { return all[120*(most-min(n, most)):] }}
		client := s.ask(t)
		w := client.All(mustPlan(t, client, sendcloud.Query{}), nil)
		_, err := walk(t.Context(), w)
		require.NoError(t, err)
		require.Len(t, w.Summary().Incomplete, 1)
		require.Less(t, len(s.calls), 80)
	})
}

// Where a service gives fewer rows at once than it is asked for, whether it tells a total or not, a page asks for the
// rest, and the reading of all takes smaller steps.
func TestAShortPageHidesNoRow(t *testing.T) {
	for i, atOnce := range []int{10, 37, 50, 99, 10, 37, 50, 99} {
		for _, n := range []int{1, 9, 60, 100, 350} {
			s := &shelf{rows: mail(n, 6, delivered), atOnce: atOnce}
			if i >= 4 {
				s.total = func(int, int) int { return -1 }
			}
			client := s.ask(t)
			plan := mustPlan(t, client, sendcloud.Query{})
			w := client.All(plan, nil)
			all, err := walk(t.Context(), w)
			require.NoError(t, err)
			require.ElementsMatch(t, rowIDs(s.rows, nil), all, "%d of %d at once", atOnce, n)
			require.Empty(t, w.Summary().Incomplete, "%d of %d at once", atOnce, n)
			require.Less(t, s.count(), 4+2*n/atOnce, "%d of %d at once", atOnce, n)
			s.calls = nil
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

// A row that the service lists twice is not a missing one, where a total that is too high leaves a list open.
func TestRowsListedTwiceCountTowardsATotalThatIsTooHigh(t *testing.T) {
	rows := mail(5, 6, delivered)
	s := &shelf{rows: append(rows, rows...), total: func(_, n int) int { return n + 1 }}
	client := s.ask(t)
	w := client.All(mustPlan(t, client, sendcloud.Query{}), nil)
	got, err := walk(t.Context(), w)
	require.NoError(t, err)
	require.Len(t, got, 5)
	require.Len(t, w.Summary().Incomplete, 1)
	require.Equal(t, 11, w.Summary().Incomplete[0].Announced)
	require.Equal(t, 10, w.Summary().Incomplete[0].Came)
}
