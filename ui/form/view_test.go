package form

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"
	"github.com/stretchr/testify/require"

	"bounceboard/keymap"
	"bounceboard/sendcloud"
	"bounceboard/theme"
	"bounceboard/ui/cell"
	"bounceboard/ui/words"
)

func plain(s string) string { return ansi.Strip(s) }

var failures7 = sendcloud.Query{Statuses: []sendcloud.Status{sendcloud.Invalid, sendcloud.SoftBounce}, Days: 7}

// scenes are what a person meets in the form.
var scenes = []struct {
	name string
	play func(*Form)
}{
	{"opened", func(*Form) {}},
	{"status", func(f *Form) { f.goTo(sendcloud.ParamStatus) }},
	{"sub-status", func(f *Form) {
		f.goTo(sendcloud.ParamSubStatus).keys(" ")
		f.Press(keymap.Down, "")
		f.keys(" ")
		f.Press(keymap.Down, "")
	}},
	{"dates", func(f *Form) {
		f.goTo(sendcloud.ParamStartDate).keys("-3d").goTo(sendcloud.ParamEndDate).keys("昨天")
	}},
	{"wrong", func(f *Form) {
		f.keys("张伟@example.com.cn，lin.wei@@qq.com").goTo(sendcloud.ParamDays).keys(" ").goTo(sendcloud.ParamEndDate).keys("-1d").goTo(sendcloud.ParamLabelName).keys("双十一")
	}},
}

func TestGolden(t *testing.T) {
	for _, lang := range []words.Lang{words.English, words.Chinese} {
		for _, size := range [][2]int{{80, 20}, {120, 36}} {
			for _, s := range scenes {
				t.Run(fmt.Sprintf("%s-%dx%d-%s", lang, size[0], size[1], s.name), func(t *testing.T) {
					f := scene(theme.New(theme.Dark, false), lang, s.play)
					f.Resize(size[0], size[1])
					golden.RequireEqual(t, view(f))
				})
			}
		}
	}
	t.Run("mono-ascii", func(t *testing.T) {
		f := scene(theme.New(theme.Mono, true), words.English, scenes[2].play)
		f.Resize(80, 20)
		golden.RequireEqual(t, view(f))
	})
}

func scene(th theme.Theme, lang words.Lang, play func(*Form)) *Form {
	f := New(Options{Theme: th, Lang: lang, Now: noon, Query: failures7, Cost: perDay})
	f.Resize(80, 20)
	play(f)
	return f
}

// Whatever the size, the view fills it, and the field with the cursor and what
// is said about it are in it.
func TestViewFillsEverySize(t *testing.T) {
	th := theme.New(theme.Dark, false)
	for _, lang := range []words.Lang{words.English, words.Chinese} {
		for _, s := range scenes {
			f := scene(th, lang, s.play)
			for w := 0; w <= 200; w += 9 {
				for h := 0; h <= 60; h += 5 {
					f.Resize(w, h)
					lines := f.Draw(true)
					require.Len(t, lines, h, "%s %dx%d", s.name, w, h)
					for _, l := range lines {
						require.True(t, cell.Width(l) == w || w < minWidth && l == "", "%s %dx%d %q", s.name, w, h, l)
					}
					if w >= 60 && h >= 13 && s.name != "sub-status" {
						require.Contains(t, plain(view(f)), th.Marks.Focus, "%s %dx%d: the field with the cursor is out of view", s.name, w, h)
					}
				}
			}
		}
	}
}

func TestTheChoiceWithTheCursorIsInView(t *testing.T) {
	for h := 10; h < 30; h++ {
		f := opened(sendcloud.Query{}).goTo(sendcloud.ParamSubStatus)
		f.Resize(60, h)
		for range 9 {
			code := fmt.Sprint(f.at().codes[f.at().cursor])
			require.Contains(t, plain(view(f)), code+" ", "%d rows", h)
			f.Press(keymap.Down, "")
		}
	}
}

func TestAListIsShownWholeWhereItFits(t *testing.T) {
	f := opened(sendcloud.Query{}).goTo(sendcloud.ParamSubStatus)
	f.Resize(80, 23)
	whole := plain(view(f))
	for _, s := range []string{"subStatus", "401 on", "409 other"} {
		require.Contains(t, whole, s)
	}
}

// Every reason fits under its field at 80 columns.
func TestReasonsAreNotCut(t *testing.T) {
	reasons := []sendcloud.ParameterError{
		{Param: sendcloud.ParamStartDate, Value: "the day before yesterday", Reason: sendcloud.NotADate},
		{Param: sendcloud.ParamEndDate, Reason: sendcloud.HalfDates},
		{Param: sendcloud.ParamEndDate, Reason: sendcloud.EndBeforeStart},
		{Param: sendcloud.ParamDays, Reason: sendcloud.DaysWithDates},
		{Param: sendcloud.ParamStartDate, Reason: sendcloud.SpanTooLong, Limit: 92},
		{Param: sendcloud.ParamStartDate, Reason: sendcloud.TooFarBack, Limit: 92},
		{Param: sendcloud.ParamStartDate, Reason: sendcloud.InTheFuture},
		{Param: sendcloud.ParamDays, Value: "a long text that is no number", Reason: sendcloud.OutOfRange, Min: 1, Limit: 92},
		{Param: sendcloud.ParamEmail, Value: "very.long.local.part@@example.com.cn", Reason: sendcloud.MalformedAddress},
		{Param: sendcloud.ParamLabelID, Value: "a label id with blanks in it", Reason: sendcloud.BadListItem},
		{Param: sendcloud.ParamSubStatus, Reason: sendcloud.Contradiction},
		{Param: sendcloud.ParamLabelName, Reason: sendcloud.Empty},
	}
	for _, lang := range []words.Lang{words.English, words.Chinese} {
		f := scene(theme.New(theme.Dark, false), lang, func(*Form) {})
		for _, e := range reasons {
			d := field{spec: spec{param: e.Param}, wrong: &e}
			text := plain(f.under(&d, 79))
			short := strings.TrimRight(text, " ")
			require.False(t, strings.HasSuffix(short, "…"), "cut: %q", short)
		}
		for i := range f.fields {
			f.focus = i
			require.False(t, strings.HasSuffix(strings.TrimRight(plain(f.under(f.at(), 79)), " "), "…"), f.at().param)
		}
	}
}

func TestHostileValuesAreHarmless(t *testing.T) {
	f := opened(sendcloud.Query{LabelName: "a\x1b]52;c;eA==\x07\u202eb", APIUsers: []string{"x\u0300\u0301\u0302\u0303y"}})
	for range f.fields {
		whole := plain(view(f))
		require.NotContains(t, whole, "\u202e")
		require.NotContains(t, whole, "\x1b]")
		f.Press(keymap.NextField, "")
	}
}

func BenchmarkView(b *testing.B) {
	f := scene(theme.New(theme.Dark, false), words.Chinese, scenes[2].play)
	f.Resize(120, 36)
	for b.Loop() {
		_ = view(f)
	}
}

func TestLabelsFit(t *testing.T) {
	for _, lang := range []words.Lang{words.English, words.Chinese} {
		for _, s := range specs {
			require.LessOrEqual(t, cell.Width(words.ParameterName(lang, s.param)), labelWidth)
		}
	}
}
