package words

import (
	"errors"
	"strconv"
	"unicode"
	"unicode/utf8"

	"bounceboard/sendcloud"
)

var problems = map[sendcloud.NetworkProblem]Sentence{
	sendcloud.HostNotFound: {"host not found", "找不到主机"},
	sendcloud.Refused:      {"connection refused", "连接被拒"},
	sendcloud.TimedOut:     {"no answer in time", "超时未应答"},
	sendcloud.Reset:        {"connection cut", "连接中断"},
	sendcloud.TLSFailed:    {"TLS failed", "TLS 失败"},
}

var (
	tooFast   = Sentence{"too many calls", "调用过于频繁"}
	oddAnswer = Sentence{"unusable answer", "应答无法使用"}
	anyReason = Sentence{"no answer", "没有应答"}
)

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
		if s, ok := problems[network.Problem]; ok {
			return l.Say(s)
		}
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

// Capital is a sentence with its first letter in upper case.
func Capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}
