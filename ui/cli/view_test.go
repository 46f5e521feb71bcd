package cli

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"bounceboard/sendcloud/sendcloudtest"
)

const someViews = "[views.late]\nquery = { days = 3, status = \"soft_bounce\", limit = 1 }\nfilter = \"domain:qq.com\"\norder = \"-took\"\n" +
	"[views.who]\nquery = { email = \"{address}\", days = 3 }\nfilter = \"/\\\\d{3}/\"\n"

func TestAViewLendsItsQueryAndFilter(t *testing.T) {
	srv := service(t, sendcloudtest.Options{Records: 6000})
	w := world{env: accountAt(srv)}
	config := file(t, "config.toml", someViews, 0o600)
	list := func(args ...string) string {
		got := w.run(t, append([]string{"list", "--config", config, "--format", "ndjson", "--all"}, args...)...)
		require.Zero(t, got.status, got.err)
		return got.out
	}
	flags := list("--days", "3", "--status", "soft_bounce", "--filter", "domain:qq.com")
	require.NotEmpty(t, flags)
	require.Equal(t, flags, list("--view", "late"))
	require.Equal(t, list("--start-date", "-6d", "--end-date", "today", "--status", "invalid", "--filter", "domain:qq.com", "--filter", "took:<1h"),
		list("--view", "late", "--start-date", "-6d", "--end-date", "today", "--status", "invalid", "--filter", "took:<1h"), "flags win")
	require.Equal(t, list("--days", "3", "--email", "a@example.com"), list("--view", "who", "--email", "a@example.com"))

	rows := file(t, "rows.ndjson", list("--days", "7"), 0o600)
	got := world{}.run(t, "list", "--config", config, "--from", rows, "--view", "late", "--format", "ndjson")
	require.Zero(t, got.status, got.err)
	for line := range strings.Lines(got.out) {
		require.Contains(t, line, "@qq.com")
	}
}

func TestAViewThatCannotBeTaken(t *testing.T) {
	config := file(t, "config.toml", someViews, 0o600)
	for _, command := range [][]string{{"list"}, {"count", "--by", "status"}, {"patterns"}, {"report", "--out", filepath.Join(t.TempDir(), "x.html")}, nil} {
		world{}.run(t, append(command, "--demo", "--config", config, "--view", "lat")...).oneSentence(t, exitUsage, `"lat"`, "did you mean late?", config)
	}
	world{}.run(t, "list", "--demo", "--config", config, "--view", "who").oneSentence(t, exitUsage, "{address}", `"who"`)
	world{}.run(t, "list", "--demo", "--config", file(t, "empty.toml", "", 0o600), "--view", "who").oneSentence(t, exitUsage, "there is no view in")
	bad := file(t, "config.toml", someViews+"pane = \"facts\"\n", 0o600)
	world{}.run(t, "list", "--demo", "--config", bad).oneSentence(t, exitUsage, bad, "line 8", "facts", "facets")
	got := world{}.run(t, "__complete", "list", "--config", config, "--view", "")
	require.Contains(t, got.out, "late\nwho\n")
}
