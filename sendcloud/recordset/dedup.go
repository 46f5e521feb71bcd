package recordset

import (
	"bytes"
	"hash/maphash"
)

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
	x.slots = make([]uint32, max(256, 2*len(x.slots)))
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
