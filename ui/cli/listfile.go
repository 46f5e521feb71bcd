package cli

import (
	"context"
	"errors"
	"io"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/recordset"
	"bounceboard/ui/export"
	"bounceboard/ui/words"
)

// listFile writes the rows of a file that fit, as they are read.
func (a *app) listFile(ctx context.Context, f *flags, l *listing) error {
	out, err := a.narrowing(f, l)
	if err != nil {
		return err
	}
	filter, explain, err := a.filtering(f, false)
	if err != nil {
		return err
	}
	in, name, err := a.openRows(f)
	if err != nil {
		return err
	}
	defer in.Close()
	o := a.exportOptions(f, l)
	o.Extra = out.extra(export.Format(l.format), o.Width)
	lumps := &wholeRows{w: listOutput{a, a.newProgress(nil)}}
	if out.Writer, err = export.New(export.Format(l.format), lumps, o); err != nil {
		return err
	}
	file := recordset.NewReader(nil)
	interrupted := func() error {
		a.say(a.lang.Say(words.CameUnknown, a.lang.Say(words.Interrupted), words.RowCount(a.lang, file.Reading().Rows)))
		return ended(exitDone) // the signal decides
	}
	a.last.set(func() {}, func() { _ = interrupted() })
	fit := 0
	var writing error
	err = file.Scan(ctx, in, filter, explain, func(rows []sendcloud.Record) error {
		fit += len(rows)
		for _, r := range rows {
			if writing = out.Write(r); writing != nil {
				return writing
			}
		}
		writing = lumps.flush()
		return writing
	})
	if writing != nil {
		return writing
	}
	closing := out.Close()
	if last := lumps.flush(); closing == nil {
		closing = last
	}
	if closing != nil {
		return closing
	}
	if !filter.Empty() {
		a.say(a.lang.Say(words.FilteredFile, words.Number(fit), words.RowCount(a.lang, file.Reading().Rows)))
	}
	if text := out.said(); text != "" {
		a.say(text)
	}
	if ctx.Err() != nil {
		return interrupted()
	}
	got := file.Reading()
	if got.Newer > 0 {
		a.say(a.lang.Say(words.FirstStateStays, words.RowCount(a.lang, got.Newer)))
	}
	return a.fileEnding(name, got, err)
}

// fileEnding says which rows of a file came twice, and what could not be read:
// rows may be missing.
func (a *app) fileEnding(name string, got recordset.Reading, err error) error {
	if got.Repeated > 0 {
		a.say(a.lang.Say(words.FileRepeats, name, words.RowCount(a.lang, got.Repeated)))
	}
	incomplete := got.Damaged > 0 || got.Cut
	if incomplete {
		a.say(words.DamagedFile(a.lang, name, got))
	}
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, context.Canceled) {
		incomplete = true
		a.say(a.lang.Say(words.FileEnds, name, reason(err)))
	}
	if incomplete {
		return ended(exitFailed)
	}
	return nil
}

// wholeRows passes on many rows with one write, and nothing but whole ones.
type wholeRows struct {
	w   io.Writer
	buf []byte
}

func (w *wholeRows) Write(b []byte) (int, error) {
	w.buf = append(w.buf, b...)
	if len(w.buf) >= 64<<10 {
		return len(b), w.flush()
	}
	return len(b), nil
}

func (w *wholeRows) flush() error {
	if len(w.buf) == 0 {
		return nil
	}
	_, err := w.w.Write(w.buf)
	w.buf = w.buf[:0]
	return err
}
