package sendcloud

import (
	"context"
	"errors"
	"hash/maphash"
	"iter"
	"slices"
	"sync"
)

// Walk is one reading of every record of a plan.
type Walk struct {
	Later func(Record) // is given later states of records that were yielded; may be nil, and must not call the Walk

	r *request
	f *fetcher

	// Where the reading stands, so that it can be ranged over again after an error.
	at, list  int       // the window, and the list of rows that answers it
	ready     []*Record // rows that were read and not yielded yet
	days      Date      // first day of the span of days being read
	rows      seen      // rows seen in that span, by key; cleared at the next span
	scans     uint16    // how many scans that span has had
	otherDays map[uint64]bool

	mu     sync.Mutex // guards what follows
	sum    Summary
	totals map[place]size
	unread []Incomplete // what the last reading left because of an error
}

// Summary of a walk.
type Summary struct {
	Announced  int // by the service, all windows that are known so far
	Unknown    int // windows of the plan to which no total is known yet
	Came       int // distinct records yielded
	Repeated   int // rows that came twice
	Changed    int // rows that came again in a later state; what was yielded stays
	Empty      int // rows in which nothing stood; they are not yielded
	Calls      int
	AtMost     bool // Announced is an upper bound: the service ignored a filter
	AtLeast    bool // Announced is what is known to exist: the service announces none that can be true
	Incomplete []Incomplete
	Notes      []Note
}

// Incomplete is a window of which rows may be missing.
type Incomplete struct {
	First, Last Date
	Announced   int   // what was there at the start, 0 where the window was not reached
	Came        int   // how many of the announced rows came
	Err         error // why it ended early; nil: three passes did not bring every row
}

// All prepares the reading of every record of p, whatever Start and Limit of its query are. Nothing is asked before
// Records is ranged over, and nothing goes on while its consumer pauses. watch, which may be nil, is told of calls and
// waits, from any goroutine.
func (c *Client) All(p Plan, watch func(Event)) *Walk {
	w := &Walk{r: c.request(p, watch, mostInFlight), otherDays: map[uint64]bool{}, totals: map[place]size{}}
	w.r.fresh, w.r.uncached = true, true
	w.f = &fetcher{w: w, landing: make(chan *job, 2*mostAhead)}
	w.f.reset()
	return w
}

var errStopped = errors.New("the consumer stopped")

// Records yields each email id once, in the order of the plan; rows that moved while they were read come at the end of
// their window. After an error the reading ends with that error; an incomplete window is no error, Summary tells.
// Ranged over again after an error or a break, the reading goes on where it stood and yields nothing twice. One
// goroutine at a time may range.
func (w *Walk) Records(ctx context.Context) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		ctx, cancel := context.WithCancel(ctx)
		w.f.ctx = ctx
		defer func() {
			cancel()
			w.f.calls.Wait()
			w.f.takeLanded()
		}()
		w.leave(nil)
		err := w.read(func(r *Record) bool { return yield(*r, nil) })
		if err != nil && err != errStopped {
			w.leave(err)
			yield(Record{}, err)
		}
	}
}

// read reads the plan from where it stands.
func (w *Walk) read(yield func(*Record) bool) error {
	for w.at < len(w.r.plan.windows) {
		scans, err := w.f.open(w.at)
		w.mu.Lock() // Summary reads the plan
		smaller := w.r.shrink(err)
		w.mu.Unlock()
		if smaller {
			w.f.reset()
			continue
		}
		if err != nil {
			return w.r.spanRefused(err)
		}
		for w.list < len(scans) {
			if err := w.readList(scans[w.list], yield); err != nil {
				return err
			}
			w.finish(scans[w.list])
			w.list++
		}
		delete(w.f.scans, w.at)
		delete(w.f.openings, w.at)
		w.at, w.list = w.at+1, 0
	}
	return nil
}

// readList reads one list until nothing is missing, three times at the most.
func (w *Walk) readList(s *scan, yield func(*Record) bool) error {
	if s.number == 0 {
		if first := s.window.first; w.days != first {
			w.days, w.rows, w.scans = first, seen{}, 0 // the rows of other days are forgotten
		}
		w.scans++
		s.number, w.f.alone = w.scans, false
	}
	for {
		if err := w.pass(s, yield); err != nil {
			return err
		}
		if s.complete() || s.tooLong() || s.pass == len(passes)-1 {
			return nil
		}
		s.begin(s.pass + 1)
		w.r.of.Add(int64(s.paging().pages(s.announced)))
		if w.r.watch != nil {
			w.r.watch(Event{Kind: Rereading, Call: int(w.r.calls.Load()), Calls: int(w.r.of.Load())})
		}
	}
}

// pass reads the pages of a list once.
func (w *Walk) pass(s *scan, yield func(*Record) bool) error {
	for {
		if err := w.yield(yield); err != nil || !s.more() {
			return err
		}
		a, err := w.f.get(w.f.beginPage(s, s.next), true)
		if err != nil {
			return err
		}
		keys := keysOf(a.records, s.next)
		if !s.joins(keys) {
			joined, err := w.reread(s, keys)
			if err != nil {
				return err
			}
			if joined {
				continue
			}
			s.broken++
		}
		w.take(s, a, s.next, keys)
		delete(s.jobs, s.next)
		s.next += s.paging().step()
	}
}

