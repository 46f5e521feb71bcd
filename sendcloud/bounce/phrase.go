package bounce

import (
	"regexp"
	"strings"
)

// alternatives splits at " | " outside parentheses.
func alternatives(body string) []string {
	var parts []string
	depth, from := 0, 0
	for i := range len(body) {
		switch body[i] {
		case '(':
			depth++
		case ')':
			depth--
		case '|':
			if depth == 0 {
				parts = append(parts, strings.TrimSpace(body[from:i]))
				from = i + 1
			}
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

// literal is a folded phrase; the stars leave the word open at that end.
type literal struct {
	text                string
	openLeft, openRight bool
	inName              bool // starts with @: looked for in host names and links
}

// phrasePart is a choice, a named choice, a gap or a word.
var phrasePart = regexp.MustCompile(`\([^)]*\)|\{[^}]*\}|\.\.\.? |[^ ({]+`)

// maxSteps bounds a sequence.
const maxSteps = 6

// sequence is a phrase as far as it has been read.
type sequence struct {
	p        *parser
	elements []element
	plain    string // words that go on being one literal
	gap      int    // before the next element
	wrong    error  // the first literal that cannot be looked for
}

// sequence reads a phrase. Words that follow each other are one literal.
func (p *parser) sequence(phrase string) ([]element, error) {
	q, at := sequence{p: p}, 0
	for _, m := range phrasePart.FindAllStringIndex(phrase, -1) {
		if strings.TrimSpace(phrase[at:m[0]]) != "" {
			break
		}
		at = m[1]
		if err := q.part(phrase[m[0]:m[1]]); err != nil {
			return nil, err
		}
	}
	q.flush()
	switch {
	case q.wrong != nil:
		return nil, q.wrong
	case at < len(phrase):
		return nil, p.wrong("unclosed", phrase[at:])
	case len(q.elements) == 0 || len(q.elements) > maxSteps:
		return nil, p.wrong("too_many_steps", phrase)
	}
	return q.elements, nil
}

// part reads a choice, a gap or a word.
func (q *sequence) part(part string) error {
	switch {
	case part[0] == '(':
		q.flush()
		q.add(strings.Split(part[1:len(part)-1], "|")...)
	case part[0] == '{':
		choices := q.p.lets[part[1:len(part)-1]]
		if choices == nil {
			return q.p.wrong("unknown_let", part[1:len(part)-1])
		}
		q.flush()
		q.add(choices...)
	case part == "... ":
		q.flush()
		q.gap = gapLine
	case part == ".. ":
		q.flush()
		q.gap = gapWords
	default:
		q.plain += " " + part
		if strings.HasSuffix(part, "*") { // the rest of the word may stand before what follows
			q.flush()
			q.gap = gapWord
		}
	}
	return nil
}

// flush ends the literal of plain words.
func (q *sequence) flush() {
	if q.plain != "" {
		q.add(q.plain)
		q.plain = ""
	}
}

func (q *sequence) add(choices ...string) {
	e := element{gap: q.gap}
	for _, c := range choices {
		l, err := q.p.literal(c)
		if q.wrong == nil {
			q.wrong = err
		}
		e.literals = append(e.literals, l)
	}
	q.elements, q.gap = append(q.elements, e), gapNone
}

func (p *parser) literal(s string) (literal, error) {
	s = strings.TrimSpace(s)
	var l literal
	s, l.inName = strings.CutPrefix(s, "@")
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
