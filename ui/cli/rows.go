package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
	"bounceboard/sendcloud/recordset"
	"bounceboard/ui/cli/config"
	"bounceboard/ui/export"
	"bounceboard/ui/words"
)

// source is where rows come from: the service (serviceRows) or files (fileRows).
type source interface {
	// stream passes on the rows that fit the filter, in the source's order, as they come. The rows belong to take until it returns.
	stream(ctx context.Context, keep *rowFilter, take func([]sendcloud.Record) error) error
	// gather reads every row into set. need lists the columns in use; others need not be kept. With mine the rows are mined, too.
	gather(ctx context.Context, set *recordset.Set, need recordset.Columns, mine bool) error
	// ending says on standard error what came and what is missing, and returns the exit status. keep is nil after gather.
	ending(ctx context.Context, keep *rowFilter, err error) error
	// covers is the sentence that says which rows a number was counted over.
	covers(rows int) string
	close()
}

// openRows makes the filter, and opens the files of --from or plans what the flags ask of the service. No call is made yet.
func openRows(ctx context.Context, c *console, o *options, explain bool) (keep *rowFilter, src source, err error) {
	keep, err = newRowFilter(c, o, explain)
	if err == nil && len(o.from) > 0 {
		src, err = openFiles(c, o)
	} else if err == nil {
		src, err = openService(ctx, c, o)
	}
	return keep, src, err
}

// overRows reads every row, has write write about those that fit the filter, and says what that covers. write looks at the
// columns of need, and with mine at what replies mean.
func overRows(ctx context.Context, c *console, o *options, need recordset.Columns, mine bool, write func(recordset.Snapshot, recordset.Selection) error) error {
	keep, src, err := openRows(ctx, c, o, mine)
	if err != nil {
		return err
	}
	defer src.close()
	need |= keep.filter.Columns() | recordset.ColumnsOf(recordset.ByDay) // the day for the span
	set := recordset.New(keep.explain)
	incomplete := src.ending(ctx, nil, src.gather(ctx, set, need, mine || keep.filter.NeedsMining()))
	// What came before an interrupt is counted, as long as the process is left the time.
	snap, rows, err := keep.apply(context.WithoutCancel(ctx), set, mine)
	if err == nil {
		err = write(snap, rows)
	}
	if err != nil || incomplete != nil && set.Len() == 0 {
		return cmp.Or(incomplete, err)
	}
	covers := src.covers(set.Len())
	if first, last := snap.Span(); !first.IsZero() {
		covers += c.words(words.CoversSpan, export.Minute(first), export.Minute(last))
	}
	c.say(covers)
	keep.fit = rows.Len()
	keep.tell(c, words.FilteredRows, set.Len())
	return incomplete
}

// rowFilter passes on the rows that fit --filter, --cause and --permanence.
type rowFilter struct {
	filter  recordset.Filter
	text    string // of --filter
	explain recordset.Explain
	rules   *bounce.Rules // nil where nothing is explained
	fit     int           // rows passed on
}

// newRowFilter builds the filter from the flags. It loads the bounce rules only if the filter looks at what they say, or
// explain is set: a broken rules file does not stop a command that needs none, and to read them takes a moment.
func newRowFilter(c *console, o *options, explain bool) (*rowFilter, error) {
	k := &rowFilter{text: strings.Join(o.filters, " ")}
	parts := slices.Clone(o.filters)
	if len(o.causes) > 0 {
		parts = append(parts, "cause:"+strings.Join(o.causes, ","))
	}
	if len(o.permanences) > 0 {
		parts = append(parts, "perm:"+strings.Join(o.permanences, ","))
	}
	for i, part := range parts {
		if len(parts) > 1 && strings.ContainsAny(part, "|｜") { // an "or" needs parentheses before other parts stand beside it
			parts[i] = "(" + part + ")"
		}
	}
	terms := strings.Join(parts, " ")
	filter, err := recordset.ParseFilter(terms, c.now())
	if wrong, ok := errors.AsType[*recordset.FilterError](err); ok {
		why := words.FilterError(c.lang, wrong)
		if cure := words.FilterCure(c.lang, wrong); cure != "" {
			why += c.words(words.ListItem) + cure
		}
		return nil, usage(words.FilterWrong, utf8.RuneCountInString(terms[:wrong.Start])+1, why)
	} else if err != nil {
		return k, err
	}
	if k.filter = filter; !explain && !slices.ContainsFunc(recordset.ListColumns(), func(c recordset.Column) bool {
		return c.NeedsMining() && filter.Columns()&recordset.ColumnsOf(c) != 0
	}) {
		return k, nil
	}
	k.rules, err = loadRules(c, "")
	k.explain = recordset.ByRules(k.rules)
	return k, err
}

