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
	NotANumberFrom   = Sentence{"%s is %q; give it a whole number from %d on", "%s 的值为 %q，请给出不小于 %d 的整数"}
	NotAChoice       = Sentence{"%s is %q; use one of %s", "%s 的值为 %q，可用的有 %s"}
	NotADuration     = Sentence{"%s is %q; write a time such as 200ms or 2s", "%s 的值为 %q，请写成 200ms 或 2s 这样的时间"}
	NotASwitch       = Sentence{"%s is %q; use true or false, or leave the value out", "%s 的值为 %q，请用 true 或 false，或不写取值"}
	BadFlag          = Sentence{"%s is %q: %s", "%s 的值为 %q：%s"}
	BadFault         = Sentence{"--fault is %q; write KIND=RATE by comma, the rate from 0 to 1, such as 5xx=0.05; kinds are %s", "--fault 的值为 %q，请写成 KIND=RATE，用逗号分隔，比率为 0 至 1，如 5xx=0.05；可用的故障有 %s"}
	BadSwitch        = Sentence{"%s is %q, which it cannot be; simulate --help says what it takes", "%s 的值不能为 %q；用 simulate --help 查看可用的取值"}
	BadSyntax        = Sentence{"%q is not a flag; --help lists the flags", "%q 不是参数；用 --help 查看所有参数"}
	AllWithPage      = Sentence{"--all reads every row; leave out %s, or leave out --all for one page", "--all 会读取全部行；请去掉 %s，或去掉 --all 只读取一页"}
	BomWithoutCSV    = Sentence{"--bom is for --format csv alone; leave it out or choose csv", "--bom 只用于 --format csv；请去掉它或改用 csv"}
	DemoAlone        = Sentence{"--demo brings its own service; leave out %s or --demo", "--demo 自带模拟服务；请去掉 %s 或 --demo"}
	StdinTwice       = Sentence{"standard input can be read once: - stands in two places (%s)", "标准输入只能读取一次：%s 都用了 -"}
	FileUnread       = Sentence{"%s: cannot read %s: %s", "%s：无法读取 %s：%s"}
	FileTooLarge     = Sentence{"%s: %s holds more than %d MiB; split it", "%s：%s 超过 %d MiB，请拆分"}
	NothingIn        = Sentence{"%s: nothing in %s; give at least one, or leave the flag out", "%s：%s中没有内容；请至少给出一个，或去掉该参数"}
	StandardInput    = Sentence{"standard input", "标准输入"}
	NoTerminal       = Sentence{"the dashboard needs a terminal for its input and output; for a pipe or a file use bounceboard list", "面板需要在终端中运行；输出到管道或文件请用 bounceboard list"}
	DumbTerminal     = Sentence{"TERM=dumb cannot show the dashboard; set TERM to what the terminal is (such as xterm-256color), or use bounceboard list", "TERM=dumb 无法显示面板；请把 TERM 设为实际的终端类型（如 xterm-256color），或使用 bounceboard list"}
	LocaleNotUTF8    = Sentence{"the locale (%s) is not UTF-8, Chinese text may be drawn wrongly; start with LC_ALL=C.UTF-8, or set LANG to zh_CN.UTF-8", "当前区域设置（%s）不是 UTF-8，中文可能显示不正确；请用 LC_ALL=C.UTF-8 启动，或把 LANG 设为 zh_CN.UTF-8"}
	LocaleUnset      = Sentence{"not set", "未设置"}
	AddressPublic    = Sentence{"--addr %s is reachable from other machines; add --public if that is meant, or use 127.0.0.1", "--addr %s 可被其他机器访问；若确需如此请加 --public，否则请用 127.0.0.1"}
	AddressUnusable  = Sentence{"cannot listen at %s: %s; choose another --addr", "无法监听 %s：%s；请换一个 --addr"}
	AddressMalformed = Sentence{"--addr %q is not HOST:PORT; write it as 127.0.0.1:8025", "--addr %q 不是 主机:端口，请写成 127.0.0.1:8025 的形式"}
)

