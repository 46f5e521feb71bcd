package e2e

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

// questions are the sequences that make a terminal answer.
var questions = regexp.MustCompile(strings.Join([]string{
	`\x1b\][0-9;]*;?\?`,                    // OSC 4, 10, 11, 12 with ?
	`\x1b\[[?>=]?[0-9;]*c`,                 // device attributes
	`\x1b\[\??[0-9;]*n`,                    // status, cursor position
	`\x1b\[[?>=]?[0-9;]*x`,                 // terminal parameters
	`\x1b\[\??[0-9;]*\$p`,                  // mode
	`\x1b\[>[0-9;]*q`,                      // version
	`\x1b\[\?u`,                            // kitty keyboard
	`\x1b\[(?:1[13-9]|2[01])(?:;[0-9]+)*t`, // window
	`\x1bP[+$]q`,                           // termcap, setting
	`\x1bZ`, `\x05`,
}, "|"))

func requireNoQuestion(t *testing.T, raw []byte) {
	t.Helper()
	require.Empty(t, questions.FindAllString(string(raw), -1), "a question to the terminal went out")
}

var mode = regexp.MustCompile(`\x1b\[\?([0-9;]+)([hl])`)

// requireModesReset fails unless every private mode that was set is reset, and
// the cursor shown.
func requireModesReset(t *testing.T, raw []byte) {
	t.Helper()
	set := map[string]bool{"25": true}
	for _, m := range mode.FindAllSubmatch(raw, -1) {
		for n := range strings.SplitSeq(string(m[1]), ";") {
			set[n] = string(m[2]) == "h"
		}
	}
	require.True(t, set["25"], "the cursor is not shown again")
	delete(set, "25")
	for n, on := range set {
		require.False(t, on, "mode ?%s was left on", n)
	}
}

// ours are the sequences that the program draws with: colours, erasing, moving the cursor, and the modes of its screen.
var ours = regexp.MustCompile(`\x1b\[(?:(?:0|1|2|4|7|22|24|27|3[0-7]|4[0-7]|39|49|9[0-7]|[34]8;5;[0-9]{1,3})?(?:;(?:1|2|4|7|3[0-7]|4[0-7]|9[0-7]|[34]8;5;[0-9]{1,3}))*m|[0-2]?[JK]|[0-9]*[ABCD]|(?:[0-9]*;[0-9]*)?H|\?(?:25|1049|2004|1000|1002|1003|1006)[hl])`)

// requireOnlyOurs fails when anything but text and our own sequences was
// written.
func requireOnlyOurs(t *testing.T, raw []byte) {
	t.Helper()
	rest := ours.ReplaceAll(raw, nil)
	require.True(t, utf8.Valid(rest), "invalid UTF-8 was written")
	for i, r := range string(rest) {
		bad := r < ' ' && r != '\r' && r != '\n' || r >= 0x7f && r <= 0x9f ||
			r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 || r == 0x200e || r == 0x200f || r == 0x061c ||
			r == 0x2028 || r == 0x2029 || r >= 0xe0000 && r <= 0xe007f
		if bad {
			require.FailNow(t, "a stranger's control character reached the terminal", "%U in %q", r, rest[max(0, i-40):min(len(rest), i+40)])
		}
	}
}

// What these tests look for is what terminals answer.
func TestQuestionsAreKnown(t *testing.T) {
	for _, q := range []string{
		"\x1b]11;?\x07", "\x1b]10;?\x1b\\", "\x1b]4;1;?\x07", "\x1b[c", "\x1b[0c", "\x1b[>c", "\x1b[=c", "\x1b[5n", "\x1b[6n", "\x1b[?6n", "\x1b[?996n",
		"\x1b[?2026$p", "\x1b[>q", "\x1b[>0q", "\x1b[?u", "\x1b[14t", "\x1b[18t", "\x1bP+q544e\x1b\\", "\x1bP$qm\x1b\\", "\x05",
	} {
		require.Regexp(t, questions, "text"+q+"text")
	}
	for _, drawn := range []string{"\x1b[?1049h", "\x1b[?25l", "\x1b[2J", "\x1b[H", "\x1b[12;1H", "\x1b[K", "\x1b[7m", "\x1b[1;96m", "\x1b[0m", "what?"} {
		require.NotRegexp(t, questions, drawn)
		requireOnlyOurs(t, []byte(drawn))
	}
}
