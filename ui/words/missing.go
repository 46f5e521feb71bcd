package words

import (
	"bounceboard/keymap"
	"bounceboard/sendcloud"
)

// missing has, for one id, one address and many, that they were not found, and that they lack what a filter asks for.
var missing = table("missing")

// NotFound says how many items have no row. If a part of the query may be the reason, it names the key that drops that part:
// without. Empty: nothing else is asked for.
func NotFound(l Lang, m keymap.Map, q sendcloud.Query, n, of int, without sendcloud.Param) string {
	said := missing["many"]
	if of == 1 {
		if said = missing["address"]; len(q.EmailIDs) > 0 {
			said = missing["id"]
		}
	}
	cure := l.Say(changesFilters.With(m))
	if without != "" {
		cure = l.Say(dropsFilter.With(m), Widening(l, without, 0))
	}
	switch {
	case Filtered(q):
		return l.Say(said[1], Lower(subject(l, q)+sentBy(l, q)), cure, Number(n), Number(of))
	case of == 1:
		return l.Say(said[0].With(m))
	}
	return l.Say(said[0].With(m), Number(n), Number(of))
}

// Filtered reports whether a query asks for less than all mail of its ids and addresses in its span.
func Filtered(q sendcloud.Query) bool {
	return len(q.Statuses)+len(q.SubStatuses)+len(q.APIUsers) > 0 || q.LabelID+q.LabelName != ""
}
