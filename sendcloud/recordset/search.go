package recordset

import (
	"encoding/binary"
	"math/bits"
	"strings"
)

// search looks for a text, letters of ASCII in either case: sixteen bytes at a
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

// common is the characters of replies, the most frequent first. What is not in it is rare.
const common = "e taiorns.dlcm1203456789uhp-@:fgb<>[]wyvkxjqz"

// newSearch prepares a search for a text that is not empty.
func newSearch(text string) *search {
	n := &search{text: []byte(text)}
	rare := func(c byte) int { return (strings.IndexByte(common, c) + len(common) + 1) % (len(common) + 1) }
	for i, best := 0, -1; i+1 < len(text); i++ {
		if k := rare(text[i]) + rare(text[i+1]); k > best {
			n.at, best = i, k
		}
	}
	n.first = uint64(text[n.at]|0x20) * lows
	n.second = uint64(text[min(n.at+1, len(text)-1)]|0x20) * lows
	return n
}

const window = 16 // bytes that are looked at in one go

func word(t []byte) uint64 { return binary.LittleEndian.Uint64(t) }

// hits has a bit for each byte at which two bytes may stand, first in at and second in behind.
func hits(at, first, behind, second uint64) uint64 {
	x := (at | small ^ first) | (behind | small ^ second)
	return (x - lows) &^ x & highs
}

// stands says whether the text stands in in[from:to].
func (n *search) stands(in []byte, from, to int) bool {
	step := min(len(n.text)-1, 1) // from the first of the two bytes to the second
	i, last := from+n.at, to-len(n.text)+n.at
	first, second := n.first, n.second
	for ; i <= last && i+window+1 <= len(in); i += window {
		t := in[i : i+window+1 : i+window+1]
		for a := hits(word(t[0:8]), first, word(t[step:step+8]), second); a != 0; a &= a - 1 {
			if at := i + bits.TrailingZeros64(a)/8; at <= last && n.begins(in[at-n.at:]) {
				return true
			}
		}
		for b := hits(word(t[8:16]), first, word(t[8+step:16+step]), second); b != 0; b &= b - 1 {
			if at := i + 8 + bits.TrailingZeros64(b)/8; at <= last && n.begins(in[at-n.at:]) {
				return true
			}
		}
	}
	for ; i <= last; i++ {
		if n.begins(in[i-n.at:]) {
			return true
		}
	}
	return false
}

// begins says whether in begins with the text.
func (n *search) begins(in []byte) bool {
	for i, c := range n.text {
		if lower(in[i]) != c {
			return false
		}
	}
	return true
}

// hasText keeps the rows that have a text in a column, or in recipient or reply.
func hasText(c Column, text string) test {
	n := newSearch(text)
	return func(v *view, words []uint64) {
		var id []byte
		keep(words, func(i int) bool {
			if c == ByEmailID {
				id = v.appendID(id[:0], i)
				return n.stands(id, 0, len(id))
			}
			if v.odd != nil && v.odd[i] != nil {
				rcpt, reply := []byte(v.recipient(i)), []byte(v.reply(i))
				return c != ByReply && n.stands(rcpt, 0, len(rcpt)) || c != ByRecipient && n.stands(reply, 0, len(reply))
			}
			from, to := v.text.span(i)
			switch c {
			case ByRecipient:
				from, to = v.recipientSpan(i)
			case ByReply:
				from, to = v.replySpan(i)
			}
			return n.stands(v.text.bytes, from, to)
		})
	}
}
