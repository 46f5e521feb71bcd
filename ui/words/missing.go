package words

import (
	"bounceboard/keymap"
	"bounceboard/sendcloud"
)

// missing has, by what was asked for, what is said of ids and addresses that have no row: that they
// were not found, and that they lack what another filter asks for.
var missing = table("missing")

// askedFor is one or more ids or addresses of a query, the ids first, and how many there are.
func askedFor(q sendcloud.Query) (what string, n int) {
	switch ids, addresses := len(q.EmailIDs), len(q.Emails); {
	case ids == 1 && addresses == 0:
		return "id", 1
	case ids > 0:
		return "ids", ids
	case addresses == 1:
		return "address", 1
	default:
		return "addresses", addresses
	}
}

// Lacking says how many of the ids and addresses asked for no row has, where another filter may be the reason, and which key drops
// that. without is what that key leaves out; empty: it does not act.
func Lacking(l Lang, m keymap.Map, q sendcloud.Query, n int, without sendcloud.Param) string {
	cure := l.Say(changesFilters.With(m))
	if without != "" {
		cure = l.Say(dropsFilter.With(m), Widening(l, without, 0))
	}
	asked, of := askedFor(q)
	return l.Say(missing[asked][1], Lower(subject(l, q)+sentBy(l, q)), cure, Number(n), Number(of))
}

// Filtered reports whether a query asks for less than all mail of its ids and addresses in its span.
func Filtered(q sendcloud.Query) bool {
	return len(q.Statuses)+len(q.SubStatuses)+len(q.APIUsers) > 0 || q.LabelID+q.LabelName != ""
}

// NotFound says how many of the ids and addresses asked for no row has.
func NotFound(l Lang, m keymap.Map, q sendcloud.Query, n int) string {
	asked, of := askedFor(q)
	if of == 1 {
		return l.Say(missing[asked][0].With(m))
	}
	return l.Say(missing[asked][0].With(m), Number(n), Number(of))
}
