package words

import "bounceboard/sendcloud"

// What is wrong with a command line.
var (
	UnknownCommand   = Sentence{"unknown command %q%s; --help lists the commands", "没有命令 %q%s；用 --help 查看所有命令"}
	UnknownFlag      = Sentence{"unknown flag %s%s; --help lists the flags", "没有参数 %s%s；用 --help 查看所有参数"}
	NoArguments      = Sentence{"%s takes no arguments, but got %q; write the query as flags, such as --email ADDRESS", "%s 不接受 %q 这样的参数；请用选项写查询条件，如 --email 地址"}
	ValueMissing     = Sentence{"%s needs a value", "%s 缺少取值"}
	ValueEmpty       = Sentence{"%s is empty; give it a value or leave it out", "%s 的值为空，请给出取值或去掉它"}
	NotANumber       = Sentence{"%s is %q; give it a whole number from %d to %d", "%s 的值为 %q，请给出 %d 至 %d 的整数"}
	notAChoice       = Sentence{"%s is %q%s; use one of %s", "%s 的值为 %q%s，可用的有 %s"}
	BadFlag          = Sentence{"%s is %q: %s", "%s 的值为 %q：%s"}
	BadFault         = Sentence{"--fault is %q; write KIND=RATE by comma, the rate from 0 to 1, such as 5xx=0.05; kinds are %s", "--fault 的值为 %q，请写成 KIND=RATE，用逗号分隔，比率为 0 至 1，如 5xx=0.05；可用的故障有 %s"}
	BadSwitch        = Sentence{"%s is %q; it takes %s", "%s 的值为 %q，可用的有 %s"}
	BomWithoutCSV    = Sentence{"--bom is for --format csv alone; leave it out or choose csv", "--bom 只用于 --format csv；请去掉它或改用 csv"}
	FlagsApart       = Sentence{"%s and %s do not go together; leave one of them out", "%s 和 %s 不能同时使用，请去掉其中一个"}
	StdinTwice       = Sentence{"standard input can be read once: - stands in two places, the second is %s", "标准输入只能读取一次：- 用了两处，第二处是 %s"}
	FileUnread       = Sentence{"%s: cannot read %s: %s", "%s：无法读取 %s：%s"}
	StandardInput    = Sentence{"standard input", "标准输入"}
	NoTerminal       = Sentence{"the dashboard needs a terminal for its input and output; for a pipe or a file use bounceboard list", "面板需要在终端中运行；输出到管道或文件请用 bounceboard list"}
	DumbTerminal     = Sentence{"TERM=dumb cannot show the dashboard; set TERM to what the terminal is (such as xterm-256color), or use bounceboard list", "TERM=dumb 无法显示面板；请把 TERM 设为实际的终端类型（如 xterm-256color），或使用 bounceboard list"}
	LocaleNotUTF8    = Sentence{"the locale (%s) is not UTF-8, Chinese text may be drawn wrongly; start with LC_ALL=C.UTF-8, or set LANG to zh_CN.UTF-8", "当前区域设置（%s）不是 UTF-8，中文可能显示不正确；请用 LC_ALL=C.UTF-8 启动，或把 LANG 设为 zh_CN.UTF-8"}
	AddressPublic    = Sentence{"--addr %s is reachable from other machines; add --public if that is meant, or use 127.0.0.1", "--addr %s 可被其他机器访问；若确需如此请加 --public，否则请用 127.0.0.1"}
	AddressUnusable  = Sentence{"cannot listen at %s: %s; choose another --addr", "无法监听 %s：%s；请换一个 --addr"}
	AddressMalformed = Sentence{"--addr %q is not HOST:PORT; write it as 127.0.0.1:8025", "--addr %q 不是 主机:端口，请写成 127.0.0.1:8025 的形式"}
)

