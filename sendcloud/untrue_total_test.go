package sendcloud_test

import (
	"net/url"
	"testing"
	"testing/synctest"

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
