// Code generated from sentences.tsv by go test ./ui/words -update; DO NOT EDIT.

package words

// What count and patterns do.
var (
	CountShort       = Sentence{"How many mails, by what", "按字段统计邮件数"}
	CountLong        = document("CountLong")
	CountExamples    = document("CountExamples")
	PatternsShort    = Sentence{"Replies that are the same but for their variables", "归并只有变量不同的服务器回复"}
	PatternsLong     = document("PatternsLong")
	PatternsExamples = document("PatternsExamples")
)

// What is wrong with their flags.
var (
	ByMissing      = Sentence{"count needs --by; use one of %s", "count 需要 --by；可用的有 %s"}
	NeedsRows      = Sentence{"%s cannot be counted by the service; add --all to fetch every row and count those, or --from FILE", "服务端无法按 %s 统计；请加 --all 读取全部行后统计，或用 --from FILE"}
	NeedsUsers     = Sentence{"--by api-user counts those that --api-users names; name them, or add --all for all there are", "--by api-user 只统计 --api-users 给出的发信账号；请给出，或加 --all 统计全部"}
	NeedsLabels    = Sentence{"--by label counts those that --label-id or --label-name names, by comma; name them", "--by label 只统计 --label-id 或 --label-name 给出的标签（逗号分隔）；请给出标签"}
	LabelInRows    = Sentence{"rows carry no label; leave out %s to count by label", "行中没有标签；按标签统计请去掉 %s"}
	FilterNeedsAll = Sentence{"--filter is for rows, and counting asks for none; add --all, or --from FILE", "--filter 只筛选行，而统计不读取行；请加 --all，或用 --from FILE"}
	PatternsNeed   = Sentence{"patterns needs rows; add --all to fetch them, or --from FILE", "patterns 需要行数据；请加 --all 读取，或用 --from FILE"}
	FromTerminal   = Sentence{"--from - reads rows from standard input, and that is the terminal; give a file, or pipe them in: bounceboard list --all | bounceboard --from -", "--from - 从标准输入读取数据，而标准输入是终端；请给出文件，或用管道：bounceboard list --all | bounceboard --from -"}
	SpoolBroke     = Sentence{"--spool: the file could not be written on (%s); what stands in it is whole lines; make room and fetch again", "--spool：无法继续写入文件（%s）；其中已有的行都是完整的；请腾出空间后重新读取"}
	ResumeNeeds    = Sentence{"--resume continues a file of --spool that is to hold every row; add %s", "--resume 用于接着写入一个要包含全部行的文件；请加 %s"}
	SpoolInUse     = Sentence{"--spool: another process writes to %s; wait for it to end, or choose another file", "--spool：另一个进程正在写入 %s；请等它结束，或换个文件"}
	OtherQuestion  = Sentence{"--resume: %s holds the rows of another question, or the file beside it (.resume) that says of which is gone; ask the same question again with the same account, or choose another file", "--resume：%s 中的行属于另一次查询，或缺少与它放在一起、记录查询条件的 .resume 文件；请用相同账号和相同条件查询，或换个文件"}
	Resumes        = Sentence{"going on with %s: %s answers of the service are kept and are not asked for again", "继续 %s：已保存服务端的 %s 个应答，不再重复查询"}
	ResumeLater    = Sentence{"the same command with --resume asks only for what is missing", "用同一命令加上 --resume，只查询缺少的部分"}
	FilterWrong    = Sentence{"--filter, character %d: %s", "--filter 第 %d 个字符：%s"}
	NoSuchPattern  = Sentence{"no pattern here begins with %s; bounceboard patterns lists them", "没有以 %s 开头的模式；用 bounceboard patterns 列出"}
)

// What they say on standard error.
var (
	CountCalls      = Sentence{"%s, about %s", "%s，约 %s"}
	CountsMissing   = Sentence{"%s of %s are missing: %s", "%[2]s 个数中缺 %[1]s 个：%[3]s"}
	CountsUncoded   = Sentence{"%s without a sub-status are in none of these", "另有 %s没有子状态，不在其中"}
	CoversService   = Sentence{"counted by the service: %s; as of %s", "由服务端统计：%s；统计于 %s"}
	CoversSpan      = Sentence{", requested %s to %s", "，请求时间 %s 至 %s"}
	CoversFile      = Sentence{"counted over %s of %s", "统计自 %[2]s 的 %[1]s"}
	CoversAll       = Sentence{"counted over %s fetched", "统计自读取到的 %s"}
	CoversPart      = Sentence{"counted over %s fetched of %s", "统计自读取到的 %s，共 %s"}
	FilteredRows    = Sentence{"filter: %s", "筛选：%s"}
	FilteredHere    = Sentence{"filtered only the fetched rows; the service was not asked to filter: %s", "筛选只作用于已读取的行，服务端查询不受影响：%s"}
	FileRepeats     = Sentence{"%s: %s with an email id that had come before, counted once", "%s：%s的邮件 ID 重复出现，只计一次"}
	FirstStateStays = Sentence{"%s of them had a later state; list writes what comes first (count, patterns and the dashboard take the latest)", "其中 %s后来状态有变；list 输出先出现的（count、patterns 和面板取最新的）"}
	conflictIgnored = Sentence{"the service ignores %s: the numbers that depend on it are upper bounds (at most)", "服务端忽略了 %s：依赖它的数字只是上限（最多）"}
	conflictDates   = Sentence{"the service ignores the dates: each number counts mail of any day and is an upper bound (at most)", "服务端忽略了日期：每个数都包含其他日期的邮件，只是上限（最多）"}
	conflictLabel   = Sentence{"with and without %s the service counts the same: it may ignore it, and the numbers are upper bounds (at most)", "有无 %s 统计结果相同：服务端可能忽略了它，数字只是上限（最多）"}
)

// The counts. Sentences with a key in braces are said With the keymap.
var (
	CountHead     = Sentence{"status, sub-status", "状态、子状态"}
	CountUncoded  = Sentence{"without a code", "无子状态"}
	CountAll      = Sentence{"all mail", "全部邮件"}
	CountAsked    = Sentence{"asked for", "本次查询"}
	CountRate     = Sentence{"of all mail", "占全部邮件"}
	CountFailRate = Sentence{"failed, of all mail", "失败占全部邮件"}
	CountNot      = Sentence{"not counted", "尚未统计"}
	CountNotYet   = Sentence{"not counted yet; {go on} counts", "尚未统计，按 {go on} 开始"}
	CountNoTotal  = Sentence{"%s of %s counts: the service told no total that can be read", "%[2]s 项统计中有 %[1]s 项：服务端没有给出可读的总数"}
	CountUnknown  = Sentence{"cannot be told from these numbers", "无法从现有数字算出"}
	CountNoCode   = Sentence{"The service cannot search for mail without a code: search for its status, then filter there.", "服务端不能按“无子状态”查询：请先查询该状态，再在结果中筛选。"}
	CountShareOf  = Sentence{"%s of %s", "占%[2]s的 %[1]s"}
	CountOfAll    = Sentence{"%s of all", "占全部的 %s"}
	CountOfStatus = Sentence{"%s of it", "占其 %s"}
	CountNoDays   = Sentence{"{by day} counts the days too; then {earlier} {later} go from day to day.", "按 {by day} 可按天统计，然后用 {earlier} {later} 切换日期。"}
	FileNoCounts  = Sentence{"This is a file; {facets} counts its rows by status and by everything else.", "这是文件；按 {facets} 可按状态等统计。"}
	NothingBehind = Sentence{"0 mails: there is nothing to show.", "0 封，没有明细可看。"}
	CountCost     = Sentence{"Counting costs %s.", "统计需要 %s。"}
	CountLoading  = Sentence{"loading: %s of %s counts", "正在查询：已得 %s / %s 项统计"}
	CountStopped  = Sentence{"stopped: %s of %s counts; {go on} goes on", "已停止：已得 %s / %s 项统计，按 {go on} 继续"}
	CountFailed   = Sentence{"%s of %s counts failed; {go on} asks for them again", "%[2]s 项统计中有 %[1]s 项失败，按 {go on} 重试"}
	CountDone     = Sentence{"%s counts, the oldest as of %s; {again} counts again", "%s 项统计，最早的统计于 %s；按 {again} 重新统计"}
)

// ConfigLine is a place in the configuration.
var (
	ConfigLine = Sentence{"%s line %d", "%s 第 %d 行"}
)

// What is wrong with colours and keys of one's own.
var (
	ConfigColor = Sentence{"colour %s is %q; use one of %s", "颜色 %s 的值为“%s”，可用的有 %s"}
	KeysHead    = Sentence{"Keys, the name of the action (for [keys] in the configuration), what it does.", "按键、动作名（用于配置文件的 [keys]）、作用。"}
)

