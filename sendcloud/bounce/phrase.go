package bounce

import (
	"cmp"
	"regexp"
	"strings"
)

// alternatives splits at " | " outside parentheses.
func alternatives(body string) []string {
	var parts []string
	depth, from := 0, 0
	for i, c := range body {
		switch {
		case c == '(':
			depth++
		case c == ')':
			depth--
		case c == '|' && depth == 0:
			parts, from = append(parts, strings.TrimSpace(body[from:i])), i+1
		}
	}
	return append(parts, strings.TrimSpace(body[from:]))
}

// element is one step of a sequence: any of its literals, at most gap bytes behind the step before.
type element struct {
	literals []literal
	gap      int
}

// The gaps between steps: nothing but a blank, the rest of a word, a few words, a line.
const (
	gapNone  = 1
	gapWord  = 14
	gapWords = 26
	gapLine  = 110
)

// literal is a folded phrase.
type literal struct {
	text string
	way
}

// way is how a literal is looked for.
type way struct {
	openLeft, openRight bool // the word may go on at that end
	inName              bool // in host names and links only
	host                bool // in a name, only where more of it stands before: mx3.qq.com, not qq.com
	ignore              bool // nothing in it decides
	anywhere            bool // counts in ignored phrases too
}

// phrasePart is a choice, a named choice, a gap or a word.
var phrasePart = regexp.MustCompile(`\([^)]*\)|\{[^}]*\}|\.\.\.? |[^ ({]+`)

// maxSteps bounds a sequence.
const maxSteps = 6

// sequence reads a phrase. Words that follow each other are one literal.
func (p *parser) sequence(phrase string) ([]element, error) {
	var all []element
	var wrong error // the first literal that cannot be looked for
	plain, gap, at := "", 0, 0
	add := func(choices ...string) {
		e := element{gap: gap}
		for _, c := range choices {
			l, err := p.literal(c)
			wrong, e.literals = cmp.Or(wrong, err), append(e.literals, l)
		}
		all, plain, gap = append(all, e), "", gapNone
	}
	flush := func(next int) {
		if plain != "" {
			add(plain)
		}
		gap = max(gap, next)
	}
	for _, m := range phrasePart.FindAllStringIndex(phrase, -1) {
		if strings.TrimSpace(phrase[at:m[0]]) != "" {
			break
		}
		at = m[1]
		switch part := phrase[m[0]:m[1]]; {
		case part[0] == '(':
			flush(0)
			add(strings.Split(part[1:len(part)-1], "|")...)
		case part[0] == '{':
			choices := p.lets[part[1:len(part)-1]]
			if choices == nil {
				return nil, p.wrong("unknown_let", part[1:len(part)-1])
			}
			flush(0)
			add(choices...)
		case part == "... ":
			flush(gapLine)
		case part == ".. ":
			flush(gapWords)
		default:
			plain += " " + part
			if strings.HasSuffix(part, "*") { // the rest of the word may stand before what follows
				flush(gapWord)
			}
		}
	}
	flush(0)
	switch {
	case wrong != nil:
		return nil, wrong
	case at < len(phrase):
		return nil, p.wrong("unclosed", phrase[at:])
	case len(all) == 0 || len(all) > maxSteps:
		return nil, p.wrong("too_many_steps", phrase)
	}
	return all, nil
}

func (p *parser) literal(s string) (l literal, err error) {
	s, l.inName = strings.CutPrefix(strings.TrimSpace(s), "@")
	s, l.openLeft = strings.CutPrefix(s, "*")
	s, l.openRight = strings.CutSuffix(s, "*")
	if strings.Contains(s, "..") || strings.ContainsAny(s, "{}&\"*") {
		return l, p.wrong("bad_word", s)
	}
	if l.text = foldedString(s); len(l.text) < 2 {
		return l, p.wrong("too_short", s)
	}
	return l, nil
}
