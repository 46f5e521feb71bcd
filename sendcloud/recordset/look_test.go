package recordset

import (
	"context"

	"bounceboard/sendcloud"
)

// Explained returns what is told about row i; ok is false when it is not mined yet.
func (s Snapshot) Explained(row int) (e Explained, ok bool) {
	if ok = row < s.mined; ok {
		v, i := s.at(row)
		e = s.facts[s.findings[v.found[i]].fact]
	}
	return e, ok
}

// Pattern returns the pattern of row i; ok is false when it is not mined yet.
func (s Snapshot) Pattern(row int) (p Pattern, ok bool) {
	if ok = row < s.mined; ok {
		v, i := s.at(row)
		p = s.patterns[s.findings[v.found[i]].pattern]
	}
	return p, ok
}

// Status returns the status of a row, without reading the rest of it.
func (s Snapshot) Status(row int) sendcloud.Status {
	v, i := s.at(row)
	return s.heads[v.cols[colHead][i]].status
}

// Count returns how many rows of a selection have each value of a column, and
// how many rows that covers.
func (s Snapshot) Count(ctx context.Context, sel Selection, c Column) (counts map[string]int, covered int, err error) {
	g := s.grouping(c)
	values, covered := s.count(sel, c, g)
	counts = map[string]int{}
	for i, k := range values {
		if k > 0 {
			counts[g.values[i]] = k
		}
	}
	return counts, covered, ctx.Err()
}