// What is wrong with configuration and credentials.
var (
	ConfigAt       = Sentence{"%s line %d: %s", "%s 第 %d 行：%s"}
	ConfigUnread   = Sentence{"cannot be read (%s); mend that, or name another file with --config", "无法读取（%s）；请处理，或用 --config 指定其他文件"}
	ConfigReadable = Sentence{"it holds a key and others can read it (mode %04o); run chmod 600 on it", "文件含有密钥，但其他人可读（权限 %04o）；请执行 chmod 600"}
	ConfigWritable = Sentence{"others can write to %s (mode %04o), and so could take the key or send it elsewhere; run chmod go-w %s", "其他人可写%s（权限 %04o），因而能取得密钥或改变其去向；请执行 chmod go-w %s"}
	ConfigForeign  = Sentence{"%s belongs to another user (uid %d), who could take the key or send it elsewhere; use a copy of your own", "%s属于另一用户（uid %d），对方能取得密钥或改变其去向；请改用自己的副本"}
	ConfigSyntax   = Sentence{"not valid TOML (%s)", "不是有效的 TOML（%s）"}
	ConfigUnknown  = Sentence{"unknown key %q%s", "没有配置项 %q%s"}
	ConfigKind     = Sentence{"%s has a value of the wrong kind (text stands in quotes, a number does not)", "%s 的取值类型不对（文本要加引号，数字不加）"}
	ConfigRange    = Sentence{"%s is %d; use a number from %d to %d", "%s 的值为 %d，请用 %d 至 %d 的整数"}
	ConfigTwoKeys  = Sentence{"profile %q has api_key and api_key_command; keep one of them", "profile %q 同时有 api_key 和 api_key_command，请只保留一个"}
	NoProfile      = Sentence{"%s %q%s is not in %s; those in it: %s", "%[4]s 中没有 %[1]s %[2]q%[3]s；现有：%[5]s"}
	ChooseProfile  = Sentence{"no profile of %s is chosen (%s): name one with --profile, or by profile = \"…\" at its top", "%s 未指定使用哪个 profile（%s）：请用 --profile 指定，或在文件开头写 profile = \"…\""}

	BaseUnused      = Sentence{"%s is set and not used: user, key and base URL come from one place; set %s and %s with it, or write base_url into the profile", "设置了 %s，但未使用：用户、密钥和服务地址必须来自同一处；请一并设置 %s 和 %s，或在 profile 中写 base_url"}
	BaseReplaced    = Sentence{"--base-url takes the place of %s: user and key go there", "--base-url 代替了 %s：用户和密钥将发往该地址"}
	HalfEnvironment = Sentence{"%s is set but %s is not; user and key have to come from the same place: set both, or neither", "设置了 %s 但没有 %s；用户和密钥必须来自同一处：请都设置，或都不设置"}
	HalfProfile     = Sentence{"profile %q has no %s; user and key have to come from the same place: add it", "profile %q 缺少 %s；用户和密钥必须来自同一处，请补上"}
	BadCredential   = Sentence{"%s holds a blank, a line break or an invisible character; copy it again without", "%s 含有空格、换行或不可见字符，请重新复制并去掉"}

	CommandFailed  = Sentence{"api_key_command of profile %q failed (%s); run it yourself to see why", "profile %q 的 api_key_command 执行失败（%s）；请手动运行查看原因"}
	CommandTimeout = Sentence{"api_key_command of profile %q did not end within %s; run it yourself to see what it waits for", "profile %q 的 api_key_command 在 %s 内没有结束；请手动运行查看它在等什么"}
	CommandWaits   = Sentence{"waiting for api_key_command of profile %q, %s at most", "正在等待 profile %q 的 api_key_command，最多 %s"}
	CommandLines   = Sentence{"api_key_command of profile %q printed %d lines; it has to print the key and nothing else", "profile %q 的 api_key_command 输出了 %d 行；它应当只输出密钥"}
	CommandEmpty   = Sentence{"api_key_command of profile %q printed nothing; it has to print the key", "profile %q 的 api_key_command 没有输出；它应当输出密钥"}

	LogReadable = Sentence{"--log-file %s: others can read it (mode %04o); run chmod 600 on it, or choose another file", "--log-file %s：其他人可读（权限 %04o）；请执行 chmod 600，或换一个文件"}
	LogUnusable = Sentence{"--log-file %s: cannot be written (%s); choose another file", "--log-file %s：无法写入（%s）；请换一个文件"}
)

