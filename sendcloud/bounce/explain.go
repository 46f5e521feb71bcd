package bounce

import (
	"bytes"
	"cmp"
	"math"
	"path"
	"slices"
	"strings"

	"bounceboard/sendcloud/mailtext"
)

// Explain says what a reply means. It never fails: what is not recognised has the cause Other.
func (r *Rules) Explain(in Input) Explanation {
	s := r.scratch.Get().(*scratch)
	defer r.scratch.Put(s)
	s.source = mailtext.Decode(in.Text, maxRead)
	f := &s.facts
	s.text.read(s.source.String, f)
	if in.Status == 0 && in.SubStatus >= 400 && in.SubStatus < 600 {
		in.Status = in.SubStatus / 100 // 4xx: invalid, 5xx: soft bounce
	}
	e := r.conclude(s, in)
	if e.Basis != BasisText && s.text.takeBack(e.Code != "") {
		e = r.conclude(s, in)
	}
	if in.Status == 1 && e.Cause != Delivered { // whatever the reply says: SendCloud knows what was accepted
		e.name(Delivered)
		e.Permanence, e.Basis, e.Confidence, e.Matched, e.Rule = NoFailure, BasisSubStatus, 0.95, nil, ""
	}
	e.settle()
	if e.Cause == DomainNotFound && !s.recipientsDomain(in.Domain) {
		e.Confidence = min(e.Confidence, weighedMost)
	}
	e.IP, e.Domain = f.refused(s.source.String, e.Cause)
	e.HelpLink = f.link
	if e.Permanence == Temporary {
		e.Wait = f.wait
	}
	if e.Cause != Suppressed {
		e.SendCloudList = ""
	}
	if e.Cause != Blocked && e.Cause != SpamContent && e.Cause != Greylisted && e.Cause != RateLimited {
		e.List, e.ListLink = "", ""
	}
	return e
}

// conclude decides by what is in the folded text.
func (r *Rules) conclude(s *scratch, in Input) Explanation {
	r.find(s)
	e := Explanation{situation: situation{recipient: in.Domain, status: in.Status}, Code: s.facts.code, Enhanced: s.facts.enhanced}
	r.readMarks(s, &e, in)
	byWords := r.weights().weigh(s, e.Code, e.Enhanced)
	best, doubted := r.arbitrate(s, &e, in, byWords, r.decide(s, &e, in))
	switch {
	case (best < 0 || r.rules[best].weak) && r.follow(s, &e, byWords, weighFloor, Other):
	case best < 0:
		e.name(Other)
		e.Permanence = e.permanence()
	case r.rules[best].basis() == BasisEnhanced && r.follow(s, &e, byWords, weighMisused, r.rules[best].cause):
	default:
		r.take(s, &e, best, doubted)
		if best >= int(r.builtinFrom) && e.Basis == BasisText && byWords.cause != e.Cause && byWords.share >= weighFloor {
			e.Confidence = min(e.Confidence, weighedMost) // one of the two is wrong
		}
	}
	// In reply to MAIL FROM an address is the sender's: the recipient has not been named yet (RFC 5321, 3.3).
	bad := causes[e.Cause].address == addressBad || e.Cause == MailboxFull || e.Cause == RecipientRefused && e.Phase == "mail_from"
	if e.Basis == BasisText && bad && (best < 0 || best >= int(r.builtinFrom)) {
		ofSender := e.hasStatus("?.1.7") || e.hasStatus("?.1.8") // RFC 3463, 3.2
		if ofSender || e.Phase == "mail_from" || s.text.aboutSender(s.deciding) {
			e.name(SenderRejected)
			e.Permanence = e.worded(s)
		}
	}
	return e
}

// name gives the reply a cause, with the party that it is for.
func (e *Explanation) name(c Cause) { e.Cause, e.Party, e.advice = c, causes[c].party, "" }

// recipientsDomain reports whether the missing domain is the recipient's. A server that answers with a code was found: unless
// it names the recipient's domain, its route or the DNS, it may mean the sender's domain.
func (s *scratch) recipientsDomain(domain string) bool {
	f := &s.facts
	named := domain != "" && strings.Contains(strings.ToLower(s.source.String), strings.ToLower(domain))
	_, detail, _ := strings.Cut(f.enhanced, ".")
	spoken := func(w string) bool { return bytes.Contains(s.text.b, []byte(w)) }
	return named || slices.Contains([]string{"1.2", "1.10", "4.4"}, detail) || // RFC 3463 and 7505
		(domain == "" || len(f.hosts) == 0) && (f.code == "" || slices.ContainsFunc(lists["routes"], spoken))
}

