package sendcloud_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/sendcloudtest"
)

// service starts a simulated service and a client of it.
func service(t *testing.T, o sendcloudtest.Options) (*sendcloudtest.Server, *sendcloud.Client) {
	t.Helper()
	o.CallsPerMinute = -1
	srv, err := sendcloudtest.Start(o)
	require.NoError(t, err)
	t.Cleanup(srv.Close)
	return srv, connect(t, srv, o)
}

func connect(t *testing.T, srv *sendcloudtest.Server, o sendcloudtest.Options) *sendcloud.Client {
	t.Helper()
	user, key := srv.Credentials()
	client, err := sendcloud.New(sendcloud.Config{BaseURL: srv.URL, APIUser: user, APIKey: key, CallsPerMinute: 3000,
		WindowDays: o.WindowDays, Now: o.Now})
	require.NoError(t, err)
	return client
}

// questions are queries and what the truth says to them.
func questions(srv *sendcloudtest.Server) map[string]struct {
	q     sendcloud.Query
	match func(sendcloudtest.Record) bool
} {
	some := srv.Record(srv.Len() * 9 / 10)
	return map[string]struct {
		q     sendcloud.Query
		match func(sendcloudtest.Record) bool
	}{
		"everything": {sendcloud.Query{Days: 31}, func(sendcloudtest.Record) bool { return true }},
		"failures": {sendcloud.Query{Days: 31, Statuses: []sendcloud.Status{4, 5}},
			func(r sendcloudtest.Record) bool { return r.Status == 4 || r.Status == 5 }},
		"requested": {sendcloud.Query{Days: 31, Statuses: []sendcloud.Status{18, 1}},
			func(r sendcloudtest.Record) bool { return r.Status == 18 || r.Status == 1 }},
		"codes": {sendcloud.Query{Days: 31, Statuses: []sendcloud.Status{4}, SubStatuses: []sendcloud.SubStatus{406, 401, 506}},
			func(r sendcloudtest.Record) bool { return r.SubStatus == 406 || r.SubStatus == 401 }},
		"address": {sendcloud.Query{Days: 31, Emails: []string{some.Recipient}},
			func(r sendcloudtest.Record) bool { return r.Recipient == some.Recipient }},
		"ids": {sendcloud.Query{Days: 31, EmailIDs: []string{some.EmailID, "1476754319514_1$nobody@example.com"}},
			func(r sendcloudtest.Record) bool { return r.EmailID == some.EmailID }},
		"api user": {sendcloud.Query{Days: 31, APIUsers: []string{some.APIUser}},
			func(r sendcloudtest.Record) bool { return r.APIUser == some.APIUser }},
	}
}

// agree asks every question by pages and whole, and compares with the truth.
func agree(t *testing.T, o sendcloudtest.Options) {
	t.Parallel()
	now := time.Now()
	o.Now = func() time.Time { return now }
	srv, _ := service(t, o)
	since := sendcloud.DateOf(now).AddDays(-30)
	for name, c := range questions(srv) {
		client := connect(t, srv, o) // each with a budget of its own, for there are many questions
		var want []string
		for r := range srv.Records() {
			if c.match(r) && !sendcloud.DateOf(r.Requested).Before(since) {
				want = append(want, r.EmailID)
			}
		}
		plan := mustPlan(t, client, c.q)
		w := client.All(plan, nil)
		got, err := walk(t.Context(), w)
		require.NoError(t, err, name)
		require.Empty(t, w.Summary().Incomplete, name)
		require.Len(t, got, len(want), name)
		require.NotEmpty(t, want, name)
		require.ElementsMatch(t, want, got, name)

		paged, page, err := list(t.Context(), client, plan, 100)
		require.NoError(t, err, name)
		if o.Order != sendcloudtest.Unstable {
			require.Equal(t, ids2(got), ids(paged), name)
		}
		if !page.AtMost {
			require.Equal(t, len(want), page.Total, name)
		} else {
			require.Greater(t, page.Total, len(want), name)
			require.Contains(t, page.Notes, sendcloud.FilterIgnored)
		}
		require.Equal(t, page.AtMost, w.Summary().AtMost, name)
		require.NotContains(t, page.Notes, sendcloud.FailuresUncoded)
	}
}

