package sendcloud

import (
	"hash/maphash"
	"slices"
	"time"
)

// paging is how a pass cuts a list into pages.
type paging struct {
	limit   int // rows that are asked for
	overlap int // rows that a page shares with the one before
	rows    int // rows that the service gives at once, limit at the most
}

// passes are the pagings of the three passes. Their limits differ, because the
// service repeats its answer to the same parameters; later ones share more rows.
var passes = [3]paging{{limit: 100, overlap: 1}, {limit: 94, overlap: 10}, {limit: 88, overlap: 20}}

const (
	rereadOverlap = 25 // a page read to repair a gap starts so many rows before the end of the previous page
	maxBroken     = 3  // after this many gaps between pages a pass stops trying to repair gaps
	fewestPages   = 20 // a pass may read this many pages, plus
	mostTimes     = 3  // this many times the pages of the first total: a list that grows as fast as we read it would never end
)

func (p paging) step() int { return p.rows - p.overlap }

// pages returns how many pages total rows take.
func (p paging) pages(total int) int { return max(1, (total-p.overlap+p.step()-1)/p.step()) }

// scan reads one list of rows to its end, in at most three passes. The list is complete when each page shared a row
// with the one before it and as many rows came as were announced at the start, mail that came meanwhile aside.
type scan struct {
	window window
	at     place
	number uint16 // among the scans of the same days; 0 before it begins

	atOnce    int       // rows that the service gives at once
	announced int       // the first total
	most      int       // the highest total
	since     time.Time // mail requested later came meanwhile
	came      int       // distinct rows
	newer     int       // how many of the distinct rows are mail that came meanwhile

	progress
	prefetch
}

// progress is how far a pass has come.
type progress struct {
	pass     int
	next     int       // start of the page that is read next
	end      int       // rows of the list, as far as known
	prev     *pageRead // the page before
	pages    int       // pages read
	broken   int       // pages that did not join the one before
	ordered  bool      // each page began with the last rows of the one before, in their order
	found    int       // rows that came in no earlier pass, new mail aside
	repeated int       // rows that the service listed twice
	ended    bool      // a short page came
}

// pageRead is a page that was read.
type pageRead struct {
	keys      []uint64
	at, total int
}

// prefetch is the pages of a scan that were asked for ahead of the reader.
type prefetch struct {
	jobs   map[int]*job    // by start
	ahead  int             // start of the page that is asked for next
	latest int             // the total of the last answer that came
	asked  map[[2]int]bool // starts and limits that were asked for
}

// restart drops the pages that wait, and goes on at a start.
func (p *prefetch) restart(next int) { p.jobs, p.ahead = map[int]*job{}, next }

// unasked returns the nearest start and limit that were not asked for yet, because the service repeats its answer to
// the same ones. It tries earlier starts, then lower limits.
func (p *prefetch) unasked(at, limit int) (int, int) {
	for p.asked[[2]int{at, limit}] {
		if at--; at < 0 {
			at, limit = 0, limit-1
		}
	}
	return at, limit
}

func newScan(l list, now time.Time) *scan {
	a := l.first
	s := &scan{window: l.window, at: l.at, atOnce: maxLimit, announced: a.total, most: a.total, since: now.Add(time.Second)} // rows tell whole seconds
	if a.short(0, maxLimit) {
		s.atOnce = len(a.records)
	}
	// The service may have made its answer ten minutes ago. If the newest rows come first, the first row tells when.
	newestFirst := slices.IsSortedFunc(a.records, func(a, b Record) int { return b.RequestTime.Compare(a.RequestTime) })
	if n := len(a.records); n > 0 && newestFirst && a.records[n-1].RequestTime.Before(a.records[0].RequestTime) {
		s.since = a.records[0].RequestTime
	}
	s.begin(0)
	s.prefetch = prefetch{jobs: map[int]*job{0: {answer: a, done: true}}, ahead: s.paging().step(), asked: map[[2]int]bool{}, latest: a.total}
	for _, pass := range passes { // nothing else may ask for their first pages
		s.asked[[2]int{0, pass.limit}] = true
	}
	return s
}

func (s *scan) begin(pass int) {
	s.progress = progress{pass: pass, end: s.most, ordered: true}
	s.restart(0)
}

