package words

import (
	"fmt"
	"slices"
	"strconv"
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
	if l == Chinese {
		s := span
		if to := recipients(l, q); to != "" {
			s += "，" + to + "的" + subject(l, q)
		} else {
			s += chineseAfter(s) + "的" + subject(l, q)
		}
		return s + tail(l, q)
	}
	s := subject(l, q)
	if to := recipients(l, q); to != "" {
		s += " " + to
	}
	return s + tail(l, q) + ", " + span
}

// chineseAfter is the blank that stands between a figure and Chinese.
func chineseAfter(s string) string {
	if s[len(s)-1] < 0x80 {
		return " "
	}
	return ""
}

func subject(l Lang, q sendcloud.Query) string {
	var s string
	switch {
	case Failures(q):
		s = l.Say(Sentence{"failed mail", "失败邮件"})
	case len(q.Statuses) == 0:
		s = l.Say(Sentence{"mail", "邮件"})
	default:
		var names []string
		for _, st := range q.Statuses {
			names = append(names, StatusName(l, st))
		}
		s = strings.TrimSuffix(strings.Join(names, l.Say(Sentence{" or ", "或"})), "邮件") + l.Say(Sentence{" mail", "邮件"})
	}
	if n := len(q.SubStatuses); n > 0 {
		text := ""
		switch {
		case n == 1:
			text = fmt.Sprintf("%d %s", q.SubStatuses[0], SubStatusName(l, q.SubStatuses[0]))
		case n <= 4:
			var codes []string
			for _, c := range q.SubStatuses {
				codes = append(codes, strconv.Itoa(int(c)))
			}
			text = strings.Join(codes, ", ")
		default:
			text = l.Say(Sentence{"%d sub-statuses", "%d 种子状态"}, n)
		}
		if l == Chinese {
			return s + "（" + text + "）"
		}
		s += " (" + text + ")"
	}
	if l == English {
		s = strings.ToUpper(s[:1]) + s[1:]
	}
	return s
}

// Failures reports whether q asks for failed mail as such: invalid and soft
// bounces, whatever their sub-status.
func Failures(q sendcloud.Query) bool {
	return len(q.SubStatuses) == 0 && len(q.Statuses) == 2 &&
		slices.Contains(q.Statuses, sendcloud.Invalid) && slices.Contains(q.Statuses, sendcloud.SoftBounce)
}

func recipients(l Lang, q sendcloud.Query) string {
	var parts []string
	switch n := len(q.Emails); {
	case n == 1:
		parts = append(parts, l.Say(Sentence{"to %s", "发给 %s "}, q.Emails[0]))
	case n > 1:
		parts = append(parts, l.Say(Sentence{"to %s addresses", "发给 %s 个地址"}, Number(n)))
	}
	switch n := len(q.EmailIDs); {
	case n == 1:
		parts = append(parts, l.Say(Sentence{"with email id %s", "邮件 ID 为 %s "}, q.EmailIDs[0]))
	case n > 1:
		parts = append(parts, l.Say(Sentence{"with %s email ids", "%s 个邮件 ID "}, Number(n)))
	}
	return strings.Join(parts, l.Say(Sentence{" ", "，"}))
}

func tail(l Lang, q sendcloud.Query) string {
	var s string
	add := func(text string) { s += l.Say(Sentence{", ", "，"}) + text }
	switch n := len(q.APIUsers); {
	case n == 1:
		add(l.Say(Sentence{"api user %s", "发信账号 %s"}, q.APIUsers[0]))
	case n > 1:
		add(l.Say(Sentence{"%d api users", "%d 个发信账号"}, n))
	}
	switch {
	case q.LabelID != "":
		add(l.Say(Sentence{"label %s", "标签 %s"}, q.LabelID))
	case q.LabelName != "":
		add(l.Say(Sentence{"labels like “%s”", "标签名称含“%s”"}, q.LabelName))
	}
	return s
}

var lastDays = Sentence{"last %d days", "最近 %d 天"}

func span(l Lang, p sendcloud.Plan) string {
	first, last := p.First.String(), p.Last.String()
	if p.First == p.Last {
		return l.Say(Sentence{"on %s", "%s"}, first)
	}
	if p.First.Year == p.Last.Year {
		first, last = first[5:], last[5:]
	}
	if n := p.Query.Days; n > 1 {
		return l.Say(lastDays, n) + l.Say(Sentence{" (%s to %s)", "（%s 至 %s）"}, first, last)
	}
	return l.Say(Sentence{"%s to %s", "%s 至 %s"}, first, last)
}
