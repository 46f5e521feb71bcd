package config

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"strings"
	"time"

	"bounceboard/ui/words"
)

// keyTimeout is how long api_key_command may take: somebody may have to type a pass phrase.
const keyTimeout = 20 * time.Second

// runKeyCommand has the shell run a profile's api_key_command and returns what it printed. The command's
// standard error is not shown, because it may hold the key. Where there is a terminal the command reads from
// it, so that it can ask for a pass phrase. The command ends when the time is over or ctx ends.
func runKeyCommand(ctx context.Context, profile, command string, limit time.Duration) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	var out bytes.Buffer
	cmd := exec.CommandContext(ctx, "/bin/sh", "-c", command)
	cmd.Stdout = &out
	cmd.WaitDelay = 200 * time.Millisecond // what the command began may keep the pipe open
	if tty, err := os.OpenFile("/dev/tty", os.O_RDWR, 0); err == nil {
		defer tty.Close()
		cmd.Stdin = tty
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
