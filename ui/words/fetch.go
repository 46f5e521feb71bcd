package words

import (
	"bounceboard/keymap"
	"bounceboard/sendcloud"
	"bounceboard/sendcloud/recordset"
)

// Fetching a whole slice.
var (
	FetchCost     = Sentence{"Fetch %s rows: about %s calls, %s at %s calls a minute.", "读取 %s 行：约 %s 次调用，按每分钟 %[4]s 次约需 %[3]s。"}
	FetchUnknown  = Sentence{"Fetch all rows? The service does not say how many there are: up to %s a minute, at %s calls.", "读取全部？服务端没有给出总行数：每分钟最多 %s 行，共 %s 次调用。"}
	AskAgainCost  = Sentence{"Ask again? This drops %s.", "重新查询？已读取的 %s会被清除。"}
	Fetching      = Sentence{"fetching", "正在读取"}
	FetchPaused   = Sentence{"paused; {fetch all} goes on", "已暂停，按 {fetch all} 继续"}
	RowsPerSecond = Sentence{"%s rows/s", "%s 行/秒"}
	TimeLeft      = Sentence{"%s left", "剩余 %s"}
	FetchStopped  = Sentence{"Stopped: %s here; {fetch all} goes on with the rest.", "已停止：已有 %s，按 {fetch all} 继续读取其余。"}
	FetchKept     = Sentence{"%s here; {fetch all} asks again for the rest.", "已有 %s，按 {fetch all} 重新读取其余。"}
	FetchNone     = Sentence{"No row came, and what was here stays; {fetch all} asks again.", "没有读取到任何行，原有内容不变；按 {fetch all} 重新读取。"}
	FetchEmpty    = Sentence{"The service answered with %s in which nothing stands: what they are about is not known.", "服务端的应答中有 %s没有任何内容，不知是哪些邮件。"}
	FetchRepeated = Sentence{"The service counts %s rows, %s of them twice; each is here once.", "服务端计为 %s 行，其中 %s 行重复；此处每行只有一次。"}
	RowsSoFar     = Sentence{"%s so far", "已读取 %s"}
	AlreadyAll    = Sentence{"Every row is here; {again} asks again.", "已全部读取，按 {again} 重新查询。"}
	FileIsAll     = Sentence{"This is a file: every row of it is here. {again} reads what was added.", "这是文件，已全部读取。按 {again} 读取新增内容。"}
	StillReading  = Sentence{"The file is being read.", "正在读取文件。"}
	ReadingFile   = Sentence{"reading, %s", "正在读取，%s"}
	Unknown       = Sentence{"an unknown number", "未知"}
	HereOfUnknown = Sentence{"%s here, total unknown", "已有 %s，总数未知"}
	AtLeast       = Sentence{"at least %s", "至少 %s"}
	incompleteAll = Sentence{"%s rows came, as many as there were, but %s to %s may lack some. {again} asks again.", "已读取 %s 行，行数相符，但 %s 至 %s 可能有缺。按 {again} 重新查询。"}
	MayLackRows   = Sentence{"%s, some may be missing", "%s，可能有缺"}
	incomplete    = Sentence{"%s of %s rows came: %s to %s may lack some. {again} asks again.", "已读取 %s / %s 行：%s 至 %s 可能有缺。按 {again} 重新查询。"}
)

// HereOf is how many of the rows there are are here.
func HereOf(l Lang, have, of int) string {
	return l.Say(Sentence{"%s of %s", "%s / %s"}, Number(have), RowCount(l, of))
}

// AllRows says that all of them are.
func AllRows(l Lang, n int) string {
	if n == 1 {
		return l.Say(Sentence{"the only row", "全部 1 行"})
	}
	return l.Say(Sentence{"all %s rows", "全部 %s 行"}, Number(n))
}

// MayLack says what may be missing after a walk.
func MayLack(l Lang, m keymap.Map, s sendcloud.Summary) string {
	first, last := s.Incomplete[0].First, s.Incomplete[0].Last
	for _, w := range s.Incomplete {
		if w.First.Before(first) {
			first = w.First
		}
		if last.Before(w.Last) {
			last = w.Last
		}
	}
	if s.Came >= s.Announced {
		return l.Say(incompleteAll.With(m), Number(s.Came), first, last)
	}
	return l.Say(incomplete.With(m), Number(s.Came), Number(s.Announced), first, last)
}

