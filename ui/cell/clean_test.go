package cell

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"github.com/stretchr/testify/require"
)

// corpus is text that strangers send: every kind that has moved a cursor,
// reordered a line or hidden something.
var corpus = []string{
	"550 5.1.1 user unknown",
	"550 邮箱不存在，请联系管理员。",
	"\x1b[2J\x1b[1;1Hgone", "\x1b]52;c;cm0gLXJmIC8=\x07", "\x1b]0;title\x1b\\", "\x1bP1$qm\x1b\\", "\x1b_apc\x1b\\", "\x1bc",
	"\u009b31mC1", "\x9b31mC1 as a byte", "\u009d0;title\u009c", "\x90dcs\x9c",
	"over\rwritten", "back\b\b\bspace", "nul\x00", "del\x7f", "tab\there", "two\r\nlines\nand three", "bell\a", "\v\f", "so\x0esi\x0f",
	"\u202egnp.exe\u202c", "\u2066isolated\u2069", "\u200elrm\u200f", "\u061calm",
	"zero\u200bwidth\u200cnon\u200djoiner\ufeffbom", "soft\u00adhyphen", "word\u2060joiner", "\u034fcgj", "\u180emvs", "\u115f\u3164\uffa0filler",
	"tag\U000e0068\U000e0069\U000e007f", "\U000e0001lang", "interlinear\ufff9\ufffa\ufffb",
	"line\u2028paragraph\u2029", "nbsp\u00a0 \u3000ideographic",
	"lone \xed\xa0\x80 surrogate", "\xff\xfe\xc0\xaf\xf0\x80\x80\x80", "\xe4\xb8", "replacement \ufffd",
	"Z\u0351\u036b\u0343\u036a\u0302\u0327\u030a\u0301\u0328A\u0300\u0301\u0302", "\u0301first", "退\u0301信",
	"tie\u0302\u0301ng vie\u0323\u0302t", "مُحَمَّد", "שָׁלוֹם", "สวัสดีน้ำ", "नमस्ते क्षत्रिय", "မြန်မာ", "ខ្មែរ", "தமிழ்",
	"👨‍👩‍👧‍👦 family", "👍🏽 tone", "🇨🇳🇺🇸🇬 flags", "1️⃣ keycap", "❤️ heart", "❤︎ text", "🏴‍☠️ pirate", "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", "🧑🏻‍💻🫱🏿‍🫲🏻",
	"😀😃 plain 🎉", "🫨🩷 new", "☰ trigram", "한국어", "\u1112\u1161\u11ab\u1100\u1100가", "ｶﾞﾊﾟ half", "か\u3099゙", "㉈",
	"葛\U000e0100城", "a\ufe0fb\ufe0e\ufe0f\ufe0fc", "\u2630\u268a\U0001d300", "𓀀\U00013430", "private\ue000\U000f0000\U0010fffd", "unassigned\u0378\U000e0fff",
	"“quotes”…—·", "─│█▌", "\u2800braille", "Ω≈ç√", "①②", "\u0600123\u06dd", "ǅ", "𝒜𝓫", "\U00031350\U0002ebf0",
}

func TestClean(t *testing.T) {
	tests := []struct{ s, want string }{
		{"", ""},
		{"plain", "plain"},
		{"邮箱不存在", "邮箱不存在"},
		{"\x1b]52;c;eA==\a", "^[]52;c;eA==^G"},
		{"\u009b31m", "<U+009B>31m"},
		{"\x9b31m", "<9B>31m"},
		{"a\tb\rc\x00\x7f", "a^Ib^Mc^@^?"},
		{"a\r\nb\nc\n\rd", "a^Jb^Jc^J^Md"},
		{"\u202eabc", "<U+202E>abc"},
		{"a\u200bb\u00ad", "a<U+200B>b<U+00AD>"},
		{"\U000e0068", "<U+E0068>"},
		{"\U0010fffd", "<U+10FFFD>"},
		{"\xed\xa0\x80", "<ED><A0><80>"},
		{"e\u0301\u0302\u0303\u0304", "e\u0301\u0302<U+0303><U+0304>"},
		{"\u0301", "<U+0301>"},
		{"❤\ufe0f", "❤"},
		{"1\ufe0f\u20e3", "1\u20e3"},
		{"a\ufe0f\ufe0f", "a<U+FE0F>"},
		{"👨\u200d👧", "👨<U+200D>👧"},
		{"👍🏽", "👍<U+1F3FD>"},
		{"🇨🇳", "<U+1F1E8><U+1F1F3>"},
		{"か\u3099", "か\u3099"},
		{"u\u0323\u0302", "u\u0323\u0302"},
	}
	for _, test := range tests {
		require.Equal(t, test.want, Clean(test.s), "%+q", test.s)
	}
}

// requireHarmless fails where s can do anything in a terminal but be seen.
func requireHarmless(t *testing.T, s string) {
	t.Helper()
	require.True(t, utf8.ValidString(s), "%q is no UTF-8", s)
	marks := 0
	for _, r := range s {
		require.Falsef(t, unicode.In(r, unicode.C, unicode.Zl, unicode.Zp, unicode.Variation_Selector), "%U in %q", r, s)
		require.Truef(t, unicode.IsGraphic(r), "%U in %q is unassigned", r, s)
		if unicode.Is(unicode.M, r) {
			marks++
		} else {
			marks = 0
		}
		require.LessOrEqualf(t, marks, maxMarks, "a tower of marks in %q", s)
	}
}

// Every character there is, beside every kind of neighbour: its columns are
// what the renderer counts.
func TestEveryCharacterIsMeasuredAsTheRendererDoes(t *testing.T) {
	neighbours := []string{"a", "退", "한", "😀", "क", "❤", "ก", "カ"}
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if r > 0x32400 && r%64 != 0 {
			continue // from here on everything is written out
		}
		s := string(r)
		u := next(s)
		text := u.of(s)
		if ansi.StringWidth(text) != u.width {
			t.Fatalf("%U is %d columns wide, not %d", r, ansi.StringWidth(text), u.width)
		}
		if r%64 != 0 && (u.written() || unicode.In(r, unicode.Han, unicode.Hangul, unicode.Tangut)) {
			continue // one of many that are alike
		}
		for _, n := range neighbours {
			line := Clean(n + s + n + s + s)
			if sum := columns(line); ansi.StringWidth(line) != sum {
				t.Fatalf("%U beside %s: %q is %d columns wide, not %d", r, n, line, ansi.StringWidth(line), sum)
			}
		}
	}
}

// columns adds up what each unit of s takes.
func columns(s string) int {
	sum := 0
	for i := 0; i < len(s); {
		u := next(s[i:])
		sum += u.width
		i += u.size
	}
	return sum
}

func FuzzClean(f *testing.F) {
	for _, s := range corpus {
		f.Add(s)
	}
	f.Add(strings.Join(corpus, ""))
	f.Fuzz(func(t *testing.T, s string) {
		got := Clean(s)
		requireHarmless(t, got)
		require.Equal(t, got, Clean(got), "cleaning twice")
		require.Equal(t, ansi.StringWidth(got), columns(s), "%q", got)
		require.Equal(t, ansi.StringWidth(got), ansi.StringWidthWc(got), "%q: clusters and characters differ", got)
	})
}
