package mailtext

import (
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

// charset is a character set that may be found.
type charset struct {
	encoding encoding.Encoding
	frequent string // first bytes of frequent characters, from and to: GB 2312's level 1, Big5's first part, punctuation
}

// charsets are tried in this order; a later one must read better.
var charsets = []charset{
	{unicode.UTF8, "\x80\xff"},
	{simplifiedchinese.GB18030, "\xa1\xa1\xa3\xa3\xb0\xd7"},
	{traditionalchinese.Big5, "\xa1\xa1\xa4\xc6"},
}

// decode reads raw, whose bytes stand at those places of the original, and says how large the share of frequent
// characters is, in percent: 0 where raw is not of the set or too short to tell. A last character may be cut off.
func (c charset) decode(raw []byte, at []int) (read reading, share int) {
	all, frequent := 0, 0
	decoder := c.encoding.NewDecoder()
	var one [utf8.UTFMax]byte // room for one character
	for i := 0; i < len(raw); {
		if raw[i] < utf8.RuneSelf {
			read.add(string(raw[i:i+1]), at[i])
			i++
			continue
		}
		n, used, _ := decoder.Transform(one[:3], raw[i:], true) // not one of ASCII behind it too
		if n == 0 {
			n, used, _ = decoder.Transform(one[:], raw[i:], true)
		}
		r, _ := utf8.DecodeRune(one[:n])
		if all++; r == utf8.RuneError && (len(raw)-i >= 4 || all < 5) {
			return read, 0
		}
		for k := 0; k < len(c.frequent) && r != utf8.RuneError; k += 2 {
			if raw[i] >= c.frequent[k] && raw[i] <= c.frequent[k+1] {
				frequent++
			}
		}
		read.add(string(one[:n]), at[i])
		i += used
	}
	if all < 2 {
		return read, 0
	}
	return read, 100 * frequent / all
}

// leastFrequent is the share of frequent characters from which a text reads like language, in percent.
const leastFrequent = 80

// readBest decodes raw in the character set in which it reads best, false where it reads well in none.
func readBest(raw []byte, at []int, sets []charset) (best reading, ok bool) {
	most := leastFrequent - 1
	for _, c := range sets {
		if read, share := c.decode(raw, at); share > most {
			best, most, ok = read, share, true
		}
	}
	return best, ok
}

// byteOf is the byte that reads r in Latin-1 or windows-1252.
func byteOf(r rune) (byte, bool) {
	if r < 0x100 {
		return byte(r), true
	}
	return charmap.Windows1252.EncodeRune(r)
}

// asBytes undoes a reading of each byte as a character of windows-1252 or Latin-1, and says where each byte stood.
// Bytes that were not read stay. false where other characters are in the text.
func asBytes(text string) (raw []byte, at []int, ok bool) {
	for i, r := range text {
		c, known := byteOf(r)
		if !known && text[i] >= utf8.RuneSelf && broken(text[i:], r) {
			c, known = text[i], true
		}
		if !known {
			return nil, nil, false
		}
		raw, at = append(raw, c), append(at, i)
	}
	return raw, at, true
}

// broken tells a byte that is not UTF-8, at which a loop over text reads r, from a U+FFFD that stands there.
func broken(text string, r rune) bool {
	return r == utf8.RuneError && !strings.HasPrefix(text, string(utf8.RuneError))
}

// suspicious tells whether a text is mostly not UTF-8, or holds nothing beyond ASCII but characters below
// U+0800 of scripts that no text mixes; and whether all it holds beyond ASCII are characters of
// windows-1252, more than Western words have.
func suspicious(text string) (notUTF8, latin bool) {
	wide, wrong, latins, blocks := 0, 0, 0, uint8(0)
	for i, r := range text {
		_, western := byteOf(r)
		switch {
		case r < utf8.RuneSelf:
		case broken(text[i:], r):
			wrong++
		case western:
			latins++
		case r < 0x800:
			blocks |= 1 << (r >> 8)
		default:
			wide++
		}
	}
	return wrong > 2*wide || wide == 0 && blocks&(blocks-1) != 0, latins > 3 && blocks == 0 && wide == 0
}

// recode decodes a text that is in another character set as a whole, false where it stands as it is.
func recode(text string) (read reading, ok bool) {
	if from := strings.Index(text, "\x1b$"); from >= 0 { // ISO-2022-JP shifts in and out
		to := from + max(strings.LastIndex(text[from:], "\x1b(")+3, 0)
		if to < from+4 || to > len(text) {
			to = len(text)
		}
		decoded, _ := japanese.ISO2022JP.NewDecoder().String(text[from:to])
		read.plain(text[:from], 0)
		read.add(decoded, from)
		read.plain(text[to:], to)
		return read, true
	}
	notUTF8, latin := suspicious(text)
	if notUTF8 {
		var bytes reading
		bytes.plain(text, 0)
		if read, ok = readBest(bytes.b, bytes.from, charsets[1:]); ok {
			return read, true
		}
	}
	if latin || notUTF8 {
		if raw, at, known := asBytes(text); known {
			return readBest(raw, at, charsets)
		}
	}
	return read, false
}

// HalfWidth is the ASCII character that a full-width form (U+FF01 to U+FF5E, and the
// ideographic space U+3000) stands for; any other character is itself.
func HalfWidth(r rune) rune {
	switch {
	case r >= '！' && r <= '～':
		return r - '！' + '!'
	case r == '　':
		return ' '
	}
	return r
}
