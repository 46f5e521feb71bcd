package sendcloud

import (
	"errors"
	"fmt"
	"net/http"
	"time"
)

// Reason says what is wrong with a parameter; package words makes it a sentence.
type Reason string

const (
	NotADate         Reason = "not a date"           // cure: yyyy-MM-dd, today, -3d
	HalfDates        Reason = "half a date pair"     // cure: give the other one too
	EndBeforeStart   Reason = "end before start"     //
	DaysWithDates    Reason = "days and dates"       // cure: one of the two
	SpanTooLong      Reason = "over the look-back"   // Limit holds the days that may be asked
	TooFarBack       Reason = "before the look-back" // Limit holds the days that may be asked
	InTheFuture      Reason = "in the future"
	OutOfRange       Reason = "out of range" // Min and Limit hold the bounds
	UnknownWord      Reason = "unknown"      // a status or sub-status that does not exist
	MalformedAddress Reason = "malformed address"
	Empty            Reason = "empty"
	BadListItem      Reason = "separator in an item"   // `;` or a blank inside
	Contradiction    Reason = "can match nothing"      // e.g. status delivered with sub-status 406
	RefusedByService Reason = "refused by the service" // Code and Message hold its words
)

// ParameterError is a value refused before any call, or (RefusedByService) by the service.
type ParameterError struct {
	Param   Param
	Value   string
	Reason  Reason
	Min     int
	Limit   int    // RefusedByService: so many days of one call were refused; cure: window_days
	Code    int    // the service's code, 0 when no call was made
	Message string // the service's words
}

func (e *ParameterError) Error() string {
	return fmt.Sprintf("%s %q: %s (%d) %s", e.Param, e.Value, e.Reason, e.Code, e.Message)
}

// Setting names a field of Config.
type Setting string

const (
	SettingBaseURL        Setting = "base URL"
	SettingAPIUser        Setting = "API user"
	SettingAPIKey         Setting = "API key"
	SettingCallsPerMinute Setting = "calls per minute"
	SettingWindowDays     Setting = "window days"
	SettingLookbackDays   Setting = "look-back days"
)

// ConfigReason says what is wrong with a setting.
type ConfigReason string

const (
	ConfigMissing    ConfigReason = "missing"
	ConfigNotURL     ConfigReason = "not a URL"                    // cure: https://host/prefix
	ConfigNotHTTPS   ConfigReason = "not https"                    // http is for a loopback host alone: the key would go in the clear
	ConfigUserInfo   ConfigReason = "user info in the URL"         // cure: leave user:password@ out
	ConfigQuery      ConfigReason = "a query in the URL"           // cure: leave out ? and all after it
	ConfigFragment   ConfigReason = "a fragment in the URL"        // cure: leave out # and all after it
	ConfigBadText    ConfigReason = "a blank or control character" // a line end after a pasted key
	ConfigOutOfRange ConfigReason = "out of range"                 // Min and Max hold the bounds
)

// ConfigError is a setting with which no call can work. It holds no secret.
type ConfigError struct {
	Setting Setting
	Reason  ConfigReason
	Value   string // empty for the user, the key and what is no URL
	Min     int
	Max     int
}

func (e *ConfigError) Error() string { return fmt.Sprintf("%s %s: %s", e.Setting, e.Value, e.Reason) }

// CredentialsError says that the service refused the user or the key; it does so at the host of another region as well.
type CredentialsError struct {
	Code    int
	Message string
	Host    string
}

func (e *CredentialsError) Error() string {
	return fmt.Sprintf("credentials refused by %s (%d), or the wrong region", e.Host, e.Code)
}

// RateLimitError says that the account's calls are used up for now.
type RateLimitError struct {
	RetryAfter time.Duration // how long to wait; 0 when the service did not say
	Code       int           // 50000 or 429; 0 when this process pauses and made no call
}

func (e *RateLimitError) Error() string {
	return fmt.Sprintf("rate limited (%d), wait %s", e.Code, e.RetryAfter)
}

