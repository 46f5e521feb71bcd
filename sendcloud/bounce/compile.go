package bounce

import (
	"fmt"
	"io"
	"strings"
	"sync"
)

// Rules are compiled rule files. They can be used by many goroutines at once.
type Rules struct {
	rules       []rule
	marks       []mark
	patterns    []pattern
	words       *automaton
	literals    [][]variant // by the automaton's number
	codeOnly    []int32     // rules without words, in order
	builtinFrom int32       // rules before are a user's
	domains     map[string]string
	sources     []namedSource
	weights     func() *weights // read when they are first needed
	scratch     sync.Pool
}

type namedSource struct{ name, text string }

// pattern is a compiled sequence of one rule or mark.
type pattern struct {
	owner    int32 // into rules, or into marks
	isMark   bool
	negative bool
	bit      uint8 // which of the rule's phrases
	steps    int
}

// variant is one way a literal is used, and where.
type variant struct {
	way
	length int32
	uses   []use
}

// way is how a literal is looked for: with open or closed word ends, in prose or in a name.
type way struct {
	openLeft, openRight bool
	inName              bool
	host                bool // in a name, only where more of it stands before: mx3.qq.com, not qq.com
	ignore              bool
	anywhere            bool // counts in ignored phrases too
}

// use says that a literal is a step of a pattern.
type use struct {
	pattern, step int32
	place         int32 // of the step among the steps of all patterns
	gap           int32 // how far it may stand behind the step before
	last          bool
}

type compiler struct {
	r     *Rules
	b     *builder
	steps int32
}

// compile reads sources in order; the first rule that fits decides.
func compile(sources []namedSource) (*Rules, error) {
	r := &Rules{domains: map[string]string{}, sources: sources, weights: learnt}
	c := &compiler{r: r, b: newBuilder()}
	for _, s := range sources {
		r.builtinFrom = int32(len(r.rules)) // the built-in file is the last
		p := parser{c: c, name: s.name, section: rule{section: s.name, sure: defaultSure}, lets: map[string][]string{}}
		if err := p.read(s.text); err != nil {
			return nil, err
		}
	}
	r.words = c.b.build()
	steps, rules, patterns, marks := int(c.steps), len(r.rules), len(r.patterns), len(r.marks)
	r.scratch.New = func() any { return newScratch(steps, rules, patterns, marks) }
	return r, nil
}

func (c *compiler) addMark(m mark, elements []element) {
	owner := int32(len(c.r.marks))
	c.r.marks = append(c.r.marks, m)
	c.addPattern(pattern{owner: owner, isMark: true}, elements, m.kind)
}

func (c *compiler) addRule(r rule, all, never [][]element) {
	owner := int32(len(c.r.rules))
	r.needs = len(all)
	for i, elements := range all {
		r.phrases = append(r.phrases, int32(len(c.r.patterns)))
		c.addPattern(pattern{owner: owner, bit: uint8(i)}, elements, "")
	}
	for _, elements := range never {
		r.never = append(r.never, int32(len(c.r.patterns)))
		c.addPattern(pattern{owner: owner, negative: true}, elements, "")
	}
	if r.needs == 0 {
		c.r.codeOnly = append(c.r.codeOnly, owner)
	}
	c.r.rules = append(c.r.rules, r)
}

func (c *compiler) addPattern(p pattern, elements []element, kind string) {
	number := int32(len(c.r.patterns))
	p.steps = len(elements)
	for step, e := range elements {
		for _, l := range e.literals {
			c.addLiteral(l, kind, use{number, int32(step), c.steps, int32(e.gap), step == len(elements)-1})
		}
		c.steps++
	}
	c.r.patterns = append(c.r.patterns, p)
}

func (c *compiler) addLiteral(l literal, kind string, u use) {
	number := c.b.add(l.text, int32(len(c.r.literals)), l.openLeft)
	if int(number) == len(c.r.literals) {
		c.r.literals = append(c.r.literals, nil)
	}
	want := way{l.openLeft, l.openRight, l.inName, l.inName && kind == markProvider && strings.Count(l.text, " ") == 1, kind == markIgnore, kind == markPhase || kind == markTemporary || kind == markPermanent}
	for i := range c.r.literals[number] {
		if v := &c.r.literals[number][i]; v.way == want {
			v.uses = append(v.uses, u)
			return
		}
	}
	c.r.literals[number] = append(c.r.literals[number], variant{want, int32(len(l.text)), []use{u}})
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

// Add returns rules in which those read from src come first: they decide before all others. The
// name stands in errors ("name:12: …") and in Explanation.Rule. What cannot be read as rules is a
// *RuleError.
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
	seen := map[string]bool{}
	for _, m := range r.marks {
		if m.kind == markProvider && !seen[m.value] {
			seen[m.value] = true
			all = append(all, m.value)
		}
	}
	return all
}
