package ui

import (
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/stretchr/testify/require"

	"bounceboard/ui/export"
	"bounceboard/ui/session"
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
	r := start(t, Options{Lang: words.English, File: &session.File{Name: "rows.ndjson", In: strings.NewReader(text.String())}}, 120, 40)
	r.wait(time.Second)
	require.Contains(t, r.screen(), "all "+words.Number(rows)+" rows")
	return r
}

// Keys about the selection that are pressed before the sorted rows show are
// about these.
func TestKeysWaitForTheOrderTheyFollow(t *testing.T) {
	for name, keys := range map[string][]string{"one by one": {"s", "r", "G", "k", "k"}, "in bursts": {"srG", "kk"}, "in the menu": {"s", "rGkk"}} {
		synctest.Test(t, func(t *testing.T) {
			r := many(t, 70_001)
			r.keys("jjjjjjjjj")
			var cmds []tea.Cmd
			for _, k := range keys {
				_, cmd := r.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(k)})
				cmds = append(cmds, cmd)
			}
			require.NotContains(t, r.screen(), "u69998@", "nothing of the order shows yet")
			for _, cmd := range cmds {
				r.run(cmd)
			}
			r.settle()
			rec, _ := r.at.session.Selected()
			require.Equal(t, "u69998@example.com", rec.Recipients, name)
		})
	}
	synctest.Test(t, func(t *testing.T) {
		r := many(t, 70_001)
		r.keys("s")
		_, sort := r.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("r")})
		r.keys("g", " ", "j", "j", "M")
		require.Zero(t, r.at.session.Marks.Len())
		r.run(sort)
		r.settle()
		require.Equal(t, 4, r.at.session.Marks.Len())
		for row := range r.at.session.Marks.Rows() {
			require.Less(t, r.at.session.Snapshot().Record(row).Recipients, "u00004@", "rows of the order that one asked for")
		}
	})
	synctest.Test(t, func(t *testing.T) {
		r := many(t, 70_001)
		r.keys("s")
		_, sort := r.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("r")})
		r.keys("G", "s", "o", "k") // as they came, before it was sorted
		r.run(sort)
		r.settle()
		rec, _ := r.at.session.Selected()
		require.Equal(t, "u", rec.Recipients[:1])
		require.Nil(t, r.at.session.Order, "the last sort asked for holds")
		require.Empty(t, r.waiting)
	})
}

// Rows that come do not take back where one went meanwhile.
func TestASortedFileThatGrowsKeepsTheSelection(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		in, out := io.Pipe()
		r := start(t, Options{Lang: words.English, File: &session.File{Name: "-", In: in}}, 120, 40)
		write := func(from, to int) {
			_, err := io.WriteString(out, ndjson(t, from, to))
			require.NoError(t, err)
			r.wait(time.Second)
		}
		write(100, 400)
		r.keys("s", "r", "jjj")
		write(400, 500)
		r.keys("G")
		last, _ := r.at.session.Selected()
		write(50, 80)
		now, _ := r.at.session.Selected()
		require.Equal(t, last.EmailID, now.EmailID)
		require.NoError(t, out.Close())
		r.wait(time.Second)
	})
}
