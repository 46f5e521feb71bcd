package ui

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"bounceboard/keymap"
	"bounceboard/sendcloud/sendcloudtest"
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

		r.writes(filepath.Join(dir, "evidence", "ticket.md"), "x", "e")
		data, err = os.ReadFile(filepath.Join(dir, "evidence", "ticket.md"))
		require.NoError(t, err)
		require.Contains(t, string(data), "bounceboard report --out report.html")
		require.FileExists(t, filepath.Join(dir, "evidence", "rows.ndjson"))
	})
}

// Rows leave in the order in which one sees them.
func TestRowsLeaveAsTheyAreSeen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, _ := service(t, sendcloudtest.Options{Records: 3000, Seed: 3}, 3000)
		r.wait(time.Minute)
		r.keys("a", "enter")
		r.wait(time.Minute)
		r.keys("s", "r", "s", "r")
		r.wait(time.Minute)
		dir := t.TempDir()
		for _, keys := range []string{"", " jj jj "} { // all first: marks stay
			name := "rows" + strconv.Itoa(len(keys)) + ".ndjson"
			for _, key := range keys {
				r.keys(string(key))
			}
			var want []string
			for i := range r.total() {
				if rec, _ := r.at.session.At(i); keys == "" || r.at.session.Marked(i) {
					want = append(want, rec.EmailID)
				}
			}
			r.writes(filepath.Join(dir, name), "x", "r")
			data, err := os.ReadFile(filepath.Join(dir, name))
			require.NoError(t, err)
			lines := strings.Split(strings.TrimSpace(string(data)), "\n")
			require.Len(t, lines, len(want))
			for i, line := range lines {
				require.Contains(t, line, want[i])
			}
			r.keys("g")
		}
	})
}

// Lists of failed mail know which addresses got mail later; what costs many calls is asked first.
func TestListsReadDeliveredMail(t *testing.T) {
	for records, asks := range map[int]bool{2000: false, 40000: true} {
		synctest.Test(t, func(t *testing.T) {
			r, _ := service(t, sendcloudtest.Options{Records: records, LookbackDays: 10, Seed: 3}, 3000)
			r.keys("a")
			if r.place() == keymap.Confirm {
				r.keys("enter")
			}
			r.wait(time.Minute)
			path := filepath.Join(t.TempDir(), "lists")
			r.keys("x", "l")
			r.prompt().Set(path, len(path))
			r.keys("enter")
			r.wait(10 * time.Second)
			require.Equal(t, asks, r.place() == keymap.Confirm, r.screen())
			if asks {
				require.NoDirExists(t, path)
				require.Contains(t, r.screen(), "Which addresses got mail later stands in delivered mail: ")
				r.keys("enter")
				r.wait(5 * time.Minute)
			}
			require.Contains(t, r.screen(), "readable by you only")
			data, err := os.ReadFile(filepath.Join(path, "README.txt"))
			require.NoError(t, err)
			require.NotContains(t, string(data), "is not known")
			checked, err := os.ReadFile(filepath.Join(path, "check.csv"))
			require.NoError(t, err)
			require.Contains(t, string(checked), "later_delivered")
		})
	}
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
