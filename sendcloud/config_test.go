package sendcloud

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"reflect"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestNewRefuses(t *testing.T) {
	good := Config{BaseURL: "https://api.example.com/apiv2", APIUser: "u", APIKey: testKey}
	_, err := New(good)
	require.NoError(t, err)

	url := func(text string, reason ConfigReason, value string) (Config, ConfigError) {
		c := good
		c.BaseURL = text
		return c, ConfigError{Setting: SettingBaseURL, Reason: reason, Value: value}
	}
	const clean = "https://api.example.com/apiv2"
	for _, tt := range []struct{ text, reason, value string }{
		{"", string(ConfigMissing), ""},
		{" ", string(ConfigMissing), ""},
		{"api.example.com/apiv2", string(ConfigNotURL), ""},
		{"ftp://api.example.com", string(ConfigNotURL), ""},
		{"https://", string(ConfigNotURL), ""},
		{"https://:443/x", string(ConfigNotURL), ""},
		{"https:api.example.com", string(ConfigNotURL), ""},
		{"https://[::1", string(ConfigNotURL), ""},
		{"https://u:hunter2@api.example.com/apiv2", string(ConfigUserInfo), clean},
		{"https://hunter2@api.example.com/apiv2", string(ConfigUserInfo), clean},
		{"https://api.example.com/apiv2?apiKey=hunter2", string(ConfigQuery), clean},
		{"https://api.example.com/apiv2?", string(ConfigQuery), clean},
		{"https://api.example.com/apiv2#hunter2", string(ConfigFragment), clean},
		{"https://api.example.com/apiv2#", string(ConfigFragment), clean},
		{"http://api.example.com/apiv2", string(ConfigNotHTTPS), "http://api.example.com/apiv2"},
		{"http://localhost.example.com", string(ConfigNotHTTPS), "http://localhost.example.com"},
		{"http://127.0.0.1.example.com", string(ConfigNotHTTPS), "http://127.0.0.1.example.com"},
		{"http://192.0.2.1:8080", string(ConfigNotHTTPS), "http://192.0.2.1:8080"},
	} {
		cfg, want := url(tt.text, ConfigReason(tt.reason), tt.value)
		_, err := New(cfg)
		require.Equal(t, &want, err, tt.text)
		require.NotContains(t, err.Error(), "hunter2")
	}
	for want, change := range map[ConfigError]func(*Config){
		{Setting: SettingAPIUser, Reason: ConfigMissing}:                                             func(c *Config) { c.APIUser = "" },
		{Setting: SettingAPIKey, Reason: ConfigMissing}:                                              func(c *Config) { c.APIKey = "" },
		{Setting: SettingAPIKey, Reason: ConfigBadText}:                                              func(c *Config) { c.APIKey += "\n" },
		{Setting: SettingAPIUser, Reason: ConfigBadText}:                                             func(c *Config) { c.APIUser = "a b" },
		{Setting: SettingCallsPerMinute, Reason: ConfigOutOfRange, Value: "3001", Min: 1, Max: 3000}: func(c *Config) { c.CallsPerMinute = 3001 },
		{Setting: SettingCallsPerMinute, Reason: ConfigOutOfRange, Value: "-1", Min: 1, Max: 3000}:   func(c *Config) { c.CallsPerMinute = -1 },
		{Setting: SettingWindowDays, Reason: ConfigOutOfRange, Value: "93", Min: 1, Max: 92}:         func(c *Config) { c.WindowDays = 93 },
		{Setting: SettingLookbackDays, Reason: ConfigOutOfRange, Value: "-7", Min: 1, Max: 3660}:     func(c *Config) { c.LookbackDays = -7 },
	} {
		cfg := good
		change(&cfg)
		_, err := New(cfg)
		require.Equal(t, &want, err)
		require.NotContains(t, err.Error(), testKey)
	}
}

func TestNewTakes(t *testing.T) {
	for base, endpoint := range map[string]string{
		"https://api.example.com/apiv2":      "https://api.example.com/apiv2/data/emailStatus",
		"https://api.example.com/apiv2//":    "https://api.example.com/apiv2/data/emailStatus",
		"https://api.example.com":            "https://api.example.com/data/emailStatus",
		"http://localhost:8080/api":          "http://localhost:8080/api/data/emailStatus",
		"http://127.0.0.1:8080/apiv2":        "http://127.0.0.1:8080/apiv2/data/emailStatus",
		"http://127.1.2.3/apiv2":             "http://127.1.2.3/apiv2/data/emailStatus",
		"http://[::1]:8080":                  "http://[::1]:8080/data/emailStatus",
		"http://[::ffff:127.0.0.1]:8080/api": "http://[::ffff:127.0.0.1]:8080/api/data/emailStatus",
	} {
		c, err := New(Config{BaseURL: base, APIUser: "u", APIKey: "k"})
		require.NoError(t, err, base)
		require.Equal(t, endpoint, c.endpoint)
		require.Equal(t, Budget{PerMinute: 600, Left: 600}, c.Budget())
	}
}

