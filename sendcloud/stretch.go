package sendcloud

import (
	"slices"
	"time"
)

// paging is how a pass cuts a list into pages.
type paging struct {
	limit   int // rows that are asked for
	rows    int // of a page: fewer, where the service gives no more at once
	overlap int // rows that it should share with the page before
}

// passes are the pagings of the passes. Their limits differ, because the same
// parameters would get the answer that the service keeps for ten minutes. Where
// one shared row did not do, rows change places, so later passes share more.
var passes = [3]paging{{100, 100, 1}, {94, 94, 10}, {88, 88, 20}}

func (p paging) step() int { return p.rows - p.overlap }

// cut is p where the service gives at most so many rows at once; 0: as many as
// are asked for.
func (p paging) cut(rows int) paging {
	if fewestAtOnce <= rows && rows < p.rows {
		p.rows, p.overlap = rows, min(p.overlap, rows/4)
	}
	return p
}

// fewestAtOnce is the smallest page that shows anything: pages of fewer rows
// have no room to overlap elsewhere in each pass, and are those of a list that
// ends before its total.
const fewestAtOnce = 10

// short is how many rows an answer from start on holds, where these are fewer
// than asked for and more were announced; else 0.
func (a answer) short(start, limit int) int {
	if n := len(a.records); n < limit && start+n < a.total {
		return n
	}
	return 0
}

// more reports whether the page at next adds to those before it, where there
// are end rows.
func (p paging) more(next, end int) bool { return next == 0 || next+p.overlap < end }

// pages is how many pages total rows take.
func (p paging) pages(total int) int {
	return max(1, (total-p.overlap+p.step()-1)/p.step())
}

// bridgeLimits are the most rows of the pages that are read between two that
// share no row, in each pass; the next bridgeKinds-1 numbers below are used too.
var bridgeLimits = [3]int{99, 93, 87}

const (
	bridgeKinds   = 5
	bridgeTries   = 12
	bridgeOverlap = 25 // rows that a bridge should share with the page before
	fewestPages   = 20 // a pass reads at most so many pages and
	mostTimes     = 3  // so many times those of the rows that were there at the start
	chainPages    = 32 // pages whose rows are kept to see that one lies behind: as many as are read ahead
	fastGrowth    = 8  // rows by which a list grows with each answer, from which on it is read call by call
	maxAnchors    = 6  // times that a pass begins anew behind the page before
	maxBroken     = 3  // after so many bridges that led nowhere, the order is not stable: no more of them
)

// stretch is how far one part of a walk was read, and what is known about
// whether all of it came.
//
// All of it came when each page shared a row with the one before it, for then
// no row that was there all the time lies between them, and when as many rows
// came as were announced at the start, mail that came meanwhile not counted.
type stretch struct {
	part part

	announced int       // the first total
	most      int       // the highest total since
	since     time.Time // rows requested from then on came meanwhile; zero until the first answer
	exact     bool      // since is of the service's clock
	asked     time.Time // rows that changed from then on, in a list by status, came meanwhile
	came      int       // distinct rows
	newer     int       // those of them that came meanwhile
	unsure    int       // those of them that came about when the first answer was made
	found     int       // rows in this pass that were there at the start and had not come
	disorder  bool      // rows that two pages of this pass share stand in another order
	doubled   int       // rows of the start that came twice in the first answer that held them
	stuck     bool      // the service gives the first page whatever start says
	head      stand     // the first page of the pass

	pass    int
	atOnce  int                          // rows that the service gives at once, as its first answer shows; 0: as many as are asked for
	next    int                          // where the page begins that is read next
	end     int                          // how many rows there are, as far as this pass knows
	prev    stand                        // the page before
	begun   bool                         // rows of the page at next were yielded
	pages   int                          // that this pass has read
	dry     bool                         // a page before the end held no row
	chain   [][]uint64                   // the last pages before it that lead on to it
	bridges int                          // calls for bridges in this pass
	broken  int                          // neighbours that share no row
	bridged map[[2]int]bool              // bridges that were read
	grew    int                          // rows by which the list grew during the last bridge
	base    struct{ grown, answers int } // at the first page of the pass
	fast    bool                         // the list grows so fast that pages asked for together would lie far apart
	anchors int                          // how often the pass went on from the page before, wherever that stands by now
	adrift  int                          // anchors since pages joined
	offsets []int                        // of the pages from each anchor on
	order   [2]tally
	before  [2]tally // order of the pass before
}

// stand is a page where it stood: in a list of total rows.
type stand struct {
	keys  []uint64
	at    int
	total int
}

func (s stand) end() int { return s.at + len(s.keys) }

// tally is the order of a list in one number: by positions from its head, or
// from its tail, for mail that arrives moves one of the two.
type tally struct {
	edge, n int
	sum     uint64
}

func (s *stretch) paging() paging { return passes[s.pass].cut(s.atOnce) }

