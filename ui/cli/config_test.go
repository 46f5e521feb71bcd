package cli

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"bounceboard/ui/cli/config"

	"bounceboard/sendcloud/sendcloudtest"
)

func TestConfigErrorsNameTheLine(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		line string
		want string
	}{
		"unknown key":            {"lang = \"en\"\nlanguage = \"zh\"\n", "line 2", `"language"`},
		"unknown key of profile": {"[profiles.p]\napi_user = \"u\"\napi_kye = \"x\"\n", "line 3", `"api_kye"`},
		"unknown table":          {"\n\n[profile.p]\napi_user = \"u\"\n", "line 3", "profile has a value of the wrong kind"},
		"syntax":                 {"lang = \"en\"\n\ntheme = \"dark\n", "line 3", "TOML"},
		"twice":                  {"lang = \"en\"\nlang = \"zh\"\n", "line 2", "lang"},
		"text for a number":      {"[profiles.p]\ncalls_per_minute = \"many\"\n", "line 2", "calls_per_minute has a value of the wrong kind"},
		"a number for text":      {"[profiles.p]\napi_user = 7\n", "line 2", "api_user has a value of the wrong kind"},
		"text for a switch":      {"ascii = \"yes\"\n", "line 1", "ascii has a value of the wrong kind"},
		"empty label":            {"labels = [\"a\", \"\"]\n", "line 1", "an empty label"},
		"language":               {"# ours\nlang = \"fr\"\n", "line 2", "en, zh"},
		"theme":                  {"theme = \"pink\"\n", "line 1", "dark, light, mono"},
		"calls":                  {"[profiles.p]\napi_user = \"u\"\ncalls_per_minute = 0\n", "line 3", "1 to 3000"},
		"window":                 {"[profiles.p]\nwindow_days = 93\n", "line 2", "1 to 92"},
		"look-back":              {"profiles.p.lookback_days = -1\n", "line 1", "lookback_days"},
		"inline table":           {"\nprofiles = { p = { window_days = 93 } }\n", "", "window_days"},
		"two keys":               {"[profiles.p]\napi_key = \"k\"\napi_key_command = \"c\"\n", "line 3", "api_key_command"},
		"base URL":               {"profile = \"p\"\n[profiles.p]\napi_user = \"u\"\napi_key = \"k\"\nbase_url = \"http://api.example.com\"\n", "line 5", "base_url: the base URL has to begin with https"},
		"line end in the key":    {"profile = \"p\"\n[profiles.p]\napi_user = \"u\"\napi_key = \"k\\n\"\n", "line 4", "api_key holds a blank"},
		"blank from the command": {"profile = \"p\"\n[profiles.p]\napi_user = \"u\"\napi_key_command = \"echo a b\"\n", "line 4", "holds a blank"},
		"of a profile":           {"calls_per_minute = 9\n", "line 1", "under [profiles.NAME]"},
		"in a profile":           {"[profiles.p]\ntheme = \"dark\"\n", "line 2", "above the first [table]"},
		"half a profile":         {"profile = \"p\"\n\n[profiles.p]\napi_user = \"u\"\n", "line 3", "needs both api_user and api_key_command"},
		"default profile":        {"lang = \"en\"\nprofile = \"prod\"\n[profiles.test]\napi_user = \"u\"\n", "line 2", "those in it: test"},
		"windows line ends":      {"lang = \"en\"\r\nlanguage = \"zh\"\r\n", "line 2", `"language"`},
		"byte order mark":        {"\uFEFFlanguage = \"zh\"\n", "line 1", `"language"`},
		"not UTF-8":              {"lang = \"en\"\ntheme = \"\xff\"\n", "line 2", "TOML"},
	} {
		t.Run(name, func(t *testing.T) {
			path := file(t, "config.toml", c.text, 0o600)
			got := world{}.run(t, "list", "--config", path)
			got.oneSentence(t, exitUsage, path, c.line, c.want)
		})
	}
}

