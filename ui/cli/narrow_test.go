package cli

import (
	"encoding/csv"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"bounceboard/sendcloud/bounce"
	"bounceboard/sendcloud/rowjson"
	"bounceboard/sendcloud/sendcloudtest"
)

var added = []string{"cause", "permanence", "party", "confidence", "provider", "nextStep", "whatHappened", "whetherRetry",
	"refusedIp", "enhancedCode", "contradictsSubStatus", "domainMeant", "pattern"}

func keysOf(t *testing.T, object string) []string {
	t.Helper()
	d := json.NewDecoder(strings.NewReader(object))
	_, err := d.Token()
	require.NoError(t, err)
	var keys []string
	for d.More() {
		key, err := d.Token()
		require.NoError(t, err)
		keys = append(keys, key.(string))
		_, err = d.Token()
		require.NoError(t, err)
	}
	return keys
}

func TestListExplainsInEveryFormat(t *testing.T) {
	w := world{env: accountAt(service(t, sendcloudtest.Options{Records: 500}))}
	want := append(slices.Clone(rowjson.Names), added...)

	plain, _, _ := strings.Cut(w.run(t, "list").out, "\n")
	require.Equal(t, rowjson.Names, keysOf(t, plain), "without --explain the contract stays")
	line, _, _ := strings.Cut(w.run(t, "list", "--explain").out, "\n")
	require.Equal(t, want, keysOf(t, line))
	_, array, _ := strings.Cut(w.run(t, "list", "--explain", "--format", "json").out, "[\n")
	require.Equal(t, want, keysOf(t, array))

	rows, err := csv.NewReader(strings.NewReader(w.run(t, "list", "--explain", "--format", "csv", "--lang", "zh").out)).ReadAll()
	require.NoError(t, err)
	require.Equal(t, want, rows[0])
	for _, row := range rows[1:] {
		cause, ok := bounce.ParseCause(row[10])
		require.True(t, ok, row[10])
		require.NotEmpty(t, row[15])
		if row[1] == "delivered" {
			require.Equal(t, bounce.Delivered, cause)
		}
	}
	head, _, _ := strings.Cut(w.run(t, "list", "--explain", "--format", "table").out, "\n")
	require.Regexp(t, `cause +permanence +who acts +sure +provider +next step +pattern +server said$`, head)
}

func TestFiltersNarrowWhatWasFetched(t *testing.T) {
	srv := service(t, sendcloudtest.Options{Records: 3000})
	w := world{env: accountAt(srv)}
	all := w.run(t, "list", "--all", "--explain")
	require.Empty(t, all.err)
	pick := func(pattern string) (lines []string) {
		for line := range strings.Lines(all.out) {
			if regexp.MustCompile(pattern).MatchString(line) {
				lines = append(lines, line)
			}
		}
		return lines
	}
	for args, pattern := range map[string]string{
		"--cause user_unknown":                                `"cause":"user_unknown"`,
		"--cause user_unknown,blocked":                        `"cause":"(user_unknown|blocked)"`,
		"--cause user_unknown --cause blocked":                `"cause":"(user_unknown|blocked)"`,
		"--cause 地址不存在":                                       `"cause":"user_unknown"`,
		"--cause=user_unkn,Blocked":                           `"cause":"(user_unknown|blocked)"`,
		"--permanence temporary":                              `"permanence":"temporary"`,
		"--permanence=-":                                      `"permanence":"-"`,
		"--cause blocked,rate_limited --permanence temporary": `"cause":"(blocked|rate_limited)","permanence":"temporary"`,
	} {
		got := w.run(t, append([]string{"list", "--all", "--explain"}, strings.Fields(args)...)...)
		require.Zero(t, got.status, got.err)
		want := pick(pattern)
		require.NotEmpty(t, want, "%s: nothing to filter", args)
		require.Equal(t, strings.Join(want, ""), got.out, args)
		require.Contains(t, got.err, "filtered only the fetched rows")
		require.Equal(t, 1, strings.Count(got.err, "\n"), got.err)
	}
	got := w.run(t, "list", "--cause", "tls_required", "--permanence=-", "--format", "json")
	require.Zero(t, got.status)
	require.Equal(t, "[]\n", got.out)
	require.Contains(t, got.err, "0 of 100 rows")
	require.Equal(t, rowjson.Names, keysOf(t, w.run(t, "list", "--cause", "delivered", "--limit", "5").out), "a filter adds no columns")
}

func TestUnknownTokensAreAnsweredWithThoseThereAre(t *testing.T) {
	srv := service(t, sendcloudtest.Options{Records: 10})
	w := world{env: accountAt(srv)}
	w.run(t, "list", "--cause", "blocked,full").oneSentence(t, exitUsage, `--cause is "full"`, "mailbox_full", "tls_required")
	w.run(t, "list", "--permanence", "soft").oneSentence(t, exitUsage, `--permanence is "soft"`, "permanent, temporary, unknown, -")
	w.run(t, "list", "--cause=").oneSentence(t, exitUsage, "--cause")
	require.Zero(t, srv.CallCount())
	require.Contains(t, w.run(t, "__complete", "list", "--cause", "mail").out, "mailbox_full\n")
}
