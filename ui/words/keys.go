package words

import (
	"strings"

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
	keymap.HalfUp:   {Sentence{"half up", "上半屏"}, Sentence{"half a window up", "上移半屏"}},
	keymap.HalfDown: {Sentence{"half down", "下半屏"}, Sentence{"half a window down", "下移半屏"}},
	keymap.PageUp:   {Sentence{"window up", "上一屏"}, Sentence{"a window up", "上移一屏"}},
	keymap.PageDown: {Sentence{"window down", "下一屏"}, Sentence{"a window down", "下移一屏"}},

	keymap.NextPage: {Sentence{"next page", "下一页"}, Sentence{"next page of the service (100 rows)", "下一页（每页 100 行）"}},
	keymap.PrevPage: {Sentence{"previous page", "上一页"}, Sentence{"previous page of the service", "上一页"}},
	keymap.GoToPage: {Sentence{"go to page", "跳到某页"}, Sentence{"go to a page: digits, enter", "跳到某页：输入数字后回车"}},

	keymap.NextPane: {Sentence{"next pane", "下一窗格"}, Sentence{"next pane", "下一窗格"}},
	keymap.PrevPane: {Sentence{"previous pane", "上一窗格"}, Sentence{"previous pane", "上一窗格"}},
	keymap.Open:     {Sentence{"open", "查看详情"}, Sentence{"read the row in the detail pane", "在详情窗格中查看"}},
	keymap.Back:     {Sentence{"back", "返回"}, Sentence{"one step back; stops what is loading", "返回一步；停止正在进行的查询"}},
	keymap.Filters:  {Sentence{"filters", "筛选"}, Sentence{"filters: ask something else", "打开筛选表单"}},
	keymap.Again:    {Sentence{"ask again", "重新查询"}, Sentence{"ask again, past our own cache", "跳过本地缓存重新查询"}},
	keymap.Copy:     {Sentence{"copy", "复制"}, Sentence{"copy from this row", "复制这一行的内容"}},
	keymap.Unfold:   {Sentence{"unfold", "展开编码"}, Sentence{"unfold long codes in the reply", "展开回复中的长编码"}},

	keymap.LoosenFirst:  {Sentence{"widen", "放宽"}, Sentence{"after an empty result: widen it the first way", "没有结果时：按第一种方式放宽"}},
	keymap.LoosenSecond: {Sentence{"widen", "放宽"}, Sentence{"after an empty result: widen it the second way", "没有结果时：按第二种方式放宽"}},

	keymap.CopyAddress: {Sentence{"address", "地址"}, Sentence{"the recipient's address", "收件人地址"}},
	keymap.CopyID:      {Sentence{"email id", "邮件 ID"}, Sentence{"the email id", "邮件 ID"}},
	keymap.CopyReply:   {Sentence{"reply", "回复"}, Sentence{"what the server said", "服务器回复"}},
	keymap.CopyText:    {Sentence{"row as text", "整行文本"}, Sentence{"the row as text, for a ticket", "整行文本，可贴入工单"}},
	keymap.CopyJSON:    {Sentence{"row as JSON", "整行 JSON"}, Sentence{"the row as JSON", "整行 JSON"}},
	keymap.CopyFile:    {Sentence{"to a file", "写入文件"}, Sentence{"write the row to a new file", "写入新文件"}},

	keymap.Search:    {Sentence{"search", "查询"}, Sentence{"search, from any field", "查询（在任意字段）"}},
	keymap.NextField: {Sentence{"next", "下一项"}, Sentence{"next field", "下一个字段"}},
	keymap.PrevField: {Sentence{"previous", "上一项"}, Sentence{"previous field", "上一个字段"}},
	keymap.Toggle:    {Sentence{"choose", "选择"}, Sentence{"choose in a list", "在列表中选择"}},
	keymap.Earlier:   {Sentence{"earlier", "前一天"}, Sentence{"in a date: a day earlier", "日期：前一天"}},
	keymap.Later:     {Sentence{"later", "后一天"}, Sentence{"in a date: a day later", "日期：后一天"}},
	keymap.Clear:     {Sentence{"clear", "清空"}, Sentence{"clear the field", "清空该字段"}},
	keymap.Accept:    {Sentence{"accept", "确定"}, Sentence{"accept", "确定"}},
}

var places = map[keymap.Place]Sentence{
	keymap.Table:      {"In the table", "表格"},
	keymap.Detail:     {"In the detail pane", "详情窗格"},
	keymap.Form:       {"In the filters", "筛选表单"},
	keymap.CopyMenu:   {"After y (copy)", "按 y（复制）之后"},
	keymap.PageNumber: {"After # (go to page)", "按 #（跳页）之后"},
	keymap.FileName:   {"While typing a file name", "输入文件名时"},
	keymap.HelpText:   {"In this help", "本帮助中"},
	keymap.Everywhere: {"Everywhere", "任何位置"},
}

// Hint is a key and, in a word or two, what it does.
type Hint struct{ Keys, Text string }

// Hints are the keys for the bottom line at a place, the most useful first,
// and the one that always has to be there: help, or the way back.
func Hints(l Lang, m keymap.Map, p keymap.Place) (hints []Hint, last Hint) {
	always := keymap.Help
	if keymap.Typing(p) || p == keymap.CopyMenu {
		always = keymap.Back
	}
	for _, b := range append(append([]keymap.Binding{}, m[p]...), m[keymap.Everywhere]...) {
		h := Hint{b.Shown, l.Say(actions[b.Action].hint)}
		switch {
		case b.Action == always:
			last = h
		case !b.Quiet && (b.Action != keymap.Quit || always == keymap.Help):
			hints = append(hints, h)
		}
	}
	return hints, last
}

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
	lines := []HelpLine{{Title: l.Say(places[p])}}
	for _, b := range m[p] {
		lines = append(lines, HelpLine{Keys: b.Shown, Text: l.Say(actions[b.Action].help)})
	}
	return lines
}

var (
	keyDoesNothing = Sentence{"%s does nothing here; ? shows the keys.", "%s 在这里无效，按 ? 查看按键。"}
	keyElsewhere   = Sentence{"%s does nothing here. %s: %s.", "%s 在这里无效。%s：%s。"}
)

// NoSuchKey says why a key does nothing here.
func NoSuchKey(l Lang, key string, at []keymap.Place, m keymap.Map) string {
	if len(at) == 0 {
		return l.Say(keyDoesNothing, key)
	}
	for _, b := range m[at[0]] {
		for _, k := range b.Keys {
			if k == key {
				return l.Say(keyElsewhere, key, l.Say(places[at[0]]), l.Say(actions[b.Action].help))
			}
		}
	}
	return l.Say(keyDoesNothing, key)
}

// KeysMarkdown is the table of keys for the manual.
func KeysMarkdown(l Lang, m keymap.Map) string {
	var b strings.Builder
	for _, p := range keymap.Places() {
		b.WriteString("| " + l.Say(places[p]) + " | |\n|---|---|\n")
		for _, k := range m[p] {
			b.WriteString("| `" + strings.ReplaceAll(k.Shown, " ", "` `") + "` | " + l.Say(actions[k.Action].help) + " |\n")
		}
		b.WriteString("\n")
	}
	return b.String()
}
