package find

import (
	"context"

	"bounceboard/sendcloud"
)

// Step is a question that is about to be asked, and after that what came of it.
type Step struct {
	Question
	Calls   int               // what it costs, as far as that is known beforehand
	Done    bool              // it was asked
	Summary sendcloud.Summary // what came
}

// few is how many calls are made without looking for a cheaper way.
const few = 20

// Run asks until everything is found or there is nothing left to ask. step is told
// each question before and after it is asked; where it answers false beforehand the
// question is left out. The error is that of the service; what came before it stays
// in the search. watch may be nil.
func Run(ctx context.Context, c *sendcloud.Client, s *Search, watch func(sendcloud.Event), step func(Step) bool) error {
	for round := s.Next(); round != nil; round = s.Next() {
		for _, q := range round {
			plan, err := c.Plan(q.Query)
			if err != nil {
				return err
			}
			one := Step{Question: q, Calls: plan.Calls()}
			if q.Whole || one.Calls > few {
				if one, plan, err = cheapest(ctx, c, one, plan, watch); err != nil {
					return err
				}
			}
			if !step(one) {
				continue
			}
			walk := c.All(plan, watch)
			for r, err := range walk.Records(ctx) {
				if err != nil {
					return err
				}
				s.Add(r)
			}
			one.Done, one.Summary = true, walk.Summary()
			step(one)
		}
	}
	return nil
}

// cheapest compares asking for each item with reading all mail of the span, by the
// total that the service tells.
func cheapest(ctx context.Context, c *sendcloud.Client, one Step, plan sendcloud.Plan,
	watch func(sendcloud.Event)) (Step, sendcloud.Plan, error) {
	all := Question{Query: sendcloud.Query{StartDate: one.Query.StartDate, EndDate: one.Query.EndDate}, Whole: true}
	whole, err := c.Plan(all.Query)
	if err != nil {
		return one, plan, err
	}
	page, err := c.Page(ctx, whole, 0, 1, false, watch)
	if err != nil {
		return one, plan, err
	}
	const rowsOfACall = 100
	calls := whole.Calls() + (page.Total+rowsOfACall-1)/rowsOfACall
	if one.Whole || !page.AtLeast && calls < one.Calls {
		return Step{Question: all, Calls: calls}, whole, nil
	}
	return one, plan, nil
}
