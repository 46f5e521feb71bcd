package words

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"bounceboard/sendcloud"
	"bounceboard/ui/cell"
)

func TestPercent(t *testing.T) {
	for share, want := range map[float64]string{0: "0%", 1e-9: "<0.1%", 0.0005: "0.1%", 0.645: "64.5%", 0.9994: "99.9%", 0.99999: "99.9%", 1: "100%"} {
		require.Equal(t, want, Percent(share), share)
	}
}

func TestCompact(t *testing.T) {
	for _, c := range []struct {
		n, w   int
		en, zh string
	}{
		{0, 5, "0", "0"}, {9_999, 5, "9,999", "9,999"}, {73_280, 6, "73,280", "73,280"},
		{73_280, 5, "73.3k", "7.3万"}, {156_000, 5, "156k", "16万"}, {156_000, 6, "156.0k", "15.6万"},
		{999_999, 5, "1.0M", "100万"}, {1_234_567, 5, "1.2M", "123万"}, {123_456_789, 5, "123M", "1.2亿"},
	} {
		require.Equal(t, c.en, Compact(English, c.n, c.w))
		require.Equal(t, c.zh, Compact(Chinese, c.n, c.w))
	}
	rapid.Check(t, func(t *rapid.T) {
		n, w := rapid.IntRange(0, 9_999_999_999).Draw(t, "n"), rapid.IntRange(5, 12).Draw(t, "w")
		require.LessOrEqual(t, cell.Width(Compact(English, n, w)), w)
		require.LessOrEqual(t, cell.Width(Compact(Chinese, n, w)), w)
	})
}

func TestLift(t *testing.T) {
	for lift, want := range map[float64]string{0: "<×0.1", 0.42: "×0.4", 3.2: "×3.2", 9.96: "×10", 12.4: "×12", 999: "×999", 1e9: "×999+"} {
		require.Equal(t, want, Lift(English, "×", lift), lift)
	}
	require.Equal(t, "8.6 倍", Lift(Chinese, "×", 8.6))
	require.Equal(t, "不到 0.1 倍", Lift(Chinese, "×", 0))
}

func TestSpan(t *testing.T) {
	at := time.Date(2026, 11, 23, 14, 0, 0, 0, sendcloud.Zone)
	midnight := sendcloud.DateOf(at).Start()
	require.Equal(t, "11-23 14:00–15:00", Span(at, at.Add(time.Hour), false, "–"))
	require.Equal(t, "11-23 14:00–24:00", Span(at, at.Add(10*time.Hour), false, "–"))
	require.Equal(t, "11-23 14:00–11-24 02:00", Span(at, at.Add(12*time.Hour), false, "–"))
	require.Equal(t, "11-23", Span(midnight, midnight.AddDate(0, 0, 1), true, "–"))
	require.Equal(t, "11-23–11-29", Span(midnight, midnight.AddDate(0, 0, 7), true, "–"))
	require.Equal(t, "11-23 14:00-15:00", Span(at.UTC(), at.Add(time.Hour).UTC(), false, "-"), "on the service's clock")
}

func TestCallsAndTime(t *testing.T) {
	require.Equal(t, "19 calls, about 2 s", CallsAndTime(English, 19, 1900*time.Millisecond))
	require.Equal(t, "1 call, about 1 s", CallsAndTime(English, 1, 0))
	require.Equal(t, "1,748 次调用，约 3 分钟", CallsAndTime(Chinese, 1748, 175*time.Second))
}

func TestCountRow(t *testing.T) {
	require.Equal(t, "invalid", CountRow(English, sendcloud.Invalid, 0))
	require.Equal(t, "406 地址不存在", CountRow(Chinese, sendcloud.Invalid, 406))
	require.Equal(t, "410", CountRow(English, sendcloud.Invalid, 410))
}