func TestConfigErrorsDoNotQuoteTheKey(t *testing.T) {
	for _, text := range []string{
		"[profiles.p]\napi_key = \"" + canary + "\n",
		"[profiles.p]\napi_key = \"" + canary + "\" x\n",
		"[profiles.p]\napi_key = " + canary + "\n",
		"[profiles.p]\napi_kye = \"" + canary + "\"\n",
		"[profiles.p]\napi_key = [\"" + canary + "\"]\n",
		"[profiles.p]\napi_key = \"" + canary + "\"\napi_key = \"" + canary + "\"\n",
	} {
		got := world{}.run(t, "list", "--config", file(t, "config.toml", text, 0o600))
		require.Equal(t, exitUsage, got.status)
		require.NotContains(t, got.err, "canary", "a part of the key was shown")
	}
}

func TestConfigFileIsFound(t *testing.T) {
	home := t.TempDir()
	put := func(dir string) {
		dir = filepath.Join(dir, "bounceboard")
		require.NoError(t, os.MkdirAll(dir, 0o700))
		require.NoError(t, os.WriteFile(filepath.Join(dir, "config.toml"), []byte("wrong = 1\n"), 0o600))
	}
	other := t.TempDir()
	require.NotContains(t, world{env: map[string]string{"HOME": home}}.run(t, "list").err, "line 1")
	put(filepath.Join(home, ".config"))
	require.Contains(t, world{env: map[string]string{"HOME": home}}.run(t, "list").err, home)
	require.NotContains(t, world{env: map[string]string{"HOME": home, "XDG_CONFIG_HOME": other}}.run(t, "list").err, "line 1")
	put(other)
	require.Contains(t, world{env: map[string]string{"HOME": home, "XDG_CONFIG_HOME": other}}.run(t, "list").err, other)
	require.Contains(t, world{env: map[string]string{"HOME": home, "XDG_CONFIG_HOME": "relative"}}.run(t, "list").err, home)
}

func TestAFileWithAKeyIsItsOwnersAlone(t *testing.T) {
	with := "profile = \"p\"\n[profiles.p]\napi_user = \"u\"\napi_key = \"" + canary + "\"\n"
	for _, mode := range []os.FileMode{0o640, 0o604, 0o644, 0o666} {
		got := world{}.run(t, "list", "--config", file(t, "config.toml", with, mode))
		got.oneSentence(t, exitUsage, "others can read it", "chmod 600")
	}
	without := "profile = \"p\"\n[profiles.p]\napi_user = \"u\"\n"
	got := world{}.run(t, "list", "--config", file(t, "config.toml", without, 0o644))
	require.NotContains(t, got.err, "chmod", "a file without a key may be read by others")
}

// asked runs list against a server that notes what it was asked as.
func asked(t *testing.T, w world, args ...string) (user, key, host string, r result) {
	t.Helper()
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		user, key, host = r.FormValue("apiUser"), r.FormValue("apiKey"), r.URL.Path
		_, _ = w.Write([]byte(`{"result": true, "statusCode": 200, "message": "", "info": {}}`))
	}))
	t.Cleanup(srv.Close)
	for i := range args {
		args[i] = strings.ReplaceAll(args[i], "SERVER", srv.URL)
	}
	for k, v := range w.env {
		w.env[k] = strings.ReplaceAll(v, "SERVER", srv.URL)
	}
	if text, ok := w.env["config"]; ok {
		args = append(args, "--config", file(t, "config.toml", text, 0o600))
	}
	return user, key, host, w.run(t, append([]string{"list", "--days", "1"}, args...)...)
}

func TestPrecedence(t *testing.T) {
	const profiles = `profile = "one"
[profiles.one]
base_url = "SERVER/one"
api_user = "one"
api_key = "key-one"
[profiles.two]
base_url = "SERVER/two"
api_user = "two"
api_key_command = "printf '  key-two\n\n'"
`
	env := func(kv ...string) map[string]string {
		m := map[string]string{"config": profiles}
		for i := 0; i < len(kv); i += 2 {
			m[kv[i]] = kv[i+1]
		}
		return m
	}
	for name, c := range map[string]struct {
		env             map[string]string
		args            []string
		user, key, path string
	}{
		"the file's profile":                {env(), nil, "one", "key-one", "/one"},
		"--profile":                         {env(), []string{"--profile", "two"}, "two", "key-two", "/two"},
		"credentials of the environment":    {env(config.UserVariable, "e", config.KeyVariable, "key-e", config.BaseVariable, "SERVER/env"), nil, "e", "key-e", "/env"},
		"--profile over those":              {env(config.UserVariable, "e", config.KeyVariable, "key-e"), []string{"--profile", "two"}, "two", "key-two", "/two"},
		"--profile over half of them":       {env(config.UserVariable, "e"), []string{"--profile", "two"}, "two", "key-two", "/two"},
		"the environment's address":         {env(config.BaseVariable, "SERVER/env"), nil, "one", "key-one", "/one"},
		"the environment's, with --profile": {env(config.BaseVariable, "SERVER/env"), []string{"--profile", "two"}, "two", "key-two", "/two"},
		"--base-url over all":               {env(config.BaseVariable, "SERVER/env"), []string{"--base-url", "SERVER/flag"}, "one", "key-one", "/flag"},
	} {
		t.Run(name, func(t *testing.T) {
			user, key, path, got := asked(t, world{env: c.env}, c.args...)
			require.Zero(t, got.status, got.err)
			require.Equal(t, c.user, user)
			require.Equal(t, c.key, key)
			require.Equal(t, c.path+"/data/emailStatus", path)
		})
	}
}

