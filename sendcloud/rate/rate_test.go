package rate

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// The intervals are those of R's prop.test(x, n, correct = FALSE).
func TestOf(t *testing.T) {
	for _, want := range []Rate{
		{0, 10, 0, 0, 0.2775328},
		{1, 10, 0.1, 0.0178762, 0.4041500},
		{5, 10, 0.5, 0.2365931, 0.7634069},
		{10, 10, 1, 0.7224672, 1},
		{3, 1000, 0.003, 0.0010207, 0.0087834},
	} {
		got, ok := Of(want.Failed, want.All)
		require.True(t, ok)
		require.InDelta(t, want.Share, got.Share, 1e-9)
		require.InDelta(t, want.Low, got.Low, 1e-6, want)
		require.InDelta(t, want.High, got.High, 1e-6, want)
	}
	for _, none := range [][2]int{{0, 0}, {1, 0}, {2, 1}, {-1, 5}, {0, -5}} {
		_, ok := Of(none[0], none[1])
		require.False(t, ok, none)
	}
}

func TestTheShareLiesInItsInterval(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := rapid.IntRange(1, 1e7).Draw(t, "all")
		r, ok := Of(rapid.IntRange(0, all).Draw(t, "failed"), all)
		require.True(t, ok)
		require.True(t, 0 <= r.Low && r.Low <= r.Share && r.Share <= r.High && r.High <= 1, "%+v", r)
		twice, _ := Of(2*r.Failed, 2*r.All)
		require.Less(t, twice.High-twice.Low, r.High-r.Low, "more cases say more")
	})
}
