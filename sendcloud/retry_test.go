package sendcloud

import (
	"context"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
)

const testKey = "k3y/with+signs&%"

// transport plays the network; the number is that of the call, from 1.
type transport func(n int, req *http.Request) (*http.Response, error)

type script struct {
	calls atomic.Int64
	play  transport
}

func (s *script) RoundTrip(req *http.Request) (*http.Response, error) {
	return s.play(int(s.calls.Add(1)), req)
}

func respond(status int, body string, header ...string) *http.Response {
	h := http.Header{}
	for i := 0; i < len(header); i += 2 {
		h.Set(header[i], header[i+1])
	}
	return &http.Response{StatusCode: status, Header: h, Body: io.NopCloser(strings.NewReader(body)), ContentLength: -1, Request: &http.Request{URL: &url.URL{Scheme: "https", Host: "api.example.com", Path: "/apiv2/data/emailStatus"}}}
}

const emptyAnswer = `{"result":true,"statusCode":200,"info":{"total":"0"}}`

func newScripted(t *testing.T, play transport) (*Client, *script) {
	t.Helper()
	s := &script{play: play}
	c, err := New(Config{BaseURL: "https://api.example.com/apiv2", APIUser: "u", APIKey: testKey, Transport: s})
	require.NoError(t, err)
	return c, s
}

// hang is a service that never answers.
func hang(req *http.Request) (*http.Response, error) {
	<-req.Context().Done()
	return nil, req.Context().Err()
}

// slowly answers after d, or as long as the request lives.
func slowly(d time.Duration, req *http.Request, resp *http.Response) (*http.Response, error) {
	if err := sleep(req.Context(), d); err != nil {
		return nil, err
	}
	return resp, nil
}

func query() url.Values { return url.Values{"days": {"7"}, "email": {"a@example.com"}} }

func TestRetryWhatPasses(t *testing.T) {
	for name, fault := range map[string]func(*http.Request) (*http.Response, error){
		"reset":     func(*http.Request) (*http.Response, error) { return nil, syscall.ECONNRESET },
		"closed":    func(*http.Request) (*http.Response, error) { return nil, io.EOF },
		"502 HTML":  func(*http.Request) (*http.Response, error) { return respond(502, "<html>"), nil },
		"503 empty": func(*http.Request) (*http.Response, error) { return respond(503, ""), nil },
		"cut off":   func(*http.Request) (*http.Response, error) { return respond(200, `{"result":true,"in`), nil },
		"501": func(*http.Request) (*http.Response, error) {
			return respond(200, `{"result":false,"statusCode":501}`), nil
		},
		"50000": func(*http.Request) (*http.Response, error) {
			return respond(200, `{"result":false,"statuscode":50000}`), nil
		},
		"429":              func(*http.Request) (*http.Response, error) { return respond(429, "slow", "Retry-After", "3"), nil },
		"hangs":            hang,
		"host not found":   func(*http.Request) (*http.Response, error) { return nil, &net.DNSError{IsNotFound: true} },
		"refused":          func(*http.Request) (*http.Response, error) { return nil, syscall.ECONNREFUSED },
		"dial has no time": func(*http.Request) (*http.Response, error) { return nil, &net.OpError{Op: "dial", Err: timeoutError{}} },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c, s := newScripted(t, func(n int, req *http.Request) (*http.Response, error) {
					if n == 1 {
						return fault(req)
					}
					return respond(200, emptyAnswer), nil
				})
				var events []Event
				_, err := c.ask(t.Context(), query(), false, func(e Event) { events = append(events, e) })
				require.NoError(t, err)
				require.EqualValues(t, 2, s.calls.Load())

				require.Len(t, events, 3, "a call, a wait, a call: %v", events)
				require.Equal(t, Event{Kind: Calling, Try: 1}, events[0])
				require.Equal(t, Event{Kind: Calling, Try: 2}, events[2])
				require.Contains(t, []EventKind{Retrying, Paused}, events[1].Kind)
				require.Equal(t, 2, events[1].Try, "the try that is waited for")
				require.Error(t, events[1].Err)
				require.True(t, events[1].Until.Equal(time.Now()), "the wait ended when it was said to end")
			})
		})
	}
}

type timeoutError struct{}

func (timeoutError) Error() string   { return "i/o timeout" }
func (timeoutError) Timeout() bool   { return true }
func (timeoutError) Temporary() bool { return true }

