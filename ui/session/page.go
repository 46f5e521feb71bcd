package session

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"bounceboard/sendcloud"
	"bounceboard/ui/screen"
)

// OldAfter is the age at which rows are called old.
const OldAfter = 10 * time.Minute

// Asking is how the pages of the service are asked for.
type Asking struct {
	Err       error // why the last page did not come; nil: it did
	Stopped   bool  // somebody stopped the calls; moving goes on
	Widenings []Widening
	Notes     []sendcloud.Note // what the service and the client say about the rows

	due   int  // the page that is asked for before any other; -1: the one in view
	times int  // how often the question was asked
	fresh bool // past our own cache
	// The start of each page that failed. true: the user was looking at it; wait for Retry. false: it was a prefetch; ask again when
	// the user gets there.
	skip map[int]bool
}

// Again asks the same once more, about the days of now; what is here stays until the answer comes.
func (s *Session) Again(fresh bool) screen.Effect {
	if plan, err := s.env.API.Plan(s.plan.Query); err == nil {
		s.plan = plan
	}
	due := s.Cursor / PageSize * PageSize
	if s.rows.from == FromFetch || s.Narrowed() {
		due = 0 // that is a place among other rows
	}
	s.Asking = Asking{due: due, times: s.Asking.times, fresh: fresh, skip: map[int]bool{}}
	s.Missing, s.Finding = nil, nil
	s.Changes++
	return s.Start()
}

// Start begins the session: nothing is asked before.
func (s *Session) Start() screen.Effect {
	s.Asking.times++
	if _, further := s.sought(); further && len(s.plan.Query.Emails) > manyAddresses {
		return findAtOnce(s)
	}
	e := s.Fill(0, 0)
	e.Stop = []screen.Kind{Fetch}
	return e
}

// After returns a job that waits, and then does something. One of a name that waits already is left alone.
func After(kind screen.Kind, name string, d time.Duration, then func() screen.Effect) screen.Job {
	return screen.Job{Kind: kind, Name: name, Done: func(any, error) screen.Effect { return then() },
		Run: func(ctx context.Context, _ func(any)) (any, error) {
			ctx, cancel := context.WithTimeout(ctx, d)
			defer cancel()
			<-ctx.Done()
			return nil, nil
		}}
}

// Fill asks for what a reader of the places [first, last) lacks; a page ahead waits until nothing else is on its way.
func (s *Session) Fill(first, last int) screen.Effect {
	start, ahead, ok := s.wanted(first, last)
	inView, failed := s.Asking.skip[start]
	switch {
	case !ok, s.Asking.Stopped, failed && (inView || ahead), ahead && (s.env.Running(Page) || s.env.Running(Fetch)):
		return screen.Effect{}
	}
	return screen.Run(s.page(start))
}

func (s *Session) wanted(first, last int) (start int, ahead, ok bool) {
	switch {
	case s.rows.file != nil:
		return 0, false, false
	case s.Asking.due >= 0:
		return s.Asking.due, false, true
	case s.Narrowed():
		return 0, false, false
	}
	return s.rows.want(s.Cursor, first, last)
}

func (s *Session) page(start int) screen.Job {
	api, plan, fresh := s.env.API, s.plan, s.Asking.fresh
	return screen.Job{Kind: Page, Name: fmt.Sprintf("%d from %d", s.Asking.times, start),
		Run: func(ctx context.Context, tell func(any)) (any, error) {
			return api.Page(ctx, plan, start, PageSize, fresh, func(e sendcloud.Event) { tell(e) })
		},
		Told: func(news any) screen.Effect {
			s.Progress = s.Progress.After(news.(sendcloud.Event), s.env.API.Budget(), s.env.Now())
			return screen.Effect{}
		},
		Done: func(got any, err error) screen.Effect {
			page, _ := got.(sendcloud.Page)
			return s.gotPage(start, page, err)
		}}
}

// Loading reports whether somebody who sees the places [first, last) waits for a page; nobody waits for one ahead.
func (s *Session) Loading(first, last int) bool {
	_, ahead, ok := s.wanted(first, last)
	return s.env.Running(Page) && (!ok || !ahead)
}

// Awaiting reports whether the first rows are on their way.
func (s *Session) Awaiting() bool {
	return s.rows.file == nil && !s.rows.answered && s.env.Running(Page)
}

