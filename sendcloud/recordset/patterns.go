package recordset

import (
	"cmp"
	"context"
	"slices"
	"time"

	"bounceboard/sendcloud/mailtext"
	"bounceboard/sendcloud/pattern"
)

// Summary is what a selection's rows of one pattern have in common.
type Summary struct {
	Pattern
	Count       int
	Share       float64   // the part of the rows covered
	First, Last time.Time // requests; zero when none has a time
	Causes      []Count   // most first
	Permanences []Count   // most first
	Domains     []Count   // the domains of the recipients, most first
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
	Kind     mailtext.Kind
	Slot     int     // the place of its mark in the pattern's text, from 0
	Rows     int     // rows looked at
	Distinct int     // values among these, up to MaxDistinct
	More     bool    // these have more values than that
	Values   []Count // most first; up to five
}

// MaxDistinct is how many values of a variable are told apart.
const MaxDistinct = 64

// Few says whether the variable takes few values: it may be the one IP, the one host that a refusal is about.
func (v Variable) Few() bool { return v.Rows >= 10 && v.Distinct <= 5 && v.Distinct*4 <= v.Rows }

// Patterns takes a selection apart by pattern, the one with most rows first. Variables are counted over up to sample
// rows of each pattern, evenly spread. covered is how many rows of the selection have their pattern by now.
func (s Snapshot) Patterns(ctx context.Context, sel Selection, sample int) (all []Summary, covered int, err error) {
	sel = sel.And(rangeOf(0, s.mined))
	sums := make([]tally, len(s.patterns))
	found := make([]int, len(s.findings)) // rows of each finding
	domains := map[[2]uint32]int{}        // rows, by pattern and domain
	for row := range sel.Rows() {
		if row%64 == 0 && ctx.Err() != nil {
			return nil, 0, ctx.Err()
		}
		v, i := s.at(row)
		found[v.found[i]]++
		p := s.findings[v.found[i]].pattern
		sums[p].Count++
		sums[p].reach(v.cols[colRequested][i])
		domains[[2]uint32{p, v.cols[colDomain][i]}]++
	}
	s.sample(sel, sums, max(sample, 3))
	for key, n := range domains {
		sums[key[0]].Domains = append(sums[key[0]].Domains, Count{s.domains[key[1]], n})
	}
	for i, n := range found {
		if n > 0 {
			t, e := &sums[s.findings[i].pattern], &s.facts[s.findings[i].fact]
			t.Causes, t.Permanences = append(t.Causes, Count{e.Cause, n}), append(t.Permanences, Count{e.Permanence, n})
		}
	}
	for p := range sums {
		if t := &sums[p]; t.Count > 0 {
			n := len(t.rows)
			t.Pattern, t.Share, t.First, t.Last = s.patterns[p], float64(t.Count)/float64(sel.Len()), at(t.first), at(t.last)
			t.Samples = slices.Compact([]int{t.rows[0], t.rows[n/2], t.rows[n-1]})
			t.Causes, t.Permanences, t.Domains = most(t.Causes), most(t.Permanences), most(t.Domains)
			for i, values := range t.values {
				v := &t.Variables[i]
				v.Distinct, v.Values = len(values), nil
				for value, n := range values {
					v.Values = append(v.Values, Count{value, n})
				}
				v.Values = most(v.Values)[:min(5, len(values))]
			}
			all = append(all, t.Summary)
		}
	}
	slices.SortFunc(all, func(a, b Summary) int { return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.ID, b.ID)) })
	return all, sel.Len(), ctx.Err()
}

// PatternOf returns what the rows of one pattern in a selection have in common;
// its share is that of the rows covered. Its count is 0 when none has it yet.
func (s Snapshot) PatternOf(ctx context.Context, sel Selection, id pattern.ID, sample int) (sum Summary, covered int, err error) {
	own, err := s.Narrow(ctx, Filter{[]condition{{term: &term{field: Field(ByPattern), values: []string{string(id)}}}}}, nil)
	if err != nil {
		return sum, 0, err
	}
	all, n, err := s.Patterns(ctx, own.Rows.And(sel), sample)
	if covered = sel.And(rangeOf(0, s.mined)).Len(); len(all) > 0 {
		sum = all[0]
		sum.Share = float64(n) / float64(covered)
	}
	return sum, covered, err
}

// most puts counts in order, most first, those of one value as one.
func most(counts []Count) (sums []Count) {
	slices.SortFunc(counts, func(a, b Count) int { return cmp.Compare(a.Value, b.Value) })
	for _, c := range counts {
		if n := len(sums) - 1; n >= 0 && sums[n].Value == c.Value {
			sums[n].Count += c.Count
		} else {
			sums = append(sums, c)
		}
	}
	slices.SortStableFunc(sums, func(a, b Count) int { return cmp.Compare(b.Count, a.Count) })
	return sums
}

// tally gathers one pattern's rows.
type tally struct {
	Summary
	spread
	seen   int
	rows   []int            // those looked at
	values []map[string]int // of each variable
}

// sample looks again at up to most rows of each pattern, evenly spread, for the values of their variables.
func (s Snapshot) sample(sel Selection, sums []tally, most int) {
	var scan pattern.Scanner
	for row := range sel.Rows() {
		v, i := s.at(row)
		t := &sums[s.findings[v.found[i]].pattern]
		t.seen++
		if t.seen != 1 && t.seen != t.Count && t.seen*most/t.Count == (t.seen-1)*most/t.Count {
			continue
		}
		if t.rows = append(t.rows, row); len(t.rows) > most {
			continue
		}
		reply := v.reply(i)
		_, vars := scan.Scan(reply)
		for i, x := range vars {
			if i > 0 && vars[i-1].Slot == x.Slot {
				continue // of a list the first speaks for it
			}
			for len(t.values) <= x.Slot {
				t.Variables, t.values = append(t.Variables, Variable{Slot: len(t.values)}), append(t.values, map[string]int{})
			}
			of, values, text := &t.Variables[x.Slot], t.values[x.Slot], reply[x.Start:x.End]
			of.Kind = x.Kind
			of.Rows++
			if _, known := values[text]; known || len(values) < MaxDistinct {
				values[text]++
			} else {
				of.More = true
			}
		}
	}
}
