package cli

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/pflag"
	"github.com/stretchr/testify/require"

	"bounceboard/ui/cli/config"

	"bounceboard/keymap"
	"bounceboard/sendcloud/sendcloudtest"
	"bounceboard/ui/words"
)

func TestWrongUsageIsOneSentenceThatNamesTheFlag(t *testing.T) {
	srv := service(t, sendcloudtest.Options{Records: 10})
	for line, want := range map[string][]string{
		"lst":                              {`"lst"`, "did you mean list?"},
		"lin@example.com":                  {"lin@example.com", "--email"},
		"list 7":                           {`"7"`, "no arguments"},
		"help lst":                         {`"lst"`, "did you mean list?"},
		"list --dayz 3":                    {"--dayz", "did you mean --days?"},
		"list --zzzzzzzz":                  {"--zzzzzzzz"},
		"list -q":                          {"-q"},
		"list ---":                         {"---"},
		"list --days":                      {"--days", "needs a value"},
		"list --days=":                     {"--days", "is empty"},
		"list --days 0":                    {"--days", "from 1 to 92"},
		"list --days -1":                   {"--days"},
		"list --days 1.5":                  {"--days"},
		"list --days 93":                   {"--days", "92"},
		"list --days 99999999999999999999": {"--days"},
		"list --limit 0":                   {"--limit", "1 to 100"},
		"list --limit 101":                 {"--limit"},
		"list --start -1":                  {"--start", "from 0 to"},
		"list --calls-per-minute 0":        {"--calls-per-minute", "3000"},
		"list --calls-per-minute 3001":     {"--calls-per-minute"},
		"list --email=":                    {"--email", "is empty"},
		"list --email nobody":              {"--email", "nobody"},
		"list --email ;":                   {"--email"},
		"list --email-ids ,":               {"--email-ids"},
		"list --status soft":               {"--status", "soft"},
		"list --status 2":                  {"--status"},
		"list --status=":                   {"--status", "is empty"},
		"list --sub-status 501":            {"--sub-status", "501"},
		"list --status 1 --sub-status 406": {"--status", "--sub-status"},
		"list --label-id=":                 {"--label-id"},
		"list --api-users ;":               {"--api-users"},
		"list --start-date 2026-02-30":     {"--start-date", "2026-02-30"},
		"list --start-date today":          {"--end-date"},
		"list --end-date today":            {"--start-date"},
		"list --start-date today --end-date yesterday":    {"--end-date"},
		"list --days 3 --start-date -3d --end-date today": {"--days"},
		"list --start-date -200d --end-date today":        {"92"},
		"list --format xml":                               {"--format", "ndjson"},
		"list --bom":                                      {"--bom", "csv"},
		"list --all --limit 5":                            {"--all", "--limit"},
		"list --all --start 0":                            {"--all", "--start"},
		"list --all=perhaps":                              {"--all", "perhaps"},
		"list --demo --profile x":                         {"--demo", "--profile"},
		"list --demo --base-url http://127.0.0.1/":        {"--demo", "--base-url"},
		"list --base-url http://192.0.2.1/apiv2":          {"--base-url", "https"},
		"list --base-url https://u:p@example.com/":        {"--base-url", "@"},
		"list --base-url nonsense":                        {"--base-url", "https://"},
		"list --from - --from -":                          {"--from", "standard input"},
		"list --missing x":                                {"--missing", "--email"},
		"lst --help":                                      {`"lst"`, "did you mean list?"},
		"list --filter foo:bar":                           {"--filter", "character 1", "no field foo", "to: domain: status:", "in quotes"},
		"list --lang fr":                                  {"--lang", "en, zh"},
		"list --theme pink":                               {"--theme", "mono"},
		"list --email - --email-ids -":                    {"--email", "empty"},
		"list --email -":                                  {"--email", "empty"},
		"list --email-ids @/nonexistent/ids":              {"--email-ids", "/nonexistent/ids"},
		"list --profile nobody":                           {"--profile", "nobody"},
		"list --config /nonexistent/config.toml":          {"/nonexistent/config.toml", "--config"},
		"list --log-file /nonexistent/log":                {"--log-file", "/nonexistent/log"},
		"--status soft":                                   {"--status"},
		"simulate --addr 0.0.0.0:0":                       {"--public"},
		"simulate --addr :0":                              {"--public"},
		"simulate --addr nonsense":                        {"--addr"},
		"simulate --failure-http 99":                      {"--failure-http", "200-599"},
		"simulate --fault 5xx=2":                          {"--fault"},
		"simulate --fault 5xx":                            {"--fault", "5xx=0.05"},
		"simulate --window-days x":                        {"--window-days", "0-3660"},
		"simulate --ignore nonsense":                      {"--ignore"},
		"simulate --fault nonsense=0.5":                   {"--fault", "5xx"},
		"simulate --order sideways":                       {"--order", "newest"},
		"simulate --records many":                         {"--records"},
		"simulate --latency 5":                            {"--latency", "missing unit"},
		"simulate --calls-per-minute 0":                   {"--calls-per-minute"},
		"completion tcsh":                                 {"tcsh", "bash"},
	} {
		t.Run(line, func(t *testing.T) {
			got := world{env: accountAt(srv)}.run(t, strings.Fields(line)...)
			got.oneSentence(t, exitUsage, want...)
			require.NotContains(t, got.err, "Usage:")
		})
	}
	require.Zero(t, srv.CallCount(), "a call was made though the usage was wrong")
}

