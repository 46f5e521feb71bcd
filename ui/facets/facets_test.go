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

	"bounceboard/keymap"
	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
	"bounceboard/sendcloud/rate"
	"bounceboard/sendcloud/recordset"
	"bounceboard/theme"
	"bounceboard/ui/cell"
	"bounceboard/ui/pane"
	"bounceboard/ui/screen"
	"bounceboard/ui/words"
)

func pager(lang words.Lang, th theme.Theme) *Facets {
	return New(th, lang, func() pane.Rows { return pane.Rows{Filtered: true} })
}

func opened(lang words.Lang) *Facets {
	f := pager(lang, theme.New(theme.Dark, false))
	f.Resize(80, 20)
	to(f, recordset.ByDomain)
	return f
}

func to(f *Facets, c recordset.Column) *Facets {
	f.ToColumn(slices.Index(recordset.Facets(), c))
	return f
}

func move(f *Facets, n int) {
	a := keymap.Down
	if n < 0 {
		a = keymap.Up
	}
	for range max(n, -n) {
		f.Press(a, "")
	}
}

func view(f *Facets) string { return strings.Join(f.Draw(true), "\n") }

func shown(f *Facets) string { return ansi.Strip(view(f)) }

// all is a coverage of every row.
func all(n int) pane.Coverage { return pane.Coverage{Covered: n, Of: n} }

// domains is a facet of n domains, each a little rarer than the one before.
func domains(n int) recordset.Facet {
	f := recordset.Facet{Column: recordset.ByDomain, Covered: 80114, Selected: 80114}
	for i := range n {
		count := 40000/(i*i+1) + n - i
		f.Values = append(f.Values, recordset.Value{Value: fmt.Sprintf("d%d.example.com", i), Count: count,
			Share: float64(count) / 80114, Rest: 0.1, Lift: float64((i*7)%40) / 5})
	}
	return f
}

func subStatuses() recordset.Facet {
	return recordset.Facet{Column: recordset.BySubStatus, Others: 48914, Selected: 80114, Covered: 31200, Values: []recordset.Value{
		{Value: "405", Count: 60012, Share: 0.749, Rest: 0.2, Lift: 3.2},
		{Value: "", Count: 102, Share: 0.0012, Rest: 0.1, Lift: math.NaN()},
		{Value: "505", Count: 12000, Share: 0.15, Lift: 99},
		{Value: "406", Count: 8000, Share: 0.1, Rest: 0.2, Lift: 0.42},
	}}
}

func showDomains(f *Facets, n int) {
	to(f, recordset.ByDomain).show(domains(n), recordset.ByCount, all(80114), true)
}

func showSubs(f *Facets) {
	to(f, recordset.BySubStatus).show(subStatuses(), recordset.ByLift, pane.Coverage{Covered: 31200, Of: 80114, Partial: true}, true)
}

// rated is a facet of rows that hold delivered mail too.
func rated() recordset.Facet {
	f := recordset.Facet{Column: recordset.ByDomain, Rated: true, Covered: 3040, Selected: 3040}
	for _, v := range []struct {
		domain        string
		failed, count int
	}{{"qq.com", 240, 2000}, {"gmail.com", 3, 1000}, {"example.com", 1, 1}, {"example.org", 0, 39}} {
		r, _ := rate.Of(v.failed, v.count)
		f.Values = append(f.Values, recordset.Value{Value: v.domain, Count: v.count, Share: float64(v.count) / 3040, Lift: 1, Rate: r})
	}
	return f
}

var scenes = []struct {
	name string
	play func(*Facets)
}{
	{"loading", func(f *Facets) { to(f, recordset.ByDomain) }},
	{"domains", func(f *Facets) { showDomains(f, 300); move(f, 4) }},
	{"end", func(f *Facets) { showDomains(f, 300); f.Press(keymap.Last, "") }},
	{"sub-status", showSubs},
	{"rates", func(f *Facets) { to(f, recordset.ByDomain).show(rated(), recordset.ByRate, all(3040), false) }},
	{"none", func(f *Facets) {
		to(f, recordset.ByRefusedIP).show(recordset.Facet{Column: recordset.ByRefusedIP}, recordset.ByCount, all(0), false)
	}},
	{"strangers", func(f *Facets) {
		to(f, recordset.ByPattern).show(recordset.Facet{Column: recordset.ByPattern, Selected: 3, Covered: 3, Values: []recordset.Value{
			{Value: "k7q2", Text: "550 \x1b]52;c;eA==\x07\u202eevil\r\nnext", Count: 2, Share: 0.6667},
			{Value: "m3aa", Text: "对方服务器拒收：发件人信誉过低，请联系 postmaster@example.com.cn 处理后再发", Count: 1, Share: 0.3333},
		}}, recordset.ByCount, all(3), false)
	}},
}

