package menu

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/stretchr/testify/require"

	"bounceboard/keymap"
	"bounceboard/theme"
	"bounceboard/ui/cell"
	"bounceboard/ui/screen"
	"bounceboard/ui/words"
)

// Every choice that can act is in view, with the way back, at any width.
func TestEveryChoiceIsOffered(t *testing.T) {
	for _, lang := range []words.Lang{words.English, words.Chinese} {
		for _, place := range []keymap.Place{keymap.CopyMenu, keymap.SortMenu} {
			m := New(theme.New(theme.Dark, false), lang, keymap.Default(), place, func(a keymap.Action) bool { return a != keymap.CopyMissing })
			for w := 60; w < 200; w++ {
				m.Resize(w, 4)
				lines := append(m.Draw(true), strings.TrimPrefix(m.KeyLine(), " "))
				for _, l := range lines {
					require.LessOrEqual(t, cell.Width(l), w-1)
				}
				all := ansi.Strip(strings.Join(lines, "   ")) + "   "
				for _, h := range words.Choices(lang, keymap.Default(), place) {
					if h.Action == keymap.CopyMissing {
						require.NotContains(t, all, h.Text)
						continue
					}
					require.Contains(t, all, h.Keys+" "+h.Text+"   ")
				}
				require.Contains(t, all, "esc ")
			}
		}
	}
}

func TestAChoiceIsLeftToTheProgram(t *testing.T) {
	m := New(theme.New(theme.Dark, false), words.English, keymap.Default(), keymap.CopyMenu, func(keymap.Action) bool { return true })
	require.Equal(t, screen.Effect{Pop: true, Do: keymap.CopyJSON}, m.Press(keymap.CopyJSON, "j"))
	require.Equal(t, screen.Effect{Pop: true}, m.Press(keymap.Back, "esc"))
}
