// Package cli is the command line: flags, sub-commands, exit statuses. It wires the client, the dashboard and the words together.
//
// list, count and patterns are a source of rows (the service or files), a filter, and a writer: see rows.go.
package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"bounceboard/sendcloud"
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
	secret  atomic.Pointer[strings.Replacer] // takes the key out of texts
	last    atomic.Pointer[func()]           // see lastWords
	line    atomic.Pointer[progress]         // on standard error; nil: none
	patient atomic.Bool                      // the command may take longer to end by itself

	inputRead bool  // standard input was read as a list or as rows
	helpErr   error // what went wrong with help, which cobra has no way to return

	config func() (*config.File, error) // the configuration file, read once: it may come from a pipe; empty with an error
}

// Run runs the command of env.Args and returns the exit status.
func Run(env Env) int { return newConsole(env).run(commands()) }

func newConsole(env Env) *console {
	c := &console{Env: env, now: time.Now, log: slog.New(slog.DiscardHandler)}
	c.secret.Store(strings.NewReplacer())
	c.lastWords(func() { c.say(c.words(words.Interrupted)) })
	c.config = sync.OnceValues(func() (*config.File, error) {
		file, err := config.Load(c.early("config"), c.Getenv)
		return cmp.Or(file, &config.File{}), err
	})
	return c
}

func (c *console) run(makers []func(*console) *cobra.Command) (status int) {
	ctx, done := c.untilSignal()
	defer done()
	c.lang = c.language()
	defer func() {
		if crash := recover(); crash != nil {
			status = c.crashed(crash, debug.Stack())
		}
	}()
	root := rootCommand(c, makers)
	root.SetArgs(c.Args)
	return c.status(ctx, cmp.Or(root.ExecuteContext(ctx), c.helpErr))
}

// say writes one message to standard error, harmless whatever it quotes. What cannot be written there has nowhere else to go.
func (c *console) say(text string) {
	c.clearLine()
	_, _ = fmt.Fprintf(c.Err, "bounceboard: %s\n", cell.Clean(c.clean(text)))
}

func (c *console) words(s words.Sentence, args ...any) string { return c.lang.Say(s, args...) }

// early is the value of a flag before flags are parsed: every message needs the language and the configuration.
func (c *console) early(name string) (value string) {
	for i, arg := range c.Args {
		if arg == "--" {
			break
		} else if arg == "--"+name && i+1 < len(c.Args) {
			value = c.Args[i+1]
		} else if v, ok := strings.CutPrefix(arg, "--"+name+"="); ok {
			value = v
		}
	}
	return value
}

// language is --lang, else the configuration's, else the locale's.
func (c *console) language() words.Lang {
	file, _ := c.config()
	switch l := words.Lang(c.early("lang")); {
	case l == words.English || l == words.Chinese:
		return l
	case file.Lang != "":
		return words.Lang(file.Lang)
	case strings.HasPrefix(strings.ToLower(c.locale("LC_MESSAGES")), "zh"):
		return words.Chinese
	}
	return words.English
}

// locale is the locale of a category, LC_MESSAGES or LC_CTYPE.
func (c *console) locale(category string) string {
	return cmp.Or(c.Getenv("LC_ALL"), c.Getenv(category), c.Getenv("LANG"))
}

// untilSignal is a context that ends with the first signal. When the command does not end soon after, because
// it hangs in a read or a write that no context ends, the process does.
func (c *console) untilSignal() (context.Context, func()) {
	ctx, cancel := context.WithCancelCause(context.Background())
	over := make(chan struct{})
	go func() {
		select {
		case <-over:
		case sig := <-c.Signals:
			number, _ := sig.(syscall.Signal)
			cancel(ended(exitSignal + int(number)))
			grace := 600 * time.Millisecond // an interrupt has to act within a second
			if c.patient.Load() {           // a dashboard has a terminal to restore, a simulated service calls to close
				grace = 5 * time.Second
			}
			select {
			case <-over:
			case <-time.After(grace):
				end := sync.OnceFunc(func() { c.Exit(exitSignal + int(number)) })
				time.AfterFunc(150*time.Millisecond, end) // where output is not read, standard error may be the same pipe
				c.interrupted()
				end()
			}
		}
	}()
	return ctx, sync.OnceFunc(func() { close(over); cancel(nil) })
}

func terminal(stream any) bool {
	f, ok := stream.(interface{ Fd() uintptr })
	return ok && term.IsTerminal(f.Fd())
}

// columns is the width of the terminal that stream is, 80 when unknown.
func columns(stream any) (width int) {
	if f, ok := stream.(interface{ Fd() uintptr }); ok {
		width, _, _ = term.GetSize(f.Fd())
	}
	return cmp.Or(max(0, width), 80)
}

