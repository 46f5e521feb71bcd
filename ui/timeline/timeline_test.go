package timeline

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"bounceboard/keymap"
	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
	"bounceboard/sendcloud/recordset"
	"bounceboard/theme"
	"bounceboard/ui/cell"
	"bounceboard/ui/chart"
	"bounceboard/ui/pane"
	"bounceboard/ui/screen"
	"bounceboard/ui/words"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, sendcloud.Zone)

// hours is n hours up to noon; in the last quarter of them qq.com refuses.
func hours(n int) counted {
	c := counted{Histogram: recordset.Histogram{Step: time.Hour}, Coverage: pane.Coverage{Covered: n * 1000, Of: n * 1000}}
	for i := range n {
		from := noon.Add(time.Duration(i-n) * time.Hour)
		b := recordset.Bar{From: from, To: from.Add(time.Hour), Delivered: 100 + 60*min(from.Hour(), 24-from.Hour()), Invalid: 9 + i%5, SoftBounce: 12, Requested: i % 3}
		if i >= n*3/4 && i < n*4/5 {
			b.Invalid += 900
			b.Delivered /= 3
		}
		c.Bars = append(c.Bars, b)
	}
	return c
}

func days(n int) counted {
	c := counted{Histogram: recordset.Histogram{Step: 24 * time.Hour}, Coverage: pane.Coverage{Covered: 31200, Of: 80114, Partial: true}}
	for i := range n {
		from := sendcloud.DateOf(noon).AddDays(i - n + 1).Start()
		c.Bars = append(c.Bars, recordset.Bar{From: from, To: from.AddDate(0, 0, 1), Delivered: 90_000 + i*1000%7000, Invalid: 300 * (i % 4), SoftBounce: 5000, Other: i % 2})
	}
	return c
}

// hour is one bucket, i hours after noon.
func hour(i int, b recordset.Bar) recordset.Bar {
	b.From = noon.Add(time.Duration(i) * time.Hour)
	b.To = b.From.Add(time.Hour)
	return b
}

func of(bars ...recordset.Bar) counted {
	return counted{Histogram: recordset.Histogram{Step: time.Hour, Bars: bars}}
}

func empty(th theme.Theme, lang words.Lang) *Timeline {
	return New(th, lang, keymap.Default(), func() pane.Rows { return pane.Rows{} })
}

func opened(lang words.Lang, c counted) *Timeline {
	t := empty(theme.New(theme.Dark, false), lang)
	t.Resize(80, 12)
	t.show(c)
	return t
}

func view(t *Timeline) string { return strings.Join(t.Draw(true), "\n") }

func shown(t *Timeline) string { return ansi.Strip(view(t)) }

func press(t *Timeline, actions ...keymap.Action) {
	for _, a := range actions {
		t.Press(a, "")
	}
}

var scenes = []struct {
	name string
	play func(*Timeline)
}{
	{"day", func(t *Timeline) { t.show(hours(24)); t.move(-5) }},
	{"week", func(t *Timeline) { t.show(hours(168)); t.move(-9); press(t, keymap.RangeStart); t.move(6) }},
	{"month", func(t *Timeline) { t.show(days(30)); press(t, keymap.First) }},
	{"quarter", func(t *Timeline) { t.show(days(92)); press(t, keymap.RangeStart); t.move(-8) }},
	{"hours-of-a-quarter", func(t *Timeline) { t.show(hours(92 * 24)) }},
	{"none", func(t *Timeline) { t.show(counted{}) }},
	{"loading", func(*Timeline) {}},
}

func TestGolden(t *testing.T) {
	for _, lang := range []words.Lang{words.English, words.Chinese} {
		for _, size := range [][2]int{{80, 20}, {120, 36}} {
			for _, s := range scenes {
				t.Run(fmt.Sprintf("%s-%dx%d-%s", lang, size[0], size[1], s.name), func(t *testing.T) {
					tl := empty(theme.New(theme.Dark, false), lang)
					tl.Resize(size[0], size[1])
					s.play(tl)
					golden.RequireEqual(t, view(tl))
				})
			}
		}
	}
	for name, th := range map[string]theme.Theme{"mono": theme.New(theme.Mono, false), "mono-ascii": theme.New(theme.Mono, true), "light-ascii": theme.New(theme.Light, true)} {
		t.Run(name, func(t *testing.T) {
			tl := empty(th, words.English)
			tl.Resize(80, 8)
			scenes[1].play(tl)
			golden.RequireEqual(t, view(tl))
		})
	}
}

