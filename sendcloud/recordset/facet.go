package recordset

import (
	"cmp"
	"context"
	"math"
	"math/bits"
	"slices"
	"strings"
)

// Value is a value of a column and the rows of a selection that have it.
type Value struct {
	Value       string // empty: rows without one
	Text        string // for a pattern: its text
	Count       int
	Share       float64  // the part of the selection, 0 … 1
	Rest        float64  // share in the rest of the slice, what is not selected
	Lift        float64  // Share against Rest, a ratio; 1 when there is no rest
	Permanences []string // for a cause: the permanences of its rows, most first
	odd         float64  // how far from chance the difference is, with its sign
}

// Facet is a selection taken apart by a column.
type Facet struct {
	Column   Column
	Values   []Value
	Selected int // rows in the selection
	Covered  int // how many rows of the selection have a value that is known by now; the counts add up to it

	basis           basis
	in, all         []uint32 // rows by code: those selected, and every row
	selected, every int      // rows that these cover
}

// FacetOrder is the order of a facet's values.
type FacetOrder uint8

// The orders. ByLift puts first what sets the selection apart from the rest:
// by how unlikely the difference is (log-likelihood ratio), so that one row
// with a rare value does not come first.
const (
	ByCount FacetOrder = iota
	ByLift
	ByValue
)

// Facet counts the rows of a selection by a column. Values without a row are
// left out. Rows that an earlier result of the column covers are not counted
// again; before may be nil.
func (s Snapshot) Facet(ctx context.Context, sel Selection, c Column, order FacetOrder, before *Facet) (*Facet, error) {
	g, covers := s.grouping(c), s.covers(c)
	f := &Facet{Column: c, Selected: sel.Len(), basis: s.basis(sel, covers), in: make([]uint32, len(g.group)), all: make([]uint32, len(g.group))}
	known, knownAll := 0, 0
	if before != nil && before.Column == c && before.basis.rows <= covers {
		if knownAll = before.basis.known(s, nil, false); knownAll > 0 {
			copy(f.all, before.all)
			f.every = before.every
		}
		if known = before.basis.known(s, &sel, false); known > 0 {
			copy(f.in, before.in)
			f.selected = before.selected
		}
	}
	f.selected += s.count(sel, c, f.in, known, covers)
	f.every += s.count(s.All(), c, f.all, knownAll, covers)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	f.Covered = f.selected
	f.value(g)
	switch c {
	case ByCause:
		s.permanences(sel, f.Values)
	case ByPattern:
		texts := make(map[string]string, len(s.patterns))
		for _, p := range s.patterns {
			texts[string(p.ID)] = p.Text
		}
		for i := range f.Values {
			f.Values[i].Text = texts[f.Values[i].Value]
		}
	}
	slices.SortFunc(f.Values, func(a, b Value) int {
		switch by := c.compare(a.Value, b.Value); order {
		case ByCount:
			return cmp.Or(cmp.Compare(b.Count, a.Count), by)
		case ByLift:
			return cmp.Or(cmp.Compare(b.odd, a.odd), cmp.Compare(b.Count, a.Count), by)
		default:
			return by
		}
	})
	return f, nil
}

// covers returns how many rows, from the first, have their value of a column.
func (s Snapshot) covers(c Column) int {
	if c.NeedsMining() {
		return s.mined
	}
	return s.rows
}

// value makes the values of the counts.
func (f *Facet) value(g grouping) {
	in, all, covered := g.sum(f.in), g.sum(f.all), f.selected
	rest := f.every - covered
	for i, n := range in {
		if n == 0 {
			continue
		}
		v := Value{Value: g.values[i], Count: n, Share: float64(n) / float64(covered), Lift: 1}
		if rest > 0 {
			others := all[i] - n
			v.Rest = float64(others) / float64(rest)
			v.Lift = v.Share / ((float64(others) + 0.5) / (float64(rest) + 0.5))
			v.odd = likelihoodRatio(n, covered, others, rest)
		}
		f.Values = append(f.Values, v)
	}
}

// permanences tells of each cause what permanences its rows have.
func (s Snapshot) permanences(sel Selection, causes []Value) {
	g := s.byFact(func(e Explained) string { return e.Cause + "\x00" + e.Permanence })
	raw := make([]uint32, len(g.group))
	s.count(sel, ByCause, raw, 0, s.mined)
	var all []Count
	for i, n := range g.sum(raw) {
		if n > 0 {
			all = append(all, Count{g.values[i], n})
		}
	}
	for _, one := range most(all) {
		cause, permanence, _ := strings.Cut(one.Value, "\x00")
		if i := slices.IndexFunc(causes, func(v Value) bool { return v.Value == cause }); i >= 0 {
			causes[i].Permanences = append(causes[i].Permanences, permanence)
		}
	}
}

// likelihoodRatio returns Dunning's G² of k rows of n against m rows of o,
// negative when the value is rarer in the first.
func likelihoodRatio(k, n, m, o int) float64 {
	p := float64(k+m) / float64(n+o)
	term := func(seen int, of float64) float64 {
		if seen == 0 {
			return 0
		}
		return float64(seen) * math.Log(float64(seen)/of)
	}
	g := 2 * (term(k, p*float64(n)) + term(n-k, (1-p)*float64(n)) + term(m, p*float64(o)) + term(o-m, (1-p)*float64(o)))
	if float64(k)*float64(o) < float64(m)*float64(n) {
		return -g
	}
	return g
}

// Count returns how many rows of a selection have each value of a column, and
// how many rows that covers.
func (s Snapshot) Count(ctx context.Context, sel Selection, c Column) (counts map[string]int, covered int, err error) {
	g := s.grouping(c)
	raw := make([]uint32, len(g.group))
	covered = s.count(sel, c, raw, 0, s.covers(c))
	counts = map[string]int{}
	for i, k := range g.sum(raw) {
		if k > 0 {
			counts[g.values[i]] = k
		}
	}
	return counts, covered, ctx.Err()
}

// sum returns how many rows have each value, of how many have each code.
func (g grouping) sum(raw []uint32) []int {
	counts := make([]int, len(g.values))
	for code, n := range raw {
		counts[g.group[code]] += int(n)
	}
	return counts
}

// count adds the selected rows of [from, to) to raw, by code. It is how many.
func (s Snapshot) count(sel Selection, c Column, raw []uint32, from, to int) (covered int) {
	code := columns[c].code
	for j := from / 64; j*64 < to; j++ {
		w := sel.word(j)
		if j*64 < from {
			w &= ^uint64(0) << (from % 64)
		}
		if (j+1)*64 > to {
			w &= 1<<(to%64) - 1
		}
		if w == 0 {
			continue
		}
		covered += bits.OnesCount64(w)
		v, first := s.at(j * 64)
		switch codes := v.codes(c); {
		case codes == nil:
			for ; w != 0; w &= w - 1 {
				i := first + bits.TrailingZeros64(w)
				raw[code(v, i, s.heads)]++
			}
		case w == ^uint64(0):
			for _, k := range codes[first : first+64] {
				raw[k]++
			}
		default:
			for ; w != 0; w &= w - 1 {
				raw[codes[first+bits.TrailingZeros64(w)]]++
			}
		}
	}
	return covered
}
