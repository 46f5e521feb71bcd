package sendcloud

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"
)

// once makes one call without tries, to a server of handler.
func once(t *testing.T, handler http.HandlerFunc) (answer, error) {
	t.Helper()
	srv := httptest.NewServer(handler)
	defer srv.Close()
	c := clientFor(t, srv)
	return c.post(t.Context(), query(), nil)
}

func clientFor(t *testing.T, srv *httptest.Server) *Client {
	t.Helper()
	c, err := New(Config{BaseURL: srv.URL + "/apiv2/", APIUser: "u;1", APIKey: testKey, Version: "1.2.3"})
	require.NoError(t, err)
	t.Cleanup(c.transport.(*http.Transport).CloseIdleConnections)
	return c
}

func TestPostRequest(t *testing.T) {
	defer goleak.VerifyNone(t)
	var got *http.Request
	var form string
	params := query()
	params.Set("emailIds", "a$x@example.com;b$y@example.com")
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		got, form = r, string(body)
		_, _ = io.WriteString(w, emptyAnswer)
	}))
	defer srv.Close()
	c := clientFor(t, srv)
	defer c.transport.(*http.Transport).CloseIdleConnections()
	_, err := c.ask(t.Context(), params, false, func(Event) {})
	require.NoError(t, err)

	require.Equal(t, "POST /apiv2/data/emailStatus", got.Method+" "+got.RequestURI)
	require.Equal(t, "application/x-www-form-urlencoded", got.Header.Get("Content-Type"))
	require.Equal(t, "bounceboard/1.2.3", got.UserAgent())
	require.Equal(t, "gzip", got.Header.Get("Accept-Encoding"))
	require.EqualValues(t, len(form), got.ContentLength)
	values, err := url.ParseQuery(form)
	require.NoError(t, err)
	require.Equal(t, url.Values{"apiUser": {"u;1"}, "apiKey": {testKey}, "days": {"7"}, "email": {"a@example.com"},
		"emailIds": {"a$x@example.com;b$y@example.com"}}, values)
}

func TestPostRecords(t *testing.T) {
	a, err := once(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		zip := gzip.NewWriter(w)
		_, _ = zip.Write(page100())
		_ = zip.Close()
	})
	require.NoError(t, err)
	require.Len(t, a.records, 100)
	require.Equal(t, 12431, a.total)
	require.WithinDuration(t, time.Now(), a.fetchedAt, time.Minute)
}

func TestPostTotalCoversItsRows(t *testing.T) {
	for body, want := range map[string]answer{
		`{"result":true,"info":{"total":1,"voList":[{},{}]}}`:    {total: 202},
		`{"result":true,"info":{"total":null,"voList":[{},{}]}}`: {total: 202, noTotal: true},
		`{"result":true,"info":{"total":300,"voList":[{},{}]}}`:  {total: 300},
		`{"result":true,"info":{"total":7,"voList":[]}}`:         {total: 7},
	} {
		c, _ := newScripted(t, func(int, *http.Request) (*http.Response, error) { return respond(200, body), nil })
		a, err := c.post(t.Context(), url.Values{"days": {"1"}, "start": {"200"}}, nil)
		require.NoError(t, err)
		require.Equal(t, want, answer{total: a.total, noTotal: a.noTotal}, body)
	}
}

func TestPostTotalOfAServiceThatIgnoresTheLimit(t *testing.T) {
	c, _ := newScripted(t, func(int, *http.Request) (*http.Response, error) {
		return respond(200, `{"result":true,"info":{"total":3,"voList":[{},{},{}]}}`), nil
	})
	a, err := c.post(t.Context(), url.Values{"days": {"1"}, "start": {"2"}, "limit": {"1"}}, nil)
	require.NoError(t, err)
	require.Equal(t, 3, a.total, "the total grows with start, so that a reading never ends")
	require.Len(t, a.records, 3, "rows that came are not thrown away")
	require.False(t, a.noTotal)
	a, err = c.post(t.Context(), url.Values{"days": {"1"}, "start": {"2"}, "limit": {"3"}}, nil)
	require.NoError(t, err)
	require.True(t, a.noTotal, "a full page beyond the total shows that it is none")
}

