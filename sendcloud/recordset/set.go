// Package recordset keeps many records in memory, a million and more, by columns: append while others read, filter,
// count, sort, find what they have in common.
//
// A [Set] holds each email id once. Readers take a [Snapshot], a value that never changes: the rows that were there
// when it was taken. Whatever may take longer than a frame takes a context and ends early with its error. Row numbers
// of a set never change, so selections, marks and views of an older snapshot hold in a newer one.
//
// Words: to mine a row is to find its pattern and its explanation (cause,
// permanence, provider); a row is mined when it has them. A finding is both.
package recordset

import (
	"hash/maphash"
	"strings"
	"sync"

	"bounceboard/sendcloud"
)

// Set is records in memory. Its methods may be called from any goroutine, but Mine from one at a time.
type Set struct {
	mu sync.Mutex
	dictionaries
	blocks  []*block
	blockOf []uint32 // for each 64 rows: the number of their block
	rows    int
	index   index
	version int // how often a row that was here got another content
	spread
	taken *Snapshot

	miner *miner
	found [][]uint32 // for each block: the findings of the rows that are mined
	mined int
	stale []int // rows that were mined and have another content since
	mineResult
}

// New makes an empty set. Without explain causes, permanences, providers and refused IPs stay empty.
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
	return s.append(&r, s.index.hash(r.EmailID))
}

func (s *Set) append(r *sendcloud.Record, hash uint64) (row int, change Change) {
	if row, ok := s.index.insert(hash, s.rows, func(row int) bool { return s.hasID(row, r.EmailID) }); ok {
		return row, s.meet(row, r)
	}
	_, plainR := seconds(r.RequestTime)
	_, plainM := seconds(r.ModifiedTime)
	b := s.last()
	if fits := b.push(r.EmailID, r.Recipients, r.SendLog, s.numbers(r)); !fits || !plainR || !plainM || r.RequestText+r.ModifiedText != "" {
		b.keepWhole(b.len()-1, r)
	}
	return s.grew(), Added
}

// grew counts a row that was added to the last block.
func (s *Set) grew() (row int) {
	b := s.blocks[len(s.blocks)-1]
	if row = s.rows; row%64 == 0 {
		s.blockOf = append(s.blockOf, uint32(len(s.blocks)-1))
	}
	s.reach(b.cols[colRequested][row-b.first])
	s.rows++
	return row
}

// last returns the block that the next row goes to. A block that is full gives back the memory that it does not use.
func (s *Set) last() *block {
	n := len(s.blocks)
	if n > 0 && (s.blocks[n-1].len() < blockRows || s.rows%64 != 0) {
		return s.blocks[n-1]
	}
	if n > 0 {
		s.blocks[n-1] = s.blocks[n-1].copied(0)
	}
	s.blocks = append(s.blocks, &block{first: s.rows})
	return s.blocks[n]
}

// meet shows a later state of a row that is here.
func (s *Set) meet(row int, r *sendcloud.Record) Change {
	number := s.blockOf[row/64]
	b := s.blocks[number]
	i := row - b.first
	modified, _ := seconds(r.ModifiedTime)
	if modified <= b.cols[colModified][i] {
		return Unchanged
	}
	if b.shared {
		b = b.clone()
		s.blocks[number] = b
	}
	for c, n := range s.numbers(r) {
		b.cols[c][i] = n
	}
	b.keepWhole(i, r)
	s.reach(b.cols[colRequested][i])
	if row < s.mined+mineStep { // Mine may be at it
		s.stale = append(s.stale, row)
	}
	s.version++
	return Updated
}

// Len returns how many rows there are now.
func (s *Set) Len() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.rows
}

// hasID reports whether a row has an email id.
func (s *Set) hasID(row int, id string) bool {
	b := s.blocks[s.blockOf[row/64]]
	s.key = b.appendID(s.key[:0], row-b.first)
	return string(s.key) == id
}

// Find returns the row with an email id.
func (s Snapshot) Find(emailID string) (row int, ok bool) {
	if s.set == nil {
		return 0, false
	}
	s.set.mu.Lock()
	defer s.set.mu.Unlock()
	row, ok = s.set.index.find(s.set.index.hash(emailID), func(row int) bool { return s.set.hasID(row, emailID) })
	return row, ok && row < s.rows
}

// merge appends the rows of a part of a file. Up to the first whose email id
// was here they are not copied: their block becomes one of the set.
func (s *Set) merge(p *part) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, h := range p.heads.values[len(p.headsHere):] {
		p.headsHere = append(p.headsHere, s.heads.number(h))
	}
	for _, d := range p.domains.values[len(p.domainsHere):] {
		p.domainsHere = append(p.domainsHere, s.domains.number(d))
	}
	adopted := p.own == nil
	for row := 0; row < p.block.len(); row++ {
		if !adopted && s.rows%64 == 0 {
			row, adopted = row+s.adopt(p, row), true
			if row == p.block.len() {
				break
			}
		}
		r := p.block.record(row, p.heads.values)
		if _, change := s.append(&r, p.hashes[row]); change != Added {
			p.repeated++
			if change == Updated {
				p.newer++
			}
		}
	}
}

