package e2e

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bounceboard/sendcloud/bounce"
	"bounceboard/sendcloud/sendcloudtest"
)

// The journeys of support staff, played in tmux with an incident hidden in a
// million rows. What is bounded is the number of keys, never the time. A paste
// is one key; text that is typed is a key a character.

// serve is a simulated service whose clock stands still, so that what it tells
// after a while is what it knew at the beginning. It lets as many calls pass as
// the dashboard makes.
func serve(t *testing.T, records int) *sendcloudtest.Server {
	t.Helper()
	now := time.Now()
	srv, err := sendcloudtest.Start(sendcloudtest.Options{
		Records: records, Seed: 7, CallsPerMinute: -1, Now: func() time.Time { return now }})
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

// recent is every record of the last seven days, the newest first.
func recent(srv *sendcloudtest.Server) []sendcloudtest.Record {
	var records []sendcloudtest.Record
	newest := srv.Record(srv.Len() - 1)
	y, m, d := newest.Requested.Date()
	since := time.Date(y, m, d-6, 0, 0, 0, 0, newest.Requested.Location())
	for i := srv.Len() - 1; i >= 0; i-- {
		r := srv.Record(i)
		if r.Requested.Before(since) {
			break
		}
		records = append(records, r)
	}
	return records
}

// number is how many of the records are so.
func number(records []sendcloudtest.Record, is ...func(sendcloudtest.Record) bool) int {
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

func with(incident sendcloudtest.Incident) func(sendcloudtest.Record) bool {
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

// mails is the number that stands behind a label of facets or counts, -1 when
// there is none.
func (s screen) mails(label string) int {
	for y := 3; y < s.h; y++ {
		line := strings.TrimLeft(s.line(y), " ✗↩✓⋯")
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
	p.waitText("all " + grouped(rows) + " rows")
}

// column walks the facets to a column: by n keys, right, or left where n is
// negative.
func (p *person) column(n int, title string) {
	p.t.Helper()
	key := "Right"
	if n < 0 {
		key, n = "Left", -n
	}
	for range n {
		p.press(key)
	}
	p.wait("the column "+title, func(now screen) bool {
		return strings.HasPrefix(now.line(4), "   "+title+" ") && // of all rows, each of them explained
			strings.Contains(now.line(now.h-4)+now.line(now.h-3), " rows · ") && !now.contains(" from ")
	})
}

// "I never got the password mail."
func TestJourneyOneAddress(t *testing.T) {
	if testing.Short() {
		t.Skip("a million rows")
	}
	t.Parallel()
	srv := serve(t, 1_000_000)
	seen := map[string]bool{}
	var want sendcloudtest.Record
	for _, r := range recent(srv) {
		if invalid(r) && !seen[r.Recipient] {
			want = r
			break
		}
		seen[r.Recipient] = true
	}
	e := meaning(want)

	p := triage(t, srv)
	p.paste(" <mailto:" + strings.Replace(want.Recipient, "@", "＠", 1) + "> ")
	p.wait("the form with the address", func(now screen) bool {
		return now.contains("apiUserList") && now.contains(want.Recipient)
	})
	p.press("Enter")
	p.wait("the newest of its mails is selected", func(now screen) bool {
		y := now.selected()
		return y >= 0 && now.contains("Mail to ") && strings.Contains(now.line(y), want.Requested.Format("01-02 15:04")) &&
			strings.Contains(now.line(y), e.Cause.Short("en"))
	})
	p.press("Enter")
	now := p.waitText("next step")
	require.True(t, now.contains(want.Requested.Format(time.DateTime)), "the moment of %s\n%s", want.EmailID, now)
	require.Contains(t, now.words(), e.What("en"))
	require.Contains(t, now.words(), e.WhetherRetry("en"))
	require.Contains(t, now.words(), e.NextStep("en"))
	p.within(4)
}

// qq.com starts to reject our IP: which domains, which reply, which IPs, since
// when? The aim is 8 keys. It is 15: two read the rows, four walk to the
// refused IPs, where "none" stands first, and two more walk to the domains.
func TestJourneyRefusedIP(t *testing.T) {
	if testing.Short() {
		t.Skip("a million rows")
	}
	t.Parallel()
	srv := serve(t, 1_000_000)
	rows := recent(srv)
	incident := number(rows, failed, with(sendcloudtest.IPRefused))
	var since time.Time
	var said sendcloudtest.Record
	for _, i := range srv.Incidents() {
		if i.Name == sendcloudtest.IPRefused {
			since = i.Since
		}
	}
	for _, r := range rows {
		if failed(r) && r.Incident == sendcloudtest.IPRefused && strings.HasPrefix(r.SendLog, "550 ") {
			said = r
			break
		}
	}
	// What anybody can tell from the reply: the IP that stands in it, and the
	// constant text.
	refused := func(r sendcloudtest.Record) bool { return meaning(r).IP == sendcloudtest.BlockedIP }
	alike := func(r sendcloudtest.Record) bool { return r.Template == said.Template }
	require.Greater(t, incident, 300, "an incident worth finding")

	p := triage(t, srv)
	p.fetchAll(number(rows, failed))
	p.press("v")
	p.waitText("2 values in")
	p.column(-4, "refused IP") // which IP
	require.Equal(t, number(rows, failed, refused), p.waitValue(sendcloudtest.BlockedIP))
	p.press("j")
	p.press("Enter")
	p.wait("narrowed to the IP", func(now screen) bool {
		return strings.Contains(now.line(1), "refused IP "+sendcloudtest.BlockedIP) && now.contains("only here")
	})
	p.column(-1, "reply pattern") // which reply
	p.press("o")
	now := p.waitText("the odd one first")
	first := now.line(5)
	require.True(t, strings.HasPrefix(strings.TrimSpace(first), said.SendLog[:len("550 Ip frequ")]), "the reply of the incident is not the odd one\n%s", now)
	p.press("Enter")
	p.wait("narrowed to the reply", func(now screen) bool { return strings.Contains(now.line(1), "reply pattern") })
	narrowed := number(rows, failed, refused, alike)
	p.waitText("of " + grouped(narrowed))
	p.column(-2, "recipient domain") // which domains
	qq := number(rows, failed, refused, alike, func(r sendcloudtest.Record) bool { return domainOf(r) == "qq.com" })
	require.Equal(t, qq, p.waitValue("qq.com"))
	require.Greater(t, 10*qq, 9*narrowed, "qq.com stands out")
	p.press("t") // since when
	now = p.waitText("a column")
	p.within(15)

	// The bars tell since when: the first high one holds the moment. With the
	// cursor on it, the sentence says how many mails it stands for.
	for now.moment(since) == "" {
		before := now.line(20)
		p.press("Left")
		now = p.wait("the cursor one bar earlier", func(now screen) bool { return now.line(20) != before })
	}
	from, to := now.bar(t, since)
	inBar := func(r sendcloudtest.Record) bool { return !r.Requested.Before(from) && r.Requested.Before(to) }
	require.Equal(t, grouped(number(rows, failed, refused, alike, inBar)), now.moment(since), "\n%s", now)
	earlier := number(rows, failed, refused, alike, func(r sendcloudtest.Record) bool { return r.Requested.Before(from) })
	require.Less(t, 10*earlier, narrowed, "before it, hardly any")

	// A range of the timeline narrows further; esc comes back step by step.
	p.press("Space")
	p.press("G")
	p.waitText("selected")
	p.press("Enter")
	p.waitText("of " + grouped(narrowed-earlier))
	for _, rows := range []int{narrowed, number(rows, failed, refused), number(rows, failed)} {
		p.press("Escape")
		p.waitText("of " + grouped(rows))
	}
	// Without that IP, then in words.
	p.press("t")
	p.press("v")
	p.waitText("share")
	p.column(3, "refused IP")
	p.press("g")
	p.press("j")
	p.press("!")
	p.waitText("of " + grouped(number(rows, failed)-number(rows, failed, refused)))
	p.press("Escape")
	p.waitText("of " + grouped(number(rows, failed)))
	p.press("/")
	p.waitText("ctrl+g")
	p.write("domain:qq.com frequency")
	saying := func(r sendcloudtest.Record) bool {
		return domainOf(r) == "qq.com" && strings.Contains(strings.ToLower(r.SendLog+" "+r.Recipient), "frequency")
	}
	p.waitText("of " + grouped(number(rows, failed, saying)))
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

// Very many invalid mails after a campaign: counted without a row, then all of
// them, by cause and permanence. The aim with its files is 14 keys.
func TestJourneyInvalidAfterACampaign(t *testing.T) {
	if testing.Short() {
		t.Skip("a million rows")
	}
	t.Parallel()
	srv := serve(t, 1_000_000)
	rows := recent(srv)
	all := number(rows, invalid)
	require.Greater(t, number(rows, invalid, with(sendcloudtest.DeadList)), all/3, "an incident worth finding")

	p := triage(t, srv)
	srv.ForgetCalls()
	p.press("c")
	p.waitText(" 17 numbers, the oldest")
	now := p.now()
	require.Equal(t, all, now.mails("invalid"), "\n%s", now)
	for code := 401; code <= 409; code++ {
		want := number(rows, invalid, func(r sendcloudtest.Record) bool { return r.SubStatus == code })
		require.Equal(t, want, now.mailsOfCode(code), "%d on\n%s", code, now)
	}
	for _, call := range srv.Calls() {
		require.Equal(t, "1", call.Params.Get("limit"), "counting fetched rows: %v", call.Params)
	}
	require.LessOrEqual(t, len(srv.Calls()), 17)
	p.within(1)

	p.press("Enter") // the cursor stands on invalid
	p.waitText("of " + grouped(all))
	p.fetchAll(all)
	p.press("v")
	p.waitText("1 value in")
	p.column(2, "cause")
	gone := func(r sendcloudtest.Record) bool { return meaning(r).Cause == bounce.UserUnknown }
	require.Equal(t, number(rows, invalid, gone), p.waitValue(bounce.UserUnknown.Short("en")))
	p.column(1, "permanence")
	now = p.waitText("permanent")
	for label, permanence := range map[string]bounce.Permanence{"permanent": bounce.Permanent, "temporary": bounce.Temporary, "unknown": bounce.Unknown} {
		want := number(rows, invalid, func(r sendcloudtest.Record) bool { return meaning(r).Permanence == permanence })
		require.Equal(t, want, max(0, now.mails(label)), "%s on\n%s", label, now)
	}
	p.within(8)

	// Suppress now: those for whom retrying is pointless because nobody is there.
	p.column(-1, "cause")
	p.press("Enter")
	p.waitText("of " + grouped(number(rows, invalid, gone)))
	p.within(10)
}

// mailsOfCode is the number of a sub-status in the counts.
func (s screen) mailsOfCode(code int) int {
	for y := range s.h {
		line, ok := strings.CutPrefix(s.line(y), fmt.Sprintf("     %d ", code))
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

// The delivery of a label drops: which day, which sub-status, this label only
// or everybody? The aim is 18 keys.
func TestJourneyALabelDrops(t *testing.T) {
	if testing.Short() {
		t.Skip("a million rows")
	}
	t.Parallel()
	srv := serve(t, 1_000_000)
	const code = 407
	label := 0
	for _, r := range recent(srv) {
		if r.Incident == sendcloudtest.SpamLabel {
			label = r.Label.ID
			break
		}
	}
	require.NotZero(t, label, "an incident to find")
	days := daysOf(recent(srv))

	p := triage(t, srv)
	p.press("f")
	p.waitText("labelId")
	p.press("Up", "Up", "Up") // from the first field round to the label
	p.write(strconv.Itoa(label))
	p.press("Enter")
	p.wait("the label's failures", func(now screen) bool {
		return strings.Contains(now.line(1), "label "+strconv.Itoa(label)) && now.selected() >= 0
	})
	p.byDay()
	ours := p.now().codeByDay(code)
	p.press("Escape") // out of the counts
	p.waitRows()
	p.press("Escape") // to the question before, everybody's failures
	p.wait("everybody's failures", func(now screen) bool { return !strings.Contains(now.line(1), "label") && now.selected() >= 0 })
	p.byDay()
	everybody := p.now().codeByDay(code)
	p.within(18)

	require.Len(t, ours, len(days), "\n%s", p.now())
	for i, day := range days {
		of := url.Values{"startDate": {day}, "endDate": {day}, "subStatus": {strconv.Itoa(code)}}
		all, err := srv.Count(of)
		require.NoError(t, err)
		require.Equal(t, all, everybody[i], "%s, everybody\n%s", day, p.now())
		of.Set("labelId", strconv.Itoa(label))
		some, err := srv.Count(of)
		require.NoError(t, err)
		require.Equal(t, some, ours[i], "%s, the label", day)
	}
	// Since when: the fifth day before today is the first bad one.
	require.Greater(t, ours[5], 10*ours[6], "which day: %v", ours)
	// Who: everybody else's hardly change.
	require.Less(t, 2*(everybody[5]-ours[5]), ours[5], "everybody's %v, the label's %v", everybody, ours)
}

// daysOf are the days of records that begin with the newest.
func daysOf(records []sendcloudtest.Record) []string {
	var days []string
	for _, r := range records {
		if day := r.Requested.Format(time.DateOnly); len(days) == 0 || days[len(days)-1] != day {
			days = append(days, day)
		}
	}
	return days
}

// byDay counts the statuses and codes of the last seven days, which costs a
// question before.
func (p *person) byDay() {
	p.t.Helper()
	p.press("c")
	p.waitText("sub-status")
	p.press("d")
	p.waitText("enter starts")
	p.press("Enter")
	p.waitText(" 119 numbers, the oldest")
}

// codeByDay is the numbers of a sub-status in the counts, the newest day first.
func (s screen) codeByDay(code int) []int {
	var numbers []int
	for y := range s.h {
		line, ok := strings.CutPrefix(s.line(y), fmt.Sprintf("     %d ", code))
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
