package ui

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
	"bounceboard/sendcloud/recordset"
	"bounceboard/ui/export"
	"bounceboard/ui/session"
	"bounceboard/ui/words"
)

// ndjson is rows [from, to) as list writes them.
func ndjson(t testing.TB, from, to int) string {
	t.Helper()
	var text strings.Builder
	w, err := export.New(export.NDJSON, &text, export.Options{})
	require.NoError(t, err)
	for i := from; i < to; i++ {
		require.NoError(t, w.Write(row(i)))
	}
	return text.String()
}

func TestAFileThatChangedIsNotCalledWhole(t *testing.T) {
	for _, change := range []func(path string) error{
		func(path string) error { return os.Truncate(path, 100) },
		os.Remove,
		func(path string) error { return os.Rename(path+".other", path) },
	} {
		synctest.Test(t, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "rows.ndjson")
			require.NoError(t, os.WriteFile(path, []byte(ndjson(t, 0, 300)), 0o600))
			require.NoError(t, os.WriteFile(path+".other", []byte(ndjson(t, 0, 400)), 0o600))
			in, err := os.Open(path)
			require.NoError(t, err)
			defer in.Close()
			now := noon
			r := start(t, Options{Lang: words.English, File: &session.File{Name: path, In: in}, Now: func() time.Time { return now }}, 160, 40)
			r.wait(time.Second)
			require.Contains(t, r.screen(), "all 300 rows")
			require.Contains(t, r.screen(), "as of 12:00:00")
			now = now.Add(time.Minute)
			require.NoError(t, change(path))
			r.keys("r")
			r.wait(time.Second)
			require.Contains(t, r.screen(), "is gone, shorter or another file")
			require.Contains(t, r.screen(), "as of 12:00:00", "an age that is not that of the rows")
			require.Equal(t, 300, r.total())
		})
	}
}

func TestAFileThatGrewIsReadOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "rows.ndjson")
		require.NoError(t, os.WriteFile(path, []byte(ndjson(t, 0, 300)), 0o600))
		in, err := os.Open(path)
		require.NoError(t, err)
		defer in.Close()
		r := start(t, Options{Lang: words.English, File: &session.File{Name: path, In: in}, Now: func() time.Time { return noon }}, 160, 40)
		r.wait(time.Second)
		r.keys("s", "r") // sorted by recipient, so that later states show in their place
		later := row(7)
		later.Status, later.StatusText, later.ModifiedTime = sendcloud.Delivered, "送达", noon.Add(time.Hour)
		var text strings.Builder
		w, err := export.New(export.NDJSON, &text, export.Options{})
		require.NoError(t, err)
		require.NoError(t, w.Write(later))
		to, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
		require.NoError(t, err)
		_, err = to.WriteString(ndjson(t, 290, 310) + text.String())
		require.NoError(t, err)
		require.NoError(t, to.Close())
		r.keys("esc", "r")
		r.wait(time.Second)
		require.Contains(t, r.screen(), "all 310 rows")
		require.Contains(t, r.screen(), "11 rows came twice, shown once")
		rows := 0
		for i := range r.at.session.Snapshot().Len() {
			if rec := r.at.session.Snapshot().Record(i); rec.EmailID == "id-7" {
				rows++
				require.Equal(t, sendcloud.Delivered, rec.Status)
			}
		}
		require.Equal(t, 1, rows)
	})
}

func TestNarrowingBeforeTheFirstRowComes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		in, out := io.Pipe()
		r := start(t, Options{Lang: words.English, File: &session.File{Name: "-", In: in}}, 160, 40)
		r.keys("/", "user7", "enter")
		_, err := io.WriteString(out, ndjson(t, 0, 9))
		require.NoError(t, err)
		require.NoError(t, out.Close())
		r.wait(time.Second)
		require.Equal(t, 1, r.total())
		selected, _ := r.at.session.Selected()
		require.Equal(t, "id-7", selected.EmailID)
		r.keys("esc")
		require.Equal(t, 9, r.total(), "esc takes the narrowing back")
	})
}

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, syscall.ENOSPC }

