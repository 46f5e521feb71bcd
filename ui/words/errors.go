package words

import (
	"context"
	"errors"

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
		if credentials.Code == noPermission { // user and key are right
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
		return withMessage(l, l.Say(spanRefused, span.Days), span.Code, span.Message)
	case errors.As(err, &network):
		return networkSentence(l, network)
	case errors.As(err, &bug):
		return l.Say(ownBug, foreignText(bug.Error()))
	case errors.Is(err, context.Canceled):
		return l.Say(stopped)
	case errors.Is(err, context.DeadlineExceeded):
		return l.Say(tookTooLong)
	}
	return foreignText(err.Error())
}

// Codes are the service's documented codes, each of which has its sentence.
func Codes() []int {
	return []int{501, 6001, 40000, 40001, 40002, 40003, 40004, 40005, 40006, 40007, 40008, 40009, 40010, 40011, 40012, 40013, 40014, 40015, 40016, 40301, 50000}
}

// noPermission is the code for a user who may not ask.
const noPermission = 6001

var serviceCodes = map[int]Sentence{
	501:   {"the service had an error of its own; try again in a minute", "服务端异常，请一分钟后重试"},
	6001:  {"this API user has no permission for the delivery query; ask the account's owner to grant it", "该 API_USER 没有查询投递回应的权限，请联系账号管理员开通"},
	40000: {"the service took this for a duplicate request; wait a moment and ask again", "服务端认为是重复请求，请稍等再查"},
	40001: {"the service says that start is empty; give --start a number from 0 on", "服务端提示 start 为空，请用 --start 指定从 0 开始的整数"},
	40002: {"the service refused start; give --start a number from 0 on", "服务端不接受 start 的值，请用 --start 指定从 0 开始的整数"},
	40003: {"the service says that limit is empty; give --limit a number from 1 to 100", "服务端提示 limit 为空，请用 --limit 指定 1 至 100 的整数"},
	40004: {"the service refused limit; give --limit a number from 1 to 100", "服务端不接受 limit 的值，请用 --limit 指定 1 至 100 的整数"},
	40005: {"authentication failed", "认证失败"},
	40006: {"the service refused days; give --days a whole number from 1 on", "服务端不接受 days 的值，请用 --days 指定大于 0 的整数"},
	40007: {"the service refused the start date; write --start-date as yyyy-MM-dd", "服务端不接受开始日期，请把 --start-date 写成 yyyy-MM-dd"},
	40008: {"the service refused the end date; write --end-date as yyyy-MM-dd", "服务端不接受结束日期，请把 --end-date 写成 yyyy-MM-dd"},
	40009: {"the service refused the query (its documentation does not describe this code); check the dates and the filters", "服务端拒绝了查询（文档未说明该返回码），请检查日期和查询条件"},
	40010: {"the service says that the list of api users is empty; give --api-users at least one", "服务端提示 apiUserList 为空，请用 --api-users 至少指定一个"},
	40011: {"the service says that the address is empty; give --email an address", "服务端提示 email 为空，请用 --email 指定收件地址"},
	40012: {"the service says that the address is malformed; check --email", "服务端提示收件地址格式错误，请检查 --email"},
	40013: {"the service refused a filter (its documentation does not describe this code); check status, sub-status and email ids", "服务端不接受某个查询条件（文档未说明该返回码），请检查状态、子状态和 emailId"},
	40014: {"the service says that the label id is empty; give --label-id a value", "服务端提示 labelId 为空，请用 --label-id 指定标签 ID"},
	40015: {"the service says that the label id is malformed; check --label-id", "服务端提示 labelId 格式错误，请检查 --label-id"},
	40016: {"the service says that the list of api users is malformed; check --api-users", "服务端提示 apiUserList 格式错误，请检查 --api-users"},
	40301: {"this API user does not exist", "该 API_USER 不存在"},
	50000: {"too many calls: the account's limit of calls a minute is used up", "调用过于频繁：账号每分钟的调用次数已用完"},
}

