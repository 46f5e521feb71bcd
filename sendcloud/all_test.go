package sendcloud_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/url"
	"runtime"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/sendcloudtest"
)

// walk reads everything.
func walk(ctx context.Context, w *sendcloud.Walk) ([]string, error) {
	var got []string
	for r, err := range w.Records(ctx) {
		if err != nil {
			return got, err
		}
		got = append(got, r.EmailID)
	}
	return got, nil
}

func TestAllYieldsTheListInItsOrder(t *testing.T) {
	for _, n := range []int{0, 1, 2, 99, 100, 101, 198, 199, 200, 201, 298, 299, 1234} {
		for name, q := range map[string]sendcloud.Query{
			"one window":    {Days: 30},
			"three windows": {Days: 90},
			"two statuses":  {Days: 90, Statuses: []sendcloud.Status{5, 1}},
			"failures":      {Days: 90, Statuses: []sendcloud.Status{4, 5}},
		} {
			s := &shelf{rows: mail(n, 80, mixed)}
			client := s.ask(t)
			plan := mustPlan(t, client, q)
			w := client.All(plan, nil)
			got, err := walk(t.Context(), w)
			require.NoError(t, err)
			want, page, err := list(t.Context(), client, plan, 100)
			require.NoError(t, err)
			require.Equal(t, ids(want), ids2(got), "%s, %d rows", name, n)
			sum := w.Summary()
			require.Equal(t, sendcloud.Summary{Announced: page.Total, Came: page.Total, Calls: sum.Calls, Notes: []sendcloud.Note{sendcloud.ServiceMayRepeat}}, sum)
		}
	}
}

func ids2(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

func TestAllAsksNoMoreThanItNeeds(t *testing.T) {
	s := &shelf{rows: mail(1000, 6, delivered)}
	client := s.ask(t)
	w := client.All(mustPlan(t, client, sendcloud.Query{}), nil)
	_, err := walk(t.Context(), w)
	require.NoError(t, err)
	require.Equal(t, 11, s.count(), "1,000 rows by 99, and the first of each page is the last of the one before")
	require.Equal(t, 11, w.Summary().Calls)
}

// disorder is what can happen to a list while it is read.
type disorder struct {
	rows     int
	seed     uint64
	arrivals int  // a new row after every so many calls; 0: none
	atTail   bool // oldest first
	inside   bool // new rows come anywhere
	shuffle  int  // rows move by as many places, anew in each answer; 0: none
	repeats  int  // rows that the service lists twice
	short    int  // rows announced that do not exist
	cached   bool // the same parameters get the same answer
	stale    int  // rows that arrived since somebody else asked for the first page, which is cached
	late     bool // calls are served in another order than they went out
}

func drawDisorder(t *rapid.T) disorder {
	return disorder{
		rows:     rapid.IntRange(1, 900).Draw(t, "rows"),
		seed:     rapid.Uint64().Draw(t, "seed"),
		arrivals: rapid.SampledFrom([]int{0, 0, 1, 2, 5}).Draw(t, "arrivals"),
		atTail:   rapid.Bool().Draw(t, "at tail"),
		inside:   rapid.IntRange(0, 4).Draw(t, "inside") == 0,
		shuffle:  rapid.SampledFrom([]int{0, 0, 0, 3, 1000}).Draw(t, "shuffle"),
		repeats:  rapid.SampledFrom([]int{0, 0, 0, 1, 7}).Draw(t, "repeats"),
		short:    rapid.SampledFrom([]int{0, 0, 0, 1, 30}).Draw(t, "short"),
		cached:   rapid.Bool().Draw(t, "cached"),
		stale:    rapid.SampledFrom([]int{0, 0, 1, 98, 99, 100, 250}).Draw(t, "stale"),
		late:     rapid.Bool().Draw(t, "late"),
	}
}

// shelf plays d. Its rows are all of one window.
func (d disorder) shelf() (s *shelf, original []row) {
	rng := rand.New(rand.NewPCG(d.seed, 1))
	original = mail(d.rows, 5, delivered)
	s = &shelf{rows: slices.Clone(original)}
	if d.atTail {
		slices.Reverse(s.rows)
	}
	for range min(d.repeats, d.rows) {
		s.rows = slices.Insert(s.rows, rng.IntN(len(s.rows)+1), original[rng.IntN(d.rows)])
	}
	if d.late {
		s.before = func(url.Values) {
			for range rand.IntN(200) {
				runtime.Gosched()
			}
		}
	}
	if d.cached {
		s.repeat = map[string]string{}
	}
	calls := 0
	s.called = func(int, url.Values) error {
		if calls++; d.arrivals > 0 && calls%d.arrivals == 0 {
			arrived := row{id: fmt.Sprintf("new%d", calls), to: "new@example.com", status: 1, at: noon.Add(time.Duration(calls) * time.Second)}
			at := 0
			switch {
			case d.inside:
				at = rng.IntN(len(s.rows) + 1)
				arrived.at = noon.Add(-time.Hour)
			case d.atTail:
				at = len(s.rows)
			}
			s.rows = slices.Insert(s.rows, at, arrived)
		}
		return nil
	}
	if d.shuffle > 0 {
		s.shelve = func(_ int, rows []row) []row {
			rows = slices.Clone(rows)
			for i := range rows {
				j := min(i+rng.IntN(d.shuffle), len(rows)-1)
				rows[i], rows[j] = rows[j], rows[i]
			}
			return rows
		}
	}
	s.total = func(_, n int) int { return n + d.short }
	return s, original
}

func TestAllLosesNothingInSilenceAndYieldsNothingTwice(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		d := drawDisorder(rt)
		var c complaint
		synctest.Test(t, func(*testing.T) { // nobody waits for the budget
			defer func() {
				if r := recover(); r != nil && r != &c {
					panic(r)
				}
			}()
			losesNothing(&c, d)
		})
		require.Empty(rt, c.text)
	})
}

