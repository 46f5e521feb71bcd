package mailtext

import (
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

// A reply in Chinese or Japanese may arrive in the character set of its server: as the bytes themselves,
// or with each byte read as a Latin-1 or windows-1252 character ("ÓÊÏäÒÑÂú" for 邮箱已满). One text
// has one character set: it is the one in which the whole text reads best. Deciding pair by pair would
// take the pairs that are UTF-8 by chance for Greek or Cyrillic.

// charset is a character set that may be found. Its characters of two bytes are told by ranges: of those
// that a pair fits into, the first counts. Each set has its frequent characters together.
type charset struct {
	encoding encoding.Encoding
	pairs    []pairs
	half     bool // bytes A1 … DF are characters by themselves (half-width kana), and rare
	kana     bool // a text of this set is a third kana: without, Big5 would read as Japanese
}

// pairs are characters whose first and second byte lie in ranges.
type pairs struct {
	from1, to1, from2, to2 byte
	is                     frequency
}

type frequency uint8

const (
	rare frequency = iota
	frequent
	kana
)

// charsets are tried in this order; a later one must read better. Frequent are the 3,755 characters of
// GB 2312's level 1, the 5,401 of Big5's first part, the kanji of JIS X 0208's level 1, and punctuation.
var charsets = [...]charset{
	{encoding: unicode.UTF8},
	{encoding: simplifiedchinese.GB18030, pairs: []pairs{
		{0xA1, 0xA1, 0xA1, 0xBF, frequent}, {0xA3, 0xA3, 0xA1, 0xFE, frequent}, {0xB0, 0xD7, 0xA1, 0xFE, frequent},
		{0x81, 0xFE, 0x30, 0x7E, rare}, {0x81, 0xFE, 0x80, 0xFE, rare}}}, // 30 … 39 begin the second half of four bytes
	{encoding: japanese.EUCJP, kana: true, pairs: []pairs{
		{0xA4, 0xA4, 0xA1, 0xF3, kana}, {0xA5, 0xA5, 0xA1, 0xF6, kana}, {0xA1, 0xA1, 0xA1, 0xFE, frequent},
		{0xB0, 0xCF, 0xA1, 0xFE, frequent}, {0xA1, 0xFE, 0xA1, 0xFE, rare}}},
	{encoding: traditionalchinese.Big5, pairs: []pairs{
		{0xA1, 0xA1, 0x40, 0xFE, frequent}, {0xA4, 0xC6, 0x40, 0x7E, frequent}, {0xA4, 0xC6, 0xA1, 0xFE, frequent},
		{0xA1, 0xF9, 0x40, 0x7E, rare}, {0xA1, 0xF9, 0xA1, 0xFE, rare}}},
	{encoding: japanese.ShiftJIS, kana: true, half: true, pairs: []pairs{
		{0x82, 0x82, 0x9F, 0xF1, kana}, {0x83, 0x83, 0x40, 0x96, kana}, {0x81, 0x81, 0x40, 0xFC, frequent},
		{0x88, 0x98, 0x40, 0xFC, frequent}, {0x81, 0x9F, 0x40, 0xFC, rare}, {0xE0, 0xFC, 0x40, 0xFC, rare}}},
}

// next is how many bytes the character at the start of b has (0: none of this set), and how frequent it is.
func (c charset) next(b []byte) (n int, is frequency) {
	if c.pairs == nil {
		r, n := utf8.DecodeRune(b)
		if r == utf8.RuneError && n == 1 {
			return 0, rare
		}
		return n, frequent
	}
	if c.half && b[0] >= 0xA1 && b[0] <= 0xDF {
		return 1, rare
	}
	for _, p := range c.pairs {
		if len(b) > 1 && b[0] >= p.from1 && b[0] <= p.to1 && b[1] >= p.from2 && b[1] <= p.to2 {
			return 2, p.is
		}
	}
	return 0, rare
}

// leastFrequent is the share of frequent characters from which a text reads like language, in percent.
const leastFrequent = 80

// readsAs is the percentage of frequent characters in b; 0 where b is not of the set or too short to
// tell. A last character may be cut off.
func (c charset) readsAs(b []byte) int {
	var count [kana + 1]int
	all := 0
	for i := 0; i < len(b); {
		if b[i] < utf8.RuneSelf {
			i++
			continue
		}
		n, is := c.next(b[i:])
		if n == 0 {
			if len(b)-i < 4 && all > 3 {
				break
			}
			return 0
		}
		all++
		count[is]++
		i += n
	}
	if all < 2 || c.kana && 3*count[kana] < all {
		return 0
	}
	return 100 * (all - count[rare]) / all
}

// charsetOf finds the character set of raw bytes; false where none reads well.
func charsetOf(raw []byte, from int) (charset, bool) {
	best, share := charset{}, leastFrequent-1
	for _, c := range charsets[from:] {
		if s := c.readsAs(raw); s > share {
			best, share = c, s
		}
	}
	return best, best.encoding != nil
}

// byteOf is the byte that reads r in Latin-1 or windows-1252.
func byteOf(r rune) (byte, bool) {
	if r < 0x100 {
		return byte(r), true
	}
	return charmap.Windows1252.EncodeRune(r)
}

// asBytes undoes a reading of each byte as a character of windows-1252 or Latin-1, and says how long
// each character was; bytes that were not read stay. false where other characters are in the text.
func asBytes(text string) (raw []byte, lengths []uint8, ok bool) {
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		c, known := byteOf(r)
		if r == utf8.RuneError && n == 1 {
			c, known = text[i], true
		}
		if !known {
			return nil, nil, false
		}
		raw, lengths = append(raw, c), append(lengths, uint8(n))
		i += n
	}
	return raw, lengths, true
}

