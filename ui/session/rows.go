package session

import (
	"maps"
	"slices"
	"sync"
	"time"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/recordset"
)

// PageSize is the rows of a page, the most that the service gives in one call.
const PageSize = 100

// Origin says where rows come from.
type Origin int

// The origins.
const (
	FromPages Origin = iota // the pages that were looked at
	FromFetch               // a fetch of every row, under way or ended
	FromFile
)

// Rows are the rows of one question in memory. The list is first what was read from the start, then the pages that somebody looked at.
type Rows struct {
	from Origin
	set  *recordset.Set
	snap recordset.Snapshot
	busy sync.Mutex // one job at a time reads into the set
	mine sync.Mutex // one at a time explains its rows

	answered bool      // the service answered
	total    int       // what it announced; of an open list the rows known so far
	told     time.Time // when total last changed
	open     bool      // more rows than those may follow
	atMost   bool      // total is an upper bound: the service ignored a filter
	pages    map[int]page
	read     recordset.View // what was read from the beginning, in its order
	// A straight list can only be read from the start. The service ignored a filter, so we drop rows that do not fit and pages are
	// shorter; where a row stands is known only after all rows before it were read.
	straight bool
	next     int // the place of the service to go on from

	reading Reading // set for a fetch or a file
	walk    walk
	file    *file
	asOf    time.Time     // when the oldest answer among the rows came
	began   time.Time     // when the fetch began
	before  int           // rows that were here when the fetch last went on
	spent   time.Duration // time that the fetch had taken until then

	mu       sync.Mutex // guards what the fetch tells meanwhile:
	came     recordset.View
	progress Progress
}

type page struct {
	rows recordset.View
	at   time.Time
}

func newRows(env *Env, from Origin) *Rows {
	r := &Rows{from: from, set: recordset.New(recordset.ByRules(env.Rules)), pages: map[int]page{}}
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
	}
	if r.straight && start != r.next {
		return // asked for before the list was known to be straight
	}
	p := page{at: got.FetchedAt}
	for _, rec := range got.Records {
		row, _ := r.set.Append(rec)
		p.rows = append(p.rows, uint32(row))
		if r.straight && r.read.Index(row) < 0 {
			r.read = append(r.read, uint32(row))
		}
	}
	if !r.straight {
		r.pages[start/PageSize] = p
	} else if r.next = got.Next; got.Next <= start {
		r.next, r.open = r.total, false
	}
	if r.asOf.IsZero() || got.FetchedAt.Before(r.asOf) {
		r.asOf = got.FetchedAt
	}
	r.snap = r.set.Snapshot()
}

// take takes in what a fetch or the reading of a file brought.
func (r *Rows) take() {
	r.mu.Lock()
	if len(r.came) > 0 {
		r.read, r.from = r.came, FromFetch
	}
	r.mu.Unlock()
	r.snap = r.set.Snapshot()
}

// end is called when every row was fetched. Rows that only the pages had go to the end of the list.
func (r *Rows) end() {
	r.asOf = r.began
	here := make([]bool, r.snap.Len())
	for _, row := range r.read {
		here[row] = true
	}
	for row, ok := range here {
		if !ok {
			r.read = append(r.read, uint32(row))
		}
	}
}

// length returns the number of places in the list: of an open or a straight one those known, and one more while there may be more.
func (r *Rows) length() int {
	n := max(r.total, len(r.read))
	switch {
	case r.from == FromFile:
		return r.snap.Len()
	case r.reading.Whole:
		return len(r.read)
	case r.straight:
		n = len(r.read)
	}
	if r.more() {
		n++
	}
	return n
}

// more reports whether further rows may follow, how many nobody told.
func (r *Rows) more() bool { return r.open || r.straight && r.next < r.total }

func (r *Rows) row(i int) (row int, ok bool) {
	switch {
	case i < 0:
		return 0, false
	case r.from == FromFile:
		return i, i < r.snap.Len()
	case i < len(r.read):
		return int(r.read[i]), true
	}
	rows := r.pages[i/PageSize].rows
	if i%PageSize >= len(rows) {
		return 0, false
	}
	return int(rows[i%PageSize]), true
}

