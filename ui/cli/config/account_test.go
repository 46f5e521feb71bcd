package config

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestKeyCommandThatDoesNotEnd(t *testing.T) {
	for _, command := range []string{"sleep 60", "sleep 60 & sleep 60"} {
		_, err := runKeyCommand(context.Background(), "p", command, 10*time.Millisecond, func() {})
		require.ErrorContains(t, err, "did not end within 10ms", command)
	}
}

// What the command started ends with it, and that it waits is said.
func TestChildrenOfTheKeyCommandEndWithIt(t *testing.T) {
	note := filepath.Join(t.TempDir(), "pid")
	ctx, cancel := context.WithCancel(context.Background())
	_, err := runKeyCommand(ctx, "p", fmt.Sprintf("sleep 60 & echo $! > %s; wait", note), time.Minute, cancel)
	require.ErrorIs(t, err, context.Canceled)
	text, err := os.ReadFile(note)
	require.NoError(t, err)
	pid := 0
	_, err = fmt.Sscan(string(text), &pid)
	require.NoError(t, err)
	require.Eventually(t, func() bool {
		state, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid)) // a zombie is dead, too
		return syscall.Kill(pid, 0) != nil || err == nil && strings.Contains(string(state), ") Z ")
	}, 10*time.Second, time.Millisecond)
}
