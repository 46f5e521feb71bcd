package detail

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/charmbracelet/lipgloss"

	"bounceboard/keymap"
	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
	"bounceboard/sendcloud/mailtext"
	"bounceboard/theme"
	"bounceboard/ui/cell"
	"bounceboard/ui/pane"
	"bounceboard/ui/words"
)

// entries are labelled texts set in lines: the page of a record, of a pattern, of an explanation.
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

func (p *entries) put(label words.Sentence, text string) { p.set(label, text, p.Theme.Text, nil, nil) }

// lead sets a text that begins with a word in a style of its own.
func (p *entries) lead(label words.Sentence, style lipgloss.Style, word, text string) {
	full := word
	if text != "" {
		full += p.Dot() + text
	}
	p.set(label, full, style, []cell.Span{{End: len(word)}}, nil)
}

// set sets a labelled text with parts in a style of their own; a part that touches a link gives way to it.
func (p *entries) set(label words.Sentence, text string, style lipgloss.Style, parts, folds []cell.Span) {
	links := findLinks(text)
	all := slices.DeleteFunc(slices.Clone(parts), func(o cell.Span) bool {
		return slices.ContainsFunc(links, func(l cell.Span) bool { return o.Start < l.End && l.Start < o.End })
	})
	all = append(all, links...)
	slices.SortFunc(all, func(a, b cell.Span) int { return a.Start - b.Start })
	for _, line := range p.Fit.WrapMarks(text, p.room(), all, folds) {
		s := ""
		for _, seg := range line {
			switch {
			case seg.Mark < 0:
			case !slices.Contains(links, all[seg.Mark]):
				seg.Text = paint(style, seg.Text)
			case p.links: // OSC 8; parts with the same id are one link. Nothing that findLinks finds can end the sequence.
				to := text[all[seg.Mark].Start:all[seg.Mark].End]
				seg.Text = fmt.Sprintf("\x1b]8;id=bb%d;%s\x1b\\%s\x1b]8;;\x1b\\", p.made+seg.Mark, to, seg.Text)
			}
			s += seg.Text
		}
		p.label(label, s)
		label = words.Sentence{}
	}
	p.made += len(all)
}

// paint is style.Render for a stretch of one line. lipgloss would write an underline anew for every character, eleven bytes each.
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

// Explain says what a record's reply means.
type Explain func(sendcloud.Record) bounce.Explanation

// Card is the explanation of a reply alone, in lines of w columns. plain: without styles, so the words that decided are quoted.
func Card(th theme.Theme, lang words.Lang, w int, links, plain bool, reply string, e bounce.Explanation, sub sendcloud.SubStatus) []string {
	p := newEntries(th, lang, links, w)
	p.explain(e, sub)
	p.facts(e)
	var quotes []string
	for _, m := range e.Matched {
		quotes = append(quotes, "“"+reply[m.Start:m.End]+"”")
	}
	if plain {
		p.put(words.LabelDecided, strings.Join(quotes, " + "))
	}
	p.reply(reply, e.Matched, cell.Folds(reply))
	return p.lines
}

// explain sets what happened, whether trying again helps, and who should do what.
func (p *entries) explain(e bounce.Explanation, sub sendcloud.SubStatus) {
	lang := string(p.Lang)
	mark, sure := p.Theme.Permanence(e.Permanence.String()), e.HowSure(lang)
	switch {
	case e.Permanence == bounce.NoFailure:
		mark = p.Theme.Marks.Delivered
	case mark == "":
		mark = p.Theme.Marks.Unknown
	default:
		sure = words.Permanence(p.Lang, e.Permanence) + p.Dot() + sure
	}
	known := e.Basis != bounce.BasisNone
	if !known {
		sure = ""
	}
	p.lead(words.LabelCause, p.Theme.Title, mark+" "+e.Cause.Short(lang), sure)
	if against := words.Contradiction(p.Lang, e, sub); against != "" {
		p.lead(words.LabelCareful, p.Theme.Warning, p.Theme.Marks.Warn+" "+against, "")
	}
	if known {
		p.put(words.LabelHappened, e.What(lang))
	}
	if known && e.Permanence != bounce.NoFailure {
		p.put(words.LabelRetry, e.WhetherRetry(lang))
	}
	p.put(words.LabelStep, e.NextStep(lang))
}

// facts sets what else the reply tells, and more of that kind.
func (p *entries) facts(e bounce.Explanation, more ...string) {
	p.put(words.LabelFacts, strings.Join(append(words.Facts(p.Lang, e), more...), p.Dot()))
}

// reply sets what the server said, its deciding words underlined.
func (p *entries) reply(text string, decided []bounce.Span, folds []cell.Span) {
	parts := make([]cell.Span, len(decided))
	for i, s := range decided {
		parts[i] = cell.Span(s)
	}
	p.set(words.LabelReply, text, p.Theme.Decided, parts, folds)
	if read := mailtext.Decode(text, 8<<10); read.String != text {
		p.put(words.LabelDecoded, read.String)
	}
}

// url is an http or https link of the characters of RFC 3986, but for quotes and brackets, which mostly stand around it.
var url = regexp.MustCompile(`(?i)\bhttps?://[a-z0-9][-a-z0-9._~:/?#@!$&*+,;=%]*`)

// findLinks finds the links of s, without the stops behind them.
func findLinks(s string) (links []cell.Span) {
	for _, at := range url.FindAllStringIndex(s, -1) {
		end := at[0] + len(strings.TrimRight(s[at[0]:at[1]], ".,;:!?&*"))
		if end-at[0] <= 2000 { // what terminals take in an OSC 8 at least (VTE: 2083 bytes)
			links = append(links, cell.Span{Start: at[0], End: end})
		}
	}
	return links
}

// Hyperlinks tells from the environment whether the terminal knows OSC 8; it cannot be asked without a query. Inside tmux only tmux
// counts: it passes links on, or drops them without harm, and its TERM_PROGRAM names it. Over SSH mostly nothing but TERM arrives.
func Hyperlinks(getenv func(string) string) bool {
	kind, program := getenv("TERM"), getenv("TERM_PROGRAM")
	switch {
	case kind == "dumb", getenv("STY") != "":
		return false
	case getenv("TMUX") != "" || strings.HasPrefix(kind, "tmux") || strings.HasPrefix(kind, "screen"):
		return program == "tmux"
	}
	return getenv("VTE_VERSION")+getenv("KONSOLE_VERSION")+getenv("KITTY_WINDOW_ID")+getenv("WT_SESSION") != "" ||
		knowing.MatchString(program) || knowing.MatchString(kind)
}

// knowing are the names of terminals that know links, as TERM_PROGRAM and TERM say them.
var knowing = regexp.MustCompile(`^(iTerm\.app|WezTerm|vscode|rio|(xterm-)?(kitty|ghostty)|wezterm|foot|alacritty|contour)(-|$)`)
