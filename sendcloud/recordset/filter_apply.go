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

// Narrow applies a filter. Where f only adds to the filter of an earlier
// result, a letter more or a row more, only the rows in question are looked
// at; before may be nil and may come from an older snapshot.
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
	all, more := s.test(f.all), s.test(added)
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

// extends says whether every row that f leaves is one that old leaves, and
// which conditions of f are not old's.
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
type test func(v *view, words []uint64)

func allOf(tests []test) test {
	return func(v *view, words []uint64) {
		for _, narrow := range tests {
			narrow(v, words)
		}
	}
}

func anyOf(tests []test) test {
	if len(tests) == 1 {
		return tests[0]
	}
	return func(v *view, words []uint64) {
		left, some := slices.Clone(words), make([]uint64, len(words))
		clear(words)
		for _, narrow := range tests {
			copy(some, left)
			narrow(v, some)
			for j, w := range some {
				words[j] |= w
				left[j] &^= w
			}
		}
	}
}

func noneOf(narrow test) test {
	return func(v *view, words []uint64) {
		some := slices.Clone(words)
		narrow(v, some)
		for j, w := range some {
			words[j] &^= w
		}
	}
}

// test returns conditions ready to be applied, those first that cost little.
func (s Snapshot) test(all []condition) test {
	var cheap, dear []test
	for _, c := range all {
		t, costs := s.testOf(c)
		if c.not {
			t = noneOf(t)
		}
		if costs {
			dear = append(dear, t)
		} else {
			cheap = append(cheap, t)
		}
	}
	return allOf(append(cheap, dear...))
}

func (s Snapshot) testOf(c condition) (t test, costs bool) {
	var any []test
	if c.term == nil {
		for _, list := range c.either {
			any = append(any, s.test(list))
		}
		return anyOf(any), true
	}
	of, column := c.term, Column(c.term.field)
	if columns[column].kind == "token" {
		return s.hasValue(column, func(value string) bool {
			return of.holds(value) || column == ByCode && slices.ContainsFunc(strings.Fields(value), of.holds)
		}), false
	}
	if len(of.spans) > 0 {
		any = append(any, s.inSpans(columns[column].kind == "duration", of.spans))
	}
	for shown, values := range of.shown {
		any = append(any, s.hasValue(shown, func(value string) bool { return slices.Contains(values, value) }))
	}
	for _, text := range of.values {
		any = append(any, hasText(column, text))
	}
	if of.matches != nil {
		any = append(any, matches(column, of.matches))
	}
	return anyOf(any), !of.field.inTime()
}

// holds says whether the term holds for a value.
func (t *term) holds(value string) bool {
	return t.matches != nil && t.matches.MatchString(value) || slices.Contains(t.values, foldASCII(value))
}

// hasValue keeps the rows whose value of a column holds; a row that is not mined
// has none.
func (s Snapshot) hasValue(c Column, holds func(value string) bool) test {
	g := s.grouping(c)
	values, byCode := make([]bool, len(g.values)), make([]bool, len(g.group))
	for i, v := range g.values {
		values[i] = holds(v)
	}
	for code, n := range g.group {
		byCode[code] = values[n]
	}
	return func(v *view, words []uint64) {
		codes := v.codes(c)
		keep(words, func(i int) bool { return i < len(codes) && byCode[codes[i]] })
	}
}

// inSpans keeps the rows that were requested in a time, or took a duration.
func (s Snapshot) inSpans(took bool, spans []interval) test {
	return func(v *view, words []uint64) {
		keep(words, func(i int) bool {
			at, ok := v.cols[colRequested][i], true
			if took {
				at, ok = v.took(i, s.heads)
			} else {
				ok = at != 0
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

// matches keeps the rows whose text in a column, or recipient or reply, a
// regular expression matches.
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
