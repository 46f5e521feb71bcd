package bounce

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// A rule file is read line by line; doc.go describes it. The first rule that fits decides, so the
// order of the lines is the whole precedence.

// rule is one line (one alternative of it) that names a cause.
type rule struct {
	where      string // "builtin:12"
	section    string
	cause      Cause
	permanence Permanence
	stated     bool // permanence stands in the rule; else the codes tell
	party      Party
	sure       float64
	advice     string
	only       bool // for replies that are known to come from section's provider
	weak       bool // decides only what the words, weighed, leave open
	known      bool // for recipients at a provider that the rules name
	codes      []string
	statuses   []string
	subs       []int
	needs      int     // how many patterns must all be found; 0: codes decide
	phrases    []int32 // its patterns, and those that must not be found
	never      []int32
}

// basis is what the rule looks at.
func (r *rule) basis() Basis {
	switch {
	case r.needs > 0:
		return BasisText
	case len(r.statuses) > 0:
		return BasisEnhanced
	case len(r.codes) > 0:
		return BasisReply
	}
	return BasisSubStatus
}

// mark is a line that names a fact: kind, value and, for a block list, its link.
type mark struct {
	kind        string
	value, link string
}

// The kinds of marks.
const (
	markProvider  = "provider"
	markList      = "list"
	markPhase     = "phase"
	markTemporary = "temporary"
	markSendCloud = "sendcloud"
	markIgnore    = "ignore"
)

// parser reads rule files into a compiler.
type parser struct {
	c       *compiler
	name    string
	line    int
	section string
	sure    float64
	only    bool
	weak    bool
	lets    map[string][]string

	pending string                  // the entry or alternative being read
	more    bool                    // it is a further alternative
	further func(body string) error // reads further alternatives of the entry above
}

// wrong is what the line being read is refused with.
func (p *parser) wrong(problem RuleProblem, what string) error {
	return &RuleError{p.name, p.line, problem, what}
}

// read takes the file apart into entries: a line and the indented lines below it. An indented line
// that starts with | is a further alternative and is known by its own number; any other goes on with
// the text above.
func (p *parser) read(r io.Reader) error {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 64<<10)
	number := 0
	for lines.Scan() {
		number++
		line := strings.TrimRight(strings.TrimPrefix(lines.Text(), "\ufeff"), " \t\r")
		if i := strings.Index(line, " #"); i >= 0 {
			line = strings.TrimRight(line[:i], " \t")
		}
		text := strings.TrimLeft(line, " \t")
		indented := len(text) < len(line)
		if text == "" || text[0] == '#' {
			continue
		}
		if indented && text[0] != '|' && p.pending != "" {
			p.pending += " " + text
			continue
		}
		if err := p.flush(); err != nil {
			return err
		}
		p.line, p.pending, p.more = number, text, indented && text[0] == '|'
	}
	if lines.Err() != nil { // the text is in memory: only a line's length can fail
		p.line = number + 1
		return p.wrong(LineTooLong, "")
	}
	return p.flush()
}

// flush reads the entry, or the alternative, that is complete.
func (p *parser) flush() error {
	text := p.pending
	p.pending = ""
	switch {
	case text == "":
		return nil
	case p.more && p.further == nil:
		return p.wrong(LooseAlternative, text)
	case p.more:
		return p.further(strings.TrimPrefix(text, "|"))
	}
	p.further = nil
	return p.entry(text)
}

func (p *parser) entry(line string) error {
	if line[0] == '[' {
		return p.header(line)
	}
	head, body, found := strings.Cut(line, " : ")
	if !found {
		if head, found = strings.CutSuffix(line, " :"); !found {
			return p.wrong(NoColon, line)
		}
	}
	words := strings.Fields(head)
	if len(words) == 0 {
		return p.wrong(NoColon, line)
	}
	switch words[0] {
	case "let":
		p.further = func(body string) error { return p.let(words[1:], body) }
	case "domain":
		p.further = func(body string) error { return p.domains(words[1:], body) }
	case markProvider, markList, markPhase, markTemporary, markSendCloud, markIgnore:
		value := strings.TrimSpace(strings.TrimPrefix(head, words[0]))
		p.further = func(body string) error { return p.mark(words[0], value, body) }
	default:
		p.further = func(body string) error { return p.rule(words, body) }
	}
	return p.further(body)
}

