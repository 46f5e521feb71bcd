package bounce

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"bounceboard/sendcloud/mailtext"
)

// maxRead is how much of a text is looked at: a bound makes hostile input cost the same as a long reply.
const maxRead = 8 << 10

// Where a folded byte comes from. Words are matched in prose only, host patterns in names only.
const (
	inProse byte = iota
	inName       // a host name or URL: its words ("spam" in mx.spam-filter.example.com) decide nothing
	inIgnored
	inAside // what a relay wraps around a reply, or a clause of courtesy: read only when nothing else decides
)

// folded is a text made comparable: lower case, accents and full-width forms gone, traditional Chinese as simplified,
// everything that is no letter or digit a single space. Addresses, IP addresses, codes, times and long ids are left
// out, so that "user <a@b> unknown" reads "user unknown". place leads each byte back to the text.
type folded struct {
	b     []byte
	from  []byte // inProse, inName, inIgnored or inAside
	place []span32
	prose byte // how prose is marked at the moment: inProse, or inAside within a clause of courtesy
	fresh bool // a sentence or a clause begins here
}

// newFolded makes room for the longest text: reading stops at maxRead, after the token at hand.
func newFolded() folded {
	const room = 2*maxRead + 64
	return folded{b: make([]byte, 0, room), from: make([]byte, 0, room), place: make([]span32, 0, room)}
}

// read folds a text and finds its facts.
func (f *folded) read(text string, found *facts) {
	f.b, f.from, f.place = f.b[:0], f.from[:0], f.place[:0]
	text, f.prose = text[:min(len(text), maxRead)], inProse
	f.fresh = true
	*found = facts{ips: found.ips[:0], hosts: found.hosts[:0], links: found.links[:0]}
	tokens, skipTo := mailtext.NewScanner(text), 0
	for len(f.b) < maxRead {
		t, ok := tokens.Next()
		if !ok {
			break
		}
		if t.Kind < mailtext.Word && found.take(text, t) {
			f.setAside()
		}
		if t.Start >= skipTo {
			skipTo = f.token(text, t)
		}
	}
}

// setAside marks what was read so far as what a relay wrote around the reply that begins now.
func (f *folded) setAside() {
	for i, from := range f.from {
		if from == inProse {
			f.from[i] = inAside
		}
	}
}

// takeBack reads the asides too, and tells whether there are any; not where words beside a code say something.
func (f *folded) takeBack(coded bool) bool {
	any := false
	for i, from := range f.from {
		if coded && from == inProse && f.b[i] != ' ' {
			return false
		}
		if from == inAside || from == inIgnored {
			any = any || from == inAside
			f.from[i] = inProse
		}
	}
	return any
}

// idLeast is the shortest id that is left out: some shorter ones are a provider's code words.
const idLeast = 16

// token appends a token and says up to where the text is done with.
func (f *folded) token(text string, t mailtext.Token) (end int) {
	i, end, said := t.Start, t.End, text[t.Start:t.End]
	switch kind := t.Kind; kind {
	case mailtext.Word:
		f.fresh = f.fresh || said[0] < 'a' // a capital
		if f.fresh && slices.ContainsFunc(lists["courtesy begins"], func(w string) bool { return strings.EqualFold(said, w) }) {
			f.prose = inAside // If this is not spam, contact us
		}
		f.fresh = f.fresh && strings.EqualFold(said, "please")
		f.word(text, i, end)
	case mailtext.Number, mailtext.ID:
		alone := (i == 0 || text[i-1] != '[' && !inWord(text[i-1])) && // Yahoo's [299] is a name
			(end == len(text) || text[end] == '-' || !inWord(text[end]))
		code := kind == mailtext.Number && alone && len(said) == 3 && strings.IndexByte("245", said[0]) >= 0
		if code || kind == mailtext.ID && len(said) >= idLeast && strings.ContainsAny(said, "0123456789") {
			f.emit(' ', inProse, i, end)
		} else {
			f.letters(text, i, end, f.prose)
		}
	case mailtext.Host:
		if mailtext.MayBeWords(said) {
			f.letters(text, i, end, f.prose)
			break
		}
		if rest := strings.TrimPrefix(text[end:], " "); strings.HasPrefix(rest, "[") || strings.HasPrefix(rest, "said") {
			f.forget("host ")
		}
		for end < len(text) && (text[end] == '/' || end > t.End && foldASCII[text[end]] != 0) {
			end++ // its path
		}
		f.name(text, i, end)
	case mailtext.URL:
		f.name(text, i, end)
	case mailtext.IP:
		f.forget("host ")
		f.emit(' ', inProse, i, end)
	case mailtext.Sign:
		if text[i] == '<' {
			end = max(end, tagEnd(text, i))
		}
		if strings.IndexByte(".,;!?\n", text[i]) >= 0 {
			f.prose, f.fresh = inProse, true
		}
		if text[i] != '\'' || !contraction(text, i) { // doesn't reads doesnt
			f.emit(' ', inProse, i, end)
		}
	default:
		f.emit(' ', inProse, i, end)
	}
	return end
}