// ServiceError is any other refusal by the service itself.
type ServiceError struct {
	Code       int // the service's code, 0 when the HTTP status is all there is
	HTTPStatus int
	Message    string
}

func (e *ServiceError) Error() string {
	return fmt.Sprintf("service error %d (HTTP %d): %s", e.Code, e.HTTPStatus, e.Message)
}

// Answer says what came instead of an answer of the service.
type Answer string

const (
	AnswerHTML     Answer = "HTML" // a proxy, a login page
	AnswerEmpty    Answer = "empty"
	AnswerTooLarge Answer = "too large"
	AnswerCutOff   Answer = "cut off"
	AnswerNotJSON  Answer = "not JSON"
	AnswerShape    Answer = "wrong shape" // JSON, but not this service's
	AnswerRedirect Answer = "redirect"    // Location holds where to, without its query
)

// NotServiceError says that what answered is not this service.
type NotServiceError struct {
	Answer     Answer
	HTTPStatus int
	Host       string
	Location   string
}

func (e *NotServiceError) Error() string {
	return fmt.Sprintf("%s answered with something else: %s (HTTP %d) %s", e.Host, e.Answer, e.HTTPStatus, e.Location)
}

// TotalError says that the total cannot be used: the service told none, or it told of rows and gave none of them.
type TotalError struct {
	Total int // of the rows that it does not give; 0: it told none that can be read
	Host  string
}

func (e *TotalError) Error() string {
	return fmt.Sprintf("%s announced an untrue total (%d)", e.Host, e.Total)
}

// NetworkError says that no answer came. Err is the text of what happened, without secrets.
type NetworkError struct {
	Problem NetworkProblem
	Host    string
	Err     error
}

func (e *NetworkError) Error() string { return fmt.Sprintf("%s: %s: %v", e.Host, e.Problem, e.Err) }

func (e *NetworkError) Unwrap() error { return e.Err }

// PanicError is a bug of ours: a panic in a goroutine of this package.
type PanicError struct {
	Value any
	Stack []byte // the stack of the goroutine that panicked
}

func (e *PanicError) Error() string { return fmt.Sprintf("panic: %v", e.Value) }

// The service's codes that mean: try again later.
const (
	codeServerException = 501
	codeDuplicate       = 40000 // also the answer to a call that is tried again
	codeTooFrequent     = 50000
)

// Retryable reports whether the same call can succeed later without anybody changing anything.
func Retryable(err error) bool {
	var (
		service *ServiceError
		foreign *NotServiceError
		network *NetworkError
	)
	switch {
	case errors.As(err, &service):
		return service.Code == codeServerException || service.Code == codeDuplicate || service.HTTPStatus >= http.StatusInternalServerError
	case errors.As(err, &foreign):
		return foreign.Answer == AnswerCutOff
	case errors.As(err, &network):
		return !network.Problem.lasting()
	}
	return errors.As(err, new(*RateLimitError))
}

// refusedParams are the parameters that the service's codes blame (documented).
var refusedParams = map[int]Param{
	40001: ParamStart, 40002: ParamStart, 40003: ParamLimit, 40004: ParamLimit, 40006: ParamDays, 40007: ParamStartDate,
	40008: ParamEndDate, 40009: ParamLabelID, 40010: ParamAPIUsers, 40011: ParamEmail, 40012: ParamEmail,
	40014: ParamLabelID, 40015: ParamLabelID, 40016: ParamAPIUsers,
}

// refusal makes the service's code the error that callers react to. Value looks up what was sent for a parameter.
func refusal(code, httpStatus int, message, host string, value func(Param) string) error {
	param, blamed := refusedParams[code]
	switch {
	case blamed:
		return &ParameterError{Param: param, Value: value(param), Reason: RefusedByService, Code: code, Message: message}
	case code == 40005 || code == 40301 || code == 6001:
		return &CredentialsError{Code: code, Message: message, Host: host}
	case code == codeTooFrequent:
		return &RateLimitError{Code: code}
	}
	return &ServiceError{Code: code, HTTPStatus: httpStatus, Message: message}
}
