// Package recordset keeps many records in memory, a million and more, by
// columns: append while others read, filter, count, sort, find what they have
// in common.
//
// A [Set] holds each email id once. Readers take a [Snapshot], a value that
// never changes: the rows that were there when it was taken. Whatever may take
// longer than a frame takes a context and ends early with its error.
// Row numbers of a set never change, so selections, marks and views of an older
// snapshot hold in a newer one.
package recordset

import (
	"hash/maphash"
	"strings"
	"sync"

	"bounceboard/sendcloud"
)

// Set is records in memory. Its methods may be called from any goroutine, but
// Mine from one at a time.
type Set struct {
	mu      sync.Mutex
	store   // what was appended
	index   index
	version int // how often a row that was here got another content
	taken   *Snapshot

	miner *miner
	found [][]uint32 // of each block the findings of the rows that are mined
	mined int
	stale []int // rows that were mined and have another content since
	mineResult
}

// New makes an empty set. Without explain causes, permanences, providers and
// refused IPs stay empty.
func New(explain Explain) *Set {
	return &Set{miner: newMiner(explain), index: index{seed: maphash.MakeSeed()}}
}

// Change is what became of a record that was appended.
type Change uint8

// The changes.
const (
	Added     Change = iota // it is a new row
	Updated                 // its email id was here: the row shows this later state now
	Unchanged               // its email id was here, modified as late or later
)

// Append adds a record. Where a row has its email id already, that row shows
// the state that was modified last. A record without an email id is always added.
func (s *Set) Append(r sendcloud.Record) (row int, change Change) {
	s.mu.Lock()
	defer s.mu.Unlock()
	hash := uint64(0)
	if r.EmailID != "" {
		hash = s.index.hash(r.EmailID)
		if row, ok := s.lookup(hash, r.EmailID); ok {
			return row, s.meet(row, &r)
		}
	}
	row = s.rows
	s.add(&r)
	s.remember(hash, row)
	return row, Added
}

// meet shows a later state of a row that is here.
func (s *Set) meet(row int, r *sendcloud.Record) Change {
	b, i := s.blocks[row>>blockShift], row&(blockRows-1)
	modified, _ := seconds(r.ModifiedTime)
	if modified <= b.cols[colModified][i] {
		return Unchanged
	}
	if b.shared {
		b = b.clone()
		s.blocks[row>>blockShift] = b
	}
	b.cols[colHead][i] = s.headNumber(headOf(r))
	b.cols[colRequested][i], _ = seconds(r.RequestTime)
	b.cols[colModified][i] = modified
	b.keepWhole(i, r)
	if row < s.mined+mineStep { // Mine may be at it
		s.stale = append(s.stale, row)
	}
	s.version++
	return Updated
}

// Len is how many rows there are now.
func (s *Set) Len() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.rows
}

// store is rows and the words that many of them share.
type store struct {
	heads   dictionary[head]
	domains dictionary[string]
	blocks  []*block
	rows    int
	key     []byte
}

// head is what many rows share.
type head struct {
	status                             sendcloud.Status
	sub                                sendcloud.SubStatus
	statusText, subText, desc, apiUser string
}

func headOf(r *sendcloud.Record) head {
	return head{r.Status, r.SubStatus, r.StatusText, r.SubStatusText, r.SubStatusDesc, r.APIUser}
}

// dictionary gives each value a number.
type dictionary[T comparable] struct {
	values  []T
	numbers map[T]uint32
}

// number is a value's number; a new value has to own its memory.
func (d *dictionary[T]) number(v T) uint32 {
	n, ok := d.numbers[v]
	if !ok {
		if d.numbers == nil {
			d.numbers = map[T]uint32{}
		}
		n = uint32(len(d.values))
		d.numbers[v] = n
		d.values = append(d.values, v)
	}
	return n
}

// headNumber is a head's number; its strings are copied where it is new.
func (s *store) headNumber(h head) uint32 {
	if n, ok := s.heads.numbers[h]; ok {
		return n
	}
	for _, t := range []*string{&h.statusText, &h.subText, &h.desc, &h.apiUser} {
		*t = strings.Clone(*t)
	}
	return s.heads.number(h)
}

// domainNumber is that of what follows the last @, in small letters.
func (s *store) domainNumber(address string) uint32 {
	s.key = appendDomain(s.key[:0], address)
	if n, ok := s.domains.numbers[string(s.key)]; ok {
		return n
	}
	return s.domains.number(string(s.key))
}

// add appends a record.
func (s *store) add(r *sendcloud.Record) {
	requested, plainR := seconds(r.RequestTime)
	modified, plainM := seconds(r.ModifiedTime)
	b := s.last()
	fits := b.push(r.EmailID, r.Recipients, r.SendLog, s.headNumber(headOf(r)), s.domainNumber(r.Recipients), requested, modified)
	if !fits || !plainR || !plainM || r.RequestText != "" || r.ModifiedText != "" {
		b.keepWhole(b.len()-1, r)
	}
	s.rows++
}

// last is the block that the next row goes to. A block that is full gives back
// the memory that it does not use.
func (s *store) last() *block {
	n := len(s.blocks)
	if n > 0 && s.blocks[n-1].len() < blockRows {
		return s.blocks[n-1]
	}
	next := &block{}
	if n > 0 {
		next = s.blocks[n-1].seal()
	}
	s.blocks = append(s.blocks, next)
	return next
}
