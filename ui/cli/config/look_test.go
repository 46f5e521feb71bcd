package config

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"bounceboard/keymap"
	"bounceboard/theme"
	"bounceboard/ui/words"
)

func load(t *testing.T, text string) (*File, error) {
	path := filepath.Join(t.TempDir(), "config.toml")
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	return Load(path, func(string) string { return "" })
}

func TestColoursAndKeysOfOnesOwn(t *testing.T) {
	file, err := load(t, "[colors]\naccent = 80\nmuted = \"bright-blue\"\nselected = \"#102030\"\n[keys]\nquit = \"Q\"\n\"page down\" = [\"ctrl+f\", \"pgdown\"]\n")
	require.NoError(t, err)
	quit, _ := file.Keymap.Action(keymap.Table, "Q")
	require.Equal(t, keymap.Quit, quit)
	_, still := file.Keymap.Action(keymap.Table, "q")
	require.False(t, still, "the old key still quits")
	down, _ := file.Keymap.Action(keymap.Table, "ctrl+f")
	require.Equal(t, keymap.PageDown, down)
	th, err := file.Colored(theme.Dark, false, false)
	require.NoError(t, err)
	require.Contains(t, th.Accent.Render("x"), "38;5;80")
}

func TestWrongColoursAndKeysNameTheirLine(t *testing.T) {
	for text, want := range map[string][]string{
		"[colors]\naccent = 1\nfialed = 3\n":        {"line 3", "fialed"},
		"[colors]\naccent = \"reddish\"\n":          {"line 2", "accent", "reddish"},
		"[colors]\naccent = 256\n":                  {"line 2", "256"},
		"[keys]\nquit = []\n":                       {"line 2", "quit"},
		"[keys]\n\nquitt = \"Q\"\n":                 {"line 3", "quitt"},
		"[keys]\nquit = \"ctrl+shift+meta\"\n":      {"line 2", "ctrl+shift+meta"},
		"[keys]\nquit = \"j\"\n":                    {"line 2", "j", "down"},
		"lang = \"en\"\n[keys]\n\"page down\" = []": {"line 3", "page down"},
	} {
		_, err := load(t, text)
		require.Error(t, err, text)
		for _, lang := range []words.Lang{words.English, words.Chinese} {
			said := err.(*words.Message).In(lang)
			for _, w := range want[1:] {
				require.Contains(t, said, w, text)
			}
		}
		require.Contains(t, err.Error(), want[0], text)
	}
}
