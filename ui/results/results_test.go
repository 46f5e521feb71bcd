package results

import (
	"testing"

	"github.com/stretchr/testify/require"

	"bounceboard/sendcloud"
	"bounceboard/theme"
	"bounceboard/ui/words"
)

// long is a list of which no row is here yet.
type long int

func (n long) Total() int                    { return int(n) }
func (long) At(int) (sendcloud.Record, bool) { return sendcloud.Record{}, false }

func TestTheWindowFollowsTheSelection(t *testing.T) {
	r := New(theme.New(theme.Mono, false), words.English, nil)
	r.SetSize(80, 11) // ten rows
	r.Show(long(1000))
	stands := func(what string, cursor, top int) {
		t.Helper()
		first, last := r.Window()
		require.Equal(t, []int{cursor, top, top + 10}, []int{r.Cursor(), first, last}, what)
	}
	r.Move(9)
	stands("to the last row in view", 9, 0)
	r.Move(1)
	stands("below it: nearly a window, with a row of what was there", 10, 9)
	r.Move(-1)
	stands("up in view", 9, 9)
	r.Move(-1)
	stands("above it", 8, 0)
	r.Scroll(1)
	stands("half a window on", 13, 5)
	r.Swap(long(1001), 15)
	stands("rows came above: it stays where it is on the screen", 15, 7)
	r.Swap(long(1000), 13)
	r.Scroll(-2)
	stands("a whole one back, as far as there is one", 3, 0)
	r.Last()
	stands("to the end", 999, 990)
	r.Scroll(1)
	stands("no further", 999, 990)
	r.TurnTo(3)
	stands("a page begins on top", 300, 300)
	r.First()
	stands("to the begin", 0, 0)
	r.SetSize(80, 2)
	r.Move(1)
	first, last := r.Window()
	require.Equal(t, []int{1, 2}, []int{first, last}, "a window of one row")
}
