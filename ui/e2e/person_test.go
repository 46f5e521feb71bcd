package e2e

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bounceboard/sendcloud/bounce"
	"bounceboard/sendcloud/sendcloudtest"
)

// serve is a simulated service whose clock stands still, so that what it tells
// after a while is what it knew at the beginning. It lets as many calls pass as
// the dashboard makes.
func serve(t *testing.T, records int) *sendcloudtest.Server {
	t.Helper()
	return serveDays(t, records, 0)
}

// serveDays is serve with the records spread over so many days.
func serveDays(t *testing.T, records, days int) *sendcloudtest.Server {
	t.Helper()
	now := time.Now()
	srv, err := sendcloudtest.Start(sendcloudtest.Options{
		Records: records, LookbackDays: days, Seed: 7, CallsPerMinute: -1, Now: func() time.Time { return now }})
	require.NoError(t, err)
	t.Cleanup(srv.Close)
	return srv
}

// account is the environment that asks srv.
func account(t *testing.T, srv *sendcloudtest.Server) []string {
	t.Helper()
	user, key := srv.Credentials()
	return environment(t, "SENDCLOUD_BASE_URL="+srv.URL, "SENDCLOUD_API_USER="+user, "SENDCLOUD_API_KEY="+key)
}

// week is the last seven days on the service's calendar, today first.
func week() []time.Time {
	now := time.Now().In(time.FixedZone("UTC+8", 8*60*60))
	var days []time.Time
	for i := range 7 {
		days = append(days, time.Date(now.Year(), now.Month(), now.Day()-i, 0, 0, 0, 0, now.Location()))
	}
	return days
}

// recent is every record of the week, the newest first.
func recent(srv *sendcloudtest.Server) []sendcloudtest.Record {
	var records []sendcloudtest.Record
	since := week()[6]
	for i := srv.Len() - 1; i >= 0; i-- {
		r := srv.Record(i)
		if r.Requested.Before(since) {
			break
		}
		records = append(records, r)
	}
	return records
}

// trait is what a record may have.
type trait = func(sendcloudtest.Record) bool

// number is how many of the records have every trait.
func number(records []sendcloudtest.Record, is ...trait) int {
	n := 0
	for _, r := range records {
		all := true
		for _, f := range is {
			all = all && f(r)
		}
		if all {
			n++
		}
	}
	return n
}

func failed(r sendcloudtest.Record) bool  { return r.Status == 4 || r.Status == 5 }
func invalid(r sendcloudtest.Record) bool { return r.Status == 4 }

func softBounce(r sendcloudtest.Record) bool { return r.Status == 5 }

func with(incident sendcloudtest.Incident) trait {
	return func(r sendcloudtest.Record) bool { return r.Incident == incident }
}

// meaning is what the rules say about a record.
func meaning(r sendcloudtest.Record) bounce.Explanation {
	return bounce.Default().Explain(bounce.Input{Text: r.SendLog, Domain: domainOf(r), Status: r.Status, SubStatus: r.SubStatus})
}

func domainOf(r sendcloudtest.Record) string {
	_, domain, _ := strings.Cut(r.Recipient, "@")
	return domain
}

// grouped is a number as people read it: 24,584.
func grouped(n int) string {
	text := strconv.Itoa(n)
	for at := len(text) - 3; at > 0; at -= 3 {
		text = text[:at] + "," + text[at:]
	}
	return text
}

// person plays a journey and counts the keys it takes.
type person struct {
	*pane
	pressed int
}

// triage opens the dashboard on srv in a terminal of 80×24 and waits until
// rows are there.
func triage(t *testing.T, srv *sendcloudtest.Server) *person {
	t.Helper()
	p := &person{pane: window(t, 80, 24, account(t, srv), binary+" --lang en --calls-per-minute 3000")}
	p.waitRows()
	return p
}

func (p *person) press(names ...string) {
	p.t.Helper()
	p.pressed += len(names)
	p.keys(names...)
}

// write types text.
func (p *person) write(text string) {
	p.t.Helper()
	p.pressed += len([]rune(text))
	p.run("send-keys", "-l", "--", text)
}

// paste pastes text as a terminal does for programs that ask for brackets.
func (p *person) paste(text string) {
	p.t.Helper()
	p.pressed++
	p.run("set-buffer", "--", text)
	p.run("paste-buffer", "-p")
}

// within fails when the journey took more keys than most.
func (p *person) within(most int) {
	p.t.Helper()
	p.t.Logf("%d keys, %d at most", p.pressed, most)
	require.LessOrEqual(p.t, p.pressed, most, "keys pressed")
}

// waitValue waits for a value of the facets and returns its number of mails.
func (p *person) waitValue(label string) int {
	p.t.Helper()
	n := -1
	p.wait("the value "+label, func(now screen) bool {
		n = now.mails(label)
		return n >= 0
	})
	return n
}

// moveTo moves the cursor of the facets down to a value.
func (p *person) moveTo(label string) {
	p.t.Helper()
	for {
		var under string
		p.wait("a value under the cursor", func(now screen) bool {
			under = now.underCursor()
			return under != ""
		})
		if strings.HasPrefix(under, label+" ") {
			return
		}
		p.press("j")
		p.wait("the cursor on the next value", func(now screen) bool { return now.underCursor() != under })
	}
}

