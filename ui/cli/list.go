package cli

import (
	"context"
	"errors"
	"slices"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"bounceboard/sendcloud"
	"bounceboard/ui/export"
	"bounceboard/ui/words"
)

// listing is what list is told beside the filters.
type listing struct {
	format string
	all    bool
	bom    bool

	explain             bool
	causes, permanences []string
}

func formats() []string {
	var names []string
	for _, f := range export.Formats() {
		names = append(names, string(f))
	}
	return names
}

func (a *app) listCommand() *cobra.Command {
	f, l := &flags{}, &listing{}
	output := a.group(words.HelpOutput, func(s *flagSet) {
		s.choice(&l.format, "format", formats()...)
		s.yes(&l.all, "all")
		s.yes(&l.bom, "bom")
		s.yes(&l.explain, "explain")
		s.list(&l.causes, "cause")
		s.list(&l.permanences, "permanence")
		s.once(&f.filter, "filter")
		s.once(&f.from, "from")
		s.once(&f.spool, "spool")
	})
	groups := append([]flagGroup{output}, a.asking(f)...)
	cmd := a.command("list [flags]", words.ListShort, words.ListLong, words.ListExamples, append(groups, a.screen(f))...)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if err := fromAlone(cmd); err != nil {
			return err
		}
		if err := l.check(cmd, terminal(a.Out)); err != nil {
			return err
		}
		switch {
		case f.from != "":
			return a.listFile(cmd.Context(), f, l)
		case f.spool != "" && !l.all:
			return usage(words.SpoolNeedsAll)
		}
		return a.list(cmd.Context(), f, l)
	}
	return cmd
}

// check fills in the format and refuses flags that contradict each other.
func (l *listing) check(cmd *cobra.Command, onTerminal bool) error {
	if l.format == "" {
		l.format = string(export.NDJSON)
		if onTerminal {
			l.format = string(export.Table)
		}
	}
	if l.bom && l.format != string(export.CSV) {
		return usage(words.BomWithoutCSV)
	}
	if l.all {
		for _, page := range []string{"start", "limit"} {
			if cmd.Flags().Changed(page) {
				return usage(words.AllWithPage, "--"+page)
			}
		}
	}
	return nil
}

func (a *app) list(ctx context.Context, f *flags, l *listing) error {
	out, err := a.narrowing(f, l)
	if err != nil {
		return err
	}
	filter, explain, err := a.filtering(f, false)
	if err != nil {
		return err
	}
	conn, plan, err := a.ask(ctx, f)
	if err != nil {
		return err
	}
	defer conn.close()
	spool, err := a.openSpool(f.spool)
	if err != nil {
		return err
	}
	defer spool.Close()
	p := a.newProgress(conn.api)
	defer p.clear()
	o := a.exportOptions(f, l)
	o.Extra = out.extra(export.Format(l.format), o.Width)
	if out.Writer, err = export.New(export.Format(l.format), listOutput{a, p}, o); err != nil {
		return err
	}
	for _, note := range plan.Notes {
		p.note(note)
	}
	s := &sieve{ctx: ctx, filter: filter, explain: explain, many: aPage, Writer: out}
	r := &reading{app: a, api: conn.api, plan: plan, progress: p, out: kept{spool, s}}
	a.last.set(p.clear, func() { p.clear(); _ = r.interrupted() })
	if l.all {
		err = r.all(ctx)
	} else {
		err = r.page(ctx)
	}
	if errors.Is(err, errReaderGone) {
		return err
	}
	if closing := r.out.Close(); err == nil || errors.Is(closing, errReaderGone) {
		err = closing
	}
	p.clear()
	if !filter.Empty() {
		a.say(a.lang.Say(words.FilteredHere, words.Number(s.fit), words.RowCount(a.lang, int(s.came.Load()))))
	}
	if text := out.said(); text != "" {
		a.say(text)
	}
	if ctx.Err() != nil {
		return r.interrupted()
	}
	return r.ending(err)
}

// ask plans what the flags ask for. No call is made yet.
func (a *app) ask(ctx context.Context, f *flags) (*connection, sendcloud.Plan, error) {
	q, err := a.query(f)
	if err != nil {
		return nil, sendcloud.Plan{}, err
	}
	cfg, err := a.loaded(f.config)
	if err != nil {
		return nil, sendcloud.Plan{}, err
	}
	if wrong := q.Validate(a.now(), cfg.lookback(f)); len(wrong) > 0 { // before a key is asked for
		return nil, sendcloud.Plan{}, wrong[0]
	}
	conn, err := a.connect(ctx, f, cfg)
	if err != nil {
		return nil, sendcloud.Plan{}, err
	}
	plan, err := conn.api.Plan(q)
	if err != nil {
		conn.close()
	}
	return conn, plan, err
}

func (a *app) exportOptions(f *flags, l *listing) export.Options {
	o := export.Options{BOM: l.bom, Terminal: terminal(a.Out), ASCII: a.ascii(f), Lang: a.lang}
	if o.Terminal {
		o.Width = columns(a.Out)
		a.checkLocale()
	}
	return o
}

// listOutput is standard output, shared with a progress line where both are
// the same terminal. A reader that went away is no failure.
type listOutput struct {
	app      *app
	progress *progress
}

func (o listOutput) Write(b []byte) (int, error) {
	o.progress.makeRoom()
	n, err := o.app.Out.Write(b)
	return n, o.app.output(err)
}

