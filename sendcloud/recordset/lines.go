package recordset

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"io"
	"regexp"
	"slices"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"

	"bounceboard/sendcloud/mailtext"
)

const (
	maxLine   = 16 << 20 // how long a line, or an element of an array, may be
	chunkSize = 1 << 20  // how much is read at a time

	longestMark = 3 // the bytes of the byte order mark of UTF-8
)

// chunk is whole lines of a file, on their way to be parsed. An element of an
// array is a line too: its own line ends are blanks then.
type chunk struct {
	text    []byte
	firsts  []int  // for each element of an array: its first line in the file; nil for lines
	damage  Damage // TooLong: the chunk is one line, which was passed over
	foreign Damage // what the file is instead of rows; its first line is damaged so
}

// lines takes a file apart into chunks.
type lines struct {
	in       io.Reader
	encoding string // what in is decoded from; empty until its beginning is here
	rest     []byte // what is not in a chunk yet
	line     int    // for elements: line ends before rest
	mode     mode
	skipped  int // bytes passed over of a line that is too long; 0: there is none
	open     int // for an answer of the service: objects that are open around the array
}

type mode uint8

const (
	undecided mode = iota // at the beginning of a file
	byLine
	byElement // arrays, answers, rows over several lines
)

// answerRows is how an answer of the service begins, up to its rows.
var answerRows = regexp.MustCompile(`^\{[^\[\]]{0,1000}"voList"\s*:\s*\[`)

func answerHead(b []byte) []int {
	if b = b[:min(len(b), 1<<12)]; !bytes.Contains(b, []byte(`"voList"`)) {
		return nil
	}
	return answerRows.FindIndex(b)
}

// charsets are what a file may be written in, by a mark at its beginning, or by
// what mailtext makes of it.
var charsets = []struct {
	name, mark string
	encoding   encoding.Encoding
}{{"gzip", "\x1f\x8b", nil}, {"UTF-16LE", "\xff\xfe", unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)},
	{"UTF-16BE", "\xfe\xff", unicode.UTF16(unicode.BigEndian, unicode.UseBOM)}, {"GB18030", "", simplifiedchinese.GB18030}, {"Big5", "", traditionalchinese.Big5}}

// decode has the file unpacked and decoded from what is read on. It reports
// whether the beginning has to be read again.
func (l *lines) decode() (again bool, err error) {
	some := l.rest[:min(len(l.rest), 1<<14)]
	some = some[:cmp.Or(bytes.LastIndexByte(some, '\n')+1, len(some))]
	for _, c := range charsets {
		if !bytes.HasPrefix(l.rest, []byte(c.mark)) {
			continue
		}
		if c.mark == "" {
			decoded, err := c.encoding.NewDecoder().Bytes(some)
			if err != nil || utf8.Valid(some) || mailtext.Decode(string(some), len(some)).String != string(decoded) {
				continue
			}
		}
		whole := io.MultiReader(bytes.NewReader(bytes.Clone(l.rest)), l.in)
		if l.rest = l.rest[:0]; c.name == "gzip" {
			l.in, err = gzip.NewReader(whole)
			return true, err
		}
		l.in, l.encoding = c.encoding.NewDecoder().Reader(whole), c.name
		return true, nil
	}
	l.encoding, l.rest = utf8Name, append(l.rest[:0], bytes.TrimPrefix(l.rest, []byte("\xef\xbb\xbf"))...)
	return false, nil
}

const utf8Name = "UTF-8"

