package sendcloudtest

import (
	"math"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func handler(t testing.TB, o Options) *Server {
	t.Helper()
	if o.Now == nil {
		o.Now = func() time.Time { return noon }
	}
	s, err := New(o)
	require.NoError(t, err)
	return s
}

func TestSameSeedSameRecords(t *testing.T) {
	a, b := handler(t, Options{Records: 300, Seed: 7}), handler(t, Options{Records: 300, Seed: 7})
	other := handler(t, Options{Records: 300, Seed: 8})
	same := 0
	for i := range 300 {
		require.Equal(t, a.Record(i), b.Record(i))
		if a.Record(i).Recipient == other.Record(i).Recipient {
			same++
		}
	}
	require.Less(t, same, 30, "the seed changes little")
}

func TestProportions(t *testing.T) {
	s := handler(t, Demo())
	statuses, subs, hours := map[int]float64{}, map[int]int{}, map[int]int{}
	for r := range s.Records() {
		statuses[r.Status] += 100 / float64(s.Len())
		subs[r.SubStatus]++
		hours[r.Requested.Hour()]++
	}
	require.InDelta(t, 90, statuses[delivered], 2)
	require.InDelta(t, 6, statuses[invalid], 2)
	require.InDelta(t, 3, statuses[soft], 1)
	require.InDelta(t, 1, statuses[requested], 0.7)
	for _, sub := range subCodes {
		require.Positive(t, subs[sub], "no record has sub-status %d", sub)
	}
	require.Len(t, subs, len(subCodes))
	require.Greater(t, hours[10], 5*hours[3], "as much mail at night as at ten")
}

func TestRecordsAreConsistent(t *testing.T) {
	s := handler(t, Options{Records: 30_000, Seed: 2})
	oldest := time.Date(2026, 11, 23, 0, 0, 0, 0, serviceZone).AddDate(0, 0, -91)
	last := oldest
	ids := map[string]bool{}
	for r := range s.Records() {
		require.False(t, r.Requested.Before(last), "record %d is older than the one before", r.Index)
		last = r.Requested
		require.False(t, r.Modified.Before(r.Requested))
		require.False(t, r.Modified.After(noon))
		require.False(t, ids[r.EmailID], "an email id twice")
		ids[r.EmailID] = true
		require.Equal(t, r.SubStatus/100 == 4, r.Status == invalid && r.SubStatus != 0)
		require.Equal(t, r.SubStatus/100 == 5, r.Status == soft && r.SubStatus != 0)
		require.NotContains(t, r.SendLog, "{")
		require.False(t, strings.Contains(r.SendLog, "%!"), r.SendLog)
		if r.Status != requested {
			require.NotEmpty(t, r.SendLog)
		}
	}
}

func TestIncidentsCanBeFound(t *testing.T) {
	s := handler(t, Demo())
	since := s.Incidents()
	count := map[Incident]int{}
	var refusedAfter, passedAfter int
	for r := range s.Records() {
		if r.Incident != "" {
			count[r.Incident]++
			require.False(t, r.Requested.Before(since[r.Incident]), "%s before it began", r.Incident)
		}
		switch r.Incident {
		case IPRefused:
			require.True(t, strings.HasSuffix(r.Recipient, "@qq.com"))
			if r.Status != requested {
				require.Contains(t, r.SendLog, "Blocked IP "+BlockedIP)
			}
		case DeadList:
			require.Equal(t, "autumn-sale", r.Label.Name)
			require.False(t, r.Requested.After(since[DeadList].Add(2*time.Hour)))
		case SpamLabel:
			require.Equal(t, "member-newsletter", r.Label.Name)
		case MailboxFull:
			require.Equal(t, FullMailbox, r.Recipient)
		case Throttled:
			require.Equal(t, requested, r.Status)
		}
		if strings.HasSuffix(r.Recipient, "@qq.com") && r.SendingIP == BlockedIP && !r.Requested.Before(since[IPRefused]) {
			if r.Status == delivered {
				passedAfter++
			} else {
				refusedAfter++
			}
		}
	}
	for name := range since {
		require.Greater(t, count[name], 10, "%s is too small to be found: %v", name, count)
	}
	require.Greater(t, count[DeadList], 300)
	require.Greater(t, refusedAfter, 5*passedAfter)
}

func TestEveryShapeOfReplyOccurs(t *testing.T) {
	s := handler(t, Options{Records: 200_000, Seed: 11})
	shapes := map[string]string{
		"bare": "^55[0-9] ", "glued": "^550-5.7.1 .* 550-5.7.1 ", "postfix": `^host \S+\[[\d.]+\] said: 5.*\(in reply to .* command\)$`,
		"exim": `^SMTP error from remote mail server after RCPT TO:<\S+>: host \S+ \[[\d.]+\]: `, "qmail": `^\S+ does not like recipient\. Remote host said: `,
		"enhanced of qmail": `\(#5\.[0-9]\.[0-9]\)`, "relay": `^the mta server of \S+ — \S+\([\d.]+\) reply:`, "library": `^\(5\d\d, b'.*'\)$`,
		"exception": "^SMTPSendFailedException: ", "timeout": "^Connection timed out$", "unrouteable": "^unrouteable address$",
		"chinese": "^[\u4e00-\u9fff]+", "quoted chinese": "服务器响应为", "blacklist": "^黑名单：.*\\(.*\\)$", "delivered": "^successfully delivered$",
	}
	missing := map[string]string{}
	for name, shape := range shapes {
		missing[name] = shape
	}
	regexps := compile(shapes)
	for r := range s.Records() {
		for name := range missing {
			if regexps[name].MatchString(r.SendLog) {
				delete(missing, name)
			}
		}
	}
	require.Empty(t, missing)
}

func compile(patterns map[string]string) map[string]*regexp.Regexp {
	compiled := map[string]*regexp.Regexp{}
	for name, p := range patterns {
		compiled[name] = regexp.MustCompile(p)
	}
	return compiled
}

func TestTemplateNamesOneText(t *testing.T) {
	seen := map[string]string{}
	for _, list := range replies {
		for _, r := range list {
			require.Empty(t, seen[r.text], "%s has the text of another", r.name)
			seen[r.text] = r.name
		}
	}
	require.Greater(t, len(seen), 120)
}

func TestPositionsFollowTime(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := &clock{noon}
		s, err := New(Options{Records: rapid.IntRange(1, 800).Draw(t, "records"), Seed: rapid.Uint64().Draw(t, "seed"), Arrivals: 40, Now: c.read})
		require.NoError(t, err)
		questions := [][]string{{"days", "30"}, {"days", "30", "status", "18"}, {"days", "30", "status", "1"}, {"days", "30", "subStatus", "406"}, {"days", "2", "email", FullMailbox}}
		for range rapid.IntRange(1, 6).Draw(t, "steps") {
			c.now = c.now.Add(time.Duration(rapid.Int64Range(0, int64(3*time.Hour)).Draw(t, "wait")))
			for _, q := range questions {
				n, err := s.Count(params(q...))
				require.NoError(t, err)
				fresh := newStore(s.store.data)
				fresh.advance(c.now.UnixMilli())
				asked, refused := s.options.ask(params(q...), c.now.UnixMilli())
				require.Nil(t, refused)
				require.Len(t, fresh.find(asked), n, "positions of %v fell behind", q)
			}
		}
	})
}

