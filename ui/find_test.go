package ui

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/stretchr/testify/require"

	"bounceboard/keymap"
	"bounceboard/sendcloud"
	"bounceboard/sendcloud/recordset"
	"bounceboard/sendcloud/sendcloudtest"
	"bounceboard/ui/recipient"
)

// A paste is read, then asked for. Items without mail in the last 7 days are searched for further back by themselves. What is
// still not found stands in a list of its own.
func TestWhatWasPastedIsLookedForFurther(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		toToday()
		r, srv := service(t, sendcloudtest.Options{Records: 3000, Seed: 3}, 3000)
		r.wait(5 * time.Second)
		paste := func(text string) {
			r.send(tea.KeyMsg{Type: tea.KeyRunes, Paste: true, Runes: []rune(text)})
		}
		since := func(days int) time.Time { return sendcloud.DateOf(time.Now()).AddDays(1 - days).Start() }
		old := sendcloudtest.Record{}
		for rec := range srv.Records() {
			if rec.Requested.Before(since(7)) && rec.Requested.After(since(30)) && !slices.ContainsFunc(slices.Collect(srv.Records()), func(other sendcloudtest.Record) bool {
				return strings.EqualFold(other.Recipient, rec.Recipient) && other.Requested.After(since(7))
			}) {
				old = rec
				break
			}
		}
		paste("to: " + strings.ToUpper(old.Recipient))
		require.Contains(t, r.screen(), "\n 1 address")
		before := srv.CallCount()
		r.keys("enter")
		r.wait(5 * time.Second)
		require.Positive(t, r.total())
		require.Contains(t, strings.Join(strings.Fields(r.screen()), " "), "nothing in the last 7 days: looked through the last 30")
		require.Contains(t, r.screen(), since(30).Format("01-02")+" to ", "the heading is that of the rows")
		require.Contains(t, r.screen(), "asked again in lower case", "the paste was in capitals")
		require.LessOrEqual(t, srv.CallCount()-before, 5)

		message, _, _ := strings.Cut(old.EmailID, "$")
		recent := srv.Record(srv.Len() - 1)
		paste("250 #" + strings.TrimRight(message, "0123456789") + "#Queued\n" + recent.EmailID + "\nnobody@gamil.com\n")
		require.Contains(t, r.screen(), "1 email id, 1 message id of "+old.Requested.In(sendcloud.Zone).Format("01-02")+", 1 address")
		r.keys("enter")
		r.wait(10 * time.Second)
		require.GreaterOrEqual(t, r.total(), 2)
		require.Contains(t, r.screen(), "not found: 1 of 3; tab lists them")
		r.keys("tab")
		require.Equal(t, keymap.MissingPane, r.place())
		require.Contains(t, r.screen(), "not found: 1 of 3")
		require.Contains(t, r.screen(), "nobody@gamil.com  is gmail.com meant?")
		r.keys("tab")
		require.Equal(t, keymap.Table, r.place())

		paste("nobody@gamil.com")
		r.keys("enter")
		r.wait(5 * time.Second)
		require.Contains(t, r.screen(), "Nothing in the last 7 days: looked through the last 92.")
		require.Contains(t, r.screen(), "1  did you mean gmail.com? Search for it")
		require.Regexp(t, `r  sent just now\? .* ask again from \d\d:\d\d:\d\d \(\+08\) on`, r.screen())
		r.keys("1")
		require.Equal(t, []string{"nobody@gmail.com"}, r.plan().Query.Emails)
	})
}

// Many addresses are looked for at once: all mail of the span is read where that costs less than a call for each.
func TestManyAddressesAreLookedForAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		toToday()
		r, srv := service(t, sendcloudtest.Options{Records: 3000, Seed: 3}, 3000)
		r.wait(5 * time.Second)
		var list strings.Builder
		for i := range 200 {
			fmt.Fprintf(&list, "%s\nnobody%d@example.com\n", srv.Record(srv.Len()-1-i).Recipient, i)
		}
		r.send(tea.KeyMsg{Type: tea.KeyRunes, Paste: true, Runes: []rune(list.String())})
		before := srv.CallCount()
		r.keys("enter")
		r.wait(20 * time.Second)
		require.LessOrEqual(t, srv.CallCount()-before, 40)
		require.GreaterOrEqual(t, r.total(), 200)
		require.Regexp(t, `what was missing was looked for in the last 92 days · not found: 200 of`, r.screen())
		total := r.total()
		r.keys("r")
		if r.place() == keymap.Confirm {
			r.keys("enter")
		}
		r.wait(20 * time.Second)
		require.Equal(t, total, r.total())
		require.Regexp(t, `days · not found: 200 of`, r.screen())
	})
}

