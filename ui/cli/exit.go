package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"syscall"
	"time"

	"bounceboard/sendcloud"
	"bounceboard/ui/cell"
	"bounceboard/ui/cli/config"
	"bounceboard/ui/words"
)

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

type failure struct{ *words.Message }

func failed(what words.Sentence, args ...any) error { return failure{words.Filled(what, args...)} }

// errReaderGone says that nobody reads standard output any more.
var errReaderGone = errors.New("the reader closed the pipe")

// ended is a status whose message was said already.
type ended int

func (e ended) Error() string { return fmt.Sprintf("exit status %d", int(e)) }

// signalled is the cause of a context that a signal ended.
type signalled syscall.Signal

func (s signalled) Error() string { return "signal: " + syscall.Signal(s).String() }

// status says what went wrong and makes it an exit status.
func (c *console) status(ctx context.Context, err error) int {
	done, said := errors.AsType[ended](err)
	if sig, ok := errors.AsType[signalled](context.Cause(ctx)); ok {
		if !said {
			c.say(c.words(words.Interrupted))
		}
		return exitSignal + int(sig)
	}
	switch {
	case err == nil || errors.Is(err, errReaderGone):
		return exitDone
	case said:
		return int(done)
	case errors.Is(err, config.ErrNoAccount):
		file, _ := c.config()
		path := cmp.Or(file.Path, "~/.config/bounceboard/config.toml")
		_, _ = io.WriteString(c.Err, c.words(words.GettingStarted, cell.Clean(path)))
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
	if fail, ok := errors.AsType[failure](err); ok {
		return fail.In(c.lang)
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
	why := c.secrets.clean(cell.Style{}.Cut(fmt.Sprint(crash), 120))
	c.log.Error("crash", "why", why, "stack", string(stack))
	c.say(c.words(words.Crashed, why))
	return exitBug
}

// An interrupt has to act within a second; a dashboard has a terminal to restore first, and a simulated service has calls to close.
const (
	shortGrace = 600 * time.Millisecond
	longGrace  = 5 * time.Second
)

// lastWords sets what is said when the command hangs after a signal and the process is ended: how far it came.
func (c *console) lastWords(text func()) { c.last.Store(&text) }
