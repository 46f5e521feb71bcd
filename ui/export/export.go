// Package export writes rows and numbers for people, programs and spreadsheets: as a table, as CSV, as one
// JSON array, or as a JSON object a line.
//
// JSON carries text as it came, with control characters escaped. Everything else shows them in the visible form of package cell (^[,
// <U+202E>), so that what strangers wrote can drive neither a terminal nor a spreadsheet.
package export

import (
	"cmp"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/rowjson"
	"bounceboard/ui/cell"
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
	XLSX      Format = "xlsx"   // a spreadsheet of rows, see [Open]
)

// Formats are all formats but XLSX, in the order they are offered.
func Formats() []Format { return []Format{Table, CSV, JSONArray, NDJSON} }

// Column is a column of items: of rows, or of numbers about rows.
type Column[T any] struct {
	Name  string      // its key for programs; a column without a name is in the table alone
	Value func(T) any // for programs: what rowjson.AppendValue takes; nil is null

	Head  string                                      // in a table; a column without a head is not in the table
	Text  func(T) string                              // in a table
	Width int                                         // columns in a table; 0: as wide as its text
	Spare bool                                        // left out of a table where the terminal lacks the room
	Fit   func(st cell.Style, s string, w int) string // sets a text in the width; nil is [cell.Style.Fit]
}

// Options of a Writer. The zero Options are right for a pipe.
type Options struct {
	Extra   []Column[sendcloud.Record] // of rows: behind the columns of the service; in a table, before the reply
	Columns []string                   // of rows: the names of those that [Open] writes, in their order; empty: all
	BOM     bool                       // CSV: a byte order mark first, by which Excel knows UTF-8
	ASCII   bool                       // Table: shortened text is marked with "~"
	Width   int                        // Table: columns of the terminal; 0: the last column is written whole
	Lang    words.Lang                 // Table: its header and statuses
}

// Writer writes items. Each is one call of the underlying Write, and nothing but whole items is written: what a
// reader sees first is there before the next item, and what stands there after a failure is whole. Wrap the
// underlying writer in a buffer where items come faster than that is worth.
//
// The first error of the underlying writer is kept: nothing more is written, and every later call returns it.
type Writer[T any] struct {
	w             io.Writer
	format        Format
	options       Options
	columns       []Column[T]
	begun, closed bool
	buf           []byte // for the next item; its memory is used again
	err           error
}

const (
	gap        = "  "
	leastReply = 20 // columns that a table keeps for its last column
)

func newWriter[T any](f Format, w io.Writer, o Options, columns []Column[T]) *Writer[T] {
	shown := slices.DeleteFunc(slices.Clone(columns), func(c Column[T]) bool { return f == Table && c.Head == "" || f != Table && c.Name == "" })
	used := leastReply
	for i, c := range shown {
		if c.Width > 0 {
			shown[i].Width = max(c.Width, cell.Width(c.Head))
			used += shown[i].Width + len(gap)
		}
	}
	for i := len(shown) - 1; i >= 0 && o.Width > 0 && used > o.Width; i-- {
		if shown[i].Spare {
			used -= shown[i].Width + len(gap)
			shown = slices.Delete(shown, i, i+1)
		}
	}
	return &Writer[T]{w: w, format: f, options: o, columns: shown}
}

// WriteAll writes items that are all here. The columns of a table are as wide as their texts, and at most as wide as they say.
func WriteAll[T any](f Format, w io.Writer, o Options, columns []Column[T], items []T) error {
	out := newWriter(f, w, o, columns)
	for i := 0; f == Table && i < len(out.columns); i++ {
		c, width := &out.columns[i], cell.Width(out.columns[i].Head)
		for _, item := range items {
			width = max(width, cell.Width(cell.Clean(c.Text(item))))
		}
		c.Width = min(width, cmp.Or(c.Width, width))
	}
	for _, item := range items {
		if err := out.Write(item); err != nil {
			return err
		}
	}
	return out.Close()
}