// suspicious tells whether a text is mostly not UTF-8, or holds nothing beyond ASCII but characters below
// U+0800 of scripts that no text mixes; and whether all it holds beyond ASCII are characters of
// windows-1252, more than Western words have.
func suspicious(text string) (notUTF8, latin bool) {
	wide, broken, latins, blocks := 0, 0, 0, uint8(0)
	for i := 0; i < len(text); {
		if text[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(text[i:])
		_, isLatin := byteOf(r)
		switch {
		case r == utf8.RuneError && n == 1:
			broken++
		case isLatin:
			latins++
		case r < 0x800:
			blocks |= 1 << (r >> 8)
		default:
			wide++
		}
		i += n
	}
	return broken > 2*wide || wide == 0 && blocks&(blocks-1) != 0, latins > 3 && blocks == 0 && wide == 0
}

// recode decodes a text that is in another character set as a whole, and says which parts of it became
// which. No parts: it stands as it is.
func recode(text string) (string, []part) {
	if from := strings.Index(text, "\x1b$"); from >= 0 { // ISO-2022-JP shifts in and out
		to := from + max(strings.LastIndex(text[from:], "\x1b(")+3, 0)
		if to < from+4 || to > len(text) {
			to = len(text)
		}
		decoded, _ := japanese.ISO2022JP.NewDecoder().String(text[from:to])
		return text[:from] + decoded + text[to:], []part{{from, to, from, from + len(decoded)}}
	}
	notUTF8, latin := suspicious(text)
	if notUTF8 {
		if c, ok := charsetOf([]byte(text), 1); ok {
			return c.decode([]byte(text), slices.Repeat([]uint8{1}, len(text)))
		}
	}
	if latin || notUTF8 {
		if raw, lengths, ok := asBytes(text); ok {
			if c, ok := charsetOf(raw, 0); ok {
				return c.decode(raw, lengths)
			}
		}
	}
	return text, nil
}

// decode turns raw into text, run by run beyond ASCII. lengths are those of the bytes in the original.
func (c charset) decode(raw []byte, lengths []uint8) (string, []part) {
	var out strings.Builder
	var parts []part
	at := 0 // in the original
	for i := 0; i < len(raw); {
		from, start := i, at
		for i < len(raw) && raw[i] >= utf8.RuneSelf {
			n, _ := c.next(raw[i:])
			for end := min(len(raw), i+max(n, 1)); i < end; i++ {
				at += int(lengths[i])
			}
		}
		if i > from {
			decoded, _ := c.encoding.NewDecoder().Bytes(raw[from:i])
			parts = append(parts, part{start, at, out.Len(), out.Len() + len(decoded)})
			out.Write(decoded)
			continue
		}
		out.WriteByte(raw[i])
		at += int(lengths[i])
		i++
	}
	return out.String(), parts
}
