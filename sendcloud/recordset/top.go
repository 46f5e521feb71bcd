package recordset

import (
	"cmp"
	"math/bits"
	"slices"
)

// top keeps the first n rows of an order.
type top struct {
	s     Snapshot
	o     Order
	n     int
	items []item // a heap, the last of them first, once there are n
	buf   []byte
	other []byte
}

func newTop(s Snapshot, o Order, n int) *top {
	return &top{s: s, o: o, n: n, buf: make([]byte, 0, 256), other: make([]byte, 0, 256)}
}

func (t *top) addBlock(b int, words []uint64) {
	for j, w := range words {
		for ; w != 0; w &= w - 1 {
			row := uint32(b<<blockShift + j*64 + bits.TrailingZeros64(w))
			if int(row) >= t.s.rows {
				return
			}
			t.add(item{first: t.key(row), row: row})
		}
	}
}

func (t *top) key(row uint32) uint64 {
	text := t.s.sortText(t.o.By, row, t.buf, 8)
	switch {
	case len(text) == 0:
		return 1<<64 - 1
	case t.o.Descending:
		return ^prefix(text)
	}
	return prefix(text)
}

func (t *top) add(it item) {
	if len(t.items) < t.n {
		t.items = append(t.items, it)
		if len(t.items) == t.n {
			slices.SortFunc(t.items, func(a, b item) int { return t.compare(b, a) })
		}
		return
	}
	if t.n == 0 || it.first > t.items[0].first || t.compare(it, t.items[0]) >= 0 {
		return
	}
	i := 0
	for {
		child := 2*i + 1
		if child >= t.n {
			break
		}
		if child+1 < t.n && t.compare(t.items[child+1], t.items[child]) > 0 {
			child++
		}
		if t.compare(t.items[child], it) <= 0 {
			break
		}
		t.items[i] = t.items[child]
		i = child
	}
	t.items[i] = it
}

func (t *top) compare(a, b item) int {
	if a.first != b.first {
		return cmp.Compare(a.first, b.first)
	}
	return t.compareText(a.row, b.row)
}

// compareText compares two rows by their whole texts, then by their numbers.
func (t *top) compareText(a, b uint32) int {
	x, y := t.s.sortText(t.o.By, a, t.buf, whole), t.s.sortText(t.o.By, b, t.other, whole)
	return compareTexts(x, y, a, b, t.o.Descending)
}
