package bounce

import (
	"encoding/base64"
	"strings"
	"unicode"
	"unicode/utf8"
)

// What bytes an atom (a run without blanks and brackets) holds.
const (
	hasDot = 1 << iota
	hasAt
	hasDigit
	hasUpper
	hasPercent
)

// base64Least is the shortest run that is taken for base64: "5pS25Lu25Lq6" would be three
// Chinese characters, too short to be told from an id.
const base64Least = 16

var (
	foldASCII [256]byte // letters and digits, lower case; 0 for the rest
	atomByte  [256]bool
	shapeOf   [256]uint8
)

func init() {
	for c := byte('0'); c <= '9'; c++ {
		foldASCII[c], shapeOf[c] = c, hasDigit
	}
	for c := byte('a'); c <= 'z'; c++ {
		foldASCII[c], foldASCII[c-32] = c, c
		shapeOf[c-32] = hasUpper
	}
	for c := range foldASCII {
		atomByte[c] = foldASCII[c] != 0
	}
	for _, c := range "._@+=/-%~*" {
		atomByte[c] = true
	}
	shapeOf['.'], shapeOf['@'], shapeOf['%'] = hasDot, hasAt, hasPercent
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// codeLength is the length of a reply code or an enhanced status code at the start of atom, the
// hyphen that continues a multi-line reply included: "550", "550-", "550-5.7.1", "5.7.1".
func codeLength(atom string) int {
	if n := enhancedLength(atom); n > 0 {
		return n
	}
	if len(atom) < 3 || atom[0] != '2' && atom[0] != '4' && atom[0] != '5' || !isDigit(atom[1]) || !isDigit(atom[2]) {
		return 0
	}
	if len(atom) == 3 {
		return 3
	}
	if atom[3] != '-' {
		return 0
	}
	return 4 + enhancedLength(atom[4:])
}

// letterRun counts the letters at the start of s, up to four.
func letterRun(s string) int {
	n := 0
	for n < len(s) && n < 4 && (s[n]|0x20) >= 'a' && (s[n]|0x20) <= 'z' {
		n++
	}
	return n
}

// enhancedLength is the length of an enhanced status code at the start of s (RFC 3463: class 2, 4
// or 5, subject 0 … 7, detail up to three digits), 0 where there is none.
func enhancedLength(s string) int {
	if len(s) < 5 || (s[0] != '2' && s[0] != '4' && s[0] != '5') || s[1] != '.' || s[2] < '0' || s[2] > '7' || s[3] != '.' || !isDigit(s[4]) {
		return 0
	}
	n := 5
	for n < len(s) && isDigit(s[n]) {
		n++
	}
	if n > 7 || n < len(s) && s[n] == '.' && n+1 < len(s) && isDigit(s[n+1]) { // 5.1.1.4 is something else
		return 0
	}
	return n
}

func isIPv4(s string) bool {
	parts, value, digits := 0, 0, 0
	for i := 0; i <= len(s); i++ {
		if i < len(s) && isDigit(s[i]) {
			value = value*10 + int(s[i]-'0')
			if digits++; digits > 3 || value > 255 {
				return false
			}
			continue
		}
		if digits == 0 || i < len(s) && s[i] != '.' {
			return i == len(s) && parts == 4 // a full stop may follow
		}
		parts, value, digits = parts+1, 0, 0
		if parts > 4 {
			return false
		}
	}
	return parts == 4
}

// longTLDs are the names with more than two letters that hosts in replies end in; test names included.
var longTLDs = func() map[string]bool {
	m := map[string]bool{}
	for _, s := range strings.Fields(`com net org edu gov mil int info biz name asia mobi email cloud online top xyz site club
		vip wang shop app dev tech pro systems services support network local localdomain lan home internal test example
		invalid arpa corp zap press news live store ink`) {
		m[s] = true
	}
	return m
}()

// wordTLDs are two-letter domains that are words too: "rejected.No" is no host.
const wordTLDs = " no is it to in at so as be by my me us do am pl "

// isHost tells a host name, perhaps with a path, from words with dots such as RESOLVER.ADR.NotFound.
func isHost(atom string) bool {
	host, path, _ := strings.Cut(atom, "/")
	host = strings.TrimRight(host, ".-_=")
	dot := strings.LastIndexByte(host, '.')
	if dot <= 0 || len(host)-dot-1 < 2 || len(host)-dot-1 > 11 || host[0] == '.' {
		return false
	}
	var buf [11]byte
	tld := buf[:copy(buf[:], host[dot+1:])]
	for i, c := range tld {
		if tld[i] = foldASCII[c]; tld[i] < 'a' {
			return false
		}
	}
	if len(tld) > 2 {
		return longTLDs[string(tld)]
	}
	if path == "" && strings.IndexByte(host, '.') == dot && strings.Contains(wordTLDs, string([]byte{' ', tld[0], tld[1], ' '})) {
		return host[dot+1] >= 'a' && host[0] >= 'a' && strings.IndexByte(host, '-') >= 0
	}
	return true
}

// urlLength is the length of the link at the start of s, without what closes a sentence.
func urlLength(s string) int {
	if len(s) < 8 || s[0]|0x20 != 'h' || !strings.EqualFold(s[:4], "http") {
		return 0
	}
	n := 4
	if s[n]|0x20 == 's' {
		n++
	}
	if !strings.HasPrefix(s[n:], "://") {
		return 0
	}
	for n < len(s) && s[n] > ' ' && s[n] < 0x7F && strings.IndexByte("\"'<>()[]{}|\\^`", s[n]) < 0 {
		n++
	}
	for n > 0 && strings.IndexByte(".,;:!?", s[n-1]) >= 0 {
		n--
	}
	return n
}

func entityLength(s string) int {
	end := strings.IndexByte(s[:min(len(s), 8)], ';')
	if end < 2 {
		return 0
	}
	switch s[1:end] {
	case "amp", "lt", "gt", "quot", "apos", "nbsp", "#39", "#34", "#60", "#62", "#38", "#160", "#x27", "#x22":
		return end + 1
	}
	return 0
}

func unhex(c byte) int {
	switch {
	case isDigit(c):
		return int(c - '0')
	case c|0x20 >= 'a' && c|0x20 <= 'f':
		return int(c|0x20-'a') + 10
	}
	return -1
}

func hexByte(s string) (byte, bool) {
	if len(s) < 3 || s[0] != '%' || unhex(s[1]) < 0 || unhex(s[2]) < 0 {
		return 0, false
	}
	return byte(unhex(s[1])<<4 | unhex(s[2])), true
}

// percentEncoded asks for an encoded blank or two encoded bytes: "90%" is a number.
func percentEncoded(atom string) bool {
	n := 0
	for i := range len(atom) {
		if c, ok := hexByte(atom[i:]); ok {
			if n++; c == ' ' || n == 2 {
				return true
			}
		}
	}
	return false
}

func (f *folded) percent(text string, i, end int, whole *source) {
	n := 0
	for j := i; j < end; n++ {
		if c, ok := hexByte(text[j:end]); ok {
			f.decoded[n], j = c, j+3
		} else {
			f.decoded[n], j = text[j], j+1
		}
	}
	f.inner(n, i, end, whole)
}

// base64 reads a run that decodes to text, in the place of that text; what does not is noise (QQ's
// tokens, queue ids) and left out.
func (f *folded) base64(text string, i, end int, whole *source) int {
	atom := strings.TrimRight(text[i:end], "=")
	if whole != nil || strings.ContainsAny(atom, "-_@%~*=") {
		return 0
	}
	n, err := base64.RawStdEncoding.Decode(f.decoded[:], []byte(atom)[:min(len(atom), len(f.decoded))])
	if err == nil && readable(f.decoded[:n]) {
		f.inner(n, i, end, whole)
		return end - i
	}
	if !noisy(atom) {
		return 0
	}
	f.emit(' ', inProse, i, end)
	return end - i
}

// noisy tells a random run from a long word or a path: letters of both cases or digits, well mixed.
func noisy(atom string) bool {
	digits, upper, lower := 0, 0, 0
	for i := range len(atom) {
		switch c := atom[i]; {
		case isDigit(c):
			digits++
		case c >= 'A' && c <= 'Z':
			upper++
		case c >= 'a' && c <= 'z':
			lower++
		}
	}
	return digits > 0 && upper+lower > 0 && (upper > 1 && lower > 1 || digits > 4)
}

// readable asks for valid UTF-8 with a blank or a Chinese character and no control characters.
func readable(b []byte) bool {
	words, letters := false, 0
	for i := 0; i < len(b); {
		r, n := utf8.DecodeRune(b[i:])
		switch {
		case r == utf8.RuneError && n <= 1, r < ' ' && r != '\n' && r != '\r' && r != '\t', r == 0x7F:
			return false
		case r == ' ' || r >= 0x4E00 && r <= 0x9FFF:
			words = true
		case unicode.IsLetter(r):
			letters++
		}
		i += n
	}
	return words && (letters > 4 || len(b) >= 9)
}

// encodedWord reads =?utf-8?B?…?= and =?gb2312?Q?…?= (RFC 2047).
func (f *folded) encodedWord(text string, i int, whole *source) int {
	const limit = 1024
	rest := text[i:min(len(text), i+limit)]
	parts := strings.SplitN(rest[2:], "?", 4)
	if whole != nil || len(parts) < 4 || !strings.HasPrefix(parts[3], "=") {
		return 0
	}
	charset, known := decoderOf(parts[0])
	if !known {
		return 0
	}
	n := 0
	switch parts[1] {
	case "B", "b":
		var err error
		if n, err = base64.StdEncoding.Decode(f.decoded[:], []byte(parts[2])); err != nil {
			return 0
		}
	case "Q", "q":
		for j := 0; j < len(parts[2]); n++ {
			c := parts[2][j]
			if c == '=' && j+2 < len(parts[2]) && unhex(parts[2][j+1]) >= 0 && unhex(parts[2][j+2]) >= 0 {
				c, j = byte(unhex(parts[2][j+1])<<4|unhex(parts[2][j+2])), j+2
			} else if c == '_' {
				c = ' '
			}
			f.decoded[n], j = c, j+1
		}
	default:
		return 0
	}
	if charset != nil {
		read, err := charset.NewDecoder().Bytes(f.decoded[:n])
		if err != nil {
			return 0
		}
		n = copy(f.decoded[:], read)
	}
	length := 2 + len(parts[0]) + 1 + len(parts[1]) + 1 + len(parts[2]) + 2
	f.inner(n, i, i+length, whole)
	return length
}

// inner folds f.decoded[:n] in the place of text[i:end]. One level only: what is decoded is not
// decoded again.
func (f *folded) inner(n, i, end int, whole *source) {
	if whole == nil {
		whole = &source{i, end}
	}
	text := string(f.decoded[:n])
	if f.keep {
		f.inners = append(f.inners, inner{source{i, end}, text})
	}
	f.emit(' ', inProse, i, i)
	for j := 0; j < len(text) && len(f.b) < maxRead; {
		j += f.one(text, j, whole)
	}
	f.emit(' ', inProse, end, end)
}
