package confirm

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"bounceboard/keymap"
	"bounceboard/theme"
	"bounceboard/ui/screen"
)

func TestOnlyYesIsYes(t *testing.T) {
	c := New(theme.New(theme.Mono, false), "Fetching 12,431 rows costs 125 calls, about 13 s.", func() screen.Effect { return screen.Effect{Do: keymap.FetchAll} })
	require.Equal(t, screen.Effect{Pop: true, Do: keymap.FetchAll}, c.Press(keymap.Fetch, "y"))
	require.Equal(t, screen.Effect{Pop: true}, c.Press(keymap.Back, "n"))
	c.Resize(30, 1)
	require.Equal(t, c.Question, strings.Join(c.Draw(true), " "), "the question is cut")
}
