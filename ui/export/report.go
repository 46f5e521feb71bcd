package export

import (
	"fmt"
	"io"

	"bounceboard/sendcloud/rowjson"
	"bounceboard/ui/cell"
)

// Report is numbers about rows: its lines are written like rows.
type Report struct {
	Columns []ReportColumn
	Lines   []ReportLine
}

// ReportColumn is a column of a report. Name is its key for programs, Head its head in a table; a column
// without a head is not in the table.
type ReportColumn struct {
	Name, Head string
	Right      bool // set to the right
	Most       int  // columns in a table at the most; 0: no limit
}

// ReportLine is a line of a report. Values, one a column, are what rowjson.AppendValue takes; Texts are what a
// table shows instead.
type ReportLine struct {
	Values []any
	Texts  []string
}

// WriteReport writes a report in a format. The rules for rows hold: whole lines, text as it came in JSON,
// harmless in a table and in a spreadsheet. Lists and objects are JSON in a cell of CSV.
func WriteReport(f Format, w io.Writer, r Report, o Options) error {
	out := output{w: w}
	switch f {
	case Table:
		return r.table(out, o)
	case CSV:
		c := csvLines{output: out, bom: o.BOM}
		for _, column := range r.Columns {
			c.head = append(c.head, column.Name)
		}
		for _, l := range r.Lines {
			if err := c.line(l.Values); err != nil {
				return err
			}
		}
		return c.Close()
	case NDJSON, JSONArray:
		j := jsonValues{output: out, lines: f == NDJSON}
		for _, l := range r.Lines {
			if err := j.write(func(b []byte) []byte { return rowjson.AppendValue(b, r.object(l)) }); err != nil {
				return err
			}
		}
		return j.Close()
	}
	return fmt.Errorf("no format %q", f)
}

func (r Report) object(l ReportLine) rowjson.Object {
	o := make(rowjson.Object, len(r.Columns))
	for i, c := range r.Columns {
		o[i] = rowjson.Member{Key: c.Name, Value: l.Values[i]}
	}
	return o
}

func (r Report) table(out output, o Options) error {
	t := tableLines{output: out, style: cell.Style{ASCII: o.ASCII}, width: o.Width}
	var shown []int // the columns of the report that are in the table
	for i, c := range r.Columns {
		if c.Head == "" {
			continue
		}
		width, fit := cell.Width(c.Head), t.style.Fit
		for _, l := range r.Lines {
			width = max(width, cell.Width(cell.Clean(l.Texts[i])))
		}
		if c.Most > 0 {
			width = min(width, c.Most)
		}
		if c.Right {
			fit = t.style.FitRight
		}
		shown = append(shown, i)
		t.columns = append(t.columns, tableColumn{head: c.Head, width: width, fit: fit})
	}
	for _, l := range r.Lines {
		if err := t.line(func(i int) string { return l.Texts[shown[i]] }); err != nil {
			return err
		}
	}
	return t.Close()
}
