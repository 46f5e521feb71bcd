package cell

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"github.com/stretchr/testify/require"
)

func TestWrap(t *testing.T) {
	tests := []struct {
		name string
		s    string
		w    int
		want []string
	}{
		{"empty", "", 10, []string{}},
		{"fits", "550 no", 10, []string{"550 no"}},
		{"on words", "550 user unknown here", 10, []string{"550 user", "unknown", "here"}},
		{"exactly", "550 unknown", 11, []string{"550 unknown"}},
		{"blanks at a break are left out", "one    two", 5, []string{"one", "two"}},
		{"blanks that overflow", "one two", 3, []string{"one", "two"}},
		{"indent stays", "  a bc", 4, []string{"  a", "bc"}},
		{"more indent than line", "          a", 4, []string{"    ", "a"}},
		{"line ends", "550-a\r\n550 b\n\nc\n", 20, []string{"550-a", "550 b", "", "c"}},
		{"a lone CR is no line end", "a\rb", 20, []string{"a^Mb"}},
		{"long word", "see http://example.com/abcdef now", 10, []string{"see", "http://exa", "mple.com/a", "bcdef now"}},
		{"Chinese", "邮箱不存在请联系管理员", 8, []string{"邮箱不存", "在请联系", "管理员"}},
		{"no closing punctuation first", "邮箱不存。在", 8, []string{"邮箱不", "存。在"}},
		{"no opening punctuation last", "邮箱不（存在）", 8, []string{"邮箱不", "（存在）"}},
		{"a word stays whole in Chinese", "邮箱abc不存在", 6, []string{"邮箱", "abc不", "存在"}},
		{"written out", "a\u202eb c", 9, []string{"a<U+202E>", "b c"}},
		{"narrower than what is written out", "a\u202eb", 4, []string{"a", "<U+…", "b"}},
	}
	for _, test := range tests {
		require.Equal(t, test.want, Style{}.Wrap(test.s, test.w), test.name)
	}
}

func span(s, part string) Span {
	i := strings.Index(s, part)
	return Span{i, i + len(part)}
}

func TestWrapMarks(t *testing.T) {
	s := "550 Ip frequency limited 频率限制。"
	lines := Style{}.WrapMarks(s, 10, []Span{span(s, "frequency limited"), span(s, "频率")}, nil)
	var got [][]string
	for _, l := range lines {
		var segments []string
		for _, seg := range l {
			require.Equal(t, seg.Text, s[seg.Start:seg.End], "offsets")
			segments = append(segments, string("-01"[seg.Mark+1])+seg.Text)
		}
		got = append(got, segments)
	}
	require.Equal(t, [][]string{
		{"-550 Ip"},
		{"0frequency"},
		{"0limited", "- ", "1频"},
		{"1率", "-限制。"},
	}, got)
}

func TestWrapMarksInHostileText(t *testing.T) {
	s := "a\x1b\u202eb"
	lines := Style{}.WrapMarks(s, 40, []Span{{1, 2}, {2, 5}}, nil)
	require.Equal(t, []Line{{
		{Text: "a", Span: Span{0, 1}, Mark: -1, Fold: -1},
		{Text: "^[", Span: Span{1, 2}, Mark: 0, Fold: -1},
		{Text: "<U+202E>", Span: Span{2, 5}, Mark: 1, Fold: -1},
		{Text: "b", Span: Span{5, 6}, Mark: -1, Fold: -1},
	}}, lines)
}

const base64Run = "MTk1Mzk3NDExMDAwXzE1XzEyMzQ1Njc4OTAkYmlsbGluZ0BleGFtcGxlLmNvbS5jbg=="

func TestWrapFolds(t *testing.T) {
	s := "550 limited [" + base64Run + " IP: 203.0.113.9]"
	folds := Folds(s)
	require.Equal(t, []Span{span(s, base64Run)}, folds)

	ip := span(s, "203.0.113.9")
	lines := Style{}.WrapMarks(s, 50, []Span{ip}, folds)
	require.Equal(t, "550 limited [MTk…(68) IP: 203.0.113.9]", lines[0].String())
	require.Equal(t, Segment{Text: "MTk…(68)", Span: folds[0], Mark: -1, Fold: 0}, lines[0][1])
	require.Equal(t, Segment{Text: "203.0.113.9", Span: ip, Mark: 0, Fold: -1}, lines[0][3], "offsets behind a fold")

	inside := Style{ASCII: true}.WrapMarks(s, 50, []Span{{folds[0].Start + 5, folds[0].Start + 9}}, folds)
	require.Equal(t, Segment{Text: "MTk~(68)", Span: folds[0], Mark: 0, Fold: 0}, inside[0][1], "a mark inside the fold")
}

