// Package cli is the command line: flags, configuration and credentials,
// sub-commands, exit statuses. It wires the client, the dashboard and the
// words together.
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
	"time"

	"github.com/charmbracelet/x/term"

	"bounceboard/ui/cell"
	"bounceboard/ui/words"
)

// The exit statuses.
const (
	exitDone        = 0
	exitFailed      = 1  // the service, the network or a limit failed, or rows may be missing
	exitUsage       = 2  // nothing was asked
	exitCredentials = 3  // refused by the service
	exitBug         = 70 // ours
	exitSignal      = 128
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

// app is one run.
type app struct {
	Env
	lang    words.Lang
	now     func() time.Time
	log     *slog.Logger
	logFile io.Closer
	logPath string
	secrets *redactor

	inputRead bool // standard input was a list

	configOnce sync.Once
	config     *config
	configErr  error

	last lastWords
}

// Run runs the command of env.Args and returns the exit status.
func Run(env Env) int { return newApp(env).run(commands()) }

func newApp(env Env) *app {
	return &app{Env: env, now: time.Now, log: slog.New(slog.DiscardHandler), secrets: &redactor{}}
}

func (a *app) run(makers []commandMaker) (status int) {
	a.lang = a.language()
	ctx, done := a.untilSignal()
	defer done()
	defer a.closeLog()
	defer func() {
		if crash := recover(); crash != nil {
			status = a.crashed(crash, debug.Stack())
		}
	}()
	root := a.root(makers)
	root.SetArgs(a.Args)
	return a.status(ctx, root.ExecuteContext(ctx))
}

// say writes one message to standard error, harmless whatever it quotes. What cannot be written there has
// nowhere else to go.
func (a *app) say(text string) {
	_, _ = fmt.Fprintf(a.Err, "bounceboard: %s\n", cell.Clean(a.secrets.clean(text)))
}

// early is the value of a flag before flags are parsed: language and
// configuration have to be known for every message, wrong usage included.
func (a *app) early(name string) string {
	value := ""
	for i, arg := range a.Args {
		if arg == "--" {
			break
		}
		if arg == "--"+name && i+1 < len(a.Args) {
			value = a.Args[i+1]
		} else if v, ok := strings.CutPrefix(arg, "--"+name+"="); ok {
			value = v
		}
	}
	return value
}

// language is --lang, else the configuration's, else the locale's.
func (a *app) language() words.Lang {
	if l := words.Lang(a.early("lang")); l == words.English || l == words.Chinese {
		return l
	}
	if cfg, err := a.loaded(a.early("config")); err == nil && cfg.Lang != "" {
		return words.Lang(cfg.Lang)
	}
	if strings.HasPrefix(strings.ToLower(firstOf(a.Getenv, "LC_ALL", "LC_MESSAGES", "LANG")), "zh") {
		return words.Chinese
	}
	return words.English
}

func firstOf(getenv func(string) string, names ...string) string {
	for _, name := range names {
		if v := getenv(name); v != "" {
			return v
		}
	}
	return ""
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

// untilSignal is a context that ends with the first signal. When the command
// does not end soon after, because it hangs in a read or a write that no
// context ends, the process does.
func (a *app) untilSignal() (context.Context, func()) {
	ctx, cancel := context.WithCancelCause(context.Background())
	ended := make(chan struct{})
	go func() {
		select {
		case <-ended:
			return
		case sig := <-a.Signals:
			cancel(signalled{sig})
			select {
			case <-ended:
			case <-time.After(a.last.patience()):
				a.last.speak()
				a.Exit(signalled{sig}.status())
			}
		}
	}()
	return ctx, sync.OnceFunc(func() { close(ended); cancel(nil) })
}
