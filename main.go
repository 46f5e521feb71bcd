// Bounceboard is a terminal dashboard for triaging mail delivery with SendCloud. It only reads.
package main

import (
	"bytes"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"

	"bounceboard/ui/cli"
)

func main() {
	ends := make(chan os.Signal, 1)
	for _, sig := range []os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT, syscall.SIGABRT} {
		if !signal.Ignored(sig) { // what the caller ignores (nohup, a script's background job) stays ignored
			signal.Notify(ends, sig)
		}
	}
	// With nobody reading, a write has to fail instead of killing the process: a reader that closed the pipe is no
	// failure of list.
	signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE)
	if outputClosed() {
		os.Stdout.Close() // so that writing fails
	}
	os.Exit(cli.Run(cli.Env{
		Args: os.Args[1:], In: os.Stdin, Out: os.Stdout, Err: os.Stderr,
		Getenv: os.Getenv, Signals: ends, Exit: os.Exit,
	}))
}

// outputClosed tells that a shell started us with standard output closed (>&-). Go has opened the null device in its
// place by now, for reading and writing. A shell's own >/dev/null is for writing alone, and a caller who hands on its
// own output or is no shell may have the null device so on purpose.
func outputClosed() bool {
	ours, _ := os.Readlink("/proc/self/fd/1")
	state, _ := os.ReadFile("/proc/self/fdinfo/1")
	parent := fmt.Sprintf("/proc/%d/", os.Getppid())
	theirs, err := os.Readlink(parent + "fd/1")
	name, _ := os.ReadFile(parent + "comm")
	shells := []string{"sh", "bash", "dash", "zsh", "ksh", "fish", "ash", "busybox"}
	return ours == os.DevNull && bytes.Contains(state, []byte("2\nmnt_id")) && // flags: O_RDWR
		theirs != os.DevNull && (err == nil || os.IsNotExist(err)) && slices.Contains(shells, strings.TrimSpace(string(name)))
}
