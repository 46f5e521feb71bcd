package sendcloud

import (
	"context"
	"errors"
	"iter"
	"maps"
	"slices"
	"sync"
	"time"
)

// Tally counts the rows of a plan by status and sub-status without fetching
// them: the service tells a total with any call.
type Tally struct {
	c     *Client
	plan  Plan
	byDay bool
	cells []Cell     // without numbers, the most important ones first
	bases []part     // the plan without status and sub-status; one day each when by day
	jobs  []tallyJob // with their answers, as far as they came

	mu    sync.Mutex
	found []Conflict
}

// Cell is one number. A zero Sub is the status as a whole, a zero Day the whole
// span of the plan, and a zero Status with a Sub does not occur.
type Cell struct {
	Status Status
	Sub    SubStatus
	Day    Date
	Count  int
	AtMost bool      // Count is an upper bound: see Tally.Contradictions
	Whole  bool      // it bounds the cells of its kind together: the parameter that tells them apart was ignored
	Span   bool      // it bounds the cells of other days as well: the dates were ignored
	At     time.Time // of the oldest answer in it
	// How many of the calls that make the number were answered: Count is whole
	// when Answered is Of.
	Answered, Of int
}

// Conflict says in what the service's numbers cannot be what they were
// asked for.
type Conflict struct {
	Kind   ConflictKind
	Param  Param  // ParameterIgnored, LabelWithoutEffect: the parameter
	Status Status // CodesExceedStatus: the status,
	First  Date   // the days on which it shows most,
	Last   Date
	Codes  int // what its sub-statuses add up to there,
	Total  int // and its own total
}

// ConflictKind says what contradicts what.
type ConflictKind string

// The kinds of conflicts.
const (
	// ParameterIgnored: rows came that the parameter excludes, or the totals of
	// the statuses are more than there is without the parameter.
	ParameterIgnored ConflictKind = "parameter ignored"
	// LabelWithoutEffect: the total is the same without the label. Rows carry
	// no label, so that it may also be that all of this mail has it.
	LabelWithoutEffect ConflictKind = "label without effect"
	// CodesExceedStatus: sub-statuses add up to more than their status, also
	// when that is asked for again.
	CodesExceedStatus ConflictKind = "codes exceed their status"
)

// Concerns reports whether c makes the number of a cell an upper bound.
func (c Conflict) Concerns(cell Cell) bool {
	switch {
	case c.Kind == CodesExceedStatus:
		return cell.Sub != 0 && cell.Status == c.Status
	case c.Param == ParamStatus:
		return cell.Sub == 0
	case c.Param == ParamSubStatus:
		return cell.Sub != 0
	}
	return true
}

// Tally prepares the counting of p: its statuses, and the sub-statuses that go
// with them, over the whole span or day by day. Where p asks for sub-statuses,
// these alone are counted. Nothing is asked yet.
func (c *Client) Tally(p Plan, byDay bool) *Tally {
	t := &Tally{c: c, plan: p, byDay: byDay}
	q := p.Query
	statuses := q.Statuses
	switch {
	case len(q.SubStatuses) > 0:
		statuses = nil
	case len(statuses) == 0:
		statuses = Statuses()
	}
	codes := q.codes()
	if len(q.SubStatuses) == 0 {
		for _, s := range SubStatuses() {
			if slices.Contains(statuses, s.Status()) {
				codes = append(codes, s)
			}
		}
	}
	for _, pt := range p.parts {
		pt.status, pt.codes, pt.failures = StatusUnknown, nil, false
		known := slices.ContainsFunc(t.bases, func(b part) bool {
			return b.first == pt.first && b.last == pt.last && b.email == pt.email && slices.Equal(b.ids, pt.ids)
		})
		if !known {
			t.bases = append(t.bases, pt)
		}
	}
	if byDay {
		t.bases = inDays(t.bases)
	}
	for _, s := range statuses {
		t.add(Cell{Status: s})
	}
	for _, s := range codes {
		t.add(Cell{Status: s.Status(), Sub: s})
	}
	return t
}

// TallyAll is Tally of every status and sub-status, whatever p asks for of
// these: a rate is a part of all that was sent.
func (c *Client) TallyAll(p Plan, byDay bool) *Tally {
	p.Query.Statuses, p.Query.SubStatuses = nil, nil
	return c.Tally(p, byDay)
}

// inDays splits questions into days, the newest first.
func inDays(bases []part) []part {
	var days []part
	for _, b := range bases {
		for _, w := range windows(b.first, b.last, 1) {
			b.first, b.last = w.first, w.last
			days = append(days, b)
		}
	}
	slices.SortStableFunc(days, func(a, b part) int { return b.first.Start().Compare(a.first.Start()) })
	return days
}

