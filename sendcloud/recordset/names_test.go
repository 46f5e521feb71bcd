package recordset

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// What the table shows can be typed: short names of causes, and 永久 and 临时.
func TestShortNamesMeanTheirTokens(t *testing.T) {
	s, _ := made(500, told)
	require.NoError(t, s.Mine(t.Context()))
	snap := s.Snapshot()
	for typed, token := range map[string]string{
		"cause:spam": "cause:spam_content", `cause:"too fast"`: "cause:rate_limited", "cause:发送过快": "cause:rate_limited",
		"cause:地址不存在,spam": "cause:user_unknown,spam_content", "perm:临时": "perm:temporary",
	} {
		got, err := snap.Narrow(t.Context(), mustParse(t, typed), nil)
		require.NoError(t, err)
		want, err := snap.Narrow(t.Context(), mustParse(t, token), nil)
		require.NoError(t, err)
		require.Equal(t, want.Rows, got.Rows, typed)
	}
}
