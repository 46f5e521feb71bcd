package sendcloud

import (
	"hash/maphash"
	"math/bits"
	"slices"
	"time"
)

// paging is how a pass cuts a list into pages.
type paging struct {
	limit   int // rows that are asked for
	rows    int // of a page: fewer, where the service gives no more at once
	overlap int // rows that a page should share with the one before
}

// passes are the pagings of the three passes. Their limits differ, because the
// same parameters would get the answer that the service keeps for ten minutes.
// Where one shared row did not do, rows move, so later passes share more.
var passes = [3]paging{{100, 100, 1}, {94, 94, 10}, {88, 88, 20}}

const (
	fewestAtOnce  = 10 // a shorter page is the end of a list, not a service that gives few rows at once
	rereadOverlap = 25 // rows that a page which is read again should share with the one before
	maxBroken     = 3  // after so many pages that did not join, the order is not stable: no more are read again
	fewestPages   = 20 // a pass reads at most so many pages and
	mostTimes     = 3  // so many times those of the rows that were there at the start
)

// cut is p where the service gives at most so many rows at once; 0: as many as
// are asked for.
func (p paging) cut(rows int) paging {
	if fewestAtOnce <= rows && rows < p.rows {
		p.rows, p.overlap = rows, min(p.overlap, rows/4)
	}
	return p
}

func (p paging) step() int { return p.rows - p.overlap }

// more reports whether the page at next adds to those before it, where there
// are end rows.
func (p paging) more(next, end int) bool { return next == 0 || next+p.overlap < end }

// pages is how many pages total rows take.
func (p paging) pages(total int) int {
	return max(1, (total-p.overlap+p.step()-1)/p.step())
}

// scan is the reading of one list to its end, in at most three passes.
//
// All of it came when each page shared a row with the one before it, for then
// no row that was there all the time lies between them, and when as many rows
// came as were announced at the start. Mail that came meanwhile counts neither
// way.
type scan struct {
	window window
	atOnce int    // rows that the service gives at once; 0: as many as are asked for
	number uint16 // of the scan among those of its days
	pass   int

	arrivals  arrivals
	announced int // the first total; -1 until the first answer
	most      int // the highest total since
	came      int // distinct rows
	newer     int // of them, those that came meanwhile
	unsure    int // of them, those that came about when the first answer was made
	doubled   int // rows that one answer held twice

	progress // of the pass
}

// progress is how far a pass has come.
type progress struct {
	next    int    // where the page begins that is read next
	end     int    // how many rows there are, as far as this pass knows
	prev    pageAt // the page before
	begun   bool   // rows of the page at next were yielded
	ended   bool   // a page held no row that was there at the start, and stood behind those
	pages   int
	broken  int        // pages that did not join the one before
	exactly bool       // each page began with those of the last rows of the one before that its place tells
	ordered bool       // no two rows that pages share changed their order
	found   int        // rows that were there at the start and came in no earlier pass
	listed  [newer]int // rows by age, those that the service repeats counted again
}

// pageAt is a page where it stood, in a list of total rows.
type pageAt struct {
	keys  []uint64
	at    int
	total int
}

func newScan(w window, atOnce int, number uint16) *scan {
	s := &scan{window: w, atOnce: atOnce, number: number, announced: -1}
	s.arrivals.byStatus = w.status != StatusUnknown || len(w.codes) > 0
	s.begin(0)
	return s
}

// begin begins a pass.
func (s *scan) begin(pass int) {
	s.pass, s.progress = pass, progress{exactly: true, ordered: true}
}

func (s *scan) paging() paging { return passes[s.pass].cut(s.atOnce) }

// tag marks the rows that came in this pass; sameList and samePass read it.
func (s *scan) tag() uint16 { return s.number<<2 | uint16(s.pass) }

func (s *scan) sameList(tag uint16) bool { return tag>>2 == s.tag()>>2 }

// more reports whether a page is left to read in this pass. A pass ends where
// the rows do, whatever total is announced, and does not run for ever after a
// list that grows as fast as it is read.
func (s *scan) more() bool {
	return s.paging().more(s.next, s.end) && !s.ended && !s.growsTooFast()
}

// growsTooFast reports whether the rows came as fast as they were read: another pass
// would not do better.
func (s *scan) growsTooFast() bool {
	return s.pages >= fewestPages+mostTimes*s.paging().pages(s.announced)
}