// back is how many rows a page that is read besides should share with the one before.
func (s *stretch) back() int { return min(bridgeOverlap, s.paging().rows/2) }

// again begins another pass.
func (s *stretch) again() {
	s.pass++
	s.before = s.order
	s.next, s.end, s.prev, s.begun, s.broken = 0, 0, stand{}, false, 0
	s.found, s.disorder = 0, false
	s.pages, s.dry, s.chain, s.bridges = 0, false, nil, 0
	s.base.answers, s.anchors, s.adrift, s.offsets = 0, 0, 0, nil
	s.order = [2]tally{1: {edge: s.announced + 1}}
}

// more reports whether a page is left to read in this pass. A pass ends where
// the rows do, whatever total is announced, and does not run for ever after a
// list that grows as fast as it is read.
func (s *stretch) more() bool {
	return s.paging().more(s.next, s.end) && !s.dry && !s.outrun()
}

// outrun reports whether the rows came as fast as they were read: another pass,
// whose pages share more, would not do better.
func (s *stretch) outrun() bool {
	return s.pages >= fewestPages+mostTimes*s.paging().pages(s.announced)
}

// measure finds out how fast the list grows: total is the highest that any of
// so many answers announced. Calls in flight that are served in another order
// than they went out leave gaps as wide as what came in between. Those of calls
// that follow each other join: mail at the head moves rows from one to the next.
func (s *stretch) measure(total, answers int) {
	s.most = max(s.most, total)
	if s.base.answers == 0 {
		s.base.grown, s.base.answers = s.most-s.announced, answers
	}
	s.fast = s.most-s.announced-s.base.grown > fastGrowth*(answers-s.base.answers)
}

// anchor sets next to where the row after the page before stands by now: first
// as if all that came since came before it, then as if nothing did.
func (s *stretch) anchor() {
	at := max(1, s.prev.end()-s.back())
	if s.adrift == 0 {
		at += s.most - s.prev.total
	}
	s.adrift++
	s.anchors++
	step := s.paging().step()
	for at%step == 0 || slices.Contains(s.offsets, at%step) { // the same question again would get a cached answer
		at++
	}
	s.offsets = append(s.offsets, at%step)
	s.next = at
}

// announce takes the total of an answer.
func (s *stretch) announce(a answer, now time.Time) {
	if s.since.IsZero() {
		s.announced, s.most = a.total, a.total
		s.start(a.records, now.Truncate(time.Second))
		s.order[1].edge = a.total + 1
	}
	if a.noTotal {
		s.announced = max(s.announced, a.total) // the rows known so far stand for it
	}
	s.most = max(s.most, a.total)
	s.end = max(s.end, a.total)
}

// clockSlack is how far the service's clock may be ahead of ours; it also tells
// whole seconds only.
const clockSlack = 5 * time.Second

