package detail

import (
	"strings"

	"github.com/charmbracelet/lipgloss"

	"bounceboard/theme"
	"bounceboard/ui/cell"
	"bounceboard/ui/words"
)

// entries are labelled texts set in lines of a width.
type entries struct {
	th    theme.Theme
	lang  words.Lang
	fit   cell.Style
	links bool // the terminal knows hyperlinks
	w     int

	lines []string
	made  int // links made so far
}

const (
	labelWidth = 11
	leastWidth = labelWidth + 5 // in fewer columns nothing is shown
)

func (p *entries) room() int { return max(2, p.w-labelWidth-3) }

// look is a stretch of a text with a style of its own.
type look struct {
	cell.Span
	style lipgloss.Style
}

// put sets a labelled text.
func (p *entries) put(label words.Sentence, text string) { p.set(label, text, nil, nil) }

// lead sets a text that begins with a word in a style of its own.
func (p *entries) lead(label words.Sentence, style lipgloss.Style, word, text string) {
	full := word
	if text != "" {
		full += " " + p.th.Marks.Dot + " " + text
	}
	p.set(label, full, []look{{cell.Span{End: len(word)}, style}}, nil)
}

// set sets a labelled text with looks, which are sorted and do not overlap. Its
// links are whole where a line can hold them, and can be clicked where the
// terminal knows how.
func (p *entries) set(label words.Sentence, text string, looks []look, folds []cell.Span) {
	links := findLinks(text)
	pieces := split(looks, links)
	marks := make([]cell.Span, len(pieces))
	for i, piece := range pieces {
		marks[i] = piece.Span
	}
	for _, line := range p.fit.WrapMarks(text, p.room(), marks, folds) {
		s := ""
		for _, seg := range line {
			if seg.Mark < 0 {
				s += seg.Text
				continue
			}
			shown, piece := seg.Text, pieces[seg.Mark]
			if piece.look >= 0 {
				shown = paint(looks[piece.look].style, shown)
			}
			if piece.link >= 0 && p.links {
				l := links[piece.link]
				shown = hyperlink(p.made+piece.link, text[l.Start:l.End], shown)
			}
			s += shown
		}
		p.label(label, s)
		label = words.Sentence{}
	}
	p.made += len(links)
}

// paint is style.Render for a stretch of one line. lipgloss would write an
// underline anew for every character, eleven bytes each.
func paint(style lipgloss.Style, s string) string {
	before, after, _ := strings.Cut(style.Render("x"), "x")
	return before + s + after
}

func (p *entries) label(label words.Sentence, text string) {
	name := p.fit.Fit(p.lang.Say(label), labelWidth)
	if label != (words.Sentence{}) {
		name = p.th.Head.Render(name)
	}
	p.lines = append(p.lines, " "+name+" "+text)
}

// piece is a stretch that belongs to the same look and the same link; -1: none.
type piece struct {
	cell.Span
	look, link int
}

// split cuts looks and links, which may overlap, into stretches that do not. Both are sorted.
func split(looks []look, links []cell.Span) []piece {
	var pieces []piece
	for i, j, at := 0, 0, 0; i < len(looks) || j < len(links); {
		next := piece{cell.Span{Start: at, End: int(^uint(0) >> 1)}, -1, -1}
		take := func(s cell.Span, into *int, n int) {
			if s.Start <= at {
				*into = n
				next.End = min(next.End, s.End)
			} else {
				next.End = min(next.End, s.Start)
			}
		}
		if i < len(looks) {
			take(looks[i].Span, &next.look, i)
		}
		if j < len(links) {
			take(links[j], &next.link, j)
		}
		if (next.look >= 0 || next.link >= 0) && next.End > next.Start {
			pieces = append(pieces, next)
		}
		at = next.End
		for i < len(looks) && looks[i].End <= at {
			i++
		}
		for j < len(links) && links[j].End <= at {
			j++
		}
	}
	return pieces
}