// tell says how many rows fit. If none did and the filter looks like a regular expression, it says how to write one.
func (k *rowFilter) tell(c *console, what words.Sentence, came int) {
	if k != nil && !k.filter.Empty() {
		c.say(c.words(what, words.Fit(c.lang, k.fit, came)))
	}
	if k != nil && k.fit == 0 && words.LooksLikeRegexp(k.text) {
		c.say(c.words(words.FilterRegexp, k.text))
	}
}

// unreadable counts the times and codes of a row that cannot be read.
func unreadable(r sendcloud.Record) int {
	return min(1, len(r.RequestText)) + min(1, len(r.ModifiedText)) + min(1, len(r.SubStatusText))
}

func (c *console) sayUnread(values int) {
	if values > 0 {
		c.say(c.words(words.ValuesUnread, words.Number(values)))
	}
}

func names[T any](all []T) (s []string) {
	for _, t := range all {
		s = append(s, fmt.Sprint(t))
	}
	return s
}

// holds reports whether the filter holds for a row that came alone.
func (k *rowFilter) holds(r sendcloud.Record) bool {
	if k == nil || k.filter.Empty() {
		return true
	}
	one := recordset.New(k.explain)
	one.Append(r)
	_, rows, _ := k.apply(context.Background(), one, false) // fails only where a context ends
	k.fit += rows.Len()
	return rows.Len() > 0
}

// apply applies the filter to all rows of a set. mine says that replies are taken apart even where it needs none.
func (k *rowFilter) apply(ctx context.Context, set *recordset.Set, mine bool) (recordset.Snapshot, recordset.Selection, error) {
	if mine || k.filter.NeedsMining() {
		if err := set.Mine(ctx); err != nil {
			return recordset.Snapshot{}, recordset.Selection{}, err
		}
	}
	snap := set.Snapshot()
	n, err := snap.Narrow(ctx, k.filter, nil)
	return snap, n.Rows, err
}

// fileRows are the rows of the files of --from, read one after the other. Each email id counts once.
type fileRows struct {
	c      *console
	in     io.Reader
	files  []io.Closer
	name   string // of the files, for sentences
	reader *recordset.Reader
	unread int // values of the rows passed on that cannot be read
}

func openFiles(c *console, o *options) (*fileRows, error) {
	if _, err := c.config(); err != nil {
		return nil, err
	}
	f := &fileRows{c: c}
	var parts []io.Reader
	var titles []string
	for _, path := range o.from {
		in, title, err := c.open("--from", path)
		if err != nil {
			f.close()
			return nil, err
		}
		if file, ok := in.(io.Closer); ok && in != c.In {
			f.files = append(f.files, file)
		}
		parts, titles = append(parts, in), append(titles, title)
	}
	f.in, f.name = parts[0], strings.Join(titles, ", ")
	if len(parts) > 1 {
		f.in = recordset.Files(parts)
	}
	return f, nil
}

func (f *fileRows) close() {
	for _, file := range f.files {
		_ = file.Close()
	}
}

// fileGC is a high target for the garbage collector: most memory stays in use until the command ends, so collecting is wasted.
const fileGC = 400

