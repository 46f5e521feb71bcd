package sendcloud

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// maxBody bounds an answer, also after it is unpacked. 100 rows with the
// longest replies seen are below 1 MiB.
const maxBody = 64 << 20

// bodies keeps buffers for the next answer; what is decoded shares nothing with them.
var bodies = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// maxKeptBody is the size up to which a buffer is kept.
const maxKeptBody = 1 << 20

// post sends one request; every request of this package goes through it. It
// waits as long as ctx lives.
func (c *Client) post(ctx context.Context, params url.Values) (answer, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.endpoint, strings.NewReader(c.sign(params.Encode())))
	if err != nil {
		return answer{}, &NetworkError{Problem: Unreachable, Host: c.host, Err: errors.New(c.redact(err.Error()))}
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Accept", "application/json")
	req.Header.Set("Accept-Encoding", "gzip")
	req.Header.Set("User-Agent", c.agent)

	began := time.Now()
	resp, err := c.transport.RoundTrip(req) // not a http.Client, which follows redirects: the key would go along
	if err != nil {
		err = c.networkError(err)
		c.log.Debug("call", "host", c.host, "params", slices.Sorted(maps.Keys(params)), "took", time.Since(began), "error", logged(err))
		return answer{}, err
	}
	defer resp.Body.Close()
	body := bodies.Get().(*bytes.Buffer)
	defer func() {
		if body.Cap() <= maxKeptBody {
			bodies.Put(body)
		}
	}()
	body.Reset()
	size, err := readBody(body, resp, maxBody)
	var a answer
	if err == nil {
		a, err = c.judge(resp, body.Bytes(), params)
	} else {
		err = c.unread(resp, body.Bytes(), err)
	}
	c.log.Debug("call", "host", c.host, "params", slices.Sorted(maps.Keys(params)), "took", time.Since(began),
		"http", resp.StatusCode, "bytes", size, "unpacked", body.Len(), "rows", len(a.records), "total", a.total, "error", logged(err))
	return a, err
}

// logged is err for the log, which holds the names of parameters but no
// values: they are people's addresses.
func logged(err error) error {
	if refused, is := err.(*ParameterError); is {
		return fmt.Errorf("%s: %s (%d)", refused.Param, refused.Reason, refused.Code)
	}
	return err
}

var errTooLarge = errors.New("answer too large")

// readBody reads and unpacks the body of resp, max bytes of each at the most,
// and returns how many bytes came over the line. The body of a redirect is
// nobody's business.
func readBody(to *bytes.Buffer, resp *http.Response, max int64) (int64, error) {
	if redirected(resp) {
		return 0, nil
	}
	if resp.ContentLength > max {
		return 0, errTooLarge
	}
	line := &io.LimitedReader{R: resp.Body, N: max + 1}
	var from io.Reader = line
	if strings.EqualFold(resp.Header.Get("Content-Encoding"), "gzip") {
		zip, err := gzip.NewReader(line)
		if errors.Is(err, io.EOF) && line.N == max+1 {
			return 0, nil // packed nothing, as some proxies do
		}
		if err != nil {
			return max + 1 - line.N, err
		}
		from = zip
	}
	_, err := to.ReadFrom(io.LimitReader(from, max+1))
	if err == nil && int64(to.Len()) > max || line.N == 0 {
		err = errTooLarge
	}
	return max + 1 - line.N, err
}

func redirected(resp *http.Response) bool { return resp.StatusCode/100 == 3 }

// unread makes the failure to read an answer the error that callers react to.
func (c *Client) unread(resp *http.Response, head []byte, err error) error {
	foreign := &NotServiceError{HTTPStatus: resp.StatusCode, Host: c.host}
	var corrupt flate.CorruptInputError
	switch {
	case errors.Is(err, errTooLarge) && looksHTML(head):
		foreign.Answer = AnswerHTML
	case errors.Is(err, errTooLarge):
		foreign.Answer = AnswerTooLarge
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		foreign.Answer = AnswerCutOff
	case errors.Is(err, gzip.ErrHeader), errors.Is(err, gzip.ErrChecksum), errors.As(err, &corrupt):
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
			// A row beyond the total shows that it is none. A service that ignores
			// limit shows nothing: its rows are those of other pages as well.
			a.noTotal = a.noTotal || rows <= limit && start+rows > a.total
			rows = min(rows, limit)
			a.open = a.noTotal && rows == limit
		}
		a.total = max(a.total, start+rows)
	}
	return a, nil
}

// location is where a redirect points to, without what can hold a secret.
func (c *Client) location(resp *http.Response) string {
	from, err := url.Parse(c.endpoint)
	text := resp.Header.Get("Location")
	if err != nil || text == "" {
		return ""
	}
	to, err := from.Parse(text)
	if err != nil {
		return ""
	}
	return c.redact(cleanURL(to.String()))
}

// retryAfter reads the header in both of its forms (RFC 9110 section 10.2.3);
// 0 when there is none.
func (c *Client) retryAfter(resp *http.Response) time.Duration {
	text := strings.TrimSpace(resp.Header.Get("Retry-After"))
	if seconds, err := strconv.Atoi(text); err == nil {
		return time.Duration(min(max(seconds, 0), 24*60*60)) * time.Second
	}
	if at, err := http.ParseTime(text); err == nil {
		return min(max(at.Sub(c.now()), 0), 24*time.Hour)
	}
	return 0
}

// networkError makes a failure without an answer a value. Of err only the text
// is kept, without the key: a transport can put the whole request into its error.
func (c *Client) networkError(err error) error {
	text := c.redact(err.Error())
	if strings.Contains(text, "malformed HTTP") || strings.Contains(text, "response headers exceeded") { // net/http has no type for them
		return &NotServiceError{Answer: AnswerNotJSON, Host: c.host}
	}
	why := problem(err)
	if why == ProxyMalformed { // the address, which net/http quotes, can hold a password
		text = string(why)
	}
	return &NetworkError{Problem: why, Host: c.host, Err: errors.New(text)}
}
