package help

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/stretchr/testify/require"

	"bounceboard/keymap"
	"bounceboard/theme"
	"bounceboard/ui/words"
)

func TestHelpShowsWhatThereIs(t *testing.T) {
	h := New(theme.New(theme.Mono, false), words.English, []words.HelpLine{{Title: "In the table"}, {Keys: "j", Text: "down"}, {}, {Text: "A sentence."}, {Keys: "k", Text: "up"}})
	lines := func() []string {
		lines := strings.Split(ansi.Strip(strings.Join(h.Draw(true), "\n")), "\n")
		for i := range lines {
			lines[i] = strings.Join(strings.Fields(lines[i]), " ")
		}
		return lines
	}
	h.Resize(60, 6)
	require.Equal(t, []string{"In the table", "j down", "", "A sentence.", "k up", ""}, lines())
	h.Resize(60, 4)
	require.Equal(t, []string{"In the table", "j down", "", "↓ 2 more lines"}, lines())
	h.Press(keymap.Last, "")
	require.Equal(t, []string{"j down", "", "A sentence.", "k up"}, lines())
	h.Press(keymap.First, "")
	require.Equal(t, "In the table", lines()[0])
	require.True(t, h.Press(keymap.Back, "").Pop)
}
