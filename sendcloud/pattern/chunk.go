package pattern

import (
	"net/netip"
	"strings"
)

const (
	clsDigit = 1 << iota
	clsLower
	clsUpper
	clsInner // a sign that does not end a chunk
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
	for _, b := range "._-+/=%*~@$" {
		c[b] = clsInner
	}
	return
}()

func isAlnum(c byte) bool  { return class[c]&(clsDigit|clsLower|clsUpper) != 0 }
func isLetter(c byte) bool { return class[c]&(clsLower|clsUpper) != 0 }
func isDigit(c byte) bool  { return class[c]&clsDigit != 0 }

// chunkEnd is the end of the run of letters, digits and inner signs at i, or
// just over maxChunk bytes from it.
func chunkEnd(t string, i int) int {
	for end := min(len(t), i+maxChunk+1); i < end && class[t[i]] != 0; {
		i++
	}
	return i
}

// trimSigns cuts the signs that end a sentence or close a quotation.
func trimSigns(c string) string {
	for len(c) > 1 && !isAlnum(c[len(c)-1]) {
		c = c[:len(c)-1]
	}
	return c
}

// keyLen is the length of a leading `key=`, 0 when there is none. The `=` that
// pads base64 is no key's.
func keyLen(c string) int {
	k := 0
	for k < len(c) && (isLetter(c[k]) || k > 0 && (c[k] == '_' || c[k] == '-' || c[k] == '.')) {
		k++
	}
	if k == 0 || k > 24 || k+1 >= len(c) || c[k] != '=' || c[k+1] == '=' || looksRandom(c[:k]) {
		return 0
	}
	return k + 1
}

// addressEnd is the end of the address that c begins with, 0 when it does not.
// Masked addresses (`us***@example.com`) count.
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

// urlEnd is the end of the link that begins at i, 0 when none does.
func urlEnd(t string, i int) int {
	rest := t[i:]
	switch {
	case glued(t, i):
		return 0
	case hasFold(rest, "http://"), hasFold(rest, "https://"), hasFold(rest, "www."):
	default:
		return 0
	}
	j := i
	for j < len(t) && t[j] > ' ' && t[j] < 0x7f {
		switch t[j] {
		case '<', '>', '"', ')', ']', '}', '\\', '|':
			return i + len(trimURL(t[i:j]))
		case ',', ';':
			if j+1 == len(t) || t[j+1] <= ' ' || t[j+1] >= 0x7f {
				return i + len(trimURL(t[i:j]))
			}
		}
		j++
	}
	return i + len(trimURL(t[i:j]))
}

func trimURL(u string) string { return strings.TrimRight(u, ".,;:!?'") }

// hasFold says whether t begins with lower, in either case.
func hasFold(t, lower string) bool {
	if len(t) < len(lower) || t[0]|0x20 != lower[0] {
		return false
	}
	return strings.EqualFold(t[:len(lower)], lower)
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

// isIPv4 accepts four groups of one to three digits.
func isIPv4(c string) bool { return groups(c) == 4 }

// isEnhancedCode accepts x.y.z with x 2, 4 or 5 (RFC 3463, section 2).
func isEnhancedCode(c string) bool {
	return len(c) > 1 && (c[0] == '2' || c[0] == '4' || c[0] == '5') && c[1] == '.' && groups(c) == 3
}

// groups is how many groups of one to three digits c is, with dots between
// them; 0 where it is anything else.
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

// isDecimal accepts digits with dots between them.
func isDecimal(c string) bool {
	for i := 0; i < len(c); i++ {
		if !isDigit(c[i]) && (c[i] != '.' || i == 0 || !isDigit(c[i-1])) {
			return false
		}
	}
	return len(c) > 0
}

// thousandsEnd is the end of a number at [i, end) with the commas between its
// thousands.
func thousandsEnd(t string, i, end int) int {
	if end-i > 3 {
		return end
	}
	for len(t)-end >= 4 && t[end] == ',' && digitsEnd(t, end+1, 3, 3) > 0 {
		end += 4
	}
	return end
}

// isCode says whether the three digits at i are an SMTP reply code rather than
// a count: they begin the reply, follow a sign, or stand before an enhanced
// code. before is the pattern so far.
func isCode(t string, i int, before []byte) bool {
	if len(t)-i < 3 || t[i] != '2' && t[i] != '4' && t[i] != '5' || t[i+1] > '7' || !isDigit(t[i+1]) || !isDigit(t[i+2]) || glued(t, i) {
		return false
	}
	if len(t)-i > 3 {
		switch c := t[i+3]; {
		case class[c] != 0 && c != '-', c == ':', c == ',' && len(t)-i > 4 && isDigit(t[i+4]):
			return false
		}
	}
	if len(t)-i > 8 && (t[i+3] == ' ' || t[i+3] == '-') && isEnhancedCode(trimSigns(t[i+4:min(chunkEnd(t, i+4), i+14)])) {
		return true
	}
	if len(t)-i > 3 && t[i+3] == '-' && len(before) > 2 && string(before[:3]) == t[i:i+3] {
		return true // a line of a reply of many lines
	}
	n := len(before)
	if n > 1 && before[n-1] == ':' && strings.IndexByte("])}", before[n-2]) >= 0 {
		return false // a port
	}
	if n > 0 && before[n-1] == ' ' {
		n--
	}
	return n == 0 || strings.IndexByte(":>()'\"]\x9a", before[n-1]) >= 0
}
