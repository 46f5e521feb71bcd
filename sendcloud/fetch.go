package sendcloud

import (
	"context"
	"errors"
	"sync"
	"time"
)

const (
	mostInFlight = 32 // calls of a walk
	mostAhead    = 32 // answers of a walk that are in flight or wait for the consumer
	opensAhead   = 8  // windows whose totals are asked for before the pages of the first one
)

// fetcher makes the calls of one ranging over a walk, ahead of its consumer and
// only as far as rate and latency need it. All its fields but the channel
// belong to the consumer's goroutine: while the consumer pauses, no call
// is begun.
type fetcher struct {
	ctx       context.Context
	w         *Walk
	calls     sync.WaitGroup
	landing   chan *job
	inFlight  int             // calls
	ahead     int             // jobs whose answers the consumer has not taken
	openings  map[int]*job    // by window of the plan
	lists     map[int][]*feed // by window of the plan
	alone     bool            // one call at a time: the list moves too much for several
	forbidden error           // an error that all calls would get
}

// job is one step of a walk: the opening of a window, or a page.
type job struct {
	cost    int // calls
	answer  answer
	lists   []list
	err     error
	done    bool
	dropped bool
	land    func() // takes the answer in, in the consumer's goroutine
}

// feed is the pages of one list, ahead of the consumer.
type feed struct {
	list   list
	atOnce int // rows that the service gives at once, as the first answer shows
	paging paging
	next   int // where the page begins that is asked for next
	end    int // how many rows there are, as far as known
	most   int // the highest total of an answer that came
	latest int // the total of the last answer that came
	jobs   map[int]*job
	asked  map[[2]int]bool // starts and limits that were asked for
}

func newFetcher(ctx context.Context, w *Walk) *fetcher {
	of := w.r.calls.Load()
	for i := w.at; i < len(w.plan.windows); i++ {
		of += int64(w.plan.windows[i].cost())
	}
	w.r.of.Store(of)
	f := &fetcher{ctx: ctx, w: w, landing: make(chan *job, 2*mostAhead)}
	f.reset()
	return f
}

// width is how many calls are worth having in flight: as many as are answered
// while the budget lets go one more, a quarter more for answers that come late,
// and some that wait for the budget.
func (f *fetcher) width() int {
	if f.alone {
		return 1
	}
	rate := float64(f.w.c.Budget().PerMinute) / time.Minute.Seconds()
	took := time.Duration(f.w.r.took.Load()).Seconds()
	return min(int(rate*took*1.25)+4, mostInFlight)
}

// fill begins what is worth having in flight.
func (f *fetcher) fill() {
	for f.forbidden == nil && f.inFlight < f.width() && f.ahead < mostAhead && f.begin() {
	}
}

// begin begins the call that is most useful, and reports whether there is one:
// the totals of the next windows, then pages in their order, then more totals.
func (f *fetcher) begin() bool {
	windows := len(f.w.plan.windows)
	if f.beginOpening(min(f.w.at+opensAhead, windows)) {
		return true
	}
	for at := f.w.at; at < windows && f.openings[at] != nil; at++ {
		for n, p := range f.lists[at] {
			if at == f.w.at && n < f.w.list || !p.paging.more(p.next, p.end) {
				continue
			}
			f.beginPage(p, p.next)
			p.next += p.paging.step()
			return true
		}
	}
	return f.beginOpening(windows)
}

// beginOpening opens the first window before end that may be opened; one alone
// until the service is known to take its span.
func (f *fetcher) beginOpening(end int) bool {
	if len(f.openings) > 0 && f.w.r.unproven() {
		return false
	}
	for at := f.w.at; at < end; at++ {
		if f.openings[at] == nil && !f.waitsForRequested(at) {
			f.openWindow(at)
			return true
		}
	}
	return false
}

// waitsForRequested reports whether window at has to wait for requested mail.
// Mail that is delivered or refused leaves that status for the one of at: asked
// for together, it could be in neither answer. What comes before at in the
// output is read whole before it, and of what comes after it the first rows.
func (f *fetcher) waitsForRequested(at int) bool {
	j := f.w.plan.requestedBeside(at)
	opening := f.openings[j]
	return j >= 0 && (j < at && j >= f.w.at || j > at && (opening == nil || !opening.done || opening.err != nil))
}

func (f *fetcher) openWindow(at int) {
	j := &job{cost: f.w.plan.windows[at].cost()}
	f.openings[at] = j
	j.land = func() { f.opened(at, j) }
	f.launch(j, func() (err error) {
		j.lists, err = f.w.r.open(f.ctx, at)
		return err
	})
}

// opened makes feeds of the lists of a window.
func (f *fetcher) opened(at int, j *job) {
	f.ahead--
	for n, l := range j.lists {
		p := &feed{list: l, end: l.first.total, most: l.first.total, latest: l.first.total, jobs: map[int]*job{0: {answer: l.first, done: true}}, asked: map[[2]int]bool{}}
		for _, pass := range passes { // nothing else may ask for their first pages
			p.asked[[2]int{0, pass.limit}] = true
		}
		if l.first.short(0, maxLimit) {
			p.atOnce = len(l.first.records)
		}
		p.paging = passes[0].cut(p.atOnce)
		p.next = p.paging.step()
		f.ahead++ // the first page waits for the consumer as well
		f.lists[at] = append(f.lists[at], p)
		f.w.r.of.Add(int64(p.paging.pages(l.first.total) - 1))
		if where := (place{at, n}); !f.w.begun(where) {
			f.w.setTotal(where, l.first.total, l.first.open)
		}
	}
}

