package words

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"bounceboard/keymap"
)

// action says what a key does: in the bottom line, and in help where there is
// room for more.
type action struct{ hint, help Sentence }

var actions = map[keymap.Action]action{
	keymap.Quit:      {Sentence{"quit", "退出"}, Sentence{"quit", "退出"}},
	keymap.ForceQuit: {Sentence{"quit", "退出"}, Sentence{"quit, also while typing", "退出，输入时也有效"}},
	keymap.Help:      {Sentence{"help", "帮助"}, Sentence{"this help", "显示本帮助"}},
	keymap.Suspend:   {Sentence{"shell", "回到 shell"}, Sentence{"back to the shell; fg returns", "回到 shell，fg 返回"}},

	keymap.Up:       {Sentence{"up", "上移"}, Sentence{"up", "上移"}},
	keymap.Down:     {Sentence{"down", "下移"}, Sentence{"down", "下移"}},
	keymap.First:    {Sentence{"first", "最前"}, Sentence{"to the very first", "到最前"}},
	keymap.Last:     {Sentence{"last", "最后"}, Sentence{"to the very last", "到最后"}},
	keymap.HalfUp:   {Sentence{"half up", "上半屏"}, Sentence{"half a window back", "后退半屏"}},
	keymap.HalfDown: {Sentence{"half down", "下半屏"}, Sentence{"half a window on", "前进半屏"}},
	keymap.PageUp:   {Sentence{"window up", "上一屏"}, Sentence{"a window back", "后退一屏"}},
	keymap.PageDown: {Sentence{"window down", "下一屏"}, Sentence{"a window on", "前进一屏"}},

	keymap.NextPage: {Sentence{"next page", "下一页"}, Sentence{"next page of the service (100 rows)", "下一页（每页 100 行）"}},
	keymap.PrevPage: {Sentence{"previous page", "上一页"}, Sentence{"previous page of the service", "上一页"}},
	keymap.GoToPage: {Sentence{"go to page", "跳到某页"}, Sentence{"go to a page: digits, enter", "跳到某页：输入数字后回车"}},

	keymap.NextPane: {Sentence{"next pane", "下一窗格"}, Sentence{"next pane", "下一窗格"}},
	keymap.PrevPane: {Sentence{"previous pane", "上一窗格"}, Sentence{"previous pane", "上一窗格"}},
	keymap.Open:     {Sentence{"open", "查看详情"}, Sentence{"read the row in the detail pane", "在详情窗格中查看"}},
	keymap.Back:     {Sentence{"back", "返回"}, Sentence{"one step back; stops what is loading", "返回上一步；停止正在进行的查询"}},
	keymap.Query:    {Sentence{"query", "查询条件"}, Sentence{"query: ask something else", "修改查询条件"}},
	keymap.Again:    {Sentence{"ask again", "重新查询"}, Sentence{"ask again, past our own cache", "跳过本地缓存重新查询"}},
	keymap.Copy:     {Sentence{"copy", "复制"}, Sentence{"copy from this row", "复制这一行的内容"}},
	keymap.Unfold:   {Sentence{"unfold", "展开编码"}, Sentence{"unfold long codes in the reply", "展开回复中的长编码"}},

	keymap.Pattern: {Sentence{"pattern", "回复模式"}, Sentence{"the reply's pattern: its whole text, rows, domains, samples", "查看回复模式：全文、邮件数、域名、样例"}},

	keymap.FetchAll:  {Sentence{"fetch all", "全部读取"}, Sentence{"fetch every row; again: pause and go on", "读取全部行；再按：暂停和继续"}},
	keymap.Counts:    {Sentence{"counts", "统计"}, Sentence{"count by status and sub-status, without fetching", "按状态和子状态统计，不读取明细"}},
	keymap.Filter:    {Sentence{"filter", "筛选"}, Sentence{"filter the rows that are here as you type", "边输入边筛选已读取的行"}},
	keymap.Facets:    {Sentence{"facets", "分布"}, Sentence{"which domains, causes, replies and so on make up the rows", "查看这些行由哪些域名、原因、回复等组成"}},
	keymap.FacetsBy:  {Sentence{"facets", "分布"}, Sentence{"the facets by the column of that number", "直接按该编号的列"}},
	keymap.Timeline:  {Sentence{"timeline", "时间分布"}, Sentence{"the rows over time", "按时间分布"}},
	keymap.Sort:      {Sentence{"sort", "排序"}, Sentence{"sort by a column", "按列排序"}},
	keymap.Mark:      {Sentence{"mark", "标记"}, Sentence{"mark the row, or not", "标记或取消标记该行"}},
	keymap.MarkRange: {Sentence{"mark to here", "标记到此"}, Sentence{"mark from the last marked row to here", "从上次标记的行标记到此行"}},
	keymap.MarkAll:   {Sentence{"mark all", "全部标记"}, Sentence{"mark all rows of the filter, or none", "标记当前筛选出的全部行，或全部取消"}},

	keymap.SortRequested: {Sentence{"requested", "请求时间"}, Sentence{"by request time; again: the other way", "按请求时间；再按反序"}},
	keymap.SortTook:      {Sentence{"took", "用时"}, Sentence{"by how long it took, the longest first", "按用时，最长的在前"}},
	keymap.SortRecipient: {Sentence{"recipient", "收件人"}, Sentence{"by recipient", "按收件人"}},
	keymap.SortDomain:    {Sentence{"domain", "域名"}, Sentence{"by the recipient's domain", "按收件域名"}},
	keymap.SortStatus:    {Sentence{"status", "状态"}, Sentence{"by status", "按状态"}},
	keymap.SortSub:       {Sentence{"sub", "子状态"}, Sentence{"by sub-status", "按子状态"}},
	keymap.SortCause:     {Sentence{"cause", "原因"}, Sentence{"by cause", "按原因"}},
	keymap.SortUser:      {Sentence{"api user", "发信账号"}, Sentence{"by api user", "按发信账号"}},
	keymap.SortReply:     {Sentence{"reply", "回复"}, Sentence{"by the server's reply", "按服务器回复"}},
	keymap.SortNone:      {Sentence{"as it came", "原序"}, Sentence{"in the service's order", "按服务端返回的顺序"}},

	keymap.Take:       {Sentence{"narrow", "只看这些"}, Sentence{"narrow the rows to this", "只看这些行"}},
	keymap.PrevColumn: {Sentence{"column", "换列"}, Sentence{"by the column before", "按前一列"}},
	keymap.NextColumn: {Sentence{"column", "换列"}, Sentence{"by the column beside", "按相邻的列"}},
	keymap.ToColumn:   {Sentence{"column", "选列"}, Sentence{"by the column of that number", "按该编号的列"}},
	keymap.Exclude:    {Sentence{"exclude", "排除"}, Sentence{"exclude this value", "排除该值"}},
	keymap.ByLift:     {Sentence{"odd ones first", "按差异"}, Sentence{"what differs most from the rest first, or the most frequent", "与其余部分差异最大的排前，或按数量"}},
	keymap.RangeStart: {Sentence{"range", "选范围"}, Sentence{"begin a range here, or give it up", "从此处开始选范围，或取消"}},
	keymap.ToRise:     {Sentence{"to the rise", "到突增处"}, Sentence{"to where failures rose most against earlier days", "到失败比之前几天增加最多之处"}},
	keymap.ByDay:      {Sentence{"by day", "按天"}, Sentence{"count each day too", "同时按天统计"}},
	keymap.GoOn:       {Sentence{"go on", "继续"}, Sentence{"go on with the numbers that are missing", "继续统计缺少的数"}},
	keymap.Fetch:      {Sentence{"go ahead", "确定"}, Sentence{"go ahead", "确定"}},
	keymap.ShowMails:  {Sentence{"show these", "查看明细"}, Sentence{"start counting; then show the mails behind the number", "开始统计；之后查看该数字的明细"}},
	keymap.AskService: {Sentence{"ask the service", "向服务端查询"}, Sentence{"let the service narrow, over all its rows", "改由服务端在全部数据中查询"}},
	keymap.Complete:   {Sentence{"complete", "补全"}, Sentence{"complete a field or a value", "补全字段或值"}},

	keymap.WidenFirst:  {Sentence{"widen", "放宽"}, Sentence{"after an empty result: widen it the first way, or the second", "没有结果时：按第一种或第二种方式放宽"}},
	keymap.WidenSecond: {Sentence{"widen", "放宽"}, Sentence{"after an empty result: widen it the second way", "没有结果时：按第二种方式放宽"}},

	keymap.CopyAddress: {Sentence{"address", "地址"}, Sentence{"the recipient's address", "收件人地址"}},
	keymap.CopyID:      {Sentence{"email id", "邮件 ID"}, Sentence{"the email id", "邮件 ID"}},
	keymap.CopyReply:   {Sentence{"reply", "回复"}, Sentence{"what the server said", "服务器回复"}},
	keymap.CopyText:    {Sentence{"row as text", "整行文本"}, Sentence{"the row as text with cause and next step, for a ticket", "整行文本，含原因和下一步，可贴入工单"}},
	keymap.CopyJSON:    {Sentence{"row as JSON", "整行 JSON"}, Sentence{"the row as JSON", "整行 JSON"}},
	keymap.CopyPattern: {Sentence{"copy the id", "复制编号"}, Sentence{"copy the pattern's id", "复制模式编号"}},
	keymap.CopyMissing: {Sentence{"not found", "未找到的"}, Sentence{"the ids and addresses that were not found", "未找到的 ID 和地址"}},
	keymap.CopyOutside: {Sentence{"also those marked outside", "含筛选外的标记"}, Sentence{"take the marked rows outside this filter too", "同时包含此筛选之外的标记行"}},
	keymap.CopyFile:    {Sentence{"to a file", "写入文件"}, Sentence{"write the row to a new file", "写入新文件"}},

	keymap.Search:    {Sentence{"search", "查询"}, Sentence{"search, from any field", "查询（在任意字段）"}},
	keymap.NextField: {Sentence{"next", "下一项"}, Sentence{"next field", "下一个字段"}},
	keymap.PrevField: {Sentence{"previous", "上一项"}, Sentence{"previous field", "上一个字段"}},
	keymap.Toggle:    {Sentence{"choose", "选择"}, Sentence{"choose in a list", "在列表中选择"}},
	keymap.Earlier:   {Sentence{"earlier", "更早"}, Sentence{"one step earlier", "早一格"}},
	keymap.Later:     {Sentence{"later", "更晚"}, Sentence{"one step later", "晚一格"}},
	keymap.Clear:     {Sentence{"clear", "清空"}, Sentence{"clear the field", "清空该字段"}},
	keymap.Accept:    {Sentence{"accept", "确定"}, Sentence{"accept", "确定"}},
}

