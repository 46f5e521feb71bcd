package cli

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"bounceboard/sendcloud/recordset"
	"bounceboard/sendcloud/sendcloudtest"
	"bounceboard/ui/cli/config"
)

// answering is an account at a service that gives every call one answer.
func answering(t *testing.T, body string) map[string]string {
	t.Helper()
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, body) }))
	t.Cleanup(srv.Close)
	return map[string]string{config.BaseVariable: srv.URL, config.UserVariable: "u", config.KeyVariable: canary}
}

func TestARefusedDateBlamesNoFlag(t *testing.T) {
	for code := 40006; code <= 40008; code++ {
		got := world{env: answering(t, fmt.Sprintf(`{"result":false,"statusCode":%d,"message":"no","info":{}}`, code))}.run(t, "list", "--days", "1")
		require.Equal(t, exitFailed, got.status, got.err)
		require.NotContains(t, got.err, "--", "%d", code)
	}
}

// An address with capitals that finds nothing is asked for again in lower case.
func TestALetterCaseIsNoDifference(t *testing.T) {
	srv := service(t, sendcloudtest.Options{Records: 400})
	to := srv.Record(srv.Len() - 1).Recipient
	w := world{env: accountAt(srv)}
	for _, all := range []string{"--all", "--all=false"} {
		want := w.run(t, "list", all, "--email", to)
		got := w.run(t, "list", all, "--email", strings.ToUpper(to))
		require.Zero(t, got.status, got.err)
		require.NotEmpty(t, want.out)
		require.Equal(t, want.out, got.out)
		require.Contains(t, got.err, "lower case")
		require.NotContains(t, got.err, "no row came")
		require.NotContains(t, want.err, "lower case")
	}
	want, _ := numbersOf(t, w, "--by", "status", "--email", to)
	list, got := numbersOf(t, w, "--by", "status", "--email", strings.ToUpper(to), "--lang", "zh")
	require.Equal(t, values(want), values(list))
	require.Contains(t, got.err, "小写")
}

func TestMissingItemsAreWrittenOnceAndForTheirOwner(t *testing.T) {
	w := world{env: accountAt(service(t, sendcloudtest.Options{Records: 50}))}
	path := filepath.Join(t.TempDir(), "left.txt")
	var asked []string
	for i := range 7 {
		asked = append(asked, fmt.Sprintf("n%d@example.com", i))
	}
	got := w.run(t, "list", "--all", "--email", strings.Join(asked, ","), "--missing", path)
	require.Zero(t, got.status, got.err)
	require.Contains(t, got.err, "7 of the 7 ids and addresses asked for: n0@example.com, n1@example.com, n2@example.com, n3@example.com, n4@example.com\n")
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, strings.Join(asked, "\n")+"\n", string(data))
	about, err := os.Stat(path)
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), about.Mode().Perm())
	w.run(t, "list", "--all", "--email", asked[0], "--missing", path).oneSentence(t, exitUsage, "--missing", path)
}

func TestValuesThatCannotBeReadAreCounted(t *testing.T) {
	row := `{"emailId":"1","status":"invalid","recipients":"a@qq.com","requestTime":"soon","modifiedTime":"2026-11-23 09:00:00","sendLog":"550"}`
	for _, args := range [][]string{{"list", "--from", "-"}, {"count", "--by", "status", "--from", "-"}} {
		got := world{in: strings.NewReader(row + "\n")}.run(t, args...)
		require.Zero(t, got.status, got.err)
		require.Contains(t, got.err, "cannot be read: 1;", args)
	}
	got := world{env: answering(t, `{"result":true,"statusCode":200,"message":"","info":{"total":"1","voListSize":1,"voList":[`+row+`]}}`)}.run(t, "list", "--days", "1")
	require.Contains(t, got.out, `"requestTime":null`)
	require.Contains(t, got.err, "cannot be read: 1;")
}

func TestAFilterThatLooksLikeARegularExpressionSaysSo(t *testing.T) {
	for _, args := range [][]string{{"list"}, {"count", "--by", "status"}} {
		for filter, said := range map[string]bool{"550.*limited": true, "/550.*limited/": false, "nothing": false} {
			for lang, word := range map[string]string{"en": "regular expression", "zh": "正则"} {
				got := world{in: strings.NewReader(mixedRows)}.run(t, append(args, "--from", "-", "--filter", filter, "--lang", lang)...)
				require.Equal(t, said, strings.Contains(got.err, word), "%s %s: %s", args, filter, got.err)
			}
		}
	}
}

func TestAFilterWithTwoSidesGoesWithACause(t *testing.T) {
	got := world{in: strings.NewReader(mixedRows)}.run(t, "list", "--from", "-", "--filter", "a@qq.com | e@qq.com", "--permanence", "unknown")
	require.Equal(t, 1, strings.Count(got.out, "\n"), got.out)
	require.Contains(t, got.out, `"emailId":"5"`)
}

