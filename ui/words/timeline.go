package words

import (
	"math"
	"strings"
	"time"

	"bounceboard/sendcloud"
)

// TimelineStep says what one column of the histogram spans.
func TimelineStep(l Lang, n int, days bool) string { return l.Say(timelineStep, hours(l, n, days)) }

func hours(l Lang, n int, days bool) string {
	if days {
		return l.Plural(n, "day", "days", "天")
	}
	return l.Plural(n, "hour", "hours", "小时")
}

// Undated says how many rows have no time that can be read.
func Undated(l Lang, n int) string {
	return l.Plural(n, "row without a time", "rows without a time", "行没有时间")
}

// Risen is a stretch of time with more mails of a status than before.
type Risen struct {
	Status        sendcloud.Status
	At            time.Time // where it begins
	Units         int       // how many hours it lasts
	Before, After float64   // mails an hour, in the mean
}

// Rise says since when a status has more mails than before: how many an hour. compared adds what the first number is of.
func Rise(l Lang, r Risen, compared bool) string {
	at := r.At.In(sendcloud.Zone)
	text := l.Say(riseByHour, StatusName(l, r.Status), rate(l, r.Before), rate(l, r.After), at.Format("15:04"), at.Format("01-02"))
	var more []string
	if r.Units > 1 {
		more = append(more, l.Say(riseMean, l.Plural(r.Units, "hour", "hours", "小时")))
	}
	if compared {
		more = append(more, l.Say(riseDay))
	}
	if len(more) > 0 {
		text = l.Say(InBrackets, text, strings.Join(more, l.Say(NextPart)))
	}
	return text
}

// rate is a mean number of mails; in Chinese with the blanks that a number has around it.
func rate(l Lang, n float64) string {
	if n > 0 && n < 1 {
		return l.Say(Sentence{"under 1", "不到 1 "})
	}
	return l.Say(Sentence{"%s", " %s "}, Number(int(math.Round(n))))
}

// Span is a stretch of time, its end not included: 11-23 14:00–15:00, 11-22 22:00–11-23 02:00, 11-20–11-22.
func Span(from, to time.Time, days bool, dash string) string {
	from, to = from.In(sendcloud.Zone), to.In(sendcloud.Zone)
	const day, clock = "01-02", "15:04"
	begin, end := from.Format(day+" "+clock), to.Format(day+" "+clock)
	switch last := to.Add(-time.Nanosecond); {
	case days:
		begin, end = from.Format(day), last.Format(day)
	case sendcloud.DateOf(from) == sendcloud.DateOf(last):
		if end = to.Format(clock); end == "00:00" {
			end = "24:00"
		}
	}
	if begin == end {
		return begin
	}
	return begin + dash + end
}
