package words

import (
	"time"

	"bounceboard/sendcloud"
)

// The header.
var (
	AsOf          = Sentence{"as of %s", "截至 %s"}
	RowsOf        = Sentence{"%s of %s", "%s，共 %s 行"}
	RowsAtMost    = Sentence{"%s of at most %s", "%s，最多 %s 行"}
	RowsAtLeast   = Sentence{"%s of at least %s", "%s，至少 %s 行"}
	RowsOfUnknown = Sentence{"%s, total unknown", "%s，总数未知"}
	NoRows        = Sentence{"no rows", "0 行"}
	RowsOfFile    = Sentence{"Rows of the file", "文件中的行"}
	DemoHost      = Sentence{"demo, a simulated service", "演示：模拟服务"}
	TooSmall      = Sentence{"This window is too small: bounceboard needs %d×%d, it is %d×%d. Enlarge it, or press {quit} to quit.",
		"窗口太小：至少需要 %d×%d，现在是 %d×%d。请放大窗口，或按 {quit} 退出。"}
)

// RowSpan is a stretch of rows: row 5, rows 1–14.
func RowSpan(l Lang, first, last int, dash string) string {
	if first == last {
		return l.Say(Sentence{"row %s", "第 %s 行"}, Number(first))
	}
	return l.Say(Sentence{"rows %s%s%s", "第 %s%s%s 行"}, Number(first), dash, Number(last))
}

// What is going on.
var (
	Loading    = Sentence{"loading", "正在查询"}
	CallOf     = Sentence{"call %d of %d", "调用 %d / %d"}
	TryIn      = Sentence{"try %d in %s", "%[2]s后第 %[1]d 次尝试"}
	BudgetIn   = Sentence{"waiting %s for this minute's calls", "等待调用额度 %s"}
	PausedFor  = Sentence{"the service asks for a pause of %s", "服务端要求暂停 %s"}
	Reading    = Sentence{"rows moved, reading again", "数据有变动，重新读取"}
	Stopped    = Sentence{"stopped; {again} asks again", "已停止，按 {again} 重新查询"}
	TryAgain   = Sentence{"{again} tries again.", "按 {again} 重试。"}
	KeptRows   = Sentence{"The rows are those of %s.", "当前显示的是 %s 的数据。"}
	CallsLeft  = Sentence{"%s more calls this minute", "本分钟还可调用 %s 次"}
	TenMinutes = Sentence{"over ten minutes old, {again} asks again", "数据已超过 10 分钟，按 {again} 重新查询"}
)

// Waiting says why a call does not go out at once; empty where it does. dot
// stands between two facts.
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

// Why a key does nothing now.
var (
	NoRow            = Sentence{"There is no row here.", "这里没有行。"}
	AtEnd            = Sentence{"That was the last row.", "已是最后一行。"}
	AtStart          = Sentence{"That is the first row.", "已是第一行。"}
	ToTheEnd         = Sentence{"Reading on to the last row; {back} stops.", "正在读到最后一行；按 {back} 停止。"}
	FirstPage        = Sentence{"This is the first page.", "已是第一页。"}
	LastPage         = Sentence{"This is the last page.", "已是最后一页。"}
	OnePage          = Sentence{"There is one page only.", "只有一页。"}
	OnPage           = Sentence{"Page %s of %s.", "第 %s 页，共 %s 页。"}
	OnPageOf         = Sentence{"Page %s; how many there are is not known: {fetch all} reads all.", "第 %s 页，总页数未知；按 {fetch all} 读取全部。"}
	NoSuchPage       = Sentence{"There is no page “%s”: 1 to %s.", "没有第“%s”页：请输入 1 至 %s。"}
	WhichPage        = Sentence{"Page (1 to %s):", "页码（1 至 %s）："}
	KeysWait         = Sentence{"%s waits for the rows", "%s 将在结果到达后生效"}
	NothingFolded    = Sentence{"Nothing is folded in this reply.", "这条回复没有折叠的内容。"}
	NoWayBack        = Sentence{"Nothing to go back from; {quit} quits.", "没有可返回的，按 {quit} 退出。"}
	OnePane          = Sentence{"The table is the only pane; {open} opens the detail.", "只有表格一个窗格，按 {open} 打开详情。"}
	OnlyWhenEmpty    = Sentence{"That key widens a query that found nothing.", "该键用于放宽没有结果的查询。"}
	PasteFitsNothing = Sentence{"The pasted text is neither an address nor an email id.", "粘贴的内容既不是邮箱地址，也不是邮件 ID。"}
	PasteRest        = Sentence{"%s taken from the pasted text; the rest was left out.", "已从粘贴内容中取出 %s，其余未使用。"}
	NoShell          = Sentence{"There is no shell to go back to.", "没有可以返回的 shell。"}
)

