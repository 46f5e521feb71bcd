package counts

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/exp/golden"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"bounceboard/keymap"
	"bounceboard/sendcloud"
	"bounceboard/sendcloud/sendcloudtest"
	"bounceboard/theme"
	"bounceboard/ui/cell"
	"bounceboard/ui/screen"
	"bounceboard/ui/words"
)

// scenes are what a person meets in the counts.
var scenes = []struct {
	name  string
	query sendcloud.Query
	play  func(*view)
}{
	{"running", everything, func(v *view) { v.do(v.Open()) }},
	{"whole", everything, func(v *view) { v.whole(); v.to(code, 4, 406) }},
	{"failures", failures, (*view).whole},
	{"codes", codes, (*view).whole},
	{"again", failures, func(v *view) { v.whole(); v.press(keymap.Again) }},
	{"days-7", everything, func(v *view) { v.days(); v.to(code, 4, 406); v.day = 3; v.reveal() }},
	{"days-failures", failures, (*view).days},
	{"days-30", sendcloud.Query{Days: 30}, func(v *view) { v.days(); v.day = 12; v.reveal() }},
}

func TestGolden(t *testing.T) {
	for _, s := range scenes {
		t.Run(s.name, func(t *testing.T) {
			in(t, sendcloudtest.Options{}, func(t *testing.T, w *world) {
				var all []string
				for _, lang := range []words.Lang{words.English, words.Chinese} {
					for _, size := range [][2]int{{80, 20}, {120, 36}} {
						v := w.open(t, lang, s.query)
						v.Resize(size[0], size[1])
						s.play(v)
						all = append(all, text(v))
					}
				}
				golden.RequireEqual(t, strings.Join(all, "\n\n"))
			})
		})
	}
	t.Run("mono-ascii", func(t *testing.T) {
		in(t, sendcloudtest.Options{Ignore: []string{"status"}}, func(t *testing.T, w *world) {
			v := w.openIn(t, theme.New(theme.Mono, true), words.English, everything)
			w.breaks = func(form url.Values) bool { return form.Get("subStatus") == "406" }
			v.Resize(80, 20)
			v.whole()
			golden.RequireEqual(t, strings.Join(append(v.Draw(true), v.Draw(false)...), "\n"))
		})
	})
}

// counted gives counts that were made before.
type counted struct {
	*sendcloud.Client
	count *sendcloud.Count
}

func (c counted) Count(sendcloud.Plan, []sendcloud.Cell, bool) *sendcloud.Count { return c.count }

// Whatever is asked, answered and pressed: the screen fills its size, and the
// cursor is in it.
func TestAnySizeAnyKeys(t *testing.T) {
	var made []counted
	keep := func(v *view) { made = append(made, counted{v.api.(*sendcloud.Client), v.count}) }
	var plan sendcloud.Plan
	for _, o := range []sendcloudtest.Options{{}, {Ignore: []string{"status"}}, {Total: sendcloudtest.TotalNull}} {
		in(t, o, func(t *testing.T, w *world) {
			v := w.open(t, words.English, everything)
			plan = v.plan
			keep(v)
			v.do(v.Open())
			v.stopAfter(7)
			keep(v)
			v.days()
			keep(v)
		})
	}
	rapid.Check(t, func(t *rapid.T) {
		th := theme.New(rapid.SampledFrom(theme.Names()).Draw(t, "theme"), rapid.Bool().Draw(t, "ascii"))
		lang := rapid.SampledFrom([]words.Lang{words.English, words.Chinese}).Draw(t, "lang")
		api := rapid.SampledFrom(made).Draw(t, "count")
		plan.Query = rapid.SampledFrom(scenes).Draw(t, "scene").query
		v := &view{idle: true}
		v.Counts = New(th, lang, keymap.Default(), api, plan, func(screen.Kind) bool { return v.job != nil }, time.Now)
		for range rapid.IntRange(1, 12).Draw(t, "steps") {
			switch rapid.IntRange(0, 3).Draw(t, "step") {
			case 0:
				v.Resize(rapid.IntRange(0, 200).Draw(t, "w"), rapid.IntRange(0, 50).Draw(t, "h"))
			case 1, 2:
				v.press(rapid.SampledFrom(actions).Draw(t, "action"))
			case 3:
				v.end()
			}
			lines := v.Draw(rapid.Bool().Draw(t, "focused"))
			require.Len(t, lines, v.H)
			for _, l := range lines {
				require.Equal(t, v.W, cell.Width(l), "%q", l)
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
	in(t, sendcloudtest.Options{Ignore: []string{"status"}}, func(t *testing.T, w *world) {
		for _, lang := range []words.Lang{words.English, words.Chinese} {
			v := w.open(t, lang, everything)
			v.days()
			v.press(keymap.Later)
			for range v.rows {
				if f := v.figures[v.day][v.cursor.At]; f.Bound != sendcloud.Unknown && !f.At.IsZero() {
					require.Contains(t, shown(v), "12:00:00")
				}
				v.press(keymap.Down)
			}
		}
	})
}
