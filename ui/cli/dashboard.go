package cli

import (
	"context"
	"errors"
	"os"
	"syscall"

	"bounceboard/sendcloud"
	"bounceboard/ui"
	"bounceboard/ui/recall"
	"bounceboard/ui/words"
)

// runDashboard runs the dashboard: over files of rows, with what the flags ask for, or with the failures of the last 7 days.
func runDashboard(ctx context.Context, c *console, o *options, asked bool) error {
	keep, err := newRowFilter(c, o, false)
	if err != nil {
		return err
	}
	d := ui.Options{Lang: c.lang, Filter: keep.text, Now: c.now, Getenv: c.Getenv, Log: c.log, State: recall.Folder(c.Getenv),
		Plain: o.plain || c.Getenv("TERM") == "dumb"}
	if len(o.from) > 0 {
		files, err := openFiles(c, o)
		if err != nil {
			return err
		}
		defer files.close()
		if in, ok := c.In.(*os.File); ok && c.inputRead && terminal(in) { // else it would take the keys for rows
			return usage(words.FromTerminal)
		}
		d.File = &ui.File{Name: files.name, In: files.in}
	} else {
		conn, plan, err := planned(ctx, c, o)
		if err != nil {
			return err
		}
		defer conn.close()
		if !asked {
			if plan, err = conn.api.Plan(sendcloud.Query{Days: 7, Statuses: []sendcloud.Status{sendcloud.Invalid, sendcloud.SoftBounce}}); err != nil {
				return err
			}
		}
		spool, plan, err := openSpool(c, o, conn, plan, true)
		if err != nil {
			return err
		}
		defer spool.Close()
		if d.Query = plan.Query; spool != nil {
			d.Spool = spool
		}
		d.API, d.Where = conn.api, ui.Where{Profile: conn.account.Profile, Host: conn.api.Host(), Demo: o.demo}
		d.LookbackDays = conn.account.LookbackDays
	}
	return c.dashboard(ctx, o, d)
}

// dashboard runs the dashboard on the terminal. Keys come from the terminal itself where standard input was read as a list.
func (c *console) dashboard(ctx context.Context, o *options, d ui.Options) (err error) {
	d.Out, _ = c.Out.(*os.File)
	if d.In, _ = c.In.(*os.File); c.inputRead {
		d.In, err = os.OpenFile("/dev/tty", os.O_RDWR, 0)
	}
	if err != nil || !terminal(d.Out) || !terminal(d.In) {
		return usage(words.NoTerminal)
	}
	checkLocale(c)
	if d.Rules, err = loadRules(c, ""); err != nil {
		return err
	}
	file, _ := c.config() // an error has ended the command before
	d.Theme, d.Keys, d.Labels, d.Columns, d.SaveColumns = themeOf(c, o), c.keymap(), file.Labels, file.Columns, file.SaveColumns
	d.Saved = ui.Saved{Views: file.SavedViews(), Save: file.SaveView, First: o.opened}
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
