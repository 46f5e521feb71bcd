package detail

import (
	"strings"

	"github.com/charmbracelet/lipgloss"

	"bounceboard/keymap"
	"bounceboard/theme"
	"bounceboard/ui/cell"
	"bounceboard/ui/pane"
	"bounceboard/ui/words"
)

// entries are labelled texts set in lines of a width: the page of a record, of a
// pattern, and of an explanation on the command line.
type entries struct {
	pane.Look
	lines []string
}

func newEntries(th theme.Theme, lang words.Lang, w int) *entries {
	p := &entries{Look: pane.NewLook(keymap.Detail, th, lang, keymap.Default())}
	p.W = w
	return p
}

const (
	labelWidth = 11
	leastWidth = labelWidth + 5 // in fewer columns nothing is shown
)

func (p *entries) room() int { return max(2, p.W-labelWidth-3) }

// look is a part of a text in a style of its own.
type look struct {
	cell.Span
	style lipgloss.Style
}

func (p *entries) put(label words.Sentence, text string) { p.set(label, text, nil, nil) }

// lead sets a text that begins with a word in a style of its own.
func (p *entries) lead(label words.Sentence, style lipgloss.Style, word, text string) {
	full := word
	if text != "" {
		full += p.Dot() + text
	}
	p.set(label, full, []look{{Span: cell.Span{End: len(word)}, style: style}}, nil)
}

// set sets a labelled text with looks, which are sorted and do not overlap.
func (p *entries) set(label words.Sentence, text string, looks []look, folds []cell.Span) {
	spans := make([]cell.Span, len(looks))
	for i, l := range looks {
		spans[i] = l.Span
	}
	for _, line := range p.Fit.WrapMarks(text, p.room(), spans, folds) {
		s := ""
		for _, seg := range line {
			if seg.Mark >= 0 {
				seg.Text = paint(looks[seg.Mark].style, seg.Text)
			}
			s += seg.Text
		}
		p.label(label, s)
		label = words.Sentence{}
	}
}

// paint is style.Render for a stretch of one line. lipgloss would write an
// underline anew for every character, eleven bytes each.
func paint(style lipgloss.Style, s string) string {
	before, after, _ := strings.Cut(style.Render("x"), "x")
	return before + s + after
}

func (p *entries) label(label words.Sentence, text string) {
	name := p.Fit.Fit(p.Lang.Say(label), labelWidth)
	if label != (words.Sentence{}) {
		name = p.Theme.Head.Render(name)
	}
	p.lines = append(p.lines, " "+name+" "+text)
}
