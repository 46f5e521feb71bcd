package recordset

import (
	"encoding/binary"
	"math/bits"
	"strings"

	"bounceboard/sendcloud"
)

// search looks for a text, letters of ASCII in either case: eight bytes at a
// time, by the two neighbouring bytes of it that are rarest.
type search struct {
	text          []byte // in small letters
	at            int    // where the two bytes stand in text
	first, second uint64 // the two, in every byte
}

const (
	lows  = 0x0101010101010101
	highs = 0x8080808080808080
	small = 0x2020202020202020 // the bit that makes a letter small
)

// common is the characters of replies, the most frequent first. What is not in
// it is rare.
const common = "e taiorns.dlcm1203456789uhp-@:fgb<>[]wyvkxjqz"

// newSearch prepares a search.
func newSearch(text string) search {
	n := search{text: []byte(text)}
	if len(text) == 0 {
		return n
	}
	rare := func(c byte) int {
		if k := strings.IndexByte(common, c); k >= 0 {
			return k
		}
		return len(common)
	}
	for i, best := 0, -1; i+1 < len(text); i++ {
		if k := rare(text[i]) + rare(text[i+1]); k > best {
			n.at, best = i, k
		}
	}
	n.first = uint64(n.text[n.at]|0x20) * lows
	n.second = n.first
	if len(text) > 1 {
		n.second = uint64(n.text[n.at+1]|0x20) * lows
	}
	return n
}

const window = 16 // bytes that are looked at in one go

func word(t []byte) uint64 { return binary.LittleEndian.Uint64(t) }

// hits has a bit for each byte at which the two bytes may stand.
func (n *search) hits(at, behind uint64) uint64 {
	x := (at | small ^ n.first) | (behind | small ^ n.second)
	return (x - lows) &^ x & highs
}

// next returns where the text first stands in in[from:to], -1 when it does not.
func (n *search) next(in []byte, from, to int) int {
	if len(n.text) == 0 {
		return from
	}
	step := min(len(n.text)-1, 1) // from the first of the two bytes to the second
	i, last := from+n.at, to-len(n.text)+n.at
	for ; i <= last && i+window+1 <= len(in); i += window {
		t := in[i : i+window+1 : i+window+1]
		a := n.hits(word(t[0:8]), word(t[step:step+8]))
		b := n.hits(word(t[8:16]), word(t[8+step:16+step]))
		if a|b == 0 {
			continue
		}
		for k, hits := range [2]uint64{a, b} {
			for ; hits != 0; hits &= hits - 1 {
				if at := i + 8*k + bits.TrailingZeros64(hits)/8; at <= last && n.stands(in, at-n.at) {
					return at - n.at
				}
			}
		}
	}
	for ; i <= last; i++ {
		if n.stands(in, i-n.at) {
			return i - n.at
		}
	}
	return -1
}

// stands says whether the whole text stands at a place.
func (n *search) stands(in []byte, at int) bool {
	for i, c := range n.text {
		if lower(in[at+i]) != c {
			return false
		}
	}
	return true
}

// textTest keeps the rows that have a text in a column, or in recipient or reply.
type textTest struct {
	column Column
	search search
}

func (c *textTest) narrow(v *view, words []uint64) {
	if c.column == ByEmailID {
		var id []byte
		keep(words, func(i int) bool {
			id = v.appendID(id[:0], i)
			return c.search.next(id, 0, len(id)) >= 0
		})
		return
	}
	var odd []int // rows that have it, of those whose texts are beside the columns
	for i, r := range v.odd {
		if i/64 < len(words) && words[i/64]>>(i%64)&1 == 1 && c.in(r) {
			odd = append(odd, i)
		}
	}
	for j, w := range words {
		if bits.OnesCount64(w) >= dense && c.column != ByRecipient {
			words[j] = w & c.found(v, j*64+bits.TrailingZeros64(w), j*64+63-bits.LeadingZeros64(w))
			continue
		}
		for left := w; left != 0; left &= left - 1 {
			k := bits.TrailingZeros64(left)
			if from, to := c.span(v, j*64+k); c.search.next(v.text.bytes, from, to) < 0 {
				w &^= 1 << k
			}
		}
		words[j] = w
	}
	for i := range v.odd {
		if i/64 < len(words) {
			words[i/64] &^= 1 << (i % 64)
		}
	}
	for _, i := range odd {
		words[i/64] |= 1 << (i % 64)
	}
}

// in says whether the text stands in a record.
func (c *textTest) in(r *sendcloud.Record) bool {
	has := func(text string) bool { return c.search.next([]byte(text), 0, len(text)) >= 0 }
	return c.column != ByReply && has(r.Recipients) || c.column != ByRecipient && has(r.SendLog)
}

// dense is of how many of 64 rows it is faster to search the text of all in
// one go than one by one.
const dense = 24

func (c *textTest) span(v *view, i int) (from, to int) {
	switch c.column {
	case ByRecipient:
		return v.recipientSpan(i)
	case ByReply:
		return v.replySpan(i)
	}
	return int(v.text.ends[i]), int(v.text.ends[i+1])
}

// found has a bit for each row from i to last, rows of one word, that has the text.
func (c *textTest) found(v *view, i, last int) (rows uint64) {
	at, end, to := int(v.text.ends[i]), int(v.text.ends[i+1]), int(v.text.ends[last+1])
	for at < to {
		hit := c.search.next(v.text.bytes, at, to)
		if hit < 0 {
			break
		}
		for end <= hit {
			i++
			end = int(v.text.ends[i+1])
		}
		if from, to := c.span(v, i); hit < from || hit+len(c.search.text) > to {
			at = hit + 1
			continue
		}
		rows |= 1 << (i % 64)
		at = end
	}
	return rows
}