func TestAWrongQueryIsToldBeforeCredentialsAreAskedFor(t *testing.T) {
	for _, args := range [][]string{{"list"}, nil} {
		world{}.run(t, append(args, "--days", "93")...).oneSentence(t, exitUsage, "--days", "92")
	}
	path := file(t, "config.toml", "profile = \"p\"\n[profiles.p]\nlookback_days = 5\napi_user = \"u\"\napi_key_command = \"exit 9\"\n", 0o600)
	world{}.run(t, "list", "--days", "6", "--config", path).oneSentence(t, exitUsage, "--days", "5")
}

func TestNumbersMayBeTypedWithAnInputMethodOn(t *testing.T) {
	n := 0
	s := &flagSet{pflag.NewFlagSet("", pflag.ContinueOnError), words.English, ""}
	s.number(&n, "days", 1, 92)
	require.NoError(t, s.Parse([]string{"--days", " １０"}))
	require.Equal(t, 10, n)
	require.Error(t, s.Parse([]string{"--days", "十"}))
}

func TestNoTerminalNoDashboard(t *testing.T) {
	world{}.run(t, "--demo").oneSentence(t, exitUsage, "terminal", "bounceboard list")
}

func TestNoCredentials(t *testing.T) {
	for _, args := range [][]string{nil, {"list"}, {"list", "--all"}} {
		got := world{}.run(t, args...)
		require.Equal(t, exitUsage, got.status)
		require.Empty(t, got.out)
		demo, user := strings.Index(got.err, "--demo"), strings.Index(got.err, config.UserVariable)
		require.Positive(t, demo)
		require.Greater(t, user, demo, "the demonstration comes first")
		require.Contains(t, got.err, "config.toml")
	}
}

