package counts

import (
	"context"
	"errors"
	"iter"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/stretchr/testify/require"

	"bounceboard/keymap"
	"bounceboard/sendcloud"
	"bounceboard/theme"
	"bounceboard/ui/screen"
	"bounceboard/ui/words"
)

var (
	noon = time.Date(2026, 11, 23, 12, 0, 0, 0, sendcloud.Zone)
	day  = sendcloud.DateOf(noon)

	failures = sendcloud.Query{Statuses: []sendcloud.Status{sendcloud.Invalid, sendcloud.SoftBounce}}
	codes    = sendcloud.Query{SubStatuses: []sendcloud.SubStatus{405, 505}}
)

// fake counts what the test says. It adds up as the client does where nothing
// contradicts.
type fake struct {
	cells []Cell
	told  map[Cell]Number
	err   error // of Run
	found []sendcloud.Conflict
}

func (f *fake) Count(_ sendcloud.Plan, cells []Cell, _ bool) Count {
	return &fake{cells: cells, told: map[Cell]Number{}}
}

func (f *fake) Budget() sendcloud.Budget { return sendcloud.Budget{PerMinute: 600, Left: 600} }

func (f *fake) Calls() (n int) {
	for _, c := range f.cells {
		if t := f.told[c]; t.Bound == Unknown || t.Old {
			n++
		}
	}
	return n
}

func (f *fake) Run(context.Context, func(sendcloud.Event)) iter.Seq2[Numbers, error] {
	return func(yield func(Numbers, error) bool) {
		if yield(f, nil) && f.err != nil {
			yield(f, f.err)
		}
	}
}

func (f *fake) Numbers() Numbers { return f }

func (f *fake) Again() Count {
	again := &fake{cells: f.cells, told: map[Cell]Number{}}
	for c, n := range f.told {
		n.Old = true
		again.told[c] = n
	}
	return again
}

func (f *fake) More(cells []Cell) Count {
	return &fake{cells: append(slices.Clone(f.cells), cells...), told: f.told}
}

func (f *fake) of(c Cell) Number {
	if n, ok := f.told[c]; ok {
		return n
	}
	if !slices.Contains(f.cells, c) && c.Day.IsZero() {
		var days []Cell
		for _, d := range f.cells {
			if d.On(sendcloud.Date{}) == c {
				days = append(days, d)
			}
		}
		if len(days) > 0 {
			return f.Of(days...)
		}
	}
	return Number{Pending: true}
}

func (f *fake) Of(cells ...Cell) Number {
	sum := Number{Bound: Exact}
	for _, c := range cells {
		n := f.of(c)
		if n.Bound == Unknown {
			return n
		}
		sum.N, sum.Bound, sum.Old, sum.Err = sum.N+n.N, max(sum.Bound, n.Bound), sum.Old || n.Old, n.Err
		if sum.At.IsZero() || n.At.Before(sum.At) {
			sum.At = n.At
		}
	}
	return sum
}

func (f *fake) Uncoded(s sendcloud.Status, day sendcloud.Date) Number {
	var cells []Cell
	for _, sub := range sendcloud.SubStatuses() {
		if sub.Status() == s {
			cells = append(cells, Cell{Status: s, SubStatus: sub, Day: day})
		}
	}
	whole, subs := f.Of(Cell{Status: s, Day: day}), f.Of(cells...)
	switch {
	case whole.Bound != Exact || subs.Bound != Exact || whole.Old != subs.Old:
		return Number{Pending: whole.Pending || subs.Pending}
	case subs.N > whole.N:
		return Number{Excess: subs.N - whole.N}
	}
	whole.N -= subs.N
	return whole
}

func (f *fake) Progress() (answered, failed, all int) {
	for _, c := range f.cells {
		switch t := f.told[c]; {
		case t.Bound != Unknown && !t.Old:
			answered++
		case t.Err != nil:
			failed++
		}
	}
	return answered, failed, len(f.cells)
}

func (f *fake) Oldest() (at time.Time) {
	for _, n := range f.told {
		if at.IsZero() || !n.At.IsZero() && n.At.Before(at) {
			at = n.At
		}
	}
	return at
}

func (f *fake) Conflicts() []sendcloud.Conflict { return f.found }

// view is a screen and the job that runs.
type view struct {
	*Counts
	job *screen.Job
}

func open(lang words.Lang, q sendcloud.Query, days int) *view {
	return openIn(theme.New(theme.Dark, false), lang, q, days)
}

func openIn(th theme.Theme, lang words.Lang, q sendcloud.Query, days int) *view {
	v := &view{}
	v.Counts = New(th, lang, keymap.Default(), &fake{}, sendcloud.Plan{Query: q, First: day.AddDays(1 - days), Last: day},
		func(screen.Kind) bool { return v.job != nil }, func() time.Time { return noon })
	v.Resize(80, 30)
	return v
}

