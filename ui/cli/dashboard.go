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
	o, done, err := a.subject(ctx, f, asked)
	if err != nil {
		return err
	}
	defer done()
	if o.In, o.Out, err = a.screenFiles(); err != nil {
		return err
	}
	a.checkLocale()
	rules, err := a.rules("", f.config)
	if err != nil {
		return err
	}
	spool, err := a.openSpool(f.spool)
	if err != nil {
		return err
	}
	defer spool.Close()
	spool.once()
	if spool != nil {
		o.Spool = spool
	}
	o.Lang, o.Theme, o.Keys, o.Rules = a.lang, theme.New(a.theme(f), a.ascii(f)), keymap.Default(), rules
	o.Now, o.Getenv, o.Log = a.now, a.Getenv, a.log
	a.last.wait(5 * time.Second) // the terminal has to be restored first
	err = ui.Run(ctx, o)
	var crash *ui.CrashError
	switch {
	case errors.As(err, &crash):
		return ended(a.crashed(crash.Value, crash.Stack))
	case ctx.Err() != nil:
		return ended(0) // the signal says the exit status
	}
	return err
}

// subject is what the dashboard is about: a file of rows, or a service and a
// first question.
func (a *app) subject(ctx context.Context, f *flags, asked bool) (o ui.Options, done func(), err error) {
	if f.from != "" {
		if in, ok := a.In.(*os.File); ok && f.from == "-" && terminal(in) { // else it would take the keys for rows
			return o, nil, usage(words.FromTerminal)
		}
		in, name, err := a.openRows(f)
		if err != nil {
			return o, nil, err
		}
		o.File = &ui.File{Name: name, In: in}
		return o, func() { _ = in.Close() }, nil
	}
	conn, plan, err := a.ask(ctx, f)
	if err != nil {
		return o, nil, err
	}
	o.API, o.Where = conn.api, ui.Where{Profile: conn.profile, Host: conn.api.Host(), Demo: conn.demo}
	o.Query, o.LookbackDays = plan.Query, conn.lookback
	if !asked {
		o.Query = sendcloud.Query{Days: 7, Statuses: []sendcloud.Status{sendcloud.Invalid, sendcloud.SoftBounce}}
	}
	return o, conn.close, nil
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