var (
	otherCode      = Sentence{"the service refused the query; check the filters, and try again later", "服务端拒绝了查询；请检查查询条件，稍后再试"}
	withWords      = Sentence{"%s (code %d: %s)", "%s（返回码 %d：%s）"}
	withCode       = Sentence{"%s (code %d)", "%s（返回码 %d）"}
	credentialsAt  = Sentence{"%s at %s: check the API user and key, and whether the base URL is of the account's region (地域)", "%s（主机 %s）：请核对 API_USER 和 API_KEY，并确认 base URL 与账号所在地域一致"}
	waitFor        = Sentence{"%s; wait %s and try again", "%s；请等待 %s 后重试"}
	waitAMinute    = Sentence{"%s; wait a minute, or lower --calls-per-minute", "%s；请等一分钟，或调低 --calls-per-minute"}
	rateLimited    = Sentence{"rate limited: the service asks for fewer calls", "已被限流：服务端要求降低调用频率"}
	ownPause       = Sentence{"calls are paused for a moment because the service said they are too frequent", "服务端提示调用过于频繁，已暂停调用"}
	serviceDown    = Sentence{"the service is down or overloaded (HTTP %d); try again in some minutes", "服务端故障或过载（HTTP %d），请几分钟后重试"}
	accessDenied   = Sentence{"access denied (HTTP %d) without an answer of the service: a proxy or firewall on the way refuses, or the base URL is wrong", "访问被拒绝（HTTP %d），且不是服务端的应答：可能是代理或防火墙拦截，或 base URL 不对"}
	notFound       = Sentence{"nothing there (HTTP 404): check the base URL, its prefix included (such as /apiv2 or /api)", "地址不存在（HTTP 404）：请检查服务地址 及其前缀（如 /apiv2 或 /api）"}
	otherHTTP      = Sentence{"the service answered with HTTP %d; check the base URL, and try again later", "服务端返回 HTTP %d；请检查服务地址，稍后再试"}
	saidQuoted     = Sentence{"%s (it said: %s)", "%s（原文：%s）"}
	ownBug         = Sentence{"a bug of the program itself (%s): please report it", "程序自身的错误（%s），请反馈"}
	stopped        = Sentence{"stopped", "已停止"}
	tookTooLong    = Sentence{"it took too long; try again, or narrow the query", "用时过长；请重试，或缩小查询范围"}
	totalUntold    = Sentence{"%s tells no total that can be true: nothing can be counted without reading it; a in the table, or list --all, reads every row", "%s 没有给出可信的总数，不读取就无法统计：在表格中按 a，或用 list --all 读取全部"}
	foreignFrom    = Sentence{"%s (from %s)", "%s（来自 %s）"}
	foreignHTTP    = Sentence{"%s (HTTP %d from %s)", "%s（%[3]s 返回 HTTP %[2]d）"}
	redirected     = Sentence{"redirected to %s, and the key is not sent there: set the base URL to the right address, or log in to the proxy first", "被重定向到 %s，密钥不会发往那里：请改正 base URL，或先登录代理"}
	redirectedDark = Sentence{"redirected, and the key is not sent along: check the base URL, or log in to the proxy first", "被重定向，密钥不会发往那里：请检查服务地址，或先登录代理"}
)

var foreignAnswers = map[sendcloud.Answer]Sentence{
	sendcloud.AnswerHTML:     {"HTML came instead of an answer of the service: likely a proxy's login page, or a wrong base URL", "收到的是 HTML 网页，不是服务端的应答：多半是代理的登录页，或 base URL 不对"},
	sendcloud.AnswerEmpty:    {"an empty answer came: likely a proxy or load balancer on the way, or a wrong base URL; try again", "收到空应答：多半是中间的代理或负载均衡，或 base URL 不对；请重试"},
	sendcloud.AnswerTooLarge: {"the answer was too large (over 64 MiB) and was not read: likely not this service; check the base URL", "应答过大（超过 64 MiB），未读取：多半不是该服务；请检查服务地址"},
	sendcloud.AnswerCutOff:   {"the answer was cut off on the way: the line is bad or a proxy broke it; try again", "应答不完整，中途被截断：线路不稳或代理中断；请重试"},
	sendcloud.AnswerNotJSON:  {"what came is not JSON: likely a proxy on the way, or a wrong base URL", "收到的不是 JSON：多半是中间的代理，或 base URL 不对"},
	sendcloud.AnswerShape:    {"the answer is JSON, but not of this service: check the base URL, its prefix included", "收到的是 JSON，但不是该服务的应答：请检查服务地址 及其前缀"},
}

