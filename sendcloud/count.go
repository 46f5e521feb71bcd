package sendcloud

import (
	"context"
	"iter"
	"net/url"
	"slices"
	"sync"
	"time"
)

// Cell names a number. A zero field does not narrow the query: the zero Cell is all of it. A status or sub-status takes
// the place of the query's own, as do an API user and a label.
type Cell struct {
	Status    Status
	SubStatus SubStatus // together with its Status
	Day       Date
	APIUser   string
	LabelID   string
	LabelName string
}

// On returns the same cell on one day; the zero Date is the whole span.
func (c Cell) On(day Date) Cell {
	c.Day = day
	return c
}

// Cells returns the statuses that the query asks for, then the sub-statuses that go with them; where it asks for
// sub-statuses, these alone. Those of the zero Plan are all.
func (p Plan) Cells() []Cell {
	var cells []Cell
	statuses, codes := p.Query.Statuses, p.Query.SubStatuses
	if len(statuses) == 0 {
		statuses = Statuses()
	}
	if len(codes) == 0 {
		codes = SubStatuses()
		for _, s := range statuses {
			cells = append(cells, Cell{Status: s})
		}
	}
	for _, s := range codes {
		if slices.Contains(statuses, s.Status()) {
			cells = append(cells, Cell{Status: s.Status(), SubStatus: s})
		}
	}
	return cells
}

// Count counts the rows of a plan without fetching them: the service tells a total with any call.
type Count struct {
	c     *Client
	plan  Plan
	fresh bool

	mu sync.Mutex // guards what follows
	n  Numbers
}

// countCall is a call that tells a number, or the part of it in one window.
type countCall struct {
	window
	params url.Values // those that w sends
}

// told is what the service told in answer to a call.
type told struct {
	came  bool
	old   bool // came before it is asked again
	seen  bool // all rows behind the total came as well, and are what was asked for
	total int
	at    time.Time
	err   error // why there is no number. If it is a *TotalError, total is a lower bound
}

// Count prepares the counting of cells of p. Nothing is asked yet; fresh goes past the cache.
func (c *Client) Count(p Plan, cells []Cell, fresh bool) *Count {
	p = p.current()
	return &Count{c: c, plan: p, fresh: fresh, n: p.numbers(cells)}
}

// numbers lists the calls that count cells.
func (p Plan) numbers(cells []Cell) Numbers {
	n := Numbers{cells: distinct(cells), of: map[Cell][]int{}}
	for _, cell := range n.cells {
		n.of[cell] = nil
		for _, w := range p.cellWindows(cell) {
			n.of[cell] = append(n.of[cell], len(n.calls))
			n.calls = append(n.calls, countCall{w, w.params(0, 1)})
		}
	}
	for _, cell := range n.cells {
		if whole := cell.On(Date{}); !slices.Contains(n.cells, whole) {
			n.of[whole] = append(n.of[whole], n.of[cell]...)
		}
	}
	n.told = make([]told, len(n.calls))
	return n
}

// cellWindows returns the windows of p narrowed to a cell.
func (p Plan) cellWindows(c Cell) (list []window) {
	q, days := p.Query, spans(p.First, p.Last, p.days)
	if !c.Day.IsZero() {
		days = []window{{first: c.Day, last: c.Day}}
	}
	switch {
	case c.SubStatus != 0:
		q.Statuses, q.SubStatuses = nil, []SubStatus{c.SubStatus}
	case c.Status != 0:
		q.Statuses, q.SubStatuses = []Status{c.Status}, nil
	}
	if c.APIUser != "" {
		q.APIUsers = []string{c.APIUser}
	}
	if c.LabelID != "" || c.LabelName != "" {
		q.LabelID, q.LabelName = c.LabelID, c.LabelName
	}
	for _, s := range days {
		for _, w := range q.windows(s, p.ids) {
			if w.failures {
				list = append(list, w.byStatus(q.Statuses)...)
			} else {
				list = append(list, w)
			}
		}
	}
	return list
}

