package words

import (
	"bounceboard/keymap"
	"bounceboard/sendcloud"
)

// Fetching a whole slice.
var (
	FetchCost     = Sentence{"Fetch %s rows: about %s calls, %s at %s calls a minute.", "读取 %s 行：约 %s 次调用，按每分钟 %[4]s 次约需 %[3]s。"}
	FetchUnknown  = Sentence{"Fetch all rows? The service does not say how many there are: up to %s a minute, at %s calls.", "读取全部？服务端没有给出总行数：每分钟最多 %s 行，共 %s 次调用。"}
	AskAgainCost  = Sentence{"Ask again? This drops %s.", "重新查询？已读取的 %s会被清除。"}
	Fetching      = Sentence{"fetching", "正在读取"}
	FetchesRest   = Sentence{"fetching the rest of the rows", "正在读取其余的行"}
	FetchPaused   = Sentence{"paused; {fetch all} goes on", "已暂停，按 {fetch all} 继续"}
	RowsPerSecond = Sentence{"%s rows/s", "%s 行/秒"}
	TimeLeft      = Sentence{"%s left", "剩余 %s"}
	FetchStopped  = Sentence{"Stopped: %s here; {fetch all} fetches the rest.", "已停止：已有 %s，按 {fetch all} 继续读取其余。"}
	FetchKept     = Sentence{"%s here; {fetch all} asks again and fetches the rest.", "已有 %s，按 {fetch all} 重新读取其余。"}
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
func AllRows(l Lang, n int) string { return l.Say(Sentence{"all %s", "全部 %s"}, RowCount(l, n)) }

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