// underCursor is the line of the facets that is in reverse video.
func (s screen) underCursor() string {
	for y := 4; y < s.h; y++ {
		if x := 3; reversed(s.cells[y][x]) {
			return strings.TrimLeft(s.between(y, x, s.w), " ")
		}
	}
	return ""
}

// mails is the number that stands behind a label of facets or counts, -1 when
// there is none.
func (s screen) mails(label string) int {
	for y := 3; y < s.h; y++ {
		line := strings.TrimLeft(s.line(y), " │✗↩✓⋯⊘⟳")
		rest, ok := strings.CutPrefix(line, label)
		if fields := strings.Fields(rest); ok && strings.HasPrefix(rest, " ") {
			for _, f := range fields {
				if n, err := strconv.Atoi(strings.ReplaceAll(f, ",", "")); err == nil {
					return n
				}
			}
		}
	}
	return -1
}

// fetchAll reads every row of the question, which costs a question before.
func (p *person) fetchAll(rows int) {
	p.t.Helper()
	p.press("a")
	p.waitText("Fetch " + grouped(rows) + " rows")
	p.press("Enter")
	told := ""
	for all := "all " + grouped(rows) + " rows"; !strings.Contains(told, all); { // however long it takes, rows come all the while
		told = p.wait(all+", or more than “"+strings.TrimSpace(told)+"”", func(now screen) bool { return now.line(0) != told }).line(0)
	}
}

// column shows the facets by the column of that number.
func (p *person) column(number, title string) {
	p.t.Helper()
	p.press(number)
	p.wait("the column "+title, func(now screen) bool {
		return now.head(title) >= 0 && // of all rows, each of them explained
			strings.Contains(now.line(now.h-4)+now.line(now.h-3), " rows · ") && !now.contains("· from ")
	})
}

// spoken is the sentence of the timeline about the bar under the cursor.
func (s screen) spoken() string { return strings.TrimSpace(s.line(s.h - 3)) }

// moment is the number of mails of the bar under the cursor, when the bar
// holds at.
func (s screen) moment(at time.Time) string {
	span, rest, ok := strings.Cut(s.spoken(), ": ")
	from, to, fine := clock(span, at)
	if !ok || !fine || at.Before(from) || !at.Before(to) {
		return ""
	}
	return strings.Fields(rest)[0]
}

// barred: the sentence under the timeline is about a bar.
func (s screen) barred(near time.Time) bool {
	span, _, _ := strings.Cut(s.spoken(), ": ")
	_, _, ok := clock(span, near)
	return ok
}

// bar is from when to when the bar under the cursor reaches.
func (s screen) bar(t *testing.T, near time.Time) (from, to time.Time) {
	t.Helper()
	span, _, _ := strings.Cut(s.spoken(), ": ")
	from, to, ok := clock(span, near)
	require.True(t, ok, "no span of time: %q", span)
	return from, to
}

// clock reads 11-22 18:00–21:00 and 11-22 21:00–11-23 00:00, of the year of near.
func clock(span string, near time.Time) (from, to time.Time, ok bool) {
	a, b, ok := strings.Cut(span, "–")
	if !ok {
		return from, to, false
	}
	if !strings.Contains(b, "-") {
		b = strings.Fields(a)[0] + " " + b
	}
	const layout = "2006-01-02 15:04"
	year := near.Format("2006-")
	from, err := time.ParseInLocation(layout, year+a, near.Location())
	to, err2 := time.ParseInLocation(layout, year+strings.Replace(b, "24:00", "00:00", 1), near.Location())
	if strings.HasSuffix(b, "24:00") {
		to = to.AddDate(0, 0, 1)
	}
	return from, to, err == nil && err2 == nil
}

// mailsOfCode is the number of a sub-status in the counts.
func (s screen) mailsOfCode(code int) int {
	for y := range s.h {
		line, ok := strings.CutPrefix(s.line(y), fmt.Sprintf("│    %d ", code))
		if !ok {
			continue
		}
		for _, f := range strings.Fields(line) {
			if n, err := strconv.Atoi(strings.ReplaceAll(f, ",", "")); err == nil {
				return n
			}
		}
	}
	return -1
}

// byDay counts the statuses and codes of the last seven days, which costs a
// question before.
func (p *person) byDay() {
	p.t.Helper()
	p.press("c")
	p.waitText("sub-status")
	p.press("d")
	p.waitText("Counting costs")
	p.press("Enter")
	p.waitText(" 152 counts, the oldest")
	p.waitText("esc back")
}

// codeByDay is the numbers of a sub-status in the counts, the oldest day first.
func (s screen) codeByDay(code int) []int {
	var numbers []int
	for y := range s.h {
		line, ok := strings.CutPrefix(s.line(y), fmt.Sprintf("│    %d ", code))
		if !ok {
			continue
		}
		for _, f := range strings.Fields(line) {
			if n, err := strconv.Atoi(strings.ReplaceAll(f, ",", "")); err == nil {
				numbers = append(numbers, n)
			}
		}
	}
	return numbers[min(1, len(numbers)):] // the first is of all days
}
