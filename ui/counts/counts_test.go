package counts

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bounceboard/sendcloud"
	"bounceboard/theme"
	"bounceboard/ui/words"
)

var (
	noon = time.Date(2026, 11, 23, 12, 0, 0, 0, sendcloud.Zone)
	day  = sendcloud.DateOf(noon)
	full = Plan{Statuses: sendcloud.Statuses(), Subs: sendcloud.SubStatuses(), Calls: 19, Takes: 2 * time.Second}
)

func lastDays(n int) (days []sendcloud.Date) {
	for i := range n {
		days = append(days, day.AddDays(i-n+1))
	}
	return days
}

// world is what the simulated service would count, times f in a thousand.
func world(c *Counts, d sendcloud.Date, f int) {
	statuses := map[sendcloud.Status]int{1: 916003, 4: 80114, 5: 3201, 18: 12}
	codes := map[sendcloud.SubStatus]int{401: 12000, 402: 301, 403: 2, 405: 5021, 406: 60012, 407: 1203, 408: 900, 409: 400, 503: 30, 505: 2801, 507: 300, 508: 40, 509: 20}
	for i, s := range sendcloud.Statuses() {
		c.Put(Key{Status: s, Day: d}, Number{Count: statuses[s] * f / 1000, At: noon.Add(time.Duration(i) * time.Second)})
	}
	for i, s := range sendcloud.SubStatuses() {
		c.Put(Key{Status: s.Status(), Sub: s, Day: d}, Number{Count: codes[s] * f / 1000, At: noon.Add(time.Duration(4+i) * time.Second)})
	}
}

func view(lang words.Lang, p Plan) *Counts {
	c := New(theme.New(theme.Dark, false), lang)
	c.SetSize(80, 30)
	c.Propose(p)
	return c
}

func count(c *Counts, r row) figure { return c.figures[0][slices.Index(c.rows, r)] }

func TestAFamilyAddsUp(t *testing.T) {
	c := view(words.English, full)
	c.Start()
	require.Equal(t, waiting, count(c, row{kind: all}).state)
	world(c, sendcloud.Date{}, 1000)
	require.True(t, c.Done())
	for status, rest := range map[sendcloud.Status]int{4: 80114 - 79839, 5: 3201 - 3191} {
		sum, whole, without := 0, 0, 0
		for _, r := range c.rows {
			if r.status != status {
				continue
			}
			f := count(c, r)
			require.Equal(t, known, f.state)
			switch r.kind {
			case total:
				whole = f.count
			case code:
				sum += f.count
			case uncoded:
				without = f.count
			}
		}
		require.Equal(t, rest, without)
		require.Equal(t, whole, sum+without)
	}
	require.Equal(t, 916003+80114+3201+12, count(c, row{kind: all}).count)
	require.Equal(t, noon, count(c, row{kind: all}).at, "a sum is as old as its oldest part")
}

func TestNoSumOfWhatIsNotKnownForSure(t *testing.T) {
	invalid := row{kind: uncoded, status: sendcloud.Invalid}
	for name, c := range map[string]struct {
		do   func(*Counts)
		rest state
		sum  state
	}{
		"failed":       {func(c *Counts) { c.Put(Key{4, 406, sendcloud.Date{}}, Number{Err: errors.New("cut off")}) }, unknown, known},
		"at most":      {func(c *Counts) { c.Put(Key{4, 406, sendcloud.Date{}}, Number{Count: 9, AtMost: true}) }, unknown, known},
		"flagged code": {func(c *Counts) { c.Flag(Key{4, 406, sendcloud.Date{}}, "ignored") }, unknown, known},
		"flagged":      {func(c *Counts) { c.Flag(Key{Status: 4}, "ignored") }, unknown, unknown},
		"excess":       {func(c *Counts) { c.Put(Key{4, 406, sendcloud.Date{}}, Number{Count: 90_000}) }, unknown, known},
	} {
		t.Run(name, func(t *testing.T) {
			v := view(words.English, full)
			v.Start()
			world(v, sendcloud.Date{}, 1000)
			c.do(v)
			require.Equal(t, c.rest, count(v, invalid).state)
			require.Equal(t, c.sum, count(v, row{kind: all}).state)
		})
	}
}

func TestCodesThatExceedTheirTotalAreSaidToDoSo(t *testing.T) {
	c := view(words.English, full)
	world(c, sendcloud.Date{}, 1000)
	c.Put(Key{4, 406, sendcloud.Date{}}, Number{Count: 80_114, At: noon})
	c.Move(11)
	require.Equal(t, uncoded, c.rows[c.cursor].kind)
	require.Contains(t, shown(c), "invalid without a code: its codes add up to 19,827 more than its total")
	require.Contains(t, shown(c), "–!", "no mark on the contradiction")
}

func TestAnUpperBoundStaysOneInASum(t *testing.T) {
	c := view(words.English, full)
	world(c, sendcloud.Date{}, 1000)
	c.Put(Key{Status: 18}, Number{Count: 100, AtMost: true, At: noon})
	c.Last()
	require.Contains(t, shown(c), "≤999,418")
	require.Contains(t, shown(c), "all of these: at most 999,418 mails")
}

func TestDaysAddUpToTheSpan(t *testing.T) {
	p := full
	p.Days = lastDays(3)
	c := view(words.English, p)
	c.Start()
	world(c, p.Days[0], 100)
	world(c, p.Days[1], 200)
	require.Equal(t, waiting, count(c, row{kind: total, status: 4}).state)
	world(c, p.Days[2], 300)
	require.Equal(t, 8011+16022+24034, count(c, row{kind: total, status: 4}).count)
	require.True(t, c.Done())

	c.Put(Key{Status: 4}, Number{Count: 50_000, At: noon})
	require.Equal(t, 50_000, count(c, row{kind: total, status: 4}).count, "what the service says of the span wins")
}

