package sendcloudtest

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// noon is the clock of most tests: a Monday, 12:34:56 on the service's clock.
var noon = time.Date(2026, 11, 23, 12, 34, 56, 0, serviceZone)

// clock is a time that a test moves.
type clock struct{ now time.Time }

func (c *clock) read() time.Time { return c.now }

func start(t *testing.T, o Options) *Server {
	t.Helper()
	if o.Now == nil {
		o.Now = func() time.Time { return noon }
	}
	s, err := Start(o)
	require.NoError(t, err)
	t.Cleanup(s.Close)
	t.Cleanup(http.DefaultClient.CloseIdleConnections)
	return s
}

// decoded is a read answer; what differs between switches stays raw.
type decoded struct {
	Result     bool
	StatusCode int
	Message    string
	Info       struct {
		Total      json.RawMessage
		VoListSize int
		VoList     []map[string]any
	}
	status int
	raw    string
}

func params(pairs ...string) url.Values {
	v := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		v.Add(pairs[i], pairs[i+1])
	}
	return v
}

func signed(p url.Values) url.Values {
	signed := url.Values{"apiUser": {DefaultUser}, "apiKey": {DefaultKey}}
	for k, v := range p {
		signed[k] = v
	}
	return signed
}

// post calls the service; pairs are parameters.
func post(t *testing.T, s *Server, pairs ...string) decoded {
	t.Helper()
	resp, err := http.PostForm(s.URL+"/data/emailStatus", signed(params(pairs...)))
	require.NoError(t, err)
	return read(t, resp)
}

func read(t *testing.T, resp *http.Response) decoded {
	t.Helper()
	raw, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	require.NoError(t, resp.Body.Close())
	d := decoded{status: resp.StatusCode, raw: string(raw)}
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber() // odd extra keys hold numbers beyond any float64
	require.NoError(t, decoder.Decode(&d), "the answer is no JSON: %.300s", raw)
	return d
}

func (d decoded) ids() (ids []string) {
	for _, row := range d.Info.VoList {
		ids = append(ids, row["emailId"].(string))
	}
	return ids
}

func (d decoded) total() string { return strings.Trim(string(d.Info.Total), `"`) }

func TestAnswerIsTheDocumentedShape(t *testing.T) {
	s := start(t, Options{Records: 2000, Seed: 1})
	d := post(t, s, "days", "30", "limit", "2")
	require.True(t, d.Result)
	require.Equal(t, 200, d.StatusCode)
	require.Equal(t, "请求成功", d.Message)
	require.Equal(t, 2, d.Info.VoListSize)
	require.Len(t, d.Info.VoList, 2)
	require.Equal(t, byte('"'), d.Info.Total[0], "total is a string in every sample")
	row := d.Info.VoList[0]
	require.Regexp(t, `^\d{13}_\d+_\d+_\d+\.sc-10_10_\d+_\d+-inbound\d\$.+@.+$`, row["emailId"])
	require.True(t, strings.HasSuffix(row["emailId"].(string), "$"+row["recipients"].(string)), "the id ends in the recipient")
	require.Regexp(t, `^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$`, row["requestTime"])
	require.Regexp(t, `^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$`, row["modifiedTime"])
	require.Contains(t, []string{"送达", "无效邮件", "软退信", "请求中"}, row["status"])
}

func TestGetAndPostAndBothPrefixes(t *testing.T) {
	s := start(t, Options{Records: 500})
	want := post(t, s, "days", "30").ids()
	require.NotEmpty(t, want)
	for _, base := range []string{s.URL, strings.TrimSuffix(s.URL, "v2")} {
		resp, err := http.Get(base + "/data/emailStatus?" + signed(params("days", "30")).Encode())
		require.NoError(t, err)
		require.Equal(t, want, read(t, resp).ids())
	}
	resp, err := http.Get(strings.TrimSuffix(s.URL, "/apiv2") + "/data/emailStatus")
	require.NoError(t, err)
	require.NoError(t, resp.Body.Close())
	require.Equal(t, http.StatusNotFound, resp.StatusCode)
	require.Contains(t, resp.Header.Get("Content-Type"), "text/html", "a wrong base URL gets a web server's page")
}

func TestRawSemicolonJoinsIDs(t *testing.T) {
	s := start(t, Options{Records: 500})
	ids := post(t, s, "days", "30", "limit", "3").ids()
	for _, sep := range []string{";", "%3B", "%3b"} {
		var escaped []string
		for _, id := range ids {
			escaped = append(escaped, url.QueryEscape(id))
		}
		query := signed(params("days", "30")).Encode() + "&emailIds=" + strings.Join(escaped, sep)
		resp, err := http.Get(s.URL + "/data/emailStatus?" + query)
		require.NoError(t, err)
		require.ElementsMatch(t, ids, read(t, resp).ids(), "joined by %s", sep)
	}
}

