// Bounceboard is a terminal dashboard for triaging mail delivery with SendCloud. It only reads.
package main

import (
	"os"
	"os/signal"
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
	if cli.OutputClosed() {
		os.Stdout.Close() // so that writing fails
	}
	os.Exit(cli.Run(cli.Env{
		Args: os.Args[1:], In: os.Stdin, Out: os.Stdout, Err: os.Stderr,
		Getenv: os.Getenv, Signals: ends, Exit: os.Exit,
	}))
}
