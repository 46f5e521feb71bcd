package cli

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bounceboard/ui/cli/config"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/recordset"
	"bounceboard/sendcloud/sendcloudtest"
	"bounceboard/ui/words"
)

type counted struct {
	Value  string  `json:"value"`
	Count  int     `json:"count"` // 0: not known
	Share  float64 `json:"share"`
	AsOf   string  `json:"asOf"`
	AtMost bool    `json:"atMost"`
}

// numbersOf runs count and reads its array.
func numbersOf(t *testing.T, w world, args ...string) ([]counted, result) {
	t.Helper()
	got := w.run(t, append([]string{"count", "--format", "json"}, args...)...)
	var list []counted
	require.NoError(t, json.Unmarshal([]byte(got.out), &list), "%s%s", got.out, got.err)
	return list, got
}

func values(list []counted) map[string]int {
	m := map[string]int{}
	for _, c := range list {
		if c.Count > 0 {
			m[c.Value] = c.Count
		}
	}
	return m
}

// asTheServer is what the service counts for each value of a parameter, zeros
// left out.
func asTheServer(t *testing.T, srv *sendcloudtest.Server, base url.Values, param string, list map[string]string) map[string]int {
	t.Helper()
	m := map[string]int{}
	for shown, value := range list {
		params := url.Values{}
		for k, v := range base {
			params[k] = v
		}
		if params.Set(param, value); param == "startDate" {
			params.Set("endDate", value)
		}
		if n := count(t, srv, params); n > 0 {
			m[shown] = n
		}
	}
	return m
}

func same(list ...string) map[string]string {
	m := map[string]string{}
	for _, v := range list {
		m[v] = v
	}
	return m
}

var statusNumbers = map[string]string{"delivered": "1", "invalid": "4", "soft_bounce": "5", "requested": "18"}

func codes() map[string]string {
	return same("401", "402", "403", "404", "405", "406", "407", "408", "409", "503", "505", "506", "507", "508", "509")
}

func TestCountIsTheServersOwnCount(t *testing.T) {
	srv := service(t, sendcloudtest.Options{Records: 5000})
	w := world{env: accountAt(srv)}
	days := map[string]string{}
	for r := range srv.Records() {
		day := r.Requested.Format("2006-01-02")
		days[day] = day
	}
	label := strconv.Itoa(srv.Labels()[0].ID)
	for name, c := range map[string]struct {
		args  []string
		want  map[string]int
		calls int
	}{
		"status":      {[]string{"--by", "status", "--days", "7"}, asTheServer(t, srv, url.Values{"days": {"7"}}, "status", statusNumbers), 5},
		"sub-status":  {[]string{"--by", "sub-status", "--days", "7"}, asTheServer(t, srv, url.Values{"days": {"7"}}, "subStatus", codes()), 18},
		"one status":  {[]string{"--by", "sub-status", "--days", "7", "--status", "soft_bounce"}, asTheServer(t, srv, url.Values{"days": {"7"}}, "subStatus", same("503", "505", "506", "507", "508", "509")), 9},
		"two windows": {[]string{"--by", "status", "--days", "30"}, asTheServer(t, srv, url.Values{"days": {"30"}}, "status", statusNumbers), 5},
		"with an api user": {[]string{"--by", "status", "--days", "7", "--api-users", "batch_a"},
			asTheServer(t, srv, url.Values{"days": {"7"}, "apiUserList": {"batch_a"}}, "status", statusNumbers), 5},
		"codes by status": {[]string{"--by", "status", "--days", "7", "--sub-status", "406,505"}, map[string]int{
			"invalid":     count(t, srv, url.Values{"days": {"7"}, "subStatus": {"406"}}),
			"soft_bounce": count(t, srv, url.Values{"days": {"7"}, "subStatus": {"505"}})}, 3},
		"api users": {[]string{"--by", "api-user", "--days", "7", "--api-users", "batch_a;notify"},
			asTheServer(t, srv, url.Values{"days": {"7"}}, "apiUserList", same("batch_a", "notify")), 7},
		"labels": {[]string{"--by", "label", "--days", "7", "--label-id", label + ",999999"},
			asTheServer(t, srv, url.Values{"days": {"7"}}, "labelId", same(label)), 7},
		"days":               {[]string{"--by", "day", "--days", "5", "--status", "invalid"}, nil, 6},
		"days, all failures": {[]string{"--by", "day", "--days", "5", "--status", "invalid,soft_bounce"}, nil, 10},
	} {
		t.Run(name, func(t *testing.T) {
			before := srv.CallCount()
			list, got := numbersOf(t, w, c.args...)
			require.Zero(t, got.status, got.err)
			require.Regexp(t, `^bounceboard: counted by the service: .*, last \d+ days \(\d\d-\d\d to \d\d-\d\d\); as of [\d:]{8}( to [\d:]{8})?\n$`, got.err)
			require.Equal(t, c.calls, srv.CallCount()-before, "it asks for more than it shows")
			if c.want == nil {
				c.want = map[string]int{}
				for _, status := range strings.Split(strings.NewReplacer("invalid", "4", "soft_bounce", "5").Replace(c.args[5]), ",") {
					for day, n := range asTheServer(t, srv, url.Values{"status": {status}}, "startDate", days) {
						if n > 0 && day > lastDays(srv, 5) {
							c.want[day] += n
						}
					}
				}
			}
			require.NotEmpty(t, c.want)
			require.Equal(t, c.want, values(list))
			share := 0.0
			for _, v := range list {
				share += v.Share
				require.NotEmpty(t, v.AsOf)
				require.False(t, v.AtMost)
			}
			require.InDelta(t, 1, share, 1e-4)
		})
	}
}

