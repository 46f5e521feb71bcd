package recordset

import (
	"bytes"
	"compress/gzip"
	"io"
	"regexp"
	"slices"
)

const (
	maxLine   = 16 << 20 // how long a line, or an element of an array, may be
	chunkSize = 1 << 20  // how much is read at a time
)

// chunk is whole lines of a file, on their way to be parsed. An element of an
// array is a line too: its own line ends are blanks then.
type chunk struct {
	text   []byte
	firsts []int // for each element of an array: its first line in the chunk, from 1; nil for lines
	// For an array: line ends in the chunk. For lines: line ends passed over
	// before text, so that parse can number the lines.
	lines   int
	damage  Damage // TooLong: the chunk is one line, which was passed over
	foreign Damage // what the file is instead of rows
	first   bool   // it begins the file
}

// lines takes a file apart into chunks.
type lines struct {
	rest    []byte // what is not in a chunk yet
	mode    mode
	begun   bool
	skipped int // bytes passed over of a line that is too long; 0: there is none
	foreign Damage
	more    bool // rest may hold whole lines
	answer  bool // the array is in an answer of the service

	unzipped *gzip.Reader // set for a file that is gzip
}

type mode uint8

const (
	undecided mode = iota // at the beginning of a file, and after an array
	byLine
	inArray
	behindRows // after the rows of an answer of the service, up to its line's end
)

var gzipped = []byte{0x1f, 0x8b} // RFC 1952, 2.3.1

// answerRows is how an answer of the service begins, up to its rows.
var answerRows = regexp.MustCompile(`^\{[^\[\]]{0,1000}"voList"\s*:\s*\[`)

var byteOrderMark = []byte("\xef\xbb\xbf")

