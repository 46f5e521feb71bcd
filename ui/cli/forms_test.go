package cli

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"bounceboard/sendcloud/sendcloudtest"
)

func TestWhatListWritesCanBeReadAgain(t *testing.T) {
	srv := service(t, sendcloudtest.Options{Records: 3000})
	_, text := spooledRows(t, srv)
	w := world{env: accountAt(srv)}
	array := w.run(t, "list", "--all", "--days", "7", "--format", "json").out
	var pretty, short bytes.Buffer
	require.NoError(t, json.Indent(&pretty, []byte(array), "", "  "))
	require.NoError(t, json.Compact(&short, []byte(array)))
	for name, form := range map[string]string{"as list writes it": array, "pretty": pretty.String(), "one line": short.String()} {
		got := world{in: strings.NewReader(form)}.run(t, "list", "--from", "-")
		require.Equal(t, result{0, text, ""}, got, name)
		list, counted := numbersOf(t, world{in: strings.NewReader(form)}, "--by", "status", "--from", "-")
		require.Zero(t, counted.status, counted.err)
		sum := 0
		for _, n := range list {
			sum += n.Count
		}
		require.Equal(t, strings.Count(text, "\n"), sum, name)
	}

	csv := w.run(t, "list", "--all", "--days", "7", "--format", "csv", "--bom").out
	for _, l := range []string{"en", "zh"} {
		got := world{in: strings.NewReader(csv)}.run(t, "list", "--from", "-", "--lang", l)
		got.oneSentence(t, exitFailed, "CSV", "list --format ndjson")
	}
	world{in: strings.NewReader("nonsense\n")}.run(t, "list", "--from", "-").oneSentence(t, exitFailed, "holds no row")
}

func TestRowsThatCameBeforeAreCountedOnce(t *testing.T) {
	srv := service(t, sendcloudtest.Options{Records: 1000})
	_, text := spooledRows(t, srv)
	rows := strings.Count(text, "\n")
	got := world{in: strings.NewReader(text + text)}.run(t, "list", "--from", "-")
	require.Zero(t, got.status)
	require.Equal(t, text, got.out)
	require.Contains(t, got.err, "counted once")
	require.NotContains(t, got.err, "later state")

	first := text[:strings.Index(text, "\n")+1]
	var row map[string]any
	require.NoError(t, json.Unmarshal([]byte(first), &row))
	row["modifiedTime"], row["status"], row["statusText"] = "2099-01-01T00:00:00+08:00", "unknown", "new"
	later, err := json.Marshal(row)
	require.NoError(t, err)
	whole := text + string(later) + "\n"
	got = world{in: strings.NewReader(whole)}.run(t, "list", "--from", "-")
	require.Equal(t, text, got.out)
	require.Contains(t, got.err, "later state")
	list, counted := numbersOf(t, world{in: strings.NewReader(whole)}, "--by", "status", "--from", "-")
	require.Zero(t, counted.status)
	sum, latest := 0, 0
	for _, n := range list {
		sum += n.Count
		if n.Value == "unknown" {
			latest = n.Count
		}
	}
	require.Equal(t, rows, sum)
	require.Equal(t, 1, latest)
}
