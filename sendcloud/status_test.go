package sendcloud

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestParseStatus(t *testing.T) {
	for text, want := range map[string]Status{
		"送达": Delivered, "投递成功": Delivered, " 送达 ": Delivered, "送达成功": Delivered, "delivered": Delivered, "Delivered": Delivered, "1": Delivered,
		"无效邮件": Invalid, "无效邮件-地址不存在": Invalid, "无效邮件（地址不存在）": Invalid, "invalid email": Invalid, "Invalid Email - address does not exist": Invalid, "invalid": Invalid, "4": Invalid,
		"软退信": SoftBounce, "软退信-其他": SoftBounce, "soft bounce": SoftBounce, "SOFT BOUNCE": SoftBounce, "soft_bounce": SoftBounce, "5": SoftBounce,
		"请求中": Requested, "sending": Requested, "requested": Requested, "18": Requested,
	} {
		got, ok := ParseStatus(text)
		require.True(t, ok, text)
		require.Equal(t, want, got, text)
	}
	for _, text := range []string{"", " ", "送达失败", "未送达", "delivered not", "undelivered", "蒸发", "0", "2", "invalidated", "\xff"} {
		got, ok := ParseStatus(text)
		require.False(t, ok, text)
		require.Equal(t, StatusUnknown, got, text)
	}
	for _, s := range Statuses() {
		got, ok := ParseStatus(s.String())
		require.True(t, ok && got == s && s.Known(), "%s reads itself", s)
	}
	require.False(t, StatusUnknown.Known() || Status(2).Known())
}

func TestSubStatus(t *testing.T) {
	require.Len(t, SubStatuses(), 15)
	known := 0
	for s := SubStatus(-1); s < 1000; s++ {
		if s.Known() {
			require.Contains(t, SubStatuses(), s)
			known++
		}
	}
	require.Equal(t, 15, known)
	require.Equal(t, Invalid, SubStatus(406).Status())
	require.Equal(t, SoftBounce, SubStatus(505).Status())
	require.Equal(t, SoftBounce, SubStatus(504).Status(), "the family of a code we do not know")
	require.Equal(t, StatusUnknown, SubStatus(0).Status())
}
