package sendcloud

import (
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// Config is what a Client needs. Zero fields other than BaseURL, APIUser and
// APIKey take their defaults. However it is printed, the key is left out.
type Config struct {
	BaseURL        string // prefix included; https, except to a loopback host
	APIUser        string
	APIKey         string
	CallsPerMinute int               // 1 to 3000, default 600
	WindowDays     int               // what one call may span, 1 to 92, default 30 (3 on the international hosts)
	LookbackDays   int               // what a query may span and reach back, 1 to 3660, default 92
	Version        string            // goes out in the user agent
	Transport      http.RoundTripper // default: one that bounds its waits and keeps connections alive
	Now            func() time.Time  // the clock people see; default time.Now
	Log            *slog.Logger      // debug lines, nothing secret in them; nil is off
}

// String tells the settings without the key.
func (c Config) String() string {
	return fmt.Sprintf("sendcloud.Config{BaseURL: %q, APIUser: %q, CallsPerMinute: %d, WindowDays: %d, LookbackDays: %d}",
		cleanURL(c.BaseURL), c.APIUser, c.CallsPerMinute, c.WindowDays, c.LookbackDays)
}

// Format writes String for every verb.
func (c Config) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(c.String())) }

// MarshalText returns the same as String, for loggers and encoders that would walk the fields.
func (c Config) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// parseBase reads the base URL. The key travels in the body, so the line has
// to be encrypted; user info, query and fragment would end up in logs.
func parseBase(text string) (*url.URL, error) {
	u, err := url.Parse(text)
	reason, clean := ConfigReason(""), cleanURL(text)
	switch {
	case strings.TrimSpace(text) == "":
		reason = ConfigMissing
	case err != nil || u.Hostname() == "" || u.Scheme != "http" && u.Scheme != "https":
		reason, clean = ConfigNotURL, ""
	case u.User != nil:
		reason = ConfigUserInfo
	case u.RawQuery != "" || u.ForceQuery:
		reason = ConfigQuery
	case strings.Contains(text, "#"):
		reason = ConfigFragment
	case u.Scheme != "https" && !loopback(u.Hostname()):
		reason = ConfigNotHTTPS
	default:
		return u, nil
	}
	return nil, &ConfigError{Setting: SettingBaseURL, Reason: reason, Value: clean}
}

// cleanURL returns text without user info, query and fragment; empty if it is no URL.
func cleanURL(text string) string {
	u, err := url.Parse(text)
	if err != nil || u.Host == "" {
		return ""
	}
	return (&url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path}).String()
}

func loopback(host string) bool {
	if strings.EqualFold(strings.TrimSuffix(host, "."), "localhost") {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.Unmap().IsLoopback()
}

// shortWindow is what one call may span on the international hosts (documented),
// and what is tried where a host refuses the span.
const shortWindow = 3

// defaultWindow returns how many days one call to host may span.
func defaultWindow(host string) int {
	host = strings.ToLower(host)
	if host == "api2.sendcloud.net" || strings.HasSuffix(host, ".aurorasendcloud.com") {
		return shortWindow
	}
	return 30
}

// checkCredential refuses what no credential holds: a blank or a line end, mostly one that was pasted along.
func checkCredential(s Setting, text string) error {
	switch {
	case text == "":
		return &ConfigError{Setting: s, Reason: ConfigMissing}
	case strings.ContainsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsPrint(r) }):
		return &ConfigError{Setting: s, Reason: ConfigBadText}
	}
	return nil
}

// number returns n, or its default for 0, when it is within 1 and max.
func number(s Setting, n, byDefault, max int) (int, error) {
	if n == 0 {
		return byDefault, nil
	}
	if n < 1 || n > max {
		return 0, &ConfigError{Setting: s, Reason: ConfigOutOfRange, Value: strconv.Itoa(n), Min: 1, Max: max}
	}
	return n, nil
}

// NewTransport speaks HTTP/1.1, where a connection that hangs is dropped with
// its call; over HTTP/2 the next try would go to the same dead connection.
func NewTransport() http.RoundTripper {
	t := &http.Transport{
		Proxy:                  proxy,
		DialContext:            (&net.Dialer{Timeout: 10 * time.Second, KeepAlive: 15 * time.Second}).DialContext,
		TLSHandshakeTimeout:    10 * time.Second,
		MaxIdleConnsPerHost:    mostInFlight,
		IdleConnTimeout:        90 * time.Second,
		MaxResponseHeaderBytes: 1 << 20,
		Protocols:              new(http.Protocols),
	}
	t.Protocols.SetHTTP1(true)
	return t
}

// proxy is the proxy of the environment. net/http passes over an address that it cannot read, or takes its scheme for a host.
func proxy(r *http.Request) (*url.URL, error) {
	p, err := http.ProxyFromEnvironment(r)
	given, exempt := os.Getenv("HTTPS_PROXY")+os.Getenv("https_proxy"), os.Getenv("NO_PROXY")+os.Getenv("no_proxy")
	if p == nil && given != "" && exempt == "" && !loopback(r.URL.Hostname()) ||
		p != nil && (strings.HasPrefix(p.Path, "//") || !slices.Contains([]string{"http", "https", "socks5", "socks5h"}, p.Scheme)) {
		err = errProxy
	}
	return p, err
}
