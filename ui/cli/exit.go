package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"sync"
	"syscall"
	"time"

	"bounceboard/sendcloud"
	"bounceboard/ui/cell"
	"bounceboard/ui/words"
)

// failure ends a command with a status and a sentence.
type failure struct {
	status int
	what   words.Sentence
	args   []any
}

func (f *failure) Error() string { return f.say(words.English) }

// say is the sentence; sentences among its arguments are said too.
func (f *failure) say(l words.Lang) string {
	args := slices.Clone(f.args)
	for i, arg := range args {
		if s, ok := arg.(words.Sentence); ok {
			args[i] = l.Say(s)
		}
	}
	return l.Say(f.what, args...)
}

// usage is wrong usage or configuration: no call was made.
func usage(what words.Sentence, args ...any) error {
	return &failure{exitUsage, what, args}
}

// errReaderGone says that nobody reads standard output any more.
var errReaderGone = errors.New("the reader closed the pipe")

// ended is a status whose message was said already.
type ended int

func (e ended) Error() string { return fmt.Sprintf("exit status %d", int(e)) }

// signalled is the cause of a context that a signal ended.
type signalled struct{ os.Signal }

func (s signalled) Error() string { return "signal: " + s.String() }

func (s signalled) status() int {
	if n, ok := s.Signal.(syscall.Signal); ok {
		return exitSignal + int(n)
	}
	return exitSignal + int(syscall.SIGINT)
}

// status says what went wrong and makes it an exit status.
func (a *app) status(ctx context.Context, err error) int {
	var (
		sig     signalled
		done    ended
		failed  *failure
		setting *sendcloud.ConfigError
		param   *sendcloud.ParameterError
		refused *sendcloud.CredentialsError
		bug     *sendcloud.PanicError
	)
	if errors.As(context.Cause(ctx), &sig) {
		if !errors.As(err, &done) {
			a.say(a.lang.Say(words.Interrupted))
		}
		return sig.status()
	}
	switch {
	case err == nil || errors.Is(err, errReaderGone):
		return exitDone
	case errors.As(err, &done):
		return int(done)
	case errors.As(err, &failed):
		a.say(failed.say(a.lang))
		return failed.status
	case errors.As(err, &bug):
		return a.crashed(bug.Value, bug.Stack)
	}
	a.say(a.sentence(err))
	switch {
	case errors.As(err, &refused):
		return exitCredentials
	case errors.As(err, &setting), errors.As(err, &param) && param.Reason != sendcloud.RefusedByService:
		return exitUsage
	}
	return exitFailed
}

// sentence is err in words; a parameter is called by its flag.
func (a *app) sentence(err error) string {
	var param *sendcloud.ParameterError
	if errors.As(err, &param) && param.Reason != sendcloud.RefusedByService {
		return words.Parameter(a.lang, param, flagOf)
	}
	return words.Error(a.lang, err)
}

// crashed tells of a bug of ours in one sentence; the stack goes to the log
// file, if one was asked for.
func (a *app) crashed(crash any, stack []byte) int {
	why := a.secrets.clean(cell.Style{}.Cut(fmt.Sprint(crash), 120))
	a.log.Error("crash", "why", why, "stack", string(stack))
	a.last.clear()
	if a.logPath != "" {
		a.say(a.lang.Say(words.CrashedLogged, why, a.logPath))
	} else {
		a.say(a.lang.Say(words.Crashed, why))
	}
	return exitBug
}

// lastWords is what a command still has to say when it is ended from outside.
type lastWords struct {
	mu    sync.Mutex
	text  func() // says how far the command came
	tidy  func() // clears what it shows
	grace time.Duration
}

// grace is how long a command may take to end by itself after a signal; an
// interrupt has to act within a second.
const grace = 600 * time.Millisecond

func (l *lastWords) set(tidy, text func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.tidy, l.text = tidy, text
}

// wait lets the command take longer: a dashboard has a terminal to restore.
func (l *lastWords) wait(d time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.grace = d
}

func (l *lastWords) patience() time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	return max(l.grace, grace)
}

// speak gives up soon: where standard output is not read, standard error may
// be the same pipe.
func (l *lastWords) speak() {
	l.mu.Lock()
	text := l.text
	l.mu.Unlock()
	if text == nil {
		return
	}
	said := make(chan struct{})
	go func() { text(); close(said) }()
	select {
	case <-said:
	case <-time.After(grace / 4):
	}
}

func (l *lastWords) clear() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.tidy != nil {
		l.tidy()
	}
}
