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
	first, second uint64 // the two, in every byte
	fold          uint64 // in every byte: the bit that makes the first small, when it is a letter

	begin, letters, mask uint64 // the first eight bytes, the same bit in those that are letters, and which there are
}

const (
	lows  = 0x0101010101010101
	highs = 0x8080808080808080
	cases = 0x5f5f5f5f5f5f5f5f // without the bit of small letters and the one of what is not ASCII
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
	n.first, n.fold = uint64(n.text[n.at])*lows, caseBit(n.text[n.at])*lows
	if len(text) > 1 {
		n.second = uint64(n.text[n.at+1]) * lows
	}
	for i, c := range n.text[:min(len(text), 8)] {
		n.begin |= uint64(c) << (8 * i)
		n.letters |= caseBit(c) << (8 * i)
		n.mask |= 0xff << (8 * i)
	}
	return n
}

// caseBit is the bit that makes a letter small, 0 for what is no small letter.
func caseBit(c byte) uint64 {
	if 'a' <= c && c <= 'z' {
		return 0x20
	}
	return 0
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
	first, fold := n.first, n.fold
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

// skip2 is the same for the pair, which it compares but for the bits that
// differ in the two cases of a letter and in what is not ASCII.
func (n *needle) skip2(text []byte, i, last int) int {
	first, second := n.first, n.second
	for ; i <= last && i+window < len(text); i += window {
		t := text[i : i+window+1 : i+window+1]
		a := ((word(t[0:8]) ^ first) | (word(t[1:9]) ^ second)) & cases
		b := ((word(t[8:16]) ^ first) | (word(t[9:17]) ^ second)) & cases
		c := ((word(t[16:24]) ^ first) | (word(t[17:25]) ^ second)) & cases
		d := ((word(t[24:32]) ^ first) | (word(t[25:33]) ^ second)) & cases
		if ((a-lows)|(b-lows)|(c-lows)|(d-lows))&highs != 0 {
			return i + zeroByte(a, b, c, d)
		}
	}
	return i
}

// zeroByte is the number of the first zero byte in four words that have one. It
// has no branches: where the byte is cannot be guessed.
func zeroByte(a, b, c, d uint64) int {
	return bits.TrailingZeros64(zeroBytes(a) | zeroBytes(b)<<8 | zeroBytes(c)<<16 | zeroBytes(d)<<24)
}

// zeroBytes has a bit for each zero byte; a bit above the lowest may be wrong.
func zeroBytes(x uint64) uint64 {
	return (((x - lows) &^ x & highs) >> 7) * 0x0102040810204080 >> 56 // the product gathers the eight bits in its highest byte
}

// stands says whether the whole needle stands at a place.
func (n *needle) stands(text []byte, at int) bool {
	known := 0
	if at+8 <= len(text) {
		if ((word(text[at:])|n.letters)^n.begin)&n.mask != 0 {
			return false
		}
		known = 8
	}
	for i := known; i < len(n.text); i++ {
		if lower(text[at+i]) != n.text[i] {
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
