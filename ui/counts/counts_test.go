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
	full = Plan{Calls: 19, Takes: 2 * time.Second}
)

// asking is a plan for a question about some of the numbers.
func asking(keys ...Key) Plan {
	p := full
	p.Asked = keys
	return p
}

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

// Rates are parts of all that was sent, whatever the question leaves out.
func TestTheQuestionIsAPartOfAllMail(t *testing.T) {
	for name, tt := range map[string]struct {
		plan   Plan
		cursor string // what the cursor stands on at first
		asked  string
	}{
		"failures": {asking(failures...), "✗ invalid", "asked for 83,315 8.3%"},
		"invalid":  {asking(Key{Status: 4}), "✗ invalid", "asked for 80,114 8.0%"},
		"codes":    {asking(Key{4, 405, sendcloud.Date{}}, Key{5, 505, sendcloud.Date{}}), "asked for", "asked for 7,822 0.8%"},
	} {
		t.Run(name, func(t *testing.T) {
			c := view(words.English, tt.plan)
			c.Start()
			world(c, sendcloud.Date{}, 1000)
			require.Equal(t, tt.cursor, lead(c), "where the cursor stands")
			require.Contains(t, strings.Join(strings.Fields(shown(c)), " "), tt.asked)
			require.Contains(t, strings.Join(strings.Fields(shown(c)), " "), "all mail 999,330")
			for l := range strings.Lines(shown(c)) {
				if strings.Contains(l, "✓ delivered ") || strings.Contains(l, "all mail ") {
					require.True(t, strings.HasPrefix(l, " "), "%q looks asked for", l)
				}
				if strings.Contains(l, " 405 IP") || strings.Contains(l, " asked for ") {
					require.True(t, strings.HasPrefix(l, "│"), "%q is marked by colour alone", l)
				}
			}
			c.First()
			k, ok := c.Selected()
			require.True(t, ok)
			require.Equal(t, Selection{Beyond: true}, k, "all mail is more than was asked for")
			c.Move(1)
			k, _ = c.Selected()
			require.Equal(t, Selection{Same: true}, k)
			c.Move(1)
			k, _ = c.Selected()
			require.Equal(t, Selection{Statuses: []sendcloud.Status{sendcloud.Delivered}, Beyond: true}, k)
			require.Contains(t, shown(c), "delivered: 916,003 mails · 91.7% of all · not asked for · as of 12:00:00")
		})
	}
	c := view(words.English, full)
	world(c, sendcloud.Date{}, 1000)
	k, _ := c.Selected()
	require.Equal(t, []sendcloud.Status{sendcloud.Invalid}, k.Statuses)
	require.NotContains(t, shown(c), "asked for", "everything is asked for")
	c.First()
	k, _ = c.Selected()
	require.Equal(t, Selection{Same: true}, k)
}

// lead is the name that the cursor stands on.
func lead(c *Counts) string {
	r := c.rows[c.cursor]
	mark, _ := c.ink.Status(int(r.status))
	if r.kind != total {
		return c.name(r)
	}
	return mark + " " + c.name(r)
}

func TestTheRateOfEachDay(t *testing.T) {
	p := asking(Key{Status: 4})
	p.Days = lastDays(3)
	c := view(words.English, p)
	c.Start()
	world(c, p.Days[0], 1000)
	world(c, p.Days[1], 1000)
	c.Put(Key{Status: 4, Day: p.Days[1]}, Number{Count: 400_570, At: noon})
	line := func() string {
		for l := range strings.Lines(shown(c)) {
			if strings.Contains(l, " of all mail ") {
				return strings.Join(strings.Fields(strings.TrimLeft(l, "│")), " ")
			}
		}
		return ""
	}
	require.Equal(t, "of all mail … 8.0% 30.4% …", line(), "the last day has not come")
	world(c, p.Days[2], 1000)
	require.Equal(t, "of all mail 16.9% 8.0% 30.4% 8.0%", line())
	c.Put(Key{Status: 1, Day: p.Days[2]}, Number{Err: errors.New("cut off")})
	require.Equal(t, "of all mail – 8.0% 30.4% –", line(), "without the delivered ones there is no rate")
	p.Asked = nil
	c.Propose(p)
	require.Contains(t, shown(c), "failed, of all mail")
}

