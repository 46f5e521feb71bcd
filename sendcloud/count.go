package sendcloud

import (
	"context"
	"iter"
	"slices"
	"sync"
	"time"
)

// Cell names a number. A zero field does not narrow the query: the zero Cell is
// all of it. A status or sub-status takes the place of the query's own, as do
// an API user and a label.
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

// AllCells returns every status, then every sub-status.
func AllCells() []Cell { return Plan{}.Cells() }

// Cells returns the statuses that the query asks for, then the sub-statuses
// that go with them; where it asks for sub-statuses, these alone.
func (p Plan) Cells() []Cell {
	statuses, codes := p.Query.Statuses, p.Query.codes()
	if len(p.Query.SubStatuses) > 0 {
		statuses = nil
	} else {
		if len(statuses) == 0 {
			statuses = Statuses()
		}
		codes = slices.DeleteFunc(SubStatuses(), func(s SubStatus) bool { return !slices.Contains(statuses, s.Status()) })
	}
	var cells []Cell
	for _, s := range statuses {
		cells = append(cells, Cell{Status: s})
	}
	for _, s := range codes {
		cells = append(cells, Cell{Status: s.Status(), SubStatus: s})
	}
	return cells
}

// ByDay returns cells on each of days, day by day.
func ByDay(cells []Cell, days []Date) []Cell {
	var list []Cell
	for _, day := range days {
		for _, c := range cells {
			list = append(list, c.On(day))
		}
	}
	return list
}

// Count counts the rows of a plan without fetching them: the service tells a
// total with any call.
type Count struct {
	c     *Client
	plan  Plan
	fresh bool
	calls []window // what they ask for, each a number or the part of it in one window
	index countIndex

	mu        sync.Mutex // guards what follows
	told      []told     // by call
	conflicts []Conflict
}

// countKey is what a call asks for, comparable.
type countKey struct {
	first, last        Date
	status             Status
	codeOf             Status // the status that a single sub-status belongs to
	codes, email, id   string
	users              string
	labelID, labelName string
}

// told is what the service told in answer to a call.
type told struct {
	came  bool
	old   bool // came before it is asked again
	total int
	at    time.Time
	err   error // why there is no number. If it is a *NoTotalError, total is a lower bound
}

// Count prepares the counting of cells of p. Nothing is asked yet; fresh goes
// past the cache.
func (c *Client) Count(p Plan, cells []Cell, fresh bool) *Count {
	t := &Count{c: c, fresh: fresh}
	t.cut(p.current(), cells)
	return t
}

// cut begins anew with the windows of p.
func (t *Count) cut(p Plan, cells []Cell) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.plan, t.calls, t.told = p, nil, nil
	t.index = countIndex{calls: map[Cell][]int{}, ofDays: map[Cell][]int{}}
	t.add(cells)
}

func (t *Count) add(cells []Cell) {
	for _, cell := range cells {
		if _, twice := t.index.calls[cell]; twice {
			continue
		}
		t.index.cells = append(t.index.cells, cell)
		t.index.calls[cell] = nil
		for _, w := range t.plan.cellWindows(cell) {
			n := len(t.calls)
			t.calls, t.told, t.index.keys = append(t.calls, w), append(t.told, told{}), append(t.index.keys, w.countKey())
			t.index.calls[cell] = append(t.index.calls[cell], n)
			if whole := cell.On(Date{}); whole != cell {
				t.index.ofDays[whole] = append(t.index.ofDays[whole], n)
			}
		}
	}
}

// cellWindows returns the windows of p narrowed to a cell.
func (p Plan) cellWindows(c Cell) []window {
	var list []window
	seen := map[countKey]bool{}
	for _, w := range p.windows {
		if !c.Day.IsZero() {
			if c.Day.Before(w.first) || w.last.Before(c.Day) {
				continue
			}
			w.first, w.last = c.Day, c.Day
		}
		if c.APIUser != "" {
			w.users = []string{c.APIUser}
		}
		if c.LabelID != "" || c.LabelName != "" {
			w.labelID, w.labelName = c.LabelID, c.LabelName
		}
		narrowed := []window{w}
		switch {
		case c.SubStatus != 0: // no status is sent beside a sub-status: 4xx implies invalid, 5xx soft bounce
			narrowed = w.byStatus([]Status{StatusUnknown})
			narrowed[0].codes = []SubStatus{c.SubStatus}
		case c.Status != 0:
			narrowed = w.byStatus([]Status{c.Status})
		case w.failures:
			narrowed = w.byStatus(p.Query.Statuses)
		}
		for _, w := range narrowed {
			if key := w.countKey(); !seen[key] {
				seen[key] = true
				list = append(list, w)
			}
		}
	}
	return list
}

