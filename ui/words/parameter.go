package words

import (
	"strings"
	"unicode"

	"bounceboard/keymap"
	"bounceboard/sendcloud"
)

// parameters has the name of each parameter, what fits into its field of the form, and its flag.
var parameters = table("parameters")

// The filters made here. They are no parameters of the service; the form names them by their flags.
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

// FlagOf calls a parameter by its flag, without the dashes.
func FlagOf(p sendcloud.Param) string { return parameters[string(p)][2].EN }

// Parameter says which parameter cannot be right, why, and the cure. name is what it is called there, a flag for example.
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
		args = append(args, l.Say(known)+nearKnown(l, e.Value, known.EN))
	}
	if s, ok := parameterReasons[string(e.Reason)]; ok {
		return l.Say(s, args...)
	}
	return l.Say(otherReason, value, string(e.Reason))
}

// nearKnown asks for the word among those that is nearest to what was typed.
func nearKnown(l Lang, typed, known string) string {
	return DidYouMean(strings.ToLower(typed), strings.FieldsFunc(known, func(r rune) bool { return r != '_' && !unicode.IsLetter(r) }), "").In(l)
}

var parameterReasons = pairs("parameter_reasons")

// FormHint says what fits into a field.
func FormHint(l Lang, p sendcloud.Param) string {
	return l.Say(parameters[string(p)][1].With(keymap.Default()))
}
