package sendcloud_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/sendcloudtest"
)

// untold are totals beside rows that tell nobody how many rows there are.
var untold = []string{sendcloudtest.TotalNull, sendcloudtest.TotalZero, sendcloudtest.TotalWord}

func TestAFirstPageWithoutATotalSaysThatMoreMayFollow(t *testing.T) {
	for _, form := range append(untold, sendcloudtest.TotalHalf) {
		t.Run(string(form), func(t *testing.T) {
			_, client := service(t, sendcloudtest.Options{Records: 1200, Seed: 11, Total: form})
			plan := mustPlan(t, client, sendcloud.Query{Days: 31})
			first, err := client.Page(t.Context(), plan, 0, 100, false, nil)
			require.NoError(t, err)
			require.True(t, first.More())
			if form != sendcloudtest.TotalHalf { // of half of the truth only the end of a list tells that it is none
				require.True(t, first.AtLeast)
			}

			rows, last, err := list(t.Context(), client, plan, 100)
			require.NoError(t, err)
			require.False(t, last.AtLeast, "the last page shows the end")
			require.Equal(t, len(rows), last.Total)
			require.Greater(t, len(rows), 100)
		})
	}
}

// Where neither totals nor codes tell of failures without a code, they are
// asked for by status.
func TestFailuresWithoutACodeComeWhereNoTotalIsAnnounced(t *testing.T) {
	rows := mail(700, 7, func(i int) (int, int) {
		if i%9 == 0 {
			return 5, 0
		}
		return mixed(i)
	})
	for name, total := range map[string]func(int, int) int{
		"none": func(int, int) int { return -1 },
		"zero": func(int, int) int { return 0 },
	} {
		s := &shelf{rows: rows, total: total}
		client := s.ask(t)
		query := sendcloud.Query{Days: 8, Statuses: []sendcloud.Status{4, 5}}
		want := rowIDs(rows, func(r row) bool { return r.status == 4 || r.status == 5 })
		got, page, err := list(t.Context(), client, mustPlan(t, client, query), 100)
		require.NoError(t, err)
		require.ElementsMatch(t, want, ids(got), name)
		require.Equal(t, len(want), page.Total, name)

		w := client.All(mustPlan(t, client, query), nil)
		all, err := walk(t.Context(), w)
		require.NoError(t, err)
		require.ElementsMatch(t, want, all, name)
		require.Empty(t, w.Summary().Incomplete, name)
		require.False(t, w.Summary().AtLeast, name)
	}
}

// As much mail as a page holds between two calls moves the first page to the
// place of the second: that is no reason to stop.
func TestAPageThatMailMovedIsNotTheFirstOneAgain(t *testing.T) {
	list := append(mail(99, 0, delivered), mail(351, 6, delivered)[1:]...)
	s := &shelf{rows: list, shelve: func(n int, all []row) []row {
		if n == 1 {
			return all[99:]
		}
		return all
	}}
	client := s.ask(t)
	w := client.All(mustPlan(t, client, sendcloud.Query{}), nil)
	got, err := walk(t.Context(), w)
	require.NoError(t, err)
	require.GreaterOrEqual(t, len(got), 350)
	require.Empty(t, w.Summary().Incomplete)
}