// place returns where a row stands in the list; -1: nowhere.
func (r *Rows) place(row int) int {
	if r.from == FromFile {
		return row
	}
	if i := r.read.Index(row); i >= 0 {
		return i
	}
	for n, p := range r.pages {
		if i := p.rows.Index(row); i >= 0 && n*PageSize+i >= len(r.read) {
			return n*PageSize + i
		}
	}
	return -1
}

// inOrder returns a function that brings rows into the order of the list. It uses copies, so a job may call it.
func (r *Rows) inOrder() func(recordset.Selection) recordset.View {
	read, size, pages := r.read, r.snap.Len(), recordset.View(nil)
	for _, n := range slices.Sorted(maps.Keys(r.pages)) {
		if !r.reading.Whole && (n+1)*PageSize > len(read) {
			pages = append(pages, r.pages[n].rows...)
		}
	}
	return func(sel recordset.Selection) recordset.View {
		if len(pages) == 0 && slices.IsSorted(read) || len(read) == 0 && slices.IsSorted(pages) {
			return sel.View()
		}
		var rows recordset.View
		listed := make([]bool, size) // a row that moved while one paged is listed once
		for _, list := range []recordset.View{read, pages} {
			for _, row := range list {
				if sel.Has(int(row)) && !listed[row] {
					rows, listed[row] = append(rows, row), true
				}
			}
		}
		return rows
	}
}

// want picks the page to fetch next for the places [first, last): one missing there, then the one after it, with ahead true.
func (r *Rows) want(cursor, first, last int) (start int, ahead, ok bool) {
	have := len(r.read)
	switch {
	case r.total == 0 || r.reading.Whole || r.straight && r.walk != nil:
		return 0, false, false
	case r.straight:
		return r.next, last <= have, r.more() && last+PageSize/2 > have
	}
	missing := func(i int) bool { _, here := r.pages[i/PageSize]; return i >= have && !here }
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

// Age returns when the oldest of the places [first, last) was answered.
func (s *Session) Age(first, last int) (oldest time.Time) {
	r := s.rows
	if r.from != FromPages || r.straight || s.Narrowed() {
		return r.asOf
	}
	for n := first / PageSize; n <= max(first, last-1)/PageSize; n++ {
		if p, ok := r.pages[n]; ok && (oldest.IsZero() || p.at.Before(oldest)) {
			oldest = p.at
		}
	}
	return oldest
}

func (r *Rows) newSince(before *Rows) map[string]bool {
	fresh := map[string]bool{}
	for row := range r.snap.Len() {
		id := r.snap.EmailID(row)
		if _, old := before.snap.Find(id); !old {
			fresh[id] = true
		}
	}
	return fresh
}

// Coverage says how many rows are loaded, and how many exist.
type Coverage struct {
	Here, Of int
	Open     bool // more rows than Of may follow: nobody told how many
	AtMost   bool // Of is an upper bound: the service ignored a filter
	Growing  bool // rows are on their way
	MayLack  bool // everything was read, and yet rows may be missing
	AsOf     time.Time
	Told     time.Time // when the service told another Of than before; zero: it did not
	First    time.Time // when the earliest of the rows was requested
	Last     time.Time // and the latest
}

// Partial reports whether rows are missing here.
func (c Coverage) Partial() bool { return c.Here < c.Of || c.Open }

// Coverage of the rows of the question.
func (s *Session) Coverage() Coverage {
	r := s.rows
	c := Coverage{Here: r.snap.Len(), Of: r.total, Open: r.open, AtMost: r.atMost, Told: r.told, Growing: s.Fetching(), AsOf: r.asOf}
	c.First, c.Last = r.snap.Span()
	switch {
	case r.from == FromFile:
		c.Of = c.Here
	case r.from == FromFetch:
		sum, whole := r.walk.Summary(), r.reading.Whole
		c.MayLack, c.Told, c.AtMost = len(sum.Incomplete) > 0, time.Time{}, r.atMost && !whole
		c.Open = sum.AtLeast || r.open && !whole
		if c.Of = max(c.Here, c.Of, sum.Announced); whole && !c.MayLack {
			c.Of = c.Here // the service counts some twice, or ignores a filter
		}
	}
	return c
}
