package recordset

import (
	"context"
	"math/bits"
	"reflect"
	"slices"
	"strings"
)

// Narrowed is what a filter leaves of a snapshot.
type Narrowed struct {
	Filter Filter
	Rows   Selection
	// Covered is how many rows, from the first, were looked at: all of them,
	// or those mined by now when the filter asks for what Mine finds.
	Covered int

	basis basis
}

// Narrow applies a filter. Where f only adds to the filter of an earlier
// result, a letter more or a row more, only the rows in question are looked
// at; before may be nil and may come from an older snapshot.
func (s Snapshot) Narrow(ctx context.Context, f Filter, before *Narrowed) (*Narrowed, error) {
	out := &Narrowed{Filter: f, Covered: s.rows}
	if f.NeedsMining() {
		out.Covered = s.mined
	}
	if out.basis = s.basis(Selection{}, out.Covered); f.Empty() {
		out.Rows = s.All()
		return out, nil
	}
	known, added := 0, f.all
	if before != nil && f.extends(before.Filter) {
		known, added = min(before.basis.known(s, nil, (f.Columns()|before.Filter.Columns()).mined()), out.Covered), f.beyond(before.Filter)
	}
	all, more := s.test(f.all), s.test(added)
	first := 0
	if out.Rows = rangeOf(known, out.Covered); known > 0 {
		out.Rows = out.Rows.Or(before.Rows.And(rangeOf(0, known)))
		if len(added) == 0 {
			first = known >> blockShift
		}
	}
	words := out.Rows.words
	err := each(ctx, (out.Covered+blockRows-1)/blockRows-first, func(b int) {
		b += first
		from, to := b*blockRows, min((b+1)*blockRows, out.Covered)
		if w := words[from/64 : (to+63)/64]; to <= known {
			more.narrow(&s.views[b], w)
		} else {
			all.narrow(&s.views[b], w)
		}
	})
	if err != nil {
		return nil, err
	}
	out.Rows = out.Rows.counted()
	return out, nil
}

// extends says whether every row that f leaves is one that old leaves.
func (f Filter) extends(old Filter) bool {
	for _, o := range old.all {
		if !slices.ContainsFunc(f.all, func(c condition) bool { return c.implies(o) }) {
			return false
		}
	}
	return true
}

// beyond is the conditions of f that are not old's.
func (f Filter) beyond(old Filter) []condition {
	var more []condition
	for _, c := range f.all {
		if !slices.ContainsFunc(old.all, func(o condition) bool { return reflect.DeepEqual(c, o) }) {
			more = append(more, c)
		}
	}
	return more
}

// implies says whether every row with c has o. A date, and a word that tables
// show, hold for rows that a part of them does not hold for.
func (c condition) implies(o condition) bool {
	if reflect.DeepEqual(c, o) {
		return true
	}
	if c.term == nil || o.term == nil || c.not != o.not || !c.term.field.inText() || len(c.term.values) != 1 || len(o.term.values) != 1 {
		return false
	}
	longer, shorter := c.term, o.term
	if c.not {
		longer, shorter = shorter, longer
	}
	return strings.Contains(longer.values[0], shorter.values[0]) && len(longer.spans) == 0 && (longer.shown == nil || shorter.shown != nil) &&
		(longer.field == shorter.field || shorter.field == Words && Column(longer.field) != ByEmailID)
}

// test takes rows of a block out of a selection's words.
type test interface {
	narrow(v *view, words []uint64)
}

// allOf, anyOf and noneOf join tests.
type (
	allOf  []test
	anyOf  []test
	noneOf struct{ test }
)

func (a allOf) narrow(v *view, words []uint64) {
	for _, t := range a {
		t.narrow(v, words)
	}
}

func (a anyOf) narrow(v *view, words []uint64) {
	left, some := slices.Clone(words), make([]uint64, len(words))
	for i, t := range a {
		copy(some, left)
		if t.narrow(v, some); i == 0 {
			clear(words)
		}
		for j, w := range some {
			words[j] |= w
			left[j] &^= w
		}
	}
}

func (n noneOf) narrow(v *view, words []uint64) {
	some := slices.Clone(words)
	n.test.narrow(v, some)
	for j, w := range some {
		words[j] &^= w
	}
}

// test is conditions ready to be applied, those first that cost little.
func (s Snapshot) test(all []condition) test {
	var cheap, dear allOf
	for _, c := range all {
		t, costs := s.testOf(c)
		if c.not {
			t = noneOf{t}
		}
		if costs {
			dear = append(dear, t)
		} else {
			cheap = append(cheap, t)
		}
	}
	return append(cheap, dear...)
}

func (s Snapshot) testOf(c condition) (t test, costs bool) {
	if c.term == nil {
		var any anyOf
		for _, list := range c.either {
			any = append(any, s.test(list))
		}
		return any, true
	}
	of, column := c.term, Column(c.term.field)
	if columns[column].kind == aToken {
		return s.codeTest(column, func(value string) bool {
			return of.holds(value) || column == ByCode && slices.ContainsFunc(strings.Fields(value), of.holds)
		}), false
	}
	var any anyOf
	if len(of.spans) > 0 {
		any = append(any, spanTest{columns[column].kind == aDuration, of.spans})
	}
	for shown, values := range of.shown {
		any = append(any, s.codeTest(shown, func(value string) bool { return slices.Contains(values, value) }))
	}
	for _, text := range of.values {
		any = append(any, &textTest{column, newSearch(text)})
	}
	if of.matches != nil {
		any = append(any, regexpTest{column, of.matches})
	}
	if len(any) == 1 {
		return any[0], len(of.spans) == 0
	}
	return any, true
}

// holds says whether the term holds for a value.
func (t *term) holds(value string) bool {
	return t.matches != nil && t.matches.MatchString(value) || slices.ContainsFunc(t.values, func(p string) bool { return glob(p, value) })
}

// codeTest keeps the rows whose value of a column holds.
type codeTest struct {
	column Column
	holds  []bool // by code
}

func (s Snapshot) codeTest(c Column, holds func(value string) bool) codeTest {
	g := s.grouping(c)
	values := make([]bool, len(g.values))
	for i, v := range g.values {
		values[i] = holds(v)
	}
	t := codeTest{c, make([]bool, len(g.group))}
	for code, n := range g.group {
		t.holds[code] = values[n]
	}
	return t
}

func (c codeTest) narrow(v *view, words []uint64) {
	codes := v.codes(c.column)
	keep(words, func(i int) bool { return i < len(codes) && c.holds[codes[i]] }) // else it is not mined
}

// spanTest keeps the rows that were requested in a time, or took a duration.
type spanTest struct {
	took  bool
	spans []interval
}

func (c spanTest) narrow(v *view, words []uint64) {
	keep(words, func(i int) bool {
		from, to := v.cols[colRequested][i], v.cols[colModified][i]
		if from == 0 || c.took && to < from {
			return false
		}
		return slices.ContainsFunc(c.spans, func(span interval) bool {
			switch {
			case c.took:
				return span.holds(int64(to - from))
			case span.daily:
				return span.holds((int64(from) + offset) % 86400)
			}
			return span.holds(int64(from))
		})
	})
}

// keep takes out the rows for which holds is false.
func keep(words []uint64, holds func(i int) bool) {
	for j, w := range words {
		for left := w; left != 0; left &= left - 1 {
			k := bits.TrailingZeros64(left)
			if !holds(j*64 + k) {
				w &^= 1 << k
			}
		}
		words[j] = w
	}
}
