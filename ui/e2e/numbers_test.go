package e2e

import (
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bounceboard/sendcloud/bounce"
	"bounceboard/sendcloud/sendcloudtest"
)

// Every number is compared with what the simulated service knows, never with
// another number of ours.

// by is what a column says of a record, as count names it and as the English
// screen does.
type by struct {
	column string // of count --by
	title  string // on the screen
	value  func(sendcloudtest.Record) string
	label  func(sendcloudtest.Record) string // nil: the value
}

func columns() []by {
	statuses := map[int][2]string{1: {"delivered", "delivered"}, 4: {"invalid", "invalid"}, 5: {"soft_bounce", "soft bounce"}, 18: {"requested", "requested"}}
	cause := func(r sendcloudtest.Record) bounce.Cause { return meaning(r).Cause }
	return []by{
		{"status", "status", func(r sendcloudtest.Record) string { return statuses[r.Status][0] },
			func(r sendcloudtest.Record) string { return statuses[r.Status][1] }},
		{"sub-status", "sub-status", func(r sendcloudtest.Record) string { return strconv.Itoa(r.SubStatus) }, nil},
		{"cause", "cause", func(r sendcloudtest.Record) string { return cause(r).String() },
			func(r sendcloudtest.Record) string { return cause(r).Short("en") }},
		{"permanence", "permanence", func(r sendcloudtest.Record) string { return meaning(r).Permanence.String() }, nil},
		{"provider", "provider", func(r sendcloudtest.Record) string { return meaning(r).Provider },
			func(r sendcloudtest.Record) string { return bounce.ProviderName(meaning(r).Provider, "en") }},
		{"domain", "recipient domain", domainOf, nil},
		{"api-user", "api user", func(r sendcloudtest.Record) string { return r.APIUser }, nil},
		{"refused-ip", "refused IP", func(r sendcloudtest.Record) string { return meaning(r).IP }, nil},
		{"hour", "hour", func(r sendcloudtest.Record) string { return r.Requested.Format("15") },
			func(r sendcloudtest.Record) string { return r.Requested.Format("15") + ":00" }},
		{"day", "day", func(r sendcloudtest.Record) string { return r.Requested.Format(time.DateOnly) }, nil},
		{"took", "took", func(r sendcloudtest.Record) string { return bucket(took(r)) }, nil},
	}
}

// took is how long the verdict took, by the seconds that the service tells.
func took(r sendcloudtest.Record) time.Duration {
	return r.Modified.Truncate(time.Second).Sub(r.Requested.Truncate(time.Second))
}

func bucket(d time.Duration) string {
	for _, b := range []struct {
		end  time.Duration
		name string
	}{{10 * time.Second, "<10s"}, {time.Minute, "10s..1m"}, {10 * time.Minute, "1m..10m"}, {time.Hour, "10m..1h"}, {6 * time.Hour, "1h..6h"}, {24 * time.Hour, "6h..1d"}} {
		if d < b.end {
			return b.name
		}
	}
	return ">=1d"
}

// tally counts records by what value says.
func tally(records []sendcloudtest.Record, value func(sendcloudtest.Record) string, is ...trait) map[string]int {
	counts := map[string]int{}
	for _, r := range records {
		if number([]sendcloudtest.Record{r}, is...) == 1 {
			counts[value(r)]++
		}
	}
	return counts
}

// narrowing is a filter and the rows it leaves.
type narrowing struct {
	terms string
	leave trait
}

func narrowings() []narrowing {
	text := func(r sendcloudtest.Record) string { return strings.ToLower(r.Recipient + "\n" + r.SendLog) }
	clock := func(r sendcloudtest.Record) string { return r.Requested.Format(time.TimeOnly) }
	return []narrowing{
		{"domain:qq.com", func(r sendcloudtest.Record) bool { return domainOf(r) == "qq.com" }},
		{"!domain:qq.com", func(r sendcloudtest.Record) bool { return domainOf(r) != "qq.com" }},
		{"status:soft_bounce", func(r sendcloudtest.Record) bool { return r.Status == 5 }},
		{"sub:407", func(r sendcloudtest.Record) bool { return r.SubStatus == 407 }},
		{"cause:user_unknown", func(r sendcloudtest.Record) bool { return meaning(r).Cause == bounce.UserUnknown }},
		{"perm:temporary", func(r sendcloudtest.Record) bool { return meaning(r).Permanence == bounce.Temporary }},
		{"user:notify", func(r sendcloudtest.Record) bool { return r.APIUser == "notify" }},
		{"took:>10m", func(r sendcloudtest.Record) bool { return took(r) > 10*time.Minute }},
		{"time:09:00..10:30", func(r sendcloudtest.Record) bool { return clock(r) >= "09:00:00" && clock(r) < "10:31:00" }},
		{"HOST wang", func(r sendcloudtest.Record) bool {
			return strings.Contains(text(r), "host") && strings.Contains(text(r), "wang")
		}},
		{`"user not found"`, func(r sendcloudtest.Record) bool { return strings.Contains(text(r), "user not found") }},
		{"said:用户 domain:qq.com !soft_bounce", func(r sendcloudtest.Record) bool {
			return strings.Contains(r.SendLog, "用户") && domainOf(r) == "qq.com"
		}},
	}
}

