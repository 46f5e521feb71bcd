package missing

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/stretchr/testify/require"

	"bounceboard/keymap"
	"bounceboard/sendcloud/find"
	"bounceboard/sendcloud/paste"
	"bounceboard/theme"
	"bounceboard/ui/words"
)

type lacks []find.Lack

func (l lacks) Lacks() ([]find.Lack, bool) { return l, true }

// Every item can be reached and copied, with why it is missing beside it; no line is wider than the pane.
func TestEveryItemIsListed(t *testing.T) {
	var all lacks
	for _, i := range paste.Read("a@gamil.com\nb\x1b[2J@example.com\n" + strings.Repeat("c", 60) + "@example.com\n250 #opaque-message#Queued").Items {
		why := find.NotFound
		switch {
		case strings.Contains(i.Text, "gamil"):
			why = find.Misspelt
		case i.Kind == paste.MessageID:
			why = find.NoDay
		}
		all = append(all, find.Lack{Item: i, Why: why})
	}
	for _, l := range []words.Lang{words.English, words.Chinese} {
		for w := 20; w < 130; w++ {
			m := New(theme.New(theme.Mono, false), l, keymap.Default(), all, 9, 92)
			m.Resize(w, 3)
			for _, lack := range all {
				for _, line := range m.Draw(true) {
					require.LessOrEqual(t, ansi.StringWidth(line), w)
					require.NotContains(t, ansi.Strip(line), "\x1b")
				}
				_, y, ok := m.Caret()
				require.True(t, ok)
				require.Contains(t, ansi.Strip(m.Draw(true)[y]), lack.Item.Text[:1], "the cursor is on the item")
				require.Equal(t, lack.Item.Text, m.Press(keymap.Copy, "y").Copy.Text)
				m.Press(keymap.Down, "j")
			}
		}
	}
	m := New(theme.New(theme.Mono, false), words.English, keymap.Default(), all, 9, 92)
	m.Resize(100, 9)
	shown := ansi.Strip(strings.Join(m.Draw(false), "\n"))
	require.Contains(t, shown, "not found: 4 of 9")
	require.Contains(t, shown, "is gmail.com meant?")
	require.Contains(t, shown, "no mail in 92 days")
	require.Contains(t, shown, "tells no day and no recipient")
	require.Equal(t, keymap.NextPane, m.Press(keymap.NextPane, "tab").Do)
}
