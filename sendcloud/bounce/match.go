package bounce

import "bounceboard/sendcloud/mailtext"

// scratch is what one explanation needs to work. Its long arrays are never cleared: an entry counts only when it
// carries the number of the current run, so a run costs what it finds and not what rules there are.
type scratch struct {
	run      uint32
	source   mailtext.Text // the reply as it reads
	text     folded
	facts    facts
	hits     []hit
	steps    []span32 // where each step of every pattern was found last
	reached  []uint64 // a bit for each step that was found; with the last one its pattern is found
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

// span32 is a span in the folded text.
type span32 struct{ start, end int32 }

// ruleState is how many phrases of a rule were found, and in which run.
type ruleState struct {
	run   uint32
	found uint8
}

// maxHits bounds the work on a text made of nothing but words of rules.
const maxHits = 4096

// find notes which rules are in the folded text.
func (r *Rules) find(s *scratch) {
	clear(s.reached)
	s.hits, s.ready, s.named, s.temporary, s.permanent = s.hits[:0], s.ready[:0], s.named[:0], false, false
	if s.run++; s.run == 0 { // the counter went round: forget everything
		clear(s.rules)
		clear(s.weighed)
		s.run = 1
	}
	for i := 0; i < len(s.text.b) && len(s.hits) < maxHits; i++ {
		if r.words.begins(s.text.b, i) {
			r.words.at(s.text.b, i, func(literal int32, end int) { r.collect(s, literal, i, end) })
		}
	}
	for _, h := range s.hits {
		if !s.text.counts(h) {
			continue
		}
		for i := range h.variant.uses {
			if u := &h.variant.uses[i]; (u.gap < 0 || s.has(u.place-1)) && !s.has(u.last) {
				r.advance(s, u, h.span32)
			}
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

// counts tells whether a hit may decide. In an ignored phrase ("not listed") only a longer one does.
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

// has tells whether a step was found.
func (s *scratch) has(step int32) bool { return s.reached[step>>6]&(1<<(step&63)) != 0 }

// advance takes a pattern one step on when the literal stands near enough behind the step before.
func (r *Rules) advance(s *scratch, u *use, here span32) {
	if u.gap >= 0 {
		if gap := here.start - s.steps[u.place-1].end; gap < 0 || gap > u.gap {
			return
		}
	}
	s.steps[u.place] = here
	s.reached[u.place>>6] |= 1 << (u.place & 63)
	if u.place < u.last {
		return
	}
	p := &r.patterns[u.pattern]
	if p.needs == 0 {
		return
	}
	state := &s.rules[p.owner]
	if state.run != s.run {
		*state = ruleState{run: s.run}
	}
	if state.found++; state.found < p.needs {
		return
	}
	if p.fact {
		s.named = append(s.named, p.owner)
	} else {
		s.ready = append(s.ready, p.owner)
	}
}
