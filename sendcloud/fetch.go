package sendcloud

import (
	"context"
	"errors"
	"sync"
	"time"
)

const (
	mostInFlight = 32 // calls of a walk
	mostAhead    = 32 // pages that are in flight or wait for the reader
	opensAhead   = 16 // windows that are opened before the pages of the first one
)

// fetcher makes the calls of a walk before its reader needs them, as far as
// rate and latency make it worth while. All its fields but the channel belong to
// the reader's goroutine: while the consumer pauses, no call is begun.
type fetcher struct {
	w         *Walk
	ctx       context.Context // the context of the present ranging over the walk
	calls     sync.WaitGroup
	landing   chan *job
	inFlight  int             // calls
	openings  map[int]*job    // by window of the plan
	scans     map[int][]*scan // the lists of rows of a window that was opened
	alone     bool            // one call at a time: the list moves too much for several
	forbidden error           // an error that all calls would get
}

// job is one step of a walk: the opening of a window, or a page.
type job struct {
	cost   int // calls
	answer answer
	lists  []list
	err    error
	done   bool
	land   func() // takes the answer in, in the reader's goroutine
}

// failed reports whether a job has to be done again.
func (j *job) failed() bool { return j == nil || j.done && j.err != nil }

// prefetch is the pages of a scan that were asked for ahead of the reader.
type prefetch struct {
	jobs   map[int]*job    // by start
	ahead  int             // start of the page that is asked for next
	latest int             // the total of the last answer that came
	asked  map[[2]int]bool // starts and limits that were asked for
}

// restart drops the pages that wait, and goes on at a start.
func (p *prefetch) restart(next int) { p.jobs, p.ahead = map[int]*job{}, next }

// unasked returns a start and limit that were not requested yet, because the
// service would answer a repeated request from its cache. It tries at first, then
// earlier starts; when it passes 0 it stays there and lowers limit one by one.
func (p *prefetch) unasked(at, limit int) (int, int) {
	for p.asked[[2]int{at, limit}] {
		if at--; at < 0 {
			at, limit = 0, limit-1
		}
	}
	return at, limit
}

func newFetcher(w *Walk) *fetcher {
	f := &fetcher{w: w, landing: make(chan *job, 2*mostAhead)}
	f.reset()
	return f
}

// reset forgets what was opened.
func (f *fetcher) reset() {
	f.openings, f.scans, f.forbidden = map[int]*job{}, map[int][]*scan{}, nil
	of := f.w.r.calls.Load()
	for i := range f.w.plan.windows {
		of += int64(f.w.plan.windows[i].cost())
	}
	f.w.r.of.Store(of)
}

// stop waits for the calls that are under way, once their context ended.
func (f *fetcher) stop() {
	f.calls.Wait()
	f.takeLanded()
	f.forbidden = nil
}

// width returns how many calls to keep in flight: the calls allowed per second
// times the seconds an answer takes, plus a quarter for slow answers, plus four
// that wait for the rate limit; at most mostInFlight. It is 1 while calls go
// out one at a time (alone).
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
	for f.forbidden == nil && f.inFlight < f.width() && f.waiting() < mostAhead && f.begin() {
	}
}

// waiting returns how many pages are in flight or wait for the reader.
func (f *fetcher) waiting() int {
	n := 0
	for at, j := range f.openings {
		if !j.done {
			n++
		}
		for _, s := range f.scans[at] {
			n += len(s.jobs)
		}
	}
	return n
}

// begin begins the call that is needed first, and reports whether there is one.
// Until the service is known to take the span of a window, one call goes alone.
func (f *fetcher) begin() bool {
	end := min(f.w.at+opensAhead, len(f.w.plan.windows))
	for at := f.w.at; at < end && (len(f.openings) == 0 || !f.w.r.unproven()); at++ {
		if f.openings[at] == nil && !f.waitsForRequested(at) {
			f.openWindow(at)
			return true
		}
	}
	for at := f.w.at; at < end; at++ {
		for n, s := range f.scans[at] {
			if (at > f.w.at || n >= f.w.list) && s.adds(s.ahead) && !s.ended {
				f.beginPage(s, s.ahead)
				return true
			}
		}
	}
	return false
}

// waitsForRequested reports whether window at must not be opened before the window
// that asks for requested mail of the same days. Mail leaves that status for the
// one of at: asked for at the same time, it could be in neither answer.
func (f *fetcher) waitsForRequested(at int) bool {
	j := f.w.plan.requestedBeside(at)
	opening := f.openings[j]
	return j >= 0 && (j < at && j >= f.w.at || j > at && (opening.failed() || !opening.done))
}

