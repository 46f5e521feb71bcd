package cli

import (
	"context"
	"slices"
	"strconv"
	"time"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/recordset"
	"bounceboard/ui/words"
)

// asking is one run of count that asks the service for numbers.
type asking struct {
	c        *console
	conn     *connection
	plan     sendcloud.Plan
	progress *progress
	of       int      // numbers asked for
	said     []string // what one has to know about the numbers
}

// by counts by a field, or each label.
func (r *asking) by(ctx context.Context, n *counting, ids, labels []string) ([]number, error) {
	switch {
	case n.by[0] == byLabel:
		return r.byLabel(ctx, ids, labels)
	case n.column == recordset.ByDay:
		return r.byDay(ctx)
	case n.column == recordset.ByAPIUser:
		return r.byUser(ctx)
	}
	return r.byStatus(ctx, n.column == recordset.BySubStatus)
}

// cost says what the counting costs, before it begins.
func (r *asking) cost(calls int) {
	perMinute := r.conn.api.Budget().PerMinute
	if r.progress.on {
		r.progress.say(words.CallsAndTime(r.c.lang, calls, time.Minute*time.Duration(calls)/time.Duration(perMinute)))
	}
}

// byStatus counts statuses, or the sub-statuses beside the statuses that they
// have to add up to.
func (r *asking) byStatus(ctx context.Context, subs bool) ([]number, error) {
	tally := r.conn.api.Tally(r.plan, false)
	byCode := len(r.plan.Query.SubStatuses) > 0
	tally = tally.Only(func(c sendcloud.Cell) bool {
		if subs {
			return c.Status == sendcloud.Invalid || c.Status == sendcloud.SoftBounce
		}
		return byCode || c.Sub == 0
	})
	r.cost(tally.Calls())
	r.progress.announce(tally.Calls(), false, false)
	cells := map[sendcloud.Cell]sendcloud.Cell{}
	var failed error
	for c, err := range tally.Cells(ctx, false, r.progress.watch) {
		if cells[sendcloud.Cell{Status: c.Status, Sub: c.Sub}] = c; err != nil {
			failed = err // it may take a number back
			continue
		}
		r.progress.row()
	}
	for _, c := range tally.Contradictions() {
		said := words.Conflict(r.c.lang, c, flagOf)
		if subs && c.Param == sendcloud.ParamStatus { // no number that is shown depends on it
			said = r.c.words(words.CountsNoUncoded, flagOf(c.Param))
		}
		r.said = append(r.said, said)
	}
	if !subs {
		return r.statuses(tally.Keys(), cells), failed
	}
	var numbers []number
	for _, key := range tally.Keys() {
		if c := cells[sendcloud.Cell{Status: key.Status, Sub: key.Sub}]; key.Sub != 0 {
			r.of++
			if c.Answered == key.Of {
				numbers = append(numbers, number{strconv.Itoa(int(c.Sub)), c.Count, c.AtMost, c.At})
			}
		}
	}
	r.uncoded(tally, cells)
	sortByCount(numbers)
	return numbers, failed
}

// statuses are the numbers of statuses; of sub-statuses alone they are sums,
// whole only where all of them came.
func (r *asking) statuses(keys []sendcloud.Cell, cells map[sendcloud.Cell]sendcloud.Cell) []number {
	var numbers []number
	for _, s := range sendcloud.Statuses() {
		n, asked, whole := number{value: s.String()}, false, true
		for _, key := range keys {
			if key.Status != s {
				continue
			}
			asked = true
			c := cells[sendcloud.Cell{Status: key.Status, Sub: key.Sub}]
			whole = whole && c.Answered == key.Of
			n.count += c.Count
			n.atMost = n.atMost || c.AtMost
			if n.at.IsZero() || c.At.Before(n.at) {
				n.at = c.At
			}
		}
		if asked {
			r.of++
		}
		if asked && whole {
			numbers = append(numbers, n)
		}
	}
	sortByCount(numbers)
	return numbers
}

// uncoded says how many failures are in none of the sub-statuses.
func (r *asking) uncoded(tally *sendcloud.Tally, cells map[sendcloud.Cell]sendcloud.Cell) {
	if len(r.plan.Query.SubStatuses) > 0 {
		return
	}
	left := 0
	for _, key := range tally.Keys() {
		c := cells[sendcloud.Cell{Status: key.Status, Sub: key.Sub}]
		switch {
		case c.Answered < key.Of || c.AtMost:
			return
		case c.Sub == 0:
			left += c.Count
		default:
			left -= c.Count
		}
	}
	if left > 0 {
		r.said = append(r.said, r.c.words(words.CountsUncoded, words.Mails(r.c.lang, left)))
	}
}

