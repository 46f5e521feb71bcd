package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"syscall"
	"unicode/utf8"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
	"bounceboard/sendcloud/recordset"
	"bounceboard/ui/cli/config"
	"bounceboard/ui/export"
	"bounceboard/ui/words"
)

// source is where rows come from: the service (serviceRows) or files (fileRows).
type source interface {
	// stream passes on the rows that fit the filter, in the source's order, as they come. The rows belong to
	// take until it returns.
	stream(ctx context.Context, keep *rowFilter, take func([]sendcloud.Record) error) error
	// gather reads every row into set. need are the columns
	// that somebody looks at. covers says how many rows came, "" where none did; incomplete is the exit status
	// of a reading that may lack rows, after that was said.
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

// rowFilter passes on the rows that fit --filter, --cause and --permanence.
type rowFilter struct {
	filter  recordset.Filter
	explain recordset.Explain
	rules   *bounce.Rules // nil where nothing is explained
	flags   string        // that it was made of, as they are called in a sentence

	wait *recordset.Set // rows that came one by one and are looked at together
	came atomic.Int64   // rows; read by another goroutine when the command is interrupted
	fit  int
}

// newRowFilter reads the flags, and the rules that its terms or explain need; rules that nobody needs stop nothing.
func newRowFilter(c *console, o *options, explain bool) (*rowFilter, error) {
	k := &rowFilter{}
	terms, flags := strings.Join(o.filters, " "), []string(nil)
	if terms != "" {
		flags = []string{"--filter"}
	}
	for _, short := range []struct {
		flag, field   string
		values, known []string
	}{{"--cause", " cause:", o.causes, names(bounce.Causes())}, {"--permanence", " perm:", o.permanences, names(permanences)}} {
		if len(short.values) == 0 {
			continue
		}
		tokens := strings.Split(strings.ReplaceAll(strings.Join(short.values, ","), " ", ""), ",")
		for _, token := range tokens {
			if !slices.Contains(short.known, token) {
				return nil, usage(words.NotAChoice, short.flag, token, strings.Join(short.known, ", "))
			}
		}
		terms, flags = terms+short.field+strings.Join(tokens, ","), append(flags, short.flag)
	}
	filter, err := recordset.ParseFilter(terms, c.now())
	if wrong, ok := errors.AsType[*recordset.FilterError](err); ok {
		why := words.FilterError(c.lang, wrong)
		if cure := words.FilterCure(c.lang, wrong); cure != "" {
			why += c.words(words.ListItem) + cure
		}
		return nil, usage(words.FilterWrong, utf8.RuneCountInString(terms[:wrong.Start])+1, why)
	} else if err != nil {
		return nil, err
	}
	k.filter, k.flags = filter, strings.Join(flags, ", ")
	if filter.Empty() && !explain {
		return k, nil
	}
	if k.rules, err = loadRules(c, "", o.config); err != nil {
		return nil, err
	}
	k.explain = recordset.ByRules(k.rules)
	return k, nil
}

var permanences = []bounce.Permanence{bounce.Permanent, bounce.Temporary, bounce.Unknown, bounce.NoFailure}

// names are things as one types them.
func names[T any](all []T) []string {
	var s []string
	for _, t := range all {
		s = append(s, fmt.Sprint(t))
	}
	return s
}

// aPage is how many rows of the service are looked at together: what one call brings waits for no other.
const aPage = 100

// row takes a row that came alone, and passes on what fits.
func (k *rowFilter) row(r sendcloud.Record, take func([]sendcloud.Record) error) error {
	if k.filter.Empty() {
		k.passed(1, 1)
		return take([]sendcloud.Record{r})
	}
	if k.wait == nil {
		k.wait = recordset.New(k.explain)
	}
	k.wait.Append(r)
	if k.wait.Len() < aPage {
		return nil
	}
	return k.flush(take)
}

// flush passes on what fits of the rows that wait, after an interrupt, too.
func (k *rowFilter) flush(take func([]sendcloud.Record) error) error {
	if k.wait == nil {
		return nil
	}
	snap, rows, err := k.apply(context.Background(), k.wait, false)
	k.wait = nil
	if err != nil {
		return err
	}
	var fit []sendcloud.Record
	for row := range rows.Rows() {
		fit = append(fit, snap.Record(row))
	}
	k.passed(snap.Len(), len(fit))
	return take(fit)
}

func (k *rowFilter) passed(came, fit int) {
	k.came.Add(int64(came))
	k.fit += fit
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

// loadRules are the built-in rules behind those of the user: of the file given, else of rules.txt beside the
// configuration, which need not be there.
func loadRules(c *console, given, configPath string) (*bounce.Rules, error) {
	path := given
	if path == "" {
		file, err := c.config(configPath)
		if err != nil {
			return nil, err
		}
		if file.Path == "" {
			return bounce.Default(), nil
		}
		path = filepath.Join(filepath.Dir(file.Path), "rules.txt")
	}
	f, err := os.Open(path)
	if err != nil {
		if given == "" && (errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR)) {
			return bounce.Default(), nil
		}
		return nil, usage(words.FileUnread, "--rules", path, config.Reason(err))
	}
	defer f.Close()
	rules, err := bounce.Default().Add(path, f)
	if wrong, ok := errors.AsType[*bounce.RuleError](err); ok {
		return nil, usage(words.RulesWrong, wrong.In(string(c.lang)))
	} else if err != nil {
		return nil, usage(words.FileUnread, "--rules", path, config.Reason(err))
	}
	return rules, nil
}
