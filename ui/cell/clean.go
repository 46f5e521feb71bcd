package cell

import (
	"fmt"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// maxMarks is how many combining marks one character may carry. Vietnamese,
// Arabic and Thai need two; a tower would be drawn into the rows above.
const maxMarks = 2

// Clean returns s as one line of harmless text, in the notation of the
// package comment. Cleaning twice changes nothing.
func Clean(s string) string {
	if isASCII(s, len(s)) {
		return s
	}
	b := make([]byte, 0, len(s)+len(s)/4)
	for i := 0; i < len(s); {
		u := next(s[i:])
		b = u.append(b, s[i:])
		i += u.size
	}
	return string(b)
}

// unit is the smallest piece that is never taken apart: a character with its
// marks, or something written out.
type unit struct {
	size  int  // bytes of the text it stands for
	width int  // columns
	base  rune // the character; of something written out, utf8.RuneError
	shown shown
	drop  int // shown as it is: where the variation selector to leave out begins, 0: none
}

// shown says how a unit is drawn.
type shown uint8

const (
	asItIs    shown = iota
	asCaret         // ^[
	asLineEnd       // ^J
	asByte          // <9B>
	asPoint         // <U+202E>
)

// next is the first unit of s, which is not empty.
func next(s string) unit {
	if c := s[0]; c < utf8.RuneSelf {
		switch {
		case c == '\n':
			return unit{1, 2, utf8.RuneError, asLineEnd, 0}
		case c == '\r' && len(s) > 1 && s[1] == '\n':
			return unit{2, 2, utf8.RuneError, asLineEnd, 0}
		case c < ' ' || c == 0x7F:
			return unit{1, 2, utf8.RuneError, asCaret, 0}
		case len(s) == 1 || s[1] < utf8.RuneSelf:
			return unit{1, 1, rune(c), asItIs, 0}
		}
	}
	r, size := utf8.DecodeRuneInString(s)
	if r == utf8.RuneError && size == 1 {
		return unit{1, 4, utf8.RuneError, asByte, 0}
	}
	width, kind := measure(s, r, size)
	if kind != base {
		return unit{size, len(fmt.Sprintf("<U+%04X>", r)), utf8.RuneError, asPoint, 0}
	}
	u := unit{size, width, r, asItIs, 0}
	for marks := 0; u.size < len(s) && s[u.size] >= utf8.RuneSelf; {
		m, n := utf8.DecodeRuneInString(s[u.size:])
		switch {
		case (m == 0xFE0E || m == 0xFE0F) && u.drop == 0 && marks == 0:
			u.drop = u.size
		case marks < maxMarks && kindOf(m) == mark:
			marks++
		default:
			return u
		}
		u.size += n
	}
	return u
}

// append appends the unit that s begins with.
func (u unit) append(dst []byte, s string) []byte {
	switch u.shown {
	case asItIs:
		if u.drop == 0 {
			return append(dst, s[:u.size]...)
		}
		dst = append(dst, s[:u.drop]...)
		return append(dst, s[u.drop+len("\uFE0F"):u.size]...)
	case asCaret:
		return append(dst, '^', s[0]^0x40)
	case asLineEnd:
		return append(dst, "^J"...)
	case asByte:
		return fmt.Appendf(dst, "<%02X>", s[0])
	default:
		r, _ := utf8.DecodeRuneInString(s)
		return fmt.Appendf(dst, "<U+%04X>", r)
	}
}

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
