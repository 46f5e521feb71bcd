package find

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/paste"
	"bounceboard/sendcloud/sendcloudtest"
)

var today = sendcloud.Date{Year: 2026, Month: 11, Day: 30}

// id is a message id of a day before today.
func id(daysAgo, n int) string {
	return fmt.Sprintf("%d_15_12_%d.sc-10_0_0_1-inbound0", today.AddDays(-daysAgo).Start().Add(12*time.Hour).UnixMilli(), n)
}

// asked is what the rounds of a search ask when nothing comes.
func asked(text string) (rounds []string) {
	s := New(paste.Read(text).Items, today, 92)
	for ask := s.Next(); ask != nil; ask = s.Next() {
		var round []string
		for _, q := range ask {
			what := strings.Join(append(q.Query.Emails, q.Query.EmailIDs...), " ")
			if q.Whole {
				what = "all mail"
			}
			round = append(round, fmt.Sprintf("%d..%d %s", q.Query.StartDate.DaysTo(today)-1, q.Query.EndDate.DaysTo(today)-1, what))
		}
		rounds = append(rounds, strings.Join(round, ", "))
	}
	return rounds
}

func TestWhatIsAsked(t *testing.T) {
	for text, want := range map[string][]string{
		"a@qq.com;b@qq.com":        {"6..0 a@qq.com b@qq.com", "29..7 a@qq.com b@qq.com", "91..30 a@qq.com b@qq.com"},
		"A@qq.com":                 {"6..0 A@qq.com a@qq.com", "29..7 A@qq.com a@qq.com", "91..30 A@qq.com a@qq.com"},
		"opaque$a@qq.com":          {"6..0 opaque$a@qq.com", "29..7 opaque$a@qq.com", "91..30 opaque$a@qq.com"},
		id(3, 1) + "$a@qq.com":     {"4..2 " + id(3, 1) + "$a@qq.com"},
		id(0, 1) + "$a@qq.com":     {"1..0 " + id(0, 1) + "$a@qq.com"},
		id(3, 1) + "\n" + id(3, 2): {"3..3 all mail"},
		id(3, 1) + ",a@qq.com":     {"4..2 " + id(3, 1) + "$a@qq.com", "4..2 a@qq.com"},
		id(100, 1) + "$a@qq.com":   nil,
		"250 #opaque-id#Queued":    nil,
		id(5, 1) + "$a@qq.com " + id(3, 1) + "$b@qq.com " + id(60, 1) + "$c@qq.com": {
			"61..59 " + id(60, 1) + "$c@qq.com, 6..2 " + id(5, 1) + "$a@qq.com " + id(3, 1) + "$b@qq.com"},
	} {
		require.Equal(t, want, asked(text), text)
	}
}

// What is asked first is what was asked for; then the rest of the time to today, and further back.
func TestTheSpanAskedForComesFirst(t *testing.T) {
	for span, want := range map[days][]days{
		{today.AddDays(-14), today}:              {{today.AddDays(-14), today}, {today.AddDays(-29), today.AddDays(-15)}, {today.AddDays(-91), today.AddDays(-30)}},
		{today.AddDays(-40), today.AddDays(-38)}: {{today.AddDays(-40), today.AddDays(-38)}, {today.AddDays(-37), today}, {today.AddDays(-91), today.AddDays(-41)}},
		{today.AddDays(-91), today}:              {{today.AddDays(-91), today}},
	} {
		s := New(nil, today, 92)
		s.Within(span.first, span.last)
		require.Equal(t, want, s.windows())
	}
	require.Equal(t, []days{{today.AddDays(-2), today}}, New(nil, today, 3).windows())
}

func TestWhatIsFoundIsNotAskedAgain(t *testing.T) {
	s := New(paste.Read("a@qq.com;b@qq.com").Items, today, 92)
	require.Len(t, s.Next(), 1)
	s.Add(sendcloud.Record{EmailID: id(1, 1) + "$A@qq.com", Recipients: "A@qq.com"})
	require.Equal(t, []string{"b@qq.com"}, s.Next()[0].Query.Emails)
	s.Add(sendcloud.Record{EmailID: id(20, 1) + "$b@qq.com", Recipients: "b@qq.com"})
	require.Nil(t, s.Next())
	require.Empty(t, s.Missing())
}