var places = map[keymap.Place]Sentence{
	keymap.Table:        {"In the table", "表格"},
	keymap.Detail:       {"In the detail pane", "详情窗格"},
	keymap.QueryForm:    {"In the query form", "查询条件"},
	keymap.CopyMenu:     {"After {copy} (copy)", "按 {copy}（复制）之后"},
	keymap.PagePrompt:   {"After {go to page} (go to page)", "按 {go to page}（跳页）之后"},
	keymap.FilePrompt:   {"While typing a file name", "输入文件名时"},
	keymap.HelpPage:     {"In this help", "本帮助中"},
	keymap.FilterPrompt: {"After {filter} (filter)", "按 {filter}（筛选）之后"},
	keymap.FacetsPane:   {"In the facets", "分布窗格"},
	keymap.PatternPage:  {"In a reply pattern", "回复模式"},
	keymap.TimelinePane: {"In the timeline", "时间窗格"},
	keymap.CountsPage:   {"In the counts", "统计"},
	keymap.SortMenu:     {"After {sort} (sort)", "按 {sort}（排序）之后"},
	keymap.Confirm:      {"When asked", "确认时"},
	keymap.Everywhere:   {"Everywhere", "任何位置"},
}

// Hint is a key and, in a word or two, what it does.
type Hint struct {
	Action     keymap.Action
	Keys, Text string
}