func TestTheMomentUnderTheCursorIsReadable(t *testing.T) {
	tl := opened(words.English, hours(24))
	require.Contains(t, shown(tl), "11-23 11:00–12:00: 786 mails, ", "it begins at the latest")
	tl.Resize(100, 12)
	require.Contains(t, shown(tl), "11-23 11:00–12:00: 786 mails, ✗ 12, ↩ 12, ⋯ 2, ✓ 760")
	press(tl, keymap.First)
	require.Contains(t, shown(tl), "11-22 12:00–13:00: 841 mails, ✗ 9")
	tl.move(11)
	require.Contains(t, shown(tl), "11-22 23:00–24:00: ")
	zh := opened(words.Chinese, days(7))
	require.Contains(t, shown(zh), "11-23：101,600 封，✗ 600，↩ 5,000，✓ 96,000")
}

// A million rows: every number can be read in the pane beside the table, and the
// bars keep their height.
func TestNoNumberUnderTheCursorIsCut(t *testing.T) {
	c := hours(168)
	for i := range c.Bars {
		c.Bars[i].Delivered, c.Bars[i].SoftBounce, c.Bars[i].Invalid, c.Bars[i].Requested = 3200+i, 400+i, 4300+i, 150+i
	}
	for w := 52; w < 130; w++ {
		for _, ranging := range []bool{false, true} {
			tl := empty(theme.New(theme.Dark, false), words.English)
			tl.Resize(w, 20)
			tl.show(c)
			press(tl, keymap.First)
			if ranging {
				press(tl, keymap.RangeStart, keymap.Last)
			}
			first, last := tl.ends()
			n := partsOfAll(tl.bars.bars[first : last+1])
			about := strings.Join(strings.Split(shown(tl), "\n")[20-len(tl.about()):], "\n")
			for _, part := range []int{n[0], n[1], n[2], n[4], n.total()} {
				require.Contains(t, about, words.Number(part), "%d columns, range %v", w, ranging)
			}
			if w == 66 && ranging {
				require.Contains(t, shown(tl), " 11-16 12:00–11-23 12:00 chosen: ")
				require.Len(t, tl.about(), 2)
			}
		}
	}
}

func TestARange(t *testing.T) {
	tl := opened(words.English, hours(24))
	press(tl, keymap.RangeStart)
	tl.move(-3)
	from, to := tl.chosen()
	require.Equal(t, "08:00 12:00", from.Format("15:04")+" "+to.Format("15:04"))
	require.Contains(t, shown(tl), "11-23 08:00–12:00 chosen: ")
	require.Contains(t, shown(tl), "↑==========]")

	tl.show(hours(24)) // the same rows, counted anew
	again, end := tl.chosen()
	require.True(t, from.Equal(again) && to.Equal(end))
	e := tl.Press(keymap.Take, "")
	require.Equal(t, &screen.Step{Term: recordset.Between(from, to), Text: "11-23 08:00–12:00"}, e.Filter)
	require.False(t, tl.place.ranging)

	press(tl, keymap.RangeStart)
	require.Equal(t, screen.Effect{}, tl.Press(keymap.Back, ""), "esc gives up the range first")
	require.NotContains(t, shown(tl), "]")
	require.Equal(t, screen.Effect{Do: keymap.Back}, tl.Press(keymap.Back, ""))
	from, to = tl.chosen()
	require.Equal(t, "08:00 09:00", from.Format("15:04")+" "+to.Format("15:04"))

	none := opened(words.English, counted{})
	press(none, keymap.RangeStart)
	require.False(t, none.place.ranging)
	require.Equal(t, screen.Effect{}, none.Press(keymap.Take, ""))
	require.Equal(t, screen.Effect{Do: keymap.Filter}, none.Press(keymap.Filter, ""))
}

