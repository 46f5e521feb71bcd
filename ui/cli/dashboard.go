package cli

import (
	"context"
	"errors"
	"os"
	"syscall"

	"bounceboard/sendcloud"
	"bounceboard/ui"
	"bounceboard/ui/export"
	"bounceboard/ui/recall"
	"bounceboard/ui/words"
)

// runDashboard runs the dashboard: with the failures of the last 7 days, or with what the flags ask for.
func runDashboard(ctx context.Context, c *console, o *options, asked bool) error {
	keep, err := newRowFilter(c, o, false)
	if err != nil {
		return err
	}
	d, done, err := subject(ctx, c, o, asked)
	if err != nil {
		return err
	}
	defer done()
	d.Filter = keep.text
	if d.In, d.Out, err = screenFiles(c); err != nil {
		return err
	}
	checkLocale(c)
	if d.Rules, err = loadRules(c, ""); err != nil {
		return err
	}
	spool, err := export.OpenSpool(o.spool)
	if err = openError("--spool", o.spool, err); err != nil {
		return err
	}
	defer spool.Close()
	if spool != nil {
		d.Spool = spool
	}
	d.Lang, d.Theme, d.Keys = c.lang, themeOf(c, o), c.keymap()
	d.Now, d.Getenv, d.Log = c.now, c.Getenv, c.log
	file, _ := c.config() // an error has ended the command before
	d.Saved = ui.Saved{Views: file.SavedViews(), Save: file.SaveView, First: o.opened}
	d.Columns, d.SaveColumns = file.Columns, file.SaveColumns
	d.Labels = file.Labels
	d.State = recall.Folder(c.Getenv)
	d.Plain = o.plain || c.Getenv("TERM") == "dumb"
	c.patient.Store(true) // the terminal has to be restored first
	err = ui.Run(ctx, d)
	if crash, ok := errors.AsType[*ui.CrashError](err); ok {
		return ended(c.crashed(crash.Value, crash.Stack))
	} else if ctx.Err() != nil {
		return ended(exitDone) // the signal decides
	} else if errors.Is(err, ui.ErrGone) {
		return ended(exitSignal + int(syscall.SIGHUP)) // nobody is left to be told, and SIGHUP may be ignored
	}
	return err
}

// subject is what the dashboard is about: files of rows, or a service and a first question.
func subject(ctx context.Context, c *console, o *options, asked bool) (d ui.Options, done func(), err error) {
	if len(o.from) > 0 {
		files, err := openFiles(c, o)
		if err != nil {
			return d, nil, err
		}
		if in, ok := c.In.(*os.File); ok && c.inputRead && terminal(in) { // else it would take the keys for rows
			files.close()
			return d, nil, usage(words.FromTerminal)
		}
		d.File = &ui.File{Name: files.name, In: files.in}
		return d, files.close, nil
	}
	conn, plan, err := planned(ctx, c, o)
	if err != nil {
		return d, nil, err
	}
	d.API, d.Where = conn.api, ui.Where{Profile: conn.account.Profile, Host: conn.api.Host(), Demo: o.demo}
	d.Query, d.LookbackDays = plan.Query, conn.account.LookbackDays
	if !asked {
		d.Query = sendcloud.Query{Days: 7, Statuses: []sendcloud.Status{sendcloud.Invalid, sendcloud.SoftBounce}}
	}
	return d, conn.close, nil
}

// screenFiles are the terminal, or one sentence why there is none. Keys come from the terminal itself where
// standard input was read as a list.
func screenFiles(c *console) (in, out *os.File, err error) {
	out, _ = c.Out.(*os.File)
	if in, _ = c.In.(*os.File); c.inputRead {
		in, err = os.OpenFile("/dev/tty", os.O_RDWR, 0)
	}
	switch {
	case err != nil || !terminal(out) || !terminal(in):
		return nil, nil, usage(words.NoTerminal)
	}
	return in, out, nil
}
