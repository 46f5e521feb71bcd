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

	Second         bool // rows that are equal by the first column are sorted by Then
	Then           Column
	ThenDescending bool
}

// NeedsMining says whether the order is by values that come from Mine.
func (o Order) NeedsMining() bool { return o.By.NeedsMining() || o.Second && o.Then.NeedsMining() }

// Sorted is the rows of a selection in an order.
type Sorted struct {
	Order Order
	Rows  View

	then  *Sorted // by the second column alone; nil where there is none
	of    Selection
	basis basis
}

// Sort lists the rows of a selection in an order. For the columns that Mine fills, rows not mined yet come last. What
// an earlier result of the same order has of the selection is kept as it is, and the other rows are put in between;
// before may be nil.
func (s Snapshot) Sort(ctx context.Context, sel Selection, o Order, before *Sorted) (*Sorted, error) {
	if before == nil || before.Order != o {
		before = &Sorted{}
	}
	out := &Sorted{Order: o, of: sel, basis: s.basis(s.rows)}
	t := &sorter{s: s, o: o, ctx: ctx, text: o.By == ByRecipient || o.By == ByReply || o.By == ByEmailID, rank: s.ranker(o.By)}
	if o.Second {
		var err error
		if out.then, err = s.Sort(ctx, sel, Order{By: o.Then, Descending: o.ThenDescending}, before.then); err != nil {
			return nil, err
		}
		t.place = make([]uint32, s.rows)
		for i, row := range out.then.Rows {
			t.place[row] = uint32(i)
		}
	}
	fresh := sel
	if before.basis.rows > 0 && before.basis.known(s, o.NeedsMining()) == before.basis.rows {
		if added := sel.Without(before.of); added.Len() <= before.of.Len()/2 {
			fresh, out.Rows = added, slices.DeleteFunc(slices.Clone(before.Rows), func(row uint32) bool { return !sel.Has(int(row)) })
		}
	}
	items := make([]item, fresh.Len())
	for i, row := range fresh.View() {
		items[i].row = row
	}
	t.sort(items, 0, nil)
	out.Rows = t.merge(out.Rows, items)
	return out, ctx.Err()
}

// item is a row and some of what it is sorted by: a number, or seven bytes of
// its text and, in the lowest byte, how many of them there are, 8 for more.
type item struct {
	key uint64
	row uint32
}

const (
	keyBytes = 7
	missing  = math.MaxUint64 // the key of a row without a value
)

// sorter sorts rows by their keys, then those with equal keys by the next bytes
// of their texts: to come back to the texts in another order takes the time.
type sorter struct {
	s     Snapshot
	o     Order
	ctx   context.Context
	text  bool // the column is sorted by its text rather than by a number
	rank  func(v *view, i int) uint64
	place []uint32 // of each row in the order by the second column; nil: as they came
}

// sort sorts rows whose texts are equal up to a depth.
func (t *sorter) sort(items []item, depth int, buf []byte) {
	for i := range items {
		items[i].key, buf = t.key(items[i].row, depth, buf)
	}
	slices.SortFunc(items, func(a, b item) int {
		if a.key != b.key {
			return cmp.Compare(a.key, b.key)
		}
		return t.comparePlaces(a.row, b.row)
	})
	var runs [][]item // whose texts may differ after their keys
	for from, to := 0, 0; t.text && from < len(items); from = to {
		for to = from + 1; to < len(items) && items[to].key == items[from].key; to++ {
		}
		if left := items[from].key ^ t.flip(); to-from > 1 && items[from].key != missing && left&0xff > keyBytes {
			runs = append(runs, items[from:to])
		}
	}
	if depth == 0 {
		_ = each(t.ctx, len(runs), func(i int) { t.sort(runs[i], keyBytes, nil) })
		return
	}
	for _, run := range runs {
		if t.ctx.Err() == nil {
			t.sort(run, depth+keyBytes, buf)
		}
	}
}

// comparePlaces compares rows that are equal by the first column.
func (t *sorter) comparePlaces(x, y uint32) int {
	if t.place != nil {
		x, y = t.place[x], t.place[y]
	}
	return cmp.Compare(x, y)
}

// flip turns keys round for the other direction.
func (t *sorter) flip() uint64 {
	if t.o.Descending {
		return math.MaxUint64
	}
	return 0
}

// key returns a row's key; that of a text begins at a depth.
func (t *sorter) key(row uint32, depth int, buf []byte) (uint64, []byte) {
	v, i := t.s.at(int(row))
	key := uint64(missing)
	if !t.text {
		if key = t.rank(v, i); key != missing {
			key++ // 0 would be missing in the other direction
		}
	} else if buf = t.value(v, i, buf[:0]); len(buf) > 0 {
		rest := buf[min(depth, len(buf)):]
		key = 0
		for i := range keyBytes {
			if key <<= 8; i < len(rest) {
				key |= uint64(rest[i])
			}
		}
		key = key<<8 | uint64(min(len(rest), keyBytes+1))
	}
	if key != missing {
		key ^= t.flip()
	}
	return key, buf
}

// value appends the text that a row is sorted by.
func (t *sorter) value(v *view, i int, buf []byte) []byte {
	switch t.o.By {
	case ByRecipient:
		return append(buf, v.recipient(i)...)
	case ByReply:
		return append(buf, v.reply(i)...)
	}
	return v.appendID(buf, i)
}

// merge puts sorted rows in between others that are sorted.
func (t *sorter) merge(have View, fresh []item) View {
	out := make(View, 0, len(have)+len(fresh))
	for _, it := range fresh {
		n := 0
		if len(have) > 0 {
			n = sort.Search(len(have), func(i int) bool { return t.compare(have[i], it.row) > 0 })
		}
		out = append(append(out, have[:n]...), it.row)
		have = have[n:]
	}
	return append(out, have...)
}

// compare compares two rows as sort does.
func (t *sorter) compare(x, y uint32) int {
	a, textA := t.key(x, 0, nil)
	b, textB := t.key(y, 0, nil)
	by := bytes.Compare(textA, textB)
	if t.o.Descending {
		by = -by
	}
	if a != b || a == missing {
		by = cmp.Compare(a, b)
	}
	return cmp.Or(by, t.comparePlaces(x, y))
}

// ranker returns the function that gives a row its number in a column's order.
func (s Snapshot) ranker(c Column) func(v *view, i int) uint64 {
	number := func(n uint32, ok bool) uint64 {
		if !ok {
			return missing
		}
		return uint64(n)
	}
	switch c {
	case ByRequested:
		return func(v *view, i int) uint64 { return number(v.cols[colRequested][i], v.cols[colRequested][i] > 0) }
	case ByModified:
		return func(v *view, i int) uint64 { return number(v.cols[colModified][i], v.cols[colModified][i] > 0) }
	case ByTook:
		return func(v *view, i int) uint64 { return number(v.took(i, s.heads)) }
	}
	g, code := s.grouping(c), columns[c].code
	place := map[string]uint64{}
	for rank, value := range slices.SortedFunc(slices.Values(g.values), c.compare) {
		place[value] = uint64(rank)
	}
	place[""] = missing
	ranks := make([]uint64, len(g.group)) // by code
	for code, n := range g.group {
		ranks[code] = place[g.values[n]]
	}
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
