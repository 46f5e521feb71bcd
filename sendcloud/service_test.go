package sendcloud

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"bounceboard/sendcloud/sendcloudtest"
)

// simulated starts a service and a client of it.
func simulated(t *testing.T, o sendcloudtest.Options) (*sendcloudtest.Server, *Client) {
	t.Helper()
	srv, err := sendcloudtest.Start(o)
	require.NoError(t, err)
	t.Cleanup(srv.Close)
	user, key := srv.Credentials()
	c, err := New(Config{BaseURL: srv.URL, APIUser: user, APIKey: key, CallsPerMinute: 3000})
	require.NoError(t, err)
	t.Cleanup(c.transport.(*http.Transport).CloseIdleConnections)
	return srv, c
}

func week(more ...string) url.Values {
	v := url.Values{"days": {"7"}}
	for i := 0; i < len(more); i += 2 {
		v.Set(more[i], more[i+1])
	}
	return v
}

// Every open point of the service, played every way, is read alike: what the
// server knows to be true.
func TestServiceSwitches(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	var all sendcloudtest.Options
	for _, s := range all.Switches() {
		for _, value := range s.Values {
			t.Run(s.Name+"="+value, func(t *testing.T) {
				o := sendcloudtest.Options{Records: 2000, Seed: 7}
				for _, mine := range o.Switches() {
					if mine.Name == s.Name {
						require.NoError(t, mine.Set(value))
					}
				}
				agree(t, o, s.Name == "times")
			})
		}
	}
	for name, o := range map[string]sendcloudtest.Options{
		"success code": {SuccessCode: 40299},
		"the twin":     {Words: sendcloudtest.WordsEnglish, SubStatus: sendcloudtest.AsNumber, WindowDays: 3},
		"all at once": {Total: sendcloudtest.AsMixed, SubStatus: sendcloudtest.AsMixed, Words: sendcloudtest.WordsMixed, Desc: sendcloudtest.DescMixed,
			NoSubStatus: sendcloudtest.SubMissing, ExtraKeys: sendcloudtest.ExtraTyped, Empty: sendcloudtest.EmptyMissing},
	} {
		t.Run(name, func(t *testing.T) {
			o.Records, o.Seed = 2000, 7
			agree(t, o, false)
		})
	}
}

// agree compares a page and an empty page with the truth.
func agree(t *testing.T, o sendcloudtest.Options, oddTimes bool) {
	t.Helper()
	now := time.Date(2026, 11, 30, 12, 0, 0, 0, Zone)
	o.Now = func() time.Time { return now } // so that no row changes meanwhile, and all rows of the span are on one page
	srv, c := simulated(t, o)
	truth := map[string]sendcloudtest.Record{}
	for r := range srv.Records() {
		truth[r.EmailID] = r
	}
	span := url.Values{"days": {"3"}, "limit": {"100"}}
	want, err := srv.Count(span)
	require.NoError(t, err)
	require.True(t, want > 50 && want <= 100, "%d rows", want)

	a, err := c.ask(t.Context(), span, false, func(Event) {})
	require.NoError(t, err)
	require.Equal(t, want, a.total)
	require.Len(t, a.records, min(want, 100))
	for _, r := range a.records {
		tr, ok := truth[r.EmailID]
		require.True(t, ok, "%q is no record of the service", r.EmailID)
		require.Equal(t, Status(tr.Status), r.Status, "%q", r.StatusText)
		require.Equal(t, SubStatus(tr.SubStatus), r.SubStatus, "%q", r.SubStatusText)
		require.Equal(t, tr.SubStatus != 0, r.SubStatusDesc != "", "a description where there is a code: %+v", r)
		require.Equal(t, []string{tr.Recipient, tr.APIUser, tr.SendLog}, []string{r.Recipients, r.APIUser, r.SendLog})
		if !oddTimes || !r.RequestTime.IsZero() {
			require.Equal(t, tr.Requested.Unix(), r.RequestTime.Unix(), "%s is not %s", r.RequestTime, tr.Requested)
		}
		require.Equal(t, 8*60*60, offset(r.RequestTime, 8*60*60))
	}

	a, err = c.ask(t.Context(), url.Values{"days": {"1"}, "email": {"nobody@example.com"}}, false, func(Event) {})
	require.NoError(t, err)
	require.Zero(t, a.total)
	require.Empty(t, a.records)
}