func TestMergedBarsBeginWhereAClockWould(t *testing.T) {
	for n, want := range map[int]int{72: 1, 100: 2, 168: 3, 500: 12, 92 * 24: 48} {
		tl := opened(words.English, hours(n))
		require.Equal(t, want, tl.bars.units, "%d hours", n)
		require.LessOrEqual(t, len(tl.bars.bars)*tl.bars.width, tl.W-scaleWidth)
		total := 0
		for i, b := range tl.bars.bars {
			total += b.Total()
			if i > 0 {
				require.Equal(t, tl.bars.bars[i-1].To, b.From)
				require.Zero(t, number(b.From, false)%want, "%d hours: a bar begins at %s", n, b.From)
			}
		}
		require.Equal(t, partsOfAll(tl.counted.Bars).total(), total, "mails were lost in merging")
	}
	tl := opened(words.English, days(30))
	tl.Resize(30, 12)
	require.Equal(t, 2, tl.bars.units)
	tl.Resize(24, 12)
	require.Equal(t, 2, tl.bars.units)
	tl.Resize(14, 12)
	require.Equal(t, 7, tl.bars.units)
	require.Equal(t, time.Monday, tl.bars.bars[1].From.Weekday())
}

func TestTheCursorStaysAtItsMoment(t *testing.T) {
	tl := opened(words.English, hours(60))
	tl.move(-20)
	from, _ := tl.chosen()
	tl.show(hours(70))
	again, _ := tl.chosen()
	require.True(t, from.Equal(again))
	tl.Resize(40, 12) // bars of several hours
	first, to := tl.chosen()
	require.False(t, first.After(from) || !to.After(from), "%s is not in the bar under the cursor", from)
	tl.Resize(120, 12)
	again, _ = tl.chosen()
	require.True(t, from.Equal(again))

	press(tl, keymap.Last)
	c := hours(60)
	c.Bars = append(c.Bars, hour(0, recordset.Bar{Invalid: 1}))
	tl.show(c)
	from, _ = tl.chosen()
	require.True(t, from.Equal(noon), "a cursor on the latest hour stays on the latest")
}

// What is at the base of the bars is the failures, and any failure shows.
func TestAFewFailuresShow(t *testing.T) {
	tl := opened(words.English, of(hour(0, recordset.Bar{Delivered: 1_000_000, Invalid: 1})))
	base := strings.Split(view(tl), "\n")[8]
	require.Contains(t, base, tl.Theme.Invalid.Render(strings.Repeat("█", tl.bars.width-1)+" "))
}

// A bar of a few eighths has the colour of what most of its mail became.
func TestASmallBarIsNotRedForOneFailure(t *testing.T) {
	tl := opened(words.English, of(hour(0, recordset.Bar{Delivered: 100_000}), hour(1, recordset.Bar{Delivered: 5000, SoftBounce: 1, Invalid: 1, Requested: 1})))
	base := strings.Split(view(tl), "\n")[8]
	require.Contains(t, base, tl.Theme.Delivered.Render(strings.Repeat("█", 11)+" "+strings.Repeat("▃", 11)+" "))
	red, _, _ := strings.Cut(tl.Theme.Invalid.Render("█"), "█")
	require.NotContains(t, base, red)
}

func TestWithoutColourStatusesHaveTheirOwnSigns(t *testing.T) {
	for _, c := range []struct {
		ascii bool
		signs []string
	}{{false, []string{"█", "▓", "░"}}, {true, []string{"x", "<", "+"}}} {
		tl := empty(theme.New(theme.Mono, c.ascii), words.English)
		tl.Resize(80, 20)
		tl.show(of(hour(0, recordset.Bar{Delivered: 50, SoftBounce: 25, Invalid: 25})))
		var seen []string
		for _, l := range strings.Split(shown(tl), "\n")[1:17] {
			if s := strings.TrimSpace(l[8:]); s != "" && (len(seen) == 0 || seen[len(seen)-1] != s) {
				seen = append(seen, s)
			}
		}
		require.Len(t, seen, 3)
		for i, s := range seen {
			require.Equal(t, strings.Repeat(c.signs[2-i], 11), s, "from the top: delivered, soft bounce, invalid")
		}
	}
}

