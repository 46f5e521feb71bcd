package words

// Views in the configuration.
var (
	NoView          = Sentence{"--view %q is not in %[3]s%[2]s; those in it: %[4]s", "%[3]s 中没有 --view“%[1]s”%[2]s；现有：%[4]s"}
	BadViewName     = Sentence{"%q cannot name a view: at most 60 signs, without quotes, brackets and \\", "“%s”不能作视图名：最多 60 个字，不含引号、方括号和 \\"}
	NoConfigPlace   = Sentence{"there is no home directory to keep a configuration in; name a file with --config", "没有主目录，无法保存配置；请用 --config 指定文件"}
	ViewUnwritten   = Sentence{"the view %q cannot be written without changing something else; write it there by hand", "写入视图“%s”会改动其他内容，请手工编辑该文件"}
	ConfigUnwritten = Sentence{"cannot be written: %s", "无法写入：%s"}
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
