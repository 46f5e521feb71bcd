package sendcloud

import (
	"context"
	"maps"
	"runtime/debug"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// reading asks the questions of one plan for one request.
type reading struct {
	c     *Client
	plan  Plan
	fresh bool
	// uncached neither looks into the cache nor puts answers there, where those
	// of a long reading would take the place of all others.
	uncached bool
	// reweigh finds out again whether failures are asked for by code.
	reweigh bool
	watch   func(Event)
	room    chan struct{} // one token a call in flight; nil: no limit
	calls   atomic.Int64  // that went out
	of      atomic.Int64  // how many there will be, as far as known
	got     atomic.Int64  // answers
	took    atomic.Int64  // nanoseconds a call takes these days
}

// ask reads rows [start, start+limit) of pt.
func (r *reading) ask(ctx context.Context, pt part, start, limit int) (answer, error) {
	if r.room != nil {
		select {
		case r.room <- struct{}{}:
			defer func() { <-r.room }()
		case <-ctx.Done():
			return answer{}, ctx.Err()
		}
	}
	number := int64(0)
	var sent time.Time
	watch := func(e Event) {
		if number == 0 {
			number = r.calls.Add(1)
		}
		if e.Kind == Calling {
			sent = time.Now()
		}
		e.Call, e.Calls = int(number), int(max(r.of.Load(), number))
		if r.watch != nil {
			r.watch(e)
		}
	}
	var a answer
	var err error
	if params := r.plan.Query.params(pt, start, limit); r.uncached {
		a, err = r.c.try(ctx, given(params), watch)
	} else {
		a, err = r.c.ask(ctx, params, r.fresh, watch)
	}
	if err == nil {
		r.got.Add(1)
	}
	if err == nil && !sent.IsZero() {
		took, before := int64(time.Since(sent)), r.took.Load()
		if before > 0 {
			took = before + (took-before)/4
		}
		r.took.Store(took)
	}
	return a, err
}

// lead is a part with its first rows, which tell how many there are.
type lead struct {
	part   part
	answer answer
	at     place
	extent extent
}

// lead asks for the first rows of part i of the plan. All failures are asked
// for by the 15 codes; where the counts of the two statuses tell that there
// are failures without a code, or cannot tell that there are none, or the
// service ignores the codes, they are asked for by status; where it ignores
// that, all mail is read.
func (r *reading) lead(ctx context.Context, i int) ([]lead, error) {
	pt := r.plan.parts[i]
	if !pt.failures {
		return r.firstRows(ctx, pt)
	}
	learned := r.plan.learned
	learned.mu.Lock()
	how, known := learned.failures[i]
	learned.mu.Unlock()
	if known && !r.reweigh {
		return r.firstRows(ctx, r.plan.Query.asked(pt, how)...)
	}
	w, err := r.weigh(ctx, pt)
	if err != nil {
		return nil, err
	}
	leads := []lead{w.byCode}
	if w.how == byStatus {
		if leads, err = r.firstRows(ctx, r.plan.Query.asked(pt, byStatus)...); err != nil {
			return nil, err
		}
		if slices.ContainsFunc(leads, func(l lead) bool { return r.ignores(l, ParamStatus) }) {
			w.how = unfiltered
		}
	}
	if w.how == unfiltered {
		learned.filterIgnored()
		if leads, err = r.firstRows(ctx, r.plan.Query.asked(pt, unfiltered)...); err != nil {
			return nil, err
		}
	}
	learned.mu.Lock()
	if how != w.how {
		maps.DeleteFunc(learned.extents, func(p place, _ extent) bool { return p.at == i }) // they were of other lists
	}
	learned.failures[i] = w.how
	learned.uncoded = learned.uncoded || w.uncoded && w.how == byStatus
	learned.mu.Unlock()
	return leads, nil
}

// weighed is how to ask for failures.
type weighed struct {
	byCode  lead
	how     asking
	uncoded bool // some have no code
}

// weigh asks for failures by code and counts them by status, and tells whether
// the codes leave something out or are ignored.
func (r *reading) weigh(ctx context.Context, pt part) (weighed, error) {
	statuses := r.plan.Query.byStatus(pt)
	answers := make([]answer, 1+len(statuses))
	errs := inParallel(len(answers), len(answers), func(i int) (err error) {
		if i == 0 {
			answers[0], err = r.first(ctx, pt)
		} else {
			answers[i], err = r.ask(ctx, statuses[i-1], 0, 1)
		}
		return err
	})
	for _, err := range errs {
		if err != nil {
			return weighed{}, err
		}
	}
	w := weighed{byCode: lead{part: pt, answer: answers[0]}}
	failed, untold, one := 0, answers[0].noTotal, false
	for i, s := range statuses {
		if r.ignores(lead{part: s, answer: answers[i+1]}, ParamStatus) {
			w.how = unfiltered
			return w, nil
		}
		failed += answers[i+1].total
		untold = untold || answers[i+1].open
		one = one || answers[i+1].total == 1
	}
	switch {
	case untold, one && failed < answers[0].total, r.ignores(w.byCode, ParamSubStatus):
		w.how = byStatus
		return w, nil
	case failed <= answers[0].total:
		return w, nil
	}
	// Mail may have failed between the calls. A question that nobody has asked
	// yet is not answered out of the service's cache.
	again, err := r.ask(ctx, pt, 0, 2)
	if w.uncoded = failed > again.total; w.uncoded {
		w.how = byStatus
	}
	return w, err
}

func (r *reading) firstRows(ctx context.Context, parts ...part) ([]lead, error) {
	leads := make([]lead, len(parts))
	errs := inParallel(len(parts), len(parts), func(i int) (err error) {
		leads[i].part = parts[i]
		leads[i].answer, err = r.first(ctx, parts[i])
		return err
	})
	for i, err := range errs {
		if err != nil {
			return leads[:i], err
		}
	}
	return leads, nil
}

// first asks for the first rows of pt.
func (r *reading) first(ctx context.Context, pt part) (answer, error) {
	a, err := r.ask(ctx, pt, 0, maxLimit)
	if err != nil || !a.fills(maxLimit) {
		return a, err
	}
	b, err := r.behind(ctx, pt, a)
	if b.noTotal {
		a.noTotal, a.open, a.total = true, b.open, b.total
	}
	return a, err
}

// fills reports whether the total is just what a page of limit rows holds. It
// is none where the service gives the number of rows of each page for it.
func (a answer) fills(limit int) bool {
	return !a.noTotal && a.total == limit && len(a.records) == limit
}

// behind asks for what lies behind the first page of pt; it has no total where
// rows do. A service that ignores start shows nothing.
func (r *reading) behind(ctx context.Context, pt part, first answer) (answer, error) {
	n := len(first.records)
	a, err := r.ask(ctx, pt, n, n)
	if keys := keysOf(first.records); slices.Equal(keys, keysOf(a.records)) || samePage(keys, keysOf(a.records)) {
		return answer{}, err
	}
	return a, err
}

// ignored reports whether rows of l show that the service ignored a filter.
func (r *reading) ignored(l lead) bool {
	for i := range l.answer.records {
		if r.plan.Query.unasked(l.part, &l.answer.records[i]) {
			return true
		}
	}
	return false
}

// ignores reports whether rows of l show that the service ignored one parameter.
func (r *reading) ignores(l lead, p Param) bool {
	return slices.Contains(r.plan.Query.ignoredIn(l.part, l.answer), p)
}

// notes are what a person has to know about the answers so far.
func (r *reading) notes() []Note {
	l := r.plan.learned
	l.mu.Lock()
	defer l.mu.Unlock()
	var notes []Note
	if l.ignored {
		notes = append(notes, FilterIgnored)
	}
	if l.uncoded {
		notes = append(notes, FailuresUncoded)
	}
	if l.onePage {
		notes = append(notes, StartIgnored)
	}
	if r.fresh {
		notes = append(notes, ServiceMayRepeat)
	}
	return notes
}

// filterIgnored remembers that rows had to be filtered here.
func (l *learned) filterIgnored() {
	l.mu.Lock()
	l.ignored = true
	l.mu.Unlock()
}

// firstPageAlone remembers that the service ignores start.
func (l *learned) firstPageAlone() {
	l.mu.Lock()
	l.onePage = true
	l.mu.Unlock()
}

// inParallel runs do(0) to do(n-1), at most width of them at a time and the
// first ones first, and returns their errors. After an error none is begun. A
// panic is an error.
func inParallel(n, width int, do func(i int) error) []error {
	errs := make([]error, n)
	var next atomic.Int64
	var failed atomic.Bool
	var all sync.WaitGroup
	for range min(n, width) {
		all.Go(func() {
			for !failed.Load() {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				if errs[i] = guarded(func() error { return do(i) }); errs[i] != nil {
					failed.Store(true)
				}
			}
		})
	}
	all.Wait()
	return errs
}

// guarded turns a panic of do into a *PanicError.
func guarded(do func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = &PanicError{Value: r, Stack: debug.Stack()}
		}
	}()
	return do()
}