// do does what an effect asks for with jobs.
func (v *view) do(e screen.Effect) screen.Effect {
	if len(e.Stop) > 0 {
		v.job = nil
	}
	if len(e.Run) > 0 {
		v.job = &e.Run[0]
	}
	return e
}

func (v *view) press(actions ...keymap.Action) (e screen.Effect) {
	for _, a := range actions {
		e = v.do(v.Press(a, ""))
	}
	return e
}

// end lets the job end with the numbers as they are.
func (v *view) end() screen.Effect {
	job := v.job
	_, err := job.Run(context.Background(), func(news any) { job.Told(news) })
	v.job = nil
	return v.do(job.Done(nil, err))
}

func (v *view) put(c Cell, n Number) {
	v.counting.count.(*fake).told[c] = n
	v.arrange()
}

// world puts what the simulated service would count, times f in a thousand.
func (v *view) world(d sendcloud.Date, f int) {
	v.tell(d, f)
	v.arrange()
}

func (v *view) tell(d sendcloud.Date, f int) {
	statuses := map[sendcloud.Status]int{1: 916003, 4: 80114, 5: 3201, 18: 12}
	codes := map[sendcloud.SubStatus]int{401: 12000, 402: 301, 403: 2, 405: 5021, 406: 60012, 407: 1203, 408: 900, 409: 400, 503: 30, 505: 2801, 507: 300, 508: 40, 509: 20}
	for i, c := range AllCells() {
		n := statuses[c.Status]
		if c.SubStatus != 0 {
			n = codes[c.SubStatus]
		}
		v.counting.count.(*fake).told[c.On(d)] = Number{N: n * f / 1000, Bound: Exact, At: noon.Add(time.Duration(i) * time.Second)}
	}
}

// days shows days, the last of them still to come.
func (v *view) days(n int) {
	v.world(sendcloud.Date{}, 1000)
	v.counting.proposed = false
	v.press(keymap.ByDay, keymap.ShowMails)
	for i, d := range v.counting.days[:n-1] {
		v.tell(d, 20+(i*37)%230)
	}
	v.arrange()
}

func (v *view) to(k kind, s sendcloud.Status, sub sendcloud.SubStatus) {
	v.cursor.At = place(v.rows, k, s, sub)
	v.reveal()
}

func text(v *view) string { return strings.Join(v.Draw(true), "\n") }

func shown(v *view) string { return ansi.Strip(text(v)) }

func flat(v *view) string { return strings.Join(strings.Fields(shown(v)), " ") }

// Rates are parts of all that was sent, whatever the query leaves out.
func TestTheQueryIsAPartOfAllMail(t *testing.T) {
	for name, tt := range map[string]struct {
		query  sendcloud.Query
		cursor string // what the cursor stands on at first
		asked  string
	}{
		"failures": {failures, "invalid", "asked for 83,315 8.3%"},
		"invalid":  {sendcloud.Query{Statuses: []sendcloud.Status{4}}, "invalid", "asked for 80,114 8.0%"},
		"codes":    {codes, "asked for", "asked for 7,822 0.8%"},
	} {
		t.Run(name, func(t *testing.T) {
			v := open(words.English, tt.query, 7)
			v.world(sendcloud.Date{}, 1000)
			v.counting.proposed = false
			require.Equal(t, tt.cursor, v.rows[v.cursor.At].name)
			require.Contains(t, flat(v), tt.asked)
			require.Contains(t, flat(v), "all mail 999,330")
			for l := range strings.Lines(shown(v)) {
				if strings.Contains(l, "✓ delivered ") || strings.Contains(l, "all mail ") {
					require.True(t, strings.HasPrefix(l, " "), "%q looks asked for", l)
				}
				if strings.Contains(l, " 405 IP") || strings.Contains(l, " asked for ") {
					require.True(t, strings.HasPrefix(l, "│"), "%q is marked by colour alone", l)
				}
			}
			v.to(total, sendcloud.Delivered, 0)
			require.Contains(t, shown(v), "delivered: 916,003 mails · as of 12:00:00 · 91.7% of all")
		})
	}
	v := open(words.English, sendcloud.Query{}, 7)
	require.NotContains(t, shown(v), "asked for", "everything is asked for")
}

