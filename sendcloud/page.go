package sendcloud

import (
	"context"
	"math"
	"slices"
	"strconv"
	"time"
)

// Page is rows [Start, Next) of the whole list of a plan. Positions are those of the service: where rows had to be
// filtered here, or came twice, Records holds fewer rows than Next-Start.
type Page struct {
	Records   []Record
	Start     int
	Next      int // where the next page begins
	Total     int
	AtMost    bool      // Total is an upper bound: the service ignored a filter
	AtLeast   bool      // Total is what is known to exist: the service announces none that can be true
	FetchedAt time.Time // when the oldest answer in it came
	Notes     []Note
}

// More reports whether rows follow after the page, as far as known.
func (p Page) More() bool { return p.AtLeast || p.Next < p.Total }

// Event tells what a request is doing. It is for people who wait.
type Event struct {
	Kind  EventKind
	Call  int       // which call of the request, from 1
	Calls int       // how many calls there will be, as far as known
	Try   int       // which try of the call, from 1; Retrying: the one that is waited for
	Until time.Time // Retrying, WaitingForBudget, Paused: when it goes on
	Err   error     // Retrying: why
}

// EventKind says what a request is doing.
type EventKind int

const (
	Calling          EventKind = iota // a call goes out
	Retrying                          // waits, then tries the call again
	WaitingForBudget                  // waits for this process's share of calls
	Paused                            // the service said "too frequent": all calls wait
	Rereading                         // rows moved: a window is read again
)

// Page reads rows [start, start+limit) of the whole list, limit 1 to 100; fresh goes past the cache of ten minutes. Of
// two rows with one email id the later modifiedTime stands. watch, which may be nil, is told of calls and waits, from
// any goroutine. On an error the page holds what came before it.
func (c *Client) Page(ctx context.Context, p Plan, start, limit int, fresh bool, watch func(Event)) (Page, error) {
	page := Page{Start: start, Next: start}
	switch {
	case start < 0:
		return page, &ParameterError{Param: ParamStart, Value: strconv.Itoa(start), Reason: OutOfRange}
	case limit < 1 || limit > maxLimit:
		return page, &ParameterError{Param: ParamLimit, Value: strconv.Itoa(limit), Reason: OutOfRange, Min: 1, Limit: maxLimit}
	}
	r := c.request(p, watch, callsAtOnce)
	r.fresh = fresh
	b := builder{r: r, page: &page, at: map[string]int{}, end: math.MaxInt}
	if start <= math.MaxInt-limit {
		b.end = start + limit
	}
	lists, opening := r.openAll(ctx)
	err := b.read(ctx, lists)
	if err == nil {
		err = opening
	}
	page.Notes = r.notes()
	page.AtMost = slices.Contains(page.Notes, FilterIgnored)
	return page, err
}

// openAll asks for the first rows of all windows, and returns those up to the first error.
func (r *request) openAll(ctx context.Context) (lists []list, err error) {
	if r.unproven() {
		for lists, err = r.open(ctx, 0); r.shrink(err); {
			lists, err = r.open(ctx, 0)
		}
		if err != nil {
			return nil, r.spanRefused(err)
		}
	}
	opened := min(len(lists), 1)
	found := make([][]list, len(r.plan.windows)-opened)
	errs := inParallel(len(found), callsAtOnce, func(i int) (err error) {
		found[i], err = r.open(ctx, opened+i)
		return err
	})
	for i := range found {
		if errs[i] != nil {
			return lists, errs[i]
		}
		lists = append(lists, found[i]...)
	}
	return lists, ctx.Err()
}

// builder puts a page together.
type builder struct {
	r    *request
	page *Page
	end  int            // where the page ends in the whole list
	at   map[string]int // where in the page an email id stands
}

// read adds the rows of lists that lie on the page. Rows behind a list whose end is not known have no place yet.
func (b *builder) read(ctx context.Context, lists []list) error {
	offset := 0
	var err error
	for i := range lists {
		l := &lists[i]
		for n := range l.first.records {
			b.r.plan.learned.unasked(&l.window, &l.first.records[n])
		}
		if err == nil && !b.page.AtLeast {
			err = b.readList(ctx, l, offset)
		}
		s := b.r.size(l)
		offset += s.rows
		b.page.Total = offset
		b.page.AtLeast = b.page.AtLeast || s.open
		b.page.FetchedAt = oldest(b.page.FetchedAt, l.first.fetchedAt)
	}
	return err
}

