package recordset

import (
	"context"
	"hash/maphash"
	"slices"
)

// hash is never 0.
func (r *Reader) hash(id string) uint64 { return max(1, maphash.String(r.seed, id)) }

// add takes a row of the file.
func (r *Reader) add(w row) {
	hash := uint64(0)
	if w.emailID != "" {
		hash = r.hash(w.emailID)
	}
	switch {
	case !r.passing:
		r.hashes = append(r.hashes, hash)
	case hash != 0 && !r.first(hash, w.modified):
		return
	}
	r.set.append(w)
	r.done.Rows++
}

// first tells whether a row that goes on is the first of its email id. Of a
// million ids two have one hash by chance once in thirty million times.
func (r *Reader) first(hash uint64, modified uint32) bool {
	last, known := r.passed[hash]
	if !known || modified > last {
		r.passed[hash] = modified
	}
	if known {
		r.done.Repeated++
		if modified > last {
			r.done.Newer++
		}
	}
	return !known
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

// renew leaves each email id once, in the place of its first row and as it was
// modified last. To look each id up as it comes costs a miss of the caches a
// row; at the end the hashes are dealt into parts that fit them. What is in a
// set never changes, for others read it meanwhile: a new one takes over.
func (r *Reader) renew(ctx context.Context) error {
	if r.passing || r.set.rows == 0 {
		return nil
	}
	hashes := make([]uint64, 0, r.set.rows)
	for row := range r.set.rows - len(r.hashes) { // of readings before
		id, hash := r.set.emailID(row), uint64(0)
		if id != "" {
			hash = r.hash(id)
		}
		hashes = append(hashes, hash)
	}
	hashes = append(hashes, r.hashes...)
	later, err := r.repeated(ctx, hashes)
	if err != nil {
		return err
	}
	r.hashes, r.dropped = nil, Selection{}
	if len(later) == 0 {
		return nil
	}
	old, fresh := r.set.Snapshot(), New(r.set.explain)
	var gone []int
	takes := map[uint32]uint32{} // the row of an id's first place that shows its state
	for _, l := range later {
		gone = append(gone, int(l.row))
		shown, ok := takes[l.first]
		if !ok {
			shown = l.first
		}
		if r.modified(l.row) > r.modified(shown) {
			takes[l.first] = l.row
			r.done.Newer++
		}
	}
	r.dropped = SelectionOf(gone...)
	for i := range old.Len() {
		if r.dropped.Has(i) {
			continue
		}
		from := i
		if row, ok := takes[uint32(i)]; ok {
			from = int(row)
		}
		fresh.Append(old.Record(from))
	}
	r.done.Repeated += len(gone)
	r.done.Rows -= len(gone)
	r.set = fresh
	return nil
}

// Dropped are the rows of the set before that the last renewal took out.
func (r *Reader) Dropped() Selection { return r.dropped }

// again is a row whose email id has come, and where that was first.
type again struct{ row, first uint32 }

// shardBits deals a million rows into parts of some four thousand.
const shardBits = 8

// repeated finds the rows that repeat an email id, those of an id in the order
// they came.
func (r *Reader) repeated(ctx context.Context, hashes []uint64) ([]again, error) {
	var ends [1 << shardBits]int
	for _, h := range hashes {
		ends[h>>(64-shardBits)]++
	}
	sum := 0
	for i, n := range ends {
		ends[i], sum = sum, sum+n
	}
	rows := make([]uint32, len(hashes))
	for row, h := range hashes {
		at := &ends[h>>(64-shardBits)]
		rows[*at] = uint32(row)
		*at++
	}
	parts := make([][]again, len(ends))
	tables := make([][]uint32, workers())
	err := each(ctx, len(ends), func(worker, i int) {
		from := 0
		if i > 0 {
			from = ends[i-1]
		}
		size := 1
		for size < 2*(ends[i]-from) {
			size *= 2
		}
		if len(tables[worker]) < size {
			tables[worker] = make([]uint32, size)
		}
		slots := tables[worker][:size] // rows, plus one
		clear(slots)
		for _, row := range rows[from:ends[i]] {
			if h := hashes[row]; h != 0 {
				if first, known := r.place(slots, hashes, h, row); known {
					parts[i] = append(parts[i], again{row, first})
				}
			}
		}
	})
	return slices.Concat(parts...), err
}

// place finds the first row with the email id of row, or takes row as that.
func (r *Reader) place(slots []uint32, hashes []uint64, hash uint64, row uint32) (first uint32, known bool) {
	mask := uint64(len(slots) - 1)
	for i := hash & mask; ; i = (i + 1) & mask {
		switch at := slots[i]; {
		case at == 0:
			slots[i] = row + 1
			return row, false
		case hashes[at-1] == hash && r.set.emailID(int(at-1)) == r.set.emailID(int(row)):
			return at - 1, true
		}
	}
}

func (r *Reader) modified(row uint32) uint32 {
	return r.set.blocks[row>>blockShift].modified[row&(blockRows-1)]
}
