// Package cli is the command line: flags, sub-commands, exit statuses. It wires the client, the dashboard and
// the words together.
//
// list, count and patterns are a source of rows (the service or files), a filter, and a writer: see rows.go.
package cli

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"runtime/debug"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/charmbracelet/x/term"

	"bounceboard/ui/cell"
	"bounceboard/ui/cli/config"
	"bounceboard/ui/words"
)

// Env is what a run gets from outside.
type Env struct {
	Args    []string
	In      io.Reader
	Out     io.Writer
	Err     io.Writer
	Getenv  func(string) string
	Signals <-chan os.Signal // that end the program
	Exit    func(status int) // ends the process where a command hangs in a write after a signal
}

// console is what every command of a run works with.
type console struct {
	Env
	lang    words.Lang
	now     func() time.Time
	log     *slog.Logger
	secrets *redactor
	last    atomic.Pointer[func()] // see lastWords
	patient atomic.Bool            // the command may take longer to end by itself

	inputRead bool  // standard input was read as a list or as rows
	helpErr   error // what went wrong with help, which cobra has no way to return

	loadOnce sync.Once
	file     *config.File
	fileErr  error
}

// Run runs the command of env.Args and returns the exit status.
func Run(env Env) int { return newConsole(env).run(commands()) }

func newConsole(env Env) *console {
	return &console{Env: env, now: time.Now, log: slog.New(slog.DiscardHandler), secrets: &redactor{}}
}

func (c *console) run(makers []commandMaker) (status int) {
	c.lang = c.language()
	ctx, done := c.untilSignal()
	defer done()
	defer func() {
		if crash := recover(); crash != nil {
			status = c.crashed(crash, debug.Stack())
		}
	}()
	root := rootCommand(c, makers)
	root.SetArgs(c.Args)
	err := root.ExecuteContext(ctx)
	if err == nil {
		err = c.helpErr
	}
	return c.status(ctx, err)
}

// say writes one message to standard error, harmless whatever it quotes. What cannot be written there has
// nowhere else to go.
func (c *console) say(text string) {
	_, _ = fmt.Fprintf(c.Err, "bounceboard: %s\n", cell.Clean(c.secrets.clean(text)))
}

// words says a sentence in the language of the run.
func (c *console) words(s words.Sentence, args ...any) string { return c.lang.Say(s, args...) }

// early is the value of a flag before flags are parsed: language and configuration have to be known for every
// message, wrong usage included.
func (c *console) early(name string) string {
	value := ""
	for i, arg := range c.Args {
		if arg == "--" {
			break
		}
		if arg == "--"+name && i+1 < len(c.Args) {
			value = c.Args[i+1]
		} else if v, ok := strings.CutPrefix(arg, "--"+name+"="); ok {
			value = v
		}
	}
	return value
}

// language is --lang, else the configuration's, else the locale's.
func (c *console) language() words.Lang {
	if l := words.Lang(c.early("lang")); l == words.English || l == words.Chinese {
		return l
	}
	if file, err := c.config(c.early("config")); err == nil && file.Lang != "" {
		return words.Lang(file.Lang)
	}
	if strings.HasPrefix(strings.ToLower(c.locale("LC_MESSAGES")), "zh") {
		return words.Chinese
	}
	return words.English
}

// locale is the locale of a category, LC_MESSAGES or LC_CTYPE.
func (c *console) locale(category string) string {
	for _, name := range []string{"LC_ALL", category, "LANG"} {
		if v := c.Getenv(name); v != "" {
			return v
		}
	}
	return ""
}

// config is the configuration file, read once: it may come from a pipe.
func (c *console) config(path string) (*config.File, error) {
	c.loadOnce.Do(func() { c.file, c.fileErr = config.Load(path, c.Getenv) })
	return c.file, c.fileErr
}

// begin is what every command that reads rows begins with: the configuration, and the log of --log-file.
func (c *console) begin(o *options) (*config.File, error) {
	file, err := c.config(o.config)
	if err == nil {
		err = c.openLog(o.logFile)
	}
	return file, err
}

// untilSignal is a context that ends with the first signal. When the command does not end soon after, because
// it hangs in a read or a write that no context ends, the process does.
func (c *console) untilSignal() (context.Context, func()) {
	ctx, cancel := context.WithCancelCause(context.Background())
	ended := make(chan struct{})
	go func() {
		select {
		case <-ended:
			return
		case sig := <-c.Signals:
			cancel(signalled{sig})
			grace := shortGrace
			if c.patient.Load() {
				grace = longGrace
			}
			select {
			case <-ended:
			case <-time.After(grace):
				c.speak()
				c.Exit(signalled{sig}.status())
			}
		}
	}()
	return ctx, sync.OnceFunc(func() { close(ended); cancel(nil) })
}

// terminal reports whether stream is one.
func terminal(stream any) bool {
	f, ok := stream.(interface{ Fd() uintptr })
	return ok && term.IsTerminal(f.Fd())
}

// columns is the width of the terminal that stream is, 80 when unknown.
func columns(stream any) int {
	if f, ok := stream.(interface{ Fd() uintptr }); ok {
		if w, _, err := term.GetSize(f.Fd()); err == nil && w > 0 {
			return w
		}
	}
	return 80
}
