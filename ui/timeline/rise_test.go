package timeline

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"bounceboard/sendcloud"
	"bounceboard/theme"
	"bounceboard/ui/words"
)

// invalids is a slice of so many invalid mails an hour, from a midnight on.
func invalids(counts []int) Histogram {
	first := sendcloud.DateOf(noon).AddDays(-7).Start()
	h := Histogram{}
	for i, n := range counts {
		from := first.Add(time.Duration(i) * time.Hour)
		h.Buckets = append(h.Buckets, Bucket{From: from, To: from.Add(time.Hour), ByStatus: Tally{Invalid: n, Delivered: 17 * n}})
	}
	return h
}

// rhythm is how many mails there are at an hour of the day, of level in the mean.
func rhythm(hour int, level float64) float64 {
	return level * (1 + 0.9*math.Sin(float64(hour-9)/24*2*math.Pi))
}

// ragged is a series with a daily rhythm, each hour up to noise more or less.
func ragged(t *rapid.T, hours int, level, noise float64) []int {
	counts := make([]int, hours)
	dice := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
	for i := range counts {
		counts[i] = int(rhythm(i%24, level) * (1 - noise + 2*noise*dice.Float64()))
	}
	return counts
}

func TestNoRiseWhereThereIsNone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		counts := ragged(t, rapid.IntRange(0, 24*14).Draw(t, "hours"), rapid.Float64Range(0, 5000).Draw(t, "level"), 0.4)
		r, ok := largest(invalids(counts))
		require.False(t, ok, "a morning is no rise: %+v", r)
	})
	rapid.Check(t, func(t *rapid.T) { // a mail now and then
		counts := make([]int, 24*14)
		for range rapid.IntRange(0, 40).Draw(t, "mails") {
			counts[rapid.IntRange(0, len(counts)-1).Draw(t, "at")]++
		}
		r, ok := largest(invalids(counts))
		require.False(t, ok, "%+v", r)
	})
}

func TestTheRiseIsFoundAtItsHour(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		counts := ragged(t, 24*7, rapid.Float64Range(20, 500).Draw(t, "level"), 0.2)
		at := rapid.IntRange(25, len(counts)-4).Draw(t, "at")
		end := min(len(counts), at+rapid.IntRange(3, 60).Draw(t, "lasts"))
		for i := at; i < end; i++ {
			counts[i] = 8*counts[i] + 30
		}
		h := invalids(counts)
		r, ok := largest(h)
		require.True(t, ok)
		require.Equal(t, h.Buckets[at].From, r.at)
		require.Equal(t, sendcloud.Invalid, r.status)
		require.Greater(t, r.after, 4*r.before)
	})
}

func TestSinceWhenIsSaid(t *testing.T) {
	tl := pane(words.English, hours(168))
	require.Contains(t, shown(tl), "✗ invalid rose from 11 to 911 an hour at 18:00 on 11-21, against earlier days")
	before := tl.cursor
	require.True(t, tl.ToRise())
	require.NotEqual(t, before, tl.cursor)
	from, to, ok := tl.Selected()
	require.True(t, ok)
	at := time.Date(2026, 11, 21, 18, 0, 0, 0, sendcloud.Zone)
	require.True(t, !at.Before(from) && at.Before(to), "the cursor stands at %v", from)
	tl.SetSize(60, 12)
	require.Contains(t, shown(tl), "invalid rose from 11 to 911 an hour at 18:00 on 11-21 ", "in few columns it ends before the comparison")
	tl.SetSize(80, 7)
	require.NotContains(t, shown(tl), "rose", "in few lines there is no room for it")

	zh := pane(words.Chinese, hours(168))
	require.Contains(t, shown(zh), "无效邮件自 11-21 18:00 起由每小时 11 封升至 911 封（与之前几天同时段相比）")
	tl.Clear()
	require.False(t, tl.ToRise())
}

func TestWhatIsNotKnownIsNoRise(t *testing.T) {
	part := hours(168)
	part.Partial = true
	growing := hours(168)
	growing.Growing = true
	for name, h := range map[string]Histogram{"rows are missing": part, "rows are coming": growing, "no day before": hours(24), "nothing": {}} {
		tl := pane(words.English, h)
		require.NotContains(t, shown(tl), " rose ", name)
		require.False(t, tl.ToRise(), name)
	}
}

// A refusal that nobody got before has no bucket before its first mail.
func TestARiseFromNothing(t *testing.T) {
	h := invalids([]int{40, 38, 60, 44, 51})
	_, ok := largest(h)
	require.False(t, ok, "what was before is not known")
	h.Since = h.Buckets[0].From.Add(-30 * time.Hour)
	require.Contains(t, shown(pane(words.English, h)), "invalid rose from 0 to 47 an hour at 00:00 on 11-16")
	h.Since = h.Buckets[0].From.Add(-20 * time.Hour)
	_, ok = largest(h)
	require.False(t, ok, "less than a day")
}

func TestARiseByDay(t *testing.T) {
	h := days(30)
	h.Partial = false
	for i := 20; i < 30; i++ {
		h.Buckets[i].ByStatus.Soft = 90_000
	}
	require.Contains(t, shown(pane(words.English, h)), "↩ soft bounce rose from 5,000 to 90,000 a day on 11-14, against earlier weeks")
	require.Contains(t, shown(pane(words.Chinese, h)), "软退信自 11-14 起由每天 5,000 封升至 90,000 封（与之前几周同日相比）")
}

func TestRowsWithoutATimeAreSaid(t *testing.T) {
	h := hours(48)
	h.Undated = 12
	require.Contains(t, shown(pane(words.English, h)), "12 rows without a time")
	h.Partial, h.Covered, h.Of = true, 800, 1000
	tl := New(theme.New(theme.Dark, false), words.English)
	tl.SetSize(140, 12)
	tl.Show(h)
	require.Contains(t, shown(tl), "from 800 of 1,000 rows · 12 rows without a time · 1 hour a column")
	tl.SetSize(80, 12)
	require.Contains(t, shown(tl), "from 800 of 1,000 rows · 12 rows without a time")
	require.Contains(t, shown(pane(words.Chinese, h)), "基于 800 / 1,000 行 · 12 行没有时间")
}