// start finds out from when on rows came after the first answer. The service may
// have made it ten minutes ago, and its clock is not ours: where the rows are
// newest first, the first one tells, and in a list by status the last change.
func (s *stretch) start(records []Record, now time.Time) {
	s.since, s.asked = now, now
	for i := range records {
		if changed := records[i].ModifiedTime; changed.After(s.asked) && changed.Before(now.Add(cacheFor)) {
			s.asked = changed
		}
	}
	newestFirst := len(records) > 1 && slices.IsSortedFunc(records, func(a, b Record) int { return b.RequestTime.Compare(a.RequestTime) })
	if newestFirst && records[0].RequestTime.After(records[len(records)-1].RequestTime) {
		s.since, s.exact = records[0].RequestTime, true // those of this second stand in the first answer
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
func (s *stretch) age(r *Record) age {
	byStatus := s.part.status != StatusUnknown || len(s.part.codes) > 0
	switch {
	case !r.RequestTime.Before(s.since) && (s.exact || !r.RequestTime.Before(s.since.Add(clockSlack))),
		byStatus && !r.ModifiedTime.Before(s.asked.Add(clockSlack)):
		return newer
	case !r.RequestTime.Before(s.since), byStatus && !r.ModifiedTime.Before(s.asked):
		return unsure
	}
	return there
}

// count counts a row that had not come in this part. Those of the first answer
// were there at the start.
func (s *stretch) count(r *Record, first bool) {
	s.came++
	switch age := s.age(r); {
	case first:
	case age == newer:
		s.newer++
	case age == unsure:
		s.unsure++
	default:
		s.found++
	}
}

// follows reports whether the rows of an answer, which belongs at next, lead on
// from the page before.
func (s *stretch) follows(a answer, keys []uint64) bool {
	if s.next == 0 || len(keys) == 0 {
		return true // the head; or the list ends before
	}
	return shareRow(s.prev.keys, keys)
}

// repeats reports whether an answer that belongs at next is the first page
// again. Mail at the head moves that page to a later place, but not by more rows
// than the list grew.
func (s *stretch) repeats(a answer, keys []uint64) bool {
	return s.next > 0 && samePage(s.head.keys, keys) && (a.noTotal || a.total-s.head.total < s.next)
}

// behind reports whether an answer that shares no row with the page before it
// ends in the midst of earlier ones and brings only new rows besides: it was
// served so late that what arrived moved its place back. The next one has to
// lead on from the page before.
func (s *stretch) behind(records []Record, keys []uint64) bool {
	inChain := func(key uint64) bool {
		return slices.ContainsFunc(s.chain, func(page []uint64) bool { return slices.Contains(page, key) })
	}
	for i, key := range keys {
		if !inChain(key) && (i == len(keys)-1 || s.age(&records[i]) == there) {
			return false
		}
	}
	return len(keys) > 0
}

// inOrder reports whether the rows that two pages share stand in one order.
func inOrder(left, right []uint64) bool {
	at := 0
	for _, key := range left {
		i := slices.Index(right, key)
		if i >= 0 && i < at {
			return false
		}
		at = max(at, i)
	}
	return true
}

// shareRow reports whether two pages that follow each other overlap. The rows
// at their ends must: in a list without order any rows are shared by chance.
func shareRow(left, right []uint64) bool {
	if len(left) == 0 || len(right) == 0 {
		return false
	}
	last := len(right) - 1
	return slices.Contains(right, left[len(left)-1]) || slices.Contains(left, right[0]) || slices.Contains(left, right[last])
}

// unbridged is the first place from at on where no bridge of limit rows was
// read: the same parameters again would get a cached answer.
func (s *stretch) unbridged(at, limit int) int {
	if s.bridged == nil {
		s.bridged = map[[2]int]bool{}
	}
	for s.bridged[[2]int{at, limit}] {
		at++
	}
	s.bridged[[2]int{at, limit}] = true
	return at
}

// overlap is how many rows at the beginning of a page stand in the one before.
func (s *stretch) overlap(keys []uint64) int {
	n := 0
	for n < len(keys) && slices.Contains(s.prev.keys, keys[n]) {
		n++
	}
	return n
}

// commit ends the page at next.
func (s *stretch) commit(a answer, keys []uint64, behind bool) {
	if s.next == 0 {
		s.head = stand{keys, 0, a.total}
	}
	if a.open && s.overlap(keys) < len(keys) {
		s.end = max(s.end, s.next+len(keys)+s.paging().overlap) // more may follow, nobody says
	}
	for i, key := range keys {
		s.order[0].add(s.next+i, key, s.next+i < s.announced && s.next+i >= s.order[0].edge, s.next+i+1)
		fromEnd := a.total - s.next - i
		s.order[1].add(fromEnd, key, 0 < fromEnd && fromEnd <= s.announced && fromEnd < s.order[1].edge, fromEnd)
	}
	s.pages++
	s.dry = len(keys) == 0
	if s.begun = false; !behind {
		s.adrift = 0
		s.disorder = s.disorder || !inOrder(s.prev.keys, keys)
		s.prev = stand{keys, s.next, a.total}
		s.chain = append(s.chain[max(0, len(s.chain)-chainPages+1):], keys)
	}
	s.next += s.paging().step()
}

func (t *tally) add(position int, key uint64, isNext bool, edge int) {
	if isNext {
		t.n++
		t.sum += mix(key, position)
		t.edge = edge
	}
}

// complete reports whether all rows came that were there at the start.
func (s *stretch) complete() bool {
	if s.broken > 0 {
		// Without a growing list nothing but the count is needed.
		return s.most == s.announced && s.old() >= s.announced
	}
	everything := s.came+s.doubled >= s.most // also what came meanwhile, whenever that was
	if s.old()+s.doubled >= s.announced || everything || s.sameTwice() {
		return true
	}
	// Rows of which nobody can say whether they were there count when the list,
	// read again, held no other.
	readAgain := s.pass > 0 && s.found == 0 && !s.disorder
	return readAgain && s.came-min(s.newer, s.most-s.announced)+s.doubled >= s.announced
}

// old is how many rows came that were there at the start for sure.
func (s *stretch) old() int { return s.came - min(s.newer+s.unsure, s.most-s.announced) }

// sameTwice reports whether two passes read the same row in each place of the
// list: rows short of the total are rows that the service lists twice.
func (s *stretch) sameTwice() bool {
	for i, t := range s.order {
		if s.pass > 0 && t.n == s.announced && s.before[i].n == t.n && s.before[i].sum == t.sum {
			return true
		}
	}
	return false
}

// incomplete says what may be missing.
func (s *stretch) incomplete(err error) Incomplete {
	return Incomplete{First: s.part.first, Last: s.part.last, Announced: s.announced, Err: err, Came: min(s.old(), s.announced)}
}

func keysOf(records []Record) []uint64 {
	keys := make([]uint64, len(records))
	for i := range records {
		keys[i] = keyOf(&records[i])
	}
	return keys
}
