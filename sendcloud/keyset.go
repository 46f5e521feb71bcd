package sendcloud

import (
	"hash/maphash"
	"math/bits"
)

// keySet remembers which rows came, by a hash, in 11 to 16 bytes a row: a Go
// map takes twice as much while it grows. The hash is seeded anew in each
// process, so that strangers' ids cannot be made to collide; of a million rows
// two collide by chance once in thirty million times.
type keySet struct {
	shards [64]shard // each grows by itself
}

// shard is a table with linear probing; key 0 is an empty place.
type shard struct {
	keys []uint64
	tags []uint16 // the part in which the row came last
	n    int
}

var rowSeed = maphash.MakeSeed()

// keyOf is the identity of a row: its email id, or all of a row without one.
func keyOf(r *Record) uint64 {
	if r.EmailID != "" {
		return max(1, maphash.String(rowSeed, r.EmailID))
	}
	return max(1, maphash.Comparable(rowSeed, *r))
}

// mix makes another key of a key and a number.
func mix(key uint64, n int) uint64 {
	x := key ^ (uint64(n)+1)*0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return max(1, x^x>>31)
}

// add remembers key under tag, and tells whether it was known, and known last
// under the same tag.
func (s *keySet) add(key uint64, tag uint16) (known, sameTag bool) {
	sh := &s.shards[key>>58]
	if sh.n >= len(sh.keys)*7/8 {
		sh.grow()
	}
	i := sh.find(key)
	known = sh.keys[i] == key
	sameTag = known && sh.tags[i] == tag
	if !known {
		sh.n++
	}
	sh.keys[i], sh.tags[i] = key, tag
	return known, sameTag
}

// find is where key stands, or the empty place where it belongs.
func (sh *shard) find(key uint64) int {
	hi, _ := bits.Mul64(key<<6, uint64(len(sh.keys)))
	i := int(hi)
	for sh.keys[i] != 0 && sh.keys[i] != key {
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