// What doctor looks at.
var (
	DoctorConfig        = Sentence{"configuration", "配置文件"}
	DoctorLanguage      = Sentence{"language", "语言"}
	DoctorThemeName     = Sentence{"theme", "主题"}
	DoctorCalls         = Sentence{"calls a minute", "每分钟调用上限"}
	DoctorLookback      = Sentence{"days back", "可回查天数"}
	DoctorTerminal      = Sentence{"terminal", "终端"}
	DoctorAccount       = Sentence{"account", "账号"}
	DoctorBase          = Sentence{"base URL", "服务地址"}
	DoctorKey           = Sentence{"key and region", "密钥与地域"}
	DoctorWindow        = Sentence{"span of a call", "单次查询跨度"}
	DoctorLatency       = Sentence{"latency", "延迟"}
	DoctorClock         = Sentence{"clock", "时钟"}
	DoctorLocale        = Sentence{"character set", "字符集"}
	DoctorColours       = Sentence{"colours", "颜色"}
	DoctorClipboard     = Sentence{"clipboard", "剪贴板"}
	DoctorTmuxClipboard = Sentence{"tmux set-clipboard", "tmux set-clipboard"}
	DoctorTmuxEscape    = Sentence{"tmux escape-time", "tmux escape-time"}
	DoctorWidths        = Sentence{"widths of signs", "字符宽度"}
	DoctorPaste         = Sentence{"pasting", "粘贴"}
)

// What doctor finds, and what to do about it.
var (
	DoctorNoFile            = Sentence{"there is no %s, and none is needed", "没有 %s，可以不用"}
	DoctorNoAccount         = Sentence{"no credentials", "没有凭据"}
	DoctorNoAccountCure     = Sentence{"set SENDCLOUD_API_USER and SENDCLOUD_API_KEY, or write a profile into %s", "请设置 SENDCLOUD_API_USER 和 SENDCLOUD_API_KEY，或在 %s 中写一个 profile"}
	DoctorFromEnvironment   = Sentence{"%s, user and key from the environment", "%s，用户和密钥来自环境变量"}
	DoctorFromProfile       = Sentence{"%s, user and key from profile %s", "%s，用户和密钥来自 profile %s"}
	DoctorDemo              = Sentence{"%s, of the simulated service", "%s，模拟服务的账号"}
	DoctorFrom              = Sentence{"%s, from %s", "%s，来自 %s"}
	DoctorByDefault         = Sentence{"%s, the default", "%s，默认值"}
	DoctorAccepted          = Sentence{"accepted by %s", "%s 已接受"}
	DoctorNoAnswer          = Sentence{"%s did not answer within %d s", "%s 在 %d 秒内没有应答"}
	DoctorNetworkCure       = Sentence{"check the network, the base URL and HTTPS_PROXY", "请检查网络、服务地址和 HTTPS_PROXY"}
	DoctorWindowAccepted    = Sentence{"%d days in one call are accepted", "单次可查 %d 天"}
	DoctorWindowRefused     = Sentence{"the service refused a longer span; %d days in one call are accepted", "服务端拒绝了更长的跨度，单次只能查 %d 天"}
	DoctorWindowCure        = Sentence{"set window_days = %d in the profile; every query tries the longer span first until then", "请在 profile 中设置 window_days = %d；在此之前，每次启动都会先用更长的跨度试一次"}
	DoctorMilliseconds      = Sentence{"%d ms a call", "每次调用 %d 毫秒"}
	DoctorUnknown           = Sentence{"not known", "未知"}
	DoctorClockRight        = Sentence{"agrees with the service's", "与服务端一致"}
	DoctorClockFast         = Sentence{"%s ahead of the service's", "比服务端快 %s"}
	DoctorClockSlow         = Sentence{"%s behind the service's", "比服务端慢 %s"}
	DoctorClockCure         = Sentence{"set this machine's clock (NTP): today and yesterday are taken from it", "请校准本机时钟（NTP）：今天、昨天都按本机时钟计算"}
	DoctorLocaleCure        = Sentence{"if Chinese is drawn wrongly, start with LC_ALL=C.UTF-8", "如果中文显示不正确，请用 LC_ALL=C.UTF-8 启动"}
	DoctorTheme             = Sentence{"%s, theme %s", "%s，主题 %s"}
	DoctorTermCure          = Sentence{"set TERM to what the terminal is, such as xterm-256color", "请把 TERM 设为实际的终端类型，如 xterm-256color"}
	DoctorClipTerminal      = Sentence{"sent to the terminal (OSC 52); some terminals ask, or need it switched on", "发给终端（OSC 52）；有的终端会询问，或需要先开启"}
	DoctorClipTmux          = Sentence{"given to tmux, which passes it on", "交给 tmux，由 tmux 转交"}
	DoctorClipScreen        = Sentence{"sent through GNU screen to the terminal (OSC 52)", "经 GNU screen 发给终端（OSC 52）"}
	DoctorTmuxClipboardCure = Sentence{"tmux set -s set-clipboard on", "tmux set -s set-clipboard on"}
	DoctorTmuxEscapeCure    = Sentence{"esc acts late; tmux set -s escape-time 20", "esc 反应偏慢；tmux set -s escape-time 20"}
	DoctorSilent            = Sentence{"the terminal did not say", "终端没有应答"}
	DoctorWidthsCure        = Sentence{"%s is wider or narrower than expected; start with --ascii, or set ascii = true", "%s 的宽度与预期不同；请用 --ascii 启动，或设置 ascii = true"}
	DoctorPasteMarked       = Sentence{"the terminal marks pasted text", "终端会标出粘贴的文本"}
	DoctorPasteUnmarked     = Sentence{"the terminal does not mark pasted text; what arrives faster than hands type is taken for a paste", "终端不标出粘贴的文本；来得比手快的输入按粘贴处理"}
	DoctorPasteCure         = Sentence{"nothing, or use a terminal with bracketed paste", "可以不管，或换用支持 bracketed paste 的终端"}
	DoctorNoTerminal        = Sentence{"no terminal here; run it in one to check signs and pasting", "此处没有终端；在终端中运行可检查字符宽度和粘贴"}
	DoctorMend              = Sentence{"%s to mend", "%s需要处理"}
	DoctorWell              = Sentence{"all is well", "一切正常"}
	DoctorShort             = Sentence{"Check configuration, service and terminal", "检查配置、服务和终端"}
)

// The manual page.
var (
	ManShort = Sentence{"Write the manual page (groff)", "输出手册页（groff）"}
	ManLong  = Sentence{"Writes the manual page in the form that man reads: bounceboard man | man -l -", "输出 man 可读的手册页：bounceboard man | man -l -"}
)

// Others.
var (
	totalWithoutRows = Sentence{"the service says that there are %s rows and gave none of them; ask again, and tell SendCloud if it stays so", "服务端称共有 %s 行，却一行也没有给出；请重新查询，仍然如此请联系 SendCloud"}
	spanRefused      = Sentence{"the service refuses the span, also in windows of %s: set window_days in the profile to what one call may span", "服务端拒绝该时间跨度，按 %s一段查询也被拒绝：请在 profile 中把 window_days 设为一次调用允许的天数"}
	tooFast          = Sentence{"too many calls", "调用过于频繁"}
	oddAnswer        = Sentence{"unusable answer", "应答无法使用"}
	anyReason        = Sentence{"no answer", "没有应答"}
	otherCode        = Sentence{"the service refused the query; check it, and try again later", "服务端拒绝了查询；请检查查询条件，稍后再试"}
	withWords        = Sentence{"%s (code %d: %s)", "%s（返回码 %d：%s）"}
	withCode         = Sentence{"%s (code %d)", "%s（返回码 %d）"}
	credentialsAt    = Sentence{"%s at %s: check the API user and key, and whether the base URL is of the account's region (地域)", "%s（主机 %s）：请核对 API_USER 和 API_KEY，并确认服务地址与账号所在地域一致"}
	waitFor          = Sentence{"%s; wait %s and try again", "%s；请等待 %s 后重试"}
	waitAMinute      = Sentence{"%s; wait a minute, or lower --calls-per-minute", "%s；请等一分钟，或调低 --calls-per-minute"}
	rateLimited      = Sentence{"rate limited: the service asks for fewer calls", "已被限流：服务端要求降低调用频率"}
	ownPause         = Sentence{"calls are paused for a moment because the service said they are too frequent", "服务端提示调用过于频繁，已暂停调用"}
	saidQuoted       = Sentence{"%s (it said: %s)", "%s（原文：%s）"}
	ownBug           = Sentence{"a bug of the program itself (%s): please report it", "程序自身的错误（%s），请反馈"}
	stopped          = Sentence{"stopped", "已停止"}
	tookTooLong      = Sentence{"it took too long; try again, or ask for less", "用时过长；请重试，或缩小查询范围"}
	totalUntold      = Sentence{"%s gave no credible total: fetch every row, then they can be counted", "%s 没有给出可信的总数：须先读取全部行，再统计"}
	foreignFrom      = Sentence{"%s (from %s)", "%s（来自 %s）"}
	foreignHTTP      = Sentence{"%s (HTTP %d from %s)", "%s（%[3]s 返回 HTTP %[2]d）"}
	redirected       = Sentence{"redirected to %s, and the key is not sent there: set the base URL to the right address, or log in to the proxy first", "被重定向到 %s，密钥不会发往那里：请改正服务地址，或先登录代理"}
	factCode         = Sentence{"code %s", "应答码 %s"}
	factIP           = Sentence{"refused IP %s", "被拒 IP %s"}
	factDomain       = Sentence{"refused domain %s", "被拒域名 %s"}
	factNoDomain     = Sentence{"domain %s", "域名 %s"}
	factList         = Sentence{"block list %s", "黑名单 %s"}
	factWait         = Sentence{"wait %s", "等待 %s"}
	notTheAddress    = Sentence{"SendCloud says %d “%s”, but the server's words mean “%s”. Do not delete the address from a list for this.", "SendCloud 记为 %d“%s”，但回复原文的意思是“%s”。不要因此把该地址移出名单。"}
	theAddress       = Sentence{"SendCloud says %d “%s”, but the server's words mean “%s”. The address itself is at fault: do not keep it for that sub-status.", "SendCloud 记为 %d“%s”，但回复原文的意思是“%s”。问题在地址本身，不要只凭子状态保留它。"}
)