func TestEveryOpenPointIsReadAlike(t *testing.T) {
	var all sendcloudtest.Options
	for _, s := range all.Switches() {
		for _, value := range s.Values {
			t.Run(s.Name+"="+value, func(t *testing.T) {
				o := sendcloudtest.Options{Records: 450, Seed: 11}
				for _, mine := range o.Switches() {
					if mine.Name == s.Name {
						require.NoError(t, mine.Set(value))
					}
				}
				agree(t, o)
			})
		}
	}
	for _, ignored := range []string{"status", "subStatus", "email", "emailIds", "apiUserList", "status,subStatus", "days"} {
		t.Run("ignore="+ignored, func(t *testing.T) {
			agree(t, sendcloudtest.Options{Records: 450, Seed: 11, Ignore: strings.Split(ignored, ",")})
		})
	}
	t.Run("the twin", func(t *testing.T) {
		o := sendcloudtest.Options{Words: sendcloudtest.WordsEnglish, SubStatus: sendcloudtest.AsNumber, WindowDays: 3}
		o.Records, o.Seed = 450, 11
		agree(t, o)
	})
}

func TestAllSurvivesFaults(t *testing.T) {
	for _, fault := range []sendcloudtest.Fault{sendcloudtest.Fault5xx, sendcloudtest.FaultReset, sendcloudtest.FaultServer, sendcloudtest.FaultCut} {
		t.Run(string(fault), func(t *testing.T) {
			srv, client := service(t, sendcloudtest.Options{Records: 3000, Seed: 4})
			plan := mustPlan(t, client, sendcloud.Query{Days: 92})
			w := client.All(plan, nil)
			n := 0
			for _, err := range w.Records(t.Context()) {
				require.NoError(t, err)
				if n++; n == 500 {
					srv.Script(1, fault)
				}
			}
			require.Equal(t, 3000, n)
			require.Empty(t, w.Summary().Incomplete)
		})
	}
}

func TestAllEndsAtOnceWhenTheKeyIsRefused(t *testing.T) {
	srv, client := service(t, sendcloudtest.Options{Records: 3000, Seed: 4})
	w := client.All(mustPlan(t, client, sendcloud.Query{Days: 92}), nil)
	srv.ScriptCode(100, 40005, "认证失败")
	_, err := walk(t.Context(), w)
	var refused *sendcloud.CredentialsError
	require.ErrorAs(t, err, &refused)
	require.LessOrEqual(t, srv.CallCount(), 8)
	require.Len(t, w.Summary().Incomplete, 4, "every window was left unread")
}

func TestMailArrivesWhileAllIsRead(t *testing.T) {
	for _, order := range []string{sendcloudtest.Newest, sendcloudtest.Oldest} {
		t.Run(string(order), func(t *testing.T) {
			began, passed := time.Now(), atomic.Int64{}
			o := sendcloudtest.Options{Records: 100_000, Seed: 9, Arrivals: 60_000, Order: order, CallsPerMinute: -1}
			o.Now = func() time.Time { return began.Add(time.Duration(passed.Load())) }
			srv, err := sendcloudtest.Start(o)
			require.NoError(t, err)
			defer srv.Close()
			user, key := srv.Credentials()
			client, err := sendcloud.New(sendcloud.Config{BaseURL: srv.URL, APIUser: user, APIKey: key, CallsPerMinute: 3000, Now: o.Now,
				Transport: roundTripper(func(r *http.Request) (*http.Response, error) {
					passed.Add(int64(25 * time.Millisecond)) // 25 mails arrive with every call, however slow this machine is
					return http.DefaultTransport.RoundTrip(r)
				})})
			require.NoError(t, err)
			defer http.DefaultTransport.(*http.Transport).CloseIdleConnections()
			plan := mustPlan(t, client, sendcloud.Query{Days: 4})
			first := srv.Len()
			w := client.All(plan, nil)
			came := map[string]bool{}
			for r, err := range w.Records(t.Context()) {
				require.NoError(t, err)
				require.False(t, came[r.EmailID], "%s came twice", r.EmailID)
				came[r.EmailID] = true
			}
			require.Empty(t, w.Summary().Incomplete)
			require.Greater(t, srv.Len(), first+1000, "no mail arrived, nothing was tested")
			for i := range first {
				if r := srv.Record(i); !sendcloud.DateOf(r.Requested).Before(plan.First) {
					require.True(t, came[r.EmailID], "record %d of %d is missing: %s", i, first, fmt.Sprint(r))
				}
			}
		})
	}
}