// byDay counts each day of the span.
func (r *asking) byDay(ctx context.Context) ([]number, error) {
	var days []string
	var queries []sendcloud.Query
	for day := r.plan.First; !r.plan.Last.Before(day); day = day.AddDays(1) {
		q := r.plan.Query
		q.Days, q.StartDate, q.EndDate = 0, day, day
		days, queries = append(days, day.String()), append(queries, q)
	}
	return r.each(ctx, days, queries)
}

// byUser counts each api user that was named.
func (r *asking) byUser(ctx context.Context) ([]number, error) {
	users := r.plan.Query.APIUsers
	queries := make([]sendcloud.Query, len(users))
	for i, user := range users {
		queries[i] = r.frozen()
		queries[i].APIUsers = []string{user}
	}
	without := r.frozen()
	without.APIUsers = nil
	numbers, err := r.compared(ctx, users, queries, without, sendcloud.ParamAPIUsers)
	sortByCount(numbers)
	return numbers, err
}

// byLabel counts each label that was named, by id or by name.
func (r *asking) byLabel(ctx context.Context, ids, labels []string) ([]number, error) {
	var queries []sendcloud.Query
	for _, id := range ids {
		q := r.frozen()
		q.LabelID = id
		queries = append(queries, q)
	}
	param := sendcloud.ParamLabelID
	if len(labels) > 0 {
		r.progress.note(sendcloud.NameIsFuzzy)
		if len(ids) == 0 {
			param = sendcloud.ParamLabelName
		}
	}
	for _, label := range labels {
		q := r.frozen()
		q.LabelName = label
		queries = append(queries, q)
	}
	numbers, err := r.compared(ctx, slices.Concat(ids, labels), queries, r.frozen(), param)
	sortByCount(numbers)
	return numbers, err
}

// frozen is the query with the span of the plan, the same for every part of it.
// Email ids keep what their span comes from.
func (r *asking) frozen() sendcloud.Query {
	q := r.plan.Query
	if q.StartDate.IsZero() && len(q.EmailIDs) == 0 {
		q.Days, q.StartDate, q.EndDate = 0, r.plan.First, r.plan.Last
	}
	return q
}

// compared is each, and says when the parameter that tells the values apart
// makes no difference: then none of the numbers is more than an upper bound.
func (r *asking) compared(ctx context.Context, values []string, queries []sendcloud.Query, without sendcloud.Query, param sendcloud.Param) ([]number, error) {
	numbers, err := r.each(ctx, slices.Concat(values, []string{""}), append(queries, without))
	r.of--
	all := number{}
	if last := len(numbers) - 1; last >= 0 && numbers[last].value == "" {
		all, numbers = numbers[last], numbers[:last]
	}
	same := all.count > 0 && len(r.said) == 0 // else rows told which parameter is ignored
	for _, n := range numbers {
		same = same && n.count == all.count
	}
	if same {
		for i := range numbers {
			numbers[i].atMost = true
		}
		c := sendcloud.Conflict{Kind: sendcloud.LabelWithoutEffect, Param: param}
		r.said = append(r.said, words.Conflict(r.c.lang, c, flagOf))
	}
	return numbers, err
}

// each counts a query for each value.
func (r *asking) each(ctx context.Context, values []string, queries []sendcloud.Query) ([]number, error) {
	r.of = len(values)
	plans, calls := make([]sendcloud.Plan, len(queries)), 0
	for i, q := range queries {
		var err error
		if plans[i], err = r.conn.api.Plan(q); err != nil {
			return nil, err
		}
		calls += plans[i].CountCalls()
	}
	r.cost(calls)
	r.progress.announce(calls, false, false)
	counts, err := r.conn.api.Counts(ctx, plans, false, r.progress.call)
	var numbers []number
	var ignored []sendcloud.Param
	for i, c := range counts {
		if !c.FetchedAt.IsZero() {
			numbers = append(numbers, number{values[i], c.Total, c.AtMost, c.FetchedAt})
		}
		for _, p := range c.Ignored {
			if !slices.Contains(ignored, p) {
				ignored = append(ignored, p)
			}
		}
	}
	for _, p := range ignored {
		r.said = append(r.said, words.Conflict(r.c.lang, sendcloud.Conflict{Kind: sendcloud.ParameterIgnored, Param: p}, flagOf))
	}
	return numbers, err
}
