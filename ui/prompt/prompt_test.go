package prompt

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"github.com/stretchr/testify/require"

	"bounceboard/keymap"
	"bounceboard/theme"
	"bounceboard/ui/cell"
	"bounceboard/ui/screen"
)

func ask(label, text string) *Prompt {
	return New(theme.New(theme.Mono, false), keymap.FilePrompt, label, text, func(s string) screen.Effect { return screen.Say(s) })
}

func TestWhatIsProposedShowsItsEnd(t *testing.T) {
	p := ask("File:", strings.Repeat("x", 70)+".txt")
	for w := 20; w < 120; w++ {
		p.Resize(w, 1)
		line := ansi.Strip(p.KeyLine())
		require.Contains(t, line, "x.txt")
		require.LessOrEqual(t, cell.Width(line), w)
	}
}

func TestAFullWidthColonBringsItsBlank(t *testing.T) {
	for label, want := range map[string]string{"Page:": " Page: 7", "页码：": " 页码：7", "/": " / 7"} {
		p := ask(label, "7")
		p.Resize(60, 1)
		require.Equal(t, want, strings.TrimRight(ansi.Strip(p.KeyLine()), " "))
		mark := p.Theme.Marks.Down
		require.Equal(t, cell.Width(want)-2, strings.Index(p.Point(0, "why"), mark), "the pointer misses what was typed")
		p.Set("status:invalid", 7)
		require.Equal(t, 7, p.Cursor())
		require.Equal(t, "status:invalid", p.Text())
		require.Equal(t, cell.Width(want)-2+7, strings.Index(p.Point(7, "why"), mark), "the pointer misses what is wrong")
	}
}

func TestAcceptDecidesWhetherThePromptStays(t *testing.T) {
	p := ask("File:", "")
	p.Type(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(" a")})
	p.Paste("b\r\nc")
	e := p.Press(keymap.Accept, "")
	require.Equal(t, "ab c", e.Say.Text)
	require.False(t, e.Pop)
	require.True(t, p.Press(keymap.Back, "").Pop)
	p.Press(keymap.Clear, "")
	require.Empty(t, p.Text())
}
