package rowjson

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestStrings(t *testing.T) {
	for s, want := range map[string]string{
		"<a&b>":                  `<a&b>`,
		"a\"\\\n\r\t\b\x00\x1b":  `a\"\\\n\r\t\u0008\u0000\u001b`,
		"\x7f\u0080\u009b\u00a0": `\u007f\u0080\u009b` + "\u00a0",
		"\u061c\u200e\u200f\u202a\u202e\u2066\u2069": `\u061c\u200e\u200f\u202a\u202e\u2066\u2069`,
		"\u2028退😀":                           "\u2028退😀",
		"\u200b\u200d\u2060\ufeff\U000e0041": `\u200b\u200d\u2060\ufeff\udb40\udc41`,
		"a\x9bb\xff":                         "a\uFFFDb\uFFFD",
		"\xed\xa0\x80":                       "\uFFFD\uFFFD\uFFFD",
		"\ufffd":                             "\ufffd",
	} {
		require.Equal(t, `"`+want+`"`, string(AppendString(nil, s)), "%+q", s)
	}
}

// What is written is JSON that encoding/json and the reader here read alike.
func TestWrittenStringsAreRead(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := rapid.String().Draw(rt, "text")
		b := AppendString(nil, s)
		var got string
		require.NoError(rt, json.Unmarshal(b, &got))
		require.Equal(rt, s, got)
		require.Equal(rt, s, NewReader(b).Text())
	})
}

func TestValues(t *testing.T) {
	at := time.Date(2026, 11, 23, 1, 31, 11, 0, time.UTC)
	v := Object{{"z", 1}, {"a", []any{nil, true, 0.25, "x", int64(5)}}, {"at", at}, {"never", time.Time{}}, {"list", []string{"b", "a"}}, {"o", Object{}}}
	require.Equal(t, `{"z":1,"a":[null,true,0.25,"x",5],"at":"2026-11-23T09:31:11+08:00","never":null,"list":["b","a"],"o":{}}`, string(AppendValue(nil, v)))
}
