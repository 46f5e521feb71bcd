package ui

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/stretchr/testify/require"

	"bounceboard/ui/export"
	"bounceboard/ui/words"
)

// many is a dashboard on a file of more rows than are sorted at once.
func many(t *testing.T, rows int) *rig {
	t.Helper()
	var text strings.Builder
	w, err := export.New(export.NDJSON, &text, export.Options{})
	require.NoError(t, err)
	for i := range rows {
		rec := row(i)
		rec.Recipients = fmt.Sprintf("u%05d@example.com", i*7919%rows)
		require.NoError(t, w.Write(rec))
	}
	r := start(t, Options{Lang: words.English, File: &File{Name: "rows.ndjson", In: strings.NewReader(text.String())}}, 120, 40)
	r.wait(time.Second)
	require.Contains(t, r.screen(), "all "+words.Number(rows)+" rows")
	return r
}

// sortBegins presses a key of the menu for sorting; what comes back brings the
// rows near the selection, then sorts the others.
func (r *rig) sortBegins(key string) (others tea.Cmd) {
	r.t.Helper()
	r.keys("s")
	_, cmd := r.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(key)})
	require.NotNil(r.t, cmd)
	msg, ok := cmd().(viewMsg)
	require.True(r.t, ok)
	require.NotNil(r.t, msg.then, "the rows near the selection come first")
	_, others = r.Update(msg)
	return others
}

func TestRowsNearTheSelectionAreSortedFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const rows = 70_001
		r := many(t, rows)
		r.keys("jjjjjjjjj")
		rec, _ := r.results.Selected()
		others := r.sortBegins("r")
		now, _ := r.results.Selected()
		require.Equal(t, rec.EmailID, now.EmailID, "the selection stays on its row")
		place := r.results.Cursor()
		require.Equal(t, fmt.Sprintf("u%05d@example.com", place), now.Recipients, "its place among all is known")
		require.Contains(t, r.screen(), "u"+fmt.Sprintf("%05d", place+1)+"@", "the next in order stands below")
		require.NotContains(t, r.screen(), "loading")
		require.Contains(t, r.screen(), "of "+words.Number(rows))

		r.keys("j", " ", "*")
		require.Equal(t, rows, r.slice.marks.Len())
		r.keys("*", " ")
		require.Equal(t, 1, r.slice.marks.Len())
		r.keys("G")
		require.Contains(t, r.screen(), "loading", "rows far off have no place yet")
		r.keys("M")
		require.Contains(t, r.screen(), "still being sorted")
		r.keys(" ")
		require.Equal(t, 1, r.slice.marks.Len())

		r.send(others())
		require.NotContains(t, r.screen(), "loading")
		last, _ := r.results.Selected()
		require.Equal(t, "u70000@example.com", last.Recipients, "where one went meanwhile")
		r.keys("M")
		require.Equal(t, rows-place-2, r.slice.marks.Len())
	})
}

func TestASortCanBeOvertaken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := many(t, 70_001)
		r.keys("jjjjjjjjj")
		rec, _ := r.results.Selected()
		others := r.sortBegins("r")
		r.keys("s", "r") // and backwards
		r.send(others())
		now, _ := r.results.Selected()
		require.Equal(t, rec.EmailID, now.EmailID)
		require.Contains(t, r.screen(), fmt.Sprintf("u%05d@", 70_000-r.results.Cursor()-1))
		require.NotContains(t, r.screen(), "loading")

		others = r.sortBegins("r")
		near := r.results.Source().(rowsView)
		nearest := near.snap.EmailID(int(near.rows[len(near.rows)-1]))
		r.keys("G", "s", "o") // to an end that is not sorted yet, then as they came
		r.send(others())
		require.NotContains(t, r.screen(), "loading")
		now, _ = r.results.Selected()
		require.Equal(t, nearest, now.EmailID, "the nearest row whose place was known")
		r.keys("g", "j")
		second, _ := r.results.Selected()
		require.Equal(t, "u07919@example.com", second.Recipients)
	})
}
