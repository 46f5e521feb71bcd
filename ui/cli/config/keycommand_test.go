package config

import (
	"context"
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
