package recordset

import (
	"hash/maphash"
	"math/bits"

	"bounceboard/sendcloud"
)

// seen remembers which email ids came, with a number for each, in 16 to 22
// bytes an id: a Go map takes three times as much while it grows. Of a file it
// is made again when more is read, and takes no memory between. Hashes are
// seeded anew, so that strangers' ids cannot be made to collide; of a million
// ids two do by chance once in thirty million times.
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

// add takes a row of the file: each email id once, as it was modified last.
func (r *Reader) add(w row) {
	if w.emailID == "" {
		r.append(w)
		return
	}
	if r.seen == nil {
		r.recall()
	}
	last, known := r.seen.at(w.emailID)
	switch {
	case !known && r.passing:
		*last = w.modified
		r.append(w)
	case !known:
		*last = uint32(r.set.rows)
		r.append(w)
	case r.passing:
		r.done.Repeated++
		if w.modified > *last {
			*last = w.modified
			r.done.Newer++
		}
	case r.set.emailID(int(*last)) != w.emailID: // two ids with one hash
		r.append(w)
	default:
		r.done.Repeated++
		if w.modified > r.modified(*last) {
			r.done.Newer++
			whole := w.odd
			if whole == nil {
				whole = w.record()
			}
			r.newer[*last] = newerRow{cloned(*whole), w.modified}
		}
	}
}

// recall makes seen of the rows that are there.
func (r *Reader) recall() {
	r.seen = &seen{seed: maphash.MakeSeed()}
	if r.passing {
		return
	}
	for row := range r.set.rows {
		if id := r.set.emailID(row); id != "" {
			last, _ := r.seen.at(id)
			*last = uint32(row)
		}
	}
}

func (r *Reader) append(w row) {
	r.set.append(w)
	r.done.Rows++
}

// newerRow is a later state of a row.
type newerRow struct {
	record   sendcloud.Record
	modified uint32
}

func (r *Reader) modified(row uint32) uint32 {
	if n, ok := r.newer[row]; ok {
		return n.modified
	}
	return r.set.blocks[row>>blockShift].modified[row&(blockRows-1)]
}

// renew puts the later states of rows in their places. What is in a set never
// changes, for others read it meanwhile: a new one takes over.
func (r *Reader) renew() {
	if len(r.newer) == 0 {
		return
	}
	old, fresh := r.set.Snapshot(), New(r.set.explain)
	for i := range old.Len() {
		rec := old.Record(i)
		if n, ok := r.newer[uint32(i)]; ok {
			rec = n.record
		}
		fresh.Append(rec)
	}
	r.set = fresh
	clear(r.newer)
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
