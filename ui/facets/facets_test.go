package facets

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"bounceboard/sendcloud/recordset"
	"bounceboard/theme"
	"bounceboard/ui/cell"
	"bounceboard/ui/words"
)

var choice = []words.Sentence{words.ColumnStatus, words.ColumnSub, words.ColumnCause, words.ColumnPermanence, words.ColumnProvider, words.ColumnDomain,
	words.ColumnUser, words.ColumnPattern, words.ColumnIP, words.ColumnHour, words.ColumnDay, words.ColumnTook}

func pane(lang words.Lang) *Facets {
	f := New(theme.New(theme.Dark, false), lang)
	f.SetSize(80, 20)
	choose(f, 5)
	return f
}

func choose(f *Facets, at int) {
	var names []string
	for _, s := range choice {
		names = append(names, f.lang.Say(s))
	}
	f.SetColumns(names, at)
}

func shown(f *Facets) string { return ansi.Strip(f.View(true)) }

// domains is a facet of n domains, each a little rarer than the one before.
func domains(n int) Facet {
	f := Facet{Column: "recipient domain", Lifted: true, Covered: 80114, Of: 80114, Rows: 80114}
	for i := range n {
		count := 40000/(i*i+1) + n - i
		f.Values = append(f.Values, Value{ID: fmt.Sprintf("d%d", i), Label: fmt.Sprintf("d%d.example.com", i), Count: count,
			Share: float64(count) / 80114, Lift: float64((i*7)%40) / 5})
	}
	return f
}

func subStatuses() Facet {
	return Facet{Column: "sub-status", Lifted: true, Rows: 80114, Covered: 31200, Of: 80114, Partial: true, Order: recordset.ByLift, Values: []Value{
		{ID: "405", Label: "405", Hint: "IP or domain rejected", Count: 60012, Share: 0.749, Lift: 3.2, Status: 4},
		{ID: "505", Label: "505", Hint: "IP or domain rejected", Count: 12000, Share: 0.15, Lift: math.Inf(1), Status: 5},
		{ID: "406", Label: "406", Hint: "address does not exist", Count: 8000, Share: 0.1, Lift: 0.42, Status: 4},
		{ID: "", Label: "", Count: 102, Share: 0.0012, Lift: math.NaN()},
	}}
}

var scenes = []struct {
	name string
	play func(*Facets)
}{
	{"loading", func(f *Facets) { choose(f, 5) }},
	{"domains", func(f *Facets) { choose(f, 5); f.Show(domains(300)); f.Move(4) }},
	{"end", func(f *Facets) { choose(f, 11); f.Show(domains(300)); f.Last() }},
	{"sub-status", func(f *Facets) { choose(f, 1); f.Show(subStatuses()) }},
	{"none", func(f *Facets) { choose(f, 8); f.Show(Facet{Column: "refused IP"}) }},
	{"strangers", func(f *Facets) {
		choose(f, 7)
		f.Show(Facet{Column: "reply pattern", Rows: 3, Covered: 3, Of: 3, Values: []Value{
			{ID: "1", Label: "550 \x1b]52;c;eA==\x07\u202eevil\r\nnext", Count: 2, Share: 0.6667},
			{ID: "2", Label: "对方服务器拒收：发件人信誉过低，请联系 postmaster@example.com.cn 处理后再发", Count: 1, Share: 0.3333},
		}})
	}},
}

func TestGolden(t *testing.T) {
	for _, lang := range []words.Lang{words.English, words.Chinese} {
		for _, size := range [][2]int{{80, 20}, {120, 36}} {
			for _, s := range scenes {
				t.Run(fmt.Sprintf("%s-%dx%d-%s", lang, size[0], size[1], s.name), func(t *testing.T) {
					f := New(theme.New(theme.Dark, false), lang)
					f.SetSize(size[0], size[1])
					s.play(f)
					golden.RequireEqual(t, f.View(true))
				})
			}
		}
	}
	t.Run("mono-ascii", func(t *testing.T) {
		f := New(theme.New(theme.Mono, true), words.English)
		f.SetSize(80, 20)
		scenes[3].play(f)
		golden.RequireEqual(t, f.View(true))
	})
	t.Run("elsewhere", func(t *testing.T) {
		f := New(theme.New(theme.Dark, false), words.English)
		f.SetSize(80, 20)
		scenes[1].play(f)
		golden.RequireEqual(t, f.View(false))
	})
}

