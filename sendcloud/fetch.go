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

// fetcher makes the calls of a walk before its reader needs them. Its fields belong
// to the reader's goroutine: while the consumer pauses, no call is begun.
type fetcher struct {
	w        *Walk
	ctx      context.Context // the context of the present ranging over the walk
	calls    sync.WaitGroup
	landing  chan *job
	inFlight int             // calls
	openings map[int]*job    // by window of the plan
	scans    map[int][]*scan // the lists of rows of a window that was opened
	alone    bool            // one call at a time: the list moves too much for several
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

func (j *job) failed() bool { return j == nil || j.done && j.err != nil }

func (f *fetcher) reset() {
	f.openings, f.scans = map[int]*job{}, map[int][]*scan{}
	of := f.w.r.calls.Load()
	for i := range f.w.r.plan.windows {
		of += int64(f.w.r.plan.windows[i].cost())
	}
	f.w.r.of.Store(of)
}

// width returns how many calls to keep in flight: those allowed in the time that
// an answer takes, a quarter more, and four that wait for the rate limit.
func (f *fetcher) width() int {
	if f.alone {
		return 1
	}
	rate := float64(f.w.r.c.Budget().PerMinute) / time.Minute.Seconds()
	took := time.Duration(f.w.r.took.Load()).Seconds()
	return min(int(rate*took*1.25)+4, mostInFlight)
}

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
	end := min(f.w.at+opensAhead, len(f.w.r.plan.windows))
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

// waitsForRequested reports whether window at must not be opened before the window that asks for requested mail of the
// same days: asked for at the same time, mail that gets its status could be in neither answer.
func (f *fetcher) waitsForRequested(at int) bool {
	j := at + f.w.r.plan.windows[at].requested
	opening := f.openings[j]
	return j < at && j >= f.w.at || j > at && (opening.failed() || !opening.done)
}

func (f *fetcher) openWindow(at int) {
	j := &job{cost: f.w.r.plan.windows[at].cost()}
	f.openings[at] = j
	j.land = func() {
		f.w.mu.Lock()
		defer f.w.mu.Unlock()
		f.scans[at] = nil
		for _, l := range j.lists {
			s := newScan(l, l.first.fetchedAt)
			f.scans[at] = append(f.scans[at], s)
			f.w.r.of.Add(int64(s.paging().pages(s.announced) - 1))
			f.w.totals[s.at] = size{s.announced, l.first.open}
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

func (f *fetcher) landed(j *job) {
	f.inFlight -= j.cost
	if j.done = true; j.err == nil {
		j.land()
	}
}

func (f *fetcher) takeLanded() {
	for len(f.landing) > 0 {
		f.landed(<-f.landing)
	}
}

// ends reports whether all other calls would get the same error.
func ends(err error) bool {
	return errors.As(err, new(*CredentialsError)) || errors.As(err, new(*ParameterError))
}

// await waits until done holds, and begins what is worth having in flight meanwhile if ahead is set.
func (f *fetcher) await(done func() bool, ahead bool) error {
	for {
		f.takeLanded()
		for ahead && f.inFlight < f.width() && f.waiting() < mostAhead && f.begin() {
		}
		if done() {
			return nil
		}
		select {
		case j := <-f.landing:
			f.landed(j)
		case <-f.ctx.Done():
			return f.ctx.Err()
		}
	}
}

func (f *fetcher) get(j *job, ahead bool) (answer, error) {
	if err := f.await(func() bool { return j.done }, ahead); err != nil {
		return answer{}, err
	}
	return j.answer, j.err
}

// open returns the scans of the lists of window at. What failed while nobody waited for it is asked for again.
func (f *fetcher) open(at int) ([]*scan, error) {
	for _, i := range []int{at + f.w.r.plan.windows[at].requested, at} {
		if i < at { // it was read
			continue
		}
		if f.openings[i].failed() {
			f.openWindow(i)
		}
		if _, err := f.get(f.openings[i], true); err != nil {
			return nil, err
		}
	}
	return f.scans[at], nil
}
