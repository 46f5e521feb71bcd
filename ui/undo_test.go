package ui

import (
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"bounceboard/ui/words"
)

func TestUndoTakesBackTheLastChange(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, 90, words.English, 120, 40)
		r.keys("u")
		require.Contains(t, r.screen(), "no filter, sort or mark to undo")
		r.keys("jjjj", "/", "user1", "enter", "j", "s", "r", " ", " ")
		require.Equal(t, 2, r.at.session.Marks.Len())
		narrowed := r.total()
		r.keys("u")
		require.Equal(t, 1, r.at.session.Marks.Len())
		require.Contains(t, r.screen(), "undone: mark")
		r.keys("u", "u")
		require.Nil(t, r.at.session.Order)
		require.Contains(t, r.screen(), "undone: sort")
		require.Equal(t, narrowed, r.total())
		r.keys("u")
		require.Equal(t, 90, r.total())
		require.Equal(t, 4, r.cursor(), "the selection comes back to its row")
		require.Contains(t, r.screen(), "undone: filter")

		r.keys("ctrl+r", "ctrl+r", "ctrl+r", "ctrl+r", "ctrl+r")
		require.Equal(t, narrowed, r.total())
		require.NotNil(t, r.at.session.Order)
		require.Equal(t, 2, r.at.session.Marks.Len())
		require.Contains(t, r.screen(), "nothing was undone")

		r.keys("u", "esc", "ctrl+r") // a change forgets what was undone
		require.Contains(t, r.screen(), "nothing was undone")
		r.keys("u") // esc is a change too
		require.Equal(t, narrowed, r.total())
	})
}

// A filter that was given up leaves nothing to undo.
func TestAFilterGivenUpIsNoChange(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, 90, words.English, 120, 40)
		r.keys("/", "user1", "enter", "u", "/", "user2", "esc", "ctrl+r")
		require.Less(t, r.total(), 90)
		r.keys("/", "0", "esc", "u")
		require.Equal(t, 90, r.total())
	})
}

// Asked again, the rows are others: marks stay with their mails, the filter can still be undone.
func TestUndoAfterAskingAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, 90, words.English, 120, 40)
		r.keys("/", "user1", "enter", " ", "r", "u")
		require.Equal(t, 90, r.total())
		require.Equal(t, 1, r.at.session.Marks.Len())
	})
}
