package recordset

import (
	"context"
	"hash/maphash"
	"slices"
	"strings"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
	"bounceboard/sendcloud/mailtext"
	"bounceboard/sendcloud/pattern"
)

// Explained is what is told about a row beyond what the service says.
type Explained struct {
	Cause      string // token, "user_unknown"
	Permanence string // "permanent", "temporary", "unknown", "-"
	Provider   string // who answered, empty when not known
	Party      string // who acts: a token of package bounce
	Code       string // the reply code and the enhanced status code, "550 5.1.1", or one of them
	RefusedIP  string // the IP that the receiver refused, empty for none

	Contradicts bool // the reply contradicts the sub-status
}

// Explain tells what a record's reply means. It is called about once for each
// pattern, domain and sub-status, from any goroutine.
type Explain func(sendcloud.Record) Explained

// ByRules explains by the rules of package bounce, as ExplainedBy does.
func ByRules(rules *bounce.Rules) Explain {
	return func(r sendcloud.Record) Explained { return ExplainedBy(r, rules.Explain(InputOf(r))) }
}

// ExplainedBy is what an explanation of a record's reply tells. Of what is Untold every value is empty.
func ExplainedBy(r sendcloud.Record, e bounce.Explanation) Explained {
	if Untold(r, e) {
		return Explained{}
	}
	return Explained{Cause: e.Cause.String(), Permanence: e.Permanence.String(), Provider: strings.Clone(e.Provider), Party: e.Party.String(),
		Code: strings.TrimSpace(e.Code + " " + e.Enhanced), RefusedIP: e.IP, Contradicts: e.Contradicts(int(r.SubStatus))}
}

// InputOf returns what a record tells the rules, with the domain that ByDomain counts.
func InputOf(r sendcloud.Record) bounce.Input {
	return bounce.Input{Text: r.Reply(), Domain: string(appendDomain(nil, r.Recipients)), Status: int(r.Status), SubStatus: int(r.SubStatus)}
}

// Explains reports whether an explanation adds to the status. It adds nothing for delivered or requested mail if it
// rests on the sub-status alone or only says "delivered".
func Explains(s sendcloud.Status, e bounce.Explanation) bool {
	settled := s == sendcloud.Delivered || s == sendcloud.Requested
	return e.Basis != bounce.BasisNone && !(settled && (e.Basis == bounce.BasisSubStatus || e.Cause == bounce.Delivered))
}

// Untold reports whether nobody said why a mail is where it is: it is under
// way, or no reply came, and nothing else tells a cause.
func Untold(r sendcloud.Record, e bounce.Explanation) bool {
	return r.Status != sendcloud.Delivered && !Explains(r.Status, e) && (r.Status == sendcloud.Requested || strings.TrimSpace(r.Reply()) == "")
}

const (
	maxPatterns = 1 << 16 // what is over is one pattern, {…}, so that memory stays bounded
	maxCache    = 1 << 14
	mineStep    = 2048
	shortID     = 4 // the most bytes of a number or an id that a rule may name
)

// Pattern is a reply's text without its variables; see package pattern.
type Pattern struct {
	ID   pattern.ID
	Text string
}

// mineResult is what was found out of the rows that are mined. Snapshots share it.
type mineResult struct {
	patterns []Pattern
	facts    []Explained
	findings []finding
}

// finding is the numbers of a row's pattern and explanation.
type finding struct{ pattern, fact uint32 }

// miner finds patterns and explanations of rows.
type miner struct {
	explain  Explain
	scan     pattern.Scanner
	patterns map[string]uint32 // by their text
	facts    dictionary[Explained]
	findings dictionary[finding]
	cache    map[factKey]fact
	seed     maphash.Seed
	mineResult
}

func newMiner(explain Explain) *miner {
	if explain == nil {
		explain = func(sendcloud.Record) Explained { return Explained{} }
	}
	return &miner{explain: explain, patterns: map[string]uint32{}, cache: map[factKey]fact{}, seed: maphash.MakeSeed()}
}

// factKey is what an explanation depends on. said is a hash of what a pattern
// leaves out of a reply and the rules look at: host names, links, and codes.
type factKey struct {
	pattern, domain uint32
	status, sub     int32
	said            uint64
}

// fact is the number of an explanation and which of the reply's variables is the
// refused IP, -1 for none: rows that differ only in that IP share it.
type fact struct {
	number uint32
	ip     int32
}

