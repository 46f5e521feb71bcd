package sendcloud

import (
	"bytes"
	"unicode/utf16"
	"unicode/utf8"
)

// reader walks JSON text. It is strict about the frame it walks and tolerant
// inside values: what it skips is only balanced, strings may hold control
// characters and invalid UTF-8, and an unknown escape stays as it is. It never
// recurses. After the first failure it stands at the end and reads nothing.
type reader struct {
	b       []byte
	i       int
	problem Answer // "" or the first failure
	buf     []byte // for strings with escapes
	words   map[string]string
}

// fail ends the reading with why, or with the end of the text where it was reached.
func (r *reader) fail(why Answer) {
	if r.problem == "" {
		r.problem = why
	}
	r.i = len(r.b)
}

// unexpected fails: either the text ends here or it is no JSON.
func (r *reader) unexpected() {
	if r.i >= len(r.b) {
		r.fail(AnswerCutOff)
	}
	r.fail(AnswerNotJSON)
}

// peek is the next byte that is no blank, 0 at the end.
func (r *reader) peek() byte {
	for ; r.i < len(r.b); r.i++ {
		switch c := r.b[r.i]; c {
		case ' ', '\t', '\r', '\n':
		default:
			return c
		}
	}
	return 0
}

// take consumes c, or fails.
func (r *reader) take(c byte) bool {
	if r.peek() != c || r.i == len(r.b) {
		r.unexpected()
		return false
	}
	r.i++
	return true
}

// object calls field for each key; field has to consume the value. The key is
// valid until then.
func (r *reader) object(field func(key []byte)) {
	if !r.take('{') {
		return
	}
	if r.peek() == '}' {
		r.i++
		return
	}
	for r.problem == "" {
		if r.peek() != '"' {
			r.unexpected()
			return
		}
		key := r.str()
		if !r.take(':') {
			return
		}
		field(key)
		if r.peek() == '}' {
			r.i++
			return
		}
		r.take(',')
	}
}

// array calls item for each item; item has to consume it.
func (r *reader) array(item func()) {
	if !r.take('[') {
		return
	}
	if r.peek() == ']' {
		r.i++
		return
	}
	for r.problem == "" {
		item()
		if r.peek() == ']' {
			r.i++
			return
		}
		r.take(',')
	}
}

// text is the next value as text: a string's content, nothing for null,
// anything else as it is written.
func (r *reader) text() string { return string(r.value()) }

// word is text for values that many rows share.
func (r *reader) word() string {
	b := r.value()
	if w, ok := r.words[string(b)]; ok {
		return w
	}
	w := string(b)
	r.words[w] = w
	return w
}

// value is text, valid until the next one is read.
func (r *reader) value() []byte {
	if r.peek() == '"' {
		return r.str()
	}
	raw := r.raw()
	if string(raw) == "null" {
		return nil
	}
	return raw
}

// skip passes over the next value.
func (r *reader) skip() { r.raw() }

// raw passes over the next value and is its source text.
func (r *reader) raw() []byte {
	first, start := r.peek(), r.i
	switch first {
	case '"':
		r.pass()
	case '{', '[':
		r.balance()
	default:
		r.literal()
	}
	if r.problem != "" {
		return nil
	}
	return r.b[start:r.i]
}

// balance passes over an object or a list.
func (r *reader) balance() {
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
func (r *reader) literal() {
	start := r.i
	for r.i < len(r.b) {
		switch c := r.b[r.i]; {
		case '0' <= c && c <= '9', 'a' <= c && c <= 'z', c == '-', c == '+', c == '.', c == 'E':
			r.i++
			continue
		}
		break
	}
	if r.i == len(r.b) {
		r.fail(AnswerCutOff)
		return
	}
	token := r.b[start:r.i]
	switch string(token) {
	case "true", "false", "null":
		return
	}
	if len(token) == 0 || bytes.ContainsFunc(token, func(c rune) bool { return 'a' <= c && c <= 'z' && c != 'e' }) {
		r.fail(AnswerNotJSON)
	}
}

// pass passes over a string.
func (r *reader) pass() {
	for r.i++; r.i < len(r.b); r.i++ {
		switch r.b[r.i] {
		case '"':
			r.i++
			return
		case '\\':
			r.i++
		}
	}
	r.i = len(r.b) // an escape at the end went beyond
	r.unexpected()
}

// str reads a string; its content is valid until the next one is read.
func (r *reader) str() []byte {
	r.i++
	rest := r.b[r.i:]
	end := bytes.IndexByte(rest, '"')
	if end < 0 {
		r.fail(AnswerCutOff)
		return nil
	}
	if escape := bytes.IndexByte(rest[:end], '\\'); escape >= 0 {
		r.buf = append(r.buf[:0], rest[:escape]...)
		r.i += escape
		return r.escaped()
	}
	r.i += end + 1
	return rest[:end]
}

// escaped reads the rest of a string that has an escape, behind r.buf.
func (r *reader) escaped() []byte {
	for r.i < len(r.b) {
		c := r.b[r.i]
		r.i++
		switch c {
		case '"':
			return r.buf
		case '\\':
			r.escape()
		default:
			r.buf = append(r.buf, c)
		}
	}
	r.fail(AnswerCutOff)
	return nil
}

// escape appends what an escape means; one that means nothing stays.
func (r *reader) escape() {
	if r.i == len(r.b) {
		return
	}
	c := r.b[r.i]
	r.i++
	switch c {
	case '"', '\\', '/':
		r.buf = append(r.buf, c)
	case 'b':
		r.buf = append(r.buf, '\b')
	case 'f':
		r.buf = append(r.buf, '\f')
	case 'n':
		r.buf = append(r.buf, '\n')
	case 'r':
		r.buf = append(r.buf, '\r')
	case 't':
		r.buf = append(r.buf, '\t')
	case 'u':
		unit, ok := hex4(r.b[r.i:])
		if !ok {
			r.buf = append(r.buf, '\\', 'u')
			return
		}
		r.i += 4
		r.buf = utf8.AppendRune(r.buf, r.pair(unit))
	default:
		r.buf = append(r.buf, '\\', c)
	}
}

// pair is the character that unit is, with the second half of its surrogate
// pair where there is one, else U+FFFD.
func (r *reader) pair(unit rune) rune {
	if !utf16.IsSurrogate(unit) {
		return unit
	}
	if rest := r.b[r.i:]; len(rest) >= 6 && rest[0] == '\\' && rest[1] == 'u' {
		if second, ok := hex4(rest[2:]); ok {
			if whole := utf16.DecodeRune(unit, second); whole != utf8.RuneError {
				r.i += 6
				return whole
			}
		}
	}
	return utf8.RuneError
}

// hex4 reads four hexadecimal digits.
func hex4(b []byte) (rune, bool) {
	if len(b) < 4 {
		return 0, false
	}
	var n rune
	for _, c := range b[:4] {
		switch {
		case '0' <= c && c <= '9':
			c -= '0'
		case 'a' <= c && c <= 'f':
			c -= 'a' - 10
		case 'A' <= c && c <= 'F':
			c -= 'A' - 10
		default:
			return 0, false
		}
		n = n<<4 | rune(c)
	}
	return n, true
}
