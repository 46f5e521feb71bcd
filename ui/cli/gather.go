package cli

import (
	"context"
	"errors"
	"time"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/recordset"
	"bounceboard/ui/words"
)

// gathered is rows in memory: every row of a query or of a file.
type gathered struct {
	snap       recordset.Snapshot
	rows       recordset.Selection // those that fit --filter
	covers     string              // what numbers over them cover
	incomplete error               // rows may be missing: it was said, the exit status tells it
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
// their replies apart where mine says so.
func (a *app) gather(ctx context.Context, f *flags, mine bool) (*gathered, error) {
	filter, explain, err := a.filtering(f, mine)
	if err != nil {
		return nil, err
	}
	set := recordset.New(explain)
	g := &gathered{}
	if f.from != "" {
		set, err = a.gatherFile(ctx, f, set, g)
	} else {
		err = a.gatherAll(ctx, f, set, g)
	}
	if err != nil {
		return nil, err
	}
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
	g.covers += a.spanOf(snap)
	if !filter.Empty() {
		g.covers += a.lang.Say(words.CoversFiltered, words.Number(g.rows.Len()))
	}
	return g, nil
}

func (a *app) gatherFile(ctx context.Context, f *flags, set *recordset.Set, g *gathered) (*recordset.Set, error) {
	in, name, err := a.openRows(f)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	a.last.set(func() {}, func() { a.say(a.lang.Say(words.Interrupted)) })
	file := recordset.NewReader(set)
	err = file.Read(ctx, in)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	g.incomplete = a.fileEnding(name, file.Reading(), err)
	g.covers = a.lang.Say(words.CoversFile, words.RowCount(a.lang, file.Set().Len()), name)
	return file.Set(), nil
}

// setWriter keeps rows in memory.
type setWriter struct{ *recordset.Set }

func (w setWriter) Write(r sendcloud.Record) error { w.Append(r); return nil }

func (w setWriter) Close() error { return nil }

// gatherAll fetches every row. What came before a failure is counted, and what
// is missing is said.
func (a *app) gatherAll(ctx context.Context, f *flags, set *recordset.Set, g *gathered) error {
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
	r := &reading{app: a, api: conn.api, plan: plan, progress: p, out: setWriter{set}}
	a.last.set(p.clear, func() { p.clear(); _ = r.interrupted() })
	err = r.all(ctx)
	p.clear()
	if ctx.Err() != nil {
		return r.interrupted()
	}
	g.incomplete = r.ending(err)
	var done ended
	if err != nil && (set.Len() == 0 || !errors.As(g.incomplete, &done)) {
		return g.incomplete
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
	var first, last time.Time
	for row := range snap.Len() {
		at := snap.RequestTime(row)
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