func TestTheCursorStaysOnItsValue(t *testing.T) {
	f := pane(words.English)
	facet := domains(50)
	f.Show(facet)
	f.Move(3)
	v, ok := f.Selected()
	require.True(t, ok)
	require.Equal(t, 3, f.cursor)

	more := facet
	more.Values = slices.Clone(facet.Values)
	slices.Reverse(more.Values)
	f.Show(more)
	after, _ := f.Selected()
	require.Equal(t, v.ID, after.ID)
	require.Equal(t, 46, f.cursor)

	f.First()
	f.Show(facet)
	after, _ = f.Selected()
	require.Equal(t, "d49", after.ID, "what enter would narrow to changed under the hand")

	gone := facet
	gone.Values = facet.Values[:10]
	f.Show(gone)
	_, ok = f.Selected()
	require.True(t, ok)
	require.Equal(t, 9, f.cursor)
}

func TestAnotherColumnOrOrderBeginsAtTheTop(t *testing.T) {
	f := pane(words.English)
	f.Show(domains(50))
	f.Move(20)
	odd := domains(50)
	odd.Order = recordset.ByLift
	f.Show(odd)
	require.Zero(t, f.cursor)
	f.Move(20)
	f.Show(subStatuses())
	require.Zero(t, f.cursor)
	f.Clear()
	_, ok := f.Selected()
	require.False(t, ok)
	require.Contains(t, shown(f), "loading")
}

func TestWhatTheNumbersCoverIsSaid(t *testing.T) {
	f := pane(words.English)
	f.Show(subStatuses())
	require.Contains(t, shown(f), "4 values in 80,114 rows · from 31,200 of 80,114 rows · odd ones first")
	f.Show(domains(3))
	require.Contains(t, shown(f), "3 values in 80,114 rows · most first")
	require.NotContains(t, shown(f), "from")
}

func TestLiftIsOnlyShownAgainstARest(t *testing.T) {
	f := pane(words.English)
	f.Show(subStatuses())
	require.Contains(t, shown(f), "×3.2")
	require.Contains(t, shown(f), "only here")
	whole := subStatuses()
	whole.Lifted = false
	f.Show(whole)
	require.NotContains(t, shown(f), "×")
	require.NotContains(t, shown(f), "rest")
}

func TestACauseCarriesItsMarks(t *testing.T) {
	f := pane(words.English)
	causes := Facet{Column: "cause", Rows: 9, Covered: 9, Of: 9, Values: []Value{
		{ID: "user_unknown", Label: "no such user", Count: 5, Marks: "⊘"}, {ID: "greylisted", Label: "greylisted", Count: 4, Marks: "⟳"}}}
	f.Show(causes)
	require.Contains(t, shown(f), " ⊘ no such user")
	require.Contains(t, shown(f), " ⟳ greylisted")
	causes.Values = append(causes.Values, Value{ID: "blocked", Label: "IP blocked", Count: 1, Marks: "⊘⟳"})
	f.Show(causes)
	for _, line := range []string{"    cause ", " ⊘  no such user", " ⟳  greylisted", " ⊘⟳ IP blocked"} {
		require.Contains(t, shown(f), line, "not under each other")
	}
}

// Going to other columns, and the pane giving way for a moment, leave a column
// where it was.
func TestAColumnIsMetWhereItWas(t *testing.T) {
	f := pane(words.English)
	line := func(at int) string {
		choose(f, at)
		return strings.Split(shown(f), "\n")[0]
	}
	for at := range choice {
		was := line(at)
		for _, by := range []int{0, 11, 3} {
			line(by)
			require.Equal(t, was, line(at), "column %d, by way of %d", at, by)
		}
		f.SetSize(0, 0)
		f.SetSize(80, 20)
		require.Equal(t, was, strings.Split(shown(f), "\n")[0], "column %d", at)
	}
}

