package recordset

import (
	"context"
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
			if int(rows[i]) >= s.mined && o.By.NeedsMining() {
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
