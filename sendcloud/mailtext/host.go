package mailtext

import (
	"net/netip"
	"regexp"
	"strings"
)

// inner are the signs that do not end a chunk.
const inner = "._-+/=%*~@$"

const (
	clsDigit = 1 << iota
	clsLower
	clsUpper
	clsInner
	clsHex
)

var class = func() (c [256]uint8) {
	for b := '0'; b <= '9'; b++ {
		c[b] = clsDigit | clsHex
	}
	for b := 'a'; b <= 'z'; b++ {
		c[b], c[b-32] = clsLower, clsUpper
	}
	for b := 'a'; b <= 'f'; b++ {
		c[b] |= clsHex
		c[b-32] |= clsHex
	}
	for _, b := range inner {
		c[b] = clsInner
	}
	return
}()

func isAlnum(c byte) bool  { return class[c]&(clsDigit|clsLower|clsUpper) != 0 }
func isLetter(c byte) bool { return class[c]&(clsLower|clsUpper) != 0 }
func isDigit(c byte) bool  { return class[c]&clsDigit != 0 }

// chunkEnd is the end of the run of letters, digits and inner signs at i, or just over maxChunk bytes
// from it, and which classes of bytes are in it.
func chunkEnd(t string, i int) (end int, classes uint8) {
	for last := min(len(t), i+maxChunk+1); i < last && class[t[i]] != 0; i++ {
		classes |= class[t[i]]
	}
	return i, classes
}

// trimSigns cuts the signs that end a sentence or close a quotation.
func trimSigns(c string) string {
	for len(c) > 1 && !isAlnum(c[len(c)-1]) {
		c = c[:len(c)-1]
	}
	return c
}

// keyStart is a key with its sign; the = that pads base64 is no key's.
var keyStart = regexp.MustCompile(`^[A-Za-z][A-Za-z_.-]{0,23}=[^=]`)

// keyLen is the length of a leading `key=`, 0 when there is none.
func keyLen(c string) int {
	k := strings.IndexByte(c, '=')
	if k <= 0 || !keyStart.MatchString(c) || looksRandom(c[:k]) {
		return 0
	}
	return k + 1
}

// addressEnd is the end of the address that c begins with, 0 for none. Masked ones (us***@example.com) count.
func addressEnd(c string) int {
	at := strings.IndexByte(c, '@')
	if at <= 0 || at+1 >= len(c) || !isAlnum(c[at+1]) && c[at+1] != '*' {
		return 0
	}
	if strings.IndexByte(c[:at], '/') >= 0 && isHost(c[:strings.IndexByte(c, '/')]) {
		return 0
	}
	end := at + 1
	for end < len(c) && (isAlnum(c[end]) || c[end] == '.' || c[end] == '-' || c[end] == '*' || c[end] == '_') {
		end++
	}
	return len(trimSigns(c[:end]))
}

// linkStart is how a link begins.
var linkStart = regexp.MustCompile(`^(?i)(https?://|www\.)`)

// urlEnd is the end of the link that begins at i, 0 when none does.
func urlEnd(t string, i int) int {
	if glued(t, i) || !linkStart.MatchString(t[i:min(len(t), i+8)]) {
		return 0
	}
	inLink := func(j int) bool { return j < len(t) && t[j] > ' ' && t[j] < 0x7f }
	j := i
	for inLink(j) && strings.IndexByte("<>\")]}\\|", t[j]) < 0 && (t[j] != ',' && t[j] != ';' || inLink(j+1)) {
		j++
	}
	return i + len(strings.TrimRight(t[i:j], ".,;:!?'"))
}

// ipv6End is the end of the IPv6 address at i, 0 when there is none.
func ipv6End(t string, i int) int {
	j, colons := i, 0
	for j < len(t) && j-i <= 45 && (class[t[j]]&clsHex != 0 || t[j] == ':' || t[j] == '.') {
		if t[j] == ':' {
			colons++
		}
		j++
	}
	for j > i && (t[j-1] == '.' || t[j-1] == ':' && (j < i+2 || t[j-2] != ':')) {
		j--
	}
	if colons < 2 || j-i < 3 || j < len(t) && isAlnum(t[j]) {
		return 0
	}
	if addr, err := netip.ParseAddr(t[i:j]); err != nil || !addr.Is6() {
		return 0
	}
	return j
}

// groups is how many groups of one to three digits c is, with dots between them; 0 where it is anything else.
func groups(c string) int {
	n, run := 1, 0
	for i := 0; i < len(c); i++ {
		switch {
		case isDigit(c[i]) && run < 3:
			run++
		case c[i] == '.' && run > 0:
			n++
			run = 0
		default:
			return 0
		}
	}
	if run == 0 {
		return 0
	}
	return n
}

// endings make a name of letters and one dot a host; a name with a digit, a hyphen or two dots needs none.
var endings, sentenceBeginnings = Set(lists["endings"]), Set(lists["sentence beginnings"])

// isHost accepts names with at least two labels of which the last is letters in one case.
func isHost(c string) bool {
	dot := strings.LastIndexByte(c, '.')
	if dot <= 0 || len(c)-dot < 3 || len(c)-dot > 19 || !isAlnum(c[0]) && c[0] != '_' {
		return false
	}
	name, last := c[:dot], c[dot+1:]
	upper := class[last[0]]&clsUpper != 0
	for i := range len(last) {
		if !isLetter(last[i]) || (class[last[i]]&clsUpper != 0) != upper {
			return false
		}
	}
	if strings.ContainsAny(name, "+/=%*~@$") || strings.Contains(c, "..") || strings.Contains(c, "-.") || strings.Contains(c, ".-") {
		return false
	}
	plain := !strings.ContainsAny(name, "0123456789-_.") // letters and one dot
	return endings[strings.ToLower(last)] || len(last) == 2 && !(plain && upper) || !plain && !upper && len(last) <= 6
}

// MayBeWords tells a host name that may as well end one sentence and begin the next: "rejected.no".
func MayBeWords(host string) bool {
	name, last, _ := strings.Cut(host, ".")
	return sentenceBeginnings[last] && strings.IndexByte(name, '-') < 0
}
