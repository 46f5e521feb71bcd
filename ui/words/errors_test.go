package words

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/stretchr/testify/require"

	"bounceboard/sendcloud"
)

// documented are the codes of the service's documentation, and the two it
// leaves undescribed.
var documented = []int{40000, 40001, 40002, 40003, 40004, 40005, 40006, 40007, 40008, 40009, 40010, 40011, 40012, 40013, 40014, 40015, 40016, 40301, 6001, 501, 50000}

func answerCodesDocumented() []string {
	var codes []string
	for _, code := range documented {
		codes = append(codes, strconv.Itoa(code))
	}
	return codes
}

func chinese(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}

func TestEveryCodeHasItsSentenceInBothLanguages(t *testing.T) {
	for _, code := range documented {
		en, zh := codeSentence(English, code), codeSentence(Chinese, code)
		require.NotEqual(t, English.Say(otherCode), en, "code %d has no sentence", code)
		require.False(t, chinese(en), en)
		require.True(t, chinese(zh), zh)
	}
	for _, l := range []Lang{English, Chinese} {
		require.Contains(t, Error(l, &sendcloud.ServiceError{Code: 41234}), "41234")
	}
}

// everyError is one of each kind that the client can answer with.
func everyError() []error {
	all := []error{
		&sendcloud.TotalError{Total: 5, Host: "h"}, &sendcloud.ParameterError{Reason: sendcloud.RefusedByService, Limit: 3, Code: 40009, Message: "原话"},
		&sendcloud.RateLimitError{Code: 50000}, &sendcloud.RateLimitError{Code: 429, RetryAfter: 20 * time.Second}, &sendcloud.RateLimitError{RetryAfter: time.Minute},
		context.Canceled, fmt.Errorf("asking: %w", context.DeadlineExceeded),
	}
	for _, code := range append([]int{40099}, documented...) {
		all = append(all,
			&sendcloud.ServiceError{Code: code, HTTPStatus: 200, Message: "原话"},
			&sendcloud.ParameterError{Param: sendcloud.ParamEmail, Value: "v", Reason: sendcloud.RefusedByService, Code: code, Message: "原话"},
			&sendcloud.CredentialsError{Code: code, Host: "api.example.com"})
	}
	for _, status := range []int{301, 400, 401, 403, 404, 407, 418, 500, 502, 503, 504} {
		all = append(all, &sendcloud.ServiceError{HTTPStatus: status})
		for _, answer := range []sendcloud.Answer{sendcloud.AnswerHTML, sendcloud.AnswerEmpty, sendcloud.AnswerTooLarge, sendcloud.AnswerCutOff, sendcloud.AnswerNotJSON, sendcloud.AnswerShape, sendcloud.AnswerRedirect} {
			all = append(all, &sendcloud.NotServiceError{Answer: answer, HTTPStatus: status, Host: "api.example.com"})
		}
	}
	for _, problem := range []sendcloud.NetworkProblem{sendcloud.HostNotFound, sendcloud.Refused, sendcloud.TimedOut, sendcloud.Reset, sendcloud.TLSFailed, sendcloud.Unreachable,
		sendcloud.ProxyDown, sendcloud.ProxyPassword, sendcloud.ProxyRefused, sendcloud.ProxyMalformed, sendcloud.NotTLS, sendcloud.TLSVersion, sendcloud.UnknownAuthority} {
		all = append(all, &sendcloud.NetworkError{Problem: problem, Host: "api.example.com", Err: errors.New("detail")})
	}
	for _, setting := range []sendcloud.Setting{sendcloud.SettingBaseURL, sendcloud.SettingAPIUser, sendcloud.SettingAPIKey, sendcloud.SettingCallsPerMinute, sendcloud.SettingWindowDays, sendcloud.SettingLookbackDays} {
		for _, reason := range []sendcloud.ConfigReason{sendcloud.ConfigMissing, sendcloud.ConfigNotURL, sendcloud.ConfigNotHTTPS, sendcloud.ConfigUserInfo, sendcloud.ConfigQuery, sendcloud.ConfigFragment, sendcloud.ConfigBadText, sendcloud.ConfigOutOfRange} {
			all = append(all, &sendcloud.ConfigError{Setting: setting, Reason: reason, Min: 1, Max: 92})
		}
	}
	return all
}