// next fills c with what is read next. c is empty where nothing came before err.
func (l *lines) next(c *chunk) error {
	*c = chunk{text: c.text[:0], firsts: c.firsts[:0]}
	for {
		l.rest = slices.Grow(l.rest, chunkSize/2)
		n, err := l.in.Read(l.rest[len(l.rest):cap(l.rest)])
		l.rest = l.rest[:len(l.rest)+n]
		if l.encoding == "" && (len(l.rest) >= longestMark || err != nil) {
			again, wrong := l.decode()
			if again && wrong == nil {
				continue
			}
			err = cmp.Or(wrong, err)
		}
		if n > 0 && l.encoding != "" && l.take(c) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// take moves whole lines into c. It reports whether there were any.
func (l *lines) take(c *chunk) bool {
	if l.mode == undecided {
		l.decide(c)
	}
	switch {
	case l.skipped > 0: // a line that is too long is passed over, up to its end
		end := bytes.IndexByte(l.rest, '\n') + 1
		if end == 0 {
			l.skipped, l.rest = l.skipped+len(l.rest), l.rest[:0]
			return false
		}
		c.damage, l.skipped = TooLong, 0
		l.line++
		l.rest = append(l.rest[:0], l.rest[end:]...)
		return true
	case l.mode == byElement:
		l.takeElements(c)
	case l.mode == byLine:
		if end := bytes.LastIndexByte(l.rest, '\n') + 1; end > 0 {
			c.text, l.rest = l.rest[:end], append(c.text[:0], l.rest[end:]...)
		}
	}
	if len(c.text) > 0 {
		return true
	}
	if len(l.rest) > maxLine {
		l.skipped, l.rest = len(l.rest), l.rest[:0]
	}
	return false
}

// decide tells lines, each of them a row, from everything else. Without a whole
// line it stays undecided.
func (l *lines) decide(c *chunk) {
	head := bytes.TrimLeft(l.rest, " \t\r\n")
	line, _, ended := bytes.Cut(head, []byte{'\n'})
	switch {
	case len(head) == 0:
	case head[0] == '[' || answerHead(head) != nil || ended && string(bytes.TrimSpace(line)) == "{":
		l.mode = byElement
	case ended || len(head) >= 1<<12:
		l.mode, c.foreign = byLine, kindOf(line)
	}
}

// kindOf returns what a file whose first line is this is instead of rows, ""
// where it may hold rows.
func kindOf(line []byte) Damage {
	if bytes.HasPrefix(line, []byte("emailId,status,")) {
		return CSV
	}
	if line[0] == '{' && bytes.Contains(line, []byte(`"voList"`)) {
		return Answer
	}
	return ""
}

// takeElements moves the whole elements of arrays into c, each as a line.
func (l *lines) takeElements(c *chunk) {
	at := 0
	for at < len(l.rest) {
		b := l.rest[at:]
		switch {
		case b[0] == '\n':
			l.line++
		case b[0] == ']' && l.open > 0: // the end of an answer
			n := elementEnd(b[1:], l.open)
			if n == 0 {
				l.rest = append(l.rest[:0], b...)
				return
			}
			l.line += bytes.Count(b[:n], []byte{'\n'})
			l.open, at = 0, at+n
		case bytes.IndexByte([]byte(" \t\r,[]"), b[0]) >= 0:
		default:
			if m := answerHead(b); m != nil {
				l.open = bytes.Count(b[:m[1]], []byte{'{'}) - bytes.Count(b[:m[1]], []byte{'}'})
				l.line += bytes.Count(b[:m[1]], []byte{'\n'})
				at += m[1] - 1
				break
			}
			n := elementEnd(b, 0)
			if n == 0 {
				l.rest = append(l.rest[:0], b...)
				return
			}
			c.firsts = append(c.firsts, l.line+1)
			l.line += bytes.Count(b[:n], []byte{'\n'})
			c.text = append(append(c.text, bytes.ReplaceAll(b[:n], []byte{'\n'}, []byte{' '})...), '\n')
			at += n - 1
		}
		at++
	}
	l.rest = l.rest[:0]
}

// elementEnd returns where the first element in b ends, or, inside so many
// objects, where the last of these ends; 0 if more text is needed. A line end
// inside a string is invalid JSON, and nothing inside a row begins a line with
// its brace: there a damaged element ends, and does not swallow the rest. An
// element that is no object also ends at the line end.
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
				}
				if b[i] == '\\' {
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
// text must be incomplete: an open array element, or a line that is too long.
func (l *lines) last(c *chunk) (cut bool) {
	*c = chunk{text: c.text[:0]}
	rest := bytes.TrimSpace(l.rest)
	if l.mode == byElement || l.skipped > 0 {
		return l.skipped > 0 || len(rest) > 0 && rest[0] != ']'
	}
	if c.text = append(c.text, rest...); l.mode == undecided && len(rest) > 0 {
		c.foreign = kindOf(rest)
	}
	return false
}