// announce takes the total of an answer.
func (s *scan) announce(a answer, keys []uint64, now time.Time) {
	if s.announced < 0 {
		s.announced = a.total
		s.arrivals.start(a.records, keys, now.Truncate(time.Second))
	}
	if a.noTotal {
		s.announced = max(s.announced, a.total) // the rows known so far stand for it
	}
	s.most = max(s.most, a.total)
	s.end = max(s.end, a.total)
}

// arrivals tells which rows came after the first answer to a list.
type arrivals struct {
	byStatus bool      // the list is one of a status
	first    []uint64  // the rows of the first answer
	since    time.Time // rows requested from then on came meanwhile
	exact    bool      // since is of the service's clock
	changed  time.Time // in a list by status, rows that changed from then on came meanwhile
}

// clockSlack is how far the service's clock may be ahead of ours; it also tells
// whole seconds only.
const clockSlack = 5 * time.Second

// start finds out from when on rows came after the first answer. The service may
// have made it ten minutes ago, and its clock is not ours: where the rows are
// newest first, the first one tells, and in a list by status the last change.
func (v *arrivals) start(records []Record, keys []uint64, now time.Time) {
	v.first, v.since, v.changed = keys, now, now
	for i := range records {
		if at := records[i].ModifiedTime; at.After(v.changed) && at.Before(now.Add(cacheFor)) {
			v.changed = at
		}
	}
	newestFirst := len(records) > 1 && slices.IsSortedFunc(records, func(a, b Record) int { return b.RequestTime.Compare(a.RequestTime) })
	if newestFirst && records[0].RequestTime.After(records[len(records)-1].RequestTime) {
		v.since, v.exact = records[0].RequestTime, true // those of this second stand in the first answer
	}
}

// age tells when a row came to the list.
type age int

const (
	there  age = iota // when the first answer was made
	unsure            // about then
	newer             // after it
)

// age is when r came to the list. A row gets its status later than it is requested.
func (v *arrivals) age(r *Record, key uint64) age {
	switch {
	case slices.Contains(v.first, key):
		return there
	case !r.RequestTime.Before(v.since) && (v.exact || !r.RequestTime.Before(v.since.Add(clockSlack))),
		v.byStatus && !r.ModifiedTime.Before(v.changed.Add(clockSlack)):
		return newer
	case !r.RequestTime.Before(v.since), v.byStatus && !r.ModifiedTime.Before(v.changed):
		return unsure
	}
	return there
}

// count counts a row that came for the first time in this list. Those of the
// first answer were there at the start.
func (s *scan) count(when age) {
	s.came++
	switch {
	case when == newer:
		s.newer++
	case when == unsure:
		s.unsure++
	default:
		s.found++
	}
}

// overlap is how two pages that follow each other share rows.
type overlap struct {
	joined  bool // no row lies between the pages
	exact   bool // the rows that they share are the same run in both
	ordered bool // the rows that they share have one order
	rows    int  // rows at the beginning of the second page that the first one holds
}

// overlapOf compares two pages. The rows at their ends must be shared: in a
// list without order any rows are shared by chance.
func overlapOf(left, right []uint64) (o overlap) {
	if len(left) == 0 || len(right) == 0 {
		return o
	}
	for i := range left {
		if n := min(len(left)-i, len(right)); left[i] == right[0] && slices.Equal(left[i:i+n], right[:n]) {
			return overlap{true, n > 1, true, n}
		}
	}
	for o.rows < len(right) && slices.Contains(left, right[o.rows]) {
		o.rows++
	}
	o.joined = o.rows > 0 || slices.Contains(right, left[len(left)-1]) || slices.Contains(left, right[len(right)-1])
	o.ordered = true
	at := 0
	for _, key := range left {
		if i := slices.Index(right, key); i >= 0 {
			o.ordered = o.ordered && i >= at
			at = max(at, i)
		}
	}
	return o
}

// commit ends a page that was read where it stood.
// alive reports whether it held a row that did not come meanwhile.
func (s *scan) commit(a answer, at int, keys []uint64, o overlap, alive bool) {
	if a.open && o.rows < len(keys) {
		s.end = max(s.end, at+len(keys)+s.paging().overlap) // more may follow, nobody says
	}
	if at > 0 && len(keys) > 0 {
		shared := s.prev.at + len(s.prev.keys) - at + a.total - s.prev.total
		s.exactly = s.exactly && o.exact && o.rows == min(shared, len(keys))
		s.ordered = s.ordered && o.ordered
	}
	s.pages++
	s.ended = len(keys) == 0 || at >= s.announced && !alive // what is left came at the end meanwhile
	s.begun = false
	s.prev = pageAt{keys, at, a.total}
}

