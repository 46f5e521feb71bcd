package e2e

import (
	"bytes"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"bounceboard/keymap"
	"bounceboard/ui/words"
)

var update = flag.Bool("update", false, "write the generated parts of README.md anew")

const readmePath = "../../README.md"

func readme(t *testing.T) string {
	t.Helper()
	data, err := os.ReadFile(readmePath)
	require.NoError(t, err)
	return string(data)
}

// part is what stands between two marks, and how to replace it.
func part(t *testing.T, text, name string) (before, inside, after string) {
	t.Helper()
	before, rest, ok := strings.Cut(text, "<!-- "+name+" -->\n")
	require.True(t, ok, "README.md has no mark %s", name)
	inside, after, ok = strings.Cut(rest, "<!-- /"+name+" -->")
	require.True(t, ok, "README.md has no end of %s", name)
	return before + "<!-- " + name + " -->\n", inside, "<!-- /" + name + " -->" + after
}

// keysThatMatter are those of the table in README.md; bounceboard keys has all.
var keysThatMatter = []string{"f", "/", "enter", "esc", "y", "r", "a", "v", "t", "c", "s", "space", "C", "x", "h"}

// keyTable is the table in README.md: what those keys do in the table, in both languages.
func keyTable() string {
	var b strings.Builder
	b.WriteString("| key | what it does | 作用 |\n|---|---|---|\n")
	for _, bound := range keymap.Default()[keymap.Table] {
		if slices.Contains(keysThatMatter, bound.Shown) {
			b.WriteString("| `" + bound.Shown + "` | " + words.ActionHelp(words.English, bound.Action) + " | " + words.ActionHelp(words.Chinese, bound.Action) + " |\n")
		}
	}
	return b.String()
}

func TestReadmeKeys(t *testing.T) {
	before, inside, after := part(t, readme(t), "keys")
	want := keyTable()
	require.Equal(t, 2+len(keysThatMatter), strings.Count(want, "\n"))
	if *update {
		require.NoError(t, os.WriteFile(readmePath, []byte(before+want+after), 0o644)) //nolint:gosec // a public file
		return
	}
	require.Equal(t, want, inside, "go test ./ui/e2e -run Readme -update writes it anew")
	require.LessOrEqual(t, strings.Count(readme(t), "\n"), 300)
}

// The screen in README.md is the program's own. Its rows are those of the day
// on which it was taken; what stands around them has to be there today.
func TestReadmeScreen(t *testing.T) {
	s := start(t, 120, 32, environment(t), "--demo")
	s.waitRows()
	s.wait("the detail", func(now screen) bool {
		return now.contains(" changed ") && strings.Contains(now.line(now.h-1), "enter open")
	})
	now := s.now()
	before, inside, after := part(t, readme(t), "screen")
	if *update {
		shown := "```\n" + now.String() + "\n```\n"
		require.NoError(t, os.WriteFile(readmePath, []byte(before+shown+after), 0o644)) //nolint:gosec // a public file
		return
	}
	lines := strings.Split(strings.Trim(inside, "`\n"), "\n")
	require.Len(t, lines, now.h)
	require.Equal(t, now.line(now.h-1), lines[now.h-1], "the keys at the bottom")
	require.Equal(t, strings.Fields(now.line(2)), strings.Fields(lines[2]), "the head of the table")
	require.Equal(t, now.find("───"), slices.IndexFunc(lines, func(l string) bool { return strings.Contains(l, "───") }), "where the detail begins")
}

var fenced = regexp.MustCompile("(?ms)^```(\\w*)\n(.*?)^```$")