// output makes an error of standard output one of ours.
func (a *app) output(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, syscall.EPIPE):
		return errReaderGone
	}
	return &failure{exitFailed, words.WriteFailed, []any{reason(err)}}
}

// reading is one run of list.
type reading struct {
	app      *app
	api      *sendcloud.Client
	plan     sendcloud.Plan
	progress *progress
	out      export.Writer
	gaps     []sendcloud.Incomplete
}

// page writes one page.
func (r *reading) page(ctx context.Context) error {
	start, limit := r.plan.Query.Start, r.plan.Query.Limit
	if limit == 0 {
		limit = 100
	}
	page, err := r.api.Page(ctx, r.plan, start, limit, false, r.progress.watch)
	r.progress.announce(page.Total, page.AtMost, page.AtLeast)
	for _, record := range page.Records {
		if writing := r.write(record); writing != nil {
			return writing
		}
	}
	r.notes(page.Notes)
	if err == nil && (page.AtLeast || page.Total > len(page.Records)) && len(page.Records) > 0 {
		r.progress.aside(r.app.lang.Say(words.PageOf, words.Number(page.Start+1), words.Number(page.Start+len(page.Records)), r.progress.totalText()))
	}
	return err
}

// all writes every row as it comes.
func (r *reading) all(ctx context.Context) error {
	walk := r.api.All(r.plan, r.progress.watch)
	r.progress.follow(walk.Summary)
	for record, err := range walk.Records(ctx) {
		if err == nil {
			err = r.write(record)
		}
		if err != nil {
			r.gaps = walk.Summary().Incomplete
			return err
		}
	}
	s := walk.Summary()
	r.notes(s.Notes)
	r.gaps = s.Incomplete
	if s.Empty > 0 {
		r.app.say(r.app.lang.Say(words.FetchEmpty, words.RowCount(r.app.lang, s.Empty)))
	}
	return ctx.Err()
}

func (r *reading) write(record sendcloud.Record) error {
	err := r.out.Write(record)
	if err == nil {
		r.progress.row()
	}
	return err
}

// notes says what only the answers could tell.
func (r *reading) notes(notes []sendcloud.Note) {
	for _, n := range notes {
		if !slices.Contains(r.plan.Notes, n) {
			r.progress.note(n)
		}
	}
}

// interrupted says how far the reading came.
func (r *reading) interrupted() error {
	r.app.say(r.came(r.app.lang.Say(words.Interrupted)))
	return ended(exitDone) // the signal decides
}

// ending says what came of the reading: a failure, rows that may be missing,
// or nothing to say.
func (r *reading) ending(err error) error {
	var (
		param   *sendcloud.ParameterError
		refused *sendcloud.CredentialsError
		bug     *sendcloud.PanicError
		writing *failure
	)
	switch {
	case err == nil && len(r.gaps) == 0:
		return nil
	case err == nil:
		r.app.say(r.came(r.app.lang.Say(words.Incomplete)) + r.windows(""))
	case errors.As(err, &bug), errors.As(err, &param) && param.Reason != sendcloud.RefusedByService:
		return err
	case errors.As(err, &refused):
		if rows, _, _, _ := r.progress.counts(); rows == 0 {
			return err
		}
		r.app.say(r.came(r.app.sentence(err)))
		return ended(exitCredentials)
	case errors.As(err, &writing):
		r.app.say(r.came(writing.say(r.app.lang)))
		return ended(writing.status)
	default:
		said := r.app.sentence(err)
		r.app.say(r.came(said) + r.windows(said))
	}
	return ended(exitFailed)
}

// came is what happened with how many rows came of how many.
func (r *reading) came(what string) string {
	l := r.app.lang
	came, total, known, atMost := r.progress.counts()
	rows := func(n int) string { return l.Plural(n, words.Rows[0], words.Rows[1], words.Rows[2]) }
	missing, more := r.progress.missing(total - came)
	switch {
	case came == 0 && total == 0:
		return l.Say(words.CameNothing, what)
	case !known:
		return l.Say(words.CameUnknown, what, rows(came))
	case atMost:
		return l.Say(words.CameAtMost, what, words.Number(came), rows(total))
	case missing <= 0 && more:
		return l.Say(words.CameUnknown, what, rows(came))
	case missing <= 0:
		return l.Say(words.CameAll, what, rows(came))
	case more:
		return l.Say(words.CameOfMore, what, words.Number(total-missing), rows(total), words.Number(missing))
	}
	return l.Say(words.CameOf, what, words.Number(total-missing), rows(total), words.Number(missing))
}

// windows lists the windows of which rows may be missing. What was said
// already is not said again for each.
func (r *reading) windows(said string) string {
	const most = 4
	l := r.app.lang
	var texts []string
	for _, g := range r.gaps {
		why := words.KeptMoving
		if g.Err != nil {
			why = words.Sentence{EN: r.app.sentence(g.Err), ZH: r.app.sentence(g.Err)}
		}
		switch reason := l.Say(why); {
		case len(texts) == most:
			texts = append(texts, "…")
		case len(texts) > most, reason == said && g.Announced == 0:
		case reason == said:
			texts = append(texts, words.GapIn(l, g))
		default:
			texts = append(texts, l.Say(words.GapBecause, words.GapIn(l, g), reason))
		}
	}
	if len(texts) == 0 {
		return ""
	}
	return l.Say(words.WindowList, strings.Join(texts, l.Say(words.ListItem)))
}
