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
	leadsAhead   = 8  // parts whose totals are asked for before the pages of the first one
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
	inFlight  int // calls
	ahead     int // jobs that the consumer has not got yet
	nextLead  int // the part behind the last one whose first rows were asked for
	leads     map[int]*job
	streams   map[int][]*stream // by part of the plan
	alone     bool              // a call is under way that no other should delay
	oneByOne  bool              // the list that is read moves too much for several calls at once
	forbidden error             // an error that all calls would get
}

// job is one step of a walk: the first rows of a part of the plan, or a page.
type job struct {
	of      *stream // of a page
	at      int     // part of the plan, of a lead
	isLead  bool
	calls   int
	leads   []lead
	answer  answer
	err     error
	done    bool
	dropped bool
}

// stream is the pages of one part, ahead of the consumer.
type stream struct {
	part   part
	atOnce int // rows that the service gives at once, as the first answer shows
	paging paging
	next   int // where the page begins that is asked for next
	end    int // how many rows there are, as far as known
	total  int // the highest that was announced by the pages
	jobs   map[int]*job
}

func newFetcher(ctx context.Context, w *Walk) *fetcher {
	w.r.room = make(chan struct{}, mostInFlight)
	of := w.r.calls.Load()
	for _, pt := range w.plan.parts[w.at:] {
		of += int64(w.plan.Query.cost(pt))
	}
	w.r.of.Store(of)
	return &fetcher{ctx: ctx, w: w, landing: make(chan *job, 2*mostAhead), nextLead: w.at,
		leads: map[int]*job{}, streams: map[int][]*stream{}}
}

// width is how many calls are worth having in flight: as many as are answered
// while the budget lets go one more, a quarter more for answers that come late,
// and some that wait for the budget.
func (f *fetcher) width() int {
	if f.oneByOne {
		return 1
	}
	rate := float64(f.w.c.Budget().PerMinute) / time.Minute.Seconds()
	took := time.Duration(f.w.r.took.Load()).Seconds()
	return min(int(rate*took*1.25)+4, mostInFlight)
}

// fill begins what is worth having in flight.
func (f *fetcher) fill() {
	for f.forbidden == nil && !f.alone && f.inFlight < f.width() && f.ahead < mostAhead {
		if !f.begin() {
			return
		}
	}
}

// begin begins the call that is most useful, and reports whether there is one:
// the totals of the next parts, then pages in their order, then more totals.
func (f *fetcher) begin() bool {
	parts := len(f.w.plan.parts)
	if f.beginLeadBefore(min(f.w.at+leadsAhead, parts)) {
		return true
	}
	for at := f.w.at; at < f.nextLead; at++ {
		for sub, st := range f.streams[at] {
			if at == f.w.at && sub < f.w.sub || !st.paging.more(st.next, st.end) {
				continue
			}
			f.beginPage(st, st.next)
			st.next += st.paging.step()
			return true
		}
	}
	return f.beginLeadBefore(parts)
}

// beginLeadBefore begins the first lead before part end that may be begun.
func (f *fetcher) beginLeadBefore(end int) bool {
	for at := f.w.at; at < end; at++ {
		if f.leads[at] == nil && !f.waitsForRequested(at) {
			f.beginLead(at)
			return true
		}
	}
	return false
}

// waitsForRequested reports whether part at has to wait for requested mail.
// Mail that is delivered or refused leaves that status for the one of at: asked
// for together, it could be in neither answer. What comes before at in the
// output is read whole before it, and of what comes after it the first rows.
func (f *fetcher) waitsForRequested(at int) bool {
	for _, j := range f.w.plan.requestedBeside(at) {
		if lead := f.leads[j]; j < at && j >= f.w.at || j > at && (lead == nil || !lead.done || lead.err != nil) {
			return true
		}
	}
	return false
}

func (f *fetcher) beginLead(at int) {
	j := &job{at: at, isLead: true, calls: f.w.plan.Query.cost(f.w.plan.parts[at])}
	f.leads[at] = j
	f.nextLead = max(f.nextLead, at+1)
	f.launch(j, func() (err error) {
		j.leads, err = f.w.r.lead(f.ctx, at)
		return err
	})
}

func (f *fetcher) beginPage(st *stream, start int) {
	if st.jobs[start] == nil {
		st.jobs[start] = f.beginAsk(st.part, start, st.paging.limit)
		st.jobs[start].of = st
	}
}

func (f *fetcher) beginAsk(pt part, start, limit int) *job {
	j := &job{calls: 1}
	f.launch(j, func() (err error) {
		j.answer, err = f.w.r.ask(f.ctx, pt, start, limit)
		return err
	})
	return j
}

