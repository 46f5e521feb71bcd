package sendcloudtest

import (
	"cmp"
	"hash/maphash"
	"slices"
	"sync"
)

// store answers which records match, as time passes. It keeps positions, four
// bytes each, of the filters used last; records themselves are made when read.
type store struct {
	*data
	mu      sync.Mutex
	n       int       // records sent so far
	now     int64     // the state is as of this time; it never goes back
	pending []verdict // soonest first
	changed []uint32  // every record that appeared or got its verdict, in the order of events

	lists  map[filter]*list
	hashes []uint32
	seed   maphash.Seed
}

// filter is what positions are kept for: one bit for each thing wanted.
type filter struct {
	statuses uint8
	subs     uint16
	users    uint8
	labels   uint8
}

var everything = filter{0xff, 0xffff, 0xff, 0xff}

// list holds the positions that match a filter, ascending.
type list struct {
	at   []uint32
	seen int // of store.changed
}

const keptLists = 32 // more than the statuses and sub-statuses that a client counts

// verdict is a record whose verdict is still to come.
type verdict struct {
	at    int64
	index uint32
}

// longest is more than the longest time until a verdict.
const longest = 7 * dayMS

func newStore(d *data) *store {
	s := &store{data: d, n: d.n, now: d.to, lists: map[filter]*list{}, seed: maphash.MakeSeed()}
	for i := d.search(d.n, d.to-longest); i < d.n; i++ {
		s.expect(i)
	}
	return s
}

// expect notes a verdict that is still to come.
func (s *store) expect(i int) {
	t := s.traits(i)
	if at := t.settled(); at > s.now {
		place, _ := slices.BinarySearchFunc(s.pending, at, func(v verdict, at int64) int { return cmp.Compare(v.at, at) })
		s.pending = slices.Insert(s.pending, place, verdict{at, uint32(i)})
	}
}

// advance lets time pass. The caller holds the lock, as for everything below.
func (s *store) advance(now int64) {
	s.now = max(s.now, now)
	for n := s.count(s.now); s.n < n; s.n++ {
		s.changed = append(s.changed, uint32(s.n))
		s.expect(s.n)
	}
	for len(s.pending) > 0 && s.pending[0].at <= s.now {
		s.changed = append(s.changed, s.pending[0].index)
		s.pending = s.pending[1:]
	}
}

// matches reports whether a record passes a filter as things stand.
func (s *store) matches(i int, f filter) bool {
	if f == everything {
		return true
	}
	t := s.traits(i)
	status, sub := t.statusAt(s.now)
	return f.statuses&statusBit(status) != 0 && f.subs&subBit(sub) != 0 &&
		f.users&(1<<t.user) != 0 && f.labels&(1<<t.label) != 0
}

func statusBit(status int) uint8 {
	return 1 << slices.Index(statusCodes[:], status)
}

func subBit(sub int) uint16 {
	return 1 << slices.Index(subCodes[:], sub)
}

var (
	statusCodes = [...]int{delivered, invalid, soft, requested}
	subCodes    = [...]int{0, 401, 402, 403, 404, 405, 406, 407, 408, 409, 503, 505, 506, 507, 508, 509}
)

// positions returns every record that passes f, ascending. It is not to be
// changed, nor kept beyond the lock.
func (s *store) positions(f filter) []uint32 {
	l := s.lists[f]
	if l == nil {
		l = &list{seen: len(s.changed)}
		for i := range s.n {
			if s.matches(i, f) {
				l.at = append(l.at, uint32(i))
			}
		}
		l.at = slices.Clip(l.at)
		if len(s.lists) == keptLists {
			clear(s.lists)
		}
		s.lists[f] = l
	}
	for ; l.seen < len(s.changed); l.seen++ {
		i := s.changed[l.seen]
		at, found := slices.BinarySearch(l.at, i)
		switch match := s.matches(int(i), f); {
		case match && !found:
			l.at = slices.Insert(l.at, at, i)
		case !match && found:
			l.at = slices.Delete(l.at, at, at+1)
		}
	}
	return l.at
}

// withAddress returns the records of one recipient, ascending.
func (s *store) withAddress(address string) []uint32 {
	for i := len(s.hashes); i < s.n; i++ {
		t := s.traits(i)
		s.hashes = append(s.hashes, uint32(maphash.String(s.seed, s.address(t.person, t.receiver))))
	}
	want := uint32(maphash.String(s.seed, address))
	var found []uint32
	for i, h := range s.hashes {
		if h != want {
			continue
		}
		if t := s.traits(i); s.address(t.person, t.receiver) == address {
			found = append(found, uint32(i))
		}
	}
	return found
}

// result is the rows of a question: either a range of all records or positions.
type result struct {
	from, to int
	at       []uint32 // nil means every record of the range
	listed   bool
}

func (r result) len() int {
	if r.listed {
		return len(r.at)
	}
	return r.to - r.from
}

func (r result) index(k int) int {
	if r.listed {
		return int(r.at[k])
	}
	return r.from + k
}

// find answers a question as of the present state.
func (s *store) find(q question) result {
	from, to := s.search(s.n, q.span.from), s.search(s.n, q.span.to)
	if q.email == "" && q.emailIDs == nil {
		if q.filter == everything {
			return result{from: from, to: to}
		}
		at := s.positions(q.filter)
		lo, _ := slices.BinarySearch(at, uint32(from))
		hi, _ := slices.BinarySearch(at, uint32(to))
		return result{at: at[lo:hi], listed: true}
	}
	var at []uint32
	if q.emailIDs != nil {
		for _, id := range q.emailIDs {
			if i, ok := s.indexOf(id, s.n); ok {
				at = append(at, uint32(i))
			}
		}
		slices.Sort(at)
		at = slices.Compact(at)
	}
	if q.email != "" {
		of := s.withAddress(q.email)
		if q.emailIDs != nil {
			of = slices.DeleteFunc(of, func(i uint32) bool { return !slices.Contains(at, i) })
		}
		at = of
	}
	at = slices.DeleteFunc(at, func(i uint32) bool {
		return int(i) < from || int(i) >= to || !s.matches(int(i), q.filter)
	})
	return result{at: at, listed: true}
}
