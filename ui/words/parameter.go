package words

import (
	"bounceboard/keymap"
	"bounceboard/sendcloud"
)

// parameters has the name of each parameter, and what fits into its field of the form.
var parameters = table("parameters")

// The filters made here. They are no parameters of the service; the form names
// them by their flags.
const (
	FilterCause      sendcloud.Param = "--cause"
	FilterPermanence sendcloud.Param = "--permanence"
)

// ParameterName is a parameter in the user's words.
func ParameterName(l Lang, p sendcloud.Param) string {
	if said, ok := parameters[string(p)]; ok {
		return l.Say(said[0])
	}
	return string(p)
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
	value := foreignText(e.Value)
	args := []any{value}
	switch e.Reason {
	case sendcloud.RefusedByService:
		return withMessage(l, codeSentence(l, e.Code), e.Code, e.Message)
	case sendcloud.OutOfRange:
		if e.Limit == 0 {
			return l.Say(atLeast, value, e.Min)
		}
		return l.Say(between, value, e.Min, e.Limit)
	case sendcloud.HalfDates, sendcloud.EndBeforeStart:
		args = []any{name(sendcloud.ParamStartDate), name(sendcloud.ParamEndDate)}
	case sendcloud.DaysWithDates:
		args = []any{name(sendcloud.ParamDays)}
	case sendcloud.Contradiction:
		args = []any{name(sendcloud.ParamStatus), name(sendcloud.ParamSubStatus)}
	case sendcloud.SpanTooLong, sendcloud.TooFarBack:
		args = []any{e.Limit}
	case sendcloud.InTheFuture, sendcloud.Empty:
		args = nil
	case sendcloud.UnknownWord:
		known := knownSubStatuses
		if e.Param == sendcloud.ParamStatus {
			known = knownStatuses
		}
		args = append(args, l.Say(known))
	}
	if s, ok := parameterReasons[string(e.Reason)]; ok {
		return l.Say(s, args...)
	}
	return l.Say(otherReason, value, string(e.Reason))
}

var (
	parameterReasons = pairs("parameter_reasons")

	atLeast          = Sentence{`"%s" must be a whole number, %d or more`, "“%s”应为整数，不小于 %d"}
	between          = Sentence{`"%s" must be a whole number, %d to %d`, "“%s”应为 %d 至 %d 的整数"}
	knownStatuses    = Sentence{"delivered, invalid, soft_bounce, requested (1, 4, 5, 18)", "delivered、invalid、soft_bounce、requested（1、4、5、18）"}
	knownSubStatuses = Sentence{"401 to 409, 503, 505 to 509", "401 至 409、503、505 至 509"}
	otherReason      = Sentence{`"%s" cannot be right: %s`, "“%s”不正确：%s"}
)

// What the form says.
var (
	FormTitle    = Sentence{"Query", "查询条件"}
	FormClock    = Sentence{"dates are UTC+08:00", "日期为 UTC+08:00"}
	NoSuchChoice = Sentence{"%s: nothing in the list begins with “%s”.", "%s：列表中没有以“%s”开头的项。"}
	FormAny      = Sentence{"any", "不限"}
	FormCost     = Sentence{"costs %s at most", "最多 %s"}
	FormStopped  = Sentence{"%s: correct it to search", "%s有误，改正后才能查询"}
	FormFailed   = Sentence{"the cost is not known: %v", "无法估算调用次数：%v"}
)

// FormHint says what fits into a field.
func FormHint(l Lang, p sendcloud.Param) string {
	return l.Say(parameters[string(p)][1].With(keymap.Default()))
}
