package words

import (
	"bounceboard/keymap"
	"bounceboard/sendcloud"
)

// missing has, for one item that was asked for and for many, what is said of those without a row: that they
// were not found, and that they lack what another filter asks for.
var missing = table("missing")

func oneOrMany(of int) []Sentence {
	if of == 1 {
		return missing["one"]
	}
	return missing["many"]
}

// NotFound says how many of the items asked for no row has.
func NotFound(l Lang, m keymap.Map, n, of int) string {
	if of == 1 {
		return l.Say(oneOrMany(of)[0].With(m))
	}
	return l.Say(oneOrMany(of)[0].With(m), Number(n), Number(of))
}

// Lacking says how many of them no row has, where another filter of the query may be the reason, and which key drops
// that. without is what that key leaves out; empty: it does not act.
func Lacking(l Lang, m keymap.Map, q sendcloud.Query, n, of int, without sendcloud.Param) string {
	cure := l.Say(changesFilters.With(m))
	if without != "" {
		cure = l.Say(dropsFilter.With(m), Widening(l, without, 0))
	}
	return l.Say(oneOrMany(of)[1], Lower(subject(l, q)+sentBy(l, q)), cure, Number(n), Number(of))
}

// Filtered reports whether a query asks for less than all mail of its ids and addresses in its span.
func Filtered(q sendcloud.Query) bool {
	return len(q.Statuses)+len(q.SubStatuses)+len(q.APIUsers) > 0 || q.LabelID+q.LabelName != ""
}
