package words

// Help: the parts every command's help has.
var (
	HelpUsage    = Sentence{"Usage:", "用法："}
	HelpCommands = Sentence{"Commands:", "命令："}
	HelpExamples = Sentence{"Examples:", "示例："}
	HelpQuery    = Sentence{"What to ask for:", "查询条件："}
	HelpService  = Sentence{"Service and credentials:", "服务与凭据："}
	HelpScreen   = Sentence{"Screen and log:", "界面与日志："}
	HelpOutput   = Sentence{"Output:", "输出："}
	HelpFaults   = Sentence{"The service that is played:", "模拟的服务："}
	HelpOpen     = Sentence{"What the service's documentation leaves open (the first value is the default):", "官方文档未写明之处（第一个取值为默认）："}
	HelpOthers   = Sentence{"Other flags:", "其他："}
	HelpMore     = Sentence{"%s COMMAND --help says more about a command.", "%s 命令 --help 可查看某个命令的说明。"}
	HelpRows     = Sentence{"Rows in files:", "行文件："}
	HelpStatus   = document("exit status")
)

// The heads of the table of codes.
var (
	HeadKind = Sentence{"kind", "类别"}
	HeadCode = Sentence{"code", "代码"}
)

// What the commands do.
var (
	RootShort       = Sentence{"Triage mail delivery with SendCloud", "SendCloud 邮件投递排查"}
	RootLong        = document("bounceboard")
	ListShort       = Sentence{"Write rows to standard output", "把查询结果输出到标准输出"}
	ListLong        = document("list")
	SimulateShort   = Sentence{"Play the service until interrupted", "运行模拟服务，直到被中断"}
	SimulateLong    = document("simulate")
	HelpShort       = Sentence{"Help about a command", "查看命令说明"}
	CompletionShort = Sentence{"Write the completion script for a shell", "输出 shell 补全脚本"}
	CompletionLong  = document("completion")
	KeysShort       = Sentence{"Every key of the dashboard", "列出面板的全部按键"}
	KeysLong        = Sentence{"Writes every key of the dashboard and what it does, place by place.", "按位置列出面板的全部按键及其作用。"}
	PatternsJSON    = document("patterns json") // below the help of patterns
	RulesHelp       = document("rules")         // what explain --rules-help writes
	// What is typed is the same in both languages.
	RootExamples       = document("bounceboard examples")
	ListExamples       = document("list examples")
	SimulateExamples   = document("simulate examples")
	CompletionExamples = document("completion examples")
)

// Flags by name. What stands in backquotes is the name of the value.
var Flags = pairs("flags")
