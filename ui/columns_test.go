package ui

import (
	"strings"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"bounceboard/sendcloud/recordset"
	"bounceboard/ui/cell"
	"bounceboard/ui/words"
)

// A capital letter sorts rows that are equal by the first column by a second one; a small one begins anew.
func TestASecondSortKey(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, 60, words.English, 120, 40)
		r.keys("s", "b")
		require.NotContains(t, r.screen(), "then")
		r.keys("s")
		require.Contains(t, r.screen(), "capital letter")
		r.keys("T")
		require.Equal(t, recordset.Order{By: recordset.BySubStatus, Second: true, Then: recordset.ByRequested}, *r.at.session.Order)
		require.Contains(t, r.screen(), "by sub-status ↑, then requested ↑")
		rec, _ := r.at.session.At(0)
		require.Equal(t, "id-59", rec.EmailID, "the oldest of those with 406")
		r.keys("s", "T")
		require.Contains(t, r.screen(), "by sub-status ↑, then requested ↓")
		rec, _ = r.at.session.At(0)
		require.Equal(t, "id-0", rec.EmailID)
		r.keys("s", "b")
		require.Contains(t, r.screen(), "by sub-status ↓, then requested ↓")
		r.keys("s", "r")
		require.Contains(t, r.screen(), "by recipient ↑")
		require.False(t, r.at.session.Order.Second)
	})
}

// The columns are chosen below the table, which shows each choice at once; the next question keeps them.
func TestColumnsAreChosen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, 60, words.English, 80, 24)
		var saved []string
		r.SaveColumns = func(names []string) (string, error) { saved = names; return "/home/lin/config.toml", nil }
		r.keys("C")
		require.Contains(t, r.screen(), "chosen by the width")
		require.Contains(t, r.screen(), "user0@example.com", "the table stays in view")
		r.keys("C")
		require.NotContains(t, r.screen(), "chosen by the width")
		require.Nil(t, r.at.table.Columns(), "looking at them chooses nothing")
		r.keys("C", "J", "G", " ", "s")
		require.Equal(t, []string{"cause", "status", "recipient", "requested", "reply", "email-id"}, r.at.table.Columns())
		require.Equal(t, r.at.table.Columns(), saved)
		require.Contains(t, r.screen(), "kept in /home/lin/config.toml")
		require.Regexp(t, `(?m)^ cause +recipient +requested +server s`, r.screen())
		r.keys("g", "right", "right", "left")
		require.Equal(t, "cause:16", r.at.table.Columns()[0])
		r.keys("esc", "right")
		require.True(t, r.at.table.Sideways())
		r.keys("esc")
		require.False(t, r.at.table.Sideways())
		r.keys("f", "a@example.com", "enter")
		require.Len(t, r.history, 1)
		require.Equal(t, "cause:16", r.at.table.Columns()[0])
		r.keys("C", "o", "enter")
		require.Nil(t, r.at.table.Columns())
	})
}

// Whatever is pressed, one column stays and the screen is full.
func TestTheLastColumnStays(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, 60, words.Chinese, 60, 15)
		r.Columns = nil
		r.keys("C", " ", "j", " ", "j", " ", "j", " ")
		require.Len(t, r.at.table.Columns(), 1)
		require.Contains(t, r.screen(), "至少保留一列")
	})
}

// The terminal's cursor follows the column, in every size; read aloud, a column has a line.
func TestTheCursorIsOnTheColumn(t *testing.T) {
	for _, size := range [][2]int{{60, 15}, {80, 24}, {200, 50}} {
		for _, plain := range []bool{false, true} {
			synctest.Test(t, func(t *testing.T) {
				r := newRig(t, 60, words.English, size[0], size[1])
				r.Plain = plain
				r.keys("C")
				for range 20 {
					at := r.frame.cursor()
					require.True(t, at.Visible)
					r.Plain = false
					lines := strings.Split(r.View(), "\n")
					require.Contains(t, lines[at.Row], "\x1b[7m", "%v %d", size, at.Row)
					before, _, _ := strings.Cut(lines[at.Row], "\x1b[7m")
					require.Equal(t, cell.Width(before), at.Column)
					r.Plain = plain
					r.keys("j")
				}
			})
		}
	}
}
