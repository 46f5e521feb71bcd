package bounce

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxRead is how much of a text is looked at. Replies are a few hundred bytes; what decides stands
// at the front, and a bound makes hostile input cost the same as a long reply.
const maxRead = 8 << 10

// Where a folded byte comes from. Words are matched in prose only, host patterns in names only.
const (
	inProse byte = iota
	inName       // a host name or URL: its words ("spam" in mx.spam-filter.example.com) decide nothing
	inIgnored
)

// folded is a text made comparable: lower case, accents and full-width forms gone, traditional
// Chinese as simplified, everything that is no letter or digit a single space. Addresses, IP
// addresses, status codes and encoded noise are left out, so that "user <a@b> unknown" reads
// "user unknown". place leads each byte back to the original.
type folded struct {
	b       []byte
	from    []byte // inProse, inName or inIgnored
	place   []span32
	tried   int // up to here no Chinese was misread
	keep    bool
	inners  []inner // what was decoded, with keep
	decoded [3 * maxRead / 4]byte
}

// inner is a part of the original and what it reads.
type inner struct {
	source
	text string
}

// newFolded makes room for the longest text: reading stops at maxRead, after the word at hand.
func newFolded() folded {
	const room = 2*maxRead + 64
	return folded{b: make([]byte, 0, room), from: make([]byte, 0, room), place: make([]span32, 0, room)}
}

func (f *folded) reset() {
	f.b, f.from, f.place, f.tried = f.b[:0], f.from[:0], f.place[:0], 0
}

func (f *folded) emit(c, from byte, start, end int) {
	if c == ' ' && (len(f.b) == 0 || f.b[len(f.b)-1] == ' ') {
		return
	}
	f.b = append(f.b, c)
	f.from = append(f.from, from)
	f.place = append(f.place, span32{int32(start), int32(end)})
}

// source says which bytes of the original a decoded text stands for; nil means itself.
type source struct{ start, end int }

// fold appends text. A decoded text points as a whole to where it came from.
func (f *folded) fold(text string, whole *source) {
	if len(text) > maxRead {
		text = text[:maxRead]
	}
	for i := 0; i < len(text) && len(f.b) < maxRead; {
		n := f.token(text, i, whole)
		if n == 0 {
			n = f.one(text, i, whole)
		}
		i += n
	}
}

// token handles what is more than a word at text[i:] and says how many bytes it took: 0 for none.
func (f *folded) token(text string, i int, whole *source) int {
	c := text[i]
	switch {
	case c == '<':
		return f.angle(text, i, whole)
	case c == '=' && strings.HasPrefix(text[i:], "=?"):
		return f.encodedWord(text, i, whole)
	case !atomByte[c] || i > 0 && atomByte[text[i-1]]:
		return 0
	}
	if n := urlLength(text[i:]); n > 0 {
		f.run(text, i, i+n, inName, whole)
		return n
	}
	end, shape := i+1, shapeOf[c]
	for end < len(text) && atomByte[text[end]] {
		shape |= shapeOf[text[end]]
		end++
	}
	atom := text[i:end]
	if shape&(hasDot|hasAt|hasDigit|hasPercent) == 0 && len(atom) < base64Least { // an ordinary word
		f.letters(text, i, end, inProse, whole)
		return len(atom)
	}
	switch {
	case shape&hasPercent != 0 && percentEncoded(atom):
		f.percent(text, i, end, whole)
	case shape&hasAt != 0 && !strings.HasPrefix(atom, "--"):
		f.emit(' ', inProse, i, end)
	case shape&hasDigit != 0 && codeLength(atom) == len(atom) && (i == 0 || text[i-1] != '['): // Yahoo's [299] is a name
		f.emit(' ', inProse, i, end)
	case shape&hasDigit != 0 && len(atom) > 4 && codeLength(atom) == 4: // 554-mx.example.com
		f.emit(' ', inProse, i, i+4)
		return 4
	case shape&hasDigit != 0 && len(atom) > 6 && letterRun(atom[3:]) >= 4 && isReplyCode(text, i): // 552Message
		f.emit(' ', inProse, i, i+3)
		return 3
	case shape&hasDot != 0 && isIPv4(atom):
		f.forget("host ")
		f.emit(' ', inProse, i, end)
	case shape&hasDot != 0 && isHost(atom):
		if rest := text[end:]; strings.HasPrefix(rest, "[") || strings.HasPrefix(rest, " [") || strings.HasPrefix(rest, " said") {
			f.forget("host ")
		}
		f.run(text, i, end, inName, whole)
	case len(atom) >= base64Least && shape&(hasDigit|hasUpper) != 0 && shape&hasDot == 0:
		return f.base64(text, i, end, whole)
	default:
		return 0
	}
	return end - i
}

// angle leaves out <address> and <tag>; links and longer passages in angle brackets are read.
func (f *folded) angle(text string, i int, whole *source) int {
	for j := i + 1; j < len(text) && j-i <= 256; j++ {
		switch c := text[j]; {
		case c == '>':
			f.emit(' ', inProse, i, j+1)
			return j + 1 - i
		case c <= ' ' || c >= utf8.RuneSelf:
			return 0
		case c == ':' && strings.HasPrefix(text[j:], "://"):
			return 0
		}
	}
	return 0
}