// Calls returns what the counting costs in calls when no answer is in the cache: one for each number and window that is
// missing, and one for each of dates, status and label whose effect they cannot show. Equal numbers may cost one more.
func (t *Count) Calls() int {
	n, calls := t.Numbers(), 0
	for i := range n.told {
		if !n.told[i].came || n.told[i].old {
			calls++
		}
	}
	if calls == 0 {
		return 0
	}
	for _, p := range effects {
		if asked, compared := n.compared(p); asked && !compared {
			calls++
		}
	}
	return calls
}

// Again returns the same counting past the cache. The numbers that are there stand, old, until new ones come.
func (t *Count) Again() *Count {
	again := t.More(nil)
	again.fresh, again.n.conflicts = true, nil
	for i := range again.n.told {
		again.n.told[i].old = again.n.told[i].came
		again.n.told[i].err = nil
	}
	return again
}

// More returns a counting of more cells; what came is kept.
func (t *Count) More(cells []Cell) *Count {
	n := t.Numbers()
	more := t.c.Count(t.plan, slices.Concat(n.cells, cells), t.fresh)
	copy(more.n.told, n.told)
	more.n.conflicts = n.conflicts
	return more
}

// Numbers returns the numbers as far as they came.
func (t *Count) Numbers() Numbers {
	t.mu.Lock()
	defer t.mu.Unlock()
	n := t.n
	n.told, n.conflicts = slices.Clone(n.told), slices.Clone(n.conflicts)
	return n
}

// Run asks for what is missing, the first cells first, and yields the numbers whenever some came. An error beside a
// number stands in the number and does not end the others. Refused credentials and parameters, a context that ended and
// eight failures in a row end all of it: then the last thing yielded has the error. watch is that of Client.Page. One
// goroutine at a time may range; ranged over again, it goes on with what is missing.
func (t *Count) Run(ctx context.Context, watch func(Event)) iter.Seq2[Numbers, error] {
	return func(yield func(Numbers, error) bool) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		run := &counting{Count: t, r: t.c.request(t.plan, watch, callsAtOnce), yield: yield}
		run.r.fresh = t.fresh
		run.r.of.Store(int64(t.Calls()))
		err := run.ask(ctx)
		if err == nil {
			err = run.check(ctx)
		} else if err != errStopped && ctx.Err() == nil && !ends(err) {
			t.mu.Lock() // what is missing does not come
			for i := range t.n.told {
				if m := &t.n.told[i]; (!m.came || m.old) && m.err == nil {
					m.err = err
				}
			}
			t.mu.Unlock()
		}
		if err != errStopped {
			yield(t.Numbers(), err)
		}
	}
}

// counting is one ranging over a Count.
type counting struct {
	*Count
	r     *request
	yield func(Numbers, error) bool

	failed int // calls in a row
}

// mostFailures is how many calls in a row may fail before the others are not made.
const mostFailures = 2 * callsAtOnce

// ask asks for every number that is missing: one at a time where nobody knows
// whether the service takes its span. It asks for one row, where there is another
// number to compare with; else for a page, which shows whether filters were ignored.
func (n *counting) ask(ctx context.Context) error {
	for missing := n.missing(); len(missing) > 0; {
		unproven, width, limit := n.r.unproven(), min(callsAtOnce, len(missing)), 1
		if unproven {
			width = 1
		}
		if len(n.n.calls) == 1 {
			limit = maxLimit
		}
		answers, errs := make([]answer, width), make([]error, width)
		inParallel(width, width, func(i int) error {
			errs[i] = guarded(func() (err error) {
				answers[i], err = n.r.ask(ctx, &n.n.calls[missing[i]].window, 0, limit)
				return err
			})
			return nil // the error of one ends no other
		})
		if n.r.shrink(errs[0]) {
			n.mu.Lock()
			n.plan, n.n = n.r.plan, n.r.plan.numbers(n.n.cells)
			n.mu.Unlock()
			n.r.of.Store(int64(n.Calls()))
			missing = n.missing()
			continue
		}
		if unproven && refusesSpan(errs[0]) {
			return n.r.spanRefused(errs[0])
		}
		for i, err := range errs {
			if err := n.landed(ctx, missing[i], answers[i], err); err != nil {
				return err
			}
		}
		missing = missing[width:]
	}
	return ctx.Err()
}

