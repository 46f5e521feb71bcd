package recordset

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"math"
	"math/bits"
	"slices"
)

// item is a row and eight bytes of its text.
type item struct {
	key uint64
	row uint32
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

// prefix is eight bytes of a text as a number that sorts as they do.
func prefix(t []byte) uint64 {
	if len(t) >= 8 {
		return binary.BigEndian.Uint64(t)
	}
	var b [8]byte
	copy(b[:], t)
	return binary.BigEndian.Uint64(b[:])
}

// textSorter sorts by eight bytes at a time: rows equal in these by the next.
// It is for one goroutine.
type textSorter struct {
	s      Snapshot
	o      Order
	ctx    context.Context
	order  *top
	buf    []byte
	leaves []leaf
	texts  []byte
}

// leaf is a row and what its text has that the others have not.
type leaf struct {
	text []byte
	row  uint32
}

const (
	small  = 1024 // fewer rows are sorted by their texts at once
	spread = 2048 // so many rows and more are sorted digit by digit
)

func (s Snapshot) sortTexts(ctx context.Context, rows View, o Order) (View, error) {
	sorters := make([]textSorter, workers())
	for i := range sorters {
		sorters[i] = textSorter{s: s, o: o, ctx: ctx, order: newTop(s, o, 0), buf: make([]byte, 0, 1024)}
	}
	items := make([]item, len(rows))
	const step = 1 << 13
	err := each(ctx, (len(rows)+step-1)/step, func(worker, part int) {
		t := &sorters[worker]
		for i := part * step; i < min((part+1)*step, len(rows)); i++ {
			items[i] = item{t.key(s.sortText(o.By, rows[i], t.buf, 8)), rows[i]}
		}
	})
	if err != nil {
		return nil, err
	}
	if items, err = sortByKey(ctx, items); err != nil {
		return nil, err
	}
	if err := sortRuns(ctx, items, func(worker int, run []item) { sorters[worker].sort(run, 8) }); err != nil {
		return nil, err
	}
	v := make(View, len(items))
	for i, it := range items {
		v[i] = it.row
	}
	return v, nil
}

// sortByKey sorts many items: dealt into heaps by the first bits in which they
// differ, the heaps by as many processors as there are. It uses up items.
func sortByKey(ctx context.Context, items []item) ([]item, error) {
	const heaps = 1 << 11
	var differ uint64
	for _, it := range items {
		differ |= it.key ^ items[0].key
	}
	shift := max(0, bits.Len64(differ)-11)
	var ends [heaps]int
	for _, it := range items {
		ends[it.key>>shift%heaps]++
	}
	sum := 0
	for i, n := range ends {
		ends[i], sum = sum, sum+n
	}
	dealt := make([]item, len(items))
	for _, it := range items {
		h := it.key >> shift % heaps
		dealt[ends[h]] = it
		ends[h]++
	}
	return dealt, each(ctx, heaps, func(_, h int) {
		from := 0
		if h > 0 {
			from = ends[h-1]
		}
		sortItems(dealt[from:ends[h]])
	})
}

// sortRuns calls sort for the runs of equal keys: the longest ones first and one
// by one, the many short ones in heaps.
func sortRuns(ctx context.Context, items []item, sort func(worker int, run []item)) error {
	var long, short [][]item
	for from := 0; from < len(items); {
		to := runEnd(items, from)
		switch {
		case to-from >= small:
			long = append(long, items[from:to])
		case to-from > 1:
			short = append(short, items[from:to])
		}
		from = to
	}
	slices.SortFunc(long, func(a, b []item) int { return len(b) - len(a) })
	const heap = 256
	return each(ctx, len(long)+(len(short)+heap-1)/heap, func(worker, i int) {
		if i < len(long) {
			sort(worker, long[i])
			return
		}
		from := (i - len(long)) * heap
		for _, run := range short[from:min(from+heap, len(short))] {
			sort(worker, run)
		}
	})
}

func runEnd(items []item, from int) int {
	to := from + 1
	for to < len(items) && items[to].key == items[from].key {
		to++
	}
	return to
}

// key is the first eight bytes of a text, turned round for a descending order.
// A row without a text comes last in either.
func (t *textSorter) key(text []byte) uint64 {
	switch {
	case len(text) == 0:
		return 1<<64 - 1
	case t.o.Descending:
		return ^prefix(text)
	}
	return prefix(text)
}

// sort orders items whose texts are equal in their first depth bytes. They are
// in the order of rows, and stay so where they are equal.
func (t *textSorter) sort(items []item, depth int) {
	if t.ctx.Err() != nil {
		return
	}
	if len(items) < small {
		t.sortLeaves(items)
		return
	}
	common, longer := t.keys(items, depth)
	switch {
	case common < depth: // zero bytes at the end: the keys cannot tell them from none
		t.sortLeaves(items)
		return
	case !longer:
		return
	}
	sortItems(items)
	for from := 0; from < len(items); {
		to := runEnd(items, from)
		if to-from > 1 {
			t.sort(items[from:to], common+8)
		}
		from = to
	}
}

// keys gives items the eight bytes behind what their texts, equal up to depth,
// begin with; how many bytes that are is guessed from a few and taken back
// where it was too many. longer is false when no text goes on.
func (t *textSorter) keys(items []item, depth int) (common int, longer bool) {
	first := bytes.Clone(t.s.sortText(t.o.By, items[0].row, t.buf, whole))
	common = len(first)
	for i := 0; i < 16; i++ {
		common = min(common, t.shared(first, items[i*(len(items)-1)/15].row))
	}
	for i := 0; i < len(items); i++ {
		text := t.s.sortText(t.o.By, items[i].row, t.buf, whole)
		if k := min(common, len(text)); k < common || !bytes.Equal(text[min(depth, k):k], first[min(depth, k):k]) {
			common, longer, i = t.shared(first, items[i].row), false, -1
			continue
		}
		longer = longer || len(text) > common
		items[i].key = prefix(text[common:])
		if t.o.Descending {
			items[i].key = ^items[i].key
		}
	}
	return common, longer
}

// shared is how many bytes a row's text has in common with another.
func (t *textSorter) shared(first []byte, row uint32) int {
	text, n := t.s.sortText(t.o.By, row, t.buf, whole), 0
	for n < min(len(first), len(text)) && first[n] == text[n] {
		n++
	}
	return n
}

// sortLeaves sorts a few items by their whole texts; of email ids, which have
// to be made, by their begin where that is enough.
func (t *textSorter) sortLeaves(items []item) {
	t.leaves, t.texts = t.leaves[:0], t.texts[:0]
	for _, it := range items {
		text := t.s.sortText(t.o.By, it.row, t.buf, 32)
		if t.o.By == ByEmailID { // it lies in the buffer
			from := len(t.texts)
			t.texts = append(t.texts, text...)
			text = t.texts[from:]
		}
		t.leaves = append(t.leaves, leaf{text, it.row})
	}
	slices.SortFunc(t.leaves, func(a, b leaf) int {
		if t.o.By == ByEmailID && len(a.text) > 0 && len(b.text) > 0 {
			k := min(len(a.text), len(b.text))
			switch by := bytes.Compare(a.text[:k], b.text[:k]); {
			case by == 0:
				return t.order.compareText(a.row, b.row)
			case t.o.Descending:
				return -by
			default:
				return by
			}
		}
		return compareTexts(a.text, b.text, a.row, b.row, t.o.Descending)
	})
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

// sortItems sorts by key, equal ones by row.
func sortItems(items []item) {
	if len(items) < spread {
		slices.SortFunc(items, func(a, b item) int { return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.row, b.row)) })
		return
	}
	const width = 11
	var differ uint64
	for _, it := range items {
		differ |= it.key ^ items[0].key
	}
	from, to := items, make([]item, len(items))
	for shift := 0; shift < 64; shift += width {
		if differ>>shift&(1<<width-1) == 0 {
			continue
		}
		var places [1 << width]int
		for _, it := range from {
			places[it.key>>shift&(1<<width-1)]++
		}
		sum := 0
		for i, n := range places {
			places[i], sum = sum, sum+n
		}
		for _, it := range from {
			d := it.key >> shift & (1<<width - 1)
			to[places[d]] = it
			places[d]++
		}
		from, to = to, from
	}
	if len(items) > 0 && &from[0] != &items[0] {
		copy(items, from)
	}
}
