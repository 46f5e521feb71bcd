package words

import "bounceboard/sendcloud"

var parameterNames = map[sendcloud.Param]Sentence{
	sendcloud.ParamEmail:     {"Recipient", "收件人"},
	sendcloud.ParamEmailIDs:  {"Email ids", "邮件 ID"},
	sendcloud.ParamStatus:    {"Status", "状态"},
	sendcloud.ParamSubStatus: {"Sub-status", "子状态"},
	FilterCause:              {"Cause", "原因"},
	FilterPermanence:         {"Permanence", "永久/临时"},
	sendcloud.ParamDays:      {"Past days", "最近天数"},
	sendcloud.ParamStartDate: {"From", "开始日期"},
	sendcloud.ParamEndDate:   {"To", "结束日期"},
	sendcloud.ParamAPIUsers:  {"API users", "发信账号"},
	sendcloud.ParamLabelName: {"Label name", "标签名称"},
	sendcloud.ParamLabelID:   {"Label id", "标签 ID"},
	sendcloud.ParamStart:     {"Skip rows", "跳过行数"},
	sendcloud.ParamLimit:     {"Page size", "每页行数"},
}

// The filters made here. They are no parameters of the service; the form names
// them by their flags.
const (
	FilterCause      sendcloud.Param = "--cause"
	FilterPermanence sendcloud.Param = "--permanence"
)

// ParameterName is a parameter in the user's words.
func ParameterName(l Lang, p sendcloud.Param) string {
	n, ok := parameterNames[p]
	if !ok {
		return string(p)
	}
	return l.Say(n)
}

// Parameter says which parameter cannot be right, why, and the cure. name is
// what a parameter is called where the sentence stands, a flag for example; by
// default [ParameterName].
func Parameter(l Lang, e *sendcloud.ParameterError, name ...func(sendcloud.Param) string) string {
	called := func(p sendcloud.Param) string { return ParameterName(l, p) }
	if len(name) > 0 {
		called = name[0]
	}
	reason := ParameterReason(l, e, called)
	switch e.Reason {
	case sendcloud.HalfDates, sendcloud.EndBeforeStart, sendcloud.DaysWithDates, sendcloud.Contradiction:
		return reason // it names the parameters
	}
	return l.Say(Labelling, called(e.Param), reason)
}

// ParameterReason is [Parameter] for a place that shows the name already.
func ParameterReason(l Lang, e *sendcloud.ParameterError, name func(sendcloud.Param) string) string {
	from, to := name(sendcloud.ParamStartDate), name(sendcloud.ParamEndDate)
	value := foreignText(e.Value)
	switch e.Reason {
	case sendcloud.HalfDates:
		return l.Say(halfDates, from, to)
	case sendcloud.EndBeforeStart:
		return l.Say(endBeforeStart, to, from)
	case sendcloud.DaysWithDates:
		return l.Say(daysWithDates, name(sendcloud.ParamDays))
	case sendcloud.Contradiction:
		return l.Say(contradiction, name(sendcloud.ParamStatus), name(sendcloud.ParamSubStatus))
	case sendcloud.SpanTooLong:
		return l.Say(spanTooLong, e.Limit)
	case sendcloud.TooFarBack:
		return l.Say(tooFarBack, e.Limit)
	case sendcloud.InTheFuture:
		return l.Say(inTheFuture)
	case sendcloud.Empty:
		return l.Say(emptyValue)
	case sendcloud.OutOfRange:
		return outOfRange(l, e, value)
	case sendcloud.UnknownWord:
		return l.Say(unknownWord, value, knownWords(l, e.Param))
	case sendcloud.RefusedByService:
		return withMessage(l, codeSentence(l, e.Code), e.Code, e.Message)
	}
	if s, ok := valueReasons[e.Reason]; ok {
		return l.Say(s, value)
	}
	return l.Say(otherReason, value, string(e.Reason))
}

func outOfRange(l Lang, e *sendcloud.ParameterError, value string) string {
	if e.Limit == 0 {
		return l.Say(atLeast, value, e.Min)
	}
	return l.Say(between, value, e.Min, e.Limit)
}

func knownWords(l Lang, p sendcloud.Param) string {
	if p == sendcloud.ParamStatus {
		return l.Say(knownStatuses)
	}
	return l.Say(knownSubStatuses)
}

var (
	halfDates      = Sentence{"%s and %s go together: give both", "%s和%s必须同时填写"}
	endBeforeStart = Sentence{"%s is before %s: swap them", "%s早于%s，请对调"}
	daysWithDates  = Sentence{"%s or dates, not both: drop one", "%s与日期只能填一种，请去掉其一"}
	contradiction  = Sentence{"this %s and %s match nothing: drop one", "%s与%s矛盾，查不到邮件，请去掉其一"}
	spanTooLong    = Sentence{"at most %d days at a time: shorten the span", "一次最多查 %d 天，请缩短范围"}
	tooFarBack     = Sentence{"only the last %d days can be asked", "只能查最近 %d 天"}
	inTheFuture    = Sentence{"that day is still to come: today is the last", "日期还没到，最晚只能是今天"}
	emptyValue     = Sentence{"empty: give a value or leave it out", "内容为空，请填写或去掉此项"}
	atLeast        = Sentence{`"%s" must be a whole number, %d or more`, "“%s”应为整数，不小于 %d"}
	between        = Sentence{`"%s" must be a whole number, %d to %d`, "“%s”应为 %d 至 %d 的整数"}
	unknownWord    = Sentence{`there is no "%s": use %s`, "没有“%s”，可用：%s"}

	knownStatuses = Sentence{
		"delivered, invalid, soft_bounce, requested (1, 4, 5, 18)",
		"delivered、invalid、soft_bounce、requested（1、4、5、18）"}
	knownSubStatuses = Sentence{"401 to 409, 503, 505 to 509", "401 至 409、503、505 至 509"}
	otherReason      = Sentence{`"%s" cannot be right: %s`, "“%s”不正确：%s"}
)

var valueReasons = map[sendcloud.Reason]Sentence{
	sendcloud.NotADate:         {`"%s" is no date: 2026-11-23, today, -3d`, "“%s”不是日期，例：2026-11-23、昨天、-3d"},
	sendcloud.MalformedAddress: {`"%s" is no address: name@example.com`, "“%s”不是邮箱地址，例：name@example.com"},
	sendcloud.BadListItem:      {`"%s" has a ; or a blank inside: take it out`, "“%s”中间有分号或空格，请去掉"},
}
