package words

import (
	"bounceboard/keymap"
	"bounceboard/sendcloud"
)

// What is said about ids and addresses that have no row.
var (
	idMissing, addressMissing, idsMissing, addressesMissing = four("idMissing addressMissing idsMissing addressesMissing")
)

var (
	idLacks, addressLacks, idsLack, addressesLack, dropsFilter = five("idLacks addressLacks idsLack addressesLack dropsFilter")
	changesFilters                                             = Sentence{"{query} changes the query", "按 {query} 修改查询条件"}
)

// Lacking says how many of the ids and addresses asked for no row has, where
// another filter may be the reason, and which key drops that. without is what
// that key leaves out; empty: it does not act.
func Lacking(l Lang, m keymap.Map, q sendcloud.Query, n int, without sendcloud.Param) string {
	what, cure := subject(l, q)+sentBy(l, q), l.Say(changesFilters.With(m))
	what = Lower(what)
	if without != "" {
		cure = l.Say(dropsFilter.With(m), Widening(l, without, 0))
	}
	switch {
	case len(q.EmailIDs) == 1 && len(q.Emails) == 0:
		return l.Say(idLacks, what, cure)
	case len(q.EmailIDs) == 0 && len(q.Emails) == 1:
		return l.Say(addressLacks, what, cure)
	case len(q.EmailIDs) > 0:
		return l.Say(idsLack, what, cure, Number(n), Number(len(q.EmailIDs)))
	}
	return l.Say(addressesLack, what, cure, Number(n), Number(len(q.Emails)))
}

// Filtered reports whether a query asks for less than all mail of its ids and
// addresses in its span.
func Filtered(q sendcloud.Query) bool {
	return len(q.Statuses)+len(q.SubStatuses)+len(q.APIUsers) > 0 || q.LabelID+q.LabelName != ""
}

// NotFound says how many of the ids and addresses asked for no row has.
func NotFound(l Lang, m keymap.Map, q sendcloud.Query, n int) string {
	switch {
	case len(q.EmailIDs) == 1:
		return l.Say(idMissing.With(m))
	case len(q.EmailIDs) == 0 && len(q.Emails) == 1:
		return l.Say(addressMissing.With(m))
	case len(q.EmailIDs) > 0:
		return l.Say(idsMissing.With(m), Number(n), Number(len(q.EmailIDs)))
	}
	return l.Say(addressesMissing.With(m), Number(n), Number(len(q.Emails)))
}
