package cli

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"bounceboard/sendcloud/sendcloudtest"
	"bounceboard/ui/cli/config"
)

// rowOf is a row as NDJSON has it.
type rowOf struct{ EmailID, Status, Recipients string }

func rowsOf(t *testing.T, text string) (rows []rowOf) {
	t.Helper()
	for line := range strings.Lines(text) {
		var r rowOf
		require.NoError(t, json.Unmarshal([]byte(line), &r))
		rows = append(rows, r)
	}
	return rows
}

// some are a service with some mail, a world that can ask it, and all its rows of a week.
func some(t *testing.T, records int) (*sendcloudtest.Server, world, []rowOf) {
	t.Helper()
	srv := service(t, sendcloudtest.Options{Records: records})
	w := world{env: accountAt(srv)}
	rows := rowsOf(t, w.run(t, "list", "--all", "--days", "7").out)
	require.Greater(t, len(rows), 50)
	return srv, w, rows
}

func table(t *testing.T, text string) [][]string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\uFEFF"))).ReadAll()
	require.NoError(t, err)
	return rows
}

func TestFindReadsWhateverWasPasted(t *testing.T) {
	srv, w, rows := some(t, 5000)
	r := rows[len(rows)/2]
	message, _, _ := strings.Cut(r.EmailID, "$")
	header := "From: s@shop.example\nTo: " + r.Recipients + "\nMessage-ID: <" + message + "@shop.example>\nSubject: b@qq.com\n"
	for _, text := range []string{r.EmailID, strings.NewReplacer("$", "%24", "@", "%40").Replace(r.EmailID), "X-SENDCLOUD-UUID: " + r.EmailID, header} {
		before := srv.CallCount()
		w.in = strings.NewReader(text)
		got := w.run(t, "find", "-")
		require.Zero(t, got.status, got.err)
		require.Contains(t, rowsOf(t, got.out), r, text)
		require.Contains(t, got.err, "1 ", "what was understood")
		require.LessOrEqual(t, srv.CallCount()-before, 14)
	}
	got := w.run(t, "find", r.Recipients, "--format", "csv", "--columns", "recipients,status,cause")
	require.Zero(t, got.status, got.err)
	require.Equal(t, []string{"recipients", "status", "cause"}, table(t, got.out)[0])

	before := srv.CallCount()
	w.run(t, "find", "hello there").oneSentence(t, exitUsage, "no address and no id")
	require.Equal(t, before, srv.CallCount(), "nothing was asked")
}

func TestFindSaysWhatIsMissing(t *testing.T) {
	srv, w, rows := some(t, 3000)
	var text strings.Builder
	for n := range 999 {
		fmt.Fprintf(&text, "nobody%d@example.com\n", n)
	}
	missing := filepath.Join(t.TempDir(), "missing.txt")
	before := srv.CallCount()
	w.in = strings.NewReader(text.String() + rows[0].Recipients)
	got := w.run(t, "find", "--missing", missing)
	require.Zero(t, got.status, got.err)
	require.LessOrEqual(t, srv.CallCount()-before, 120)
	require.Contains(t, rowsOf(t, got.out), rows[0])
	require.Contains(t, got.err, "found 1 of 1,000; missing 999: nobody0@example.com")
	data, err := os.ReadFile(missing)
	require.NoError(t, err)
	require.Equal(t, text.String(), string(data))
	w.run(t, "find", "a@qq.com", "--missing", missing).oneSentence(t, exitUsage, missing)
}

// What could not be asked for is not called missing.
func TestFindSaysWhatWasNotAsked(t *testing.T) {
	calls := atomic.Int64{}
	env := paged(t, 0, func(w http.ResponseWriter, _ int) bool {
		if calls.Add(1) == 1 {
			return false
		}
		w.WriteHeader(http.StatusForbidden)
		return true
	})
	id := fmt.Sprintf("%d_15_12_1.sc-10_0_0_1-inbound0$a@qq.com", time.Now().UnixMilli())
	missing := filepath.Join(t.TempDir(), "missing.txt")
	got := world{env: env}.run(t, "find", id+" b@qq.com", "--missing", missing)
	require.Equal(t, 1, got.status, got.err)
	require.Contains(t, got.err, "found 0 of 2; not fully searched 2: "+id)
	require.NoFileExists(t, missing)
	calls.Store(0)
	got = world{env: env}.run(t, "find", "--join", file(t, "orders.csv", "id,to\n"+id+",\n,b@qq.com\n,\n", 0o600))
	require.Equal(t, 1, got.status, got.err)
	lines := table(t, got.out)
	require.Equal(t, []string{"", "", "no"}, []string{lines[1][11], lines[2][11], lines[3][11]}, "the last asks for nothing")
}

