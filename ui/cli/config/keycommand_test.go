package config

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestKeyCommandThatDoesNotEnd(t *testing.T) {
	for _, command := range []string{"sleep 60", "sleep 60 & sleep 60"} {
		_, err := runKeyCommand(context.Background(), "p", command, 10*time.Millisecond)
		require.ErrorContains(t, err, "did not end within 10ms", command)
	}
}

// What the command began ends with it.
func TestTheChildrenOfAKeyCommandEndToo(t *testing.T) {
	pid := filepath.Join(t.TempDir(), "pid")
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		for text := []byte(nil); len(text) == 0 && ctx.Err() == nil; text, _ = os.ReadFile(pid) {
			runtime.Gosched()
		}
		cancel() // the child is there
	}()
	_, err := runKeyCommand(ctx, "p", "sleep 60 & echo $! > "+pid+"; wait", time.Minute)
	require.ErrorIs(t, err, context.Canceled)
	text, err := os.ReadFile(pid)
	require.NoError(t, err)
	child, err := strconv.Atoi(strings.TrimSpace(string(text)))
	require.NoError(t, err)
	require.Eventually(t, func() bool {
		stat, err := os.ReadFile("/proc/" + strconv.Itoa(child) + "/stat")
		return err != nil || strings.Contains(string(stat), ") Z ") || syscall.Kill(child, 0) != nil
	}, time.Minute, time.Millisecond, "the child goes on")
}