// Beside the count stands how much of the mail failed, with its interval; of failures alone there is no rate.
func TestCountTellsRates(t *testing.T) {
	srv := service(t, sendcloudtest.Options{Records: 5000})
	w := world{env: accountAt(srv)}
	rates := func(args ...string) (first map[string]any) {
		got := w.run(t, append([]string{"count", "--format", "json"}, args...)...)
		require.Zero(t, got.status, got.err)
		var list []map[string]any
		require.NoError(t, json.Unmarshal([]byte(got.out), &list))
		require.NotEmpty(t, list)
		return list[0]
	}
	user := rates("--by", "api-user", "--days", "7", "--api-users", "batch_a")
	failed := count(t, srv, url.Values{"days": {"7"}, "apiUserList": {"batch_a"}, "status": {"4"}}) + count(t, srv, url.Values{"days": {"7"}, "apiUserList": {"batch_a"}, "status": {"5"}})
	all := count(t, srv, url.Values{"days": {"7"}, "apiUserList": {"batch_a"}})
	require.EqualValues(t, failed, user["failed"])
	require.EqualValues(t, all, user["all"])
	require.InDelta(t, float64(failed)/float64(all), user["rate"], 1e-6)
	require.Less(t, user["low"], user["rate"])
	require.Greater(t, user["high"], user["rate"])

	rows := rates("--by", "domain", "--days", "7", "--all")
	require.Equal(t, rows["count"], rows["all"])
	require.Positive(t, rows["failed"])
	for _, args := range [][]string{{"--by", "domain", "--days", "7", "--all", "--status", "invalid,soft_bounce"}, {"--by", "day", "--days", "2", "--status", "invalid"}} {
		none := rates(args...)
		for _, name := range []string{"failed", "all", "rate", "low", "high"} {
			require.NotContains(t, none, name, "%v", args)
		}
	}
	require.NotContains(t, rates("--by", "status", "--days", "7"), "rate")
	require.Contains(t, w.run(t, "count", "--by", "domain", "--days", "7", "--all", "--format", "table").out, "failed ÷ all")
}

// lastDays is the day before the last n.
func lastDays(srv *sendcloudtest.Server, n int) string {
	return srv.Record(srv.Len()-1).Requested.AddDate(0, 0, -n).Format("2006-01-02")
}

