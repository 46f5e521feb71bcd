package recordset

import (
	"context"
	"fmt"
	"iter"
	"math/bits"
	"runtime"
	"runtime/debug"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"bounceboard/sendcloud"
)

// Snapshot is the first Len rows of a set.
type Snapshot struct {
	set     *Set
	version int
	rows    int
	mined   int
	views   []view
	blockOf []uint32
	heads   []head
	domains []string
	spread
	mineResult
}

// view is a block as a snapshot sees it, and the findings of its rows.
type view struct {
	*block
	found []uint32
}

// Snapshot returns the rows that are there now.
func (s *Set) Snapshot() Snapshot {
	s.mu.Lock()
	defer s.mu.Unlock()
	if t := s.taken; t != nil && t.rows == s.rows && t.mined == s.mined && t.version == s.version {
		return *t
	}
	t := Snapshot{set: s, version: s.version, rows: s.rows, mined: s.mined, spread: s.spread, mineResult: s.mineResult,
		views: make([]view, 0, len(s.blocks)), blockOf: s.blockOf, heads: s.heads.values, domains: s.domains.values}
	for i, b := range s.blocks {
		b.shared = true
		if i == len(s.blocks)-1 {
			now := *b // rows are added to it
			b = &now
		}
		t.views = append(t.views, view{block: b})
		if i < len(s.found) {
			t.views[i].found = s.found[i]
		}
	}
	s.taken = &t
	return t
}

// Len returns how many rows there are.
func (s Snapshot) Len() int { return s.rows }

// Mined returns how many rows, from the first, have their pattern and explanation.
// Numbers by pattern, cause, permanence, provider or refused IP cover these.
func (s Snapshot) Mined() int { return s.mined }

// All returns every row of the snapshot.
func (s Snapshot) All() Selection { return rangeOf(0, s.rows) }

func (s Snapshot) at(row int) (*view, int) {
	v := &s.views[s.blockOf[row/64]]
	return v, row - v.first
}

// Record returns row i as it was appended. Its strings share the set's memory.
func (s Snapshot) Record(row int) sendcloud.Record {
	v, i := s.at(row)
	return v.record(i, s.heads)
}

// EmailID returns row i's email id.
func (s Snapshot) EmailID(row int) string {
	v, i := s.at(row)
	return string(v.appendID(nil, i))
}

// Span returns when the first and the last of the rows were requested; zero where no row has a request time.
func (s Snapshot) Span() (first, last time.Time) { return at(s.first), at(s.last) }

// spread is from the first request to the last, in seconds of the epoch; 0 for none.
type spread struct{ first, last uint32 }

// reach widens it to a request; 0 is none.
func (x *spread) reach(requested uint32) {
	if requested != 0 {
		x.first, x.last = min(x.first-1, requested-1)+1, max(x.last, requested)
	}
}

func (s Snapshot) span(sel Selection) (of spread) {
	for row := range sel.And(s.All()).Rows() {
		v, i := s.at(row)
		of.reach(v.cols[colRequested][i])
	}
	return of
}

// basis is what a result was made of. The next one, of the same set, looks only at rows that came since.
type basis struct {
	set     *Set
	version int
	rows    int // the rows that were looked at, from the first
	mined   int // those of them that were mined
}

func (s Snapshot) basis(rows int) basis { return basis{s.set, s.version, rows, min(s.mined, rows)} }

// known returns how many rows, from the first, a result already tells of. Where
// mining matters, rows that were mined since are not known.
func (b *basis) known(s Snapshot, mining bool) int {
	switch {
	case b.set == nil || b.set != s.set || b.version != s.version || b.rows > s.rows:
		return 0
	case mining && b.mined != min(s.mined, b.rows):
		return b.mined
	}
	return b.rows
}

// Selection is a set of rows: what a filter left, or what is marked. The zero value is empty. It is a value: the
// methods that make another one leave it as it is.
type Selection struct {
	words []uint64
	count int
}

