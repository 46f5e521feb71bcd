package e2e

import (
	"fmt"
	"net/url"
	"regexp"
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

// "I never got the password mail."
func TestJourneyOneAddress(t *testing.T) {
	if testing.Short() {
		t.Skip("a million rows")
	}
	t.Parallel()
	srv := serve(t, journeyRecords)
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
// when? Two of the eight keys read every row before, since the service can count
// none of this.
func TestJourneyRefusedIP(t *testing.T) {
	if testing.Short() {
		t.Skip("a million rows")
	}
	t.Parallel()
	srv := serve(t, journeyRecords)
	rows := recent(srv)
	incident := number(rows, failed, with(sendcloudtest.IPRefused))
	// What anybody can tell from the reply: the IP that stands in it, and its
	// words.
	refused := func(r sendcloudtest.Record) bool { return meaning(r).IP == sendcloudtest.BlockedIP }
	alike := func(r sendcloudtest.Record) bool { return strings.HasPrefix(r.SendLog, "550 Ip frequency limited [") }
	require.Greater(t, incident, 300, "an incident worth finding")

	p := triage(t, srv)
	p.fetchAll(number(rows, failed))
	p.column("9", "refused IP") // which IP
	require.Equal(t, number(rows, failed, refused), p.waitValue(sendcloudtest.BlockedIP))
	p.moveTo(sendcloudtest.BlockedIP)
	p.press("Enter")
	p.wait("narrowed to the IP", func(now screen) bool {
		return strings.Contains(now.line(1), "refused IP: "+sendcloudtest.BlockedIP) && now.contains("only here")
	})
	p.column("8", "reply pattern") // which reply
	now := p.now()
	first := now.line(5)
	require.Contains(t, first, " 550 Ip frequ", "the reply of the incident is not the first one\n%s", now)
	p.press("Enter")
	p.wait("narrowed to the reply", func(now screen) bool { return strings.Contains(now.line(1), "reply pattern") })
	narrowed := number(rows, failed, refused, alike)
	p.waitText("of " + grouped(narrowed))
	p.column("6", "recipient domain") // which domains
	qq := number(rows, failed, refused, alike, func(r sendcloudtest.Record) bool { return domainOf(r) == "qq.com" })
	require.Equal(t, qq, p.waitValue("qq.com"))
	require.Greater(t, 4*qq, 3*narrowed, "qq.com stands out")
	p.press("t") // since when
	p.waitText("invalid rose from ")
	p.within(8)

	sinceWhen(p, srv, rows, refused, alike)
	further(p, rows, refused)
}

var roseAt = regexp.MustCompile(`invalid rose from (?:\S+|under 1) to ([\d,]+) an hour at (\d\d:\d\d) on (\d\d-\d\d)`)

// sinceWhen checks the moment that is said against the incident's, and jumps to
// it. Then all from there on is chosen, and esc comes back step by step.
func sinceWhen(p *person, srv *sendcloudtest.Server, rows []sendcloudtest.Record, refused, alike trait) {
	p.t.Helper()
	since := srv.Incidents()[sendcloudtest.IPRefused]
	narrowed := number(rows, failed, refused, alike)
	now := p.now()
	said := roseAt.FindStringSubmatch(now.words())
	require.NotNil(p.t, said, "\n%s", now)
	at, err := time.ParseInLocation("2006-01-02 15:04", since.Format("2006-")+said[3]+" "+said[2], since.Location())
	require.NoError(p.t, err)
	ours := func(when func(time.Time) bool) int {
		return number(rows, failed, with(sendcloudtest.IPRefused), alike, func(r sendcloudtest.Record) bool { return when(r.Requested) })
	}
	// At night hardly a mail goes out, so that it may be seen some hours later.
	require.False(p.t, at.Before(since.Truncate(time.Hour)), "%s is said, %s it is", at, since)
	require.Less(p.t, 5*ours(at.After), narrowed, "%s is said, %s it is: much was refused before", at, since)

	p.press("o")
	now = p.wait("the bar of that moment", func(now screen) bool { return now.barred(at) && now.moment(at) != "" })
	from, to := now.bar(p.t, at)
	inBar := func(r sendcloudtest.Record) bool { return !r.Requested.Before(from) && r.Requested.Before(to) }
	require.Equal(p.t, grouped(number(rows, failed, refused, alike, inBar)), now.moment(at), "\n%s", now)
	earlier := number(rows, failed, refused, alike, func(r sendcloudtest.Record) bool { return r.Requested.Before(from) })
	require.Less(p.t, 3*earlier, narrowed, "before it, hardly any")

	p.press("Space")
	p.press("G")
	p.waitText(" chosen: ")
	p.press("Enter")
	p.waitText("of " + grouped(narrowed-earlier))
	for _, rows := range []int{narrowed, number(rows, failed, refused), number(rows, failed)} {
		p.press("Escape")
		p.waitText("of " + grouped(rows))
	}
}

// further takes the IP out, and asks in words.
func further(p *person, rows []sendcloudtest.Record, refused trait) {
	p.t.Helper()
	p.press("v")
	p.waitText("share")
	p.column("9", "refused IP")
	p.press("g")
	p.moveTo(sendcloudtest.BlockedIP)
	p.press("!")
	p.waitText("of " + grouped(number(rows, failed)-number(rows, failed, refused)))
	p.press("Escape")
	p.waitText("of " + grouped(number(rows, failed)))
	p.press("/")
	p.waitText("took:>10m")
	p.write("domain:qq.com frequency")
	saying := func(r sendcloudtest.Record) bool {
		return domainOf(r) == "qq.com" && strings.Contains(strings.ToLower(r.SendLog+" "+r.Recipient), "frequency")
	}
	p.waitText("of " + grouped(number(rows, failed, saying)))
}

// 80,000 invalid mails after a campaign: counted without a row, then all of
// them, by cause and permanence. The aim with its files is 14 keys.
func TestJourneyInvalidAfterACampaign(t *testing.T) {
	if testing.Short() {
		t.Skip("a million rows")
	}
	t.Parallel()
	srv := serveDays(t, journeyRecords, campaignDays)
	rows := recent(srv)
	all := number(rows, invalid)
	if campaignDays < 92 {
		require.Greater(t, all, 80_000)
	}
	require.Greater(t, number(rows, invalid, with(sendcloudtest.DeadList)), all/3, "an incident worth finding")
	gone, permanences := 0, map[bounce.Permanence]int{}
	for _, r := range rows {
		if !invalid(r) {
			continue
		}
		m := meaning(r)
		permanences[m.Permanence]++
		if m.Cause == bounce.UserUnknown {
			gone++
		}
	}

	p := triage(t, srv)
	srv.ForgetCalls()
	p.press("c")
	p.waitText(" 19 counts, the oldest")
	now := p.now()
	require.Equal(t, all, now.mails("invalid"), "\n%s", now)
	for code := 401; code <= 409; code++ {
		want := number(rows, invalid, func(r sendcloudtest.Record) bool { return r.SubStatus == code })
		require.Equal(t, want, now.mailsOfCode(code), "%d on\n%s", code, now)
	}
	for _, call := range srv.Calls() {
		require.Equal(t, "1", call.Params.Get("limit"), "counting fetched rows: %v", call.Params)
	}
	require.LessOrEqual(t, len(srv.Calls()), 19)
	for name, kind := range map[string]trait{"all mail": func(sendcloudtest.Record) bool { return true }, "asked for": failed, "soft bounce": softBounce} {
		require.Equal(t, number(rows, kind), now.mails(name), "%s is on the first screen\n%s", name, now)
	}
	require.Contains(t, now.words(), fmt.Sprintf(": %s mails · as of ", grouped(all)))
	require.Contains(t, now.words(), fmt.Sprintf(" · %.1f%% of all", 100*float64(all)/float64(len(rows))), "the rate")
	p.within(1)

	p.press("Enter") // the cursor stands on invalid
	p.waitText("of " + grouped(all))
	p.fetchAll(all)
	p.column("3", "cause")
	require.Equal(t, gone, p.waitValue(bounce.UserUnknown.Short("en")))
	p.column("4", "permanence")
	now = p.waitText("permanent")
	for label, permanence := range map[string]bounce.Permanence{"permanent": bounce.Permanent, "temporary": bounce.Temporary, "unknown": bounce.Unknown} {
		require.Equal(t, permanences[permanence], max(0, now.mails(label)), "%s on\n%s", label, now)
	}
	p.within(6)

	// Suppress now: those for whom retrying is pointless because nobody is there.
	p.column("3", "cause")
	p.press("Enter")
	p.waitText("of " + grouped(gone))
	p.within(8)
}

// The delivery of a label drops: which day, which sub-status, this label only
// or everybody? The aim is 18 keys.
func TestJourneyALabelDrops(t *testing.T) {
	if testing.Short() {
		t.Skip("a million rows")
	}
	t.Parallel()
	srv := serve(t, journeyRecords)
	const code = 407
	label := 0
	for _, r := range recent(srv) {
		if r.Incident == sendcloudtest.SpamLabel {
			label = r.Label.ID
			break
		}
	}
	require.NotZero(t, label, "an incident to find")

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

	require.Len(t, ours, 7, "\n%s", p.now())
	for i, midnight := range week() {
		day := midnight.Format(time.DateOnly)
		of := url.Values{"startDate": {day}, "endDate": {day}, "subStatus": {strconv.Itoa(code)}}
		all, err := srv.Count(of)
		require.NoError(t, err)
		require.Equal(t, all, everybody[6-i], "%s, everybody\n%s", day, p.now())
		of.Set("labelId", strconv.Itoa(label))
		some, err := srv.Count(of)
		require.NoError(t, err)
		require.Equal(t, some, ours[6-i], "%s, the label", day)
	}
	// Since when: the fifth day before today is the first bad one.
	require.Greater(t, ours[1], 5*ours[0], "which day: %v", ours)
	// Who: everybody else's hardly change.
	require.Less(t, 2*(everybody[1]-ours[1]), ours[1], "everybody's %v, the label's %v", everybody, ours)
}
