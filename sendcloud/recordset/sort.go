package recordset

import (
	"cmp"
	"context"
	"encoding/binary"
	"slices"
)

// Order is what rows are sorted by. Rows that are equal keep their order in
// either direction, and rows without a value come last in either.
type Order struct {
	By         Column
	Descending bool
}

// Sort lists the rows of a selection in an order. For the columns that Mine
// fills, rows not mined yet come last.
func (s Snapshot) Sort(ctx context.Context, sel Selection, o Order) (View, error) {
	if o.By.text() {
		return s.sortTexts(ctx, sel.View(), o)
	}
	keys, err := s.ranks(ctx, sel.View(), o)
	if err != nil {
		return nil, err
	}
	return radix(ctx, keys)
}

// First is the begin of what Sort gives, up to n rows, in a fraction of the
// time: what is in view while the rest is being sorted.
func (s Snapshot) First(ctx context.Context, sel Selection, o Order, n int) (View, error) {
	if !o.By.text() {
		v, err := s.Sort(ctx, sel, o)
		return v[:min(n, len(v))], err
	}
	parts := make([]*top, workers())
	for i := range parts {
		parts[i] = newTop(s, o, n)
	}
	err := each(ctx, len(s.blocks), func(worker, b int) { parts[worker].addBlock(b, sel.block(b)) })
	if err != nil {
		return nil, err
	}
	all := newTop(s, o, n)
	for _, p := range parts {
		all.items = append(all.items, p.items...)
	}
	slices.SortFunc(all.items, all.compare)
	v := make(View, 0, n)
	for _, it := range all.items[:min(n, len(all.items))] {
		v = append(v, it.row)
	}
	return v, nil
}

// text says whether the column is sorted by its text rather than by a number.
func (c Column) text() bool { return c == ByRecipient || c == ByReply || c == ByEmailID }

// missing is the rank of a row without a value.
const missing = 1<<32 - 1

// ranks gives every row the number it is sorted by, in the high half, and the
// row in the low half.
func (s Snapshot) ranks(ctx context.Context, rows View, o Order) ([]uint64, error) {
	rank := s.ranker(o.By)
	keys := make([]uint64, len(rows))
	const step = 1 << 14
	err := each(ctx, (len(rows)+step-1)/step, func(_, part int) {
		for i := part * step; i < min((part+1)*step, len(rows)); i++ {
			v, k := s.at(int(rows[i]))
			r := rank(v, k)
			if int(rows[i]) >= s.mined && o.By.mined() {
				r = missing
			}
			if o.Descending && r != missing {
				r = missing - 1 - r
			}
			keys[i] = uint64(r)<<32 | uint64(rows[i])
		}
	})
	return keys, err
}

// ranker is the function that gives a row its number in a column's order.
func (s Snapshot) ranker(c Column) func(v *view, i int) uint32 {
	known := func(t uint32) uint32 {
		if t == 0 {
			return missing
		}
		return t - 1
	}
	switch c {
	case ByRequested:
		return func(v *view, i int) uint32 { return known(v.requested[i]) }
	case ByModified:
		return func(v *view, i int) uint32 { return known(v.modified[i]) }
	case ByTook:
		return func(v *view, i int) uint32 {
			if v.requested[i] == 0 || v.modified[i] < v.requested[i] {
				return missing
			}
			return min(v.modified[i]-v.requested[i], missing-1)
		}
	case ByHour:
		return func(v *view, i int) uint32 {
			if v.requested[i] == 0 {
				return missing
			}
			return uint32(hourCode(v.requested[i]))
		}
	case ByDay:
		return func(v *view, i int) uint32 { return known(uint32(dayCode(v.requested[i]))) }
	}
	ranks := s.codeRanks(c)
	return func(v *view, i int) uint32 {
		return ranks[v.codes(c)[i]]
	}
}

// codeRanks is the place of each code of a dictionary column in the order of values.
func (s Snapshot) codeRanks(c Column) []uint32 {
	g := s.grouping(c)
	order := make([]int, len(g.values))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return c.order(g.values[a], g.values[b]) })
	place := make([]uint32, len(g.values))
	for rank, i := range order {
		place[i] = uint32(rank)
		if g.values[i] == "" {
			place[i] = missing
		}
	}
	ranks := make([]uint32, len(g.group))
	for code, n := range g.group {
		ranks[code] = place[n]
	}
	return ranks
}

