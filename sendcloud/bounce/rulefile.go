package bounce

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// A rule file is read line by line; doc.go describes it. The first rule that fits decides, so the
// order of the lines is the whole precedence.

// rule is one line (one alternative of it) that names a cause, or a fact.
type rule struct {
	kind        string // of fact: provider, list, phase, temporary, permanent, sendcloud, ignore; empty for a cause
	value, link string // of the fact; link is a block list's
	where       string // "builtin:12"
	section     string
	cause       Cause
	permanence  Permanence
	stated      bool // permanence stands in the rule; else the codes tell
	party       Party
	sure        float64
	advice      string
	only        bool // for replies that are known to come from section's provider
	weak        bool // decides only what the words, weighed, leave open
	known       bool // for recipients at a provider that the rules name
	codes       []string
	statuses    []string
	subs        []int
	phrases     []int32 // its patterns
	needs       int     // how many of them must be found, the others must not; 0: codes decide
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

// parser reads rule files.
type parser struct {
	r       *Rules
	numbers map[string]int32 // of literals
	inWord  *[256]bool       // first bytes of those that may begin inside a word
	name    string
	line    int
	head    []string // what stands before the colon of the entry being read
	section rule     // what the section gives its rules
	lets    map[string][]string
}

// wrong is what the line being read is refused with.
func (p *parser) wrong(problem, what string) error {
	return &RuleError{p.name, p.line, problem, what}
}

// read takes the file apart into entries: a line and the indented lines below it. An indented line
// that starts with | is a further alternative and is known by its own number; any other goes on with
// the text above.
func (p *parser) read(file string) error {
	number, pending := 0, ""
	for line := range strings.Lines(strings.TrimPrefix(file, "\ufeff")) {
		number++
		line, _, _ = strings.Cut(line, " #")
		text := strings.Trim(line, " \t\r\n")
		if text == "" || text[0] == '#' {
			continue
		}
		indented := line[0] == ' ' || line[0] == '\t'
		if indented && text[0] != '|' && pending != "" {
			pending += " " + text
			continue
		}
		if err := p.entry(pending); err != nil {
			return err
		}
		p.line, pending = number, text
		if text[0] == '|' && !indented {
			return p.wrong("no_colon", text)
		}
	}
	return p.entry(pending)
}

// entry reads a line, or a further alternative of the one above.
func (p *parser) entry(text string) error {
	switch {
	case text == "":
		return nil
	case text[0] == '[':
		p.head = nil
		return p.header(text)
	case text[0] == '|' && p.head == nil:
		return p.wrong("loose_alternative", text)
	}
	body := text[1:]
	if text[0] != '|' {
		head, rest, found := strings.Cut(text+" ", " : ")
		if p.head = strings.Fields(head); !found || len(p.head) == 0 {
			return p.wrong("no_colon", text)
		}
		body = strings.TrimSpace(rest)
	}
	kind, value := p.head[0], strings.Join(p.head[1:], " ")
	if (kind == "let" || kind == "domain") && len(p.head) != 2 {
		return p.wrong("bad_"+kind, value)
	}
	switch kind {
	case "domain":
		for _, d := range strings.Fields(body) {
			p.r.domains[strings.ToLower(d)] = value
		}
		return nil
	case "let":
		for _, w := range strings.Split(body, "|") {
			if w = strings.TrimSpace(w); w == "" {
				return p.wrong("empty_word", value)
			}
			p.lets[value] = append(p.lets[value], w)
		}
		return nil
	case "provider", "list", "phase", "temporary", "permanent", "sendcloud", "ignore":
		return p.fact(kind, value, body)
	}
	return p.rule(body)
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

func (p *parser) fact(kind, value, body string) error {
	r := rule{kind: kind, value: value}
	if name, link, ok := strings.Cut(value, " https://"); ok && kind == "list" {
		r.value, r.link = name, "https://"+link
	}
	if nameless := kind == "temporary" || kind == "permanent" || kind == "ignore"; nameless != (value == "") {
		return p.wrong("bad_mark", kind)
	}
	for _, alternative := range alternatives(body) {
		elements, err := p.sequence(alternative)
		if err != nil {
			return err
		}
		if kind == "ignore" && len(elements) != 1 {
			return p.wrong("gap_in_ignore", alternative)
		}
		p.add(r, [][]element{elements}, nil)
	}
	return nil
}

func (p *parser) rule(body string) error {
	cause, ok := ParseCause(p.head[0])
	if !ok {
		return p.wrong("unknown_cause", p.head[0])
	}
	r := p.section
	r.where, r.cause, r.party = fmt.Sprintf("%s:%d", p.name, p.line), cause, causes[cause].party
	var given []string
	for _, option := range p.head[1:] {
		kind, problem := r.option(option)
		if problem == "" && slices.Contains(given, kind) {
			problem = "twice"
		}
		if problem != "" {
			return p.wrong(problem, option)
		}
		given = append(given, kind)
	}
	switch {
	case body == "" && len(r.codes)+len(r.statuses)+len(r.subs) == 0:
		return p.wrong("nothing_to_find", p.head[0])
	case body == "":
		p.add(r, nil, nil)
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
	p.add(r, all, never)
	return nil
}

// The values that options with a list take; -5 is SendCloud's status 5.
var optionValues = map[string]*regexp.Regexp{
	"code":   regexp.MustCompile(`^(none|[245][0-9]{0,2})$`),
	"status": regexp.MustCompile(`^[245x]\.[0-7x]\.[0-9x]{1,3}$`),
	"sub":    regexp.MustCompile(`^(40[1-9]|50[356789]|-1|-4|-5|-18)$`),
}

// option takes one option over. It says of which kind it is, of which a rule has one, and what is
// wrong with it.
func (r *rule) option(option string) (kind, wrong string) {
	kind, value, valued := strings.Cut(option, "=")
	values, ok := strings.Split(value, ","), true
	if want := optionValues[kind]; want != nil && slices.ContainsFunc(values, func(v string) bool { return !want.MatchString(v) }) {
		return kind, "bad_" + kind
	}
	switch kind {
	case "permanent", "temporary", "unknown":
		r.permanence, r.stated = ParsePermanence(kind)
		kind, ok = "permanence", !valued
	case "only", "weak", "known":
		r.only, r.weak, r.known = r.only || kind == "only", r.weak || kind == "weak", r.known || kind == "known"
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
		if r.advice = value; cmp.Or(texts()["what.@"+value], texts()["retry.@"+value], texts()["next.@"+value]) == (phrase{}) {
			return kind, "unknown_advice"
		}
	case "code":
		r.codes = values
	case "status":
		r.statuses = values
	case "sub":
		for _, v := range values {
			n, _ := strconv.Atoi(v)
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
