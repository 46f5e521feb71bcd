package results

import (
	"iter"
	"maps"
	"slices"
	"time"

	"bounceboard/sendcloud"
)

// PageSize is the service's page, and ours.
const PageSize = 100

// kept bounds the pages in memory; those farthest from the reader go first.
const kept = 64

// Pages are the rows of one list as far as they were fetched, by the page of
// the service. The zero Pages is an empty list that nobody answered yet.
//
// Where the service ignored a filter and rows were left out here, the rows of a
// page are fewer than its places, and no place in the list is known before
// those in front of it: such a list is read from its beginning on (straight).
type Pages struct {
	total int
	open  bool // nobody told where the list ends
	pages map[int]page

	straight bool
	rows     []sendcloud.Record
	next     int // the place of the service to go on from
	at       time.Time
}

type page struct {
	rows []sendcloud.Record
	at   time.Time
}

// Put takes a page that was asked for at start, a multiple of PageSize or what
// Want said. Pages far from row near may be forgotten.
func (p *Pages) Put(start int, got sendcloud.Page, near int) {
	if p.pages == nil {
		p.pages = map[int]page{}
	}
	if p.open = got.AtLeast; p.open {
		p.total = max(p.total, got.Total)
	} else {
		p.total = got.Total
	}
	if got.AtMost && got.Next > start+len(got.Records) && !p.straight {
		p.straight, p.pages = true, map[int]page{}
	}
	if p.straight {
		p.append(start, got)
		return
	}
	p.pages[start/PageSize] = page{got.Records, got.FetchedAt}
	for len(p.pages) > kept {
		far, n := -1, 0
		for i := range p.pages {
			if d := abs(i - near/PageSize); d > far {
				far, n = d, i
			}
		}
		delete(p.pages, n)
	}
}

func (p *Pages) append(start int, got sendcloud.Page) {
	if start != p.next {
		return // asked for before the list was known to be straight
	}
	p.rows = append(p.rows, got.Records...)
	p.next = got.Next
	if got.Next <= start {
		p.next, p.open = p.total, false
	}
	if p.at.IsZero() || got.FetchedAt.Before(p.at) {
		p.at = got.FetchedAt
	}
}

// Fetched reports whether any answer came.
func (p *Pages) Fetched() bool { return p.pages != nil }

// Announced is the total of the service; of an open list the rows known so far.
func (p *Pages) Announced() int { return p.total }

// Open reports whether more rows than those announced may follow: the service
// told no total that can be true.
func (p *Pages) Open() bool { return p.open }

// Total is the number of rows in the list: of an open or a straight one those
// known, and one more while there may be more.
func (p *Pages) Total() int {
	total := p.total
	if p.straight {
		total = len(p.rows)
	}
	if p.open || p.straight && p.next < p.total {
		total++
	}
	return total
}

// At is row i; ok is false while it is not fetched.
func (p *Pages) At(i int) (rec sendcloud.Record, ok bool) {
	rows := p.rows
	if !p.straight {
		rows = p.pages[i/PageSize].rows
		i %= PageSize
	}
	if i < 0 || i >= len(rows) {
		return sendcloud.Record{}, false
	}
	return rows[i], true
}

// Rows yields the rows that are here, in their order.
func (p *Pages) Rows() iter.Seq[sendcloud.Record] {
	if p.straight {
		return slices.Values(p.rows)
	}
	return func(yield func(sendcloud.Record) bool) {
		for _, n := range slices.Sorted(maps.Keys(p.pages)) {
			for _, rec := range p.pages[n].rows {
				if !yield(rec) {
					return
				}
			}
		}
	}
}

// Find returns where the row with that email id is.
func (p *Pages) Find(id string) (i int, ok bool) {
	if p.straight {
		i = slices.IndexFunc(p.rows, func(r sendcloud.Record) bool { return r.EmailID == id })
		return i, i >= 0
	}
	for n, page := range p.pages {
		for i, r := range page.rows {
			if r.EmailID == id {
				return n*PageSize + i, true
			}
		}
	}
	return 0, false
}

// AsOf is when the oldest of the rows [first, last) was fetched.
func (p *Pages) AsOf(first, last int) time.Time {
	oldest := p.at
	for n := first / PageSize; n <= max(first, last-1)/PageSize; n++ {
		if page, ok := p.pages[n]; ok && (oldest.IsZero() || page.at.Before(oldest)) {
			oldest = page.at
		}
	}
	return oldest
}

// Want is the start of the page to fetch next for a reader who sees the rows
// [first, last): what is missing there, then what lies behind it, which can
// wait (ahead).
func (p *Pages) Want(cursor, first, last int) (start int, ahead, ok bool) {
	switch {
	case p.total == 0:
		return 0, false, false
	case p.straight:
		return p.next, last <= len(p.rows), (p.open || p.next < p.total) && last+PageSize/2 > len(p.rows)
	}
	for _, i := range []int{cursor, first, last - 1} {
		if i >= 0 && !p.has(i) {
			return i / PageSize * PageSize, false, true
		}
	}
	if i := last - 1 + PageSize/2; i < p.Total() && !p.has(i) {
		return i / PageSize * PageSize, true, true
	}
	return 0, false, false
}

func (p *Pages) has(i int) bool {
	_, ok := p.pages[i/PageSize]
	return ok
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}