func TestCountingAgainKeepsTheNumbers(t *testing.T) {
	c := view(words.English, full)
	c.Start()
	world(c, sendcloud.Date{}, 1000)
	p := full
	p.Again = true
	c.Propose(p)
	require.Contains(t, shown(c), "Counting costs 19 calls", "what is there does not hide the cost")
	c.Start()
	require.Equal(t, 19, c.Missing())
	invalid, whole := row{kind: total, status: 4}, row{kind: all}
	require.Equal(t, figure{state: known, count: 80114, at: noon.Add(time.Second), old: true}, count(c, invalid))
	require.Equal(t, c.ink.Muted, c.tone(count(c, invalid)))
	require.Contains(t, shown(c), "80,114 mails · 8.0% of all · as of 12:00:01", "with its time")

	later := noon.Add(time.Hour)
	c.Put(Key{Status: 4}, Number{Count: 90_000, At: later})
	require.Equal(t, 90_000, count(c, invalid).count)
	require.Equal(t, c.ink.Text, c.tone(count(c, invalid)))
	require.Equal(t, waiting, count(c, row{kind: uncoded, status: 4}).state, "old codes and a new total make no difference")
	require.Equal(t, c.ink.Muted, c.tone(count(c, whole)), "a part of the sum is old")
	require.NotContains(t, shown(c), "of all · as of 13:00:00", "a new number is no part of an old sum")

	c.Put(Key{Status: 5}, Number{Err: &sendcloud.NetworkError{Host: "api.sendcloud.net"}})
	require.Equal(t, 3201, count(c, row{kind: total, status: 5}).count, "an error takes nothing away")
	require.ErrorContains(t, count(c, row{kind: total, status: 5}).err, "api.sendcloud.net", "nobody is told why it is old")
	c.Stop()
	require.Equal(t, 18, c.Missing())
	c.Start()
	world(c, sendcloud.Date{}, 1000)
	require.Zero(t, c.Missing())
	require.Equal(t, 999_330, count(c, whole).count)
	require.Equal(t, c.ink.Text, c.tone(count(c, whole)))
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
	c.Move(10)
	require.Equal(t, uncoded, c.rows[c.cursor].kind)
	require.Contains(t, shown(c), "invalid without a code: its codes add up to 19,827 more than its total")
	require.Contains(t, shown(c), "–!", "no mark on the contradiction")
}

func TestAnUpperBoundStaysOneInASum(t *testing.T) {
	c := view(words.English, full)
	world(c, sendcloud.Date{}, 1000)
	c.Put(Key{Status: 18}, Number{Count: 100, AtMost: true, At: noon})
	c.First()
	require.Contains(t, shown(c), "≤999,418")
	require.Contains(t, shown(c), "all mail: at most 999,418 mails")
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
	c := view(words.English, asking(Key{4, 405, sendcloud.Date{}}, Key{5, 505, sendcloud.Date{}}))
	world(c, sendcloud.Date{}, 1000)
	c.Move(slices.Index(c.rows, row{code, 4, 405}) - c.cursor)
	k, ok := c.Selected()
	require.True(t, ok)
	require.Equal(t, Selection{Subs: []sendcloud.SubStatus{405}}, k)
	require.Contains(t, shown(c), " 405: 5,021 mails · 6.3% of invalid · 0.5% of all · as of 12:00:08")
	c.Move(-5)
	k, ok = c.Selected()
	require.True(t, ok)
	require.Equal(t, Selection{Statuses: []sendcloud.Status{4}, Beyond: true}, k, "its status is more than was asked for")
}

func TestSelected(t *testing.T) {
	_, ok := New(theme.New(theme.Dark, false), words.English).Selected()
	require.False(t, ok)
	p := full
	p.Days = lastDays(7)
	c := view(words.English, p)
	c.Move(2)
	require.True(t, c.MoveDay(3))
	k, ok := c.Selected()
	require.True(t, ok)
	require.Equal(t, Selection{Subs: []sendcloud.SubStatus{402}, Day: p.Days[2]}, k)
	c.MoveDay(99)
	k, _ = c.Selected()
	require.Equal(t, day, k.Day)
	c.MoveDay(-99)
	k, _ = c.Selected()
	require.Zero(t, k.Day)
	c.MoveDay(-1)
	k, _ = c.Selected()
	require.Equal(t, day, k.Day, "today is a key away")
	c.Last()
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
	require.Equal(t, []sendcloud.SubStatus{405}, k.Subs, "the cursor stays on its row")
	require.Equal(t, 80114, count(c, row{kind: total, status: 4}).count, "the totals stay")
	require.False(t, c.Done())
	c.Clear()
	c.Propose(full)
	require.Equal(t, unasked, count(c, row{kind: total, status: 4}).state)
}