func TestPostHeadersWithoutEnd(t *testing.T) {
	_, err := once(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("X-Long", strings.Repeat("a", 2<<20))
	})
	var foreign *NotServiceError
	require.ErrorAs(t, err, &foreign)
	require.False(t, Retryable(err))
}

func TestPostFailures(t *testing.T) {
	host := "api.example.com"
	foreign := func(a Answer, status int) error { return &NotServiceError{Answer: a, HTTPStatus: status, Host: host} }
	refused := `{"result":false,"statusCode":40005,"message":"认证失败","info":{}}`
	inAMinute := time.Now().Add(time.Minute).UTC().Format(http.TimeFormat)
	for name, tt := range map[string]struct {
		resp *http.Response
		want error
	}{
		"HTML":                  {respond(200, "<html>login"), foreign(AnswerHTML, 200)},
		"empty":                 {respond(200, ""), foreign(AnswerEmpty, 200)},
		"no content":            {respond(204, ""), foreign(AnswerEmpty, 204)},
		"not JSON":              {respond(200, "OK"), foreign(AnswerNotJSON, 200)},
		"list":                  {respond(200, "[]"), foreign(AnswerShape, 200)},
		"404 of something else": {respond(404, `{"status":404,"error":"Not Found"}`), foreign(AnswerShape, 404)},
		"401 without JSON":      {respond(401, "<html>"), foreign(AnswerHTML, 401)},
		"403 empty":             {respond(403, ""), foreign(AnswerEmpty, 403)},
		"401 of the service":    {respond(401, refused), &CredentialsError{Code: 40005, Message: "认证失败", Host: host}},
		"403 of the service":    {respond(403, strings.Replace(refused, "40005", "6001", 1)), &CredentialsError{Code: 6001, Message: "认证失败", Host: host}},
		"400 of the service":    {respond(400, strings.Replace(refused, "40005", "40012", 1)), &ParameterError{Param: ParamEmail, Value: "a@example.com", Reason: RefusedByService, Code: 40012, Message: "认证失败"}},
		"500 of the service":    {respond(500, strings.Replace(refused, "40005", "501", 1)), &ServiceError{Code: 501, HTTPStatus: 500, Message: "认证失败"}},
		"502":                   {respond(502, "<html>"), &ServiceError{HTTPStatus: 502}},
		"redirect":              {respond(301, "<html>", "Location", "https://u:p@www.example.com/login?k=1#f"), &NotServiceError{Answer: AnswerRedirect, HTTPStatus: 301, Host: host, Location: "https://www.example.com/login"}},
		"redirect in place":     {respond(307, refused, "Location", "../other"), &NotServiceError{Answer: AnswerRedirect, HTTPStatus: 307, Host: host, Location: "https://api.example.com/apiv2/other"}},
		"redirect to nowhere":   {respond(302, ""), foreign(AnswerRedirect, 302)},
		"redirect to nonsense":  {respond(302, "", "Location", "%zz"), foreign(AnswerRedirect, 302)},
		"not modified":          {respond(304, ""), foreign(AnswerRedirect, 304)},
		"429":                   {respond(429, "<html>", "Retry-After", " 7 "), &RateLimitError{Code: 429, RetryAfter: 7 * time.Second}},
		"429 without a wait":    {respond(429, ""), &RateLimitError{Code: 429}},
		"429 nonsense":          {respond(429, "", "Retry-After", "soon"), &RateLimitError{Code: 429}},
		"429 in the past":       {respond(429, "", "Retry-After", "-5"), &RateLimitError{Code: 429}},
		"429 for ever":          {respond(429, "", "Retry-After", "99999999999999"), &RateLimitError{Code: 429, RetryAfter: 24 * time.Hour}},
		"50000":                 {respond(200, `{"result":false,"statuscode":50000,"info":{}}`), &RateLimitError{Code: 50000}},
		"50000 with HTTP 429":   {respond(429, `{"result":false,"statuscode":50000,"info":{}}`, "Retry-After", "2"), &RateLimitError{Code: 50000, RetryAfter: 2 * time.Second}},
		"50000 with HTTP 503":   {respond(503, `{"result":false,"statuscode":50000,"info":{}}`), &RateLimitError{Code: 50000}},
		"429 until a date":      {respond(429, "", "Retry-After", inAMinute), nil},
	} {
		t.Run(name, func(t *testing.T) {
			c, _ := newScripted(t, func(int, *http.Request) (*http.Response, error) { return tt.resp, nil })
			a, err := c.post(t.Context(), query(), nil)
			require.Empty(t, a)
			if tt.want != nil {
				require.Equal(t, tt.want, err)
				return
			}
			var limit *RateLimitError
			require.ErrorAs(t, err, &limit)
			require.InDelta(t, 60, limit.RetryAfter.Seconds(), 5)
		})
	}
}