// Narrowing, sorting and marking.
var (
	NothingToCompare = Sentence{"All rows are shown; narrow them first, then they are compared with the rest.", "当前是全部行；先筛选，才能与其余部分比较。"}
	CannotNarrow     = Sentence{"That value cannot be narrowed to.", "无法按该值筛选。"}
	NoAnchor         = Sentence{"Mark a row with {mark} first; {mark range} marks from there to here.", "请先用 {mark} 标记一行，再按 {mark range} 标记到此处。"}
	Marked           = Sentence{"%s marked.", "已标记 %s。"}
	EscDropsMarks    = Sentence{"%s marked; {back} once more unmarks.", "已标记 %s；再按 {back} 取消标记。"}
	MarkedShort      = Sentence{"%s marked", "已标记 %s"}
	NoneMarked       = Sentence{"No row is marked.", "没有标记的行。"}
	AmongFetched     = Sentence{"only among the rows fetched so far; {fetch all} fetches all", "仅限已读取的行；按 {fetch all} 读取全部"}
	NarrowedAlready  = Sentence{"The rows are narrowed to that already.", "已经按此筛选。"}
	NothingTyped     = Sentence{"Nothing is typed that could be handed over to the service.", "还没有输入可以交给服务端查询的条件。"}
	NothingToGain    = Sentence{"Every row is here: the service would find no more.", "已全部读取，向服务端查询不会得到更多。"}
	NarrowsPart      = Sentence{"only among the rows that are here; {accept}, then {fetch all} fetches all", "仅限已读取的行；按 {accept} 后再按 {fetch all} 读取全部"}
	ServiceCan       = Sentence{"only among the rows that are here; {ask service} asks the service for all", "仅限已读取的行；按 {ask service} 向服务端查询全部"}
	ServiceCannot    = Sentence{"The service cannot narrow by that; {accept}, then {fetch all} fetches all rows for it.", "服务端不支持该条件；按 {accept} 后再按 {fetch all} 读取全部再筛选。"}
	NarrowsAll       = Sentence{"{accept} keeps it, {complete} completes, {back} goes back", "{accept} 确定，{complete} 补全，{back} 返回"}
	TermsHint        = Sentence{"words, “a phrase”, !not, to: domain: status: sub: cause: perm: provider: user: said: pattern: took:>10m time:09:00..10:30", "词语、“短语”、!排除、to: domain: status: sub: cause: perm: provider: user: said: pattern: took:>10m time:09:00..10:30"}
)

// A slice without a row to show.
var (
	NoRowMatches   = Sentence{"No row that is here matches; {back} widens.", "已读取的行中没有符合条件的；按 {back} 放宽。"}
	NoneOfLoaded   = Sentence{"No row fetched so far matches; {back} widens, {fetch all} fetches all.", "已读取的行中没有符合条件的；{back} 放宽，{fetch all} 读取全部。"}
	FileUnreadable = Sentence{"This file holds no row that could be read.", "文件中没有可读取的行。"}
	FileHasNoRows  = Sentence{"This file holds no row yet; {again} reads on.", "文件中还没有行；按 {again} 继续读取。"}
)

// Files of rows.
var (
	FileBroke     = Sentence{"%s could not be read to its end: %s.", "%s 未能读完：%s。"}
	FileNoFilters = Sentence{"This is a file, nothing can be asked; {filter} narrows it.", "这是文件，不能向服务端查询；按 {filter} 筛选。"}
	LastLineCut   = Sentence{"the last line is not ended yet; {again} reads on", "最后一行还不完整，按 {again} 继续读取"}
	FileRepeated  = Sentence{"%s came twice, shown once", "%s重复出现，只显示一次"}
	FileShorter   = Sentence{"%s became shorter: the rows are those of %s. Start bounceboard again to read what it holds now.", "%s 变短了：显示的是 %s 时的行。请重新启动以读取现在的内容。"}
	FileGone      = Sentence{"%s is no longer there, or another file is: the rows are those of %s. Start bounceboard again with the file that you mean.", "%s 已不存在或已被替换：显示的是 %s 时的行。请用需要的文件重新启动。"}
	damagedOne    = Sentence{"line %d holds no row (%s)", "第 %d 行不是有效的数据行（%s）"}
	damagedMany   = Sentence{"%s lines hold no row, the first is line %d (%s)", "%s 行无效，第一处在第 %d 行（%s）"}
)

// kinds are files that hold no rows here, and what to do about it.
var kinds = map[recordset.Damage]Sentence{
	recordset.CSV:    {"this is CSV; NDJSON or JSON is wanted: export it with list --format ndjson", "这是 CSV；需要 NDJSON 或 JSON：请用 list --format ndjson 导出"},
	recordset.UTF16:  {"this is UTF-16; UTF-8 is wanted: iconv -f UTF-16 -t UTF-8 FILE | bounceboard --from -", "这是 UTF-16；需要 UTF-8：iconv -f UTF-16 -t UTF-8 文件 | bounceboard --from -"},
	recordset.Answer: {"this is an answer of the service; rows one a line are wanted, as list writes them", "这是服务端的原始应答；需要 list 输出的格式，一行一条"},
}

var damages = map[recordset.Damage]Sentence{
	recordset.NotJSON: {"not JSON", "不是 JSON"},
	recordset.NotARow: {"JSON, but not a row", "是 JSON，但不是数据行"},
	recordset.TooLong: {"too long", "太长"},
	recordset.CutOff:  {"cut off", "被截断"},
	recordset.CSV:     {"CSV", "CSV"},
}

// DamagedLines says how many lines of a file hold no row, and where the first
// one is.
func DamagedLines(l Lang, n int, which []recordset.DamagedLine) string {
	first := which[0]
	if kind, ok := kinds[first.Damage]; ok {
		return l.Say(kind)
	}
	what := l.Say(damages[first.Damage])
	if n == 1 {
		return l.Say(damagedOne, first.Line, what)
	}
	return l.Say(damagedMany, Number(n), first.Line, what)
}

// Counting.
var (
	FileNoCounts  = Sentence{"This is a file; {facets} counts its rows by status and by everything else.", "这是文件；按 {facets} 可按状态等统计。"}
	NothingBehind = Sentence{"0 mails: there is nothing to show.", "0 封，没有明细可看。"}
)