// Mine gives rows their pattern and explanation, in order, until the rows there now have theirs or ctx ends. Snapshots
// see them as they come. Rows that got another content since they were mined are mined again.
func (s *Set) Mine(ctx context.Context) error {
	for ctx.Err() == nil {
		s.mu.Lock()
		rows := s.stale
		s.stale = nil
		s.mu.Unlock()
		snap := s.Snapshot()
		for row := min(snap.mined+mineStep, snap.rows) - 1; row >= snap.mined; row-- {
			rows = append(rows, row)
		}
		if len(rows) == 0 {
			return nil
		}
		slices.Sort(rows)
		found := make([]uint32, len(rows))
		for i, row := range rows {
			found[i] = s.miner.find(snap, row)
		}
		s.mu.Lock()
		for i, row := range rows {
			s.setFound(row, found[i])
		}
		s.mineResult = s.miner.mineResult
		s.mu.Unlock()
	}
	return ctx.Err()
}

// setFound stores the finding of a row that is the next or was mined before; Mine comes to the others later.
func (s *Set) setFound(row int, finding uint32) {
	b := s.blockOf[row/64]
	switch {
	case row == s.mined:
		for int(b) >= len(s.found) {
			s.found = append(s.found, make([]uint32, 0, s.blocks[len(s.found)].len()))
		}
		s.found[b] = append(s.found[b], finding)
		s.mined++
	case row < s.mined: // a snapshot may have the others
		s.found[b] = slices.Clone(s.found[b])
		s.found[b][row-s.blocks[b].first] = finding
		s.version++
	}
}

// find returns the number of a row's finding.
func (m *miner) find(snap Snapshot, row int) uint32 {
	v, i := snap.at(row)
	reply := v.reply(i)
	text, vars := m.scan.Scan(reply)
	p, ok := m.patterns[string(text)]
	if !ok {
		p = m.addPattern(string(text))
	}
	h := &snap.heads[v.cols[colHead][i]]
	key := factKey{p, v.cols[colDomain][i], int32(h.status), int32(h.sub), m.said(reply, vars)}
	if reply == h.statusText { // no reply, but the service's word
		key.said++
	}
	f, ok := m.cache[key]
	switch {
	case !ok:
		e := m.explain(snap.Record(row))
		f = fact{m.addFact(e), refusedIP(e.RefusedIP, reply, vars)}
		if e.RefusedIP == "" || f.ip >= 0 {
			if len(m.cache) >= maxCache {
				clear(m.cache)
			}
			m.cache[key] = f
		}
	case f.ip >= 0:
		e := m.mineResult.facts[f.number]
		e.RefusedIP = reply[vars[f.ip].Start:vars[f.ip].End]
		f.number = m.addFact(e)
	}
	n := m.findings.number(finding{p, f.number})
	m.mineResult.findings = m.findings.values
	return n
}

func (m *miner) addPattern(text string) uint32 {
	if len(m.patterns) >= maxPatterns {
		text = "{…}"
		if p, ok := m.patterns[text]; ok {
			return p
		}
	}
	p := uint32(len(m.patterns))
	m.mineResult.patterns = append(m.mineResult.patterns, Pattern{pattern.IDOf(text), text})
	m.patterns[text] = p
	return p
}

func (m *miner) addFact(e Explained) uint32 {
	if _, ok := m.facts.numbers[e]; !ok {
		e.RefusedIP = strings.Clone(e.RefusedIP)
	}
	n := m.facts.number(e)
	m.mineResult.facts = m.facts.values
	return n
}

// refusedIP looks for an IP among a reply's variables, -1: not there. Where it
// stands there twice one row does not tell which it is.
func refusedIP(ip, reply string, vars []pattern.Var) (at int32) {
	at = -1
	for i, x := range vars {
		if ip != "" && x.Kind == mailtext.IP && reply[x.Start:x.End] == ip {
			if at >= 0 {
				return -1
			}
			at = int32(i)
		}
	}
	return at
}

// said returns a hash of what tells who answered and what, beyond the pattern: the
// last two labels of host names, links, short numbers and ids, and all of a reply that the pattern does not tell whole.
func (m *miner) said(reply string, vars []pattern.Var) (sum uint64) {
	for _, x := range vars {
		t := reply[x.Start:x.End]
		switch {
		case x.Kind == mailtext.Host:
			if dot := strings.LastIndexByte(t, '.'); dot > 0 {
				t = t[strings.LastIndexByte(t[:dot], '.')+1:]
			}
		case x.Kind == mailtext.URL, len(t) <= shortID && (x.Kind == mailtext.Number || x.Kind == mailtext.ID):
		default:
			continue
		}
		sum = sum*31 + maphash.String(m.seed, t)
	}
	if len(reply) > pattern.MaxText || len(m.patterns) >= maxPatterns {
		sum += maphash.String(m.seed, reply)
	}
	return sum
}
