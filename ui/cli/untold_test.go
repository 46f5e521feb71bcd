package cli

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"bounceboard/ui/cli/config"

	"bounceboard/sendcloud/sendcloudtest"
)

func TestListWithoutATotalReadsToTheEnd(t *testing.T) {
	truth := service(t, sendcloudtest.Options{Records: 9000})
	failed := count(t, truth, url.Values{"days": {"7"}, "status": {"4"}}) + count(t, truth, url.Values{"days": {"7"}, "status": {"5"}})
	require.Greater(t, failed, 200)
	for _, form := range []string{sendcloudtest.TotalNull, sendcloudtest.TotalZero, sendcloudtest.TotalWord, sendcloudtest.TotalHalf} {
		w := world{env: accountAt(service(t, sendcloudtest.Options{Records: 9000, Total: form}))}
		got := w.run(t, "list", "--all", "--status", "4,5")
		require.Zero(t, got.status, "%s: %s", form, got.err)
		require.Empty(t, got.err, form)
		require.Equal(t, failed, strings.Count(got.out, "\n"), form)
		if form != sendcloudtest.TotalHalf {
			w.run(t, "count", "--by", "status").oneSentence(t, exitFailed, "gave no credible total")
		}
	}
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

// before is an account at a service that changes what srv is asked and answers.
func before(t *testing.T, srv *sendcloudtest.Server, asked func(url.Values), answered func(string) string) map[string]string {
	t.Helper()
	front := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := r.ParseForm(); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		asked(r.PostForm)
		resp, err := http.PostForm(srv.URL+"/data/emailStatus", r.PostForm)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadGateway)
			return
		}
		defer resp.Body.Close()
		body, err := io.ReadAll(resp.Body)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadGateway)
			return
		}
		_, _ = io.WriteString(w, answered(string(body))) // the client may be gone
	}))
	t.Cleanup(front.Close)
	env := accountAt(srv)
	env[config.BaseVariable] = front.URL + "/apiv2"
	return env
}

// A service that gives ten rows at once, whatever limit says.
func TestShortPagesHideNoRow(t *testing.T) {
	srv := service(t, sendcloudtest.Options{Records: 2500})
	w := world{env: before(t, srv, func(params url.Values) {
		if n, err := strconv.Atoi(params.Get("limit")); err == nil {
			params.Set("limit", strconv.Itoa(min(n, 10)))
		}
	}, func(body string) string { return body })}
	there := count(t, srv, url.Values{"days": {"3"}})
	require.Greater(t, there, 50)
	got := w.run(t, "list", "--all", "--days", "3", "--calls-per-minute", "3000")
	require.Zero(t, got.status, got.err)
	require.Equal(t, there, strings.Count(got.out, "\n"))
	page := w.run(t, "list", "--days", "3", "--start", "5", "--limit", "40")
	require.Zero(t, page.status, page.err)
	require.Equal(t, 40, strings.Count(page.out, "\n"))
}
