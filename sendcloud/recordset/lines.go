package recordset

import (
	"bytes"
	"cmp"
	"io"
	"regexp"
	"slices"

	"bounceboard/sendcloud/mailtext"
)

const (
	maxLine   = 16 << 20 // how long a line, or an element of an array, may be
	chunkSize = 1 << 21  // how much is read at a time
	enough    = 1 << 12  // how much tells what a file is
	maxHead   = 1 << 10  // how long the beginning of an answer may be, up to its rows
)

// chunk is whole lines of a file, on their way to be parsed. An element of an
// array is a line too: its own line ends are blanks then.
type chunk struct {
	text   []byte
	firsts []int  // for each element of an array: its first line in the file; empty for lines
	damage Damage // of the first line: TooLong where it was passed over and no text follows, CSV
}

// lines takes a file apart into chunks.
type lines struct {
	in       io.Reader
	text     io.Reader // in, unpacked and in UTF-8; nil until its beginning is here
	charset  string    // what in is decoded from, empty for UTF-8
	rest     []byte    // what is not in a chunk yet
	mode     mode
	line     int  // for elements: line ends before rest
	skipping bool // inside a line that is too long
	open     int  // for an answer of the service: objects that are open around the array
}

type mode uint8

const (
	undecided mode = iota // at the beginning of a file
	byLine
	byElement // arrays, answers, rows over several lines
)

// answerHead returns how long the beginning of an answer of the service is, up to
// its rows; nil where b does not begin so.
func answerHead(b []byte) []int {
	if b = b[:min(len(b), maxHead)]; !bytes.Contains(b, []byte(`"voList"`)) {
		return nil
	}
	return answerRows.FindIndex(b)
}

var answerRows = regexp.MustCompile(`^\{[^\[\]]*"voList"\s*:\s*\[`)

// next fills c with what is read next. c is empty where nothing came before err.
func (l *lines) next(c *chunk) error {
	*c = chunk{text: c.text[:0], firsts: c.firsts[:0]}
	for {
		if l.text == nil {
			text, charset, err := mailtext.NewReader(l.in)
			if err != nil {
				return err
			}
			l.text, l.charset = text, charset
		}
		l.rest = slices.Grow(l.rest, chunkSize/2)
		n, err := l.text.Read(l.rest[len(l.rest):cap(l.rest)])
		l.rest = l.rest[:len(l.rest)+n]
		if n > 0 && l.take(c) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// take moves whole lines into c. It reports whether there were any.
func (l *lines) take(c *chunk) bool {
	if l.skipping {
		end := bytes.IndexByte(l.rest, '\n') + 1
		l.skipping, l.rest = end == 0, append(l.rest[:0], l.rest[cmp.Or(end, len(l.rest)):]...)
		if l.skipping {
			return false
		}
		c.damage = TooLong
		l.line++
		return true
	}
	if l.mode == undecided {
		l.decide(c)
	}
	if l.mode == byElement {
		l.takeElements(c)
	} else if end := bytes.LastIndexByte(l.rest, '\n') + 1; end > 0 && l.mode == byLine {
		c.text, l.rest = l.rest[:end], append(c.text[:0], l.rest[end:]...)
	}
	if len(c.text) == 0 && len(l.rest) > maxLine {
		l.skipping, l.rest = true, l.rest[:0]
	}
	return len(c.text) > 0
}

// decide tells lines, each of them a row, from everything else. Without a whole line it stays undecided.
func (l *lines) decide(c *chunk) {
	head := bytes.TrimLeft(l.rest, " \t\r\n")
	line, _, ended := bytes.Cut(head, []byte{'\n'})
	switch {
	case len(head) == 0:
	case head[0] == '[' || answerHead(head) != nil || ended && string(bytes.TrimSpace(line)) == "{":
		l.mode = byElement
	case ended || len(head) >= enough:
		l.mode = byLine
		c.nameFile(line)
	}
}

// nameFile tells of a file whose first line is this that it is CSV.
func (c *chunk) nameFile(line []byte) {
	if bytes.HasPrefix(line, []byte("emailId,status,")) {
		c.damage = CSV
	}
}

// takeElements moves the whole elements of arrays into c, each as a line.
func (l *lines) takeElements(c *chunk) {
	for b := l.rest; ; {
		n, element := 1, false
		switch head := answerHead(b); {
		case len(b) == 0:
			l.rest = l.rest[:0]
			return
		case b[0] == ']' && l.open > 0: // the end of an answer
			if n = elementEnd(b[1:], l.open); n > 0 {
				n, l.open = n+1, 0
			}
		case bytes.IndexByte([]byte(" \t\r\n,[]"), b[0]) >= 0:
		case head != nil:
			n = head[1]
			l.open = bytes.Count(b[:n], []byte{'{'}) - bytes.Count(b[:n], []byte{'}'})
		default:
			n, element = elementEnd(b, 0), true
		}
		if n == 0 {
			l.rest = append(l.rest[:0], b...)
			return
		}
		if element {
			c.firsts = append(c.firsts, l.line+1)
			c.text = append(append(c.text, bytes.ReplaceAll(b[:n], []byte{'\n'}, []byte{' '})...), '\n')
		}
		l.line += bytes.Count(b[:n], []byte{'\n'})
		b = b[n:]
	}
}

// elementEnd returns where the first element in b ends, or, inside so many objects, where the last of these ends; 0 if
// more text is needed. A line end inside a string is invalid JSON, and nothing inside a row begins a line with its
// brace: there a damaged element ends, and does not swallow the rest. An element that is no object also ends at the
// line end.
func elementEnd(b []byte, depth int) int {
	if depth == 0 && b[0] != '{' {
		return max(0, bytes.IndexByte(b, '\n'))
	}
	for i := 0; i < len(b); i++ {
		switch b[i] {
		case '"':
			for i++; i < len(b) && b[i] != '"'; i++ {
				if b[i] == '\n' {
					return i
				} else if b[i] == '\\' {
					i++
				}
			}
		case '\n':
			if i+1 < len(b) && b[i+1] == '{' {
				return i
			}
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return 0
}

// last makes a chunk from the text after the last line end. cut is true if that
// text must be incomplete: an open array element.
func (l *lines) last(c *chunk) (cut bool) {
	*c = chunk{text: c.text[:0]}
	rest := bytes.TrimSpace(l.rest)
	if l.mode == byElement || l.skipping {
		return l.skipping || len(rest) > 0 && rest[0] != ']'
	}
	if c.text = append(c.text, rest...); l.mode == undecided {
		c.nameFile(rest)
	}
	return false
}
