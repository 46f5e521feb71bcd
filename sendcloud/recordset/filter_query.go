package recordset

import (
	"slices"
	"strings"

	"bounceboard/sendcloud"
)

// Ask puts into a query what the service can narrow by itself: whole
// addresses, statuses, sub-statuses, api users and days. left is how many terms
// it cannot, or not as finely: they are for Narrow. A term that contradicts
// the query is left as well.
func (f Filter) Ask(q sendcloud.Query) (asked sendcloud.Query, left int) {
	for _, c := range f.all {
		if c.not || c.term == nil || !c.term.ask(&q) {
			left++
		}
	}
	return q, left
}

// ask puts the term into q; false when q does not say all of it then.
func (t term) ask(q *sendcloud.Query) bool {
	switch t.field {
	case FieldTo:
		at := strings.LastIndexByte(t.values[0], '@')
		if at <= 0 || strings.IndexByte(t.values[0][at:], '.') < 0 || len(q.Emails) > 0 || len(t.values) > 1 {
			return false
		}
		q.Emails = t.values
		return true
	case FieldStatus:
		statuses := make([]sendcloud.Status, 0, len(t.values))
		for _, v := range t.values {
			s, ok := sendcloud.ParseStatus(v)
			if !ok {
				return false
			}
			statuses = append(statuses, s)
		}
		if len(q.Statuses) > 0 || len(q.SubStatuses) > 0 {
			return false
		}
		q.Statuses = statuses
		return true
	case FieldSub:
		subs, err := sendcloud.ParseSubStatuses(strings.Join(t.values, ","))
		if err != nil || slices.Contains(t.values, "") || len(q.SubStatuses) > 0 || !implied(subs, q.Statuses) {
			return false
		}
		q.Statuses, q.SubStatuses = nil, subs // 4xx implies invalid, 5xx soft bounce
		return true
	case FieldUser:
		if len(q.APIUsers) > 0 || strings.ContainsAny(strings.Join(t.typed, ""), "*; ") || slices.Contains(t.values, "") {
			return false
		}
		q.APIUsers = t.typed // the service may tell letters apart
		return true
	case FieldTime:
		return t.askDays(q)
	}
	return false
}

// askDays narrows the span to the days of the term. Hours stay for Narrow.
func (t term) askDays(q *sendcloud.Query) bool {
	span := t.spans[0]
	if span.daily || span.lo == 0 || span.hi == endless || len(t.spans) > 1 {
		return false
	}
	first, last := sendcloud.DateOf(at(uint32(span.lo))), sendcloud.DateOf(at(uint32(span.hi)))
	if !q.StartDate.IsZero() && first.Before(q.StartDate) || !q.EndDate.IsZero() && q.EndDate.Before(last) {
		return false
	}
	q.Days, q.StartDate, q.EndDate = 0, first, last
	return first.Start().Unix() == span.lo && last.AddDays(1).Start().Unix() == span.hi+1
}

// implied reports whether every sub-status belongs to one of the statuses; no
// status is every status.
func implied(subs []sendcloud.SubStatus, statuses []sendcloud.Status) bool {
	for _, s := range subs {
		if len(statuses) > 0 && !slices.Contains(statuses, s.Status()) {
			return false
		}
	}
	return true
}
