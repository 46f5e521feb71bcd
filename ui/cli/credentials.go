package cli

import (
	"bytes"
	"context"
	"errors"
	"os/exec"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"bounceboard/ui/words"
)

const (
	userVariable = "SENDCLOUD_API_USER"
	keyVariable  = "SENDCLOUD_API_KEY" //nolint:gosec // the name of a variable
	baseVariable = "SENDCLOUD_BASE_URL"

	defaultBase = "https://api.sendcloud.net/apiv2"
)

// keyTimeout is how long api_key_command may take: somebody may have to type a
// passphrase.
const keyTimeout = time.Minute

// account is where and as whom to ask.
type account struct {
	base, user, key          string
	profile                  string // empty when the credentials come from the environment
	calls, window, lookbacks int
}

// account resolves flags over environment over file. The one exception: an
// explicit --profile wins over credentials in the environment. User and key
// come from the same place.
func (a *app) account(ctx context.Context, f *flags, cfg *config) (account, error) {
	name := cfg.Profile
	if f.profile != "" {
		name = f.profile
		if _, ok := cfg.Profiles[name]; !ok {
			return account{}, usage(words.NoProfile, name, cfg.path, a.lang.Say(cfg.profilesThere(name)))
		}
	}
	p := cfg.Profiles[name]
	acc := account{
		base:   firstOf(func(s string) string { return s }, f.baseURL, a.Getenv(baseVariable), p.BaseURL, defaultBase),
		calls:  p.CallsPerMinute,
		window: p.WindowDays, lookbacks: p.LookbackDays,
	}
	if f.calls != 0 {
		acc.calls = f.calls
	}
	user, key := a.Getenv(userVariable), a.Getenv(keyVariable)
	var err error
	switch {
	case f.profile == "" && (user != "" || key != ""):
		err = acc.fromEnvironment(a, user, key)
	case p.APIUser != "" || p.APIKey != "" || p.APIKeyCommand != "" || f.profile != "":
		acc.profile = name
		err = acc.fromProfile(ctx, a, cfg, p)
	case name == "" && len(cfg.Profiles) > 0:
		err = usage(words.ChooseProfile, cfg.path, a.lang.Say(cfg.profilesThere("")))
	default:
		_, _ = a.Err.Write([]byte(a.lang.Say(words.GettingStarted, gettingStartedPath(cfg.path))))
		err = ended(exitUsage)
	}
	a.secrets.hide(acc.key)
	return acc, err
}

func gettingStartedPath(path string) string {
	if path == "" {
		return "~/.config/bounceboard/config.toml"
	}
	return path
}

func (acc *account) fromEnvironment(a *app, user, key string) error {
	switch {
	case key == "":
		return usage(words.HalfEnvironment, userVariable, keyVariable)
	case user == "":
		return usage(words.HalfEnvironment, keyVariable, userVariable)
	}
	acc.user, acc.key = user, key
	return errors.Join(a.credential(userVariable, user), a.credential(keyVariable, key))
}

func (acc *account) fromProfile(ctx context.Context, a *app, cfg *config, p profile) error {
	missing := func(key string) error {
		return problem(cfg.path, cfg.line(acc.profile), words.HalfProfile, acc.profile, key)
	}
	at := func(key string) string {
		return a.lang.Say(words.ConfigAt, cfg.path, cfg.line(acc.profile, key), key)
	}
	switch {
	case p.APIUser == "":
		return missing("api_user")
	case p.APIKey == "" && p.APIKeyCommand == "":
		return missing("api_key_command (api_key)")
	}
	acc.user, acc.key = p.APIUser, p.APIKey
	if err := a.credential(at("api_user"), acc.user); err != nil {
		return err
	}
	from := at("api_key")
	if acc.key == "" {
		from = at("api_key_command")
		var err error
		if acc.key, err = runKeyCommand(ctx, acc.profile, p.APIKeyCommand, keyTimeout); err != nil {
			return err
		}
	}
	return a.credential(from, acc.key)
}

// credential refuses what comes from careless copying. It never shows the
// value.
func (a *app) credential(name, value string) error {
	what := words.Sentence{}
	switch {
	case !utf8.ValidString(value):
		what = words.HoldsNoText
	case strings.ContainsAny(value, "\r\n"):
		what = words.HoldsLineBreak
	case strings.ContainsFunc(value, unicode.IsSpace):
		what = words.HoldsBlank
	case strings.ContainsFunc(value, func(r rune) bool { return !unicode.IsGraphic(r) }):
		what = words.HoldsInvisible
	default:
		return nil
	}
	return usage(words.BadCredential, name, a.lang.Say(what))
}

// runKeyCommand has the shell run a profile's api_key_command and returns what
// it printed. What it says on standard error is not passed on: it may hold the
// key. A command that has to ask its user opens the terminal itself.
func runKeyCommand(ctx context.Context, name, command string, limit time.Duration) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	out := &bounded{most: 64 << 10}
	cmd := exec.CommandContext(ctx, "/bin/sh", "-c", command)
	cmd.Stdout = out
	cmd.WaitDelay = 200 * time.Millisecond // a grandchild may keep the pipe open
	err := cmd.Run()
	key := strings.TrimSpace(out.kept.String())
	switch {
	case errors.Is(context.Cause(ctx), context.DeadlineExceeded):
		return "", usage(words.CommandTimeout, name, limit)
	case ctx.Err() != nil:
		return "", ctx.Err()
	case out.over:
		return "", usage(words.CommandTooLong, name)
	case err != nil:
		return "", usage(words.CommandFailed, name, reason(err))
	case key == "":
		return "", usage(words.CommandEmpty, name)
	case strings.ContainsAny(key, "\r\n"):
		return "", usage(words.CommandTwoLines, name)
	}
	return key, nil
}

// bounded keeps the first bytes written to it and notes whether there were
// more.
type bounded struct {
	kept bytes.Buffer
	most int
	over bool
}

func (b *bounded) Write(p []byte) (int, error) {
	room := max(0, b.most-b.kept.Len())
	if len(p) > room {
		b.over = true
	}
	b.kept.Write(p[:min(len(p), room)])
	return len(p), nil
}
