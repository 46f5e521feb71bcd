package mailtext

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// opensWide are the first bytes of the wide ones among the opening signs.
var opensWide = [256]bool{0xE2: true, 0xE3: true, 0xEF: true} // of “ 「 （ and their kin

// enclosures is an address between signs: a local part (RFC 5322, 3.2.3; RFC 6531), and a domain (the full stops
// of IDNA: RFC 3490, 3.1) whose last label is of one script.
var enclosures = regexp.MustCompile("^([<＜]|[(\\[{\"'（［【「『《〈“‘])([\\pL\\pN\\pM!#$%&'*+/=?^_`{|}~.-]+)@" +
	`((?:[\pL\pN\pM*_-]+[.。])+([a-zA-Z0-9*_-]{2,18}|[^\x00-\x7F]{2,18}?))[>＞)\]}"'）］】」』》〉”’]`)

// maxAddress is how many bytes an address has at the most (RFC 5321, 4.5.3.1.3).
const maxAddress = 254

// enclosed finds an address with letters beyond ASCII behind an opening sign at i. Chinese has no blanks: only
// between signs is it certain where such an address begins and ends. Outside <>, words of a sentence may stand
// before an address of ASCII: there such a letter has to be beside the @, and the last label is of no sentence.
func enclosed(t string, i int) (address Token, ok bool) {
	t = t[:min(len(t), i+maxAddress+6)]
	if !opensWide[t[i]] && strings.IndexByte("<([{\"'", t[i]) < 0 || strings.IndexByte(t[i:], '@') < 0 {
		return Token{}, false
	}
	word, _, _ := strings.Cut(t[i:], " ")
	if t[i] < utf8.RuneSelf && strings.IndexFunc(word, func(r rune) bool { return r >= utf8.RuneSelf }) < 0 {
		return Token{}, false // most addresses are of ASCII
	}
	m := enclosures.FindStringSubmatchIndex(t[i:])
	if m == nil {
		return Token{}, false
	}
	at, end, last := i+m[5], i+m[7], t[i+m[8]:i+m[9]]
	if sentence := t[i] != '<' && !strings.HasPrefix(t[i:], "＜"); sentence &&
		(t[at-1] < utf8.RuneSelf && t[at+1] < utf8.RuneSelf || last[0] >= utf8.RuneSelf && utf8.RuneCountInString(last) > 5) {
		return Token{}, false
	}
	wide := strings.IndexFunc(t[i+m[3]:end], func(r rune) bool { return r >= utf8.RuneSelf }) >= 0
	return Token{Address, i + m[4], end}, wide && utf8.ValidString(t[i+m[4]:end])
}
