package sendcloud

import (
	"context"
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Budget is the state of the call budget.
type Budget struct {
	PerMinute   int       // allowed now; lowered for a while after a 50000
	Left        int       // calls that may still go out in this minute
	PausedUntil time.Time // zero when not paused
}

const (
	minute         = time.Minute
	pauseStep      = 5 * time.Second // the first pause when the service does not say how long
	longestPause   = time.Minute     // the account's limit is one of calls a minute
	recoverAfter   = 30 * time.Second
	worstStrikes   = 4 // 5+10+15+20 s of pauses, jitter included, fit into a minute
	worstSlowdowns = 2 // never below a quarter of the allowed rate
)

// budget keeps this process's calls within n in any 60 seconds, where they arrive: calls leave a bucket of burst tokens
// that refills at 98 % of n a minute. One caller waits for the bucket, the others for their turn. If each reserved a
// token ahead, all who waited through a pause would go out together.
type budget struct {
	turn chan struct{} // held by the one who waits for a token

	mu       sync.Mutex
	n        int // allowed a minute
	bucket   *rate.Limiter
	sent     []time.Time // when the calls of the last minute were sent, oldest first
	strikes  int         // limits met lately; 0 is full speed
	calmFrom time.Time   // when the last strike was met or forgiven
	pausedAt time.Time
	paused   time.Time // until when
}

func newBudget(perMinute int) *budget {
	return &budget{turn: make(chan struct{}, 1), n: perMinute, bucket: rate.NewLimiter(refill(perMinute), burst(perMinute))}
}

func burst(n int) int         { return 1 + n/100 }
func refill(n int) rate.Limit { return rate.Limit(float64(n) * 0.98 / minute.Seconds()) }

// allowed returns the rate at the present number of strikes.
func (b *budget) allowed() int { return max(1, b.n>>min(b.strikes, worstSlowdowns)) }

// wait returns when one call may go out, and has counted it. It waits through pauses for patience at most, else it
// returns a *RateLimitError; it returns the part of patience that is left. told is told of each waiting.
func (b *budget) wait(ctx context.Context, patience time.Duration, told func(EventKind, time.Duration)) (time.Duration, error) {
	if now := time.Now(); len(b.turn) > 0 && !b.state(now).PausedUntil.IsZero() { // the others are told as well
		told(Paused, b.state(now).PausedUntil.Sub(now))
	}
	select {
	case b.turn <- struct{}{}:
		defer func() { <-b.turn }()
	case <-ctx.Done():
		return patience, ctx.Err()
	}
	for {
		if err := ctx.Err(); err != nil {
			return patience, err
		}
		kind, d := b.take()
		switch {
		case kind == Calling:
			return patience, nil
		case kind == Paused && d > patience:
			return patience, &RateLimitError{RetryAfter: d}
		case kind == Paused:
			patience -= d
		}
		told(kind, d)
		if err := sleep(ctx, d); err != nil {
			return patience, err
		}
	}
}

// take sends a call, or says why and how long it has to wait.
func (b *budget) take() (EventKind, time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	now := time.Now()
	if d := b.paused.Sub(now); d > 0 {
		return Paused, d
	}
	b.forgive(now)
	token := b.bucket.ReserveN(now, 1)
	if d := token.DelayFrom(now); d > 0 {
		token.CancelAt(now)
		return WaitingForBudget, d
	}
	b.forget(now)
	b.sent = append(b.sent, now)
	return Calling, 0
}

func (b *budget) forget(now time.Time) {
	b.sent = slices.DeleteFunc(b.sent, func(at time.Time) bool { return now.Sub(at) >= minute })
}

// forgive takes back one strike for each calm half minute.
func (b *budget) forgive(now time.Time) {
	for b.strikes > 0 && now.Sub(b.calmFrom) >= recoverAfter {
		b.strikes--
		b.calmFrom = b.calmFrom.Add(recoverAfter)
		b.setRate(now)
	}
}

func (b *budget) setRate(now time.Time) {
	b.bucket.SetLimitAt(now, refill(b.allowed()))
	b.bucket.SetBurstAt(now, burst(b.allowed()))
}

// limited pauses all calls and lowers the rate after the service refused a call that went out at sent. stated is how
// long it said to wait, 0 if it did not. Of the calls in flight together only the first one counts as a strike.
func (b *budget) limited(sent time.Time, stated time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	now := time.Now()
	b.forgive(now)
	if !sent.Before(b.pausedAt) {
		b.strikes = min(b.strikes+1, worstStrikes)
		b.pausedAt, b.calmFrom = now, now
		b.setRate(now)
		if stated <= 0 {
			// Several processes share the account: jitter keeps them apart.
			stated = time.Duration(float64(b.strikes) * float64(pauseStep) * (1 + 0.2*rand.Float64()))
		}
	}
	until := now.Add(min(stated, longestPause))
	if until.After(b.paused) {
		b.paused = until
		b.calmFrom = until
	}
}

// state returns the budget as people read it; clock is their clock's time now.
func (b *budget) state(clock time.Time) Budget {
	b.mu.Lock()
	defer b.mu.Unlock()
	now := time.Now()
	b.forgive(now)
	b.forget(now)
	s := Budget{PerMinute: b.allowed(), Left: max(0, b.allowed()-len(b.sent))}
	if now.Before(b.paused) {
		s.PausedUntil = clock.Add(b.paused.Sub(now))
		s.Left = 0
	}
	return s
}

// sleep waits for d, or until ctx ends it with its error.
func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
