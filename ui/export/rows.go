package export

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"time"

	"bounceboard/sendcloud"
	"bounceboard/ui/cell"
	"bounceboard/ui/words"
)

// rowColumns are those of the service. Their widths are for a table of chosen columns.
var rowColumns = []Column[sendcloud.Record]{
	{Name: "emailId", Width: 48, Value: func(r sendcloud.Record) any { return r.EmailID }},
	{Name: "status", Width: 12, Value: func(r sendcloud.Record) any { return r.Status.String() }},
	{Name: "statusText", Width: 12, Value: func(r sendcloud.Record) any { return r.StatusText }},
	{Name: "subStatus", Width: 9, Value: func(r sendcloud.Record) any { return OrNull(int(r.SubStatus)) }},
	{Name: "subStatusDesc", Width: 24, Value: func(r sendcloud.Record) any { return OrNull(r.SubStatusDesc) }},
	{Name: "apiUser", Width: 16, Value: func(r sendcloud.Record) any { return r.APIUser }},
	{Name: "recipients", Width: 36, Value: func(r sendcloud.Record) any { return r.Recipients }},
	{Name: "requestTime", Width: 25, Value: func(r sendcloud.Record) any { return r.RequestTime }},
	{Name: "modifiedTime", Width: 25, Value: func(r sendcloud.Record) any { return r.ModifiedTime }},
	{Name: "sendLog", Width: 60, Value: func(r sendcloud.Record) any { return r.SendLog }},
}

// OrNull is a value for a program; the zero value is null.
func OrNull[T comparable](v T) any {
	if v == *new(T) {
		return nil
	}
	return v
}

// Rows writes rows, and is closed behind the last one.
type Rows interface {
	Write(sendcloud.Record) error
	Close() error
}

// Open returns a writer of rows in any format, XLSX too. It writes the columns that o names, else those of the format.
// The error says that there is no such format.
func Open(f Format, w io.Writer, o Options) (Rows, error) {
	columns := slices.Concat(rowColumns, o.Extra)
	if len(o.Columns) > 0 {
		columns = choose(columns, o.Columns)
	}
	switch {
	case f == XLSX:
		return NewWorkbook(w, columns)
	case len(o.Columns) > 0:
		return newWriter(f, w, o, columns), nil
	}
	return New(f, w, o)
}

// choose returns the columns of these names, in this order. In a table they are called so as well.
func choose(columns []Column[sendcloud.Record], names []string) (chosen []Column[sendcloud.Record]) {
	for n, name := range names {
		for _, c := range columns {
			if c.Name != name {
				continue
			}
			c.Head, c.Text, c.Fit, c.Spare = name, func(r sendcloud.Record) string { return cellText(c.Value(r)) }, nil, false
			if n == len(names)-1 {
				c.Width = 0 // the last one is written whole
			}
			chosen = append(chosen, c)
			break
		}
	}
	return chosen
}

// New returns a Writer of rows in format f. The columns of a table are fixed before the first row, so that rows come
// out at once. The error says that there is no such format.
func New(f Format, w io.Writer, o Options) (*Writer[sendcloud.Record], error) {
	if !slices.Contains(Formats(), f) {
		return nil, fmt.Errorf("no format %q", f)
	}
	said := Column[sendcloud.Record]{Head: o.Lang.Say(words.LabelReply), Text: func(r sendcloud.Record) string { return r.SendLog }}
	return newWriter(f, w, o, slices.Concat(rowColumns, tableColumns(o), o.Extra, []Column[sendcloud.Record]{said})), nil
}

// tableColumns are those of a person's table, but for the reply.
func tableColumns(o Options) []Column[sendcloud.Record] {
	address := 36
	if o.Width > 0 {
		address = min(max(o.Width/4, 18), address)
	}
	return []Column[sendcloud.Record]{
		{Head: o.Lang.Say(words.LabelStatus), Width: 11, Text: func(r sendcloud.Record) string { return statusWord(o.Lang, r) }},
		{Head: o.Lang.Say(words.LabelSubShort), Width: 3, Text: subStatus},
		{Head: o.Lang.Say(words.LabelRecipient), Width: address, Fit: cell.Style.FitMiddle, Text: func(r sendcloud.Record) string { return r.Recipients }},
		{Head: o.Lang.Say(words.LabelRequested), Width: 16, Text: func(r sendcloud.Record) string { return cmp.Or(Minute(r.RequestTime), r.RequestText) }},
		{Head: o.Lang.Say(words.LabelTook), Width: 6, Spare: true, Fit: cell.Style.FitRight, Text: func(r sendcloud.Record) string {
			if d, ok := r.Took(); ok {
				return words.Short(d)
			}
			return ""
		}},
		{Head: o.Lang.Say(words.LabelUser), Width: 12, Spare: true, Text: func(r sendcloud.Record) string { return r.APIUser }},
	}
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

// Minute is a moment on the service's clock; the zero time is nothing.
func Minute(t time.Time) string { return clock(t, "2006-01-02 15:04") }

func clock(t time.Time, layout string) string {
	if t.IsZero() {
		return ""
	}
	return t.In(sendcloud.Zone).Format(layout)
}

// JSON is the row as one object on one line, without a line end.
func JSON(r sendcloud.Record) string { return string(appendObject(nil, rowColumns, r)) }
