package sendcloud

import (
	"context"
	"math"
	"slices"
	"strconv"
	"time"
)

// Page is rows [Start, Next) of the whole list of a plan. Positions are those
// of the service: where rows had to be filtered here, or came twice, Records
// holds fewer rows than Next-Start.
type Page struct {
	Records   []Record
	Start     int
	Next      int // where the next page begins
	Total     int
	AtMost    bool      // Total is an upper bound: the service ignored a filter
	AtLeast   bool      // Total is what is known to exist: the service announces none that can be true
	Beyond    int       // rows announced beyond Total, which nobody can read: see StartIgnored
	FetchedAt time.Time // of the oldest answer in it
	Notes     []Note
}

// More reports whether rows follow behind the page, as far as known.
func (p Page) More() bool { return p.AtLeast || p.Next < p.Total }

// Event tells what a request is doing. It is for people who wait.
type Event struct {
	Kind  EventKind
	Call  int       // which call of the request, from 1
	Calls int       // of how many, as far as known
	Try   int       // which try of the call, from 1; Retrying: the one that is waited for
	Until time.Time // Retrying, WaitingForBudget, Paused: when it goes on
	Err   error     // Retrying: why
}

// EventKind says what a request is doing.
type EventKind int

// What a request can be doing.
const (
	Calling          EventKind = iota // a call goes out
	Retrying                          // waits, then tries the call again
	WaitingForBudget                  // waits for this process's share of calls
	Paused                            // the service said "too frequent": all calls wait
	Rereading                         // rows moved: a window is read again
)

// callsAtOnce is how many calls of one page are in flight together.
const callsAtOnce = 4

// Page reads rows [start, start+limit) of the whole list, limit 1 to 100, from
// the cache where it is not older than ten minutes; fresh goes past the cache.
// watch, which may be nil, is told of calls and waits, from any goroutine.
// On an error the page holds what came before it.
func (c *Client) Page(ctx context.Context, p Plan, start, limit int, fresh bool, watch func(Event)) (Page, error) {
	page := Page{Start: start, Next: start}
	switch {
	case start < 0:
		return page, &ParameterError{Param: ParamStart, Value: strconv.Itoa(start), Reason: OutOfRange}
	case limit < 1 || limit > maxLimit:
		return page, &ParameterError{Param: ParamLimit, Value: strconv.Itoa(limit), Reason: OutOfRange, Min: 1, Limit: maxLimit}
	}
	r := c.reading(p, fresh, watch)
	leads, leadErr := r.leads(ctx)
	end := math.MaxInt
	if start <= math.MaxInt-limit {
		end = start + limit
	}
	pieces, answers, err := r.rows(ctx, leads, start, end)
	if err == nil {
		err = leadErr
	}
	seen := make(map[string]bool, limit)
	for i, a := range answers {
		r.append(&page, pieces[i], a, seen)
	}
	for _, l := range leads {
		if r.ignored(l) {
			p.learned.filterIgnored()
		}
		page.Total += l.extent.rows
		page.AtLeast = page.AtLeast || l.extent.open
		page.Beyond += l.extent.beyond
		page.FetchedAt = oldest(page.FetchedAt, l.answer.fetchedAt)
	}
	page.Notes = r.notes()
	page.AtMost = slices.Contains(page.Notes, FilterIgnored)
	return page, err
}

// reading prepares the calls of one page or count.
func (c *Client) reading(p Plan, fresh bool, watch func(Event)) *reading {
	r := &reading{c: c, plan: p, fresh: fresh, reweigh: fresh, watch: watch, room: make(chan struct{}, callsAtOnce)}
	r.of.Store(int64(p.Calls()))
	return r
}

// leads are the first rows of all parts, up to the first error.
func (r *reading) leads(ctx context.Context) ([]lead, error) {
	found := make([][]lead, len(r.plan.parts))
	errs := inParallel(len(found), callsAtOnce, func(i int) (err error) {
		found[i], err = r.lead(ctx, i)
		return err
	})
	var leads []lead
	for i := range found {
		for sub, l := range found[i] {
			l.at = place{i, sub}
			leads = append(leads, l)
		}
		if errs[i] != nil {
			return leads, errs[i]
		}
	}
	return leads, ctx.Err()
}

// piece is rows [from, to) of the answer that begins at grid.
type piece struct {
	lead           lead
	grid, from, to int
}

// append adds the rows of a piece to page, but those that were not asked for,
// belong to another window, or stand in the page.
func (r *reading) append(page *Page, pc piece, a answer, seen map[string]bool) {
	page.FetchedAt = oldest(page.FetchedAt, a.fetchedAt)
	page.Next += pc.to - pc.from
	for i := min(pc.from, len(a.records)); i < min(pc.to, len(a.records)); i++ {
		rec := &a.records[i]
		switch {
		case r.plan.Query.unasked(pc.lead.part, rec):
			r.plan.learned.filterIgnored()
		case r.plan.inNewerWindow(pc.lead.part, rec), rec.EmailID != "" && seen[rec.EmailID]:
		default:
			seen[rec.EmailID] = true
			page.Records = append(page.Records, *rec)
		}
	}
}

// oldest is the earlier of two moments, of which a zero one is not known.
func oldest(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}