// forget marks a word just read as deciding nothing: the "host" a relay writes before a server's
// name says nothing about the recipient's host.
func (f *folded) forget(word string) {
	at := len(f.b) - len(word)
	if at < 0 || string(f.b[at:]) != word || at > 0 && f.b[at-1] != ' ' {
		return
	}
	for i := at; i < len(f.from); i++ {
		f.from[i] = inIgnored
	}
}

// run emits text[i:end] letter by letter, marked with from.
func (f *folded) run(text string, i, end int, from byte, whole *source) {
	f.emit(' ', inProse, i, i)
	f.letters(text, i, end, from, whole)
	f.emit(' ', inProse, end, end)
}

// letters emits ASCII as it stands; what is no letter or digit becomes a blank. It writes into the
// room that newFolded made, without asking for more.
func (f *folded) letters(text string, i, end int, from byte, whole *source) {
	n := len(f.b)
	b, marks, places := f.b[:cap(f.b)], f.from[:cap(f.b)], f.place[:cap(f.b)]
	for ; i < end; i++ {
		c := foldASCII[text[i]]
		if c == 0 {
			if n == 0 || b[n-1] == ' ' {
				continue
			}
			c = ' '
		}
		b[n], marks[n], places[n] = c, from, span32{int32(i), int32(i + 1)}
		if whole != nil {
			places[n] = span32{int32(whole.start), int32(whole.end)}
		}
		n++
	}
	f.b, f.from, f.place = b[:n], marks[:n], places[:n]
}

// one emits the character at text[i] and returns its length.
func (f *folded) one(text string, i int, whole *source) int {
	c := text[i]
	if c == '&' {
		if n := entityLength(text[i:]); n > 0 {
			if !strings.HasPrefix(text[i:], "&#39;") && !strings.HasPrefix(text[i:], "&apos;") {
				f.emit(' ', inProse, i, i+n)
			}
			return n
		}
	}
	if c < utf8.RuneSelf {
		switch b := foldASCII[c]; {
		case b != 0:
			s, e := place(i, i+1, whole)
			f.emit(b, inProse, s, e)
		case c != '\'' || !contraction(text, i): // doesn't reads doesnt
			f.emit(' ', inProse, i, i+1)
		}
		return 1
	}
	r, n := utf8.DecodeRuneInString(text[i:])
	if whole == nil && i >= f.tried && (r <= 0xFF || r == utf8.RuneError) {
		chinese, length := misread(text, i)
		if f.tried = i + length; chinese != "" {
			f.inner(copy(f.decoded[:], chinese), i, i+length, nil)
			return length
		}
	}
	f.letter(r, i, i+n, whole)
	return n
}

func (f *folded) letter(r rune, i, end int, whole *source) {
	r = foldRune(r)
	if r == 0 {
		return
	}
	s, e := place(i, end, whole)
	if r < utf8.RuneSelf {
		f.emit(byte(r), inProse, s, e)
		return
	}
	var buf [utf8.UTFMax]byte
	for _, b := range buf[:utf8.EncodeRune(buf[:], r)] {
		f.emit(b, inProse, s, e)
	}
}

func place(start, end int, whole *source) (int, int) {
	if whole != nil {
		return whole.start, whole.end
	}
	return start, end
}

// contraction tells the apostrophe of don't, user's, we're from one that opens a quotation.
func contraction(s string, at int) bool {
	n := 0
	for rest := s[at+1:]; n < len(rest) && n < 3 && foldASCII[rest[n]] >= 'a'; {
		n++
	}
	return (n == 1 || n == 2) && at > 0 && foldASCII[s[at-1]] >= 'a' && s[at-1]&0x20 == s[at+1]&0x20 // b'DT:SPM is Python
}

// foldRune maps a character that is not ASCII; 0 leaves it out.
func foldRune(r rune) rune {
	switch {
	case r >= 0xC0 && r < 0x180:
		return rune(latin[r-0xC0])
	case r == 0x2019 || r == 0x00AD || r >= 0x200B && r <= 0x200F || r == 0xFEFF || r >= 0x300 && r < 0x370:
		return 0 // apostrophes, soft hyphens, invisible characters, combining accents
	case r >= 0xFF01 && r <= 0xFF5E: // full-width ASCII
		if b := foldASCII[byte(r-0xFEE0)]; b != 0 {
			return rune(b)
		}
		return ' '
	case r >= 0x4E00 && r <= 0x9FFF:
		if s, ok := simplified[r]; ok {
			return s
		}
		return r
	case r >= 0x400 && r < 0x530:
		if r == 'ё' || r == 'Ё' {
			return 'е'
		}
		return unicode.ToLower(r)
	case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r):
		return unicode.ToLower(r)
	}
	return ' '
}

// foldedString folds a phrase of a rule: the same rules, so that phrase and text always fit.
func foldedString(phrase string) string {
	var b strings.Builder
	for i, r := range phrase {
		if r < utf8.RuneSelf {
			if c := foldASCII[byte(r)]; c != 0 {
				r = rune(c)
			} else if r == '\'' && contraction(phrase, i) {
				continue
			} else {
				r = ' '
			}
		} else if r = foldRune(r); r == 0 {
			continue
		}
		if r == ' ' && (b.Len() == 0 || strings.HasSuffix(b.String(), " ")) {
			continue
		}
		b.WriteRune(r)
	}
	return strings.TrimRight(b.String(), " ")
}
