package detail

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"bounceboard/keymap"
	"bounceboard/sendcloud"
	"bounceboard/theme"
	"bounceboard/ui/words"
)

// Whatever the reply, what a terminal gets is text and colours.
func TestNoReplyDrivesTheTerminal(t *testing.T) {
	piece := rapid.SampledFrom([]string{"550 ", "user unknown", "https://example.com/a", "http://", "\x1b]8;;http://192.0.2.9\a", "\x1b\\", "\x1b[31m", "\n", "\r\n",
		"邮箱不存在", "\u202e", "\x9b", "Ip frequency limited", "[", "]", ";", "MTk1Mzk3NDExMDAwXzE1XzMyMzUwXzEzNTAuc2MtMTBfMTBfMTI2XzIyMQ==", " ", "http://service.mail.qq.com/x?&&no=1", "blocked"})
	rapid.Check(t, func(t *rapid.T) {
		reply := strings.Join(rapid.SliceOfN(piece, 0, 20).Draw(t, "reply"), "")
		sub := sendcloud.SubStatus(rapid.SampledFrom([]int{0, 401, 406, 505}).Draw(t, "sub"))
		w := rapid.IntRange(4, 130).Draw(t, "width")
		d := New(theme.New(theme.Dark, false), words.English, keymap.Default(), explain)
		d.Resize(w, 60)
		d.Show(record(sendcloud.Invalid, sub, "a@qq.com", reply))
		for _, line := range strings.Split(view(d), "\n") {
			for rest := line; rest != ""; {
				seq, _, n, _ := ansi.DecodeSequence(rest, 0, nil)
				if seq[0] < ' ' || seq[0] >= 0x7f && len(seq) == 1 {
					require.Regexp(t, `^\x1b\[[0-9;]*m$`, seq, "in %q", line)
				}
				rest = rest[n:]
			}
		}
	})
}
