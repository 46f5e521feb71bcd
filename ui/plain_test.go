package ui

import (
	"strings"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"bounceboard/ui/render"
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

// What the keyboard is on is said at every move, also where only reverse video shows it.
func TestPlainSaysWhatIsChosen(t *testing.T) {
	for name, c := range map[string]struct {
		open, move string
	}{"facets": {"v", "j"}, "palette": {":", "down"}, "counts": {"c", "j"}} {
		synctest.Test(t, func(t *testing.T) {
			r := newRig(t, 30, words.English, 80, 24)
			r.Plain = true
			r.keys(c.open)
			chosen := func() (said string) {
				for line := range strings.SplitSeq(r.View(), "\n") {
					if strings.HasPrefix(line, render.Spoken) {
						said = line
					}
				}
				return said
			}
			before := chosen()
			require.NotEmpty(t, before, name)
			r.keys(c.move)
			require.NotEqual(t, before, chosen(), name)
		})
	}
}
