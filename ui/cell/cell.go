// Package cell fits text into columns of a terminal. It is the one place that measures text, and the one place that makes
// strangers' text harmless: all text that reaches the screen passes through it, before it is styled.
//
// Only what every terminal draws alike is drawn. A character passes as it is when github.com/charmbracelet/x/ansi (which the
// renderer measures with) and wcwidth (which tmux and most terminals draw with) give it the same number of columns beside any
// neighbour. Everything else is written out in ASCII, in the notation people know from less and cat -v:
//
//	^[ ^M ^I ^?   control characters of ASCII; ^J is a line end (LF or CRLF)
//	<9B>          a byte that is no UTF-8
//	<U+202E>      any other character: C1, bidi controls, zero-width, tags,
//	              joiners of emoji families, skin tones, flags, private use,
//	              unassigned, vowel signs of Indic scripts that take a column, a
//	              third combining mark on one character
//
// A variation selector 15 or 16 after its character is left out: it only asks for another picture.
package cell

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Style says how shortened text is marked. The zero Style is the usual one.
type Style struct {
	ASCII bool // "~" instead of "…", which some terminals draw two columns wide
}

// more stands where text was left out. It is one column wide.
func (st Style) more() string {
	if st.ASCII {
		return "~"
	}
	return "…"
}

// Width is the number of columns s takes, without its escape sequences; strangers' text is measured after [Clean].
func Width(s string) int { return ansi.StringWidth(s) }

// Fit returns s, made harmless, in exactly w columns: padded with blanks on the right, or cut at its end.
func (st Style) Fit(s string, w int) string {
	if isASCII(s, w) && len(s) == w {
		return s
	}
	var buf [256]byte
	b, col := st.appendCut(buf[:0], s, w)
	return string(append(b, strings.Repeat(" ", max(0, w-col))...))
}

// FitRight is Fit with the blanks on the left, for numbers and durations.
func (st Style) FitRight(s string, w int) string {
	text := st.Cut(s, w)
	return strings.Repeat(" ", max(0, w-ansi.StringWidth(text))) + text
}

// Cut returns s, made harmless, in at most w columns.
func (st Style) Cut(s string, w int) string {
	if isASCII(s, w) {
		return s
	}
	var buf [256]byte
	b, _ := st.appendCut(buf[:0], s, w)
	return string(b)
}

// FitMiddle is Fit that cuts out of the middle, for addresses and ids; text over 1 KiB is none and is cut at its end.
func (st Style) FitMiddle(s string, w int) string {
	const longest = 1 << 10
	if len(s) > longest {
		return st.Fit(s, w)
	}
	clean := Clean(s)
	have := ansi.StringWidth(clean)
	if have <= w || w < 3 {
		return st.Fit(clean, w)
	}
	tail := (w - 1) / 2
	var buf [256]byte
	b, col, _ := appendUpTo(buf[:0], clean, w-1-tail)
	b, col = append(b, st.more()...), col+1
	for i := 0; i < len(clean); {
		u := next(clean[i:])
		if have <= w-col {
			b, col = append(b, clean[i:]...), col+have
			break
		}
		have -= u.width
		i += u.size
	}
	return string(append(b, strings.Repeat(" ", max(0, w-col))...))
}

// appendCut appends s in at most w columns, with the mark of a cut where s is longer, and says how many columns that took.
func (st Style) appendCut(dst []byte, s string, w int) ([]byte, int) {
	if w <= 0 {
		return dst, 0
	}
	start := len(dst)
	dst, col, rest := appendUpTo(dst, s, w)
	if rest == len(s) {
		return dst, col
	}
	dst, col, _ = appendUpTo(dst[:start], s, w-1)
	return append(dst, st.more()...), col + 1
}

// appendUpTo appends as much of s as w columns hold; rest is where it stopped.
func appendUpTo(dst []byte, s string, w int) (b []byte, col, rest int) {
	for rest < len(s) {
		u := next(s[rest:])
		if col+u.width > w {
			break
		}
		dst = append(dst, u.of(s[rest:])...)
		col += u.width
		rest += u.size
	}
	return dst, col, rest
}

// isASCII tells whether s is printable ASCII of at most w bytes, which then are its columns.
func isASCII(s string, w int) bool {
	if len(s) > w {
		return false
	}
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}
