package timeline

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"bounceboard/keymap"
	"bounceboard/sendcloud"
	"bounceboard/sendcloud/recordset"
	"bounceboard/sendcloud/sendcloudtest"
	"bounceboard/ui/words"
)

// invalids are so many invalid mails an hour, from a midnight on.
func invalids(counts []int) counted {
	first := sendcloud.DateOf(noon).AddDays(-7).Start()
	c := of()
	for i, n := range counts {
		from := first.Add(time.Duration(i) * time.Hour)
		c.Bars = append(c.Bars, recordset.Bar{From: from, To: from.Add(time.Hour), Invalid: n, Delivered: 17 * n})
	}
	return c
}

// riseOf is the rise in these; ok is false where there is none.
func riseOf(c counted) (r rise, ok bool) {
	if found := findRise(&c); found != nil {
		return *found, true
	}
	return rise{}, false
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
		r, ok := riseOf(invalids(counts))
		require.False(t, ok, "a morning is no rise: %+v", r)
	})
	rapid.Check(t, func(t *rapid.T) { // a mail now and then
		counts := make([]int, 24*14)
		for range rapid.IntRange(0, 40).Draw(t, "mails") {
			counts[rapid.IntRange(0, len(counts)-1).Draw(t, "at")]++
		}
		r, ok := riseOf(invalids(counts))
		require.False(t, ok, "%+v", r)
	})
}

func TestTheRiseIsFoundAtItsHour(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		counts := ragged(t, 24*7, rapid.Float64Range(20, 500).Draw(t, "level"), 0.2)
		at := rapid.IntRange(3*24+1, len(counts)-4).Draw(t, "at")
		end := min(len(counts), at+rapid.IntRange(3, 60).Draw(t, "lasts"))
		for i := at; i < end; i++ {
			counts[i] = 8*counts[i] + 30
		}
		h := invalids(counts)
		r, ok := riseOf(h)
		require.True(t, ok)
		require.Equal(t, h.Bars[at].From, r.At)
		require.Equal(t, sendcloud.Invalid, r.Status)
		require.Greater(t, r.After, 4*r.Before)
	})
}

// One hour of the days before had so many mails, then these came.
func TestTheFirstHourOfARise(t *testing.T) {
	for _, c := range []struct {
		name   string
		usual  int
		came   []int // from 09:00 on the eighth day
		first  int   // of these
		after  float64
		lasted int
	}{
		{"a few mails before", 1, []int{4, 131, 133, 1}, 1, 132, 2},
		{"it began late in an hour", 1, []int{45, 131, 133, 1}, 0, 103, 3},
		{"an hour of its own", 1, []int{1, 60, 1}, 1, 60, 1},
		{"it began when few are sent", 0, []int{0, 4, 4, 8, 21, 28, 24}, 1, 89. / 6, 6},
		{"one mail before", 0, []int{1, 0, 29, 35, 1}, 2, 32, 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			counts := make([]int, 7*24+9)
			for i := range counts {
				counts[i] = c.usual
			}
			h := invalids(append(counts, c.came...))
			h.since = h.Bars[0].From
			r, ok := riseOf(h)
			require.True(t, ok)
			require.Equal(t, h.Bars[len(counts)+c.first].From, r.At)
			require.InDelta(t, c.after, r.After, 1e-9)
			require.Equal(t, c.lasted, r.Units)
		})
	}
}

// On a Monday far more is sent than on the weekend before it.
func TestAMondayIsNoRise(t *testing.T) {
	for _, weekend := range []int{1, 2} {
		var counts []int
		for i := range (weekend + 1) * 24 {
			n := int(rhythm(i%24, 10))
			if i >= weekend*24 {
				n = 5 * n
			}
			counts = append(counts, n)
		}
		r, ok := riseOf(invalids(counts))
		require.False(t, ok, "%+v", r)
	}
}

