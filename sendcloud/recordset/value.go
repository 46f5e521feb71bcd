package recordset

import (
	"cmp"
	"time"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/pattern"
)

// AllOfThem is how many columns there are.
const AllOfThem = int(words)

// ListColumns returns every column, in the order of the vocabulary.
func ListColumns() []Column { return AllColumns.list() }

// Of returns what a record has in a column, as Facets and filters say it: a token where the column has tokens, a
// moment as RFC 3339 on the service's clock, the time that a mail took as a duration ("4m12s"). It is empty where the
// record has nothing there. e is what the record's reply means.
func (c Column) Of(r sendcloud.Record, e Explained) string {
	info := &columns[c]
	switch {
	case info.fact != nil:
		return info.fact(e)
	case info.head != nil:
		return info.head(head{status: r.Status, sub: r.SubStatus, subText: r.SubStatusText, apiUser: r.APIUser})
	}
	switch c {
	case ByDomain:
		return InputOf(r).Domain
	case ByPattern:
		text, _ := pattern.Of(r.SendLog)
		return string(pattern.IDOf(text))
	case ByRecipient:
		return r.Recipients
	case ByReply:
		return r.SendLog
	case ByEmailID:
		return r.EmailID
	case ByRequested:
		return cmp.Or(onClock(r.RequestTime, time.RFC3339), r.RequestText)
	case ByModified:
		return cmp.Or(onClock(r.ModifiedTime, time.RFC3339), r.ModifiedText)
	case ByHour:
		return onClock(r.RequestTime, "15")
	case ByDay:
		return onClock(r.RequestTime, time.DateOnly)
	case ByTook:
		if d, ok := r.Took(); ok {
			return d.String()
		}
	}
	return ""
}

func onClock(t time.Time, layout string) string {
	if t.IsZero() {
		return ""
	}
	return t.In(sendcloud.Zone).Format(layout)
}
