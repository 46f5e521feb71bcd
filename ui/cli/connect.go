package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/sendcloudtest"
	"bounceboard/ui/words"
)

// connection is a client and what it asks.
type connection struct {
	api      *sendcloud.Client
	profile  string // empty: the environment's credentials
	demo     bool
	lookback int    // days a query may reach back; 0 is the client's default
	close    func() // ends the demonstration's service
}

// connect makes a client. It asks nothing yet.
func (a *app) connect(ctx context.Context, f *flags, cfg *config) (*connection, error) {
	if err := a.openLog(f.logFile); err != nil {
		return nil, err
	}
	version, _ := buildVersion()
	c := sendcloud.Config{Version: version, Log: a.log, Now: a.now, CallsPerMinute: f.calls}
	conn := &connection{demo: f.demo, close: func() {}}
	if f.demo {
		if both := f.beside(); both != "" {
			return nil, usage(words.DemoAlone, both)
		}
		service, err := sendcloudtest.Start(sendcloudtest.Demo())
		if err != nil {
			return nil, fmt.Errorf("demo: %w", err)
		}
		conn.close = service.Close
		c.BaseURL = service.URL
		c.APIUser, c.APIKey = service.Credentials()
	} else {
		acc, err := a.account(ctx, f, cfg)
		if err != nil {
			return nil, err
		}
		conn.profile = acc.profile
		c.BaseURL, c.APIUser, c.APIKey = acc.base, acc.user, acc.key
		c.CallsPerMinute, c.WindowDays, c.LookbackDays = acc.calls, acc.window, acc.lookbacks
	}
	conn.lookback = c.LookbackDays
	var err error
	if conn.api, err = sendcloud.New(c); err != nil {
		conn.close()
		return nil, a.baseError(f, cfg, conn.profile, err)
	}
	return conn, nil
}

// baseError names the place that a wrong base URL comes from.
func (a *app) baseError(f *flags, cfg *config, profile string, err error) error {
	var wrong *sendcloud.ConfigError
	if !errors.As(err, &wrong) || wrong.Setting != sendcloud.SettingBaseURL {
		return err
	}
	text := words.Error(a.lang, err)
	switch {
	case f.baseURL != "":
		return usage(words.ConfigFile, "--base-url", text)
	case a.Getenv(baseVariable) != "":
		return usage(words.ConfigFile, baseVariable, text)
	}
	if profile == "" { // the credentials are the environment's
		profile = cfg.Profile
	}
	return problem(cfg.path, cfg.line(profile, "base_url"), words.ConfigFile, "base_url", text)
}

// beside names the flags that say which service to ask, where --demo does.
func (f *flags) beside() string {
	var names []string
	if f.profile != "" {
		names = append(names, "--profile")
	}
	if f.baseURL != "" {
		names = append(names, "--base-url")
	}
	return strings.Join(names, ", ")
}
