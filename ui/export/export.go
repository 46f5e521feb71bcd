// Package export writes rows for people, programs and spreadsheets: as a
// table, as CSV, as one JSON array, or as a JSON object a line.
package export

import (
	"fmt"
	"io"

	"bounceboard/sendcloud"
	"bounceboard/ui/words"
)

// Format is how rows are written.
type Format string

// The formats.
const (
	Table     Format = "table"  // a header, then one line a row; harmless on any terminal
	CSV       Format = "csv"    // RFC 4180, safe to open in a spreadsheet
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
	Extra    []Column   // behind the columns of the service; in a table, before the reply
	BOM      bool       // CSV: a byte order mark first, by which Excel knows UTF-8
	Terminal bool       // the writer is a terminal: CSV is made harmless, too
	ASCII    bool       // Table: shortened text is marked with "~"
	Width    int        // Table: columns of the terminal; 0: the reply is written whole
	Lang     words.Lang // Table: its header and statuses
}

// Writer writes rows. Each row, and nothing but whole rows, is one call of the
// underlying Write: what a reader sees first is there before the next row, and
// what stands there after a failure is whole. Wrap the underlying writer in a
// buffer where rows come faster than that is worth.
//
// The first error of the underlying writer is kept: nothing more is written,
// and every later call returns it.
type Writer interface {
	// Write writes a row, and before the first row what stands above it.
	Write(sendcloud.Record) error
	// Close writes what is missing to a whole document: the end of the array,
	// the header where no row came. It does not close the underlying writer.
	Close() error
}

// New returns a Writer of format f. The error says that there is no such format.
func New(f Format, w io.Writer, o Options) (Writer, error) {
	out := output{w: w}
	switch f {
	case Table:
		return newTable(out, o), nil
	case CSV:
		return &csvWriter{output: out, opt: o}, nil
	case JSONArray:
		return &arrayWriter{output: out, extra: o.Extra}, nil
	case NDJSON:
		return &lineWriter{output: out, extra: o.Extra}, nil
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
	if cap(piece) > 1<<20 { // a monster row's memory is not kept
		o.buf = nil
	}
	return o.err
}

// lineWriter writes NDJSON.
type lineWriter struct {
	output
	extra []Column
}

func (l *lineWriter) Write(r sendcloud.Record) error {
	if l.err != nil {
		return l.err
	}
	return l.send(append(appendObject(l.buf, r, l.extra), '\n'))
}

func (l *lineWriter) Close() error { return l.err }

// arrayWriter writes one JSON array, a row a line.
type arrayWriter struct {
	output
	extra        []Column
	open, closed bool
}

func (a *arrayWriter) Write(r sendcloud.Record) error {
	if a.err != nil {
		return a.err
	}
	before := ",\n"
	if !a.open {
		a.open, before = true, "[\n"
	}
	return a.send(appendObject(append(a.buf, before...), r, a.extra))
}

func (a *arrayWriter) Close() error {
	if a.closed || a.err != nil {
		return a.err
	}
	a.closed = true
	if !a.open {
		return a.send([]byte("[]\n"))
	}
	return a.send([]byte("\n]\n"))
}
