package export

import (
	"strconv"
	"strings"
	"time"

	"bounceboard/sendcloud"
	"bounceboard/ui/cell"
	"bounceboard/ui/words"
)

// tableWriter writes a header and a line a row. Its columns are fixed before
// the first row, so that it streams.
type tableWriter struct {
	output
	style   cell.Style
	width   int // columns of the terminal, 0: no limit
	columns []tableColumn
	head    bool // the header is written
}

type tableColumn struct {
	name  string
	width int // 0: the last column, as wide as its text
	text  func(sendcloud.Record) string
	fit   func(s string, w int) string
}

const (
	gap          = "  "
	leastReply   = 20
	mostAddress  = 36
	leastAddress = 18
)

func newTable(out output, o Options) *tableWriter {
	t := &tableWriter{output: out, style: cell.Style{ASCII: o.ASCII}, width: o.Width}
	address := mostAddress
	if o.Width > 0 {
		address = min(max(o.Width/4, leastAddress), mostAddress)
	}
	lang, fit := o.Lang, t.style.Fit
	t.columns = []tableColumn{
		{lang.Say(words.HeadStatus), 11, func(r sendcloud.Record) string { return statusWord(lang, r) }, fit},
		{lang.Say(words.HeadSub), 3, subStatus, fit},
		{lang.Say(words.HeadRecipient), address, func(r sendcloud.Record) string { return r.Recipients }, t.style.FitMiddle},
		{lang.Say(words.HeadRequested), 16, requested, fit},
	}
	var extra []tableColumn
	needed := leastReply
	for _, c := range o.Extra {
		if c.Width > 0 {
			extra = append(extra, tableColumn{c.Name, c.Width, c.text, fit})
			needed += c.Width + len(gap)
		}
	}
	for _, c := range []tableColumn{ // where they leave room for the reply
		{lang.Say(words.HeadTook), 6, took, t.style.FitRight},
		{lang.Say(words.HeadUser), 12, func(r sendcloud.Record) string { return r.APIUser }, fit},
	} {
		if o.Width == 0 || t.used()+c.width+len(gap)+needed <= o.Width {
			t.columns = append(t.columns, c)
		}
	}
	t.columns = append(t.columns, extra...)
	reply := tableColumn{lang.Say(words.HeadReply), 0, func(r sendcloud.Record) string { return r.SendLog }, nil}
	t.columns = append(t.columns, reply)
	for i := range t.columns {
		if c := &t.columns[i]; c.width > 0 {
			c.width = max(c.width, cell.Width(c.name))
		}
	}
	return t
}

// used is the columns taken by what stands before the next column.
func (t *tableWriter) used() int {
	sum := 0
	for _, c := range t.columns {
		sum += c.width + len(gap)
	}
	return sum
}

func (t *tableWriter) Write(r sendcloud.Record) error {
	if err := t.writeHead(); err != nil {
		return err
	}
	return t.line(func(c tableColumn) string { return c.text(r) })
}

func (t *tableWriter) Close() error { return t.writeHead() }

func (t *tableWriter) writeHead() error {
	if t.head || t.err != nil {
		return t.err
	}
	t.head = true
	return t.line(func(c tableColumn) string { return c.name })
}

func (t *tableWriter) line(text func(tableColumn) string) error {
	var line strings.Builder
	for _, c := range t.columns {
		switch s := text(c); {
		case c.width > 0:
			line.WriteString(c.fit(s, c.width))
			line.WriteString(gap)
		case t.width > 0:
			line.WriteString(t.style.Cut(s, t.width)) // cut below
		default:
			line.WriteString(cell.Clean(s))
		}
	}
	whole := line.String()
	if t.width > 0 {
		whole = t.style.Cut(whole, t.width)
	}
	return t.send(append(append(t.buf, strings.TrimRight(whole, " ")...), '\n'))
}

func statusWord(lang words.Lang, r sendcloud.Record) string {
	if r.Status == sendcloud.StatusUnknown && r.StatusText != "" {
		return r.StatusText
	}
	return words.StatusName(lang, r.Status)
}

func subStatus(r sendcloud.Record) string {
	if r.SubStatus == 0 {
		return r.SubStatusText
	}
	return strconv.Itoa(int(r.SubStatus))
}

func requested(r sendcloud.Record) string {
	if r.RequestTime.IsZero() {
		return r.RequestText
	}
	return r.RequestTime.In(sendcloud.Zone).Format(time.DateTime[:len("2006-01-02 15:04")])
}

func took(r sendcloud.Record) string {
	d, ok := r.Took()
	if !ok {
		return ""
	}
	return words.Short(d)
}

func (c Column) text(r sendcloud.Record) string {
	switch v := c.Value(r).(type) {
	case string:
		return v
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return ""
}
