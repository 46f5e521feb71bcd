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
	th, ascii := theme.New(theme.Dark, false), theme.New(theme.Dark, true)
	for _, c := range []struct {
		share       float64
		want, plain string
	}{
		{0, "    ", "    "},
		{math.NaN(), "    ", "    "},
		{-1, "    ", "    "},
		{1e-9, "▏   ", "-   "},
		{0.5, "██  ", "##  "},
		{0.625, "██▌ ", "##- "},
		{1, "████", "####"},
		{math.Inf(1), "████", "####"},
	} {
		require.Equal(t, c.want, Bar(th, c.share, 4), c.share)
		require.Equal(t, c.plain, Bar(ascii, c.share, 4), c.share)
	}
}

func TestBarFillsItsWidthAndGrowsWithItsShare(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		th := theme.New(theme.Dark, rapid.Bool().Draw(t, "ascii"))
		w := rapid.IntRange(-1, 90).Draw(t, "w")
		a := rapid.Float64Range(0, 1).Draw(t, "a")
		b := rapid.Float64Range(a, 1).Draw(t, "b")
		small, big := Bar(th, a, w), Bar(th, b, w)
		require.Equal(t, max(0, w), cell.Width(small))
		require.Equal(t, max(0, w), cell.Width(big))
		require.LessOrEqual(t, len([]rune(strings.TrimRight(small, " "))), len([]rune(strings.TrimRight(big, " "))))
		if a > 0 && w > 0 {
			require.NotEmpty(t, strings.TrimSpace(small), "a share above zero does not show")
		}
	})
}

func TestRise(t *testing.T) {
	th := theme.New(theme.Dark, false)
	require.Equal(t, " ", Rise(th, 0, 10))
	require.Equal(t, " ", Rise(th, 3, 0))
	require.Equal(t, "▁", Rise(th, 1, 1_000_000))
	require.Equal(t, "▄", Rise(th, 5, 10))
	require.Equal(t, "█", Rise(th, 10, 10))
	require.Equal(t, "█", Rise(th, 11, 10))
}

func TestColourless(t *testing.T) {
	require.False(t, Colourless(theme.New(theme.Dark, false).Invalid))
	require.True(t, Colourless(theme.New(theme.Mono, false).Invalid))
}