// Enter asks for the rows behind a number.
func TestTheRowsBehindANumber(t *testing.T) {
	v := open(words.English, failures, 7)
	v.world(sendcloud.Date{}, 1000)
	v.counting.proposed = false
	ask := func(k kind, s sendcloud.Status, sub sendcloud.SubStatus) screen.Effect {
		v.to(k, s, sub)
		return v.press(keymap.ShowMails)
	}
	require.Equal(t, &screen.Question{Query: sendcloud.Query{}}, ask(all, 0, 0).Ask)
	require.True(t, ask(asked, 0, 0).Pop, "the table shows it")
	require.Equal(t, []sendcloud.Status{5}, ask(total, 5, 0).Ask.Query.Statuses)
	require.Equal(t, []sendcloud.SubStatus{406}, ask(code, 4, 406).Ask.Query.SubStatuses)
	require.Contains(t, ask(code, 4, 404).Say.Text, "0 mails")
	require.Contains(t, ask(uncoded, 4, 0).Say.Text, "cannot search")

	require.Contains(t, v.press(keymap.Later).Say.Text, "d counts the days too; then ← → go", "there are no days yet")
	v.days(7)
	v.press(keymap.Earlier)
	require.Equal(t, day, v.counting.date(v.day), "today is a key away")
	v.press(keymap.Later, keymap.Earlier, keymap.Earlier)
	e := ask(asked, 0, 0)
	require.Equal(t, failures.Statuses, e.Ask.Query.Statuses)
	require.Equal(t, day.AddDays(-2), e.Ask.Query.StartDate)
	require.Equal(t, day.AddDays(-2), e.Ask.Query.EndDate)
	require.False(t, e.Pop, "esc comes back to the numbers")
}

func TestTheRateOfEachDay(t *testing.T) {
	v := open(words.English, sendcloud.Query{Statuses: []sendcloud.Status{4}}, 3)
	v.press(keymap.ByDay, keymap.ShowMails)
	v.world(v.counting.days[0], 1000)
	v.world(v.counting.days[1], 1000)
	v.put(Cell{Status: 4, Day: v.counting.days[1]}, Number{N: 400_570, Bound: Exact, At: noon})
	line := func() string {
		for l := range strings.Lines(shown(v)) {
			if strings.Contains(l, " of all mail ") {
				return strings.Join(strings.Fields(strings.TrimLeft(l, "│")), " ")
			}
		}
		return ""
	}
	require.Equal(t, "of all mail … 8.0% 30.4% …", line(), "the last day has not come")
	v.world(v.counting.days[2], 1000)
	v.world(sendcloud.Date{}, 3000)
	require.Equal(t, "of all mail 8.0% 8.0% 30.4% 8.0%", line())
	require.Contains(t, shown(open(words.English, sendcloud.Query{}, 1)), "all mail")
}

// Counting begins by itself where it costs little; else it says what it costs.
func TestHowFarCountingIs(t *testing.T) {
	v := open(words.English, failures, 7)
	v.do(v.Open())
	require.NotNil(t, v.job, "19 calls need no question")
	require.Equal(t, Kind, v.job.Kind)
	require.Contains(t, shown(v), "loading: 0 of 19 numbers")
	require.Equal(t, words.StopHint, v.Hint(keymap.Back))
	v.put(Cell{Status: 4}, Number{N: 1, Bound: Exact, At: noon})
	require.Contains(t, shown(v), "loading: 1 of 19 numbers")
	require.False(t, v.press(keymap.Back).Pop, "the first esc stops")
	require.Nil(t, v.job)
	require.Contains(t, shown(v), "stopped: 1 of 19 numbers; c goes on")
	require.True(t, v.Can(keymap.GoOn))
	v.do(v.Open())
	require.Nil(t, v.job, "coming back does not start it again")
	v.press(keymap.GoOn)
	v.world(sendcloud.Date{}, 1000)
	v.end()
	require.Contains(t, shown(v), "19 numbers, the oldest as of 12:00:00")
	require.Contains(t, v.press(keymap.GoOn).Say.Text, "Every number is here; r counts again.")
	v.put(Cell{Status: 1}, Number{Err: errors.New("cut off")})
	require.Contains(t, shown(v), "1 of 19 numbers failed; c asks for them again")
	require.True(t, v.press(keymap.Back).Pop)
}

func TestEscTakesBackTheQuestionWhetherToCount(t *testing.T) {
	v := open(words.English, failures, 7)
	v.do(v.Open())
	v.world(sendcloud.Date{}, 1000)
	v.end()
	whole := shown(v)
	v.press(keymap.ByDay)
	require.Contains(t, shown(v), "Counting costs 133 calls, about 13 s; enter starts.")
	require.Equal(t, words.StartHint, v.Hint(keymap.ShowMails))
	v.press(keymap.Back)
	require.Equal(t, whole, shown(v))
	v.press(keymap.ByDay, keymap.ByDay)
	require.Equal(t, whole, shown(v), "d takes it back, too")
	v.press(keymap.ByDay, keymap.ShowMails)
	for _, d := range v.counting.days {
		v.world(d, 100)
	}
	v.end()
	days := shown(v)
	v.press(keymap.Again)
	require.Contains(t, shown(v), "Counting costs 152 calls")
	v.press(keymap.Back)
	require.Equal(t, days, shown(v))
	v.press(keymap.ByDay)
	require.Nil(t, v.counting.days)
	require.Contains(t, flat(v), "all mail 999,330")
	require.Equal(t, words.Sentence{}, v.Hint(keymap.ByDay))
	v.press(keymap.ByDay)
	require.Equal(t, days, shown(v), "the days are there")
}

