package bounce

import "strings"

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

func (p *parser) sequence(phrase string) ([]element, error) {
	q := sequenceReader{p: p, rest: strings.TrimSpace(phrase)}
	for q.rest != "" {
		if err := p.sequencePart(&q); err != nil {
			return nil, err
		}
		q.rest = strings.TrimLeft(q.rest, " ")
	}
	if err := q.flush(); err != nil {
		return nil, err
	}
	if len(q.elements) == 0 || len(q.elements) > maxSteps {
		return nil, p.wrong(TooManySteps, phrase)
	}
	return q.elements, nil
}

// sequenceReader is how far a phrase has been read.
type sequenceReader struct {
	p        *parser
	rest     string
	plain    string // words that go on being one literal
	gap      int    // before the next element
	elements []element
}

// sequencePart reads a choice, a gap or a word.
func (p *parser) sequencePart(q *sequenceReader) error {
	switch {
	case q.rest[0] == '(' || q.rest[0] == '{':
		if err := q.flush(); err != nil {
			return err
		}
		choices, err := p.choices(q)
		if err != nil {
			return err
		}
		return q.add(choices)
	case strings.HasPrefix(q.rest, "... "):
		return q.gapIs(gapLine, 4)
	case strings.HasPrefix(q.rest, ".. "):
		return q.gapIs(gapWords, 3)
	}
	end := strings.IndexAny(q.rest, " ({")
	if end < 0 {
		end = len(q.rest)
	}
	q.plain += " " + q.rest[:end]
	if q.rest[end-1] != '*' {
		q.rest = q.rest[end:]
		return nil
	}
	return q.gapIs(gapWord, end) // the rest of the word may stand before what follows
}

func (p *parser) choices(q *sequenceReader) ([]string, error) {
	closing := map[byte]string{'(': ")", '{': "}"}[q.rest[0]]
	end := strings.Index(q.rest, closing)
	if end < 0 {
		return nil, p.wrong(Unclosed, q.rest)
	}
	inside, named := q.rest[1:end], q.rest[0] == '{'
	q.rest = q.rest[end+1:]
	if !named {
		return strings.Split(inside, "|"), nil
	}
	choices := p.lets[inside]
	if choices == nil {
		return nil, p.wrong(UnknownLet, inside)
	}
	return choices, nil
}

// gapIs passes n bytes: what follows may stand that far behind.
func (q *sequenceReader) gapIs(gap, n int) error {
	err := q.flush()
	q.gap, q.rest = gap, q.rest[n:]
	return err
}

// flush ends the literal of plain words.
func (q *sequenceReader) flush() error {
	text := strings.TrimSpace(q.plain)
	q.plain = ""
	if text == "" {
		return nil
	}
	return q.add([]string{text})
}

func (q *sequenceReader) add(choices []string) error {
	e := element{gap: q.gap}
	for _, c := range choices {
		l, err := q.p.literal(c)
		if err != nil {
			return err
		}
		e.literals = append(e.literals, l)
	}
	q.elements, q.gap = append(q.elements, e), gapNone
	return nil
}

// maxSteps bounds a sequence.
const maxSteps = 6

func (p *parser) literal(s string) (literal, error) {
	s = strings.TrimSpace(s)
	var l literal
	s, l.inName = strings.CutPrefix(s, "@")
	s, l.openLeft = strings.CutPrefix(s, "*")
	s, l.openRight = strings.CutSuffix(s, "*")
	if strings.Contains(s, "..") || strings.ContainsAny(s, "{}&\"*") {
		return l, p.wrong(BadWord, s)
	}
	if l.text = foldedString(s); len(l.text) < 2 {
		return l, p.wrong(TooShort, s)
	}
	return l, nil
}
