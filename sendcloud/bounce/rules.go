package bounce

import (
	_ "embed"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
)

//go:embed rules.txt
var builtinRules string

// Rules are compiled rule files. They can be used by many goroutines at once.
type Rules struct {
	rules       []rule
	patterns    []pattern
	words       *trie
	literals    [][]variant // by their numbers in the trie
	codeOnly    []int32     // rules without words, in order
	builtinFrom int32       // rules before are a user's
	steps       int32       // of all patterns
	domains     map[string]string
	sources     []namedSource
	weights     func() *weights // read when they are first needed
	scratch     sync.Pool
}

type namedSource struct{ name, text string }

// pattern is a compiled sequence of one rule.
type pattern struct {
	owner       int32
	first, last int32 // its steps among those of all patterns
	needs       uint8 // how many patterns of the rule must be found; 0 where this one must not
	fact        bool  // the rule names a fact
}

// variant is one way a literal is used, and where.
type variant struct {
	way
	uses []use
}

// use says that a literal is a step of a pattern.
type use struct {
	pattern     int32
	place, last int32 // of the step, and of the pattern's last step, among the steps of all patterns
	gap         int32 // how far it may stand behind the step before; -1 for a first step
}

// compile reads sources in order; the first rule that fits decides.
func compile(sources []namedSource) (*Rules, error) {
	r := &Rules{domains: map[string]string{}, sources: sources, weights: learnt}
	numbers := map[string]int32{}
	for _, s := range sources {
		r.builtinFrom = int32(len(r.rules)) // the built-in file is the last
		p := parser{r: r, numbers: numbers, name: s.name, section: rule{section: s.name, sure: 0.9}, lets: map[string]string{}}
		if err := p.parse(s.text); err != nil {
			return nil, err
		}
	}
	r.words = newTrie(numbers)
	for literal, number := range numbers {
		open := slices.ContainsFunc(r.literals[number], func(v variant) bool { return v.openLeft })
		r.words.inWord[literal[0]] = r.words.inWord[literal[0]] || open || !wordByte(literal[0])
	}
	r.scratch.New = func() any {
		return &scratch{text: newFolded(), steps: make([]span32, r.steps), reached: make([]uint64, r.steps/64+1),
			rules: make([]ruleState, len(r.rules))}
	}
	return r, nil
}

// add enters a rule with its phrases, joined by &, of which some may be not "…".
func (p *parser) add(r rule, body string) {
	var all, never [][]element
	for part := range strings.SplitSeq(body, " & ") {
		if negative, is := strings.CutPrefix(strings.TrimSpace(part), "not \""); is {
			never = append(never, p.sequence(strings.TrimSuffix(negative, "\"")))
		} else if elements := p.sequence(part); elements != nil {
			all = append(all, elements)
		}
	}
	byCode := body == "" && r.kind == ""
	if len(all) == 0 && !byCode || len(all) > 8 {
		p.wrong("nothing_to_find", body)
	}
	owner := int32(len(p.r.rules))
	r.needs = len(all)
	for i, elements := range append(all, never...) {
		pat := pattern{owner: owner, first: p.r.steps, last: p.r.steps + int32(len(elements)) - 1, fact: r.kind != ""}
		if i < len(all) {
			pat.needs = uint8(len(all))
		}
		number := int32(len(p.r.patterns))
		p.r.patterns, r.phrases = append(p.r.patterns, pat), append(r.phrases, number)
		for step, e := range elements {
			if step == 0 {
				e.gap = -1
			}
			for _, l := range e.literals {
				p.addLiteral(l, r.kind, use{number, p.r.steps, pat.last, e.gap})
			}
			p.r.steps++
		}
	}
	if byCode {
		p.r.codeOnly = append(p.r.codeOnly, owner)
	}
	p.r.rules = append(p.r.rules, r)
}

func (p *parser) addLiteral(l literal, kind string, u use) {
	number, ok := p.numbers[l.text]
	if !ok {
		number = int32(len(p.r.literals))
		p.numbers[l.text], p.r.literals = number, append(p.r.literals, nil)
	}
	l.host = l.inName && kind == "provider" && strings.Count(l.text, " ") == 1
	l.ignore = kind == "ignore"
	l.anywhere = kind == "phase" || kind == "temporary" || kind == "permanent"
	variants := p.r.literals[number]
	if i := slices.IndexFunc(variants, func(v variant) bool { return v.way == l.way }); i >= 0 {
		variants[i].uses = append(variants[i].uses, u)
		return
	}
	p.r.literals[number] = append(variants, variant{l.way, []use{u}})
}

// Default are the rules that come with the program, compiled at the first call.
var Default = sync.OnceValue(func() *Rules {
	r, err := compile([]namedSource{{"rules.txt", builtinRules}})
	if err != nil {
		panic(err) // the embedded file; a test compiles it
	}
	return r
})

// maxRuleFile is the largest rule file that is read, in bytes; its sentence in texts.txt names it.
const maxRuleFile = 1 << 20

// Add returns rules in which those read from src come first: they decide before all others. The name stands in errors
// ("name:12: …") and in Explanation.Rule. What cannot be read as rules is a *RuleError.
func (r *Rules) Add(name string, src io.Reader) (*Rules, error) {
	text, err := io.ReadAll(io.LimitReader(src, maxRuleFile+1))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if len(text) > maxRuleFile {
		return nil, &RuleError{File: name, Problem: "file_too_large"}
	}
	return compile(append([]namedSource{{name, string(text)}}, r.sources...))
}

// Providers are the tokens that Explanation.Provider can have, in the order of the rule file.
func (r *Rules) Providers() []string {
	var all []string
	for _, m := range r.rules {
		if m.kind == "provider" && !slices.Contains(all, m.value) {
			all = append(all, m.value)
		}
	}
	return all
}