// What was never started can be asked by day, and taken back.
func TestDaysOfWhatWasNotCounted(t *testing.T) {
	for _, back := range []keymap.Action{keymap.ByDay, keymap.Back} {
		v := open(words.English, failures, 7)
		before := shown(v)
		v.press(keymap.ByDay)
		require.Contains(t, shown(v), "Counting costs 152 calls")
		require.False(t, v.press(back).Pop)
		require.Equal(t, before, shown(v))
		require.True(t, v.press(keymap.Back).Pop)
	}
}

func TestCountingAgainKeepsTheNumbers(t *testing.T) {
	v := open(words.English, failures, 7)
	v.do(v.Open())
	v.world(sendcloud.Date{}, 1000)
	v.end()
	v.press(keymap.Again) // 19 calls need no question
	require.NotNil(t, v.job)
	v.to(total, 4, 0)
	require.Contains(t, shown(v), "80,114 mails · as of 12:00:01", "with its time")
	require.Equal(t, v.ink.Muted, v.figures[0][v.cursor.At].tone(&v.ink))
	v.put(Cell{Status: 4}, Number{N: 90_000, Bound: Exact, At: noon.Add(time.Hour)})
	require.Equal(t, v.ink.Text, v.figures[0][v.cursor.At].tone(&v.ink))
	require.NotContains(t, shown(v), "13:00:00 · 9", "a new number is no part of an old sum")
	require.Contains(t, v.press(keymap.ByDay).Stop, Kind, "what is counted ends")
}

func TestAFailedNumberSaysWhy(t *testing.T) {
	v := open(words.English, sendcloud.Query{}, 7)
	v.do(v.Open())
	err := &sendcloud.NetworkError{Host: "api.sendcloud.net", Err: context.DeadlineExceeded}
	v.put(Cell{Status: 1}, Number{Err: err})
	require.Greater(t, len(words.Error(words.English, err)), 80)
	v.to(total, 1, 0)
	require.Contains(t, flat(v), "delivered: "+words.Error(words.English, err))

	v.counting.count.(*fake).err = &sendcloud.CredentialsError{}
	e := v.end()
	require.Equal(t, screen.Bad, e.Say.Tone)
	require.Contains(t, e.Say.Text, "check the API user and key")
}

func TestBoundsAndDifferencesThatCannotBe(t *testing.T) {
	v := open(words.English, sendcloud.Query{}, 7)
	v.world(sendcloud.Date{}, 1000)
	v.counting.proposed = false
	v.put(Cell{Status: 4, SubStatus: 406}, Number{N: 80_114, Bound: Exact, At: noon})
	v.to(uncoded, 4, 0)
	require.Contains(t, shown(v), "invalid without a code: cannot be told from these numbers")
	v.put(Cell{Status: 18}, Number{N: 100, Bound: AtMost, At: noon})
	v.to(all, 0, 0)
	require.Contains(t, shown(v), "≤999,418")
	require.Contains(t, shown(v), "all mail: at most 999,418 mails")
	v.put(Cell{Status: 18}, Number{N: 100, Bound: AtLeast, At: noon})
	require.Contains(t, shown(v), "all mail: at least 999,418 mails")
}

func TestContradictionsAreSaid(t *testing.T) {
	v := open(words.English, failures, 7)
	v.world(sendcloud.Date{}, 1000)
	v.counting.count.(*fake).found = []sendcloud.Conflict{{Kind: sendcloud.ParameterIgnored, Param: sendcloud.ParamStatus}, {Kind: sendcloud.ParameterIgnored, Param: sendcloud.ParamAPIUsers}}
	v.arrange()
	v.counting.proposed = false
	require.Contains(t, flat(v), "! the service ignores Status")
}

func TestTheCursorStaysOnItsRowWhereDaysAreAdded(t *testing.T) {
	v := open(words.English, failures, 7)
	v.world(sendcloud.Date{}, 1000)
	v.counting.proposed = false
	for _, r := range []row{{kind: all}, {kind: code, status: 4, sub: 405}, {kind: uncoded, status: 5}} {
		v.to(r.kind, r.status, r.sub)
		for range 2 {
			v.press(keymap.ByDay)
			require.Equal(t, v.cursor.At, place(v.rows, r.kind, r.status, r.sub))
		}
	}
}
