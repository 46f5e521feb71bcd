package ui

import (
	"strings"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"bounceboard/ui/words"
)

func TestPlainReadsTheSelectedRowAsASentence(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, 30, words.English, 80, 24)
		r.Plain = true
		first := r.View()
		r.keys("j")
		after := r.View()
		rec, ok := r.at.session.Selected()
		require.True(t, ok)
		last := ""
		for line := range strings.SplitSeq(after, "\n") {
			require.NotContains(t, line, "\x1b")
			require.NotContains(t, line, "│")
			if !strings.Contains(first, line) {
				last += line
			}
		}
		require.Contains(t, last, "row 2 of 30")
		require.Contains(t, last, rec.Recipients)
		require.Contains(t, last, words.StatusName(words.English, rec.Status))
		require.NotContains(t, last, "\n", "one row is one line")

		r.keys("f")
		require.Contains(t, r.View(), "> Recipient", "the field that has the keyboard is marked")
	})
}
