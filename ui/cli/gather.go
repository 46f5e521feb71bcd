package cli

import (
	"context"
	"time"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/recordset"
	"bounceboard/ui/words"
)

// gathered is rows in memory: every row of a query or of a file.
type gathered struct {
	snap       recordset.Snapshot
	rows       recordset.Selection // those that fit --filter
	covers     string              // what numbers over them cover; empty where no row came
	incomplete error               // why rows may be missing, for the exit status
}

// despite is for the work on what came before an interrupt: it goes on, as long
// as the process is left the time.
func despite(ctx context.Context) context.Context {
	if ctx.Err() != nil {
		return context.WithoutCancel(ctx)
	}
	return ctx
}

// filtering reads --filter, and the rules that its terms or what else is asked
// may need; rules that nobody asks for stop nothing.
func (a *app) filtering(f *flags, explain bool) (recordset.Filter, recordset.Explain, error) {
	filter, err := a.rowFilter(f)
	if err != nil || filter.Empty() && !explain {
		return filter, nil, err
	}
	rules, err := a.rules("", f.config)
	if err != nil {
		return filter, nil, err
	}
	return filter, recordset.ByRules(rules), nil
}

// gather reads the rows of --from, or fetches those of the query, and takes
// their replies apart where mine says so. Of rows of a file it keeps what columns
// and --filter need.
func (a *app) gather(ctx context.Context, f *flags, mine bool, columns recordset.Columns) (*gathered, error) {
	filter, explain, err := a.filtering(f, mine)
	if err != nil {
		return nil, err
	}
	set := recordset.New(explain)
	g := &gathered{}
	if f.from != "" {
		err = a.gatherFile(ctx, f, set, columns|filter.Columns()|recordset.ColumnsOf(recordset.ByRequested), g)
	} else {
		err = a.gatherAll(ctx, f, set, mine || filter.NeedsMining(), g)
	}
	if err != nil {
		return nil, err
	}
	ctx = despite(ctx)
	if mine {
		if err := set.Mine(ctx); err != nil {
			return nil, err
		}
	}
	snap, n, err := narrowed(ctx, set, filter)
	if err != nil {
		return nil, err
	}
	g.snap, g.rows = snap, n.Rows
	if g.covers == "" {
		return g, nil
	}
	g.covers += a.spanOf(snap)
	if !filter.Empty() {
		g.covers += a.lang.Say(words.CoversFiltered, words.Number(g.rows.Len()))
	}
	return g, nil
}

func (a *app) gatherFile(ctx context.Context, f *flags, set *recordset.Set, columns recordset.Columns, g *gathered) error {
	in, name, err := a.openRows(f)
	if err != nil {
		return err
	}
	defer in.Close()
	file := recordset.NewReader(set)
	file.Only(columns)
	interrupted := func() error {
		a.say(a.lang.Say(words.CameUnknown, a.lang.Say(words.Interrupted), words.RowCount(a.lang, file.Reading().Rows)))
		return ended(exitDone) // the signal decides
	}
	a.last.set(func() {}, func() { _ = interrupted() })
	err = file.Read(ctx, in)
	if ctx.Err() == nil {
		g.incomplete = a.fileEnding(name, file.Reading(), err)
	} else {
		a.last.set(func() {}, nil)
		g.incomplete = interrupted()
	}
	g.covers = a.lang.Say(words.CoversFile, words.RowCount(a.lang, set.Len()), name)
	return nil
}

// setWriter keeps rows in memory, and takes their replies apart as they come
// where mine says so: little of that is left when the last one is here, or when
// a person cannot wait for it.
type setWriter struct {
	*recordset.Set
	ctx  context.Context
	mine bool
}

// someRows is how many rows are mined together.
const someRows = 4096

func (w setWriter) Write(r sendcloud.Record) error {
	w.Append(r)
	if w.mine && w.Len()%someRows == 0 {
		return w.Mine(w.ctx)
	}
	return nil
}

func (w setWriter) Close() error { return nil }

// gatherAll fetches every row. What came before a failure or an interrupt is
// counted, and what is missing is said.
func (a *app) gatherAll(ctx context.Context, f *flags, set *recordset.Set, mine bool, g *gathered) error {
	conn, plan, err := a.ask(ctx, f)
	if err != nil {
		return err
	}
	defer conn.close()
	p := a.newProgress(conn.api)
	defer p.clear()
	for _, note := range plan.Notes {
		p.note(note)
	}
	r := &reading{app: a, api: conn.api, plan: plan, progress: p, out: setWriter{set, ctx, mine}}
	a.last.set(p.clear, func() { p.clear(); _ = r.interrupted() })
	err = r.all(ctx)
	p.clear()
	if ctx.Err() != nil {
		a.last.set(p.clear, nil)
		g.incomplete = r.interrupted()
	} else {
		g.incomplete = r.ending(err)
	}
	if g.incomplete != nil && set.Len() == 0 {
		return nil
	}
	_, total, known, _ := p.counts()
	switch came := words.RowCount(a.lang, set.Len()); {
	case known && total > set.Len():
		g.covers = a.lang.Say(words.CoversPart, came, p.totalText())
	default:
		g.covers = a.lang.Say(words.CoversAll, came)
	}
	return nil
}

// spanOf says when the first and the last of the rows were requested.
func (a *app) spanOf(snap recordset.Snapshot) string {
	first, last := snap.Span()
	if first.IsZero() {
		return ""
	}
	return a.lang.Say(words.CoversSpan, minuteOf(first), minuteOf(last))
}

// minuteOf is a moment on the service's clock.
func minuteOf(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(sendcloud.Zone).Format("2006-01-02 15:04")
}
