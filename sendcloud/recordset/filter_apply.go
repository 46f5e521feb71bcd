package recordset

import (
	"context"
	"math/bits"
	"reflect"
	"regexp"
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

// Narrow applies a filter. Where f only adds to the filter of an earlier result, a letter more or a row more, only the
// rows in question are looked at; before may be nil and may come from an older snapshot.
func (s Snapshot) Narrow(ctx context.Context, f Filter, before *Narrowed) (*Narrowed, error) {
	out := &Narrowed{Filter: f, Covered: s.rows}
	if f.NeedsMining() {
		out.Covered = s.mined
	}
	if out.basis = s.basis(out.Covered); f.Empty() {
		out.Rows = s.All()
		return out, nil
	}
	known, added, first := 0, f.all, 0
	if before != nil {
		if beyond, ok := f.extends(before.Filter); ok {
			known, added = min(before.basis.known(s, (f.Columns()|before.Filter.Columns()).mined()), out.Covered), beyond
		}
	}
	all, more := s.allOf(f.all), s.allOf(added)
	if out.Rows = rangeOf(known, out.Covered); known > 0 {
		out.Rows = out.Rows.Or(before.Rows.And(rangeOf(0, known)))
		if len(added) == 0 && known < s.rows {
			first = int(s.blockOf[known/64])
		}
	}
	words := out.Rows.words
	err := each(ctx, len(s.views)-first, func(b int) {
		v := &s.views[first+b]
		from, to := v.first, min(v.first+v.len(), out.Covered)
		if from >= to {
			return
		}
		if w := words[from/64 : (to+63)/64]; to <= known {
			more(v, w)
		} else {
			all(v, w)
		}
	})
	if err != nil {
		return nil, err
	}
	out.Rows = out.Rows.counted()
	return out, nil
}

// extends says whether every row that f leaves is one that old leaves, and which conditions of f are not old's.
func (f Filter) extends(old Filter) (beyond []condition, ok bool) {
	for _, o := range old.all {
		if !slices.ContainsFunc(f.all, func(c condition) bool { return c.implies(o) }) {
			return f.all, false
		}
	}
	return slices.DeleteFunc(slices.Clone(f.all), func(c condition) bool {
		return slices.ContainsFunc(old.all, func(o condition) bool { return reflect.DeepEqual(c, o) })
	}), true
}

// implies says whether every row with c has o. A date, and a word that tables
// show, hold for rows that a part of them does not hold for.
func (c condition) implies(o condition) bool {
	if reflect.DeepEqual(c, o) {
		return true
	}
	if c.term == nil || o.term == nil || c.not != o.not || !c.term.field.inText() ||
		len(c.term.values) != 1 || len(o.term.values) != 1 || c.term.matches != nil || o.term.matches != nil {
		return false
	}
	longer, shorter := c.term, o.term
	if c.not {
		longer, shorter = shorter, longer
	}
	return strings.Contains(longer.values[0], shorter.values[0]) && len(longer.spans) == 0 &&
		(len(longer.shown) == 0 || len(shorter.shown) > 0) &&
		(longer.field == shorter.field || shorter.field == Words && Column(longer.field) != ByEmailID)
}

// test takes rows of a block out of a selection's words.
type test func(v *view, words []uint64)

// allOf returns conditions ready to be applied, those first that cost little.
func (s Snapshot) allOf(all []condition) test {
	var tests, dear []test
	for _, c := range all {
		if t, costs := s.testOf(c); costs {
			dear = append(dear, t)
		} else {
			tests = append(tests, t)
		}
	}
	tests = append(tests, dear...)
	return func(v *view, words []uint64) {
		for _, narrow := range tests {
			narrow(v, words)
		}
	}
}

// anyOf keeps what one of the tests keeps, or, if not is set, what none does.
func anyOf(tests []test, not bool) test {
	if len(tests) == 1 && !not {
		return tests[0]
	}
	return func(v *view, words []uint64) {
		left, some := slices.Clone(words), make([]uint64, len(words))
		for _, narrow := range tests {
			copy(some, left)
			narrow(v, some)
			for j, w := range some {
				left[j] &^= w
			}
		}
		for j, w := range left {
			if words[j] &^= w; not {
				words[j] = w
			}
		}
	}
}

func (s Snapshot) testOf(c condition) (t test, costs bool) {
	var tests []test
	for _, list := range c.either {
		tests = append(tests, s.allOf(list))
	}
	of := c.term
	if of == nil {
		return anyOf(tests, c.not), true
	}
	column, kind := Column(of.field), columns[of.field].kind
	if kind == "token" {
		tests = append(tests, s.hasValue(column, func(value string) bool {
			return of.holds(value) || column == ByCode && slices.ContainsFunc(strings.Fields(value), of.holds)
		}))
		return anyOf(tests, c.not), false
	}
	if len(of.spans) > 0 {
		tests = append(tests, s.inSpans(column, of.spans))
	}
	for shown, values := range of.shown {
		tests = append(tests, s.hasValue(shown, func(value string) bool { return slices.Contains(values, value) }))
	}
	for _, text := range of.values {
		tests = append(tests, hasText(column, text))
	}
	if of.matches != nil {
		tests = append(tests, matches(column, of.matches))
	}
	return anyOf(tests, c.not), !of.field.inTime()
}

// holds says whether the term holds for a value.
func (t *term) holds(value string) bool {
	return t.matches != nil && t.matches.MatchString(value) || slices.Contains(t.values, foldASCII(value))
}

// hasValue keeps the rows whose value of a column holds; a row that is not mined has none.
func (s Snapshot) hasValue(c Column, holds func(value string) bool) test {
	g := s.grouping(c)
	byCode := make([]bool, len(g.group))
	for code, n := range g.group {
		byCode[code] = holds(g.values[n])
	}
	return func(v *view, words []uint64) {
		codes := v.codes(c)
		keep(words, func(i int) bool { return i < len(codes) && byCode[codes[i]] })
	}
}

// inSpans keeps the rows that were requested or changed in a time, or took a duration.
func (s Snapshot) inSpans(c Column, spans []interval) test {
	from := colRequested
	if c == ByModified {
		from = colModified
	}
	return func(v *view, words []uint64) {
		keep(words, func(i int) bool {
			at := v.cols[from][i]
			ok := at != 0
			if c == ByTook {
				at, ok = v.took(i, s.heads)
			}
			return ok && slices.ContainsFunc(spans, func(span interval) bool {
				if span.daily {
					return span.holds((int64(at) + offset) % 86400)
				}
				return span.holds(int64(at))
			})
		})
	}
}

// matches keeps the rows whose text in a column, or recipient or reply, a regular expression matches.
func matches(c Column, re *regexp.Regexp) test {
	return func(v *view, words []uint64) {
		keep(words, func(i int) bool {
			if c == ByEmailID {
				return re.Match(v.appendID(nil, i))
			}
			return c != ByRecipient && re.MatchString(v.reply(i)) || c != ByReply && re.MatchString(v.recipient(i))
		})
	}
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