func rangeOf(from, to int) Selection {
	x := Selection{words: make([]uint64, (max(to, 0)+63)/64)}
	for i := range x.words {
		x.words[i] = ^uint64(0)
		if i == to/64 {
			x.words[i] = 1<<(to%64) - 1
		}
		if low := from - 64*i; low > 0 {
			x.words[i] &= ^uint64(0) << low
		}
	}
	return x.counted()
}

// SelectionOf returns a selection of these rows.
func SelectionOf(rows ...int) Selection {
	var x Selection
	for _, r := range rows {
		for len(x.words) <= r/64 {
			x.words = append(x.words, 0)
		}
		x.words[r/64] |= 1 << (r % 64)
	}
	return x.counted()
}

func (x Selection) counted() Selection {
	x.count = 0
	for _, w := range x.words {
		x.count += bits.OnesCount64(w)
	}
	return x
}

// Len returns how many rows it has.
func (x Selection) Len() int { return x.count }

// Has says whether a row is in it.
func (x Selection) Has(row int) bool {
	return row >= 0 && row/64 < len(x.words) && x.words[row/64]>>(row%64)&1 == 1
}

// And returns the rows of both, Or those of either, and Without those of x that y does not have.
func (x Selection) And(y Selection) Selection {
	return x.with(y, func(a, b uint64) uint64 { return a & b })
}
func (x Selection) Or(y Selection) Selection {
	return x.with(y, func(a, b uint64) uint64 { return a | b })
}
func (x Selection) Without(y Selection) Selection {
	return x.with(y, func(a, b uint64) uint64 { return a &^ b })
}

func (x Selection) with(y Selection, join func(a, b uint64) uint64) Selection {
	out := Selection{words: make([]uint64, max(len(x.words), len(y.words)))}
	copy(out.words, x.words)
	for i := range out.words {
		b := uint64(0)
		if i < len(y.words) {
			b = y.words[i]
		}
		out.words[i] = join(out.words[i], b)
	}
	return out.counted()
}

// Toggled returns x with a row put in or taken out.
func (x Selection) Toggled(row int) Selection {
	if x.Has(row) {
		return x.Without(SelectionOf(row))
	}
	return x.Or(SelectionOf(row))
}

// Rows yields the rows in order.
func (x Selection) Rows() iter.Seq[int] {
	return func(yield func(int) bool) {
		for i, w := range x.words {
			for ; w != 0; w &= w - 1 {
				if !yield(i*64 + bits.TrailingZeros64(w)) {
					return
				}
			}
		}
	}
}

// View returns the rows in order, as a list to show.
func (x Selection) View() View {
	v := make(View, 0, x.count)
	for row := range x.Rows() {
		v = append(v, uint32(row))
	}
	return v
}

// View is rows in an order, to be shown.
type View []uint32

// Index returns where a row stands, -1 when it does not.
func (v View) Index(row int) int { return slices.Index(v, uint32(row)) }

// each calls do for 0 … n-1 from as many goroutines as there are processors. It
// ends early when ctx does, or with the error of a panic.
func each(ctx context.Context, n int, do func(i int)) error {
	var (
		next  atomic.Int64
		wg    sync.WaitGroup
		once  sync.Once
		fault error
	)
	for range min(workers(), n) {
		wg.Go(func() {
			err := guarded(func() {
				for i := int(next.Add(1)) - 1; i < n && ctx.Err() == nil; i = int(next.Add(1)) - 1 {
					do(i)
				}
			})
			if err != nil {
				once.Do(func() { fault = err })
				next.Store(int64(n))
			}
		})
	}
	wg.Wait()
	if fault != nil {
		return fault
	}
	return ctx.Err()
}

// guarded calls do. A panic becomes an error: in a bare goroutine it would leave a terminal raw.
func guarded(do func()) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("recordset: %v\n%s", p, debug.Stack())
		}
	}()
	do()
	return nil
}

func workers() int { return runtime.GOMAXPROCS(0) }