// counted is a line of count.
type counted struct {
	Value string
	Count int
}

// count runs `count --format ndjson`, and returns its lines and what it says
// about them.
func count(t *testing.T, env []string, args ...string) (map[string]int, string) {
	t.Helper()
	out, says, status := command(t, env, nil, append([]string{"count", "--lang", "en", "--format", "ndjson"}, args...)...)
	require.Zero(t, status, "%v: %s", args, says)
	counts := map[string]int{}
	for line := range strings.Lines(out) {
		var c counted
		require.NoError(t, json.Unmarshal([]byte(line), &c), "%s", line)
		require.NotContains(t, counts, c.Value, "%v says it twice", args)
		counts[c.Value] = c.Count
	}
	return counts, says
}

// What count asks of the service is what the service knows.
func TestCountIsTrue(t *testing.T) {
	t.Parallel()
	srv := serve(t, 100_000)
	env := account(t, srv)
	statuses := map[string]string{"delivered": "1", "invalid": "4", "soft_bounce": "5", "requested": "18"}
	for _, filter := range []struct {
		flags  []string
		params url.Values
	}{
		{nil, url.Values{}},
		{[]string{"--label-id", "11006"}, url.Values{"labelId": {"11006"}}},
		{[]string{"--api-users", "notify;billing"}, url.Values{"apiUserList": {"notify;billing"}}},
	} {
		ask := func(more ...string) int {
			params := url.Values{"days": {"7"}}
			for k, v := range filter.params {
				params[k] = v
			}
			for i := 0; i < len(more); i += 2 {
				params.Set(more[i], more[i+1])
			}
			if params.Has("startDate") {
				params.Del("days")
			}
			n, err := srv.Count(params)
			require.NoError(t, err)
			return n
		}
		same := func(want map[string]int, args ...string) {
			t.Helper()
			for v, n := range want {
				if n == 0 {
					delete(want, v)
				}
			}
			args = append(append(args, "--days", "7", "--calls-per-minute", "3000"), filter.flags...)
			got, _ := count(t, env, args...)
			require.Equal(t, want, got, "count %v", args)
		}
		want := map[string]int{}
		for name, code := range statuses {
			want[name] = ask("status", code)
		}
		same(want, "--by", "status")
		want = map[string]int{}
		for code := 401; code <= 409; code++ {
			want[strconv.Itoa(code)] = ask("subStatus", strconv.Itoa(code))
		}
		same(want, "--by", "sub-status", "--status", "invalid")
		want = map[string]int{}
		for _, midnight := range week() {
			day := midnight.Format(time.DateOnly)
			want[day] = ask("status", "5", "startDate", day, "endDate", day)
		}
		same(want, "--by", "day", "--status", "soft_bounce")
	}
	n, err := srv.Count(url.Values{"days": {"7"}, "apiUserList": {"notify"}})
	require.NoError(t, err)
	got, _ := count(t, env, "--by", "api-user", "--api-users", "notify", "--days", "7")
	require.Equal(t, map[string]int{"notify": n}, got)
}