func (s *scan) paging() paging {
	p := passes[s.pass]
	p.rows = min(p.limit, s.atOnce)
	p.overlap = min(p.overlap, p.rows/2)
	return p
}

// more reports whether the pass has a page left to read.
func (s *scan) more() bool {
	return s.pages == 0 || s.adds(s.next) && !s.ended && !s.tooLong()
}

// adds reports whether a page at start holds rows that those before it do not.
func (s *scan) adds(start int) bool { return start+s.paging().overlap < s.end }

// tooLong reports whether the list grew as fast as it was read: another pass would not do better.
func (s *scan) tooLong() bool {
	return s.pages >= fewestPages+mostTimes*s.paging().pages(s.announced)
}

// announce updates the known totals from a page that brought new rows, or that has a total of its own.
func (s *scan) announce(a answer) {
	if a.noTotal {
		s.announced = max(s.announced, a.total) // no total can be read: the rows known so far count
	}
	s.most, s.end = max(s.most, a.total), max(s.end, a.total)
	if a.open {
		s.end = max(s.end, a.total+s.paging().overlap+1) // more may follow, no total tells
	}
}

// commit records that a page was read. run is how many rows at its start repeat
// the end of the previous page, in the same order.
func (s *scan) commit(a answer, at int, keys []uint64, run int) {
	if at == s.next {
		s.ended = len(keys) < s.paging().rows
	}
	if run < len(keys) || !a.noTotal {
		s.announce(a)
	}
	if s.prev != nil && len(keys) > 0 {
		s.ordered = s.ordered && run > 1
	}
	s.pages++
	s.prev = &pageRead{keys, at, a.total}
}

// joins reports whether no row lies between the page before and a page with keys.
func (s *scan) joins(keys []uint64) bool {
	if s.prev == nil || len(keys) == 0 {
		return true
	}
	joined, _ := join(s.prev.keys, keys)
	return joined
}

// join compares two pages that follow each other. They are joined if they share a row at one of their ends; a row in the
// middle of both proves nothing, because rows move. run is how many rows the second page begins with that the first
// one ends with, in their order.
func join(left, right []uint64) (joined bool, run int) {
	if len(left) == 0 || len(right) == 0 {
		return false, 0
	}
	for i := range left {
		if n := min(len(left)-i, len(right)); slices.Equal(left[i:i+n], right[:n]) {
			return true, n
		}
	}
	return slices.Contains(left, right[0]) || slices.Contains(right, left[len(left)-1]) || slices.Contains(left, right[len(right)-1]), 0
}

// accounted returns how many of the announced rows came. It leaves out new mail, but no more than the total grew. Rows seen
// twice count only if the service really lists them twice: the order was stable, and a later pass found no new row.
func (s *scan) accounted() int {
	old := s.came - min(s.newer, s.most-s.announced)
	if !s.ordered || s.found > 0 && s.pages > 1 {
		return old
	}
	return old + s.repeated
}

// complete reports whether all rows came that were there at the start.
func (s *scan) complete() bool {
	return s.came >= s.most || s.broken == 0 && !s.tooLong() && s.accounted() >= s.announced
}

// incomplete says what may be missing.
func (s *scan) incomplete(err error) Incomplete {
	return Incomplete{First: s.window.first, Last: s.window.last, Announced: s.announced, Came: max(0, min(s.accounted(), s.announced)), Err: err}
}

// seen remembers by their keys the rows that came.
type seen map[uint64]mark

// mark is where a row came last, and its latest modifiedTime in seconds.
type mark struct {
	scan     uint16
	pass     uint8
	modified uint32
}

// The seed of the keys is new in each process, so that strangers' ids cannot be made to collide.
var rowSeed = maphash.MakeSeed()

// keyOf identifies a row: by its email id, or by all of a row without one.
// Rows in which nothing stands are told apart by their place in the list.
func keyOf(r *Record, place int) uint64 {
	switch {
	case r.EmailID != "":
		return maphash.String(rowSeed, r.EmailID)
	case *r == Record{}:
		return maphash.Comparable(rowSeed, place)
	}
	return maphash.Comparable(rowSeed, *r)
}

// keysOf returns the keys of rows that begin at a place of the list.
func keysOf(records []Record, place int) []uint64 {
	keys := make([]uint64, len(records))
	for i := range records {
		keys[i] = keyOf(&records[i], place+i)
	}
	return keys
}
