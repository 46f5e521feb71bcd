package cli

import (
	"context"
	"slices"
	"strconv"
	"time"

	"bounceboard/sendcloud"
	"bounceboard/ui/words"
)

// asking is one run of count that asks the service for totals.
type asking struct {
	app      *app
	conn     *connection
	plan     sendcloud.Plan
	progress *progress
	of       int      // numbers asked for
	said     []string // what one has to know about the numbers
}

// cost says what the counting costs, before it begins.
func (r *asking) cost(calls int) {
	perMinute := r.conn.api.Budget().PerMinute
	r.progress.aside(words.CallsAndTime(r.app.lang, calls, time.Minute*time.Duration(calls)/time.Duration(perMinute)))
}

// byStatus counts statuses, or the sub-statuses beside the statuses that they
// have to add up to.
func (r *asking) byStatus(ctx context.Context, subs bool) ([]number, error) {
	byCode := len(r.plan.Query.SubStatuses) > 0
	cells := slices.DeleteFunc(r.plan.Cells(), func(c sendcloud.Cell) bool {
		if subs {
			return c.Status != sendcloud.Invalid && c.Status != sendcloud.SoftBounce
		}
		return !byCode && c.SubStatus != 0
	})
	got, err := r.run(ctx, cells)
	for _, c := range got.Conflicts() {
		said := words.Conflict(r.app.lang, c, flagOf)
		if subs && c.Param == sendcloud.ParamStatus { // no number that is shown depends on it
			said = r.app.lang.Say(words.CountsNoUncoded, flagOf(c.Param))
		}
		r.said = append(r.said, said)
	}
	var numbers []number
	if !subs {
		for _, s := range sendcloud.Statuses() {
			of := slices.DeleteFunc(slices.Clone(cells), func(c sendcloud.Cell) bool { return c.Status != s })
			numbers = r.add(numbers, s.String(), got, of...)
		}
	} else {
		for _, c := range cells {
			if c.SubStatus != 0 {
				numbers = r.add(numbers, strconv.Itoa(int(c.SubStatus)), got, c)
			}
		}
		r.uncoded(got, cells)
	}
	byCount(numbers)
	return numbers, err
}

// add adds what cells count together, where that is known.
func (r *asking) add(numbers []number, value string, got sendcloud.Numbers, cells ...sendcloud.Cell) []number {
	if len(cells) == 0 {
		return numbers
	}
	r.of++
	n := got.Of(cells...)
	if n.Bound != sendcloud.Exact && n.Bound != sendcloud.AtMost {
		return numbers
	}
	return append(numbers, number{value, n.N, n.Bound == sendcloud.AtMost, n.At})
}

// run counts cells. The error is what ended it, or that of a number that did
// not come.
func (r *asking) run(ctx context.Context, cells []sendcloud.Cell) (sendcloud.Numbers, error) {
	count := r.conn.api.Count(r.plan, cells, false)
	r.cost(count.Calls())
	r.progress.announce(count.Calls(), false, false)
	var failed error
	for _, err := range count.Run(ctx, r.progress.watch) {
		if failed = err; err == nil {
			r.progress.row()
		}
	}
	got := count.Numbers()
	for _, c := range cells {
		if err := got.Of(c).Err; failed == nil {
			failed = err
		}
	}
	return got, failed
}

// uncoded says how many failures are in none of the sub-statuses.
func (r *asking) uncoded(got sendcloud.Numbers, cells []sendcloud.Cell) {
	left := 0
	for _, c := range cells {
		if c.SubStatus != 0 {
			continue
		}
		n := got.Uncoded(c.Status, sendcloud.Date{})
		if n.Bound != sendcloud.Exact {
			return
		}
		left += n.N
	}
	if left > 0 {
		r.said = append(r.said, r.app.lang.Say(words.CountsUncoded, words.Mails(r.app.lang, left)))
	}
}

// byDay counts each day of the span.
func (r *asking) byDay(ctx context.Context) ([]number, error) {
	cells := sendcloud.ByDay([]sendcloud.Cell{{}}, r.plan.Days())
	slices.Reverse(cells)
	return r.each(ctx, cells, func(c sendcloud.Cell) string { return c.Day.String() })
}

// byUser counts each api user that was named.
func (r *asking) byUser(ctx context.Context) ([]number, error) {
	var cells []sendcloud.Cell
	for _, user := range r.plan.Query.APIUsers {
		cells = append(cells, sendcloud.Cell{APIUser: user})
	}
	numbers, err := r.each(ctx, cells, func(c sendcloud.Cell) string { return c.APIUser })
	byCount(numbers)
	return numbers, err
}

// byLabel counts each label that was named, by id or by name.
func (r *asking) byLabel(ctx context.Context, ids, labels []string) ([]number, error) {
	var cells []sendcloud.Cell
	for _, id := range ids {
		cells = append(cells, sendcloud.Cell{LabelID: id})
	}
	if len(labels) > 0 {
		r.progress.note(sendcloud.NameIsFuzzy)
	}
	for _, label := range labels {
		cells = append(cells, sendcloud.Cell{LabelName: label})
	}
	numbers, err := r.each(ctx, cells, func(c sendcloud.Cell) string { return c.LabelID + c.LabelName })
	byCount(numbers)
	return numbers, err
}

// each counts cells, whose values it names.
func (r *asking) each(ctx context.Context, cells []sendcloud.Cell, value func(sendcloud.Cell) string) ([]number, error) {
	got, err := r.run(ctx, cells)
	var numbers []number
	for _, c := range cells {
		numbers = r.add(numbers, value(c), got, c)
	}
	for _, c := range got.Conflicts() {
		r.said = append(r.said, words.Conflict(r.app.lang, c, flagOf))
	}
	return numbers, err
}
