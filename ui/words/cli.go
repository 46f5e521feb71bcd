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
	HelpStatus   = Sentence{
		"Exit status: 0 done, 1 the service or the network failed or rows may be missing, 2 wrong usage or\nconfiguration, 3 credentials refused, 130, 129, 143 interrupted (INT, HUP, TERM), 70 a bug of ours.",
		"退出码：0 完成；1 服务或网络出错，或可能缺行；2 用法或配置有误；3 凭据被拒；\n130、129、143 被中断（INT、HUP、TERM）；70 程序自身的错误。"}
)

// What the commands do.
var (
	RootShort       = Sentence{"Triage mail delivery with SendCloud", "SendCloud 邮件投递排查"}
	RootLong        = Sentence{"bounceboard shows what became of mail sent with SendCloud: what was delivered, what was refused, and what\nthe receiving server said. It only reads. Without a command it is a dashboard of the last 7 days' failures.", "bounceboard 查看经 SendCloud 发出的邮件结果：哪些送达、哪些被退、对方服务器怎么说。\n只读不写。不带命令时打开面板，显示最近 7 天的失败邮件。"}
	ListShort       = Sentence{"Write rows to standard output", "把查询结果输出到标准输出"}
	ListLong        = Sentence{"Writes rows to standard output, in the service's order: one page, or every page with --all.\nWithout a span it asks for the last 7 days.", "把查询结果按服务端的顺序输出到标准输出：默认一页，--all 输出全部。\n未指定时间范围时查最近 7 天。"}
	SimulateShort   = Sentence{"Play the service until interrupted", "运行模拟服务，直到被中断"}
	SimulateLong    = Sentence{"Plays SendCloud's delivery query on this machine, for tests and demonstrations. The first line on standard\noutput says where it listens. Its key is a toy: never give it a real one.", "在本机模拟 SendCloud 的投递回应查询，供测试和演示。标准输出的第一行是监听地址。\n它的密钥只是玩具，请勿填写真实密钥。"}
	HelpShort       = Sentence{"Help about a command", "查看命令说明"}
	CompletionShort = Sentence{"Write the completion script for a shell", "输出 shell 补全脚本"}
	CompletionLong  = Sentence{"Writes the script that completes commands and flags in bash, zsh, fish or powershell.", "输出在 bash、zsh、fish 或 powershell 中补全命令和参数的脚本。"}
)

// Examples of the commands. What is typed is the same in both languages.
var (
	RootExamples = Sentence{`  bounceboard --demo                                  # try it, no key needed
  bounceboard --email lin.wei@example.com             # what became of her mail
  bounceboard --profile prod --status soft_bounce --days 3`, `  bounceboard --demo                                  # 试用，无需密钥
  bounceboard --email lin.wei@example.com             # 查某个收件人的邮件
  bounceboard --profile prod --status soft_bounce --days 3`}
	ListExamples = Sentence{`  bounceboard list --demo --limit 10
  bounceboard list --all --status invalid --days 30 | jq -r .recipients
  bounceboard list --all --format csv --bom --start-date -7d --end-date yesterday > bounces.csv
  bounceboard list --all --email-ids @ids.txt --format json`, `  bounceboard list --demo --limit 10
  bounceboard list --all --status invalid --days 30 | jq -r .recipients
  bounceboard list --all --format csv --bom --start-date -7d --end-date 昨天 > bounces.csv
  bounceboard list --all --email-ids @ids.txt --format json`}
	SimulateExamples = Sentence{`  bounceboard simulate --addr 127.0.0.1:8025 --records 1000000
  bounceboard simulate --fault 5xx=0.05,delay=0.1 --order unstable
  SENDCLOUD_BASE_URL=http://127.0.0.1:8025/apiv2 SENDCLOUD_API_USER=demo SENDCLOUD_API_KEY=demo-key-opens-nothing bounceboard`, `  bounceboard simulate --addr 127.0.0.1:8025 --records 1000000
  bounceboard simulate --fault 5xx=0.05,delay=0.1 --order unstable
  SENDCLOUD_BASE_URL=http://127.0.0.1:8025/apiv2 SENDCLOUD_API_USER=demo SENDCLOUD_API_KEY=demo-key-opens-nothing bounceboard`}
	CompletionExamples = Sentence{`  source <(bounceboard completion bash)         # or zsh
  bounceboard completion fish > ~/.config/fish/completions/bounceboard.fish`, `  source <(bounceboard completion bash)         # 或 zsh
  bounceboard completion fish > ~/.config/fish/completions/bounceboard.fish`}
)

