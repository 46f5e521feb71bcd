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

// What stood there when one came is replaced by what is typed or pasted, unless one moves in it.
func TestWhatIsFreshIsReplaced(t *testing.T) {
	x := tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("x")}
	for want, play := range map[string]func(*Field){
		"x": func(f *Field) { f.Type(x) }, "xx": func(f *Field) { f.Type(x); f.Type(x) }, "y": func(f *Field) { f.Insert("y") },
		"autumn salex": func(f *Field) { f.Type(tea.KeyMsg{Type: tea.KeyEnd}); f.Type(x) }, "autumn xsale": func(f *Field) { f.Move(-4); f.Type(x) },
		"autumn ": func(f *Field) { f.Type(tea.KeyMsg{Type: tea.KeyCtrlW}) }, "sale": func(f *Field) { f.Move(-4); f.ClearBefore() },
	} {
		f := New("autumn sale", 0)
		f.Fresh = true
		play(&f)
		require.Equal(t, want, f.Text())
	}
}

// In a text field keys edit as in a shell.
func TestKeysOfAShell(t *testing.T) {
	type keys = []tea.KeyMsg
	left := tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("b"), Alt: true}
	for want, pressed := range map[string]keys{
		"one two ": {{Type: tea.KeyCtrlW}}, "one ": {{Type: tea.KeyCtrlW}, {Type: tea.KeyBackspace, Alt: true}}, "": {{Type: tea.KeyCtrlU}},
		"one two": {left, {Type: tea.KeyBackspace}, {Type: tea.KeyCtrlK}}, "ne two three": {{Type: tea.KeyCtrlA}, {Type: tea.KeyDelete}},
		" two three": {{Type: tea.KeyCtrlA}, {Type: tea.KeyRunes, Runes: []rune("d"), Alt: true}}, "one two thre": {{Type: tea.KeyCtrlA}, {Type: tea.KeyCtrlE}, {Type: tea.KeyBackspace}},
		"onetwo three": {{Type: tea.KeyCtrlA}, {Type: tea.KeyRunes, Runes: []rune("f"), Alt: true}, {Type: tea.KeyDelete}}, "one tw three": {{Type: tea.KeyCtrlLeft}, {Type: tea.KeyCtrlLeft}, {Type: tea.KeyRight, Alt: true}, {Type: tea.KeyBackspace}},
	} {
		f := New("one two three", 0)
		for _, k := range pressed {
			f.Type(k)
		}
		require.Equal(t, want, f.Text())
	}
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
