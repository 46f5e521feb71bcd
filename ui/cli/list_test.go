package cli

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/creack/pty"
	"github.com/spf13/cobra"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/unicode"

	"bounceboard/ui/cli/config"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/sendcloudtest"
	"bounceboard/ui/words"
)

func count(t *testing.T, srv *sendcloudtest.Server, params url.Values) int {
	t.Helper()
	n, err := srv.Count(params)
	require.NoError(t, err)
	return n
}

func TestListWritesRowsInEveryFormat(t *testing.T) {
	srv := service(t, sendcloudtest.Options{Records: 2500})
	want := count(t, srv, url.Values{"days": {"7"}})
	require.Greater(t, want, 100, "one page would do")
	w := world{env: accountAt(srv)}

	got := w.run(t, "list", "--all")
	require.Zero(t, got.status, got.err)
	require.Empty(t, got.err, "no terminal, no progress")
	require.Equal(t, want, strings.Count(got.out, "\n"))
	ids := map[string]bool{}
	for line := range strings.Lines(got.out) {
		var row map[string]any
		require.NoError(t, json.Unmarshal([]byte(line), &row))
		ids[row["emailId"].(string)] = true
	}
	require.Len(t, ids, want, "an email id came twice")

	var rows []map[string]any
	require.NoError(t, json.Unmarshal([]byte(w.run(t, "list", "--all", "--format", "json").out), &rows))
	require.Len(t, rows, want)

	bom := w.run(t, "list", "--all", "--format", "csv", "--bom").out
	require.True(t, strings.HasPrefix(bom, "\uFEFFemailId,"))
	records, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(bom, "\uFEFF"))).ReadAll()
	require.NoError(t, err)
	require.Len(t, records, want+1)

	require.Equal(t, want+1, strings.Count(w.run(t, "list", "--all", "--format", "table").out, "\n"))
	page := w.run(t, "list", "--start", "90", "--limit", "20")
	require.Equal(t, 20, strings.Count(page.out, "\n"))
	require.True(t, strings.Join(strings.SplitAfter(got.out, "\n")[90:110], "") == page.out, "a page is not the part of the list it should be")
	require.Equal(t, 100, strings.Count(w.run(t, "list").out, "\n"), "a page is 100 rows")
}

func TestNoRowIsSuccess(t *testing.T) {
	srv := service(t, sendcloudtest.Options{Records: 50})
	for format, want := range map[string]string{"json": "[]\n", "ndjson": "", "csv": "emailId,status,statusText,subStatus,subStatusDesc,apiUser,recipients,requestTime,modifiedTime,sendLog\r\n"} {
		for _, all := range []string{"--all", "--all=false"} {
			got := world{env: accountAt(srv)}.run(t, "list", "--email", "nobody@example.com", "--format", format, all)
			require.Zero(t, got.status, got.err)
			require.Equal(t, want, got.out)
			require.Equal(t, "bounceboard: no row came for 1 of the 1 ids and addresses asked for: nobody@example.com\n", got.err)
		}
	}
}

func TestACutListIsSaid(t *testing.T) {
	srv := service(t, sendcloudtest.Options{Records: 2500})
	total := words.Number(count(t, srv, url.Values{"days": {"7"}}))
	w := world{env: accountAt(srv)}
	require.Contains(t, w.run(t, "list").err, "rows 1 to 100 of "+total+"; --all reads every one")
	require.Empty(t, w.run(t, "list", "--email", srv.Record(2499).Recipient, "--all").err)
}

func TestAPageBehindTheLastRowIsSaid(t *testing.T) {
	w := world{env: accountAt(service(t, sendcloudtest.Options{Records: 30}))}
	got := w.run(t, "list", "--days", "90", "--start", "50")
	require.Zero(t, got.status)
	require.Contains(t, got.err, "there is no row 51: the list ends at 30")
}

func TestATotalWithoutRowsIsAFailure(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `{"result": true, "statusCode": 200, "message": "", "info": {"total": "5", "voListSize": 0, "voList": []}}`)
	}))
	t.Cleanup(srv.Close)
	w := world{env: map[string]string{config.BaseVariable: srv.URL, config.UserVariable: "u", config.KeyVariable: canary}}
	for _, all := range []string{"--all", "--all=false"} {
		got := w.run(t, "list", all, "--format", "json", "--days", "1")
		require.Equal(t, exitFailed, got.status)
		require.Contains(t, got.err, "5")
		require.NotContains(t, got.err, "moving")
	}
}

