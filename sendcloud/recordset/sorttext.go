package recordset

import (
	"bytes"
	"cmp"
	"context"
	"iter"
	"math"
	"math/bits"
	"slices"
)

// item is a row and what of its text is compared first.
type item struct {
	first, second uint64
	row           uint32
}

// sortText is the text that a row is sorted by, made in buf where it is not
// stored as it is: then it may end after enough bytes.
func (s Snapshot) sortText(c Column, row uint32, buf []byte, enough int) []byte {
	v, i := s.at(int(row))
	switch c {
	case ByRecipient:
		from, to := v.recipientSpan(i)
		return v.text[from:to]
	case ByReply:
		from, to := v.replySpan(i)
		return v.text[from:to]
	}
	return v.appendID(buf[:0], i, s.shapes, enough)
}

const whole = math.MaxInt

// textSorter sorts by numbers made of the texts where they lie in memory one
// behind the other: to come back to them in the new order is what takes time.
// It is for one goroutine.
type textSorter struct {
	s      Snapshot
	o      Order
	ctx    context.Context
	buf    []byte
	spare  []item
	leaves []leaf
	texts  []byte
	places [1]places
}

// leaf is a row and its text.
type leaf struct {
	text []byte
	row  uint32
}

const (
	small   = 1024 // fewer rows are sorted by their texts at once
	samples = 4096 // of so many rows the keys are learned
	deepest = 16   // so often are keys learned of rows that were equal by then
)

func (s Snapshot) sortTexts(ctx context.Context, rows View, o Order) (View, error) {
	sorters := make([]textSorter, workers())
	for i := range sorters {
		sorters[i] = textSorter{s: s, o: o, ctx: ctx, buf: make([]byte, 0, 1024)}
	}
	k := sorters[0].learn(len(rows), func(i int) uint32 { return rows[i] })
	items := make([]item, len(rows))
	err := each(ctx, (len(items)+blockRows-1)/blockRows, func(worker, part int) {
		from, to := part*blockRows, min((part+1)*blockRows, len(items))
		for i, row := range rows[from:to] {
			items[from+i].row = row
		}
		sorters[worker].setKeys(items[from:to], k)
	})
	if err != nil {
		return nil, err
	}
	heaps, err := deal(ctx, items, make([]item, len(items)), len(items)/(4*workers()))
	if err != nil {
		return nil, err
	}
	slices.SortFunc(heaps, func(a, b []item) int { return len(b) - len(a) }) // the longest first
	err = each(ctx, len(heaps), func(worker, i int) { sorters[worker].sortKeyed(heaps[i], k, deepest) })
	if err != nil {
		return nil, err
	}
	v := make(View, len(items))
	for i, it := range items {
		v[i] = it.row
	}
	return v, nil
}

// deal puts items into heaps by the first bits in which they differ, and heaps
// of more than enough into smaller ones.
func deal(ctx context.Context, items, spare []item, enough int) (heaps [][]item, err error) {
	d := digitOf(items, maxWidth)
	if len(items) <= enough || d.width == 0 {
		return [][]item{items}, nil
	}
	parts := make([]places, workers())
	part := func(of []item, i int) []item { return of[i*len(of)/len(parts) : (i+1)*len(of)/len(parts)] }
	spare = spare[:len(items)]
	err = each(ctx, len(parts), func(_, i int) { d.count(part(items, i), &parts[i]) })
	if err != nil {
		return nil, err
	}
	d.add(parts)
	err = each(ctx, len(parts), func(_, i int) { d.place(part(items, i), spare, &parts[i]) })
	if err != nil {
		return nil, err
	}
	err = each(ctx, len(parts), func(_, i int) { copy(part(items, i), part(spare, i)) })
	if err != nil {
		return nil, err
	}
	for run := range runs(items, func(a, b *item) bool { return d.of(a) == d.of(b) }) {
		more, err := deal(ctx, run, spare, enough)
		if err != nil {
			return nil, err
		}
		heaps = append(heaps, more...)
	}
	return heaps, nil
}

// learn learns the keys from some of the rows.
func (t *textSorter) learn(rows int, row func(i int) uint32) *textKeys {
	n := min(samples, (rows+7)/8)
	texts := make([][]byte, 0, n)
	for i := range n {
		text := t.s.sortText(t.o.By, row(i*rows/n), t.buf, whole)
		if t.o.By == ByEmailID { // it lies in the buffer
			text = bytes.Clone(text)
		}
		if len(text) > 0 {
			texts = append(texts, text)
		}
	}
	return learnKeys(texts, t.o.Descending)
}

func (t *textSorter) setKeys(items []item, k *textKeys) {
	for i := range items {
		it := &items[i]
		it.first, it.second = k.keys(t.s.sortText(t.o.By, it.row, t.buf, k.reach))
	}
}