// Calls returns what the counting costs in calls when no answer is in the
// cache: one for each number and window that is missing, and one where a label
// is compared with all mail. Where the answers contradict each other, up to two
// more find out why.
func (t *Count) Calls() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	n := 0
	for i := range t.told {
		if !t.told[i].came || t.told[i].old {
			n++
		}
	}
	if slices.ContainsFunc(t.index.keys, func(k countKey) bool { return k.has(ParamLabelID) }) {
		n++
	}
	return n
}

// Again returns the same counting past the cache. The numbers that are there
// stand, old, until new ones come.
func (t *Count) Again() *Count {
	again := t.More(nil)
	again.fresh, again.conflicts = true, nil
	for i := range again.told {
		again.told[i].old = again.told[i].came
		again.told[i].err = nil
	}
	return again
}

// More returns a counting of more cells; what came is kept.
func (t *Count) More(cells []Cell) *Count {
	t.mu.Lock()
	defer t.mu.Unlock()
	more := t.c.Count(t.plan, t.index.cells, t.fresh)
	copy(more.told, t.told)
	more.conflicts = slices.Clone(t.conflicts)
	more.add(cells)
	return more
}

// Numbers returns the numbers as far as they came.
func (t *Count) Numbers() Numbers {
	t.mu.Lock()
	defer t.mu.Unlock()
	return Numbers{t.index, slices.Clone(t.told), slices.Clone(t.conflicts)}
}

// Run asks for what is missing, the first cells first, and yields the numbers
// whenever some came. An error beside a number stands in the number and does
// not end the others. Refused credentials and parameters, a context that ended
// and eight failures in a row end all of it: then the last thing yielded has
// the error. watch is that of Client.Page. One goroutine at a time may range;
// ranged over again, it goes on with what is missing.
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
		}
		if err != nil && err != errStopped {
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

// landed is an answer that was not taken yet.
type landed struct {
	call   int
	answer answer
	err    error
}

// ask asks for every number that is missing: the first one alone where nobody
// knows whether the service takes its span.
func (n *counting) ask(ctx context.Context) error {
	missing := n.missing()
	if n.r.unproven() && len(missing) > 0 {
		l := n.call(ctx, missing[0])
		if n.r.shrink(l.err) {
			n.cut(n.r.plan, n.index.cells)
			n.r.of.Store(int64(n.Calls()))
			return n.ask(ctx)
		}
		if refusesSpan(l.err) {
			n.giveUp(l.err)
			return n.r.spanRefused(l.err)
		}
		if err := n.landed(ctx, l); err != nil {
			return err
		}
		missing = missing[1:]
	}
	ctx, cancel := context.WithCancel(ctx)
	landing := make(chan landed)
	go func() {
		defer close(landing)
		inParallel(len(missing), callsAtOnce, func(i int) error {
			l := n.call(ctx, missing[i])
			landing <- l
			if ends(l.err) {
				return l.err
			}
			return ctx.Err()
		})
	}()
	defer func() {
		cancel()
		for range landing { // until no call is under way
		}
	}()
	for l := range landing {
		if err := n.landed(ctx, l); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// missing returns the calls that were not answered.
func (n *counting) missing() []int {
	n.mu.Lock()
	defer n.mu.Unlock()
	var missing []int
	for i := range n.told {
		if n.told[i].err = nil; !n.told[i].came || n.told[i].old {
			missing = append(missing, i)
		}
	}
	return missing
}

func (n *counting) call(ctx context.Context, i int) landed {
	l := landed{call: i}
	l.err = guarded(func() (err error) {
		l.answer, err = n.r.ask(ctx, &n.calls[i], 0, n.limit())
		return err
	})
	return l
}

// landed takes an answer in and yields the numbers. The error is what ends the
// counting.
func (n *counting) landed(ctx context.Context, l landed) error {
	if ends(l.err) {
		return l.err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	err := n.take(l)
	if n.failed++; err == nil {
		n.failed = 0
	}
	if n.failed == mostFailures {
		n.giveUp(err)
		return err
	}
	if !n.yield(n.Numbers(), nil) {
		return errStopped
	}
	return nil
}

// limit returns how many rows a call asks for: one, where there is another number
// to compare it with; else a page, which shows whether filters were ignored.
func (t *Count) limit() int {
	if len(t.calls) == 1 {
		return maxLimit
	}
	return 1
}

// take takes an answer in. The error is why it is no number.
func (n *counting) take(l landed) error {
	if l.err == nil {
		n.look(&n.calls[l.call], l.answer)
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	t := &n.told[l.call]
	switch {
	case l.err != nil:
		t.err = l.err
	case l.answer.open:
		*t = told{err: &NoTotalError{Host: n.c.host}, total: l.answer.total, at: l.answer.fetchedAt}
	default:
		*t = told{came: true, total: l.answer.total, at: l.answer.fetchedAt}
	}
	return t.err
}

// giveUp says of each number that is missing that it does not come.
func (n *counting) giveUp(err error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for i := range n.told {
		if t := &n.told[i]; (!t.came || t.old) && t.err == nil {
			t.err = err
		}
	}
}