func TestRowsInWhichNothingStandsAreAFailure(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `{"result": true, "statusCode": 200, "message": "", "info": {"total": "2", "voListSize": 2, "voList": [{"emailId": "1$a@b.cn", "recipients": "a@b.cn"}, {}]}}`)
	}))
	t.Cleanup(srv.Close)
	w := world{env: map[string]string{config.BaseVariable: srv.URL, config.UserVariable: "u", config.KeyVariable: canary}}
	for _, args := range [][]string{{"list", "--all", "--days", "1"}, {"list", "--days", "1"}} {
		got := w.run(t, args...)
		require.Equal(t, exitFailed, got.status)
		require.Contains(t, got.err, "1 row in which nothing stands")
		require.Equal(t, 1, strings.Count(got.out, "\n"))
	}
}

func TestWhatWasNotFoundIsNamed(t *testing.T) {
	srv := service(t, sendcloudtest.Options{Records: 200})
	w := world{env: accountAt(srv)}
	known := srv.Record(190).EmailID
	left := filepath.Join(t.TempDir(), "left")
	got := w.run(t, "list", "--all", "--email-ids", known+";1795397411000_15_1_1.sc-inbound0$no@example.com;1795397411000_15_1_1.sc-inbound1$no@example.com", "--missing", left)
	require.Zero(t, got.status, got.err)
	require.Contains(t, got.err, "no row came for 2 of the 3 ids")
	require.Contains(t, got.err, "inbound1$no@example.com")
	require.NotContains(t, got.err, known)
	text, err := os.ReadFile(left)
	require.NoError(t, err)
	require.Equal(t, 2, strings.Count(string(text), "\n"))
	about, err := os.Stat(left)
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), about.Mode().Perm())
	w.run(t, "list", "--email-ids", "a", "--missing", left).oneSentence(t, exitUsage, "--missing", "not overwritten")
}

// A table of customers or orders will do as a list.
func TestListsAreReadFromTables(t *testing.T) {
	srv := service(t, sendcloudtest.Options{Records: 200})
	w := world{env: accountAt(srv)}
	to, id := srv.Record(190).Recipient, srv.Record(190).EmailID
	customers := file(t, "customers.csv", "name,\"e-mail address\"\r\n\"Lin, Wei\",\""+to+"\"\r\n", 0o600)
	require.Contains(t, w.run(t, "list", "--email", "@"+customers).out, to)
	wrong := file(t, "wrong.txt", to+"\nnobody\n"+to+"\n", 0o600)
	w.run(t, "list", "--email", "@"+wrong).oneSentence(t, exitUsage, "--email", "nobody")
	orders := file(t, "orders.csv", "order;mail\n17;\""+id+"\"\n", 0o600)
	got := w.run(t, "list", "--email-ids", "@"+orders)
	require.Equal(t, 1, strings.Count(got.out, "\n"), got.err)
	require.Contains(t, got.out, id)

	encoded, err := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewEncoder().String("姓名,邮箱\r\n林伟," + to + "\r\n")
	require.NoError(t, err)
	path := file(t, "utf16.csv", encoded, 0o600)
	got = w.run(t, "list", "--email", "@"+path)
	require.Contains(t, got.out, to)
	require.Contains(t, got.err, path+" was read as UTF-16LE")
}