// What is counted from rows is what the service counts, whatever the field.
func TestCountOfRows(t *testing.T) {
	srv := service(t, sendcloudtest.Options{Records: 3000})
	w := world{env: accountAt(srv)}
	path := filepath.Join(t.TempDir(), "rows.ndjson")
	got := w.run(t, "list", "--all", "--days", "7", "--spool", path)
	require.Zero(t, got.status, got.err)
	spooled, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, got.out, string(spooled), "what is spooled is not what is listed")
	want := map[string]map[string]int{"domain": {}, "api-user": {}, "status": {}, "sub-status": {}, "day": {}, "hour": {}}
	total := 0
	first := lastDays(srv, 7)
	for r := range srv.Records() {
		if r.Requested.Format("2006-01-02") <= first {
			continue
		}
		total++
		_, domain, _ := strings.Cut(r.Recipient, "@")
		want["domain"][domain]++
		want["api-user"][r.APIUser]++
		want["day"][r.Requested.Format("2006-01-02")]++
		want["hour"][r.Requested.Format("15")]++
		for word, n := range statusNumbers {
			if n == strconv.Itoa(r.Status) {
				want["status"][word]++
			}
		}
		code := ""
		if r.SubStatus != 0 {
			code = strconv.Itoa(r.SubStatus)
		}
		want["sub-status"][code]++
	}
	calls := srv.CallCount()
	for by, numbers := range want {
		list, got := numbersOf(t, world{}, "--by", by, "--from", path)
		require.Zero(t, got.status, got.err)
		require.Equal(t, numbers, values(list), by)
		require.Contains(t, got.err, "counted over "+words.Number(total)+" rows")
		require.Contains(t, got.err, path)
	}
	require.Equal(t, calls, srv.CallCount(), "a file was counted by asking")
	list, got := numbersOf(t, w, "--by", "domain", "--all", "--days", "7")
	require.Zero(t, got.status, got.err)
	require.Equal(t, want["domain"], values(list))
	require.Contains(t, got.err, "counted over "+words.Number(total)+" rows fetched,", "every row came")

	for _, by := range recordset.Facets() {
		list, got := numbersOf(t, world{}, "--by", by.String(), "--from", path)
		require.Zero(t, got.status, got.err)
		sum := 0
		for _, v := range list {
			sum += v.Count
		}
		require.Equal(t, total, sum, "%s does not add up", by)
	}
}

func TestCountNarrowsByTerms(t *testing.T) {
	srv := service(t, sendcloudtest.Options{Records: 3000})
	w := world{env: accountAt(srv)}
	qq := 0
	for r := range srv.Records() {
		if r.Requested.Format("2006-01-02") > lastDays(srv, 7) && strings.HasSuffix(r.Recipient, "@qq.com") && r.Status == 4 {
			qq++
		}
	}
	require.Positive(t, qq)
	list, got := numbersOf(t, w, "--by", "status", "--all", "--days", "7", "--filter", "domain:qq.com status:invalid")
	require.Zero(t, got.status, got.err)
	require.Equal(t, map[string]int{"invalid": qq}, values(list))
	require.Contains(t, got.err, "filter: ")
}

func TestCountFormats(t *testing.T) {
	srv := service(t, sendcloudtest.Options{Records: 2000})
	w := world{env: accountAt(srv)}
	want := asTheServer(t, srv, url.Values{"days": {"7"}}, "status", statusNumbers)
	lines := strings.Split(strings.TrimSuffix(w.run(t, "count", "--by", "status", "--days", "7").out, "\n"), "\n")
	require.Len(t, lines, len(want), "a pipe gets an object a line")
	for _, line := range lines {
		var c counted
		require.NoError(t, json.Unmarshal([]byte(line), &c))
		require.Equal(t, want[c.Value], c.Count)
		require.True(t, strings.HasPrefix(line, `{"value":"`+c.Value+`","count":`), line)
	}
	rows, err := csv.NewReader(strings.NewReader(w.run(t, "count", "--by", "status", "--days", "7", "--format", "csv").out)).ReadAll()
	require.NoError(t, err)
	require.Equal(t, []string{"value", "count", "share", "asOf", "atMost"}, rows[0])
	require.Len(t, rows, len(want)+1)
	table := w.run(t, "count", "--by", "status", "--days", "7", "--format", "table", "--lang", "zh").out
	require.Contains(t, table, "送达")
	require.Contains(t, table, "邮件数")
	none := w.run(t, "count", "--by", "status", "--email", "nobody@example.com", "--format", "json")
	require.Equal(t, "[]\n", none.out)
	require.Contains(t, none.err, "counted by the service: Mail to nobody@example.com, ", "nothing was found, and where")
}

