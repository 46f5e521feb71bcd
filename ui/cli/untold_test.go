package cli

import (
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"bounceboard/sendcloud/sendcloudtest"
)

func TestListWithoutATotalReadsToTheEnd(t *testing.T) {
	truth := service(t, sendcloudtest.Options{Records: 9000})
	failed := count(t, truth, url.Values{"days": {"7"}, "status": {"4"}}) + count(t, truth, url.Values{"days": {"7"}, "status": {"5"}})
	require.Greater(t, failed, 200)
	for _, form := range []sendcloudtest.NumberForm{sendcloudtest.TotalNull, sendcloudtest.TotalZero, sendcloudtest.TotalWord, sendcloudtest.TotalHalf} {
		w := world{env: accountAt(service(t, sendcloudtest.Options{Records: 9000, Total: form}))}
		got := w.run(t, "list", "--all", "--status", "4,5")
		require.Zero(t, got.status, "%s: %s", form, got.err)
		require.Empty(t, got.err, form)
		require.Equal(t, failed, strings.Count(got.out, "\n"), form)
		if form != sendcloudtest.TotalHalf {
			w.run(t, "count", "--by", "status").oneSentence(t, exitFailed, "tells no total")
		}
	}
}

func TestListSaysThatStartIsIgnored(t *testing.T) {
	w := world{env: accountAt(service(t, sendcloudtest.Options{Records: 2500, Ignore: []string{"start"}}))}
	got := w.run(t, "list", "--all")
	require.Equal(t, exitFailed, got.status)
	require.Equal(t, 100, strings.Count(got.out, "\n"))
	require.Contains(t, got.err, "gives its first page whatever start says: narrow the query")
	require.NotContains(t, got.err, "moving")
	w.run(t, "list", "--start", "100").oneSentence(t, exitFailed, "gives its first page whatever start says")
	first := w.run(t, "list")
	require.Zero(t, first.status)
	require.Equal(t, 100, strings.Count(first.out, "\n"))
}

// Where the service ignores the status, failures without a code come among all
// other mail: nothing is missing.
func TestListReadsPastAnIgnoredStatus(t *testing.T) {
	for _, ignored := range [][]string{{"status"}, {"status", "subStatus"}} {
		srv := service(t, sendcloudtest.Options{Records: 2500, Ignore: ignored})
		want := 0
		for r := range srv.Records() {
			if (r.Status == 4 || r.Status == 5) && srv.Record(srv.Len()-1).Requested.Sub(r.Requested).Hours() < 5*24 {
				want++
			}
		}
		got := world{env: accountAt(srv)}.run(t, "list", "--all", "--status", "4,5")
		require.Zero(t, got.status, got.err)
		require.Contains(t, got.err, "filtered here")
		require.GreaterOrEqual(t, strings.Count(got.out, "\n"), want)
		require.NotContains(t, got.out, `"status":"delivered"`)
	}
}
