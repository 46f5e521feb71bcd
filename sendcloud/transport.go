package sendcloud

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"net/textproto"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/cenkalti/backoff/v5"

	"bounceboard/sendcloud/rowjson"
)

// maxBody bounds an answer, unpacked. 100 rows with the longest replies seen are below 1 MiB.
const maxBody = 64 << 20

// post sends one request; every request of this package goes through it. It waits as long as ctx lives.
func (c *Client) post(ctx context.Context, params url.Values, keep func([]byte)) (answer, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.endpoint, strings.NewReader(c.sign(params.Encode())))
	if err != nil {
		return answer{}, &NetworkError{Problem: Unreachable, Host: c.host, Err: errors.New(c.redact(err.Error()))}
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Accept", "application/json")
	req.Header.Set("User-Agent", c.agent)

	began, status := time.Now(), 0
	body := bytes.NewBuffer(make([]byte, 0, 64<<10))
	var a answer
	resp, err := c.transport.RoundTrip(req) // not a http.Client, which follows redirects: the key would go along
	if err != nil {
		err = c.networkError(err)
	} else {
		defer resp.Body.Close()
		status = resp.StatusCode
		if err = readBody(body, resp, maxBody); err == nil {
			if a, err = c.judge(resp, body.Bytes(), params); keep != nil && (err == nil || refusesSpan(err)) {
				keep(body.Bytes())
			}
		} else {
			err = c.unread(resp, body.Bytes(), err)
		}
	}
	c.log.Debug("call", "host", c.host, "params", slices.Sorted(maps.Keys(params)), "took", time.Since(began),
		"http", status, "bytes", body.Len(), "rows", len(a.records), "total", a.total, "error", logged(err))
	return a, err
}

// logged returns err for the log without the value of a parameter: it may be an address.
func logged(err error) error {
	if refused, is := err.(*ParameterError); is {
		return fmt.Errorf("%s: %s (%d)", refused.Param, refused.Reason, refused.Code)
	}
	return err
}

var errTooLarge = errors.New("answer too large")

// readBody reads max bytes of the body of resp at the most.
func readBody(to *bytes.Buffer, resp *http.Response, max int64) error {
	if redirected(resp) {
		return nil
	}
	if resp.ContentLength > max {
		return errTooLarge
	}
	n, err := to.ReadFrom(io.LimitReader(resp.Body, max+1))
	if n > max {
		err = errTooLarge
	}
	return err
}

func redirected(resp *http.Response) bool { return resp.StatusCode/100 == 3 }

// unread makes the failure to read an answer the error that callers react to.
func (c *Client) unread(resp *http.Response, head []byte, err error) error {
	foreign := &NotServiceError{HTTPStatus: resp.StatusCode, Host: c.host}
	switch {
	case errors.Is(err, errTooLarge) && rowjson.NewReader(head).Peek() == '<':
		foreign.Answer = AnswerHTML
	case errors.Is(err, errTooLarge):
		foreign.Answer = AnswerTooLarge
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		foreign.Answer = AnswerCutOff
	case strings.HasPrefix(err.Error(), "gzip: "), strings.HasPrefix(err.Error(), "flate: "):
		foreign.Answer = AnswerNotJSON
	default:
		return c.networkError(err)
	}
	return foreign
}

// judge makes an answer of the records or of the error that resp is.
func (c *Client) judge(resp *http.Response, body []byte, params url.Values) (answer, error) {
	status := resp.StatusCode
	if redirected(resp) {
		return answer{}, &NotServiceError{Answer: AnswerRedirect, HTTPStatus: status, Host: c.host, Location: c.location(resp)}
	}
	got, foreign := decode(body)
	switch {
	case status == http.StatusTooManyRequests && (foreign != "" || got.code != codeTooFrequent):
		return answer{}, &RateLimitError{Code: status, RetryAfter: c.retryAfter(resp)}
	case foreign != "" && status >= http.StatusInternalServerError:
		return answer{}, &ServiceError{HTTPStatus: status}
	case foreign != "":
		return answer{}, &NotServiceError{Answer: foreign, HTTPStatus: status, Host: c.host}
	case !got.ok:
		err := refusal(got.code, status, c.redact(got.message), c.host, func(p Param) string { return params.Get(string(p)) })
		if limit, is := err.(*RateLimitError); is {
			limit.RetryAfter = c.retryAfter(resp)
		}
		return answer{}, err
	}
	a := answer{records: got.records, total: got.total, noTotal: got.noTotal, fetchedAt: c.now()}
	if len(a.records) > 0 {
		start, _ := strconv.Atoi(params.Get(string(ParamStart))) // not given is 0
		rows := len(a.records)
		if limit, err := strconv.Atoi(params.Get(string(ParamLimit))); err == nil {
			// A row beyond the total shows that it is none, unless it stands twice in
			// the page, or there are more rows than the limit.
			keys := keysOf(a.records, start)
			slices.Sort(keys)
			distinct := len(slices.Compact(keys))
			a.noTotal = a.noTotal || rows <= limit && start+distinct > a.total
			a.open = a.noTotal
			if rows = min(rows, limit); !a.noTotal {
				rows = min(rows, distinct)
			}
		}
		a.total = max(a.total, start+rows)
	}
	return a, nil
}