// tagEnd is the end of the <address> or <tag> at i, 0 for none: links and longer passages are read.
func tagEnd(text string, i int) int {
	inside := text[i+1 : min(len(text), i+257)]
	n := strings.IndexFunc(inside, func(r rune) bool { return r == '>' || r <= ' ' || r >= utf8.RuneSelf })
	if n < 0 || inside[n] != '>' || strings.Contains(inside[:n], "://") {
		return 0
	}
	return i + n + 2
}

func (f *folded) emit(c, from byte, start, end int) {
	if c == ' ' && (len(f.b) == 0 || f.b[len(f.b)-1] == ' ') {
		return
	}
	f.b = append(f.b, c)
	f.from = append(f.from, from)
	f.place = append(f.place, span32{int32(start), int32(end)})
}

// forget marks a word just read as deciding nothing: the "host" that a relay writes before a server's name.
func (f *folded) forget(word string) {
	before, is := bytes.CutSuffix(f.b, []byte(word))
	for i := len(before); is && (len(before) == 0 || before[len(before)-1] == ' ') && i < len(f.b); i++ {
		f.from[i] = inIgnored
	}
}

// name emits a host name or a link.
func (f *folded) name(text string, i, end int) {
	f.emit(' ', inProse, i, i)
	f.letters(text, i, end, inName)
	f.emit(' ', inProse, end, end)
}

// letters emits ASCII, signs as blanks. It writes into the room that newFolded made, without asking for more.
func (f *folded) letters(text string, i, end int, from byte) {
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
		n++
	}
	f.b, f.from, f.place = b[:n], marks[:n], places[:n]
}

// word emits the word text[i:end], in whatever script.
func (f *folded) word(text string, i, end int) {
	if text[i] < utf8.RuneSelf {
		f.letters(text, i, end, f.prose)
		return
	}
	for i < end {
		r, n := utf8.DecodeRuneInString(text[i:end])
		switch {
		case r == '，' || r == '。' || r == '；' || r == '！':
			f.prose = inProse
		case strings.ContainsRune("如若请避以", r) &&
			slices.ContainsFunc(lists["courtesy"], func(w string) bool { return strings.HasPrefix(text[i:end], w) }):
			f.prose = inAside
		}
		f.rune(r, f.prose, i, i+n)
		i += n
	}
}

// rune emits a character as foldRune has it.
func (f *folded) rune(r rune, from byte, start, end int) {
	if r = foldRune(r); r == 0 {
		return
	}
	var buf [utf8.UTFMax]byte
	for _, b := range buf[:utf8.EncodeRune(buf[:], r)] {
		f.emit(b, from, start, end)
	}
}

// contraction tells the apostrophe of don't, user's, we're from one that opens a quotation.
func contraction(s string, at int) bool {
	n := 0
	for rest := s[at+1:]; n < len(rest) && n < 3 && foldASCII[rest[n]] >= 'a'; {
		n++
	}
	return (n == 1 || n == 2) && at > 0 && foldASCII[s[at-1]] >= 'a' && s[at-1]&0x20 == s[at+1]&0x20 // b'DT:SPM is Python
}

// foldASCII maps letters and digits to lower case, the rest to 0.
var foldASCII = func() (fold [256]byte) {
	for c := byte('0'); c <= '9'; c++ {
		fold[c] = c
	}
	for c := byte('a'); c <= 'z'; c++ {
		fold[c], fold[c-32] = c, c
	}
	return fold
}()

// inWord tells bytes that make one word with their neighbours, signs included.
func inWord(c byte) bool { return foldASCII[c] != 0 || strings.IndexByte("._@+=/-%~*", c) >= 0 }

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// foldRune maps a character; 0 leaves it out.
func foldRune(r rune) rune {
	if r < utf8.RuneSelf {
		return rune(max(foldASCII[r], ' '))
	}
	if r < 0x530 || r >= 0x4E00 && r <= 0x9FFF {
		if to, ok := letters[r]; ok {
			return to
		}
	}
	switch {
	case r >= 0x4E00 && r <= 0x9FFF:
		return r
	case r == 0x2019 || r == 0x00AD || r >= 0x200B && r <= 0x200F || r == 0xFEFF || r >= 0x300 && r < 0x370:
		return 0 // apostrophes, soft hyphens, invisible characters, combining accents
	case r >= 0xFF01 && r <= 0xFF5E: // full-width ASCII
		return rune(max(foldASCII[byte(mailtext.HalfWidth(r))], ' '))
	case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r):
		return unicode.ToLower(r)
	}
	return ' '
}

// letters leads from letters with accents to those without, and from traditional characters to simplified ones.
var letters = func() map[rune]rune {
	m := map[rune]rune{}
	for _, alike := range lists["letters"] {
		to, n := utf8.DecodeRuneInString(alike)
		for _, r := range alike[n:] {
			m[r] = to
		}
	}
	return m
}()

// foldedString folds a phrase of a rule: the same rules, so that phrase and text always fit.
func foldedString(phrase string) string {
	var f folded
	for i, r := range phrase {
		if r != '\'' || !contraction(phrase, i) {
			f.rune(r, inProse, i, i)
		}
	}
	return strings.TrimRight(string(f.b), " ")
}
