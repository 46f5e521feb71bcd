package recordset

import "bytes"

// array is how far the reading of a JSON array of rows came: between its
// elements, or inside one.
type array struct {
	open    bool
	depth   int // brackets that are open inside the element
	quoted  bool
	escaped bool
	first   int // the line on which the element begins
}

// opening finds an array of rows at the begin of a line: a bracket that an
// object, a line end or the closing bracket follows. More is needed to tell
// where b ends before that.
func (r *Reader) opening(b []byte) (rest []byte, is, more bool) {
	if r.line == 0 {
		b = bytes.TrimPrefix(b, byteOrderMark)
	}
	if b = bytes.TrimLeft(b, " \t\r"); len(b) == 0 || b[0] != '[' {
		return nil, false, false
	}
	b = bytes.TrimLeft(b[1:], " \t\r")
	return b, len(b) > 0 && (b[0] == '{' || b[0] == '\n' || b[0] == ']'), len(b) == 0
}

// takeArray reads the elements in b, and returns what follows the array.
func (r *Reader) takeArray(b []byte) []byte {
	for len(b) > 0 {
		if r.array.depth == 0 {
			c := b[0]
			switch c {
			case ']':
				r.array.open = false
				return b[1:]
			case '{':
				r.array.first = r.line + 1
				r.done.Lines++
			case '\n':
				r.line++
				fallthrough
			case ' ', '\t', '\r', ',', '[': // or another array, behind one that was cut off
				b = b[1:]
				r.done.Bytes++
				continue
			default: // no row; the next one begins behind the line
				r.array.first = r.line + 1
				r.done.Lines++
				r.array.depth = -1
			}
		}
		end, whole := r.array.end(b)
		r.holdElement(b[:end])
		b = b[end:]
		if whole {
			r.takeElement()
		}
	}
	return nil
}

// end is where the element that b goes on with ends, or what of it b holds. A
// line end inside a string is no JSON: what is damaged ends there, and not with
// the file.
func (a *array) end(b []byte) (n int, whole bool) {
	for i, c := range b {
		switch {
		case c == '\n' && (a.quoted || a.depth < 0):
			a.quoted, a.escaped, a.depth = false, false, 0
			return i, true
		case a.escaped:
			a.escaped = false
		case a.quoted:
			a.escaped = c == '\\'
			a.quoted = c != '"'
		case c == '"':
			a.quoted = a.depth > 0
		case a.depth > 0 && (c == '}' || c == ']'):
			if a.depth--; a.depth == 0 {
				return i + 1, true
			}
		case a.depth >= 0 && (c == '{' || c == '['):
			a.depth++
		}
	}
	return len(b), false
}

func (r *Reader) holdElement(b []byte) {
	r.line += bytes.Count(b, []byte{'\n'})
	if r.skip = r.skip || len(r.pending)+len(b) > maxLine; r.skip {
		r.done.Bytes += int64(len(b))
		return
	}
	r.pending = append(r.pending, b...)
}

func (r *Reader) takeElement() {
	w, damage := row{}, TooLong
	if !r.skip {
		w, damage = r.parser.parse(r.pending)
	}
	if damage != "" {
		r.damaged(r.array.first, damage)
	} else {
		r.add(w)
	}
	r.done.Bytes += int64(len(r.pending))
	r.pending, r.skip = r.pending[:0], false
}