// openLog begins the debug log of --log-file. An existing file is added to; one that others can read is refused.
func (c *console) openLog(path string) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND|os.O_CREATE, 0o600)
	if err != nil {
		return usage(words.LogUnusable, path, config.Reason(err))
	} else if about, err := f.Stat(); err == nil && about.Mode().IsRegular() && about.Mode().Perm()&0o077 != 0 {
		_ = f.Close()
		return usage(words.LogReadable, path, about.Mode().Perm())
	}
	c.log = slog.New(slog.NewTextHandler(f, &slog.HandlerOptions{Level: slog.LevelDebug, ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
		if kind := a.Value.Kind(); kind == slog.KindString || kind == slog.KindAny {
			a.Value = slog.StringValue(c.clean(a.Value.String()))
		}
		return a
	}}))
	c.log.Info("start", "version", buildVersion(), "go", runtime.Version(), "os", runtime.GOOS)
	return nil
}

// hide has the key taken out of texts from now on. Nothing should put it there; this is the second wall.
func (c *console) hide(secret string) {
	if len(secret) < 8 { // a toy: it would stand in half of all words
		return
	}
	const mark = "[key]"
	quoted := strconv.Quote(secret)
	c.secret.Store(strings.NewReplacer(secret, mark, url.QueryEscape(secret), mark, url.PathEscape(secret), mark, quoted[1:len(quoted)-1], mark))
}

func (c *console) clean(text string) string { return c.secret.Load().Replace(text) }

// buildVersion is what the Go tool wrote into the binary: a tag, or the time and the commit.
func buildVersion() string {
	info, _ := debug.ReadBuildInfo()
	return strings.Trim(cmp.Or(info.Main.Version, "devel"), "()")
}

const (
	exitDone        = 0
	exitFailed      = 1  // the service, the network or a limit failed, or rows may be missing
	exitUsage       = 2  // no call was made
	exitCredentials = 3  // refused by the service
	exitBug         = 70 // ours
	exitSignal      = 128
)

// usage is wrong usage or configuration: no call was made.
func usage(what words.Sentence, args ...any) error { return words.Filled(what, args...) }

// exit is the status that the program ends with, and why: nil where that was said already.
type exit struct {
	why    *words.Message
	status int
}

func (e exit) Error() string { return fmt.Sprintf("exit status %d", e.status) }

func failed(what words.Sentence, args ...any) error {
	return exit{words.Filled(what, args...), exitFailed}
}

func ended(status int) error { return exit{status: status} }

// endedBy is the status for an error that was said.
func endedBy(err error) error {
	if _, refused := errors.AsType[*sendcloud.CredentialsError](err); refused {
		return ended(exitCredentials)
	}
	return ended(exitFailed)
}

// errReaderGone says that nobody reads standard output any more.
var errReaderGone = errors.New("the reader closed the pipe")

// status says what went wrong and makes it an exit status.
func (c *console) status(ctx context.Context, err error) int {
	end, ok := errors.AsType[exit](err)
	said := ok && end.why == nil
	if signal, ok := errors.AsType[exit](context.Cause(ctx)); ok {
		if !said {
			c.interrupted()
		}
		return signal.status
	}
	switch {
	case err == nil || errors.Is(err, errReaderGone):
		return exitDone
	case said:
		return end.status
	case errors.Is(err, config.ErrNoAccount):
		file, _ := c.config()
		_, _ = io.WriteString(c.Err, c.words(words.GettingStarted, cell.Clean(cmp.Or(file.Path, "~/.config/bounceboard/config.toml"))))
		return exitUsage
	}
	if bug, ok := errors.AsType[*sendcloud.PanicError](err); ok {
		return c.crashed(bug.Value, bug.Stack)
	}
	c.say(c.sentence(err))
	if _, ok := errors.AsType[*sendcloud.CredentialsError](err); ok {
		return exitCredentials
	}
	_, wrong := errors.AsType[*words.Message](err)
	_, setting := errors.AsType[*sendcloud.ConfigError](err)
	param, ok := errors.AsType[*sendcloud.ParameterError](err)
	if wrong || setting || ok && param.Reason != sendcloud.RefusedByService {
		return exitUsage
	}
	return exitFailed
}

// sentence is err in words; a parameter is called by its flag.
func (c *console) sentence(err error) string {
	if end, ok := errors.AsType[exit](err); ok {
		return end.why.In(c.lang)
	}
	if wrong, ok := errors.AsType[*words.Message](err); ok {
		return wrong.In(c.lang)
	}
	if param, ok := errors.AsType[*sendcloud.ParameterError](err); ok && param.Reason != sendcloud.RefusedByService {
		return words.Parameter(c.lang, param, flagOf)
	}
	return words.Error(c.lang, err)
}

// crashed tells of a bug of ours in one sentence; the stack goes to the log file, if one was asked for.
func (c *console) crashed(crash any, stack []byte) int {
	why := c.clean(cell.Style{}.Cut(fmt.Sprint(crash), 120))
	c.log.Error("crash", "why", why, "stack", string(stack))
	c.say(c.words(words.Crashed, why))
	return exitBug
}

// lastWords sets what is said after a signal: how far the command came.
func (c *console) lastWords(text func()) { c.last.Store(&text) }

// interrupted says it, once: the command may end while the process is ended because the command hangs.
func (c *console) interrupted() {
	if text := c.last.Swap(nil); text != nil {
		(*text)()
	}
}
