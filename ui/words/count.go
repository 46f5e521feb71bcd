package words

import (
	"cmp"
	"time"

	"bounceboard/sendcloud"
)

// What count and patterns do.
var (
	CountShort       = Sentence{"How many mails, by what", "按字段统计邮件数"}
	CountLong        = document("count")
	PatternsShort    = Sentence{"Replies that are the same but for their variables", "归并只有变量不同的服务器回复"}
	PatternsLong     = document("patterns")
	CountExamples    = document("count examples")
	PatternsExamples = document("patterns examples")
)

// What is wrong with their flags.
var (
	ByMissing      = Sentence{"count needs --by; use one of %s", "count 需要 --by；可用的有 %s"}
	ByTwice        = Sentence{"count takes one --by; run it once for each field", "count 只接受一个 --by；请分别统计"}
	NeedsRows      = Sentence{"%s cannot be counted by the service; add --all to fetch every row and count those, or --from FILE", "服务端无法按 %s 统计；请加 --all 读取全部行后统计，或用 --from 文件"}
	NeedsUsers     = Sentence{"--by api-user counts those that --api-users names; name them, or add --all for all there are", "--by api-user 只统计 --api-users 给出的发信账号；请给出，或加 --all 统计全部"}
	NeedsLabels    = Sentence{"--by label counts those that --label-id or --label-name names, by comma; name them", "--by label 只统计 --label-id 或 --label-name 给出的标签（逗号分隔）；请给出标签"}
	LabelInRows    = Sentence{"rows carry no label; leave out %s to count by label", "行中没有标签；按标签统计请去掉 %s"}
	FilterNeedsAll = Sentence{"--filter is for rows, and counting asks for none; add --all, or --from FILE", "--filter 只筛选行，而统计不读取行；请加 --all，或用 --from 文件"}
	PatternsNeed   = Sentence{"patterns needs rows; add --all to fetch them, or --from FILE", "patterns 需要行数据；请加 --all 读取，或用 --from 文件"}
	EveryRow       = Sentence{"%s counts every row; leave out %s", "%s 统计全部行；请去掉 %s"}
	FromAlone      = Sentence{"--from reads a file and asks the service nothing; leave out %s, or filter the rows", "--from 只读文件，不向服务端查询；请去掉 %s，或用 --filter 筛选"}
	GivenTwice     = Sentence{"%s was given twice; %s", "%s 给出了两次；%s"}
	SpoolNeedsAll  = Sentence{"--spool keeps what --all fetches; add --all, or leave it out", "--spool 保存 --all 读取的行；请加 --all 或去掉它"}
	SpoolNoFile    = Sentence{"--spool wants the name of a file; standard output is where list --all writes anyway", "--spool 需要文件名；list --all 本来就输出到标准输出"}
	FromTerminal   = Sentence{"--from - reads rows from standard input, and that is the terminal; give a file, or pipe them in: bounceboard list --all | bounceboard --from -", "--from - 从标准输入读取数据，而标准输入是终端；请给出文件，或用管道：bounceboard list --all | bounceboard --from -"}
	SpoolBroke     = Sentence{"--spool: %s could not be written on (%s); what stands in it is whole lines; make room and fetch again", "--spool：无法继续写入 %s（%s）；其中已有的行都是完整的；请腾出空间后重新读取"}
	FilterWrong    = Sentence{"--filter, character %d: %s", "--filter 第 %d 个字符：%s"}
	NotAPatternID  = Sentence{"%q is no pattern id: letters a to z and digits 2 to 7, ten at most", "%q 不是模式编号：字母 a 至 z 和数字 2 至 7，最多十位"}
	NoSuchPattern  = Sentence{"no pattern here begins with %s; bounceboard patterns lists them", "没有以 %s 开头的模式；用 bounceboard patterns 列出"}
	TwoPatterns    = Sentence{"%d patterns begin with %s (%s); give more of the id", "有 %d 个模式以 %s 开头（%s）；请多给几位"}
	OnePattern     = Sentence{"patterns takes one id, but got %d", "patterns 只接受一个编号，却给出了 %d 个"}
)

// OnceCures say for the flags that are refused a second time how to have both.
var OnceCures = pairs("once")

