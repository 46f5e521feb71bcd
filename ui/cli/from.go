package cli

import (
	"context"
	"errors"
	"io"
	"os"
	"slices"
	"sync/atomic"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/pattern"
	"bounceboard/sendcloud/recordset"
	"bounceboard/ui/export"
	"bounceboard/ui/words"
)

// fromAlone refuses what asks the service beside --from.
func fromAlone(cmd *cobra.Command) error {
	if !cmd.Flags().Changed("from") {
		return nil
	}
	asking := []string{"demo", "profile", "base-url", "calls-per-minute", "spool"}
	for _, name := range filters {
		asking = append(asking, name)
	}
	slices.Sort(asking)
	for _, name := range asking {
		if f := cmd.Flags().Lookup(name); f != nil && f.Changed {
			return usage(words.FromAlone, "--"+name)
		}
	}
	return nil
}

// rowFilter reads --filter; without one every row fits.
func (a *app) rowFilter(f *flags) (recordset.Filter, error) {
	filter, err := recordset.ParseFilter(f.filter, a.now())
	var wrong *recordset.FilterError
	if errors.As(err, &wrong) {
		why := words.FilterError(a.lang, wrong)
		if cure := words.FilterCure(a.lang, wrong); cure != "" {
			why += a.lang.Say(words.ListItem) + cure
		}
		return filter, usage(words.FilterWrong, utf8.RuneCountInString(f.filter[:wrong.Start])+1, why)
	}
	return filter, err
}

// openRows opens the file of --from, - is standard input, instead of a
// connection.
func (a *app) openRows(f *flags) (in io.ReadCloser, name string, err error) {
	if _, err := a.loaded(f.config); err != nil {
		return nil, "", err
	}
	if err := a.openLog(f.logFile); err != nil {
		return nil, "", err
	}
	path := f.from
	if path == "-" {
		a.inputRead = true
		return io.NopCloser(a.In), a.lang.Say(words.StandardInput), nil
	}
	file, err := os.Open(path)
	if err == nil {
		var about os.FileInfo
		if about, err = file.Stat(); err == nil && about.IsDir() {
			err = &os.PathError{Op: "read", Path: path, Err: errDirectory}
		}
	}
	if err != nil {
		return nil, "", usage(words.FileUnread, "--from", path, reason(err))
	}
	return file, path, nil
}

var errDirectory = errors.New("is a directory")

// patternOf is the id of the pattern of a record's reply.
func patternOf(r sendcloud.Record) string {
	text, _ := pattern.Of(r.SendLog)
	return string(pattern.IDOf(text))
}

// sieve passes on the rows that fit a filter. It looks at some rows together,
// so that it needs memory for these alone.
type sieve struct {
	ctx     context.Context
	filter  recordset.Filter
	explain recordset.Explain
	many    int // rows looked at together
	set     *recordset.Set
	export.Writer
	came atomic.Int64 // rows; asked from outside when the reading is interrupted
	fit  int
}

// aPage is how many rows of the service are looked at together: what one call
// brings waits for no other.
const aPage = 100

func (s *sieve) Write(r sendcloud.Record) error {
	if s.filter.Empty() {
		return s.Writer.Write(r)
	}
	if s.set == nil {
		s.set = recordset.New(s.explain)
	}
	s.set.Append(r)
	if s.set.Len() < s.many {
		return nil
	}
	return s.flush()
}

// flush passes on what fits of the rows that wait.
func (s *sieve) flush() error {
	if s.set == nil {
		return nil
	}
	// An interrupt ends the reading; what came is still passed on.
	snap, n, err := narrowed(context.WithoutCancel(s.ctx), s.set, s.filter)
	s.set = nil
	if err != nil {
		return err
	}
	s.came.Add(int64(snap.Len()))
	s.fit += n.Rows.Len()
	for row := range n.Rows.Rows() {
		if err := s.Writer.Write(snap.Record(row)); err != nil {
			return err
		}
	}
	return nil
}

func (s *sieve) Close() error {
	err := s.flush()
	if closing := s.Writer.Close(); err == nil {
		err = closing
	}
	return err
}

// narrowed applies a filter to all rows of a set, after mining them where the
// filter is about what that finds.
func narrowed(ctx context.Context, set *recordset.Set, filter recordset.Filter) (recordset.Snapshot, *recordset.Narrowed, error) {
	snap := set.Snapshot()
	n, err := snap.Narrow(ctx, filter, nil)
	if err == nil && n.Covered < snap.Len() {
		if err = set.Mine(ctx); err == nil {
			snap = set.Snapshot()
			n, err = snap.Narrow(ctx, filter, nil)
		}
	}
	return snap, n, err
}
