package words

import (
	"math"
	"strings"
	"time"

	"bounceboard/sendcloud"
)

// The histogram.
var (
	TimelineEmpty  = Sentence{"No row of this slice has a time.", "这部分数据没有时间。"}
	TimelineChosen = Sentence{"%s chosen", "已选 %s"}
	TimelineSteady = Sentence{"No rise of failures stands out against earlier days.", "与之前几天相比，失败没有明显增加。"}
	TimelineLacks  = Sentence{"Not every row is here: since when failures rose cannot be told. {fetch all} fetches all.", "尚未读取全部行，无法判断失败从何时增加；按 {fetch all} 读取全部。"}
	timelineHours  = Sentence{"%s a column", "每列 %s"}

	riseByHour = Sentence{"%s rose from %s to %s an hour at %s on %s", "%[1]s自 %[5]s %[4]s 起由每小时%[2]s封升至%[3]s封"}
	riseByDay  = Sentence{"%s rose from %s to %s a day on %s", "%[1]s自 %[4]s 起由每天%[2]s封升至%[3]s封"}
	riseMean   = Sentence{"mean of %s", "%s平均"}
	riseDay    = Sentence{"against earlier days", "与之前几天同时段相比"}
	riseWeek   = Sentence{"against earlier weeks", "与之前几周同日相比"}
)

// TimelineStep says what one column of the histogram spans.
func TimelineStep(l Lang, n int, days bool) string {
	if days {
		return l.Say(timelineHours, l.Plural(n, "day", "days", "天"))
	}
	return l.Say(timelineHours, l.Plural(n, "hour", "hours", "小时"))
}

// Undated says how many rows have no time that can be read.
func Undated(l Lang, n int) string {
	return l.Plural(n, "row without a time", "rows without a time", "行没有时间")
}

// Risen is a stretch of time with more mails of a status than before.
type Risen struct {
	Status        sendcloud.Status
	At            time.Time // where it begins
	Units         int       // how many hours, or days, it lasts
	Days          bool      // they are days
	Before, After float64   // mails a unit, in the mean
}

// Rise says since when a status has more mails than before: how many an hour, or
// a day. compared adds what the first number is of.
func Rise(l Lang, r Risen, compared bool) string {
	at := r.At.In(sendcloud.Zone)
	name, from, to, day := StatusName(l, r.Status), rate(l, r.Before), rate(l, r.After), at.Format("01-02")
	text, than, units := l.Say(riseByHour, name, from, to, at.Format("15:04"), day), riseDay, l.Plural(r.Units, "hour", "hours", "小时")
	if r.Days {
		text, than, units = l.Say(riseByDay, name, from, to, day), riseWeek, l.Plural(r.Units, "day", "days", "天")
	}
	var more []string
	if r.Units > 1 {
		more = append(more, l.Say(riseMean, units))
	}
	if compared {
		more = append(more, l.Say(than))
	}
	if len(more) > 0 {
		text += l.Say(Sentence{" (%s)", "（%s）"}, strings.Join(more, l.Say(Sentence{", ", "，"})))
	}
	return text
}

// rate is a mean number of mails; in Chinese with the blanks that a number has
// around it.
func rate(l Lang, n float64) string {
	switch {
	case n > 0 && n < 1:
		return l.Say(Sentence{"under 1", "不到 1 "})
	case l == Chinese:
		return " " + Number(int(math.Round(n))) + " "
	}
	return Number(int(math.Round(n)))
}

// Span is a stretch of time on the service's clock, its end not included:
// 11-23 14:00–15:00, 11-22 22:00–11-23 02:00, 11-20–11-22 for whole days.
func Span(from, to time.Time, days bool, dash string) string {
	from, to = from.In(sendcloud.Zone), to.In(sendcloud.Zone)
	const day, clock = "01-02", "15:04"
	if days {
		first, last := from.Format(day), to.Add(-time.Nanosecond).Format(day)
		if first == last {
			return first
		}
		return first + dash + last
	}
	if sendcloud.DateOf(from) == sendcloud.DateOf(to.Add(-time.Nanosecond)) {
		end := to.Format(clock)
		if end == "00:00" {
			end = "24:00"
		}
		return from.Format(day+" "+clock) + dash + end
	}
	return from.Format(day+" "+clock) + dash + to.Format(day+" "+clock)
}

// Tally is a moment of the histogram as a sentence: how many mails, and of
// these parts.
func Tally(l Lang, when string, n int, parts []string) string {
	text := l.Say(Labelling, when, l.Plural(n, "mail", "mails", "封"))
	for _, p := range parts {
		text += l.Say(Sentence{", ", "，"}) + p
	}
	return text
}

// CountOf is how many have a name: 903 invalid, 无效邮件 903.
func CountOf(l Lang, n int, name string) string {
	return l.Say(Sentence{"%[1]s %[2]s", "%[2]s %[1]s"}, Number(n), name)
}
