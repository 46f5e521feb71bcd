package words

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/find"
	"bounceboard/sendcloud/paste"
)

const (
	ofNovember30 = "1795968000000_15_12_345.sc-10_0_0_1-inbound0" // 2026-11-30
	ofNovember28 = "1795795200000_15_12_345.sc-10_0_0_1-inbound0"
)

func TestUnderstood(t *testing.T) {
	for text, want := range map[string][2]string{
		ofNovember30 + "\na@qq.com, b@qq.com":                 {"1 message id of 11-30, 2 addresses", "11-30 的 1 个 Message ID、2 个地址"},
		ofNovember30 + "\n" + ofNovember28 + "1":              {"2 message ids of 11-28–11-30", "11-28–11-30 的 2 个 Message ID"},
		ofNovember30 + "$a@qq.com":                            {"1 email id", "1 个邮件 ID"},
		"hello":                                               {"no address and no id in it; not understood: hello", "没有地址，也没有邮件 ID；未能识别：hello"},
		"From: s@shop.example\nTo: a@qq.com":                  {"1 address; 1 sender passed over", "1 个地址；略过 1 个发件人"},
		"a@qq.com\n\x1b[2J" + strings.Repeat("x", 80) + "\nb": {"1 address; not understood: [2J" + strings.Repeat("x", 56) + "… (the first of 2)", ""},
	} {
		p := paste.Read(text)
		require.Equal(t, want[0], Understood(English, p), text)
		if want[1] != "" {
			require.Equal(t, want[1], Understood(Chinese, p), text)
		}
	}
}

func TestFoundAndWhy(t *testing.T) {
	missing := paste.Read("a@qq.com;b@qq.com").Items
	require.Equal(t, "found 4,998 of 5,000; missing 2: a@qq.com", Found(English, 5000, missing, true))
	require.Equal(t, "5,000 项中找到 4,998 项，缺 2 项：a@qq.com", Found(Chinese, 5000, missing, true))
	require.Equal(t, "found 4,998 of 5,000; not fully searched 2: a@qq.com", Found(English, 5000, missing, false))
	require.Equal(t, "found 3", Found(English, 3, nil, true))
	at := time.Date(2026, 11, 30, 23, 55, 0, 0, sendcloud.Zone)
	for name := range missingReasons {
		for _, l := range []Lang{English, Chinese} {
			require.NotContains(t, WhyMissing(l, find.Reason(name), paste.Read("a@gamil.com").Items[0], 92, at), "%!")
		}
	}
	require.Contains(t, WhyMissing(Chinese, find.NotFound, missing[0], 92, at), "请在 00:05:00（+08:00）之后再查")
	require.Contains(t, WhyMissing(English, find.Misspelt, paste.Read("a@gamil.com").Items[0], 92, at), "Is gmail.com meant?")
}
