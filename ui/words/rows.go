package words

// What list says beside its rows, and about the files that it makes.
var (
	NotAmongRows     = Sentence{"no row came for %s of the %s ids and addresses asked for: %s", "所查的 %[2]s 个 ID 和地址中有 %[1]s 个没有对应的行：%[3]s"}
	MissingOfNothing = Sentence{"--missing names those of --email and --email-ids of which no row came; give some, or leave it out", "--missing 写出 --email 和 --email-ids 中没有对应行的条目；请给出这些条目，或去掉它"}
	NoRowGiven       = Sentence{"the service gave none of them", "服务端一行也没有给出"}
	ChangedSince     = Sentence{"%s changed while they were read; what was written first stays", "读取期间有 %s状态有变，保留先写出的"}
	ReaderGone       = Sentence{"the reader of standard output is gone, and --spool ends there", "标准输出的读取方已关闭，--spool 到此为止"}
	FileIsThere      = Sentence{"%s: %s is there already and is not overwritten; choose another name, or move it away", "%s：%s 已存在，不会覆盖；请换个文件名，或先移走它"}
	FileUnmade       = Sentence{"%s: cannot write %s: %s", "%s：无法写入 %s：%s"}
	FileUnended      = Sentence{"%s: %s could not be written (%s)", "%s：%s 未能写入（%s）"}
)

// keys, and the long help of explain and patterns.
var (
	KeysShort = Sentence{"Every key of the dashboard", "列出面板的全部按键"}
	KeysLong  = Sentence{"Writes every key of the dashboard and what it does, place by place.", "按位置列出面板的全部按键及其作用。"}

	// PatternsJSON stands below the help of patterns.
	PatternsJSON = document("patterns json")

	// RulesHelp is what explain --rules-help writes.
	RulesHelp = document("rules")
)