func pack(t *testing.T, body []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	zip := gzip.NewWriter(&b)
	_, err := zip.Write(body)
	require.NoError(t, err)
	require.NoError(t, zip.Close())
	return b.Bytes()
}

// The transport unpacks an answer; what is wrong with the packing is told.
func TestPostPacked(t *testing.T) {
	whole := pack(t, page100())
	for name, tt := range map[string]struct {
		body []byte
		want error
	}{
		"whole":      {whole, nil},
		"cut off":    {whole[:500], &NotServiceError{Answer: AnswerCutOff, HTTPStatus: 200}},
		"damaged":    {damage(slices.Clone(whole)), &NotServiceError{Answer: AnswerNotJSON, HTTPStatus: 200}},
		"not packed": {[]byte(emptyAnswer), &NotServiceError{Answer: AnswerNotJSON, HTTPStatus: 200}},
	} {
		srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			_, _ = w.Write(tt.body)
		}))
		c := clientFor(t, srv)
		_, err := c.post(t.Context(), query(), nil)
		if foreign, is := tt.want.(*NotServiceError); is {
			foreign.Host = c.host
			require.Equal(t, tt.want, err, name)
		} else {
			require.NoError(t, err, name)
		}
		c.transport.(*http.Transport).CloseIdleConnections()
		srv.Close()
	}
}

func damage(packed []byte) []byte {
	for i := len(packed) / 2; i < len(packed); i++ {
		packed[i] ^= 0x5a
	}
	return packed
}