func TestHelpInBothLanguages(t *testing.T) {
	for _, cmd := range [][]string{{"--help"}, {"list", "--help"}, {"simulate", "-h"}, {"completion", "--help"}, {"help", "list"}, {"help"}} {
		en := world{}.run(t, cmd...)
		zh := world{}.run(t, append(cmd, "--lang", "zh")...)
		require.Zero(t, en.status, cmd)
		require.Zero(t, zh.status, cmd)
		require.Empty(t, en.err)
		require.Contains(t, en.out, "Usage:")
		require.Contains(t, en.out, "Exit status:")
		require.Contains(t, zh.out, "用法：")
		for _, english := range []string{"Usage", "Flags", "default", "this help", "Examples", "Commands"} {
			require.NotContains(t, zh.out, english, cmd)
		}
	}
	root := world{}.run(t, "--help").out
	for _, flag := range []string{"--demo", "--base-url", "--profile", "--config", "--calls-per-minute", "--email", "--email-ids", "--label-id",
		"--label-name", "--days", "--start-date", "--end-date", "--api-users", "--status", "--sub-status", "--start", "--limit",
		"--lang", "--theme", "--ascii", "--log-file", "--version", "list", "simulate", "completion"} {
		require.Contains(t, root, flag)
	}
	require.NotContains(t, root, "api-key ", "a key is never a flag")
}

func TestEveryFlagIsDescribedInBothLanguages(t *testing.T) {
	c := newConsole(Env{Getenv: func(string) string { return "" }})
	c.lang = words.English
	f, o := &options{}, sendcloudtest.Options{}
	names := []string{"help", "version", "format", "all", "bom", "addr", "public", "records", "seed", "api-user", "api-key", "latency", "fault"}
	for _, g := range queryFlags(c, f, true) {
		for _, line := range strings.Split(g.set.FlagUsages(), "\n") {
			if name, _, ok := strings.Cut(strings.TrimPrefix(strings.TrimSpace(line), "--"), " "); ok {
				names = append(names, name)
			}
		}
	}
	for _, sw := range o.Switches() {
		names = append(names, "switch/"+sw.Name)
	}
	require.Greater(t, len(names), 40)
	for _, name := range names {
		s, ok := words.Flags[name]
		require.True(t, ok, "--%s has no description", name)
		require.NotEmpty(t, s.EN, name)
		require.NotEmpty(t, s.ZH, name)
	}
}

// An alias may hold a flag that the command line overrules.
func TestOfWhatNothingIsLostByTheLastIsTaken(t *testing.T) {
	w := world{env: accountAt(service(t, sendcloudtest.Options{Records: 20}))}
	got := w.run(t, "list", "--format", "csv", "--days", "30", "--limit", "5", "--format", "ndjson", "--days", "7", "--limit", "3")
	require.Zero(t, got.status, got.err)
	require.Equal(t, w.run(t, "list", "--days", "7", "--limit", "3").out, got.out)
}

func TestVersion(t *testing.T) {
	got := world{}.run(t, "--version")
	require.Zero(t, got.status)
	require.Regexp(t, `^bounceboard \S+\n$`, got.out)
}

func TestCompletion(t *testing.T) {
	for shell, want := range map[string]string{"bash": "complete -o default -F __start_bounceboard bounceboard", "zsh": "#compdef bounceboard", "fish": "complete -c bounceboard", "powershell": "Register-ArgumentCompleter"} {
		got := world{}.run(t, "completion", shell)
		require.Zero(t, got.status)
		require.Contains(t, got.out, want)
	}
	require.Contains(t, world{}.run(t, "__complete", "list", "--status", "").out, "soft_bounce\n")
	require.Equal(t, "invalid,delivered\ninvalid,invalid\ninvalid,soft_bounce\ninvalid,requested\n:4\n", world{}.run(t, "__complete", "list", "--status", "invalid,").out)
	require.Contains(t, world{}.run(t, "__complete", "list", "--sub-status", "401;4").out, "401;406\taddress does not exist\n")
	require.Equal(t, "newest\noldest\nunstable\n:4\n", world{}.run(t, "__complete", "simulate", "--order", "").out)
	require.Equal(t, "dark\nlight\nmono\n:4\n", world{}.run(t, "__complete", "list", "--theme", "").out)
	path := file(t, "config.toml", "[profiles.prod]\napi_user = \"u\"\n[profiles.test]\n", 0o600)
	require.Contains(t, world{}.run(t, "__complete", "list", "--config", path, "--profile", "").out, "prod\ntest\n")
}

