package sendcloud

import (
	"context"
	"errors"
	"iter"
	"slices"
	"sync"
)

// Walk is one reading of every record of a plan.
type Walk struct {
	c    *Client
	plan Plan
	r    *request

	// Where the reading stands, so that it can be ranged over again after an
	// error: the window, the list of rows that answers it, and its scan.
	at, list  int
	scan      *scan
	days      Date   // the first day of the rows that are remembered,
	rows      *seen  // which are those of one span of days
	scans     uint16 // of that span
	otherDays map[uint64]bool

	mu        sync.Mutex // guards what follows
	sum       Summary
	announced map[place]int
	open      map[place]bool // of which nobody told where they end
	unread    []Incomplete   // what the last reading left because of an error
}

// Summary of a walk.
type Summary struct {
	Announced  int // by the service, all windows that are known so far
	Unknown    int // windows of the plan to which no total is known yet
	Came       int // distinct records yielded
	Repeated   int // rows that came twice
	Changed    int // rows that came again in another state; what was yielded stays
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
	Came        int   // of these
	Err         error // why it ended early; nil: three passes did not bring every row
}

// All prepares the reading of every record of p, whatever Start and Limit of
// its query are. Nothing is asked before Records is ranged over, and nothing
// goes on while its consumer pauses. watch, which may be nil, is told of calls
// and waits, from any goroutine.
func (c *Client) All(p Plan, watch func(Event)) *Walk {
	w := &Walk{c: c, plan: p, r: c.request(p, watch, mostInFlight), otherDays: map[uint64]bool{}, announced: map[place]int{}, open: map[place]bool{}}
	w.r.fresh, w.r.uncached = true, true
	return w
}

var errStopped = errors.New("the consumer stopped")

// Records yields each email id once, in the order of the plan; rows that moved
// while they were read come at the end of their window. After an error the
// reading ends with that error; an incomplete window is no error, Summary
// tells. Ranged over again after an error or a break, the reading goes on where
// it stood and yields nothing twice. One goroutine at a time may range.
func (w *Walk) Records(ctx context.Context) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		ctx, cancel := context.WithCancel(ctx)
		f := newFetcher(ctx, w)
		defer func() {
			cancel()
			f.calls.Wait()
		}()
		err := w.read(f, func(r *Record) bool { return yield(*r, nil) })
		w.ended(err)
		if err != nil && err != errStopped {
			yield(Record{}, err)
		}
	}
}

// read reads the plan from where it stands.
func (w *Walk) read(f *fetcher, yield func(*Record) bool) error {
	w.ended(nil)
	for w.at < len(w.plan.windows) {
		feeds, err := f.open(w.at)
		if w.shrink(err) {
			f.reset()
			continue
		}
		if err != nil {
			return w.r.spanRefused(err)
		}
		for w.list < len(feeds) {
			if w.scan == nil {
				w.begin(feeds[w.list])
			}
			f.alone = false
			if err := w.readList(f, feeds[w.list], yield); err != nil {
				return err
			}
			w.finish()
		}
		f.forget(w.at)
		w.at, w.list = w.at+1, 0
	}
	return nil
}

// shrink goes on with smaller windows where err is a refusal of their span.
func (w *Walk) shrink(err error) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	shrunk := w.r.shrink(err)
	w.plan = w.r.plan
	return shrunk
}

// begin begins to read a list; the rows of other days are forgotten with it.
func (w *Walk) begin(p *feed) {
	if first := p.list.window.first; w.rows == nil || w.days != first {
		w.days, w.rows, w.scans = first, new(seen), 0
	}
	w.scans++
	w.scan = newScan(p.list.window, p.atOnce, w.scans)
}

// finish ends the reading of a list.
func (w *Walk) finish() {
	s, at := w.scan, place{w.at, w.list}
	w.scan = nil
	w.list++
	w.mu.Lock()
	defer w.mu.Unlock()
	if s.complete() {
		delete(w.open, at)
	} else {
		w.sum.Incomplete = merge(w.sum.Incomplete, s.incomplete(nil))
	}
}

// merge adds what may be missing of one list to its days.
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

// begun reports whether rows of a place were read.
func (w *Walk) begun(p place) bool {
	return p.window < w.at || p.window == w.at && (p.list < w.list || p.list == w.list && w.scan != nil)
}

// ended notes what is left unread because of an error, nil when the reading
// begins or was stopped by its consumer.
func (w *Walk) ended(err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.unread = nil
	if err == nil || err == errStopped {
		return
	}
	if w.scan != nil {
		w.unread = merge(w.unread, w.scan.incomplete(err))
	}
	for _, left := range w.plan.windows[w.at:] {
		w.unread = merge(w.unread, Incomplete{First: left.first, Last: left.last, Err: err})
	}
	for p, total := range w.announced {
		if left := w.plan.windows[p.window]; !w.begun(p) {
			w.unread = merge(w.unread, Incomplete{First: left.first, Last: left.last, Announced: total})
		}
	}
}

// readList reads one list until nothing is missing, three times at the most.
func (w *Walk) readList(f *fetcher, p *feed, yield func(*Record) bool) error {
	s := w.scan
	for {
		f.follow(p, s)
		if err := w.pass(f, p, yield); err != nil {
			return err
		}
		if s.complete() || s.growsTooFast() || s.pass == len(passes)-1 {
			return nil
		}
		s.begin(s.pass + 1)
		if w.r.watch != nil {
			w.r.watch(Event{Kind: Rereading, Call: int(w.r.calls.Load()), Calls: int(w.r.of.Load())})
		}
	}
}

