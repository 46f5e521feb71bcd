package recordset

import (
	"cmp"
	"context"
	"slices"
	"time"

	"bounceboard/sendcloud/pattern"
)

// Summary is what a selection's rows of one pattern have in common.
type Summary struct {
	Pattern
	Count       int
	Share       float64   // of the rows covered
	First, Last time.Time // requests; zero when none has a time
	Causes      []Count   // most first
	Permanences []Count   // most first
	Domains     []Count   // of the recipients, most first
	Samples     []int     // up to three rows: the first, one from the middle, the last
	Variables   []Variable
}

// Count is a value and how many rows have it.
type Count struct {
	Value string
	Count int
}

// Variable is one variable of a pattern, seen over some of its rows.
type Variable struct {
	Kind     pattern.Kind
	Slot     int     // the place of its mark in the pattern's text, from 0
	Rows     int     // rows looked at
	Distinct int     // values among these, up to MaxDistinct
	More     bool    // these have more values than that
	Values   []Count // most first; up to five
}

// MaxDistinct is how many values of a variable are told apart.
const MaxDistinct = 64

// Few says whether the variable takes few values: it may be the one IP, the
// one host that a refusal is about.
func (v Variable) Few() bool { return v.Rows >= 10 && v.Distinct <= 5 && v.Distinct*4 <= v.Rows }

// Patterns takes a selection apart by pattern, the one with most rows first.
// Variables are counted over up to sample rows of each pattern, evenly spread.
// covered is how many rows of the selection have their pattern by now.
func (s Snapshot) Patterns(ctx context.Context, sel Selection, sample int) (all []Summary, covered int, err error) {
	sums := make([]tally, len(s.patterns))
	found := make([]int, len(s.findings)) // rows of each finding
	domains := map[[2]uint32]int{}        // of each pattern and domain
	for row := range sel.Rows() {
		if row >= s.mined {
			break
		}
		if row%64 == 0 && ctx.Err() != nil {
			return nil, 0, ctx.Err()
		}
		covered++
		v, i := s.at(row)
		found[v.found[i]]++
		p := s.findings[v.found[i]].pattern
		sums[p].add(v.cols[colRequested][i])
		domains[[2]uint32{p, v.cols[colDomain][i]}]++
	}
	if err := s.sample(ctx, sel, sums, sample); err != nil {
		return nil, 0, err
	}
	for key, n := range domains {
		sums[key[0]].domains = append(sums[key[0]].domains, Count{s.domains[key[1]], n})
	}
	for i, n := range found {
		if n > 0 {
			t, e := &sums[s.findings[i].pattern], &s.facts[s.findings[i].fact]
			t.causes, t.permanences = more(t.causes, e.Cause, n), more(t.permanences, e.Permanence, n)
		}
	}
	for p := range sums {
		t := &sums[p]
		if t.count == 0 {
			continue
		}
		sum := Summary{Pattern: s.patterns[p], Count: t.count, Share: float64(t.count) / float64(covered),
			First: at(t.first), Last: at(t.last), Causes: most(t.causes), Permanences: most(t.permanences), Domains: most(t.domains),
			Samples: t.samples(), Variables: t.variables()}
		all = append(all, sum)
	}
	slices.SortFunc(all, func(a, b Summary) int { return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.ID, b.ID)) })
	return all, covered, nil
}

// PatternOf is what the rows of one pattern in a selection have in common; its
// share is that of the rows covered. Its count is 0 when none has it yet.
func (s Snapshot) PatternOf(ctx context.Context, sel Selection, id pattern.ID, sample int) (sum Summary, covered int, err error) {
	own, err := s.Narrow(ctx, Filter{[]condition{{term: &term{field: Field(ByPattern), values: []string{string(id)}}}}}, nil)
	if err != nil {
		return sum, 0, err
	}
	all, n, err := s.Patterns(ctx, own.Rows.And(sel), sample)
	if err != nil {
		return sum, 0, err
	}
	covered = sel.And(rangeOf(0, s.mined)).Len()
	if len(all) > 0 {
		sum = all[0]
		sum.Share = float64(n) / float64(covered)
	}
	return sum, covered, nil
}

func most(counts []Count) []Count {
	slices.SortFunc(counts, func(a, b Count) int { return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Value, b.Value)) })
	return counts
}

// more adds n to the count of a value.
func more(counts []Count, value string, n int) []Count {
	i := slices.IndexFunc(counts, func(c Count) bool { return c.Value == value })
	if i < 0 {
		return append(counts, Count{value, n})
	}
	counts[i].Count += n
	return counts
}

// tally gathers one pattern's rows.
type tally struct {
	count, seen int
	first, last uint32
	causes      []Count
	permanences []Count
	domains     []Count
	rows        []int // those looked at
	slots       []slot
}

// slot gathers one variable.
type slot struct {
	kind   pattern.Kind
	rows   int
	values map[string]int
	more   bool // than these values
}

func (t *tally) add(requested uint32) {
	t.count++
	if requested == 0 {
		return
	}
	if t.first == 0 || requested < t.first {
		t.first = requested
	}
	t.last = max(t.last, requested)
}

// sample looks again at up to most rows of each pattern, evenly spread, for
// the values of their variables.
func (s Snapshot) sample(ctx context.Context, sel Selection, sums []tally, most int) error {
	var scan pattern.Scanner
	for row := range sel.Rows() {
		if row >= s.mined {
			break
		}
		v, i := s.at(row)
		t := &sums[s.findings[v.found[i]].pattern]
		t.seen++
		if most := max(most, 3); t.seen != 1 && t.seen != t.count && t.seen*most/t.count == (t.seen-1)*most/t.count {
			continue
		}
		if len(t.rows)%64 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		t.rows = append(t.rows, row)
		if len(t.rows) <= most {
			reply := v.reply(i)
			_, vars := scan.Scan(reply)
			t.look(reply, vars)
		}
	}
	return nil
}

func (t *tally) look(reply string, vars []pattern.Var) {
	for i, x := range vars {
		if i > 0 && vars[i-1].Slot == x.Slot {
			continue // of a list the first speaks for it
		}
		for len(t.slots) <= x.Slot {
			t.slots = append(t.slots, slot{values: map[string]int{}})
		}
		sl := &t.slots[x.Slot]
		sl.kind = x.Kind
		sl.rows++
		text := reply[x.Start:x.End]
		if _, known := sl.values[text]; !known && len(sl.values) == MaxDistinct {
			sl.more = true
			continue
		}
		sl.values[text]++
	}
}

func (t *tally) samples() []int {
	n := len(t.rows)
	rows := []int{t.rows[0], t.rows[n/2], t.rows[n-1]}
	return slices.Compact(rows)
}

func (t *tally) variables() []Variable {
	var all []Variable
	for i, sl := range t.slots {
		v := Variable{Kind: sl.kind, Slot: i, Rows: sl.rows, Distinct: len(sl.values), More: sl.more}
		for value, n := range sl.values {
			v.Values = append(v.Values, Count{value, n})
		}
		v.Values = most(v.Values)
		v.Values = v.Values[:min(5, len(v.Values))]
		all = append(all, v)
	}
	return all
}