func (n *counting) missing() []int {
	n.mu.Lock()
	defer n.mu.Unlock()
	var missing []int
	for i := range n.n.told {
		if t := &n.n.told[i]; !t.came || t.old {
			t.err = nil
			missing = append(missing, i)
		}
	}
	return missing
}

// landed takes the answer to a call in and yields the numbers. It returns the error that ends the counting.
func (n *counting) landed(ctx context.Context, call int, a answer, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if ends(err) {
		return err
	}
	seen := err == nil && n.look(call, a)
	n.mu.Lock()
	t := &n.n.told[call]
	if n.failed++; err == nil && a.open {
		err = &TotalError{Host: n.c.host}
		*t = told{total: a.total, at: a.fetchedAt}
	} else if err == nil {
		n.failed = 0
		*t = told{came: true, seen: seen, total: a.total, at: a.fetchedAt}
	}
	t.err = err
	n.mu.Unlock()
	if n.failed == mostFailures {
		return err
	}
	if !n.yield(n.Numbers(), nil) {
		return errStopped
	}
	return nil
}

// look notes the parameters of a call that rows show to be ignored. It reports
// whether the rows are all that there are, and none shows that.
func (n *counting) look(call int, a answer) (seen bool) {
	ignored := n.n.calls[call].ignored(a)
	for _, p := range ignored {
		n.note(Conflict{ParameterIgnored, p})
	}
	return len(ignored) == 0 && len(a.records) == a.total
}

func (n *counting) note(c Conflict) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if !slices.Contains(n.n.conflicts, c) {
		n.n.conflicts = append(n.n.conflicts, c)
	}
}

// effects are the parameters that may be ignored although the first row of each number is what was asked for.
var effects = []Param{ParamStartDate, ParamStatus, ParamLabelID}

// check finds out by a call more whether a parameter has an effect, where the
// numbers leave it open. Where that call fails, the numbers stay as they are.
func (n *counting) check(ctx context.Context) error {
	for _, p := range effects {
		if err := guarded(func() error { return n.checkEffect(ctx, p) }); ends(err) {
			return err
		}
	}
	return ctx.Err()
}

// checkEffect looks at the largest number that p may narrow. If the service ignores the dates, the last row behind it
// is of another day. If it ignores a status or a label, the total is the same without.
func (n *counting) checkEffect(ctx context.Context, p Param) error {
	numbers := n.Numbers()
	most := numbers.doubtful(p)
	if most < 0 {
		return nil
	}
	w, total := numbers.calls[most].window, numbers.told[most].total
	if p == ParamStartDate {
		a, err := n.r.ask(ctx, &w, total-1, 1)
		n.look(most, a)
		return err
	}
	limit := 1 // no row shows a label
	switch {
	case p == ParamStatus:
		w.status, limit = StatusUnknown, maxLimit
	case w.labelID == "":
		p, w.labelName = ParamLabelName, ""
	default:
		w.labelID, w.labelName = "", ""
	}
	a, err := n.r.ask(ctx, &w, 0, limit)
	if err != nil || a.total != total {
		return err
	}
	seen := n.look(most, a)
	n.mu.Lock()
	n.n.told[most].seen = seen
	n.mu.Unlock()
	if !slices.Contains(n.Numbers().ignored(), p) {
		n.note(Conflict{WithoutEffect, p})
	}
	return nil
}
