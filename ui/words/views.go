package words

// NothingAsked: the history of the query form has no more in this direction.
var NothingAsked = Sentence{"nothing else was asked in this direction", "这个方向没有更多历史查询"}

// Undoing.
var (
	Undone        = Sentence{"undone: %s", "已撤销：%s"}
	Redone        = Sentence{"done again: %s", "已重做：%s"}
	NothingToUndo = Sentence{"no filter, sort or mark to undo", "没有可撤销的筛选、排序或标记"}
	NothingToRedo = Sentence{"nothing was undone since the last change", "没有可重做的操作"}
)
