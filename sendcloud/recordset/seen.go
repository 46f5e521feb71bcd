package recordset

import (
	"hash/maphash"
	"math/bits"
)

// seen remembers which email ids came, with a number for each, in 16 to 22
// bytes an id: a Go map takes three times as much while it grows. Of a file it
// is made again when more is read, and takes no memory between. Hashes are
// seeded anew, so that strangers' ids cannot be made to collide; of a million
// ids two do by chance once in thirty million times. It serves rows that go on; rows of a set that
// stays are compared at the end, see renew.
type seen struct {
	seed   maphash.Seed
	shards [64]seenShard // each grows by itself
}

// seenShard is a table with linear probing; key 0 is an empty place.
type seenShard struct {
	keys []uint64
	last []uint32
	n    int
}

// at is where the number of an id stands, 0 for a new one.
func (s *seen) at(id string) (last *uint32, known bool) {
	key := max(1, maphash.String(s.seed, id))
	sh := &s.shards[key>>58]
	if sh.n >= len(sh.keys)*3/4 {
		sh.grow()
	}
	i := sh.find(key)
	if known = sh.keys[i] == key; !known {
		sh.keys[i] = key
		sh.n++
	}
	return &sh.last[i], known
}

// find is where key stands, or the empty place where it belongs.
func (sh *seenShard) find(key uint64) int {
	hi, _ := bits.Mul64(key<<6, uint64(len(sh.keys)))
	i := int(hi)
	for sh.keys[i] != 0 && sh.keys[i] != key {
		if i++; i == len(sh.keys) {
			i = 0
		}
	}
	return i
}

func (sh *seenShard) grow() {
	old := *sh
	size := len(old.keys)*4/3 + 8
	sh.keys, sh.last = make([]uint64, size), make([]uint32, size)
	for i, key := range old.keys {
		if key != 0 {
			j := sh.find(key)
			sh.keys[j], sh.last[j] = key, old.last[i]
		}
	}
}

// add takes a row of the file.
func (r *Reader) add(w row) {
	switch {
	case !r.passing:
		hash := uint64(0)
		if w.emailID != "" {
			hash = r.hash(w.emailID)
		}
		r.hashes = append(r.hashes, hash)
		r.append(w)
	case w.emailID == "":
		r.append(w)
	default:
		r.pass(w)
	}
}

// pass takes a row that goes on to another set: the first of its email id stays.
func (r *Reader) pass(w row) {
	if r.seen == nil {
		r.seen = &seen{seed: r.seed}
	}
	last, known := r.seen.at(w.emailID)
	switch {
	case !known:
		*last = w.modified
		r.append(w)
	default:
		r.done.Repeated++
		if w.modified > *last {
			*last = w.modified
			r.done.Newer++
		}
	}
}

func (r *Reader) append(w row) {
	r.set.append(w)
	r.done.Rows++
}

// emailID is that of a row, for the goroutine that appends.
func (s *Set) emailID(row int) string {
	b := s.blocks[row>>blockShift]
	v := view{b, b.text, b.ids, b.odd, blockRows}
	if rec, ok := v.oddRecord(row & (blockRows - 1)); ok {
		return rec.EmailID
	}
	return string(v.appendID(nil, row&(blockRows-1), s.shapes.values, whole))
}