func TestCredentials(t *testing.T) {
	s := start(t, Options{Records: 10, NoPermission: []string{"reader"}})
	for _, c := range []struct {
		user, key string
		code      int
	}{
		{DefaultUser, "wrong", 40005}, {DefaultUser, "", 40005}, {"", DefaultKey, 40005},
		{"nobody", DefaultKey, 40301}, {"reader", "any", 6001}, {DefaultUser, DefaultKey, 200},
	} {
		d := post(t, s, "days", "1", "apiUser", c.user, "apiKey", c.key)
		require.Equal(t, c.code, d.StatusCode, "user %q", c.user)
		require.Equal(t, c.code == 200, d.Result)
		require.Equal(t, http.StatusOK, d.status)
	}
}

func TestCallsAreLoggedWithoutKeys(t *testing.T) {
	s := start(t, Options{Records: 10})
	post(t, s, "days", "1", "email", "a@example.com")
	resp, err := http.Get(s.URL + "/data/emailStatus?apiUser=demo&apiKey=" + DefaultKey + "&days=0")
	require.NoError(t, err)
	require.Equal(t, 40006, read(t, resp).StatusCode)
	calls := s.Calls()
	require.Len(t, calls, 2)
	require.Equal(t, 2, s.CallCount())
	require.Equal(t, "POST", calls[0].Method)
	require.Equal(t, "/apiv2/data/emailStatus", calls[0].Path)
	require.Equal(t, url.Values{"apiUser": {DefaultUser}, "days": {"1"}, "email": {"a@example.com"}}, calls[0].Params)
	require.Equal(t, 200, calls[0].Code)
	require.False(t, calls[0].KeyInURL)
	require.True(t, calls[1].KeyInURL, "a key in a URL is told")
	require.Equal(t, 40006, calls[1].Code)
	text, err := json.Marshal(calls)
	require.NoError(t, err)
	require.NotContains(t, string(text), DefaultKey)
	s.ForgetCalls()
	require.Empty(t, s.Calls())
}

func TestPagesShareNothingAndMissNothing(t *testing.T) {
	for _, order := range []string{Newest, Oldest} {
		s := start(t, Options{Records: 1000, Seed: 3, Order: order})
		var times []string
		seen := map[string]bool{}
		for from := 0; ; from += 100 {
			d := post(t, s, "days", "30", "start", itoa(from))
			if len(d.Info.VoList) == 0 {
				require.Equal(t, d.total(), itoa(len(seen)))
				break
			}
			for _, row := range d.Info.VoList {
				require.False(t, seen[row["emailId"].(string)], "a row came twice")
				seen[row["emailId"].(string)] = true
				times = append(times, row["requestTime"].(string))
			}
		}
		for i := 1; i < len(times); i++ {
			if order == Newest {
				require.GreaterOrEqual(t, times[i-1], times[i])
			} else {
				require.LessOrEqual(t, times[i-1], times[i])
			}
		}
	}
}

func TestUnstableOrderMovesRowsAcrossPages(t *testing.T) {
	c := &clock{noon}
	s := start(t, Options{Records: 3000, Order: Unstable, Cache: -1, Now: c.read})
	moved := false
	first := post(t, s, "days", "30").ids()
	for range 20 {
		c.now = c.now.Add(time.Millisecond)
		moved = moved || !sameSet(first, post(t, s, "days", "30").ids())
	}
	require.True(t, moved, "no row ever crossed the edge of the page")
}

func sameSet(a, b []string) bool {
	in := map[string]bool{}
	for _, x := range a {
		in[x] = true
	}
	for _, x := range b {
		if !in[x] {
			return false
		}
	}
	return len(a) == len(b)
}

func TestSameParametersGetTheSameAnswerForTenMinutes(t *testing.T) {
	c := &clock{noon}
	s := start(t, Options{Records: 500, Arrivals: 60, Now: c.read})
	first := post(t, s, "days", "1", "limit", "5")
	c.now = c.now.Add(9 * time.Minute)
	again := post(t, s, "limit", "5", "days", "1")
	require.Equal(t, first.raw, again.raw, "the order of parameters does not matter")
	require.NotEqual(t, first.total(), post(t, s, "days", "1", "limit", "6").total(), "other parameters see the new mail")
	c.now = c.now.Add(time.Minute)
	require.NotEqual(t, first.total(), post(t, s, "days", "1", "limit", "5").total())
}

