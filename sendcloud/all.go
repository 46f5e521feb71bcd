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
	r    *reading

	// Where the reading stands, so that it can be ranged over again after an
	// error: the part of the plan, the part of its answer to that (failures may
	// be asked for by status), and how far that one was read.
	at, sub int
	now     *stretch
	window  Date
	seen    *keySet // the rows of the window
	tag     uint16  // counts the parts of the window
	strays  map[uint64]bool

	mu        sync.Mutex // guards what follows
	sum       Summary
	announced map[place]int
	open      map[place]bool // of which nobody told where they end
	unread    []Incomplete   // what the last reading left because of an error
}

// place is a part of a plan, or of the answer to one.
type place struct{ at, sub int }

// Summary of a walk.
type Summary struct {
	Announced  int // by the service, all windows that are known so far
	Unknown    int // questions of the plan to which no total is known yet
	Came       int // distinct records yielded
	Repeated   int // came twice
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
	Err         error // why it ended early, ErrStartIgnored too; nil: the rows kept moving for three passes
}

// All prepares the reading of every record of p, whatever Start and Limit of
// its query are. Nothing is asked before Records is ranged over, and nothing
// goes on while its consumer pauses. watch, which may be nil, is told of calls
// and waits, from any goroutine.
func (c *Client) All(p Plan, watch func(Event)) *Walk {
	w := &Walk{c: c, plan: p, strays: map[uint64]bool{}, announced: map[place]int{}, open: map[place]bool{}}
	w.r = &reading{c: c, plan: p, fresh: true, uncached: true, watch: watch}
	w.r.of.Store(int64(p.Calls()))
	return w
}

// ErrStartIgnored says that the service gives its first page whatever start
// says: what does not stand in it cannot be read by this query.
var ErrStartIgnored = errors.New("the service ignores start")

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
	for w.at < len(w.plan.parts) {
		streams, err := f.lead(w.at)
		if err != nil {
			return err
		}
		for w.sub < len(streams) {
			st := streams[w.sub]
			if w.now == nil {
				w.enter(st)
			}
			if err := w.readPart(f, st, yield); err != nil {
				return err
			}
			w.leave()
		}
		f.forget(w.at)
		w.at, w.sub = w.at+1, 0
	}
	return nil
}

// enter begins to read a part; the rows of a window are forgotten with it.
func (w *Walk) enter(st *stream) {
	if w.seen == nil || w.window != st.part.first {
		w.window, w.seen, w.tag = st.part.first, new(keySet), 0
	}
	w.tag++
	w.now = &stretch{part: st.part, atOnce: st.atOnce}
}

// leave ends the reading of a part.
func (w *Walk) leave() {
	s := w.now
	at := place{w.at, w.sub}
	w.now = nil
	w.sub++
	w.mu.Lock()
	defer w.mu.Unlock()
	switch {
	case s.stuck:
		w.sum.Incomplete = merge(w.sum.Incomplete, s.incomplete(ErrStartIgnored))
	case !s.complete():
		w.sum.Incomplete = merge(w.sum.Incomplete, s.incomplete(nil))
	default:
		delete(w.open, at)
	}
}

// merge adds what may be missing of one part to its window.
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
	return p.at < w.at || p.at == w.at && (p.sub < w.sub || p.sub == w.sub && w.now != nil)
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
	if w.now != nil {
		w.unread = merge(w.unread, w.now.incomplete(err))
	}
	for _, pt := range w.plan.parts[w.at:] {
		w.unread = merge(w.unread, Incomplete{First: pt.first, Last: pt.last, Err: err})
	}
	for p, total := range w.announced {
		if pt := w.plan.parts[p.at]; !w.begun(p) {
			w.unread = merge(w.unread, Incomplete{First: pt.first, Last: pt.last, Announced: total})
		}
	}
}

// readPart reads one part until nothing is missing, three times at the most.
func (w *Walk) readPart(f *fetcher, st *stream, yield func(*Record) bool) error {
	s := w.now
	for {
		f.follow(st, s)
		if err := w.pass(f, st, yield); err != nil {
			return err
		}
		if s.stuck || s.complete() || s.outrun() || s.pass == len(passes)-1 {
			return nil
		}
		s.again()
		if w.r.watch != nil {
			w.r.watch(Event{Kind: Rereading, Call: w.calls(), Calls: int(w.r.of.Load())})
		}
	}
}

