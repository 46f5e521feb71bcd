package cell

import (
	"cmp"
	"fmt"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// maxMarks is how many combining marks one character may carry: Vietnamese needs two; a tower would reach the row above.
const maxMarks = 2

// Clean returns s as one line of harmless text, in the notation of the package comment. Cleaning twice changes nothing.
func Clean(s string) string {
	if isASCII(s, len(s)) {
		return s
	}
	b := make([]byte, 0, len(s)+len(s)/4)
	for i := 0; i < len(s); {
		u := next(s[i:])
		b = append(b, u.of(s[i:])...)
		i += u.size
	}
	return string(b)
}

// unit is the smallest piece that is never taken apart: a character with its marks, or something written out.
type unit struct {
	size  int    // bytes of the text it stands for
	width int    // columns
	base  rune   // the character; of something written out, utf8.RuneError
	text  string // how it is drawn, where not as it is
}

const lineEnd = "^J"

// next is the first unit of s, which is not empty.
func next(s string) unit {
	if c := s[0]; c < utf8.RuneSelf {
		switch {
		case c == '\n':
			return unit{1, 2, utf8.RuneError, lineEnd}
		case c == '\r' && len(s) > 1 && s[1] == '\n':
			return unit{2, 2, utf8.RuneError, lineEnd}
		case c < ' ' || c == 0x7F:
			return unit{1, 2, utf8.RuneError, string([]byte{'^', c ^ 0x40})}
		case len(s) == 1 || s[1] < utf8.RuneSelf:
			return unit{1, 1, rune(c), ""}
		}
	}
	r, size := utf8.DecodeRuneInString(s)
	if r == utf8.RuneError && size == 1 {
		return unit{1, 4, utf8.RuneError, fmt.Sprintf("<%02X>", s[0])}
	}
	width, kind := measure(s, r, size)
	if kind != base {
		text := fmt.Sprintf("<U+%04X>", r)
		return unit{size, len(text), utf8.RuneError, text}
	}
	u := unit{size, width, r, ""}
	drop := 0 // where the variation selector to leave out begins
	for marks := 0; u.size < len(s) && s[u.size] >= utf8.RuneSelf; {
		m, n := utf8.DecodeRuneInString(s[u.size:])
		switch {
		case (m == 0xFE0E || m == 0xFE0F) && drop == 0 && marks == 0:
			drop = u.size
		case marks < maxMarks && kindOf(m) == mark:
			marks++
		default:
			n = 0
		}
		if u.size += n; n == 0 {
			break
		}
	}
	if drop > 0 {
		u.text = s[:drop] + s[drop+len("\uFE0F"):u.size]
	}
	return u
}

// of is how the unit that s begins with is drawn.
func (u unit) of(s string) string { return cmp.Or(u.text, s[:u.size]) }

// written reports whether u stands for something that is no character of text.
func (u unit) written() bool { return u.base == utf8.RuneError }

// kind is the part a character plays in a line.
type kind uint8

const (
	bad  kind = iota // is written out
	base             // takes columns
	mark             // is drawn onto the base before it
)

// measure says how r, which s begins with in size bytes, is drawn.
func measure(s string, r rune, size int) (int, kind) {
	switch {
	case r >= 0x4E00 && r <= 0x9FFF, r >= 0x3400 && r <= 0x4DBF, // Han
		r >= 0x3041 && r <= 0x3096, r >= 0x30A1 && r <= 0x30FE, // kana
		r >= 0x3001 && r <= 0x3029, r >= 0xFF01 && r <= 0xFF60, // punctuation, full-width forms
		r >= 0xAC00 && r <= 0xD7A3: // Hangul
		return 2, base
	}
	k := kindOf(r)
	if k != base {
		return 0, k
	}
	return ansi.StringWidth(s[:size]), base
}

func kindOf(r rune) kind {
	switch {
	case !unicode.IsGraphic(r), unicode.Is(unicode.Mc, r), unicode.Is(disputed, r),
		unicode.In(r, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point):
		return bad
	case !unicode.Is(unicode.M, r):
		return base
	default:
		return mark
	}
}
