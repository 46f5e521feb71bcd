package export

import (
	"strconv"
	"strings"
	"time"

	"bounceboard/sendcloud"
	"bounceboard/ui/cell"
	"bounceboard/ui/words"
)

// tableLines writes a header and lines of the same columns.
type tableLines struct {
	output
	style   cell.Style
	width   int // columns of the terminal, 0: no limit
	columns []tableColumn
	head    bool // the header is written
}

type tableColumn struct {
	head  string
	width int                             // 0: the last column, as wide as its text
	fit   func(s string, w int) string    // sets a text in the width
	text  func(r sendcloud.Record) string // of a row
}

const gap = "  "

// Close writes the header where no line came.
func (t *tableLines) Close() error {
	if t.head || t.err != nil {
		return t.err
	}
	t.head = true
	return t.line(func(i int) string { return t.columns[i].head })
}

// line writes a line of harmless text: that of each column.
func (t *tableLines) line(text func(column int) string) error {
	if !t.head {
		if err := t.Close(); err != nil {
			return err
		}
	}
	var line strings.Builder
	for i, c := range t.columns {
		switch s := text(i); {
		case c.width > 0:
			line.WriteString(c.fit(s, c.width))
			line.WriteString(gap)
		case t.width > 0:
			line.WriteString(t.style.Cut(s, t.width)) // cut again below
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

// tableRows writes rows as a table. Its columns are fixed before the first row, so that rows come out at once.
type tableRows struct{ tableLines }

const (
	leastReply   = 20
	mostAddress  = 36
	leastAddress = 18
)

func newTableRows(out output, o Options) *tableRows {
	t := &tableRows{tableLines{output: out, style: cell.Style{ASCII: o.ASCII}, width: o.Width}}
	address := mostAddress
	if o.Width > 0 {
		address = min(max(o.Width/4, leastAddress), mostAddress)
	}
	lang, fit := o.Lang, t.style.Fit
	t.columns = []tableColumn{
		{lang.Say(words.LabelStatus), 11, fit, func(r sendcloud.Record) string { return statusWord(lang, r) }},
		{lang.Say(words.LabelSubShort), 3, fit, subStatus},
		{lang.Say(words.LabelRecipient), address, t.style.FitMiddle, func(r sendcloud.Record) string { return r.Recipients }},
		{lang.Say(words.LabelRequested), 16, fit, requested},
	}
	var extra []tableColumn
	needed := leastReply
	for _, c := range o.Extra {
		if c.Width > 0 {
			extra = append(extra, tableColumn{c.Name, c.Width, fit, c.text})
			needed += c.Width + len(gap)
		}
	}
	for _, c := range []tableColumn{ // where they leave room for the reply
		{lang.Say(words.LabelTook), 6, t.style.FitRight, took},
		{lang.Say(words.LabelUser), 12, fit, func(r sendcloud.Record) string { return r.APIUser }},
	} {
		if o.Width == 0 || t.used()+c.width+len(gap)+needed <= o.Width {
			t.columns = append(t.columns, c)
		}
	}
	t.columns = append(t.columns, extra...)
	for i, c := range t.columns {
		t.columns[i].width = max(c.width, cell.Width(c.head))
	}
	t.columns = append(t.columns, tableColumn{head: lang.Say(words.LabelReply), text: func(r sendcloud.Record) string { return r.SendLog }})
	return t
}

// used is how many columns of the terminal are taken so far.
func (t *tableRows) used() int {
	sum := 0
	for _, c := range t.columns {
		sum += c.width + len(gap)
	}
	return sum
}

func (t *tableRows) Write(r sendcloud.Record) error {
	return t.line(func(i int) string { return t.columns[i].text(r) })
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
