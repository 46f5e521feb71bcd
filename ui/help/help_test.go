package help

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/stretchr/testify/require"

	"bounceboard/keymap"
	"bounceboard/theme"
	"bounceboard/ui/screen"
	"bounceboard/ui/words"
)

func opened(lang words.Lang) *Help {
	return New(theme.New(theme.Mono, false), lang, []words.HelpLine{{Title: "In the table"}, {Keys: "j", Text: "down"}, {Title: "Elsewhere"}, {Keys: "k", Text: "up"}})
}

func (h *Help) shown() (lines []string) {
	for _, l := range h.Draw(true) {
		lines = append(lines, strings.Join(strings.Fields(ansi.Strip(l)), " "))
	}
	return lines
}

func TestHelpShowsWhatThereIs(t *testing.T) {
	h := opened(words.English)
	h.Resize(60, 6)
	require.Equal(t, []string{"In the table", "j down", "", "Elsewhere", "k up"}, h.shown()[:5])
	require.Contains(t, h.shown()[5], "more lines")
	h.Press(keymap.Last, "")
	require.Contains(t, h.shown()[5], "requested")
	h.Press(keymap.First, "")
	require.Equal(t, "In the table", h.shown()[0])
	require.Equal(t, screen.Effect{Pop: true}, h.Press(keymap.Back, ""))
}

func TestHelpIsSearched(t *testing.T) {
	h := opened(words.English)
	h.Resize(60, 20)
	ask := h.Press(keymap.Filter, "").Push.(screen.Typist)
	ask.Paste("K")
	require.Equal(t, []string{"Elsewhere", "k up"}, h.shown()[:2], "while one types")
	require.True(t, ask.Press(keymap.Accept, "").Pop)
	require.Equal(t, []string{"Elsewhere", "k up"}, h.shown()[:2])
	require.False(t, h.Press(keymap.Back, "").Pop, "the first step back shows all again")
	require.Equal(t, "In the table", h.shown()[0])
	ask = h.Press(keymap.Filter, "").Push.(screen.Typist)
	ask.Paste("elsewhere")
	ask.Press(keymap.Accept, "")
	require.Equal(t, []string{"Elsewhere", "k up"}, h.shown()[:2], "a title stands for what is below it")
}

// The marks are those of the theme, and the filter's words are in both languages.
func TestHelpExplainsMarksAndWords(t *testing.T) {
	for lang, want := range map[words.Lang]string{words.English: "⊘ permanent", words.Chinese: "⊘ 永久"} {
		h := opened(lang)
		h.Resize(60, 80)
		all := strings.Join(h.shown(), "\n")
		for _, s := range []string{want, "✓ ✗ ↩ ⋯", "domain:qq.com,163.com", "/550.*limited/"} {
			require.Contains(t, all, s)
		}
		require.NotContains(t, all, "…", "cut")
	}
}