func TestGolden(t *testing.T) {
	for _, lang := range []words.Lang{words.English, words.Chinese} {
		for _, size := range [][2]int{{80, 20}, {120, 36}} {
			for _, s := range scenes {
				t.Run(fmt.Sprintf("%s-%dx%d-%s", lang, size[0], size[1], s.name), func(t *testing.T) {
					f := pager(lang, theme.New(theme.Dark, false))
					f.Resize(size[0], size[1])
					s.play(f)
					golden.RequireEqual(t, view(f))
				})
			}
		}
	}
	t.Run("mono-ascii", func(t *testing.T) {
		f := pager(words.English, theme.New(theme.Mono, true))
		f.Resize(80, 20)
		scenes[3].play(f)
		golden.RequireEqual(t, view(f))
	})
	t.Run("elsewhere", func(t *testing.T) {
		f := pager(words.English, theme.New(theme.Dark, false))
		f.Resize(80, 20)
		scenes[1].play(f)
		golden.RequireEqual(t, strings.Join(f.Draw(false), "\n"))
	})
}

func TestTheCursorStaysOnItsValue(t *testing.T) {
	f := opened(words.English)
	show := func(facet recordset.Facet) { f.show(facet, recordset.ByCount, all(80114), true) }
	facet := domains(50)
	show(facet)
	move(f, 3)
	v, ok := f.selected()
	require.True(t, ok)
	require.Equal(t, 3, f.cursor.At)

	more := facet
	more.Values = slices.Clone(facet.Values)
	slices.Reverse(more.Values)
	show(more)
	after, _ := f.selected()
	require.Equal(t, v.Value, after.Value)
	require.Equal(t, 46, f.cursor.At)

	f.Press(keymap.First, "")
	show(facet)
	after, _ = f.selected()
	require.Equal(t, "d49.example.com", after.Value, "what enter would narrow to changed under the hand")

	gone := facet
	gone.Values = facet.Values[:10]
	show(gone)
	_, ok = f.selected()
	require.True(t, ok)
	require.Equal(t, 9, f.cursor.At)
}

func TestAnotherColumnOrOrderBeginsAtTheTop(t *testing.T) {
	f := opened(words.English)
	showDomains(f, 50)
	move(f, 20)
	f.show(domains(50), recordset.ByLift, all(80114), true)
	require.Zero(t, f.cursor.At)
	move(f, 20)
	showSubs(f)
	require.Zero(t, f.cursor.At)
	f.Press(keymap.NextColumn, "")
	_, ok := f.selected()
	require.False(t, ok)
	require.Contains(t, shown(f), "loading")
}

func TestWhatTheNumbersCoverIsSaid(t *testing.T) {
	f := opened(words.English)
	showSubs(f)
	require.Contains(t, shown(f), "4 values · from 31,200 of 80,114 rows · least like the other 48,914 rows first")
	showDomains(f, 3)
	require.Contains(t, shown(f), "3 values in 80,114 rows · most first")
	require.NotContains(t, shown(f), "from")
}

func TestLiftIsOnlyShownAgainstOtherRows(t *testing.T) {
	f := opened(words.English)
	showSubs(f)
	require.Contains(t, shown(f), "×3.2")
	require.Contains(t, shown(f), "only here")
	require.Less(t, strings.Index(shown(f), "406"), strings.Index(shown(f), "(none)"), "rows without a value do not come last")
	f.show(subStatuses(), recordset.ByLift, all(80114), false)
	require.NotContains(t, shown(f), "×")
	require.NotContains(t, shown(f), "rest")
}

func TestACauseCarriesItsMarks(t *testing.T) {
	f := to(opened(words.English), recordset.ByCause)
	f.show(recordset.Facet{Column: recordset.ByCause, Selected: 10, Covered: 10, Values: []recordset.Value{
		{Value: "user_unknown", Count: 5, Permanences: []string{"permanent"}}, {Value: "greylisted", Count: 4, Permanences: []string{"temporary"}},
		{Value: "blocked", Count: 1, Permanences: []string{"temporary", "permanent"}}}}, recordset.ByCount, all(10), false)
	for _, line := range []string{"    cause ", " ⊘  ", " ⟳  ", " ⊘⟳ "} {
		require.Contains(t, shown(f), line, "not under each other")
	}
}

