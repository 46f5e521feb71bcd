package export

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
	"bounceboard/ui/words"
)

func TestText(t *testing.T) {
	none := bounce.Explanation{}
	require.Equal(t, `recipient: billing@example.com.cn
status: soft bounce
sub-status: 505 IP or domain rejected
requested: 2026-11-23 09:30:11 +08
changed: 2026-11-23 09:34:23 +08 (took 4 min 12 s)
api user: notify
email id: 1795397411000_15_12_345.sc-10_0_0_1-inbound0$billing@example.com.cn
server said: 550 "Ip" <frequency> & limited, [203.0.113.9]`, Text(words.English, returned, none))
	require.Contains(t, Text(words.Chinese, returned, none), "子状态：505 IP、域名被拒\n", "the same is not said twice")
	require.Equal(t, "status: ??\nsub-status: 4x6\nrequested: soon\nchanged: later", Text(words.English, bare, none),
		"what cannot be read is there as it came")

	delivered := sendcloud.Record{Status: sendcloud.Delivered}
	require.Equal(t, "status: delivered · The receiving server accepted the mail. That is not yet the inbox: it may lie in the junk folder.",
		Text(words.English, delivered, none), "the same as on the screen")

	hostile := returned
	hostile.SendLog = "550-a\r\n550 \x1bb\x9b"
	require.Contains(t, Text(words.English, hostile, none), "server said: 550-a\n550 ^[b<9B>", "its lines stay, the rest is visible")
}

// What goes into a ticket answers it: why, and who does what.
func TestTextTellsCauseAndNextStep(t *testing.T) {
	rules, err := bounce.Default().Add("rules", strings.NewReader("rate_limited temporary sure=98 : ip frequency limited\n"))
	require.NoError(t, err)
	explain := func(r sendcloud.Record) bounce.Explanation {
		return rules.Explain(bounce.Input{Text: r.SendLog, Status: int(r.Status), SubStatus: int(r.SubStatus)})
	}
	r := returned
	r.SendLog, r.SubStatus = "550 Ip frequency limited", 406
	e := explain(r)
	text := Text(words.English, r, e)
	for _, line := range []string{
		"cause: " + e.Cause.Short("en") + " · " + e.What("en"), "careful: SendCloud says 406", "next step: " + e.NextStep("en"),
	} {
		require.Contains(t, text, "\n"+line)
	}
	require.Contains(t, Text(words.Chinese, r, e), "\n下一步："+e.NextStep("zh")+"\n")

	for _, s := range []sendcloud.Status{sendcloud.Delivered, sendcloud.Requested} {
		r.Status, r.SendLog = s, "250 ok"
		require.NotContains(t, Text(words.English, r, explain(r)), "next step", "%s mail", s)
	}
}