// location returns where a redirect points to, without what can hold a secret.
func (c *Client) location(resp *http.Response) string {
	to, err := resp.Location()
	if err != nil {
		return ""
	}
	return c.redact(cleanURL(to.String()))
}

// retryAfter reads the header in both of its forms (RFC 9110 section 10.2.3); 0 when there is none.
func (c *Client) retryAfter(resp *http.Response) time.Duration {
	text := strings.TrimSpace(resp.Header.Get("Retry-After"))
	if at, err := http.ParseTime(text); err == nil {
		return min(max(at.Sub(c.now()), 0), 24*time.Hour)
	}
	seconds, _ := strconv.Atoi(text) // not given is 0
	return time.Duration(min(max(seconds, 0), 24*60*60)) * time.Second
}

// networkError makes a failure without an answer a value. Of err only the text
// is kept, without the key: a transport can put the whole request into its error.
func (c *Client) networkError(err error) error {
	text := c.redact(err.Error())
	if strings.Contains(text, "malformed HTTP") || strings.Contains(text, "response headers exceeded") { // net/http has no type for them
		return &NotServiceError{Answer: AnswerNotJSON, Host: c.host}
	}
	return &NetworkError{Problem: problem(err), Host: c.host, Err: errors.New(text)}
}

const (
	callPatience  = 30 * time.Second // tries and the waits between them, together
	tryPatience   = 20 * time.Second // one try, so that a connection that hangs leaves time for another
	limitPatience = time.Minute      // waiting for the service's limit, beside callPatience
	leastTry      = time.Second      // a try that has less left is not worth a call
	maxTries      = 5
	maxLimited    = 10 // tries that met the limit, beside maxTries
	rarelyPasses  = 2  // tries at a host that is not found, refuses or is out of reach
)

// try makes one call until it is answered, within the bounds above; waiting for
// this process's own share of calls is not counted. odd: what is no answer of the
// service is tried again as well. keep, which may be nil, gets the body of an answer.
func (c *Client) try(ctx context.Context, params url.Values, odd bool, watch func(Event), keep func([]byte)) (answer, error) {
	waits := &backoff.ExponentialBackOff{
		InitialInterval: 400 * time.Millisecond, RandomizationFactor: 0.5, Multiplier: 2, MaxInterval: 5 * time.Second,
	}
	waits.Reset()
	left, limitLeft := callPatience, limitPatience
	tries, limited := 0, 0
	var last error
	for {
		n := tries + limited + 1
		var err error
		limitLeft, err = c.budget.wait(ctx, limitLeft, func(kind EventKind, d time.Duration) {
			c.log.Debug("waiting", "paused", kind == Paused, "how long", d, "try", n)
			watch(Event{Kind: kind, Try: n, Until: c.now().Add(d), Err: last})
		})
		if paused := (*RateLimitError)(nil); errors.As(err, &paused) && errors.As(last, new(*RateLimitError)) {
			paused.Code = codeTooFrequent
		}
		if err != nil {
			return answer{}, err
		}
		watch(Event{Kind: Calling, Try: n})
		sent := time.Now()
		timed, cancel := context.WithTimeout(linger(ctx), min(left, tryPatience))
		a, err := c.post(timed, params, keep)
		cancel()
		left -= time.Since(sent)
		if err == nil {
			return a, nil
		}
		if ctx.Err() != nil {
			return answer{}, ctx.Err()
		}
		last = err
		if limit := (*RateLimitError)(nil); errors.As(err, &limit) {
			c.budget.limited(sent, limit.RetryAfter)
			if limited++; limited >= maxLimited || limit.RetryAfter > limitLeft {
				return answer{}, err
			}
			continue
		}
		tries++
		wait := waits.NextBackOff()
		if tries >= triesFor(err, odd) || wait+leastTry > left {
			return answer{}, err
		}
		left -= wait
		c.log.Debug("retrying", "how long", wait, "try", n+1, "error", logged(err))
		watch(Event{Kind: Retrying, Try: n + 1, Until: c.now().Add(wait), Err: err})
		if err := sleep(ctx, wait); err != nil {
			return answer{}, err
		}
	}
}