// Going to other columns, and the pane giving way for a moment, leave a column
// where it was.
func TestAColumnIsFoundWhereItWas(t *testing.T) {
	f := opened(words.English)
	line := func(at int) string {
		f.ToColumn(at)
		return ansi.Strip(f.Draw(true)[0])
	}
	for at := range recordset.Facets() {
		was := line(at)
		for _, by := range []int{0, 11, 3} {
			line(by)
			require.Equal(t, was, line(at), "column %d, by way of %d", at, by)
		}
		require.Contains(t, was, words.ColumnName(words.English, recordset.Facets()[at]))
	}
	require.Equal(t, line(0), line(4), "the strip moved although the column is on it")
	require.Contains(t, line(11), "← ")
	require.Contains(t, line(0), " →")
	f.Resize(200, 20)
	require.NotContains(t, line(6), "→")
}

func TestScrolling(t *testing.T) {
	f := opened(words.English)
	showDomains(f, 300)
	f.Press(keymap.PageDown, "")
	require.Equal(t, 16, f.cursor.At)
	require.Contains(t, shown(f), "d16.")
	require.NotContains(t, shown(f), "d15.")
	f.Press(keymap.Last, "")
	require.Equal(t, 299, f.cursor.At)
	f.Press(keymap.PageDown, "")
	require.Contains(t, shown(f), "d299.")
	f.Press(keymap.First, "")
	require.Contains(t, shown(f), "d0.")
}

// records are rows of two domains, some of them with a sub-status.
func records(t *testing.T) recordset.Snapshot {
	set := recordset.New(recordset.ByRules(bounce.Default()))
	for i := range 30 {
		set.Append(sendcloud.Record{EmailID: fmt.Sprint(i), Recipients: fmt.Sprintf("u%d@%s", i, []string{"qq.com", "163.com", "qq.com"}[i%3]),
			Status: sendcloud.Invalid, SubStatus: sendcloud.SubStatus(401 + i%2)})
	}
	return set.Snapshot()
}

// What the keys ask for: a count of the column, a step that narrows, and what
// is about the rows is left to the program.
func TestKeysAskTheProgram(t *testing.T) {
	snap := records(t)
	rows := pane.Rows{Snapshot: snap, Selection: snap.All(), Here: 30, Of: 40}
	f := New(theme.New(theme.Dark, false), words.English, func() pane.Rows { return rows })
	f.Resize(80, 20)
	run := func(e screen.Effect) {
		require.Len(t, e.Run, 1)
		require.Equal(t, Kind, e.Run[0].Kind)
		result, err := e.Run[0].Run(t.Context(), nil)
		require.NoError(t, err)
		e.Run[0].Done(result, nil)
	}
	run(f.Press(keymap.ToColumn, fmt.Sprint(slices.Index(recordset.Facets(), recordset.ByDomain)+1)))
	require.Contains(t, shown(f), "qq.com")
	require.Contains(t, shown(f), "2 values · from 30 of 40 rows")
	e := f.Press(keymap.Take, "")
	require.Equal(t, &screen.Step{Term: "domain:qq.com", Text: "recipient domain: qq.com"}, e.Filter)
	e = f.Press(keymap.Exclude, "")
	require.Equal(t, &screen.Step{Term: "!domain:qq.com", Text: "not recipient domain: qq.com"}, e.Filter)

	old := f.Refresh()
	require.True(t, old.Run[0].Wait, "rows that come cancel the count under way")
	result, _ := old.Run[0].Run(t.Context(), nil)
	f.Press(keymap.PrevColumn, "")
	old.Run[0].Done(result, nil)
	require.Contains(t, shown(f), "loading", "a count of another column came")

	require.Contains(t, f.Press(keymap.ByLift, "").Say.Text, "filter them first")
	require.False(t, f.Can(keymap.ByLift))
	rows.Filtered = true
	require.True(t, f.Can(keymap.ByLift))
	run(f.Press(keymap.ByLift, ""))
	require.Equal(t, recordset.ByLift, f.order)
	require.Equal(t, screen.Effect{Do: keymap.Back}, f.Press(keymap.Back, ""))
	require.Equal(t, screen.Effect{Do: keymap.Filter}, f.Press(keymap.Filter, ""))
	_, ok := f.Pattern()
	require.False(t, ok)
}

