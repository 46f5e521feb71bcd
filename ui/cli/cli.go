// Package cli is the command line: flags, sub-commands, exit statuses. It wires the client, the dashboard and the words together.
//
// list, count and patterns are a source of rows (the service or files), a filter, and a writer: see rows.go.
package cli

import (
	"cmp"
	"context"
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
	secrets *redactor
	last    atomic.Pointer[func()]   // see lastWords
	line    atomic.Pointer[progress] // on standard error; nil: none
	patient atomic.Bool              // the command may take longer to end by itself

	inputRead bool  // standard input was read as a list or as rows
	helpErr   error // what went wrong with help, which cobra has no way to return

	config func() (*config.File, error) // the configuration file, read once: it may come from a pipe; empty with an error
}

// Run runs the command of env.Args and returns the exit status.
func Run(env Env) int { return newConsole(env).run(commands()) }

func newConsole(env Env) *console {
	c := &console{Env: env, now: time.Now, log: slog.New(slog.DiscardHandler), secrets: &redactor{}}
	c.config = sync.OnceValues(func() (*config.File, error) {
		file, err := config.Load(c.early("config"), c.Getenv)
		return cmp.Or(file, &config.File{}), err
	})
	return c
}

func (c *console) run(makers []commandMaker) (status int) {
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
	_, _ = fmt.Fprintf(c.Err, "bounceboard: %s\n", cell.Clean(c.secrets.clean(text)))
}

func (c *console) words(s words.Sentence, args ...any) string { return c.lang.Say(s, args...) }

// early is the value of a flag before flags are parsed: language and configuration have to be known for every
// message, wrong usage included.
func (c *console) early(name string) (value string) {
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
	if file, _ := c.config(); file.Lang != "" {
		return words.Lang(file.Lang)
	}
	if strings.HasPrefix(strings.ToLower(c.locale("LC_MESSAGES")), "zh") {
		return words.Chinese
	}
	return words.English
}

// locale is the locale of a category, LC_MESSAGES or LC_CTYPE.
func (c *console) locale(category string) string {
	return cmp.Or(c.Getenv("LC_ALL"), c.Getenv(category), c.Getenv("LANG"))
}

// lookback is how many days the profile in use lets a query span.
func (c *console) lookback() int {
	file, _ := c.config()
	return cmp.Or(file.Profiles[cmp.Or(c.early("profile"), file.Profile)].LookbackDays, sendcloud.DefaultLookbackDays)
}

// begin is what every command that reads rows begins with: the configuration, and the log of --log-file.
func (c *console) begin(o *options) (*config.File, error) {
	file, err := c.config()
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
		case sig := <-c.Signals:
			number, _ := sig.(syscall.Signal)
			cancel(signalled(number))
			grace := shortGrace
			if c.patient.Load() {
				grace = longGrace
			}
			select {
			case <-ended:
			case <-time.After(grace):
				exit := sync.OnceFunc(func() { c.Exit(exitSignal + int(number)) })
				time.AfterFunc(shortGrace/4, exit) // where output is not read, standard error may be the same pipe
				if text := c.last.Load(); text != nil {
					(*text)()
				}
				exit()
			}
		}
	}()
	return ctx, sync.OnceFunc(func() { close(ended); cancel(nil) })
}

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

// openLog begins the debug log of --log-file. An existing file is added to; one that others can read is refused.
func (c *console) openLog(path string) error {
	if path == "" {
		return nil
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND|os.O_CREATE, 0o600)
	if err != nil {
		return usage(words.LogUnusable, path, config.Reason(err))
	}
	if about, err := f.Stat(); err == nil && about.Mode().IsRegular() && about.Mode().Perm()&0o077 != 0 {
		_ = f.Close()
		return usage(words.LogReadable, path, about.Mode().Perm())
	}
	c.log = slog.New(slog.NewTextHandler(f, &slog.HandlerOptions{Level: slog.LevelDebug, ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
		if kind := a.Value.Kind(); kind == slog.KindString || kind == slog.KindAny {
			a.Value = slog.StringValue(c.secrets.clean(a.Value.String()))
		}
		return a
	}}))
	version, commit := buildVersion()
	c.log.Info("start", "version", version, "commit", commit, "go", runtime.Version(), "os", runtime.GOOS)
	return nil
}

// redactor takes the key out of texts. Nothing should put it there; this is the second wall.
type redactor struct {
	atomic.Pointer[strings.Replacer]
}

func (r *redactor) hide(secret string) {
	if len(secret) < 8 { // a toy: it would stand in half of all words
		return
	}
	const mark = "[key]"
	quoted := strconv.Quote(secret)
	r.Store(strings.NewReplacer(secret, mark, url.QueryEscape(secret), mark, url.PathEscape(secret), mark, quoted[1:len(quoted)-1], mark))
}

func (r *redactor) clean(text string) string {
	if replacer := r.Load(); replacer != nil {
		return replacer.Replace(text)
	}
	return text
}

// buildVersion is what the Go tool wrote into the binary. A build without version control has neither.
func buildVersion() (version, commit string) {
	version, commit = "devel", "unknown"
	info, ok := debug.ReadBuildInfo()
	if ok && info.Main.Version != "(devel)" {
		version = cmp.Or(info.Main.Version, version)
	}
	for i := 0; ok && i < len(info.Settings); i++ {
		if s := info.Settings[i]; s.Key == "vcs.revision" {
			commit = s.Value[:min(12, len(s.Value))]
		}
	}
	return version, commit
}
