package mailtext

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// maxAddress is how many bytes an address has at the most (RFC 5321, 4.5.3.1.3).
const maxAddress = 254

// opensWide are the first bytes of the wide ones among the opening signs.
var opensWide = [256]bool{0xE2: true, 0xE3: true, 0xEF: true} // of “ 「 （ and their kin

// enclosed finds an address with letters beyond ASCII (RFC 6531) behind an opening sign at i, and where
// the sign ends. Chinese has no blanks: only between signs is it certain where such an address begins
// and ends.
func enclosed(t string, i int) (address Token, signEnd int) {
	if !opensWide[t[i]] && strings.IndexByte("<([{\"'", t[i]) < 0 || strings.IndexByte(t[i:min(len(t), i+maxAddress)], '@') < 0 {
		return Token{}, i
	}
	for _, e := range lists["enclosures"] {
		opening, closing, _ := strings.Cut(e, " ")
		if !strings.HasPrefix(t[i:], opening) {
			continue
		}
		from := i + len(opening)
		n := strings.Index(t[from:min(len(t), from+maxAddress+len(closing))], closing)
		if n > 0 && isWideAddress(t[from:from+n], opening == "<" || opening == "＜") {
			return Token{Address, from, from + n}, from
		}
	}
	return Token{}, i
}

// A local part (RFC 5322, 3.2.3; RFC 6531), and a domain (the full stops of IDNA: RFC 3490, 3.1) whose last
// label is of one script.
var (
	localPart = regexp.MustCompile("^[\\pL\\pN\\pM!#$%&'*+/=?^_`{|}~.-]+$")
	domain    = regexp.MustCompile(`^([\pL\pN\pM*_-]+[.。])+([a-zA-Z0-9*_-]{2,18}|[^\x00-\x7F]{2,18})$`)
)

// isWideAddress accepts an address with letters beyond ASCII. whole says that nothing but an address can
// stand there; else such a letter has to be beside the @, for words of a sentence may stand before an
// address of ASCII, and the last label is of no sentence.
func isWideAddress(c string, whole bool) bool {
	at := strings.IndexByte(c, '@')
	if at <= 0 || at+1 == len(c) || strings.IndexFunc(c, func(r rune) bool { return r >= utf8.RuneSelf }) < 0 {
		return false
	}
	if !whole {
		labels := strings.FieldsFunc(c[at:], func(r rune) bool { return r == '.' || r == '。' })
		last := labels[len(labels)-1]
		if c[at-1] < utf8.RuneSelf && c[at+1] < utf8.RuneSelf || last[0] >= utf8.RuneSelf && utf8.RuneCountInString(last) > 5 {
			return false
		}
	}
	return utf8.ValidString(c) && localPart.MatchString(c[:at]) && domain.MatchString(c[at+1:])
}
