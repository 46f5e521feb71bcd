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

	"github.com/charmbracelet/x/term"
	"golang.org/x/sys/unix"

	"bounceboard/ui/words"
)

// keyTimeout is how long api_key_command may take: somebody may have to type a pass phrase.
const keyTimeout = 20 * time.Second

// runKeyCommand has the shell run a profile's api_key_command and returns what it printed. The command's
// standard error is not shown, because it may hold the key. Where there is a terminal the command reads from
// it, so that it can ask for a pass phrase. The command and its children end when the time is over or ctx ends.
func runKeyCommand(ctx context.Context, profile, command string, limit time.Duration) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	var out bytes.Buffer
	cmd := exec.CommandContext(ctx, "/bin/sh", "-c", command)
	cmd.Stdout = &out
	cmd.WaitDelay = 200 * time.Millisecond // a child that left the group may keep the pipe open
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) } // its children too
	if tty, giveBack := lendTerminal(); tty != nil {
		defer giveBack()
		cmd.Stdin = tty
		cmd.SysProcAttr.Foreground, cmd.SysProcAttr.Ctty = true, int(tty.Fd())
	}
	err := cmd.Run()
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
	}
	return key, nil
}

// lendTerminal opens the terminal for a command that gets a process group of its own: only the group in the
// foreground may read from a terminal. giveBack makes us that group again and undoes what a killed command
// did to the terminal. There is no terminal to lend where we are not in the foreground ourselves.
func lendTerminal() (tty *os.File, giveBack func()) {
	tty, err := os.OpenFile("/dev/tty", os.O_RDWR, 0)
	if err != nil {
		return nil, nil
	}
	fd := int(tty.Fd())
	ours := unix.Getpgrp()
	state, err := term.GetState(tty.Fd())
	if group, groupErr := unix.IoctlGetInt(fd, unix.TIOCGPGRP); err != nil || groupErr != nil || group != ours {
		_ = tty.Close()
		return nil, nil
	}
	return tty, func() {
		signal.Ignore(syscall.SIGTTOU) // sent to a group in the background that changes the terminal
		defer signal.Reset(syscall.SIGTTOU)
		_ = unix.IoctlSetPointerInt(fd, unix.TIOCSPGRP, ours)
		_ = term.Restore(tty.Fd(), state)
		_ = tty.Close()
	}
}