// What is wrong with configuration and credentials.
var (
	ConfigAt        = Sentence{"%s line %d: %s", "%s 第 %d 行：%s"}
	ConfigMissing   = Sentence{"there is no such file; correct --config or leave it out", "文件不存在；请改正或去掉 --config"}
	ConfigUnread    = Sentence{"cannot be read (%s)", "无法读取（%s）"}
	ConfigTooLarge  = Sentence{"is larger than 1 MiB, which is no configuration of ours", "超过 1 MiB，不是本程序的配置文件"}
	ConfigReadable  = Sentence{"it holds a key and others can read it (mode %04o); run chmod 600 on it", "文件含有密钥，但其他人可读（权限 %04o）；请执行 chmod 600"}
	ConfigItself    = Sentence{"it", "该文件"}
	ConfigFolder    = Sentence{"its folder %s", "所在目录 %s "}
	ConfigWritable  = Sentence{"others can write to %s (mode %04o), and so could take the key or send it elsewhere; run chmod go-w %s", "其他人可写%s（权限 %04o），因而能取得密钥或改变其去向；请执行 chmod go-w %s"}
	ConfigForeign   = Sentence{"%s belongs to another user (uid %d), who could take the key or send it elsewhere; use a copy of your own", "%s属于另一用户（uid %d），对方能取得密钥或改变其去向；请改用自己的副本"}
	ConfigSyntax    = Sentence{"not valid TOML (%s)", "不是有效的 TOML（%s）"}
	ConfigUnknown   = Sentence{"unknown key %q%s", "没有配置项 %q%s"}
	ConfigKind      = Sentence{"%s has to be %s", "%s 必须是%s"}
	KindText        = Sentence{"text in quotes", "带引号的文本"}
	KindNumber      = Sentence{"a whole number", "整数"}
	KindBool        = Sentence{"true or false", " true 或 false"}
	KindTable       = Sentence{"a table, such as [profiles.prod]", "表，如 [profiles.prod]"}
	ConfigRange     = Sentence{"%s is %d; use a number from %d to %d", "%s 的值为 %d，请用 %d 至 %d 的整数"}
	ConfigTwoKeys   = Sentence{"profile %q has api_key and api_key_command; keep one of them", "profile %q 同时有 api_key 和 api_key_command，请只保留一个"}
	ConfigNoProfile = Sentence{"there is no profile %q; %s", "没有 profile %q；%s"}
	NoProfile       = Sentence{"--profile %q is not in %s; %s", "%[2]s 中没有 --profile %[1]q；%[3]s"}
	ChooseProfile   = Sentence{"no profile is chosen in %s, %s: name one with --profile, or by profile = \"…\" at its top", "%s 未指定使用哪个 profile，%s：请用 --profile 指定，或在文件开头写 profile = \"…\""}
	ProfilesAre     = Sentence{"there are %s", "现有 %s"}
	ProfilesNone    = Sentence{"it has no profiles: add [profiles.%s]", "其中没有任何 profile：请添加 [profiles.%s]"}

	BaseReplaced    = Sentence{"--base-url takes the place of %s: %s go there", "--base-url 代替了 %s：%s将发往该地址"}
	BaseUnused      = Sentence{"%s is not used: profile %q has user, key and base URL (%s) of its own; --base-url would replace that", "未使用 %s：profile %q 有自己的用户、密钥和服务地址（%s）；如需更换请用 --base-url"}
	OfProfile       = Sentence{"user and key of profile %q", "profile %q 的用户和密钥"}
	OfEnvironment   = Sentence{"user and key of the environment", "环境变量中的用户和密钥"}
	HalfEnvironment = Sentence{"%s is set but %s is not; user and key have to come from the same place: set both, or neither", "设置了 %s 但没有 %s；用户和密钥必须来自同一处：请都设置，或都不设置"}
	HalfProfile     = Sentence{"profile %q has no %s; user and key have to come from the same place: add it", "profile %q 缺少 %s；用户和密钥必须来自同一处，请补上"}
	BadCredential   = Sentence{"%s %s; copy it again without", "%s %s，请重新复制并去掉"}
	HoldsLineBreak  = Sentence{"holds a line break", "含有换行"}
	HoldsBlank      = Sentence{"holds a blank", "含有空格"}
	HoldsInvisible  = Sentence{"holds an invisible or control character", "含有不可见字符或控制字符"}
	HoldsNoText     = Sentence{"is not valid UTF-8", "不是有效的 UTF-8"}

	CommandWaits    = Sentence{"waiting for api_key_command of profile %q, at most %s", "正在等待 profile %q 的 api_key_command，最多 %s"}
	CommandFailed   = Sentence{"api_key_command of profile %q failed (%s); run it yourself to see why", "profile %q 的 api_key_command 执行失败（%s）；请手动运行查看原因"}
	CommandTimeout  = Sentence{"api_key_command of profile %q did not end within %s; run it yourself to see what it waits for", "profile %q 的 api_key_command 在 %s 内没有结束；请手动运行查看它在等什么"}
	CommandEmpty    = Sentence{"api_key_command of profile %q printed nothing; it has to print the key", "profile %q 的 api_key_command 没有输出；它应当输出密钥"}
	CommandTooLong  = Sentence{"api_key_command of profile %q printed more than a key; let it print the key alone", "profile %q 的 api_key_command 输出过长；请让它只输出密钥"}
	CommandTwoLines = Sentence{"api_key_command of profile %q printed several lines; let it print the key alone (such as: … | head -n 1)", "profile %q 的 api_key_command 输出了多行；请让它只输出密钥（例如：… | head -n 1）"}

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
	ProgressRetry    = Sentence{", try %d at %s", "，第 %d 次尝试，%s"}
	ProgressPaused   = Sentence{", paused until %s: calls too frequent", "，调用过于频繁，暂停到 %s"}
	ProgressBudget   = Sentence{", waiting for calls", "，等待调用额度"}
	ProgressReread   = Sentence{", rows moved, reading a window again", "，行有变动，重读一个时间段"}
	AtMost           = Sentence{"at most %s", "最多 %s"}
	PageOf           = Sentence{"rows %s to %s of %s; --all reads every one", "第 %s 至 %s 行，共 %s 行；--all 可读取全部"}
	Interrupted      = Sentence{"interrupted", "已中断"}
	CameNothing      = Sentence{"%s; no row came", "%s；没有读取到任何行"}
	CameOf           = Sentence{"%s; %s of %s came, %s missing", "%s；共 %[3]s，已读取 %[2]s，缺 %[4]s"}
	CameOfMore       = Sentence{"%s; %s of %s came, %s missing, and there is more that was not reached", "%s；共 %[3]s，已读取 %[2]s，缺 %[4]s，另有未读到的部分"}
	CameAtMost       = Sentence{"%s; %s of at most %s came", "%s；最多 %[3]s，已读取 %[2]s"}
	CameUnknown      = Sentence{"%s; %s came, what else there is was not read", "%s；已读取 %s，其余未读"}
	CameAll          = Sentence{"%s; %s came, and rows may be missing", "%s；已读取 %s，可能缺行"}
	Incomplete       = Sentence{"incomplete", "结果不完整"}
	WindowList       = Sentence{": %s", "：%s"}
	ListItem         = Sentence{"; ", "；"}
	KeptMoving       = Sentence{"the rows kept moving; ask again later", "行一直在变动，请稍后再查"}
	WriteFailed      = Sentence{"cannot write to standard output (%s); make room or choose another place", "无法写入标准输出（%s）；请腾出空间或换个位置"}
	Crashed          = Sentence{"stopped by a bug of its own (%s); run it again with --log-file FILE and report what the file says", "程序自身出错而停止（%s）；请加 --log-file 文件 再运行一次，并反馈文件内容"}
	CrashedLogged    = Sentence{"stopped by a bug of its own (%s); please report it with what %s says", "程序自身出错而停止（%s）；请反馈此问题并附上 %s 的内容"}
	NotAmongRows     = Sentence{"no row came for %s of the %s ids and addresses asked for: %s", "所查的 %[2]s 个 ID 和地址中有 %[1]s 个没有对应的行：%[3]s"}
	MissingOfNothing = Sentence{"--missing names those of --email and --email-ids of which no row came; give some, or leave it out", "--missing 写出 --email 和 --email-ids 中没有对应行的条目；请给出这些条目，或去掉它"}
	NoRowGiven       = Sentence{"the service gave none of them", "服务端一行也没有给出"}
	ChangedSince     = Sentence{"%s changed while they were read; what was written first stays", "读取期间有 %s状态有变，保留先写出的"}
	ReaderGone       = Sentence{"the reader of standard output is gone, and --spool ends there", "标准输出的读取方已关闭，--spool 到此为止"}
	FileIsThere      = Sentence{"%s: %s is there already and is not overwritten; choose another name, or move it away", "%s：%s 已存在，不会覆盖；请换个文件名，或先移走它"}
	FileUnmade       = Sentence{"%s: cannot write %s: %s", "%s：无法写入 %s：%s"}
	Rows             = [3]string{"row", "rows", "行"}
)

var (
	gapUnread = Sentence{"%s to %s: not read", "%s 至 %s：未读取"}
	gapCut    = Sentence{"%s to %s: %s came, the rest was not read", "%s 至 %s：已读取 %s，其余未读取"}
	gapMoved  = Sentence{"%s to %s: as many came as there were, %s, but perhaps not the same ones", "%s 至 %s：已读取的行数相符（%s），但可能不是原来那些"}
	gapPart   = Sentence{"%s to %s: %s of %s", "%s 至 %s：%s / %s"}
)

// GapIn says what came of a window of which rows may be missing.
func GapIn(l Lang, g sendcloud.Incomplete) string {
	switch {
	case g.Announced == 0:
		return l.Say(gapUnread, g.First, g.Last)
	case g.Came < g.Announced:
		return l.Say(gapPart, g.First, g.Last, Number(g.Came), Number(g.Announced))
	case g.Err != nil:
		return l.Say(gapCut, g.First, g.Last, Number(g.Came))
	}
	return l.Say(gapMoved, g.First, g.Last, Number(g.Came))
}
