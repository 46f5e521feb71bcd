package sendcloud

import (
	"context"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
)

// spendFor takes calls with many callers at once for d and returns when they
// went out.
func spendFor(t *testing.T, b *budget, callers int, d time.Duration) []time.Time {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), d)
	defer cancel()
	var (
		mu   sync.Mutex
		out  []time.Time
		done sync.WaitGroup
	)
	for range callers {
		done.Go(func() {
			for {
				if _, err := b.wait(ctx, limitPatience, func(EventKind, time.Duration) {}); err != nil {
					return
				}
				mu.Lock()
				out = append(out, time.Now())
				mu.Unlock()
			}
		})
	}
	done.Wait()
	return out
}

// most is how many of at lie within some span of length d, both ends counted.
func most(at []time.Time, d time.Duration) int {
	worst, first := 0, 0
	for i := range at {
		for at[i].Sub(at[first]) > d {
			first++
		}
		worst = max(worst, i-first+1)
	}
	return worst
}

func TestBudgetWindow(t *testing.T) {
	for _, n := range []int{1, 2, 3, 10, 24, 25, 99, 100, 600, 3000} {
		synctest.Test(t, func(t *testing.T) {
			const minutes = 7
			b := newBudget(n)
			time.Sleep(5 * time.Minute) // a full bucket is the worst start
			start := time.Now()
			out := spendFor(t, b, 8, minutes*time.Minute)

			require.LessOrEqual(t, most(out, 60*time.Second), n, "calls within 60 s at %d a minute", n)
			require.LessOrEqual(t, most(out, 60*time.Second+500*time.Millisecond), n, "calls that the network moved by half a second, at %d a minute", n)
			require.GreaterOrEqual(t, len(out), n*minutes*9/10, "calls in %d minutes at %d a minute", minutes, n)
			// Evenly: a tenth of a minute never has more than a tenth of the
			// calls and the burst.
			require.LessOrEqual(t, most(out, 6*time.Second), n/10+burst(n)+1, "calls within 6 s at %d a minute", n)
			if n >= 10 {
				require.Greater(t, out[n-1].Sub(start), 45*time.Second, "the minute's calls at %d a minute went out at once", n)
			}
		})
	}
}

// Calls that began to wait before a pause do not go out together after it.
func TestBudgetPause(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const n = 60
		b := newBudget(n)
		refused := time.Now().Add(10 * time.Second)
		time.AfterFunc(10*time.Second, func() { b.limited(time.Now(), 20*time.Second) })
		out := spendFor(t, b, 32, 3*time.Minute)

		for _, at := range out {
			require.False(t, at.After(refused) && at.Before(refused.Add(20*time.Second)), "a call went out %s after the refusal", at.Sub(refused))
		}
		require.LessOrEqual(t, most(out, time.Minute), n)
		slow := 0
		for _, at := range out {
			if since := at.Sub(refused); since >= 20*time.Second && since < 50*time.Second {
				slow++
			}
		}
		require.InDelta(t, n/4, slow, 3, "half the rate for half a minute after the pause")
	})
}

func TestBudgetRecovers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBudget(600)
		require.Equal(t, Budget{PerMinute: 600, Left: 600}, b.state(time.Now()))

		sent := time.Now()
		b.limited(sent, 0)
		s := b.state(time.Now())
		require.Equal(t, 300, s.PerMinute)
		require.Zero(t, s.Left, "nothing may go out in a pause")
		require.WithinRange(t, s.PausedUntil, sent.Add(pauseStep), sent.Add(pauseStep*6/5))

		b.limited(sent.Add(-time.Second), 0)
		require.Equal(t, s, b.state(time.Now()), "a call sent before the pause is no second strike")

		time.Sleep(time.Until(s.PausedUntil))
		b.limited(time.Now(), 0)
		again := b.state(time.Now())
		require.Equal(t, 150, again.PerMinute)
		require.WithinRange(t, again.PausedUntil, time.Now().Add(2*pauseStep), time.Now().Add(2*pauseStep*6/5))
		for range 5 {
			time.Sleep(time.Until(b.state(time.Now()).PausedUntil))
			b.limited(time.Now(), 0)
		}
		require.Equal(t, 150, b.state(time.Now()).PerMinute, "never below a quarter")
		require.LessOrEqual(t, time.Until(b.state(time.Now()).PausedUntil), pauseStep*worstStrikes*6/5)

		time.Sleep(longestPause + recoverAfter*worstStrikes)
		require.Equal(t, Budget{PerMinute: 600, Left: 600}, b.state(time.Now()), "recovered")
	})
}

func TestBudgetStatedPause(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBudget(600)
		b.limited(time.Now(), 7*time.Second)
		require.Equal(t, 7*time.Second, time.Until(b.state(time.Now()).PausedUntil))
		b.limited(time.Now(), time.Hour)
		require.Equal(t, longestPause, time.Until(b.state(time.Now()).PausedUntil), "the account's limit is one a minute")
		clock := time.Date(2026, 11, 23, 9, 0, 0, 0, Zone)
		require.Equal(t, clock.Add(longestPause), b.state(clock).PausedUntil, "told in the clock of the one who asks")
	})
}

func TestBudgetLeft(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBudget(600)
		for range 3 {
			_, err := b.wait(t.Context(), 0, func(EventKind, time.Duration) {})
			require.NoError(t, err)
		}
		require.Equal(t, 597, b.state(time.Now()).Left)
		time.Sleep(time.Minute)
		require.Equal(t, 600, b.state(time.Now()).Left)
	})
}

func TestBudgetWaitEndsWithContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBudget(1)
		quiet := func(EventKind, time.Duration) {}
		_, err := b.wait(t.Context(), 0, quiet)
		require.NoError(t, err)

		began := time.Now()
		ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
		defer cancel()
		var told time.Duration
		_, err = b.wait(ctx, 0, func(kind EventKind, d time.Duration) {
			require.Equal(t, WaitingForBudget, kind)
			told = d
		})
		require.ErrorIs(t, err, context.DeadlineExceeded)
		require.Equal(t, 3*time.Second, time.Since(began))
		require.InDelta(t, 60/0.98, told.Seconds(), 0.01)

		// Who gave up has taken nothing from the next one.
		_, err = b.wait(t.Context(), 0, quiet)
		require.NoError(t, err)
		require.InDelta(t, 60/0.98, time.Since(began).Seconds(), 0.01)

		gone, cancel := context.WithCancel(t.Context())
		cancel()
		_, err = b.wait(gone, 0, quiet)
		require.ErrorIs(t, err, context.Canceled)
	})
}

func TestBudgetPauseLongerThanPatience(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBudget(600)
		b.limited(time.Now(), 40*time.Second)
		began := time.Now()
		_, err := b.wait(t.Context(), 39*time.Second, func(EventKind, time.Duration) {})
		require.Equal(t, &RateLimitError{RetryAfter: 40 * time.Second}, err)
		require.Zero(t, time.Since(began), "said at once")

		left, err := b.wait(t.Context(), time.Minute, func(EventKind, time.Duration) {})
		require.NoError(t, err)
		require.Equal(t, 20*time.Second, left)
		require.Equal(t, 40*time.Second, time.Since(began))
	})
}
