package words

import "bounceboard/sendcloud"

// What the form says.
var (
	FormTitle = Sentence{"Query", "查询条件"}
	FormClock = Sentence{"dates are UTC+08:00", "日期为 UTC+08:00"}
	FormAny   = Sentence{"any", "不限"}

	FormAllFailures = Sentence{"all failures (%d codes)", "全部失败（%d 个代码）"}

	formCalls   = Sentence{"costs %s at most", "最多 %s"}
	FormNoCost  = Sentence{"the cost is known once this is complete", "填写完整后显示调用次数"}
	FormStopped = Sentence{"%s: correct it to search", "%s有误，改正后才能查询"}
	FormFailed  = Sentence{"the cost is not known: %v", "无法估算调用次数：%v"}
)

// FormCalls is what a search costs.
func FormCalls(l Lang, n int) string {
	return l.Say(formCalls, l.Plural(n, "call", "calls", "次调用"))
}

var formHints = map[sendcloud.Param]Sentence{
	sendcloud.ParamEmail:     {"several with blanks or commas, or paste a list", "多个用空格或逗号隔开，也可粘贴整列"},
	sendcloud.ParamEmailIDs:  {"as returned when the mail was sent; several work", "发送时返回的 emailId，可填多个"},
	sendcloud.ParamStatus:    {"space chooses; none chosen means every status", "空格勾选，不选即全部状态"},
	FilterCause:              {"made here: narrows what was fetched", "本地筛选，只作用于已读取的行"},
	FilterPermanence:         {"made here: narrows what was fetched", "本地筛选，只作用于已读取的行"},
	sendcloud.ParamSubStatus: {"space chooses; digits jump; none means any", "空格勾选，数字键直达，不选即不限"},
	sendcloud.ParamDays:      {"1 is today, 7 the last seven days", "1 为今天，7 为最近七天"},
	sendcloud.ParamStartDate: {"2026-11-23, -3d, yesterday; arrows step a day", "2026-11-23、-3d、昨天，左右键逐日调整"},
	sendcloud.ParamEndDate:   {"2026-11-23, -3d, today; arrows step a day", "2026-11-23、-3d、今天，左右键逐日调整"},
	sendcloud.ParamAPIUsers:  {"several with blanks or commas", "多个用空格或逗号隔开"},
	sendcloud.ParamLabelName: {"without a label id it is a fuzzy match", "只填名称、不填标签 ID 时按模糊匹配"},
	sendcloud.ParamLabelID:   {"exact; wins over the label name", "精确匹配，优先于标签名称"},
	sendcloud.ParamStart:     {"begin after this many rows", "从第几行之后开始"},
	sendcloud.ParamLimit:     {"rows a page, 1 to 100", "每页 1 至 100 行"},
}

// FormHint says what fits into a field.
func FormHint(l Lang, p sendcloud.Param) string { return l.Say(formHints[p]) }

var formNotes = map[sendcloud.Note]Sentence{
	sendcloud.IDWinsOverName:  {"the label id wins over the name", "标签 ID 优先于标签名称"},
	sendcloud.NameIsFuzzy:     {"the label name is a fuzzy match", "标签名称为模糊匹配"},
	sendcloud.SpanFromEmailID: {"the dates come from the email id", "日期取自邮件 ID"},
	sendcloud.DefaultSpan:     {"no dates: the last 7 days", "未填日期：最近 7 天"},
}

// FormNote says in a few words what a person has to know about a plan.
func FormNote(l Lang, n sendcloud.Note) string {
	s, ok := formNotes[n]
	if !ok {
		return Note(l, n)
	}
	return l.Say(s)
}
