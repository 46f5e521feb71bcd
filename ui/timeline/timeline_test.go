package timeline

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"bounceboard/sendcloud"
	"bounceboard/theme"
	"bounceboard/ui/cell"
	"bounceboard/ui/words"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, sendcloud.Zone)

// hours is n hours up to noon; in the last quarter of them qq.com refuses.
func hours(n int) Histogram {
	h := Histogram{Covered: n * 1000, Of: n * 1000}
	for i := range n {
		from := noon.Add(time.Duration(i-n) * time.Hour)
		b := Bucket{From: from, To: from.Add(time.Hour)}
		b.ByStatus = Tally{Delivered: 100 + 60*min(from.Hour(), 24-from.Hour()), Invalid: 9 + i%5, Soft: 12, Requested: i % 3}
		if i >= n*3/4 && i < n*4/5 {
			b.ByStatus.Invalid += 900
			b.ByStatus.Delivered /= 3
		}
		h.Buckets = append(h.Buckets, b)
	}
	return h
}

func days(n int) Histogram {
	h := Histogram{Unit: Day, Covered: 31200, Of: 80114, Partial: true}
	for i := range n {
		from := sendcloud.DateOf(noon).AddDays(i - n + 1).Start()
		h.Buckets = append(h.Buckets, Bucket{from, from.AddDate(0, 0, 1), Tally{Delivered: 90_000 + i*1000%7000, Invalid: 300 * (i % 4), Soft: 5000, Unknown: i % 2}})
	}
	return h
}

func pane(lang words.Lang, h Histogram) *Timeline {
	t := New(theme.New(theme.Dark, false), lang)
	t.SetSize(80, 12)
	t.Show(h)
	return t
}

func shown(t *Timeline) string { return ansi.Strip(t.View(true)) }

var scenes = []struct {
	name string
	play func(*Timeline)
}{
	{"day", func(t *Timeline) { t.Show(hours(24)); t.Move(-5) }},
	{"week", func(t *Timeline) { t.Show(hours(168)); t.Move(-9); t.Mark(); t.Move(6) }},
	{"month", func(t *Timeline) { t.Show(days(30)); t.First() }},
	{"quarter", func(t *Timeline) { t.Show(days(92)); t.Mark(); t.Move(-8) }},
	{"hours-of-a-quarter", func(t *Timeline) { t.Show(hours(92 * 24)) }},
	{"none", func(t *Timeline) { t.Show(Histogram{}) }},
	{"loading", func(t *Timeline) { t.Show(hours(5)); t.Clear() }},
}

func TestGolden(t *testing.T) {
	for _, lang := range []words.Lang{words.English, words.Chinese} {
		for _, size := range [][2]int{{80, 20}, {120, 36}} {
			for _, s := range scenes {
				t.Run(fmt.Sprintf("%s-%dx%d-%s", lang, size[0], size[1], s.name), func(t *testing.T) {
					tl := New(theme.New(theme.Dark, false), lang)
					tl.SetSize(size[0], size[1])
					s.play(tl)
					golden.RequireEqual(t, tl.View(true))
				})
			}
		}
	}
	for name, th := range map[string]theme.Theme{"mono": theme.New(theme.Mono, false), "mono-ascii": theme.New(theme.Mono, true), "light-ascii": theme.New(theme.Light, true)} {
		t.Run(name, func(t *testing.T) {
			tl := New(th, words.English)
			tl.SetSize(80, 8)
			scenes[1].play(tl)
			golden.RequireEqual(t, tl.View(true))
		})
	}
}

func TestTheMomentUnderTheCursorIsReadable(t *testing.T) {
	tl := pane(words.English, hours(24))
	require.Contains(t, shown(tl), "11-23 11:00–12:00: 786 mails, ", "it begins at the latest")
	tl.SetSize(100, 12)
	require.Contains(t, shown(tl), "11-23 11:00–12:00: 786 mails, 12 invalid, 12 soft bounce, 2 requested, 760 delivered")
	tl.First()
	require.Contains(t, shown(tl), "11-22 12:00–13:00: 841 mails, 9 invalid")
	tl.Move(11)
	require.Contains(t, shown(tl), "11-22 23:00–24:00: ")
	zh := pane(words.Chinese, days(7))
	require.Contains(t, shown(zh), "11-23：101,600 封，无效邮件 600，软退信 5,000，送达 96,000")
}

// A million rows: every number can be read in the pane beside the table, and the
// bars keep their height.
func TestNoNumberUnderTheCursorIsCut(t *testing.T) {
	h := hours(168)
	for i := range h.Buckets {
		h.Buckets[i].ByStatus = Tally{Delivered: 3200 + i, Soft: 400 + i, Invalid: 4300 + i, Requested: 150 + i}
	}
	tl := New(theme.New(theme.Dark, false), words.English)
	for w := 45; w < 130; w++ {
		tl.SetSize(w, 20)
		tl.Show(h)
		for _, mark := range []bool{false, true} {
			tl.First()
			tl.Unmark()
			if mark {
				tl.Mark()
				tl.Last()
			}
			first, last := tl.ends()
			var n Tally
			for _, b := range tl.bars[first : last+1] {
				n.add(b.ByStatus)
			}
			about := strings.SplitN(shown(tl), "\n", 20-len(tl.about())+1)
			for _, part := range []int{n.Invalid, n.Soft, n.Requested, n.Delivered, n.total()} {
				require.Contains(t, about[len(about)-1], words.Number(part), "%d columns, range %v", w, mark)
			}
		}
	}
	tl.SetSize(66, 20)
	require.Contains(t, shown(tl), " 11-16 12:00–11-23 12:00 chosen: ")
	require.Len(t, tl.about(), 2)
	tl.SetSize(120, 20)
	require.Len(t, tl.about(), 1)
}

