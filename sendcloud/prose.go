package sendcloud

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// cjk reports whether a letter belongs to a script that is written without
// blanks: text in it touches the address that it speaks of.
func cjk(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul)
}

// beside reports whether a sign is never part of an address.
func beside(r rune) bool {
	return r >= utf8.RuneSelf && r != '’' && r != '‘' && (unicode.IsPunct(r) || unicode.IsSymbol(r)) || strings.ContainsRune(`:()<>[]"`, r)
}

// sentences puts blanks for the signs that end a Chinese sentence: one between
// Latin letters is a dot that an input method wrote.
func sentences(text string) string {
	runes := []rune(text)
	for i, r := range runes {
		stop := (r == '。' || r == '｡') && i > 0 && !cjk(runes[i-1]) && i+1 < len(runes) && cjk(runes[i+1])
		if stop || r == '！' || r == '？' {
			runes[i] = ' '
		}
	}
	return string(runes)
}

// addressesIn are what may be addresses in a word, with what touches them taken
// off: 收件人:a@b.com的邮件. Chinese letters end a local part and a domain that are
// in Latin ones; elsewhere they are part of an internationalised address.
func addressesIn(word string) []string {
	var list []string
	for {
		before, after, found := strings.Cut(word, "@")
		if !found {
			return list
		}
		last, _ := utf8.DecodeLastRuneInString(before)
		start := strings.LastIndexFunc(before, func(r rune) bool { return beside(r) || cjk(r) && !cjk(last) })
		if start >= 0 {
			_, n := utf8.DecodeRuneInString(before[start:])
			before = before[start+n:]
		}
		end := domainEnd(after)
		list = append(list, before+"@"+strings.TrimRight(after[:end], "."))
		word = after[end:]
	}
}

// domainEnd is where the domain that text begins with ends.
func domainEnd(text string) int {
	latin := true
	for i, r := range text {
		switch {
		case beside(r):
			return i
		case cjk(r) && latin && strings.Contains(text[:i], ".") && !strings.HasSuffix(text[:i], "."):
			return i
		case cjk(r):
			latin = false
		}
	}
	return len(text)
}

// emailIDIn is the email id in a word that Chinese text may touch.
func emailIDIn(word string) (id string, ok bool) {
	message, to, addressed := strings.Cut(word, "$")
	dated := false
	for part := range strings.FieldsFuncSeq(message, func(r rune) bool { return beside(r) || cjk(r) }) {
		id = part
		if _, dated = EmailIDTime(part); dated && strings.ContainsRune(part, '_') {
			break
		}
		dated = false
	}
	if !addressed {
		return id, dated
	}
	for _, address := range addressesIn(to) {
		if wrongAddress(address) == "" && id != "" {
			return id + "$" + address, true
		}
	}
	return id + "$" + to, dated
}
