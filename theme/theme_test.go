package theme

import (
	"errors"
	"math"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/stretchr/testify/require"
)

func TestEveryMarkIsOneColumn(t *testing.T) {
	for _, ascii := range []bool{false, true} {
		v := reflect.ValueOf(New(Dark, ascii).Marks)
		for i := range v.NumField() {
			name := v.Type().Field(i).Name
			for _, mark := range marks(v.Field(i)) {
				require.Equal(t, 1, ansi.StringWidth(mark), "%s %q", name, mark)
				if ascii {
					require.Less(t, mark[0], byte(0x80), "%s %q is no ASCII", name, mark)
				}
			}
		}
	}
}

func marks(v reflect.Value) []string {
	if v.Kind() == reflect.String {
		return []string{v.String()}
	}
	return v.Interface().([]string)
}

func TestSelectionIsReverseVideoInEveryTheme(t *testing.T) {
	for _, name := range Names() {
		require.Contains(t, New(name, false).Selected.Render("row"), "\x1b[7m", name)
	}
}

func TestMonoHasNoColour(t *testing.T) {
	th := New(Mono, false)
	v := reflect.ValueOf(th)
	for i := range v.NumField() {
		if s, ok := v.Field(i).Interface().(interface{ Render(...string) string }); ok {
			require.NotContains(t, s.Render("x"), "\x1b[3", v.Type().Field(i).Name)
			require.NotContains(t, s.Render("x"), "\x1b[9", v.Type().Field(i).Name)
		}
	}
	require.Equal(t, "up k", New(Mono, true).Keys("↑ k"))
}

func TestStatusesDifferWithoutColour(t *testing.T) {
	for _, ascii := range []bool{false, true} {
		seen := map[string]int{}
		for _, code := range []int{1, 4, 5, 18, 0} {
			mark, _ := New(Mono, ascii).Status(code)
			require.Zero(t, seen[mark], "%d and %d look the same", code, seen[mark])
			seen[mark] = code + 100
		}
	}
}

// luminance is WCAG's, of a colour of the fixed part of the 256 or of #rrggbb.
func luminance(t *testing.T, color string) float64 {
	t.Helper()
	var rgb [3]int64
	if hex, ok := strings.CutPrefix(color, "#"); ok {
		for i := range rgb {
			rgb[i], _ = strconv.ParseInt(hex[2*i:2*i+2], 16, 64)
		}
	} else {
		n, err := strconv.ParseInt(color, 10, 64)
		require.NoError(t, err)
		require.GreaterOrEqual(t, n, int64(16), "the first 16 are the terminal's own")
		if n >= 232 {
			rgb = [3]int64{8 + 10*(n-232), 8 + 10*(n-232), 8 + 10*(n-232)}
		} else {
			steps := []int64{0, 95, 135, 175, 215, 255}
			rgb = [3]int64{steps[(n-16)/36], steps[(n-16)/6%6], steps[(n-16)%6]}
		}
	}
	sum := 0.0
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		v := float64(rgb[i]) / 255
		if v <= 0.04045 {
			v /= 12.92
		} else {
			v = math.Pow((v+0.055)/1.055, 2.4)
		}
		sum += weight * v
	}
	return sum
}

// Every colour stands for text as well as for marks.
func TestContrast(t *testing.T) {
	for name, backgrounds := range map[Name][]string{Dark: {"#000000", "#002b36"}, Light: {"#ffffff", "#fdf6e3"}} {
		for meaning, color := range palettes[name] {
			for _, background := range backgrounds {
				a, b := luminance(t, color), luminance(t, background)
				require.GreaterOrEqual(t, (max(a, b)+0.05)/(min(a, b)+0.05), 4.5, "%s: %s on %s", name, meaning, background)
			}
		}
	}
}

func TestColorsOfOnesOwn(t *testing.T) {
	th, err := Colored(Dark, false, false, map[string]string{"failed": "208", "selected": "Blue", "muted": "#ff00aa", "accent": "bright-green"})
	require.NoError(t, err)
	require.Contains(t, th.Invalid.Render("x"), "38;5;208")
	require.Contains(t, th.Muted.Render("x"), "38;5;199", "the nearest of the 256")
	deep, err := Colored(Dark, false, AllColors("truecolor"), map[string]string{"muted": "#ff00aa"})
	require.NoError(t, err)
	require.Contains(t, deep.Muted.Render("x"), "38;2;255;0;170")
	require.Equal(t, th.Delivered.Render("x"), deep.Delivered.Render("x"))
	require.Contains(t, th.Selected.Render("x"), "\x1b[7;34m", "still reverse video")
	require.Contains(t, th.Accent.Render("x"), "92")
	require.Equal(t, New(Dark, false).Delivered.Render("x"), th.Delivered.Render("x"), "the others stay")
	for meaning, value := range map[string]string{"fialed": "1", "failed": "pinkish", "muted": "256", "accent": "#12345", "pending": ""} {
		for _, name := range Names() {
			_, err := Colored(name, false, false, map[string]string{meaning: value})
			wrong, ok := errors.AsType[*ColorError](err)
			require.True(t, ok, "%s = %s", meaning, value)
			require.Equal(t, meaning, wrong.Meaning)
		}
	}
}

func TestUsualThemeFitsTheBackground(t *testing.T) {
	for env, want := range map[string]Name{"": Dark, "15;0": Dark, "0;15": Light, "0;default;15": Light, "12;7": Light, "0;8": Dark, "odd": Dark} {
		require.Equal(t, want, Usual("xterm-256color", env), env)
	}
	require.Equal(t, Mono, Usual("vt100", "0;15"))
	require.Equal(t, Dark, Usual("linux", ""))
}

// Bright black is the background of Solarized.
func TestNoTextIsBrightBlack(t *testing.T) {
	for _, name := range Names() {
		v := reflect.ValueOf(New(name, false))
		for i := range v.NumField() {
			if s, ok := v.Field(i).Interface().(interface{ Render(...string) string }); ok {
				require.NotRegexp(t, `\x1b\[(\d+;)*90[;m]`, s.Render("x"), v.Type().Field(i).Name)
			}
		}
	}
}