func TestARange(t *testing.T) {
	tl := pane(words.English, hours(24))
	_, _, ok := tl.Range()
	require.False(t, ok)
	require.True(t, tl.Mark())
	tl.Move(-3)
	from, to, ok := tl.Range()
	require.True(t, ok)
	require.Equal(t, "08:00 12:00", from.Format("15:04")+" "+to.Format("15:04"))
	require.Contains(t, shown(tl), "11-23 08:00–12:00 chosen: ")
	require.Contains(t, shown(tl), "↑==========]")

	tl.Show(hours(24)) // the same slice, counted anew
	again, end, _ := tl.Range()
	require.True(t, from.Equal(again) && to.Equal(end))
	require.True(t, tl.Unmark())
	require.False(t, tl.Unmark())
	require.NotContains(t, shown(tl), "]")
	from, to, ok = tl.Selected()
	require.True(t, ok)
	require.Equal(t, "08:00 09:00", from.Format("15:04")+" "+to.Format("15:04"))
	require.False(t, pane(words.English, Histogram{}).Mark())
}

func TestMergedBarsBeginWhereAClockWould(t *testing.T) {
	for n, want := range map[int]int{72: 1, 100: 2, 168: 3, 500: 12, 92 * 24: 48} {
		tl := pane(words.English, hours(n))
		require.Equal(t, want, tl.merge, "%d hours", n)
		require.LessOrEqual(t, len(tl.bars)*tl.width, tl.plot())
		total := 0
		for i, b := range tl.bars {
			total += b.ByStatus.total()
			if i > 0 {
				require.Equal(t, tl.bars[i-1].To, b.From)
				require.Zero(t, number(b.From, Hour)%want, "%d hours: a bar begins at %s", n, b.From)
			}
		}
		require.Equal(t, tl.all.total(), total, "mails were lost in merging")
	}
	tl := pane(words.English, days(30))
	tl.SetSize(30, 12)
	require.Equal(t, 2, tl.merge)
	tl.SetSize(24, 12)
	require.Equal(t, 2, tl.merge)
	tl.SetSize(14, 12)
	require.Equal(t, 7, tl.merge)
	require.Equal(t, time.Monday, tl.bars[1].From.Weekday())
}

func TestTheCursorStaysAtItsMoment(t *testing.T) {
	tl := pane(words.English, hours(60))
	tl.Move(-20)
	from, _, _ := tl.Selected()
	tl.Show(hours(70))
	again, _, _ := tl.Selected()
	require.True(t, from.Equal(again))
	tl.SetSize(40, 12) // bars of several hours
	first, to, _ := tl.Selected()
	require.False(t, first.After(from) || !to.After(from), "%s is not in the bar under the cursor", from)
	tl.SetSize(120, 12)
	again, _, _ = tl.Selected()
	require.True(t, from.Equal(again))

	tl.Last()
	h := hours(60)
	next := Bucket{From: noon, To: noon.Add(time.Hour), ByStatus: Tally{Invalid: 1}}
	h.Buckets = append(h.Buckets, next)
	tl.Show(h)
	from, _, _ = tl.Selected()
	require.True(t, from.Equal(noon), "a cursor on the latest hour stays on the latest")
}

// What is at the base of the bars is the failures, and any failure shows.
func TestAFewFailuresShow(t *testing.T) {
	tl := pane(words.English, Histogram{Buckets: []Bucket{{noon, noon.Add(time.Hour), Tally{Delivered: 1_000_000, Invalid: 1}}}})
	base := strings.Split(tl.View(true), "\n")[8]
	mark := tl.th.Invalid.Background(tl.th.Delivered.GetForeground()).Render(strings.Repeat("▁", tl.width-1))
	require.Contains(t, base, mark)
}

// A bar of a few eighths has the colour of what most of its mail became.
func TestASmallBarIsNotRedForOneFailure(t *testing.T) {
	h := Histogram{Buckets: []Bucket{
		{noon, noon.Add(time.Hour), Tally{Delivered: 100_000}},
		{noon.Add(time.Hour), noon.Add(2 * time.Hour), Tally{Delivered: 5000, Soft: 1, Invalid: 1, Requested: 1}},
	}}
	tl := pane(words.English, h)
	base := strings.Split(tl.View(true), "\n")[8]
	require.Contains(t, base, tl.th.Delivered.Render(strings.Repeat("█", 11)+" "+strings.Repeat("▃", 11)+" "))
	require.NotContains(t, base, tl.th.Invalid.Render("█")[:5])
}

