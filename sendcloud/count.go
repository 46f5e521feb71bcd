package sendcloud

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// Count is how many rows a plan has.
type Count struct {
	Total     int
	AtMost    bool      // Total is an upper bound: the service ignored a filter
	Ignored   []Param   // that rows show it ignored
	FetchedAt time.Time // of the oldest answer
}

// CountCalls is what Count costs in calls.
func (p Plan) CountCalls() int {
	n := 0
	for _, pt := range p.parts {
		if n++; pt.failures {
			n += len(p.Query.Statuses) - 1
		}
	}
	return n
}

// asked is one call for a number.
type asked struct {
	r      *reading
	part   part
	limit  int
	answer answer
}

// Counts asks how many rows plans have without fetching them, by one call of one
// row for each part, a few at a time; all failures are counted by status. fresh
// and watch are those of Page. Where the error is not nil, the counts that did
// not come have no FetchedAt.
func (c *Client) Counts(ctx context.Context, plans []Plan, fresh bool, watch func(Event)) ([]Count, error) {
	counts, calls := make([]Count, len(plans)), make([][]asked, len(plans))
	errs := inParallel(len(plans), callsAtOnce, func(i int) (err error) {
		calls[i], err = c.count(ctx, plans[i], fresh, watch)
		if err == nil {
			counts[i] = plans[i].counted(calls[i])
		}
		return err
	})
	for _, err := range errs {
		if err != nil {
			return counts, err
		}
	}
	if err := ctx.Err(); err != nil || len(plans) == 0 {
		return counts, err
	}
	if countsRows(ctx, slices.Concat(calls...)) {
		for i := range counts {
			if counts[i].Total > 0 {
				counts[i] = Count{}
			}
		}
		return counts, &NoTotalError{Host: c.host}
	}
	c.compare(ctx, plans, counts, watch)
	return counts, ctx.Err()
}

// Count is Counts of one plan.
func (c *Client) Count(ctx context.Context, p Plan, fresh bool, watch func(Event)) (Count, error) {
	counts, err := c.Counts(ctx, []Plan{p}, fresh, watch)
	return counts[0], err
}

// count makes the calls that count p.
func (c *Client) count(ctx context.Context, p Plan, fresh bool, watch func(Event)) ([]asked, error) {
	var calls []asked
	r := c.reading(p, fresh, watch)
	for _, pt := range p.parts {
		parts := []part{pt}
		if pt.failures {
			parts = p.Query.byStatus(pt)
		}
		for _, pt := range parts {
			calls = append(calls, asked{r: r, part: pt, limit: 1})
		}
	}
	r.of.Store(int64(len(calls)))
	errs := inParallel(len(calls), callsAtOnce, func(i int) (err error) {
		if calls[i].answer, err = r.ask(ctx, calls[i].part, 0, 1); err == nil && calls[i].answer.open {
			err = &NoTotalError{Host: c.host}
		}
		return err
	})
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return calls, ctx.Err()
}

// counted is the number that calls tell.
func (p Plan) counted(calls []asked) Count {
	var count Count
	for _, call := range calls {
		count.Ignored = append(count.Ignored, p.Query.ignoredIn(call.part, call.answer)...)
		count.FetchedAt = oldest(count.FetchedAt, call.answer.fetchedAt)
	}
	count.Ignored = distinct(count.Ignored)
	count.AtMost = len(count.Ignored) > 0
	count.Total = sum(calls, count.Ignored)
	return count
}

// countsRows finds out whether the service gives the number of rows of each
// answer for the total. That is possible where no total is more; then what lies
// behind the first rows of two of them tells. Where these calls fail, it is not known.
func countsRows(ctx context.Context, calls []asked) bool {
	var suspects []asked
	for _, call := range calls {
		switch {
		case call.answer.fills(call.limit):
			suspects = append(suspects, call)
		case call.answer.total > 0:
			return false
		}
	}
	if len(suspects) > 2 {
		suspects = []asked{suspects[0], suspects[len(suspects)-1]}
	}
	for _, s := range suspects {
		if a, err := s.r.behind(ctx, s.part, s.answer); err == nil && a.noTotal {
			return true
		}
	}
	return false
}

// compare finds out why plans that differ in their days or api users count the
// same, where no row told, by a page of rows of the first. What one of them shows
// to be ignored bounds all. Where that call fails, the numbers stay as they are.
func (c *Client) compare(ctx context.Context, plans []Plan, counts []Count, watch func(Event)) {
	var ignored []Param
	same := len(plans) > 1 && counts[0].Total > 0 &&
		(plans[0].First != plans[1].First || !slices.Equal(plans[0].Query.APIUsers, plans[1].Query.APIUsers))
	for i := range counts {
		ignored = append(ignored, counts[i].Ignored...)
		same = same && counts[i].Total == counts[0].Total
	}
	if len(ignored) == 0 && same {
		r := c.reading(plans[0], false, watch)
		pt := plans[0].parts[0]
		if a, err := r.ask(ctx, pt, 0, maxLimit); err == nil {
			ignored = plans[0].Query.ignoredIn(pt, a)
		}
	}
	if ignored = distinct(ignored); len(ignored) == 0 {
		return
	}
	for i := range counts {
		counts[i].Ignored, counts[i].AtMost = ignored, true
	}
}

// sum adds up how many rows parts have. Those that differ in ignored parameters
// alone have the same rows, which count once.
func sum(calls []asked, ignored []Param) int {
	totals := map[string]int{}
	for _, call := range calls {
		same := without(call.part, ignored)
		totals[same] = max(totals[same], call.answer.total)
	}
	n := 0
	for _, total := range totals {
		n += total
	}
	return n
}

// without is what pt asks for but for some parameters.
func without(pt part, params []Param) string {
	for _, p := range params {
		switch p {
		case ParamStartDate:
			pt.first, pt.last = Date{}, Date{}
		case ParamStatus:
			pt.status = StatusUnknown
		case ParamSubStatus:
			pt.codes = nil
		case ParamEmail:
			pt.email = ""
		case ParamEmailIDs:
			pt.ids = nil
		}
	}
	return fmt.Sprint(pt)
}