// pass reads the pages of a list once.
func (w *Walk) pass(f *fetcher, p *feed, yield func(*Record) bool) error {
	s := w.scan
	for s.more() {
		p.end = max(p.end, s.end)
		a, err := f.page(p, s.next)
		if err != nil {
			return err
		}
		keys := keysOf(a.records, s.next)
		w.announce(a, keys)
		if s.next > 0 && len(keys) > 0 && !overlapOf(s.prev.keys, keys).joined {
			again, err := w.reread(f, p, keys, yield)
			if err != nil {
				return err
			}
			if again {
				continue
			}
		}
		if err := w.take(a, s.next, keys, yield); err != nil {
			return err
		}
		s.next += s.paging().step()
	}
	return nil
}

// reread reads again between the page before and an answer that shares no row
// with it. Where the rows moved so far that they do not lead on to that answer,
// the pass goes on from them, call by call, and reread returns true.
func (w *Walk) reread(f *fetcher, p *feed, right []uint64, yield func(*Record) bool) (restarted bool, err error) {
	s := w.scan
	if s.broken >= maxBroken {
		s.broken++
		return false, nil
	}
	if err := f.quiet(); err != nil {
		return false, err
	}
	moved := p.most - s.prev.total
	if p.latest < s.prev.total {
		moved = p.latest - s.prev.total
	}
	if len(s.prev.keys) < s.paging().rows {
		moved = 0 // the list ended there, and grew at its end
	}
	for try, by := range []int{moved, 0} {
		if try > 0 && moved == 0 {
			break
		}
		at, limit := p.unasked(s.reread(by), s.paging().limit-1)
		a, err := f.again(p, at, limit)
		if err != nil {
			return false, err
		}
		keys := keysOf(a.records, at)
		w.announce(a, keys)
		if !overlapOf(s.prev.keys, keys).joined {
			continue
		}
		s.begun = false
		if err := w.take(a, at, keys, yield); err != nil {
			return false, err
		}
		if overlapOf(keys, right).joined {
			return false, nil
		}
		f.alone = true
		s.next = max(at+1, at+len(keys)-s.paging().overlap)
		for p.asked[[2]int{s.next, s.paging().limit}] {
			s.next++
		}
		f.restart(p, s.next)
		return true, nil
	}
	s.broken++
	return false, nil
}

// take yields the rows of the page at a place that did not come yet, and ends
// the page.
func (w *Walk) take(a answer, at int, keys []uint64, yield func(*Record) bool) error {
	s := w.scan
	o := overlapOf(s.prev.keys, keys)
	again := s.pass > 0 || s.begun // its rows were read before: none of them is one that the service repeats
	s.begun = true
	listed, alive := s.listed, false
	var first []uint64 // rows that this answer brought
	for i := range a.records {
		r, key := &a.records[i], keys[i]
		when := s.arrivals.age(r, key)
		alive = alive || when != newer
		if i >= o.rows && when != newer {
			listed[when]++
		}
		unasked := len(s.window.excludes(r)) > 0
		if unasked {
			w.plan.learned.filterIgnored()
			key = mix(key, int(s.number)) // another list of these days may ask for it
		}
		known := w.rows.add(key, stateOf(r), s.tag())
		if !known.came || !s.sameList(known.scan) {
			s.count(when)
			first = append(first, key)
		} else if slices.Contains(first, key) {
			s.doubled++
		}
		if w.kept(r, key, known, unasked, !again && i >= o.rows) && !yield(r) {
			return errStopped
		}
	}
	s.listed = listed
	s.commit(a, at, keys, o, alive)
	return nil
}

// kept reports whether a row is to be yielded, and counts it. repeats says that
// a row that came is one that the service repeats.
func (w *Walk) kept(r *Record, key uint64, known before, unasked, repeats bool) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	empty := *r == Record{}
	switch {
	case known.came || empty:
		if empty && !known.came {
			w.sum.Empty++
		} else if !empty && !unasked {
			if known.changed {
				w.sum.Changed++
			}
			if repeats {
				w.sum.Repeated++
			}
		}
		return false
	case unasked:
		return false
	case w.plan.inNewerWindow(&w.scan.window, r) || w.otherDays[key]:
		w.sum.Repeated++
		return false
	}
	if !r.RequestTime.IsZero() && DateOf(r.RequestTime).Before(w.scan.window.first) {
		w.otherDays[key] = true // its own window may list it as well
	}
	w.sum.Came++
	return true
}

// stateOf tells states of one mail apart.
func stateOf(r *Record) uint8 { return uint8(mix(uint64(r.ModifiedTime.Unix()), int(r.Status)) >> 56) }

// announce takes the total of an answer.
func (w *Walk) announce(a answer, keys []uint64) {
	w.scan.announce(a, keys, w.c.now())
	w.setTotal(place{w.at, w.list}, w.scan.announced, a.open)
}

// setTotal notes how many rows a place has.
func (w *Walk) setTotal(at place, total int, open bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.announced[at] = total
	if open {
		w.open[at] = true
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
	s.AtLeast = len(w.open) > 0
	known := map[int]bool{}
	for at, total := range w.announced {
		known[at.window] = true
		s.Announced += total
	}
	s.Unknown = len(w.plan.windows) - len(known)
	return s
}