func TestFiltersReachTheService(t *testing.T) {
	srv := service(t, sendcloudtest.Options{Records: 50})
	ids := file(t, "ids.txt", "\uFEFFid-1\r\nid-2\r\n\r\n", 0o600)
	w := world{env: accountAt(srv), in: strings.NewReader("Lin <lin@example.com>\n")}
	got := w.run(t, "list", "--email", "-", "--email-ids", "@"+ids, "--email-ids", "id-3;id-4", "--days", "3", "--status", "soft_bounce",
		"--label-id", "7", "--label-name", "spring", "--api-users", "a;b", "--start", "5", "--limit", "9")
	require.Zero(t, got.status, got.err)
	require.Contains(t, got.err, "label id wins")
	calls := srv.Calls()
	require.NotEmpty(t, calls)
	p := calls[0].Params
	require.Equal(t, "lin@example.com", p.Get("email"))
	require.Equal(t, "id-1;id-2;id-3;id-4", p.Get("emailIds"))
	require.Equal(t, "5", p.Get("status"))
	require.Equal(t, "7", p.Get("labelId"))
	require.Equal(t, "spring", p.Get("labelName"))
	require.Equal(t, "a;b", p.Get("apiUserList"))
	require.NotContains(t, fmt.Sprint(calls), canary)
}

func TestSpanFromEmailIDIsSaid(t *testing.T) {
	srv := service(t, sendcloudtest.Options{Records: 50})
	id := srv.Record(40).EmailID
	got := world{env: accountAt(srv)}.run(t, "list", "--email-ids", id)
	require.Zero(t, got.status, got.err)
	require.Equal(t, 1, strings.Count(got.out, "\n"), "the mail was not found")
	require.Contains(t, got.err, "email id")
}

func TestExitStatus(t *testing.T) {
	for name, c := range map[string]struct {
		fault  sendcloudtest.Fault
		code   int
		status int
		want   []string
	}{
		"credentials":           {code: 40005, status: exitCredentials, want: []string{"(地域)", "region", "127.0.0.1"}},
		"no permission":         {code: 6001, status: exitCredentials, want: []string{"permission"}},
		"no such user":          {code: 40301, status: exitCredentials, want: []string{"does not exist"}},
		"refused parameter":     {code: 40012, status: exitFailed, want: []string{"--email", "40012"}},
		"undocumented code":     {code: 40099, status: exitFailed, want: []string{"40099"}},
		"HTML":                  {fault: sendcloudtest.FaultHTML, status: exitFailed, want: []string{"HTML", "proxy"}},
		"401 without its words": {fault: sendcloudtest.Fault401, status: exitFailed, want: []string{"401"}},
		"403 without its words": {fault: sendcloudtest.Fault403, status: exitFailed, want: []string{"403"}},
		"redirect":              {fault: sendcloudtest.FaultRedirect, status: exitFailed, want: []string{"redirected to http://127.0.0.1"}},
		"a list for an object":  {fault: sendcloudtest.FaultList, status: exitFailed, want: []string{"not of this service"}},
		"null":                  {fault: sendcloudtest.FaultNull, status: exitFailed},
		"nothing":               {fault: sendcloudtest.FaultEmpty, status: exitFailed, want: []string{"empty answer"}},
	} {
		t.Run(name, func(t *testing.T) {
			srv := service(t, sendcloudtest.Options{Records: 50})
			for _, all := range []string{"--all", "--all=false"} {
				if c.code != 0 {
					srv.ScriptCode(10, c.code, "原话 \x1b[31m")
				} else {
					srv.Script(10, c.fault)
				}
				got := world{env: accountAt(srv)}.run(t, "list", all, "--format", "ndjson")
				got.oneSentence(t, c.status, c.want...)
				require.NotContains(t, got.err, "\x1b", "a stranger's escape sequence was passed on")
				zh := world{env: accountAt(srv)}.run(t, "list", all, "--format", "ndjson", "--lang", "zh")
				require.Equal(t, c.status, zh.status)
				require.NotEqual(t, got.err, zh.err)
			}
		})
	}
}

func TestWrongKey(t *testing.T) {
	srv := service(t, sendcloudtest.Options{Records: 50, APIKey: "another"})
	env := accountAt(srv)
	env[config.KeyVariable] = canary
	world{env: env}.run(t, "list").oneSentence(t, exitCredentials, "地域")
}

func TestNobodyAnswers(t *testing.T) {
	env := map[string]string{config.BaseVariable: "http://127.0.0.1:1/apiv2", config.UserVariable: "u", config.KeyVariable: canary}
	got := world{env: env}.run(t, "list")
	require.Equal(t, exitFailed, got.status)
	require.Equal(t, 1, strings.Count(got.err, "\n"))
	require.Contains(t, got.err, "127.0.0.1:1 refused the connection")
}