// next fills c with what is read next. c is empty where nothing came before err.
func (l *lines) next(in io.Reader, c *chunk) error {
	*c = chunk{text: c.text[:0], firsts: c.firsts[:0]}
	if l.more && len(l.rest) > 0 && l.take(c) {
		return nil
	}
	for {
		l.rest = slices.Grow(l.rest, chunkSize/2)
		if l.unzipped != nil {
			in = l.unzipped
		}
		n, err := in.Read(l.rest[len(l.rest):cap(l.rest)])
		l.rest = l.rest[:len(l.rest)+n]
		if !l.begun && bytes.HasPrefix(l.rest, gzipped) && l.unzipped == nil {
			if l.unzipped, err = gzip.NewReader(io.MultiReader(bytes.NewReader(bytes.Clone(l.rest)), in)); err == nil {
				l.rest, l.mode = l.rest[:0], undecided
				continue
			}
		}
		if n > 0 && l.take(c) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// pass drops the first n bytes of rest, and adds their line ends to c.
func (l *lines) pass(c *chunk, n int) {
	c.lines += bytes.Count(l.rest[:n], []byte{'\n'})
	l.rest = append(l.rest[:0], l.rest[n:]...)
}

// take moves whole lines into c. It reports whether there were any.
func (l *lines) take(c *chunk) bool {
	l.more = false
	if l.mode == byLine && l.rest[0] == '[' {
		l.mode = undecided // arrays may follow lines
	}
	if l.mode == undecided {
		l.decide(c)
	}
	switch {
	case l.skipped > 0: // a line that is too long is passed over, up to its end
		end := bytes.IndexByte(l.rest, '\n')
		if end < 0 {
			l.skipped, l.rest = l.skipped+len(l.rest), l.rest[:0]
			return false
		}
		c.damage = TooLong
		l.pass(c, end+1)
		l.skipped, l.begun, l.more = 0, true, true
		return true
	case l.mode == inArray:
		l.takeElements(c)
	case l.mode == behindRows:
		if end := bytes.IndexByte(l.rest, '\n'); end >= 0 {
			l.pass(c, end+1)
			l.mode, l.more = undecided, true
		}
	case l.mode == byLine:
		if end := bytes.LastIndexByte(l.rest, '\n') + 1; end > 0 {
			if k := bytes.Index(l.rest[:end], []byte("\n[")); k >= 0 {
				end, l.more = k+1, true
			}
			c.text, l.rest = l.rest[:end], append(c.text[:0], l.rest[end:]...)
		}
	}
	if c.foreign = l.foreign; len(c.text) > 0 || l.more {
		c.first, l.begun = !l.begun, true
		return true
	}
	if len(l.rest) > maxLine {
		l.skipped, l.rest = len(l.rest), l.rest[:0]
	}
	return false
}

// decide tells an array of rows from lines: its bracket is followed by an
// object, a line end or the closing bracket. Without enough text it stays
// undecided.
func (l *lines) decide(c *chunk) {
	b := l.rest
	if !l.begun && len(b) < len(byteOrderMark) && bytes.HasPrefix(byteOrderMark, b) {
		return
	}
	if !l.begun {
		b = bytes.TrimPrefix(b, byteOrderMark)
	}
	head := bytes.TrimLeft(b, " \t\r\n")
	if len(head) == 0 {
		return
	}
	before := len(l.rest) - len(head)
	if head[0] == '[' {
		behind := bytes.TrimLeft(head[1:], " \t\r")
		if len(behind) == 0 {
			return
		}
		if behind[0] == '{' || behind[0] == '\n' || behind[0] == ']' {
			l.pass(c, len(l.rest)-len(behind))
			l.mode = inArray
			return
		}
	}
	if head[0] == '{' {
		if at := answerRows.FindIndex(head[:min(len(head), 1<<12)]); at != nil {
			l.pass(c, before+at[1])
			l.mode, l.answer = inArray, true
			return
		}
		if len(head) < 1<<12 && bytes.IndexByte(head, '\n') < 0 {
			return // it may be going to be one
		}
	}
	if l.mode = byLine; !l.begun {
		l.foreign = kindOf(head)
	}
	l.rest = append(l.rest[:0], b...)
}

// kindOf returns what a file that begins like this is instead of rows, "" where
// it may hold rows.
func kindOf(begin []byte) Damage {
	switch {
	case bytes.HasPrefix(begin, []byte("emailId,status,")):
		return CSV
	case bytes.HasPrefix(begin, []byte{0xff, 0xfe}), bytes.HasPrefix(begin, []byte{0xfe, 0xff}):
		return UTF16
	}
	line, _, _ := bytes.Cut(begin[:min(len(begin), 1<<12)], []byte{'\n'})
	if begin[0] == '{' && bytes.Contains(line, []byte(`"voList"`)) {
		return Answer
	}
	return ""
}

// takeElements moves the whole elements of an array into c, each as a line.
func (l *lines) takeElements(c *chunk) {
	at := 0
	for at < len(l.rest) && l.mode == inArray {
		b := l.rest[at:]
		switch b[0] {
		case ']':
			l.mode = undecided
		case '\n':
			c.lines++
		case ' ', '\t', '\r', ',', '[': // or another array, after one that was cut off
		default:
			n := elementEnd(b)
			if n == 0 {
				l.rest = append(l.rest[:0], b...)
				return
			}
			c.firsts = append(c.firsts, c.lines+1)
			c.lines += bytes.Count(b[:n], []byte{'\n'})
			c.text = append(append(c.text, bytes.ReplaceAll(b[:n], []byte{'\n'}, []byte{' '})...), '\n')
			at += n - 1
		}
		at++
	}
	l.rest = append(l.rest[:0], l.rest[at:]...)
	if l.mode == undecided {
		l.begun, l.more = true, true
		if l.answer {
			l.mode, l.answer = behindRows, false
		}
	}
}

// elementEnd returns where the first element in b ends, or 0 if more text is
// needed. A line end inside a string is invalid JSON, so a damaged element ends
// there and does not swallow the rest of the file. An element that is no object
// also ends at the line end.
func elementEnd(b []byte) int {
	if b[0] != '{' {
		return max(0, bytes.IndexByte(b, '\n'))
	}
	depth, quoted, escaped := 0, false, false
	for i, c := range b {
		switch {
		case c == '\n' && quoted:
			return i
		case escaped:
			escaped = false
		case quoted:
			escaped, quoted = c == '\\', c != '"'
		case c == '"':
			quoted = true
		case c == '{' || c == '[':
			depth++
		case c == '}' || c == ']':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return 0
}

// last makes a chunk from the text after the last line end. cut is true if that
// text must be incomplete: an open array element, or a line that is too long.
func (l *lines) last(c *chunk) (cut bool) {
	*c = chunk{text: c.text[:0], foreign: l.foreign, first: !l.begun}
	rest := l.rest
	if !l.begun {
		rest = bytes.TrimPrefix(rest, byteOrderMark)
		if rest = bytes.TrimSpace(rest); len(rest) > 0 && l.mode == undecided {
			c.foreign = kindOf(rest)
		}
	}
	if l.mode == behindRows {
		return false
	}
	if rest = bytes.TrimSpace(rest); l.skipped > 0 || len(rest) > 0 && l.mode == inArray {
		return true
	}
	c.text = append(c.text, rest...)
	return false
}