// Whatever is shown and pressed, the pane fills its size, with the cursor in it
// and nothing in it that drives a terminal.
func TestAnySizeAnyKeys(t *testing.T) {
	actions := []keymap.Action{keymap.Up, keymap.Down, keymap.First, keymap.Last, keymap.HalfUp, keymap.HalfDown, keymap.PageUp, keymap.PageDown, keymap.PrevColumn, keymap.NextColumn, keymap.ByLift, keymap.Take}
	rapid.Check(t, func(t *rapid.T) {
		th := theme.New(rapid.SampledFrom(theme.Names()).Draw(t, "theme"), rapid.Bool().Draw(t, "ascii"))
		f := pager(rapid.SampledFrom([]words.Lang{words.English, words.Chinese}).Draw(t, "lang"), th)
		for range rapid.IntRange(1, 12).Draw(t, "steps") {
			switch rapid.IntRange(0, 3).Draw(t, "step") {
			case 0:
				f.Resize(rapid.IntRange(0, 200).Draw(t, "w"), rapid.IntRange(0, 50).Draw(t, "h"))
			case 1:
				rapid.SampledFrom(scenes).Draw(t, "scene").play(f)
			case 2:
				f.Press(rapid.SampledFrom(actions).Draw(t, "action"), "")
			case 3:
				f.show(recordset.Facet{Column: f.by(),
					Values: rapid.SliceOfN(rapid.Custom(func(t *rapid.T) recordset.Value {
						return recordset.Value{Value: rapid.String().Draw(t, "value"), Text: rapid.String().Draw(t, "text"), Count: rapid.Int().Draw(t, "count"),
							Share: rapid.Float64().Draw(t, "share"), Lift: rapid.Float64().Draw(t, "lift"), Permanences: []string{rapid.SampledFrom([]string{"", "permanent"}).Draw(t, "marks")}}
					}), 0, 30).Draw(t, "values")}, recordset.ByCount, pane.Coverage{Partial: rapid.Bool().Draw(t, "partial")}, rapid.Bool().Draw(t, "rest"))
			}
			lines := f.Draw(rapid.Bool().Draw(t, "focused"))
			require.Len(t, lines, f.H)
			for _, l := range lines {
				require.Equal(t, f.W, cell.Width(l), "%q", l)
				require.Equal(t, ansi.Strip(l), cell.Clean(ansi.Strip(l)), "harmful text on the screen")
			}
			if len(f.facet.Values) > 0 && f.body() > 0 {
				require.True(t, f.cursor.Top <= f.cursor.At && f.cursor.At < f.cursor.Top+f.body(), "the cursor is out of view")
			}
		}
	})
}

func BenchmarkDraw(b *testing.B) {
	for _, n := range []int{100, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			f := opened(words.Chinese)
			f.Resize(120, 40)
			showDomains(f, n)
			f.Press(keymap.Last, "")
			for b.Loop() {
				_ = f.Draw(true)
			}
		})
	}
}

func TestOrdersGoRound(t *testing.T) {
	f := opened(words.English)
	require.Equal(t, []recordset.FacetOrder{recordset.ByCount, recordset.ByLift}, f.orders(), "without a rate")
	f.show(rated(), recordset.ByCount, all(3040), true)
	var seen []recordset.FacetOrder
	for range 3 {
		f.Press(keymap.ByLift, "")
		seen = append(seen, f.chosen)
	}
	require.Equal(t, []recordset.FacetOrder{recordset.ByRate, recordset.ByLift, recordset.ByCount}, seen)
	require.Contains(t, shown(f), "12.0% (10.6-13.5)")
}

func TestWithoutDeliveredMailTheKeyForItIsNamed(t *testing.T) {
	f := New(theme.New(theme.Dark, false), words.English, func() pane.Rows { return pane.Rows{NoDelivered: true} })
	f.Resize(80, 20)
	showDomains(f, 3)
	require.Contains(t, shown(f), "D adds delivered mail")
	require.NotContains(t, shown(f), "(")
	showSubs(f)
	require.NotContains(t, shown(f), "adds delivered", "sub-statuses are of failures alone")
}
