package session

import (
	"iter"
	"maps"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
	"bounceboard/sendcloud/recordset"
)

// PageSize is the service's page, and ours.
const PageSize = 100

// Origin says where rows come from.
type Origin int

// The origins.
const (
	FromPages Origin = iota // the pages that were looked at
	FromFetch               // every row of the query
	FromFile
)

// Rows are rows in memory and what is known of those that are not here.
type Rows struct {
	from  Origin
	rules *bounce.Rules
	set   *recordset.Set
	snap  recordset.Snapshot
	busy  sync.Mutex // one job at a time appends to the set
	mine  sync.Mutex // one at a time explains its rows

	// These are set for pages.
	answered bool      // an answer came
	total    int       // what the service announced; of an open list the rows known so far
	told     time.Time // when that became another number
	open     bool      // more rows than those may follow
	atMost   bool      // total is an upper bound: the service ignored a filter
	pages    map[int]page
	// A straight list can only be read from the start. The service ignored a
	// filter, so we drop rows that do not fit and pages are shorter; where a row
	// stands is known only after all rows before it were read.
	straight bool
	next     int // the place of the service to go on from

	walk   *sendcloud.Walk           // set for a fetch
	tell   atomic.Pointer[func(any)] // whom it tells of its calls
	file   *file                     // set for a file
	whole  bool                      // a fetch or a file was read to its end
	err    error                     // why it was not
	asOf   time.Time                 // the age of the oldest row
	since  time.Time                 // when reading began or went on
	before int                       // rows that were here then
	took   time.Duration             // how long reading has lasted since then
}

// page is the rows of a page, by their numbers in the set.
type page struct {
	rows recordset.View
	at   time.Time
}

func newRows(env *Env, from Origin) *Rows {
	r := &Rows{from: from, rules: env.Rules, set: recordset.New(recordset.ByRules(env.Rules)), pages: map[int]page{}}
	r.snap = r.set.Snapshot()
	return r
}

// put takes a page that was asked for at start.
func (r *Rows) put(start int, got sendcloud.Page) {
	if r.answered && got.Total != r.total {
		r.told = got.FetchedAt
	}
	r.answered, r.open, r.atMost = true, got.AtLeast, got.AtMost
	if !r.open {
		r.total = 0
	}
	r.total = max(r.total, got.Total)
	if got.AtMost && got.Next > start+len(got.Records) && !r.straight {
		r.straight, r.pages, r.asOf = true, map[int]page{}, time.Time{}
		r.set = recordset.New(recordset.ByRules(r.rules))
	}
	if r.straight {
		if start != r.next {
			return // asked for before the list was known to be straight
		}
		if r.next = got.Next; got.Next <= start {
			r.next, r.open = r.total, false
		}
	}
	p := page{at: got.FetchedAt}
	for _, rec := range got.Records {
		row, _ := r.set.Append(rec)
		p.rows = append(p.rows, uint32(row))
	}
	r.pages[start/PageSize] = p
	if r.asOf.IsZero() || got.FetchedAt.Before(r.asOf) {
		r.asOf = got.FetchedAt
	}
	r.snap = r.set.Snapshot()
}

// length returns the number of places in the list: of an open or a straight one
// those known, and one more while there may be more.
func (r *Rows) length() int {
	if r.from != FromPages {
		return r.snap.Len()
	}
	n := r.total
	if r.straight {
		n = r.snap.Len()
	}
	if r.open || r.straight && r.next < r.total {
		n++
	}
	return n
}

// row returns the row at a place of the list; ok is false while it is not here.
func (r *Rows) row(i int) (row int, ok bool) {
	if r.from != FromPages || r.straight {
		return i, i >= 0 && i < r.snap.Len()
	}
	rows := r.pages[i/PageSize].rows
	if i < 0 || i%PageSize >= len(rows) {
		return 0, false
	}
	return int(rows[i%PageSize]), true
}

// place returns where a row stands in the list; -1: nowhere.
func (r *Rows) place(row int) int {
	if r.from != FromPages || r.straight {
		return row
	}
	for n, p := range r.pages {
		if i := p.rows.Index(row); i >= 0 {
			return n*PageSize + i
		}
	}
	return -1
}

// inOrder returns what brings rows into the order of the list. It is a value: a
// job may use it.
func (r *Rows) inOrder() func(recordset.Selection) recordset.View {
	var listed recordset.View
	if r.from == FromPages && !r.straight {
		for _, n := range slices.Sorted(maps.Keys(r.pages)) {
			listed = append(listed, r.pages[n].rows...)
		}
	}
	if slices.IsSorted(listed) {
		return recordset.Selection.View
	}
	return func(sel recordset.Selection) recordset.View {
		var rows recordset.View
		for _, row := range listed {
			if sel.Has(int(row)) {
				rows = append(rows, row)
				sel = sel.Toggled(int(row)) // a row that moved while one paged is listed once
			}
		}
		return rows
	}
}

// want picks the page to fetch next when places [first, last) are on screen:
// first a page missing on screen, then the page after it. ahead is true for the
// second, because nobody waits for it.
func (r *Rows) want(cursor, first, last int) (start int, ahead, ok bool) {
	switch {
	case r.total == 0:
		return 0, false, false
	case r.straight:
		have := r.snap.Len()
		return r.next, last <= have, (r.open || r.next < r.total) && last+PageSize/2 > have
	}
	missing := func(i int) bool { _, here := r.pages[i/PageSize]; return i >= 0 && !here }
	for _, i := range []int{cursor, first, last - 1} {
		if missing(i) {
			return i / PageSize * PageSize, false, true
		}
	}
	if i := last - 1 + PageSize/2; i < r.length() && missing(i) {
		return i / PageSize * PageSize, true, true
	}
	return 0, false, false
}

// age returns when the oldest of the places [first, last) was answered.
func (r *Rows) age(first, last int) time.Time {
	if r.from != FromPages || r.straight {
		return r.asOf
	}
	var oldest time.Time
	for n := first / PageSize; n <= max(first, last-1)/PageSize; n++ {
		if p, ok := r.pages[n]; ok && (oldest.IsZero() || p.at.Before(oldest)) {
			oldest = p.at
		}
	}
	return oldest
}

// newSince returns the email ids that were not among other rows.
func (r *Rows) newSince(before *Rows) map[string]bool {
	fresh := map[string]bool{}
	for rec := range records(r.snap) {
		if _, old := before.snap.Find(rec.EmailID); !old {
			fresh[rec.EmailID] = true
		}
	}
	return fresh
}

// records yields the rows that are here.
func records(snap recordset.Snapshot) iter.Seq[sendcloud.Record] {
	return func(yield func(sendcloud.Record) bool) {
		for i := range snap.Len() {
			if !yield(snap.Record(i)) {
				return
			}
		}
	}
}
