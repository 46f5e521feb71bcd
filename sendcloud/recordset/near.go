package recordset

import (
	"bytes"
	"context"
	"slices"
)

const (
	nearFrom = 1 << 16 // fewer rows are sorted as quickly
	nearRows = 500     // about so many on either side, more of a million
)

// Near is the rows around one row in an order, the first of them at place from
// of all: what a screen shows, long before the other rows are in order. Around
// a row that is not in the selection it is the first ones. There are none where
// Sort takes no longer: by a column of values or numbers, or of few rows.
func (s Snapshot) Near(ctx context.Context, sel Selection, o Order, row int) (near View, from int, err error) {
	if !o.By.text() || sel.Len() < nearFrom {
		return nil, 0, nil
	}
	rows := sel.View()
	low, high, enough := s.bounds(rows, sel.Has(row), uint32(row), o)
	found := make([]struct {
		sorter textSorter
		below  int
		items  []item
	}, workers())
	for i := range found {
		found[i].sorter = textSorter{s: s, o: o, ctx: ctx, buf: make([]byte, 0, 1024)}
	}
	err = each(ctx, (len(rows)+blockRows-1)/blockRows, func(worker, part int) {
		f := &found[worker]
		for _, r := range rows[part*blockRows : min((part+1)*blockRows, len(rows))] {
			text := s.sortText(o.By, r, f.sorter.buf, enough)
			if o.By == ByEmailID && len(text) >= enough && (low.begins(text) || high.begins(text)) { // it may go on
				text = s.sortText(o.By, r, f.sorter.buf, whole)
			}
			switch {
			case low != nil && compareTexts(text, low.text, r, low.row, o.Descending) < 0:
				f.below++
			case high == nil || compareTexts(text, high.text, r, high.row, o.Descending) <= 0:
				f.items = append(f.items, item{row: r})
			}
		}
	})
	if err != nil {
		return nil, 0, err
	}
	for _, f := range found[1:] {
		found[0].items = append(found[0].items, f.items...)
		found[0].below += f.below
	}
	found[0].sorter.sortLeaves(found[0].items)
	for _, it := range found[0].items {
		near = append(near, it.row)
	}
	return near, found[0].below, nil
}

// bounds are two rows with some before and behind a row, or before and behind
// where all begin; nil where fewer rows are there. They are guessed from a
// sample of the rows. enough is how much of a text tells most rows from them.
func (s Snapshot) bounds(rows View, has bool, row uint32, o Order) (low, high *leaf, enough int) {
	leafOf := func(row uint32) leaf { return leaf{s.sortText(o.By, row, nil, whole), row} }
	compare := func(a, b leaf) int { return compareTexts(a.text, b.text, a.row, b.row, o.Descending) }
	sample := make([]leaf, samples)
	for i := range sample {
		sample[i] = leafOf(rows[i*len(rows)/samples])
	}
	slices.SortFunc(sample, compare)
	reach, at := max(8, nearRows*samples/len(rows)), 0
	if has {
		at, _ = slices.BinarySearchFunc(sample, leafOf(row), compare)
	}
	first, last := max(0, at-reach), min(at+reach, len(sample)-1)
	if first > 0 {
		low = &sample[first]
	}
	if last < len(sample)-1 {
		high = &sample[last]
	}
	return low, high, shared(sample[first].text, sample[last].text) + 1
}

// begins says whether the leaf's text begins with one.
func (l *leaf) begins(with []byte) bool { return l != nil && bytes.HasPrefix(l.text, with) }
