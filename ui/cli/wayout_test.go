package cli

import (
	"bytes"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"

	"bounceboard/sendcloud/rowjson"
)

// waysOut are the commands that write what strangers wrote; - reads it from standard input.
var waysOut = []string{
	"list --from - --format table", "list --from - --format csv", "list --from - --format ndjson --explain", "list --from - --format json",
	"list --from - --format table --explain --lang zh", "count --from - --by domain --format table", "count --from - --by api-user --format csv",
	"count --from - --by refused-ip --format json", "patterns --from - --format table", "patterns --from - --format csv", "patterns --from - --format ndjson",
	"explain -", "explain --format json -", "explain --format ndjson -", "list --from - --format table --filter",
	"list --cause", "list --email", "list --profile", "--", "help", "list --config", "list --spool",
}

// FuzzWaysOut holds that nothing of what strangers wrote can drive a terminal, whichever way it leaves the program.
func FuzzWaysOut(f *testing.F) {
	for way := range waysOut {
		f.Add("550 no\r\n\x1b[201~\rtouch x\r\x9b31m\u202etxt\u200b", "a\x1b]0;x\a@b\u202e.example", way)
	}
	f.Fuzz(func(t *testing.T, reply, to string, way int) {
		args := strings.Fields(waysOut[max(way, -way, 0)%len(waysOut)])
		in := reply
		if strings.Contains(strings.Join(args, " "), "--from") {
			in = string(rowjson.AppendValue(nil, rowjson.Object{{Key: "emailId", Value: "1$" + to}, {Key: "status", Value: "invalid"}, {Key: "statusText", Value: reply},
				{Key: "apiUser", Value: to}, {Key: "recipients", Value: to}, {Key: "subStatusDesc", Value: reply}, {Key: "sendLog", Value: reply}})) + "\n"
		}
		if last := args[len(args)-1]; !strings.Contains(in, "emailId") && last != "-" || last == "--filter" {
			args = append(args, reply)
		}
		var out, errs bytes.Buffer
		Run(Env{Args: args, In: strings.NewReader(in), Out: &out, Err: &errs, Getenv: func(name string) string { return map[string]string{"HOME": "/nowhere"}[name] }})
		written := strings.ReplaceAll(out.String(), "\r\n", "\n")
		if !strings.Contains(strings.Join(args, " "), "json") {
			requireShown(t, written)
		}
		requireShown(t, errs.String())
		for _, r := range strings.ReplaceAll(written, "\n", "") {
			require.False(t, unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Bidi_Control, r), "%U in %q", r, written)
		}
	})
}

// requireShown fails where text holds what a screen does not show.
func requireShown(t *testing.T, text string) {
	t.Helper()
	for _, r := range strings.ReplaceAll(text, "\n", "") {
		require.True(t, unicode.IsGraphic(r), "%U in %q", r, text)
	}
}