func TestCallsAMinuteOfTheAccount(t *testing.T) {
	c := &clock{noon}
	s := start(t, Options{Records: 10, CallsPerMinute: 3, Now: c.read})
	for range 3 {
		require.True(t, post(t, s, "days", "1").Result)
		c.now = c.now.Add(10 * time.Second)
	}
	d := post(t, s, "days", "1")
	require.JSONEq(t, `{"result": false, "statuscode": 50000, "message": "interface frequency is limited", "info": {}}`, d.raw)
	require.Contains(t, d.raw, `"statuscode"`, "in lower case, as documented")
	c.now = noon.Add(time.Minute)
	require.True(t, post(t, s, "days", "1").Result)
	require.False(t, post(t, s, "days", "1").Result, "only the oldest call had left the minute")
}

func TestNewMailArrivesAndRequestedMailGetsItsVerdict(t *testing.T) {
	c := &clock{noon}
	s := start(t, Options{Records: 5000, Seed: 5, Arrivals: 30, Cache: -1, Now: c.read})
	require.Equal(t, 5000, s.Len())
	waiting := post(t, s, "days", "1", "status", "18").total()
	c.now = c.now.Add(30 * time.Second)
	require.InDelta(t, 5015, s.Len(), 1)
	c.now = c.now.Add(10*time.Minute - 30*time.Second)
	require.InDelta(t, 5300, s.Len(), 1)
	before := map[int]int{}
	for r := range s.Records() {
		require.False(t, r.Requested.After(c.now))
		require.False(t, r.Modified.After(c.now), "record %d changed in the future", r.Index)
		require.False(t, r.Modified.Before(r.Requested))
		before[r.Index] = r.Status
	}
	require.NotEqual(t, waiting, post(t, s, "days", "1", "status", "18").total())
	c.now = c.now.Add(48 * time.Hour)
	settled := 0
	for i, was := range before {
		now := s.Record(i).Status
		if was != requested {
			require.Equal(t, was, now, "a verdict changed")
		} else if now != requested {
			settled++
		}
	}
	require.Positive(t, settled)
}

func TestCloseEndsHangingCalls(t *testing.T) {
	arrived := make(chan struct{}, 100)
	s := start(t, Options{Records: 10, Now: func() time.Time {
		arrived <- struct{}{} // the log asks for the time of each call
		return noon
	}})
	<-arrived // New asks too
	s.Script(1, FaultHang)
	ended := make(chan error, 1)
	go func() {
		_, err := http.PostForm(s.URL+"/data/emailStatus", signed(params("days", "1")))
		ended <- err
	}()
	<-arrived
	select {
	case err := <-ended:
		t.Fatalf("the call ended before the server closed: %v", err)
	default:
	}
	s.Close()
	require.Error(t, <-ended)
	s.Close() // twice does no harm
}

func TestClosedServerAnswersNothing(t *testing.T) {
	s := handler(t, Options{Records: 10})
	require.Contains(t, ask(s, "days=1"), `"result":true`)
	s.Close()
	require.PanicsWithValue(t, http.ErrAbortHandler, func() { ask(s, "days=1") })
}

func TestListenSaysWhyItCannot(t *testing.T) {
	s := start(t, Options{Records: 10})
	second := handler(t, Options{Records: 10})
	require.ErrorContains(t, second.Listen(strings.TrimSuffix(strings.TrimPrefix(s.URL, "http://"), "/apiv2")), "cannot listen on 127.0.0.1")
	second.Close()
}

func TestManyAtOnce(t *testing.T) {
	var ticks atomic.Int64
	s := start(t, Options{Records: 5000, Arrivals: 600, CallsPerMinute: -1, Faults: Faults{FaultServer: 0.1}, Now: func() time.Time {
		return noon.Add(time.Duration(ticks.Add(1)) * time.Second / 10)
	}})
	var group sync.WaitGroup
	for worker := range 8 {
		group.Go(func() {
			for k := range 20 {
				resp, err := http.PostForm(s.URL+"/data/emailStatus", signed(params("days", "2", "start", itoa(10*k), "status", itoa(statusCodes[worker%4]))))
				if err != nil {
					t.Error(err)
					return
				}
				_, _ = io.Copy(io.Discard, resp.Body)
				resp.Body.Close()
				if _, err := s.Count(params("days", "2")); err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	require.Equal(t, 160, s.CallCount())
}