func TestWhy(t *testing.T) {
	s := New(nil, today, 92)
	s.Add(sendcloud.Record{EmailID: id(1, 1) + "$a@qq.com"})
	for text, want := range map[string]Reason{
		"a@qq.com": NotFound, id(2, 2): NotFound, id(100, 1): TooOld, "250 #opaque-id#Queued": NoDay, "a@gamil.com": Misspelt,
		strings.Replace(id(2, 2), "_15_", "_16_", 1): OtherAccount,
	} {
		require.Equal(t, want, s.Why(paste.Read(text).Items[0]), text)
	}
}

// service is a simulated service with a client, and all its mail of 40 days.
func service(t *testing.T, records int) (*sendcloudtest.Server, *sendcloud.Client, []sendcloud.Record) {
	srv, err := sendcloudtest.Start(sendcloudtest.Options{Records: records, Seed: 3})
	require.NoError(t, err)
	t.Cleanup(func() { srv.Close() })
	user, secret := srv.Credentials()
	c, err := sendcloud.New(sendcloud.Config{BaseURL: srv.URL, APIUser: user, APIKey: secret, CallsPerMinute: 3000})
	require.NoError(t, err)
	now := sendcloud.DateOf(time.Now())
	plan, err := c.Plan(sendcloud.Query{StartDate: now.AddDays(-40), EndDate: now})
	require.NoError(t, err)
	var there []sendcloud.Record
	for r, err := range c.All(plan, nil).Records(t.Context()) {
		require.NoError(t, err)
		there = append(there, r)
	}
	return srv, c, there
}

// run searches for a text, and says how many calls it took.
func run(t *testing.T, srv *sendcloudtest.Server, c *sendcloud.Client, text string) (s *Search, calls int, steps []Step) {
	before := srv.CallCount()
	s = New(paste.Read(text).Items, sendcloud.DateOf(time.Now()), 92)
	w := NewWalk(c, s, nil, nil, func(one Step) error {
		steps = append(steps, one)
		return nil
	})
	for r, err := range w.Records(t.Context()) {
		require.NoError(t, err)
		require.True(t, slices.ContainsFunc(s.items, func(i paste.Item) bool { return i.Matches(r) }), "a row that nobody asked for")
	}
	require.True(t, s.Ended())
	return s, srv.CallCount() - before, steps
}

// Every dress of rows that are there leads to them, and a mail's header costs at
// most 14 calls.
func TestEveryDressIsFound(t *testing.T) {
	srv, c, there := service(t, 5000)
	for n := 0; n < len(there); n += len(there) / 6 {
		r := there[n]
		message, _, _ := strings.Cut(r.EmailID, "$")
		for _, text := range []string{
			r.EmailID, strings.ToUpper(r.Recipients), message + "," + r.Recipients, strings.TrimRight(message, "0123456789") + "\t" + r.Recipients, message,
			"X-SENDCLOUD-UUID: " + strings.NewReplacer("$", "%24", "@", "%40").Replace(r.EmailID),
			"From: s@shop.example\nTo: " + r.Recipients + "\nMessage-ID: <" + message + "@shop.example>\nSubject: b@qq.com",
		} {
			s, calls, _ := run(t, srv, c, text)
			require.Empty(t, s.Missing(), text)
			got := s.Find(paste.Read(text).Items[0])[0]
			require.True(t, strings.EqualFold(r.Recipients, got.Recipients), text)
			require.LessOrEqual(t, calls, 14, text)
		}
	}
}

func TestManyAddressesReadAllMailOfTheSpan(t *testing.T) {
	srv, c, there := service(t, 5000)
	var text strings.Builder
	for n := range 1000 {
		fmt.Fprintf(&text, "nobody%d@example.com\n", n)
	}
	s, calls, steps := run(t, srv, c, text.String()+there[0].Recipients)
	require.Len(t, s.Missing(), 1000)
	require.LessOrEqual(t, calls, 120)
	require.True(t, steps[0].Whole)
	require.Positive(t, steps[0].Calls)
}