// stream is where list --from gets its speed: the reader scans the files in parallel and filters as it reads.
func (f *fileRows) stream(ctx context.Context, keep *rowFilter, take func([]sendcloud.Record) error) error {
	f.reader = recordset.NewReader(nil)
	debug.SetGCPercent(fileGC)
	f.c.lastWords(f.interrupted)
	return f.reader.Scan(ctx, f.in, keep.filter, keep.explain, func(rows []sendcloud.Record) error {
		keep.fit += len(rows)
		for _, r := range rows {
			f.unread += unreadable(r)
		}
		return take(rows)
	})
}

// gather is fast for count and patterns --from because it skips the columns nobody needs.
func (f *fileRows) gather(ctx context.Context, set *recordset.Set, need recordset.Columns, mine bool) error {
	f.reader = recordset.NewReader(set)
	debug.SetGCPercent(fileGC)
	if !mine {
		f.reader.Only(need)
	}
	f.c.lastWords(f.interrupted)
	return f.reader.Read(ctx, f.in)
}

func (f *fileRows) covers(rows int) string {
	return f.c.words(words.CoversFile, words.RowCount(f.c.lang, rows), f.name)
}

func (f *fileRows) interrupted() {
	f.c.say(f.c.words(words.CameAll, f.c.words(words.Interrupted), words.RowCount(f.c.lang, f.reader.Reading().Rows)))
}

// ending says which rows came twice, and what could not be read: rows may be missing then.
func (f *fileRows) ending(ctx context.Context, keep *rowFilter, err error) error {
	c, got := f.c, f.reader.Reading()
	if _, failed := errors.AsType[exit](err); failed { // the output could not be written
		return err
	}
	keep.tell(c, words.FilteredRows, got.Rows)
	if keep == nil { // every row was counted
		f.unread = got.Unreadable
	}
	c.sayUnread(f.unread)
	if got.Encoding != "" {
		c.say(c.words(words.FileDecoded, f.name, got.Encoding))
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if keep != nil && got.Newer > 0 {
		c.say(c.words(words.FirstStateStays, words.RowCount(c.lang, got.Newer)))
	}
	if got.Repeated > 0 {
		c.say(c.words(words.FileRepeats, f.name, words.RowCount(c.lang, got.Repeated)))
	}
	incomplete := error(nil)
	if got.Damaged > 0 || got.Cut {
		incomplete = ended(exitFailed)
		c.say(words.DamagedFile(c.lang, f.name, got))
	}
	if err != nil {
		incomplete = ended(exitFailed)
		c.say(c.words(words.FileEnds, f.name, config.Reason(err)))
	}
	return incomplete
}

func listCommand(c *console) *cobra.Command {
	o := &options{}
	return rowsCommand(c, o, "list [flags]", "", words.ListShort, words.ListLong, words.ListExamples, func(s *flagSet) {
		outputFlags(s, o)
		s.yes(&o.explain, "explain")
		valuesOf(s, &o.causes, "cause", recordset.ByCause)
		valuesOf(s, &o.permanences, "permanence", recordset.ByPermanence)
		s.text(&o.spool, "spool")
		s.yes(&o.resume, "resume")
		s.text(&o.missing, "missing")
	}, func(ctx context.Context, _ []string) error {
		keep, src, err := openRows(ctx, c, o, o.explain)
		if err != nil {
			return err
		}
		defer src.close()
		out, err := openOutput(c, o)
		if err != nil {
			return err
		}
		err = src.stream(ctx, keep, out.write)
		if closing := out.close(err); err == nil || errors.Is(closing, errReaderGone) {
			err = closing
		}
		if errors.Is(err, errReaderGone) {
			if o.spool == "" {
				return err
			}
			err = failed(words.ReaderGone) // the file of --spool is not whole
		}
		return src.ending(ctx, keep, err)
	})
}

// valuesOf makes a flag that takes values of a column, set apart by commas, under any name that the filter knows.
func valuesOf(s *flagSet, to *[]string, name string, column recordset.Column) {
	f := recordset.Field(column)
	s.choices(func(v string) { *to = append(*to, v) }, name, f.Values(), ",，、", func(v string) (string, bool) {
		_, err := recordset.ParseFilter(f.String()+`:"`+v+`"`, time.Time{})
		return `"` + v + `"`, err == nil
	})
}
