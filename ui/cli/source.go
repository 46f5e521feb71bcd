package cli

import (
	"context"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/recordset"
	"bounceboard/ui/export"
	"bounceboard/ui/words"
)

// source is where rows come from: the service (serviceRows) or files (fileRows).
type source interface {
	// stream passes on the rows that fit the filter, in the source's order, as they come. The rows belong to
	// take until it returns.
	stream(ctx context.Context, keep *rowFilter, take func([]sendcloud.Record) error) error
	// gather reads every row into set. need lists the columns in use; others need not be kept. With mine the
	// rows are mined, too. covers is a sentence on how many rows came ("" if none). incomplete sets the exit
	// status if rows may be missing; the user was told already.
	gather(ctx context.Context, set *recordset.Set, need recordset.Columns, mine bool) (covers string, incomplete, err error)
	// ending says on standard error what came and what is missing after a stream, and returns the exit status.
	ending(ctx context.Context, keep *rowFilter, err error) error
	close()
}

// openSource opens the files of --from, else it plans what the flags ask of the service. No call is made yet.
func openSource(ctx context.Context, c *console, o *options) (source, error) {
	if len(o.from) > 0 {
		return openFiles(c, o)
	}
	return openService(ctx, c, o)
}

// gathered is rows in memory: every row of a source.
type gathered struct {
	snap       recordset.Snapshot
	rows       recordset.Selection // those that fit the filter
	covers     string              // what numbers over them cover; empty where no row came
	incomplete error               // why rows may be missing, for the exit status
}

// end says what numbers over the rows cover, and returns why rows may be missing.
func (g *gathered) end(c *console) error {
	if g.covers != "" {
		c.say(g.covers)
	}
	return g.incomplete
}

// gather reads every row. need are the columns that the command itself looks at; mine says that it needs what
// replies mean.
func gather(ctx context.Context, c *console, o *options, need recordset.Columns, mine bool) (*gathered, error) {
	keep, err := newRowFilter(c, o, mine)
	if err != nil {
		return nil, err
	}
	src, err := openSource(ctx, c, o)
	if err != nil {
		return nil, err
	}
	defer src.close()
	g := &gathered{}
	need |= keep.filter.Columns() | recordset.ColumnsOf(recordset.ByDay) // the day for the span
	set := recordset.New(keep.explain)
	g.covers, g.incomplete, err = src.gather(ctx, set, need, mine || keep.filter.NeedsMining())
	if err != nil {
		return nil, err
	}
	// What came before an interrupt is counted, as long as the process is left the time.
	if g.snap, g.rows, err = keep.apply(context.WithoutCancel(ctx), set, mine); err != nil {
		return nil, err
	}
	if first, last := g.snap.Span(); !first.IsZero() {
		g.covers += c.words(words.CoversSpan, export.Minute(first), export.Minute(last))
	}
	if g.covers != "" && !keep.filter.Empty() {
		g.covers += c.words(words.CoversFiltered, words.Number(g.rows.Len()))
	}
	return g, nil
}