// aboutSender tells whether words of the sender's stand just before the spans, in them or just behind.
func (f *folded) aboutSender(spans []span32) bool {
	if len(spans) == 0 {
		return false
	}
	from, to := spans[0].start, spans[0].end
	for _, sp := range spans {
		from, to = min(from, sp.start), max(to, sp.end)
	}
	near := from
	for near > max(0, from-28) && f.from[near-1] < inIgnored { // "returned to sender" is a relay's
		near--
	}
	around := f.b[near:min(len(f.b), int(to)+16)]
	spoken := func(w string) bool { return bytes.Contains(around, []byte(w)) }
	return slices.ContainsFunc(lists["senders"], spoken) && (spoken("sender verif") || !slices.ContainsFunc(lists["recipients"], spoken))
}

// settle removes contradictions: SendCloud's lists are permanent, and a permanent failure always has a party that acts.
func (e *Explanation) settle() {
	if e.Cause == Suppressed || e.Cause == Unsubscribed {
		e.Permanence = Permanent
	}
	switch {
	case e.Permanence != Permanent:
	case e.Party == Nobody:
		e.Party = cmp.Or(causes[e.Cause].party, Receiver)
	case e.Cause == MailboxFull && e.Party == Recipient:
		e.Party = ListOwner // a mailbox that is full for good is unused: nobody is there to make room
	}
}

// readMarks copies what the marks say. Of two of one kind the earlier line of the file wins, so it is written last.
func (r *Rules) readMarks(s *scratch, e *Explanation, in Input) {
	slices.Sort(s.named)
	for _, i := range slices.Backward(s.named) {
		switch m := &r.rules[i]; m.kind {
		case "provider":
			e.Provider = m.value
		case "list":
			e.List, e.ListLink = m.value, m.link
		case "phase":
			e.Phase = m.value
		case "sendcloud":
			e.SendCloudList = m.value
		case "temporary":
			s.temporary = true
		case "permanent":
			s.permanent = true
		}
	}
	home := r.providerOf(in.Domain)
	e.elsewhere = e.Provider != "" && e.Provider != home
	e.Provider = cmp.Or(e.Provider, home)
}

// providerOf finds the provider of a recipient's domain; a subdomain belongs to its parent.
func (r *Rules) providerOf(domain string) string {
	if len(domain) > 254 {
		return ""
	}
	for domain = strings.ToLower(strings.TrimSuffix(domain, ".")); domain != ""; _, domain, _ = strings.Cut(domain, ".") {
		if p, ok := r.domains[domain]; ok {
			return p
		}
	}
	return ""
}

// decide finds the first rule that fits, or -1.
func (r *Rules) decide(s *scratch, e *Explanation, in Input) int {
	fits := func(i int32) bool { return r.fits(s, &r.rules[i], e, in) }
	slices.Sort(s.ready)
	best := -1
	if k := slices.IndexFunc(s.ready, fits); k >= 0 {
		best = int(s.ready[k])
	}
	for _, i := range r.codeOnly {
		if best >= 0 && int(i) > best {
			break
		}
		if fits(i) {
			return int(i)
		}
	}
	return best
}

func (r *Rules) fits(s *scratch, rule *rule, e *Explanation, in Input) bool {
	switch {
	case rule.only && e.Provider != rule.section,
		len(rule.codes) > 0 && !slices.ContainsFunc(rule.codes, e.hasCode),
		len(rule.statuses) > 0 && !slices.ContainsFunc(rule.statuses, e.hasStatus),
		len(rule.subs) > 0 && !slices.Contains(rule.subs, in.SubStatus) && !slices.Contains(rule.subs, -in.Status),
		rule.known && r.providerOf(in.Domain) == "":
		return false
	}
	return !slices.ContainsFunc(rule.phrases[rule.needs:], func(p int32) bool { return s.has(r.patterns[p].last) })
}

// hasCode compares with the beginning of a reply code: "55" fits 550. "none" wants no code.
func (e *Explanation) hasCode(want string) bool {
	return want == "none" && e.Code == "" || e.Code != "" && strings.HasPrefix(e.Code, want)
}