// reread repairs a gap by a page that starts before the end of the previous one. It returns true if the two share a
// row. If the page does not also reach the one that had come (right), the pass continues from it, one call at a time.
func (w *Walk) reread(s *scan, right []uint64) (joined bool, err error) {
	if s.broken >= maxBroken {
		return false, nil
	}
	// Nothing else is in flight: so the list has little time to move.
	if err := w.f.await(func() bool { return w.f.inFlight == 0 }, false); err != nil {
		return false, err
	}
	p := s.paging()
	moved := s.latest - s.prev.total // so many rows came before those that were read, or at the end, or left
	for _, by := range slices.Compact([]int{moved, 0}) {
		behind := s.prev.at + len(s.prev.keys) - min(rereadOverlap, p.rows/2)
		at, limit := s.unasked(max(0, behind+by), p.limit-1)
		a, err := w.f.get(w.f.ask(s, at, limit), false)
		if err != nil {
			return false, err
		}
		keys := keysOf(a.records, at)
		if len(keys) == 0 || !s.joins(keys) {
			continue
		}
		w.take(s, a, at, keys)
		if !s.joins(right) {
			w.f.alone = true
			s.next, _ = s.unasked(max(at+1, at+len(keys)-p.overlap), p.limit)
			s.restart(s.next)
		}
		return true, nil
	}
	return false, nil
}

// take takes in the page at a place: it counts the rows, and keeps those that did not come yet to be yielded.
func (w *Walk) take(s *scan, a answer, at int, keys []uint64) {
	w.mu.Lock()
	defer w.mu.Unlock()
	run := 0
	if s.prev != nil {
		_, run = join(s.prev.keys, keys)
	}
	for i := range a.records {
		r, key := &a.records[i], keys[i]
		unasked := w.r.plan.learned.unasked(&s.window, r)
		if unasked {
			key = key ^ maphash.Comparable(rowSeed, s.number) // another list of these days may ask for it
		}
		was, came := w.rows[key]
		now := mark{s.number, uint8(s.pass), uint32(max(0, r.ModifiedTime.Unix()))}
		later := now.modified > was.modified
		now.modified = max(now.modified, was.modified)
		w.rows[key] = now
		switch {
		case !came || was.scan != now.scan:
			s.came++
			if r.RequestTime.After(s.since) {
				s.newer++
			} else {
				s.found++
			}
		case was.pass == now.pass && i >= run:
			s.repeated++
		}
		empty := *r == Record{}
		switch {
		case came && later && !unasked:
			w.changed(r)
		case came || unasked:
		case empty:
			w.sum.Empty++
		case w.r.plan.inNewerWindow(&s.window, r) || w.otherDays[key]:
			w.sum.Repeated++
		default:
			if s.window.first != w.r.plan.First && DateOf(r.RequestTime).Before(s.window.first) {
				w.otherDays[key] = true // an older window may list it as well
			}
			w.ready = append(w.ready, r)
		}
	}
	s.commit(a, at, keys, run)
	w.totals[s.at] = size{s.announced, w.totals[s.at].open || a.open}
}

// changed takes a later state of a mail: it stands for the earlier one unless that was yielded.
func (w *Walk) changed(r *Record) {
	i := slices.IndexFunc(w.ready, func(o *Record) bool { return o.EmailID == r.EmailID })
	if i >= 0 {
		w.ready[i] = r
	} else {
		w.sum.Changed++
		if w.Later != nil {
			w.Later(*r)
		}
	}
}

func (w *Walk) yield(yield func(*Record) bool) error {
	for len(w.ready) > 0 {
		r := w.ready[0]
		w.ready = w.ready[1:]
		w.mu.Lock()
		w.sum.Came++
		w.mu.Unlock()
		if !yield(r) {
			return errStopped
		}
	}
	return nil
}

func (w *Walk) finish(s *scan) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if s.ordered || s.pages == 1 {
		w.sum.Repeated += s.repeated
	}
	if s.complete() {
		w.totals[s.at] = size{s.announced, false}
	} else {
		w.sum.Incomplete = merge(w.sum.Incomplete, s.incomplete(nil))
	}
}

func merge(list []Incomplete, one Incomplete) []Incomplete {
	for i := range list {
		if l := &list[i]; l.First == one.First && l.Last == one.Last {
			l.Announced += one.Announced
			l.Came += one.Came
			if l.Err == nil {
				l.Err = one.Err
			}
			return list
		}
	}
	return append(list, one)
}

// leave notes what is left unread because of an error; nil: the reading begins.
func (w *Walk) leave(err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.unread = nil
	for at := w.at; err != nil && at < len(w.r.plan.windows); at++ {
		left := w.r.plan.windows[at]
		w.unread = merge(w.unread, Incomplete{First: left.first, Last: left.last, Err: err})
		for n, s := range w.f.scans[at] {
			if at > w.at || n >= w.list {
				w.unread = merge(w.unread, s.incomplete(err))
			}
		}
	}
}

// Summary says what came, at any moment of the reading.
func (w *Walk) Summary() Summary {
	w.mu.Lock()
	defer w.mu.Unlock()
	s := w.sum
	s.Incomplete = slices.Clone(s.Incomplete)
	for _, one := range w.unread {
		s.Incomplete = merge(s.Incomplete, one)
	}
	s.Calls = int(w.r.calls.Load())
	s.Notes = w.r.notes()
	s.AtMost = slices.Contains(s.Notes, FilterIgnored)
	known := map[int]bool{}
	for at, total := range w.totals {
		s.Announced += total.rows
		s.AtLeast = s.AtLeast || total.open
		known[at.window] = true
	}
	s.Unknown = len(w.r.plan.windows) - len(known)
	return s
}
