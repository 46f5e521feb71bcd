package ui

import (
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/stretchr/testify/require"

	"bounceboard/keymap"
	"bounceboard/sendcloud"
	"bounceboard/sendcloud/sendcloudtest"
	"bounceboard/ui/cell"
	"bounceboard/ui/words"
)

func TestKeysThatArriveTogetherAllAct(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, 1000, words.English, 120, 40)
		r.keys(strings.Repeat("j", 20))
		require.Equal(t, 20, r.cursor())
		r.keys("jjkj")
		require.Equal(t, 22, r.cursor())
		r.keys("#3")
		require.Equal(t, keymap.PagePrompt, r.place())
		r.keys("enter")
		require.Equal(t, 200, r.cursor())
		r.keys("jj", "jjq")
		require.Equal(t, 204, r.cursor())
		require.NoError(t, r.jobs.ctx.Err(), "nobody quits in passing")
	})
}

// A key with alt is that key and no other: it leaves nothing and opens nothing.
func TestAltIsNoEsc(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, 1000, words.English, 120, 40)
		alt := func(c rune) { r.send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{c}, Alt: true}) }
		for _, c := range "jqf/? " {
			alt(c)
			require.Equal(t, keymap.Table, r.place())
			require.Contains(t, r.screen(), "alt+"+string(c)+" does nothing here")
		}
		r.send(tea.KeyMsg{Type: tea.KeySpace, Runes: []rune{' '}, Alt: true})
		require.Zero(t, r.at.session.Marks.Len())
		r.send(tea.KeyMsg{Type: tea.KeyEsc, Alt: true})
		require.Zero(t, r.cursor())
		require.NoError(t, r.jobs.ctx.Err())
		r.keys("/", "one two three")
		alt('b')
		alt('b')
		alt('d')
		alt('q')
		r.send(tea.KeyMsg{Type: tea.KeyBackspace, Alt: true})
		require.Equal(t, keymap.FilterPrompt, r.place())
		require.Equal(t, " three", r.prompt().Text())
	})
}

// The terminal's cursor stands after what is typed, and on the selected row.
func TestTheCursorIsWhereOneTypesAndOnTheSelectedRow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, 1000, words.English, 120, 40)
		at := func(before string) {
			t.Helper()
			c := r.Model.cursor()
			require.True(t, c.Visible)
			line := strings.Split(r.screen(), "\n")[c.Row]
			i := 0
			for _, ch := range line {
				if cell.Width(line[:i]) >= c.Column {
					break
				}
				i += len(string(ch))
			}
			require.True(t, strings.HasSuffix(line[:i], before), "%q, column %d", line, c.Column)
		}
		selected := func(recipient string) {
			t.Helper()
			c := r.Model.cursor()
			require.True(t, c.Visible)
			require.Contains(t, strings.Split(r.screen(), "\n")[c.Row], recipient)
		}
		selected("user0@")
		r.keys("jjj")
		selected("user3@")
		r.keys("G")
		r.settle()
		selected("user999@")
		r.keys("f", "lin@qq.com")
		at("lin@qq.com")
		r.keys("tab", "tab", "tab")
		at("")
		r.keys("esc", "#", "7")
		at(" 7")
		r.keys("esc", "/", "user 中文")
		at("/ user 中文")
		r.send(tea.KeyMsg{Type: tea.KeyLeft})
		at("/ user 中")
		r.keys("esc", "?")
		require.False(t, r.Model.cursor().Visible)
	})
}

func TestTheFormKeepsWhatWasTypedWhenItIsLeft(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, 1000, words.English, 120, 40)
		r.keys("f", "lin@qq.c", "esc", "j", "f")
		require.Contains(t, r.screen(), "lin@qq.c ")
		r.keys("om")
		require.Contains(t, r.screen(), "lin@qq.com")
		r.keys("enter")
		require.Equal(t, []string{"lin@qq.com"}, r.plan().Query.Emails)
		r.keys("esc", "f")
		require.NotContains(t, r.screen(), "lin@qq.com", "the form of the question before, as that was asked")
	})
}

func TestCtrlLDrawsAgainEverywhere(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, 1000, words.English, 120, 40)
		for i, open := range []string{"j", "f", "?", "/", "y", "s", "#", "enter", "v", "t"} {
			r.keys(open, "ctrl+l")
			require.Equal(t, i+1, r.out.redrawn, open)
			for r.at.top() != r.at.table {
				r.keys("esc")
			}
		}
	})
}

