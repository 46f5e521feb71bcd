package bounce

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

// checkExplanation tells what must hold for any input.
func checkExplanation(t *testing.T, in Input) {
	e := Default().Explain(in)
	require.Less(t, e.Cause, causeCount)
	require.GreaterOrEqual(t, e.Confidence, 0.0)
	require.Less(t, e.Confidence, 1.0)
	require.Equal(t, e.Cause == Delivered, e.Permanence == NoFailure, "only a delivered mail has no failure")
	require.Equal(t, e.Basis == BasisText, len(e.Matched) > 0, "words and basis disagree")
	last := 0
	for _, m := range e.Matched {
		require.LessOrEqual(t, last, m.Start, "spans overlap or are out of order")
		require.Less(t, m.Start, m.End)
		require.LessOrEqual(t, m.End, len(in.Text))
		if utf8.ValidString(in.Text) {
			require.True(t, utf8.ValidString(in.Text[m.Start:m.End]), "a span cuts a character: %q", in.Text[m.Start:m.End])
		}
		last = m.End
	}
	for _, lang := range []string{"en", "zh"} {
		require.NotEmpty(t, e.What(lang))
		require.NotEmpty(t, e.WhetherRetry(lang))
		require.NotEmpty(t, e.NextStep(lang))
	}
	require.Equal(t, e, Default().Explain(in), "the second answer differs")
}

func FuzzExplain(f *testing.F) {
	for _, s := range []string{
		"", "550", "550 5.1.1 <a@example.com>: Recipient address rejected: User unknown", "550 该用户不存在", "=?utf-8?B?5pS25Lu25Lq6?=",
		"NTUwIDUuMS4xIHVzZXIgdW5rbm93bg==", "550%20User%20unknown", "\xff\xfe550", "&#39;&quot;&amp;", "<<<<>>>>", "550-5.7.1 \r\n550 5.7.1",
		strings.Repeat("user unknown ", 20), "http://", "https://@@@", "1.1.1.1.1.1", "[2001:db8::1]", "in 900 seconds", "00:02:00",
	} {
		f.Add(s, "qq.com", 406)
	}
	f.Fuzz(func(t *testing.T, text, domain string, sub int) {
		checkExplanation(t, Input{Text: text, Domain: domain, SubStatus: sub})
	})
}

func TestHostileTextOf200kB(t *testing.T) {
	const size = 200 << 10
	for _, part := range []string{
		"a", " ", "user ", "user unknown ", "550-", "550 5.7.1 ", "<", "[", "(", "@", "a@", "%41", "%", "=?", "=?utf-8?B?", "&", "&#39;", ".", "a.", "1.", "http://", "http://a ", ":", "::", "1:", "too many ", "blocked using ",
		"垃圾", "邮箱", "\xff", "\x00", "AbC1", "in 9 ", "sender rejected spam blocked quota full ", "host a.com[", "é", "ß", "=",
	} {
		text := strings.Repeat(part, size/len(part)+1)[:size]
		allocs := testing.AllocsPerRun(1, func() { checkExplanation(t, Input{Text: text}) })
		require.Less(t, allocs, 20000.0, "%q", part)
	}
}

func FuzzRuleFile(f *testing.F) {
	f.Add("user_unknown : no such pal | (lost|gone) .. mailbox")
	f.Add("[x] sure=50\nlet A : b | c\nblocked temporary party=dns code=55 status=x.1.1 : {A} & not \"d\"")
	f.Add("domain qq : a.b\nlist L https://x : @a.b\nignore : x y")
	f.Fuzz(func(t *testing.T, file string) {
		r, err := compile([]namedSource{{"mine", file}})
		if err != nil {
			require.Contains(t, err.Error(), "mine:")
			return
		}
		r.Explain(Input{Text: "550 no such pal here " + file})
	})
}