// Write writes an item, and before the first what stands above it.
func (w *Writer[T]) Write(item T) error {
	b := w.head()
	switch w.format {
	case Table:
		b = w.appendLine(b, func(c Column[T]) string { return c.Text(item) })
	case CSV:
		b = w.appendCells(b, func(c Column[T]) any { return c.Value(item) })
	case JSONArray:
		if w.begun {
			b = append(b, ',')
		}
		b = appendObject(append(b, '\n'), w.columns, item)
	case NDJSON:
		b = append(appendObject(b, w.columns, item), '\n')
	}
	w.begun = true
	return w.send(b)
}

// Close writes what is missing to a whole document: the end of the array, the header where no item came. It does not
// close the underlying writer, and may be called again.
func (w *Writer[T]) Close() error {
	if w.closed || w.err != nil {
		return w.err
	}
	b := w.head()
	if w.format == JSONArray && w.begun {
		b = append(b, '\n')
	}
	if w.format == JSONArray {
		b = append(b, "]\n"...)
	}
	if w.closed = true; len(b) == 0 {
		return nil
	}
	return w.send(b)
}

// head is what stands above the first item.
func (w *Writer[T]) head() []byte {
	switch b := w.buf; {
	case w.begun:
		return b
	case w.format == JSONArray:
		return append(b, '[')
	case w.format == Table:
		return w.appendLine(b, func(c Column[T]) string { return c.Head })
	case w.format == CSV:
		if w.options.BOM {
			b = append(b, "\uFEFF"...)
		}
		return w.appendCells(b, func(c Column[T]) any { return c.Name })
	default:
		return b
	}
}

func (w *Writer[T]) send(piece []byte) error {
	if w.err == nil {
		_, w.err = w.w.Write(piece)
	}
	w.buf = piece[:0]
	if cap(piece) > 1<<20 { // the memory of a monster row is not kept
		w.buf = nil
	}
	return w.err
}

func appendObject[T any](b []byte, columns []Column[T], item T) []byte {
	sign := byte('{')
	for _, c := range columns {
		b = rowjson.AppendValue(append(rowjson.AppendString(append(b, sign), c.Name), ':'), c.Value(item))
		sign = ','
	}
	return append(b, '}')
}

// appendLine appends a line of a table, of harmless text.
func (w *Writer[T]) appendLine(b []byte, text func(Column[T]) string) []byte {
	style := cell.Style{ASCII: w.options.ASCII}
	cut := func(s string) string {
		if w.options.Width > 0 {
			return style.Cut(s, w.options.Width)
		}
		return cell.Clean(s)
	}
	var line strings.Builder
	for _, c := range w.columns {
		switch s := text(c); {
		case c.Width == 0: // a long reply is cut before it is looked at whole
			line.WriteString(cut(s))
		case c.Fit != nil:
			line.WriteString(c.Fit(style, s, c.Width) + gap)
		default:
			line.WriteString(style.Fit(s, c.Width) + gap)
		}
	}
	return append(append(b, strings.TrimRight(cut(line.String()), " ")...), '\n')
}

// appendCells appends a line of CSV: it ends in CRLF, null is an empty cell, lists and objects are JSON in a cell.
func (w *Writer[T]) appendCells(b []byte, value func(Column[T]) any) []byte {
	for i, c := range w.columns {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendCell(b, cellText(value(c)))
	}
	return append(b, "\r\n"...)
}

// cellText is a value as text; null is empty.
func cellText(v any) string {
	if s, isText := v.(string); isText {
		return s
	}
	return strings.TrimPrefix(strings.Trim(string(rowjson.AppendValue(nil, v)), `"`), "null") // the quotes are those of a time
}

// Harmless is a cell of CSV in its visible form. What a spreadsheet may take for a formula gets a quote before it.
func Harmless(s string) string {
	s = cell.Clean(s)
	if first, _ := utf8.DecodeRuneInString(s); s != "" && strings.ContainsRune("=+-@＝＋－＠", first) {
		return "'" + s
	}
	return s
}

func appendCell(b []byte, s string) []byte {
	if s = Harmless(s); strings.ContainsAny(s, "\",") {
		s = `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
	}
	return append(b, s...)
}