// What breaks below HTTP, with real sockets.
func TestPostBrokenLines(t *testing.T) {
	hijack := func(act func(*net.TCPConn)) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.Copy(io.Discard, r.Body)
			conn, _, err := w.(http.Hijacker).Hijack()
			if err != nil {
				return
			}
			act(conn.(*net.TCPConn))
			_ = conn.Close()
		}
	}
	for name, tt := range map[string]struct {
		act     func(*net.TCPConn)
		problem NetworkProblem
		answer  Answer
	}{
		"reset":                 {func(c *net.TCPConn) { _ = c.SetLinger(0) }, Reset, ""},
		"closed":                {func(*net.TCPConn) {}, Reset, ""},
		"not HTTP":              {func(c *net.TCPConn) { _, _ = io.WriteString(c, "SSH-2.0-OpenSSH_9.9\r\n") }, "", AnswerNotJSON},
		"cut off in the header": {func(c *net.TCPConn) { _, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Le") }, Reset, ""},
		"cut off in the body": {func(c *net.TCPConn) {
			_, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n"+documented)
		}, "", AnswerCutOff},
		"cut off in a chunk": {func(c *net.TCPConn) {
			_, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n40\r\n{\"res")
		}, "", AnswerCutOff},
		"reset in the body": {func(c *net.TCPConn) {
			_, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n{")
			time.Sleep(10 * time.Millisecond)
			_ = c.SetLinger(0)
		}, Reset, ""},
		"cut off before any answer": {func(c *net.TCPConn) { _, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n") }, "", AnswerCutOff},
	} {
		t.Run(name, func(t *testing.T) {
			defer goleak.VerifyNone(t)
			_, err := once(t, hijack(tt.act))
			require.True(t, Retryable(err) || tt.answer == AnswerNotJSON, "%v", err)
			if tt.answer != "" {
				var foreign *NotServiceError
				require.ErrorAs(t, err, &foreign)
				require.Equal(t, tt.answer, foreign.Answer)
				return
			}
			var network *NetworkError
			require.ErrorAs(t, err, &network)
			require.Equal(t, tt.problem, network.Problem, "%v", network.Err)
		})
	}
}

func TestPostNoServer(t *testing.T) {
	closed := httptest.NewServer(http.NotFoundHandler())
	closed.Close()
	secure := httptest.NewUnstartedServer(http.NotFoundHandler())
	secure.Config.ErrorLog = log.New(io.Discard, "", 0)
	secure.StartTLS()
	defer secure.Close()
	old := httptest.NewUnstartedServer(http.NotFoundHandler())
	old.Config.ErrorLog, old.TLS = secure.Config.ErrorLog, &tls.Config{MinVersion: tls.VersionTLS10, MaxVersion: tls.VersionTLS11} //nolint:gosec // that is the point
	old.StartTLS()
	defer old.Close()
	plain := httptest.NewServer(http.NotFoundHandler())
	defer plain.Close()
	for base, want := range map[string]NetworkProblem{
		closed.URL: Refused,
		secure.URL: UnknownAuthority,
		old.URL:    TLSVersion,
		strings.Replace(plain.URL, "http:", "https:", 1): NotTLS,
	} {
		c, err := New(Config{BaseURL: base, APIUser: "u", APIKey: testKey})
		require.NoError(t, err)
		_, err = c.post(t.Context(), query(), nil)
		var network *NetworkError
		require.ErrorAs(t, err, &network, base)
		require.Equal(t, want, network.Problem)
		require.NotEmpty(t, network.Err.Error())
	}
}

// A proxy is used for hosts that are not this machine; so the request goes to a name that nobody resolves.
func TestProxyProblems(t *testing.T) {
	proxy := func(status int) string {
		srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) }))
		t.Cleanup(srv.Close)
		return srv.URL
	}
	for address, want := range map[string]NetworkProblem{
		"http://127.0.0.1:1": ProxyDown,
		proxy(407):           ProxyPassword,
		proxy(403):           ProxyRefused,
	} {
		transport := NewTransport().(*http.Transport)
		transport.Proxy = func(*http.Request) (*url.URL, error) { return url.Parse(address) }
		c, err := New(Config{BaseURL: "https://api.invalid/apiv2", APIUser: "u", APIKey: testKey, Transport: transport})
		require.NoError(t, err)
		_, err = c.post(t.Context(), query(), nil)
		var network *NetworkError
		require.ErrorAs(t, err, &network, address)
		require.Equal(t, want, network.Problem, "%v", network.Err)
		require.Equal(t, want == ProxyDown, Retryable(err))
	}
}

func TestProblem(t *testing.T) {
	for want, errs := range map[NetworkProblem][]error{
		HostNotFound: {&net.OpError{Op: "dial", Err: &net.DNSError{IsNotFound: true}}},
		TimedOut:     {context.DeadlineExceeded, timeoutError{}, &net.DNSError{IsTimeout: true}},
		Reset:        {io.EOF, io.ErrUnexpectedEOF, net.ErrClosed},
		TLSFailed:    {&net.OpError{Op: "remote error", Err: errors.New("tls: handshake failure")}, &tls.CertificateVerificationError{Err: errors.New("expired")}},
		TLSVersion:   {errors.New("tls: server selected unsupported protocol version 301")},
		Unreachable:  {errors.New("anything else")},
	} {
		for _, err := range errs {
			require.Equal(t, want, problem(err), "%v", err)
		}
	}
}

