package recordset

import (
	"encoding/binary"
	"math"
	"math/bits"
)

// needle is a text to look for, letters of ASCII in either case: eight bytes at
// a time, by two neighbouring bytes of it that are rare.
type needle struct {
	text          []byte // in small letters
	at            int    // where the two bytes stand in text
	first, fold1  uint64 // in every byte: the first of the two, and the bit that makes letters small
	second, fold2 uint64
}

const (
	lows  = 0x0101010101010101
	highs = 0x8080808080808080
)

// newNeedle prepares the search; sample is some of the text to be searched and
// tells which bytes are rare.
func newNeedle(text string, sample []byte) needle {
	n := needle{text: []byte(text)}
	if len(text) == 0 {
		return n
	}
	seen := make([]uint16, 1<<16) // how often two bytes are neighbours in the sample
	for i := 1; i < len(sample); i++ {
		seen[int(lower(sample[i-1]))<<8|int(lower(sample[i]))]++
	}
	for i, best := 0, uint16(math.MaxUint16); i+1 < len(text); i++ {
		if k := seen[int(text[i])<<8|int(text[i+1])]; k < best {
			n.at, best = i, k
		}
	}
	n.first, n.fold1 = broadcast(n.text[n.at])
	if len(text) > 1 {
		n.second, n.fold2 = broadcast(n.text[n.at+1])
	}
	return n
}

func broadcast(c byte) (value, fold uint64) {
	if 'a' <= c && c <= 'z' {
		fold = 0x20 * lows
	}
	return uint64(c) * lows, fold
}

// in says whether the needle stands in text[from:to].
func (n *needle) in(text []byte, from, to int) bool { return n.next(text, from, to) >= 0 }

// next is where the needle first stands in text[from:to], -1 when it does not.
func (n *needle) next(text []byte, from, to int) int {
	if len(n.text) == 0 {
		return from
	}
	i, last := from+n.at, to-len(n.text)+n.at // where the pair can stand
	for i <= last {
		if len(n.text) == 1 {
			i = n.skip1(text, i, last)
		} else {
			i = n.skip2(text, i, last)
		}
		for end := i + 1; i < end && i <= last; i++ {
			if n.stands(text, i-n.at) {
				return i - n.at
			}
			if i+window >= len(text) { // too little is left to skip in
				end = last + 1
			}
		}
	}
	return -1
}

// window is how many bytes are looked at in one go: four words, so that the
// processor has four sums to do at a time.
const window = 32

func word(t []byte) uint64 { return binary.LittleEndian.Uint64(t) }

// skip1 is the first window from i that may have the needle's one byte, or
// where less than a window is left.
func (n *needle) skip1(text []byte, i, last int) int {
	first, fold := n.first, n.fold1
	for ; i <= last && i+window <= len(text); i += window {
		t := text[i : i+window : i+window]
		a := (word(t[0:8]) | fold) ^ first
		b := (word(t[8:16]) | fold) ^ first
		c := (word(t[16:24]) | fold) ^ first
		d := (word(t[24:32]) | fold) ^ first
		if ((a-lows)&^a|(b-lows)&^b|(c-lows)&^c|(d-lows)&^d)&highs != 0 {
			return i + zeroByte(a, b, c, d)
		}
	}
	return i
}

// skip2 is the same for the pair.
func (n *needle) skip2(text []byte, i, last int) int {
	first, fold1, second, fold2 := n.first, n.fold1, n.second, n.fold2
	for ; i <= last && i+window < len(text); i += window {
		t := text[i : i+window+1 : i+window+1]
		a := ((word(t[0:8]) | fold1) ^ first) | ((word(t[1:9]) | fold2) ^ second)
		b := ((word(t[8:16]) | fold1) ^ first) | ((word(t[9:17]) | fold2) ^ second)
		c := ((word(t[16:24]) | fold1) ^ first) | ((word(t[17:25]) | fold2) ^ second)
		d := ((word(t[24:32]) | fold1) ^ first) | ((word(t[25:33]) | fold2) ^ second)
		if ((a-lows)&^a|(b-lows)&^b|(c-lows)&^c|(d-lows)&^d)&highs != 0 {
			return i + zeroByte(a, b, c, d)
		}
	}
	return i
}

// zeroByte is the number of the first zero byte in four words that have one.
func zeroByte(a, b, c, d uint64) int {
	at := 0
	switch {
	case (a-lows)&^a&highs != 0:
	case (b-lows)&^b&highs != 0:
		at, a = 8, b
	case (c-lows)&^c&highs != 0:
		at, a = 16, c
	default:
		at, a = 24, d
	}
	return at + bits.TrailingZeros64((a-lows)&^a&highs)/8
}

// stands says whether the whole needle stands at a place.
func (n *needle) stands(text []byte, at int) bool {
	for i, c := range n.text {
		if lower(text[at+i]) != c {
			return false
		}
	}
	return true
}

// someText is the begin of the texts.
func (s Snapshot) someText() []byte {
	if len(s.blocks) == 0 {
		return nil
	}
	t := s.blocks[0].text
	return t[:min(len(t), 1<<15)]
}