func TestWhatItCoversIsSaid(t *testing.T) {
	require.Contains(t, shown(opened(words.English, days(30))), "from 31,200 of 80,114 rows")
	require.NotContains(t, shown(opened(words.English, hours(24))), "from")
}

// Whatever is shown and pressed: the view fills its size, the moments under the
// bars do not touch, and what is chosen lies in the rows.
func TestAnySizeAnyKeys(t *testing.T) {
	actions := []keymap.Action{keymap.Earlier, keymap.Later, keymap.First, keymap.Last, keymap.HalfUp, keymap.HalfDown, keymap.PageUp, keymap.PageDown, keymap.RangeStart, keymap.ToRise, keymap.Take, keymap.Back}
	rapid.Check(t, func(t *rapid.T) {
		th := theme.New(rapid.SampledFrom(theme.Names()).Draw(t, "theme"), rapid.Bool().Draw(t, "ascii"))
		tl := empty(th, rapid.SampledFrom([]words.Lang{words.English, words.Chinese}).Draw(t, "lang"))
		for range rapid.IntRange(1, 12).Draw(t, "steps") {
			switch rapid.IntRange(0, 4).Draw(t, "step") {
			case 0:
				tl.Resize(rapid.IntRange(0, 200).Draw(t, "w"), rapid.IntRange(0, 50).Draw(t, "h"))
			case 1:
				tl.show(hours(rapid.IntRange(0, 3000).Draw(t, "hours")))
			case 2:
				tl.show(days(rapid.IntRange(0, 400).Draw(t, "days")))
			case 3:
				press(tl, rapid.SampledFrom(actions).Draw(t, "action"))
			case 4:
				c := hours(rapid.IntRange(1, 200).Draw(t, "n"))
				for i := range c.Bars {
					c.Bars[i] = hour(i, recordset.Bar{Delivered: rapid.IntRange(0, 1_000_000_000).Draw(t, "d"), SoftBounce: rapid.IntRange(0, 9).Draw(t, "s"),
						Invalid: rapid.IntRange(0, 1000).Draw(t, "i"), Requested: rapid.IntRange(0, 1).Draw(t, "r"), Other: rapid.IntRange(0, 1).Draw(t, "u")})
				}
				tl.show(c)
			}
			lines := tl.Draw(rapid.Bool().Draw(t, "focused"))
			require.Len(t, lines, tl.H)
			for _, l := range lines {
				require.Equal(t, tl.W, cell.Width(l), "%q", l)
			}
			if all := tl.bars.bars; len(all) > 0 {
				if tl.H >= 5 {
					clock := lines[tl.H-1-len(tl.about())]
					for _, m := range strings.Fields(ansi.Strip(clock)) {
						require.Len(t, m, 5, "moments touch: %q", ansi.Strip(clock))
					}
				}
				from, to := tl.chosen()
				require.True(t, from.Before(to) && !from.Before(all[0].From) && !to.After(all[len(all)-1].To))
			}
		}
	})
}

// A bar is as high as its mail, and each status that occurs has a cell, as far
// as there are some.
func TestStack(t *testing.T) {
	tl := empty(theme.New(theme.Dark, false), words.English)
	rapid.Check(t, func(t *rapid.T) {
		var n parts
		kinds := 0
		for i := range n {
			if n[i] = rapid.IntRange(0, 5000).Draw(t, "n"); n[i] > 0 {
				kinds++
			}
		}
		h := rapid.IntRange(1, 30).Draw(t, "h")
		tl.bars.highest = ceiling(max(n.total(), rapid.IntRange(1, 100_000).Draw(t, "highest")))
		eighths, cells, seen := 0, 0, map[chart.Ink]bool{}
		for _, c := range tl.stack(n, h) {
			if at := slices.Index(tl.Theme.Marks.Block[:], c.Text); at >= 0 {
				eighths, cells = eighths+at+1, cells+1
				seen[c.Ink] = true
			}
		}
		require.InDelta(t, float64(n.total())*float64(h*8)/float64(tl.bars.highest), float64(eighths), 1)
		require.Len(t, seen, min(kinds, cells))
	})
}

