package render

import (
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/pprof"
	"sync"
	"time"

	"github.com/charmbracelet/x/term"
	"golang.org/x/sys/unix"
)

// Terminal is the terminal that the program was started on, taken over: raw, with a Screen on it.
type Terminal struct {
	*Screen
	Keys io.ReadCloser // what is typed; closing it ends a read that waits

	in, out *os.File
	own     *os.File // out with a description of our own
	signals chan os.Signal

	watch  sync.WaitGroup
	before *term.State // while the terminal is raw
}

// Open takes the terminal over until Close. plain writes lines instead of a
// screen. failed is told when the terminal cannot be written to any more.
func Open(in, out *os.File, plain bool, failed func(error)) (*Terminal, error) {
	t := &Terminal{Keys: reopen(in), in: in, out: out, own: reopen(out), signals: make(chan os.Signal, 8)}
	t.Screen = New(writer{t.own, int(out.Fd())}, failed)
	t.Screen.plain = plain
	for _, s := range []os.Signal{unix.SIGWINCH, unix.SIGTSTP, unix.SIGCONT, unix.SIGQUIT, unix.SIGABRT} {
		if !signal.Ignored(s) {
			signal.Notify(t.signals, s)
		}
	}
	if err := t.take(); err != nil {
		_ = t.Close() // it was not taken
		return nil, err
	}
	return t, nil
}

// reopen is the terminal of f with a description of its own that does not block: reads can be ended, writes have
// deadlines, and no other program that shares f notices. Where that cannot be had, it is f.
func reopen(f *os.File) *os.File {
	if !term.IsTerminal(f.Fd()) {
		return f
	}
	names := []string{fmt.Sprintf("/proc/self/fd/%d", f.Fd())}
	if _, err := unix.IoctlGetInt(int(f.Fd()), unix.TIOCGPGRP); err == nil {
		names = append(names, "/dev/tty") // f is our controlling terminal
	}
	for _, name := range names {
		if own, err := os.OpenFile(name, os.O_RDWR|unix.O_NONBLOCK|unix.O_NOCTTY, 0); err == nil {
			if own.SetDeadline(time.Time{}) == nil {
				return own
			}
			_ = own.Close()
		}
	}
	return f
}

// writer is the terminal's writing side.
type writer struct {
	*os.File
	fd int
}

// Discard throws away what was written and not yet read by the terminal.
func (w writer) Discard() error { return discard(w.fd) }

// Size is the terminal's size as it is drawn.
func (t *Terminal) Size() (width, height int) {
	width, height, err := term.GetSize(t.out.Fd())
	if err != nil {
		return Bound(0, 0)
	}
	return Bound(width, height)
}

// Close gives the terminal back, after what signals that came before it ask for.
func (t *Terminal) Close() error {
	signal.Stop(t.signals)
	close(t.signals)
	t.watch.Wait()
	err := t.giveUp()
	if t.own != t.out {
		_ = t.own.Close() // nothing is buffered
	}
	return err
}

// take makes the terminal ours. Called again, it does so once more: a shell may have had it since.
func (t *Terminal) take() error {
	if term.IsTerminal(t.in.Fd()) {
		state, err := term.MakeRaw(t.in.Fd())
		if err != nil {
			return err
		}
		if t.before == nil {
			t.before = state
		}
	}
	t.Enter()
	return nil
}

func (t *Terminal) giveUp() error {
	t.Leave()
	if t.before == nil {
		return nil
	}
	state := t.before
	t.before = nil
	return term.Restore(t.in.Fd(), state)
}

// Suspend stops the program and those of its job, as ctrl+z does. Watch does what is to be done before and after it.
func (t *Terminal) Suspend() error { return unix.Kill(0, unix.SIGTSTP) }

// Job reports whether the program is a job of a shell, which can take the terminal back: a shell with job control gives
// each job a process group of its own. The session's leader and its group have no shell to go back to: suspended, they
// would hang for good.
func (t *Terminal) Job() bool {
	sid, err := unix.Getsid(0)
	return err == nil && unix.Getpgrp() != sid
}

// settle is how long a new size waits: keys typed before it act before it, and a window that is being pulled has many.
const settle = 30 * time.Millisecond

// Watch follows the terminal's signals until Close: it tells new sizes, gives the terminal back while the program is
// stopped, and before SIGQUIT and SIGABRT end it with a stack. Signals that are ignored stay so. It does not wait.
func (t *Terminal) Watch(resized func(width, height int)) {
	t.watch.Add(1)
	go func() {
		defer t.watch.Done()
		for s := range t.signals {
			t.follow(s)
			resized(t.Size())
		}
	}()
}

func (t *Terminal) follow(s os.Signal) {
	switch s {
	case unix.SIGWINCH:
		time.Sleep(settle)
		if !t.plain {
			t.Redraw() // the terminal may have broken its lines anew
		}
	case unix.SIGTSTP:
		_ = t.giveUp()                             // it stops all the same
		_ = unix.Kill(unix.Getpid(), unix.SIGSTOP) // Go cannot undo that it catches SIGTSTP
		time.Sleep(100 * time.Millisecond)         // it stops, and goes on, in this time
		_ = t.take()
	case unix.SIGCONT: // after SIGSTOP, which nobody sees coming
		_ = t.take()
	case unix.SIGQUIT, unix.SIGABRT:
		_ = t.giveUp()
		fmt.Fprintf(os.Stderr, "%s: %v\n\n", unix.SignalName(s.(unix.Signal)), s)
		_ = pprof.Lookup("goroutine").WriteTo(os.Stderr, 2)
		os.Exit(128 + int(s.(unix.Signal)))
	}
}