// header reads "[name] sure=95 only".
func (p *parser) header(line string) error {
	name, rest, ok := strings.Cut(line[1:], "]")
	if !ok || name == "" {
		return p.wrong(BadSection, line)
	}
	p.section, p.sure, p.only, p.weak = name, defaultSure, false, false
	for _, option := range strings.Fields(rest) {
		value, isSure := strings.CutPrefix(option, "sure=")
		switch {
		case isSure:
			if p.sure, ok = parseSure(value); !ok {
				return p.wrong(BadSure, option)
			}
		case option == "only":
			p.only = true
		case option == "weak":
			p.weak = true
		default:
			return p.wrong(BadSectionOption, option)
		}
	}
	return nil
}

// defaultSure is the confidence of a rule that states none.
const defaultSure = 0.9

func parseSure(s string) (float64, bool) {
	n, err := strconv.Atoi(s)
	return float64(n) / 100, err == nil && n >= 1 && n <= 99
}

func (p *parser) let(name []string, body string) error {
	if len(name) != 1 {
		return p.wrong(BadLet, strings.Join(name, " "))
	}
	for _, w := range strings.Split(body, "|") {
		if w = strings.TrimSpace(w); w == "" {
			return p.wrong(EmptyWord, name[0])
		}
		p.lets[name[0]] = append(p.lets[name[0]], w)
	}
	return nil
}

func (p *parser) domains(name []string, body string) error {
	if len(name) != 1 {
		return p.wrong(BadDomain, strings.Join(name, " "))
	}
	for _, d := range strings.Fields(body) {
		p.c.domains[strings.ToLower(d)] = name[0]
	}
	return nil
}

func (p *parser) mark(kind, value, body string) error {
	m := mark{kind: kind, value: value}
	if kind == markList {
		name, link, ok := strings.Cut(value, " https://")
		if ok {
			m.value, m.link = strings.TrimSpace(name), "https://"+strings.TrimSpace(link)
		}
	}
	if needsValue := kind != markTemporary && kind != markIgnore; needsValue != (m.value != "") {
		return p.wrong(BadMark, kind)
	}
	for _, alternative := range alternatives(body) {
		elements, err := p.sequence(alternative)
		if err != nil {
			return err
		}
		if kind == markIgnore && len(elements) != 1 {
			return p.wrong(GapInIgnore, alternative)
		}
		p.c.addMark(m, elements)
	}
	return nil
}

func (p *parser) rule(words []string, body string) error {
	cause, ok := ParseCause(words[0])
	if !ok {
		return p.wrong(UnknownCause, words[0])
	}
	r := rule{where: fmt.Sprintf("%s:%d", p.name, p.line), section: p.section, cause: cause, party: causes[cause].party, sure: p.sure, only: p.only, weak: p.weak}
	for _, option := range words[1:] {
		if problem := r.option(option); problem != "" {
			return p.wrong(problem, option)
		}
	}
	if strings.TrimSpace(body) == "" {
		if len(r.codes)+len(r.statuses)+len(r.subs) == 0 {
			return p.wrong(NothingToFind, words[0])
		}
		p.c.addRule(r, nil, nil)
		return nil
	}
	for _, alternative := range alternatives(body) {
		var all, never [][]element
		for _, part := range strings.Split(alternative, " & ") {
			part = strings.TrimSpace(part)
			negative, isNegative := strings.CutPrefix(part, "not ")
			if isNegative && strings.HasPrefix(negative, "\"") {
				part = strings.Trim(negative, "\"")
			} else {
				isNegative = false
			}
			elements, err := p.sequence(part)
			if err != nil {
				return err
			}
			if isNegative {
				never = append(never, elements)
			} else {
				all = append(all, elements)
			}
		}
		if len(all) == 0 || len(all) > 8 {
			return p.wrong(TooManyPhrases, alternative)
		}
		p.c.addRule(r, all, never)
	}
	return nil
}

// option takes one option over, or says what is wrong with it.
func (r *rule) option(option string) RuleProblem {
	key, value, _ := strings.Cut(option, "=")
	values := strings.Split(value, ",")
	var ok bool
	switch key {
	case "permanent", "temporary", "unknown":
		if value != "" {
			return UnknownOption
		}
		r.permanence, r.stated = ParsePermanence(key)
	case "only":
		r.only = true
	case "weak":
		r.weak = true
	case "known":
		r.known = true
	case "party":
		if r.party, ok = parseParty(value); !ok {
			return UnknownParty
		}
	case "sure":
		if r.sure, ok = parseSure(value); !ok {
			return BadSure
		}
	case "advice":
		r.advice = value
	case "code":
		r.codes = values
	case "status":
		r.statuses = values
	case "sub":
		for _, v := range values {
			n, err := strconv.Atoi(v)
			if err != nil {
				return BadSub
			}
			r.subs = append(r.subs, n)
		}
	default:
		return UnknownOption
	}
	return ""
}

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
