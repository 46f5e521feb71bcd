package ui

import (
	"testing"
	"testing/synctest"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/stretchr/testify/require"

	"bounceboard/keymap"
	"bounceboard/sendcloud/sendcloudtest"
	"bounceboard/ui/recall"
	"bounceboard/ui/words"
)

// fetched is a dashboard with every row of its question.
func fetched(t *testing.T, records int) *rig {
	t.Helper()
	r, _ := service(t, sendcloudtest.Options{Records: records, Seed: 3}, 3000)
	r.keys("a", "enter")
	r.wait(2 * time.Minute)
	require.Contains(t, r.screen(), "all "+words.Number(r.total())+" rows")
	return r
}

// However rows were narrowed, esc comes back to the row one was on; a row that
// was chosen meanwhile is kept.
func TestARangeNeedsItsBeginInView(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, 50, words.English, 160, 40)
		r.keys(" ", "/", "user7", "enter", "M")
		require.Contains(t, r.screen(), "Mark a row with space first")
		require.Equal(t, 1, r.at.session.Marks.Len())
	})
}

func TestOneComesBackToTheRowOneWasOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := fetched(t, 60000)
		r.keys("jjjjjjj")
		all, was := r.total(), r.cursor()
		back := func(way string) {
			t.Helper()
			require.Equal(t, all, r.total(), way)
			require.Equal(t, was, r.cursor(), way)
		}
		for _, way := range [][]string{{"/", "zhangw", "enter"}, {"/", "zh", "backspace", "enter"}, {"v", "6", "jjjj", "enter"}, {"v", "2", "!"}, {"t", "h", "h", "enter"}} {
			r.keys(way...)
			require.Less(t, r.total(), all, "%v", way)
			r.keys("esc")
			back(way[0] + way[1])
			if r.at.pane != r.at.detail {
				r.keys("esc")
				back(way[0] + " closed")
			}
		}
		r.keys("/", "zhangw", "esc")
		back("given up while typing")
		r.keys("v", "6", "enter", "1", "enter", "esc", "esc")
		back("two steps")
		r.keys("esc", "/", "zhangw", "enter", "jj")
		chosen, _ := r.at.session.Selected()
		r.keys("esc")
		now, _ := r.at.session.Selected()
		require.Equal(t, chosen.EmailID, now.EmailID, "a row that was chosen is lost")
	})
}

// The pages that were looked at come back as they stood, too.
func TestOneComesBackToTheRowOfThePages(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, _ := service(t, sendcloudtest.Options{Records: 60000, Seed: 3}, 3000)
		r.keys("jj")
		for _, way := range [][]string{{"/", "gmail", "enter", "esc"}, {"/", "gmail", "esc"}, {"v", "6", "jj", "enter", "esc", "esc"}} {
			r.keys(way...)
			require.Equal(t, 2, r.cursor(), "%v", way)
		}
	})
}

func TestTheSameStepIsTakenOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := fetched(t, 20000)
		all := r.total()
		r.keys("v", "1", "enter", "enter")
		require.Len(t, r.at.session.Path(), 1)
		require.Contains(t, r.screen(), "filtered by that already")
		r.keys("esc")
		require.Equal(t, all, r.total())
	})
}

func TestRowsWithAndWithoutAValue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := fetched(t, 20000)
		all := r.total()
		r.keys("v", "9", "G", "enter")
		without := r.total()
		require.Contains(t, r.screen(), "› no refused IP")
		r.keys("esc", "G", "!")
		require.Contains(t, r.screen(), "› any refused IP")
		require.Equal(t, all-without, r.total())
	})
}

func TestPauseIsOfferedInANarrowWindow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, _ := service(t, sendcloudtest.Options{Records: 200000, Seed: 3}, 60)
		r.wait(10 * time.Second)
		r.Lang = words.Chinese
		r.at = r.visit(r.at.session)
		r.send(tea.WindowSizeMsg{Width: 60, Height: 20})
		r.keys("a", "enter")
		r.wait(2 * time.Second)
		require.True(t, r.at.session.Fetching())
		require.Contains(t, r.screen(), "esc 停止   a 暂停")
		r.keys("a")
		require.Contains(t, r.screen(), " a 继续   ")
	})
}

func TestTheLongestComesFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := fetched(t, 20000)
		r.keys("s", "d", "g")
		first, _ := r.at.session.Selected()
		r.keys("G", "k")
		last, _ := r.at.session.Selected()
		longest, _ := first.Took()
		shortest, _ := last.Took()
		require.Greater(t, longest, shortest)
		r.keys("s", "d", "g")
		first, _ = r.at.session.Selected()
		again, _ := first.Took()
		require.Less(t, again, longest, "again is not the other way")
	})
}

// Asking something else does not need the table.
func TestTheFormOpensFromThePanes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, pane := range []string{"v", "t"} {
			r, _ := service(t, sendcloudtest.Options{Records: 20000, Seed: 3}, 3000)
			r.keys(pane, "f")
			require.Equal(t, keymap.QueryForm, r.place())
			r.keys("esc")
			require.Equal(t, r.at.pane, r.at.top(), "esc leads back")
			r.send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("wang.tao@163.com"), Paste: true})
			require.Equal(t, keymap.QueryForm, r.place())
			r.keys("enter")
			r.wait(time.Second)
			require.Equal(t, []string{"wang.tao@163.com"}, r.plan().Query.Emails)
			require.Equal(t, keymap.Table, r.place())
			r.keys("esc")
			require.Empty(t, r.plan().Query.Emails)
		}
	})
}

func TestOneRowIsOneRow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, 1, words.English, 120, 40)
		require.Contains(t, r.screen(), "row 1 of 1")
		r.keys("/", "user0", "enter")
		require.Contains(t, r.screen(), "row 1 of 1")
		require.Contains(t, r.screen(), "all 1 row")
		require.NotRegexp(t, `\b1 rows`, r.screen())
		r.keys(" ")
		require.Contains(t, r.screen(), "1 row marked.")
	})
}

func TestFiltersAreKeptOverStarts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		folder := t.TempDir()
		begin := func() *rig {
			r := newRig(t, 30, words.English, 80, 24)
			r.State = folder
			r.past.filters, _ = recall.Open(folder, "filters")
			return r
		}
		r := begin()
		for _, filter := range []string{"status:invalid", "domain:qq.com"} {
			r.keys("/")
			r.keys("ctrl+u")
			r.keys(filter)
			r.keys("enter")
		}
		r = begin()
		r.keys("/")
		r.keys("half")
		r.keys("up")
		require.Contains(t, lastLine(r), "domain:qq.com")
		r.keys("up")
		require.Contains(t, lastLine(r), "status:invalid")
		r.keys("down")
		r.keys("down")
		require.Contains(t, lastLine(r), "half", "what was being typed comes back")
	})
}