// A count runs over the rows of the moment it was asked for.
func TestRefreshCounts(t *testing.T) {
	set := recordset.New(recordset.ByRules(bounce.Default()))
	for i := range 9 {
		set.Append(sendcloud.Record{EmailID: fmt.Sprint(i), Status: sendcloud.Invalid, RequestTime: noon.Add(time.Duration(i) * time.Hour)})
	}
	snap := set.Snapshot()
	tl := New(theme.New(theme.Dark, false), words.English, keymap.Default(), func() pane.Rows {
		return pane.Rows{Snapshot: snap, Selection: snap.All(), Here: 9, Of: 12}
	})
	tl.Resize(80, 12)
	e := tl.Refresh()
	require.True(t, e.Run[0].Wait, "rows that come cancel the count under way")
	result, err := e.Run[0].Run(t.Context(), nil)
	require.NoError(t, err)
	e.Run[0].Done(result, nil)
	require.Contains(t, shown(tl), "invalid 9")
	require.Contains(t, shown(tl), "from 9 of 12 rows")
	require.Contains(t, tl.Press(keymap.ToRise, "").Say.Text, "cannot be told")
}

// blocks are the lines in which something of a bar shows.
func blocks(t *Timeline) (n int) {
	for _, l := range strings.Split(shown(t), "\n") {
		if strings.ContainsAny(l, "▁▂▃▄▅▆▇█") && !strings.Contains(l, "invalid") {
			n++
		}
	}
	return n
}

func TestSmallNumbersLookSmall(t *testing.T) {
	tl := opened(words.English, of(hour(0, recordset.Bar{Invalid: 2}), hour(1, recordset.Bar{Invalid: 1})))
	require.Equal(t, 2, blocks(tl))
	tl.show(of(hour(0, recordset.Bar{Invalid: 200})))
	require.Equal(t, 8, blocks(tl), "as high as there is room")
}

// The scale ends where the others show; the number that is cut stands above its bar, at the right end too.
func TestOneHighHourDoesNotFlattenTheOthers(t *testing.T) {
	for _, at := range []int{3, 23} {
		c := hours(0)
		for i := range 24 {
			b := hour(i, recordset.Bar{Invalid: 8 + i%3})
			if i == at {
				b.Invalid = 50_000
			}
			c.Bars = append(c.Bars, b)
		}
		tl := opened(words.English, c)
		require.Contains(t, shown(tl), "↑50,000")
		require.Equal(t, 20, tl.bars.highest)
		require.Equal(t, 7, blocks(tl))
	}
}

// The axis runs to the end of what was asked, and since when nothing came is said.
func TestSilenceShows(t *testing.T) {
	c := hours(24)
	c.until, c.newest = noon.Add(12*time.Hour), noon.Add(-28*time.Minute)
	tl := opened(words.English, c)
	require.Len(t, tl.counted.Bars, 36)
	require.True(t, tl.counted.Bars[35].To.Equal(c.until))
	require.Contains(t, shown(tl), "newest mail 11-23 11:32")
	require.Contains(t, shown(tl), "11-23 11:00–12:00: ", "the cursor begins at the latest mail")
	press(tl, keymap.Last)
	require.Contains(t, shown(tl), "11-23 23:00–24:00: 0 mails")
	c.until = time.Time{}
	tl = opened(words.English, c)
	require.NotContains(t, shown(tl), "newest")
}

func TestCeiling(t *testing.T) {
	for n, want := range map[int]int{0: 1, 1: 1, 7: 8, 9: 10, 11: 12, 1100: 1200, 9000: 10000, 81_000: 100_000} {
		require.Equal(t, want, ceiling(n), n)
	}
}

func BenchmarkDraw(b *testing.B) {
	for _, n := range []int{100, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			tl := empty(theme.New(theme.Dark, false), words.Chinese)
			tl.Resize(120, 20)
			tl.show(hours(n))
			press(tl, keymap.RangeStart, keymap.First)
			for b.Loop() {
				_ = tl.Draw(true)
			}
		})
	}
}
