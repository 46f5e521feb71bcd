package counts

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/exp/golden"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"bounceboard/keymap"
	"bounceboard/sendcloud"
	"bounceboard/theme"
	"bounceboard/ui/cell"
	"bounceboard/ui/words"
)

func (v *view) whole() {
	v.do(v.Open())
	v.world(sendcloud.Date{}, 1000)
	v.end()
}

// scenes are what a person meets in the counts.
var scenes = []struct {
	name  string
	query sendcloud.Query
	days  int
	play  func(*view)
}{
	{"proposed", sendcloud.Query{}, 7, func(v *view) { v.counting.proposed = true }},
	{"running", sendcloud.Query{}, 7, func(v *view) {
		v.do(v.Open())
		v.put(Cell{Status: 4}, Number{N: 80114, Bound: Exact, At: noon})
		v.put(Cell{Status: 4, SubStatus: 406}, Number{N: 60012, Bound: Exact, At: noon})
		v.to(code, 4, 406)
	}},
	{"failures", failures, 7, (*view).whole},
	{"codes", codes, 7, (*view).whole},
	{"again", failures, 7, func(v *view) {
		v.whole()
		v.press(keymap.Again)
		for i, s := range sendcloud.Statuses() {
			v.put(Cell{Status: s}, Number{N: 1000 * i, Bound: Exact, At: noon.Add(10 * time.Minute)})
		}
	}},
	{"days-failures", failures, 7, func(v *view) { v.days(7) }},
	{"whole", sendcloud.Query{}, 7, func(v *view) { v.whole(); v.to(code, 4, 406) }},
	{"contradiction", sendcloud.Query{}, 7, func(v *view) {
		v.whole()
		v.put(Cell{Status: 5, SubStatus: 508}, Number{N: 1000, Bound: AtMost, At: noon})
		v.put(Cell{Status: 5, SubStatus: 509}, Number{Err: &sendcloud.NetworkError{}})
		v.counting.count.(*fake).found = []sendcloud.Conflict{{Kind: sendcloud.CodesExceedStatus, Status: 5, First: day.AddDays(-6), Last: day, Codes: 4000, Total: 3201}}
		v.press(keymap.Last)
		v.arrange()
	}},
	{"days-7", sendcloud.Query{}, 7, func(v *view) { v.days(7); v.to(code, 4, 406); v.day = 3; v.reveal() }},
	{"days-30", sendcloud.Query{}, 30, func(v *view) { v.days(30); v.day = 12; v.reveal() }},
	{"days-92", sendcloud.Query{}, 92, func(v *view) { v.days(92); v.day = 80; v.reveal() }},
}

func TestGolden(t *testing.T) {
	for _, lang := range []words.Lang{words.English, words.Chinese} {
		for _, size := range [][2]int{{80, 20}, {120, 36}} {
			for _, s := range scenes {
				t.Run(fmt.Sprintf("%s-%dx%d-%s", lang, size[0], size[1], s.name), func(t *testing.T) {
					v := open(lang, s.query, s.days)
					v.Resize(size[0], size[1])
					s.play(v)
					golden.RequireEqual(t, text(v))
				})
			}
		}
	}
	t.Run("mono-ascii", func(t *testing.T) {
		v := openIn(theme.New(theme.Mono, true), words.English, sendcloud.Query{}, 7)
		v.Resize(80, 20)
		scenes[7].play(v)
		golden.RequireEqual(t, text(v))
	})
	t.Run("elsewhere", func(t *testing.T) {
		v := open(words.English, sendcloud.Query{}, 7)
		v.Resize(80, 20)
		scenes[6].play(v)
		golden.RequireEqual(t, strings.Join(v.Draw(false), "\n"))
	})
}

