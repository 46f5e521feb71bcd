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
	"bytes"
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

// index finds rows by their email id. A slot holds a row's number plus one, and
// in the bits above it some of the id's hash: few rows have to be looked at.
type index struct {
	slots []uint32
	seed  maphash.Seed // new for each set, so that strangers' ids cannot be made to collide
	id    []byte
}

// hash is an email id's, never 0.
func (x *index) hash(id string) uint64 { return max(1, maphash.String(x.seed, id)) }

// find is the row with a hash for which same holds.
func (x *index) find(hash uint64, same func(row int) bool) (row int, ok bool) {
	if len(x.slots) == 0 {
		return 0, false
	}
	mask := uint32(len(x.slots) - 1)
	mark := uint32(hash>>32) &^ mask
	for i := uint32(hash) & mask; x.slots[i] != 0; i = (i + 1) & mask {
		if slot := x.slots[i]; slot&^mask == mark && same(int(slot&mask)-1) {
			return int(slot&mask) - 1, true
		}
	}
	return 0, false
}

func (x *index) put(hash uint64, row int) {
	mask := uint32(len(x.slots) - 1)
	i := uint32(hash) & mask
	for x.slots[i] != 0 {
		i = (i + 1) & mask
	}
	x.slots[i] = uint32(hash>>32)&^mask | uint32(row+1)
}

// full says whether another row makes the index grow.
func (x *index) full(row int) bool { return 5*(row+1) >= 4*len(x.slots) }

// remember puts a row that was added into the index; hash 0 is no email id.
func (s *Set) remember(hash uint64, row int) {
	x := &s.index
	if !x.full(row) {
		if hash != 0 {
			x.put(hash, row)
		}
		return
	}
	s.makeSlots(max(256, 2*len(x.slots)))
}

// expect makes the index large enough for so many rows.
func (s *Set) expect(rows int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	size := max(256, len(s.index.slots))
	for 4*size <= 5*rows {
		size *= 2
	}
	if size > len(s.index.slots) {
		s.makeSlots(size)
	}
}

func (s *Set) makeSlots(size int) {
	x := &s.index
	x.slots = make([]uint32, size)
	for k, b := range s.blocks {
		for i := range b.len() {
			if x.id = b.appendID(x.id[:0], i); len(x.id) > 0 {
				x.put(max(1, maphash.Bytes(x.seed, x.id)), k<<blockShift+i)
			}
		}
	}
}

// lookup is the row with an email id.
func (s *Set) lookup(hash uint64, id string) (row int, ok bool) {
	return s.index.find(hash, func(row int) bool {
		s.index.id = s.blocks[row>>blockShift].appendID(s.index.id[:0], row&(blockRows-1))
		return string(s.index.id) == id
	})
}

// Find is the row with an email id.
func (s Snapshot) Find(emailID string) (row int, ok bool) {
	if s.set == nil || emailID == "" {
		return 0, false
	}
	s.set.mu.Lock()
	defer s.set.mu.Unlock()
	row, ok = s.set.lookup(s.set.index.hash(emailID), emailID)
	return row, ok && row < s.rows
}

// merge appends the rows of a part of a file. It tells how many had come before,
// and how many of these are later states.
func (s *Set) merge(p *part) (repeated, newer int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, h := range p.heads.values[len(p.headsHere):] {
		p.headsHere = append(p.headsHere, s.heads.number(h))
	}
	for _, d := range p.domains.values[len(p.domainsHere):] {
		p.domainsHere = append(p.domainsHere, s.domains.number(d))
	}
	i, from := 0, 0 // rows [from, i) of the part are in the index, and are still to be appended
	flush := func() {
		for from < i {
			b := s.last()
			n := min(i-from, blockRows-b.len(), blockRows-from%blockRows)
			b.pushRows(p.blocks[from>>blockShift], from%blockRows, from%blockRows+n, p.headsHere, p.domainsHere)
			s.rows += n
			from += n
		}
	}
	var id []byte
	same := func(row int) bool {
		if row >= s.rows {
			flush()
		}
		s.index.id = s.blocks[row>>blockShift].appendID(s.index.id[:0], row&(blockRows-1))
		id = p.blocks[i>>blockShift].appendID(id[:0], i&(blockRows-1))
		return bytes.Equal(id, s.index.id)
	}
	for i < p.rows {
		if hash := p.hashes[i]; hash != 0 {
			if row, here := s.index.find(hash, same); here {
				flush()
				r := p.record(i)
				if s.meet(row, &r) == Updated {
					newer++
				}
				repeated++
				i, from = i+1, i+1
				continue
			}
		}
		row := s.rows + i - from
		if i++; s.index.full(row) {
			flush()
		}
		s.remember(p.hashes[i-1], row)
	}
	flush()
	return repeated, newer
}
