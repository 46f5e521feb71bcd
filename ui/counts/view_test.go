package counts

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

func shown(c *Counts) string { return ansi.Strip(c.View(true)) }

// scenes are what a person meets in the count view.
var scenes = []struct {
	name string
	play func(*Counts)
}{
	{"proposed", func(c *Counts) { c.Propose(full) }},
	{"running", func(c *Counts) {
		c.Propose(full)
		c.Start()
		c.Put(Key{Status: 4}, Number{Count: 80114, At: noon})
		c.Put(Key{Status: 4, Sub: 406}, Number{Count: 60012, At: noon})
		c.Move(7)
	}},
	{"failures", func(c *Counts) { c.Propose(asking(failures...)); world(c, sendcloud.Date{}, 1000) }},
	{"codes", func(c *Counts) {
		c.Propose(asking(Key{4, 405, sendcloud.Date{}}, Key{5, 505, sendcloud.Date{}}))
		world(c, sendcloud.Date{}, 1000)
	}},
	{"again", func(c *Counts) {
		p := asking(failures...)
		p.Again = true
		c.Propose(p)
		world(c, sendcloud.Date{}, 1000)
		c.Start()
		for i, s := range sendcloud.Statuses() {
			c.Put(Key{Status: s}, Number{Count: 1000 * i, At: noon.Add(10 * time.Minute)})
		}
	}},
	{"days-failures", func(c *Counts) {
		withDays(c, 7)
		p := asking(failures...)
		p.Days = lastDays(7)
		c.Propose(p)
	}},
	{"whole", func(c *Counts) { c.Propose(full); world(c, sendcloud.Date{}, 1000); c.Move(7) }},
	{"contradiction", func(c *Counts) {
		c.Propose(full)
		world(c, sendcloud.Date{}, 1000)
		c.Put(Key{Status: 5, Sub: 508}, Number{Count: 1000, AtMost: true, At: noon})
		c.Put(Key{Status: 5, Sub: 509}, Number{Err: &sendcloud.NetworkError{}})
		c.Flag(Key{Status: 5, Sub: 505}, "505 counts what 405 counts: the service ignored the sub-status, so this number is part of no sum.")
		c.Last()
	}},
	{"days-7", func(c *Counts) { withDays(c, 7); c.Move(7); c.MoveDay(3) }},
	{"days-30", func(c *Counts) { withDays(c, 30); c.Move(7); c.MoveDay(12) }},
	{"days-92", func(c *Counts) { withDays(c, 92); c.Move(1); c.MoveDay(80) }},
}

func play(name string, c *Counts) {
	for _, s := range scenes {
		if s.name == name {
			s.play(c)
		}
	}
}

func withDays(c *Counts, n int) {
	p := full
	p.Days = lastDays(n)
	c.Propose(p)
	c.Start()
	for i, d := range p.Days[:n-1] {
		world(c, d, 20+(i*37)%230)
	}
}

func TestGolden(t *testing.T) {
	for _, lang := range []words.Lang{words.English, words.Chinese} {
		for _, size := range [][2]int{{80, 20}, {120, 36}} {
			for _, s := range scenes {
				t.Run(fmt.Sprintf("%s-%dx%d-%s", lang, size[0], size[1], s.name), func(t *testing.T) {
					c := New(theme.New(theme.Dark, false), lang)
					c.SetSize(size[0], size[1])
					s.play(c)
					golden.RequireEqual(t, c.View(true))
				})
			}
		}
	}
	t.Run("mono-ascii", func(t *testing.T) {
		c := New(theme.New(theme.Mono, true), words.English)
		c.SetSize(80, 20)
		play("contradiction", c)
		golden.RequireEqual(t, c.View(true))
	})
	t.Run("elsewhere", func(t *testing.T) {
		c := New(theme.New(theme.Dark, false), words.English)
		c.SetSize(80, 20)
		play("whole", c)
		golden.RequireEqual(t, c.View(false))
	})
}

