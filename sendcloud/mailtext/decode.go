package mailtext

import (
	"html"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Text is a reply as it reads: its character set is UTF-8, and what was encoded is decoded.
type Text struct {
	String string
	from   []int // where in the original each byte of String stands, and where it ends; nil where the two are the same
}

// Original says which bytes of the original [start, end) of the text are; what is decoded as a whole stands for all.
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
	r.from = append(r.from, slices.Repeat([]int{at}, len(decoded))...)
}

// plain appends bytes of the original as they are.
func (r *reading) plain(text string, at int) {
	for i := range len(text) {
		r.add(text[i:i+1], at+i)
	}
}

// Decode reads a reply in whatever character set it stands: GB18030, Big5 or ISO-2022-JP, as bytes or read as
// Latin-1; or with HTML's entities in it. Of a long text the first most bytes are looked at.
func Decode(original string, most int) Text {
	looked := original[:min(len(original), most)]
	var read reading
	decoded := false
	for i := range len(looked) {
		if looked[i] >= utf8.RuneSelf || looked[i] == 0x1B {
			read, decoded = recode(looked)
			break
		}
	}
	if !decoded && strings.IndexByte(looked, '&') >= 0 {
		read, decoded = unescape(looked)
	}
	if !decoded {
		return Text{String: original}
	}
	read.plain(original[len(looked):], len(looked))
	return Text{string(read.b), append(read.from, len(original))}
}

// entity is a character as HTML writes it.
var entity = regexp.MustCompile(`&(#\d{1,5}|[a-z]{2,6});`)

// unescape reads HTML's entities for signs, false where there are none.
func unescape(text string) (read reading, any bool) {
	at := 0
	for _, m := range entity.FindAllStringIndex(text, -1) {
		if sign := html.UnescapeString(text[m[0]:m[1]]); len(sign) <= 2 {
			read.plain(text[at:m[0]], at)
			read.add(sign, m[0])
			at = m[1]
		}
	}
	if at > 0 {
		read.plain(text[at:], at)
	}
	return read, at > 0
}