// A question that nobody agrees to is asked when the walk goes on; rows that were here come first, and what was asked
// before is not asked again.
func TestAWalkGoesOnWhereItEnded(t *testing.T) {
	srv, c, there := service(t, 500)
	today := sendcloud.DateOf(time.Now())
	s := New(paste.Read(there[0].Recipients+";nobody@example.com;"+there[1].EmailID).Items, today, 92)
	s.Asked([]string{"nobody@example.com"}, today.AddDays(-29), today)
	agreed, costs := false, errors.New("it costs")
	w := NewWalk(c, s, there[:1], nil, func(one Step) error {
		if !agreed {
			return costs
		}
		require.False(t, slices.Contains(one.Query.Emails, "nobody@example.com") && one.Query.StartDate != today.AddDays(-91))
		return nil
	})
	before, came := srv.CallCount(), 0
	for _, err := range w.Records(t.Context()) {
		if came++; came == 2 {
			require.ErrorIs(t, err, costs)
		}
	}
	require.Equal(t, 2, came)
	require.Equal(t, before, srv.CallCount())
	require.False(t, s.Ended())
	agreed = true
	for r, err := range w.Records(t.Context()) {
		require.NoError(t, err)
		require.NotEqual(t, there[0].EmailID, r.EmailID)
	}
	require.True(t, s.Ended())
	require.Len(t, s.Missing(), 1)
}

// A lone id that is missing may be another account's: one row tells.
func TestOneRowTellsTheAccount(t *testing.T) {
	srv, c, there := service(t, 500)
	other := regexp.MustCompile(`_\d+_`).ReplaceAllString(there[0].EmailID, "_99_")
	s, calls, _ := run(t, srv, c, other)
	require.Equal(t, OtherAccount, s.Why(s.Missing()[0]))
	require.Equal(t, 2, calls)
}

func TestTheNewestRowIsFound(t *testing.T) {
	at := func(hour int) time.Time { return time.Date(2026, 11, 30, hour, 0, 0, 0, sendcloud.Zone) }
	const message = "1476754319514_15555555_32350_1350.sc-10_10_126_221-inbound0"
	email := message + "$a@qq.com"
	var x rows
	require.Empty(t, x.find(paste.Item{Kind: paste.Address, Text: "a@qq.com"}))
	x.add(sendcloud.Record{EmailID: email, Recipients: "A@qq.com", RequestTime: at(9), ModifiedTime: at(9), Status: sendcloud.Requested})
	x.add(sendcloud.Record{EmailID: email, Recipients: "A@qq.com", RequestTime: at(9), ModifiedTime: at(10), Status: sendcloud.Invalid})
	x.add(sendcloud.Record{EmailID: email, Recipients: "A@qq.com", RequestTime: at(9), ModifiedTime: at(8), Status: sendcloud.Requested})
	x.add(sendcloud.Record{EmailID: message + "1$b@qq.com", Recipients: "b@qq.com", RequestTime: at(11), Status: sendcloud.Delivered})
	x.add(sendcloud.Record{EmailID: "other$a@qq.com", Recipients: "a@qq.com", RequestTime: at(12), Status: sendcloud.SoftBounce})
	for text, want := range map[string]sendcloud.Status{
		"a@QQ.com": sendcloud.SoftBounce, email: sendcloud.Invalid, message: sendcloud.Invalid, message + ",b@qq.com": sendcloud.Delivered, message + ",c@qq.com": sendcloud.StatusUnknown,
		message + "1": sendcloud.Delivered, strings.TrimSuffix(message, "0"): sendcloud.Delivered, "c@qq.com": sendcloud.StatusUnknown,
	} {
		found := x.find(paste.Read(text).Items[0])
		require.Equal(t, want != sendcloud.StatusUnknown, len(found) > 0, text)
		if len(found) > 0 {
			require.Equal(t, want, found[0].Status, text)
		}
	}
	require.Len(t, x.find(paste.Read("a@qq.com").Items[0]), 2, "all mail of an address")
}
