// Package rowjson reads and writes the JSON of rows: the pages of the service,
// files of rows, and what the program itself gives out.
package rowjson

import (
	"bytes"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
	"unsafe"
)

// Problem says why a text cannot be read as JSON.
type Problem string

// The problems.
const (
	CutOff  Problem = "cut off"  // the text ends inside a value
	NotJSON Problem = "not JSON" // or a value has something behind it that does not belong there
)

// Reader walks JSON text. It is strict about objects and arrays that it walks through. Inside values it is tolerant:
// what is skipped has to be balanced and nothing more, a string may hold control characters and invalid UTF-8, and an
// unknown escape stays as it is. A lone surrogate becomes U+FFFD. The reader never recurses. After the first problem it
// stands at the end of the text.
type Reader struct {
	b       []byte
	i       int
	problem Problem
	buf     []byte // the contents of strings with escapes
}

// NewReader reads text. A byte order mark at its beginning is passed over.
func NewReader(text []byte) *Reader {
	return &Reader{b: bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))}
}

// Reset begins anew with another text. Strings that were read from the text
// before stay valid as long as that text does.
func (r *Reader) Reset(text []byte) { r.b, r.i, r.problem = text, 0, "" }

// Reuse gives the memory of strings with escapes free: those that were read before are no longer valid.
func (r *Reader) Reuse() { r.buf = r.buf[:0] }

// Problem is the first one that was met, or "".
func (r *Reader) Problem() Problem { return r.problem }

// AtEnd reports whether nothing but blanks is left.
func (r *Reader) AtEnd() bool { return r.i == len(r.b) || r.Peek() == 0 && r.i >= len(r.b) }

// Fail ends the reading with a problem.
func (r *Reader) Fail(why Problem) {
	if r.problem == "" {
		r.problem = why
	}
	r.i = len(r.b)
}

// unexpected fails: either the text ends here or it is no JSON.
func (r *Reader) unexpected() {
	if r.i >= len(r.b) {
		r.Fail(CutOff)
	}
	r.Fail(NotJSON)
}

// Peek is the next byte that is no blank, 0 at the end.
func (r *Reader) Peek() byte {
	for ; r.i < len(r.b); r.i++ {
		if c := r.b[r.i]; c > ' ' || c != ' ' && c != '\t' && c != '\r' && c != '\n' {
			return c
		}
	}
	return 0
}

// take consumes c, or fails.
func (r *Reader) take(c byte) bool {
	if r.Peek() != c || r.i == len(r.b) {
		r.unexpected()
		return false
	}
	r.i++
	return true
}

// Object calls field for each key; field has to consume the value.
func (r *Reader) Object(field func(key string)) {
	for more := r.begin('{', '}'); more; more = r.more('}') {
		if r.Peek() != '"' {
			r.unexpected()
		} else if key := r.str(); r.take(':') {
			field(key)
		}
	}
}

// Array calls item for each item; item has to consume it.
func (r *Reader) Array(item func()) {
	for more := r.begin('[', ']'); more; more = r.more(']') {
		item()
	}
}

// begin passes over what opens a list. It reports whether an item follows.
func (r *Reader) begin(open, shut byte) bool {
	if !r.take(open) {
		return false
	}
	if r.Peek() == shut {
		r.i++
		return false
	}
	return true
}

// more passes over what stands behind an item. It reports whether another follows.
func (r *Reader) more(shut byte) bool {
	if r.i < len(r.b) && r.b[r.i] == ',' {
		r.i++
		return true
	}
	if r.Peek() == shut {
		r.i++
		return false
	}
	return r.take(',')
}

// Text is the next value as text: a string's content, "" for null, anything
// else as it is written. It shares the memory of the text that is read.
func (r *Reader) Text() string {
	first := r.Peek()
	if first == '"' {
		return r.str()
	}
	start := r.i
	if r.Skip(); r.problem != "" || first == 'n' {
		return ""
	}
	return shared(r.b[start:r.i])
}

// Skip passes over the next value.
func (r *Reader) Skip() {
	switch r.Peek() {
	case '"':
		r.pass()
	case '{', '[':
		r.balance()
	default:
		r.literal()
	}
}

