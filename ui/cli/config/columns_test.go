package config

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestWrongColumnsNameTheirLine(t *testing.T) {
	file, err := load(t, "columns = [\"requested\", \"recipient:30\", \"状态\"]\n")
	require.NoError(t, err)
	require.Equal(t, []string{"requested", "recipient:30", "状态"}, file.Columns)
	for text, want := range map[string][]string{
		"\ncolumns = [\"requested\", \"recipeint\"]\n":        {"line 2", "recipeint", "recipient"},
		"columns = [\n  \"requested\",\n  'nosuch',\n]\n":     {"line 3", "nosuch"},
		"columns = [\"requested:0\"]\n":                       {"line 1", "requested:0"},
		"columns = [\"recipient\", \"cause\", \"to\"]\n":      {"line 1", "to", "twice"},
		"lang = \"en\"\ncolumns = \"status\"\n":               {"line 2", "columns"},
		"[views.late]\ndays = 3\ncolumns = [\"recipeint\"]\n": {"line"},
	} {
		_, err := load(t, text)
		require.Error(t, err, text)
		for _, w := range want {
			require.Contains(t, err.Error(), w, text)
		}
	}
}

// Everything but the columns stays as it is, wherever they stand.
func TestColumnsAreSaved(t *testing.T) {
	names := []string{"requested", "recipient:30", "status"}
	const line = `columns = ["requested", "recipient:30", "status"]`
	for before, after := range map[string]string{
		"":                                line + "\n",
		"# mine\nlang = \"zh\" # Chinese": "# mine\nlang = \"zh\" # Chinese\n" + line + "\n",
		"theme = \"dark\"\n\n# accounts\n[profiles.prod]\napi_user = \"a\"\n": "theme = \"dark\"\n" + line + "\n\n# accounts\n[profiles.prod]\napi_user = \"a\"\n",
		"[colors]\naccent = 80\n":                            line + "\n[colors]\naccent = 80\n",
		"columns = [\"cause\"] # short\r\nlang = \"en\"\r\n": line + " # short\r\nlang = \"en\"\r\n",
		"lang = \"en\"\ncolumns = [\n  \"cause\", # ] no end\n  'code',\n]\n[colors]\naccent = 80 # same": "lang = \"en\"\n" + line + "\n[colors]\naccent = 80 # same",
	} {
		path := filepath.Join(t.TempDir(), "bounceboard", "config.toml")
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o700))
		if before != "" {
			require.NoError(t, os.WriteFile(path, []byte(before), 0o644))
		}
		file, err := Load("", func(name string) string {
			return map[string]string{"XDG_CONFIG_HOME": filepath.Dir(filepath.Dir(path))}[name]
		})
		require.NoError(t, err)
		where, err := file.SaveColumns(names)
		require.NoError(t, err, before)
		require.Equal(t, path, where)
		got, err := os.ReadFile(path)
		require.NoError(t, err)
		require.Equal(t, after, string(got))
		info, err := os.Stat(path)
		require.NoError(t, err)
		require.Equal(t, os.FileMode(0o600), info.Mode().Perm())
		require.Equal(t, names, file.Columns)
	}
}

// What cannot be written safely stays as it was, and one is told why.
func TestColumnsThatCannotBeSaved(t *testing.T) {
	path := filepath.Join(t.TempDir(), "config.toml")
	tricky := "text = 1\n"
	require.NoError(t, os.WriteFile(path, []byte("lang = \"en\"\n"), 0o600))
	file, err := Load(path, func(string) string { return "" })
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(path, []byte(tricky), 0o600))
	_, err = file.SaveColumns([]string{"status"})
	require.ErrorContains(t, err, "line 1")
	got, _ := os.ReadFile(path)
	require.Equal(t, tricky, string(got))
	_, err = (&File{}).SaveColumns([]string{"status"})
	require.ErrorContains(t, err, "--config")
}
