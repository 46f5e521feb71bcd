package words

import (
	"fmt"
	"math"
	"strings"
	"time"

	"bounceboard/sendcloud"
)

// The count view.
var (
	CountHead     = Sentence{"status, sub-status", "状态、子状态"}
	CountMails    = Sentence{"mails", "邮件数"}
	CountShare    = Sentence{"share", "占比"}
	CountAsOf     = Sentence{"as of", "截至"}
	CountUncoded  = Sentence{"without a code", "无子状态"}
	CountAll      = Sentence{"all mail", "全部邮件"}
	CountAsked    = Sentence{"asked for", "本次查询"}
	CountRate     = Sentence{"of all mail", "占全部邮件"}
	CountFailRate = Sentence{"failed, of all mail", "失败占全部邮件"}
	CountBeyond   = Sentence{"not asked for", "不在本次查询内"}
	CountWhole    = Sentence{"Every number is here; r counts again.", "数字已齐，按 r 重新统计。"}
	CountNothing  = Sentence{"Nothing to count.", "没有可统计的内容。"}
	CountNot      = Sentence{"not counted", "尚未统计"}
	CountUnknown  = Sentence{"cannot be told from these numbers", "无法从现有数字算出"}
	CountMore     = Sentence{"; %d more", "；另有 %d 处"}
	CountNoCode   = Sentence{"The service cannot search for mail without a code: search for its status, then narrow there.",
		"服务端不能按“无子状态”查询：请先查询该状态，再在结果中筛选。"}

	countCost    = Sentence{"Counting costs %s, about %s; enter starts.", "统计需 %s，约 %s，回车开始。"}
	countLoading = Sentence{"loading: %s of %s numbers", "正在查询：已得 %s / %s 个数"}
	countStopped = Sentence{"stopped: %s of %s numbers; c goes on", "已停止：已得 %s / %s 个数，按 c 继续"}
	countFailed  = Sentence{"%s of %s numbers failed; c asks for them again", "%[2]s 个数中有 %[1]s 个失败，按 c 重试"}
	countDone    = Sentence{"%s numbers, the oldest as of %s", "%s 个数，最早的截至 %s"}
	countOf      = Sentence{"%s of %s", "占%[2]s的 %[1]s"}
	countOfAll   = Sentence{"%s of all", "占全部的 %s"}
	countAtMost  = Sentence{"at most %s", "最多 %s"}
	countExcess  = Sentence{"its codes add up to %s more than its total", "各子状态之和比总数多 %s"}
)

// The facets.
var (
	FacetEmpty    = Sentence{"No row of this slice has a value here.", "这部分数据在此列没有值。"}
	FacetLoading  = Sentence{"loading", "正在统计"}
	FacetNone     = Sentence{"(none)", "（空）"}
	FacetMails    = Sentence{"mails", "邮件数"}
	FacetShare    = Sentence{"share", "占比"}
	FacetLift     = Sentence{"vs rest", "较其余"}
	FacetByCount  = Sentence{"most first", "按数量排序"}
	FacetByValue  = Sentence{"in their order", "按先后排序"}
	FacetByLift   = Sentence{"odd ones first", "按差异排序"}
	FacetOnlyHere = Sentence{"only here", "仅此处有"}
)

// CountCost says what counting costs, before it begins.
func CountCost(l Lang, calls int, takes time.Duration) string {
	return l.Say(countCost, l.Plural(calls, "call", "calls", "次调用"), About(l, takes))
}

// About is a duration a person plans with: 2 s, 3 min.
func About(l Lang, d time.Duration) string {
	switch {
	case d < time.Second:
		return l.Say(Sentence{"1 s", "1 秒"})
	case d < 90*time.Second:
		return l.Say(Sentence{"%d s", "%d 秒"}, int(d.Round(time.Second)/time.Second))
	}
	return l.Say(Sentence{"%d min", "%d 分钟"}, int(d.Round(time.Minute)/time.Minute))
}

// CountLoading says how far counting is.
func CountLoading(l Lang, have, of int) string {
	return l.Say(countLoading, Number(have), Number(of))
}

// CountStopped says how much came before counting was stopped.
func CountStopped(l Lang, have, of int) string {
	return l.Say(countStopped, Number(have), Number(of))
}

// CountFailed says how many numbers came to an error.
func CountFailed(l Lang, failed, of int) string {
	return l.Say(countFailed, Number(failed), Number(of))
}

// CountDone says that every number is there, and the age of the oldest; a zero
// time is not said.
func CountDone(l Lang, n int, oldest time.Time) string {
	if oldest.IsZero() {
		return l.Plural(n, "number", "numbers", "个数")
	}
	return l.Say(countDone, Number(n), Clock(oldest))
}

// Clock is a moment on the service's clock, as ages are said: 09:41:03.
func Clock(t time.Time) string { return t.In(sendcloud.Zone).Format(time.TimeOnly) }

// CountRow names a row of the count view: a status, or a code of it.
func CountRow(l Lang, s sendcloud.Status, sub sendcloud.SubStatus) string {
	switch {
	case sub == 0:
		return StatusName(l, s)
	case !sub.Known():
		return Code(sub)
	}
	return Code(sub) + " " + SubStatusName(l, sub)
}