// What they say on standard error.
var (
	CountCalls      = Sentence{"%s, about %s", "%s，约 %s"}
	ProgressCounts  = Sentence{"%s of %s numbers, %s calls left this minute", "%s / %s 个数，本分钟还可调用 %s 次"}
	CountsMissing   = Sentence{"%s of %s are missing: %s", "%[2]s 个数中缺 %[1]s 个：%[3]s"}
	CountsUncoded   = Sentence{"%s without a sub-status are in none of these", "另有 %s没有子状态，不在其中"}
	CountsCame      = Sentence{"%s; %s of %s numbers came, %s missing", "%s；共 %[3]s 个数，已得 %[2]s 个，缺 %[4]s 个"}
	CoversService   = Sentence{"counted by the service: %s; as of %s", "由服务端统计：%s；统计于 %s"}
	FromTo          = Sentence{"%s to %s", "%s–%s"}
	CountsNoUncoded = Sentence{"the service ignores %s: mails without a sub-status are in none of these, and how many there are cannot be counted", "服务端忽略了 %s：没有子状态的邮件不在其中，其数量无法统计"}
	CoversSpan      = Sentence{", requested %s to %s", "，请求时间 %s 至 %s"}
	CoversFile      = Sentence{"counted over %s of %s", "统计自 %[2]s 的 %[1]s"}
	CoversAll       = Sentence{"counted over %s fetched", "统计自读取到的 %s"}
	CoversPart      = Sentence{"counted over %s fetched of %s", "统计自读取到的 %s，共 %s"}
	CoversFiltered  = Sentence{"; --filter leaves %s", "；--filter 筛选后为 %s"}
	FilteredHere    = Sentence{"%s filtered what was fetched, not what the service was asked: %s", "%s 只筛选已读取的行，没有用于服务端查询：%s"}
	FileRepeats     = Sentence{"%s: %s with an email id that had come before, counted once", "%s：%s的邮件 ID 重复出现，只计一次"}
	FirstStateStays = Sentence{"%s of them had a later state; list writes what comes first (count, patterns and the dashboard take the latest)", "其中 %s后来状态有变；list 输出先出现的（count、patterns 和面板取最新的）"}

	conflictIgnored = Sentence{"the service ignores %s: the numbers that depend on it are upper bounds (at most)", "服务端忽略了 %s：依赖它的数字只是上限（最多）"}
	conflictDates   = Sentence{"the service ignores the dates: each number counts mail of any day and is an upper bound (at most)", "服务端忽略了日期：每个数都包含其他日期的邮件，只是上限（最多）"}
	conflictLabel   = Sentence{"with and without %s the service counts the same: it may ignore it, and the numbers are upper bounds (at most)", "有无 %s 统计结果相同：服务端可能忽略了它，数字只是上限（最多）"}
	conflictCodes   = Sentence{"the sub-statuses of %s add up to %s, but the service says %s for it (%s to %s): they are upper bounds (at most)", "%[1]s 的各子状态之和为 %[2]s，而服务端给出的总数为 %[3]s（%[4]s 至 %[5]s）：子状态的数字只是上限（最多）"}
)

// Conflict says in what the service's numbers contradict each other; flag
// calls a parameter by its flag.
func Conflict(l Lang, c sendcloud.Conflict, flag func(sendcloud.Param) string) string {
	switch c.Kind {
	case sendcloud.CodesExceedStatus:
		return l.Say(conflictCodes, StatusName(l, c.Status), Number(c.Codes), Number(c.Total), c.First, c.Last)
	case sendcloud.WithoutEffect:
		return l.Say(conflictLabel, flag(c.Param))
	}
	if c.Param == sendcloud.ParamStartDate { // they go together, whether days or dates were given
		return l.Say(conflictDates)
	}
	return l.Say(conflictIgnored, flag(c.Param))
}

// CallsAndTime says what calls cost: 57 calls, about 6 s.
func CallsAndTime(l Lang, calls int, takes time.Duration) string {
	return l.Say(CountCalls, Calls(l, calls), About(l, takes))
}

// Calls is a number of calls: 1 call, 57 calls, 57 次调用.
func Calls(l Lang, n int) string { return l.Plural(n, "call", "calls", "次调用") }