// Whatever is asked, answered and pressed: the screen fills its size, and the
// cursor is in it.
func TestAnySizeAnyKeys(t *testing.T) {
	actions := []keymap.Action{keymap.Up, keymap.Down, keymap.First, keymap.Last, keymap.HalfUp, keymap.PageDown, keymap.Earlier, keymap.Later,
		keymap.ByDay, keymap.GoOn, keymap.Again, keymap.ShowMails, keymap.Back}
	rapid.Check(t, func(t *rapid.T) {
		th := theme.New(rapid.SampledFrom(theme.Names()).Draw(t, "theme"), rapid.Bool().Draw(t, "ascii"))
		s := rapid.SampledFrom(scenes).Draw(t, "scene")
		v := openIn(th, rapid.SampledFrom([]words.Lang{words.English, words.Chinese}).Draw(t, "lang"), s.query, s.days)
		if rapid.Bool().Draw(t, "play") {
			s.play(v)
		}
		for range rapid.IntRange(1, 12).Draw(t, "steps") {
			switch rapid.IntRange(0, 4).Draw(t, "step") {
			case 0:
				v.Resize(rapid.IntRange(0, 200).Draw(t, "w"), rapid.IntRange(0, 50).Draw(t, "h"))
			case 1, 2:
				v.press(rapid.SampledFrom(actions).Draw(t, "action"))
			case 3:
				c := rapid.SampledFrom(v.counting.count.(*fake).cells).Draw(t, "cell")
				v.put(c, Number{N: rapid.IntRange(0, 2_000_000_000).Draw(t, "count"), Bound: Bound(rapid.IntRange(0, 3).Draw(t, "bound")), At: noon})
			case 4:
				v.counting.count.(*fake).found = []sendcloud.Conflict{{Kind: sendcloud.ParameterIgnored, Param: sendcloud.ParamStatus}}
				if v.job != nil {
					v.end()
				}
			}
			lines := v.Draw(rapid.Bool().Draw(t, "focused"))
			require.Len(t, lines, v.h)
			for _, l := range lines {
				require.Equal(t, v.w, cell.Width(l), "%q", l)
			}
			if v.body() > 0 {
				require.True(t, v.cursor.Top <= v.cursor.At && v.cursor.At < v.cursor.Top+v.body(), "the cursor is out of view")
			}
			if v.day > 0 && v.cols.days > 0 {
				require.True(t, v.left < v.day && v.day <= v.left+v.cols.days, "the day is out of view")
			}
		}
	})
}

// At 80 columns a number's age is never cut away.
func TestTheAgeOfEveryNumberIsInView(t *testing.T) {
	for _, lang := range []words.Lang{words.English, words.Chinese} {
		v := open(lang, sendcloud.Query{}, 7)
		v.days(7)
		v.world(day, 1000)
		v.put(Cell{Status: 5, SubStatus: 508, Day: v.counting.days[0]}, Number{N: 1_234_567, Bound: AtMost, At: noon})
		v.press(keymap.Later)
		for range v.rows {
			if f := v.figures[v.day][v.cursor.At]; f.Bound != Unknown && !f.At.IsZero() {
				require.Regexp(t, `12:00:\d\d`, shown(v))
			}
			v.press(keymap.Down)
		}
	}
}

func TestNothingMovesWhenANumberComes(t *testing.T) {
	v := open(words.English, sendcloud.Query{}, 7)
	v.do(v.Open())
	before := strings.Split(shown(v), "\n")
	v.put(Cell{Status: 4, SubStatus: 406}, Number{N: 60012, Bound: Exact, At: noon})
	after := strings.Split(shown(v), "\n")
	for i := range before {
		switch {
		case strings.Contains(before[i], "406"), strings.Contains(before[i], "loading:"):
			require.NotEqual(t, before[i], after[i])
		default:
			require.Equal(t, before[i], after[i])
		}
	}
}

// Where days have columns, all of them do: heights are for more.
func TestDaysHaveAllTheirColumnsOrNone(t *testing.T) {
	v := open(words.English, sendcloud.Query{}, 7)
	v.days(7)
	for w := 60; w <= 160; w++ {
		v.Resize(w, 24)
		if v.cols.day == 1 {
			continue
		}
		for _, day := range v.counting.days {
			require.Contains(t, strings.Split(shown(v), "\n")[0], words.DayOf(day), "%d columns", w)
		}
	}
}

func BenchmarkDraw(b *testing.B) {
	v := open(words.Chinese, sendcloud.Query{}, 92)
	v.Resize(120, 40)
	v.days(92)
	for b.Loop() {
		_ = v.Draw(true)
	}
}