// Whatever is asked, answered and pressed: the view fills its size, the cursor
// is in it, and no two numbers touch.
func TestAnySizeAnyKeys(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		th := theme.New(rapid.SampledFrom(theme.Names()).Draw(t, "theme"), rapid.Bool().Draw(t, "ascii"))
		c := New(th, rapid.SampledFrom([]words.Lang{words.English, words.Chinese}).Draw(t, "lang"))
		for range rapid.IntRange(1, 12).Draw(t, "steps") {
			switch rapid.IntRange(0, 7).Draw(t, "step") {
			case 0:
				c.SetSize(rapid.IntRange(0, 200).Draw(t, "w"), rapid.IntRange(0, 50).Draw(t, "h"))
			case 1:
				rapid.SampledFrom(scenes).Draw(t, "scene").play(c)
			case 2:
				c.Move(rapid.IntRange(-30, 30).Draw(t, "move"))
			case 3:
				c.MoveDay(rapid.IntRange(-99, 99).Draw(t, "day"))
			case 4:
				c.Scroll(rapid.IntRange(-3, 3).Draw(t, "halves"))
			case 5:
				var keys []Key
				for _, s := range rapid.SliceOfDistinct(rapid.SampledFrom(sendcloud.Statuses()), rapid.ID).Draw(t, "statuses") {
					keys = append(keys, Key{Status: s})
				}
				for _, s := range rapid.SliceOfDistinct(rapid.SampledFrom(sendcloud.SubStatuses()), rapid.ID).Draw(t, "subs") {
					keys = append(keys, Key{Status: s.Status(), Sub: s})
				}
				c.Propose(Plan{Asked: keys, Days: lastDays(rapid.IntRange(0, 92).Draw(t, "days")), Again: rapid.Bool().Draw(t, "again")})
				if rapid.Bool().Draw(t, "start") {
					c.Start()
				}
			case 6:
				k := Key{Status: rapid.SampledFrom(sendcloud.Statuses()).Draw(t, "status")}
				c.Put(k, Number{Count: rapid.IntRange(0, 2_000_000_000).Draw(t, "count"), AtMost: rapid.Bool().Draw(t, "most"), At: noon})
			case 7:
				k := Key{Status: 4, Sub: rapid.SampledFrom(sendcloud.SubStatuses()).Draw(t, "sub")}
				c.Flag(k, rapid.StringN(0, 300, 400).Draw(t, "why"))
			}
			view := c.View(rapid.Bool().Draw(t, "focused"))
			if c.w == 0 || c.h == 0 {
				require.Empty(t, view)
				continue
			}
			lines := strings.Split(view, "\n")
			require.Len(t, lines, c.h)
			for _, l := range lines {
				require.Equal(t, c.w, cell.Width(l), "%q", l)
			}
			if len(c.rows) > 0 && c.body() > 0 {
				require.True(t, c.top <= c.cursor && c.cursor < c.top+c.body(), "the cursor is out of view")
			}
			if c.day > 0 && c.cols.days > 0 {
				require.True(t, c.left < c.day && c.day <= c.left+c.cols.days, "the day is out of view")
			}
		}
	})
}

// At 80 columns a number's age is never cut away.
func TestTheAgeOfEveryNumberIsInView(t *testing.T) {
	for _, lang := range []words.Lang{words.English, words.Chinese} {
		p := full
		p.Days = lastDays(7)
		c := view(lang, p)
		for _, d := range p.Days {
			world(c, d, 1000)
		}
		c.Put(Key{Status: 5, Sub: 508, Day: p.Days[0]}, Number{Count: 1_234_567, AtMost: true, At: noon})
		c.MoveDay(1)
		for range c.rows {
			if c.figures[c.day][c.cursor].state == known {
				require.Regexp(t, `12:00:\d\d *\n`, shown(c))
			}
			c.Move(1)
		}
	}
}

func TestNothingMovesWhenANumberComes(t *testing.T) {
	c := view(words.English, full)
	c.Start()
	before := strings.Split(shown(c), "\n")
	c.Put(Key{Status: 4, Sub: 406}, Number{Count: 60012, At: noon})
	after := strings.Split(shown(c), "\n")
	for i := range before {
		switch {
		case strings.Contains(before[i], "406"), strings.Contains(before[i], "loading:"):
			require.NotEqual(t, before[i], after[i])
		default:
			require.Equal(t, before[i], after[i])
		}
	}
}

func BenchmarkView(b *testing.B) {
	c := New(theme.New(theme.Dark, false), words.Chinese)
	c.SetSize(120, 40)
	withDays(c, 92)
	for b.Loop() {
		_ = c.View(true)
	}
}

// Where days have columns, all of them do: a spark line is for more.
func TestDaysHaveAllTheirColumnsOrNone(t *testing.T) {
	for w := 60; w <= 160; w++ {
		c := New(theme.New(theme.Mono, false), words.English)
		withDays(c, 7)
		c.SetSize(w, 24)
		if c.cols.day == 1 {
			continue
		}
		heads := strings.Split(shown(c), "\n")[0]
		for _, day := range c.plan.Days {
			require.Contains(t, heads, words.DayOf(day), "%d columns", w)
		}
	}
}
