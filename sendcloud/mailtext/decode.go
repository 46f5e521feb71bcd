package mailtext

import (
	"bytes"
	"encoding/base64"
	"html"
	"io"
	"mime"
	"net/url"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/htmlindex"
)

// Text is a reply as it reads: its character set is UTF-8, and what was encoded is decoded.
type Text struct {
	String string
	from   []int // where in the original each byte of String stands, and where it ends; nil where the two are the same
}

// Encoded tells whether the text differs from the original.
func (t Text) Encoded() bool { return t.from != nil }

// Original says which bytes of the original bytes [start, end) of the text are. What is decoded as a whole
// stands for all of what it was decoded from.
func (t Text) Original(start, end int) (int, int) {
	if t.from == nil {
		return start, end
	}
	for end > 0 && end < len(t.String) && t.from[end] == t.from[end-1] {
		end++
	}
	return t.from[start], t.from[end]
}

// reading is a text that is decoded piece by piece, and where in the original each of its bytes stands.
type reading struct {
	b    []byte
	from []int
}

// add appends what was decoded from the bytes at a place of the original.
func (r *reading) add(decoded string, at int) {
	r.b = append(r.b, decoded...)
	for range len(decoded) {
		r.from = append(r.from, at)
	}
}

// plain appends bytes of the original as they are.
func (r *reading) plain(text string, at int) {
	r.b = append(r.b, text...)
	for i := range len(text) {
		r.from = append(r.from, at+i)
	}
}

// Decode reads a reply in whatever character set and encoding it stands: GB18030, Big5 or ISO-2022-JP, as bytes
// or read as Latin-1; base64, percent-encoding, encoded words (RFC 2047) and HTML's entities, one level of them.
// Of a long text the first most bytes are looked at.
func Decode(original string, most int) Text {
	looked := original[:min(len(original), most)]
	foreign, hold := suspect(looked)
	var read reading
	decoded := false
	if foreign {
		read, decoded = recode(looked)
	}
	if hold && !decoded {
		read, decoded = encodedParts(looked)
	}
	if !decoded {
		return Text{String: original}
	}
	read.plain(original[len(looked):], len(looked))
	return Text{string(read.b), append(read.from, len(original))}
}

// encodedParts decodes what is encoded in a text, false for nothing.
func encodedParts(text string) (read reading, any bool) {
	at := 0
	for i := 0; i < len(text); {
		part, n := encoded(text, i)
		if part != "" {
			read.plain(text[at:i], at)
			read.add(part, i)
			at, any = i+n, true
		}
		i += max(n, 1)
	}
	if any {
		read.plain(text[at:], at)
	}
	return read, any
}

// suspect tells quickly whether a text may be in another character set, and whether something in it may be
// encoded: by the signs that it takes, or a run as long as base64.
func suspect(text string) (foreign, hold bool) {
	run := 0
	for i := range len(text) {
		if run++; class[text[i]]&(clsDigit|clsLower|clsUpper) != 0 {
			hold = hold || run >= base64Least
			continue
		}
		switch c := text[i]; {
		case c == '/' || c == '+':
			continue
		case c >= utf8.RuneSelf || c == 0x1B:
			foreign = true
		case c == '%' || c == '&' || c == '?':
			hold = true
		}
		run = 0
	}
	return foreign, hold
}

// encoded reads what is encoded at i and says how many bytes it took: 0 for none. Words that are not
// encoded are passed over whole, with nothing read.
func encoded(text string, i int) (read string, n int) {
	switch c := text[i]; {
	case c == '&':
		if end := strings.IndexByte(text[i:min(len(text), i+8)], ';'); end > 1 {
			if s := html.UnescapeString(text[i : i+end+1]); len(s) <= 2 {
				return s, end + 1
			}
		}
		return "", 0
	case c == '=' && strings.HasPrefix(text[i:], "=?"):
		return encodedWord(text[i:])
	case class[c] == 0:
		return "", 0
	}
	if end := urlEnd(text, i); end > 0 {
		return "", end - i
	}
	end, shape := i, uint8(0)
	for end < len(text) && class[text[end]] != 0 {
		shape |= class[text[end]]
		end++
	}
	ok := false
	if shape&clsInner != 0 && end-i > 3 {
		read, ok = unescaped(text[i:end])
	}
	if !ok && end-i >= base64Least && shape&(clsDigit|clsUpper) != 0 {
		read, _ = fromBase64(text[i:end])
	}
	return read, end - i
}

var escapes = regexp.MustCompile(`%[0-9a-fA-F]{2}`)

// unescaped undoes percent-encoding. It asks for an encoded blank or two encoded bytes: "90%" is a number.
func unescaped(s string) (string, bool) {
	if len(escapes.FindAllString(s, 2)) < 2 && !strings.Contains(s, "%20") || hasFold(s, "http") {
		return "", false
	}
	read, err := url.PathUnescape(s)
	return read, err == nil
}

// base64Least is the shortest run that is taken for base64: "5pS25Lu25Lq6" would be three Chinese
// characters, too short to be told from an id.
const base64Least = 16

// fromBase64 reads a run that decodes to text: UTF-8 without control characters, with a blank or a Chinese
// character. What does not is an id.
func fromBase64(word string) (string, bool) {
	word = strings.TrimRight(word, "=")
	var start [base64Least / 4 * 3]byte // most ids are told by their first bytes, without allocating
	if _, err := base64.RawStdEncoding.Decode(start[:], []byte(word[:min(len(word), base64Least)])); err != nil || bytes.ContainsFunc(start[:], unprintable) {
		return "", false
	}
	b, err := base64.RawStdEncoding.DecodeString(word)
	text, letters := string(b), 0
	for _, r := range text {
		if unicode.IsLetter(r) {
			letters++
		}
	}
	spoken := strings.ContainsFunc(text, func(r rune) bool { return r == ' ' || r >= 0x4E00 && r <= 0x9FFF })
	if err != nil || !spoken || letters < 3 || !utf8.Valid(b) || bytes.ContainsFunc(b, unprintable) {
		return "", false
	}
	return text, true
}

func unprintable(r rune) bool { return r < ' ' && r != '\n' && r != '\r' && r != '\t' || r == 0x7F }

var words = mime.WordDecoder{CharsetReader: func(charset string, in io.Reader) (io.Reader, error) {
	e, err := htmlindex.Get(charset)
	if err != nil {
		return nil, err
	}
	return e.NewDecoder().Reader(in), nil
}}

// wordPattern is an encoded word (RFC 2047 allows 75 bytes; some write more).
var wordPattern = regexp.MustCompile(`^=\?[^?]*\?[^?]*\?.*?\?=`)

// encodedWord reads =?utf-8?B?…?= and =?gb2312?Q?…?=.
func encodedWord(text string) (read string, n int) {
	word := wordPattern.FindString(text[:min(len(text), 1024)])
	read, err := words.Decode(word)
	if err != nil {
		return "", 0
	}
	return read, len(word)
}