func TestHelpFilterNamesEveryField(t *testing.T) {
	for _, lang := range []string{"en", "zh"} {
		got := world{}.run(t, "help", "filter", "--lang", lang)
		require.Zero(t, got.status, got.err)
		for _, f := range recordset.Fields() {
			require.Contains(t, got.out, "  "+f.String()+":")
			for _, word := range append(f.Names()[1:], f.Values()...) {
				require.Contains(t, got.out, word)
			}
		}
	}
	require.Contains(t, world{}.run(t, "help", "filter").out, "/550.*limited/")
	world{}.run(t, "--from", "x", "--filter", "cause:sunshine").oneSentence(t, exitUsage, "--filter", "sunshine")
}

func TestCompletionKnowsTheFilter(t *testing.T) {
	require.Contains(t, world{}.run(t, "__complete", "list", "--filter", "qq !st").out, "qq !status:\n")
	require.Contains(t, world{}.run(t, "__complete", "list", "--filter", "status:").out, "status:soft_bounce\n")
	require.Contains(t, world{}.run(t, "__complete", "list", "--filter", "status:invalid,s").out, "status:invalid,soft_bounce\n")
	require.Contains(t, world{}.run(t, "__complete", "list", "--cause", "blocked,").out, "blocked,spam_content\n")
}

func TestAWrongWordNamesTheNearestOne(t *testing.T) {
	path := file(t, "config.toml", "[profiles.prod]\napi_user = \"u\"\n", 0o600)
	for line, near := range map[string]string{
		"list --format jsn":                                        "json?",
		"list --status sft_bounce":                                 "soft_bounce?",
		"list --cause blokced":                                     "blocked?",
		"list --permanence permanant":                              "permanent?",
		"count --by domian":                                        "domain?",
		"list --theme drak":                                        "dark?",
		"list --filter stauts:invalid":                             "status",
		"list --filter cause:blokced":                              "blocked?",
		"list --profile pord --config " + path:                     "prod?",
		"simulate --odrer newest":                                  "--order?",
		"list --config " + file(t, "c", "profle = \"x\"\n", 0o600): "profile?",
	} {
		world{}.run(t, strings.Fields(line)...).oneSentence(t, exitUsage, near)
	}
}

func TestABaseURLAloneIsSaid(t *testing.T) {
	const profile = "profile = \"one\"\n[profiles.one]\nbase_url = \"SERVER/one\"\napi_user = \"one\"\napi_key = \"key-one\"\n"
	_, _, _, got := asked(t, world{env: map[string]string{"config": profile, config.BaseVariable: "http://127.0.0.1:1/env"}})
	require.Zero(t, got.status, got.err)
	require.Contains(t, got.err, config.BaseVariable+" is set and not used")
	require.Contains(t, world{env: map[string]string{config.BaseVariable: "http://127.0.0.1:1/env"}}.run(t, "list").err, config.BaseVariable+" is set and not used")
}

func TestATruncatedArchiveIsOneSentence(t *testing.T) {
	var packed bytes.Buffer
	zip := gzip.NewWriter(&packed)
	_, err := zip.Write([]byte(strings.Repeat(mixedRows, 2000)))
	require.NoError(t, err)
	require.NoError(t, zip.Close())
	path := file(t, "rows.gz", packed.String()[:packed.Len()-9], 0o600)
	for _, args := range [][]string{{"list", "--from", path}, {"count", "--by", "status", "--from", path}} {
		got := world{}.run(t, append(args, "--format", "json")...)
		require.Equal(t, exitFailed, got.status)
		require.Contains(t, got.err, path)
		require.True(t, json.Valid([]byte(got.out)))
		require.Equal(t, 1, strings.Count(got.err, "cannot be read")+strings.Count(got.err, "cut off"), got.err)
	}
}

func TestADomainThatIsMisspeltIsAskedAbout(t *testing.T) {
	require.Contains(t, world{}.run(t, "explain", "550 <li@gamil.com> unknown").out, "gmail.com?")
	require.NotContains(t, world{}.run(t, "explain", "550 <li@gmail.com> unknown").out, "gmail.com?")
	require.Contains(t, world{}.run(t, "explain", "--domain", "gamil.com", "--format", "ndjson", "550 unknown").out, `"domainMeant":"gmail.com"`)
}

// A configuration that is a pipe nobody writes to can be interrupted.
func TestAPipeAsConfigurationCanBeInterrupted(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pipe")
	require.NoError(t, syscall.Mkfifo(path, 0o600))
	cmd := command(t, nil, "list", "--config", path)
	require.NoError(t, cmd.Start())
	writer, err := os.OpenFile(path, os.O_WRONLY, 0) // opens when the program has
	require.NoError(t, err)
	defer writer.Close()
	require.NoError(t, cmd.Process.Signal(syscall.SIGINT))
	require.Error(t, cmd.Wait())
	require.Equal(t, 130, cmd.ProcessState.ExitCode())
}