func offset(at time.Time, none int) int {
	if at.IsZero() {
		return none
	}
	_, seconds := at.Zone()
	return seconds
}

// Every fault is survived, or told as what it is.
func TestServiceFaults(t *testing.T) {
	foreign := func(a Answer, status int) func(t *testing.T, err error) {
		return func(t *testing.T, err error) {
			var e *NotServiceError
			require.ErrorAs(t, err, &e)
			require.Equal(t, a, e.Answer)
			require.Equal(t, status, e.HTTPStatus)
		}
	}
	fine := func(t *testing.T, err error) { require.NoError(t, err) }
	faults := map[sendcloudtest.Fault]struct {
		check func(*testing.T, error)
		calls int
	}{
		sendcloudtest.Fault5xx:      {fine, 2},
		sendcloudtest.FaultReset:    {fine, 2},
		sendcloudtest.FaultServer:   {fine, 2},
		sendcloudtest.Fault429:      {fine, 2},
		sendcloudtest.FaultCut:      {fine, 2},
		sendcloudtest.FaultDelay:    {fine, 1},
		sendcloudtest.FaultBOM:      {fine, 1},
		sendcloudtest.FaultUTF8:     {fine, 1},
		sendcloudtest.FaultHostile:  {fine, 1},
		sendcloudtest.FaultNulls:    {fine, 1},
		sendcloudtest.FaultHTML:     {foreign(AnswerHTML, 200), 1},
		sendcloudtest.Fault401:      {foreign(AnswerHTML, 401), 1},
		sendcloudtest.Fault403:      {foreign(AnswerHTML, 403), 1},
		sendcloudtest.FaultNull:     {foreign(AnswerShape, 200), 1},
		sendcloudtest.FaultList:     {foreign(AnswerShape, 200), 1},
		sendcloudtest.FaultEmpty:    {foreign(AnswerEmpty, 200), 1},
		sendcloudtest.FaultRedirect: {foreign(AnswerRedirect, 307), 1},
		// Those below take long: TestRetryWhatPasses has them on a fake clock.
		sendcloudtest.FaultHang:      {nil, 0},
		sendcloudtest.FaultFrequency: {nil, 0},
	}
	for _, fault := range sendcloudtest.KnownFaults() {
		want, known := faults[fault]
		require.True(t, known, "a fault that this test does not know: %s", fault)
		if want.check == nil {
			continue
		}
		t.Run(string(fault), func(t *testing.T) {
			t.Parallel()
			srv, c := simulated(t, sendcloudtest.Options{Records: 300, Seed: 7, Delay: 10 * time.Millisecond})
			srv.Script(1, fault)
			a, err := c.ask(t.Context(), week("limit", "20"), false, func(Event) {})
			want.check(t, err)
			require.Equal(t, want.calls, srv.CallCount())
			if err == nil {
				total, err := srv.Count(week())
				require.NoError(t, err)
				require.Equal(t, total, a.total)
				require.Len(t, a.records, min(total, 20), "no row is dropped")
			}
			for _, call := range srv.Calls() {
				require.Equal(t, "POST", call.Method)
				require.False(t, call.KeyInURL)
				require.Equal(t, "bounceboard/dev", call.UserAgent)
			}
		})
	}
}

func TestServiceHangEndsWithContext(t *testing.T) {
	srv, c := simulated(t, sendcloudtest.Options{Records: 10})
	srv.Script(1, sendcloudtest.FaultHang)
	ctx, cancel := context.WithCancel(t.Context())
	_, err := c.ask(ctx, week(), false, func(e Event) {
		if e.Kind == Calling {
			time.AfterFunc(20*time.Millisecond, cancel)
		}
	})
	require.ErrorIs(t, err, context.Canceled)
}

