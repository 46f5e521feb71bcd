package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"bounceboard/ui/views"
	"bounceboard/ui/words"
)

const kept = `# mine
lang = "en" # of the screen
[views.late] # ours
# what comes late
query = { days = 7, status = ["invalid", "soft_bounce"], email = "{address}" }
filter = "took:>1h"
order = "-took"
columns = ["requested", "recipient:30"]
pane = "facets"

# for colleagues
[views."by user"]
[views."by user".query]
api-users = "notify"
start-date = 2026-11-01
end-date = "today"

# the account
[profiles.prod]
window_days = 30
`

func TestViewsOfTheFile(t *testing.T) {
	file, err := load(t, kept)
	require.NoError(t, err)
	late, err := file.View("late")
	require.NoError(t, err)
	require.Equal(t, views.View{Name: "late", Filter: "took:>1h", Order: "-took", Columns: []string{"requested", "recipient:30"}, Pane: "facets",
		Query: []views.Value{{Field: "email", Text: "{address}"}, {Field: "status", Text: "invalid,soft_bounce"}, {Field: "days", Text: "7"}}}, late)
	require.Equal(t, []string{"address"}, late.Variables())
	user, err := file.View("by user")
	require.NoError(t, err)
	require.Equal(t, []views.Value{{Field: "start-date", Text: "2026-11-01"}, {Field: "end-date", Text: "today"}, {Field: "api-users", Text: "notify"}}, user.Query)
	_, err = file.View("lat")
	require.ErrorContains(t, err, `did you mean late?`)
}

func TestWrongViewsNameTheirLine(t *testing.T) {
	for text, want := range map[string][]string{
		"[views.x]\nquery = { days = 0 }":                        {"line 2", "days", "0"},
		"[views.x]\nfilter = \"a\"\nquery = { dayz = 7 }":        {"line 3", "dayz", "days"},
		"[views.x]\nquery = { status = \"bounced\" }":            {"line 2", "bounced"},
		"[views.x]\nquery = { email = \"nobody\" }":              {"line 2", "nobody"},
		"[views.x]\n[views.x.query]\ndays = 3\nlimit = \"many\"": {"line 4", "many"},
		"[views.x]\nfilter = \"domian:qq.com\"":                  {"line 2", "domian"},
		"[views.x]\n\norder = \"recipent\"":                      {"line 3", "recipent", "recipient"},
		"[views.x]\norder = \"-tok\"":                            {"line 2", "-tok"},
		"[views.x]\ncolumns = [\"requested\", \"recipeint\"]":    {"line 2", "recipeint"},
		"[views.x]\npane = \"facts\"":                            {"line 2", "facts", "facets"},
		"lang = \"en\"\n[views.x]\nfiltre = \"x\"":               {"line 3", "filtre", "filter"},
		"[views.x]\nfilter = 3":                                  {"line 2", "filter"},
		"[views.\"a'b\"]\npane = \"facets\"":                     {"line 1", "a'b"},
	} {
		_, err := load(t, text)
		require.Error(t, err, text)
		said, ok := err.(*words.Message)
		require.True(t, ok, "%v", err)
		for _, lang := range []words.Lang{words.English, words.Chinese} {
			for _, w := range want[1:] {
				require.Contains(t, said.In(lang), w, text)
			}
			require.NotContains(t, said.In(lang), "%!", text)
		}
		require.Contains(t, err.Error(), want[0], text)
	}
}