// A number of the whole span stays beside those of its days: it may be the oldest.
func TestTheOldestNumberOnTheScreenIsSaid(t *testing.T) {
	c := view(words.English, full)
	world(c, sendcloud.Date{}, 1000)
	p := full
	p.Days = lastDays(7)
	c.Propose(p)
	c.Start()
	later := func(d sendcloud.Date) {
		c.each(func(k Key) {
			if k.Day == d {
				c.Put(k, Number{Count: 1, At: noon.Add(time.Hour)})
			}
		})
	}
	for _, d := range p.Days {
		later(d)
	}
	require.Contains(t, shown(c), "133 numbers, the oldest as of 12:00:00")
	p.Again = true
	c.Propose(p)
	c.Start()
	for _, d := range p.Days {
		later(d)
	}
	require.Contains(t, shown(c), "133 numbers, the oldest as of 13:00:00")
	require.Equal(t, figure{state: known, count: 7, at: noon.Add(time.Hour), new: true}, count(c, row{kind: total, status: 4}), "the days that were counted again")
}

func TestBoundsOfTheSameMailDoNotAddUp(t *testing.T) {
	c := view(words.English, asking(Key{Status: 4}, Key{Status: 5}))
	for _, s := range sendcloud.Statuses() {
		c.Put(Key{Status: s}, Number{Count: 1687, AtMost: true, Whole: true, At: noon})
	}
	require.Equal(t, 1687, count(c, row{kind: all}).count)
	require.Equal(t, 1687, count(c, row{kind: asked}).count)
	require.True(t, count(c, row{kind: all}).atMost)
	for i, s := range sendcloud.Statuses() {
		c.Put(Key{Status: s}, Number{Count: 10 * (i + 1), AtMost: true, At: noon})
	}
	require.Equal(t, 100, count(c, row{kind: all}).count, "bounds of different mail do")
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
	require.Contains(t, shown(c), "stopped: 1 of 19 numbers; c goes on")
	c.Put(Key{Status: 1}, Number{Err: errors.New("cut off")})
	require.Equal(t, 18, c.Missing())
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
	c.Move(-2)
	text := strings.Join(strings.Fields(shown(c)), " ")
	require.Contains(t, text, "delivered: "+words.Error(words.English, err))
	c.Move(1)
	c.Stop()
	require.Contains(t, shown(c), "stopped: 0 of 19 numbers; c goes on")
	world(c, sendcloud.Date{}, 1000)
	c.Put(Key{Status: 1}, Number{Err: err})
	require.Contains(t, shown(c), "1 of 19 numbers failed; c asks for them again")
}

func TestContradictionsAreSaid(t *testing.T) {
	c := view(words.English, full)
	c.Start()
	world(c, sendcloud.Date{}, 1000)
	c.Flag(Key{}, "The service ignores the label.")
	c.Flag(Key{}, "The service ignores the label.")
	require.Contains(t, shown(c), "! The service ignores the label. ")
	c.Flag(Key{Status: 4, Sub: 406}, "406 counts what 405 counts.")
	require.Contains(t, shown(c), "! The service ignores the label.; 1 more")
	require.Contains(t, shown(c), "60,012!")
	c.Move(6)
	require.Contains(t, shown(c), "! 406 counts what 405 counts.; 1 more", "the sentence about the number under the cursor comes first")
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

func TestTheCursorStaysOnItsRowWhereDaysAreAdded(t *testing.T) {
	c := view(words.English, full)
	for _, to := range []func(){c.First, c.Last, func() { c.First(); c.Move(3) }} {
		to()
		was := c.rows[c.cursor]
		p := full
		p.Days = lastDays(7)
		c.Propose(p)
		require.Equal(t, was, c.rows[c.cursor])
		c.Propose(full)
		require.Equal(t, was, c.rows[c.cursor])
	}
}

// Where the dates are ignored, each day counts the same mail: the span is no
// more than one of them.
func TestDaysThatCountTheSameMailAreNoSum(t *testing.T) {
	days := []sendcloud.Date{sendcloud.DateOf(noon).AddDays(-1), sendcloud.DateOf(noon)}
	c := view(words.English, Plan{Days: days})
	c.Start()
	for i, day := range days {
		for _, s := range sendcloud.Statuses() {
			c.Put(Key{Status: s, Day: day}, Number{Count: 400 + i, AtMost: true, Span: true, At: noon})
		}
	}
	require.Equal(t, 401, count(c, row{kind: total, status: sendcloud.Invalid}).count)
	require.Equal(t, 4*401, count(c, row{kind: all}).count)
	require.True(t, count(c, row{kind: all}).atMost)
}