// radix sorts by the high halves and gives the low ones.
func radix(ctx context.Context, keys []uint64) (View, error) {
	const bits = 11
	var differ uint64
	for _, k := range keys {
		differ |= k ^ keys[0]
	}
	spare := make([]uint64, len(keys))
	for shift := 32; shift < 64; shift += bits {
		if differ>>shift&(1<<bits-1) == 0 {
			continue
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		var places [1 << bits]int
		for _, k := range keys {
			places[k>>shift&(1<<bits-1)]++
		}
		sum := 0
		for i, n := range places {
			places[i], sum = sum, sum+n
		}
		for _, k := range keys {
			d := k >> shift & (1<<bits - 1)
			spare[places[d]] = k
			places[d]++
		}
		keys, spare = spare, keys
	}
	v := make(View, len(keys))
	for i, k := range keys {
		v[i] = uint32(k)
	}
	return v, nil
}

// item is a row and eight bytes of its text.
type item struct {
	key uint64
	row uint32
}

// sortText is the text that a row is sorted by, made in buf where it is not
// stored as it is.
func (s Snapshot) sortText(c Column, row uint32, buf []byte) []byte {
	v, i := s.at(int(row))
	switch c {
	case ByRecipient:
		from, to := v.recipientSpan(i)
		return v.text[from:to]
	case ByReply:
		from, to := v.replySpan(i)
		return v.text[from:to]
	}
	return appendID(buf[:0], v.packedID(i), s.shapes, v.fullRecipient(i))
}

// prefix is eight bytes of a text as a number that sorts as they do.
func prefix(t []byte) uint64 {
	if len(t) >= 8 {
		return binary.BigEndian.Uint64(t)
	}
	var b [8]byte
	copy(b[:], t)
	return binary.BigEndian.Uint64(b[:])
}

// sortTexts sorts by eight bytes at a time: rows equal in these by the next.
func (s Snapshot) sortTexts(ctx context.Context, rows View, o Order) (View, error) {
	items := make([]item, len(rows))
	for i, r := range rows {
		items[i].row = r
	}
	parts := slices.Collect(slices.Chunk(items, max(1, (len(items)+workers()-1)/workers())))
	err := each(ctx, len(parts), func(_, i int) {
		t := textSorter{s: s, o: o, ctx: ctx, buf: make([]byte, 0, 256)}
		t.sort(parts[i], 0)
	})
	if err != nil {
		return nil, err
	}
	v := make(View, 0, len(rows))
	last := newTop(s, o, 0)
	for len(parts) > 1 {
		merged := make([]item, 0, len(parts[0])+len(parts[1]))
		a, b := parts[0], parts[1]
		for len(a) > 0 && len(b) > 0 {
			if last.compareText(a[0].row, b[0].row) <= 0 {
				merged, a = append(merged, a[0]), a[1:]
			} else {
				merged, b = append(merged, b[0]), b[1:]
			}
		}
		parts = append([][]item{append(append(merged, a...), b...)}, parts[2:]...)
	}
	for _, p := range parts {
		for _, it := range p {
			v = append(v, it.row)
		}
	}
	return v, ctx.Err()
}

type textSorter struct {
	s   Snapshot
	o   Order
	ctx context.Context
	buf []byte
}

// sort orders items that are equal in their first depth bytes. They are in the
// order of rows, and stay so where they are equal.
func (t *textSorter) sort(items []item, depth int) {
	if len(items) < 2 || t.ctx.Err() != nil {
		return
	}
	longer := false
	for i := range items {
		text := t.s.sortText(t.o.By, items[i].row, t.buf)
		if len(text) == 0 {
			items[i].key = 1<<64 - 1
			continue
		}
		text = text[min(depth, len(text)):]
		longer = longer || len(text) > 8
		items[i].key = prefix(text)
		if t.o.Descending {
			items[i].key = ^items[i].key
		}
	}
	slices.SortFunc(items, func(a, b item) int { return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.row, b.row)) })
	if !longer {
		return
	}
	for from := 0; from < len(items); {
		to := from + 1
		for to < len(items) && items[to].key == items[from].key {
			to++
		}
		t.sort(items[from:to], depth+8)
		from = to
	}
}