func TestSavingKeepsAllThatIsThere(t *testing.T) {
	path := filepath.Join(t.TempDir(), "config.toml")
	require.NoError(t, os.WriteFile(path, []byte(kept), 0o644))
	link := filepath.Join(t.TempDir(), "config.toml")
	require.NoError(t, os.Symlink(path, link))
	file, err := Load(link, func(string) string { return "" })
	require.NoError(t, err)

	added := views.View{Name: "新 视图", Filter: `/\d{3} "x"/`, Query: []views.Value{{Field: "days", Text: "3"}}}
	require.NoError(t, file.SaveView(added))
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, kept+"\n[views.\"新 视图\"]\nquery = { days = 3 }\nfilter = \"/\\\\d{3} \\\"x\\\"/\"\n", string(text))

	late := views.View{Name: "late", Pane: "timeline", Columns: []string{"recipient"}}
	require.NoError(t, file.SaveView(late))
	user := views.View{Name: "by user", Query: []views.Value{{Field: "email", Text: "a@example.com,b@example.com"}}}
	require.NoError(t, file.SaveView(user))
	text, err = os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, strings.ReplaceAll(`# mine
lang = "en" # of the screen
[views.late] # ours
# what comes late
columns = ["recipient"]
pane = "timeline"

# for colleagues
[views."by user"]
query = { email = "a@example.com,b@example.com" }

# the account
[profiles.prod]
window_days = 30

[views."新 视图"]
query = { days = 3 }
filter = "/\\d{3} \"x\"/"
`, "\t", ""), string(text))

	again, err := Load(link, func(string) string { return "" })
	require.NoError(t, err)
	require.Equal(t, []views.View{user, late, added}, again.SavedViews())
	info, err := os.Lstat(link)
	require.NoError(t, err)
	require.NotZero(t, info.Mode()&os.ModeSymlink, "the link was replaced")
	about, err := os.Stat(path)
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), about.Mode().Perm())
	left, err := os.ReadDir(filepath.Dir(path))
	require.NoError(t, err)
	require.Len(t, left, 1, "a half file was left")
}

func TestTheFirstViewMakesTheFile(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "bounceboard")
	file, err := Load("", func(name string) string { return map[string]string{"XDG_CONFIG_HOME": filepath.Dir(folder)}[name] })
	require.NoError(t, err)
	require.NoError(t, file.SaveView(views.View{Name: "first", Pane: "facets"}))
	text, err := os.ReadFile(file.Path)
	require.NoError(t, err)
	require.Equal(t, "[views.first]\npane = \"facets\"\n", string(text))
	for path, mode := range map[string]os.FileMode{folder: 0o700, file.Path: 0o600} {
		info, err := os.Stat(path)
		require.NoError(t, err)
		require.Equal(t, mode, info.Mode().Perm(), path)
	}
}

// What cannot be changed without touching something else is left as it is, and said.
func TestSavingRefusesWhatItWouldBreak(t *testing.T) {
	for _, text := range []string{
		"[views]\nlate = { pane = \"facets\" }\n",
		"views.late.pane = \"facets\"\n",
		"lang = \"en\"\nlang = \"zh\"\n",
		"[profiles.x]\napi_key_command = '''\n[views.late]\ncat key'''\napi_user = \"u\"\n",
	} {
		path := filepath.Join(t.TempDir(), "config.toml")
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		file := &File{Path: path}
		require.Error(t, file.SaveView(views.View{Name: "late", Pane: "timeline"}), text)
		now, err := os.ReadFile(path)
		require.NoError(t, err)
		require.Equal(t, text, string(now))
	}
}

// Whatever a view holds comes back.
func TestSavedViewsComeBack(t *testing.T) {
	folder := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		path := filepath.Join(folder, "config.toml")
		file := &File{Path: path}
		name := rapid.StringMatching(`[a-zA-Z0-9 ._#=-]{1,9}|视图`).Filter(views.Name).Draw(t, "name")
		v := views.View{Name: name, Filter: rapid.StringMatching(`[a-z "\\{}\t中]{0,8}`).Draw(t, "filter"), Pane: "none",
			Query: []views.Value{{Field: "days", Text: "7"}, {Field: "label-name", Text: rapid.StringMatching(`[a-z"\\#={} ]{0,5}x`).Draw(t, "label")}}}
		if v.Check(time.Now()) != nil {
			t.Skip()
		}
		if err := file.SaveView(v); err != nil {
			t.Fatal(err, v)
		}
		got, err := file.View(name)
		if err != nil {
			t.Fatal(err)
		}
		require.Equal(t, v, got)
	})
}