func TestUserAndKeyComeFromTheSamePlace(t *testing.T) {
	profile := "profile = \"p\"\n[profiles.p]\napi_user = \"u\"\napi_key = \"" + canary + "\"\n"
	for name, c := range map[string]struct {
		env  map[string]string
		want []string
	}{
		"only the user": {map[string]string{config.UserVariable: "e", "config": profile}, []string{config.UserVariable, config.KeyVariable, "only one"}},
		"only the key":  {map[string]string{config.KeyVariable: canary, "config": profile}, []string{config.UserVariable, config.KeyVariable, "only one"}},
		"no key":        {map[string]string{"config": "profile = \"p\"\n[profiles.p]\napi_user = \"u\"\n"}, []string{`"p"`, "api_key"}},
		"no user":       {map[string]string{"config": "profile = \"p\"\n[profiles.p]\napi_key = \"" + canary + "\"\n"}, []string{`"p"`, "api_user"}},
	} {
		t.Run(name, func(t *testing.T) {
			_, key, _, got := asked(t, world{env: c.env})
			got.oneSentence(t, exitUsage, c.want...)
			require.Empty(t, key, "a call was made")
		})
	}
}

func TestCredentialsFromCarelessCopying(t *testing.T) {
	for name, key := range map[string]string{
		"line end": canary + "\n", "line end of Windows": canary + "\r\n", "blank": " " + canary, "wide blank": canary + "\u3000",
		"zero width": canary[:4] + "\u200b" + canary[4:], "escape": canary + "\x1b[0m", "NUL": canary + "\x00", "no UTF-8": canary + "\xff",
	} {
		t.Run(name, func(t *testing.T) {
			_, sent, _, got := asked(t, world{env: map[string]string{config.UserVariable: "u", config.KeyVariable: key}})
			got.oneSentence(t, exitUsage, config.KeyVariable)
			require.Empty(t, sent)
			require.NotContains(t, got.err, "canary")
		})
	}
	_, sent, _, got := asked(t, world{env: map[string]string{config.BaseVariable: "SERVER/", config.UserVariable: "u", config.KeyVariable: canary}})
	require.Zero(t, got.status, got.err)
	require.Equal(t, canary, sent, "a key with strange characters arrived changed")
}

func TestKeyCommand(t *testing.T) {
	for name, c := range map[string]struct {
		command string
		want    string
	}{
		"fails":         {"echo " + canary + " >&2; exit 3", "exit status 3"},
		"is not there":  {"no-such-command-anywhere", "exit status 127"},
		"says nothing":  {"true", "print the key in one line"},
		"several lines": {"printf '%s\\nlogin: me\\n' '" + canary + "'", "in one line"},
		"endless":       {"yes | head -c 200000", "in one line"},
	} {
		t.Run(name, func(t *testing.T) {
			path := file(t, "config.toml", "[profiles.p]\napi_user = \"u\"\napi_key_command = \""+strings.ReplaceAll(c.command, `\n`, `\\n`)+"\"\n", 0o600)
			got := world{}.run(t, "list", "--profile", "p", "--config", path)
			got.oneSentence(t, exitUsage, "api_key_command", c.want)
		})
	}
}

