package recordset

import (
	"context"
	"math/bits"
	"slices"
	"strings"

	"bounceboard/sendcloud"
)

// Narrowed is what a filter leaves of a snapshot.
type Narrowed struct {
	Filter Filter
	Rows   Selection
	// Covered is how many rows, from the first, were looked at: all of them,
	// or those mined by now when the filter asks for what Mine finds.
	Covered int

	set *Set
}

// Narrow applies a filter. Where f only adds to the filter of an earlier
// result, a letter more or a row more, only the rows in question are looked
// at; before may be nil and may come from an older snapshot.
func (s Snapshot) Narrow(ctx context.Context, f Filter, before *Narrowed) (*Narrowed, error) {
	out := &Narrowed{Filter: f, Covered: s.rows, set: s.set}
	if f.NeedsMining() {
		out.Covered = s.mined
	}
	if f.Empty() {
		out.Rows = s.All()
		return out, nil
	}
	known, added := 0, f.terms
	if before != nil && before.set == s.set && f.extends(before.Filter) {
		known, added = min(before.Covered, out.Covered), f.beyond(before.Filter)
	}
	all, more := s.conditions(f.terms), s.conditions(added)
	words := make([]uint64, (out.Covered+63)/64)
	if known > 0 {
		copy(words, before.Rows.words)
		if tail := known / 64; tail < len(words) {
			words[tail] &= 1<<(known%64) - 1
			clear(words[tail+1:])
		}
	}
	err := each(ctx, (out.Covered+blockRows-1)/blockRows, func(_, b int) {
		from, to := b*blockRows, min((b+1)*blockRows, out.Covered)
		w := words[from/64 : (to+63)/64]
		use := more
		if to > known {
			use = all
			for row := max(from, known); row < to; row++ {
				w[(row-from)/64] |= 1 << (row % 64)
			}
		}
		for _, c := range use {
			c.narrow(&s.blocks[b], w)
		}
	})
	if err != nil {
		return nil, err
	}
	out.Rows = Selection{words: words}.counted()
	return out, nil
}

// extends says whether every row that f leaves is one that old leaves.
func (f Filter) extends(old Filter) bool {
	for _, o := range old.terms {
		if !slices.ContainsFunc(f.terms, func(t term) bool { return t.implies(o) }) {
			return false
		}
	}
	return true
}

// beyond is the terms of f that are not old's.
func (f Filter) beyond(old Filter) []term {
	var more []term
	for _, t := range f.terms {
		if !slices.ContainsFunc(old.terms, t.equals) {
			more = append(more, t)
		}
	}
	return more
}

func (t term) equals(o term) bool {
	return t.field == o.field && t.not == o.not && t.text == o.text && t.span == o.span && slices.Equal(t.values, o.values)
}

// implies says whether every row with t has o.
func (t term) implies(o term) bool {
	if t.equals(o) {
		return true
	}
	if !t.field.inText() || t.not != o.not {
		return false
	}
	if t.not {
		return (o.field == t.field || t.field == Words) && strings.Contains(o.text, t.text)
	}
	return (o.field == t.field || o.field == Words) && strings.Contains(t.text, o.text)
}

// condition takes rows of a block out of a selection's words.
type condition interface {
	narrow(v *view, words []uint64)
}

// conditions are the terms ready to be applied, those first that cost little.
func (s Snapshot) conditions(terms []term) []condition {
	var cheap, dear []condition
	for _, t := range terms {
		switch {
		case t.field.inText():
			dear = append(dear, &textCondition{t.field, t.not, newNeedle(t.text, s.someText())})
		case t.field == FieldTook || t.field == FieldTime:
			cheap = append(cheap, spanCondition{t.field, t.not, t.span})
		default:
			column, _ := t.field.column()
			g := s.grouping(column)
			holds := make([]bool, len(g.values))
			for i, v := range g.values {
				holds[i] = slices.ContainsFunc(t.values, func(p string) bool { return glob(p, v) }) != t.not
			}
			byCode := make([]bool, len(g.group))
			for code, n := range g.group {
				byCode[code] = holds[n]
			}
			cheap = append(cheap, codeCondition{column, byCode})
		}
	}
	return append(cheap, dear...)
}

type codeCondition struct {
	column Column
	holds  []bool
}

func (c codeCondition) narrow(v *view, words []uint64) {
	codes := v.codes(c.column)
	keep(words, func(i int) bool { return c.holds[codes[i]] })
}

type spanCondition struct {
	field Field
	not   bool
	span  interval
}

func (c spanCondition) narrow(v *view, words []uint64) {
	keep(words, func(i int) bool {
		from, to := v.requested[i], v.modified[i]
		if c.field == FieldTook {
			return (from != 0 && to >= from && c.span.holds(int64(to)-int64(from))) != c.not
		}
		x := int64(from)
		if c.span.daily {
			x = (x + offset) % 86400
		}
		return (from != 0 && c.span.holds(x)) != c.not
	})
}

type textCondition struct {
	field  Field
	not    bool
	needle needle
}

func (c *textCondition) narrow(v *view, words []uint64) {
	var before []uint64
	if len(v.odd) > 0 {
		before = slices.Clone(words)
	}
	for j, w := range words {
		if bits.OnesCount64(w) >= dense && c.field != FieldTo {
			found := c.found(v, j*64+bits.TrailingZeros64(w), j*64+64-bits.LeadingZeros64(w))
			if c.not {
				found = ^found
			}
			words[j] = w & found
			continue
		}
		for left := w; left != 0; left &= left - 1 {
			k := bits.TrailingZeros64(left)
			from, to := c.span(v, j*64+k)
			if c.needle.in(v.text, from, to) == c.not {
				w &^= 1 << k
			}
		}
		words[j] = w
	}
	for _, o := range v.odd { // their texts may be cut in the columns
		j, bit := int(o.row)/64, uint64(1)<<(o.row%64)
		if j >= len(words) || before[j]&bit == 0 {
			continue
		}
		if words[j] &^= bit; c.in(o.record) != c.not {
			words[j] |= bit
		}
	}
}

// in says whether the text stands in a record.
func (c *textCondition) in(r sendcloud.Record) bool {
	has := func(text string) bool { return strings.Contains(foldASCII(text), string(c.needle.text)) }
	return c.field != FieldSaid && has(r.Recipients) || c.field != FieldTo && has(r.SendLog)
}

// dense is of how many of 64 rows it is faster to search the text of all in
// one go than one by one.
const dense = 24

func (c *textCondition) span(v *view, i int) (from, to int) {
	switch c.field {
	case FieldTo:
		return v.recipientSpan(i)
	case FieldSaid:
		return v.replySpan(i)
	}
	return span(&v.textEnd, i)
}

// found has a bit for each row of [i, end), rows of one word, that has the needle.
func (c *textCondition) found(v *view, i, end int) (rows uint64) {
	at, _ := span(&v.textEnd, i)
	to := int(v.textEnd[end-1])
	for at < to {
		hit := c.needle.next(v.text, at, to)
		if hit < 0 {
			break
		}
		for int(v.textEnd[i]) <= hit {
			i++
		}
		if from, to := c.span(v, i); hit < from || hit+len(c.needle.text) > to {
			at = hit + 1
			continue
		}
		rows |= 1 << (i % 64)
		at = int(v.textEnd[i])
	}
	return rows
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
