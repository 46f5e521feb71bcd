package sendcloud

import (
	"hash/maphash"
	"math/bits"
)

// seen remembers which rows came and in which state, by a hash, in 11 to 16
// bytes a row: a Go map takes twice as much while it grows. The hash is seeded
// anew in each process, so that strangers' ids cannot be made to collide.
type seen struct {
	shards [64]shard // each grows by itself
}

// shard is a table with linear probing; 0 is an empty place.
type shard struct {
	keys []uint64 // 56 bits of the row's key, 8 of its state
	tags []uint16 // the scan in which the row came last
	n    int
}

const stateBits = 8

var rowSeed = maphash.MakeSeed()

// keyOf is the identity of a row: its email id, or all of a row without one.
// Rows in which nothing stands are told apart by their place in the list.
func keyOf(r *Record, place int) uint64 {
	switch {
	case r.EmailID != "":
		return max(1<<stateBits, maphash.String(rowSeed, r.EmailID))
	case *r == Record{}:
		return mix(1, place)
	}
	return max(1<<stateBits, maphash.Comparable(rowSeed, *r))
}

// keysOf are the keys of rows that begin at a place of the list.
func keysOf(records []Record, place int) []uint64 {
	keys := make([]uint64, len(records))
	for i := range records {
		keys[i] = keyOf(&records[i], place+i)
	}
	return keys
}

// mix makes another key of a key and a number.
func mix(key uint64, n int) uint64 {
	x := key ^ (uint64(n)+1)*0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return max(1<<stateBits, x^x>>31)
}

// before is what was known of a row: whether it came, in which scan last, and
// whether in the same state.
type before struct {
	came    bool
	scan    uint16
	changed bool
}

// add remembers a row of a scan, and tells what was known of it.
func (s *seen) add(key uint64, state uint8, scan uint16) (b before) {
	sh := &s.shards[key>>58]
	if sh.n >= len(sh.keys)*7/8 {
		sh.grow()
	}
	i := sh.find(key)
	if b.came = sh.keys[i] != 0; b.came {
		b.scan, b.changed = sh.tags[i], uint8(sh.keys[i]) != state
	} else {
		sh.n++
	}
	sh.keys[i], sh.tags[i] = key>>stateBits<<stateBits|uint64(state), scan
	return b
}

// find is where key stands, or the empty place where it belongs.
func (sh *shard) find(key uint64) int {
	hi, _ := bits.Mul64(key>>stateBits<<(stateBits+6), uint64(len(sh.keys)))
	i := int(hi)
	for sh.keys[i] != 0 && sh.keys[i]>>stateBits != key>>stateBits {
		if i++; i == len(sh.keys) {
			i = 0
		}
	}
	return i
}

func (sh *shard) grow() {
	old := *sh
	size := len(old.keys)*4/3 + 8
	sh.keys, sh.tags = make([]uint64, size), make([]uint16, size)
	for i, key := range old.keys {
		if key != 0 {
			j := sh.find(key)
			sh.keys[j], sh.tags[j] = key, old.tags[i]
		}
	}
}