func TestFewListsAreKept(t *testing.T) {
	s := handler(t, Options{Records: 100})
	for i := range 3 * keptLists {
		_, err := s.Count(params("days", "30", "subStatus", itoa(subCodes[1+i%15])+";"+itoa(subCodes[1+i/15])))
		require.NoError(t, err)
	}
	require.LessOrEqual(t, len(s.store.lists), keptLists)
}

func TestEdgesOfTheCalendar(t *testing.T) {
	for _, now := range []time.Time{noon, time.Date(2026, 11, 23, 0, 0, 0, 0, serviceZone), time.Date(2026, 11, 23, 0, 0, 0, 1e6, serviceZone)} {
		for _, records := range []int{-1, 1, 2, 5000} {
			for _, days := range []int{1, 2, 92} {
				s := handler(t, Options{Records: records, LookbackDays: days, Now: func() time.Time { return now }})
				require.Equal(t, max(0, records), s.Len())
				for r := range s.Records() {
					require.False(t, r.Requested.After(now), "%v %d %d", now, records, days)
				}
			}
		}
	}
}

func TestRecordPanicsOutside(t *testing.T) {
	s := handler(t, Options{Records: 3})
	require.Panics(t, func() { s.Record(3) })
	require.Panics(t, func() { s.Record(-1) })
}

func TestOptionsAreChecked(t *testing.T) {
	for _, o := range []Options{
		{Order: "sideways"}, {Ignore: []string{"apiKey"}}, {WindowDays: -1}, {Arrivals: -1}, {FailureHTTP: 99},
		{Faults: Faults{"fire": 1}}, {Faults: Faults{Fault5xx: 1.5}}, {Faults: Faults{Fault5xx: math.NaN()}},
	} {
		_, err := New(o)
		require.Error(t, err, "%+v", o)
	}
	_, err := New(Options{Order: "sideways"})
	require.ErrorContains(t, err, "newest, oldest, unstable", "the known ones are listed")
}

func TestAnAccountHasOneNumber(t *testing.T) {
	s := handler(t, Options{Records: 5000, Seed: 2, EmailID: "opaque"})
	account := map[string]bool{}
	for r := range s.Records() {
		account[strings.Split(r.EmailID, "_")[1]] = true
		at, found := s.store.indexOf(r.EmailID, s.Len())
		require.True(t, found)
		require.Equal(t, r.Index, at)
	}
	require.Len(t, account, 1)
}