// reread is where a page that did not join the one before is read again: rows
// moved by so many places since.
func (s *scan) reread(moved int) int {
	return max(0, s.prev.at+len(s.prev.keys)-min(rereadOverlap, s.paging().rows/2)+moved)
}

// old is how many rows came that were there at the start for sure. No more mail
// came meanwhile than the total grew.
func (s *scan) old() int { return s.came - min(s.newer+s.unsure, s.most-s.announced) }

// complete reports whether all rows came that were there at the start.
func (s *scan) complete() bool {
	switch {
	case s.broken > 0: // without a growing list nothing but the count is needed
		return s.most == s.announced && s.old() >= s.announced
	case s.old()+s.doubled >= s.announced, s.came+s.doubled >= s.most:
		return true
	}
	// Rows of which nobody can say whether they were there count when the list,
	// read again, held no other.
	again := s.pass > 0 && s.found == 0
	if again && s.ordered && s.came+s.doubled-min(s.newer, s.most-s.announced) >= s.announced {
		return true
	}
	// Rows short of the total are rows that the service lists twice.
	listed := s.listed[there]
	if again {
		listed += s.listed[unsure]
	}
	return s.exactly && (s.pass > 0 || s.pages == 1) && listed >= s.announced
}

// incomplete says what may be missing.
func (s *scan) incomplete(err error) Incomplete {
	return Incomplete{First: s.window.first, Last: s.window.last, Announced: max(0, s.announced), Err: err, Came: max(0, min(s.old(), s.announced))}
}

// seen remembers which rows came and in which state, by a hash, in 11 to 16
// bytes a row: a Go map takes twice as much while it grows. The hash is seeded
// anew in each process, so that strangers' ids cannot be made to collide.
type seen struct {
	shards [64]shard // each grows by itself
}

// shard is a table with linear probing; 0 is an empty place.
type shard struct {
	keys []uint64 // 56 bits of the row's key, 8 of its state
	tags []uint16 // the scan in which the row came last
	n    int
}

const stateBits = 8

var rowSeed = maphash.MakeSeed()

// keyOf is the identity of a row: its email id, or all of a row without one.
// Rows in which nothing stands are told apart by their place in the list.
func keyOf(r *Record, place int) uint64 {
	switch {
	case r.EmailID != "":
		return max(1<<stateBits, maphash.String(rowSeed, r.EmailID))
	case *r == Record{}:
		return mix(1, place)
	}
	return max(1<<stateBits, maphash.Comparable(rowSeed, *r))
}

// keysOf are the keys of rows that begin at a place of the list.
func keysOf(records []Record, place int) []uint64 {
	keys := make([]uint64, len(records))
	for i := range records {
		keys[i] = keyOf(&records[i], place+i)
	}
	return keys
}

// mix makes another key of a key and a number.
func mix(key uint64, n int) uint64 {
	x := key ^ (uint64(n)+1)*0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return max(1<<stateBits, x^x>>31)
}

// before is what was known of a row: whether it came, in which scan last, and
// whether in the same state.
type before struct {
	came    bool
	scan    uint16
	changed bool
}

// add remembers a row of a scan, and tells what was known of it.
func (s *seen) add(key uint64, state uint8, scan uint16) (b before) {
	sh := &s.shards[key>>58]
	if sh.n >= len(sh.keys)*7/8 {
		sh.grow()
	}
	i := sh.find(key)
	if b.came = sh.keys[i] != 0; b.came {
		b.scan, b.changed = sh.tags[i], uint8(sh.keys[i]) != state
	} else {
		sh.n++
	}
	sh.keys[i], sh.tags[i] = key>>stateBits<<stateBits|uint64(state), scan
	return b
}

// find is where key stands, or the empty place where it belongs.
func (sh *shard) find(key uint64) int {
	hi, _ := bits.Mul64(key>>stateBits<<(stateBits+6), uint64(len(sh.keys)))
	i := int(hi)
	for sh.keys[i] != 0 && sh.keys[i]>>stateBits != key>>stateBits {
		if i++; i == len(sh.keys) {
			i = 0
		}
	}
	return i
}

func (sh *shard) grow() {
	old := *sh
	size := len(old.keys)*4/3 + 8
	sh.keys, sh.tags = make([]uint64, size), make([]uint16, size)
	for i, key := range old.keys {
		if key != 0 {
			j := sh.find(key)
			sh.keys[j], sh.tags[j] = key, old.tags[i]
		}
	}
}
