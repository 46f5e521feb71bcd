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
	"bounceboard/ui/cell"
	"bounceboard/ui/words"
)

func TestFindLinks(t *testing.T) {
	for text, want := range map[string][]string{
		"see https://example.com/a?b=1&&c=2.":                   {"https://example.com/a?b=1&&c=2"},
		"(http://example.com/x), <HTTPS://EXAMPLE.COM>":         {"http://example.com/x", "HTTPS://EXAMPLE.COM"},
		"请看http://example.com/帮助":                               {"http://example.com/"},
		"ftp://example.com javascript://x file:///etc/passwd":   nil,
		"xhttp://example.com https:// https:///x https://\x1bz": nil,
		"https://example.com/\x1b]8;;http://192.0.2.1\x1b\\":    {"https://example.com/", "http://192.0.2.1"},
		"http://example.com/a\u202eb":                           {"http://example.com/a"},
		strings.Repeat("https://", 100_000):                     nil, // in one pass: a second look at any byte would take minutes
		"https://example.com/" + strings.Repeat("a", 3000):      nil,
	} {
		var got []string
		for _, l := range findLinks(text) {
			got = append(got, text[l.Start:l.End])
		}
		require.Equal(t, want, got, "%.200q", text)
	}
}

func TestHyperlinksOnlyWhereTheTerminalKnowsThem(t *testing.T) {
	for env, want := range map[string]bool{
		"":                                 false,
		"TERM=xterm-256color":              false,
		"VTE_VERSION=7600":                 true,
		"TERM_PROGRAM=iTerm.app":           true,
		"TERM_PROGRAM=WezTerm":             true,
		"TERM_PROGRAM=ghostty":             true,
		"TERM_PROGRAM=vscode":              true,
		"TERM_PROGRAM=Apple_Terminal":      false,
		"KITTY_WINDOW_ID=1":                true,
		"WT_SESSION=0f":                    true,
		"KONSOLE_VERSION=220401":           true,
		"TERM=xterm-kitty":                 true,
		"TERM=foot-extra":                  true,
		"TERM=football":                    false,
		"TERM=dumb VTE_VERSION=7600":       false,
		"TMUX=/tmp/t,1,0 VTE_VERSION=7600": false,
		"TMUX=/tmp/t,1,0 TERM_PROGRAM=tmux TERM_PROGRAM_VERSION=3.4": true,
		"TERM=tmux-256color KITTY_WINDOW_ID=1":                       false,
		"TERM=screen STY=1.pts VTE_VERSION=7600":                     false,
		"STY=1.pts VTE_VERSION=7600":                                 false,
	} {
		vars := map[string]string{}
		for _, pair := range strings.Fields(env) {
			k, v, _ := strings.Cut(pair, "=")
			vars[k] = v
		}
		require.Equal(t, want, Hyperlinks(func(k string) string { return vars[k] }), "%s", env)
	}
}

// Whatever the reply, what a terminal gets is text, colours and links to what is shown.
func TestNoReplyDrivesTheTerminal(t *testing.T) {
	piece := rapid.SampledFrom([]string{"550 ", "user unknown", "https://example.com/a", "http://", "\x1b]8;;http://192.0.2.9\a", "\x1b\\", "\x1b[31m", "\n", "\r\n",
		"邮箱不存在", "\u202e", "\x9b", "Ip frequency limited", "[", "]", ";", "MTk1Mzk3NDExMDAwXzE1XzMyMzUwXzEzNTAuc2MtMTBfMTBfMTI2XzIyMQ==", " ", "http://service.mail.qq.com/x?&&no=1", "blocked"})
	rapid.Check(t, func(t *rapid.T) {
		reply := strings.Join(rapid.SliceOfN(piece, 0, 20).Draw(t, "reply"), "")
		sub := sendcloud.SubStatus(rapid.SampledFrom([]int{0, 401, 406, 505}).Draw(t, "sub"))
		w := rapid.IntRange(4, 130).Draw(t, "width")
		d := New(theme.New(theme.Dark, false), words.English, keymap.Default(), explain, true)
		d.Resize(w, 60)
		d.Show(record(sendcloud.Invalid, sub, "a@qq.com", reply))
		for _, line := range strings.Split(view(d), "\n") {
			for rest := line; rest != ""; {
				seq, _, n, _ := ansi.DecodeSequence(rest, 0, nil)
				if seq[0] < ' ' || seq[0] >= 0x7f && len(seq) == 1 {
					require.Regexp(t, `^\x1b(\[[0-9;]*m|\]8;id=bb\d+;https?://[!-~]+\x1b\\|\]8;;\x1b\\)$`, seq, "in %q", line)
				}
				rest = rest[n:]
			}
			require.Equal(t, strings.Count(line, "\x1b]8;id="), strings.Count(line, "\x1b]8;;\x1b\\"), "a link is not closed: %q", line)
		}
	})
}

// A link stays whole and clickable where deciding words are in it.
func TestALinkStaysWhole(t *testing.T) {
	p := newEntries(theme.New(theme.Dark, false), words.English, true, 100)
	text := "see https://example.com/blocked?no=1 blocked"
	at := strings.Index(text, "blocked")
	p.set(words.LabelReply, text, p.Theme.Decided, []cell.Span{{Start: at, End: at + 7}, {Start: len(text) - 7, End: len(text)}}, nil)
	require.Equal(t, 1, strings.Count(p.lines[0], "https://example.com/blocked?no=1\x1b\\https://example.com/blocked?no=1"))
	require.Contains(t, p.lines[0], paint(p.Theme.Decided, "blocked"))
}
