package words

import (
	"time"

	"bounceboard/sendcloud"
)

// The counts. Sentences with a key in braces are said With the keymap.
var (
	CountHead     = Sentence{"status, sub-status", "状态、子状态"}
	CountMails    = Sentence{"mails", "邮件数"}
	CountShare    = Sentence{"share", "占比"}
	CountUncoded  = Sentence{"without a code", "无子状态"}
	CountAll      = Sentence{"all mail", "全部邮件"}
	CountAsked    = Sentence{"asked for", "本次查询"}
	CountRate     = Sentence{"of all mail", "占全部邮件"}
	CountFailRate = Sentence{"failed, of all mail", "失败占全部邮件"}
	CountWhole    = Sentence{"Every number is here; {again} counts again.", "数字已齐，按 {again} 重新统计。"}
	CountNot      = Sentence{"not counted", "尚未统计"}
	CountUnknown  = Sentence{"cannot be told from these numbers", "无法从现有数字算出"}
	CountMore     = Sentence{"; %d more", "；另有 %d 处"}
	CountAtMost   = Sentence{"at most %s", "最多 %s"}
	CountAtLeast  = Sentence{"at least %s", "至少 %s"}
	CountShareOf  = Sentence{"%s of %s", "占%[2]s的 %[1]s"}
	CountOfAll    = Sentence{"%s of all", "占全部的 %s"}
	CountOfStatus = Sentence{"%s of it", "占其 %s"} // of the status that stands above
	CountOfDay    = Sentence{"%s of all that day", "占当天全部的 %s"}
	CountNoDays   = Sentence{"{by day} counts the days too; then {earlier} {later} go from day to day.", "按 {by day} 可按天统计，然后用 {earlier} {later} 切换日期。"}
	CountNoCode   = Sentence{"The service cannot search for mail without a code: search for its status, then narrow there.",
		"服务端不能按“无子状态”查询：请先查询该状态，再在结果中筛选。"}

	CountCost    = Sentence{"Counting costs %s; {show mails} starts.", "统计需 %s，按 {show mails} 开始。"}
	CountLoading = Sentence{"loading: %s of %s numbers", "正在查询：已得 %s / %s 个数"}
	CountStopped = Sentence{"stopped: %s of %s numbers; {go on} goes on", "已停止：已得 %s / %s 个数，按 {go on} 继续"}
	CountFailed  = Sentence{"%s of %s numbers failed; {go on} asks for them again", "%[2]s 个数中有 %[1]s 个失败，按 {go on} 重试"}
	CountDone    = Sentence{"%s numbers, the oldest as of %s", "%s 个数，最早的截至 %s"}
)

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

// DayOf is a day as a column's head or a clause, month and day.
func DayOf(d sendcloud.Date) string { return d.Start().Format("01-02") }
