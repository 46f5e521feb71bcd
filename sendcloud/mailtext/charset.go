package mailtext

import (
	"bytes"
	"fmt"
	"strings"
	"sync"
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
	frequent map[rune]bool // nil: all characters are
	kana     bool          // a text of this set is a third kana: without, Big5 would read as Japanese
}

// charsets are tried in this order; a later one must read better.
var charsets = sync.OnceValue(func() []charset {
	frequent := func(list string, e encoding.Encoding) map[rune]bool {
		var pairs []byte
		for _, span := range lists[list] {
			var a, b, lastA, lastB byte
			if _, err := fmt.Sscanf(span, "%2x%2x-%2x%2x", &a, &b, &lastA, &lastB); err != nil {
				panic(err) // the embedded file
			}
			for ; a <= lastA; a++ {
				for c := int(b); c <= int(lastB); c++ {
					pairs = append(pairs, a, byte(c))
				}
			}
		}
		decoded, _ := e.NewDecoder().Bytes(pairs)
		all := map[rune]bool{}
		for _, r := range string(decoded) {
			all[r] = r >= utf8.RuneSelf && r != utf8.RuneError
		}
		return all
	}
	kanji := frequent("japanese", japanese.EUCJP)
	return []charset{
		{encoding: unicode.UTF8},
		{simplifiedchinese.GB18030, frequent("chinese", simplifiedchinese.GB18030), false},
		{japanese.EUCJP, kanji, true},
		{traditionalchinese.Big5, frequent("taiwanese", traditionalchinese.Big5), false},
		{japanese.ShiftJIS, kanji, true},
	}
})

// decode reads raw, whose bytes were that long in the original, and says how large the share of frequent
// characters is, in percent: 0 where raw is not of the set or too short to tell. A last character may be
// cut off.
func (c charset) decode(raw []byte, lengths []uint8) (text string, parts []part, share int) {
	var out []byte
	all, frequent, kana, at := 0, 0, 0, 0 // at: in the original
	decoder := c.encoding.NewDecoder()
	var one [utf8.UTFMax]byte // room for one character, perhaps with one of ASCII behind
	for i := 0; i < len(raw); {
		if raw[i] < utf8.RuneSelf {
			out, at = append(out, raw[i]), at+int(lengths[i])
			i++
			continue
		}
		n, used, _ := decoder.Transform(one[:3], raw[i:], true)
		if n == 0 {
			n, used, _ = decoder.Transform(one[:], raw[i:], true)
		}
		r, _ := utf8.DecodeRune(one[:n])
		all++
		switch {
		case r == utf8.RuneError && (len(raw)-i >= 4 || all < 5):
			return "", nil, 0
		case c.kana && r >= 0x3041 && r <= 0x30F6:
			kana++
		case c.frequent == nil || c.frequent[r]:
			frequent++
		}
		start := at
		for _, l := range lengths[i : i+used] {
			at += int(l)
		}
		if last := len(parts) - 1; last >= 0 && parts[last].end == start {
			parts[last].end, parts[last].to = at, len(out)+n
		} else {
			parts = append(parts, part{start, at, len(out), len(out) + n})
		}
		out, i = append(out, one[:n]...), i+used
	}
	if all < 2 || c.kana && 3*kana < all {
		return "", nil, 0
	}
	return string(out), parts, 100 * (frequent + kana) / all
}

// leastFrequent is the share of frequent characters from which a text reads like language, in percent.
const leastFrequent = 80

// readBest decodes raw in the character set in which it reads best; no parts where it reads well in none.
func readBest(raw []byte, lengths []uint8, sets []charset) (text string, parts []part) {
	share := leastFrequent - 1
	for _, c := range sets {
		if t, p, s := c.decode(raw, lengths); s > share {
			text, parts, share = t, p, s
		}
	}
	return text, parts
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
	for i, r := range text {
		c, known := byteOf(r)
		n := utf8.RuneLen(r)
		if r == utf8.RuneError && !strings.HasPrefix(text[i:], string(utf8.RuneError)) {
			c, known, n = text[i], true, 1
		}
		if !known {
			return nil, nil, false
		}
		raw, lengths = append(raw, c), append(lengths, uint8(n))
	}
	return raw, lengths, true
}

// suspicious tells whether a text is mostly not UTF-8, or holds nothing beyond ASCII but characters below
// U+0800 of scripts that no text mixes; and whether all it holds beyond ASCII are characters of
// windows-1252, more than Western words have.
func suspicious(text string) (notUTF8, latin bool) {
	wide, broken, latins, blocks := 0, 0, 0, uint8(0)
	for i, r := range text {
		switch {
		case r < utf8.RuneSelf:
			continue
		case r >= 0x2E80 && r != utf8.RuneError:
			wide++
			continue
		case r == utf8.RuneError && !strings.HasPrefix(text[i:], string(utf8.RuneError)):
			broken++
			continue
		}
		if _, ok := byteOf(r); ok {
			latins++
		} else if r < 0x800 {
			blocks |= 1 << (r >> 8)
		} else {
			wide++
		}
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
		if t, parts := readBest([]byte(text), bytes.Repeat([]byte{1}, len(text)), charsets()[1:]); parts != nil {
			return t, parts
		}
	}
	if latin || notUTF8 {
		if raw, lengths, ok := asBytes(text); ok {
			return readBest(raw, lengths, charsets())
		}
	}
	return text, nil
}