// add adds a number to count, or one for each day.
func (t *Tally) add(c Cell) {
	for i, b := range t.bases {
		if i == 0 || t.byDay && b.first != t.cells[len(t.cells)-1].Day {
			if t.byDay {
				c.Day = b.first
			}
			t.cells = append(t.cells, c)
		}
		at := len(t.cells) - 1
		t.cells[at].Of++
		b.status = c.Status
		if c.Sub != 0 { // no status is sent beside a sub-status: 4xx implies invalid, 5xx soft bounce
			b.status, b.codes = StatusUnknown, []SubStatus{c.Sub}
		}
		t.jobs = append(t.jobs, tallyJob{cell: at, base: i, part: b})
	}
}

// Calls is what the counting costs in calls when no answer is in the cache:
// one for each number and window (or day) that was not answered yet, and one
// where a label is given. Where the answers contradict each other, up to five
// more find out why.
func (t *Tally) Calls() int {
	n := 0
	for i := range t.jobs {
		if !t.jobs[i].done {
			n++
		}
	}
	if t.label() != "" {
		n++
	}
	return n
}

// Keys are the numbers that will be counted, without them.
func (t *Tally) Keys() []Cell { return slices.Clone(t.cells) }

// Contradictions are what was found out so far; with the end of Cells it is
// complete.
func (t *Tally) Contradictions() []Conflict {
	t.mu.Lock()
	defer t.mu.Unlock()
	return slices.Clone(t.found)
}

// tallyJob is one call: a part of a cell's number.
type tallyJob struct {
	cell   int
	base   int
	part   part
	answer answer
	err    error
	done   bool
}

// hopeless is how many calls in a row may fail before the others are not made.
const hopeless = 2 * callsAtOnce

// Cells counts, the statuses first. A cell is yielded whenever a part of its
// number came, and again when the number turns out to be an upper bound; the
// last one of its kind is right. An error comes with the cell that lacks it,
// for as many of its calls as fail, or where it turns out that what came is no
// total, and does not end the others, but refused
// credentials and parameters end all of it: then, and when ctx ends, the last
// thing yielded is an error with a zero cell. fresh and watch are those of
// Client.Page. Ranging again yields what came before and asks for what is
// missing. One goroutine at a time may range, and none of the other methods may
// be called meanwhile but Contradictions.
func (t *Tally) Cells(ctx context.Context, fresh bool, watch func(Event)) iter.Seq2[Cell, error] {
	return func(yield func(Cell, error) bool) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		n := &tallying{Tally: t, r: t.c.reading(t.plan, fresh, watch), cells: t.Keys(), yield: yield, changed: map[int]bool{}}
		n.parts = make([][]int, len(t.cells))
		for i := range t.jobs {
			n.parts[t.jobs[i].cell] = append(n.parts[t.jobs[i].cell], i)
		}
		n.r.of.Store(int64(t.Calls()))
		more, err := n.goOn(), error(nil)
		if more {
			more, err = n.count(ctx)
		}
		if more && err == nil {
			more, err = n.check(ctx)
		}
		if more && err != nil {
			yield(Cell{}, err)
		}
	}
}

// tallying is one ranging over the cells.
type tallying struct {
	*Tally
	r     *reading
	cells []Cell
	parts [][]int // the jobs of each cell
	yield func(Cell, error) bool

	changed map[int]bool // cells whose number was not yielded yet
	bounds  int          // contradictions that the cells know
}

// goOn yields the numbers of answers that came when this was ranged over before.
func (n *tallying) goOn() (more bool) {
	for i := range n.jobs {
		j := &n.jobs[i]
		if j.err = nil; j.done {
			n.add(j)
		}
	}
	return n.tell()
}

// count asks for every number that is missing. It returns false when the
// consumer stopped.
func (n *tallying) count(ctx context.Context) (more bool, err error) {
	ctx, cancel := context.WithCancel(ctx)
	var missing []int
	for i := range n.jobs {
		if !n.jobs[i].done {
			missing = append(missing, i)
		}
	}
	landed := make(chan int)
	var forbidden error
	go func() {
		defer close(landed)
		// The errors are in the jobs, but for a panic of ours, which is in none.
		for _, err := range inParallel(len(missing), callsAtOnce, func(i int) error { return n.land(ctx, missing[i], landed) }) {
			if err != nil && forbidden == nil {
				forbidden = err
			}
		}
	}()
	defer func() {
		cancel()
		for range landed { // until no call is under way
		}
	}()
	failed := 0
	for i := range landed {
		j := &n.jobs[i]
		switch {
		case ends(j.err):
			return true, j.err
		case ctx.Err() != nil:
			return true, ctx.Err()
		case j.err != nil:
			failed++
			if !n.yield(n.cells[j.cell], j.err) {
				return false, nil
			}
			if failed == hopeless {
				cancel()
				for range landed {
				}
				return n.giveUp(j.err), nil
			}
			continue
		}
		failed = 0
		if !n.take(j) {
			return false, nil
		}
	}
	if err := ctx.Err(); err != nil {
		return true, err
	}
	return true, forbidden
}