func TestCountSaysWhatTheServiceIgnores(t *testing.T) {
	for name, c := range map[string]struct {
		ignore string
		args   []string
		said   string
	}{
		"status":    {"status", []string{"--by", "status"}, "--status"},
		"code":      {"subStatus", []string{"--by", "sub-status"}, "--sub-status"},
		"api users": {"apiUserList", []string{"--by", "api-user", "--api-users", "notify;batch_a"}, "the service ignores --api-users:"},
		"days":      {"startDate,endDate", []string{"--by", "day", "--days", "5"}, "the service ignores the dates:"},
		"one day":   {"startDate,endDate", []string{"--by", "day", "--start-date", "-5d", "--end-date", "-5d"}, "the service ignores the dates:"},
		"user, day": {"apiUserList", []string{"--by", "day", "--days", "5", "--api-users", "notify"}, "the service ignores --api-users:"},
		"labels":    {"labelId", []string{"--by", "label", "--label-id", "1"}, "--label-id"},
	} {
		t.Run(name, func(t *testing.T) {
			srv := service(t, sendcloudtest.Options{Records: 2000, Ignore: strings.Split(c.ignore, ",")})
			list, got := numbersOf(t, world{env: accountAt(srv)}, c.args...)
			require.Zero(t, got.status, got.err)
			require.Contains(t, got.err, c.said)
			require.Equal(t, 1, strings.Count(got.err, "at most"), "one sentence: %s", got.err)
			require.NotEmpty(t, list)
			for _, v := range list {
				require.True(t, v.AtMost, "%+v", v)
			}
			zh := world{env: accountAt(srv)}.run(t, append([]string{"count", "--lang", "zh", "--format", "table"}, c.args...)...)
			require.Contains(t, zh.err, "最多")
			require.Contains(t, zh.out, "最多")
		})
	}
}

func TestCountSaysThatItAskedInSmallerWindows(t *testing.T) {
	srv := service(t, sendcloudtest.Options{Records: 100, WindowDays: 3})
	got := world{env: accountAt(srv)}.run(t, "count", "--by", "status", "--days", "7")
	require.Zero(t, got.status, got.err)
	require.Contains(t, got.err, words.Note(words.English, sendcloud.SmallerWindows))
}

func TestCountRefusesBeforeItAsks(t *testing.T) {
	srv := service(t, sendcloudtest.Options{Records: 50})
	for name, c := range map[string]struct {
		args []string
		want []string
	}{
		"no field":            {nil, []string{"--by", "sub-status", "refused-ip"}},
		"unknown field":       {[]string{"--by", "colour"}, []string{"--by", "colour", "domain"}},
		"not at the service":  {[]string{"--by", "domain"}, []string{"domain", "--all", "--from"}},
		"any api user":        {[]string{"--by", "api-user"}, []string{"--api-users", "--all"}},
		"no label":            {[]string{"--by", "label"}, []string{"--label-id"}},
		"label of rows":       {[]string{"--by", "label", "--all"}, []string{"--all"}},
		"filter without rows": {[]string{"--by", "status", "--filter", "qq"}, []string{"--all"}},
		"wrong filter":        {[]string{"--by", "status", "--all", "--filter", "x 啊 cause:sunshine"}, []string{"--filter", "sunshine", "character 11"}},
		"a page":              {[]string{"--by", "status", "--limit", "5"}, []string{"--limit"}},
		"file and question":   {[]string{"--by", "status", "--from", "x", "--status", "invalid"}, []string{"--status", "--from"}},
		"file and demo":       {[]string{"--by", "status", "--from", "x", "--demo"}, []string{"--demo"}},
		"no such file":        {[]string{"--by", "status", "--from", "/nowhere/rows"}, []string{"--from", "/nowhere/rows"}},
		"a directory":         {[]string{"--by", "status", "--from", "/"}, []string{"--from", "directory"}},
		"wrong query":         {[]string{"--by", "status", "--days", "93"}, []string{"--days", "92"}},
	} {
		t.Run(name, func(t *testing.T) {
			got := world{env: accountAt(srv)}.run(t, append([]string{"count"}, c.args...)...)
			got.oneSentence(t, exitUsage, c.want...)
			zh := world{env: accountAt(srv)}.run(t, append([]string{"count", "--lang", "zh"}, c.args...)...)
			require.NotEqual(t, got.err, zh.err)
		})
	}
	require.Zero(t, srv.CallCount())
}