// What explain says beside the explanations.
var (
	ExplainShort    = Sentence{"Say what a server's reply means", "解释服务器回复的含义"}
	HelpContext     = Sentence{"What else is known of the reply:", "关于回复的其他信息："}
	PasteReply      = Sentence{"paste the reply, then press ctrl+d on a line of its own", "请粘贴回复，然后在新的一行按 ctrl+d"}
	CodesAlone      = Sentence{"--codes takes no text; leave out %q, or leave out --codes", "--codes 不接受文本；请去掉“%s”或 --codes"}
	OneSubStatus    = Sentence{"--sub-status is %q; a reply has one", "--sub-status 的值为“%s”；一条回复只有一个子状态"}
	InputUnread     = Sentence{"standard input cannot be read (%s)", "无法读取标准输入（%s）"}
	RulesWrong      = Sentence{"rules: %s", "规则有误：%s"}
	LabelParty      = Sentence{"who acts", "处理方"}
	LabelProvider   = Sentence{"provider", "邮箱服务商"}
	ExplainLong     = document("ExplainLong")
	ExplainExamples = document("ExplainExamples")
)

// NothingToExplain is what explain says to nothing.
var (
	NothingToExplain = Sentence{"there is no reply to explain: give the text as an argument, or on standard input", "没有要解释的回复：请把原文作为参数给出，或从标准输入传入"}
)

// DomainMeant asks whether another domain is meant.
var (
	DomainMeant = Sentence{"%s? The domain is one letter away from it.", "是否应为 %s？域名与它只差一个字母。"}
)

// The facets.
var (
	FacetEmpty    = Sentence{"No row here has a value in this column.", "这部分数据在此列没有值。"}
	FacetLoading  = Sentence{"loading", "正在统计"}
	NoValue       = Sentence{"(none)", "（空）"}
	FacetLift     = Sentence{"vs rest", "是其余邮件的"}
	FacetByCount  = Sentence{"most first", "按数量排序"}
	FacetByValue  = Sentence{"in their order", "按先后排序"}
	FacetByLift   = Sentence{"least like the other %s first", "按与其余 %s的差异程度排序"}
	FacetOnlyHere = Sentence{"only here", "仅此处有"}
)

// SortedBy tells the order of the rows; the sign says rising or falling. Or stands between values of which any will do, NotThis before one that was excluded.
var (
	SortedBy = Sentence{"by %s %s", "按%s %s"}
	Or       = Sentence{" or ", "或"}
	NotThis  = Sentence{"not %s", "排除“%s”"}
)

// Others.
var (
	lacks     = Sentence{"no %s", "无%s"}
	has       = Sentence{"any %s", "有%s"}
	liftOf    = Sentence{"%s", "%s 倍"}
	liftUnder = Sentence{"<%s", "不到 %s 倍"}
	noFailure = Sentence{"no failure", "没有失败"}
)

// The card of a reply pattern.
var (
	FactPattern   = Sentence{"pattern %s", "回复模式 %s"}
	NoPatternHere = Sentence{"{pattern} shows a reply pattern whole: choose one in the column “reply pattern” first.", "{pattern} 查看回复模式全文：请先在“回复模式”列中选择一个。"}
	PatternShare  = Sentence{"%s of %s, %s", "%[2]s中的 %[1]s 行，占 %[3]s"}
	PatternFew    = Sentence{"few values", "几乎不变"}
	ValuesIn      = Sentence{"%s in %s", "%[2]s，%[1]s"}
	comma         = Sentence{", ", "、"}
	andMore       = Sentence{"%s and %d more", "%s，另有 %d 个"}
)

// ThenBy is the second key of an order, behind SortedBy. SecondKey says in the sort menu how one is added.
var (
	ThenBy    = Sentence{", then %s %s", "，再按%s %s"}
	SecondKey = Sentence{"a capital letter sorts rows with the same %s by one thing more", "按大写字母：%s相同的行再按另一项排序"}
)

// Where the replies of the table cannot be moved further.
var (
	ReplyEnds   = Sentence{"No reply in view goes on to the right.", "眼前的回复右边没有更多内容。"}
	ReplyBegins = Sentence{"The replies are at their beginning.", "回复已在开头。"}
)

// The screen on which columns are chosen.
var (
	LastColumn      = Sentence{"The last column stays.", "至少保留一列。"}
	ColumnHidden    = Sentence{"This column is hidden; {show column} shows it.", "该列未显示，按 {show column} 显示。"}
	ColumnsChosen   = Sentence{"columns of the table, as you chose them", "表格的列（自选）"}
	ColumnsByWidth  = Sentence{"columns of the table, chosen by the width", "表格的列（按宽度自动选择）"}
	ColumnsNoRoom   = Sentence{"no room here for %s of them", "%s 列放不下"}
	ColumnsSaved    = Sentence{"kept in %s", "已保存到 %s"}
	ColumnsNotSaved = Sentence{"The columns were not kept: %s", "列未能保存：%s"}
)

// What the configuration says of columns.
var (
	ColumnTwice      = Sentence{"columns has %q twice; leave one out", "columns 中“%s”出现了两次；请去掉一个"}
	ColumnsUnwritten = Sentence{"the columns cannot be written without changing something else; write there by hand: %s", "写入列会改动其他内容；请手工写入：%s"}
	NotAFile         = Sentence{"it is no regular file", "它不是普通文件"}
)

// Files of rows.
var (
	FileBroke      = Sentence{"%s could not be read to its end: %s.", "%s 未能读完：%s。"}
	FileNoFilters  = Sentence{"This is a file, nothing can be asked; {filter} filters its rows.", "这是文件，不能向服务端查询；按 {filter} 筛选。"}
	LastLineCut    = Sentence{"the last line is not ended yet; {again} reads on", "最后一行还不完整，按 {again} 继续读取"}
	FileRepeated   = Sentence{"%s came twice, shown once", "%s重复出现，只显示一次"}
	FileGone       = Sentence{"%s is gone, shorter or another file: the rows are those of %s. Start bounceboard again to read it.", "%s 已不存在、变短或被替换：显示的是 %s 时的行。请重新启动 bounceboard 以读取现在的内容。"}
	FileUnreadable = Sentence{"This file holds no row that could be read.", "文件中没有可读取的行。"}
	FileHasNoRows  = Sentence{"This file holds no row yet; {again} reads on.", "文件中还没有行；按 {again} 继续读取。"}
	fileDamaged    = Sentence{"%s: %s; the others were read", "%s：%s；其余各行已读取"}
	fileHoldsNone  = Sentence{"%s holds no row that could be read: %s", "%s 中没有可读取的行：%s"}
	FileDecoded    = Sentence{"%s was read as %s", "%s 按 %s 读取"}
	FileEnds       = Sentence{"%s: cannot be read to its end (%s)", "%s：未能读完（%s）"}
	damagedLines   = Sentence{"no row could be read from %s: %s", "有 %s读不出数据：%s"}
	damagedLine    = Sentence{"line %d (%s)", "第 %d 行（%s）"}
)

