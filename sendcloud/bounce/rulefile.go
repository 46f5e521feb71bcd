package bounce

import (
	"fmt"
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
	markPermanent = "permanent"
	markSendCloud = "sendcloud"
	markIgnore    = "ignore"
)

// parser reads rule files into a compiler.
type parser struct {
	c       *compiler
	name    string
	line    int
	section rule // what the section gives its rules
	lets    map[string][]string

	pending string                  // the entry or alternative being read
	more    bool                    // it is a further alternative
	further func(body string) error // reads further alternatives of the entry above
}

// wrong is what the line being read is refused with.
func (p *parser) wrong(problem, what string) error {
	return &RuleError{p.name, p.line, problem, what}
}

// read takes the file apart into entries: a line and the indented lines below it. An indented line
// that starts with | is a further alternative and is known by its own number; any other goes on with
// the text above.
func (p *parser) read(file string) error {
	number := 0
	for line := range strings.Lines(strings.TrimPrefix(file, "\ufeff")) {
		number++
		line, _, _ = strings.Cut(line, " #")
		text := strings.Trim(line, " \t\r\n")
		if text == "" || text[0] == '#' {
			continue
		}
		indented := line[0] == ' ' || line[0] == '\t'
		if indented && text[0] != '|' && p.pending != "" {
			p.pending += " " + text
			continue
		}
		if err := p.flush(); err != nil {
			return err
		}
		p.line, p.pending, p.more = number, text, indented && text[0] == '|'
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
		return p.wrong("loose_alternative", text)
	case p.more:
		return p.further(text[1:])
	}
	p.further = nil
	return p.entry(text)
}

func (p *parser) entry(line string) error {
	if line[0] == '[' {
		return p.header(line)
	}
	head, body, found := strings.Cut(line+" ", " : ")
	words := strings.Fields(head)
	if !found || len(words) == 0 {
		return p.wrong("no_colon", line)
	}
	kind, value := words[0], strings.Join(words[1:], " ")
	switch kind {
	case "let", "domain":
		if len(words) != 2 {
			return p.wrong("bad_"+kind, value)
		}
		p.further = func(body string) error { return p.list(kind, value, body) }
	case markProvider, markList, markPhase, markTemporary, markPermanent, markSendCloud, markIgnore:
		p.further = func(body string) error { return p.mark(kind, value, body) }
	default:
		p.further = func(body string) error { return p.rule(words, body) }
	}
	return p.further(strings.TrimSpace(body))
}

// defaultSure is the confidence of a rule that states none.
const defaultSure = 0.9

// header reads "[name] sure=95 only".
func (p *parser) header(line string) error {
	name, rest, ok := strings.Cut(line[1:], "]")
	if !ok || name == "" {
		return p.wrong("bad_section", line)
	}
	p.section = rule{section: name, sure: defaultSure}
	for _, option := range strings.Fields(rest) {
		kind, problem := p.section.option(option)
		if kind != "sure" && kind != "only" && kind != "weak" {
			problem = "bad_section_option"
		}
		if problem != "" {
			return p.wrong(problem, option)
		}
	}
	return nil
}

// list reads the words of a let, or the domains of a provider.
func (p *parser) list(kind, name, body string) error {
	if kind == "domain" {
		for _, d := range strings.Fields(body) {
			p.c.r.domains[strings.ToLower(d)] = name
		}
		return nil
	}
	for _, w := range strings.Split(body, "|") {
		if w = strings.TrimSpace(w); w == "" {
			return p.wrong("empty_word", name)
		}
		p.lets[name] = append(p.lets[name], w)
	}
	return nil
}

func (p *parser) mark(kind, value, body string) error {
	m := mark{kind: kind, value: value}
	if name, link, ok := strings.Cut(value, " https://"); ok && kind == markList {
		m.value, m.link = name, "https://"+link
	}
	if needsValue := kind != markTemporary && kind != markPermanent && kind != markIgnore; needsValue != (m.value != "") {
		return p.wrong("bad_mark", kind)
	}
	for _, alternative := range alternatives(body) {
		elements, err := p.sequence(alternative)
		if err != nil {
			return err
		}
		if kind == markIgnore && len(elements) != 1 {
			return p.wrong("gap_in_ignore", alternative)
		}
		p.c.addMark(m, elements)
	}
	return nil
}