// triesFor returns how often a call that failed with err is tried at the most.
func triesFor(err error, odd bool) int {
	foreign := (*NotServiceError)(nil)
	odd = odd && errors.As(err, &foreign) && foreign.Answer != AnswerTooLarge && foreign.Answer != AnswerRedirect
	if !Retryable(err) && !odd {
		return 1
	}
	rarely := []NetworkProblem{HostNotFound, Refused, Unreachable, ProxyDown}
	if network := (*NetworkError)(nil); errors.As(err, &network) && slices.Contains(rarely, network.Problem) {
		return rarelyPasses
	}
	return maxTries
}

// NetworkProblem says why no answer came.
type NetworkProblem string

// Why no answer came. Those from ProxyPassword on stay until somebody changes something.
const (
	HostNotFound NetworkProblem = "host not found"
	Refused      NetworkProblem = "connection refused"
	TimedOut     NetworkProblem = "timed out"
	Reset        NetworkProblem = "connection reset"
	Unreachable  NetworkProblem = "unreachable" // anything else
	ProxyDown    NetworkProblem = "proxy unreachable"

	ProxyPassword    NetworkProblem = "proxy wants a password"
	ProxyRefused     NetworkProblem = "proxy refused"
	ProxyMalformed   NetworkProblem = "proxy address malformed"
	NotTLS           NetworkProblem = "no TLS on this port"
	TLSVersion       NetworkProblem = "no common TLS version"
	UnknownAuthority NetworkProblem = "unknown certificate authority"
	TLSFailed        NetworkProblem = "TLS failed"
)

// lasting reports whether the same call fails again until somebody changes something.
func (p NetworkProblem) lasting() bool {
	return slices.Contains([]NetworkProblem{ProxyPassword, ProxyRefused, ProxyMalformed, NotTLS, TLSVersion, UnknownAuthority, TLSFailed}, p)
}

// problem tells why no answer came.
func problem(err error) NetworkProblem {
	if p := proxyProblem(err); p != "" {
		return p
	}
	is := func(list ...error) bool {
		return slices.ContainsFunc(list, func(one error) bool { return errors.Is(err, one) })
	}
	as := func(target any) bool { return errors.As(err, target) }
	timeout, op := net.Error(nil), (*net.OpError)(nil)
	alert := as(&op) && op.Op == "remote error" // crypto/tls has no type for what the other side says
	switch {
	case as(&timeout) && timeout.Timeout():
		return TimedOut
	case as(new(*net.DNSError)):
		return HostNotFound
	case is(syscall.ECONNREFUSED):
		return Refused
	case is(syscall.ECONNRESET, syscall.ECONNABORTED, syscall.EPIPE, io.EOF, io.ErrUnexpectedEOF, net.ErrClosed),
		as(new(textproto.ProtocolError)): // a header that was cut off
		return Reset
	case is(http.ErrSchemeMismatch), as(new(tls.RecordHeaderError)):
		return NotTLS
	case alert && strings.Contains(err.Error(), "protocol version"), strings.Contains(err.Error(), "unsupported protocol version"):
		return TLSVersion
	case as(new(x509.UnknownAuthorityError)):
		return UnknownAuthority
	case as(new(*tls.CertificateVerificationError)), alert, as(new(x509.HostnameError)):
		return TLSFailed
	}
	return Unreachable
}

var errProxy = errors.New("proxy address malformed")

// proxyProblem tells what a proxy did wrong. One that refuses to connect makes an error of nothing but its status text.
func proxyProblem(err error) NetworkProblem {
	var op *net.OpError
	if errors.As(err, &op) && op.Op == "proxyconnect" {
		return ProxyDown
	}
	inner := err
	for next := errors.Unwrap(inner); next != nil; next = errors.Unwrap(inner) {
		inner = next
	}
	switch text := inner.Error(); {
	case inner == errProxy:
		return ProxyMalformed
	case text == http.StatusText(http.StatusProxyAuthRequired):
		return ProxyPassword
	default:
		for code := http.StatusBadRequest; code < 600 && text != ""; code++ {
			if text == http.StatusText(code) {
				return ProxyRefused
			}
		}
	}
	return ""
}