// Fetching a whole slice.
var (
	FetchCost     = Sentence{"Fetch %s rows: about %s calls, %s at %s calls a minute.", "读取 %s 行：约 %s 次调用，按每分钟 %[4]s 次约需 %[3]s。"}
	FetchUnknown  = Sentence{"Fetch all rows? The service does not say how many there are: up to %s a minute, at %s calls.", "读取全部？服务端没有给出总行数：每分钟最多 %s 行（%s 次调用）。"}
	AskAgainCost  = Sentence{"Ask again? This drops %s.", "重新查询？已读取的 %s会被清除。"}
	Fetching      = Sentence{"fetching", "正在读取"}
	FetchesRest   = Sentence{"fetching the rest of the rows", "正在读取其余的行"}
	FetchPaused   = Sentence{"paused; {fetch all} goes on", "已暂停，按 {fetch all} 继续"}
	RowsPerSecond = Sentence{"%s rows/s", "%s 行/秒"}
	TimeLeft      = Sentence{"%s left", "剩余 %s"}
	FetchStopped  = Sentence{"Stopped: %s here; {fetch all} fetches the rest.", "已停止：已有 %s，按 {fetch all} 继续读取其余。"}
	FetchKept     = Sentence{"%s here; {fetch all} asks again and fetches the rest.", "已有 %s，按 {fetch all} 重新读取其余。"}
	FetchNone     = Sentence{"No row came, and what was here stays; {fetch all} asks again.", "没有读取到任何行，原有内容不变；按 {fetch all} 重新读取。"}
	FetchEmpty    = Sentence{"The service answered with %s in which nothing stands: what they are about is not known.", "服务端的应答中有 %s没有任何内容，无法得知是哪些邮件。"}
	FetchRepeated = Sentence{"The service counts %s rows, %s of them twice; each is here once.", "服务端计为 %s 行，其中 %s 行重复；此处每行只有一次。"}
	RowsSoFar     = Sentence{"%s so far", "已读取 %s"}
	AlreadyAll    = Sentence{"Every row is here; {again} asks again.", "已全部读取，按 {again} 重新查询。"}
	FileIsAll     = Sentence{"This is a file: every row of it is here. {again} reads what was added.", "这是文件，已全部读取。按 {again} 读取新增内容。"}
	StillReading  = Sentence{"The file is being read.", "正在读取文件。"}
	ReadingFile   = Sentence{"reading, %s", "正在读取，%s"}
	Unknown       = Sentence{"an unknown number", "未知"}
	HereOfUnknown = Sentence{"%s here, total unknown", "已有 %s，总数未知"}
	AtLeast       = Sentence{"at least %s", "至少 %s"}
	incompleteAll = Sentence{"%s rows came, as many as there were, but %s to %s may lack some. {again} asks again.", "已读取 %s 行，行数相符，但 %s 至 %s 可能有缺。按 {again} 重新查询。"}
	MayLackRows   = Sentence{"%s, some may be missing", "%s，可能有缺"}
	incomplete    = Sentence{"%s of %s rows came: %s to %s may lack some. {again} asks again.", "已读取 %s / %s 行：%s 至 %s 可能有缺。按 {again} 重新查询。"}
)

// Filtering, sorting and marking.
var (
	NothingToCompare = Sentence{"All rows are shown; filter them first, then they are compared with the rest.", "当前是全部行；先筛选，才能与其余部分比较。"}
	CannotNarrow     = Sentence{"Rows cannot be filtered by that value.", "无法按该值筛选。"}
	NoAnchor         = Sentence{"Mark a row with {mark} first; {mark range} marks from there to here.", "请先用 {mark} 标记一行，再按 {mark range} 标记到此处。"}
	Marked           = Sentence{"%s marked.", "已标记 %s。"}
	EscDropsMarks    = Sentence{"%s marked; {back} once more unmarks.", "已标记 %s；再按 {back} 取消标记。"}
	MarkedShort      = Sentence{"%s marked", "已标记 %s"}
	NoneMarked       = Sentence{"No row is marked.", "没有标记的行。"}
	AmongFetched     = Sentence{"only among the rows fetched so far; {fetch all} fetches all", "仅限已读取的行；按 {fetch all} 读取全部"}
	NarrowedAlready  = Sentence{"The rows are filtered by that already.", "已经按此筛选。"}
	NarrowsPart      = Sentence{"only among the rows that are here; {accept}, then {fetch all} fetches all", "仅限已读取的行；按 {accept} 后再按 {fetch all} 读取全部"}
	NarrowsAll       = Sentence{"{accept} keeps it, {complete} completes, {back} goes back", "{accept} 确定，{complete} 补全，{back} 返回"}
	TermsHint        = Sentence{"words, “a phrase”, !not, to: domain: status: sub: cause: perm: provider: user: said: pattern: took:>10m time:09:00..10:30", "词语、“短语”、!排除、to: domain: status: sub: cause: perm: provider: user: said: pattern: took:>10m time:09:00..10:30"}
	NoRowMatches     = Sentence{"No row that is here matches; {back} widens.", "已读取的行中没有符合条件的；按 {back} 放宽。"}
	NoRegexp         = Sentence{" Between slashes it is a regular expression: /%s/", "放在斜杠之间即为正则表达式：/%s/"}
	FilterRegexp     = Sentence{"--filter looks like a regular expression and was looked for as text; between slashes it is one: '/%s/'", "--filter 看起来是正则表达式，但按文字查找了；放在斜杠之间即为正则表达式：'/%s/'"}
	NoneOfLoaded     = Sentence{"No row fetched so far matches; {back} widens, {fetch all} fetches all.", "已读取的行中没有符合条件的；{back} 放宽，{fetch all} 读取全部。"}
	fieldsAre        = Sentence{"the fields are %s; in quotes it is text", "可用字段：%s；加引号则按文字查找"}
)

// Others.
var (
	holdsNothing  = Sentence{"no address and no id in it", "没有地址，也没有邮件 ID"}
	ofDays        = Sentence{"%s of %s", "%[2]s 的 %[1]s"}
	sendersPassed = Sentence{"%s passed over", "略过 %s"}
	notUnderstood = Sentence{"not understood: %s", "未能识别：%s"}
	firstOf       = Sentence{"%s (the first of %s)", "%s（共 %s 处）"}
	foundAll      = Sentence{"found %s", "找到 %s"}
	foundSome     = Sentence{"found %s of %s; missing %s: %s", "%[2]s 项中找到 %[1]s 项，缺 %[3]s 项：%[4]s"}
	WidenedAll    = Sentence{"nothing in the last %[1]d days: looked through the last %[2]d", "最近 %[1]d 天没有，已扩大到最近 %[2]d 天查找"}
	WidenedRest   = Sentence{"what was missing was looked for in the last %d days", "未找到的已在最近 %d 天内查找"}
	SearchCost    = Sentence{"%s. Go on?", "%s。继续吗？"}
	NotFoundHead  = Sentence{"not found: %s of %s", "%[2]s 项中有 %[1]s 项未找到"}
	foundSoFar    = Sentence{"found %s of %s; not fully searched %s: %s", "%[2]s 项中找到 %[1]s 项，%[3]s 项未查完：%[4]s"}
	searchesNext  = Sentence{"asks %s, %s to %s: %s", "查询 %s，%s 至 %s：%s"}
	searchesWhole = Sentence{"reads all mail from %s to %s and looks for them in it: %s", "读取 %s 至 %s 的全部邮件并在其中查找：%s"}
)

// What the commands that find mail and hand it on say.
var (
	JoinEmpty     = Sentence{"--join: %s holds no row", "--join：%s 中没有行"}
	ListsCost     = Sentence{"Which addresses got mail later stands in delivered mail: %s calls, %s. Read it?", "哪些地址之后收到过邮件，要看送达的邮件：%s 次调用，约 %s。读取吗？"}
	RowsStillCome = Sentence{"Rows are still coming: enter again once they are here.", "行仍在读取，读完后请再按回车。"}
	PasteToFind   = Sentence{"paste what to find, then press ctrl+d on a line of its own", "请粘贴要查找的内容，然后在新的一行按 ctrl+d"}
	LabelFailed   = Sentence{"failed", "失败"}
	LabelRate     = Sentence{"failed ÷ all (95 %)", "失败 ÷ 全部（95%）"}
	FindShort     = Sentence{"Find the mail of whatever was pasted", "按粘贴的内容查找邮件"}
	ListsShort    = Sentence{"Sort failed mail into lists by what to do", "把失败邮件按处理方式分成名单"}
	ReportShort   = Sentence{"Write evidence for another desk", "为其他部门生成证据"}
	NothingToFind = Sentence{"there is no address and no id in what was given; paste an address, an email id, the headers of the mail or a line of a log", "给出的内容中没有地址，也没有邮件 ID；请给出地址、emailId、邮件头或日志行"}
	JoinAlone     = Sentence{"--join reads what to find from its file and writes CSV; leave out TEXT, --reply, --columns and other formats", "--join 从文件读取要查找的内容并输出 CSV；请去掉 TEXT、--reply、--columns 和其他格式"}
	JoinRead      = Sentence{"%s, %s of them with an address or an id; read as %s", "%s，其中 %s 行有地址或 ID；编码按 %s 读取"}
	OutMissing    = Sentence{"--out is missing; name what to write, such as --out %s", "缺少 --out；请指定写到哪里，如 --out %s"}
	XLSXNeedsOut  = Sentence{"--format xlsx is a file: add --out FILE.xlsx", "--format xlsx 写成文件：请加 --out FILE.xlsx"}
	ColumnsNot    = Sentence{"--columns is for csv, table and xlsx; leave it out for %s", "--columns 用于 csv、table 和 xlsx；%s 请去掉它"}
	ListsRead     = Sentence{"lists reads mail of every status; leave out %s", "lists 会读取所有状态的邮件；请去掉 %s"}
	ListsWritten  = Sentence{"%s: %s, %s", "%s：%s，%s"}
	NoDelivered   = Sentence{"Delivered mail is not among these rows: whether an address got mail later is not known.", "这些行中没有送达的邮件：无法得知地址之后是否收到过邮件。"}
	NothingMade   = Sentence{"nothing was written, since rows are missing", "因缺行，未写出文件"}
	ReportWritten = Sentence{"%s and %s, %s", "%s 和 %s，%s"}
	WhichRowsFile = Sentence{"%s to a file (.csv .xlsx .json .ndjson .txt):", "把 %s写入文件（.csv .xlsx .json .ndjson .txt）："}
	WhichFolder   = Sentence{"%s into lists, in the folder:", "%s分为名单，写入目录："}
	WhichReport   = Sentence{"Evidence on %s (.html .md):", "%s的证据（.html .md）："}
	OnlyHere      = Sentence{"Here are %s. ", "现有 %s。"}
)

