package config

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bounceboard/ui/words"
)

func quiet(*words.Message) {}

func TestKeyCommandThatDoesNotEnd(t *testing.T) {
	for _, command := range []string{"sleep 60", "sleep 60 & sleep 60"} {
		_, err := runKeyCommand(context.Background(), "p", command, 10*time.Millisecond, quiet)
		require.ErrorContains(t, err, "did not end within 10ms", command)
	}
}

// What the command began ends with it.
func TestTheChildrenOfAKeyCommandEndToo(t *testing.T) {
	pid := filepath.Join(t.TempDir(), "pid")
	ctx, cancel := context.WithCancel(context.Background())
	say := func(*words.Message) { cancel() } // by then the child is there
	_, err := runKeyCommand(ctx, "p", "sleep 60 & echo $! > "+pid+"; wait", time.Minute, say)
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

func TestItIsSaidThatTheCommandIsWaitedFor(t *testing.T) {
	said := make(chan string, 1)
	told := filepath.Join(t.TempDir(), "told")
	say := func(m *words.Message) {
		said <- m.Error()
		_ = os.WriteFile(told, nil, 0o600)
	}
	key, err := runKeyCommand(context.Background(), "p", "while [ ! -e "+told+" ]; do sleep 0.1; done; echo k", time.Minute, say)
	require.NoError(t, err)
	require.Equal(t, "k", key)
	require.Contains(t, <-said, `waiting for api_key_command of profile "p"`)
}