// In what the simulated service plays, most failures come from two hours of mail
// to dead addresses. Columns of one hour and of many hold the hour that is named.
func TestTheRiseInASimulatedAccount(t *testing.T) {
	now := time.Date(2026, 11, 24, 0, 7, 0, 0, sendcloud.Zone)
	for seed := range uint64(12) {
		srv, err := sendcloudtest.New(sendcloudtest.Options{Records: 20_000, Seed: seed + 1, Now: func() time.Time { return now }})
		require.NoError(t, err)
		first := sendcloud.DateOf(now).AddDays(-59).Start()
		sixty := make([]int, int(now.Sub(first).Hours())+1)
		for r := range srv.Records() {
			if at := r.Requested.Sub(first); at >= 0 && r.Status == int(sendcloud.Invalid) {
				sixty[int(at.Hours())]++
			}
		}
		dead := srv.Incidents()[sendcloudtest.DeadList]
		for _, days := range []int{7, 14, 30, 60} {
			h := of()
			for i := (60 - days) * 24; i < len(sixty); i++ {
				from := first.Add(time.Duration(i) * time.Hour)
				h.Bars = append(h.Bars, recordset.Bar{From: from, To: from.Add(time.Hour), Invalid: sixty[i]})
			}
			tl := opened(words.English, h)
			require.Nil(t, tl.Press(keymap.ToRise, "").Say)
			from := int(dead.Sub(first).Hours())
			require.Equal(t, dead.Unix(), tl.rise.At.Unix(), "seed %d, %d days: %v", seed+1, days, sixty[from-3:from+4])
			require.InDelta(t, float64(sixty[from]+sixty[from+1])/2, tl.rise.After, 1e-9)
			for w := 40; w < 240; w += 20 {
				tl.Resize(w, 12)
				press(tl, keymap.First)
				require.Nil(t, tl.Press(keymap.ToRise, "").Say)
				from, to := tl.chosen()
				require.True(t, !dead.Before(from) && dead.Before(to), "%v to %v", from, to)
			}
		}
	}
}

func TestSinceWhenIsSaid(t *testing.T) {
	tl := opened(words.English, hours(168))
	require.Contains(t, shown(tl), "✗ invalid rose from 11 to 911 an hour at 18:00 on 11-21 (mean of 8 hours)")
	wide := opened(words.English, hours(168))
	wide.Resize(100, 12)
	require.Contains(t, shown(wide), "at 18:00 on 11-21 (mean of 8 hours, against earlier days)")
	wide.Resize(60, 12)
	require.Contains(t, strings.Join(strings.Fields(shown(wide)), " "), "at 18:00 on 11-21 (mean of 8 hours)", "it is whole in few columns too")
	before := tl.place.cursor
	require.Nil(t, tl.Press(keymap.ToRise, "").Say)
	require.NotEqual(t, before, tl.place.cursor)
	from, to := tl.chosen()
	at := time.Date(2026, 11, 21, 18, 0, 0, 0, sendcloud.Zone)
	require.True(t, !at.Before(from) && at.Before(to), "the cursor stands at %v", from)
	tl.Resize(80, 7)
	require.NotContains(t, shown(tl), "rose", "in few lines there is no room for it")

	zh := opened(words.Chinese, hours(168))
	require.Contains(t, shown(zh), "无效邮件自 11-21 18:00 起由每小时 11 封升至 911 封（8 小时平均）")
	tl.show(counted{})
	require.Contains(t, tl.Press(keymap.ToRise, "").Say.Text, "No rise of failures")
}

func TestWhatIsNotKnownIsNoRise(t *testing.T) {
	part := hours(168)
	part.Partial = true
	growing := hours(168)
	growing.growing = true
	for name, h := range map[string]counted{"rows are missing": part, "rows are coming": growing, "no day before": hours(24), "nothing": {}} {
		tl := opened(words.English, h)
		require.NotContains(t, shown(tl), " rose ", name)
		require.NotNil(t, tl.Press(keymap.ToRise, "").Say, name)
	}
}

// A refusal that nobody got before has no bucket before its first mail.
func TestARiseFromNothing(t *testing.T) {
	h := invalids([]int{40, 38, 60, 44, 51})
	_, ok := riseOf(h)
	require.False(t, ok, "what was before is not known")
	h.since = h.Bars[0].From.Add(-30 * time.Hour)
	require.Contains(t, shown(opened(words.English, h)), "invalid rose from 0 to 47 an hour at 00:00 on 11-16 (mean of 5 hours")
	h.since = h.Bars[0].From.Add(-20 * time.Hour)
	_, ok = riseOf(h)
	require.False(t, ok, "less than a day")
}

func TestRowsWithoutATimeAreSaid(t *testing.T) {
	h := hours(48)
	h.Undated = 12
	require.Contains(t, shown(opened(words.English, h)), "12 rows without a time")
	h.Partial, h.Covered, h.Of = true, 800, 1000
	require.Contains(t, shown(opened(words.Chinese, h)), "基于 800 / 1,000 行")
}
