// Package export writes rows and numbers for people, programs and spreadsheets: as a table, as CSV, as one
// JSON array, or as a JSON object a line.
//
// JSON carries text as it came, with control characters escaped. Everything else shows them in the visible
// form of package cell (^[, <U+202E>), so that what strangers wrote can drive neither a terminal nor a
// spreadsheet.
package export

import (
	"fmt"
	"io"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/rowjson"
	"bounceboard/ui/words"
)

// Format is how rows are written.
type Format string

// The formats.
const (
	Table     Format = "table"  // a header, then one line a row
	CSV       Format = "csv"    // RFC 4180, no cell of which a spreadsheet takes for a formula
	JSONArray Format = "json"   // one array
	NDJSON    Format = "ndjson" // one object a line
)

// Formats are all formats, in the order they are offered.
func Formats() []Format { return []Format{Table, CSV, JSONArray, NDJSON} }

// Column is a column beside those of the service.
type Column struct {
	Name string
	// Value is a string, a float64 (finite) or nil, which is null.
	Value func(sendcloud.Record) any
	Width int // columns in a table; 0: it is not in the table
}

// Options of a Writer. The zero Options are right for a pipe.
type Options struct {
	Extra []Column   // behind the columns of the service; in a table, before the reply
	BOM   bool       // CSV: a byte order mark first, by which Excel knows UTF-8
	ASCII bool       // Table: shortened text is marked with "~"
	Width int        // Table: columns of the terminal; 0: the reply is written whole
	Lang  words.Lang // Table: its header and statuses
}

// Writer writes rows. Each row is one call of the underlying Write, and nothing but whole rows is written:
// what a reader sees first is there before the next row, and what stands there after a failure is whole.
// Wrap the underlying writer in a buffer where rows come faster than that is worth.
//
// The first error of the underlying writer is kept: nothing more is written, and every later call returns it.
type Writer interface {
	// Write writes a row, and before the first row what stands above it.
	Write(sendcloud.Record) error
	// Close writes what is missing to a whole document: the end of the array, the header where no row came.
	// It does not close the underlying writer, and may be called again.
	Close() error
}

// New returns a Writer of format f. The error says that there is no such format.
func New(f Format, w io.Writer, o Options) (Writer, error) {
	out := output{w: w}
	switch f {
	case Table:
		return newTableRows(out, o), nil
	case CSV:
		return newCSVRows(out, o), nil
	case JSONArray, NDJSON:
		return &jsonRows{jsonValues{output: out, lines: f == NDJSON}, o.Extra}, nil
	}
	return nil, fmt.Errorf("no format %q", f)
}

// output writes pieces, each with one call, until one fails.
type output struct {
	w   io.Writer
	buf []byte // for the next piece; its memory is used again
	err error
}

func (o *output) send(piece []byte) error {
	if o.err == nil {
		_, o.err = o.w.Write(piece)
	}
	o.buf = piece[:0]
	if cap(piece) > 1<<20 { // the memory of a monster row is not kept
		o.buf = nil
	}
	return o.err
}

// jsonValues writes JSON values, one a line: as they are, or as the elements of one array.
type jsonValues struct {
	output
	lines        bool
	open, closed bool
}

// write writes the value that appended adds to what it is given.
func (j *jsonValues) write(appended func([]byte) []byte) error {
	switch {
	case j.err != nil:
		return j.err
	case j.lines:
		return j.send(append(appended(j.buf), '\n'))
	}
	before := ",\n"
	if !j.open {
		j.open, before = true, "[\n"
	}
	return j.send(appended(append(j.buf, before...)))
}

func (j *jsonValues) Close() error {
	if j.lines || j.closed || j.err != nil {
		return j.err
	}
	j.closed = true
	if !j.open {
		return j.send([]byte("[]\n"))
	}
	return j.send([]byte("\n]\n"))
}

// jsonRows writes rows as JSON.
type jsonRows struct {
	jsonValues
	extra []Column
}

func (j *jsonRows) Write(r sendcloud.Record) error {
	return j.write(func(b []byte) []byte { return appendRecord(b, r, j.extra) })
}

// Names are the keys of a row, in the order they are written in.
var Names = rowjson.Names

// JSON is the row as one object on one line, without a line end.
func JSON(r sendcloud.Record) string { return string(appendRecord(nil, r, nil)) }

// values are those of Names and of the extra columns.
func values(into []any, r sendcloud.Record, extra []Column) []any {
	v := append(into, r.EmailID, r.Status.String(), r.StatusText, nil, nil, r.APIUser, r.Recipients, r.RequestTime, r.ModifiedTime, r.SendLog)
	if r.SubStatus != 0 {
		v[len(into)+3] = int(r.SubStatus)
	}
	if r.SubStatusDesc != "" {
		v[len(into)+4] = r.SubStatusDesc
	}
	for _, c := range extra {
		v = append(v, c.Value(r))
	}
	return v
}

// appendRecord appends r as a JSON object on one line.
func appendRecord(b []byte, r sendcloud.Record, extra []Column) []byte {
	var room [20]any
	for i, v := range values(room[:0], r, extra) {
		name, sign := "", byte(',')
		if i < len(Names) {
			name = Names[i]
		} else {
			name = extra[i-len(Names)].Name
		}
		if i == 0 {
			sign = '{'
		}
		b = rowjson.AppendValue(append(rowjson.AppendString(append(b, sign), name), ':'), v)
	}
	return append(b, '}')
}