func TestCountWritesWhatCame(t *testing.T) {
	srv := service(t, sendcloudtest.Options{Records: 2000})
	srv.Script(1, sendcloudtest.FaultHTML)
	list, got := numbersOf(t, world{env: accountAt(srv)}, "--by", "status")
	require.Equal(t, exitFailed, got.status)
	require.Len(t, values(list), 3)
	require.Contains(t, got.out, `"count":null,"share":null`, "what is missing is in the table")
	require.Contains(t, got.err, "1 of 4 are missing")
	require.Contains(t, got.err, "HTML")
	require.Regexp(t, `counted by the service: Mail, \d\d-\d\d to \d\d-\d\d; as of `, got.err, "the span that nobody gave")
	require.Equal(t, 2, strings.Count(got.err, "\n"))

	refused := service(t, sendcloudtest.Options{Records: 10, APIKey: "another"})
	env := accountAt(refused)
	env[config.KeyVariable] = canary
	world{env: env}.run(t, "count", "--by", "status").oneSentence(t, exitCredentials, "地域")
	world{env: env}.run(t, "count", "--by", "domain", "--all").oneSentence(t, exitCredentials, "地域")
}

// Two rows with one email id are two states of one mail: the later one counts, on whichever page it stands.
func TestTheLaterStateIsCounted(t *testing.T) {
	row := func(n int, status, at string) string {
		return fmt.Sprintf(`{"emailId": "%d$a@qq.com", "recipients": "a@qq.com", "status": %q, "requestTime": "%s 00:00:01", "modifiedTime": "%[3]s %s"}`,
			n, status, sendcloud.DateOf(time.Now()), at)
	}
	var rows []string
	for n := range 150 {
		rows = append(rows, row(n, "请求中", "00:00:02"))
	}
	rows = append(rows, row(0, "送达", "00:00:09"))
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start, _ := strconv.Atoi(r.FormValue("start"))
		limit, _ := strconv.Atoi(r.FormValue("limit"))
		page := rows[min(start, len(rows)):min(start+limit, len(rows))]
		fmt.Fprintf(w, `{"result": true, "statusCode": 200, "info": {"total": "%d", "voListSize": %d, "voList": [%s]}}`, len(rows), len(page), strings.Join(page, ","))
	}))
	t.Cleanup(srv.Close)
	w := world{env: map[string]string{config.BaseVariable: srv.URL, config.UserVariable: "u", config.KeyVariable: canary}}
	list, got := numbersOf(t, w, "--by", "status", "--all", "--days", "1")
	require.Zero(t, got.status, got.err)
	require.Equal(t, map[string]int{"requested": 149, "delivered": 1}, values(list))
	require.Contains(t, w.run(t, "list", "--all", "--days", "1").err, "1 row changed")
}

func TestCountTakesEveryNameOfAField(t *testing.T) {
	w := world{env: accountAt(service(t, sendcloudtest.Options{Records: 300}))}
	for _, name := range []string{"subStatus", "sub", "子状态"} {
		require.Equal(t, w.run(t, "count", "--by", "sub-status", "--all").out, w.run(t, "count", "--by", name, "--all").out, name)
	}
}

func TestCountCompletesItsFields(t *testing.T) {
	got := world{}.run(t, "__complete", "count", "--by", "")
	require.Zero(t, got.status)
	for _, field := range append(names(recordset.Facets()), byLabel) {
		require.Contains(t, got.out, field+"\n")
		require.Contains(t, words.Flags["by"].EN, field, "help does not name it")
		require.Contains(t, words.Flags["by"].ZH, field)
	}
	require.NotContains(t, world{}.run(t, "count", "--help").out, "--limit")
}