var networkProblems = map[sendcloud.NetworkProblem]Sentence{
	sendcloud.HostNotFound:     {"the host %s was not found: check the base URL and the DNS of this machine", "找不到主机 %s：请检查服务地址 和本机 DNS"},
	sendcloud.Refused:          {"%s refused the connection: check the base URL and its port, and whether a proxy is needed", "%s 拒绝连接：请检查服务地址 和端口，以及是否需要代理"},
	sendcloud.TimedOut:         {"%s did not answer in time: check the network or firewall, and try again", "%s 超时未应答：请检查网络或防火墙，然后重试"},
	sendcloud.Reset:            {"the connection to %s was cut: try again; if it stays, a firewall or proxy cuts it", "与 %s 的连接被中断：请重试；若仍如此，可能是防火墙或代理所致"},
	sendcloud.TLSFailed:        {"no secure connection to %s: its certificate is not accepted here; check the base URL, the clock of this machine, and whether a proxy stands between", "无法与 %s 建立安全连接：证书不被信任；请检查服务地址、本机时间，以及中间是否有代理"},
	sendcloud.ProxyDown:        {"the proxy on the way to %s does not answer: check HTTPS_PROXY, or add the host to NO_PROXY", "去往 %s 的代理没有应答：请检查 HTTPS_PROXY，或把该主机加入 NO_PROXY"},
	sendcloud.ProxyPassword:    {"the proxy on the way to %s wants a user and a password: write them into HTTPS_PROXY as http://USER:PASSWORD@PROXY:PORT", "去往 %s 的代理要求用户名和密码：请在 HTTPS_PROXY 中写成 http://用户:密码@代理:端口"},
	sendcloud.ProxyRefused:     {"the proxy on the way to %s refuses to connect there: ask who runs it to allow the host", "去往 %s 的代理拒绝连接该主机：请联系代理管理员放行"},
	sendcloud.ProxyMalformed:   {"HTTPS_PROXY is not the address of a proxy, so %s was not asked: write it as http://PROXY:PORT", "HTTPS_PROXY 不是有效的代理地址，未能访问 %s：请写成 http://代理:端口"},
	sendcloud.NotTLS:           {"%s does not speak TLS on this port: check the port of the base URL", "%s 的该端口不支持 TLS：请检查服务地址 的端口"},
	sendcloud.TLSVersion:       {"%s and this program have no TLS version in common (1.2 or newer is needed): a proxy or an old server stands between", "%s 与本程序没有共同的 TLS 版本（需要 1.2 或更新）：中间可能有代理或旧服务器"},
	sendcloud.UnknownAuthority: {"the certificate of %s comes from an authority that is not known here: where it is your company's own, name its file in SSL_CERT_FILE; else a proxy may stand between", "%s 的证书由本机不认识的机构签发：若是公司自己的机构，请用 SSL_CERT_FILE 指定其证书文件；否则中间可能有代理"},
	sendcloud.Unreachable:      {"%s cannot be reached: check the network of this machine and whether a proxy is needed", "无法连接 %s：请检查本机网络，以及是否需要代理"},
}

