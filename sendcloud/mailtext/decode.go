package mailtext

import (
	"encoding/base64"
	"html"
	"io"
	"mime"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/htmlindex"
)

// Text is a reply as it reads: its character set is UTF-8, and what was encoded is decoded.
type Text struct {
	String string
	parts  []part // what was decoded, in order
}

// part is what bytes [start, end) of the original read: [at, to) of the text.
type part struct{ start, end, at, to int }

// Encoded tells whether the text differs from the original.
func (t Text) Encoded() bool { return len(t.parts) > 0 }

// Original says which bytes of the original bytes [start, end) of the text are. What is decoded stands
// for all of what it was decoded from.
func (t Text) Original(start, end int) (int, int) {
	shiftStart, shiftEnd := 0, 0 // behind the parts so far, the original stands so much further
	for _, p := range t.parts {
		if p.at < end {
			shiftEnd = p.end - p.to
			if end < p.to {
				shiftEnd = p.end - end
			}
		}
		if p.at <= start {
			shiftStart = p.end - p.to
			if start < p.to {
				shiftStart = p.start - start
			}
		}
	}
	return start + shiftStart, end + shiftEnd
}

// Decode reads a reply in whatever character set and encoding it stands: GB18030, Big5, EUC-JP,
// Shift_JIS or ISO-2022-JP, as bytes or read as Latin-1; base64, percent-encoding, encoded words
// (RFC 2047) and HTML's entities, one level of them. Of a long text the first most bytes are looked at.
func Decode(original string, most int) Text {
	looked, rest := original, ""
	if len(original) > most {
		looked, rest = original[:most], original[most:]
	}
	foreign, hold := suspect(looked)
	if foreign {
		if s, p := recode(looked); p != nil {
			return Text{s + rest, p}
		}
	}
	if !hold {
		return Text{String: original}
	}
	if s, ok := unescaped(looked); ok && strings.IndexAny(looked, " \t\r\n") < 0 {
		return Text{s + rest, []part{{0, len(looked), 0, len(s)}}}
	}
	var out strings.Builder
	var parts []part
	at := 0
	for i := 0; i < len(looked); {
		read, n := encoded(looked, i)
		if n > 0 && read != "" {
			out.WriteString(looked[at:i])
			parts = append(parts, part{i, i + n, out.Len(), out.Len() + len(read)})
			out.WriteString(read)
			at = i + n
		}
		i += max(n, 1)
	}
	if parts == nil {
		return Text{String: original}
	}
	out.WriteString(looked[at:])
	return Text{out.String() + rest, parts}
}

// suspect tells quickly whether a text may be in another character set, and whether something in it may be
// encoded: by the signs that it takes, or a run as long as base64.
func suspect(text string) (foreign, hold bool) {
	run := 0
	for i := range len(text) {
		switch c := text[i]; {
		case class[c]&(clsDigit|clsLower|clsUpper) != 0 || c == '/' || c == '+':
			if run++; run == base64Least {
				hold = true
			}
			continue
		case c >= utf8.RuneSelf || c == 0x1B:
			foreign = true
		case c == '%' || c == '&' || c == '?' && i > 0 && text[i-1] == '=':
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
	if c := text[i] | 0x20; c == 'h' || c == 'w' {
		if end := urlEnd(text, i); end > 0 {
			return "", end - i
		}
	}
	end, shape := i, uint8(0)
	for end < len(text) && class[text[end]] != 0 {
		shape |= class[text[end]]
		end++
	}
	word := text[i:end]
	if shape&clsInner != 0 && end-i > 3 {
		if s, ok := unescaped(word); ok {
			return s, len(word)
		}
	}
	if len(word) >= base64Least && shape&(clsDigit|clsUpper) != 0 {
		if s, ok := fromBase64(word); ok {
			return s, len(word)
		}
	}
	return "", len(word)
}

// unescaped undoes percent-encoding. It asks for an encoded blank or two encoded bytes: "90%" is a number.
func unescaped(s string) (string, bool) {
	n := 0
	for i := strings.IndexByte(s, '%'); i >= 0 && i+2 < len(s) && n < 2; i++ {
		if s[i] == '%' && class[s[i+1]]&class[s[i+2]]&clsHex != 0 {
			n++
			if s[i+1:i+3] == "20" {
				n++
			}
		}
	}
	if n < 2 || hasFold(s, "http") {
		return "", false
	}
	read, err := url.PathUnescape(s)
	return read, err == nil
}

// base64Least is the shortest run that is taken for base64: "5pS25Lu25Lq6" would be three Chinese
// characters, too short to be told from an id.
const base64Least = 16

// fromBase64 reads a run that decodes to text; what does not is an id.
func fromBase64(word string) (string, bool) {
	word = strings.TrimRight(word, "=")
	var start [base64Least / 4 * 3]byte // most ids are told by their first bytes, without allocating
	if _, err := base64.RawStdEncoding.Decode(start[:], []byte(word[:min(len(word), base64Least)])); err != nil || !printable(start[:]) {
		return "", false
	}
	b, err := base64.RawStdEncoding.DecodeString(word)
	return string(b), err == nil && readable(b)
}

// printable accepts text whose last character may be cut off.
func printable(b []byte) bool {
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		if r == utf8.RuneError && utf8.FullRune(b) || r < ' ' && r != '\n' && r != '\r' && r != '\t' || r == 0x7F {
			return false
		}
		b = b[n:]
	}
	return true
}

// readable asks for UTF-8 without control characters, with a blank or a Chinese character.
func readable(b []byte) bool {
	words, letters := false, 0
	for _, r := range string(b) {
		words = words || r == ' ' || r >= 0x4E00 && r <= 0x9FFF
		if unicode.IsLetter(r) {
			letters++
		}
	}
	return words && letters > 2 && utf8.Valid(b) && printable(b)
}

var words = mime.WordDecoder{CharsetReader: func(charset string, in io.Reader) (io.Reader, error) {
	e, err := htmlindex.Get(charset)
	if err != nil {
		return nil, err
	}
	return e.NewDecoder().Reader(in), nil
}}

// longestWord bounds an encoded word (RFC 2047 allows 75 bytes; some write more).
const longestWord = 1024

// encodedWord reads =?utf-8?B?…?= and =?gb2312?Q?…?=.
func encodedWord(text string) (read string, n int) {
	text = text[:min(len(text), longestWord)]
	for range 3 { // behind the charset, the encoding and the opening
		k := strings.IndexByte(text[n:], '?')
		if k < 0 {
			return "", 0
		}
		n += k + 1
	}
	end := strings.Index(text[n:], "?=")
	if end < 0 {
		return "", 0
	}
	n += end + 2
	read, err := words.Decode(text[:n])
	if err != nil {
		return "", 0
	}
	return read, n
}
