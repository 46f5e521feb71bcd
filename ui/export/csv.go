package export

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"bounceboard/sendcloud"
	"bounceboard/ui/cell"
)

// csvWriter writes RFC 4180: lines end in CRLF, cells are quoted where they
// hold a quote, a comma or a line end, null is an empty cell.
type csvWriter struct {
	output
	opt  Options
	head bool // the header is written
}

func (c *csvWriter) Write(r sendcloud.Record) error {
	if err := c.writeHead(); err != nil {
		return err
	}
	b := c.cell(c.buf, r.EmailID)
	b = c.cell(append(b, ','), r.Status.String())
	b = c.cell(append(b, ','), r.StatusText)
	b = append(b, ',')
	if r.SubStatus != 0 {
		b = number(b, float64(r.SubStatus))
	}
	b = c.cell(append(b, ','), r.SubStatusDesc)
	b = c.cell(append(b, ','), r.APIUser)
	b = c.cell(append(b, ','), r.Recipients)
	b = stamp(append(b, ','), r.RequestTime)
	b = stamp(append(b, ','), r.ModifiedTime)
	b = c.cell(append(b, ','), r.SendLog)
	for _, extra := range c.opt.Extra {
		b = append(b, ',')
		switch v := extra.Value(r).(type) {
		case string:
			b = c.cell(b, v)
		case float64:
			b = number(b, v)
		}
	}
	return c.send(append(b, "\r\n"...))
}

func (c *csvWriter) Close() error { return c.writeHead() }

func (c *csvWriter) writeHead() error {
	if c.head || c.err != nil {
		return c.err
	}
	c.head = true
	b := c.buf
	if c.opt.BOM {
		b = append(b, "\uFEFF"...)
	}
	b = append(b, strings.Join(Names, ",")...)
	for _, extra := range c.opt.Extra {
		b = c.cell(append(b, ','), extra.Name)
	}
	return c.send(append(b, "\r\n"...))
}

func (c *csvWriter) cell(b []byte, s string) []byte {
	if c.opt.Terminal {
		s = cell.Clean(s)
	}
	if !utf8.ValidString(s) {
		s = string([]rune(s)) // each byte that is no UTF-8 becomes U+FFFD
	}
	quoted := strings.ContainsAny(s, "\",\r\n")
	if quoted {
		b = append(b, '"')
	}
	if isFormula(s) {
		b = append(b, '\'')
	}
	if !quoted {
		return append(b, s...)
	}
	for {
		before, after, found := strings.Cut(s, `"`)
		b = append(b, before...)
		if !found {
			return append(b, '"')
		}
		b, s = append(b, `""`...), after
	}
}

// number appends v; a minus sign is guarded like any other.
func number(b []byte, v float64) []byte {
	if v < 0 {
		b = append(b, '\'')
	}
	return strconv.AppendFloat(b, v, 'f', -1, 64)
}

// isFormula tells whether a spreadsheet may take s for a formula.
func isFormula(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	return s != "" && strings.ContainsRune("=+-@＝＋－＠\t\r", first)
}