func (f *fetcher) launch(j *job, do func() error) {
	f.inFlight += j.calls
	f.ahead++
	f.calls.Go(func() {
		j.err = guarded(do)
		f.landing <- j
	})
}

// landed takes in a job that is done.
func (f *fetcher) landed(j *job) {
	f.inFlight -= j.calls
	j.done = true
	if j.dropped {
		f.ahead--
	}
	var credentials *CredentialsError
	var parameter *ParameterError
	if errors.As(j.err, &credentials) || errors.As(j.err, &parameter) {
		f.forbidden = j.err
	}
	if j.of != nil && j.err == nil && !j.answer.noTotal {
		j.of.total = max(j.of.total, j.answer.total)
	}
	if !j.isLead || j.err != nil {
		return
	}
	for sub, l := range j.leads {
		atOnce := l.answer.short(0, maxLimit)
		p := passes[0].cut(atOnce)
		st := &stream{part: l.part, atOnce: atOnce, paging: p, next: p.step(), end: l.answer.total, jobs: map[int]*job{}}
		st.jobs[0] = &job{answer: l.answer, done: true}
		f.ahead++ // the answers of the lead wait for the consumer as well
		f.streams[j.at] = append(f.streams[j.at], st)
		f.w.r.of.Add(int64(st.paging.pages(l.answer.total) - 1))
		if at := (place{j.at, sub}); !f.w.begun(at) {
			f.w.announce(at, l.answer.total, l.answer.open)
		}
	}
	f.ahead--
}

// quiet waits until no call is in flight.
func (f *fetcher) quiet() error {
	for f.inFlight > 0 {
		select {
		case landed := <-f.landing:
			f.landed(landed)
		case <-f.ctx.Done():
			return f.ctx.Err()
		}
	}
	return f.forbidden
}

// await waits for j. What the consumer takes makes room for more.
func (f *fetcher) await(j *job) error {
	for !j.done {
		f.fill()
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
	for more := true; more; {
		select {
		case landed := <-f.landing:
			f.landed(landed)
		default:
			more = false
		}
	}
	return j.err
}

// lead returns the streams of part at of the plan.
func (f *fetcher) lead(at int) ([]*stream, error) {
	for _, j := range append(f.w.plan.requestedBeside(at), at) {
		if j < at {
			continue // was read
		}
		if err := f.awaitLead(j); err != nil {
			return nil, err
		}
	}
	return f.streams[at], nil
}

// awaitLead waits for a lead. What failed while nobody waited for it is asked
// for again.
func (f *fetcher) awaitLead(at int) error {
	if j := f.leads[at]; j == nil || j.done && j.err != nil {
		f.drop(j)
		f.beginLead(at)
	}
	return f.await(f.leads[at])
}

// page returns the page at start of st, and begins those after it.
func (f *fetcher) page(st *stream, start int) (answer, error) {
	if j := st.jobs[start]; j != nil && j.done && j.err != nil {
		f.drop(j)
		delete(st.jobs, start)
	}
	f.beginPage(st, start)
	st.next = max(st.next, start+st.paging.step())
	j := st.jobs[start]
	if err := f.await(j); err != nil {
		return answer{}, err
	}
	delete(st.jobs, start)
	f.ahead--
	f.fill()
	return j.answer, nil
}

// ask reads rows out of their turn; alone begins no other call meanwhile, so
// that the list has less time to move.
func (f *fetcher) ask(pt part, start, limit int, alone bool) (answer, error) {
	f.alone = alone
	j := f.beginAsk(pt, start, limit)
	err := f.await(j)
	f.drop(j)
	f.alone = false
	if err != nil {
		return answer{}, err // the call may still be writing its own
	}
	return j.answer, nil
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

// forget drops what is left of part at.
func (f *fetcher) forget(at int) {
	for _, st := range f.streams[at] {
		st.clear(f)
	}
	delete(f.streams, at)
	delete(f.leads, at)
}

// restart lets the pages of st begin at next.
func (f *fetcher) restart(st *stream, next int) {
	st.clear(f)
	st.next = next
}

func (st *stream) clear(f *fetcher) {
	for start, j := range st.jobs {
		f.drop(j)
		delete(st.jobs, start)
	}
}

// follow sets st to where s stands.
func (f *fetcher) follow(st *stream, s *stretch) {
	if p := s.paging(); st.paging != p {
		st.clear(f)
		st.paging, st.next = p, s.next
		f.w.r.of.Add(int64(p.pages(s.announced)))
	}
	if st.next < s.next {
		st.next = s.next
	}
	st.end = max(st.end, s.end, s.announced)
}
