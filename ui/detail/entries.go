package detail

import (
	"slices"
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
	links bool // the terminal knows hyperlinks
	lines []string
	made  int // ids of links used so far
}

func newEntries(th theme.Theme, lang words.Lang, links bool, w int) *entries {
	p := &entries{Look: pane.NewLook(keymap.Detail, th, lang, keymap.Default()), links: links}
	p.W = w
	return p
}

const (
	labelWidth = 11
	leastWidth = labelWidth + 5 // in fewer columns nothing is shown
)

func (p *entries) room() int { return max(2, p.W-labelWidth-3) }

// look is a part of a text that looks different: in a style of its own, or a link.
type look struct {
	cell.Span
	style lipgloss.Style
	link  bool
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

// set sets a labelled text with looks, which are sorted and do not overlap. Its
// links are whole where a line can hold them, and can be clicked where the
// terminal knows how. A look that touches a link gives way to it.
func (p *entries) set(label words.Sentence, text string, looks []look, folds []cell.Span) {
	all := slices.Clone(looks)
	for _, l := range findLinks(text) {
		all = slices.DeleteFunc(all, func(o look) bool { return !o.link && o.Start < l.End && l.Start < o.End })
		all = append(all, look{Span: l, link: true})
	}
	slices.SortFunc(all, func(a, b look) int { return a.Start - b.Start })
	spans := make([]cell.Span, len(all))
	for i, l := range all {
		spans[i] = l.Span
	}
	for _, line := range p.Fit.WrapMarks(text, p.room(), spans, folds) {
		s := ""
		for _, seg := range line {
			shown := seg.Text
			if seg.Mark >= 0 {
				switch l := all[seg.Mark]; {
				case !l.link:
					shown = paint(l.style, shown)
				case p.links:
					shown = hyperlink(p.made+seg.Mark, text[l.Start:l.End], shown)
				}
			}
			s += shown
		}
		p.label(label, s)
		label = words.Sentence{}
	}
	p.made += len(all)
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
