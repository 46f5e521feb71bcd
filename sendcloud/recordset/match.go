package recordset

import (
	"slices"
	"strings"
	"time"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/pattern"
)

// NeedsMining says whether the filter asks for what Mine finds: cause,
// permanence, provider, refused IP or pattern.
func (f Filter) NeedsMining() bool {
	return slices.ContainsFunc(f.terms, func(t term) bool { c, ok := t.field.column(); return ok && c.mined() })
}

// Match says whether one record passes, for rows that go by without being
// kept. e and id may be zero when the filter does not need them.
func (f Filter) Match(r sendcloud.Record, e Explained, id pattern.ID) bool {
	for _, t := range f.terms {
		if t.match(r, e, id) == t.not {
			return false
		}
	}
	return true
}

func (t term) match(r sendcloud.Record, e Explained, id pattern.ID) bool {
	inRecipient, inReply := t.field == Words || t.field == FieldTo, t.field == Words || t.field == FieldSaid
	switch t.field {
	case Words, FieldTo, FieldSaid:
		return inRecipient && strings.Contains(foldASCII(r.Recipients), t.text) || inReply && strings.Contains(foldASCII(r.SendLog), t.text)
	case FieldTook:
		d, ok := r.Took()
		return ok && t.span.holds(int64(d/time.Second))
	case FieldTime:
		x := r.RequestTime.Unix()
		if t.span.daily {
			x = (x + offset) % 86400
		}
		return !r.RequestTime.IsZero() && t.span.holds(x)
	}
	value := valueIn(t.field, r, e, id)
	return slices.ContainsFunc(t.values, func(p string) bool { return glob(p, value) })
}

// valueIn is the value that a field with a list of values looks at.
func valueIn(f Field, r sendcloud.Record, e Explained, id pattern.ID) string {
	switch f {
	case FieldDomain:
		return DomainOf(r.Recipients)
	case FieldStatus:
		return r.Status.String()
	case FieldSub:
		return subStatusValue(head{sub: r.SubStatus, subText: r.SubStatusText})
	case FieldCause:
		return e.Cause
	case FieldPerm:
		return e.Permanence
	case FieldProvider:
		return e.Provider
	case FieldUser:
		return r.APIUser
	case FieldPattern:
		return string(id)
	case FieldIP:
		return e.RefusedIP
	}
	return ""
}
