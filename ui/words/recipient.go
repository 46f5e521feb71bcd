package words

import (
	"fmt"
	"strings"

	"bounceboard/keymap"
	failures "bounceboard/sendcloud/rate"
	"bounceboard/sendcloud/recordset"
)

// times says how often something happened: once, twice, three times.
func times(l Lang, n int) string {
	few := []string{"", "once", "twice", "three times", "four times", "five times"}
	switch {
	case l == Chinese:
		return Number(n) + " 次"
	case n < len(few):
		return few[n]
	}
	return Number(n) + " times"
}

// RecipientMail is one recipient's mail as a sentence: "4 delivered, last 11-29 21:27; refused since 11-30 08:12, three
// times: mailbox full". partial says that rows are missing here.
func RecipientMail(l Lang, m recordset.Mail, partial bool) string {
	var parts []string
	switch {
	case m.Delivered > 0:
		parts = append(parts, l.Say(mailDelivered, Number(m.Delivered), Moment(m.Last)))
	case m.Refused+m.Waiting > 0:
		parts = append(parts, l.Say(mailNone))
	}
	if m.Refused > 0 {
		said := mailRefused
		if m.Causes > 1 {
			said = mailRefusedMixed
		}
		part := l.Say(said, Moment(m.Since), times(l, m.Refused), CauseName(l, m.Cause))
		if m.Cause == "" {
			part = strings.TrimRight(part, ":： ")
		}
		parts = append(parts, part)
	}
	if m.Earlier > 0 {
		parts = append(parts, l.Say(mailEarlier, times(l, m.Earlier)))
	}
	if m.Waiting > 0 {
		parts = append(parts, l.Say(mailWaiting, Number(m.Waiting)))
	}
	text := strings.Join(parts, l.Say(ListItem))
	if partial && text != "" {
		text = l.Say(mailSoFar, text)
	}
	return text
}

// Alike says how far others share what happened to a mail. all is how many rows there are, if not all are here. calls is
// what it costs to ask how much delivered mail there is; 0: that cannot be asked, or the rows have it.
func Alike(l Lang, keys keymap.Map, a recordset.Alike, all, calls int) string {
	here := RowCount(l, a.Covered)
	if all > a.Covered {
		here = l.Say(hereOfAll, Number(a.Covered), Number(all))
	}
	var parts []string
	switch {
	case a.Rows == 1:
		return l.Say(aloneReply, here)
	case a.Recipients == 1:
		return l.Say(onePersonReply, Number(a.Rows), here, Moment(a.Since))
	}
	people := Number(a.Recipients)
	if a.Recipients == recordset.MostPeople {
		people = l.Say(orMorePeople, people)
	}
	parts = append(parts, l.Say(alikeReply, Number(a.Rows), here, people, Moment(a.Since)))
	if a.Failed > 0 && a.Domain != "" {
		parts = append(parts, l.Say(alikeCause, CauseName(l, a.Cause), a.Domain, Number(a.Failed), Number(a.OfDomain)))
	}
	if a.Unaffected != "" {
		parts = append(parts, l.Say(unaffected, a.Unaffected, Number(a.UnaffectedOf)))
	}
	if !a.DeliveredHere && calls > 0 {
		parts = append(parts, l.Say(rateUnknown.With(keys), l.Plural(calls, "call", "calls", "次调用")))
	}
	return strings.Join(parts, l.Say(ListItem))
}

// Rate is a rate with its interval: "12.4% (9.1-16.6)". It is empty where there is none.
func Rate(r failures.Rate) string {
	if r.All == 0 {
		return ""
	}
	return Percent(r.Share) + " (" + bound(r.Low) + "-" + bound(r.High) + ")"
}

func bound(share float64) string { return strings.TrimSuffix(fmt.Sprintf("%.1f", 100*share), ".0") }
