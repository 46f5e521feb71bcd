package cell

import (
	"sort"
	"strconv"
	"strings"
)

// Span is the bytes [Start, End) of a text.
type Span struct{ Start, End int }

// Segment is a stretch of a wrapped line with one look.
type Segment struct {
	Text string // harmless
	Span        // the bytes of the original that Text stands for
	Mark int    // index of the mark it belongs to, -1: none
	Fold int    // index of the fold it stands for, -1: none
}

// Line is a wrapped line, in segments from left to right; an empty line has none.
type Line []Segment

// String is the text of the line.
func (l Line) String() string {
	var b strings.Builder
	for _, seg := range l {
		b.WriteString(seg.Text)
	}
	return b.String()
}

// Wrap breaks s into harmless lines of at most w columns (2 at least). Line ends of s (LF, CRLF) end a line; an empty s has none.
// Lines break after blanks, which are left out there, and between Chinese characters, where no closing punctuation comes to stand
// at the start of a line and no opening one at its end; a word longer than a line is broken hard.
func (st Style) Wrap(s string, w int) []string {
	lines := st.WrapMarks(s, w, nil, nil)
	text := make([]string, len(lines))
	for i, l := range lines {
		text[i] = l.String()
	}
	return text
}

// WrapMarks is Wrap that tells marks apart as segments of their own, and replaces folds (see [Folds]; nil: none) by a short form like
// "MTk…(96)". Both are sorted, and neither overlaps itself; a mark that touches a fold marks its short form.
func (st Style) WrapMarks(s string, w int, marks, folds []Span) []Line {
	p := wrapper{Style: st, s: s, w: max(w, 2), marks: marks, folds: folds}
	var lines []Line
	for i := 0; i < len(s); {
		end, rest := p.breakLine(i)
		lines = append(lines, p.segments(i, end))
		i = rest
	}
	return lines
}

// wrapper is one text being wrapped.
type wrapper struct {
	Style
	s            string
	w            int
	marks, folds []Span
}

// touching is the index of the span that touches [i, end), or -1.
func touching(spans []Span, i, end int) int {
	k := sort.Search(len(spans), func(k int) bool { return spans[k].End > i })
	if k < len(spans) && spans[k].Start < end {
		return k
	}
	return -1
}

// unit is the unit at i, and the fold it stands for or -1.
func (p *wrapper) unit(i int) (unit, int) {
	if f := touching(p.folds, i, i+1); f >= 0 {
		size := p.folds[f].End - i
		return unit{size: size, width: min(Width(p.short(f)), p.w), base: 'a'}, f
	}
	u := next(p.s[i:])
	u.width = min(u.width, p.w)
	return u, -1
}

// short is the short form of a fold: how it begins and its length.
func (p *wrapper) short(f int) string {
	const kept = 3
	fold := p.s[p.folds[f].Start:p.folds[f].End]
	return Clean(fold[:min(kept, len(fold))]) + p.more() + "(" + strconv.Itoa(len(fold)) + ")"
}

// breakLine finds where the line that starts at i ends, and where the next one starts.
func (p *wrapper) breakLine(start int) (end, rest int) {
	var (
		col       int
		prev      unit
		text      = start // behind the last unit that is no blank
		breakEnd  = -1    // the last place where the line may be broken:
		breakRest = -1    // where its text ends, where the next line starts
		lead      = true  // nothing but blanks so far
	)
	for i := start; i < len(p.s); {
		u, _ := p.unit(i)
		if u.text == lineEnd && u.written() {
			return text, i + u.size
		}
		blank := u.blank()
		if !blank && !lead && mayBreak(prev, u) {
			breakEnd, breakRest = text, i
		}
		if !blank && col+u.width > p.w {
			switch {
			case breakRest > start:
				return breakEnd, breakRest
			case lead: // more blanks than the line has columns
				return i, i
			default:
				return text, i
			}
		}
		col += u.width
		i += u.size
		prev = u
		if !blank {
			text, lead = i, false
		}
	}
	return text, len(p.s)
}

// Punctuation that may not stand at the start of a line, and at its end.
const (
	closing = "。，、；：？！）」』】》〉〕］｝”’…—·.,;:?!)]}%>ー々"
	opening = "（「『【《〈〔［｛“‘([{<"
)

// blank tells whether u is a blank that may be left out: without a mark on it.
func (u unit) blank() bool { return u.base == ' ' && u.size == 1 }

// mayBreak tells whether a line may be broken between two units.
func mayBreak(prev, u unit) bool {
	switch {
	case prev.blank():
		return true
	case prev.width < 2 && u.width < 2, prev.written(), u.written():
		return false
	default:
		return !strings.ContainsRune(closing, u.base) && !strings.ContainsRune(opening, prev.base)
	}
}

// segments is the line of the bytes [start, end).
func (p *wrapper) segments(start, end int) Line {
	var line Line
	var b []byte
	open := Segment{Span: Span{start, start}, Mark: -1, Fold: -1}
	col := 0
	flush := func() {
		if len(b) > 0 {
			open.Text = string(b)
			line = append(line, open)
		}
		b = b[:0]
	}
	for i := start; i < end && col < p.w; {
		u, fold := p.unit(i)
		mark := touching(p.marks, i, i+u.size)
		if mark != open.Mark || fold != open.Fold {
			flush()
			open = Segment{Span: Span{i, i}, Mark: mark, Fold: fold}
		}
		if col+u.width > p.w { // blanks before the first word only
			break
		}
		from := len(b)
		if fold >= 0 {
			b = append(b, p.short(fold)...)
		} else {
			b = append(b, u.of(p.s[i:])...)
		}
		if u.width == p.w && !u.blank() { // may be longer than the line
			b = append(b[:from], p.Cut(string(b[from:]), p.w)...)
		}
		col += u.width
		i += u.size
		open.End = i
	}
	flush()
	return line
}