func (f *fetcher) openWindow(at int) {
	j := &job{cost: f.w.plan.windows[at].cost()}
	f.openings[at] = j
	j.land = func() {
		f.w.mu.Lock()
		defer f.w.mu.Unlock()
		f.scans[at] = nil
		for _, l := range j.lists {
			s := newScan(l, f.w.c.now())
			f.scans[at] = append(f.scans[at], s)
			f.w.r.of.Add(int64(s.paging().pages(s.announced) - 1))
			f.w.setTotal(s.at, s.announced, l.first.open)
		}
	}
	f.launch(j, func() (err error) {
		j.lists, err = f.w.r.open(f.ctx, at)
		return err
	})
}

// beginPage asks for the page at start, unless that was done.
func (f *fetcher) beginPage(s *scan, start int) *job {
	if s.jobs[start].failed() {
		s.jobs[start] = f.ask(s, start, s.paging().limit)
	}
	s.ahead = max(s.ahead, start+s.paging().step())
	return s.jobs[start]
}

func (f *fetcher) ask(s *scan, start, limit int) *job {
	s.asked[[2]int{start, limit}] = true
	j := &job{cost: 1}
	j.land = func() {
		if s.latest = j.answer.total; !j.answer.noTotal {
			s.most, s.end = max(s.most, s.latest), max(s.end, s.latest)
		}
	}
	f.launch(j, func() (err error) {
		j.answer, err = f.w.r.ask(f.ctx, &s.window, start, limit)
		return err
	})
	return j
}

func (f *fetcher) launch(j *job, do func() error) {
	f.inFlight += j.cost
	f.calls.Go(func() {
		j.err = guarded(do)
		f.landing <- j
	})
}

// landed takes in a job that is done.
func (f *fetcher) landed(j *job) {
	f.inFlight -= j.cost
	j.done = true
	if ends(j.err) {
		f.forbidden = j.err
	}
	if j.err == nil {
		j.land()
	}
}

// takeLanded takes in the jobs that are done by now.
func (f *fetcher) takeLanded() {
	for {
		select {
		case j := <-f.landing:
			f.landed(j)
		default:
			return
		}
	}
}

// ends reports whether all other calls would get the same error.
func ends(err error) bool {
	var credentials *CredentialsError
	var parameter *ParameterError
	return errors.As(err, &credentials) || errors.As(err, &parameter)
}

// await waits until done holds, and begins more meanwhile if ahead is set.
func (f *fetcher) await(done func() bool, ahead bool) error {
	for f.takeLanded(); !done(); f.takeLanded() {
		if ahead {
			f.fill()
		}
		select {
		case j := <-f.landing:
			f.landed(j)
		case <-f.ctx.Done():
			return f.ctx.Err()
		}
		if f.forbidden != nil {
			return f.forbidden
		}
	}
	return nil
}

// get waits for j, and begins what the reader needs after it.
func (f *fetcher) get(j *job) error {
	if err := f.await(func() bool { return j.done }, true); err != nil {
		return err
	}
	return j.err
}

// open returns the scans of the lists of window at. What failed while nobody
// waited for it is asked for again.
func (f *fetcher) open(at int) ([]*scan, error) {
	for _, i := range []int{f.w.plan.requestedBeside(at), at} {
		if i < at { // there is none, or it was read
			continue
		}
		if f.openings[i].failed() {
			f.openWindow(i)
		}
		if err := f.get(f.openings[i]); err != nil {
			return nil, err
		}
	}
	return f.scans[at], nil
}

// page returns the page of s that is read next, and begins those after it.
func (f *fetcher) page(s *scan) (answer, error) {
	j := f.beginPage(s, s.next)
	if err := f.get(j); err != nil {
		return answer{}, err
	}
	f.fill()
	return j.answer, nil
}

// quiet waits until nothing is in flight.
func (f *fetcher) quiet() error {
	return f.await(func() bool { return f.inFlight == 0 }, false)
}

// again reads rows out of their turn, once nothing else is in flight: so the
// list has little time to move.
func (f *fetcher) again(s *scan, start, limit int) (answer, error) {
	j := f.ask(s, start, limit)
	if err := f.await(func() bool { return j.done }, false); err != nil {
		return answer{}, err
	}
	return j.answer, j.err
}

// forget drops what is left of window at.
func (f *fetcher) forget(at int) {
	delete(f.scans, at)
	delete(f.openings, at)
}
