package mailtext

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// enclosures are what an address may stand between.
var enclosures = [...][2]string{{"<", ">"}, {"(", ")"}, {"[", "]"}, {"{", "}"}, {`"`, `"`}, {"'", "'"}, {"＜", "＞"}, {"（", "）"}, {"［", "］"},
	{"【", "】"}, {"「", "」"}, {"『", "』"}, {"《", "》"}, {"〈", "〉"}, {"“", "”"}, {"‘", "’"}}

// maxAddress is how many bytes an address has at the most (RFC 5321, 4.5.3.1.3).
const maxAddress = 254

// opensWide are the first bytes of the wide ones among the opening signs.
var opensWide = [256]bool{0xE2: true, 0xE3: true, 0xEF: true} // of “ 「 （ and their kin

// enclosed finds an address with letters beyond ASCII (RFC 6531) behind an opening sign at i, and where
// the sign ends. Chinese has no blanks: only between signs is it certain where such an address begins
// and ends.
func enclosed(t string, i int) (address Token, signEnd int) {
	switch c := t[i]; {
	case opensWide[c], c == '<', c == '(', c == '[', c == '{', c == '"', c == '\'':
	default:
		return Token{}, i
	}
	for _, e := range enclosures {
		if !strings.HasPrefix(t[i:], e[0]) {
			continue
		}
		from := i + len(e[0])
		n := strings.Index(t[from:min(len(t), from+maxAddress+len(e[1]))], e[1])
		if n > 0 && isWideAddress(t[from:from+n], e[0] == "<" || e[0] == "＜") {
			return Token{Address, from, from + n}, from
		}
	}
	return Token{}, i
}

// isWideAddress accepts an address with letters beyond ASCII. whole says that
// nothing but an address can stand there; else such a letter has to be beside
// the @, for words of a sentence may stand before an address of ASCII.
func isWideAddress(c string, whole bool) bool {
	at := strings.IndexByte(c, '@')
	if at <= 0 || at+1 == len(c) || !whole && c[at-1] < utf8.RuneSelf && c[at+1] < utf8.RuneSelf {
		return false
	}
	wide := false
	for _, r := range c[:at] {
		wide = wide || r >= utf8.RuneSelf
		if !isWord(r) && (r >= utf8.RuneSelf || strings.IndexByte("!#$%&'*+-/=?^_`{|}~.", byte(r)) < 0) { // RFC 5322, 3.2.3
			return false
		}
	}
	labels, ascii, runes := 1, 0, 0
	for _, r := range c[at+1:] {
		switch wide = wide || r >= utf8.RuneSelf; {
		case r == '.' || r == '。': // IDNA: RFC 3490, 3.1
			if runes == 0 {
				return false
			}
			labels, ascii, runes = labels+1, 0, 0
			continue
		case r < utf8.RuneSelf:
			ascii++
		}
		if !isWord(r) && r != '-' && r != '_' && r != '*' {
			return false
		}
		runes++
	}
	// The last label is of one script, and of no sentence.
	return wide && labels > 1 && runes > 1 && runes <= 18 && (ascii == runes || ascii == 0 && (whole || runes <= 5))
}

func isWord(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r))
}
