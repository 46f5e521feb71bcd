package export

import (
	"fmt"
	"io"
	"strings"
	"time"

	"bounceboard/sendcloud/rowjson"
	"bounceboard/ui/cell"
)

// Report is numbers about rows: its lines are written like rows.
type Report struct {
	Columns []ReportColumn
	Lines   []ReportLine
}

// ReportColumn is a column of a report. Name is its key for programs, Head its
// head in a table; without one it is not in the table.
type ReportColumn struct {
	Name, Head string
	Right      bool // set to the right
	Most       int  // columns in a table at the most; 0: no limit
}

// ReportLine is a line of a report. Values, one a column, are nil, bool, int,
// float64 (finite), string, time.Time (zero is null), []any of these, or Object;
// Texts are what a table shows instead.
type ReportLine struct {
	Values []any
	Texts  []string
}

// Object is a JSON object, its keys in order.
type Object = rowjson.Object

// WriteReport writes a report in a format. The rules for rows hold: whole
// lines, text verbatim in JSON, harmless in a table and in a spreadsheet. Lists
// and objects are JSON in a cell of CSV.
func WriteReport(f Format, w io.Writer, r Report, o Options) error {
	out := output{w: w}
	switch f {
	case Table:
		return r.table(&out, o)
	case CSV:
		return r.csv(&out, o)
	case NDJSON:
		for _, l := range r.Lines {
			if err := out.send(append(rowjson.AppendValue(out.buf, r.object(l)), '\n')); err != nil {
				return err
			}
		}
		return nil
	case JSONArray:
		for i, l := range r.Lines {
			before := ",\n"
			if i == 0 {
				before = "[\n"
			}
			if err := out.send(rowjson.AppendValue(append(out.buf, before...), r.object(l))); err != nil {
				return err
			}
		}
		if len(r.Lines) == 0 {
			return out.send([]byte("[]\n"))
		}
		return out.send([]byte("\n]\n"))
	}
	return fmt.Errorf("no format %q", f)
}

func (r Report) object(l ReportLine) Object {
	o := make(Object, len(r.Columns))
	for i, c := range r.Columns {
		o[i] = rowjson.Member{Key: c.Name, Value: l.Values[i]}
	}
	return o
}

func (r Report) csv(out *output, o Options) error {
	c := &csvWriter{output: *out, opt: o}
	b := c.buf
	if o.BOM {
		b = append(b, "\uFEFF"...)
	}
	for i, column := range r.Columns {
		if i > 0 {
			b = append(b, ',')
		}
		b = c.cell(b, column.Name)
	}
	if err := c.send(append(b, "\r\n"...)); err != nil {
		return err
	}
	for _, l := range r.Lines {
		b := c.buf
		for i, v := range l.Values {
			if i > 0 {
				b = append(b, ',')
			}
			switch v := v.(type) {
			case nil:
			case string:
				b = c.cell(b, v)
			case time.Time:
				b = stamp(b, v)
			case int, float64:
				b = rowjson.AppendValue(b, v)
			default:
				b = c.cell(b, string(rowjson.AppendValue(nil, v)))
			}
		}
		if err := c.send(append(b, "\r\n"...)); err != nil {
			return err
		}
	}
	return nil
}

func (r Report) table(out *output, o Options) error {
	style := cell.Style{ASCII: o.ASCII}
	heads := make([]string, len(r.Columns))
	widths := make([]int, len(r.Columns))
	for i, c := range r.Columns {
		heads[i] = c.Head
		widths[i] = cell.Width(c.Head)
		for _, l := range r.Lines {
			widths[i] = max(widths[i], cell.Width(cell.Clean(l.Texts[i])))
		}
		if c.Most > 0 {
			widths[i] = min(widths[i], c.Most)
		}
	}
	for n := -1; n < len(r.Lines); n++ {
		texts := heads
		if n >= 0 {
			texts = r.Lines[n].Texts
		}
		var line strings.Builder
		for i, c := range r.Columns {
			switch {
			case c.Head == "":
				continue
			case c.Right:
				line.WriteString(style.FitRight(texts[i], widths[i]))
			default:
				line.WriteString(style.Fit(texts[i], widths[i]))
			}
			line.WriteString(gap)
		}
		whole := strings.TrimRight(line.String(), " ")
		if o.Width > 0 {
			whole = style.Cut(whole, o.Width)
		}
		if err := out.send(append(append(out.buf, whole...), '\n')); err != nil {
			return err
		}
	}
	return nil
}