// paged answers pages of ten rows out of total, and lets before decide about a
// call first.
func paged(t *testing.T, total int, before func(w http.ResponseWriter, start int) bool) map[string]string {
	t.Helper()
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var start, limit int
		_, _ = fmt.Sscan(r.FormValue("start"), &start)
		if _, err := fmt.Sscan(r.FormValue("limit"), &limit); err != nil {
			limit = 100
		}
		if before(w, start) {
			return
		}
		var rows []string
		for i := start; i < min(start+limit, total); i++ {
			rows = append(rows, fmt.Sprintf(`{"emailId": "id-%d$a@example.com", "status": "送达", "recipients": "a@example.com"}`, i))
		}
		fmt.Fprintf(w, `{"result": true, "statusCode": 200, "message": "", "info": {"total": "%d", "voListSize": %d, "voList": [%s]}}`, total, len(rows), strings.Join(rows, ","))
	}))
	t.Cleanup(srv.Close)
	return map[string]string{config.BaseVariable: srv.URL, config.UserVariable: "u", config.KeyVariable: canary}
}

func TestFirstRowComesBeforeTheLastPage(t *testing.T) {
	first := make(chan struct{})
	env := paged(t, 2000, func(_ http.ResponseWriter, start int) bool {
		if start > 1700 {
			<-first
		}
		return false
	})
	read, write := io.Pipe()
	done := make(chan result)
	go func() {
		r := world{env: env, out: write}.run(t, "list", "--all", "--days", "1", "--calls-per-minute", "3000")
		_ = write.Close()
		done <- r
	}()
	lines := bufio.NewScanner(read)
	require.True(t, lines.Scan(), "no row came while the last page was not there")
	require.Contains(t, lines.Text(), "id-0$")
	close(first)
	n := 1
	for lines.Scan() {
		n++
	}
	got := <-done
	require.Zero(t, got.status, got.err)
	require.Equal(t, 2000, n)
}

func TestWhatArrivedIsWrittenWhenAPageFails(t *testing.T) {
	html := func(w http.ResponseWriter, start int) bool {
		if start < 250 {
			return false
		}
		fmt.Fprint(w, "<html>log in first</html>")
		return true
	}
	env := paged(t, 1000, html)
	for _, format := range []string{"json", "ndjson"} {
		got := world{env: env}.run(t, "list", "--all", "--days", "1", "--format", format)
		require.Equal(t, exitFailed, got.status)
		require.Equal(t, 1, strings.Count(got.err, "\n"))
		require.Contains(t, got.err, "HTML")
		require.Contains(t, got.err, "of 1,000 rows came")
		require.Contains(t, got.err, "missing")
		rows := strings.Count(got.out, "emailId")
		require.Positive(t, rows)
		require.Contains(t, got.err, fmt.Sprintf("%d of 1,000", rows), "it does not say how many came")
		if format == "json" {
			var all []any
			require.NoError(t, json.Unmarshal([]byte(got.out), &all), "the array is not closed")
		} else {
			require.True(t, strings.HasSuffix(got.out, "}\n"), "not whole lines")
		}
	}
}

func TestARefusalInTheMiddleSaysHowFarItCame(t *testing.T) {
	for code, status := range map[int]int{40005: exitCredentials, 40006: exitFailed} {
		env := paged(t, 1000, func(w http.ResponseWriter, start int) bool {
			if start < 250 {
				return false
			}
			fmt.Fprintf(w, `{"result":false,"statusCode":%d,"message":"","info":{}}`, code)
			return true
		})
		got := world{env: env}.run(t, "list", "--all", "--days", "1")
		require.Equal(t, status, got.status)
		require.Equal(t, 1, strings.Count(got.err, "\n"), got.err)
		require.Contains(t, got.err, strconv.Itoa(code))
		require.Contains(t, got.err, fmt.Sprintf("%d of 1,000 rows came", strings.Count(got.out, "\n")))
	}
}