// Hints are the keys for the bottom line at a place, the most useful first,
// and the one that always has to be there: help, or the way back. Keys that
// cannot act now are left out.
func Hints(l Lang, m keymap.Map, p keymap.Place, can func(keymap.Action) bool) (hints []Hint, last Hint) {
	always, bindings := keymap.Help, m[p]
	if keymap.Typing(p) || p == keymap.CopyMenu || p == keymap.SortMenu || p == keymap.Confirm {
		always = keymap.Back
	} else {
		bindings = append(bindings[:len(bindings):len(bindings)], m[keymap.Everywhere]...)
	}
	for _, b := range bindings {
		h := Hint{b.Action, b.Shown, l.Say(actions[b.Action].hint)}
		switch {
		case b.Action == always:
			last = h
		case !b.Quiet && can(b.Action):
			hints = append(hints, h)
		}
	}
	return hints, last
}

// Choices are what a menu offers.
func Choices(l Lang, m keymap.Map, p keymap.Place) []Hint {
	var hints []Hint
	for _, b := range m[p] {
		if b.Action != keymap.Back {
			hints = append(hints, Hint{b.Action, b.Shown, l.Say(actions[b.Action].hint)})
		}
	}
	return hints
}

// What a does while rows are being fetched, enter and d in the counts, and o among
// the values that differ most.
var (
	PauseHint   = Sentence{"pause", "暂停"}
	StartHint   = Sentence{"start counting", "开始统计"}
	GoOnHint    = Sentence{"go on", "继续"}
	ReadOnHint  = Sentence{"read on", "继续读取"}
	TotalsHint  = Sentence{"totals only", "只看合计"}
	MostHint    = Sentence{"most first", "按数量"}
	InOrderHint = Sentence{"in their order", "按先后"}
)

