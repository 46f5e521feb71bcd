package sendcloud

import (
	"context"
	"errors"
	"maps"
	"regexp"
	"runtime/debug"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// callsAtOnce is how many calls of one page or count are in flight together.
const callsAtOnce = 4

// request makes the calls of one page, walk or count.
type request struct {
	c     *Client
	plan  Plan
	fresh bool // goes past the cache, and finds out again how failures are asked for
	// uncached neither looks into the cache nor puts answers there, where those
	// of a walk would take the place of all others.
	uncached bool
	shrunk   bool // the service refused the span of larger windows
	watch    func(Event)
	room     chan struct{} // one token a call in flight
	calls    atomic.Int64  // that went out
	of       atomic.Int64  // how many there will be, as far as known
	took     atomic.Int64  // nanoseconds that a call takes these days
	answered atomic.Bool   // the service answered a call
}

func (c *Client) request(p Plan, watch func(Event), atOnce int) *request {
	p = p.current()
	r := &request{c: c, plan: p, shrunk: p.days < c.window, watch: watch, room: make(chan struct{}, atOnce)}
	r.of.Store(int64(p.Calls()))
	return r
}

// ask reads rows [start, start+limit) of w.
func (r *request) ask(ctx context.Context, w *window, start, limit int) (answer, error) {
	select {
	case r.room <- struct{}{}:
		defer func() { <-r.room }()
	case <-ctx.Done():
		return answer{}, ctx.Err()
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
	if params := w.params(start, limit); r.uncached {
		a, err = r.c.walked(ctx, params, r.answered.Load(), watch)
	} else {
		a, err = r.c.ask(ctx, params, r.fresh, watch)
	}
	if err == nil && !sent.IsZero() {
		took, before := int64(time.Since(sent)), r.took.Load()
		if before > 0 {
			took = before + (took-before)/4
		}
		r.took.Store(took)
	}
	switch days := int64(w.first.DaysTo(w.last)); {
	case err != nil:
		return answer{}, err
	case limit == maxLimit && start == 0 && a.total > 0 && len(a.records) == 0:
		return answer{}, &TotalError{Total: a.total, Host: r.c.host}
	case days > r.c.accepted.Load():
		r.c.accepted.Store(days)
	}
	if r.answered.Store(true); r.shrunk {
		r.c.windowDays.Store(int64(r.plan.days))
	}
	return a, nil
}

// unproven reports whether nobody knows yet that the service takes the span of
// the plan's windows. Then one call goes out alone, so that few are refused.
func (r *request) unproven() bool {
	return (r.span() > 1 || r.shrunk) && int64(r.span()) > r.c.accepted.Load()
}

// span returns how many days the longest window of the plan has.
func (r *request) span() int { return min(r.plan.days, r.plan.First.DaysTo(r.plan.Last)) }

// shrink cuts the plan into windows of three days, then of one, where err may be
// a refusal of a span that was never accepted; else it returns false.
func (r *request) shrink(err error) bool {
	if r.span() == 1 || !r.unproven() || !refusesSpan(err) {
		return false
	}
	days := 1
	if r.span() > shortWindow {
		days = shortWindow
	}
	smaller := r.plan.cut(days)
	r.plan.learned.mu.Lock()
	r.plan.learned.smaller = &smaller
	r.plan.learned.mu.Unlock()
	r.plan, r.shrunk = smaller, true
	return true
}

// aboutDates finds what messages about a span or a date speak of.
var aboutDates = regexp.MustCompile(`(?i)\b(span|range|period|interval|dates?|days?)\b|日期|时间|区间|跨度|天`)

// refusesSpan reports whether err may be a refusal of the span, whose code is not
// documented: it speaks of dates, or blames nothing else that was sent.
func refusesSpan(err error) bool {
	var service *ServiceError
	var parameter *ParameterError
	switch {
	case errors.As(err, &parameter) && parameter.Reason == RefusedByService:
		dates := []Param{ParamDays, ParamStartDate, ParamEndDate}
		return slices.Contains(dates, parameter.Param) || parameter.Code == 40009 && parameter.Value == "" ||
			aboutDates.MatchString(parameter.Message)
	case errors.As(err, &service):
		return (service.Code != 0 || aboutDates.MatchString(service.Message)) && !Retryable(err)
	}
	return false
}

// spanRefused makes a refusal that blames the dates, which are right, one of
// their span, unless the service took such a span before.
func (r *request) spanRefused(err error) error {
	var parameter *ParameterError
	if r.unproven() && refusesSpan(err) && errors.As(err, &parameter) {
		refused := *parameter
		refused.Limit = r.span()
		return &refused
	}
	return err
}

// list is the rows that answer a window, with the first page of them.
type list struct {
	window window
	at     place
	first  answer
}

// shows reports whether rows of the first page show that the service ignored p.
func (l *list) shows(p Param) bool { return slices.Contains(l.window.ignored(l.first), p) }

// ignored returns the parameters of w that rows of an answer show to be ignored.
func (w *window) ignored(a answer) []Param {
	var found []Param
	for i := range a.records {
		found = append(found, w.excludes(&a.records[i])...)
	}
	return distinct(found)
}

// open asks for the first rows of window i of the plan. How failures are asked for is found out once.
func (r *request) open(ctx context.Context, i int) ([]list, error) {
	w, learned := r.plan.windows[i], r.plan.learned
	if !w.failures {
		return r.firstPages(ctx, i, w)
	}
	learned.mu.Lock()
	known := learned.failures[i]
	learned.mu.Unlock()
	if known != nil && (!r.fresh || r.uncached) {
		return r.firstPages(ctx, i, known...)
	}
	lists, err := r.openFailures(ctx, i, w)
	if err != nil {
		return nil, err
	}
	learned.mu.Lock()
	defer learned.mu.Unlock()
	learned.failures[i] = nil
	for _, l := range lists {
		learned.failures[i] = append(learned.failures[i], l.window)
		learned.ignored = learned.ignored || l.window.failures && len(l.window.codes) == 0
	}
	maps.DeleteFunc(learned.sizes, func(at place, _ size) bool { return at.window == i }) // they may be of other lists
	return lists, nil
}

// openFailures asks for the failures of w by the 15 codes, and counts them by status. If there are or may be failures
// without a code, or the service ignores the codes, it asks by status instead. If the service ignores the status as
// well, it reads all mail.
func (r *request) openFailures(ctx context.Context, i int, w window) (lists []list, err error) {
	statuses := w.byStatus(r.plan.Query.Statuses)
	answers := make([]answer, 1+len(statuses))
	width := len(answers)
	if r.shrunk && r.unproven() { // one refused call is enough
		width = 1
	}
	err = first(inParallel(len(answers), width, func(n int) (err error) {
		if n == 0 {
			answers[0], err = r.ask(ctx, &w, 0, maxLimit)
		} else {
			answers[n], err = r.ask(ctx, &statuses[n-1], 0, 1)
		}
		return err
	}))
	if err != nil {
		return nil, err
	}
	coded := list{window: w, at: place{i, 0}, first: answers[0]}
	failed, ignored, untold := 0, false, coded.first.noTotal || coded.shows(ParamSubStatus)
	for n, a := range answers[1:] {
		failed += a.total
		untold = untold || a.open
		ignored = ignored || slices.Contains(statuses[n].ignored(a), ParamStatus)
	}
	if !ignored && !untold && failed <= coded.first.total {
		return []list{coded}, nil
	}
	if !ignored {
		lists, err = r.firstPages(ctx, i, statuses...)
		ignored = slices.ContainsFunc(lists, func(l list) bool { return l.shows(ParamStatus) })
	}
	if ignored && err == nil {
		w.codes = nil
		lists, err = r.firstPages(ctx, i, w)
	}
	return lists, err
}

// firstPages asks for the first page of each of the windows that stand for window i of the plan.
func (r *request) firstPages(ctx context.Context, i int, windows ...window) ([]list, error) {
	lists := make([]list, len(windows))
	err := first(inParallel(len(windows), len(windows), func(n int) (err error) {
		lists[n] = list{window: windows[n], at: place{i, n}}
		lists[n].first, err = r.ask(ctx, &windows[n], 0, maxLimit)
		return err
	}))
	return lists, err
}

// notes returns what a person has to know about the answers so far.
func (r *request) notes() []Note {
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
	if r.shrunk && r.c.accepted.Load() > 0 {
		notes = append(notes, SmallerWindows)
	}
	if r.fresh {
		notes = append(notes, ServiceMayRepeat)
	}
	return notes
}

// unasked reports whether a row of w was not asked for, and learns from the row.
func (l *learned) unasked(w *window, rec *Record) bool {
	unasked := len(w.excludes(rec)) > 0
	uncoded := !unasked && rec.failed() && rec.SubStatus == 0 && rec.SubStatusText == ""
	if unasked || uncoded {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.ignored, l.uncoded = l.ignored || unasked, l.uncoded || uncoded && len(l.failures) > 0
	}
	return unasked
}

// inParallel runs do(0) to do(n-1) in order, at most width of them at a time, and
// returns their errors. After an error none is begun. A panic is an error.
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

func first(errs []error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
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