func (f *fetcher) beginPage(p *feed, start int) {
	if p.jobs[start] == nil {
		p.jobs[start] = f.ask(p, start, p.paging.limit)
	}
}

func (f *fetcher) ask(p *feed, start, limit int) *job {
	p.asked[[2]int{start, limit}] = true
	j := &job{cost: 1}
	j.land = func() {
		if p.latest = j.answer.total; !j.answer.noTotal {
			p.most = max(p.most, j.answer.total)
		}
	}
	f.launch(j, func() (err error) {
		j.answer, err = f.w.r.ask(f.ctx, &p.list.window, start, limit)
		return err
	})
	return j
}

func (f *fetcher) launch(j *job, do func() error) {
	f.inFlight += j.cost
	f.ahead++
	f.calls.Go(func() {
		j.err = guarded(do)
		f.landing <- j
	})
}

// landed takes in a job that is done.
func (f *fetcher) landed(j *job) {
	f.inFlight -= j.cost
	j.done = true
	if j.dropped {
		f.ahead--
	}
	if ends(j.err) {
		f.forbidden = j.err
	}
	if j.err == nil {
		j.land()
	}
}

// ends reports whether all other calls would get the same error.
func ends(err error) bool {
	var credentials *CredentialsError
	var parameter *ParameterError
	return errors.As(err, &credentials) || errors.As(err, &parameter)
}

// await waits until done holds, for which it takes in jobs as they land.
func (f *fetcher) await(done func() bool, more func()) error {
	for !done() {
		more()
		select {
		case landed := <-f.landing:
			f.landed(landed)
		case <-f.ctx.Done():
			return f.ctx.Err()
		}
		if f.forbidden != nil {
			return f.forbidden
		}
	}
	for {
		select {
		case landed := <-f.landing:
			f.landed(landed)
		default:
			return nil
		}
	}
}

// get waits for j. What the consumer takes makes room for more.
func (f *fetcher) get(j *job) error {
	if err := f.await(func() bool { return j.done }, f.fill); err != nil {
		return err
	}
	return j.err
}

// quiet waits until no call is in flight.
func (f *fetcher) quiet() error {
	return f.await(func() bool { return f.inFlight == 0 }, func() {})
}

// open returns the feeds of window at of the plan.
func (f *fetcher) open(at int) ([]*feed, error) {
	for _, i := range []int{f.w.plan.requestedBeside(at), at} {
		if i < at { // there is none, or it was read
			continue
		}
		j := f.openings[i]
		if j == nil || j.done && j.err != nil { // what failed while nobody waited for it is asked for again
			f.drop(j)
			f.openWindow(i)
		}
		if err := f.get(f.openings[i]); err != nil {
			return nil, err
		}
	}
	return f.lists[at], nil
}

// reset forgets what was opened.
func (f *fetcher) reset() {
	f.ahead, f.forbidden = 0, nil
	f.openings, f.lists = map[int]*job{}, map[int][]*feed{}
}

// page returns the page at start of p, and begins those after it.
func (f *fetcher) page(p *feed, start int) (answer, error) {
	if j := p.jobs[start]; j != nil && j.done && j.err != nil {
		f.drop(j)
		delete(p.jobs, start)
	}
	f.beginPage(p, start)
	p.next = max(p.next, start+p.paging.step())
	j := p.jobs[start]
	if err := f.get(j); err != nil {
		return answer{}, err
	}
	delete(p.jobs, start)
	f.ahead--
	f.fill()
	return j.answer, nil
}

// again reads rows out of their turn, while nothing else is in flight, so that
// the list has little time to move.
func (f *fetcher) again(p *feed, start, limit int) (answer, error) {
	if err := f.quiet(); err != nil {
		return answer{}, err
	}
	j := f.ask(p, start, limit)
	err := f.await(func() bool { return j.done }, func() {})
	f.drop(j)
	if err != nil {
		return answer{}, err // the call may still be writing its own
	}
	return j.answer, j.err
}

// unasked is the nearest place where no page of limit rows was asked for, or one
// of fewer rows: the same parameters again would get a cached answer.
func (p *feed) unasked(at, limit int) (int, int) {
	for p.asked[[2]int{at, limit}] {
		if at--; at < 0 {
			at, limit = 0, limit-1
		}
	}
	return at, limit
}

// drop no longer counts j among what the consumer will get.
func (f *fetcher) drop(j *job) {
	switch {
	case j == nil:
	case j.done:
		f.ahead--
	default:
		j.dropped = true
	}
}

// forget drops what is left of window at.
func (f *fetcher) forget(at int) {
	for _, p := range f.lists[at] {
		f.restart(p, 0)
	}
	delete(f.lists, at)
	delete(f.openings, at)
}

// restart drops the pages of p that wait, and lets them begin at next.
func (f *fetcher) restart(p *feed, next int) {
	for start, j := range p.jobs {
		f.drop(j)
		delete(p.jobs, start)
	}
	p.next = next
}

// follow sets p to where s stands.
func (f *fetcher) follow(p *feed, s *scan) {
	if cut := s.paging(); p.paging != cut {
		f.restart(p, s.next)
		p.paging = cut
		f.w.r.of.Add(int64(cut.pages(s.announced)))
	}
	p.next = max(p.next, s.next)
	p.end = max(p.end, s.end, s.announced)
}