func TestLanguage(t *testing.T) {
	chinese := file(t, "config.toml", "lang = \"zh\"\n", 0o600)
	for name, c := range map[string]struct {
		env  map[string]string
		args []string
		want string
	}{
		"nothing":                    {nil, nil, "--days is"},
		"LANG":                       {map[string]string{"LANG": "zh_CN.UTF-8"}, nil, "--days 的值"},
		"LC_ALL over LANG":           {map[string]string{"LC_ALL": "en_US.UTF-8", "LANG": "zh_CN.UTF-8"}, nil, "--days is"},
		"LC_MESSAGES over LANG":      {map[string]string{"LC_MESSAGES": "zh_TW", "LANG": "C"}, nil, "--days 的值"},
		"the file over the locale":   {map[string]string{"LC_ALL": "en_US.UTF-8"}, []string{"--config", chinese}, "--days 的值"},
		"the flag over the file":     {nil, []string{"--config", chinese, "--lang=en"}, "--days is"},
		"the flag behind the error":  {nil, []string{"--lang", "zh"}, "--days 的值"},
		"a language that is unknown": {map[string]string{"LANG": "fr_FR.UTF-8"}, nil, "--days is"},
	} {
		t.Run(name, func(t *testing.T) {
			got := world{env: c.env}.run(t, append([]string{"list", "--days=0"}, c.args...)...)
			got.oneSentence(t, exitUsage, c.want)
		})
	}
}

// The form of the dashboard checks against what the profile allows.
func TestTheDashboardKnowsTheProfilesLookback(t *testing.T) {
	path := file(t, "config.toml", "profile = \"p\"\n[profiles.p]\nlookback_days = 180\napi_user = \"u\"\napi_key_command = \"echo no-key-at-all\"\n", 0o600)
	c := newConsole(Env{Args: []string{"--config", path}, Getenv: func(string) string { return "" }, Err: io.Discard})
	conn, _, err := planned(t.Context(), c, &options{config: path})
	require.NoError(t, err)
	defer conn.close()
	require.Equal(t, 180, conn.account.LookbackDays)
}

func TestKeysListsEveryKey(t *testing.T) {
	for _, lang := range []words.Lang{words.English, words.Chinese} {
		require.Equal(t, words.KeysMarkdown(lang, keymap.Default()), world{}.run(t, "keys", "--format", "md", "--lang", string(lang)).out)
		text := world{}.run(t, "keys", "--lang", string(lang)).out
		for _, line := range words.HelpLines(lang, keymap.Default(), keymap.Table) {
			require.Contains(t, text, line.Text)
		}
	}
}

// What is listed is not what acts where the configuration is wrong: that is said.
func TestKeysSaysWhatIsWrongWithThem(t *testing.T) {
	home := t.TempDir()
	require.NoError(t, os.Mkdir(filepath.Join(home, "bounceboard"), 0o700))
	require.NoError(t, os.WriteFile(filepath.Join(home, "bounceboard", "config.toml"), []byte("[keys]\nquit = []\n"), 0o600))
	got := world{env: map[string]string{"XDG_CONFIG_HOME": home}}.run(t, "keys")
	require.Equal(t, exitUsage, got.status)
	require.Contains(t, got.err, "line 2")
	require.Contains(t, got.out, "the very first", "the names of the actions are what mends it")
}

func TestLongHelpIsThere(t *testing.T) {
	require.Contains(t, world{}.run(t, "explain", "--rules-help").out, "sure=1…99")
	require.Contains(t, world{}.run(t, "patterns", "--help").out, "domainCount")
}

func TestHelpThatCannotBeWrittenIsAFailure(t *testing.T) {
	for _, args := range [][]string{{"--help"}, {"list", "--help"}, {"help"}, {"--version"}, {"completion", "bash"}, {"keys"}} {
		got := world{out: full{}}.run(t, args...)
		require.Equal(t, exitFailed, got.status, args)
		require.Contains(t, got.err, "no space left", args)
	}
}
