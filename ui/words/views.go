package words

// Undoing.
var (
	Undone        = Sentence{"undone: %s", "已撤销：%s"}
	Redone        = Sentence{"done again: %s", "已重做：%s"}
	NothingToUndo = Sentence{"no filter, sort or mark to undo", "没有可撤销的筛选、排序或标记"}
	NothingToRedo = Sentence{"nothing was undone since the last change", "没有可重做的操作"}
)