// StopHint is what esc does while calls are under way.
var StopHint = Sentence{"stop", "停止"}

// HelpLine is one line of help: a title, a text, or keys with their text.
type HelpLine struct{ Title, Keys, Text string }

// HelpLines are the keys of this place, then of all the others.
func HelpLines(l Lang, m keymap.Map, here keymap.Place) []HelpLine {
	lines := placeHelp(l, m, here)
	for _, p := range keymap.Places() {
		if p == here {
			continue
		}
		lines = append(append(lines, HelpLine{}), placeHelp(l, m, p)...)
	}
	return lines
}

func placeHelp(l Lang, m keymap.Map, p keymap.Place) []HelpLine {
	lines := []HelpLine{{Title: l.Say(places[p].With(m))}}
	for i, b := range m[p] {
		if within(m[p][:i], b) {
			continue
		}
		lines = append(lines, HelpLine{Keys: b.Shown, Text: l.Say(actions[b.Action].help)})
	}
	return lines
}

// within reports whether a binding is told by one before it: ← by ← →.
func within(before []keymap.Binding, b keymap.Binding) bool {
	return slices.ContainsFunc(before, func(x keymap.Binding) bool { return slices.Contains(strings.Fields(x.Shown), b.Shown) })
}

var (
	keyDoesNothing = Sentence{"%s does nothing here; {help} shows the keys.", "%s 在这里无效，按 {help} 查看按键。"}
	keyElsewhere   = Sentence{"%s does nothing here; %s it means “%s”.", "%s 在这里无效；%s中表示“%s”。"}
)

// NoSuchKey says why a key does nothing here.
func NoSuchKey(l Lang, key string, at []keymap.Place, m keymap.Map) string {
	if len(at) == 0 {
		return l.Say(keyDoesNothing.With(m), KeyName(key))
	}
	for _, b := range m[at[0]] {
		for _, k := range b.Keys {
			if k == key {
				return l.Say(keyElsewhere, KeyName(key), decapital(l.Say(places[at[0]].With(m))), l.Say(actions[b.Action].help))
			}
		}
	}
	return l.Say(keyDoesNothing.With(m), KeyName(key))
}

var keyNames = map[string]string{"left": "←", "right": "→", "up": "↑", "down": "↓", "pgdown": "pgdn", " ": "space"}

// KeyName is a key as the manual writes it.
func KeyName(key string) string {
	if name, ok := keyNames[key]; ok {
		return name
	}
	return key
}

func decapital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToLower(r)) + s[n:]
}

var movingAsInTable = Sentence{"move as in the table", "移动，同表格"}

// KeysMarkdown is the table of keys for the manual. Keys that only move are
// listed once, in the table's part.
func KeysMarkdown(l Lang, m keymap.Map) string {
	var b strings.Builder
	row := func(keys, text string) {
		b.WriteString("| `" + strings.ReplaceAll(keys, " ", "` `") + "` | " + text + " |\n")
	}
	for _, p := range keymap.Places() {
		b.WriteString("| " + l.Say(places[p].With(m)) + " | |\n|---|---|\n")
		var moves []string
		for i, k := range m[p] {
			if within(m[p][:i], k) {
				continue
			}
			if p != keymap.Table && keymap.Moves(k.Action) && listed(m[keymap.Table], k) {
				moves = append(moves, k.Shown)
				continue
			}
			row(k.Shown, l.Say(actions[k.Action].help))
		}
		if moves != nil {
			row(strings.Join(moves, " "), l.Say(movingAsInTable))
		}
		b.WriteString("\n")
	}
	return b.String()
}

func listed(bs []keymap.Binding, b keymap.Binding) bool {
	for _, x := range bs {
		if x.Action == b.Action && x.Shown == b.Shown {
			return true
		}
	}
	return false
}
