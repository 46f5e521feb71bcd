package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bounceboard/ui/cli/config"

	"bounceboard/sendcloud"
)

// What came before an interrupt is counted, like what came before a failure, and
// it is said what it covers.
func TestInterruptedCountingCountsWhatCame(t *testing.T) {
	for name, args := range map[string][]string{
		"count":           {"count", "--by", "status"},
		"count by cause":  {"count", "--by", "cause"},
		"count, filtered": {"count", "--by", "domain", "--filter", "cause:delivered"},
		"patterns":        {"patterns"},
	} {
		t.Run(name, func(t *testing.T) {
			signals, release := make(chan os.Signal), make(chan struct{})
			defer close(release)
			reached := make(chan struct{}, 100)
			env := paged(t, 1000, func(_ http.ResponseWriter, start int) bool {
				if start >= 500 {
					reached <- struct{}{}
					<-release
				}
				return false
			})
			go func() {
				<-reached
				signals <- syscall.SIGINT
			}()
			got := world{env: env, signals: signals}.run(t, append(args, "--all", "--days", "1", "--format", "json")...)
			require.Equal(t, 130, got.status)
			var list []counted
			require.NoError(t, json.Unmarshal([]byte(got.out), &list), "%q is no array", got.out)
			require.Len(t, list, 1)
			require.Positive(t, list[0].Count)
			require.Contains(t, got.err, fmt.Sprintf("interrupted; %d of 1,000 rows came, %d missing\n", list[0].Count, 1000-list[0].Count))
			require.Contains(t, got.err, fmt.Sprintf("counted over %d rows fetched of 1,000", list[0].Count))
		})
	}
}

func TestInterruptedFileIsCountedAsFarAsItCame(t *testing.T) {
	for _, args := range []string{"count --by status", "count --by cause", "patterns"} {
		read, write := io.Pipe()
		signals, written := make(chan os.Signal), make(chan struct{})
		go func() { // a file without an end
			defer close(written)
			_, err := io.WriteString(write, mixedRows)
			for signals <- syscall.SIGINT; err == nil; {
				_, err = io.WriteString(write, mixedRows)
			}
		}()
		got := world{in: read, signals: signals}.run(t, append(strings.Fields(args), "--from", "-", "--format", "json")...)
		require.NoError(t, read.Close())
		<-written
		require.Equal(t, 130, got.status)
		var list []counted
		require.NoError(t, json.Unmarshal([]byte(got.out), &list), "%q is no array", got.out)
		sum := 0
		for _, c := range list {
			sum += c.Count
		}
		require.Equal(t, 7, sum, "%s: each email id once", args)
		require.Contains(t, got.err, "interrupted; 7 rows came, and rows may be missing\n")
		require.Contains(t, got.err, "counted over 7 rows of ")
	}
}

// The last day is asked for when others are counted: so many calls do not go out
// at once.
func TestInterruptedNumbersAreSaid(t *testing.T) {
	signals, release, reached := make(chan os.Signal), make(chan struct{}), make(chan struct{}, 100)
	last := sendcloud.DateOf(time.Now()).String()
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.FormValue("startDate") == last {
			reached <- struct{}{}
			<-release
		}
		fmt.Fprint(w, `{"result": true, "statusCode": 200, "message": "", "info": {"total": "7", "voListSize": 1, "voList": [{"emailId": "x$a@example.com", "recipients": "a@example.com"}]}}`)
	}))
	t.Cleanup(srv.Close)
	t.Cleanup(func() { close(release) })
	go func() {
		<-reached
		signals <- syscall.SIGINT
	}()
	env := map[string]string{config.BaseVariable: srv.URL, config.UserVariable: "u", config.KeyVariable: canary}
	list, got := numbersOf(t, world{env: env, signals: signals}, "--by", "day", "--days", "50", "--calls-per-minute", "3000")
	require.Equal(t, 130, got.status)
	require.NotEmpty(t, list)
	require.NotContains(t, values(list), last)
	require.Contains(t, got.err, fmt.Sprintf("%d of 50 are missing: interrupted\n", 50-len(values(list))))
	require.Len(t, list, 50, "missing numbers are in the table")
	require.NotContains(t, got.out, `"share":0`, "a share of a part")
	require.Contains(t, got.err, "counted by the service: Mail, last 50 days (")
}

// An array is closed after a failure to which nothing came, too.
func TestNothingIsAnEmptyArray(t *testing.T) {
	for answer, status := range map[string]int{
		`{"result": false, "statusCode": 40005, "message": "认证失败", "info": {}}`:  exitCredentials,
		`{"result": false, "statusCode": 40003, "message": "limit", "info": {}}`: exitFailed,
	} {
		srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, answer) }))
		t.Cleanup(srv.Close)
		env := map[string]string{config.BaseVariable: srv.URL, config.UserVariable: "u", config.KeyVariable: canary}
		for _, args := range []string{"list", "list --all", "count --by status", "count --by day", "count --by sub-status", "count --by domain --all", "patterns --all", "patterns --all abc"} {
			got := world{env: env}.run(t, append(strings.Fields(args), "--format", "json", "--days", "2")...)
			require.Equal(t, status, got.status, "%s, %s: %s", answer, args, got.err)
			require.Equal(t, "[]\n", got.out, "%s, %s", answer, args)
			require.Equal(t, 1, strings.Count(got.err, "\n"), "%s, %s: %s", answer, args, got.err)
			require.NotContains(t, got.err, "counted", "%s, %s", answer, args)
		}
	}
	got := world{in: strings.NewReader(mixedRows)}.run(t, "patterns", "--from", "-", "--format", "json", "zzzzzzzzzz")
	require.Equal(t, exitFailed, got.status)
	require.Equal(t, "[]\n", got.out)
}
