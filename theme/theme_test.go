package theme

import (
	"reflect"
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