// A search that is stopped goes on where it stood; what it did not ask for is not called missing.
func TestAStoppedSearchGoesOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		toToday()
		r, srv := service(t, sendcloudtest.Options{Records: 3000, Seed: 3, Latency: time.Second}, 3000)
		r.wait(5 * time.Second)
		ids := srv.Record(srv.Len()-1).EmailID + "\n" + srv.Record(srv.Len()-2).EmailID + "\nnobody@example.com\nnobody2@example.com\n"
		r.send(tea.KeyMsg{Type: tea.KeyRunes, Paste: true, Runes: []rune(ids)})
		r.keys("enter")
		r.wait(2500 * time.Millisecond)
		require.Contains(t, r.screen(), "Asks 2 items")
		r.keys("esc")
		r.wait(5 * time.Second)
		require.Equal(t, 2, r.total())
		require.Empty(t, r.at.session.Missing)
		require.NotContains(t, r.screen(), "not found: ")
		r.keys("a")
		r.wait(20 * time.Second)
		require.Equal(t, 2, r.total())
		require.Equal(t, []string{"nobody@example.com", "nobody2@example.com"}, r.at.session.Missing)
	})
}

// toToday lets time pass: an email id of the year 2000, in which a test begins, tells no day.
func toToday() { time.Sleep(time.Until(time.Date(2026, 11, 30, 12, 0, 0, 0, sendcloud.Zone))) }

// All mail of a day is read unasked only where that is cheap.
func TestWhatASearchCostsIsSaidFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		toToday()
		r, srv := service(t, sendcloudtest.Options{Records: 60_000, LookbackDays: 5, Seed: 3}, 3000)
		r.wait(5 * time.Second)
		message, _, _ := strings.Cut(srv.Record(srv.Len()/2).EmailID, "$")
		r.send(tea.KeyMsg{Type: tea.KeyRunes, Paste: true, Runes: []rune("250 #" + message + "#Queued")})
		r.keys("enter")
		r.wait(2 * time.Second)
		require.Equal(t, keymap.Confirm, r.place())
		require.Regexp(t, `Reads all mail from .*: \d+ calls\. Go on\?`, r.screen())
		before := srv.CallCount()
		r.keys("esc", "a")
		require.Equal(t, keymap.Confirm, r.place(), "the same key asks again")
		r.wait(time.Second)
		require.Equal(t, before, srv.CallCount())
		r.keys("enter")
		r.wait(time.Minute)
		require.Equal(t, 1, r.total())
	})
}

// One key shows all mail of the recipient, the newest first, with its sum above; one key goes back.
func TestAllMailOfARecipient(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, srv := service(t, sendcloudtest.Options{Records: 5000, Seed: 3}, 600)
		r.wait(5 * time.Second)
		before, _ := r.at.session.Selected()
		r.keys("h")
		r.wait(5 * time.Second)
		require.Equal(t, sendcloud.DefaultLookbackDays, r.plan().Query.Days)
		want := 0
		for rec := range srv.Records() {
			if strings.EqualFold(rec.Recipient, before.Recipients) {
				want++
			}
		}
		require.Equal(t, want, r.total())
		last := time.Time{}
		for i := range r.total() {
			rec, ok := r.at.session.At(i)
			require.True(t, ok)
			require.True(t, strings.EqualFold(before.Recipients, rec.Recipients))
			require.False(t, i > 0 && rec.RequestTime.After(last), "the newest first")
			last = rec.RequestTime
		}
		top := strings.Split(r.screen(), "\n")[2]
		require.Regexp(t, ` (\d+ delivered, last \d\d-\d\d \d\d:\d\d|none delivered); refused since \d\d-\d\d \d\d:\d\d, (once|twice|three times|\d+ times)`, top)
		require.Len(t, strings.Split(r.screen(), "\n"), 40)
		r.keys("esc")
		require.Equal(t, 7, r.plan().Query.Days)
		now, _ := r.at.session.Selected()
		require.Equal(t, before, now)
	})
}

