package cli

import (
	"cmp"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
	"bounceboard/sendcloud/rate"
	"bounceboard/sendcloud/recordset"
	"bounceboard/sendcloud/rowjson"
	"bounceboard/ui/cell"
	"bounceboard/ui/export"
	"bounceboard/ui/words"
)

// formatFlag is the format of rows, or of numbers about rows.
func formatFlag(s *flagSet, o *options, rows bool) {
	formats := names(export.Formats())
	if rows {
		formats = append(formats, string(export.XLSX))
	}
	s.choice(&o.format, "format", formats...)
}

// checkFormat fills in the format, by the name of the file of --out where there is one, and refuses what does not go
// with it.
func checkFormat(c *console, o *options) error {
	if o.format == "" {
		o.format = string(export.NDJSON)
		if known := append(export.Formats(), export.XLSX); slices.Contains(known, export.Format(strings.TrimPrefix(filepath.Ext(o.out), "."))) {
			o.format = filepath.Ext(o.out)[1:]
		} else if o.out == "" && terminal(c.Out) {
			o.format = string(export.Table)
		}
	}
	switch f := export.Format(o.format); {
	case o.bom && f != export.CSV:
		return usage(words.BomWithoutCSV)
	case f == export.XLSX && o.out == "":
		return usage(words.XLSXNeedsOut)
	case len(o.columns) > 0 && (f == export.JSONArray || f == export.NDJSON):
		return usage(words.ColumnsNot, o.format)
	}
	return nil
}

// outputFlags are those of the commands that write rows.
func outputFlags(s *flagSet, o *options) {
	s.yes(&o.bom, "bom")
	s.text(&o.out, "out")
	known := slices.Clone(rowjson.Names)
	for _, c := range append(export.ExplainColumns(s.lang, nil), export.TableColumns(s.lang, nil)...) {
		if !slices.Contains(known, c.Name) {
			known = append(known, c.Name)
		}
	}
	s.choices(func(v string) {
		o.columns = append(o.columns, v)
		o.explain = o.explain || !slices.Contains(rowjson.Names, v)
	}, "columns", known, ", ", nil)
}

// rowsOut writes rows as --format, --columns and --out ask for.
type rowsOut struct {
	export.Rows
	*stdout
	file *os.File // of --out
	rows int
	text bool // what is written are no rows
}

func (w *rowsOut) row(r sendcloud.Record) error {
	w.rows++
	return w.Rows.Write(r)
}

// write writes rows that came together.
func (w *rowsOut) write(rows []sendcloud.Record) error {
	for _, r := range rows {
		if err := w.row(r); err != nil {
			return err
		}
	}
	return w.flush()
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
		explain := func(r sendcloud.Record) bounce.Explanation { return rules.Explain(recordset.InputOf(r)) }
		e.Extra = export.ExplainColumns(c.lang, explain)
		if len(o.columns) > 0 {
			e.Extra = append(e.Extra, export.TableColumns(c.lang, explain)...)
		}
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

// close ends the output behind an error, or nil. A file to which no row came before an error goes: it would be in the way
// of the next try.
func (w *rowsOut) close(err error) error {
	if w.file != nil && err != nil && w.rows == 0 {
		return cmp.Or(os.Remove(w.file.Name()), w.file.Close())
	}
	closing := w.flush()
	if !w.text {
		closing = cmp.Or(closing, w.Rows.Close(), w.flush())
	}
	if w.file != nil {
		closing = cmp.Or(closing, w.file.Close())
	}
	return closing
}

// rateColumns say how much of the mail failed, with the 95 % interval; there are none where no value has a rate.
func rateColumns(l words.Lang, numbers []number) []export.Column[number] {
	if !slices.ContainsFunc(numbers, func(x number) bool { return x.failed.All > 0 }) {
		return nil
	}
	column := func(name string, value func(rate.Rate) any) export.Column[number] {
		return export.Column[number]{Name: name, Value: func(x number) any {
			if x.failed.All == 0 { // that number did not come
				return nil
			}
			return value(x.failed)
		}}
	}
	failed := column("failed", func(r rate.Rate) any { return r.Failed })
	failed.Head, failed.Fit = l.Say(words.LabelFailed), cell.Style.FitRight
	failed.Text = func(x number) string { return words.Number(x.failed.Failed) }
	share := column("rate", func(r rate.Rate) any { return rounded(r.Share) })
	share.Head, share.Fit = l.Say(words.LabelRate), cell.Style.FitRight
	share.Text = func(x number) string { return words.Rate(x.failed) }
	return []export.Column[number]{failed, column("all", func(r rate.Rate) any { return r.All }), share,
		column("low", func(r rate.Rate) any { return rounded(r.Low) }), column("high", func(r rate.Rate) any { return rounded(r.High) })}
}

// failures returns, for each value shown, the cells whose sum is the failed mail. There are none where the query
// leaves out statuses: failures alone tell no rate.
func (n *counting) failures(plan sendcloud.Plan, shown map[string][]sendcloud.Cell) map[string][]sendcloud.Cell {
	of := map[string][]sendcloud.Cell{}
	if !n.rates() || len(plan.Query.Statuses)+len(plan.Query.SubStatuses) > 0 {
		return of
	}
	for value, cells := range shown {
		for _, cell := range cells {
			for _, status := range []sendcloud.Status{sendcloud.Invalid, sendcloud.SoftBounce} {
				cell.Status = status
				of[value] = append(of[value], cell)
			}
		}
	}
	return of
}
