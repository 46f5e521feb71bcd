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
type Pages struct {
	total int
	pages map[int]page
}

type page struct {
	rows []sendcloud.Record
	at   time.Time
}

// Put takes the rows of one page, fetched at that time; start is a multiple of
// PageSize. Pages far from row near may be forgotten.
func (p *Pages) Put(start, total int, rows []sendcloud.Record, at time.Time, near int) {
	if p.pages == nil {
		p.pages = map[int]page{}
	}
	p.total = total
	p.pages[start/PageSize] = page{rows, at}
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

// Fetched reports whether any answer came.
func (p *Pages) Fetched() bool { return p.pages != nil }

// Total is the number of rows in the whole list.
func (p *Pages) Total() int { return p.total }

// At is row i; ok is false while it is not fetched.
func (p *Pages) At(i int) (rec sendcloud.Record, ok bool) {
	rows := p.pages[i/PageSize].rows
	if i < 0 || i%PageSize >= len(rows) {
		return sendcloud.Record{}, false
	}
	return rows[i%PageSize], true
}

// Rows yields the rows that are here, in their order.
func (p *Pages) Rows() iter.Seq[sendcloud.Record] {
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
	var oldest time.Time
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
	if p.total == 0 {
		return 0, false, false
	}
	for _, i := range []int{cursor, first, last - 1} {
		if i >= 0 && !p.has(i) {
			return i / PageSize * PageSize, false, true
		}
	}
	if i := last - 1 + PageSize/2; i < p.total && !p.has(i) {
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