// shared is b as a string, without a copy.
func shared(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }

// balance passes over an object or an array.
func (r *Reader) balance() {
	depth := 0
	for r.i < len(r.b) {
		switch r.b[r.i] {
		case '"':
			r.pass()
			continue
		case '{', '[':
			depth++
		case '}', ']':
			depth--
		}
		r.i++
		if depth == 0 {
			return
		}
	}
	r.unexpected()
}

// literal passes over a number, true, false or null.
func (r *Reader) literal() {
	start := r.i
	for ; r.i < len(r.b); r.i++ {
		if c := r.b[r.i]; (c < '0' || c > '9') && (c < 'a' || c > 'z') && c != '-' && c != '+' && c != '.' && c != 'E' {
			break
		}
	}
	switch token := r.b[start:r.i]; {
	case string(token) == "null" || string(token) == "true" || string(token) == "false":
	case r.i == len(r.b):
		r.Fail(CutOff)
	case len(token) == 0 || bytes.ContainsFunc(token, func(c rune) bool { return 'a' <= c && c <= 'z' && c != 'e' }):
		r.Fail(NotJSON)
	}
}

// pass passes over a string.
func (r *Reader) pass() {
	for from := r.i + 1; ; {
		end := bytes.IndexByte(r.b[from:], '"')
		if end < 0 {
			r.Fail(CutOff)
			return
		}
		from += end + 1
		if r.b[from-2] == '\\' && r.escaped(from-2) {
			continue
		}
		r.i = from
		return
	}
}

// escaped says whether the backslash at i, in the string that begins at r.i, begins an escape.
func (r *Reader) escaped(i int) bool {
	first := i
	for first > r.i && r.b[first-1] == '\\' {
		first--
	}
	if secondByte(r.b[r.i:], first-r.i) {
		first++
	}
	return (i-first)%2 == 0
}

// secondByte says whether the backslash t[i] is the second byte of a character
// of GBK, whose bytes may stand in a text that is no UTF-8.
func secondByte(t []byte, i int) bool {
	k := i
	for k > 0 && t[k-1] >= utf8.RuneSelf {
		k--
	}
	if (i-k)%2 == 0 || utf8.Valid(t[:i]) {
		return false
	}
	high := false
	for _, c := range t { // Latin-1 seldom has two such letters side by side
		if high && c >= utf8.RuneSelf {
			return true
		}
		high = c >= utf8.RuneSelf
	}
	return false
}

// str reads a string.
func (r *Reader) str() string {
	from := r.i + 1
	if r.pass(); r.problem != "" {
		return ""
	}
	inside := r.b[from : r.i-1]
	if bytes.IndexByte(inside, '\\') < 0 {
		return shared(inside)
	}
	begin := len(r.buf)
	for at := 0; at < len(inside); {
		if inside[at] != '\\' || secondByte(inside, at) {
			r.buf = append(r.buf, inside[at])
			at++
		} else {
			at += r.escape(inside[at:])
		}
	}
	return shared(r.buf[begin:])
}

// escape appends what the escape means that t begins with, and tells its length. One that means nothing stays.
func (r *Reader) escape(t []byte) int {
	if k := bytes.IndexByte([]byte(`"\/bfnrt`), t[1]); k >= 0 {
		r.buf = append(r.buf, "\"\\/\b\f\n\r\t"[k])
		return 2
	}
	unit, ok := unicodeEscape(t)
	if !ok {
		r.buf = append(r.buf, t[:2]...)
		return 2
	}
	if second, ok := unicodeEscape(t[6:]); ok && utf16.DecodeRune(unit, second) != utf8.RuneError {
		r.buf = utf8.AppendRune(r.buf, utf16.DecodeRune(unit, second))
		return 12
	}
	r.buf = utf8.AppendRune(r.buf, unit) // half of a pair becomes U+FFFD
	return 6
}

// unicodeEscape reads \u and four hexadecimal digits.
func unicodeEscape(t []byte) (unit rune, ok bool) {
	if len(t) < 6 || t[0] != '\\' || t[1] != 'u' {
		return 0, false
	}
	n, err := strconv.ParseUint(string(t[2:6]), 16, 16)
	return rune(n), err == nil
}
