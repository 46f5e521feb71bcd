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
	mined int
}

// Sort lists the rows of a selection in an order. For the columns that Mine
// fills, rows not mined yet come last. What an earlier result of the same order
// has of the selection is kept as it is, and the other rows are put in between;
// before may be nil.
func (s Snapshot) Sort(ctx context.Context, sel Selection, o Order, before *Sorted) (*Sorted, error) {
	out := &Sorted{o, nil, sel, s.basis(sel, s.rows), s.mined}
	t := &sorter{s: s, o: o, ctx: ctx, rank: s.ranker(o.By)}
	if before == nil || before.Order != o || before.basis.known(s, nil) == 0 || o.By.NeedsMining() && before.mined != s.mined {
		rows, err := t.sort(sel.View())
		out.Rows = rows
		return out, err
	}
	fresh := sel.Without(before.of)
	if fresh.Len() > before.of.Len()/2 {
		return s.Sort(ctx, sel, o, nil)
	}
	rows, err := t.sort(fresh.View())
	if err != nil {
		return nil, err
	}
	out.Rows = t.merge(before.Rows.Only(sel), rows)
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
	parts := make([][]item, workers())
	err := each(t.ctx, len(parts), func(_, i int) {
		parts[i] = items[i*len(items)/len(parts) : (i+1)*len(items)/len(parts)]
		t.setKeys(parts[i], 0, nil)
		slices.SortFunc(parts[i], compareItems)
	})
	if err != nil {
		return nil, err
	}
	for len(parts) > 1 {
		parts = append(parts[2:], mergeItems(parts[0], parts[1]))
	}
	items = parts[0]
	if t.o.By.text() {
		runs := t.equal(items)
		err = each(t.ctx, len(runs), func(_, i int) { t.refine(runs[i], keyBytes, nil) })
	}
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

func mergeItems(a, b []item) []item {
	out := make([]item, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		if compareItems(a[0], b[0]) < 0 {
			out, a = append(out, a[0]), a[1:]
		} else {
			out, b = append(out, b[0]), b[1:]
		}
	}
	return append(append(out, a...), b...)
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

// equal is the runs of sorted items whose texts may differ behind their keys.
func (t *sorter) equal(items []item) (runs [][]item) {
	for from := 0; from < len(items); {
		to := from + 1
		for to < len(items) && items[to].key == items[from].key {
			to++
		}
		key := items[from].key
		if t.o.Descending {
			key = ^key
		}
		if to-from > 1 && items[from].key != missing && key&0xff == goesOn {
			runs = append(runs, items[from:to])
		}
		from = to
	}
	return runs
}

// refine sorts rows whose texts are equal up to a depth.
func (t *sorter) refine(items []item, depth int, buf []byte) []byte {
	if t.ctx.Err() != nil {
		return buf
	}
	buf = t.setKeys(items, depth, buf)
	if !slices.ContainsFunc(items, func(it item) bool { return it.key != items[0].key }) && len(items) > 2 {
		depth += t.alike(items, depth+keyBytes)
	} else {
		slices.SortFunc(items, compareItems)
	}
	for _, run := range t.equal(items) {
		buf = t.refine(run, depth+keyBytes, buf)
	}
	return buf
}

// alike is how many bytes from a depth on all the texts have in common.
func (t *sorter) alike(items []item, depth int) int {
	first, buf := t.text(nil, items[0].row), []byte(nil)
	first = first[min(depth, len(first)):]
	for _, it := range items[1:] {
		buf = t.text(buf[:0], it.row)
		rest := buf[min(depth, len(buf)):]
		n := 0
		for n < min(len(first), len(rest)) && first[n] == rest[n] {
			n++
		}
		if first = first[:n]; n == 0 {
			break
		}
	}
	return len(first)
}

// merge puts sorted rows in between others that are sorted.
func (t *sorter) merge(have, fresh View) View {
	out := make(View, 0, len(have)+len(fresh))
	var a, b []byte
	for _, row := range fresh {
		n := sort.Search(len(have), func(i int) bool {
			a, b = a[:0], b[:0]
			return t.compare(have[i], row, &a, &b) > 0
		})
		out = append(append(out, have[:n]...), row)
		have = have[n:]
	}
	return append(out, have...)
}

// compare compares two rows as sort does.
func (t *sorter) compare(x, y uint32, a, b *[]byte) int {
	both := [2]item{{row: x}, {row: y}}
	*a = t.setKeys(both[:], 0, *a)
	if by := compareItems(both[0], both[1]); both[0].key != both[1].key || both[0].key == missing || !t.o.By.text() {
		return by
	}
	*a, *b = t.text((*a)[:0], x), t.text((*b)[:0], y)
	by := bytes.Compare(*a, *b)
	if t.o.Descending {
		by = -by
	}
	return cmp.Or(by, cmp.Compare(x, y))
}

// ranker is the function that gives a row its number in a column's order.
func (s Snapshot) ranker(c Column) func(v *view, i int) uint64 {
	known := func(t uint32) uint64 {
		if t == 0 {
			return missing
		}
		return uint64(t)
	}
	switch c {
	case ByRequested:
		return func(v *view, i int) uint64 { return known(v.cols[colRequested][i]) }
	case ByModified:
		return func(v *view, i int) uint64 { return known(v.cols[colModified][i]) }
	case ByTook:
		return func(v *view, i int) uint64 {
			requested, modified := v.cols[colRequested][i], v.cols[colModified][i]
			if requested == 0 || modified < requested {
				return missing
			}
			return uint64(modified - requested)
		}
	case ByHour, ByDay:
		return func(v *view, i int) uint64 {
			if v.cols[colRequested][i] == 0 {
				return missing
			}
			return uint64(v.code(c, i))
		}
	}
	ranks := s.codeRanks(c)
	return func(v *view, i int) uint64 {
		if codes := v.codes(c); i < len(codes) { // else it is not mined
			return ranks[codes[i]]
		}
		return missing
	}
}

// codeRanks is the place of each code of a dictionary column in the order of values.
func (s Snapshot) codeRanks(c Column) []uint64 {
	g := s.grouping(c)
	order := make([]int, len(g.values))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return c.order(g.values[a], g.values[b]) })
	place := make([]uint64, len(g.values))
	for rank, i := range order {
		place[i] = uint64(rank)
		if g.values[i] == "" {
			place[i] = missing
		}
	}
	ranks := make([]uint64, len(g.group))
	for code, n := range g.group {
		ranks[code] = place[n]
	}
	return ranks
}