// complaint carries what require says out of a bubble to rapid, which shrinks.
type complaint struct{ text string }

func (c *complaint) Errorf(format string, args ...any) { c.text += fmt.Sprintf(format, args...) }
func (c *complaint) FailNow()                          { panic(c) }

func losesNothing(t require.TestingT, d disorder) {
	s, original := d.shelf()
	client := s.ask(t)
	plan := mustPlan(t, client, sendcloud.Query{})
	if d.cached && d.stale > 0 {
		_, err := client.Page(context.Background(), plan, 0, 100, false, nil)
		require.NoError(t, err)
		for i := range d.stale {
			s.rows = slices.Insert(s.rows, 0, row{id: fmt.Sprintf("since%d", i), status: 1, at: noon.Add(time.Minute)})
		}
		s.calls = nil
	}
	w := client.All(plan, nil)
	got, err := walk(context.Background(), w)
	require.NoError(t, err)
	sum := w.Summary()

	came := map[string]int{}
	for _, id := range got {
		came[id]++
		require.Equal(t, 1, came[id], "%s came twice", id)
	}
	require.Equal(t, len(got), sum.Came)
	missing := 0
	for _, r := range original {
		missing += 1 - came[r.id]
	}
	if missing > 0 && !d.inside { // a service that changes its past cannot be told from a growing one
		require.NotEmpty(t, sum.Incomplete, "%d rows are missing and nobody says so", missing)
	}
	if d.shuffle == 0 && d.short == 0 && !(d.repeats > 0 && d.arrivals > 0) {
		require.Zero(t, missing, "rows of a stable order are missing")
		require.Empty(t, sum.Incomplete, "all rows came, and it was called incomplete")
	}
	asked := map[string]bool{}
	for _, call := range s.calls {
		require.False(t, asked[call.Encode()], "the same question twice gets the cached answer: %v", call)
		asked[call.Encode()] = true
	}
}

func TestAllSaysThatRowsAreMissing(t *testing.T) {
	d := disorder{rows: 500, short: 3}
	s, _ := d.shelf()
	client := s.ask(t)
	w := client.All(mustPlan(t, client, sendcloud.Query{}), nil)
	got, err := walk(t.Context(), w)
	require.NoError(t, err)
	require.Len(t, got, 500)
	sum := w.Summary()
	require.Equal(t, []sendcloud.Incomplete{{First: day(-6), Last: day(0), Announced: 503, Came: 500}}, sum.Incomplete)
	require.Equal(t, 503, sum.Announced)
	limits := map[string]bool{}
	for _, call := range s.calls {
		limits[call.Get("limit")] = true
	}
	require.Subset(t, limits, map[string]bool{"100": true, "94": true, "88": true}, "three passes, each with its own parameters")
}