func TestInterruptSaysHowFarItCame(t *testing.T) {
	for sig, status := range map[syscall.Signal]int{syscall.SIGINT: 130, syscall.SIGHUP: 129, syscall.SIGTERM: 143} {
		release := make(chan struct{})
		reached := make(chan struct{}, 100)
		env := paged(t, 1000, func(_ http.ResponseWriter, start int) bool {
			if start >= 250 {
				reached <- struct{}{}
				<-release
			}
			return false
		})
		signals := make(chan os.Signal, 1)
		go func() {
			<-reached
			signals <- sig
		}()
		got := world{env: env, signals: signals}.run(t, "list", "--all", "--days", "1", "--format", "json")
		close(release)
		require.Equal(t, status, got.status)
		require.Contains(t, got.err, "interrupted")
		require.Equal(t, 1, strings.Count(got.err, "\n"), got.err)
		var rows []any
		require.NoError(t, json.Unmarshal([]byte(got.out), &rows), "the array is not closed")
		if len(rows) > 0 {
			require.Contains(t, got.err, fmt.Sprintf("%d of 1,000 rows came", len(rows)))
		}
	}
}

// gone is a pipe whose reader went away after some bytes.
type gone struct{ left int }

func (g *gone) Write(b []byte) (int, error) {
	if g.left -= len(b); g.left < 0 {
		return 0, &os.PathError{Op: "write", Path: "|1", Err: syscall.EPIPE}
	}
	return len(b), nil
}

func TestAReaderThatClosedThePipeIsNoFailure(t *testing.T) {
	srv := service(t, sendcloudtest.Options{Records: 400})
	for _, format := range []string{"table", "csv", "json", "ndjson"} {
		for _, bytes := range []int{0, 700} {
			got := world{env: accountAt(srv), out: &gone{bytes}}.run(t, "list", "--all", "--format", format)
			require.Zero(t, got.status, got.err)
			require.Empty(t, got.err)
		}
	}
	require.Zero(t, world{out: &gone{}}.run(t, "--help").status)
	require.Zero(t, world{out: &gone{}}.run(t, "--version").status)
}

// full is a file on a full disk.
type full struct{}

func (full) Write([]byte) (int, error) {
	return 0, &os.PathError{Op: "write", Path: "/dev/stdout", Err: syscall.ENOSPC}
}

func TestAFullDiskIsAFailure(t *testing.T) {
	srv := service(t, sendcloudtest.Options{Records: 400})
	for _, args := range [][]string{{"list", "--all"}, {"find", srv.Record(390).Recipient}, {"count", "--by", "status"}} {
		got := world{env: accountAt(srv), out: full{}}.run(t, args...)
		require.Equal(t, exitFailed, got.status, args)
		require.Contains(t, got.err, "no space left", args)
	}
}

func TestABugIsOneSentenceAndStatus70(t *testing.T) {
	var out, errs strings.Builder
	bug := func(c *console) *cobra.Command {
		cmd := newCommand(c, "bug", words.ListShort, words.ListLong, words.Sentence{})
		cmd.RunE = func(*cobra.Command, []string) error {
			c.hide(canary)
			panic("broken by " + canary + "\x1b[2J")
		}
		return cmd
	}
	env := Env{Args: []string{"bug"}, In: strings.NewReader(""), Out: &out, Err: &errs, Getenv: func(string) string { return "" }}
	status := newConsole(env).run([]func(*console) *cobra.Command{bug})
	require.Equal(t, exitBug, status)
	require.Equal(t, 1, strings.Count(errs.String(), "\n"), errs.String())
	require.Contains(t, errs.String(), "--log-file")
	require.NotContains(t, errs.String(), canary)
	require.NotContains(t, errs.String(), "goroutine")
	require.NotContains(t, errs.String(), "\x1b")

	log := filepath.Join(t.TempDir(), "log")
	logged := newConsole(env)
	require.NoError(t, logged.openLog(log))
	require.Equal(t, exitBug, logged.run([]func(*console) *cobra.Command{bug}))
	text, err := os.ReadFile(log)
	require.NoError(t, err)
	require.Contains(t, string(text), "list_test.go", "the log does not say where it broke")
	require.NotContains(t, string(text), canary)
}

