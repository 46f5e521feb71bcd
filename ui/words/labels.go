package words

// The labels of the detail pane.
var (
	LabelStatus    = Sentence{"status", "状态"}
	LabelSub       = Sentence{"sub-status", "子状态"}
	LabelRequested = Sentence{"requested", "请求时间"}
	LabelChanged   = Sentence{"changed", "最近变更"}
	LabelUser      = Sentence{"api user", "发信账号"}
	LabelID        = Sentence{"email id", "邮件 ID"}
	LabelReply     = Sentence{"server said", "服务器回复"}
	LabelDecoded   = Sentence{"decoded", "解码后"}
	LabelRecipient = Sentence{"recipient", "收件人"}

	Took       = Sentence{"  (took %s)", "（用时 %s）"} // behind the moment
	NoReply    = Sentence{"nothing was logged", "没有记录"}
	NoTime     = Sentence{"not told", "未提供"}
	NoneChosen = Sentence{"No row is selected.", "没有选中任何一行。"}
	Folded     = Sentence{"{unfold} unfolds the long codes", "按 {unfold} 展开长编码"}
	More       = Sentence{"%d more lines", "还有 %d 行"}
)

// The heads of the table's columns.
var (
	LabelSubShort = Sentence{"sub", "子状态"}
	LabelTook     = Sentence{"took", "用时"}
	RowMissing    = Sentence{"not loaded", "未读取"}
)
