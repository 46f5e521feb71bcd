package textfield

import (
	"testing"

	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"bounceboard/theme"
	"bounceboard/ui/cell"
)

// Type drops what the text field of bubbles asks for: it must ask for nothing.
func TestTheCursorDoesNotBlink(t *testing.T) {
	f := New("", 0)
	in, cmd := f.in.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("a")})
	if cmd != nil {
		require.NotEqual(t, textinput.Blink(), cmd())
	}
	_, cmd = in.Update(tea.KeyMsg{Type: tea.KeyCtrlV})
	require.Nil(t, cmd, "ctrl+v must not read a clipboard")
}

func TestEditing(t *testing.T) {
	f := New("autumn sale", 0)
	require.True(t, f.Type(tea.KeyMsg{Type: tea.KeyBackspace}))
	require.False(t, f.Type(tea.KeyMsg{Type: tea.KeyHome}))
	f.Move(1)
	f.Insert("  ")
	before, after := f.Split()
	require.Equal(t, "a  ", before)
	require.Equal(t, "utumn sal", after)
	f.Set("x")
	require.Equal(t, "x", f.Text())
}

// Whatever stands in it: it fits, the cursor is in it, and nothing in it
// drives a terminal.
func TestDrawFits(t *testing.T) {
	th := theme.New(theme.Mono, false)
	rapid.Check(t, func(t *rapid.T) {
		f := New(rapid.String().Draw(t, "text"), 0)
		f.Move(-rapid.IntRange(0, 20).Draw(t, "back"))
		w := rapid.IntRange(4, 80).Draw(t, "w")
		text := f.Draw(th, w)
		require.LessOrEqual(t, cell.Width(text), max(w, 10), "a character written out may be wider than little room")
		require.Equal(t, cell.Clean(text), text)
		require.Less(t, f.Caret(th, w), w)
	})
}
