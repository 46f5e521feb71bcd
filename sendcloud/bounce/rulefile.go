package bounce

import (
	"cmp"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// rule is an alternative of a line that names a cause, or a fact; doc.go describes the lines. The first rule
// that fits decides, so the order of the lines is the whole precedence.
type rule struct {
	kind        string // of fact: provider, list, phase, temporary, permanent, sendcloud, ignore; empty for a cause
	value, link string // of the fact; link is a block list's
	where       string // "rules.txt:12"
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

// RuleError is a line of a rule file that cannot be read.
type RuleError struct {
	File    string // the name given to Add
	Line    int    // from 1; 0 where the file as a whole is at fault
	Problem string // what is wrong: the key of its sentence in texts.txt, after "rule."
	What    string // the words at fault, as they stand in the file
}

func (e *RuleError) Error() string { return e.In("en") }

// In says where and what in a language, and what would be right. Of the words at fault it repeats at most 60.
func (e *RuleError) In(lang string) string {
	return fmt.Sprintf("%s:%d: ", e.File, e.Line) + strings.NewReplacer("{what}", fmt.Sprintf("%.60q", e.What),
		"{causes}", strings.Join(causeTokens, " "), "{parties}", strings.Join(partyTokens, " ")).Replace(text(lang, "rule."+e.Problem))
}

// parser reads rule files.
type parser struct {
	r       *Rules
	numbers map[string]int32 // of literals
	name    string
	line    int
	section rule              // what the section gives its rules
	lets    map[string]string // the choice that stands for a name: {NAME}
}

// wrong gives the line being read up: parse returns the error.
func (p *parser) wrong(problem, what string) { panic(&RuleError{p.name, p.line, problem, what}) }

// parse takes the file apart into entries: a line and the indented lines below it.
func (p *parser) parse(file string) (err error) {
	defer func() {
		if wrong := recover(); wrong != nil {
			err = wrong.(*RuleError) // what else panics is a bug
		}
	}()
	number, pending := 0, ""
	for line := range strings.Lines(strings.TrimPrefix(file, "\ufeff")) {
		number++
		line, _, _ = strings.Cut(line, " #")
		text := strings.TrimSpace(line)
		switch {
		case text == "" || text[0] == '#':
		case pending != "" && (line[0] == ' ' || line[0] == '\t'):
			pending += " " + text
		default:
			p.entry(pending)
			p.line, pending = number, text
		}
	}
	p.entry(pending)
	return nil
}

func (p *parser) entry(text string) {
	if name, options, ok := strings.Cut(strings.TrimPrefix(text, "["), "]"); ok && text[0] == '[' {
		p.section = rule{section: name, sure: 0.9}
		p.options(&p.section, strings.Fields(options))
		return
	}
	head, body, ok := strings.Cut(text+" ", " : ")
	words := strings.Fields(head)
	switch {
	case text == "":
		return
	case !ok || len(words) == 0:
		p.wrong("no_colon", text)
	}
	kind, value := words[0], strings.Join(words[1:], " ")
	switch kind {
	case "domain":
		for _, d := range strings.Fields(body) {
			p.r.domains[strings.ToLower(d)] = value
		}
	case "let":
		p.lets["{"+value+"}"] = "(" + body + ")"
	case "provider", "list", "phase", "temporary", "permanent", "sendcloud", "ignore":
		name, link, linked := strings.Cut(value, " https://")
		if linked {
			link = "https://" + link
		}
		for _, alternative := range alternatives.FindAllString(body, -1) {
			p.add(rule{kind: kind, value: name, link: link}, alternative)
		}
	default:
		p.rule(kind, words[1:], body)
	}
}

func (p *parser) rule(token string, options []string, body string) {
	cause, ok := ParseCause(token)
	if !ok {
		p.wrong("unknown_cause", token)
	}
	r := p.section
	r.where, r.cause, r.party = fmt.Sprintf("%s:%d", p.name, p.line), cause, causes[cause].party
	p.options(&r, options)
	if body = strings.TrimSpace(body); body == "" && len(r.codes)+len(r.statuses)+len(r.subs) == 0 {
		p.wrong("nothing_to_find", token)
	} else if body == "" {
		p.add(r, "")
	}
	for _, alternative := range alternatives.FindAllString(body, -1) {
		p.add(r, alternative)
	}
}

// optionPattern are the options, with what they take.
var optionPattern = regexp.MustCompile(`^(permanent|temporary|unknown|only|weak|known|party=\w+|advice=\w+|sure=[1-9]\d?|` +
	`code=(none|[245][\d,]*)|status=[245x]\.[0-7x]\.[\dx.,]+|sub=-?\d[\d,-]*)$`)

func (p *parser) options(r *rule, options []string) {
	for _, option := range options {
		kind, value, _ := strings.Cut(option, "=")
		ok := optionPattern.MatchString(option)
		switch kind {
		case "permanent", "temporary", "unknown":
			r.permanence, r.stated = ParsePermanence(kind)
		case "only", "weak", "known":
			r.only, r.weak, r.known = r.only || kind == "only", r.weak || kind == "weak", r.known || kind == "known"
		case "party":
			r.party, ok = parseParty(value)
		case "sure":
			n, _ := strconv.Atoi(value)
			r.sure = float64(n) / 100
		case "advice":
			r.advice = value
			ok = cmp.Or(texts()["what.@"+value], texts()["retry.@"+value], texts()["next.@"+value]) != phrase{}
		case "code":
			r.codes = strings.Split(value, ",")
		case "status":
			r.statuses = strings.Split(strings.ReplaceAll(value, "x", "?"), ",")
		case "sub":
			for v := range strings.SplitSeq(value, ",") {
				n, _ := strconv.Atoi(v)
				r.subs = append(r.subs, n)
			}
		}
		if !ok {
			p.wrong("unknown_option", option)
		}
	}
}

// alternatives stand between bars outside parentheses.
var alternatives = regexp.MustCompile(`(\([^)]*\)|[^|])+`)

// element is one step of a sequence: any of its literals, at most gap bytes behind the step before.
type element struct {
	literals []literal
	gap      int32
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
var phrasePart = regexp.MustCompile(`\([^)]*\)|\{[^}]*\}|[({]?[^ ({]+`)

// sequence reads a phrase. Words that follow each other are one literal.
func (p *parser) sequence(phrase string) (all []element) {
	plain, gap := "", int32(0)
	flush := func(next int32, choice string) {
		for _, choice := range []string{plain, choice} {
			if choice == "" {
				continue
			}
			e := element{gap: gap}
			for c := range strings.SplitSeq(strings.Trim(choice, "()"), "|") {
				e.literals = append(e.literals, p.literal(c))
			}
			all, gap = append(all, e), gapNone
		}
		plain, gap = "", max(gap, next)
	}
	for _, part := range phrasePart.FindAllString(phrase, -1) {
		switch {
		case part[0] == '(' && strings.HasSuffix(part, ")"):
			flush(0, part)
		case part[0] == '{':
			flush(0, cmp.Or(p.lets[part], part))
		case part == "...":
			flush(gapLine, "")
		case part == "..":
			flush(gapWords, "")
		default:
			plain += " " + part
			if strings.HasSuffix(part, "*") { // the rest of the word may stand before what follows
				flush(gapWord, "")
			}
		}
	}
	flush(0, "")
	return all
}

func (p *parser) literal(s string) (l literal) {
	s, l.inName = strings.CutPrefix(strings.TrimSpace(s), "@")
	s, l.openLeft = strings.CutPrefix(s, "*")
	s, l.openRight = strings.CutSuffix(s, "*")
	if l.text = foldedString(s); len(l.text) < 2 || strings.ContainsAny(s, "(){}&\"*") || strings.Contains(s, "..") {
		p.wrong("bad_word", s)
	}
	return l
}
