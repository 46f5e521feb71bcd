package chart

import (
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"bounceboard/theme"
	"bounceboard/ui/cell"
)

func TestBar(t *testing.T) {
	for _, c := range []struct {
		share       float64
		want, plain string
	}{
		{0, "    ", "    "},
		{math.NaN(), "    ", "    "},
		{-1, "    ", "    "},
		{1e-9, "▏   ", "#   "},
		{0.5, "██  ", "##  "},
		{0.625, "██▌ ", "### "},
		{1, "████", "####"},
		{math.Inf(1), "████", "####"},
	} {
		require.Equal(t, c.want, Bar(c.share, 4, false), c.share)
		require.Equal(t, c.plain, Bar(c.share, 4, true), c.share)
	}
}

func TestBarFillsItsWidthAndGrowsWithItsShare(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ascii := rapid.Bool().Draw(t, "ascii")
		w := rapid.IntRange(-1, 90).Draw(t, "w")
		a := rapid.Float64Range(0, 1).Draw(t, "a")
		b := rapid.Float64Range(a, 1).Draw(t, "b")
		small, big := Bar(a, w, ascii), Bar(b, w, ascii)
		require.Equal(t, max(0, w), cell.Width(small))
		require.Equal(t, max(0, w), cell.Width(big))
		require.LessOrEqual(t, len([]rune(strings.TrimRight(small, " "))), len([]rune(strings.TrimRight(big, " "))))
		if a > 0 && w > 0 {
			require.NotEmpty(t, strings.TrimSpace(small), "a share above zero does not show")
		}
	})
}

var red = NewInk(theme.New(theme.Dark, false).Invalid)

func TestLineMakesOneRunOfNeighbours(t *testing.T) {
	fit := cell.Style{}
	th := theme.New(theme.Dark, false)
	require.Equal(t, th.Invalid.Render("ab c")+"d  ", Line(fit, 7, red.Of("a"), red.Of("b"), Ink{}.Of(" "), red.Of("c"), Ink{}.Of("d")))
	require.Equal(t, "    ", Line(fit, 4, red.Of("  ")), "blanks have no colour")
	require.Equal(t, th.Invalid.Render("无")+"…", Line(fit, 3, red.Of("无"), Ink{}.Of("效邮件")))
}

func TestRowIsInOneInkToItsEnd(t *testing.T) {
	fit := cell.Style{}
	th := theme.New(theme.Dark, false)
	selected, within := NewInk(th.Selected), NewInk(th.Selected.Underline(true))
	require.Equal(t, th.Selected.Render("ab")+th.Selected.Render("  "), selected.Row(fit, 4, red.Of("a"), Ink{}.Of("b")))
	require.Equal(t, th.Selected.Render("a")+within.on+"b"+within.off+th.Selected.Render("c")+th.Selected.Render(" "),
		selected.Row(fit, 4, red.Of("a"), within.Of("b"), red.Of("c")))
}

func TestLineFillsItsWidth(t *testing.T) {
	inks := NewInks(theme.New(theme.Dark, false))
	all := []Ink{inks.Text, inks.Muted, inks.Selected, inks.Chosen, red}
	rapid.Check(t, func(t *rapid.T) {
		pieces := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Piece {
			return rapid.SampledFrom(all).Draw(t, "ink").Of(rapid.SampledFrom([]string{" ", "a", "无效", "█▌", "\x1b[31m", "  x  "}).Draw(t, "text"))
		}), 0, 9).Draw(t, "pieces")
		w := rapid.IntRange(0, 20).Draw(t, "w")
		require.Equal(t, w, cell.Width(Line(cell.Style{}, w, pieces...)))
		require.Equal(t, w, cell.Width(inks.Selected.Row(cell.Style{}, w, pieces...)))
	})
}