// Refusals, with each HTTP status that can carry them.
func TestServiceRefusals(t *testing.T) {
	for _, status := range []int{200, 400, 401, 403} {
		srv, c := simulated(t, sendcloudtest.Options{Records: 10, FailureHTTP: status})
		for name, tt := range map[string]struct {
			params url.Values
			want   error
		}{
			"days":       {url.Values{"days": {"x"}}, &ParameterError{Param: ParamDays, Value: "x", Code: 40006}},
			"start date": {url.Values{"startDate": {"x"}, "endDate": {"2026-11-01"}}, &ParameterError{Param: ParamStartDate, Value: "x", Code: 40007}},
			"end date":   {url.Values{"startDate": {"2026-11-01"}, "endDate": {"x"}}, &ParameterError{Param: ParamEndDate, Value: "x", Code: 40008}},
			"start":      {week("start", "x"), &ParameterError{Param: ParamStart, Value: "x", Code: 40002}},
			"limit":      {week("limit", "101"), &ParameterError{Param: ParamLimit, Value: "101", Code: 40004}},
			"email":      {week("email", "x"), &ParameterError{Param: ParamEmail, Value: "x", Code: 40012}},
			"api users":  {week("apiUserList", "a b"), &ParameterError{Param: ParamAPIUsers, Value: "a b", Code: 40016}},
			"label id":   {week("labelId", "x y"), &ParameterError{Param: ParamLabelID, Value: "x y", Code: 40015}},
			"status":     {week("status", "7"), &ServiceError{Code: 40017, HTTPStatus: status}},
			"span":       {url.Values{"days": {"31"}}, nil},
		} {
			_, err := c.ask(t.Context(), tt.params, false, func(Event) {})
			switch want := tt.want.(type) {
			case *ParameterError:
				var got *ParameterError
				require.ErrorAs(t, err, &got, name)
				require.NotEmpty(t, got.Message)
				want.Reason, want.Message = RefusedByService, got.Message
				require.Equal(t, want, got)
			case *ServiceError:
				var got *ServiceError
				require.ErrorAs(t, err, &got, name)
				require.NotEmpty(t, got.Message)
				want.Message = got.Message
				require.Equal(t, want, got)
			default:
				require.Error(t, err, name)
				require.False(t, Retryable(err), name)
			}
		}
		user, _ := srv.Credentials()
		for _, wrong := range []Config{{APIUser: user, APIKey: "wrong"}, {APIUser: "nobody", APIKey: "wrong"}} {
			wrong.BaseURL = srv.URL
			c, err := New(wrong)
			require.NoError(t, err)
			_, err = c.ask(t.Context(), week(), false, func(Event) {})
			var refused *CredentialsError
			require.ErrorAs(t, err, &refused)
			require.Equal(t, c.Host(), refused.Host)
			require.NotEmpty(t, refused.Message)
			c.transport.(*http.Transport).CloseIdleConnections()
		}
	}
}

// A code that the documentation does not have is told as it came.
func TestServiceUnknownCode(t *testing.T) {
	srv, c := simulated(t, sendcloudtest.Options{Records: 10})
	for _, code := range []int{40299, 40013, 40017, 12345} {
		srv.ScriptCode(1, code, "怪")
		_, err := c.ask(t.Context(), week("start", strconv.Itoa(code)), false, func(Event) {})
		require.Equal(t, &ServiceError{Code: code, HTTPStatus: 200, Message: "怪"}, err)
	}
}

// The text of strangers arrives as it is; only a lone surrogate, for which Go
// has no string, is U+FFFD.
func TestServiceHostileText(t *testing.T) {
	srv, c := simulated(t, sendcloudtest.Options{Records: 2000, Seed: 7})
	truth := map[string]int{}
	for r := range srv.Records() {
		truth[r.EmailID] = r.Index
	}
	surrogates := strings.NewReplacer("\xed\xa0\x80", "\ufffd", "\xed\xbf\xbf", "\ufffd")
	texts := sendcloudtest.HostileTexts()
	srv.Script(1, sendcloudtest.FaultHostile)
	a, err := c.ask(t.Context(), week("limit", "100"), false, func(Event) {})
	require.NoError(t, err)
	require.Greater(t, len(a.records), len(texts), "each text at least once")
	for _, r := range a.records {
		text := texts[truth[r.EmailID]%len(texts)]
		require.Contains(t, []string{r.SendLog, r.APIUser, strings.TrimSuffix(r.Recipients, "@example.com")}, surrogates.Replace(text))
	}
}
