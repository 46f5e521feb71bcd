package recordset

import (
	"bytes"
	"cmp"
	"context"
	"math"
	"slices"
	"sort"
)

// Order is what rows are sorted by. Rows that are equal keep their order in
// either direction, and rows without a value come last in either.
type Order struct {
	By         Column
	Descending bool
}

// Sorted is the rows of a selection in an order.
type Sorted struct {
	Order Order
	Rows  View

	of    Selection
	basis basis
}

// Sort lists the rows of a selection in an order. For the columns that Mine
// fills, rows not mined yet come last. What an earlier result of the same order
// has of the selection is kept as it is, and the other rows are put in between;
// before may be nil.
func (s Snapshot) Sort(ctx context.Context, sel Selection, o Order, before *Sorted) (*Sorted, error) {
	out := &Sorted{Order: o, of: sel, basis: s.basis(s.rows)}
	t := &sorter{s: s, o: o, ctx: ctx, rank: s.ranker(o.By)}
	fresh, have := sel, View(nil)
	if before != nil && before.Order == o && before.basis.known(s, o.By.NeedsMining()) == before.basis.rows && before.basis.rows > 0 {
		if added := sel.Without(before.of); added.Len() <= before.of.Len()/2 {
			fresh, have = added, slices.DeleteFunc(slices.Clone(before.Rows), func(row uint32) bool { return !sel.Has(int(row)) })
		}
	}
	rows, err := t.sort(fresh.View())
	if err != nil {
		return nil, err
	}
	out.Rows = t.merge(have, rows)
	return out, nil
}

// text says whether the column is sorted by its text rather than by a number.
func (c Column) text() bool { return c == ByRecipient || c == ByReply || c == ByEmailID }

// item is a row and some of what it is sorted by: a number, or seven bytes of
// its text and, in the lowest byte, how many of them there are, 8 for more.
type item struct {
	key uint64
	row uint32
}

const (
	keyBytes = 7
	goesOn   = keyBytes + 1
	missing  = math.MaxUint64 // the key of a row without a value
)

// sorter sorts rows by their keys, then those with equal keys by the next bytes
// of their texts: to come back to the texts in another order takes the time.
type sorter struct {
	s    Snapshot
	o    Order
	ctx  context.Context
	rank func(v *view, i int) uint64
}

func (t *sorter) sort(rows View) (View, error) {
	items := make([]item, len(rows))
	for i, row := range rows {
		items[i].row = row
	}
	t.setKeys(items, 0, nil)
	slices.SortFunc(items, compareItems)
	runs := t.equal(items)
	err := each(t.ctx, len(runs), func(i int) { t.refine(runs[i], keyBytes, nil) })
	for i, it := range items {
		rows[i] = it.row
	}
	return rows, err
}

func compareItems(a, b item) int {
	switch {
	case a.key < b.key:
		return -1
	case a.key > b.key:
		return 1
	}
	return cmp.Compare(a.row, b.row)
}

// setKeys sets the keys of rows; those of texts begin at a depth.
func (t *sorter) setKeys(items []item, depth int, buf []byte) []byte {
	for i := range items {
		it := &items[i]
		if t.o.By.text() {
			buf = t.text(buf[:0], it.row)
			it.key = textKey(buf, depth)
		} else {
			v, k := t.s.at(int(it.row))
			if it.key = t.rank(v, k); it.key != missing {
				it.key++ // 0 would be missing in the other direction
			}
		}
		if t.o.Descending && it.key != missing {
			it.key = ^it.key
		}
	}
	return buf
}

// text appends what a row is sorted by.
func (t *sorter) text(buf []byte, row uint32) []byte {
	v, i := t.s.at(int(row))
	switch t.o.By {
	case ByRecipient:
		return append(buf, v.recipient(i)...)
	case ByReply:
		return append(buf, v.reply(i)...)
	}
	return v.appendID(buf, i)
}

func textKey(text []byte, depth int) (key uint64) {
	rest := text[min(depth, len(text)):]
	if len(text) == 0 {
		return missing
	}
	for i := range keyBytes {
		key <<= 8
		if i < len(rest) {
			key |= uint64(rest[i])
		}
	}
	return key<<8 | uint64(min(len(rest), goesOn))
}

// equal returns the runs of sorted items whose texts may differ after their keys.
func (t *sorter) equal(items []item) (runs [][]item) {
	for from, to := 0, 0; t.o.By.text() && from < len(items); from = to {
		for to = from + 1; to < len(items) && items[to].key == items[from].key; to++ {
		}
		key := items[from].key
		if t.o.Descending {
			key = ^key
		}
		if to-from > 1 && items[from].key != missing && key&0xff == goesOn {
			runs = append(runs, items[from:to])
		}
	}
	return runs
}

// refine sorts rows whose texts are equal up to a depth.
func (t *sorter) refine(items []item, depth int, buf []byte) []byte {
	if t.ctx.Err() != nil {
		return buf
	}
	buf = t.setKeys(items, depth, buf)
	slices.SortFunc(items, compareItems)
	for _, run := range t.equal(items) {
		buf = t.refine(run, depth+keyBytes, buf)
	}
	return buf
}

// merge puts sorted rows in between others that are sorted.
func (t *sorter) merge(have, fresh View) View {
	if len(have) == 0 {
		return fresh
	}
	out := make(View, 0, len(have)+len(fresh))
	for _, row := range fresh {
		n := sort.Search(len(have), func(i int) bool { return t.compare(have[i], row) > 0 })
		out = append(append(out, have[:n]...), row)
		have = have[n:]
	}
	return append(out, have...)
}

// compare compares two rows as sort does.
func (t *sorter) compare(x, y uint32) int {
	both := [2]item{{row: x}, {row: y}}
	t.setKeys(both[:], 0, nil)
	if both[0].key != both[1].key || both[0].key == missing || !t.o.By.text() {
		return compareItems(both[0], both[1])
	}
	by := bytes.Compare(t.text(nil, x), t.text(nil, y))
	if t.o.Descending {
		by = -by
	}
	return cmp.Or(by, cmp.Compare(x, y))
}

// ranker returns the function that gives a row its number in a column's order.
func (s Snapshot) ranker(c Column) func(v *view, i int) uint64 {
	switch c {
	case ByRequested, ByModified:
		col := map[Column]int{ByRequested: colRequested, ByModified: colModified}[c]
		return func(v *view, i int) uint64 { return uint64(v.cols[col][i]) - 1 } // 0 is no time: missing
	case ByTook:
		return func(v *view, i int) uint64 {
			if took, ok := v.took(i, s.heads); ok {
				return uint64(took)
			}
			return missing
		}
	}
	ranks, code := s.ranks(c), columns[c].code
	return func(v *view, i int) uint64 {
		if code != nil {
			return ranks[code(v, i, s.heads)]
		}
		if codes := v.codes(c); i < len(codes) { // else it is not mined
			return ranks[codes[i]]
		}
		return missing
	}
}

// ranks returns the place of each code of a column in the order of values.
func (s Snapshot) ranks(c Column) []uint64 {
	g := s.grouping(c)
	order := slices.SortedFunc(slices.Values(g.values), c.compare)
	place := make(map[string]uint64, len(order))
	for rank, value := range order {
		place[value] = uint64(rank)
	}
	place[""] = missing
	ranks := make([]uint64, len(g.group))
	for code, n := range g.group {
		ranks[code] = place[g.values[n]]
	}
	return ranks
}
