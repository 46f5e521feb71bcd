package find

import (
	"context"
	"errors"
	"iter"
	"slices"
	"sync"

	"bounceboard/sendcloud"
)

// Service is what a search needs of the client.
type Service interface {
	Plan(q sendcloud.Query) (sendcloud.Plan, error)
	Page(ctx context.Context, p sendcloud.Plan, start, limit int, fresh bool, watch func(sendcloud.Event)) (sendcloud.Page, error)
	All(p sendcloud.Plan, watch func(sendcloud.Event)) *sendcloud.Walk
}

// Step is a question that is about to be asked.
type Step struct {
	Question
	Calls int // what it costs, as far as that is known beforehand
}

// Walk asks what a search says, question by question, until everything is found or nothing is left to ask.
type Walk struct {
	search *Search
	api    Service
	watch  func(sendcloud.Event)
	agree  func(Step) error

	known []sendcloud.Record // rows that were there before the search
	queue []Question
	walk  *sendcloud.Walk // of the first question; nil: it was not begun

	mu  sync.Mutex
	sum sendcloud.Summary
}

// few is how many calls are made without looking for a cheaper way.
const few = 20

// NewWalk prepares asking. known are rows that are here already: they are yielded first, whatever they are. agree is told each question
// before it is asked; its error ends the walk, and is asked again when the walk goes on. watch may be nil.
func NewWalk(api Service, s *Search, known []sendcloud.Record, watch func(sendcloud.Event), agree func(Step) error) *Walk {
	return &Walk{search: s, api: api, watch: watch, agree: agree, known: known}
}

var errStopped = errors.New("the consumer stopped")

// Records yields the rows that the items mean, as they come. The error is the service's, or that of agree. Ranged over
// again after an error or a break, the walk goes on where it stood.
func (w *Walk) Records(ctx context.Context) iter.Seq2[sendcloud.Record, error] {
	return func(yield func(sendcloud.Record, error) bool) {
		err := w.ask(ctx, func(r sendcloud.Record) bool { return yield(r, nil) })
		if err != nil && !errors.Is(err, errStopped) {
			yield(sendcloud.Record{}, err)
		}
	}
}

// Summary adds up the questions that were asked to their ends.
func (w *Walk) Summary() sendcloud.Summary {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.sum
}

func (w *Walk) ask(ctx context.Context, take func(sendcloud.Record) bool) error {
	for len(w.known) > 0 {
		r := w.known[0]
		w.known = w.known[1:]
		if w.search.Add(r); !take(r) {
			return errStopped
		}
	}
	for {
		if len(w.queue) == 0 {
			w.queue = w.search.Next()
		}
		if len(w.queue) == 0 {
			return w.learnAccount(ctx)
		}
		if err := w.begin(ctx); err != nil {
			return err
		}
		for r, err := range w.walk.Records(ctx) {
			if err != nil {
				return err
			} else if w.search.Add(r) && !take(r) {
				return errStopped
			}
		}
		one := w.walk.Summary()
		w.mu.Lock()
		w.sum.Calls += one.Calls
		w.sum.Incomplete, w.sum.Notes = slices.Concat(w.sum.Incomplete, one.Incomplete), slices.Concat(w.sum.Notes, one.Notes)
		w.mu.Unlock()
		w.walk, w.queue = nil, w.queue[1:]
	}
}

// begin begins the first question, the cheapest way that leads to its rows.
func (w *Walk) begin(ctx context.Context) error {
	if w.walk != nil {
		return nil
	}
	plan, err := w.api.Plan(w.queue[0].Query)
	if err != nil {
		return err
	}
	one := Step{Question: w.queue[0], Calls: plan.Calls()}
	if one.Whole || one.Calls > few {
		if one, plan, err = w.cheapest(ctx, one, plan); err != nil {
			return err
		}
	}
	if err := w.agree(one); err != nil {
		return err
	}
	w.walk = w.api.All(plan, w.watch)
	return nil
}

// cheapest compares asking for each item with reading all mail of the span, by the
// total that the service tells.
func (w *Walk) cheapest(ctx context.Context, one Step, plan sendcloud.Plan) (Step, sendcloud.Plan, error) {
	all := Question{Query: sendcloud.Query{StartDate: one.Query.StartDate, EndDate: one.Query.EndDate}, Whole: true}
	whole, err := w.api.Plan(all.Query)
	if err != nil {
		return one, plan, err
	}
	page, err := w.api.Page(ctx, whole, 0, 1, false, w.watch)
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

// learnAccount asks for one row where an id is missing and no row tells this account's number: the id may be another's.
func (w *Walk) learnAccount(ctx context.Context) error {
	if len(w.search.accounts) > 0 || !w.search.missesID() {
		return nil
	}
	plan, err := w.api.Plan(sendcloud.Query{Days: 7})
	if err != nil {
		return err
	}
	page, _ := w.api.Page(ctx, plan, 0, 1, false, w.watch) // what is missing is missing without it, too
	for _, r := range page.Records {
		w.search.Add(r)
	}
	return ctx.Err()
}
