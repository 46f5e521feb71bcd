package words

import (
	"cmp"
	"time"

	"bounceboard/sendcloud"
)

// RowSpan is a stretch of rows: row 5, rows 1–14.
func RowSpan(l Lang, first, last int, dash string) string {
	if first == last {
		return l.Say(Sentence{"row %s", "第 %s 行"}, Number(first))
	}
	return l.Say(Sentence{"rows %s%s%s", "第 %s%s%s 行"}, Number(first), dash, Number(last))
}

// Waiting says why a call does not go out at once; empty where it does. dot stands between two facts.
func Waiting(l Lang, dot string, e sendcloud.Event, now time.Time) string {
	wait := e.Until.Sub(now)
	left := Duration(l, max(time.Second, wait))
	switch e.Kind {
	case sendcloud.Retrying:
		try := l.Say(TryIn, e.Try, left)
		if e.Err != nil {
			try += " " + dot + " " + Reason(l, e.Err)
		}
		return try
	case sendcloud.WaitingForBudget:
		if wait < time.Second { // at full speed every call waits its turn
			return ""
		}
		return l.Say(BudgetIn, left)
	case sendcloud.Paused:
		return l.Say(PausedFor, left)
	case sendcloud.Rereading:
		return l.Say(Reading)
	}
	return ""
}

var (
	widenWithout = pairs("widen")
	whyNothing   = pairs("why_nothing") // by what the query asks for
)

// Widening says what a query does with one condition less: without a parameter, or over more days.
func Widening(l Lang, without sendcloud.Param, days int) string {
	if without == sendcloud.ParamDays {
		return l.Say(widenSpan, days)
	}
	return l.Say(cmp.Or(widenWithout[string(without)], widenWithout[string(sendcloud.ParamEmail)]))
}

// WhyNothing says why a query may have found nothing.
func WhyNothing(l Lang, q sendcloud.Query) string {
	by := "-"
	switch {
	case len(q.EmailIDs) > 0:
		by = string(sendcloud.ParamEmailIDs)
	case len(q.Emails) > 0:
		by = string(sendcloud.ParamEmail)
	case q.LabelID != "" || q.LabelName != "":
		by = string(sendcloud.ParamLabelID)
	case Failures(q):
		by = string(sendcloud.ParamStatus)
	}
	return l.Say(whyNothing[by])
}

var notes = pairs("notes")

// Note is a note of the client as a clause.
func Note(l Lang, n sendcloud.Note) string { return cmp.Or(l.Say(notes[string(n)]), string(n)) }
