package sendcloud

import (
	"context"
	"net/http"
	"net/url"
	"time"
)

// Answers keeps what the service answered while every row was read, so that another process can go on where one ended.
// Its methods are called from several goroutines.
type Answers interface {
	// Take returns the next answer that was kept for these parameters and when it came; nil: there is none left.
	Take(params string) (body []byte, at time.Time)
	// Keep keeps an answer. The parameters hold no credential; body is only valid during the call.
	Keep(params string, body []byte, at time.Time)
}

// Keep has every walk made from now on take its answers from a before it asks, and keep there what it was answered.
// Pages and counts are not kept: they are about the present. It is called before the first question.
func (c *Client) Keep(a Answers) { c.answers = a }

// walked makes a call of a walk, unless its answer was kept.
func (c *Client) walked(ctx context.Context, params url.Values, odd bool, watch func(Event)) (answer, error) {
	if c.answers == nil {
		return c.try(ctx, params, odd, watch, nil)
	}
	key := params.Encode()
	if body, at := c.answers.Take(key); body != nil {
		a, err := c.judge(&http.Response{StatusCode: http.StatusOK}, body, params)
		if a.fetchedAt = at; err == nil || refusesSpan(err) {
			return a, err
		}
	}
	ctx, cancel := lingering(ctx)
	defer cancel()
	return c.try(ctx, params, odd, watch, func(body []byte) { c.answers.Keep(key, body, c.now()) })
}

// lingers is how long a call that is under way may take after an interrupt: its answer need not be asked for again.
const lingers = 350 * time.Millisecond

type lingerKey struct{}

// lingering returns a context that ends with ctx, and tells by linger how long a call that went out may go on.
func lingering(ctx context.Context) (context.Context, context.CancelFunc) {
	late, cancel := context.WithCancel(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() { time.AfterFunc(lingers, cancel) })
	return context.WithValue(ctx, lingerKey{}, late), func() { stop(); cancel() }
}

// linger returns the context for a call that goes out now.
func linger(ctx context.Context) context.Context {
	if late, ok := ctx.Value(lingerKey{}).(context.Context); ok {
		return late
	}
	return ctx
}