// Every block marked sh runs, against the simulated service.
func TestReadmeCommands(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("jq"); err != nil && os.Getenv("CI") == "" {
		t.Skip("jq is not installed: the recipes of README.md are not run")
	}
	sim := simulate(t)
	home := t.TempDir()
	env := environment(t, append(sim.credentials(), "HOME="+home, "PATH="+filepath.Dir(binary)+":"+os.Getenv("PATH"))...)
	env = append(env, goSettings(t)...)
	blocks := fenced.FindAllStringSubmatch(readme(t), -1)
	ran := 0
	for _, b := range blocks {
		if b[1] != "sh" {
			continue
		}
		cmd := exec.CommandContext(t.Context(), "bash", "-euo", "pipefail", "-c", b[2])
		cmd.Env = env
		cmd.Dir = home
		if strings.Contains(b[2], "go build") {
			cmd.Dir = "../.."
		}
		var errOut bytes.Buffer
		cmd.Stderr = &errOut
		out, err := cmd.Output()
		require.NoError(t, err, "%s%s%s", b[2], out, errOut.String())
		ran++
	}
	require.GreaterOrEqual(t, ran, 4)
	for name, least := range map[string]int{"rows.ndjson": 1000, "states.json": 500, "bounces.csv": 1000, "退信.csv": 1000, "found.csv": 300, "joined.csv": 300, "campaign/README.txt": 500,
		"evidence/report.html": 10000, "bounces.xlsx": 5000, "证据/report.html": 10000} {
		info, err := os.Stat(filepath.Join(home, name))
		require.NoError(t, err)
		require.Greater(t, info.Size(), int64(least), name)
	}
}

// goSettings lets the Go tool find its caches from another home.
func goSettings(t *testing.T) []string {
	t.Helper()
	var env []string
	for _, name := range []string{"GOCACHE", "GOMODCACHE", "GOPROXY", "GOFLAGS", "GOTOOLCHAIN"} {
		value, err := exec.Command("go", "env", name).Output()
		require.NoError(t, err)
		env = append(env, name+"="+strings.TrimSpace(string(value)))
	}
	return env
}

// The two commands of the first page: the demo runs as written, and the tests
// are run by the very command that CI runs.
func TestReadmeDemo(t *testing.T) {
	t.Parallel()
	text := readme(t)
	require.Contains(t, text, "\ngo run . --demo\n")
	s := begin(t, 120, 40)
	s.execIn("../..", append(environment(t), goSettings(t)...), "go", "run", ".", "--demo")
	s.waitRows()
	s.send("q")
	require.Zero(t, s.waitEnd())
	s.requireRestored()

	ci, err := os.ReadFile("../../.ci/run")
	require.NoError(t, err)
	require.Contains(t, text, "\ngo test -race ./...\n")
	require.Contains(t, string(ci), "\ngo test -race ./...\n")
}

// The configuration in README.md works as it stands there.
func TestReadmeConfiguration(t *testing.T) {
	t.Parallel()
	const key = "from-the-password-store"
	sim := simulate(t, "--api-user", "support_ro", "--api-key", key)
	home := t.TempDir()
	config := ""
	for _, b := range fenced.FindAllStringSubmatch(readme(t), -1) {
		if b[1] == "toml" {
			config = b[2]
		}
	}
	dir := filepath.Join(home, ".config", "bounceboard")
	require.NoError(t, os.MkdirAll(dir, 0o755))                                                                                                           //nolint:gosec // no secret in it
	require.NoError(t, os.WriteFile(filepath.Join(dir, "config.toml"), []byte(config), 0o644))                                                            //nolint:gosec // no secret in it
	require.NoError(t, os.WriteFile(filepath.Join(home, "pass"), []byte("#!/bin/sh\n[ \"$*\" = 'show sendcloud/support_ro' ] && echo "+key+"\n"), 0o700)) //nolint:gosec // a program
	env := environment(t, "HOME="+home, "PATH="+home+":"+os.Getenv("PATH"), "SENDCLOUD_BASE_URL=http://127.0.0.1:1/never")
	require.NotEmpty(t, list(t, env, "--base-url", sim.url, "--limit", "5"))
	s := start(t, 120, 40, env, "--base-url", sim.url)
	now := s.waitRows()
	require.Contains(t, now.line(0), "prod")
	require.True(t, now.contains("收件人"), "not in the configured language\n%s", now)
	s.send("q")
	require.Zero(t, s.waitEnd())
	require.NotContains(t, string(s.bytes()), key)
}