// pass reads the pages of a part once.
func (w *Walk) pass(f *fetcher, st *stream, yield func(*Record) bool) error {
	s := w.now
	for s.more() {
		st.end = max(st.end, s.end)
		a, err := f.page(st, s.next)
		if err != nil {
			return err
		}
		keys := keysOf(a.records)
		if s.stuck = s.repeats(a, keys); s.stuck {
			w.plan.learned.firstPageAlone()
			return nil
		}
		s.announce(a, w.c.now())
		s.measure(st.total, int(w.r.got.Load()))
		w.announce(place{w.at, w.sub}, s.announced, a.open)
		f.oneByOne = s.fast
		follows := s.follows(a, keys)
		behind := !follows && s.behind(a.records, keys)
		if !follows && !behind && s.fast && s.adrift < 2 && s.anchors < maxAnchors {
			if err := f.quiet(); err != nil {
				return err
			}
			s.measure(st.total, int(w.r.got.Load()))
			s.anchor()
			f.restart(st, s.next)
			continue
		}
		if !follows && !behind {
			if err := w.bridge(f, keys, yield); err != nil {
				return err
			}
		}
		firstTime := s.pass == 0 && !s.begun && !behind // else the consumer stopped within this page
		s.begun = true
		if err := w.take(a.records, keys, firstTime, yield); err != nil {
			return err
		}
		s.commit(a, keys, behind)
	}
	if s.outrun() {
		s.broken++ // nothing leads on to the end
	}
	return nil
}

// bridge reads again around the place where an answer shares no row with the
// page before it, until a chain of pages that share rows leads from one to the
// other.
func (w *Walk) bridge(f *fetcher, right []uint64, yield func(*Record) bool) error {
	s := w.now
	if s.broken >= maxBroken || s.bridges >= maxBroken*bridgeTries+s.paging().pages(s.announced) {
		s.broken++
		return nil
	}
	left, moving := s.prev, true
	for try := range bridgeTries {
		limit := bridgeLimits[s.pass] - try%bridgeKinds
		at := left.end() - s.back()
		if moving { // what arrived at the head moved the rows by as much as the total grew
			at += s.most - left.total + s.grew
		}
		at = s.unbridged(max(0, at), limit)
		total := s.most
		s.bridges++
		a, err := f.ask(s.part, at, limit, try > 0)
		if err != nil {
			return err
		}
		s.announce(a, w.c.now())
		s.grew = s.most - total
		keys := keysOf(a.records)
		if err := w.take(a.records, keys, false, yield); err != nil {
			return err
		}
		before, after := shareRow(left.keys, keys), shareRow(keys, right)
		if after && (before || at == 0) {
			return nil
		}
		if before {
			left = stand{keys, at, a.total}
		} else {
			moving = !moving
		}
		if after {
			right = keys
		}
	}
	s.broken++
	return nil
}

func (w *Walk) calls() int { return int(w.r.calls.Load()) }

// take yields the rows that did not come yet. firstTime says that they were not
// read before: only then do rows that came count as repeated.
func (w *Walk) take(records []Record, keys []uint64, firstTime bool, yield func(*Record) bool) error {
	s := w.now
	overlap := s.overlap(keys)
	added := make([]bool, len(keys))
	for i := range records {
		r, key := &records[i], keys[i]
		unasked := w.plan.Query.unasked(s.part, r)
		if unasked {
			w.plan.learned.filterIgnored()
			key = mix(key, int(w.tag)) // another part of the window may ask for it
		}
		known, here := w.seen.add(key, w.tag)
		if added[i] = !here; added[i] {
			s.count(r, firstTime && s.next == 0)
		} else if s.age(r) == there && addedAs(keys[i], keys[:i], added) {
			s.doubled++
		}
		empty := *r == Record{}
		switch { // rows in which nothing stands cannot be told apart, but by their place
		case !firstTime:
		case empty && (s.next == 0 || i >= s.paging().overlap), known && !empty && i >= overlap:
			w.missed(empty)
		}
		if known || unasked || empty {
			continue
		}
		if w.plan.inNewerWindow(s.part, r) || w.strays[key] {
			w.missed(false)
			continue
		}
		if !r.RequestTime.IsZero() && DateOf(r.RequestTime).Before(s.part.first) {
			w.strays[key] = true // its own window may list it as well
		}
		w.mu.Lock()
		w.sum.Came++
		w.mu.Unlock()
		if !yield(r) {
			return errStopped
		}
	}
	return nil
}

// addedAs reports whether key is one of keys, and new with it.
func addedAs(key uint64, keys []uint64, added []bool) bool {
	for i := range keys {
		if keys[i] == key && added[i] {
			return true
		}
	}
	return false
}

// missed counts a row that is not yielded: one in which nothing stands, or one that came.
func (w *Walk) missed(empty bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if empty {
		w.sum.Empty++
	} else {
		w.sum.Repeated++
	}
}

// announce notes how many rows a place has.
func (w *Walk) announce(at place, total int, open bool) {
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
	s.Calls = w.calls()
	s.Notes = w.r.notes()
	s.AtMost = slices.Contains(s.Notes, FilterIgnored)
	s.AtLeast = len(w.open) > 0
	known := map[int]bool{}
	for at, total := range w.announced {
		known[at.at] = true
		s.Announced += total
	}
	s.Unknown = len(w.plan.parts) - len(known)
	return s
}
