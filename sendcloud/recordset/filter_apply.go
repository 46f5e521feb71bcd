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
		known, added = min(before.basis.known(s, nil), out.Covered), f.beyond(before.Filter)
	}
	all, more := s.test(f.all), s.test(added)
	words := make([]uint64, (out.Covered+63)/64)
	if known > 0 {
		copy(words, before.Rows.words)
		if tail := known / 64; tail < len(words) {
			words[tail] &= 1<<(known%64) - 1
			clear(words[tail+1:])
		}
	}
	first := 0
	if len(added) == 0 {
		first = known >> blockShift
	}
	err := each(ctx, (out.Covered+blockRows-1)/blockRows-first, func(_, b int) {
		b += first
		from, to := b*blockRows, min((b+1)*blockRows, out.Covered)
		w := words[from/64 : (to+63)/64]
		if to <= known {
			more.narrow(&s.views[b], w)
			return
		}
		for row := max(from, known); row < to; row++ {
			w[(row-from)/64] |= 1 << (row % 64)
		}
		all.narrow(&s.views[b], w)
	})
	if err != nil {
		return nil, err
	}
	out.Rows = Selection{words: words}.counted()
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

// implies says whether every row with c has o.
func (c condition) implies(o condition) bool {
	if reflect.DeepEqual(c, o) {
		return true
	}
	if c.term == nil || o.term == nil || c.not != o.not || !c.term.field.inText() || len(c.term.values) != 1 || len(o.term.values) != 1 {
		return false
	}
	if c.not {
		c, o = o, c
	}
	return (o.term.field == c.term.field || o.term.field == Words) && strings.Contains(c.term.values[0], o.term.values[0])
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
	column, listed := c.term.field.column()
	switch {
	case listed:
		g := s.grouping(column)
		holds := make([]bool, len(g.values))
		for i, v := range g.values {
			holds[i] = slices.ContainsFunc(c.term.values, func(p string) bool { return glob(p, v) }) || c.term.matches != nil && c.term.matches.MatchString(v)
		}
		byCode := make([]bool, len(g.group))
		for code, n := range g.group {
			byCode[code] = holds[n]
		}
		return codeTest{column, byCode}, false
	case c.term.field == FieldTook || c.term.field == FieldTime:
		return spanTest{c.term.field, c.term.spans}, false
	}
	if c.term.matches != nil {
		return regexpTest{c.term.field, c.term.matches}, true
	}
	var any anyOf
	for _, text := range c.term.values {
		any = append(any, &textTest{c.term.field, newSearch(text)})
	}
	if len(any) == 1 {
		return any[0], true
	}
	return any, true
}

type codeTest struct {
	column Column
	holds  []bool
}

func (c codeTest) narrow(v *view, words []uint64) {
	codes := v.codes(c.column)
	keep(words, func(i int) bool { return c.holds[codes[i]] })
}

type spanTest struct {
	field Field
	spans []interval
}

func (c spanTest) narrow(v *view, words []uint64) {
	keep(words, func(i int) bool {
		from, to := v.cols[colRequested][i], v.cols[colModified][i]
		if from == 0 || c.field == FieldTook && to < from {
			return false
		}
		for _, span := range c.spans {
			x := int64(from)
			switch {
			case c.field == FieldTook:
				x = int64(to) - x
			case span.daily:
				x = (x + offset) % 86400
			}
			if span.holds(x) {
				return true
			}
		}
		return false
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