func TestFindWritesTheAnswerAlone(t *testing.T) {
	_, w, rows := some(t, 2000)
	for _, r := range rows[:20] {
		for _, lang := range []string{"en", "zh"} {
			got := w.run(t, "find", r.EmailID, "--reply", lang)
			require.Zero(t, got.status, got.err)
			size := utf8.RuneCountInString(strings.TrimSpace(got.out))
			require.True(t, size >= 20 && size <= 700, got.out)
			require.Equal(t, 1, strings.Count(got.out, "\n"))
		}
	}
	w.run(t, "find", rows[0].EmailID, "--reply", "fr").oneSentence(t, exitUsage, "fr")
}

func TestJoinKeepsTheCustomersTable(t *testing.T) {
	srv, w, rows := some(t, 12000)
	var text strings.Builder
	text.WriteString("姓名;邮件ID;金额\r\n")
	for n := range 5000 {
		id := fmt.Sprintf("opaque-%d$nobody@example.com", n)
		if n%10 > 0 {
			id = rows[n%len(rows)].EmailID
		}
		fmt.Fprintf(&text, "林伟;%s;%d\r\n", id, n)
	}
	data, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(text.String()))
	require.NoError(t, err)
	path := file(t, "orders.csv", string(data), 0o600)
	before := srv.CallCount()
	got := w.run(t, "find", "--join", path)
	require.Zero(t, got.status, got.err)
	t.Log(srv.CallCount()-before, "calls\n", got.err)
	lines := table(t, got.out)
	require.Len(t, lines, 5001)
	require.Equal(t, "姓名,邮件ID,金额,bb_status,bb_sub_status,bb_cause,bb_permanence,bb_party,bb_requested,bb_changed,bb_reply,bb_next_step,bb_found", strings.Join(lines[0], ","))
	for n, line := range lines[1:] {
		require.Equal(t, []string{"林伟", fmt.Sprint(n)}, []string{line[0], line[2]})
		require.Equal(t, n%10 > 0, line[12] == "yes", line)
	}
	w.run(t, "find", "--join", file(t, "empty.csv", "\n\n", 0o600)).oneSentence(t, exitUsage, "no row")
	w.run(t, "find", "--join", path, "a@qq.com").oneSentence(t, exitUsage, "--join")
}

func TestListsAreWhole(t *testing.T) {
	srv, w, rows := some(t, 5000)
	failed := 0
	for _, r := range rows {
		if r.Status == "invalid" || r.Status == "soft_bounce" {
			failed++
		}
	}
	dir := filepath.Join(t.TempDir(), "lists")
	got := w.run(t, "lists", "--out", dir, "--days", "7")
	require.Zero(t, got.status, got.err)
	sum, header := 0, ""
	for _, name := range []string{"suppress", "retry", "ask", "ours", "check"} {
		data, err := os.ReadFile(filepath.Join(dir, name+".csv"))
		require.NoError(t, err)
		lines := table(t, string(data))
		require.True(t, header == "" || header == strings.Join(lines[0], ","), name)
		header = strings.Join(lines[0], ",")
		for _, line := range lines[1:] {
			var n int
			_, err := fmt.Sscan(line[1], &n)
			require.NoError(t, err)
			sum += n
		}
	}
	require.Equal(t, failed, sum)
	require.FileExists(t, filepath.Join(dir, "README.txt"))

	before := srv.CallCount()
	w.run(t, "lists", "--out", dir, "--days", "7").oneSentence(t, exitUsage, "suppress.csv")
	w.run(t, "lists", "--out", dir+"2", "--status", "invalid").oneSentence(t, exitUsage, "--status")
	w.run(t, "lists").oneSentence(t, exitUsage, "--out")
	require.Equal(t, before, srv.CallCount())
}

