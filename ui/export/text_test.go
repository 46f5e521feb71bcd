package export

import (
	"testing"

	"github.com/stretchr/testify/require"

	"bounceboard/ui/words"
)

func TestText(t *testing.T) {
	require.Equal(t, `recipient: billing@example.com.cn
status: soft bounce
sub-status: 505 IP or domain rejected · 软退信-IP、域名被拒
requested: 2026-11-23 09:30:11 +08
changed: 2026-11-23 09:34:23 +08 (took 4m12s)
api user: notify
email id: 1795397411000_15_12_345.sc-10_0_0_1-inbound0$billing@example.com.cn
server said: 550 "Ip" <frequency> & limited, [203.0.113.9]`, Text(words.English, bounce))
	require.Contains(t, Text(words.Chinese, bounce), "子状态: 505 IP、域名被拒\n", "the same is not said twice")
	require.Equal(t, "status: ??\nsub-status: 4x6\nrequested: soon\nchanged: later", Text(words.English, bare),
		"what cannot be read is there as it came")

	hostile := bounce
	hostile.SendLog = "550-a\r\n550 \x1bb\x9b"
	require.Contains(t, Text(words.English, hostile), "server said: 550-a\r\n550 \x1bb\uFFFD", "the text itself")
}