// adopt makes a part's block one of the set, and tells how many rows that are.
func (s *Set) adopt(p *part, from int) (n int) {
	b, number := p.own.cut(from, p.own.len()), len(s.blocks)
	b.first, p.seen = s.rows, s.index.warm(p.hashes[from:])
	s.blocks = append(s.blocks, b)
	for ; n < b.len(); n++ {
		hash := p.hashes[from+n]
		if _, repeated := s.index.insert(hash, s.rows, func(row int) bool {
			p.key = b.appendID(p.key[:0], n)
			return s.hasID(row, str(p.key))
		}); repeated {
			s.blocks[number] = b.cut(0, n).copied(64)
			s.blocks[number].first = b.first
			break
		}
		b.cols[colHead][n] = p.headsHere[b.cols[colHead][n]]
		b.cols[colDomain][n] = p.domainsHere[b.cols[colDomain][n]]
		s.grew()
	}
	return n
}

// dictionaries hold words that many rows share.
type dictionaries struct {
	heads   dictionary[head]
	domains dictionary[string]
	key     []byte
}

// head is what many rows share.
type head struct {
	status                             sendcloud.Status
	sub                                sendcloud.SubStatus
	statusText, subText, desc, apiUser string
}

// dictionary gives each value a number.
type dictionary[T comparable] struct {
	values  []T
	numbers map[T]uint32
}

// number returns the number of a value. A new value has to own its memory.
func (d *dictionary[T]) number(v T) uint32 {
	if n, ok := d.numbers[v]; ok {
		return n
	}
	if d.numbers == nil {
		d.numbers = map[T]uint32{}
	}
	d.numbers[v] = uint32(len(d.values))
	d.values = append(d.values, v)
	return d.numbers[v]
}

// headNumber returns the number of a record's head; a new one owns its strings.
func (s *dictionaries) headNumber(r *sendcloud.Record) uint32 {
	h := head{r.Status, r.SubStatus, r.StatusText, r.SubStatusText, r.SubStatusDesc, r.APIUser}
	if n, ok := s.heads.numbers[h]; ok {
		return n
	}
	for _, t := range []*string{&h.statusText, &h.subText, &h.desc, &h.apiUser} {
		*t = strings.Clone(*t)
	}
	return s.heads.number(h)
}

// domainNumber returns the number of what follows the last @, in small letters.
func (s *dictionaries) domainNumber(address string) uint32 {
	s.key = appendDomain(s.key[:0], address)
	if n, ok := s.domains.numbers[string(s.key)]; ok {
		return n
	}
	return s.domains.number(string(s.key))
}

// numbers returns what the number columns have of a record.
func (s *dictionaries) numbers(r *sendcloud.Record) [colCount]uint32 {
	requested, _ := seconds(r.RequestTime)
	modified, _ := seconds(r.ModifiedTime)
	return [colCount]uint32{s.headNumber(r), s.domainNumber(r.Recipients), requested, modified}
}

// index finds rows by their email id. A slot holds the upper half of the id's
// hash and, below it, the row's number plus one.
type index struct {
	slots []uint64
	count int
	seed  maphash.Seed // new for each set, so that strangers' ids cannot be made to collide
}

// hash returns the hash of an email id; 0 only where there is none.
func (x *index) hash(id string) uint64 {
	if id == "" {
		return 0
	}
	return max(1, maphash.String(x.seed, id))
}

// find returns the row with a hash for which same holds.
func (x *index) find(hash uint64, same func(row int) bool) (row int, ok bool) {
	if len(x.slots) == 0 || hash == 0 {
		return 0, false
	}
	row, _ = x.probe(hash, same)
	return row, row >= 0
}

// insert does the same. Where there is none it remembers the row next, and returns that; hash 0 is no email id.
func (x *index) insert(hash uint64, next int, same func(row int) bool) (row int, ok bool) {
	if hash == 0 {
		return next, false
	}
	if 7*(x.count+1) > 6*len(x.slots) {
		x.grow()
	}
	row, free := x.probe(hash, same)
	if row >= 0 {
		return row, true
	}
	x.count++
	x.slots[free] = hash>>32<<32 | uint64(next+1)
	return next, false
}

// probe returns the row with a hash for which same holds, or -1 and the free slot where it would stand.
func (x *index) probe(hash uint64, same func(row int) bool) (row, free int) {
	i := x.begin(hash)
	for ; x.slots[i] != 0; i = x.behind(i) {
		if slot := x.slots[i]; slot>>32 == hash>>32 && same(int(uint32(slot))-1) {
			return int(uint32(slot)) - 1, i
		}
	}
	return -1, i
}

// warm looks at the slots of many hashes, so that memory answers all at once.
func (x *index) warm(hashes []uint64) (seen uint64) {
	for _, hash := range hashes {
		if len(x.slots) > 0 {
			seen |= x.slots[x.begin(hash)]
		}
	}
	return seen
}

// grow makes room for half as many again.
func (x *index) grow() {
	old := x.slots
	x.slots = make([]uint64, max(256, len(old)*3/2))
	for _, slot := range old {
		if slot != 0 {
			_, free := x.probe(slot, func(int) bool { return false })
			x.slots[free] = slot
		}
	}
}

// begin returns where the slots for a hash begin: hashes are spread over any
// number of slots, which need not double when they grow.
func (x *index) begin(hash uint64) int { return int(hash >> 32 * uint64(len(x.slots)) >> 32) }

func (x *index) behind(i int) int {
	if i+1 == len(x.slots) {
		return 0
	}
	return i + 1
}
