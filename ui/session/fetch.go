package session

import (
	"context"
	"errors"
	"time"

	"bounceboard/sendcloud"
	"bounceboard/ui/screen"
)

const (
	tellEach = 500 * time.Millisecond // how often a fetch tells what came
	lookEach = 300 * time.Millisecond // how often somebody looks at what grows
)

// came is the news that rows were added to a set.
type came struct{}

// Cost is what fetching every row takes.
type Cost struct {
	Rows, Calls int
	Takes       time.Duration
	PerMinute   int  // calls
	Open        bool // nobody told how many rows there are
}

// FetchCost returns what fetching every row takes.
func (s *Session) FetchCost() Cost {
	c := Cost{Rows: s.pages.total, PerMinute: max(1, s.env.API.Budget().PerMinute), Open: s.pages.open}
	c.Calls = (c.Rows+PageSize-1)/PageSize + s.plan.Calls() - 1
	c.Takes = time.Duration(c.Calls) * time.Minute / time.Duration(c.PerMinute)
	return c
}

// Fetchable reports whether some rows of the query are here, and no fetch of
// the rest was begun.
func (s *Session) Fetchable() bool {
	return s.whole == nil && s.pages.answered && s.Asking.Err == nil && !s.Asking.Stopped && s.Asking.due < 0 && s.Coverage().Partial()
}

// Fetching reports whether every row is on its way, or a file is being read.
func (s *Session) Fetching() bool { return s.env.Running(Fetch) || s.env.Running(Read) }

// Paused reports whether a fetch that was begun does not go on.
func (s *Session) Paused() bool {
	return s.whole != nil && s.whole.walk != nil && !s.whole.whole && !s.env.Running(Fetch)
}

// Fetched reports whether a fetch was begun that has nothing left to ask for.
func (s *Session) Fetched() bool { return s.whole != nil && s.whole.walk != nil && s.whole.whole }

// Fetch begins to fetch every row, or goes on with what is missing. The rows
// that are here stay until the first of these come.
func (s *Session) Fetch() screen.Effect {
	if s.whole == nil {
		s.whole = newRows(s.env, FromFetch)
		s.whole.asOf = s.env.Now()
	}
	r := s.whole
	r.err, r.whole, r.since, r.before = nil, false, s.env.Now(), r.snap.Len()
	e := screen.Run(s.fetch(r), s.growOld(r.asOf))
	e.Stop = []screen.Kind{Page}
	return e
}

func (s *Session) fetch(r *Rows) screen.Job {
	if r.walk == nil {
		r.walk = s.env.API.All(s.plan, func(e sendcloud.Event) { (*r.tell.Load())(e) })
	}
	walk, set, spool := r.walk, r.set, s.env.Spool
	return screen.Job{Kind: Fetch,
		Run: func(ctx context.Context, tell func(any)) (any, error) {
			r.busy.Lock()
			defer r.busy.Unlock()
			r.tell.Store(&tell)
			told := time.Now()
			for rec, err := range walk.Records(ctx) {
				if err != nil {
					return nil, err
				}
				set.Append(rec)
				if spool != nil {
					if err := spool.Write(rec); err != nil {
						return nil, err
					}
				}
				if time.Since(told) >= tellEach {
					tell(came{})
					told = time.Now()
				}
			}
			return nil, nil
		},
		Told: func(news any) screen.Effect {
			if _, ok := news.(came); ok {
				return s.fetched(r)
			}
			return s.told(news)
		},
		Done: func(_ any, err error) screen.Effect {
			if errors.Is(err, context.Canceled) {
				return screen.Effect{} // the whole program is ending
			}
			r.whole, r.err = err == nil, err
			e := s.fetched(r)
			if err == nil {
				e = s.complete(r)
			}
			return e
		}}
}

// fetched takes in what a fetch brought.
func (s *Session) fetched(r *Rows) screen.Effect {
	if r != s.whole {
		return screen.Effect{}
	}
	r.took = s.env.Now().Sub(r.since)
	if r.snap = r.set.Snapshot(); r.snap.Len() > 0 && s.rows != r {
		s.show(r) // these rows take the place of the pages
	}
	return s.grown()
}

// Pause ends the calls of a fetch; what came stays.
func (s *Session) Pause() screen.Effect {
	e := s.fetched(s.whole)
	e.Stop = []screen.Kind{Fetch, Page}
	return e
}