// Count is a number of mails as a clause; atMost where the service ignored a filter.
func Count(l Lang, n int, atMost bool) string {
	s := l.Plural(n, "mail", "mails", "封")
	if atMost {
		return l.Say(countAtMost, s)
	}
	return s
}

// CountShareOf is a share of a named whole: 74.9% of invalid.
func CountShareOf(l Lang, share float64, whole string) string {
	if whole == "" {
		return l.Say(countOfAll, Percent(share))
	}
	return l.Say(countOf, Percent(share), whole)
}

// CountExcess says that the codes of a status add up to more than its total.
func CountExcess(l Lang, n int) string { return l.Say(countExcess, Number(n)) }

// DayOf is a day as a column's head or a clause, month and day.
func DayOf(d sendcloud.Date) string { return d.Start().Format("01-02") }

// Percent is a share in at most six columns: 64.5%, <0.1%, 100%.
func Percent(share float64) string {
	switch p := share * 100; {
	case p == 0:
		return "0%"
	case p < 0.05:
		return "<0.1%"
	case p >= 100:
		return "100%"
	case p >= 99.95:
		return "99.9%"
	default:
		return fmt.Sprintf("%.1f%%", p)
	}
}

// Compact is n in at most w columns, five at least: exact where it fits, else
// 73.3k and 1.2M, or in Chinese 7.3万 and 1.2亿.
func Compact(l Lang, n, w int) string {
	units := []compactUnit{{1e9, "G", 1}, {1e6, "M", 1}, {1e3, "k", 1}}
	if l == Chinese {
		units = []compactUnit{{1e8, "亿", 2}, {1e4, "万", 2}}
	}
	text := Number(n)
	if len(text) <= w {
		return text
	}
	for i, u := range units {
		v := float64(n) / u.of
		if v < 0.9995 {
			continue
		}
		if text = fmt.Sprintf("%.1f", v); len(text)+u.width > w {
			text = fmt.Sprintf("%.0f", v)
		}
		if len(text)+u.width > w && i > 0 { // rounded up to a digit more
			text, u = fmt.Sprintf("%.1f", float64(n)/units[i-1].of), units[i-1]
		}
		return text + u.name
	}
	return text
}

type compactUnit struct {
	of    float64
	name  string
	width int // of the name, in columns
}

// Lift is how much more frequent a value is here than in the rest of the
// slice, as a ratio in at most six columns; times is the sign before it.
func Lift(times string, lift float64) string {
	switch {
	case lift >= 999.5:
		return times + "999+"
	case lift >= 9.95:
		return fmt.Sprintf("%s%.0f", times, lift)
	case lift < 0.05:
		return times + "0.0"
	default:
		return fmt.Sprintf("%s%.1f", times, lift)
	}
}

// Covered says which part of the rows a number comes from.
func Covered(l Lang, covered, of int) string {
	return l.Say(Sentence{"from %s", "基于 %s"}, HereOf(l, covered, of))
}

// FacetValues is how many values a column has.
func FacetValues(l Lang, n int) string { return l.Plural(n, "value", "values", "个值") }

// FacetValuesIn is that, and how many rows the slice has.
func FacetValuesIn(l Lang, n, rows int) string {
	return l.Say(Sentence{"%s in %s", "%[2]s中有 %[1]s"}, FacetValues(l, n), l.Plural(rows, "row", "rows", "行"))
}

// The columns a slice is taken apart by.
var (
	ColumnStatus     = Sentence{"status", "状态"}
	ColumnSub        = Sentence{"sub-status", "子状态"}
	ColumnCause      = Sentence{"cause", "原因"}
	ColumnPermanence = Sentence{"permanence", "永久/临时"}
	ColumnProvider   = Sentence{"provider", "邮箱服务商"}
	ColumnDomain     = Sentence{"recipient domain", "收件域名"}
	ColumnUser       = Sentence{"api user", "发信账号"}
	ColumnPattern    = Sentence{"reply pattern", "回复模式"}
	ColumnIP         = Sentence{"refused IP", "被拒 IP"}
	ColumnHour       = Sentence{"hour", "小时"}
	ColumnDay        = Sentence{"day", "日期"}
	ColumnTook       = Sentence{"took", "用时"}
)

// The histogram.
var (
	TimelineEmpty  = Sentence{"No row of this slice has a time.", "这部分数据没有时间。"}
	TimelineChosen = Sentence{"%s chosen", "已选 %s"}
	TimelineSteady = Sentence{"No rise of failures stands out against earlier days.", "与之前几天相比，失败没有明显增加。"}
	TimelineLacks  = Sentence{"Not every row is here: since when failures rose cannot be told. a fetches all.", "尚未读取全部行，无法判断失败从何时增加；按 a 读取全部。"}
	timelineHours  = Sentence{"%s a column", "每列 %s"}

	riseByHour = Sentence{"%s rose from %s to %s an hour at %s on %s", "%[1]s自 %[5]s %[4]s 起由每小时 %[2]s 封升至 %[3]s 封"}
	riseByDay  = Sentence{"%s rose from %s to %s a day on %s", "%[1]s自 %[4]s 起由每天 %[2]s 封升至 %[3]s 封"}
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

// rate is a mean number of mails.
func rate(l Lang, n float64) string {
	if n > 0 && n < 1 {
		return l.Say(Sentence{"under 1", "不到 1"})
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