func TestTheStripMovesOnlyWhenItMust(t *testing.T) {
	f := pane(words.English)
	line := func(at int) string {
		choose(f, at)
		return strings.Split(shown(f), "\n")[0]
	}
	first := line(0)
	require.Equal(t, first, line(4), "the strip moved although the column is on it")
	for i := range choice {
		require.Contains(t, line(i), words.English.Say(choice[i]))
	}
	require.Contains(t, line(11), "← ")
	require.Contains(t, line(0), " →")
	f.SetSize(200, 20)
	require.NotContains(t, line(6), "→")
}

func TestScrolling(t *testing.T) {
	f := pane(words.English)
	f.Show(domains(300))
	f.Scroll(2)
	require.Equal(t, 16, f.cursor)
	require.Contains(t, shown(f), "d16.")
	require.NotContains(t, shown(f), "d15.")
	f.Last()
	require.Equal(t, 299, f.cursor)
	f.Scroll(9)
	require.Contains(t, shown(f), "d299.")
	f.First()
	require.Contains(t, shown(f), "d0.")
}

// Whatever is shown and pressed, the view fills its size, with the cursor in it
// and nothing in it that drives a terminal.
func TestAnySizeAnyKeys(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		th := theme.New(rapid.SampledFrom(theme.Names()).Draw(t, "theme"), rapid.Bool().Draw(t, "ascii"))
		f := New(th, rapid.SampledFrom([]words.Lang{words.English, words.Chinese}).Draw(t, "lang"))
		for range rapid.IntRange(1, 12).Draw(t, "steps") {
			switch rapid.IntRange(0, 5).Draw(t, "step") {
			case 0:
				f.SetSize(rapid.IntRange(0, 200).Draw(t, "w"), rapid.IntRange(0, 50).Draw(t, "h"))
			case 1:
				rapid.SampledFrom(scenes).Draw(t, "scene").play(f)
			case 2:
				f.Move(rapid.IntRange(-300, 300).Draw(t, "move"))
			case 3:
				f.Scroll(rapid.IntRange(-9, 9).Draw(t, "halves"))
			case 4:
				choose(f, rapid.IntRange(0, len(choice)-1).Draw(t, "column"))
			case 5:
				f.Show(Facet{Lifted: rapid.Bool().Draw(t, "lifted"), Partial: rapid.Bool().Draw(t, "partial"),
					Values: rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Value {
						label := rapid.String().Draw(t, "label")
						return Value{ID: label, Label: label, Hint: rapid.String().Draw(t, "hint"), Count: rapid.Int().Draw(t, "count"),
							Share: rapid.Float64().Draw(t, "share"), Lift: rapid.Float64().Draw(t, "lift"), Status: rapid.IntRange(0, 18).Draw(t, "status"),
							Marks: rapid.SampledFrom([]string{"", "⊘", "⊘⟳"}).Draw(t, "marks")}
					}), 0, 30).Draw(t, "values")})
			}
			view := f.View(rapid.Bool().Draw(t, "focused"))
			if f.w == 0 || f.h == 0 {
				require.Empty(t, view)
				continue
			}
			lines := strings.Split(view, "\n")
			require.Len(t, lines, f.h)
			for _, l := range lines {
				require.Equal(t, f.w, cell.Width(l), "%q", l)
				require.Equal(t, ansi.Strip(l), cell.Clean(ansi.Strip(l)), "harmful text on the screen")
			}
			if len(f.facet.Values) > 0 && f.body() > 0 {
				require.True(t, f.top <= f.cursor && f.cursor < f.top+f.body(), "the cursor is out of view")
			}
		}
	})
}

func BenchmarkView(b *testing.B) {
	for _, n := range []int{100, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			f := New(theme.New(theme.Dark, false), words.Chinese)
			f.SetSize(120, 40)
			choose(f, 5)
			f.Show(domains(n))
			f.Move(n / 2)
			for b.Loop() {
				_ = f.View(true)
			}
		})
	}
}

func BenchmarkShow(b *testing.B) {
	f := New(theme.New(theme.Dark, false), words.Chinese)
	f.SetSize(120, 40)
	facet := domains(100_000)
	f.Show(facet)
	f.Last()
	for b.Loop() {
		f.Show(facet)
	}
}