func TestWhatACodeOfTheQueryNarrowsTo(t *testing.T) {
	c := view(words.English, Plan{Subs: []sendcloud.SubStatus{405, 505}, Calls: 2})
	c.Put(Key{4, 405, sendcloud.Date{}}, Number{Count: 30, At: noon})
	c.Put(Key{5, 505, sendcloud.Date{}}, Number{Count: 10, At: noon})
	k, ok := c.Selected()
	require.True(t, ok)
	require.Equal(t, Key{Status: 4, Sub: 405}, k)
	require.Contains(t, shown(c), "405 IP or domain rejected: 30 mails · 75.0% of all")
	c.Last()
	k, ok = c.Selected()
	require.True(t, ok)
	require.Equal(t, Key{}, k, "all of these")
}

func TestSelected(t *testing.T) {
	_, ok := view(words.English, Plan{}).Selected()
	require.False(t, ok)
	p := full
	p.Days = lastDays(7)
	c := view(words.English, p)
	c.Move(2)
	require.True(t, c.MoveDay(3))
	k, ok := c.Selected()
	require.True(t, ok)
	require.Equal(t, Key{4, 401, p.Days[2]}, k)
	c.MoveDay(99)
	k, _ = c.Selected()
	require.Equal(t, day, k.Day)
	c.MoveDay(-99)
	k, _ = c.Selected()
	require.Zero(t, k.Day)
	c.First()
	c.Move(11)
	_, ok = c.Selected()
	require.False(t, ok, "the service cannot search for mail without a code")
	require.False(t, view(words.English, full).MoveDay(1))
}

func TestDaysCanBeAddedToACount(t *testing.T) {
	c := view(words.English, full)
	world(c, sendcloud.Date{}, 1000)
	c.Move(5)
	p := full
	p.Days = lastDays(7)
	c.Propose(p)
	k, _ := c.Selected()
	require.Equal(t, sendcloud.SubStatus(404), k.Sub, "the cursor stays on its row")
	require.Equal(t, 80114, count(c, row{kind: total, status: 4}).count, "the totals stay")
	require.False(t, c.Done())
	c.Clear()
	c.Propose(full)
	require.Equal(t, unasked, count(c, row{kind: total, status: 4}).state)
}

func TestHowFarCountingIs(t *testing.T) {
	c := view(words.English, full)
	require.Contains(t, shown(c), "Counting costs 19 calls, about 2 s; enter starts.")
	c.Start()
	require.Contains(t, shown(c), "loading: 0 of 19 numbers")
	c.Put(Key{Status: 4}, Number{Count: 1, At: noon.Add(time.Hour)})
	c.Put(Key{Status: 4}, Number{Count: 2, At: noon.Add(time.Hour)})
	c.Put(Key{Status: 4, Day: day}, Number{Count: 1, At: noon})
	require.Contains(t, shown(c), "loading: 1 of 19 numbers", "an answer that came twice or was not asked for counts once or not at all")
	c.Stop()
	require.Contains(t, shown(c), "stopped: 1 of 19 numbers are there")
	world(c, sendcloud.Date{}, 1000)
	require.Contains(t, shown(c), "19 numbers, the oldest as of 12:00:00")
	for i, s := range sendcloud.Statuses() {
		c.Put(Key{Status: s}, Number{Count: 1, At: noon.Add(time.Hour + time.Duration(i)*time.Second)})
	}
	require.Contains(t, shown(c), "19 numbers, the oldest as of 12:00:04", "numbers asked again are as old as the new answer")
}

func TestAFailedNumberSaysWhy(t *testing.T) {
	c := view(words.English, full)
	c.Start()
	err := &sendcloud.NetworkError{Host: "api.sendcloud.net", Err: context.DeadlineExceeded}
	c.Put(Key{Status: 1}, Number{Err: err})
	require.Greater(t, len(words.Error(words.English, err)), 80)
	text := strings.Join(strings.Fields(shown(c)), " ")
	require.Contains(t, text, "delivered: "+words.Error(words.English, err))
}

func TestContradictionsAreSaid(t *testing.T) {
	c := view(words.English, full)
	c.Start()
	world(c, sendcloud.Date{}, 1000)
	c.Flag(Key{}, "The service ignores the label.")
	c.Flag(Key{}, "The service ignores the label.")
	require.Contains(t, shown(c), "! The service ignores the label. ")
	c.Flag(Key{Status: 4, Sub: 406}, "406 counts what 405 counts.")
	require.Contains(t, shown(c), "! The service ignores the label. (and 1 more)")
	require.Contains(t, shown(c), "60,012!")
	c.Move(7)
	require.Contains(t, shown(c), "! 406 counts what 405 counts. (and 1 more)", "the sentence about the number under the cursor comes first")
	c.SetSize(80, 9)
	require.Contains(t, shown(c), "! 406 counts what 405 counts.", "in few lines it stands in the last one")
	c.Start()
	require.NotContains(t, shown(c), "!")
}

func TestRowsStayWhileTheCursorMoves(t *testing.T) {
	c := view(words.English, full)
	world(c, sendcloud.Date{}, 1000)
	c.Flag(Key{Status: 4, Sub: 401}, "short")
	c.Flag(Key{Status: 4, Sub: 402}, strings.Repeat("long ", 100))
	before := c.body()
	for range c.rows {
		c.Move(1)
		require.Equal(t, before, c.body())
	}
}
