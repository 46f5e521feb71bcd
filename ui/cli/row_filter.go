package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"unicode/utf8"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
	"bounceboard/sendcloud/recordset"
	"bounceboard/ui/words"
)

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

// newRowFilter builds the filter from the flags. It loads the bounce rules only if there is a filter or explain is
// set, so a broken rules file does not stop a command that needs none.
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

// aPage is how many rows are filtered at a time. It is the size of one page, so the rows of one call never wait for
// the next call.
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
