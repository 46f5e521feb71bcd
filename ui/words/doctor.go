package words

// ConfigLine is a place in the configuration.
var ConfigLine = Sentence{"%s line %d", "%s 第 %d 行"}

// What is wrong with colours and keys of one's own.
var (
	ConfigColor, KeysHead = two("ConfigColor KeysHead")
)

// What doctor looks at.
var (
	DoctorConfig, DoctorLanguage, DoctorThemeName, DoctorCalls = four("DoctorConfig DoctorLanguage DoctorThemeName DoctorCalls")
	DoctorLookback, DoctorTerminal, DoctorAccount, DoctorBase  = four("DoctorLookback DoctorTerminal DoctorAccount DoctorBase")
	DoctorKey, DoctorWindow, DoctorLatency, DoctorClock        = four("DoctorKey DoctorWindow DoctorLatency DoctorClock")
	DoctorLocale, DoctorColours, DoctorClipboard               = three("DoctorLocale DoctorColours DoctorClipboard")
	DoctorTmuxClipboard, DoctorTmuxEscape, DoctorWidths        = three("DoctorTmuxClipboard DoctorTmuxEscape DoctorWidths")
	DoctorPaste                                                = Sentence{"pasting", "粘贴"}
)

// What doctor finds, and what to do about it.
var (
	DoctorNoFile, DoctorNoAccount, DoctorNoAccountCure             = three("DoctorNoFile DoctorNoAccount DoctorNoAccountCure")
	DoctorFromEnvironment, DoctorFromProfile, DoctorDemo           = three("DoctorFromEnvironment DoctorFromProfile DoctorDemo")
	DoctorFrom, DoctorByDefault, DoctorAccepted, DoctorNoAnswer    = four("DoctorFrom DoctorByDefault DoctorAccepted DoctorNoAnswer")
	DoctorNetworkCure, DoctorWindowAccepted, DoctorWindowRefused   = three("DoctorNetworkCure DoctorWindowAccepted DoctorWindowRefused")
	DoctorWindowCure, DoctorMilliseconds, DoctorUnknown            = three("DoctorWindowCure DoctorMilliseconds DoctorUnknown")
	DoctorClockRight, DoctorClockFast, DoctorClockSlow             = three("DoctorClockRight DoctorClockFast DoctorClockSlow")
	DoctorClockCure, DoctorLocaleCure, DoctorTheme, DoctorTermCure = four("DoctorClockCure DoctorLocaleCure DoctorTheme DoctorTermCure")
	DoctorClipTerminal, DoctorClipTmux, DoctorClipScreen           = three("DoctorClipTerminal DoctorClipTmux DoctorClipScreen")
	DoctorTmuxClipboardCure, DoctorTmuxEscapeCure, DoctorSilent    = three("DoctorTmuxClipboardCure DoctorTmuxEscapeCure DoctorSilent")
	DoctorWidthsCure, DoctorPasteMarked, DoctorPasteUnmarked       = three("DoctorWidthsCure DoctorPasteMarked DoctorPasteUnmarked")
	DoctorPasteCure, DoctorNoTerminal, DoctorMend                  = three("DoctorPasteCure DoctorNoTerminal DoctorMend")
	DoctorThings                                                   = [3]string{"thing", "things", "处"}
	DoctorWell, DoctorShort                                        = two("DoctorWell DoctorShort")
	DoctorLong                                                     = Sentence{"Checks what the dashboard needs: configuration, key and region, the span that a call may have, clock, terminal.\nIt makes two calls and shows no key. Exit status 1 where something needs mending.", "检查面板所需的一切：配置、密钥与地域、单次查询跨度、时钟、终端。\n会调用服务两次，不显示密钥。有需要处理的问题时退出状态为 1。"}
)

// The manual page.
var (
	ManShort, ManLong = two("ManShort ManLong")
	ManDescription    = document("manual description")
	ManEnvironment    = document("manual environment")
	ManFiles          = document("manual files")
)
