package ui

import (
	"context"
	"time"

	"bounceboard/sendcloud"
)

// request is the identity of what is being asked. A new one ends the calls of
// the one before it; an answer with another id is late and dropped.
type request struct {
	id      int
	ctx     context.Context
	cancel  context.CancelFunc
	flights map[int]context.CancelFunc // pages being fetched, by their start
	fresh   bool                       // past our own cache
}

// begin ends the request before and starts a new one.
func (r *request) begin(parent context.Context, fresh bool) {
	r.stop()
	r.id++
	r.ctx, r.cancel = context.WithCancel(parent)
	r.flights = map[int]context.CancelFunc{}
	r.fresh = fresh
}

// stop ends all calls; what comes in late has no request any more.
func (r *request) stop() {
	if r.cancel != nil {
		r.cancel()
	}
	r.id++
	r.cancel, r.flights = nil, nil
}

func (r *request) running() bool { return r.cancel != nil }
func (r *request) loading() bool { return len(r.flights) > 0 }

// fly starts the page at start, unless it is on its way.
func (r *request) fly(start int) (context.Context, bool) {
	if _, ok := r.flights[start]; ok || !r.running() {
		return nil, false
	}
	ctx, cancel := context.WithCancel(r.ctx)
	r.flights[start] = cancel
	return ctx, true
}

// land takes the page at start off the list and frees its context.
func (r *request) land(start int) {
	if cancel, ok := r.flights[start]; ok {
		cancel()
		delete(r.flights, start)
	}
}

// only ends the pages on their way other than the one at start.
func (r *request) only(start int) {
	for at := range r.flights {
		if at != start {
			r.land(at)
		}
	}
}

// phase says where the answer to the current question stands.
type phase int

const (
	loading phase = iota
	ready
	empty
	failed
	stopped
)

// progress is what a running request last said.
type progress struct {
	event  sendcloud.Event
	budget sendcloud.Budget
}

// after is the progress after an event. Calls go out side by side: what is told
// of them does not go back, nor from a wait for one to another that is over
// before.
func (p progress) after(e sendcloud.Event, budget sendcloud.Budget, now time.Time) progress {
	last := p.event
	e.Call, e.Calls = max(e.Call, last.Call), max(e.Calls, last.Calls)
	waits := last.Kind == sendcloud.Retrying && last.Until.After(now)
	if waits && (e.Kind == sendcloud.Calling || e.Kind == sendcloud.Retrying && e.Try <= last.Try) {
		last.Call, last.Calls = e.Call, e.Calls
		e = last
	}
	return progress{event: e, budget: budget}
}