// hasStatus compares with the enhanced code; ? in the pattern is any digit.
func (e *Explanation) hasStatus(want string) bool {
	n := len(want) - 1
	if len(e.Enhanced) != n+1 || want[n] != e.Enhanced[n] && want[n] != '?' { // most differ there
		return false
	}
	same, _ := path.Match(want, e.Enhanced)
	return same
}

// take fills in what the deciding rule says.
func (r *Rules) take(s *scratch, e *Explanation, best int, doubted bool) {
	rule := &r.rules[best]
	e.Cause, e.Party, e.Basis, e.Rule, e.advice = rule.cause, rule.party, rule.basis(), rule.where, rule.advice
	if e.Permanence = rule.permanence; !rule.stated {
		e.Permanence = e.worded(s)
	}
	sure := rule.sure
	switch {
	case doubted && sure >= documented:
		sure -= doubtDocumented
	case doubted:
		sure -= doubt
	}
	e.Confidence = math.Round(100*sure) / 100
	if e.Basis != BasisText {
		return
	}
	s.deciding = s.deciding[:0]
	for _, i := range rule.phrases[:rule.needs] {
		p := &r.patterns[i]
		for _, step := range s.steps[p.first : p.last+1] {
			s.deciding = append(s.deciding, s.text.wholeWords(step))
		}
	}
	e.Matched = s.original(s.deciding)
}

// worded is the permanence by the codes, and by words such as "temporarily" where they may be believed.
func (e *Explanation) worded(s *scratch) Permanence {
	p := e.permanence()
	switch {
	case s.permanent && p != NoFailure:
		return Permanent
	case s.temporary && p == Permanent && causes[e.Cause].passes:
		return Temporary
	}
	return p
}

// permanence reads it from the codes, but full mailboxes, limits and greylisting pass whatever the code: NetEase,
// QQ and Aliyun answer 55x to limits of the hour or the day.
func (e *Explanation) permanence() Permanence {
	codes := e.Code + e.Enhanced
	switch {
	case e.Cause == Delivered:
		return NoFailure
	case e.Cause == MailboxFull, e.Cause == RateLimited, e.Cause == Greylisted, strings.HasPrefix(codes, "4"):
		return Temporary
	case strings.HasPrefix(codes, "5"):
		return Permanent
	}
	return causes[e.Cause].permanence
}

// arbitrate reports whether another strong rule contradicts the best one. Then the words are weighed, unless documented
// words, the sub-status or a user's own rule decided; the first rule for the cause that wins replaces the best one.
func (r *Rules) arbitrate(s *scratch, e *Explanation, in Input, byWords likeliest, best int) (chosen int, doubted bool) {
	if best < 0 || r.rules[best].basis() != BasisText {
		return best, false
	}
	rule := &r.rules[best]
	doubted = slices.ContainsFunc(s.ready, func(i int32) bool {
		other := &r.rules[i]
		return other.sure >= strong && other.cause.Group() != rule.cause.Group() && r.fits(s, other, e, in)
	})
	if !doubted || rule.sure >= documented || len(rule.subs) > 0 || best < int(r.builtinFrom) {
		return best, doubted
	}
	if byWords.cause == rule.cause || byWords.cause == Policy || byWords.share < weighFloor {
		return best, true
	}
	first := slices.IndexFunc(s.ready, func(i int32) bool {
		other := &r.rules[i]
		return other.cause == byWords.cause && other.sure >= strong && r.fits(s, other, e, in)
	})
	if first < 0 {
		return best, true
	}
	return int(s.ready[first]), true
}

// A rule with at least the confidence strong casts doubt on another. The two doubts are what it cost in confidence on
// held-out replies: much for a general phrase, little for documented words.
const (
	strong          = 0.85
	documented      = 0.96
	doubt           = 0.17
	doubtDocumented = 0.04
)

// original are spans of the folded text as they stand in the original, in order and without overlap.
func (s *scratch) original(folded []span32) []Span {
	all := make([]Span, len(folded))
	for i, f := range folded {
		all[i].Start, all[i].End = s.source.Original(int(s.text.place[f.start].start), int(s.text.place[f.end-1].end))
	}
	slices.SortFunc(all, func(a, b Span) int { return a.Start - b.Start })
	merged := all[:0]
	for _, sp := range all {
		if last := len(merged) - 1; last >= 0 && sp.Start <= merged[last].End+len("\u3000") { // a blank, perhaps a wide one
			merged[last].End = max(merged[last].End, sp.End)
			continue
		}
		merged = append(merged, sp)
	}
	return merged
}
