package cli

import (
	"context"
	"errors"
	"io"
	"os"
	"runtime/debug"
	"strings"
	"syscall"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/recordset"
	"bounceboard/ui/cli/config"
	"bounceboard/ui/words"
)

// fileRows are the rows of the files of --from, read one after the other. Each email id counts once.
type fileRows struct {
	c      *console
	in     io.Reader
	files  []io.Closer
	name   string // of the files, for sentences
	reader *recordset.Reader
}

// openFiles opens the files of --from; - is standard input.
func openFiles(c *console, o *options) (*fileRows, error) {
	if _, err := c.begin(o); err != nil {
		return nil, err
	}
	f := &fileRows{c: c}
	var parts []io.Reader
	var titles []string
	for _, path := range o.from {
		in, err := f.open(path)
		if err != nil {
			f.close()
			return nil, err
		}
		if path == "-" {
			path = c.words(words.StandardInput)
		}
		parts, titles = append(parts, in), append(titles, path)
	}
	f.in, f.name = parts[0], strings.Join(titles, ", ")
	if len(parts) > 1 {
		f.in = recordset.Files(parts)
	}
	return f, nil
}

func (f *fileRows) open(path string) (io.Reader, error) {
	if path == "-" && f.c.inputRead {
		return nil, usage(words.StdinTwice, "--from")
	} else if path == "-" {
		f.c.inputRead = true
		return f.c.In, nil
	}
	file, err := os.Open(path)
	if err == nil {
		f.files = append(f.files, file)
		if about, statErr := file.Stat(); statErr != nil || !about.IsDir() {
			return file, nil
		}
		err = syscall.EISDIR
	}
	return nil, usage(words.FileUnread, "--from", path, config.Reason(err))
}

func (f *fileRows) close() {
	for _, file := range f.files {
		_ = file.Close()
	}
}

// fileGC collects garbage seldom: the command ends with its file, and most of what it holds stays.
const fileGC = 400

// stream is where list --from gets its speed: the reader scans the files in parallel and filters as it reads.
func (f *fileRows) stream(ctx context.Context, keep *rowFilter, take func([]sendcloud.Record) error) error {
	f.reader = recordset.NewReader(nil)
	debug.SetGCPercent(fileGC)
	f.c.lastWords(func() { _ = f.interrupted(keep) })
	return f.reader.Scan(ctx, f.in, keep.filter, keep.explain, func(rows []sendcloud.Record) error {
		keep.passed(len(rows), len(rows))
		return take(rows)
	})
}

// gather is fast for count and patterns --from because it skips the columns nobody needs.
func (f *fileRows) gather(ctx context.Context, set *recordset.Set, need recordset.Columns, mine bool) (covers string, incomplete, err error) {
	f.reader = recordset.NewReader(set)
	debug.SetGCPercent(fileGC)
	if !mine {
		f.reader.Only(need)
	}
	f.c.lastWords(func() { _ = f.interrupted(nil) })
	err = f.reader.Read(ctx, f.in)
	if ctx.Err() == nil {
		incomplete = f.said(err)
	} else {
		f.c.lastWords(func() {})
		incomplete = f.interrupted(nil)
	}
	return f.c.words(words.CoversFile, words.RowCount(f.c.lang, set.Len()), f.name), incomplete, nil
}

// interrupted says how far the reading came.
func (f *fileRows) interrupted(keep *rowFilter) error {
	rows := f.reader.Reading().Rows
	if keep != nil && keep.filter.Empty() {
		rows = int(keep.came.Load())
	}
	f.c.say(f.c.words(words.CameAll, f.c.words(words.Interrupted), words.RowCount(f.c.lang, rows)))
	return ended(exitDone) // the signal decides
}

func (f *fileRows) ending(ctx context.Context, keep *rowFilter, err error) error {
	if fail := (failure{}); errors.As(err, &fail) { // the output could not be written
		return err
	}
	got := f.reader.Reading()
	if !keep.filter.Empty() {
		f.c.say(f.c.words(words.Labelling, keep.flags, words.Fit(f.c.lang, keep.fit, got.Rows)))
	}
	if ctx.Err() != nil {
		return f.interrupted(keep)
	}
	if got.Newer > 0 {
		f.c.say(f.c.words(words.FirstStateStays, words.RowCount(f.c.lang, got.Newer)))
	}
	return f.said(err)
}

// said says which rows came twice, and what could not be read: rows may be missing then.
func (f *fileRows) said(err error) error {
	c, got := f.c, f.reader.Reading()
	if got.Repeated > 0 {
		c.say(c.words(words.FileRepeats, f.name, words.RowCount(c.lang, got.Repeated)))
	}
	incomplete := got.Damaged > 0 || got.Cut
	if incomplete {
		c.say(words.DamagedFile(c.lang, f.name, got))
	}
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, context.Canceled) {
		incomplete = true
		c.say(c.words(words.FileEnds, f.name, config.Reason(err)))
	}
	if incomplete {
		return ended(exitFailed)
	}
	return nil
}
