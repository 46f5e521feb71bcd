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

// Error says in one sentence what happened and what helps. Whatever came from
// outside is made harmless first.
func Error(l Lang, err error) string {
	var (
		parameter   *sendcloud.ParameterError
		setting     *sendcloud.ConfigError
		credentials *sendcloud.CredentialsError
		limited     *sendcloud.RateLimitError
		service     *sendcloud.ServiceError
		foreign     *sendcloud.NotServiceError
		network     *sendcloud.NetworkError
		noTotal     *sendcloud.NoTotalError
		noRows      *sendcloud.EmptyAnswerError
		span        *sendcloud.SpanError
		bug         *sendcloud.PanicError
	)
	switch {
	case errors.As(err, &parameter) && parameter.Reason == sendcloud.RefusedByService:
		return withMessage(l, codeSentence(l, parameter.Code), parameter.Code, parameter.Message)
	case errors.As(err, &parameter):
		return Parameter(l, parameter)
	case errors.As(err, &setting):
		return settingSentence(l, setting)
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
	case errors.As(err, &noTotal):
		return l.Say(totalUntold, foreignText(noTotal.Host))
	case errors.As(err, &noRows):
		return l.Say(totalWithoutRows, Number(noRows.Total))
	case errors.As(err, &span):
		return withMessage(l, l.Say(spanRefused, l.Plural(span.Days, "day", "days", "天")), span.Code, span.Message)
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
	totalUntold      = Sentence{"%s tells no total that can be true: every row has to be read before it can be counted (in the dashboard, or by list --all)", "%s 没有给出可信的总数，须读取全部行才能统计（在面板中，或用 list --all）"}
	foreignFrom      = Sentence{"%s (from %s)", "%s（来自 %s）"}
	foreignHTTP      = Sentence{"%s (HTTP %d from %s)", "%s（%[3]s 返回 HTTP %[2]d）"}
	redirected       = Sentence{"redirected to %s, and the key is not sent there: set the base URL to the right address, or log in to the proxy first", "被重定向到 %s，密钥不会发往那里：请改正服务地址，或先登录代理"}
)

func codeSentence(l Lang, code int) string {
	if s, ok := answerCodes[strconv.Itoa(code)]; ok {
		return l.Say(s)
	}
	return l.Say(otherCode)
}

// withMessage adds the code and the service's own words: what is open in the
// documentation can only be understood from them.
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
	said, ok := httpStatuses[status]
	if !ok {
		said = httpStatuses["-"]
	}
	return withMessage(l, l.Say(said, e.HTTPStatus), 0, e.Message)
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

func settingSentence(l Lang, e *sendcloud.ConfigError) string {
	name, reason := l.Say(settings[string(e.Setting)]), configReasons[string(e.Reason)]
	if e.Reason == sendcloud.ConfigOutOfRange {
		return l.Say(reason, name, e.Min, e.Max)
	}
	return l.Say(reason, name)
}

func foreignText(s string) string {
	return cell.Style{}.Cut(s, maxForeign)
}

// Reason is why a call is tried again, in a few words and without a cure: the
// program is at it.
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

// ErrorHere is [Error] for a place where there are no flags: the form's names
// stand in their place.
func ErrorHere(l Lang, err error) string {
	return flagMark.ReplaceAllStringFunc(Error(l, err), func(flag string) string {
		if flag = strings.TrimSpace(flag); flag == "--calls-per-minute" {
			return " calls_per_minute "
		}
		p, ok := flagParams[flag]
		if !ok {
			return " " + flag + " "
		}
		return l.Say(Sentence{" “%s” ", "“%s”"}, ParameterName(l, p))
	})
}

var flagParams = map[string]sendcloud.Param{
	"--start": sendcloud.ParamStart, "--limit": sendcloud.ParamLimit, "--days": sendcloud.ParamDays, "--start-date": sendcloud.ParamStartDate,
	"--end-date": sendcloud.ParamEndDate, "--api-users": sendcloud.ParamAPIUsers, "--email": sendcloud.ParamEmail, "--label-id": sendcloud.ParamLabelID,
}
