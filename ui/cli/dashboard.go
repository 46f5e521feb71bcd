package cli

import (
	"context"
	"errors"
	"os"
	"strings"
	"time"

	"bounceboard/keymap"
	"bounceboard/sendcloud"
	"bounceboard/theme"
	"bounceboard/ui"
	"bounceboard/ui/words"
)

// dashboard runs the dashboard: with the failures of the last 7 days, or with
// what the flags ask for.
func (a *app) dashboard(ctx context.Context, f *flags, asked bool) error {
	conn, plan, err := a.ask(ctx, f)
	if err != nil {
		return err
	}
	defer conn.close()
	in, out, err := a.screenFiles()
	if err != nil {
		return err
	}
	a.checkLocale()
	q := plan.Query
	if !asked {
		q = sendcloud.Query{Days: 7, Statuses: []sendcloud.Status{sendcloud.Invalid, sendcloud.SoftBounce}}
	}
	rules, err := a.rules("", f.config)
	if err != nil {
		return err
	}
	a.last.wait(5 * time.Second) // the terminal has to be restored first
	// The dashboard takes signals itself: they end it like a key, in good order.
	err = ui.Run(context.WithoutCancel(ctx), ui.Options{
		API:    conn.api,
		Where:  ui.Where{Profile: conn.profile, Host: conn.api.Host(), Demo: conn.demo},
		Query:  q,
		Lang:   a.lang,
		Theme:  theme.New(a.theme(f), a.ascii(f)),
		Keys:   keymap.Default(),
		Rules:  rules,
		Now:    a.now,
		Getenv: a.Getenv,
		Log:    a.log,
		In:     in,
		Out:    out,
	})
	var (
		sig   *ui.SignalError
		crash *ui.CrashError
	)
	switch {
	case errors.As(err, &sig):
		return ended(signalled{sig.Signal}.status())
	case errors.As(err, &crash):
		return ended(a.crashed(crash.Value, crash.Stack))
	}
	return err
}

// screenFiles are the terminal, or one sentence why there is none. Keys come
// from the terminal itself where standard input was read as a list.
func (a *app) screenFiles() (in, out *os.File, err error) {
	in, inFile := a.In.(*os.File)
	out, outFile := a.Out.(*os.File)
	switch {
	case !outFile || !terminal(out):
		return nil, nil, usage(words.NoTerminal)
	case a.inputRead:
		if in, err = os.OpenFile("/dev/tty", os.O_RDWR, 0); err != nil {
			return nil, nil, usage(words.NoTerminal)
		}
	case !inFile || !terminal(in):
		return nil, nil, usage(words.NoTerminal)
	}
	if a.Getenv("TERM") == "dumb" {
		return nil, nil, usage(words.DumbTerminal)
	}
	return in, out, nil
}

// checkLocale says that Chinese may be drawn wrongly. It is no reason to stop:
// many terminals over SSH are UTF-8 though no locale says so.
func (a *app) checkLocale() {
	locale := firstOf(a.Getenv, "LC_ALL", "LC_CTYPE", "LANG")
	name := strings.ToLower(strings.ReplaceAll(locale, "-", ""))
	if strings.Contains(name, "utf8") {
		return
	}
	if locale == "" {
		locale = a.lang.Say(words.LocaleUnset)
	}
	a.say(a.lang.Say(words.LocaleNotUTF8, locale))
}

// theme is --theme, else what NO_COLOR asks for, else the configuration's.
func (a *app) theme(f *flags) theme.Name {
	switch {
	case f.theme != "":
		return theme.Name(f.theme)
	case a.Getenv("NO_COLOR") != "":
		return theme.Mono
	case a.config.Theme != "":
		return theme.Name(a.config.Theme)
	}
	return theme.Dark
}

func (a *app) ascii(f *flags) bool { return f.ascii || a.config.ASCII }