func TestFolds(t *testing.T) {
	hash := strings.Repeat("0123456789abcdef", 4)
	for s, want := range map[string]int{
		base64Run:                            1,
		hash:                                 1,
		hash[:40]:                            0, // an id a person compares
		base64Run + "\n" + base64Run:         2,
		"https://example.com/s/" + base64Run: 0,
		"https://example.com/ " + base64Run:  1,
		strings.Repeat("=", 80):              0,
		strings.Repeat("internationalisation", 4):      0,
		strings.Repeat("a-ruler_of/words", 4):          0,
		"邮箱" + base64Run + "不存在":                       1,
		"550 5.1.1 <lin.wei@qq.com> unknown recipient": 0,
	} {
		require.Len(t, Folds(s), want, s)
	}
}

func FuzzWrap(f *testing.F) {
	for i, s := range corpus {
		f.Add(s, 2+i%30, i%3, 7)
	}
	f.Add("0\xcd \xcd \xcc \u03000000000", 12, 1, 7) // a blank that carries a mark
	f.Add("a "+base64Run+" b\r\n "+base64Run, 20, 4, 60)
	f.Fuzz(func(t *testing.T, s string, w, markStart, markEnd int) {
		w = 2 + max(w%120, -w%120)
		markEnd = min(max(markEnd, 0), len(s))
		mark := Span{min(max(markStart, 0), markEnd), markEnd}
		seen, marked := 0, 0
		for _, l := range (Style{}).WrapMarks(s, w, []Span{mark}, Folds(s)) {
			require.LessOrEqual(t, ansi.StringWidth(l.String()), w, "%q in %d", l.String(), w)
			requireHarmless(t, l.String())
			for _, seg := range l {
				require.LessOrEqual(t, seen, seg.Start, "segments are in order")
				requireOnlyBlanks(t, s[seen:seg.Start])
				require.Less(t, seg.Start, seg.End)
				if seg.Fold < 0 && w >= len("<U+000000>") {
					require.Equal(t, Clean(s[seg.Start:seg.End]), seg.Text)
				}
				if seg.Mark == 0 {
					marked += min(seg.End, mark.End) - max(seg.Start, mark.Start)
				}
				seen = seg.End
			}
		}
		requireOnlyBlanks(t, s[seen:])
		require.LessOrEqual(t, marked, mark.End-mark.Start)
		unmarked := mark.End - mark.Start - marked
		require.LessOrEqual(t, unmarked, strings.Count(s, " ")+2*strings.Count(s, "\n"), "marked text was shown unmarked")
	})
}

// requireOnlyBlanks fails where a line break swallowed anything else.
func requireOnlyBlanks(t *testing.T, gap string) {
	t.Helper()
	require.Empty(t, strings.Trim(gap, " \r\n"), "text was lost")
}

func TestWrapKeepsWhatSplitUnitsHold(t *testing.T) {
	// A mark that begins inside a character marks the character.
	lines := Style{}.WrapMarks("退信", 10, []Span{{1, 2}}, nil)
	require.Equal(t, 0, lines[0][0].Mark)
	require.True(t, utf8.ValidString(lines[0][0].Text))
}

func BenchmarkWrapLongest(b *testing.B) {
	s := strings.Repeat("550 域名在黑名单中 Ip frequency limited ", 4000)
	b.SetBytes(int64(len(s)))
	b.ReportAllocs()
	for b.Loop() {
		Style{}.WrapMarks(s, 80, nil, nil)
	}
}

func BenchmarkWrapManyLines(b *testing.B) {
	s := strings.Repeat("550-5.7.26 see http://example.com/\r\n", 5000)
	b.SetBytes(int64(len(s)))
	b.ReportAllocs()
	for b.Loop() {
		Style{}.WrapMarks(s, 80, nil, Folds(s))
	}
}
