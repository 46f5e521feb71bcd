package recordset

import (
	"iter"
	"math/bits"
)

// Selection is a set of rows: what a filter left, or what is marked. The zero
// value is empty. It is a value: the methods that make another one leave it
// as it is.
type Selection struct {
	words []uint64
	count int
}

func rangeOf(from, to int) Selection {
	if from >= to {
		return Selection{}
	}
	x := Selection{make([]uint64, (to+63)/64), to - from}
	for i := from / 64; i < len(x.words); i++ {
		x.words[i] = ^uint64(0)
	}
	x.words[from/64] &= ^uint64(0) << (from % 64)
	if to%64 != 0 {
		x.words[to/64] &= 1<<(to%64) - 1
	}
	return x
}

// SelectionOf is these rows.
func SelectionOf(rows ...int) Selection {
	var x Selection
	for _, r := range rows {
		x.words = grown(x.words, r/64+1)
		x.words[r/64] |= 1 << (r % 64)
	}
	return x.counted()
}

func grown(words []uint64, n int) []uint64 {
	for len(words) < n {
		words = append(words, 0)
	}
	return words
}

func (x Selection) counted() Selection {
	x.count = 0
	for _, w := range x.words {
		x.count += bits.OnesCount64(w)
	}
	return x
}

// Len is how many rows it has.
func (x Selection) Len() int { return x.count }

// sameUpTo says whether x and y have the same of the first n rows.
func (x Selection) sameUpTo(y Selection, n int) bool {
	for i := range (n + 63) / 64 {
		differ := x.word(i) ^ y.word(i)
		if (i+1)*64 > n {
			differ &= 1<<(n%64) - 1
		}
		if differ != 0 {
			return false
		}
	}
	return true
}

// Has says whether a row is in it.
func (x Selection) Has(row int) bool {
	return row >= 0 && row/64 < len(x.words) && x.words[row/64]>>(row%64)&1 == 1
}

func (x Selection) word(i int) uint64 {
	if i < len(x.words) {
		return x.words[i]
	}
	return 0
}

// And is the rows of both.
func (x Selection) And(y Selection) Selection {
	out := Selection{words: make([]uint64, min(len(x.words), len(y.words)))}
	for i := range out.words {
		out.words[i] = x.words[i] & y.words[i]
	}
	return out.counted()
}

// Or is the rows of either.
func (x Selection) Or(y Selection) Selection {
	out := Selection{words: make([]uint64, max(len(x.words), len(y.words)))}
	for i := range out.words {
		out.words[i] = x.word(i) | y.word(i)
	}
	return out.counted()
}

// Without is the rows of x that y does not have.
func (x Selection) Without(y Selection) Selection {
	out := Selection{words: make([]uint64, len(x.words))}
	for i := range out.words {
		out.words[i] = x.words[i] &^ y.word(i)
	}
	return out.counted()
}

// Toggled is x with a row put in or taken out.
func (x Selection) Toggled(row int) Selection {
	if x.Has(row) {
		return x.Without(SelectionOf(row))
	}
	return x.Or(SelectionOf(row))
}

// Rows yields the rows in order.
func (x Selection) Rows() iter.Seq[int] { return x.RowsFrom(0) }

// RowsFrom yields the rows from a number on.
func (x Selection) RowsFrom(first int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := first / 64; i < len(x.words); i++ {
			w := x.words[i]
			if i == first/64 {
				w &= ^uint64(0) << (first % 64)
			}
			for ; w != 0; w &= w - 1 {
				if !yield(i*64 + bits.TrailingZeros64(w)) {
					return
				}
			}
		}
	}
}

// View is the rows in order, as a list to show.
func (x Selection) View() View {
	v := make(View, 0, x.count)
	for i, w := range x.words {
		for ; w != 0; w &= w - 1 {
			v = append(v, uint32(i*64+bits.TrailingZeros64(w)))
		}
	}
	return v
}

// View is rows in an order, to be shown.
type View []uint32

// Index is where a row stands, -1 when it does not.
func (v View) Index(row int) int {
	for i, r := range v {
		if r == uint32(row) {
			return i
		}
	}
	return -1
}

// Only is the rows of v that are in x, in v's order: what sorting x would give,
// where v was sorted and has all of x.
func (v View) Only(x Selection) View {
	rows := make(View, 0, x.count)
	for _, r := range v {
		if x.Has(int(r)) {
			rows = append(rows, r)
		}
	}
	return rows
}

// Between is the rows from place i to place j of the view, both counted: what
// a range in a sorted table marks.
func (v View) Between(i, j int) Selection {
	i, j = max(0, min(i, j)), min(len(v)-1, max(i, j))
	rows := make([]int, 0, max(0, j-i+1))
	for ; i <= j; i++ {
		rows = append(rows, int(v[i]))
	}
	return SelectionOf(rows...)
}