func TestRetryNotWhatStays(t *testing.T) {
	for name, fault := range map[string]func() (*http.Response, error){
		"credentials": func() (*http.Response, error) { return respond(200, `{"result":false,"statusCode":40005}`), nil },
		"parameter":   func() (*http.Response, error) { return respond(200, `{"result":false,"statusCode":40011}`), nil },
		"unknown":     func() (*http.Response, error) { return respond(200, `{"result":false,"statusCode":40009}`), nil },
		"403 HTML":    func() (*http.Response, error) { return respond(403, "<html>"), nil },
		"404":         func() (*http.Response, error) { return respond(404, "not here"), nil },
		"HTML":        func() (*http.Response, error) { return respond(200, "<html>"), nil },
		"empty":       func() (*http.Response, error) { return respond(200, ""), nil },
		"list":        func() (*http.Response, error) { return respond(200, "[]"), nil },
		"redirect":    func() (*http.Response, error) { return respond(302, "", "Location", "/login"), nil },
		"certificate": func() (*http.Response, error) { return nil, x509.UnknownAuthorityError{} },
	} {
		t.Run(name, func(t *testing.T) {
			c, s := newScripted(t, func(int, *http.Request) (*http.Response, error) { return fault() })
			_, err := c.ask(t.Context(), query(), false, func(Event) {})
			require.Error(t, err)
			require.False(t, Retryable(err))
			require.EqualValues(t, 1, s.calls.Load())
		})
	}
}

// What never passes ends, in number and in time, with its own error.
func TestRetryBounds(t *testing.T) {
	for name, tt := range map[string]struct {
		fault  func(*http.Request) (*http.Response, error)
		tries  int
		within time.Duration
		want   error
	}{
		"503":            {func(*http.Request) (*http.Response, error) { return respond(503, ""), nil }, maxTries, callPatience, &ServiceError{HTTPStatus: 503}},
		"hangs":          {hang, 2, callPatience, nil},
		"slow 503":       {func(req *http.Request) (*http.Response, error) { return slowly(12*time.Second, req, respond(503, "")) }, 3, callPatience, nil},
		"host not found": {func(*http.Request) (*http.Response, error) { return nil, &net.DNSError{IsNotFound: true} }, rarelyPasses, callPatience, nil},
		"50000": {func(*http.Request) (*http.Response, error) {
			return respond(200, `{"result":false,"statuscode":50000}`), nil
		}, 5, limitPatience, nil},
		"429":         {func(*http.Request) (*http.Response, error) { return respond(429, "", "Retry-After", "25"), nil }, 3, limitPatience, nil},
		"429 at once": {func(*http.Request) (*http.Response, error) { return respond(429, "", "Retry-After", "61"), nil }, 1, 0, &RateLimitError{Code: 429, RetryAfter: 61 * time.Second}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c, s := newScripted(t, func(_ int, req *http.Request) (*http.Response, error) { return tt.fault(req) })
				began := time.Now()
				_, err := c.ask(t.Context(), query(), false, func(Event) {})
				require.Error(t, err)
				require.True(t, Retryable(err), "%v", err)
				if tt.want != nil {
					require.Equal(t, tt.want, err)
				}
				require.LessOrEqual(t, time.Since(began), tt.within)
				require.EqualValues(t, tt.tries, s.calls.Load())
			})
		})
	}
}

// Where patience ends in a pause, the service's own refusal is told, with the
// wait that is still needed.
func TestRetryTellsTheWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, _ := newScripted(t, func(int, *http.Request) (*http.Response, error) {
			return respond(200, `{"result":false,"statuscode":50000}`), nil
		})
		_, err := c.ask(t.Context(), query(), false, func(Event) {})
		var limit *RateLimitError
		require.ErrorAs(t, err, &limit)
		require.Equal(t, 50000, limit.Code)
		require.Equal(t, time.Until(c.Budget().PausedUntil), limit.RetryAfter)
	})
}

// The rate limit's waits do not eat the patience with other failures.
func TestRetryLimitNotCounted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, s := newScripted(t, func(n int, req *http.Request) (*http.Response, error) {
			switch n {
			case 1, 3:
				return respond(429, "", "Retry-After", "29"), nil
			case 2, 4:
				return respond(502, ""), nil
			}
			return respond(200, emptyAnswer), nil
		})
		began := time.Now()
		_, err := c.ask(t.Context(), query(), false, func(Event) {})
		require.NoError(t, err)
		require.EqualValues(t, 5, s.calls.Load())
		require.Greater(t, time.Since(began), 58*time.Second)
	})
}