func (p *parser) rule(words []string, body string) error {
	cause, ok := ParseCause(words[0])
	if !ok {
		return p.wrong("unknown_cause", words[0])
	}
	r := p.section
	r.where, r.cause, r.party = fmt.Sprintf("%s:%d", p.name, p.line), cause, causes[cause].party
	var given []string
	for _, option := range words[1:] {
		kind, problem := r.option(option)
		if problem == "" && slices.Contains(given, kind) {
			problem = "twice"
		}
		if problem != "" {
			return p.wrong(problem, option)
		}
		given = append(given, kind)
	}
	if body == "" {
		if len(r.codes)+len(r.statuses)+len(r.subs) == 0 {
			return p.wrong("nothing_to_find", words[0])
		}
		p.c.addRule(r, nil, nil)
		return nil
	}
	for _, alternative := range alternatives(body) {
		if err := p.alternative(r, alternative); err != nil {
			return err
		}
	}
	return nil
}

// alternative reads phrases joined by & of which some may be not "…".
func (p *parser) alternative(r rule, body string) error {
	var all, never [][]element
	for _, part := range strings.Split(body, " & ") {
		into, part := &all, strings.TrimSpace(part)
		if negative, is := strings.CutPrefix(part, "not \""); is {
			if into, part = &never, strings.TrimSuffix(negative, "\""); part == negative {
				return p.wrong("unclosed", negative)
			}
		}
		elements, err := p.sequence(part)
		if err != nil {
			return err
		}
		*into = append(*into, elements)
	}
	if len(all) == 0 || len(all) > 8 {
		return p.wrong("too_many_phrases", body)
	}
	p.c.addRule(r, all, never)
	return nil
}

var (
	codePattern   = regexp.MustCompile(`^(none|[245][0-9]{0,2})$`)
	statusPattern = regexp.MustCompile(`^[245x]\.[0-7x]\.[0-9x]{1,3}$`)
)

// option takes one option over. It says of which kind it is, of which a rule has one, and what is
// wrong with it.
func (r *rule) option(option string) (kind, wrong string) {
	kind, value, valued := strings.Cut(option, "=")
	values := strings.Split(value, ",")
	ok := true
	switch kind {
	case "permanent", "temporary", "unknown":
		r.permanence, r.stated = ParsePermanence(kind)
		kind, ok = "permanence", !valued
	case "only":
		r.only = true
	case "weak":
		r.weak = true
	case "known":
		r.known = true
	case "party":
		if r.party, ok = parseParty(value); !ok {
			return kind, "unknown_party"
		}
	case "sure":
		n, err := strconv.Atoi(value)
		if r.sure = float64(n) / 100; err != nil || n < 1 || n > 99 {
			return kind, "bad_sure"
		}
	case "advice":
		if r.advice = value; !isAdvice(value) {
			return kind, "unknown_advice"
		}
	case "code":
		if r.codes = values; !allMatch(codePattern, values) {
			return kind, "bad_code"
		}
	case "status":
		if r.statuses = values; !allMatch(statusPattern, values) {
			return kind, "bad_status"
		}
	case "sub":
		for _, v := range values {
			n, err := strconv.Atoi(v)
			if _, known := SubStatusGroup(n); err != nil || !known && !slices.Contains(negatedStatuses, n) {
				return kind, "bad_sub"
			}
			r.subs = append(r.subs, n)
		}
	default:
		ok = false
	}
	if !ok {
		return kind, "unknown_option"
	}
	return kind, ""
}

// negatedStatuses are SendCloud's statuses as sub= takes them.
var negatedStatuses = []int{-1, -4, -5, -18}

func allMatch(p *regexp.Regexp, values []string) bool {
	return !slices.ContainsFunc(values, func(v string) bool { return !p.MatchString(v) })
}

func isAdvice(key string) bool {
	return slices.ContainsFunc([]string{"what", "retry", "next"}, func(kind string) bool {
		_, ok := texts()[kind+".@"+key]
		return ok
	})
}