// sort sorts rows by their texts. Before and after, rows with equal texts are in
// the order of their numbers.
func (t *textSorter) sort(items []item, depth int) {
	if len(items) < small || depth == 0 {
		t.sortLeaves(items)
		return
	}
	k := t.learn(len(items), func(i int) uint32 { return items[i].row })
	t.setKeys(items, k)
	t.sortKeyed(items, k, depth)
}

// sortKeyed sorts rows that have their keys.
func (t *textSorter) sortKeyed(items []item, k *textKeys, depth int) {
	if t.ctx.Err() != nil {
		return
	}
	if len(t.spare) < len(items) {
		t.spare = make([]item, len(items))
	}
	t.sortItems(items)
	for run := range runs(items, func(a, b *item) bool { return a.first == b.first && a.second == b.second }) {
		if len(run) > 1 && !k.same(run[0].first, run[0].second) {
			t.sort(run, depth-1)
		}
	}
}

// sortLeaves sorts a few rows by their whole texts.
func (t *textSorter) sortLeaves(items []item) {
	t.leaves, t.texts = t.leaves[:0], t.texts[:0]
	for _, it := range items {
		text := t.s.sortText(t.o.By, it.row, t.buf, whole)
		if t.o.By == ByEmailID { // it lies in the buffer
			from := len(t.texts)
			t.texts = append(t.texts, text...)
			text = t.texts[from:]
		}
		t.leaves = append(t.leaves, leaf{text, it.row})
	}
	slices.SortFunc(t.leaves, func(a, b leaf) int { return compareTexts(a.text, b.text, a.row, b.row, t.o.Descending) })
	for i, l := range t.leaves {
		items[i].row = l.row
	}
}

// compareTexts compares two rows by their texts, then by their numbers.
func compareTexts(x, y []byte, a, b uint32, descending bool) int {
	if (len(x) == 0) != (len(y) == 0) {
		return cmp.Compare(len(y), len(x))
	}
	by := bytes.Compare(x, y)
	if descending {
		by = -by
	}
	return cmp.Or(by, cmp.Compare(a, b))
}

// sortItems sorts by the two numbers, equal ones as they were: dealt by the
// first bits in which they differ, then what is alike in these.
func (t *textSorter) sortItems(items []item) {
	const few = 24
	if len(items) <= few {
		insertItems(items)
		return
	}
	d := digitOf(items, bits.Len(uint(len(items)/8)))
	if d.width == 0 {
		return
	}
	clear(t.places[0][:1<<d.width])
	d.count(items, &t.places[0])
	d.add(t.places[:])
	d.place(items, t.spare, &t.places[0])
	copy(items, t.spare)
	for run := range runs(items, func(a, b *item) bool { return d.of(a) == d.of(b) }) {
		t.sortItems(run)
	}
}

func insertItems(items []item) {
	for i := 1; i < len(items); i++ {
		it, j := items[i], i
		for ; j > 0 && (it.first < items[j-1].first || it.first == items[j-1].first && it.second < items[j-1].second); j-- {
			items[j] = items[j-1]
		}
		items[j] = it
	}
}

// digit is some bits of an item's numbers.
type digit struct {
	second       bool // of the second number
	shift, width int
}

const maxWidth = 11

// digitOf is the first bits in which items differ, of width 0 when they do not.
func digitOf(items []item, width int) digit {
	var first, second uint64
	for i := range items {
		first |= items[i].first ^ items[0].first
		second |= items[i].second ^ items[0].second
	}
	n := bits.Len64(first)
	if first == 0 {
		n = bits.Len64(second)
	}
	width = min(width, n, maxWidth)
	return digit{first == 0, n - width, width}
}

func (d digit) of(it *item) uint64 {
	key := it.first
	if d.second {
		key = it.second
	}
	return key >> d.shift & (1<<d.width - 1)
}

// places are where the next item of each digit goes.
type places [1 << maxWidth]int

func (d digit) count(items []item, places *places) {
	for i := range items {
		places[d.of(&items[i])%(1<<maxWidth)]++
	}
}

// add makes places of the counts of some parts of the items.
func (d digit) add(parts []places) {
	sum := 0
	for h := range 1 << d.width {
		for i := range parts {
			parts[i][h], sum = sum, sum+parts[i][h]
		}
	}
}

// place puts items in the order of their digits, equal ones as they were.
func (d digit) place(items, to []item, places *places) {
	for i := range items {
		h := d.of(&items[i]) % (1 << maxWidth)
		to[places[h]] = items[i]
		places[h]++
	}
}

// runs yields the items that are alike, one run after the other.
func runs(items []item, alike func(a, b *item) bool) iter.Seq[[]item] {
	return func(yield func([]item) bool) {
		for from := 0; from < len(items); {
			to := from + 1
			for to < len(items) && alike(&items[from], &items[to]) {
				to++
			}
			if !yield(items[from:to]) {
				return
			}
			from = to
		}
	}
}