func (s *Session) gotPage(start int, page sendcloud.Page, err error) screen.Effect {
	s.Progress = Progress{Budget: s.env.API.Budget(), At: s.env.Now()}
	if errors.Is(err, context.Canceled) { // the whole program is ending
		return screen.Effect{}
	}
	if err != nil {
		if _, ahead, _ := s.wanted(s.Cursor, s.Cursor+1); ahead {
			s.Asking.skip[start] = false // asked for again when somebody looks at it
			return screen.Effect{}
		}
		s.Asking.skip[start] = true
		s.Asking.due, s.Asking.Err, s.ToEnd = -1, err, false
		s.env.Log.Debug("a page could not be read", "error", err)
		if len(page.Records) == 0 {
			return screen.Effect{}
		}
	}
	again, before := s.Asking.due >= 0 && s.rows.answered, s.rows
	if again { // these rows take the place of all that was here
		s.show(newRows(s.env, FromPages))
	}
	s.Asking.due, s.Asking.Err = -1, err
	s.rows.put(start, page)
	if s.News = 0; again {
		s.News, s.Fresh = max(0, s.rows.total-before.total), nil
		if start == 0 { // a later page does not tell more
			s.Fresh = s.rows.newSince(before)
			s.News = max(s.News, len(s.Fresh))
		}
	}
	s.Asking.Notes = nil
	for _, n := range slices.Concat(s.plan.Notes, page.Notes) {
		if n != sendcloud.ServiceMayRepeat && !slices.Contains(s.Asking.Notes, n) {
			s.Asking.Notes = append(s.Asking.Notes, n)
		}
	}
	if s.Asking.Widenings = nil; page.Total == 0 {
		s.Asking.Widenings = s.widenings()
	}
	if err == nil && !page.AtLeast && len(page.Records) == page.Total {
		return s.complete()
	}
	e := s.grown()
	if s.ToEnd {
		s.selectAt(s.Total() - 1)
		s.ToEnd = err == nil && s.rows.more()
	}
	s.skipBack()
	return e
}

// Stop ends the calls that are under way; what came stays.
func (s *Session) Stop() screen.Effect {
	s.Asking.Stopped, s.ToEnd = s.Asking.Stopped || s.env.Running(Page), false
	e := s.look()
	e.Stop = []screen.Kind{Page, Fetch}
	return e
}

// Announced returns how many rows the service told of for the query, as far as known.
func (s *Session) Announced() int { return s.rows.total }

// Retry lets pages that failed be asked for again.
func (s *Session) Retry() {
	clear(s.Asking.skip)
	s.Asking.Stopped = false
}

// Empty reports whether the service has no row for the query.
func (s *Session) Empty() bool {
	return s.rows.answered && s.rows.total == 0 && s.rows.from == FromPages && s.Asking.Err == nil && !s.Fetching()
}

// complete takes in that every row is here, and looks further for what is missing.
func (s *Session) complete() screen.Effect {
	if s.Finding != nil {
		s.Missing, s.Asking.Widenings = s.Finding.end(s.plan.Query)
	} else if e, ok := s.find(); ok {
		return e
	}
	return s.grown()
}

// Widening is a query with a condition less than one that found nothing.
type Widening struct {
	Without sendcloud.Param // ParamDays: over Days
	Days    int
	Query   sendcloud.Query
}

// widenings returns the two ways most worth trying, the narrowest condition first.
func (s *Session) widenings() []Widening {
	q := s.plan.Query
	var ways []Widening
	add := func(has bool, without sendcloud.Param, days int, change func(*sendcloud.Query)) {
		with := q
		with.Start = 0
		change(&with)
		if _, err := s.env.API.Plan(with); has && err == nil {
			ways = append(ways, Widening{without, days, with})
		}
	}
	add(len(q.SubStatuses) > 0, sendcloud.ParamSubStatus, 0, func(q *sendcloud.Query) { q.SubStatuses = nil })
	add(len(q.Statuses) > 0, sendcloud.ParamStatus, 0, func(q *sendcloud.Query) { q.Statuses = nil })
	add(q.LabelID != "" || q.LabelName != "", sendcloud.ParamLabelID, 0, func(q *sendcloud.Query) { q.LabelID, q.LabelName = "", "" })
	add(len(q.APIUsers) > 0, sendcloud.ParamAPIUsers, 0, func(q *sendcloud.Query) { q.APIUsers = nil })
	for _, days := range []int{30, 92} {
		add(s.plan.First.DaysTo(s.plan.Last) < days, sendcloud.ParamDays, days, func(q *sendcloud.Query) {
			q.Days, q.StartDate, q.EndDate = days, sendcloud.Date{}, sendcloud.Date{}
		})
	}
	return ways[:min(2, len(ways))]
}
