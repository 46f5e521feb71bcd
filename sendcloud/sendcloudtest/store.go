package sendcloudtest

import (
	"math"
	"slices"
	"sync"
)

// store answers which records match, as time passes. It keeps positions, four
// bytes each, of the filters used last; records themselves are made when read.
type store struct {
	*data
	mu  sync.Mutex
	n   int   // records sent so far
	now int64 // the state is as of this time; it never goes back

	lists     map[filter]list
	byAddress map[string][]uint32 // of the first addressed records, ascending
	addressed int
}

// filter is what positions are kept for: one bit for each thing wanted.
type filter struct {
	statuses uint8
	subs     uint16
	users    uint8
	labels   uint8
}

var everything = filter{0xff, 0xffff, 0xff, 0xff}

// list holds the positions that match a filter, ascending. It is right until
// more records are there, or one of them gets its verdict.
type list struct {
	at    []uint32
	n     int
	until int64
}

const keptLists = 32 // more than the statuses and sub-statuses that a client counts

func newStore(d *data) *store {
	return &store{data: d, n: d.n, now: d.to, lists: map[filter]list{}, byAddress: map[string][]uint32{}}
}

// advance lets time pass. The caller holds the lock, as for everything below.
func (s *store) advance(now int64) {
	s.now = max(s.now, now)
	s.n = s.count(s.now)
}

// matches reports whether a record with these traits passes a filter as things stand.
func (s *store) matches(t traits, f filter) bool {
	status, sub := t.statusAt(s.now)
	return f.statuses&statusBit(status) != 0 && f.subs&subBit(sub) != 0 &&
		f.users&(1<<t.user) != 0 && f.labels&(1<<t.label) != 0
}

func statusBit(status int) uint8 { return 1 << slices.Index(statusCodes[:], status) }

func subBit(sub int) uint16 { return 1 << slices.Index(subCodes[:], sub) }

var (
	statusCodes = [...]int{delivered, invalid, soft, requested}
	subCodes    = [...]int{0, 401, 402, 403, 404, 405, 406, 407, 408, 409, 503, 505, 506, 507, 508, 509}
)

// positions returns every record that passes f, ascending. It is not to be changed.
func (s *store) positions(f filter) []uint32 {
	l, kept := s.lists[f]
	if kept && l.n == s.n && s.now < l.until {
		return l.at
	}
	l = list{n: s.n, until: math.MaxInt64, at: l.at[:0:0]}
	for i := range s.n {
		if f == everything {
			l.at = append(l.at, uint32(i))
			continue
		}
		t := s.traits(i)
		if s.matches(t, f) {
			l.at = append(l.at, uint32(i))
		}
		if t.settled > s.now {
			l.until = min(l.until, t.settled)
		}
	}
	l.at = slices.Clip(l.at)
	if len(s.lists) == keptLists {
		clear(s.lists)
	}
	s.lists[f] = l
	return l.at
}

// withAddress returns the records of one recipient, ascending. It is not to be changed.
func (s *store) withAddress(address string) []uint32 {
	for ; s.addressed < s.n; s.addressed++ {
		t := s.traits(s.addressed)
		of := s.address(t.person, t.receiver)
		s.byAddress[of] = append(s.byAddress[of], uint32(s.addressed))
	}
	return s.byAddress[address]
}

// find returns the positions that answer a question as of the present state, ascending. They are not to be changed.
func (s *store) find(q question) []uint32 {
	from, to := s.search(s.n, q.span.from), s.search(s.n, q.span.to)
	if q.email == "" && q.emailIDs == nil {
		at := s.positions(q.filter)
		lo, _ := slices.BinarySearch(at, uint32(from))
		hi, _ := slices.BinarySearch(at, uint32(to))
		return at[lo:hi]
	}
	var at []uint32
	for _, id := range q.emailIDs {
		if i, ok := s.indexOf(id, s.n); ok {
			at = append(at, uint32(i))
		}
	}
	slices.Sort(at)
	at = slices.Compact(at)
	if q.email != "" {
		of := s.withAddress(q.email)
		if q.emailIDs == nil {
			at = slices.Clone(of)
		}
		at = slices.DeleteFunc(at, func(i uint32) bool { return !slices.Contains(of, i) })
	}
	return slices.DeleteFunc(at, func(i uint32) bool {
		return int(i) < from || int(i) >= to || !s.matches(s.traits(int(i)), q.filter)
	})
}