// What a key does for the time being, where that is not what its action is called.
var (
	PauseHint  = Sentence{"pause", "暂停"}
	ReadOnHint = Sentence{"read on", "继续读取"}
	SearchHint = Sentence{"search", "查找"}
	StopHint   = Sentence{"stop", "停止"}
)

// Others.
var (
	keyDoesNothing = Sentence{"%s does nothing here; {help} shows the keys.", "%s 在这里无效，按 {help} 查看按键。"}
	keyElsewhere   = Sentence{"%s does nothing here; %s it means “%s”.", "%s 在这里无效（%s：%s）。"}
	noSuchAction   = Sentence{"there is no action %q; bounceboard keys lists them", "没有操作“%s”；用 bounceboard keys 列出"}
	withoutKey     = Sentence{"%q needs a key: an action without any cannot be reached", "“%s”缺少按键：没有按键就无法使用"}
	noSuchName     = Sentence{"%q: there is no key %q; write it as a character, or as ctrl+x, enter, space, f5", "“%s”：没有按键“%s”；请写单个字符，或 ctrl+x、enter、space、f5 等"}
	keyTaken       = Sentence{"%q: the key %q does %q in the same place; give one of them another", "“%s”：按键“%s”在同一位置已用于“%s”；请改用其他按键"}
)

// HelpSearch asks for what to look for in help.
var (
	HelpSearch = Sentence{"Search help:", "在帮助中查找："}
)

// Labels of values, and heads of columns.
var (
	LabelStatus     = Sentence{"status", "状态"}
	LabelPermanence = Sentence{"permanence", "永久/临时"}
	LabelConfidence = Sentence{"sure", "可信度"}
	LabelSub        = Sentence{"sub-status", "子状态"}
	LabelRequested  = Sentence{"requested", "请求时间"}
	LabelChanged    = Sentence{"changed", "最近变更"}
	LabelUser       = Sentence{"api user", "发信账号"}
	LabelID         = Sentence{"email id", "邮件 ID"}
	LabelReply      = Sentence{"server said", "服务器回复"}
	LabelDecoded    = Sentence{"decoded", "解码后"}
	LabelRecipient  = Sentence{"recipient", "收件人"}
	LabelShare      = Sentence{"share", "占比"}
	LabelAsOf       = Sentence{"as of", "截至"}
	LabelFirst      = Sentence{"first", "最早"}
	LabelLast       = Sentence{"last", "最晚"}
	LabelLabel      = Sentence{"label", "标签"}
	LabelCause      = Sentence{"cause", "原因"}
	LabelCareful    = Sentence{"careful", "注意"}
	LabelHappened   = Sentence{"happened", "发生情况"}
	LabelRetry      = Sentence{"try again?", "重发有用吗"}
	LabelStep       = Sentence{"next step", "下一步"}
	LabelFacts      = Sentence{"facts", "要点"}
	LabelDecided    = Sentence{"decided by", "判断依据"}
	LabelPattern    = Sentence{"pattern", "回复模式"}
	LabelMails      = Sentence{"mails", "邮件数"}
	LabelSeen       = Sentence{"seen", "出现时间"}
	LabelDomains    = Sentence{"domains", "收件域名"}
	LabelSample     = Sentence{"sample", "样例"}
	LabelSubShort   = Sentence{"sub", "子状态"}
	LabelTook       = Sentence{"took", "用时"}
)

// What a pane says of rows.
var (
	spent      = Sentence{"  (took %s)", "（用时 %s）"}
	waited     = Sentence{"  (the last try, after waiting %s)", "（最近一次尝试，此前已等待 %s）"}
	NoReply    = Sentence{"nothing was logged", "没有记录"}
	NoTime     = Sentence{"not told", "未提供"}
	NoneChosen = Sentence{"No row is selected.", "没有选中任何一行。"}
	More       = Sentence{"%d more lines", "还有 %d 行"}
	RowMissing = Sentence{"not loaded", "未读取"}
)

// Others.
var (
	dropsFilter      = Sentence{"{widen first}: %s", "按 {widen first} %s"}
	changesFilters   = Sentence{"{query} changes the query", "按 {query} 修改查询条件"}
	atLeast          = Sentence{"\"%s\" must be a whole number, %d or more", "“%s”应为整数，不小于 %d"}
	between          = Sentence{"\"%s\" must be a whole number, %d to %d", "“%s”应为 %d 至 %d 的整数"}
	knownStatuses    = Sentence{"delivered, invalid, soft_bounce, requested (1, 4, 5, 18)", "delivered、invalid、soft_bounce、requested（1、4、5、18）"}
	knownSubStatuses = Sentence{"401 to 409, 503, 505 to 509", "401 至 409、503、505 至 509"}
	otherReason      = Sentence{"\"%s\" cannot be right: %s", "“%s”不正确：%s"}
)

// What the form says.
var (
	FormTitle     = Sentence{"Query", "查询条件"}
	FormClock     = Sentence{"dates are UTC+08:00", "日期为 UTC+08:00"}
	NoSuchChoice  = Sentence{"%s: nothing in the list begins with “%s”.", "%s：列表中没有以“%s”开头的项。"}
	FormAny       = Sentence{"any", "不限"}
	FormCost      = Sentence{"costs %s at most", "最多 %s"}
	FormCostFirst = Sentence{"costs %s at most to begin with", "首轮最多 %s"}
	FormStopped   = Sentence{"%s: correct it to search", "“%s”有误，改正后才能查询"}
	FormFailed    = Sentence{"the cost is not known: %v", "无法估算调用次数：%v"}
)

// Others.
var (
	mail        = Sentence{"mail", "邮件"}
	failedMail  = Sentence{"failed mail", "失败邮件"}
	mailOf      = Sentence{"%s mail", "%s邮件"}
	subStatuses = Sentence{"%d sub-statuses", "%d 种子状态"}
	toOne       = Sentence{"to %s", "发给 %s"}
	toMany      = Sentence{"to %s addresses", "发给 %s 个地址"}
	recipientIs = Sentence{"to %s", "收件人 %s"}
	withID      = Sentence{"with email id %s", "邮件 ID 为 %s"}
	withIDs     = Sentence{"with %s email ids", "%s 个邮件 ID"}
	ofUser      = Sentence{", api user %s", "，发信账号 %s"}
	ofUsers     = Sentence{", %s api users", "，%s 个发信账号"}
	ofLabel     = Sentence{", label %s", "，标签 %s"}
	likeLabel   = Sentence{", labels like “%s”", "，标签名称含“%s”"}
	lastDays    = Sentence{"last %d days", "最近 %d 天"}
	onDay       = Sentence{"on %s", "%s"}
	fromDayTo   = Sentence{"%s to %s", "%s 至 %s"}
)

// The mail of one recipient, and how far a failure is shared by others.
var (
	mailDelivered    = Sentence{"%s delivered, last %s", "送达 %s 封，最近 %s"}
	mailNone         = Sentence{"none delivered", "无送达"}
	mailRefused      = Sentence{"refused since %s, %s: %s", "%s 起被拒 %s：%s"}
	mailRefusedMixed = Sentence{"refused since %s, %s, last: %s", "%s 起被拒 %s，最近一次：%s"}
	mailEarlier      = Sentence{"refused %s before that", "此前被拒 %s"}
	mailWaiting      = Sentence{"%s still being tried", "%s 封仍在尝试"}
	mailSoFar        = Sentence{"so far: %s", "截至目前：%s"}
	MailFilter       = Sentence{"mail of %s", "%s 的邮件"}
	LabelAlike       = Sentence{"others", "其他人"}
	aloneReply       = Sentence{"only this mail: no other of %s here has this reply", "只有这封：此处 %s中没有别的邮件收到此回复"}
	onePersonReply   = Sentence{"only this recipient: same reply %s times in %s here, since %s", "只有这位收件人：此处 %[2]s中有 %[1]s 封收到此回复，自 %[3]s 起"}
	alikeReply       = Sentence{"same reply: %s of %s here, to %s recipients, since %s", "相同回复：此处 %[2]s中有 %[1]s 封，收件人 %[3]s 位，自 %[4]s 起"}
	alikeCause       = Sentence{"%s at %s: %s of its %s", "%[2]s 因“%[1]s”失败：其 %[4]s 行中 %[3]s 行"}
	unaffected       = Sentence{"%s is not affected (0 of its %s)", "%s 未受影响（共 %s 行，受影响 0 行）"}
	rateUnknown      = Sentence{"to know its share of all mail, press {with delivered} to ask how much was delivered (%s)", "要知道占全部邮件的比例，按 {with delivered} 查询送达数量（%s）"}
	hereOfAll        = Sentence{"%s (of %s rows)", "%s 行（共 %s 行）"}
	orMorePeople     = Sentence{"%s or more", "至少 %s"}
	DeliveredCost    = Sentence{"With delivered mail: %s rows, about %s calls, %s at %s calls a minute. Fetch them all?", "含送达邮件：%s 行，约 %s 次调用，按每分钟 %[4]s 次约需 %[3]s。全部读取？"}
	DeliveredOpen    = Sentence{"With delivered mail: the service does not say how many rows. Each minute brings up to %s of them (%s calls). Fetch them all?", "含送达邮件：服务端未给出行数，每分钟最多读取 %s 行（%s 次调用）。全部读取？"}
	DeliveredIn      = Sentence{"This query asks for delivered mail already; {fetch all} fetches every row.", "此查询已包含送达邮件；按 {fetch all} 读取全部行。"}
	NoLabelKnown     = Sentence{"No label is known to ask for: name some in the configuration, labels = [\"…\"], or ask for one in the query ({query}).", "没有可查询的标签：请在配置中写明 labels = [\"…\"]，或先在查询条件（{query}）中使用标签。"}
	LabelsCost       = Sentence{"Ask for each of %s labels whether it has this mail: %s calls.", "逐个查询 %s 个标签是否包含这封邮件：%s 次调用。"}
	LabelsAsked      = Sentence{"asking for labels: %s of %s", "正在查询标签：%s / %s"}
	LabelIs          = Sentence{"%s (of %s labels asked)", "%s（已查询 %s 个标签）"}
	LabelIsNone      = Sentence{"none of the %s labels asked", "已查询的 %s 个标签都不是"}
)