// Flags by name. What stands in backquotes is the name of the value.
var Flags = map[string]Sentence{
	"help":    {"this help", "显示本说明"},
	"version": {"version and commit", "显示版本和提交号"},

	"demo":             {"a simulated service inside the process; no key needed", "使用程序内的模拟服务，无需密钥"},
	"base-url":         {"`URL` of the service, prefix included; https, except to a loopback host (or SENDCLOUD_BASE_URL)", "`URL` 服务地址，含前缀；除本机外必须为 https（或用 SENDCLOUD_BASE_URL）"},
	"profile":          {"`NAME` of a profile in the configuration; wins over credentials in the environment", "`NAME` 配置文件中的 profile，优先于环境变量中的凭据"},
	"config":           {"`FILE` of the configuration (default ~/.config/bounceboard/config.toml)", "`FILE` 配置文件（默认 ~/.config/bounceboard/config.toml）"},
	"calls-per-minute": {"`N` calls a minute at most, 1 to 3000: this program's share of the account's (default 600)", "`N` 本程序每分钟最多调用次数，1–3000（默认 600）"},

	"email":      {"`ADDRESS` recipient; repeatable; - reads standard input, @FILE a file", "`ADDRESS` 收件地址，可重复；- 读标准输入，@FILE 读文件"},
	"email-ids":  {"`IDS` email ids by ; or comma; repeatable; - reads standard input, @FILE a file", "`IDS` emailId，用 ; 或逗号分隔，可重复；- 读标准输入，@FILE 读文件"},
	"label-id":   {"`ID` label, exact; wins over --label-name", "`ID` 标签 ID，精确匹配，优先于 --label-name"},
	"label-name": {"`NAME` label; alone it is a fuzzy match", "`NAME` 标签名称，不填标签 ID 时按模糊匹配"},
	"days":       {"the past `N` days, 1 is today", "最近 `N` 天，1 表示今天"},
	"start-date": {"`DAY` the first one: yyyy-MM-dd, MM-dd, today, yesterday, -3d (the service's calendar, UTC+08:00)", "`DAY` 开始日期：yyyy-MM-dd、MM-dd、今天、昨天、-3d（服务端日历，UTC+08:00）"},
	"end-date":   {"`DAY` the last one, counted", "`DAY` 结束日期，含当天"},
	"api-users":  {"`USERS` API users by ; or comma", "`USERS` 发信账号（API_USER），用 ; 或逗号分隔"},
	"status":     {"`STATUS` delivered, invalid, soft_bounce, requested, or 1, 4, 5, 18; several by comma", "`STATUS` delivered、invalid、soft_bounce、requested，或 1、4、5、18；多个用逗号分隔"},
	"sub-status": {"`CODES` sub-status codes by comma or ;", "`CODES` 子状态码，用逗号或 ; 分隔"},
	"start":      {"`N` rows to skip (default 0)", "`N` 跳过的行数（默认 0）"},
	"limit":      {"`N` rows of the page, 1 to 100 (default 100)", "`N` 一页的行数，1–100（默认 100）"},

	"lang":     {"`en|zh` language (default: the configuration's, else the locale's)", "`en|zh` 语言（默认取配置文件，其次取系统区域设置）"},
	"theme":    {"`dark|light|mono` colours (default dark; NO_COLOR is mono)", "`dark|light|mono` 配色（默认 dark；设置 NO_COLOR 时为 mono）"},
	"ascii":    {"no characters that some terminals draw two columns wide", "不使用部分终端会显示成两列宽的字符"},
	"log-file": {"`FILE` for a debug log; nothing secret is in it", "`FILE` 调试日志，其中不含密钥"},

	"format":             {"`FORMAT` table, csv, json or ndjson (default: table on a terminal, else ndjson)", "`FORMAT` table、csv、json 或 ndjson（默认：终端上为 table，否则为 ndjson）"},
	"all":                {"every page (else one page, and it is said how many rows there are)", "输出全部页（否则只输出一页，并说明共有多少行）"},
	"explain":            {"add cause, permanence, party, confidence, provider, nextStep and pattern to every row", "每行附上 cause、permanence、party、confidence、provider、nextStep 和 pattern"},
	"cause":              {"`TOKENS` causes by comma; narrows what was fetched", "`TOKENS` 原因，用逗号分隔；只筛选已读取的行"},
	"permanence":         {"`TOKENS` permanent, temporary, unknown or -, by comma; narrows what was fetched", "`TOKENS` permanent、temporary、unknown 或 -，用逗号分隔；只筛选已读取的行"},
	"rules":              {"`FILE` of your own rules, which come first (default: rules.txt beside the configuration)", "`FILE` 自定义规则，优先于内置规则（默认：配置文件旁的 rules.txt）"},
	"codes":              {"the table of sub-statuses, SMTP and enhanced codes instead", "改为输出子状态、SMTP 应答码和增强码的对照表"},
	"domain":             {"`DOMAIN` of the recipient; tells the provider where the text does not", "`DOMAIN` 收件域名，原文看不出服务商时使用"},
	"explain/format":     {"`FORMAT` table (a card), json or ndjson (default table)", "`FORMAT` table（卡片）、json 或 ndjson（默认 table）"},
	"explain/sub-status": {"`CODE` SendCloud's sub-status of the mail", "`CODE` 该邮件的 SendCloud 子状态码"},
	"from":               {"`FILE` of rows that list or --spool wrote, instead of the service; repeatable; - reads standard input; no key needed", "`FILE` 不查询服务端，改读 list 或 --spool 写出的行；可重复；- 读标准输入；无需密钥"},
	"spool":              {"`FILE` that keeps the rows as they come, for --from; readable by its owner alone, never overwritten", "`FILE` 边读取边保存行，供 --from 使用；仅属主可读，不覆盖已有文件"},
	"missing":            {"`FILE` for the ids and addresses asked for of which no row came, one a line", "`FILE` 写入所查的 ID 和地址中没有对应行的条目，每行一个"},
	"keys/format":        {"`FORMAT` text or md (default text)", "`FORMAT` text 或 md（默认 text）"},
	"rules-help":         {"how to write rules of your own instead", "改为输出自定义规则的写法"},
	"filter":             {"`TERMS` narrow the rows that came: words, \"a phrase\", !not, domain:qq.com, cause:, sub:, said:, took:>10m, time:09:00..10:30", "`TERMS` 筛选已读取的行：词语、\"短语\"、!排除、domain:qq.com、cause:、sub:、said:、took:>10m、time:09:00..10:30"},
	"by":                 {"`FIELD` status, sub-status, day, api-user, label; of rows also cause, permanence, provider, domain, pattern, refused-ip, hour, took, party", "`FIELD` status、sub-status、day、api-user、label；读取行后还有 cause、permanence、provider、domain、pattern、refused-ip、hour、took、party"},
	"count/all":          {"fetch every row and count those", "读取全部行后统计"},
	"bom":                {"begin CSV with a byte order mark, for Excel", "CSV 以 BOM 开头，便于 Excel 打开"},

	"addr":                      {"`ADDRESS` to listen at (default 127.0.0.1:0, any free port)", "`ADDRESS` 监听地址（默认 127.0.0.1:0，任选空闲端口）"},
	"public":                    {"allow an address that is not loopback: everybody who reaches it can ask", "允许监听非本机地址：能连上的人都可以查询"},
	"records":                   {"`N` records at the start, 0 for none (default 10000)", "`N` 初始记录数，0 表示没有（默认 10000）"},
	"seed":                      {"`N` the same one gives the same records (default 1)", "`N` 种子，相同则产生相同的记录（默认 1）"},
	"api-user":                  {"`USER` it accepts (default demo)", "`USER` 接受的 API_USER（默认 demo）"},
	"api-key":                   {"`KEY` it accepts, a toy (default demo-key-opens-nothing)", "`KEY` 接受的玩具密钥（默认 demo-key-opens-nothing）"},
	"latency":                   {"`TIME` before every answer, such as 200ms", "`TIME` 每次应答前的延时，如 200ms"},
	"fault":                     {"`KIND=RATE,…` faults and how often, from 0 to 1: %s", "`KIND=RATE,…` 故障及其比率，0–1：%s"},
	"simulate/calls-per-minute": {"`N` calls a minute that the account has (default 3000)", "`N` 账号每分钟可调用的次数（默认 3000）"},
	"switch/type-number":        {"N", "N"},
	"switch/type-names":         {"NAMES", "NAMES"},
	"switch/order":              {"order of the rows; unstable shuffles them a little with every call", "行的顺序；unstable 表示每次调用略有变动"},
	"switch/limit-zero":         {"what limit=0 means: a page of 100, no rows, or code 40004", "limit=0 的含义：一页 100 行、没有行，或返回码 40004"},
	"switch/status-list":        {"how several statuses are asked for: one a call, repeated parameter, comma list", "多个状态的写法：每次一个、重复参数、逗号列表"},
	"switch/total":              {"info.total as string or number", "info.total 是字符串还是数字"},
	"switch/empty":              {"an answer without rows: total 0, info {}, null or missing, voList null", "没有行时的应答：total 为 0，info 为 {}、null 或缺失，voList 为 null"},
	"switch/words":              {"set of status words", "状态用词"},
	"switch/desc-key":           {"spelling of the description's key", "描述字段名的拼写"},
	"switch/desc-family":        {"descriptions alone, or prefixed with their family", "描述是否带大类前缀"},
	"switch/extra-keys":         {"further keys in rows: null, of any type, none", "行中的额外字段：null、任意类型、没有"},
	"switch/times":              {"times as documented, or in odd forms", "时间按文档格式，或各种怪异格式"},
	"switch/arrivals":           {"mails a minute that are sent meanwhile", "运行期间每分钟新发的邮件数"},
	"switch/ignore":             {"parameters that have no effect, by comma", "不起作用的参数，用逗号分隔"},
	"switch/success-code":       {"statusCode of a success (0: 200)", "成功时的 statusCode（0 表示 200）"},
	"switch/failure-http":       {"HTTP status of failures (0: 200)", "失败时的 HTTP 状态码（0 表示 200）"},

	"switch/status-with-sub": {"status beside subStatus: both count, or status is ignored", "status 与 subStatus 同时给出：都算，或忽略 status"},
	"switch/days-and-dates":  {"days and dates both given: which counts", "days 与日期同时给出时以哪个为准"},
	"switch/beyond-lookback": {"a span that begins before the oldest data: answered with what there is, or refused", "起始早于最早数据时：返回现有数据，或拒绝"},
	"switch/sub-status-form": {"subStatus as string or number", "subStatus 是字符串还是数字"},
	"switch/no-sub-status":   {`subStatus of a row that has none: null, "", or no key`, `没有子状态的行：null、"" 或没有该字段`},
	"switch/status-code-key": {"spelling of the status code's key", "状态码字段名的拼写"},
	"switch/email-id-form":   {"email ids begin with the epoch, or are opaque", "emailId 以毫秒时间戳开头，或不可解析"},
	"switch/window-days":     {"longest span of one call in days (0: 30; 3 on the twin, 92 in a tip)", "一次调用的最长跨度，天（0 表示 30；国际站为 3，文档提示处为 92）"},
	"switch/lookback-days":   {"calendar days with data (0: 92)", "有数据的天数（0 表示 92）"},
	"switch/refusal-code":    {"code for a refused span, status, sub-status or emailId (0: 40009 and 40013)", "跨度、状态、子状态或 emailId 被拒时的返回码（0 表示 40009 和 40013）"},
}
