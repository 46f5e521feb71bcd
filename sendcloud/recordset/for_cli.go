package recordset

import (
	"context"
	"errors"
	"io"
	"time"

	"bounceboard/sendcloud"
)

// What API-recordset.md announces and the command line already uses. The real ones take the place of this
// file.

// Distance counts the letters to put in, take out, change or swap with their neighbour to make b of a.
func Distance(a, b string) int { return distance(a, b) }

// Nearest is the word that is closest to a mistyped one; ok is false where none is close.
func Nearest(word string, among []string) (nearest string, ok bool) {
	at := 1 + max(1, len(word)/3)
	for _, known := range among {
		if d := Distance(word, known); d < at {
			nearest, at = known, d
		}
	}
	return nearest, nearest != ""
}

// Span is when the first and the last row were requested.
func (s Snapshot) Span() (first, last time.Time) {
	for row := range s.Len() {
		at := s.RequestTime(row)
		if at.IsZero() {
			continue
		}
		if first.IsZero() || at.Before(first) {
			first = at
		}
		if at.After(last) {
			last = at
		}
	}
	return first, last
}

// Columns are columns that are needed.
type Columns uint64

// ColumnsOf joins columns.
func ColumnsOf(c ...Column) Columns { return 0 }

// Columns are those that the filter looks at.
func (f Filter) Columns() Columns { return 0 }

// Only makes Read pass over what the columns do not need.
func (r *Reader) Only(Columns) {}

// Scan passes on the rows of in that fit the filter.
func (r *Reader) Scan(ctx context.Context, in io.Reader, filter Filter, explain Explain, take func([]sendcloud.Record) error) error {
	for {
		set := New(explain)
		r.Into(set)
		err := r.ReadSome(ctx, in)
		snap := set.Snapshot()
		whole := context.WithoutCancel(ctx)
		n, wrong := snap.Narrow(whole, filter, nil)
		if wrong == nil && n.Covered < snap.Len() {
			if wrong = set.Mine(whole); wrong == nil {
				snap = set.Snapshot()
				n, wrong = snap.Narrow(whole, filter, nil)
			}
		}
		if wrong != nil {
			return wrong
		}
		rows := make([]sendcloud.Record, 0, n.Rows.Len())
		for row := range n.Rows.Rows() {
			rows = append(rows, snap.Record(row))
		}
		if wrong := take(rows); wrong != nil {
			return wrong
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
}