// How much of the mail failed.
var (
	RateHead      = Sentence{"failure rate", "失败率"}
	FacetByRate   = Sentence{"most failing first (by the lower end of the interval)", "按失败率排序（以区间下限为准）"}
	FacetNoRate   = Sentence{"{with delivered} adds delivered mail, for rates", "按 {with delivered} 加上送达邮件，可得失败率"}
	ConfigNoLabel = Sentence{"labels has an empty label", "labels 中有空标签"}
)

// The header.
var (
	AsOf          = Sentence{"as of %s", "截至 %s"}
	RowsOf        = Sentence{"%s of %s", "%s，共 %s 行"}
	RowsAtMost    = Sentence{"%s of at most %s", "%s，最多 %s 行"}
	RowsAtLeast   = Sentence{"%s of at least %s", "%s，至少 %s 行"}
	RowsOfUnknown = Sentence{"%s, total unknown", "%s，总数未知"}
	NoRows        = Sentence{"no rows", "0 行"}
	RowsOfFile    = Sentence{"Rows of the file", "文件中的行"}
	DemoHost      = Sentence{"demo, a simulated service", "演示：模拟服务"}
	TooSmall      = Sentence{"This window is too small: bounceboard needs %d×%d, it is %d×%d. Enlarge it, or press {quit} to quit.", "窗口太小：至少需要 %d×%d，现在是 %d×%d。请放大窗口，或按 {quit} 退出。"}
)

// What is going on.
var (
	Loading    = Sentence{"loading", "正在查询"}
	CallOf     = Sentence{"call %d of %d", "调用 %d / %d"}
	TryIn      = Sentence{"try %d in %s", "%[2]s后第 %[1]d 次尝试"}
	BudgetIn   = Sentence{"waiting %s for this minute's calls", "等待调用额度 %s"}
	PausedFor  = Sentence{"the service asks for a pause of %s", "服务端要求暂停 %s"}
	Reading    = Sentence{"rows moved, reading again", "数据有变动，正在重新读取"}
	Stopped    = Sentence{"stopped; {again} asks again", "已停止，按 {again} 重新查询"}
	TryAgain   = Sentence{"{again} tries again.", "按 {again} 重试。"}
	KeptRows   = Sentence{"The rows are those of %s.", "当前显示的是 %s 的数据。"}
	CallsLeft  = Sentence{"%s more calls this minute", "本分钟还可调用 %s 次"}
	TenMinutes = Sentence{"over ten minutes old, {again} asks again", "数据已超过 10 分钟，按 {again} 重新查询"}
)

// Why a key does nothing now.
var (
	NoRow            = Sentence{"There is no row here.", "这里没有行。"}
	AtEnd            = Sentence{"That was the last row.", "已是最后一行。"}
	AtStart          = Sentence{"That is the first row.", "已是第一行。"}
	ToTheEnd         = Sentence{"reading on to the last row, {back} stops", "正在读到最后一行，按 {back} 停止"}
	FirstPage        = Sentence{"This is the first page.", "已是第一页。"}
	LastPage         = Sentence{"This is the last page.", "已是最后一页。"}
	OnePage          = Sentence{"There is one page only.", "只有一页。"}
	OnPage           = Sentence{"Page %s of %s.", "第 %s 页，共 %s 页。"}
	OnPageOf         = Sentence{"Page %s; how many there are is not known: {fetch all} reads all.", "第 %s 页，总页数未知；按 {fetch all} 读取全部。"}
	NoSuchPage       = Sentence{"There is no page “%s”: 1 to %s.", "没有第“%s”页：请输入 1 至 %s。"}
	WhichPage        = Sentence{"Page (1 to %s):", "页码（1 至 %s）："}
	KeysWait         = Sentence{"%s waits for the rows", "%s 将在结果到达后生效"}
	NothingFolded    = Sentence{"Nothing is folded in this reply.", "这条回复没有折叠的内容。"}
	NoWayBack        = Sentence{"Nothing to go back from; {quit} quits.", "没有可返回的，按 {quit} 退出。"}
	OnePane          = Sentence{"The table is the only pane; {open} opens the detail.", "只有表格一个窗格，按 {open} 打开详情。"}
	OnlyWhenEmpty    = Sentence{"That key widens a query that found nothing.", "该键用于放宽没有结果的查询。"}
	PasteFitsNothing = Sentence{"The pasted text is neither an address nor an email id.", "粘贴的内容既不是邮箱地址，也不是邮件 ID。"}
	NoShell          = Sentence{"There is no shell to go back to.", "没有可以返回的 shell。"}
)

// An empty result.
var (
	NothingFound = Sentence{"No mail matches.", "没有符合条件的邮件。"}
	ChangeQuery  = Sentence{"change the query", "修改查询条件"}
)

// Others.
var (
	widenSpan = Sentence{"search the last %d days", "查询最近 %d 天"}
)

// Copying.
var (
	Total            = Sentence{"total", "合计"}
	CountsAt         = Sentence{"%s of %s counts, the oldest as of %s", "已得 %s / %s 项统计，最早的统计于 %s"}
	WhatReplyPattern = Sentence{"reply pattern", "回复模式"}
	NoSuchEnding     = Sentence{"Nothing was written: files with the ending %s are not written here; use one of %s.", "没有写入：不支持扩展名 %s，可用 %s。"}
	WhatMissing      = Sentence{"the missing item", "未找到的这一项"}
	WhatPattern      = Sentence{"pattern id", "模式编号"}
	NothingMissing   = Sentence{"Every id and address you asked for is in the rows read so far.", "已读取的范围内没有缺少的 ID 或地址。"}
	ToTerminal       = Sentence{"sent to the terminal's clipboard", "已发送到终端剪贴板"}
	ThroughTmux      = Sentence{"sent through tmux to the terminal's clipboard", "已通过 tmux 发送到终端剪贴板"}
	ToTmux           = Sentence{"kept in tmux's buffer: paste with the prefix key and ]", "已存入 tmux 缓冲区：用前缀键加 ] 粘贴"}
	Copied           = Sentence{"%s (%s) %s.", "%s（%s）%s。"}
	NothingToCopy    = Sentence{"It is empty: nothing was copied.", "内容为空，没有复制。"}
	CopyFailed       = Sentence{"Copying failed (%s); {hand on} {write rows} writes a file instead.", "复制失败（%s），可按 {hand on} {write rows} 写入文件。"}
	TooManyToCopy    = Sentence{"Over %s rows are marked: {hand on} {write rows} writes them to a file.", "标记超过 %s 行：请按 {hand on} {write rows} 写入文件。"}
	NoFileName       = Sentence{"Nothing was written: a file needs a name.", "没有写入：请输入文件名。"}
	FileExists       = Sentence{"%s is there already and was left as it is; choose another name.", "%s 已存在，未改动；请换一个文件名。"}
	FileFailed       = Sentence{"%s could not be written: %s.", "无法写入 %s：%s。"}
	Writing          = Sentence{"Writing %s: %s of %s rows", "正在写入 %s：已写 %s 行，共 %s 行"}
	FileWritten      = Sentence{"Written to %s, readable by you only.", "已写入 %s，仅您本人可读。"}
)

// CopyIsLarge asks before more is sent to a terminal than terminals commonly take.
var (
	CopyIsLarge = Sentence{"%s are more than terminals commonly take; {hand on} {write rows} writes a file. Send them all the same?", "%s 超过终端通常接受的大小，可按 {hand on} {write rows} 写入文件。仍要发送？"}
)

// FullStop ends a sentence that another follows; Gap stands after one that ends itself.
var (
	FullStop = Sentence{". ", "。"}
	Gap      = Sentence{" ", ""}
)

