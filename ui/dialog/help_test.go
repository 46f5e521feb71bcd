package dialog

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/stretchr/testify/require"

	"bounceboard/theme"
	"bounceboard/ui/words"
)

func TestHelpShowsWhatThereIs(t *testing.T) {
	h := NewHelp(theme.New(theme.Mono, false), words.English)
	h.Show([]words.HelpLine{{Title: "In the table"}, {Keys: "j", Text: "down"}, {}, {Text: "A sentence."}, {Keys: "k", Text: "up"}})
	lines := func() []string {
		lines := strings.Split(ansi.Strip(h.View()), "\n")
		for i := range lines {
			lines[i] = strings.Join(strings.Fields(lines[i]), " ")
		}
		return lines
	}
	h.SetSize(60, 6)
	require.Equal(t, []string{"In the table", "j down", "", "A sentence.", "k up", ""}, lines())
	h.SetSize(60, 4)
	require.Equal(t, []string{"In the table", "j down", "", "↓ 2 more lines"}, lines())
	h.Scroll(9)
	require.Equal(t, []string{"j down", "", "A sentence.", "k up"}, lines())
	h.Scroll(-9)
	require.Equal(t, "In the table", lines()[0])
}
