package recordset

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/stretchr/testify/require"

	"bounceboard/sendcloud"
)

// forms are the arrays that rows may stand in.
func forms(t *testing.T, lines []byte) map[string][]byte {
	objects := bytes.Split(bytes.TrimSpace(lines), []byte{'\n'})
	one := append(append([]byte{'['}, bytes.Join(objects, []byte(","))...), ']')
	var pretty, indented bytes.Buffer
	require.NoError(t, json.Indent(&pretty, one, "", "  "))
	require.NoError(t, json.Indent(&indented, one, " ", "\t"))
	return map[string][]byte{
		"lines":      append(append([]byte("[\n"), bytes.Join(objects, []byte(",\n"))...), "\n]\n"...),
		"one line":   one,
		"pretty":     pretty.Bytes(),
		"indented":   append([]byte("\xef\xbb\xbf  "), indented.Bytes()...),
		"two arrays": append(append(append([]byte{'['}, objects[0]...), "]\n["...), append(bytes.Join(objects[1:], []byte(", \r\n")), ']')...),
		"mixed":      append(append(append([]byte{'['}, objects[0]...), "]\n"...), bytes.Join(objects[1:], []byte("\n"))...),
	}
}

func TestArraysAreReadAsLinesAre(t *testing.T) {
	m := newMaker()
	var lines []byte
	var want []sendcloud.Record
	for i := range 700 {
		r := m.record()
		if i%50 == 0 {
			r.SendLog = "550 \"]\\\" [{,}] \n" + r.SendLog
		}
		want = append(want, r)
		lines = appendLine(lines, r)
	}
	for name, text := range forms(t, lines) {
		for how, in := range map[string]io.Reader{
			"whole": bytes.NewReader(text), "byte by byte": iotest.OneByteReader(bytes.NewReader(text)), "halves": iotest.HalfReader(bytes.NewReader(text))} {
			s := New(nil)
			r := NewReader(s)
			require.NoError(t, r.Read(t.Context(), in))
			got := r.Reading()
			require.Equal(t, len(want), got.Rows, "%s %s: %+v", name, how, got.Which)
			require.Zero(t, got.Damaged, "%s %s: %+v", name, how, got.Which)
			require.False(t, got.Cut, "%s %s", name, how)
			for i := range want {
				require.Equal(t, want[i], s.Snapshot().Record(i), "%s %s: row %d", name, how, i)
			}
		}
	}
}

func TestDamageInAnArrayEndsNothing(t *testing.T) {
	_, got := read(t, "[\n"+other(1)+",\n{\"emailId\":\"cut\n"+other(2)+",\n7,\n{},\n"+other(3)+"\n]\n")
	require.Equal(t, 3, got.Rows)
	require.Equal(t, []DamagedLine{{3, NotJSON}, {5, NotJSON}, {6, NotARow}}, got.Which)

	_, got = read(t, "["+other(1)+","+other(2)[:40])
	require.Equal(t, 1, got.Rows)
	require.True(t, got.Cut)

	_, got = read(t, "[]\n")
	require.Equal(t, 0, got.Rows+got.Damaged)

	_, got = read(t, "[INFO] began\n"+other(1)+"\n")
	require.Equal(t, 1, got.Rows)
	require.Equal(t, []DamagedLine{{1, NotJSON}}, got.Which)
}

func TestCSVIsCalledCSV(t *testing.T) {
	_, got := read(t, "\xef\xbb\xbfemailId,status,statusText\r\n1,invalid,x\r\n2,invalid,y\r\n")
	require.Zero(t, got.Rows)
	require.Equal(t, 3, got.Damaged)
	require.Equal(t, DamagedLine{1, CSV}, got.Which[0])
}

// states is a line for a mail that was requested, then modified at minutes.
func state(id string, minutes int, status string) string {
	at := time.Date(2026, 11, 23, 9, minutes, 0, 0, sendcloud.Zone).Format(time.RFC3339)
	return `{"emailId":"` + id + `","status":"` + status + `","recipients":"a@qq.com","modifiedTime":"` + at + `"}` + "\n"
}

