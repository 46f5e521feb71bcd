package words

import "bounceboard/sendcloud/recordset"

// Views in the configuration.
var (
	NoView          = Sentence{"--view %q is not in %[3]s%[2]s; those in it: %[4]s", "%[3]s 中没有 --view“%[1]s”%[2]s；现有：%[4]s"}
	ViewAsks        = Sentence{"the view %q asks for %s, which %s cannot do; give the flags it is in, or open the view in the dashboard", "视图“%s”需要填写 %s，%s 无法询问；请直接给出相应选项，或在界面中打开该视图"}
	BadViewName     = Sentence{"%q cannot name a view: at most 60 signs, without quotes, brackets and \\", "“%s”不能作视图名：最多 60 个字，不含引号、方括号和 \\"}
	NoConfigPlace   = Sentence{"there is no home directory to keep a configuration in; name a file with --config", "没有主目录，无法保存配置；请用 --config 指定文件"}
	ViewUnwritten   = Sentence{"the view %q cannot be written without changing something else; write it there by hand", "写入视图“%s”会改动其他内容，请手工编辑该文件"}
	ConfigUnwritten = Sentence{"cannot be written: %s", "无法写入：%s"}
)

// Opening and saving views.
var (
	NoViews       = Sentence{"no view is saved yet; {save view} saves what is on screen", "还没有保存的视图；按 {save view} 保存当前画面"}
	ViewsLabel    = Sentence{"open:", "打开："}
	ViewsNothing  = Sentence{"no view has this in its name or question", "没有名称或查询包含此内容的视图"}
	VariableOf    = Sentence{"%s: %s =", "%s：%s ="}
	VariableEmpty = Sentence{"%s needs a value", "%s 不能为空"}
	ViewNamed     = Sentence{"save as:", "保存为："}
	ViewReplaced  = Sentence{"There is a view %q already. Replace it?", "已有视图“%s”，替换它吗？"}
	ViewSaved     = Sentence{"view %q saved; {views} opens it", "视图“%s”已保存；按 {views} 打开"}
)

// NothingAsked: the history of the query form has no more in this direction.
var NothingAsked = Sentence{"nothing else was asked in this direction", "这个方向没有更多历史查询"}

// Undoing.
var (
	Undone        = Sentence{"undone: %s", "已撤销：%s"}
	Redone        = Sentence{"done again: %s", "已重做：%s"}
	NothingToUndo = Sentence{"no filter, sort or mark to undo", "没有可撤销的筛选、排序或标记"}
	NothingToRedo = Sentence{"nothing was undone since the last change", "没有可重做的操作"}
)

// ThenBy is the second key of an order, behind SortedBy. SecondKey says in the sort menu how one is added.
var ThenBy, SecondKey = two("ThenBy SecondKey")

// ColumnHead is the head of a column in the table.
func ColumnHead(c recordset.Column) Sentence {
	if c == recordset.BySubStatus {
		return LabelSubShort
	}
	return columns[c.String()][0]
}

// Where the replies of the table cannot be moved further.
var ReplyEnds, ReplyBegins = two("ReplyEnds ReplyBegins")

// The screen on which columns are chosen.
var (
	LastColumn, ColumnHidden, ColumnsChosen, ColumnsByWidth, ColumnsNoRoom = five("LastColumn ColumnHidden ColumnsChosen ColumnsByWidth ColumnsNoRoom")
	NoConfigFile, ColumnsSaved, ColumnsNotSaved                            = three("NoConfigFile ColumnsSaved ColumnsNotSaved")
)

// What the configuration says of columns.
var (
	ColumnTwice      = Sentence{"columns has %q twice; leave one out", "columns 中“%s”出现了两次；请去掉一个"}
	ColumnsUnwritten = Sentence{"the columns cannot be written without changing something else; write there by hand: %s", "写入列会改动其他内容；请手工写入：%s"}
	NotAFile         = Sentence{"it is no regular file", "它不是普通文件"}
)
