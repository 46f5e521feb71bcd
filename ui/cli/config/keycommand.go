package config

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"golang.org/x/sys/unix"

	"bounceboard/ui/words"
)

// keyTimeout is how long api_key_command may take: somebody may have to type a pass phrase.
const keyTimeout = 20 * time.Second

// runKeyCommand has the shell run a profile's api_key_command and returns what it printed. The command's
// standard error is not shown, because it may hold the key. The command, with all that it started, ends when the
// time is over or ctx ends. waits is called once when it takes longer than a second.
func runKeyCommand(ctx context.Context, profile, command string, limit time.Duration, waits func()) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	defer time.AfterFunc(time.Second, waits).Stop()
	var out bytes.Buffer
	cmd := exec.CommandContext(ctx, "/bin/sh", "-c", command)
	cmd.Stdout = &out
	cmd.WaitDelay = 200 * time.Millisecond // what left the process group may keep the pipe open
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	if tty, err := os.OpenFile("/dev/tty", os.O_RDWR, 0); err == nil {
		defer tty.Close()
		defer lend(tty, cmd)()
	}
	err := cmd.Run()
	if state, ok := cmd.ProcessState.Sys().(syscall.WaitStatus); cmd.SysProcAttr.Foreground && ok && state.Signal() == syscall.SIGINT {
		_ = syscall.Kill(os.Getpid(), syscall.SIGINT) // ctrl+c at the pass phrase reached the command alone
		<-ctx.Done()
	}
	key := strings.TrimSpace(out.String())
	switch {
	case errors.Is(context.Cause(ctx), context.DeadlineExceeded):
		return "", words.Filled(words.CommandTimeout, profile, limit)
	case ctx.Err() != nil:
		return "", ctx.Err()
	case err != nil:
		return "", words.Filled(words.CommandFailed, profile, Reason(err))
	case key == "":
		return "", words.Filled(words.CommandEmpty, profile)
	case strings.Contains(key, "\n"):
		return "", words.Filled(words.CommandLines, profile, strings.Count(key, "\n")+1)
	}
	return key, nil
}

// lend lets a command read from the terminal, so that it can ask for a pass phrase: it becomes the terminal's foreground
// job where we are that. The function returned takes the terminal back.
func lend(tty *os.File, cmd *exec.Cmd) (back func()) {
	fd := int(tty.Fd())
	ours, err := unix.IoctlGetInt(fd, unix.TIOCGPGRP)
	if err != nil || ours != unix.Getpgrp() {
		return func() {}
	}
	cmd.Stdin = tty
	cmd.SysProcAttr.Foreground, cmd.SysProcAttr.Ctty = true, fd
	signal.Ignore(unix.SIGTTOU) // changing the terminal's foreground job from behind would stop us
	return func() {
		_ = unix.IoctlSetPointerInt(fd, unix.TIOCSPGRP, ours)
		signal.Reset(unix.SIGTTOU)
	}
}
