package sendcloud

import (
	"context"
	"errors"
	"net/url"
	"time"

	"github.com/cenkalti/backoff/v5"
)

const (
	callPatience  = 30 * time.Second // tries and the waits between them, together
	tryPatience   = 20 * time.Second // one try, so that a connection that hangs leaves time for another
	limitPatience = time.Minute      // waiting for the service's limit, beside callPatience
	leastTry      = time.Second      // a try that has less left is not worth a call
	maxTries      = 5
	maxLimited    = 10 // tries that met the limit, beside maxTries
	rarelyPasses  = 2  // tries at a host that is not found, refuses or is out of reach
)

// try makes one call until it is answered, for what can pass by itself, within
// the bounds above. Waiting for this process's own share of calls is not
// counted; ctx ends every wait at once.
func (c *Client) try(ctx context.Context, params url.Values, watch func(Event)) (answer, error) {
	waits := &backoff.ExponentialBackOff{
		InitialInterval: 400 * time.Millisecond, RandomizationFactor: 0.5, Multiplier: 2, MaxInterval: 5 * time.Second,
	}
	waits.Reset()
	left, limitLeft := callPatience, limitPatience
	tries, limited := 0, 0
	var last error
	for {
		n := tries + limited + 1
		var err error
		limitLeft, err = c.budget.wait(ctx, limitLeft, func(kind EventKind, d time.Duration) {
			c.log.Debug("waiting", "paused", kind == Paused, "how long", d, "try", n)
			watch(Event{Kind: kind, Try: n, Until: c.now().Add(d), Err: last})
		})
		if err != nil {
			return answer{}, worded(last, err)
		}
		watch(Event{Kind: Calling, Try: n})
		sent := time.Now()
		a, err := c.timedPost(ctx, params, min(left, tryPatience))
		left -= time.Since(sent)
		if err == nil {
			return a, nil
		}
		if ctx.Err() != nil {
			return answer{}, ctx.Err()
		}
		last = err
		if limit := (*RateLimitError)(nil); errors.As(err, &limit) {
			c.budget.limited(sent, limit.RetryAfter)
			if limited++; limited >= maxLimited || limit.RetryAfter > limitLeft {
				return answer{}, err
			}
			continue
		}
		tries++
		wait := waits.NextBackOff()
		if tries >= triesFor(err) || wait+leastTry > left {
			return answer{}, err
		}
		left -= wait
		c.log.Debug("retrying", "how long", wait, "try", n+1, "error", logged(err))
		watch(Event{Kind: Retrying, Try: n + 1, Until: c.now().Add(wait), Err: err})
		if err := sleep(ctx, wait); err != nil {
			return answer{}, err
		}
	}
}

// timedPost is post with an end.
func (c *Client) timedPost(ctx context.Context, params url.Values, patience time.Duration) (answer, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	return c.post(ctx, params)
}

// triesFor is how often a call that failed with err is tried at the most.
func triesFor(err error) int {
	if !Retryable(err) {
		return 1
	}
	if network := (*NetworkError)(nil); errors.As(err, &network) {
		switch network.Problem {
		case HostNotFound, Refused, Unreachable, ProxyDown:
			return rarelyPasses
		}
	}
	return maxTries
}

// worded is what a wait for the budget ended with: where patience with the
// service's limit ran out, its own refusal with the wait that is still needed.
func worded(last, err error) error {
	var refused, paused *RateLimitError
	if errors.As(err, &paused) && errors.As(last, &refused) {
		return &RateLimitError{Code: refused.Code, RetryAfter: paused.RetryAfter}
	}
	return err
}

// ended reports whether err is that of a context.
func ended(err error) bool {
	return errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}
