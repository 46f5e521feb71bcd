package bounce

import (
	"bufio"
	"fmt"
	"io"
	"regexp"
	"slices"
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
	given := map[string]bool{}
	for _, option := range words[1:] {
		kind, problem := r.option(option)
		if problem == "" && given[kind] {
			problem = Twice
		}
		if problem != "" {
			return p.wrong(problem, option)
		}
		given[kind] = true
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
				if len(negative) < 2 || !strings.HasSuffix(negative, "\"") {
					return p.wrong(Unclosed, negative)
				}
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

// option takes one option over. It says of which kind it is, of which a rule has one, and what is
// wrong with it.
func (r *rule) option(option string) (kind string, wrong RuleProblem) {
	kind, value, _ := strings.Cut(option, "=")
	values := strings.Split(value, ",")
	ok := true
	switch kind {
	case "permanent", "temporary", "unknown":
		if value != "" {
			return kind, UnknownOption
		}
		r.permanence, r.stated = ParsePermanence(kind)
		kind = "permanence"
	case "only":
		r.only = true
	case "weak":
		r.weak = true
	case "known":
		r.known = true
	case "party":
		if r.party, ok = parseParty(value); !ok {
			wrong = UnknownParty
		}
	case "sure":
		if r.sure, ok = parseSure(value); !ok {
			wrong = BadSure
		}
	case "advice":
		if r.advice = value; !isAdvice(value) {
			wrong = UnknownAdvice
		}
	case "code":
		if r.codes = values; !allMatch(codePattern, values) {
			wrong = BadCode
		}
	case "status":
		if r.statuses = values; !allMatch(statusPattern, values) {
			wrong = BadStatus
		}
	case "sub":
		for _, v := range values {
			n, err := strconv.Atoi(v)
			if _, known := SubStatusGroup(n); err != nil || !known && !slices.Contains(negatedStatuses, n) {
				wrong = BadSub
			}
			r.subs = append(r.subs, n)
		}
	default:
		wrong = UnknownOption
	}
	return kind, wrong
}

// negatedStatuses are SendCloud's statuses as sub= takes them.
var negatedStatuses = []int{-1, -4, -5, -18}

var (
	codePattern   = regexp.MustCompile(`^(none|[245][0-9]{0,2})$`)
	statusPattern = regexp.MustCompile(`^[245x]\.[0-7x]\.[0-9x]{1,3}$`)
)

func allMatch(p *regexp.Regexp, values []string) bool {
	return !slices.ContainsFunc(values, func(v string) bool { return !p.MatchString(v) })
}

func isAdvice(key string) bool {
	for _, kind := range []string{"what", "retry", "next"} {
		if _, ok := texts()[kind+".@"+key]; ok {
			return true
		}
	}
	return false
}