// GettingStarted is what a person reads who has no credentials yet. The
// argument is the path of the configuration file.
var GettingStarted = document("getting started")

// What list and simulate say beside their rows.
var (
	Progress         = Sentence{"%s of %s rows, %s calls left this minute", "%s / %s 行，本分钟还可调用 %s 次"}
	ProgressUnknown  = Sentence{"%s rows, %s calls left this minute", "%s 行，本分钟还可调用 %s 次"}
	ProgressLeft     = Sentence{", about %s left", "，约剩 %s"}
	AtMost           = Sentence{"at most %s", "最多 %s"}
	PageOf           = Sentence{"rows %s to %s of %s; --all reads every one", "第 %s 至 %s 行，共 %s 行；--all 可读取全部"}
	Interrupted      = Sentence{"interrupted", "已中断"}
	CameOf           = Sentence{"%s; %s of %s came, %s missing", "%s；共 %[3]s，已读取 %[2]s，缺 %[4]s"}
	CameAll          = Sentence{"%s; %s came, and rows may be missing", "%s；已读取 %s，可能缺行"}
	Incomplete       = Sentence{"incomplete, three readings did not bring the rest (ask again later)", "结果不完整，读了三遍仍缺行（请稍后再查）"}
	WindowList       = Sentence{": ", "："}
	ListItem         = Sentence{"; ", "；"}
	WriteFailed      = Sentence{"cannot write to standard output (%s); make room or choose another place", "无法写入标准输出（%s）；请腾出空间或换个位置"}
	Crashed          = Sentence{"stopped by a bug of its own (%s); run it again with --log-file FILE and report what the file says", "程序自身出错而停止（%s）；请加 --log-file 文件 再运行一次，并反馈文件内容"}
	NotAmongRows     = Sentence{"no row came for %s of the %s ids and addresses asked for: %s", "所查的 %[2]s 个 ID 和地址中有 %[1]s 个没有对应的行：%[3]s"}
	MissingOfNothing = Sentence{"--missing names those of --email and --email-ids of which no row came; give some, or leave it out", "--missing 写出 --email 和 --email-ids 中没有对应行的条目；请给出这些条目，或去掉它"}
	ValuesUnread     = Sentence{"times and sub-statuses that cannot be read: %s; they are null in JSON and empty in CSV", "无法识别的时间和子状态：%s 个，在 JSON 中为 null，在 CSV 中为空"}
	ChangedSince     = Sentence{"%s changed while they were read; what was written first stays", "读取期间有 %s状态有变，保留先写出的"}
	ReaderGone       = Sentence{"the reader of standard output is gone, and --spool ends there", "标准输出的读取方已关闭，--spool 到此为止"}
	FileIsThere      = Sentence{"%s: %s is there already and is not overwritten; choose another name, or move it away", "%s：%s 已存在，不会覆盖；请换个文件名，或先移走它"}
	FileUnmade       = Sentence{"%s: cannot write %s: %s", "%s：无法写入 %s：%s"}
	Rows             = [3]string{"row", "rows", "行"}
)

var (
	gapUnread = Sentence{"%s to %s: not read", "%s 至 %s：未读取"}
	gapPart   = Sentence{"%s to %s: %s of %s", "%s 至 %s：%s / %s"}
	gapMaybe  = Sentence{"%s to %s: %s came, some may be missing", "%s 至 %s：已读取 %s，可能有缺"}
)

// GapIn says what came of a window of which rows may be missing.
func GapIn(l Lang, g sendcloud.Incomplete) string {
	switch {
	case g.Announced == 0:
		return l.Say(gapUnread, g.First, g.Last)
	case g.Came < g.Announced:
		return l.Say(gapPart, g.First, g.Last, Number(g.Came), Number(g.Announced))
	}
	return l.Say(gapMaybe, g.First, g.Last, Number(g.Came))
}

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
	HelpFilter   = document("filter") // above the fields
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