// What is said so that nothing on the screen promises more than is known.
var (
	NewAbove      = Sentence{", {first} goes there", "，按 {first} 前往"}
	CountsOfQuery = Sentence{"counts of the query; the filter “%s” counts over rows: {back}, then {facets}", "这里统计的是整个查询条件；要统计筛选“%s”，请按 {back}，再按 {facets}"}
	RowsAmong     = Sentence{"%s of %s among %s read", "%[1]s，共 %[2]s 行（已读取 %[3]s 行）"}
	MarkedOutside = Sentence{"%s more marked outside this filter.", "此筛选之外另有 %s 行标记。"}
	TotalAsOf     = Sentence{"total as of %s", "总数截至 %s"}
	QuitWithMarks = Sentence{"Quit? %s marked.", "退出？已标记 %s。"}
	QuitWithRows  = Sentence{"Quit? Reading %s took %s.", "退出？已读取 %s，用时 %s。"}
	AllMail       = Sentence{"every status: all mail of what you asked for", "全部状态：所查对象的全部邮件"}
	LowerCase     = Sentence{"nothing was found with capitals: asked again in lower case", "大写地址没有结果，已改用小写查询"}
)

// The selected row, read aloud.
var (
	RowSpoken   = Sentence{"row %s of %s: %s, %s, requested %s", "第 %s 行，共 %s 行：%s，%s，请求于 %s"}
	CauseSpoken = Sentence{", cause %s", "，原因：%s"}
	ReplySpoken = Sentence{", server said: %s", "，服务器回复：%s"}
	MarkedRow   = Sentence{"marked, %s", "已标记，%s"}
)

// The palette.
var (
	PaletteLabel   = Sentence{"do:", "执行："}
	PaletteNothing = Sentence{"nothing here is called that", "这里没有这样的命令"}
)

// HistoryLost says that what is typed is not kept for the next start.
var (
	HistoryLost = Sentence{"what is typed is not kept for the next start (%s)", "输入历史无法保存到下次（%s）"}
)

// Undoing, going back to earlier queries, saved views.
var (
	Undone          = Sentence{"undone: %s", "已撤销：%s"}
	Redone          = Sentence{"done again: %s", "已重做：%s"}
	NothingToUndo   = Sentence{"no filter, sort or mark to undo", "没有可撤销的筛选、排序或标记"}
	NothingToRedo   = Sentence{"nothing was undone since the last change", "没有可重做的操作"}
	NothingAsked    = Sentence{"nothing else was asked in this direction", "这个方向没有更多历史查询"}
	NoViews         = Sentence{"no view is saved yet; {save view} saves what is on screen", "还没有保存的视图；按 {save view} 保存当前画面"}
	ViewsLabel      = Sentence{"open:", "打开："}
	ViewsNothing    = Sentence{"no view has this in its name or question", "没有名称或查询包含此内容的视图"}
	VariableOf      = Sentence{"%s: %s =", "%s：%s ="}
	VariableEmpty   = Sentence{"%s needs a value", "%s 不能为空"}
	ViewNamed       = Sentence{"save as:", "保存为："}
	ViewReplaced    = Sentence{"There is a view %q already. Replace it?", "已有视图“%s”，替换它吗？"}
	ViewSaved       = Sentence{"view %q saved; {views} opens it", "视图“%s”已保存；按 {views} 打开"}
	NoView          = Sentence{"--view %q is not in %[3]s%[2]s; those in it: %[4]s", "%[3]s 中没有 --view“%[1]s”%[2]s；现有：%[4]s"}
	NoViewsIn       = Sentence{"--view %q: there is no view in %s", "--view“%s”：%s 中没有保存的视图"}
	ViewAsks        = Sentence{"the view %q asks for %s, which %s cannot do; give the flags it is in, or open the view in the dashboard", "视图“%s”需要填写 %s，%s 无法询问；请直接给出相应选项，或在界面中打开该视图"}
	BadViewName     = Sentence{"%q cannot name a view: at most 60 signs, without quotes, brackets and \\", "“%s”不能作视图名：最多 60 个字，不含引号、方括号和 \\"}
	NoConfigPlace   = Sentence{"there is no home directory to keep a configuration in; name a file with --config", "没有主目录，无法保存配置；请用 --config 指定文件"}
	ViewUnwritten   = Sentence{"the view %q cannot be written without changing something else; write it there by hand", "写入视图“%s”会改动其他内容，请手工编辑该文件"}
	ConfigUnwritten = Sentence{"cannot be written: %s", "无法写入：%s"}
)

// The histogram.
var (
	TimelineEmpty  = Sentence{"No row here has a time.", "这部分数据没有时间。"}
	TimelineChosen = Sentence{"%s chosen", "已选 %s"}
	TimelineSteady = Sentence{"No rise of failures stands out against earlier days.", "与之前几天相比，失败没有明显增加。"}
	TimelineLacks  = Sentence{"Not every row is here: since when failures rose cannot be told. {fetch all} fetches all.", "尚未读取全部行，无法判断失败从何时增加；按 {fetch all} 读取全部。"}
	TimelineNewest = Sentence{"newest mail %s", "最新一封 %s"}
	NextPart       = Sentence{", ", "，"}
	timelineStep   = Sentence{"%s a column", "每列 %s"}
	riseByHour     = Sentence{"%s rose from %s to %s an hour at %s on %s", "%[1]s自 %[5]s %[4]s 起由每小时%[2]s封升至%[3]s封"}
	riseMean       = Sentence{"mean of %s", "%s平均"}
	riseDay        = Sentence{"against earlier days", "与之前几天同时段相比"}
)

// What is wrong with a command line.
var (
	UnknownCommand   = Sentence{"unknown command %q%s; --help lists the commands", "没有命令“%s”%s；用 --help 查看所有命令"}
	UnknownFlag      = Sentence{"unknown flag %s%s; --help lists the flags", "没有参数 %s%s；用 --help 查看所有参数"}
	NoArguments      = Sentence{"%s takes no arguments, but got %q; write the query as flags, such as --email ADDRESS", "%s 不接受“%s”；查询条件请用参数给出，如 --email 地址"}
	ValueMissing     = Sentence{"%s needs a value", "%s 缺少取值"}
	ValueEmpty       = Sentence{"%s is empty; give it a value or leave it out", "%s 的值为空，请给出取值或去掉它"}
	NotANumber       = Sentence{"%s is %q; give it a whole number from %d to %d", "%s 的值为“%s”，请给出 %d 至 %d 的整数"}
	notAChoice       = Sentence{"%s is %q%s; use one of %s", "%s 的值为“%s”%s，可用的有 %s"}
	BadFlag          = Sentence{"%s is %q: %s", "%s 的值为“%s”：%s"}
	BadFault         = Sentence{"--fault is %q; write KIND=RATE by comma, the rate from 0 to 1, such as 5xx=0.05; kinds are %s", "--fault 的值为“%s”，请写成 KIND=RATE，用逗号分隔，比率为 0 至 1，如 5xx=0.05；可用的故障有 %s"}
	BadSwitch        = Sentence{"%s is %q; it takes %s", "%s 的值为“%s”，可用的有 %s"}
	BomWithoutCSV    = Sentence{"--bom is for --format csv alone; leave it out or choose csv", "--bom 只用于 --format csv；请去掉它或改用 csv"}
	FlagsApart       = Sentence{"%s and %s do not go together; leave one of them out", "%s 和 %s 不能同时使用，请去掉其中一个"}
	StdinTwice       = Sentence{"standard input can be read once: - stands in two places, the second is %s", "标准输入只能读取一次：- 用了两处，第二处是 %s"}
	FileUnread       = Sentence{"%s: cannot read %s: %s", "%s：无法读取 %s：%s"}
	StandardInput    = Sentence{"standard input", "标准输入"}
	NoTerminal       = Sentence{"the dashboard needs a terminal for its input and output; for a pipe or a file use bounceboard list", "面板需要在终端中运行；输出到管道或文件请用 bounceboard list"}
	LocaleNotUTF8    = Sentence{"the locale (%s) is not UTF-8, Chinese text may be drawn wrongly; start with LC_ALL=C.UTF-8, or set LANG to zh_CN.UTF-8", "当前区域设置（%s）不是 UTF-8，中文可能显示不正确；请用 LC_ALL=C.UTF-8 启动，或把 LANG 设为 zh_CN.UTF-8"}
	AddressPublic    = Sentence{"--addr %s is reachable from other machines; add --public if that is meant, or use 127.0.0.1", "--addr %s 可被其他机器访问；若确需如此请加 --public，否则请用 127.0.0.1"}
	AddressUnusable  = Sentence{"%s; choose another --addr", "%s；请换一个 --addr"}
	AddressMalformed = Sentence{"--addr %q is not HOST:PORT; write it as 127.0.0.1:8025", "--addr“%s”不是 主机:端口，请写成 127.0.0.1:8025 的形式"}
)

