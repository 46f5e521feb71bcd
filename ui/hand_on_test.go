package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"bounceboard/keymap"
	"bounceboard/ui/words"
)

// writes presses keys that ask for a file and gives its name.
func (r *rig) writes(path string, keys ...string) {
	r.keys(keys...)
	require.Equal(r.t, keymap.FilePrompt, r.place())
	r.prompt().Set(path, len(path))
	r.keys("enter")
	r.settle()
	require.Contains(r.t, r.screen(), "readable by you only")
}

// What one sees leaves as rows, as lists and as evidence.
func TestHandingOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, 30, words.English, 160, 40)
		dir := t.TempDir()
		r.writes(filepath.Join(dir, "rows.csv"), "x", "r")
		data, err := os.ReadFile(filepath.Join(dir, "rows.csv"))
		require.NoError(t, err)
		require.True(t, strings.HasPrefix(string(data), "\uFEFFemailId,"))
		require.Contains(t, string(data), "nextStep")
		require.Equal(t, 31, strings.Count(string(data), "\n"))

		r.keys(" ", " ")
		r.writes(filepath.Join(dir, "marked.xlsx"), "x", "r")
		book, err := excelize.OpenFile(filepath.Join(dir, "marked.xlsx"))
		require.NoError(t, err)
		defer book.Close()
		rows, err := book.GetRows("Sheet1")
		require.NoError(t, err)
		require.Len(t, rows, 3, "the marked rows alone")

		r.writes(filepath.Join(dir, "lists"), "x", "l")
		require.FileExists(t, filepath.Join(dir, "lists", "suppress.csv"))
		r.writes(filepath.Join(dir, "evidence", "ticket.md"), "x", "e")
		data, err = os.ReadFile(filepath.Join(dir, "evidence", "ticket.md"))
		require.NoError(t, err)
		require.Contains(t, string(data), "bounceboard report --out report.html")
		require.FileExists(t, filepath.Join(dir, "evidence", "rows.ndjson"))
	})
}

func TestTheAnswerForTheCustomerIsCopied(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, 5, words.Chinese, 160, 40)
		r.keys("y", "c")
		require.Contains(t, r.screen(), "给客户的答复")
		r.keys("y", "C")
		require.Contains(t, r.screen(), "英文答复")
	})
}