func TestAnEmailIDComesOnceAsItWasModifiedLast(t *testing.T) {
	text := state("1$a@qq.com", 1, "requested") + state("2$a@qq.com", 1, "invalid") + state("1$a@qq.com", 5, "delivered") +
		state("2$a@qq.com", 1, "invalid") + state("1$a@qq.com", 3, "requested") + state("3", 1, "invalid") +
		`{"recipients":"b@qq.com"}` + "\n" + `{"recipients":"b@qq.com"}` + "\n"
	s := New(nil)
	r := NewReader(s)
	require.NoError(t, r.Read(t.Context(), strings.NewReader(text)))
	got := r.Reading()
	require.Equal(t, 3, got.Repeated)
	require.Equal(t, 1, got.Newer)
	require.Equal(t, 5, got.Rows, "rows without an email id are not known to be the same")
	snap := s.Snapshot()
	require.Equal(t, 5, snap.Len())
	require.Equal(t, sendcloud.Delivered, snap.Status(0), "the latest state, in the place of the first")
	require.Equal(t, "2$a@qq.com", snap.EmailID(1))

	require.NoError(t, r.Read(t.Context(), strings.NewReader(state("3", 9, "soft_bounce")+state("4", 1, "invalid"))))
	snap = s.Snapshot()
	require.Equal(t, 6, snap.Len(), "read on")
	require.Equal(t, sendcloud.SoftBounce, snap.Status(2))
	require.Equal(t, sendcloud.Delivered, snap.Status(0))
}

func TestRowsThatAreHandedOnAreTheFirstOfTheirID(t *testing.T) {
	text := state("1", 1, "requested") + state("2", 1, "invalid") + state("2", 1, "invalid") + "damaged\n" + state("1", 5, "delivered") + state("3", 1, "invalid")
	for filter, want := range map[string][]string{"": {"1", "2", "3"}, "status:invalid": {"2", "3"}, "status:delivered": nil, "cause:blocked": {"2", "3"}} {
		r := NewReader(nil)
		var ids []string
		err := r.Scan(t.Context(), strings.NewReader(text), mustParse(t, filter), func(r sendcloud.Record) Explained {
			return Explained{Cause: map[sendcloud.Status]string{sendcloud.Invalid: "blocked"}[r.Status]}
		}, func(some []sendcloud.Record) error {
			for _, rec := range some {
				ids = append(ids, rec.EmailID)
			}
			return nil
		})
		require.NoError(t, err)
		require.Equal(t, want, ids, filter)
		require.Equal(t, Reading{Lines: 6, Rows: 3, Repeated: 2, Newer: 1, Damaged: 1, Which: []DamagedLine{{4, NotJSON}}}, r.Reading())
	}
}

// Scan gives what Read and Narrow give, in the same order, whole.
func TestScanIsReadAndNarrow(t *testing.T) {
	m := newMaker()
	var file []byte
	for range 20_000 {
		file = appendLine(file, m.record())
	}
	file = append(file, `{"emailId":"1$a@b.cn","recipients":"a@b.cn","sendLog":"550 \u0066requency \"Limited\""}`+"\n"...)
	s := New(told)
	require.NoError(t, NewReader(s).Read(t.Context(), bytes.NewReader(file)))
	require.NoError(t, s.Mine(t.Context()))
	snap := s.Snapshot()
	for _, text := range []string{"", "mx1", "domain:*.com took:>1m", "cause:blocked | status:requested", "FREQUENCY limited", "frequency !421 cause:blocked",
		"!frequency 550", "to:wang | frequency", "用户不存在", "said:frequency took:<1h", "id:1"} {
		want, err := snap.Narrow(t.Context(), mustParse(t, text), nil)
		require.NoError(t, err)
		next := want.Rows.View()
		err = NewReader(nil).Scan(t.Context(), iotest.HalfReader(bytes.NewReader(file)), mustParse(t, text), told, func(some []sendcloud.Record) error {
			for _, r := range some {
				require.Equal(t, snap.Record(int(next[0])), r)
				next = next[1:]
			}
			return nil
		})
		require.NoError(t, err)
		require.Empty(t, next, text)
	}
}

