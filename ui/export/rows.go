package export

import (
	"cmp"
	"io"
	"strconv"
	"time"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/rowjson"
	"bounceboard/ui/cell"
	"bounceboard/ui/words"
)

// Names are the keys of a row, in the order they are written in.
var Names = rowjson.Names

// rowColumns are those of the service, for programs.
var rowColumns = []Column[sendcloud.Record]{
	{Name: "emailId", Value: func(r sendcloud.Record) any { return r.EmailID }},
	{Name: "status", Value: func(r sendcloud.Record) any { return r.Status.String() }},
	{Name: "statusText", Value: func(r sendcloud.Record) any { return r.StatusText }},
	{Name: "subStatus", Value: func(r sendcloud.Record) any { return OrNull(int(r.SubStatus)) }},
	{Name: "subStatusDesc", Value: func(r sendcloud.Record) any { return OrNull(r.SubStatusDesc) }},
	{Name: "apiUser", Value: func(r sendcloud.Record) any { return r.APIUser }},
	{Name: "recipients", Value: func(r sendcloud.Record) any { return r.Recipients }},
	{Name: "requestTime", Value: func(r sendcloud.Record) any { return r.RequestTime }},
	{Name: "modifiedTime", Value: func(r sendcloud.Record) any { return r.ModifiedTime }},
	{Name: "sendLog", Value: func(r sendcloud.Record) any { return r.SendLog }},
}

// OrNull is a value for a program; the zero value is null.
func OrNull[T comparable](v T) any {
	if v == *new(T) {
		return nil
	}
	return v
}

// JSON is the row as one object on one line, without a line end.
func JSON(r sendcloud.Record) string { return string(appendObject(nil, rowColumns, r)) }

// New returns a Writer of rows in format f. The error says that there is no such format. The columns of a table are
// fixed before the first row, so that rows come out at once.
func New(f Format, w io.Writer, o Options) (*Writer[sendcloud.Record], error) {
	if f == Table {
		return newWriter(f, w, o, tableColumns(o))
	}
	return newWriter(f, w, o, append(rowColumns[:len(rowColumns):len(rowColumns)], o.Extra...))
}

const (
	leastReply   = 20
	mostAddress  = 36
	leastAddress = 18
)

// tableColumns are those of a person's table. Two of them stand only where they leave room for the reply.
func tableColumns(o Options) []Column[sendcloud.Record] {
	address := mostAddress
	if o.Width > 0 {
		address = min(max(o.Width/4, leastAddress), mostAddress)
	}
	lang := o.Lang
	column := func(head words.Sentence, width int, fit func(cell.Style, string, int) string, text func(sendcloud.Record) string) Column[sendcloud.Record] {
		return Column[sendcloud.Record]{Head: lang.Say(head), Width: width, Fit: fit, Text: text}
	}
	columns := []Column[sendcloud.Record]{
		column(words.LabelStatus, 11, nil, func(r sendcloud.Record) string { return statusWord(lang, r) }),
		column(words.LabelSubShort, 3, nil, subStatus),
		column(words.LabelRecipient, address, cell.Style.FitMiddle, func(r sendcloud.Record) string { return r.Recipients }),
		column(words.LabelRequested, 16, nil, requested),
	}
	used := leastReply
	for _, c := range append(columns[:len(columns):len(columns)], o.Extra...) {
		if c.Head != "" {
			used += c.Width + len(gap)
		}
	}
	for _, c := range []Column[sendcloud.Record]{
		column(words.LabelTook, 6, cell.Style.FitRight, took),
		column(words.LabelUser, 12, nil, func(r sendcloud.Record) string { return r.APIUser }),
	} {
		if used += c.Width + len(gap); o.Width == 0 || used <= o.Width {
			columns = append(columns, c)
		}
	}
	columns = append(columns, o.Extra...)
	for i, c := range columns {
		columns[i].Width = max(c.Width, cell.Width(c.Head))
	}
	return append(columns, column(words.LabelReply, 0, nil, func(r sendcloud.Record) string { return r.SendLog }))
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

func requested(r sendcloud.Record) string { return cmp.Or(Minute(r.RequestTime), r.RequestText) }

// Minute is a moment on the service's clock; the zero time is nothing.
func Minute(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(sendcloud.Zone).Format("2006-01-02 15:04")
}

func took(r sendcloud.Record) string {
	d, ok := r.Took()
	if !ok {
		return ""
	}
	return words.Short(d)
}