// land makes call i.
func (n *tallying) land(ctx context.Context, i int, landed chan<- int) error {
	j := &n.jobs[i]
	j.err = guarded(func() (err error) {
		j.answer, err = n.r.ask(ctx, j.part, 0, n.rows())
		return err
	})
	if j.err == nil && j.answer.open {
		j.err = &NoTotalError{Host: n.c.host}
	}
	err := ctx.Err()
	if ends(j.err) {
		err = j.err
	}
	landed <- i
	return err
}

// rows is how many rows a call asks for: one, where there is another number to
// compare it with; else a page, which shows whether filters were ignored.
func (t *Tally) rows() int {
	if len(t.jobs) == 1 {
		return maxLimit
	}
	return 1
}

// ends reports whether all other calls would get the same error.
func ends(err error) bool {
	var credentials *CredentialsError
	var parameter *ParameterError
	return errors.As(err, &credentials) || errors.As(err, &parameter)
}

// giveUp says of each number that is not whole that it is not going to be.
func (n *tallying) giveUp(err error) (more bool) {
	told := map[int]bool{}
	for i := range n.jobs {
		j := &n.jobs[i]
		if j.done || j.err != nil && !ended(j.err) || told[j.cell] {
			continue
		}
		told[j.cell] = true
		if !n.yield(n.cells[j.cell], err) {
			return false
		}
	}
	return true
}

// take adds an answer to its number.
func (n *tallying) take(j *tallyJob) (more bool) {
	j.done = true
	n.add(j)
	n.look(j.part, j.answer)
	return n.tell()
}

func (n *tallying) add(j *tallyJob) {
	c := &n.cells[j.cell]
	c.At = oldest(c.At, j.answer.fetchedAt)
	c.Answered++
	n.changed[j.cell] = true
}

// note remembers a contradiction once.
func (t *Tally) note(x Conflict) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !slices.Contains(t.found, x) {
		t.found = append(t.found, x)
	}
}

// tell yields the cells that changed, with those that turned out to be upper
// bounds.
func (n *tallying) tell() (more bool) {
	found := n.Contradictions()
	var ignored []Param
	for _, x := range found {
		if x.Kind == ParameterIgnored {
			ignored = append(ignored, x.Param)
		}
	}
	for i := range n.cells {
		c := &n.cells[i]
		if len(found) > n.bounds && c.Answered > 0 {
			n.changed[i] = n.changed[i] || slices.ContainsFunc(found, func(x Conflict) bool { return x.Concerns(*c) })
		}
	}
	n.bounds = len(found)
	for _, i := range slices.Sorted(maps.Keys(n.changed)) {
		if !n.changed[i] {
			continue
		}
		c := &n.cells[i]
		c.AtMost = slices.ContainsFunc(found, func(x Conflict) bool { return x.Concerns(*c) })
		c.Whole = c.Sub == 0 && n.known(ParamStatus) || c.Sub != 0 && n.known(ParamSubStatus)
		c.Span = n.known(ParamStartDate)
		c.Count = n.sum(i, ignored)
		if !n.yield(*c, nil) {
			return false
		}
	}
	clear(n.changed)
	return true
}

func (n *tallying) asked(j *tallyJob) asked { return asked{n.r, j.part, n.rows(), j.answer} }

// sum is the number of a cell, as far as it was answered.
func (n *tallying) sum(cell int, ignored []Param) int {
	var calls []asked
	for _, i := range n.parts[cell] {
		if j := &n.jobs[i]; j.done {
			calls = append(calls, n.asked(j))
		}
	}
	return sum(calls, ignored)
}

// Only is t with the numbers that keep holds for.
func (t *Tally) Only(keep func(Cell) bool) *Tally {
	only := &Tally{c: t.c, plan: t.plan, byDay: t.byDay, bases: t.bases}
	at := make([]int, len(t.cells))
	for i, c := range t.cells {
		if at[i] = -1; keep(c) {
			at[i] = len(only.cells)
			only.cells = append(only.cells, c)
		}
	}
	for _, j := range t.jobs {
		if j.cell = at[j.cell]; j.cell >= 0 {
			only.jobs = append(only.jobs, j)
		}
	}
	return only
}