var configReasons = map[sendcloud.ConfigReason]Sentence{
	sendcloud.ConfigMissing:    {"the %s is missing", "缺少 %s"},
	sendcloud.ConfigNotURL:     {"the %s is not a URL; write it as https://host/prefix", "%s 不是网址，请写成 https://主机/前缀"},
	sendcloud.ConfigNotHTTPS:   {"the %s has to begin with https:// (http is for a loopback host alone): the key would travel in the clear", "%s 必须以 https:// 开头（只有本机回环地址可用 http），否则密钥会明文传输"},
	sendcloud.ConfigUserInfo:   {"the %s holds a user or password; leave the part before @ out", "%s 里含有用户名或密码，请去掉 @ 之前的部分"},
	sendcloud.ConfigQuery:      {"the %s holds a query; leave ? and all behind it out", "%s 里含有查询串，请去掉 ? 及其后的内容"},
	sendcloud.ConfigFragment:   {"the %s holds a fragment; leave # and all behind it out", "%s 里含有片段，请去掉 # 及其后的内容"},
	sendcloud.ConfigBadText:    {"the %s holds a blank, a line break or an invisible character; copy it again without", "%s 含有空格、换行或不可见字符，请重新复制，去掉这些字符"},
	sendcloud.ConfigOutOfRange: {"%s has to be a number from %d to %d", "%s 必须是 %d 至 %d 的整数"},
}

var settings = map[sendcloud.Setting]Sentence{
	sendcloud.SettingBaseURL:        {"base URL", "base URL"},
	sendcloud.SettingAPIUser:        {"API user", "API_USER"},
	sendcloud.SettingAPIKey:         {"API key", "API_KEY"},
	sendcloud.SettingCallsPerMinute: {"calls per minute", "每分钟调用次数"},
	sendcloud.SettingWindowDays:     {"window_days", "window_days"},
	sendcloud.SettingLookbackDays:   {"lookback_days", "lookback_days"},
}

func codeSentence(l Lang, code int) string {
	if s, ok := serviceCodes[code]; ok {
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
	var s string
	switch {
	case e.HTTPStatus >= 500:
		s = l.Say(serviceDown, e.HTTPStatus)
	case e.HTTPStatus == 401 || e.HTTPStatus == 403 || e.HTTPStatus == 407:
		s = l.Say(accessDenied, e.HTTPStatus)
	case e.HTTPStatus == 404:
		s = l.Say(notFound)
	default:
		s = l.Say(otherHTTP, e.HTTPStatus)
	}
	return withMessage(l, s, 0, e.Message)
}

func foreignSentence(l Lang, e *sendcloud.NotServiceError) string {
	if e.Answer == sendcloud.AnswerRedirect {
		s := l.Say(redirectedDark)
		if e.Location != "" {
			s = l.Say(redirected, foreignText(e.Location))
		}
		return fromHost(l, s, e)
	}
	if e.HTTPStatus >= 400 { // that says more about the cause than the form of the page
		return l.Say(foreignFrom, serviceSentence(l, &sendcloud.ServiceError{HTTPStatus: e.HTTPStatus}), foreignText(e.Host))
	}
	return fromHost(l, l.Say(foreignAnswers[e.Answer]), e)
}

// fromHost adds who answered; what is no HTTP has no status.
func fromHost(l Lang, s string, e *sendcloud.NotServiceError) string {
	if e.HTTPStatus == 0 {
		return l.Say(foreignFrom, s, foreignText(e.Host))
	}
	return l.Say(foreignHTTP, s, e.HTTPStatus, foreignText(e.Host))
}

func networkSentence(l Lang, e *sendcloud.NetworkError) string {
	s, ok := networkProblems[e.Problem]
	if !ok {
		s = networkProblems[sendcloud.Unreachable]
	}
	return l.Say(s, foreignText(e.Host))
}

func settingSentence(l Lang, e *sendcloud.ConfigError) string {
	name := l.Say(settings[e.Setting])
	if e.Reason == sendcloud.ConfigOutOfRange {
		return l.Say(configReasons[e.Reason], name, e.Min, e.Max)
	}
	return l.Say(configReasons[e.Reason], name)
}

func foreignText(s string) string {
	return cell.Style{}.Cut(s, maxForeign)
}

var (
	totalWithoutRows = Sentence{"the service says that there are %s rows and gave none of them; ask again, and tell SendCloud if it stays so", "服务端称共有 %s 行，却一行也没有给出；请重新查询，仍然如此请联系 SendCloud"}
	spanRefused      = Sentence{"the service refuses the span, also in windows of %d days: set window_days in the profile to what one call may span", "服务端拒绝该时间跨度，按 %d 天一段查询也被拒绝：请在 profile 中把 window_days 设为一次调用允许的天数"}
)