// The service's own answers, one or several, and whatever is packed with gzip.
func TestAnswersAndPackedFilesAreRead(t *testing.T) {
	m := newMaker()
	var lines []byte
	for range 300 {
		lines = appendLine(lines, m.record())
	}
	want, _ := read(t, string(lines))
	objects := bytes.Split(bytes.TrimSpace(lines), []byte{'\n'})
	answer := func(rows [][]byte) string {
		return "{\"result\":true, \"info\": {\"total\":\"9\",\"voList\" : [" + string(bytes.Join(rows, []byte(", "))) + "], \"voListSize\":9}}"
	}
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	_, _ = w.Write(lines)
	require.NoError(t, w.Close())
	for name, text := range map[string]string{"one": answer(objects), "ended": answer(objects) + "\n", "two": answer(objects[:7]) + "\n" + answer(objects[7:]) + "\n",
		"and lines": answer(objects[:7]) + "\n" + string(bytes.Join(objects[7:], []byte{'\n'})), "packed": packed.String()} {
		for _, in := range []io.Reader{strings.NewReader(text), iotest.OneByteReader(strings.NewReader(text))} {
			s := New(nil)
			r := NewReader(s)
			require.NoError(t, r.Read(t.Context(), in), name)
			got := r.Reading()
			require.Zero(t, got.Damaged, "%s: %+v", name, got)
			require.False(t, got.Cut, name)
			require.Equal(t, want.Len(), s.Len(), name)
			for i := range want.Len() {
				require.Equal(t, want.Record(i), s.Snapshot().Record(i), name)
			}
		}
	}
	s := New(nil)
	require.Error(t, NewReader(s).Read(t.Context(), bytes.NewReader(packed.Bytes()[:packed.Len()/2])), "half of a packed file")
}

// Only what was asked for is kept; each email id is still one row.
func TestReadingSomeColumns(t *testing.T) {
	m := newMaker()
	var file []byte
	for range 3000 {
		file = appendLine(file, m.record())
	}
	file = append(file, file[:len(file)/2]...)
	whole := New(told)
	require.NoError(t, NewReader(whole).Read(t.Context(), bytes.NewReader(file)))
	require.NoError(t, whole.Mine(t.Context()))
	all := whole.Snapshot()
	for _, c := range Facets() {
		s := New(told)
		r := NewReader(s)
		r.Only(ColumnsOf(c))
		require.NoError(t, r.Read(t.Context(), bytes.NewReader(file)))
		require.NoError(t, s.Mine(t.Context()))
		want, n, err := all.Count(t.Context(), all.All(), c)
		require.NoError(t, err)
		got, covered, err := s.Snapshot().Count(t.Context(), s.Snapshot().All(), c)
		require.NoError(t, err)
		require.Equal(t, n, covered)
		require.Equal(t, want, got, c.String())
	}
}

func TestTwiceTheSameFileIsOnce(t *testing.T) {
	m := newMaker()
	var lines []byte
	for range 40_000 {
		lines = appendLine(lines, m.record())
	}
	s := New(nil)
	r := NewReader(s)
	require.NoError(t, r.Read(t.Context(), io.MultiReader(bytes.NewReader(lines), bytes.NewReader(lines))))
	got := r.Reading()
	require.Equal(t, 40_000, got.Rows)
	require.Equal(t, 40_000, got.Repeated)
	require.Zero(t, got.Newer)
	require.Equal(t, 40_000, s.Len())
}