func TestAllCountsWhatTheServiceRepeats(t *testing.T) {
	d := disorder{rows: 500, repeats: 7, seed: 3}
	s, original := d.shelf()
	client := s.ask(t)
	w := client.All(mustPlan(t, client, sendcloud.Query{}), nil)
	got, err := walk(t.Context(), w)
	require.NoError(t, err)
	require.ElementsMatch(t, rowIDs(original, nil), got)
	sum := w.Summary()
	require.Equal(t, 7, sum.Repeated)
	require.Equal(t, 507, sum.Announced)
	require.Empty(t, sum.Incomplete)
}

// They are all alike, but they are not one row that came often.
func TestAllCountsRowsInWhichNothingStands(t *testing.T) {
	_, client := service(t, sendcloudtest.Options{Records: 5000, Seed: 3, Faults: sendcloudtest.Faults{sendcloudtest.FaultNulls: 0.4}})
	w := client.All(mustPlan(t, client, sendcloud.Query{Days: 7}), nil)
	got, err := walk(t.Context(), w)
	require.NoError(t, err)
	sum := w.Summary()
	require.Greater(t, sum.Empty, 10)
	require.Zero(t, sum.Repeated)
	require.Equal(t, sum.Announced, len(got)+sum.Empty)
	require.Equal(t, len(got), sum.Came)
	require.NotContains(t, got, "")
	require.Empty(t, sum.Incomplete)
}

func TestNewMailDoesNotCompleteAHole(t *testing.T) {
	s, _ := disorder{rows: 500, arrivals: 1}.shelf()
	lost := s.rows[250]
	s.shelve = func(_ int, rows []row) []row { // announced, never listed
		return slices.DeleteFunc(slices.Clone(rows), func(r row) bool { return r.id == lost.id })
	}
	s.total = func(_, n int) int { return n + 1 }
	client := s.ask(t)
	w := client.All(mustPlan(t, client, sendcloud.Query{}), nil)
	_, err := walk(t.Context(), w)
	require.NoError(t, err)
	require.Len(t, w.Summary().Incomplete, 1)
}

// A page is served after the one that follows it, and rows came in between; the count
// alone does not tell, as other rows came that do not look new.
func TestPagesMustShareARow(t *testing.T) {
	original := mail(300, 5, delivered)
	s := &shelf{rows: slices.Clone(original)}
	passed, inserted := make(chan struct{}), make(chan struct{})
	s.before = func(params url.Values) {
		switch params.Get("start") + "/" + params.Get("limit") {
		case "99/100":
			<-passed
		case "297/100":
			<-inserted
		}
	}
	s.called = func(_ int, params url.Values) error {
		if params.Get("limit") != "100" {
			return nil
		}
		old := row{status: 1, at: noon.Add(-time.Hour)}
		switch params.Get("start") {
		case "198":
			defer close(passed)
		case "99":
			defer close(inserted)
			for i := range 4 {
				old.id = fmt.Sprintf("late%d", i)
				s.rows = slices.Insert(s.rows, i%2*len(s.rows), old)
			}
			old.id = "late4"
			s.rows = slices.Insert(s.rows, 0, old)
		}
		return nil
	}
	client := s.ask(t)
	w := client.All(mustPlan(t, client, sendcloud.Query{}), nil)
	got, err := walk(t.Context(), w)
	require.NoError(t, err)
	for _, r := range original {
		require.True(t, slices.Contains(got, r.id), "%s is missing", r.id)
	}
	require.Empty(t, w.Summary().Incomplete)
}

func TestWithoutOrderTheCountAloneIsNotBelieved(t *testing.T) {
	synctest.Test(t, withoutOrder)
}

func withoutOrder(t *testing.T) {
	s, original := disorder{rows: 2500}.shelf()
	rng := rand.New(rand.NewPCG(5, 5))
	s.shelve = func(_ int, rows []row) []row {
		rows = slices.Clone(rows)
		rng.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
		return rows
	}
	s.called = func(n int, _ url.Values) error {
		for i := range 20 {
			s.rows = append(s.rows, row{id: fmt.Sprintf("late%d-%d", n, i), status: 1, at: noon.Add(-time.Hour)})
		}
		return nil
	}
	client := s.ask(t)
	w := client.All(mustPlan(t, client, sendcloud.Query{}), nil)
	got, err := walk(t.Context(), w)
	require.NoError(t, err)
	came := map[string]bool{}
	for _, id := range got {
		came[id] = true
	}
	missing := slices.DeleteFunc(rowIDs(original, nil), func(id string) bool { return came[id] })
	require.NotEmpty(t, missing, "the test means to lose rows")
	require.Greater(t, len(got), len(original), "and to make up for them with others")
	require.Len(t, w.Summary().Incomplete, 1)
}