// What count makes of rows is what the records are.
func TestCountOfRowsIsTrue(t *testing.T) {
	t.Parallel()
	srv := serve(t, 100_000)
	env := account(t, srv)
	rows := recent(srv)
	file := filepath.Join(t.TempDir(), "rows.ndjson")
	ask := []string{"--status", "invalid,soft_bounce", "--days", "7"}
	listed, says, status := command(t, env, nil, append([]string{"list", "--all", "--format", "ndjson", "--calls-per-minute", "3000"}, ask...)...)
	require.Zero(t, status, "%s", says)
	require.NoError(t, os.WriteFile(file, []byte(listed), 0o600))
	for _, c := range columns() {
		got, says := count(t, env, "--by", c.column, "--from", file)
		require.Equal(t, tally(rows, c.value, failed), got, "count --by %s", c.column)
		require.Contains(t, says, grouped(number(rows, failed))+" rows", "the coverage")
	}
	for _, n := range narrowings() {
		got, says := count(t, env, "--by", "domain", "--from", file, "--filter", n.terms)
		require.Equal(t, tally(rows, domainOf, failed, n.leave), got, "--filter %s", n.terms)
		require.Contains(t, says, grouped(number(rows, failed, n.leave)), "the coverage of --filter %s", n.terms)
	}
	got, _ := count(t, env, append([]string{"--by", "domain", "--all", "--calls-per-minute", "3000"}, ask...)...)
	require.Equal(t, tally(rows, domainOf, failed), got, "count --all")

	out, says, status := command(t, env, nil, "patterns", "--from", file, "--format", "ndjson", "--filter", "domain:qq.com")
	require.Zero(t, status, "%s", says)
	sum, found := 0, false
	for line := range strings.Lines(out) {
		var p struct {
			Pattern     string
			Count       int
			First, Last time.Time
			Domains     []counted
		}
		require.NoError(t, json.Unmarshal([]byte(line), &p), "%s", line)
		sum += p.Count
		require.Equal(t, []counted{{"qq.com", p.Count}}, p.Domains, "%s", line)
		words, _, _ := strings.Cut(p.Pattern, " [")
		if words != "550 Ip frequency limited" {
			continue
		}
		found = true
		var same []sendcloudtest.Record
		for _, r := range rows {
			if failed(r) && domainOf(r) == "qq.com" && strings.HasPrefix(r.SendLog, words+" [") {
				same = append(same, r)
			}
		}
		require.Len(t, same, p.Count, "rows of %s", p.Pattern)
		require.Equal(t, same[0].Requested.Truncate(time.Second).UTC(), p.Last.UTC())
		require.Equal(t, same[len(same)-1].Requested.Truncate(time.Second).UTC(), p.First.UTC())
	}
	require.True(t, found, "no pattern of the refusals of an IP\n%s", out)
	require.Equal(t, number(rows, failed, narrowings()[0].leave), sum, "rows in patterns")
}

// facetValue is a value of the facets: its label, mails and share.
var facetValue = regexp.MustCompile(`^[ ✗↩✓⋯⊘⟳?]*(.+?) {2,}([\d,]+) +(<?[\d.]+)%`)

// What the dashboard shows is what the records are: totals, coverage, every
// column of the facets, the bars and what filters leave.
func TestScreenIsTrue(t *testing.T) {
	t.Parallel()
	srv := serve(t, 100_000)
	rows := recent(srv)
	total := number(rows, failed)
	s := start(t, 100, 45, account(t, srv), "--lang", "en", "--calls-per-minute", "3000")
	s.waitText("of " + grouped(total))

	s.send("v") // what a part of the rows tells says so
	s.waitText("Fetch " + grouped(total) + " rows")
	s.send("\x1b")
	s.waitText("from 100 of " + grouped(total) + " rows")
	s.send("\x1b")
	s.quiet()
	s.waitRows()
	s.send("a")
	s.waitText("Fetch " + grouped(total) + " rows")
	s.send("\r")
	s.waitText("all " + grouped(total) + " rows")
	s.send("v")
	for i, c := range columns() {
		label := c.label
		if label == nil {
			label = c.value
		}
		want := tally(rows, func(r sendcloudtest.Record) string {
			if l := label(r); l != "" {
				return l
			}
			return "(none)"
		}, failed)
		if i > 0 {
			s.send("l")
		}
		if c.column == "refused-ip" {
			s.send("l") // past the reply patterns, which have no truth of their own
		}
		now := s.wait("the column "+c.title, func(now screen) bool {
			return now.head(c.title) >= 0 && now.contains(fmt.Sprintf(" %d values in %s rows", len(want), grouped(total)))
		})
		requireValues(t, now, c.title, want, total)
	}
	bars(s, rows)
	for _, n := range narrowings() {
		s.send("/")
		s.waitText("took:>10m")
		s.send("\x15" + n.terms)
		left := number(rows, failed, n.leave)
		require.Positive(t, left, "a filter that leaves nothing proves little: %s", n.terms)
		s.wait(fmt.Sprintf("%s leaves %d", n.terms, left), func(now screen) bool {
			return strings.HasSuffix(now.line(1), " of "+grouped(left))
		})
		s.send("\x15\r")
		s.wait("all of them", func(now screen) bool { return strings.HasSuffix(now.line(1), " of "+grouped(total)) })
	}
}

// head is the line that heads a column of the facets, -1 when there is none.
func (s screen) head(title string) int {
	for y := range s.h {
		if line := s.line(y); strings.HasPrefix(strings.TrimLeft(line, " "), title+" ") && strings.Contains(line, " mails ") {
			return y
		}
	}
	return -1
}

