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
	ready    []int32 // rules whose phrases were all found
	named    []int32 // those of them that name a fact
	deciding []span32
	pieces   []weighed // what the table of weights knows of the text
	weighed  []uint32  // per piece of that table: the run in which it was counted

	temporary, permanent bool // the text says so in words
}

type hit struct {
	variant *variant
	span32
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

// maxHits bounds the work on a text made of nothing but words of rules.
const maxHits = 4096

// find notes which rules are in the folded text.
func (r *Rules) find(s *scratch) {
	s.hits, s.ready, s.named, s.temporary, s.permanent = s.hits[:0], s.ready[:0], s.named[:0], false, false
	if s.run++; s.run == 0 { // the counter went round: forget everything
		clear(s.reached)
		clear(s.found)
		clear(s.rules)
		clear(s.weighed)
		s.run = 1
	}
	for i := 0; i < len(s.text.b) && len(s.hits) < maxHits; i++ {
		r.words.at(s.text.b, i, func(literal int32, end int) { r.collect(s, literal, i, end) })
	}
	for _, h := range s.hits {
		if !s.text.counts(h) {
			continue
		}
		for i := range h.variant.uses {
			r.advance(s, &h.variant.uses[i], h.span32)
		}
	}
}

// collect notes a literal where its ends are as it wants them.
func (r *Rules) collect(s *scratch, literal int32, start, end int) {
	b, variants := s.text.b, r.literals[literal]
	goesOnLeft := start > 0 && wordByte(b[start]) && wordByte(b[start-1])
	goesOnRight := end < len(b) && wordByte(b[end-1]) && wordByte(b[end])
	for k := range variants {
		v := &variants[k]
		switch {
		case goesOnLeft && !v.openLeft, goesOnRight && !v.openRight:
		case v.ignore:
			for i := start; i < end; i++ {
				if s.text.from[i] == inProse {
					s.text.from[i] = inIgnored
				}
			}
		default:
			s.hits = append(s.hits, hit{v, span32{int32(start), int32(end)}})
		}
	}
}

// counts tells whether a hit stands where it may decide. In an ignored phrase only a longer phrase
// that holds all of it decides: "not listed" says nothing, "not listed in the directory" does.
func (f *folded) counts(h hit) bool {
	first, last := f.from[h.start], f.from[h.end-1]
	switch {
	case h.variant.inName: // a provider's bare domain is what a reply speaks of, the sender's as often as its own
		alone := h.start == 0 || f.from[h.start-1] != inName
		return first == inName && last == inName && !(h.variant.host && alone)
	case first == inName || last == inName:
		return false
	case h.variant.anywhere:
		return true
	case first == inAside || last == inAside || first == inIgnored && last == inIgnored:
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

// advance takes a pattern one step on when the literal stands near enough behind the step before.
func (r *Rules) advance(s *scratch, u *use, here span32) {
	if u.step > 0 {
		if s.reached[u.place-1] != s.run {
			return
		}
		last := s.at[u.place-1]
		if gap := here.start - last.end; gap < 0 || gap > u.gap {
			return
		}
		s.before[u.place] = s.before[u.place-1]
		s.before[u.place][u.step-1] = last
	}
	if !u.last {
		s.reached[u.place], s.at[u.place] = s.run, here
		return
	}
	if s.found[u.pattern] == s.run {
		return
	}
	s.found[u.pattern] = s.run
	if u.step > 0 {
		s.places[u.pattern] = s.before[u.place]
	}
	s.places[u.pattern][u.step] = here
	p := &r.patterns[u.pattern]
	if p.bit >= p.needs {
		return
	}
	state := &s.rules[p.owner]
	if state.run != s.run {
		*state = ruleState{run: s.run}
	}
	state.set |= 1 << p.bit
	switch {
	case state.set != 1<<p.needs-1:
	case p.fact:
		s.named = append(s.named, p.owner)
	default:
		s.ready = append(s.ready, p.owner)
	}
}