// readList adds the rows of l, which begins at offset in the whole list. It asks
// for whole pages of 100 rows, so that their answers are shared.
func (b *builder) readList(ctx context.Context, l *list, offset int) error {
	for {
		s := b.r.size(l)
		from, to := max(b.page.Next-offset, 0), b.end-offset
		if !s.open {
			to = min(to, s.rows)
		}
		if from >= to {
			return nil
		}
		begin := from / maxLimit * maxLimit
		answers := make([]answer, (to-begin+maxLimit-1)/maxLimit)
		errs := inParallel(len(answers), callsAtOnce, func(i int) (err error) {
			answers[i], err = b.r.page(ctx, l, begin+i*maxLimit, to)
			return err
		})
		for i, a := range answers {
			if errs[i] != nil {
				return errs[i]
			}
			at := begin + i*maxLimit
			b.r.measure(l, at, a)
			last := min(to-at, maxLimit)
			if s.open {
				last = min(last, len(a.records))
			}
			b.add(l, a, max(from-at, 0), last)
		}
		if b.r.size(l) == s {
			return nil // the pages told nothing about the size
		}
	}
}

// page returns the page of l at start, as far as row to, in several calls where
// the service gives fewer rows at once than it is asked for.
func (r *request) page(ctx context.Context, l *list, start, to int) (a answer, err error) {
	if a = l.first; start > 0 {
		a, err = r.ask(ctx, &l.window, start, maxLimit)
	}
	for err == nil && start+len(a.records) < to && a.short(start, maxLimit) {
		n := len(a.records)
		var more answer
		more, err = r.ask(ctx, &l.window, start+n, maxLimit-n)
		known := keysOf(a.records, start)
		if err != nil || !slices.ContainsFunc(keysOf(more.records, start+n), func(key uint64) bool { return !slices.Contains(known, key) }) {
			a.open = err != nil && a.open
			break
		}
		a.records = slices.Concat(a.records, more.records) // an answer is shared by all who ask
		a.fetchedAt = oldest(a.fetchedAt, more.fetchedAt)
	}
	return a, err
}

// short reports whether an answer holds fewer rows than it was asked for, although there are or may be more.
func (a *answer) short(start, limit int) bool {
	n := len(a.records)
	return 0 < n && n < limit && (start+n < a.total || a.open)
}

// add adds rows [from, to) of an answer to the page, but those that were not asked for or belong to another window.
func (b *builder) add(l *list, a answer, from, to int) {
	b.page.FetchedAt = oldest(b.page.FetchedAt, a.fetchedAt)
	b.page.Next += max(0, to-from)
	for i := min(from, len(a.records)); i < min(to, len(a.records)); i++ {
		rec := &a.records[i]
		at, twice := b.at[rec.EmailID]
		switch {
		case b.r.plan.learned.unasked(&l.window, rec):
		case b.r.plan.inNewerWindow(&l.window, rec):
		case twice && rec.EmailID != "":
			if rec.ModifiedTime.After(b.page.Records[at].ModifiedTime) {
				b.page.Records[at] = *rec
			}
		default:
			b.at[rec.EmailID] = len(b.page.Records)
			b.page.Records = append(b.page.Records, *rec)
		}
	}
}

// size is how many rows a list has, as far as known; open: more may follow.
type size struct {
	rows int
	open bool
}

func (r *request) size(l *list) size {
	r.plan.learned.mu.Lock()
	defer r.plan.learned.mu.Unlock()
	if s, known := r.plan.learned.sizes[l.at]; known {
		return s
	}
	return size{l.first.total, l.first.open}
}

// measure takes from the page of l at start what it tells about its size, where
// the total did not: the list ends with the first page that is not full.
func (r *request) measure(l *list, start int, a answer) {
	s := r.size(l)
	rows := start + len(a.records)
	switch {
	case !s.open && !(a.noTotal && rows > s.rows):
		return
	case a.open:
		s = size{max(rows, s.rows), true}
	case len(a.records) > 0 || start <= s.rows:
		s = size{rows, false}
	}
	r.plan.learned.mu.Lock()
	r.plan.learned.sizes[l.at] = s
	r.plan.learned.mu.Unlock()
}

// oldest returns the earlier of two moments, of which a zero one is not known.
func oldest(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}