// endless is a body without end; it counts what is read of it.
type endless struct {
	head  string
	bytes int
}

func (e *endless) Read(p []byte) (int, error) {
	n := copy(p, e.head)
	e.head = e.head[n:]
	for i := n; i < len(p); i++ {
		p[i] = ' '
	}
	e.bytes += len(p)
	return len(p), nil
}

// Bodies without end stop at the bound, packed or not, and cost bounded memory.
func TestPostTooLarge(t *testing.T) {
	const limit = 1 << 20
	for name, tt := range map[string]struct {
		body   io.Reader
		header []string
		length int64
		want   Answer
	}{
		"announced": {&endless{}, nil, limit + 1, AnswerTooLarge},
		"streamed":  {&endless{head: `{"result":true`}, nil, -1, AnswerTooLarge},
		"HTML":      {&endless{head: "\n<html>"}, nil, -1, AnswerHTML},
	} {
		t.Run(name, func(t *testing.T) {
			resp := respond(200, "", tt.header...)
			resp.Body, resp.ContentLength = io.NopCloser(tt.body), tt.length
			var held bytes.Buffer
			err := readBody(&held, resp, limit)
			require.ErrorIs(t, err, errTooLarge)
			require.LessOrEqual(t, held.Len(), limit+1)
			require.LessOrEqual(t, held.Cap(), 3*limit)
			if e, ok := tt.body.(*endless); ok {
				require.LessOrEqual(t, e.bytes, limit+1)
				require.True(t, tt.length < 0 || e.bytes == 0, "read although it was announced")
			}
			c, _ := newScripted(t, nil)
			require.Equal(t, &NotServiceError{Answer: tt.want, HTTPStatus: 200, Host: "api.example.com"}, c.unread(resp, held.Bytes(), err))
		})
	}
}

// An answer of exactly the bound is one.
func TestPostLargest(t *testing.T) {
	resp := respond(200, strings.Repeat(" ", 1000))
	var held bytes.Buffer
	err := readBody(&held, resp, 1000)
	require.NoError(t, err)
	require.Equal(t, 1000, held.Len())
}

func TestPostKeepsConnections(t *testing.T) {
	defer goleak.VerifyNone(t)
	var opened atomic.Int64
	srv := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.FormValue("days") == "2" {
			w.WriteHeader(500)
		}
		_, _ = w.Write(page100())
	}))
	srv.Config.ConnState = func(_ net.Conn, s http.ConnState) {
		if s == http.StateNew {
			opened.Add(1)
		}
	}
	srv.Start()
	defer srv.Close()
	c := clientFor(t, srv)
	defer c.transport.(*http.Transport).CloseIdleConnections()
	for days := range 20 {
		_, err := c.post(t.Context(), url.Values{"days": {strconv.Itoa(days)}}, nil)
		require.NoError(t, err)
	}
	require.EqualValues(t, 1, opened.Load())
}

// A body of this client is closed whatever is in it.
func TestPostClosesBodies(t *testing.T) {
	for _, status := range []int{200, 302, 429, 500} {
		resp := respond(status, "x")
		body := &closed{Reader: resp.Body}
		resp.Body = body
		c, _ := newScripted(t, func(int, *http.Request) (*http.Response, error) { return resp, nil })
		_, err := c.post(t.Context(), query(), nil)
		require.Error(t, err)
		require.True(t, body.closed, "%d", status)
	}
}

type closed struct {
	io.Reader
	closed bool
}

func (c *closed) Close() error { c.closed = true; return nil }