func TestWithoutColourStatusesHaveTheirOwnSigns(t *testing.T) {
	for _, c := range []struct {
		ascii bool
		signs []string
	}{{false, []string{"█", "▓", "░"}}, {true, []string{"x", "<", "+"}}} {
		tl := New(theme.New(theme.Mono, c.ascii), words.English)
		tl.SetSize(80, 20)
		tl.Show(Histogram{Buckets: []Bucket{{noon, noon.Add(time.Hour), Tally{Delivered: 50, Soft: 25, Invalid: 25}}}})
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
	require.Contains(t, shown(pane(words.English, days(30))), "from 31,200 of 80,114 rows")
	require.NotContains(t, shown(pane(words.English, hours(24))), "from")
}

// Whatever is shown and pressed: the view fills its size, the moments under the
// bars do not touch, and the range lies in the slice.
func TestAnySizeAnyKeys(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		th := theme.New(rapid.SampledFrom(theme.Names()).Draw(t, "theme"), rapid.Bool().Draw(t, "ascii"))
		tl := New(th, rapid.SampledFrom([]words.Lang{words.English, words.Chinese}).Draw(t, "lang"))
		for range rapid.IntRange(1, 12).Draw(t, "steps") {
			switch rapid.IntRange(0, 6).Draw(t, "step") {
			case 0:
				tl.SetSize(rapid.IntRange(0, 200).Draw(t, "w"), rapid.IntRange(0, 50).Draw(t, "h"))
			case 1:
				tl.Show(hours(rapid.IntRange(0, 3000).Draw(t, "hours")))
			case 2:
				tl.Show(days(rapid.IntRange(0, 400).Draw(t, "days")))
			case 3:
				tl.Move(rapid.IntRange(-99, 99).Draw(t, "move"))
			case 4:
				tl.Mark()
			case 5:
				tl.Unmark()
			case 6:
				h := hours(rapid.IntRange(1, 200).Draw(t, "n"))
				for i := range h.Buckets {
					h.Buckets[i].ByStatus = Tally{Delivered: rapid.IntRange(0, 1_000_000_000).Draw(t, "d"), Soft: rapid.IntRange(0, 9).Draw(t, "s"),
						Invalid: rapid.IntRange(0, 1000).Draw(t, "i"), Requested: rapid.IntRange(0, 1).Draw(t, "r"), Unknown: rapid.IntRange(0, 1).Draw(t, "u")}
				}
				tl.Show(h)
			}
			view := tl.View(rapid.Bool().Draw(t, "focused"))
			if tl.w == 0 || tl.h == 0 {
				require.Empty(t, view)
				continue
			}
			lines := strings.Split(view, "\n")
			require.Len(t, lines, tl.h)
			for _, l := range lines {
				require.Equal(t, tl.w, cell.Width(l), "%q", l)
			}
			if tl.h >= 5 && len(tl.bars) > 0 {
				clock := lines[tl.h-1-len(tl.about())]
				for _, m := range strings.Fields(ansi.Strip(clock)) {
					require.Len(t, m, 5, "moments touch: %q", ansi.Strip(clock))
				}
			}
			if from, to, ok := tl.Range(); ok {
				require.True(t, from.Before(to))
				all := tl.shown.Buckets
				require.False(t, from.Before(all[0].From) || to.After(all[len(all)-1].To))
			}
		}
	})
}

// The cells of a bar add up to its height, and no part takes another's place.
func TestEighths(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tl := New(theme.New(theme.Dark, false), words.English)
		n := Tally{rapid.IntRange(0, 5000).Draw(t, "d"), rapid.IntRange(0, 5000).Draw(t, "s"), rapid.IntRange(0, 5000).Draw(t, "i"), rapid.IntRange(0, 9).Draw(t, "r"), 0}
		h := rapid.IntRange(1, 30).Draw(t, "h")
		tl.highest = ceiling(max(n.total(), rapid.IntRange(1, 100_000).Draw(t, "highest")))
		ends := tl.eighths(n.parts(), h)
		last := 0
		for i, part := range n.parts() {
			size := ends[i] - last
			require.GreaterOrEqual(t, size, 0)
			require.True(t, part > 0 || size == 0, "a part of nothing is drawn")
			last = ends[i]
		}
		require.LessOrEqual(t, last, h*8)
		require.InDelta(t, float64(n.total())*float64(h*8)/float64(tl.highest), float64(last), 1)
	})
}

func TestCeiling(t *testing.T) {
	for n, want := range map[int]int{0: 1, 1: 1, 7: 8, 9: 10, 11: 12, 1100: 1200, 9000: 10000, 81_000: 100_000} {
		require.Equal(t, want, ceiling(n), n)
	}
}

func BenchmarkView(b *testing.B) {
	for _, n := range []int{100, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			tl := New(theme.New(theme.Dark, false), words.Chinese)
			tl.SetSize(120, 20)
			tl.Show(hours(n))
			tl.Mark()
			tl.First()
			for b.Loop() {
				_ = tl.View(true)
			}
		})
	}
}