func TestWritingRowsStopsAtTheFirstError(t *testing.T) {
	set := recordset.New(nil)
	for i := range 100 {
		set.Append(row(i))
	}
	for _, ext := range []string{".csv", ".ndjson", ".json", ".txt"} {
		asked := 0
		h := handing{tell: func(any) {}, path: "rows" + ext, snap: set.Snapshot(), rows: set.Snapshot().All().View()}
		h.about.Explain = func(sendcloud.Record) bounce.Explanation { asked++; return bounce.Explanation{} }
		require.ErrorIs(t, h.write(fullDisk{}), syscall.ENOSPC, ext)
		require.LessOrEqual(t, asked, 1, "%s: rows after the one that could not be written", ext)
	}
}

// The rows are numbered anew where some of them repeat others.
func TestTheSelectionStaysOnItsRowWhereRowsRepeatOthers(t *testing.T) {
	for name, keys := range map[string][]string{"plain": nil, "sorted": {"s", "r"}, "narrowed": {"/", "example", "enter"}} {
		synctest.Test(t, func(t *testing.T) {
			in, out := io.Pipe()
			r := start(t, Options{Lang: words.English, File: &session.File{Name: "-", In: in}}, 160, 40)
			_, err := io.WriteString(out, ndjson(t, 0, 5)+ndjson(t, 0, 3)+ndjson(t, 5, 9))
			require.NoError(t, err)
			r.wait(time.Second)
			r.keys(keys...)
			r.keys("G", "k") // id-7
			before, _ := r.at.session.Selected()
			require.Equal(t, "id-7", before.EmailID, name)
			r.keys(" ", "k")
			_, err = io.WriteString(out, ndjson(t, 9, 10))
			require.NoError(t, err)
			require.NoError(t, out.Close())
			r.wait(time.Second)
			require.Equal(t, 10, r.total(), name)
			after, _ := r.at.session.Selected()
			require.Equal(t, "id-7", after.EmailID, name)
			r.keys("k", "M") // from the row that was marked before
			require.Equal(t, 2, r.at.session.Marks.Len(), name)
			require.Contains(t, r.screen(), "11-23 11:51–11-23 12:00", name)
		})
	}
}

func TestWhatWasArrangedOfTheRowsBeforeIsDropped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		in, out := io.Pipe()
		r := start(t, Options{Lang: words.English, File: &session.File{Name: "-", In: in}}, 160, 40)
		_, err := io.WriteString(out, ndjson(t, 0, 5)+ndjson(t, 0, 3))
		require.NoError(t, err)
		r.wait(time.Second)
		r.keys("s", "r", "s")
		_, late := r.Update(runes('d'))
		require.NotNil(t, late)
		require.NoError(t, out.Close())
		r.wait(time.Second)
		require.Equal(t, 5, r.total())
		r.run(late)
		r.wait(time.Second)
		require.Equal(t, 5, r.total())
		require.Contains(t, r.screen(), "all 5 rows")
		r.keys("s", "r")
		require.Equal(t, 5, r.total(), "sorted no more")
	})
}

// A file is read to its end: esc has nothing to stop, and r to begin.
func TestKeysWhileAFileIsBeingRead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		in, out := io.Pipe()
		r := start(t, Options{Lang: words.English, File: &session.File{Name: "-", In: in}}, 120, 40)
		r.keys("esc", "r")
		require.Contains(t, r.screen(), "being read")
		_, err := io.WriteString(out, ndjson(t, 0, 30))
		require.NoError(t, err)
		r.wait(time.Second)
		require.NotContains(t, r.screen(), "esc stop")
		for _, keys := range [][]string{{"esc"}, {"v", "esc"}, {"t", "esc"}, {"i", "esc"}, {"r"}} {
			r.keys(keys...)
			require.Contains(t, r.screen(), "30 rows so far", "%v", keys)
		}
		require.NoError(t, out.Close())
		r.wait(time.Second)
		require.Contains(t, r.screen(), "all 30 rows")
		require.Contains(t, r.screen(), "r read on")
	})
}

func TestAFileThatHoldsNoRowsSaysWhatToDo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := start(t, Options{Lang: words.English, File: &session.File{Name: "rows.csv", In: strings.NewReader("emailId,status,recipients\n1,4,a@example.com\n")}}, 120, 40)
		r.wait(time.Second)
		require.Contains(t, r.screen(), "holds no row that could be read")
		require.Contains(t, r.screen(), "this is CSV")
	})
}
