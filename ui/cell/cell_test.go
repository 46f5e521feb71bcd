package cell

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"github.com/stretchr/testify/require"
)

func TestFit(t *testing.T) {
	tests := []struct {
		s    string
		w    int
		want string
	}{
		{"", 3, "   "},
		{"abc", 3, "abc"},
		{"ab", 4, "ab  "},
		{"abcd", 3, "ab…"},
		{"退信", 4, "退信"},
		{"退信了", 5, "退信…"},
		{"退信了", 4, "退… "}, // the hole of the character that was cut is closed
		{"退", 1, "…"},
		{"abc", 0, ""},
		{"abc", -1, ""},
		{"a\x1b[31mb", 8, "a^[[31mb"},
		{"a\u202eb", 10, "a<U+202E>b"},
		{"a\u202eb", 9, "a…       "},
		{"e\u0301x", 2, "e\u0301x"},
	}
	for _, test := range tests {
		require.Equal(t, test.want, Style{}.Fit(test.s, test.w), "%q in %d", test.s, test.w)
	}
}

func TestFitASCII(t *testing.T) {
	st := Style{ASCII: true}
	require.Equal(t, "ab~", st.Fit("abcd", 3))
	require.Equal(t, "退~ ", st.Fit("退信了", 4), "the text's own characters stay")
	require.Equal(t, "ab~de", st.FitMiddle("abcccde", 5))
}

func TestFitRight(t *testing.T) {
	require.Equal(t, "  8s", Style{}.FitRight("8s", 4))
	require.Equal(t, "12h…", Style{}.FitRight("12h34m", 4))
	require.Equal(t, " 退…", Style{}.FitRight("退信了", 4))
}

func TestFitMiddle(t *testing.T) {
	tests := []struct {
		s    string
		w    int
		want string
	}{
		{"lin@qq.com", 12, "lin@qq.com  "},
		{"billing@example.com.cn", 13, "billin…com.cn"},
		{"billing@example.com.cn", 12, "billin…om.cn"},
		{"abcdef", 2, "a…"},
		{"abcdef", 3, "a…f"},
		{"退信退信退信", 8, "退信…信 "},
	}
	for _, test := range tests {
		require.Equal(t, test.want, Style{}.FitMiddle(test.s, test.w), "%q in %d", test.s, test.w)
	}
}

func TestCut(t *testing.T) {
	require.Equal(t, "ab", Style{}.Cut("ab", 4), "no padding")
	require.Equal(t, "ab…", Style{}.Cut("abcd", 3))
	require.Equal(t, "", Style{}.Cut("abcd", 0))
}

func TestFitReadsOnlyWhatItShows(t *testing.T) {
	for _, piece := range []string{"a", "退", "\u0301", "\x1b", "\u200d", "\x9b", " "} {
		s := strings.Repeat(piece, 200_000)
		_, _, rest := appendUpTo(nil, s, 40)
		require.LessOrEqual(t, rest, 40*utf8.UTFMax*(1+maxMarks), "bytes of %q read for 40 columns", piece)
	}
}

func FuzzFit(f *testing.F) {
	for _, s := range corpus {
		f.Add(s, 12)
	}
	f.Fuzz(func(t *testing.T, s string, w int) {
		w = max(w%200, -w%200)
		for name, fit := range map[string]func(string, int) string{
			"Fit": Style{}.Fit, "FitRight": Style{ASCII: true}.FitRight, "FitMiddle": Style{}.FitMiddle,
		} {
			got := fit(s, w)
			requireHarmless(t, got)
			require.Equal(t, w, ansi.StringWidth(got), "%s(%q, %d) = %q", name, s, w, got)
		}
	})
}

// A slow line's screen: 40 rows of 7 columns, most of it Chinese.
func BenchmarkFitScreen(b *testing.B) {
	columns := []struct {
		s string
		w int
	}{
		{"软退信", 12}, {"505", 4}, {"billing@example.com.cn", 24}, {"11-23 09:30", 11}, {"4m12s", 6}, {"通知邮件", 10},
		{"550 域名在黑名单中，请联系管理员 Ip frequency limited [MTk1Mzk3NDExMDAwXzE1 Blocked IP 203.0.113.9] http://service.mail.qq.com/", 60},
	}
	b.ReportAllocs()
	for b.Loop() {
		for range 40 {
			for _, c := range columns {
				Style{}.Fit(c.s, c.w)
			}
		}
	}
}

func BenchmarkFitThatFits(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Style{}.Fit("11-23 09:30", 11)
	}
}

func BenchmarkFitHostile(b *testing.B) {
	s := strings.Repeat("\x1b]52;c;\u202e\u0301👨‍👩‍👧🇨🇳", 10_000)
	b.ReportAllocs()
	for b.Loop() {
		Style{}.Fit(s, 60)
	}
}
