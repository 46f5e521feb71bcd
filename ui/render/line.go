package render

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// pen is how a cell looks: the sequences that set it, from no attributes on.
type pen struct{ attributes, link string }

// cell is a column of a line. The second column of a wide character is empty.
type cell struct {
	text string
	pen  pen
}

var (
	attributes = regexp.MustCompile(`^\x1b\[[0-9;:]*m$`)
	noneBefore = regexp.MustCompile(`^\x1b\[0*(?:;|m$)`) // ends all attributes before it
	hyperlink  = regexp.MustCompile(`^\x1b\]8;[^;]*;(.*?)(?:\a|\x1b\\)$`)
)

// cells is a line of a frame in w columns. It begins without attributes. Sequences other than attributes and
// hyperlinks, and control characters, are left out, as is a wide character that does not fit.
func cells(line string, w int) []cell {
	all := make([]cell, 0, w)
	var p pen
	for state := byte(0); len(line) > 0; {
		seq, width, n, next := ansi.DecodeSequence(line, state, nil)
		line, state = line[n:], next
		switch {
		case width == 0 && attributes.MatchString(seq):
			if noneBefore.MatchString(seq) {
				p.attributes = ""
			}
			if len(strings.Trim(seq, "\x1b[0m")) > 0 {
				p.attributes += seq
			}
		case width == 0 && hyperlink.MatchString(seq):
			if p.link = seq; hyperlink.FindStringSubmatch(seq)[1] == "" {
				p.link = ""
			}
		case width == 0 && len(all) > 0 && seq[0] >= 0xcc: // a mark on the character before
			i := len(all) - 1
			for i > 0 && all[i].text == "" {
				i--
			}
			all[i].text += seq
		case width > 0 && len(all)+width <= w:
			all = append(all, cell{seq, p})
			for range width - 1 {
				all = append(all, cell{"", p})
			}
		case width > 0:
			line = ""
		}
	}
	for len(all) < w {
		all = append(all, cell{text: " "})
	}
	return all
}

// wide are characters of East Asia that every terminal draws in two columns.
var wide = &unicode.RangeTable{R16: []unicode.Range16{
	{0x3001, 0x3011, 1}, {0x3041, 0x3096, 1}, {0x30a1, 0x30fa, 1},
	{0x4e00, 0x9fef, 1}, {0xac00, 0xd7a3, 1}, {0xff01, 0xff5e, 1},
}}

// agreed: terminals agree on the columns of this character. They draw "…" and "─" in one column or in two.
func agreed(c cell) bool {
	r, n := utf8.DecodeRuneInString(c.text)
	return n == len(c.text) && (n < 2 || unicode.Is(wide, r))
}

// span is the part of a line that is written, from one column to another. Behind the first character whose columns
// terminals dispute, nothing can be found by its column: the line is written from there, or from before it, to its end.
// No half of a wide character is at either border: its other half would differ too.
func span(old, line []cell) (from, to int, disputed bool) {
	w := len(line)
	for from < w && old[from] == line[from] {
		from++
	}
	for to = w; to > from && old[to-1] == line[to-1]; {
		to--
	}
	if from == to {
		return 0, 0, false
	}
	for i := range to {
		if !agreed(old[i]) || !agreed(line[i]) {
			return min(from, i), w, true
		}
	}
	return from, to, false
}

const eraseRight = "\x1b[K"

// writeLine makes a row that shows old show line. The terminal has no attributes before and after it.
func writeLine(b *bytes.Buffer, row int, old, line []cell) {
	from, to, disputed := span(old, line)
	if from == to {
		return
	}
	end := len(line)
	for end > from && line[end-1] == (cell{text: " "}) {
		end--
	}
	place(b, row, from)
	if disputed { // what is there may be wider than we think
		b.WriteString(eraseRight)
		to = end
	}
	erase := to-end > len(eraseRight)
	if erase {
		to = end
	}
	var now pen
	for _, c := range line[from:to] {
		if c.pen != now {
			change(b, now, c.pen)
			now = c.pen
		}
		b.WriteString(c.text)
	}
	change(b, now, pen{})
	if erase {
		b.WriteString(eraseRight)
	}
}

// change goes on with another pen.
func change(b *bytes.Buffer, now, next pen) {
	more, ok := strings.CutPrefix(next.attributes, now.attributes)
	if !ok {
		b.WriteString("\x1b[m")
		more = next.attributes
	}
	b.WriteString(more)
	if next.link != now.link {
		if next.link == "" {
			next.link = "\x1b]8;;\x1b\\"
		}
		b.WriteString(next.link)
	}
}

func place(b *bytes.Buffer, row, column int) {
	fmt.Fprintf(b, "\x1b[%d;%dH", row+1, column+1)
}
