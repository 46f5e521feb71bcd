// Package sendcloud reads SendCloud's delivery responses: which mail was
// delivered, which was refused, and what the receiving server said.
//
// It calls one endpoint, {base}/data/emailStatus, and can change nothing. A [Query] is what a person asks;
// [Client.Plan] freezes it into windows on the service's calendar (UTC+08:00): days that one call may cover, with an
// address, ids and a filter. Three readers stand on them: [Client.Page] reads one page of the whole list, [Client.All]
// every record, by a scan of each window with pages that overlap, and [Client.Count] the numbers alone.
//
// Words: a [Cell] names one number to count, such as that of one status on one day. An open list is one whose end is
// not known, because the service told no total that can be true: more rows may follow.
//
// A [Client] keeps its calls within a share of the account's calls a minute, tries again what can pass by itself, and
// repeats its own answers for ten minutes, as the service does. Errors are typed by what one can do about them:
// [ConfigError], [ParameterError], [CredentialsError], [RateLimitError], [ServiceError], [NotServiceError],
// [NetworkError], or the context's own. None of them holds the key.
package sendcloud

import (
	"cmp"
	"context"
	"log/slog"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
)

// Client asks the service, inside one budget of calls. It is safe for concurrent use.
type Client struct {
	endpoint   string // {base}/data/emailStatus
	host       string
	agent      string
	window     int          // what one call may span, as configured
	windowDays atomic.Int64 // the same; less once the service refused it
	accepted   atomic.Int64 // the longest span of a call that was answered
	lookback   int
	now        func() time.Time
	log        *slog.Logger
	transport  http.RoundTripper
	budget     *budget
	cache      *lru.Cache[string, answer] // by canonical parameters, which never hold the key
	answers    Answers                    // of walks; nil: they are not kept

	// The key is held by functions alone, where no dump of a Client can find it.
	sign   func(form string) string // adds user and key to an encoded form
	redact func(text string) string // takes the key out of a text
}

// New refuses a base URL that is not https (loopback excepted), no credentials and
// a number out of range. The error is a *ConfigError.
func New(cfg Config) (*Client, error) {
	base, err := parseBase(cfg.BaseURL)
	if err != nil {
		return nil, err
	}
	perMinute, err1 := number(SettingCallsPerMinute, cfg.CallsPerMinute, 600, 3000)
	window, err2 := number(SettingWindowDays, cfg.WindowDays, defaultWindow(base.Hostname()), 92)
	lookback, err3 := number(SettingLookbackDays, cfg.LookbackDays, 92, 3660)
	user, key := checkCredential(SettingAPIUser, cfg.APIUser), checkCredential(SettingAPIKey, cfg.APIKey)
	if err := first([]error{user, key, err1, err2, err3}); err != nil {
		return nil, err
	}
	c := &Client{
		endpoint:  strings.TrimRight(base.String(), "/") + "/data/emailStatus",
		host:      base.Host,
		agent:     "bounceboard/" + cmp.Or(cfg.Version, "dev"),
		lookback:  lookback,
		now:       cfg.Now,
		log:       cmp.Or(cfg.Log, slog.New(slog.DiscardHandler)),
		transport: cfg.Transport,
		budget:    newBudget(perMinute),
		sign:      signer(cfg.APIUser, cfg.APIKey),
		redact:    redacter(cfg.APIKey),
		window:    window,
	}
	c.cache, _ = lru.New[string, answer](cacheAnswers) // an error comes only of a size below 1
	c.windowDays.Store(int64(window))
	if c.transport == nil {
		c.transport = NewTransport()
	}
	if c.now == nil {
		c.now = time.Now
	}
	return c, nil
}

// Window returns how many days one call may span, as far as is known by now: less
// than configured once the service has refused a span.
func (c *Client) Window() int { return int(c.windowDays.Load()) }

// Host returns the host, with its port where one is given, that is asked.
func (c *Client) Host() string { return c.host }

// Budget returns what is left this minute.
func (c *Client) Budget() Budget { return c.budget.state(c.now()) }

// answer is one answer of the service. Its records are shared with the cache: who changes them copies them first.
type answer struct {
	records   []Record
	total     int  // what the service announced, at least the rows that are known to exist
	noTotal   bool // it announced nothing that can be true
	open      bool // more rows than total may follow
	fetchedAt time.Time
}

// ask answers one question, from the cache unless fresh is set.
func (c *Client) ask(ctx context.Context, params url.Values, fresh bool, watch func(Event)) (answer, error) {
	key := params.Encode()
	if err := ctx.Err(); err != nil {
		return answer{}, err
	}
	if a, ok := c.cached(key); ok && !fresh {
		return a, nil
	}
	a, err := c.try(ctx, params, false, watch, nil)
	if err == nil {
		c.cache.Add(key, a)
	}
	return a, err
}

func signer(user, key string) func(string) string {
	credentials := url.Values{"apiUser": {user}, "apiKey": {key}}.Encode()
	return func(form string) string { return credentials + "&" + form }
}

// redacter takes the key out of texts: as it is, in a form, in a URL, quoted.
func redacter(key string) func(string) string {
	const mark = "[key]"
	quoted := strconv.Quote(key)
	path := url.URL{Path: key}
	return strings.NewReplacer(url.QueryEscape(key), mark, url.PathEscape(key), mark, path.EscapedPath(), mark,
		quoted[1:len(quoted)-1], mark, key, mark).Replace
}

const (
	cacheFor     = 10 * time.Minute // the service repeats its own answer as long (documented)
	cacheAnswers = 1000             // with 100 rows each some 50 MB
)

// cached returns the answer for key unless it is older than ten minutes. A
// clock that was set back makes every answer too old.
func (c *Client) cached(key string) (answer, bool) {
	a, ok := c.cache.Get(key)
	age := c.now().Sub(a.fetchedAt)
	return a, ok && 0 <= age && age < cacheFor
}