func TestLogHoldsNoKeyAndIsItsOwnersAlone(t *testing.T) {
	srv := service(t, sendcloudtest.Options{Records: 300})
	srv.Script(1, sendcloudtest.FaultCut)
	log := filepath.Join(t.TempDir(), "log")
	for range 2 {
		got := world{env: accountAt(srv)}.run(t, "list", "--all", "--log-file", log)
		require.Zero(t, got.status, got.err)
	}
	text, err := os.ReadFile(log)
	require.NoError(t, err)
	require.Equal(t, 2, strings.Count(string(text), "msg=start"), "an existing log is added to")
	require.Contains(t, string(text), "version=")
	require.Greater(t, strings.Count(string(text), "\n"), 4, "the calls are not in it")
	for _, form := range []string{canary, "canary", "7Qx"} {
		require.NotContains(t, string(text), form, "the key is in the log")
	}
	info, err := os.Stat(log)
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), info.Mode().Perm())

	require.NoError(t, os.Chmod(log, 0o644))
	world{env: accountAt(srv)}.run(t, "list", "--log-file", log).oneSentence(t, exitUsage, log, "chmod 600")
}

func TestRedactingIsASecondWall(t *testing.T) {
	path := filepath.Join(t.TempDir(), "log")
	c := newConsole(Env{})
	require.NoError(t, c.openLog(path))
	c.hide(canary)
	c.log.Info("a "+canary+" b", "error", errors.New("canary%2Bkey%2F7Qx%26%3D%2541 c"), "text", canary)
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Contains(t, string(text), `msg="a [key] b" error="[key] c" text=[key]`)
}

func TestProfilesButNoneChosen(t *testing.T) {
	path := file(t, "config.toml", "[profiles.prod]\napi_user = \"u\"\n", 0o600)
	world{}.run(t, "list", "--config", path).oneSentence(t, exitUsage, "prod", "--profile")
}

// A configuration that somebody else can change could send the key elsewhere.
func TestAFileThatOthersCanWriteIsRefused(t *testing.T) {
	for _, text := range []string{"[profiles.p]\nbase_url = \"https://a.example.com\"\n", "[profiles.p]\napi_key_command = \"true\"\n", "[profiles.p]\napi_key = \"k\"\n"} {
		for _, mode := range []os.FileMode{0o620, 0o602} {
			got := world{}.run(t, "list", "--config", file(t, "config.toml", text, mode))
			got.oneSentence(t, exitUsage, "chmod")
		}
		path := file(t, "config.toml", text, 0o600)
		require.NoError(t, os.Chmod(filepath.Dir(path), 0o777)) //nolint:gosec // that is the case
		world{}.run(t, "list", "--config", path).oneSentence(t, exitUsage, "chmod go-w "+filepath.Dir(path))
		if os.Geteuid() == 0 {
			path = file(t, "config.toml", text, 0o600)
			require.NoError(t, os.Chown(path, 12345, -1))
			world{}.run(t, "list", "--config", path).oneSentence(t, exitUsage, "belongs to another user (uid 12345)")
		}
	}
	require.NotContains(t, world{}.run(t, "list", "--config", file(t, "config.toml", "lang = \"en\"\n", 0o666)).err, "chmod")
}

// User, key and base URL come from one place; a flag over it is said.
func TestAKeyGoesToItsOwnHost(t *testing.T) {
	const profile = "profile = \"one\"\n[profiles.one]\nbase_url = \"SERVER/one\"\napi_user = \"one\"\napi_key = \"key-one\"\n"
	_, _, path, got := asked(t, world{env: map[string]string{"config": profile, config.BaseVariable: "http://127.0.0.1:1/env"}})
	require.Zero(t, got.status, got.err)
	require.Equal(t, "/one/data/emailStatus", path)
	_, _, path, got = asked(t, world{env: map[string]string{"config": profile}}, "--base-url", "SERVER/flag")
	require.Equal(t, "/flag/data/emailStatus", path)
	require.Contains(t, got.err, "--base-url replaces")
	f := &config.File{Profile: "one", Profiles: map[string]config.Profile{"one": {BaseURL: "https://own.example.com", APIUser: "one", APIKey: "k"}}}
	env := map[string]string{config.UserVariable: "e", config.KeyVariable: "key-e"}
	acc, err := f.Account("", "", func(name string) string { return env[name] })
	require.NoError(t, err)
	require.Equal(t, config.DefaultBase, acc.BaseURL, "credentials of the environment go to the host of a profile")
}
