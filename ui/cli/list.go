package cli

import (
	"cmp"
	"context"
	"errors"
	"os"
	"slices"

	"github.com/spf13/cobra"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
	"bounceboard/sendcloud/recordset"
	"bounceboard/sendcloud/rowjson"
	"bounceboard/ui/export"
	"bounceboard/ui/words"
)

func listCommand(c *console) *cobra.Command {
	o := &options{}
	return rowsCommand(c, o, "list [flags]", "", words.ListShort, words.ListLong, words.ListExamples, func(s *flagSet) {
		outputFlags(s, o)
		s.yes(&o.explain, "explain")
		s.choices(func(v string) { o.causes = append(o.causes, v) }, "cause", names(bounce.Causes()), ", ")
		s.choices(func(v string) { o.permanences = append(o.permanences, v) }, "permanence", recordset.Field(recordset.ByPermanence).Values(), ", ")
		s.text(&o.spool, "spool")
		s.text(&o.missing, "missing")
	}, func(ctx context.Context, _ []string) error { return list(ctx, c, o) })
}

// outputFlags are those of the commands that write rows.
func outputFlags(s *flagSet, o *options) {
	s.yes(&o.bom, "bom")
	s.text(&o.out, "out")
	known := slices.Clone(rowjson.Names)
	for _, c := range export.ExplainColumns(s.lang, nil) {
		known = append(known, c.Name)
	}
	s.choices(func(v string) {
		o.columns = append(o.columns, v)
		o.explain = o.explain || !slices.Contains(rowjson.Names, v)
	}, "columns", known, ", ")
}

// rowsOut writes rows as --format, --columns and --out ask for.
type rowsOut struct {
	export.Rows
	*stdout
	file *os.File // of --out
	text bool     // what is written are no rows
}

// openOutput makes the file of --out before anything is asked, so that it is known to be writable.
func openOutput(c *console, o *options) (*rowsOut, error) {
	e := exportOptions(c, o)
	e.Columns = o.columns
	if o.explain {
		rules, err := loadRules(c, "")
		if err != nil {
			return nil, err
		}
		e.Extra = export.ExplainColumns(c.lang, func(r sendcloud.Record) bounce.Explanation { return rules.Explain(recordset.InputOf(r)) })
	}
	w := &rowsOut{stdout: &stdout{c: c, to: c.Out}}
	if o.out != "" {
		file, err := os.OpenFile(o.out, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if err != nil {
			return nil, openError("--out", o.out, err)
		}
		w.file, w.to, e.Width = file, file, 0
	}
	var err error
	w.Rows, err = export.Open(export.Format(o.format), w.stdout, e)
	return w, err
}

// close ends the output. A file in which nothing stands goes: it would be in the way of the next try.
func (w *rowsOut) close() error {
	err := w.flush()
	if !w.text {
		err = cmp.Or(w.Rows.Close(), w.flush())
	}
	if w.file == nil {
		return err
	}
	if about, failed := w.file.Stat(); failed == nil && about.Size() == 0 {
		err = cmp.Or(err, os.Remove(w.file.Name()))
	}
	return cmp.Or(err, w.file.Close())
}

func list(ctx context.Context, c *console, o *options) error {
	keep, src, err := openRows(ctx, c, o, o.explain)
	if err != nil {
		return err
	}
	defer src.close()
	out, err := openOutput(c, o)
	if err != nil {
		return err
	}
	err = src.stream(ctx, keep, func(rows []sendcloud.Record) error {
		for _, r := range rows {
			if err := out.Rows.Write(r); err != nil {
				return err
			}
		}
		return out.flush()
	})
	if closing := out.close(); err == nil || errors.Is(closing, errReaderGone) {
		err = closing
	}
	if errors.Is(err, errReaderGone) {
		if o.spool == "" {
			return err
		}
		err = failed(words.ReaderGone) // the file of --spool is not whole
	}
	return src.ending(ctx, keep, err)
}
