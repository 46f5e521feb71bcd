package bounce

import "bounceboard/sendcloud/mailtext"

// scratch is what one explanation needs to work. Its arrays are never cleared: an entry counts only
// when it carries the number of the current run, so a run costs what it finds and not what rules
// there are.
type scratch struct {
	run      uint32
	source   mailtext.Text // the reply as it reads
	text     folded
	facts    facts
	hits     []hit
	reached  []uint32 // per step of every pattern: the run in which it was found
	at       []span32 // and where
	before   []chain  // and where the steps before it were
	found    []uint32 // per pattern: the run in which all its steps were found
	places   []chain  // and where they were first
	rules    []ruleState
	ready    []int32  // rules whose phrases were all found
	marks    []uint32 // run in which a mark was found
	marked   []int32
	deciding []span32
	pieces   []weighed // what the table of weights knows of the text
	weighed  []uint32  // per piece of that table: the run in which it was counted

	temporary, permanent bool // the text says so in words
}

type hit struct {
	variant    *variant
	start, end int32
}

// chain is where the steps of a pattern stand. What is asked most often, whether a step was found at all,
// lies apart from it, so that it stays in the cache.
type chain [maxSteps]span32

// span32 is a span in the folded text.
type span32 struct{ start, end int32 }

type ruleState struct {
	run uint32
	set uint8
}

func newScratch(steps, rules, patterns, marks int) *scratch {
	return &scratch{
		text:    newFolded(),
		reached: make([]uint32, steps), at: make([]span32, steps), before: make([]chain, steps),
		found: make([]uint32, patterns), places: make([]chain, patterns),
		rules: make([]ruleState, rules), marks: make([]uint32, marks),
	}
}

// maxHits bounds the work on a text made of nothing but words of rules.
const maxHits = 4096

// find runs the automaton over the folded text and notes which rules and marks are in it.
func (r *Rules) find(s *scratch) {
	s.hits, s.ready, s.marked, s.temporary, s.permanent = s.hits[:0], s.ready[:0], s.marked[:0], false, false
	if s.run++; s.run == 0 { // the counter went round: forget everything
		clear(s.reached)
		clear(s.found)
		clear(s.rules)
		clear(s.marks)
		clear(s.weighed)
		s.run = 1
	}
	r.collect(s)
	for _, h := range s.hits {
		if !s.text.counts(h) {
			continue
		}
		for i := range h.variant.uses {
			r.advance(s, &h.variant.uses[i], h)
		}
	}
}

func (r *Rules) collect(s *scratch) {
	a, at, before := r.words, int32(0), byte(' ')
	for i, c := range s.text.b {
		at, before = a.step(at, before, c), c
		for n := at; n != 0 && len(s.hits) < maxHits; n = a.nodes[n].also {
			if out := a.nodes[n].out; out >= 0 {
				r.collectLiteral(s, out, i+1)
			}
		}
	}
}

func (r *Rules) collectLiteral(s *scratch, literal int32, end int) {
	variants, b := r.literals[literal], s.text.b
	for k := range variants {
		v := &variants[k]
		start := end - int(v.length)
		if !v.openLeft && start > 0 && wordByte(b[start]) && wordByte(b[start-1]) ||
			!v.openRight && end < len(b) && wordByte(b[end-1]) && wordByte(b[end]) {
			continue
		}
		if v.ignore {
			for i := start; i < end; i++ {
				if s.text.from[i] == inProse {
					s.text.from[i] = inIgnored
				}
			}
			continue
		}
		s.hits = append(s.hits, hit{v, int32(start), int32(end)})
	}
}

// counts tells whether a hit stands where it may decide. In an ignored phrase only a longer phrase
// that holds all of it decides: "not listed" says nothing, "not listed in the directory" does.
func (f *folded) counts(h hit) bool {
	first, last := f.from[h.start], f.from[h.end-1]
	if h.variant.anywhere {
		return first != inName && last != inName
	}
	if h.variant.inName {
		// A provider's bare domain is what a reply speaks of, the sender's as often as its own.
		alone := h.start == 0 || f.from[h.start-1] != inName
		return first == inName && last == inName && !(h.variant.host && alone)
	}
	if first == inName || last == inName || first == inAside || last == inAside || first == inIgnored && last == inIgnored {
		return false
	}
	return (first != inIgnored || h.start == 0 || f.from[h.start-1] != inIgnored) &&
		(last != inIgnored || int(h.end) == len(f.from) || f.from[h.end] != inIgnored)
}

// wholeWords widens a span whose word went on ("greylist" in Greylisted).
func (f *folded) wholeWords(sp span32) span32 {
	for sp.start > 0 && wordByte(f.b[sp.start]) && wordByte(f.b[sp.start-1]) {
		sp.start--
	}
	for int(sp.end) < len(f.b) && wordByte(f.b[sp.end-1]) && wordByte(f.b[sp.end]) {
		sp.end++
	}
	return sp
}

// wordByte tells bytes that make one word with their neighbours; Chinese has no blanks.
func wordByte(c byte) bool { return c >= 'a' && c <= 'z' || isDigit(c) }

// advance takes a pattern one step on when the hit stands near enough behind the step before.
func (r *Rules) advance(s *scratch, u *use, h hit) {
	if u.step > 0 {
		if s.reached[u.place-1] != s.run {
			return
		}
		last := s.at[u.place-1]
		if gap := h.start - last.end; gap < 0 || gap > u.gap {
			return
		}
		s.before[u.place] = s.before[u.place-1]
		s.before[u.place][u.step-1] = last
	}
	if !u.last {
		s.reached[u.place], s.at[u.place] = s.run, span32{h.start, h.end}
		return
	}
	if s.found[u.pattern] != s.run {
		s.found[u.pattern] = s.run
		places := &s.places[u.pattern]
		if u.step > 0 {
			*places = s.before[u.place]
		}
		places[u.step] = span32{h.start, h.end}
		r.complete(s, &r.patterns[u.pattern])
	}
}

func (r *Rules) complete(s *scratch, p *pattern) {
	if p.isMark {
		if s.marks[p.owner] != s.run {
			s.marks[p.owner] = s.run
			s.marked = append(s.marked, p.owner)
		}
		return
	}
	if p.negative {
		return
	}
	st := &s.rules[p.owner]
	if st.run != s.run {
		*st = ruleState{run: s.run}
	}
	st.set |= 1 << p.bit
	if st.set == 1<<r.rules[p.owner].needs-1 {
		s.ready = append(s.ready, p.owner)
	}
}
