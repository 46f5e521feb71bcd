package ui

import (
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"bounceboard/ui/words"
)

func TestPaletteDoesWhatIsFound(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, 30, words.English, 80, 24)
		r.keys(":")
		require.Contains(t, r.View(), "do:")
		r.keys("标记") // the other language finds it too
		require.Contains(t, r.View(), "mark the row")
		require.NotContains(t, r.View(), "filter the rows")
		r.keys("ctrl+u")
		r.keys("mark the row")
		r.keys("enter")
		require.Equal(t, 1, r.at.session.Marks.Len(), r.View())
		require.Same(t, r.at.table, r.at.top())

		r.keys(":")
		r.keys("no such thing")
		r.keys("enter")
		require.Contains(t, r.View(), "nothing here is called that")
		r.keys("esc")
		require.Same(t, r.at.table, r.at.top())
	})
}
