package words

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
	DoctorWindowRefused     = Sentence{"the service refused a longer span; %d days in one call are accepted", "服务拒绝了更长的跨度，单次只能查 %d 天"}
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
	DoctorThings            = [3]string{"thing", "things", "处"}
	DoctorWell              = Sentence{"all is well", "一切正常"}
	DoctorShort             = Sentence{"Check configuration, service and terminal", "检查配置、服务和终端"}
	DoctorLong              = Sentence{"Checks what the dashboard needs: configuration, key and region, the span that a call may have, clock, terminal.\nIt makes two calls and shows no key. Exit status 1 where something needs mending.", "检查面板所需的一切：配置、密钥与地域、单次查询跨度、时钟、终端。\n会调用服务两次，不显示密钥。有需要处理的问题时退出状态为 1。"}
)

// The manual page.
var (
	ManShort       = Sentence{"Write the manual page (groff)", "输出手册页（groff）"}
	ManLong        = Sentence{"Writes the manual page in the form that man reads: bounceboard man | man -l -", "输出 man 可读的手册页：bounceboard man | man -l -"}
	ManDescription = document("manual description")
	ManEnvironment = document("manual environment")
	ManFiles       = document("manual files")
)