func TestKeysTypedBeforeTheFirstRowsAreKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, 1000, words.English, 120, 40)
		_, cmd := r.Update(nil)
		cmd = tea.Batch(cmd, r.ask(sendcloud.Query{Days: 3}))
		r.keys("jjj", "#", "2", "enter", "j")
		require.False(t, r.at.session.Answered())
		r.run(cmd)
		r.settle()
		require.Equal(t, 101, r.cursor())
	})
}

func TestQIsTextBehindASlashThatWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, 1000, words.English, 120, 40)
		cmd := r.ask(sendcloud.Query{Days: 3})
		r.keys("/", "q", "q.com")
		require.NoError(t, r.jobs.ctx.Err())
		r.run(cmd)
		r.settle()
		require.Equal(t, keymap.FilterPrompt, r.place())
		require.Equal(t, "qq.com", r.prompt().Text())
	})
}

// A key that needs no rows acts at once; what moved before waits for the rows,
// and for the table.
func TestKeysThatNeedNoRowsDoNotWait(t *testing.T) {
	for key, place := range map[string]keymap.Place{"f": keymap.QueryForm, "?": keymap.HelpPage} {
		for _, before := range []string{"j", "enter"} {
			synctest.Test(t, func(t *testing.T) {
				r := newRig(t, 1000, words.English, 120, 40)
				cmd := r.ask(sendcloud.Query{Days: 92})
				r.keys(before)
				require.Contains(t, r.screen(), before+" waits for the rows · loading")
				r.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(key)})
				require.Equal(t, place, r.place(), "%s behind %s", key, before)
				r.run(cmd)
				r.settle()
				require.Equal(t, place, r.place(), "%s was taken by what %s opened", before, key)
				require.Zero(t, r.cursor())
				r.keys("esc")
				if before == "enter" {
					require.Equal(t, keymap.Detail, r.place())
				} else {
					require.Equal(t, 1, r.cursor())
				}
			})
		}
	}
}

func TestKeysThatWaitedForRowsThatNeverCameAreDropped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, 1000, words.English, 120, 40)
		cmd := r.ask(sendcloud.Query{Days: 3})
		r.keys("j", "j")
		r.api.err = errors.New("broken")
		r.run(cmd)
		r.settle()
		require.Contains(t, r.screen(), "r tries again")
		r.api.err = nil
		r.keys("r")
		require.Zero(t, r.cursor())
	})
}

func TestAPastedIDAsksForItsOwnDays(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, 10, words.English, 120, 40)
		r.send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("1794000000000_15_3_1.sc-10_10_126_221-inbound0$a@qq.com"), Paste: true})
		r.keys("enter")
		require.Zero(t, r.plan().Query.Days)
		require.Len(t, r.plan().Query.EmailIDs, 1)
		require.Contains(t, r.screen(), "with email id 1794")
	})
}

func TestAPasteIsNeverReadAsKeys(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, 1000, words.English, 120, 40)
		r.keys("query")
		require.Equal(t, keymap.Table, r.place())
		require.Zero(t, r.cursor())
		require.Contains(t, r.screen(), "neither an address nor an email id")
		r.send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("jjj"), Paste: true})
		require.Zero(t, r.cursor(), "a bracketed paste moved the selection")
		r.send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("退信 <lin.wei@qq.com>"), Paste: true})
		require.Equal(t, keymap.QueryForm, r.place())
		require.Contains(t, r.screen(), "lin.wei@qq.com")
	})
}

func TestFullWidthFormsActAsTheirKeys(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, 1000, words.Chinese, 120, 40)
		r.keys("ｊ")
		require.Equal(t, 1, r.cursor())
		r.keys("？")
		require.Equal(t, keymap.HelpPage, r.place())
	})
}

// Help over the counts leads back to the counts, and these to the table.
func TestEscLeadsBackThroughWhatWasOpened(t *testing.T) {
	needsCounts(t)
	synctest.Test(t, func(t *testing.T) {
		r, _ := service(t, sendcloudtest.Options{Records: 2000, Seed: 3}, 3000)
		r.keys("c")
		r.wait(5 * time.Second)
		r.keys("?")
		require.Equal(t, keymap.HelpPage, r.place())
		r.keys("esc", "esc", "j")
		require.Equal(t, keymap.Table, r.place())
		require.Equal(t, 1, r.cursor())
	})
}

// Letters that arrive together move in a list of the form as they do one by one.
func TestABurstOfLettersInAList(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, 10, words.English, 80, 24)
		r.keys("f", "tab", "tab", "tab")
		r.send(runes('4', '0', '6'))
		r.keys(" ")
		require.Contains(t, r.screen(), "406 address does not exist")
		r.send(runes('9', '9'))
		require.Contains(t, r.screen(), "nothing in the list begins with")
	})
}