// Mails is a number of mails: 1 mail, 1,234 mails, 1,234 封.
func Mails(l Lang, n int) string { return l.Plural(n, "mail", "mails", "封") }

// Values is a number of values; or more, where they were not all told apart.
func Values(l Lang, n int, orMore bool) string {
	if orMore {
		return l.Say(Sentence{"%s values or more", "至少 %s 种"}, Number(n))
	}
	return l.Plural(n, "value", "values", "种")
}

// RowCount is a number of rows.
func RowCount(l Lang, n int) string { return l.Plural(n, Rows[0], Rows[1], Rows[2]) }

// Fit says how many of the rows that came passed a filter.
func Fit(l Lang, fit, came int) string {
	if fit == 0 && l == Chinese {
		return RowCount(l, came) + "中没有符合的"
	}
	return l.Say(Sentence{"%s of %s fit", "%[2]s中有 %[1]s 行符合"}, Number(fit), RowCount(l, came))
}

// The counts. Sentences with a key in braces are said With the keymap.
var (
	CountHead     = Sentence{"status, sub-status", "状态、子状态"}
	CountUncoded  = Sentence{"without a code", "无子状态"}
	CountAll      = Sentence{"all mail", "全部邮件"}
	CountAsked    = Sentence{"asked for", "本次查询"}
	CountRate     = Sentence{"of all mail", "占全部邮件"}
	CountFailRate = Sentence{"failed, of all mail", "失败占全部邮件"}
	CountNot      = Sentence{"not counted", "尚未统计"}
	CountNotYet   = Sentence{"not counted yet; {go on} counts", "尚未统计，按 {go on} 开始"}
	CountNoTotal  = Sentence{"%s of %s numbers: the service told no total that can be read", "%[2]s 个数中有 %[1]s 个：服务端没有给出可读的总数"}
	CountUnknown  = Sentence{"cannot be told from these numbers", "无法从现有数字算出"}
	CountShareOf  = Sentence{"%s of %s", "占%[2]s的 %[1]s"}
	CountOfAll    = Sentence{"%s of all", "占全部的 %s"}
	CountOfStatus = Sentence{"%s of it", "占其 %s"} // of the status that stands above
	CountNoDays   = Sentence{"{by day} counts the days too; then {earlier} {later} go from day to day.", "按 {by day} 可按天统计，然后用 {earlier} {later} 切换日期。"}
	CountNoCode   = Sentence{"The service cannot search for mail without a code: search for its status, then filter there.",
		"服务端不能按“无子状态”查询：请先查询该状态，再在结果中筛选。"}

	FileNoCounts  = Sentence{"This is a file; {facets} counts its rows by status and by everything else.", "这是文件；按 {facets} 可按状态等统计。"}
	NothingBehind = Sentence{"0 mails: there is nothing to show.", "0 封，没有明细可看。"}
	CountCost     = Sentence{"Counting costs %s.", "统计需 %s。"}
	CountLoading  = Sentence{"loading: %s of %s numbers", "正在查询：已得 %s / %s 个数"}
	CountStopped  = Sentence{"stopped: %s of %s numbers; {go on} goes on", "已停止：已得 %s / %s 个数，按 {go on} 继续"}
	CountFailed   = Sentence{"%s of %s numbers failed; {go on} asks for them again", "%[2]s 个数中有 %[1]s 个失败，按 {go on} 重试"}
	CountDone     = Sentence{"%s numbers, the oldest as of %s; {again} counts again", "%s 个数，最早的截至 %s，按 {again} 重新统计"}
)

// Clock is a moment on the service's clock, as ages are said: 09:41:03.
func Clock(t time.Time) string { return t.In(sendcloud.Zone).Format(time.TimeOnly) }

// CountRow names a row of the count view: a status, or a code of it.
func CountRow(l Lang, s sendcloud.Status, sub sendcloud.SubStatus) string {
	if sub.Known() {
		return Code(sub) + " " + SubStatusName(l, sub)
	}
	return cmp.Or(Code(sub), StatusName(l, s))
}

// DayOf is a day as a column's head or a clause, month and day.
func DayOf(d sendcloud.Date) string { return d.Start().Format("01-02") }
