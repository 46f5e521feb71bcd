package words

import (
	"cmp"
	"context"
	"errors"
	"regexp"
	"strconv"
	"strings"

	"bounceboard/sendcloud"
	"bounceboard/ui/cell"
)

// maxForeign is how many columns of a stranger's message a sentence quotes.
const maxForeign = 200

// Error says in one sentence what happened and what helps. Whatever came from outside is made harmless first.
func Error(l Lang, err error) string {
	var (
		parameter   *sendcloud.ParameterError
		setting     *sendcloud.ConfigError
		credentials *sendcloud.CredentialsError
		limited     *sendcloud.RateLimitError
		service     *sendcloud.ServiceError
		foreign     *sendcloud.NotServiceError
		network     *sendcloud.NetworkError
		total       *sendcloud.TotalError
		bug         *sendcloud.PanicError
	)
	switch {
	case errors.As(err, &parameter) && parameter.Reason == sendcloud.RefusedByService && parameter.Limit > 0:
		days := l.Plural(parameter.Limit, "day", "days", "天")
		return withMessage(l, l.Say(spanRefused, days), parameter.Code, parameter.Message)
	case errors.As(err, &parameter) && parameter.Reason == sendcloud.RefusedByService:
		return withMessage(l, codeSentence(l, parameter.Code), parameter.Code, parameter.Message)
	case errors.As(err, &parameter):
		return Parameter(l, parameter)
	case errors.As(err, &setting):
		reason := configReasons[string(setting.Reason)]
		return l.Say(reason, []any{l.Say(settings[string(setting.Setting)]), setting.Min, setting.Max}[:strings.Count(reason.EN, "%")]...)
	case errors.As(err, &credentials):
		say := credentialsAt
		if credentials.Code == 6001 { // user and key are right, the user may not ask
			say = foreignFrom
		}
		return withMessage(l, l.Say(say, codeSentence(l, credentials.Code), foreignText(credentials.Host)), credentials.Code, credentials.Message)
	case errors.As(err, &limited):
		return limitedSentence(l, limited)
	case errors.As(err, &service):
		return serviceSentence(l, service)
	case errors.As(err, &foreign):
		return foreignSentence(l, foreign)
	case errors.As(err, &total) && total.Total > 0:
		return l.Say(totalWithoutRows, Number(total.Total))
	case errors.As(err, &total):
		return l.Say(totalUntold, foreignText(total.Host))
	case errors.As(err, &network):
		return l.Say(problem(network)[0], foreignText(network.Host))
	case errors.As(err, &bug):
		return l.Say(ownBug, foreignText(bug.Error()))
	case errors.Is(err, context.Canceled):
		return l.Say(stopped)
	case errors.Is(err, context.DeadlineExceeded):
		return l.Say(tookTooLong)
	}
	return foreignText(err.Error())
}

var (
	answerCodes     = pairs("answer_codes")
	httpStatuses    = pairs("http_statuses")
	foreignAnswers  = pairs("foreign_answers")
	networkProblems = table("network_problems") // a sentence with its cure, and a few words
	configReasons   = pairs("config_reasons")
	settings        = pairs("settings")
)

func codeSentence(l Lang, code int) string {
	return l.Say(cmp.Or(answerCodes[strconv.Itoa(code)], otherCode))
}

// withMessage adds the code and the service's own words: what is open in the documentation can only be understood from them.
func withMessage(l Lang, sentence string, code int, message string) string {
	switch message = foreignText(message); {
	case code == 0 && message == "":
		return sentence
	case code == 0:
		return l.Say(saidQuoted, sentence, message)
	case message == "":
		return l.Say(withCode, sentence, code)
	}
	return l.Say(withWords, sentence, code, message)
}

func limitedSentence(l Lang, e *sendcloud.RateLimitError) string {
	what := l.Say(rateLimited)
	switch e.Code {
	case 0:
		what = l.Say(ownPause)
	case 50000:
		what = codeSentence(l, e.Code)
	}
	if e.RetryAfter > 0 {
		return l.Say(waitFor, what, Duration(l, e.RetryAfter))
	}
	return l.Say(waitAMinute, what)
}

func serviceSentence(l Lang, e *sendcloud.ServiceError) string {
	if e.Code != 0 {
		return withMessage(l, codeSentence(l, e.Code), e.Code, e.Message)
	}
	status := strconv.Itoa(e.HTTPStatus)
	if e.HTTPStatus >= 500 {
		status = "5xx"
	}
	return withMessage(l, l.Say(cmp.Or(httpStatuses[status], httpStatuses["-"]), e.HTTPStatus), 0, e.Message)
}

func foreignSentence(l Lang, e *sendcloud.NotServiceError) string {
	if e.Answer == sendcloud.AnswerRedirect {
		return fromHost(l, l.Say(redirected, foreignText(cmp.Or(e.Location, "?"))), e)
	}
	if e.HTTPStatus >= 400 { // that says more about the cause than the form of the page
		return l.Say(foreignFrom, serviceSentence(l, &sendcloud.ServiceError{HTTPStatus: e.HTTPStatus}), foreignText(e.Host))
	}
	return fromHost(l, l.Say(foreignAnswers[string(e.Answer)]), e)
}

// fromHost adds who answered; what is no HTTP has no status.
func fromHost(l Lang, s string, e *sendcloud.NotServiceError) string {
	if e.HTTPStatus == 0 {
		return l.Say(foreignFrom, s, foreignText(e.Host))
	}
	return l.Say(foreignHTTP, s, e.HTTPStatus, foreignText(e.Host))
}

func problem(e *sendcloud.NetworkError) []Sentence {
	if said, ok := networkProblems[string(e.Problem)]; ok {
		return said
	}
	return networkProblems[string(sendcloud.Unreachable)]
}

func foreignText(s string) string { return cell.Style{}.Cut(s, maxForeign) }

// Reason is why a call is tried again, in a few words and without a cure: the program is at it.
func Reason(l Lang, err error) string {
	var (
		network *sendcloud.NetworkError
		service *sendcloud.ServiceError
		limited *sendcloud.RateLimitError
		foreign *sendcloud.NotServiceError
	)
	switch {
	case errors.As(err, &network):
		return l.Say(problem(network)[1])
	case errors.As(err, &service) && service.Code != 0:
		return strconv.Itoa(service.Code)
	case errors.As(err, &service):
		return "HTTP " + strconv.Itoa(service.HTTPStatus)
	case errors.As(err, &limited):
		return l.Say(tooFast)
	case errors.As(err, &foreign):
		return l.Say(oddAnswer)
	}
	return l.Say(anyReason)
}

var flagMark = regexp.MustCompile(` ?--([a-z-]+) ?`)

// ErrorHere is [Error] for the dashboard.
func ErrorHere(l Lang, err error) string { return Here(l, Error(l, err)) }

// Here is a sentence for a place where there are no flags: the form's names stand in their place.
func Here(l Lang, text string) string {
	return flagMark.ReplaceAllStringFunc(text, func(flag string) string {
		for _, of := range parameters {
			if name := "--" + of[2].EN; strings.TrimSpace(flag) == name {
				said := "“" + l.Say(of[0]) + "”"
				return l.Say(Sentence{strings.Replace(flag, name, said, 1), said})
			}
		}
		return strings.Replace(flag, "--calls-per-minute", "calls_per_minute", 1)
	})
}