// The key is in nothing that a Config, a Client or an error can be printed as.
func TestKeyIsNeverPrinted(t *testing.T) {
	var log bytes.Buffer
	echo := &script{play: func(n int, req *http.Request) (*http.Response, error) {
		require.NoError(t, req.ParseForm())
		require.Equal(t, testKey, req.PostForm.Get("apiKey"), "the service does get it")
		return nil, fmt.Errorf("cannot send %v %q %s", req.PostForm, req.PostForm.Encode(), url.PathEscape(req.PostForm.Get("apiKey")))
	}}
	cfg := Config{BaseURL: "https://x:" + url.QueryEscape(testKey) + "@api.example.com/?" + testKey, APIUser: "u", APIKey: testKey, Transport: echo,
		Log: slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))}
	_, refused := New(cfg)
	require.Error(t, refused)
	cfg.BaseURL = "https://api.example.com/apiv2"
	c, err := New(cfg)
	require.NoError(t, err)
	_, failed := c.ask(t.Context(), url.Values{"days": {"1"}}, false, func(Event) {})
	require.IsType(t, &NetworkError{}, failed)

	echo.play = func(int, *http.Request) (*http.Response, error) {
		return respond(200, `{"result":false,"statusCode":40005,"message":"no user u with `+testKey+`"}`), nil
	}
	_, echoed := c.ask(t.Context(), query(), false, func(Event) {})
	require.IsType(t, &CredentialsError{}, echoed)
	echo.play = func(int, *http.Request) (*http.Response, error) {
		return respond(200, `{"result":false,"statusCode":40012}`), nil
	}
	_, wrong := c.ask(t.Context(), query(), false, func(Event) {})
	require.EqualError(t, wrong, `email "a@example.com": refused by the service (40012) `)
	echo.play = func(int, *http.Request) (*http.Response, error) {
		return respond(302, "", "Location", "https://"+url.QueryEscape(testKey)+"@proxy.example.com/login/"+url.PathEscape(testKey)+"?back="+url.QueryEscape(testKey)+"#x"+url.PathEscape(testKey)), nil
	}
	_, moved := c.ask(t.Context(), query(), false, func(Event) {})
	require.Equal(t, &NotServiceError{Answer: AnswerRedirect, HTTPStatus: 302, Host: "api.example.com", Location: "https://proxy.example.com/login/[key]"}, moved)

	dumps := []string{log.String()}
	for _, v := range []any{cfg, &cfg, c, refused, failed, echoed, moved} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
			dumps = append(dumps, fmt.Sprintf(verb, v))
		}
		j, _ := json.Marshal(v) // what cannot be encoded leaks nothing
		var l bytes.Buffer
		slog.New(slog.NewTextHandler(&l, nil)).Info("x", "v", v)
		slog.New(slog.NewJSONHandler(&l, nil)).Info("x", "v", v)
		dumps = append(dumps, string(j), l.String())
	}
	dumps = append(dumps, texts(reflect.ValueOf(c), map[uintptr]bool{})...)
	require.Contains(t, dumps, c.endpoint, "texts looks into a Client")

	for _, dump := range dumps {
		for _, spelled := range []string{testKey, url.QueryEscape(testKey), url.PathEscape(testKey), fmt.Sprintf("%x", testKey)} {
			require.NotContains(t, dump, spelled)
		}
	}
	require.Contains(t, log.String(), "[key]", "the echo did get into the log, without the key")
	require.Contains(t, log.String(), "params=\"[days email]\"")
	require.Contains(t, log.String(), "email: refused by the service (40012)")
	require.NotContains(t, log.String(), "a@example.com", "the log holds no address")
}

// texts is every string that a dump of v which follows pointers could show.
func texts(v reflect.Value, seen map[uintptr]bool) (found []string) {
	switch v.Kind() {
	case reflect.String:
		found = append(found, v.String())
	case reflect.Pointer:
		if v.IsNil() || seen[v.Pointer()] {
			return nil
		}
		seen[v.Pointer()] = true
		found = texts(v.Elem(), seen)
	case reflect.Interface:
		if !v.IsNil() {
			found = texts(v.Elem(), seen)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			found = append(found, texts(v.Field(i), seen)...)
		}
	case reflect.Slice, reflect.Array:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return nil
		}
		for i := range v.Len() {
			found = append(found, texts(v.Index(i), seen)...)
		}
	case reflect.Map:
		for _, k := range v.MapKeys() {
			found = append(append(found, texts(k, seen)...), texts(v.MapIndex(k), seen)...)
		}
	}
	return found
}