func TestReportIsEvidence(t *testing.T) {
	_, w, rows := some(t, 3000)
	dir := t.TempDir()
	path := filepath.Join(dir, "evidence.html")
	got := w.run(t, "report", "--out", path, "--days", "7", "--lang", "zh")
	require.Zero(t, got.status, got.err)
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	for _, want := range []string{`<html lang="zh-CN">`, "viewport", "color-scheme", "@media print", "--start-date", "--end-date", "<svg", "SHA-256"} {
		require.Contains(t, string(data), want)
	}
	require.NotContains(t, string(data), "<script")
	spooled, err := os.ReadFile(filepath.Join(dir, "rows.ndjson"))
	require.NoError(t, err)
	require.Len(t, rowsOf(t, string(spooled)), len(rows))
	w.run(t, "report", "--out", filepath.Join(dir, "b.md"), "--days", "7").oneSentence(t, exitUsage, "rows.ndjson")

	ticket := filepath.Join(t.TempDir(), "ticket.md")
	got = w.run(t, "report", "--out", ticket, "--from", filepath.Join(dir, "rows.ndjson"), "--filter", "domain:qq.com", "--unmasked")
	require.Zero(t, got.status, got.err)
	data, err = os.ReadFile(ticket)
	require.NoError(t, err)
	require.Contains(t, string(data), "domain:qq.com")
}

func TestListWritesAWorkbookAndChosenColumns(t *testing.T) {
	_, w, rows := some(t, 1000)
	path := filepath.Join(t.TempDir(), "rows.xlsx")
	got := w.run(t, "list", "--all", "--days", "7", "--format", "xlsx", "--out", path)
	require.Zero(t, got.status, got.err)
	require.Empty(t, got.out)
	f, err := excelize.OpenFile(path)
	require.NoError(t, err)
	defer f.Close()
	lines, err := f.GetRows("Sheet1")
	require.NoError(t, err)
	require.Len(t, lines, len(rows)+1)
	require.Equal(t, "emailId,status,statusText,subStatus,subStatusDesc,apiUser,recipients,requestTime,modifiedTime,sendLog", strings.Join(lines[0][:10], ","))
	w.run(t, "list", "--format", "xlsx", "--out", path).oneSentence(t, exitUsage, path)
	w.run(t, "list", "--format", "xlsx").oneSentence(t, exitUsage, "--out")

	refused := filepath.Join(t.TempDir(), "refused.csv")
	wrong := world{env: map[string]string{config.BaseVariable: w.env[config.BaseVariable], config.UserVariable: "demo", config.KeyVariable: "wrong"}}
	require.Equal(t, exitCredentials, wrong.run(t, "list", "--out", refused).status)
	require.NoFileExists(t, refused, "in the way of the next try")

	csvText := w.run(t, "list", "--days", "7", "--format", "csv", "--columns", "recipients, cause,emailId").out
	require.Equal(t, []string{"recipients", "cause", "emailId"}, table(t, csvText)[0])
	shown := w.run(t, "list", "--days", "7", "--format", "table", "--columns", "status,recipients").out
	require.True(t, strings.HasPrefix(shown, "status "), shown[:40])
	w.run(t, "list", "--format", "csv", "--columns", "recipients,recipent").oneSentence(t, exitUsage, `"recipent"`, "recipients")
	w.run(t, "list", "--format", "json", "--columns", "recipients").oneSentence(t, exitUsage, "--columns")
}

// Rates stand where delivered mail is among the rows, and nowhere else.
func TestCountsHaveRates(t *testing.T) {
	_, w, rows := some(t, 3000)
	all, failed := 0, 0
	for _, r := range rows {
		if strings.HasSuffix(strings.ToLower(r.Recipients), "@qq.com") {
			all++
			if r.Status == "invalid" || r.Status == "soft_bounce" {
				failed++
			}
		}
	}
	var numbers []struct {
		Value           string
		Failed, All     *int
		Rate, Low, High *float64
	}
	require.NoError(t, json.Unmarshal([]byte(w.run(t, "count", "--by", "domain", "--all", "--days", "7", "--format", "json").out), &numbers))
	require.Equal(t, "qq.com", numbers[0].Value)
	require.Equal(t, []int{failed, all}, []int{*numbers[0].Failed, *numbers[0].All})
	require.InDelta(t, float64(failed)/float64(all), *numbers[0].Rate, 1e-6)
	require.Less(t, *numbers[0].Low, *numbers[0].Rate)
	require.Greater(t, *numbers[0].High, *numbers[0].Rate)
	require.Contains(t, w.run(t, "count", "--by", "domain", "--all", "--days", "7", "--format", "table").out, "failed ÷ all")

	numbers = nil
	require.NoError(t, json.Unmarshal([]byte(w.run(t, "count", "--by", "domain", "--all", "--status", "invalid", "--format", "json").out), &numbers))
	require.Nil(t, numbers[0].Rate)
}
