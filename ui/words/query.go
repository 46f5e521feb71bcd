package words

import (
	"slices"
	"strings"

	"bounceboard/sendcloud"
)

// Query is a plan's question as a sentence.
func Query(l Lang, p sendcloud.Plan) string { return asked(l, p.Query, span(l, p)) }

// ShortQuery is Query without the dates that a number of days comes to.
func ShortQuery(l Lang, p sendcloud.Plan) string {
	if n := p.Query.Days; n > 1 {
		return asked(l, p.Query, l.Say(lastDays, n))
	}
	return Query(l, p)
}

func asked(l Lang, q sendcloud.Query, span string) string {
	what, who, more := subject(l, q), recipients(l, q), sentBy(l, q)
	if l == English {
		return Capital(strings.TrimSuffix(what+" "+who, " ")) + more + ", " + span
	}
	if who != "" {
		span += "，" + who
	}
	if span[len(span)-1] < 0x80 { // a blank stands between a figure and Chinese
		span += " "
	}
	return span + "的" + what + more
}

// sentBy is the api users and the label of mail, behind a comma.
func sentBy(l Lang, q sendcloud.Query) string {
	more := l.several(q.APIUsers, ofUser, ofUsers)
	switch {
	case q.LabelID != "":
		more += l.Say(ofLabel, q.LabelID)
	case q.LabelName != "":
		more += l.Say(likeLabel, q.LabelName)
	}
	return more
}

func subject(l Lang, q sendcloud.Query) string {
	s := l.Say(mail)
	switch {
	case Failures(q):
		s = l.Say(failedMail)
	case len(q.Statuses) > 0:
		var names []string
		for _, st := range q.Statuses {
			names = append(names, StatusName(l, st))
		}
		s = l.Say(mailOf, strings.TrimSuffix(strings.Join(names, l.Say(Or)), "邮件"))
	}
	var codes []string
	for _, c := range q.SubStatuses {
		codes = append(codes, Code(c))
	}
	switch n := len(codes); {
	case n == 0:
		return s
	case n == 1:
		codes[0] += " " + SubStatusName(l, q.SubStatuses[0])
	case n > 4:
		codes = []string{l.Say(subStatuses, n)}
	}
	text := strings.Join(codes, ", ")
	if l == Chinese {
		return s + "（" + text + "）"
	}
	return s + " (" + text + ")"
}

// Failures reports whether q asks for failed mail as such: invalid and soft bounces, whatever their sub-status.
func Failures(q sendcloud.Query) bool {
	return len(q.SubStatuses) == 0 && len(q.Statuses) == 2 &&
		slices.Contains(q.Statuses, sendcloud.Invalid) && slices.Contains(q.Statuses, sendcloud.SoftBounce)
}

// several says one item as it is, and how many there are of more.
func (l Lang) several(items []string, one, many Sentence) string {
	switch len(items) {
	case 0:
		return ""
	case 1:
		return l.Say(one, items[0])
	}
	return l.Say(many, Number(len(items)))
}

func recipients(l Lang, q sendcloud.Query) string {
	ids := l.several(q.EmailIDs, withID, withIDs)
	switch {
	case ids == "":
		return l.several(q.Emails, toOne, toMany)
	case len(q.Emails) == 0:
		return ids
	}
	return l.several(q.Emails, recipientIs, toMany) + l.Say(Sentence{" ", "、"}) + ids
}

func span(l Lang, p sendcloud.Plan) string {
	first, last := p.First.String(), p.Last.String()
	if p.First == p.Last {
		return l.Say(onDay, first)
	}
	if p.First.Year == p.Last.Year {
		first, last = first[5:], last[5:]
	}
	dates := l.Say(fromDayTo, first, last)
	if n := p.Query.Days; n > 1 {
		return l.Say(InBrackets, l.Say(lastDays, n), dates)
	}
	return dates
}