func TestEveryErrorIsOneSentenceInBothLanguages(t *testing.T) {
	for _, err := range everyError() {
		for _, wrapped := range []error{err, fmt.Errorf("page 3: %w", err)} {
			en, zh := Error(English, wrapped), Error(Chinese, wrapped)
			require.NotEmpty(t, en, "%#v", err)
			require.False(t, chinese(strings.NewReplacer("原话", "", "地域", "").Replace(en)), en)
			require.True(t, chinese(strings.ReplaceAll(zh, "原话", "")), zh)
			for _, s := range []string{en, zh} {
				require.NotContains(t, s, "%!", s)
				require.NotContains(t, s, "\n", s)
				require.NotRegexp(t, `[;；] *$|^[;；]`, s)
			}
		}
	}
}

func TestErrorsTellTheCauseAndTheCure(t *testing.T) {
	for _, c := range []struct {
		err  error
		want []string
	}{
		{&sendcloud.CredentialsError{Code: 40005, Host: "api.example.com"}, []string{"user", "key", "region (地域)", "api.example.com"}},
		{&sendcloud.RateLimitError{Code: 429, RetryAfter: 20 * time.Second}, []string{"20 s"}},
		{&sendcloud.ServiceError{HTTPStatus: 503}, []string{"down", "503", "again"}},
		{&sendcloud.ServiceError{HTTPStatus: 403}, []string{"403", "proxy"}},
		{&sendcloud.NotServiceError{Answer: sendcloud.AnswerHTML, HTTPStatus: 200, Host: "h"}, []string{"HTML", "login page", "base URL"}},
		{&sendcloud.NotServiceError{Answer: sendcloud.AnswerNotJSON, Host: "h"}, []string{"(from h)"}},
		{&sendcloud.PanicError{Value: "boom"}, []string{"bug", "boom", "report"}},
		{&sendcloud.NotServiceError{Answer: sendcloud.AnswerRedirect, HTTPStatus: 302, Location: "https://login.example.com/"}, []string{"https://login.example.com/", "302"}},
		{&sendcloud.NetworkError{Problem: sendcloud.HostNotFound, Host: "nowhere.example"}, []string{"nowhere.example", "DNS"}},
		{&sendcloud.NetworkError{Problem: sendcloud.TLSFailed, Host: "h"}, []string{"certificate", "clock"}},
	} {
		for _, want := range c.want {
			require.Contains(t, Error(English, c.err), want)
		}
	}
}

// A page with an error status is one sentence about one cause.
func TestAForeignPageThatRefusesIsOneSentence(t *testing.T) {
	for _, status := range []int{401, 403, 407} {
		e := &sendcloud.NotServiceError{Answer: sendcloud.AnswerHTML, HTTPStatus: status, Host: "api.example.com"}
		require.Equal(t, fmt.Sprintf("access denied (HTTP %d) without an answer of the service: a proxy or firewall on the way refuses, "+
			"or the base URL is wrong (from api.example.com)", status), Error(English, e))
		require.NotContains(t, Error(Chinese, e), "；")
	}
}

func TestStrangersTextIsHarmlessInASentence(t *testing.T) {
	hostile := "\x1b]52;c;aGk=\x07\r\n\u202e\u009b31m\xff" + strings.Repeat("long ", 1000)
	for _, err := range []error{
		&sendcloud.ServiceError{Code: 40000, Message: hostile},
		&sendcloud.CredentialsError{Code: 40005, Message: hostile, Host: hostile},
		&sendcloud.NotServiceError{Answer: sendcloud.AnswerRedirect, Location: hostile, Host: hostile},
		&sendcloud.NetworkError{Problem: sendcloud.Refused, Host: hostile},
		&sendcloud.ParameterError{Param: sendcloud.ParamEmail, Value: hostile, Reason: sendcloud.MalformedAddress},
		errors.New(hostile),
	} {
		for _, l := range []Lang{English, Chinese} {
			s := Error(l, err)
			require.NotRegexp(t, regexp.MustCompile(`[\x00-\x1f\x7f\x{80}-\x{9f}\x{202e}]`), s)
			require.Less(t, len(s), 2000, "a sentence quotes a stranger without end")
		}
	}
}