// What is wrong with configuration and credentials.
var (
	ConfigAt        = Sentence{"%s line %d: %s", "%s 第 %d 行：%s"}
	ConfigUnread    = Sentence{"cannot be read (%s); mend that, or name another file with --config", "无法读取（%s）；请处理，或用 --config 指定其他文件"}
	ConfigReadable  = Sentence{"it holds a key and others can read it (mode %04o); run chmod 600 on it", "文件含有密钥，但其他人可读（权限 %04o）；请执行 chmod 600"}
	ConfigWritable  = Sentence{"others can write to %s (mode %04o), and so could take the key or send it elsewhere; run chmod go-w %s", "其他人可写 %s（权限 %04o），因而能取得密钥或改变其去向；请执行 chmod go-w %s"}
	ConfigForeign   = Sentence{"%s belongs to another user (uid %d), who could take the key or send it elsewhere; use a copy of your own", "%s 属于另一用户（uid %d），对方能取得密钥或改变其去向；请改用自己的副本"}
	ConfigSyntax    = Sentence{"not valid TOML (%s)", "不是有效的 TOML（%s）"}
	ConfigPlace     = Sentence{"key %q is in the wrong place: keys of an account stand under [profiles.NAME], the others above the first [table]", "配置项“%s”的位置不对：账号的配置项写在 [profiles.名称] 之下，其他的写在第一个 [表] 之前"}
	ConfigUnknown   = Sentence{"unknown key %q%s", "没有配置项“%s”%s"}
	ConfigKind      = Sentence{"%s has a value of the wrong kind (text stands in quotes, a number does not)", "%s 的取值类型不对（文本要加引号，数字不加）"}
	ConfigRange     = Sentence{"%s is %d; use a number from %d to %d", "%s 的值为 %d，请用 %d 至 %d 的整数"}
	ConfigTwoKeys   = Sentence{"profile %q has api_key and api_key_command; keep one of them", "profile“%s”同时有 api_key 和 api_key_command，请只保留一个"}
	NoProfile       = Sentence{"%s %q%s is not in %s; those in it: %s", "%[4]s 中没有 %[1]s“%[2]s”%[3]s；现有：%[5]s"}
	ChooseProfile   = Sentence{"no profile of %s is chosen (%s): name one with --profile, or by profile = \"…\" at its top", "%s 未指定使用哪个 profile（%s）：请用 --profile 指定，或在文件开头写 profile = \"…\""}
	BaseUnused      = Sentence{"%s is set and not used: user, key and base URL come from one place; set %s and %s with it, or write base_url into the profile", "设置了 %s，但未使用：用户、密钥和服务地址必须来自同一处；请一并设置 %s 和 %s，或在 profile 中写 base_url"}
	BaseReplaced    = Sentence{"--base-url replaces %s: user and key are sent to the new address", "--base-url 代替了 %s：用户和密钥将发往新地址"}
	HalfEnvironment = Sentence{"only one of %s and %s is set; user and key have to come from the same place: set both, or neither", "%s 和 %s 只设置了一个；用户和密钥必须来自同一处：请都设置，或都不设置"}
	HalfProfile     = Sentence{"profile %q needs both api_user and api_key_command (or api_key): user and key have to come from the same place", "profile“%s”须同时有 api_user 和 api_key_command（或 api_key）：用户和密钥必须来自同一处"}
	BadCredential   = Sentence{"%s holds a blank, a line break or an invisible character; copy it again without", "%s 含有空格、换行或不可见字符，请重新复制并去掉"}
	CommandFailed   = Sentence{"api_key_command of profile %q failed (%s); run it yourself to see why", "profile“%s”的 api_key_command 执行失败（%s）；请手动运行查看原因"}
	CommandTimeout  = Sentence{"api_key_command of profile %q did not end within %s; run it yourself to see what it waits for", "profile“%s”的 api_key_command 在 %s 内没有结束；请手动运行查看它在等什么"}
	CommandWaits    = Sentence{"waiting for api_key_command of profile %q, %s at most", "正在等待 profile“%s”的 api_key_command，最多 %s"}
	CommandLines    = Sentence{"api_key_command of profile %q has to print the key in one line and nothing else", "profile“%s”的 api_key_command 只能输出一行，即密钥"}
	LogReadable     = Sentence{"--log-file %s: others can read it (mode %04o); run chmod 600 on it, or choose another file", "--log-file %s：其他人可读（权限 %04o）；请执行 chmod 600，或换一个文件"}
	LogUnusable     = Sentence{"--log-file %s: cannot be written (%s); choose another file", "--log-file %s：无法写入（%s）；请换一个文件"}
	GettingStarted  = document("GettingStarted")
)

// What list and simulate say beside their rows.
var (
	Progress         = Sentence{"%s of %s came, %s calls left this minute", "已读取 %s / %s，本分钟还可调用 %s 次"}
	ProgressUnknown  = Sentence{"%s rows, %s calls left this minute", "%s 行，本分钟还可调用 %s 次"}
	ProgressLeft     = Sentence{", about %s left", "，约剩 %s"}
	AtMost           = Sentence{"at most %s", "最多 %s"}
	PageBehind       = Sentence{"there is no row %s: the list ends at %s", "没有第 %s 行：共 %s 行"}
	PageOf           = Sentence{"rows %s to %s of %s; --all reads every one", "第 %s 至 %s 行，共 %s 行；--all 可读取全部"}
	Interrupted      = Sentence{"interrupted", "已中断"}
	CameOf           = Sentence{"%s; %s of %s came, %s missing", "%s；共 %[3]s，已读取 %[2]s，缺 %[4]s"}
	CameAll          = Sentence{"%s; %s came, and rows may be missing", "%s；已读取 %s，可能缺行"}
	Incomplete       = Sentence{"incomplete, three readings did not bring the rest (ask again later)", "结果不完整，读了三遍仍缺行（请稍后再查）"}
	WindowList       = Sentence{": ", "："}
	ListItem         = Sentence{"; ", "；"}
	WriteFailed      = Sentence{"cannot write to standard output (%s); make room or choose another place", "无法写入标准输出（%s）；请腾出空间或换个位置"}
	Crashed          = Sentence{"stopped by a bug of its own (%s); run it again with --log-file FILE and report what the file says", "程序自身出错而停止（%s）；请加 --log-file FILE 再运行一次，并反馈该文件的内容"}
	NotAmongRows     = Sentence{"no row came for %s of the %s ids and addresses asked for: %s", "所查的 %[2]s 个 ID 和地址中有 %[1]s 个没有对应的行：%[3]s"}
	MissingOfNothing = Sentence{"--missing names those of --email and --email-ids of which no row came; give some, or leave it out", "--missing 写出 --email 和 --email-ids 中没有对应行的条目；请给出这些条目，或去掉它"}
	ValuesUnread     = Sentence{"times and sub-statuses that cannot be read: %s; they are null in JSON and empty in CSV", "无法识别的时间和子状态：%s 个，在 JSON 中为 null，在 CSV 中为空"}
	ChangedSince     = Sentence{"%s changed while they were read; what was written first stays", "读取期间有 %s状态有变，保留先写出的"}
	ReaderGone       = Sentence{"the reader of standard output is gone, and --spool ends there", "标准输出的读取方已关闭，--spool 到此为止"}
	FileIsThere      = Sentence{"%s: %s is there already and is not overwritten; choose another name, or move it away", "%s：%s 已存在，不会覆盖；请换个文件名，或先移走它"}
	FileUnmade       = Sentence{"%s: cannot write %s: %s", "%s：无法写入 %s：%s"}
)

// Others.
var (
	gapUnread = Sentence{"%s to %s: not read", "%s 至 %s：未读取"}
	gapPart   = Sentence{"%s to %s: %s of %s", "%s 至 %s：%s / %s"}
	gapMaybe  = Sentence{"%s to %s: %s came, some may be missing", "%s 至 %s：已读取 %s，可能有缺"}
)

// The heads of the table of codes.
var (
	HeadID   = Sentence{"id", "编号"}
	HeadKind = Sentence{"kind", "类别"}
	HeadCode = Sentence{"code", "代码"}
)

// Help: the parts every command's help has, and the heads of the table of codes.
var (
	HelpStatus   = document("HelpStatus")
	HelpFilter   = document("HelpFilter")
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
	HelpRows     = Sentence{"Rows in files:", "行数据文件："}
)

// What the commands do. PatternsJSON stands below the help of patterns; explain --rules-help writes RulesHelp.
var (
	RootShort          = Sentence{"Triage mail delivery with SendCloud", "SendCloud 邮件投递排查"}
	RootLong           = document("RootLong")
	RootExamples       = document("RootExamples")
	ListShort          = Sentence{"Write rows to standard output", "把查询结果输出到标准输出"}
	ListLong           = document("ListLong")
	ListExamples       = document("ListExamples")
	SimulateShort      = Sentence{"Play the service until interrupted", "运行模拟服务，直到被中断"}
	SimulateLong       = document("SimulateLong")
	SimulateExamples   = document("SimulateExamples")
	CompletionShort    = Sentence{"Write the completion script for a shell", "输出 shell 补全脚本"}
	CompletionLong     = document("CompletionLong")
	CompletionExamples = document("CompletionExamples")
	KeysShort          = Sentence{"Every key of the dashboard", "列出面板的全部按键"}
	KeysLong           = Sentence{"Writes every key of the dashboard and what it does, place by place.", "按位置列出面板的全部按键及其作用。"}
	HelpShort          = Sentence{"Help about a command", "查看命令说明"}
	PatternsJSON       = document("PatternsJSON")
	RulesHelp          = document("RulesHelp")
)

// Others.
var (
	nearestKnown = Sentence{" (did you mean %s?)", "（是否想用 %s？）"}
)

// Labelling sets a value behind what it is of.
var (
	Labelling = Sentence{"%s: %s", "%s：%s"}
)

// InBrackets sets behind a value how often it is there.
var (
	InBrackets = Sentence{"%s (%s)", "%s（%s）"}
)
