package config

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"syscall"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/sys/unix"

	"bounceboard/sendcloud"
	"bounceboard/ui/words"
)

// The variables that hold an account.
const (
	UserVariable = "SENDCLOUD_API_USER"
	KeyVariable  = "SENDCLOUD_API_KEY" //nolint:gosec // the name of a variable
	BaseVariable = "SENDCLOUD_BASE_URL"
)

// DefaultBase is the base URL of an account that names none.
const DefaultBase = "https://api.sendcloud.net/apiv2"

// Account is where to ask and as whom. Limits are the profile's, also with credentials of the environment; 0 is the client's default.
type Account struct {
	sendcloud.Config
	Profile      string // the one that user and key come from; empty where they come from the environment
	BaseFrom     any    // the flag, the variable or the place in the file that names the base URL, for a sentence
	BaseReplaced string // the base URL that belongs to user and key, where --base-url names another
	BaseUnused   bool   // the environment names a base URL that user and key do not belong to

	keyCommand string         // prints the key
	keyFrom    *words.Message // where it stands in the file
}

// ErrNoAccount says that neither the environment nor the file holds credentials.
var ErrNoAccount = errors.New("no credentials")

// Account finds the account. User, key and base URL come from the same place: the profile that --profile (chosen) names, else the
// environment, else the file's own profile; --base-url (baseURL) can replace the base URL. With an error the limits are the profile's.
func (f *File) Account(chosen, baseURL string, getenv func(string) string) (acc Account, err error) {
	name, names := cmp.Or(chosen, f.Profile), strings.Join(f.names(), ", ")
	p, there := f.Profiles[name]
	if chosen != "" && !there {
		return acc, words.Filled(words.NoProfile, "--profile", name, words.DidYouMean(name, f.names(), ""), f.Path, names)
	} else if name != "" && !there {
		return acc, problem(f.Path, f.line("profile"), words.NoProfile, "profile", name, words.DidYouMean(name, f.names(), ""), f.Path, names)
	}
	acc = Account{Config: sendcloud.Config{CallsPerMinute: p.CallsPerMinute, WindowDays: p.WindowDays, LookbackDays: p.LookbackDays}}
	user, key := getenv(UserVariable), getenv(KeyVariable)
	acc.BaseUnused = getenv(BaseVariable) != ""
	switch {
	case chosen == "" && user+key != "":
		acc.BaseURL, acc.BaseFrom, acc.BaseUnused, acc.APIUser, acc.APIKey = getenv(BaseVariable), BaseVariable, false, user, key
		if err = cmp.Or(clean(UserVariable, user), clean(KeyVariable, key)); user == "" || key == "" {
			err = words.Filled(words.HalfEnvironment, UserVariable, KeyVariable)
		}
	case p.APIUser+p.APIKey+p.APIKeyCommand+chosen != "":
		acc.Profile, acc.BaseURL = name, cmp.Or(p.BaseURL, DefaultBase)
		acc.BaseFrom = at(f.Path, f.line("profiles", name, "base_url"), "base_url")
		acc.APIUser, acc.APIKey = p.APIUser, p.APIKey
		err = acc.checkProfile(f, p)
	case name == "" && len(f.Profiles) > 0:
		err = words.Filled(words.ChooseProfile, f.Path, names)
	default:
		err = ErrNoAccount
	}
	if baseURL != "" {
		if strings.TrimRight(acc.BaseURL, "/") != strings.TrimRight(baseURL, "/") {
			acc.BaseReplaced = acc.BaseURL
		}
		acc.BaseURL, acc.BaseFrom = baseURL, "--base-url"
	}
	acc.BaseURL = cmp.Or(acc.BaseURL, DefaultBase)
	return acc, err
}

func (a *Account) checkProfile(f *File, p Profile) error {
	if p.APIUser == "" || p.APIKey+p.APIKeyCommand == "" {
		return problem(f.Path, f.line("profiles", a.Profile), words.HalfProfile, a.Profile)
	}
	named := func(key string) *words.Message { return at(f.Path, f.line("profiles", a.Profile, key), key) }
	a.keyCommand, a.keyFrom = p.APIKeyCommand, named("api_key_command")
	return cmp.Or(clean(named("api_user"), a.APIUser), clean(named("api_key"), a.APIKey))
}

// AskKey runs the profile's api_key_command, where it has one. say is told when that takes longer than a second.
func (a *Account) AskKey(ctx context.Context, say func(*words.Message)) (err error) {
	if a.keyCommand == "" {
		return nil
	}
	a.APIKey, err = runKeyCommand(ctx, a.Profile, a.keyCommand, keyTimeout, func() { say(words.Filled(words.CommandWaits, a.Profile, keyTimeout)) })
	return cmp.Or(err, clean(a.keyFrom, a.APIKey))
}

// clean refuses a credential that was copied carelessly. It never shows the value.
func clean(name any, value string) error {
	if utf8.ValidString(value) && !strings.ContainsFunc(value, func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsGraphic(r) }) {
		return nil
	}
	return words.Filled(words.BadCredential, name)
}

// keyTimeout is how long api_key_command may take: somebody may have to type a pass phrase.
const keyTimeout = 20 * time.Second

// runKeyCommand returns what a profile's api_key_command prints; its standard error, which may hold the key, is not shown. It ends with
// all that it started when the time is over or ctx ends. waits is called once when it takes longer than a second.
func runKeyCommand(ctx context.Context, profile, command string, limit time.Duration, waits func()) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	defer time.AfterFunc(time.Second, waits).Stop()
	var out bytes.Buffer
	cmd := exec.CommandContext(ctx, "/bin/sh", "-c", command)
	cmd.Stdout = &out
	cmd.WaitDelay = 200 * time.Millisecond // what left the process group may keep the pipe open
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	if tty, err := os.OpenFile("/dev/tty", os.O_RDWR, 0); err == nil {
		defer tty.Close()
		defer lend(tty, cmd)()
	}
	err := cmd.Run()
	if state, ok := cmd.ProcessState.Sys().(syscall.WaitStatus); cmd.SysProcAttr.Foreground && ok && state.Signal() == syscall.SIGINT {
		_ = syscall.Kill(os.Getpid(), syscall.SIGINT) // ctrl+c at the pass phrase reached the command alone
		<-ctx.Done()
	}
	key := strings.TrimSpace(out.String())
	switch {
	case errors.Is(context.Cause(ctx), context.DeadlineExceeded):
		return "", words.Filled(words.CommandTimeout, profile, limit)
	case ctx.Err() != nil:
		return "", ctx.Err()
	case err != nil:
		return "", words.Filled(words.CommandFailed, profile, Reason(err))
	case key == "" || strings.Contains(key, "\n"):
		return "", words.Filled(words.CommandLines, profile)
	}
	return key, nil
}

// lend lets a command read from the terminal, so that it can ask for a pass phrase: it becomes the terminal's foreground
// job where we are that. The function returned takes the terminal back.
func lend(tty *os.File, cmd *exec.Cmd) (back func()) {
	fd := int(tty.Fd())
	ours, err := unix.IoctlGetInt(fd, unix.TIOCGPGRP)
	if err != nil || ours != unix.Getpgrp() {
		return func() {}
	}
	cmd.Stdin = tty
	cmd.SysProcAttr.Foreground, cmd.SysProcAttr.Ctty = true, fd
	signal.Ignore(unix.SIGTTOU) // changing the terminal's foreground job from behind would stop us
	return func() {
		_ = unix.IoctlSetPointerInt(fd, unix.TIOCSPGRP, ours)
		signal.Reset(unix.SIGTTOU)
	}
}
