package export

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/rowjson"
	"bounceboard/ui/cell"
)

// csvLines writes RFC 4180: lines end in CRLF, cells are quoted where they hold a quote or a comma, null is an
// empty cell.
type csvLines struct {
	output
	bom  bool
	head []string // nil once it is written
}

// Close writes the header where no line came.
func (c *csvLines) Close() error {
	if c.head == nil || c.err != nil {
		return c.err
	}
	b := c.buf
	if c.bom {
		b = append(b, "\uFEFF"...)
	}
	for i, name := range c.head {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendCell(b, name)
	}
	c.head = nil
	return c.send(append(b, "\r\n"...))
}

// line writes values that rowjson.AppendValue takes; lists and objects are JSON in a cell.
func (c *csvLines) line(values []any) error {
	if err := c.Close(); err != nil {
		return err
	}
	b := c.buf
	for i, v := range values {
		if i > 0 {
			b = append(b, ',')
		}
		switch v := v.(type) {
		case nil:
		case string:
			b = appendCell(b, v)
		case int:
			b = appendCell(b, strconv.Itoa(v))
		case time.Time:
			if text := rowjson.AppendTime(nil, v); text[0] == '"' {
				b = append(b, text[1:len(text)-1]...)
			}
		default:
			b = appendCell(b, string(rowjson.AppendValue(nil, v)))
		}
	}
	return c.send(append(b, "\r\n"...))
}

// appendCell appends a cell in its visible form. What a spreadsheet may take for a formula gets a quote before
// it.
func appendCell(b []byte, s string) []byte {
	s = cell.Clean(s)
	quoted := strings.ContainsAny(s, "\",")
	if quoted {
		b = append(b, '"')
	}
	if first, _ := utf8.DecodeRuneInString(s); s != "" && strings.ContainsRune("=+-@＝＋－＠", first) {
		b = append(b, '\'')
	}
	if !quoted {
		return append(b, s...)
	}
	return append(append(b, strings.ReplaceAll(s, `"`, `""`)...), '"')
}

// csvRows writes rows as CSV.
type csvRows struct {
	csvLines
	extra []Column
	room  []any
}

func newCSVRows(out output, o Options) *csvRows {
	head := slices.Clone(Names)
	for _, c := range o.Extra {
		head = append(head, c.Name)
	}
	return &csvRows{csvLines: csvLines{output: out, bom: o.BOM, head: head}, extra: o.Extra}
}

func (c *csvRows) Write(r sendcloud.Record) error {
	c.room = values(c.room[:0], r, c.extra)
	return c.line(c.room)
}
