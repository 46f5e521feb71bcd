package ui

import (
	"testing"
	"testing/synctest"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/stretchr/testify/require"

	"bounceboard/sendcloud"
	"bounceboard/ui/words"
)

// What was not found is about one question: another one has nothing of it, and
// coming back has it again.
func TestWhatWasNotFoundGoesWithItsQuestion(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, 3, words.English, 120, 40)
		const id, says = "1794000000000_15_3_1.sc-10_10_126_221-inbound0$a@qq.com", "y m copies"
		r.send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(id), Paste: true})
		r.keys("enter")
		require.Contains(t, r.screen(), says)
		r.keys("f")
		require.NotContains(t, r.screen(), says, "over the form, where y is text")
		r.keys("esc")
		require.Contains(t, r.screen(), says)

		r.run(r.ask(sendcloud.Query{Days: 3}))
		r.settle()
		require.NotContains(t, r.screen(), says)
		r.keys("esc")
		require.Contains(t, r.screen(), says, "coming back lost what was not found")
		r.keys("esc")
		require.Contains(t, r.screen(), "Failed mail, last 7 days")
		require.NotContains(t, r.screen(), says)
		r.keys("y", "m")
		require.Empty(t, r.out.String(), "an id of the question before was copied")
	})
}
