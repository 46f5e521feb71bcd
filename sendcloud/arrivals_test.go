package sendcloud_test

import (
	"fmt"
	"math/rand/v2"
	"net/url"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"bounceboard/sendcloud"
)

// steady is a list to which mail comes with every call, while calls in flight
// are served in any order.
type steady struct {
	perCall int
	oldest  bool          // oldest first: mail comes at the end
	slowest time.Duration // calls take up to so long
}

// TestSteadyArrivalsEndComplete proves that a list is read to its end, without
// many calls more than it has pages, while it grows by up to 40 rows a call.
func TestSteadyArrivalsEndComplete(t *testing.T) {
	const rows = 1500
	for _, perCall := range []int{2, 12, 30, 40} {
		for _, slowest := range []time.Duration{0, 400 * time.Millisecond} {
			for _, oldest := range []bool{false, true} {
				d := steady{perCall, oldest, slowest}
				t.Run(fmt.Sprintf("%+v", d), func(t *testing.T) {
					synctest.Test(t, func(t *testing.T) {
						calls := d.read(t, rows, 1)
						least := rows/(99-perCall) + 1
						require.LessOrEqual(t, calls, least+62, "%d calls read it when they are served in their order, and up to 31 may be in flight twice when it is seen to grow", least)
					})
				})
			}
		}
	}
}

// read reads d whole, and returns how many calls it took.
func (d steady) read(t *testing.T, rows int, seed uint64) int {
	original := mail(rows, 6, delivered)
	s := &shelf{rows: slices.Clone(original)}
	if d.oldest {
		slices.Reverse(s.rows)
	}
	rng := rand.New(rand.NewPCG(seed, 7))
	s.before = func(url.Values) {
		if d.slowest > 0 {
			s.mu.Lock()
			took := time.Duration(rng.Int64N(int64(d.slowest)))
			s.mu.Unlock()
			time.Sleep(took)
		}
	}
	s.called = func(n int, _ url.Values) error {
		if n == 1 {
			return nil // what is there now is what has to come
		}
		fresh := make([]row, d.perCall)
		for i := range fresh {
			fresh[i] = row{id: fmt.Sprintf("new%d-%d", n, i), status: 1, at: noon.Add(time.Duration(n) * time.Second)}
		}
		at := 0
		if d.oldest {
			at = len(s.rows)
		}
		s.rows = slices.Insert(s.rows, at, fresh...)
		return nil
	}
	client := s.ask(t)
	w := client.All(mustPlan(t, client, sendcloud.Query{}), nil)
	got, err := walk(t.Context(), w)
	require.NoError(t, err)
	require.Empty(t, w.Summary().Incomplete)
	came := map[string]bool{}
	for _, id := range got {
		require.False(t, came[id], "%s came twice", id)
		came[id] = true
	}
	for _, r := range original {
		require.True(t, came[r.id], "%s is missing", r.id)
	}
	return s.count()
}

// Rows get a status in every second, and the service tells whole seconds of a
// clock that is not ours: those of the second of the first answer may have been
// there or not.
func TestRowsThatGetTheirStatusMeanwhileMakeNoHole(t *testing.T) {
	for ahead := range 5 {
		t.Run(fmt.Sprintf("clock %d s ahead", ahead), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				asked := []int{18, 4}
				rng := rand.New(rand.NewPCG(uint64(ahead), 3))
				s := &shelf{rows: mail(2000, 6, func(i int) (int, int) { return asked[i%7&1], 0 })}
				clock := noon.Add(300 * time.Millisecond)
				now := func() time.Time {
					s.mu.Lock()
					defer s.mu.Unlock()
					return clock
				}
				settle := func() {
					for range 2 {
						r := &s.rows[rng.IntN(len(s.rows))]
						if r.status == 18 {
							r.status, r.changed = 4, clock.Add(time.Duration(ahead)*time.Second)
						}
					}
				}
				for range 20 { // in this second, but before
					settle()
				}
				var there []string
				s.called = func(n int, _ url.Values) error {
					if n == 1 {
						there = rowIDs(s.rows, func(r row) bool { return r.status == 4 })
						return nil
					}
					clock = clock.Add(150 * time.Millisecond)
					settle()
					return nil
				}
				client := s.ask(t, func(c *sendcloud.Config) { c.Now = now })
				w := client.All(mustPlan(t, client, sendcloud.Query{Statuses: []sendcloud.Status{4}}), nil)
				got, err := walk(t.Context(), w)
				require.NoError(t, err)
				require.Subset(t, got, there)
				require.Greater(t, len(got), len(there), "no row got the status meanwhile, nothing was tested")
				require.Empty(t, w.Summary().Incomplete)
			})
		})
	}
}

// Mail leaves "requested" for another status while both are asked for.
func TestMailThatChangesItsStatusMeanwhileComes(t *testing.T) {
	for _, c := range []struct {
		statuses  []sendcloud.Status
		requested int // of 600
	}{
		{[]sendcloud.Status{18, 1}, 400},
		{[]sendcloud.Status{4, 18, 1}, 400},
		{[]sendcloud.Status{1, 18}, 90},
	} {
		for seed := range uint64(8) {
			t.Run(fmt.Sprint(c.statuses, seed), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) { changing(t, c.statuses, c.requested, seed) })
			})
		}
	}
}

func changing(t *testing.T, statuses []sendcloud.Status, requested int, seed uint64) {
	rng := rand.New(rand.NewPCG(seed, 11))
	rows := mail(600, 60, func(i int) (int, int) {
		if i*7919%600 < requested {
			return 18, 0
		}
		return 1, 0
	})
	s := &shelf{rows: rows}
	s.before = func(url.Values) {
		s.mu.Lock()
		took := time.Duration(rng.IntN(100)) * time.Millisecond
		s.mu.Unlock()
		time.Sleep(took)
	}
	s.called = func(n int, _ url.Values) error {
		for range 4 {
			if r := &s.rows[rng.IntN(len(s.rows))]; r.status == 18 {
				r.status, r.changed = 1, noon.Add(time.Duration(n)*time.Second)
			}
		}
		return nil
	}
	client := s.ask(t)
	got, err := walk(t.Context(), client.All(mustPlan(t, client, sendcloud.Query{Days: 61, Statuses: statuses}), nil))
	require.NoError(t, err)
	require.ElementsMatch(t, rowIDs(rows, nil), got)
}

// A page that holds a row twice holds no row beyond the total.
func TestARowTwiceInAPageIsNoneBeyondTheTotal(t *testing.T) {
	rows := mail(30, 6, delivered)
	s := &shelf{rows: rows,
		shelve: func(_ int, matching []row) []row { return append(slices.Clone(matching), matching[0]) },
		total:  func(int, int) int { return len(rows) }}
	client := s.ask(t)
	w := client.All(mustPlan(t, client, sendcloud.Query{Days: 7}), nil)
	got, err := walk(t.Context(), w)
	require.NoError(t, err)
	require.ElementsMatch(t, rowIDs(rows, nil), got)
	require.Equal(t, len(rows), w.Summary().Announced)
	require.Empty(t, w.Summary().Incomplete)
	require.False(t, w.Summary().AtLeast)
}