func TestRetryEndsWithContext(t *testing.T) {
	for name, play := range map[string]transport{
		"in the call":  func(_ int, req *http.Request) (*http.Response, error) { return hang(req) },
		"in a retry":   func(int, *http.Request) (*http.Response, error) { return nil, syscall.ECONNRESET },
		"in the pause": func(int, *http.Request) (*http.Response, error) { return respond(429, "", "Retry-After", "50"), nil },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c, _ := newScripted(t, play)
				ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
				defer cancel()
				began := time.Now()
				_, err := c.ask(ctx, query(), false, func(Event) {})
				require.ErrorIs(t, err, context.DeadlineExceeded)
				require.Equal(t, 100*time.Millisecond, time.Since(began))
			})
		})
	}
}

// One call that met the limit holds up the others, and says how long.
func TestRetryPauseIsForAll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, s := newScripted(t, func(n int, req *http.Request) (*http.Response, error) {
			if n == 1 {
				return respond(429, "", "Retry-After", "10"), nil
			}
			return respond(200, emptyAnswer), nil
		})
		began := time.Now()
		var all sync.WaitGroup
		all.Go(func() {
			_, err := c.ask(t.Context(), url.Values{"days": {"1"}}, false, func(Event) {})
			require.NoError(t, err)
		})
		synctest.Wait()
		require.Equal(t, began.Add(10*time.Second), c.Budget().PausedUntil)
		all.Go(func() {
			var told []Event
			_, err := c.ask(t.Context(), url.Values{"days": {"2"}}, false, func(e Event) { told = append(told, e) })
			require.NoError(t, err)
			require.Equal(t, Event{Kind: Paused, Try: 1, Until: began.Add(10 * time.Second)}, told[0])
		})
		synctest.Wait()
		require.EqualValues(t, 1, s.calls.Load())
		all.Wait()
		require.EqualValues(t, 3, s.calls.Load())
		require.GreaterOrEqual(t, time.Since(began), 10*time.Second)
		require.Equal(t, 300, c.Budget().PerMinute, "slower for a while")
	})
}

// Every try is one call of the budget.
func TestRetryTriesAreCounted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, s := newScripted(t, func(int, *http.Request) (*http.Response, error) { return respond(500, ""), nil })
		_, err := c.ask(t.Context(), query(), false, func(Event) {})
		require.Error(t, err)
		require.EqualValues(t, maxTries, s.calls.Load())
		require.Equal(t, 600-maxTries, c.Budget().Left)
	})
}

func TestAskCache(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, s := newScripted(t, func(n int, req *http.Request) (*http.Response, error) {
			if n == 3 {
				return nil, errors.New("no")
			}
			return respond(200, `{"result":true,"info":{"total":`+string(rune('0'+n))+`}}`), nil
		})
		ask := func(params url.Values, fresh bool) answer {
			a, err := c.ask(t.Context(), params, fresh, func(Event) {})
			require.NoError(t, err)
			return a
		}
		began := time.Now()
		require.Equal(t, answer{total: 1, fetchedAt: began}, ask(query(), false))
		time.Sleep(5 * time.Minute)
		require.Equal(t, answer{total: 1, fetchedAt: began}, ask(query(), false))
		again := time.Now()
		require.Equal(t, answer{total: 2, fetchedAt: again}, ask(query(), true))
		require.Equal(t, answer{total: 2, fetchedAt: again}, ask(query(), false), "fresh replaces")
		time.Sleep(10*time.Minute - 1)
		require.Equal(t, again, ask(query(), false).fetchedAt)
		time.Sleep(time.Nanosecond)
		_, err := c.ask(t.Context(), query(), false, func(Event) {})
		require.NoError(t, err, "unreachable once, then answered")
		require.EqualValues(t, 4, s.calls.Load())
		ask(url.Values{"days": {"8"}}, false)
		require.EqualValues(t, 5, s.calls.Load(), "another question")
	})
}

// A panic below a call does not leave others waiting for its answer.
func TestAskSurvivesPanic(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, s := newScripted(t, func(n int, req *http.Request) (*http.Response, error) {
			if n == 1 {
				time.Sleep(time.Second)
				panic("transport")
			}
			return respond(200, emptyAnswer), nil
		})
		var all sync.WaitGroup
		all.Go(func() {
			require.Panics(t, func() { _, _ = c.ask(t.Context(), query(), false, func(Event) {}) })
		})
		synctest.Wait()
		_, err := c.ask(t.Context(), query(), false, func(Event) {})
		require.NoError(t, err)
		all.Wait()
		require.EqualValues(t, 2, s.calls.Load())
	})
}