// The detail says how far others share a failure, and what it costs to know more.
func TestTheDetailComparesWithOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, _ := service(t, sendcloudtest.Options{Records: 5000, Seed: 3}, 600)
		r.wait(5 * time.Second)
		r.keys("a", "enter", "enter")
		r.wait(20 * time.Second)
		r.keys("enter")
		require.Contains(t, r.screen(), " others      ")
		snap := r.at.session.Snapshot()
		rec, _ := r.at.session.Selected()
		row, _ := snap.Find(rec.EmailID)
		a, ok, err := snap.Alike(t.Context(), row)
		require.NoError(t, err)
		require.True(t, ok)
		flat := strings.Join(strings.Fields(r.screen()), " ")
		require.Contains(t, flat, fmt.Sprintf("%d of %s rows here", a.Rows, commas(snap.Len())))
		require.Contains(t, flat, "press D to ask how much was delivered (1 call)")
	})
}

func commas(n int) string {
	s := strconv.Itoa(n)
	if len(s) > 3 {
		s = s[:len(s)-3] + "," + s[len(s)-3:]
	}
	return s
}

// Labels are asked for one by one, and the mail's own is named.
func TestTheLabelOfAMail(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, srv := service(t, sendcloudtest.Options{Records: 5000, Seed: 3}, 600)
		r.wait(5 * time.Second)
		r.keys("L")
		require.Contains(t, r.screen(), "No label is known")
		rec, _ := r.at.session.Selected()
		var own []string
		want := ""
		for _, l := range srv.Labels() {
			own = append(own, strconv.Itoa(l.ID))
		}
		for of := range srv.Records() {
			if of.EmailID == rec.EmailID {
				want = strconv.Itoa(of.Label.ID)
			}
		}
		r.labels, _ = recipient.NewLabels(own, "")
		before := srv.CallCount()
		r.keys("L")
		r.wait(5 * time.Second)
		require.Equal(t, len(own), srv.CallCount()-before, "once for each label")
		require.Contains(t, r.screen(), fmt.Sprintf("label: %s (of %d labels asked)", want, len(own)))

		for i := range 11 {
			own = append(own, fmt.Sprint("none", i))
		}
		r.labels, _ = recipient.NewLabels(own, "")
		before = srv.CallCount()
		r.keys("L")
		require.Equal(t, keymap.Confirm, r.place())
		require.Contains(t, r.screen(), fmt.Sprintf("%d calls", len(own)))
		require.Equal(t, before, srv.CallCount(), "nothing is asked before it is agreed to")
	})
}

// Labels of queries are remembered, also by the next start.
func TestLabelsThatWereAskedForAreKnown(t *testing.T) {
	dir := t.TempDir()
	l, err := recipient.NewLabels([]string{"welcome"}, dir)
	require.NoError(t, err)
	require.NoError(t, l.Keep(sendcloud.Query{LabelID: "17"}))
	require.NoError(t, l.Keep(sendcloud.Query{LabelName: "welcome"}))
	l, err = recipient.NewLabels([]string{"welcome"}, dir)
	require.NoError(t, err)
	require.Equal(t, []string{"welcome", "17"}, l.Known())
}

// Failures alone tell no rate: the key for delivered mail says the cost, then the same facet has rates.
func TestDeliveredMailBringsRates(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, _ := service(t, sendcloudtest.Options{Records: 5000, Seed: 3}, 600)
		r.wait(5 * time.Second)
		r.keys("v", strconv.Itoa(1+slices.Index(recordset.Facets(), recordset.ByDomain)))
		r.wait(5 * time.Second)
		require.Contains(t, r.screen(), "D adds delivered mail, for rates")
		require.NotContains(t, r.screen(), "failure rate")
		r.keys("D")
		r.wait(2 * time.Second)
		require.Equal(t, keymap.Confirm, r.place())
		require.Regexp(t, `With delivered mail: [\d,]+ rows, about \d+ calls`, r.screen())
		r.keys("enter")
		r.wait(20 * time.Second)
		require.Empty(t, r.plan().Query.Statuses)
		require.Equal(t, r.total(), r.at.session.Snapshot().Len(), "every row is here")
		require.Regexp(t, `qq\.com .* [\d,]+ +\d+\.\d% \(\d+(\.\d)?-\d+(\.\d)?\)`, r.screen())
		r.keys("D")
		require.Contains(t, r.screen(), "asks for delivered mail already")
	})
}