// An empty result.
var (
	NothingFound = Sentence{"No mail matches.", "没有符合条件的邮件。"}
	ChangeQuery  = Sentence{"change the query", "修改查询条件"}
)

var (
	widenSpan    = Sentence{"search the last %d days", "查询最近 %d 天"}
	widenWithout = pairs("widen")
	whyNothing   = pairs("why_nothing") // by what the query asks for
)

// Widening says what a query does with one condition less: without a parameter,
// or over more days.
func Widening(l Lang, without sendcloud.Param, days int) string {
	if without == sendcloud.ParamDays {
		return l.Say(widenSpan, days)
	}
	said, ok := widenWithout[string(without)]
	if !ok {
		said = widenWithout[string(sendcloud.ParamEmail)]
	}
	return l.Say(said)
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

// Copying.
var (
	WhatPattern    = Sentence{"pattern id", "模式编号"}
	NothingMissing = Sentence{"Every id and address you asked for is in the rows read so far.", "已读取的范围内没有缺少的 ID 或地址。"}
	ToTerminal     = Sentence{"sent to the terminal's clipboard", "已发送到终端剪贴板"}
	ThroughTmux    = Sentence{"sent through tmux to the terminal's clipboard", "已通过 tmux 发送到终端剪贴板"}
	ToTmux         = Sentence{"kept in tmux's buffer: paste with the prefix key and ]", "已存入 tmux 缓冲区：用前缀键加 ] 粘贴"}
	Copied         = Sentence{"%s (%s) %s.", "%s（%s）%s。"}
	NothingToCopy  = Sentence{"It is empty: nothing was copied.", "内容为空，没有复制。"}
	CopyFailed     = Sentence{"Copying failed (%s); {copy} {write to a file} writes a file instead.", "复制失败（%s），可按 {copy} {write to a file} 写入文件。"}
	WhichFile      = Sentence{"File (.ndjson, .csv, else text):", "写入文件（.ndjson、.csv，其余为文本）："}
	WhichFileMany  = Sentence{"File for %s marked rows (.ndjson, .csv, else text):", "将已标记的 %s 行写入（.ndjson、.csv，其余为文本）："}
	TooManyToCopy  = Sentence{"Over %s rows are marked: {copy} {write to a file} writes them to a file.", "标记超过 %s 行：请按 {copy} {write to a file} 写入文件。"}
	NoFileName     = Sentence{"Nothing was written: a file needs a name.", "没有写入：请输入文件名。"}
	FileExists     = Sentence{"%s is there already and was left as it is; choose another name.", "%s 已存在，未改动；请换一个文件名。"}
	FileFailed     = Sentence{"%s could not be written: %s.", "无法写入 %s：%s。"}
	FileWritten    = Sentence{"Written to %s, readable by you only.", "已写入 %s，仅您本人可读。"}
)

var notes = pairs("notes")

// Note is a note of the client as a clause.
func Note(l Lang, n sendcloud.Note) string {
	if s, ok := notes[string(n)]; ok {
		return l.Say(s)
	}
	return string(n)
}

// FullStop ends a sentence that another follows; Gap stands after one that ends itself.
var (
	FullStop = Sentence{". ", "。"}
	Gap      = Sentence{" ", ""}
)

// What is said so that nothing on the screen promises more than is known.
var (
	NewAbove      = Sentence{", {first} goes there", "，按 {first} 前往"}
	CountsOfQuery = Sentence{"counts of the query; the filter “%s” counts over rows: {back}, then {facets}", "统计的是查询条件；筛选“%s”请在行中统计：按 {back}，再按 {facets}"}
	RowsAmong     = Sentence{"%s of %s among %s read", "%[1]s，共 %[2]s 行（已读 %[3]s 行）"}
	MarkedOutside = Sentence{"%s more marked outside this filter.", "此筛选之外另有 %s 行标记。"}
	TotalAsOf     = Sentence{"total as of %s", "总数截至 %s"}
	QuitWithMarks = Sentence{"Quit? %s marked.", "退出？已标记 %s。"}
	QuitWithRows  = Sentence{"Quit? Reading %s took %s.", "退出？已读取 %s，用时 %s。"}
	AllMail       = Sentence{"every status: all mail of what you asked for", "全部状态：所查对象的全部邮件"}
	LowerCase     = Sentence{"nothing was found with capitals: asked again in lower case", "大写地址没有结果，已改用小写查询"}
)