func TestABugOfTheClientIsStatus70(t *testing.T) {
	var errs strings.Builder
	bug := func(c *console) *cobra.Command {
		cmd := newCommand(c, "bug", words.ListShort, words.ListLong, words.Sentence{})
		cmd.RunE = func(*cobra.Command, []string) error {
			return (&serviceRows{c: c, progress: newProgress(c, nil)}).ending(t.Context(), &rowFilter{}, &sendcloud.PanicError{Value: "boom\x1b[2J"})
		}
		return cmd
	}
	env := Env{Args: []string{"bug"}, In: strings.NewReader(""), Out: io.Discard, Err: &errs, Getenv: func(string) string { return "" }}
	require.Equal(t, exitBug, newConsole(env).run([]func(*console) *cobra.Command{bug}))
	require.Equal(t, 1, strings.Count(errs.String(), "\n"), errs.String())
	require.Contains(t, errs.String(), "boom")
	require.NotContains(t, errs.String(), "\x1b")
}

func TestDemoList(t *testing.T) {
	got := world{}.run(t, "list", "--demo", "--limit", "3")
	require.Zero(t, got.status, got.err)
	require.Equal(t, 3, strings.Count(got.out, "\n"))
}

func TestALocaleThatIsNotUTF8IsSaidOnATerminal(t *testing.T) {
	for locale, said := range map[string]bool{"zh_CN.GBK": true, "zh_CN.UTF-8": false} {
		for _, args := range [][]string{{"list", "--demo", "--limit", "1"}, {"explain", "550 5.1.1 no such user"}, {"explain", "--codes"}} {
			out := shownBy(t, map[string]string{"LC_ALL": locale}, args...)
			require.Equal(t, said, strings.Contains(out, "LC_ALL=C.UTF-8"), "%s: %s", args, out)
		}
	}
}

// shownBy is what a command writes to a terminal.
func shownBy(t *testing.T, env map[string]string, args ...string) string {
	t.Helper()
	cmd := command(t, env, args...)
	tty, err := pty.Start(cmd)
	require.NoError(t, err)
	out, _ := io.ReadAll(tty) // ends with EIO when the program does
	require.NoError(t, cmd.Wait())
	require.NoError(t, tty.Close())
	return string(out)
}

func TestADumbTerminalGetsNoStyles(t *testing.T) {
	for term, styled := range map[string]bool{"dumb": false, "xterm": true} {
		out := shownBy(t, map[string]string{"TERM": term, "LANG": "en_US.UTF-8"}, "explain", "550 5.1.1 no such user")
		require.Equal(t, styled, strings.Contains(out, "\x1b"), "%s: %q", term, out)
		require.Contains(t, out, "no such user")
	}
}

// Of mail that is under way nobody has to act, and no reply is there to read.
func TestNothingIsExplainedWhereNobodySpoke(t *testing.T) {
	rows := `{"emailId":"1","status":"requested","recipients":"a@qq.com","sendLog":""}
{"emailId":"2","status":"requested","statusText":"请求中","recipients":"a@qq.com","sendLog":"请求中"}
{"emailId":"3","status":"requested","recipients":"a@qq.com","sendLog":"451 daily threshold of this domain reached"}
`
	got := world{in: strings.NewReader(rows)}.run(t, "list", "--from", "-", "--explain", "--format", "ndjson")
	require.Zero(t, got.status, got.err)
	var causes []any
	for line := range strings.Lines(got.out) {
		var row map[string]any
		require.NoError(t, json.Unmarshal([]byte(line), &row))
		causes = append(causes, row["cause"])
		require.Equal(t, row["cause"] == nil, row["nextStep"] == nil, line)
	}
	require.Equal(t, []any{nil, nil, "rate_limited"}, causes)
}

func TestTheTableIsChineseInChinese(t *testing.T) {
	rows := `{"emailId":"3","status":"requested","recipients":"a@qq.com","sendLog":"451 daily threshold of this domain reached"}` + "\n"
	table := world{in: strings.NewReader(rows)}.run(t, "list", "--from", "-", "--explain", "--format", "table", "--lang", "zh").out
	for _, text := range []string{" 子状态 ", "投递团队", "QQ 邮箱"} {
		require.Contains(t, table, text)
	}
	require.NotContains(t, table, "deliverability")
	tokens := world{in: strings.NewReader(rows)}.run(t, "list", "--from", "-", "--explain", "--format", "csv", "--lang", "zh").out
	require.Contains(t, tokens, ",deliverability,")
}
