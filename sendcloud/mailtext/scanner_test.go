package mailtext_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"bounceboard/sendcloud/mailtext"
)

func kinds(text string) (all []string) {
	names := [...]string{"address", "ip", "host", "url", "id", "number", "time", "code", "status", "", "", ""}
	for tokens := mailtext.NewScanner(text); ; {
		t, ok := tokens.Next()
		if !ok {
			return all
		}
		if name := names[t.Kind]; name != "" {
			all = append(all, name+" "+text[t.Start:t.End])
		}
	}
}

func TestTokensOfAReply(t *testing.T) {
	for text, want := range map[string][]string{
		"host mx.example.com[192.0.2.1]:25 said: 550-5.7.1 <a@example.com> no": {"host mx.example.com", "ip 192.0.2.1", "number 25", "code 550", "status 5.7.1", "address a@example.com"},
		"error code 554 at 09:41:03, see http://example.com/a?b=1.":            {"code 554", "time 09:41:03", "url http://example.com/a?b=1"},
		"552Message of 500 bytes":                                         {"code 552", "number 500"},
		"服务器返回550 超过500封":                                                 {"code 550", "number 500"},
		"connect to mx.example.com:587 [2001:db8::1] id=Met9wd-000123-Ml": {"host mx.example.com", "number 587", "ip 2001:db8::1", "id Met9wd-000123-Ml"},
		"rejected.No user, S3150 (#5.1.1)":                                {"status 5.1.1"},
		"550-a b 550-c":                                                   {"code 550", "code 550"},
	} {
		require.Equal(t, want, kinds(text), text)
	}
}

// Each byte belongs to one token, whatever a stranger sends.
func TestTokensCoverTheText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		piece := rapid.SampledFrom([]string{"a@b.c", "203.0.113.9", "550", " ", "-", "=", "http://", "::1", "mx1.qq.com", "收件人", "5.1.1", "Nov 0", "9:41", ",", "/", "<张三@例子.中国>", "“", "==", "\xff", "\r\n"})
		text, at := strings.Join(rapid.SliceOf(piece).Draw(t, "pieces"), ""), 0
		for tokens := mailtext.NewScanner(text); ; {
			tok, ok := tokens.Next()
			if !ok {
				break
			}
			require.Equal(t, at, tok.Start)
			require.Greater(t, tok.End, tok.Start)
			at = tok.End
		}
		require.Equal(t, len(text), at)
		decoded := mailtext.Decode(text, 8<<10)
		from, to := decoded.Original(0, len(decoded.String))
		require.Equal(t, [2]int{0, len(text)}, [2]int{from, to}, "the whole text is the whole original")
	})
}