// requireValues compares the values on the screen with what they should be.
func requireValues(t *testing.T, now screen, title string, want map[string]int, total int) {
	t.Helper()
	seen := 0
	for y := now.head(title) + 1; y < now.h; y++ {
		f := facetValue.FindStringSubmatch(now.line(y))
		if f == nil {
			continue
		}
		label := f[1]
		if _, ok := want[label]; !ok {
			label, _, _ = strings.Cut(label, " ") // the label has an explanation
		}
		require.Contains(t, want, label, "line %d\n%s", y, now)
		require.Equal(t, grouped(want[label]), f[2], "%s\n%s", label, now)
		share := fmt.Sprintf("%.1f", 100*float64(want[label])/float64(total))
		if share != "0.0" && share != "100.0" {
			require.Equal(t, share, f[3], "share of %s\n%s", label, now)
		}
		seen++
	}
	require.GreaterOrEqual(t, seen, min(len(want), 14), "values on the screen\n%s", now)
}

// bars walks over the bars of the timeline, the latest first.
func bars(s *session, rows []sendcloudtest.Record) {
	s.t.Helper()
	s.send("t")
	sum, told := 0, ""
	for {
		var from, to time.Time
		s.wait("a bar earlier than “"+told+"”", func(now screen) bool {
			span, _, ok := strings.Cut(now.spoken(), ": ")
			if ok && now.spoken() != told {
				from, to, ok = clock(span, rows[0].Requested)
				return ok
			}
			return false
		})
		in := func(r sendcloudtest.Record) bool { return !r.Requested.Before(from) && r.Requested.Before(to) }
		n := number(rows, failed, in)
		s.wait(fmt.Sprintf("%d mails, %d of them invalid", n, number(rows, invalid, in)), func(now screen) bool {
			told = now.spoken()
			k := number(rows, invalid, in)
			return strings.Contains(told, fmt.Sprintf(": %s mail", grouped(n))) && (k == 0 || strings.Contains(told, grouped(k)+" invalid") || strings.Contains(told, "✗ "+grouped(k)))
		})
		if sum += n; sum >= number(rows, failed) {
			break
		}
		s.send("h")
	}
	require.Equal(s.t, number(rows, failed), sum, "mails in all bars")
}

// Every number of the counts is the service's.
func TestCountsAreTrue(t *testing.T) {
	t.Parallel()
	srv := serve(t, 100_000)
	rows := recent(srv)
	s := start(t, 120, 45, account(t, srv), "--lang", "en", "--calls-per-minute", "3000", "--days", "7")
	s.waitText("of " + grouped(len(rows)))
	s.send("c")
	s.waitText(" counts, the oldest")
	s.send("d")
	s.waitText("Counting costs")
	s.send("\r")
	now := s.wait("every number", func(now screen) bool { return now.contains(" 152 counts, the oldest") })
	ask := func(params url.Values) (counts []int) {
		params.Set("days", "7")
		n, err := srv.Count(params)
		require.NoError(t, err)
		counts = append(counts, n)
		params.Del("days")
		for _, midnight := range week() {
			day := midnight.Format(time.DateOnly)
			params.Set("startDate", day)
			params.Set("endDate", day)
			n, err := srv.Count(params)
			require.NoError(t, err)
			counts = slices.Insert(counts, 1, n) // the oldest day first
		}
		return counts
	}
	for code, name := range map[string]string{"1": "delivered", "4": "invalid", "5": "soft bounce", "18": "requested"} {
		require.Equal(t, ask(url.Values{"status": {code}}), now.numbers(name), "%s\n%s", name, now)
	}
	for _, code := range []string{"401", "402", "403", "404", "405", "406", "407", "408", "409", "503", "505", "506", "507", "508", "509"} {
		require.Equal(t, ask(url.Values{"subStatus": {code}}), now.numbers(code), "%s\n%s", code, now)
	}
	all, invalid, soft := ask(url.Values{}), ask(url.Values{"status": {"4"}}), ask(url.Values{"status": {"5"}})
	require.Equal(t, all, now.numbers("all mail"), "\n%s", now)
	var rates []string
	for i := range all {
		share := "–" // at midnight nothing was sent yet
		if failed := invalid[i] + soft[i]; failed > 0 {
			share = fmt.Sprintf("%.1f%%", 100*float64(failed)/float64(all[i]))
		} else if all[i] > 0 {
			share = "0%"
		}
		rates = append(rates, share)
	}
	require.Contains(t, now.words(), "failed, of all mail "+strings.Join(rates, " ")+" ", "the rate of each day")
}

// numbers are the numbers behind a label of the counts.
func (s screen) numbers(label string) []int {
	for y := 3; y < s.h-3; y++ {
		rest, ok := strings.CutPrefix(strings.TrimLeft(s.line(y), " ✗↩✓⋯⊘⟳"), label+" ")
		if !ok {
			continue
		}
		var numbers []int
		for _, f := range strings.Fields(rest) {
			if n, err := strconv.Atoi(strings.ReplaceAll(f, ",", "")); err == nil {
				numbers = append(numbers, n)
			}
		}
		return numbers
	}
	return nil
}
