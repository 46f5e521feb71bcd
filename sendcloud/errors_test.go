package sendcloud

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
)

// Every code of the documentation, and what belongs to it.
func TestRefusal(t *testing.T) {
	value := func(p Param) string { return "sent as " + string(p) }
	parameter := func(p Param) func(code int) error {
		return func(code int) error {
			return &ParameterError{Param: p, Value: "sent as " + string(p), Reason: RefusedByService, Code: code, Message: "不"}
		}
	}
	credentials := func(code int) error { return &CredentialsError{Code: code, Message: "不", Host: "h"} }
	general := func(code int) error { return &ServiceError{Code: code, HTTPStatus: 200, Message: "不"} }
	for code, want := range map[int]func(int) error{
		40000: general, 40001: parameter(ParamStart), 40002: parameter(ParamStart), 40003: parameter(ParamLimit), 40004: parameter(ParamLimit),
		40005: credentials, 40006: parameter(ParamDays), 40007: parameter(ParamStartDate), 40008: parameter(ParamEndDate), 40009: parameter(ParamLabelID),
		40010: parameter(ParamAPIUsers), 40011: parameter(ParamEmail), 40012: parameter(ParamEmail), 40013: general,
		40017: general, 40014: parameter(ParamLabelID), 40015: parameter(ParamLabelID), 40016: parameter(ParamAPIUsers),
		40301: credentials, 6001: credentials, 501: general, 50000: func(code int) error { return &RateLimitError{Code: code} },
		0: general, 1: general, 200: general, 99999: general,
	} {
		require.Equal(t, want(code), refusal(code, 200, "不", "h", value), "%d", code)
	}
}

func TestRetryable(t *testing.T) {
	for _, err := range []error{
		&RateLimitError{}, &ServiceError{Code: 501}, &ServiceError{HTTPStatus: 500}, &ServiceError{HTTPStatus: 503, Code: 7}, &NotServiceError{Answer: AnswerCutOff},
		&NetworkError{Problem: Reset}, &NetworkError{Problem: TimedOut}, &NetworkError{Problem: HostNotFound}, &NetworkError{Problem: Refused}, &NetworkError{Problem: Unreachable},
		fmt.Errorf("page 3: %w", &RateLimitError{}), &ServiceError{Code: 40000, HTTPStatus: 200},
	} {
		require.True(t, Retryable(err), "%#v", err)
	}
	for _, err := range []error{
		nil, context.Canceled, fmt.Errorf("any"), &CredentialsError{}, &ParameterError{}, &ConfigError{}, &ServiceError{Code: 40299, HTTPStatus: 200}, &ServiceError{HTTPStatus: 404},
		&NotServiceError{Answer: AnswerHTML}, &NotServiceError{Answer: AnswerEmpty, HTTPStatus: 403}, &NotServiceError{Answer: AnswerRedirect}, &NotServiceError{Answer: AnswerTooLarge},
		&NetworkError{Problem: TLSFailed},
	} {
		require.False(t, Retryable(err), "%#v", err)
	}
}
