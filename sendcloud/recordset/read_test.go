package recordset

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/stretchr/testify/require"

	"bounceboard/sendcloud"
)

const usualLine = `{"emailId":"1792_1$a@qq.com","status":"invalid","statusText":"无效邮件","subStatus":406,"subStatusDesc":"地址不存在","apiUser":"batch","recipients":"a@qq.com","requestTime":"2026-11-23T09:31:11+08:00","modifiedTime":null,"sendLog":"550 \"no\" <a@qq.com>\u007f"}`

var usualRecord = sendcloud.Record{EmailID: "1792_1$a@qq.com", Status: sendcloud.Invalid, StatusText: "无效邮件", SubStatus: 406, SubStatusDesc: "地址不存在",
	APIUser: "batch", Recipients: "a@qq.com", RequestTime: time.Date(2026, 11, 23, 9, 31, 11, 0, sendcloud.Zone), SendLog: "550 \"no\" <a@qq.com>\u007f"}

// other is usualLine with another email id of the same length.
func other(n int) string {
	return strings.Replace(usualLine, "1792_1$", fmt.Sprintf("179%d_1$", 3+n), 1)
}

func read(t testing.TB, text string) (Snapshot, Reading) {
	s := New(nil)
	r := NewReader(s)
	require.NoError(t, r.Read(t.Context(), strings.NewReader(text)))
	return s.Snapshot(), r.Reading()
}

func TestReadsWhatListWrites(t *testing.T) {
	m := newMaker()
	var file []byte
	var want []sendcloud.Record
	for range 5000 {
		r := m.record()
		want = append(want, r)
		file = appendLine(file, r)
	}
	snap, got := read(t, string(file))
	require.Equal(t, Reading{Lines: 5000, Rows: 5000}, got)
	for i, r := range want {
		require.Equal(t, r, snap.Record(i), "row %d", i)
	}
	first, last := snap.Span()
	earlier := func(a, b sendcloud.Record) int { return a.RequestTime.Compare(b.RequestTime) }
	require.Equal(t, slices.MinFunc(want, earlier).RequestTime, first)
	require.Equal(t, slices.MaxFunc(want, earlier).RequestTime, last)
}

func TestLinesThatAreRows(t *testing.T) {
	minimal := sendcloud.Record{EmailID: "x"}
	for line, want := range map[string]sendcloud.Record{
		usualLine: usualRecord,
		strings.ReplaceAll(strings.ReplaceAll(usualLine, ",", " ,\t"), ":", ": "): func() sendcloud.Record {
			r := usualRecord
			r.RequestTime, r.RequestText = time.Time{}, "2026-11-23T09: 31: 11+08: 00"
			return r
		}(),
		`{"sendLog":"later","emailId":"x"}`:                                            {EmailID: "x", SendLog: "later"},
		`{"emailId":"x","cause":"blocked","confidence":0.93,"matched":null,"ok":true}`: minimal,
		`{"emailId":"x","matched":[{"text":"a","start":1}],"nextStep":{"a":[]}}`:       minimal,
		`{"emailId":"y","emailId":"x"}`:                                                minimal,
		`{"recipients":"a@b.cn"}`:                                                      {Recipients: "a@b.cn"},
		`{"emailId":"x","subStatus":"406"}`:                                            {EmailID: "x", SubStatus: 406},
		`{"emailId":"x","subStatus":"what"}`:                                           {EmailID: "x", SubStatusText: "what"},
		`{"emailId":"x","subStatus":4.5}`:                                              {EmailID: "x", SubStatusText: "4.5"},
		`{"emailId":"x","status":"unknown","statusText":"新状态"}`:                        {EmailID: "x", StatusText: "新状态"},
		`{"emailId":"x","statusText":"送达"}`:                                            {EmailID: "x", Status: sendcloud.Delivered, StatusText: "送达"},
		`{"emailId":"x","requestTime":"2026-11-23T01:31:11Z"}`:                         {EmailID: "x", RequestTime: time.Date(2026, 11, 23, 9, 31, 11, 0, sendcloud.Zone)},
		`{"emailId":"x","requestTime":"2026-13-23T01:31:11+08:00"}`:                    {EmailID: "x", RequestText: "2026-13-23T01:31:11+08:00"},
		`{"emailId":"x","sendLog":"\ud83d\ude00 \ud800 é 收"}`:                          {EmailID: "x", SendLog: "😀 \ufffd é 收"},
		"{\"emailId\":\"x\",\"sendLog\":\"\xff\x01\"}":                                 {EmailID: "x", SendLog: "\xff\x01"},
		`{"emailId":"x","requestTime":"2026-11-23 09:31:11"}`:                          {EmailID: "x", RequestTime: time.Date(2026, 11, 23, 9, 31, 11, 0, sendcloud.Zone)},
		`{"emailId":"x","requestTime":1795397471000}`:                                  {EmailID: "x", RequestTime: time.Date(2026, 11, 23, 9, 31, 11, 0, sendcloud.Zone)},
		`{"emailId":"x","status":"送达"}`:                                                {EmailID: "x", Status: sendcloud.Delivered, StatusText: "送达"},
		`{"emailId":7}`:                                                                {EmailID: "7"},
		"\xef\xbb\xbf" + `{"emailId":"x"}`:                                             minimal,
		`  {"emailId":"x"}  `:                                                          minimal,
	} {
		snap, got := read(t, line+"\n")
		require.Equal(t, 1, got.Rows, "line %s: %+v", line, got)
		require.Equal(t, want, snap.Record(0), "line %s", line)
	}
}

func TestDamagedLinesAreCountedAndEndNothing(t *testing.T) {
	snap, got := read(t, strings.Join([]string{usualLine, "", `{"emailId":`, `[1]`, `{}`, `{"emailId":null}`, `"x"`, `{"emailId":"x"}}`, `nonsense`, other(1), ""}, "\n"))
	require.Equal(t, 2, snap.Len())
	require.Equal(t, 9, got.Lines)
	require.Equal(t, 7, got.Damaged)
	require.Equal(t, []DamagedLine{{3, NotJSON}, {4, NotARow}, {5, NotARow}, {6, NotARow}, {7, NotARow}, {8, NotJSON}, {9, NotJSON}}, got.Which)
}

func TestAFileThatHoldsNoRowsIsCalledWhatItIs(t *testing.T) {
	for text, want := range map[string]Damage{
		"emailId,status,statusText\nx,y,z":                                CSV,
		`{"result":true,"statusCode":200,"info":{"total":1,"voList":{}}}`: NotARow,
		"<!doctype html><html></html>":                                    NotJSON,
		"\x00\x00\x00":                                                    NotJSON,
		`{"a":1}`:                                                         NotARow,
		`{"emailId":"x","recip`:                                           CutOff,
	} {
		for _, end := range []string{"", "\n"} {
			snap, got := read(t, text+end)
			require.Zero(t, snap.Len())
			if want == CutOff && end != "" {
				continue
			}
			require.Equal(t, DamagedLine{1, want}, got.Which[0], "file %q", text+end)
			require.Equal(t, want == CutOff, got.Cut, "file %q", text+end)
			require.Equal(t, want != CutOff, got.Damaged > 0, "file %q", text+end)
		}
	}
	_, got := read(t, "\xef\xbb\xbf")
	require.Equal(t, Reading{}, got, "a byte order mark is no line")
	_, got = read(t, usualLine+"\n"+`{"voList":1}`+"\n"+usualLine)
	require.Equal(t, []DamagedLine{{2, NotARow}}, got.Which, "one line is no file")
}

func TestALineTooLongIsPassedOver(t *testing.T) {
	long := `{"emailId":"x","sendLog":"` + strings.Repeat("a", maxLine) + `"}`
	snap, got := read(t, long+"\n"+usualLine+"\n")
	require.Equal(t, 1, snap.Len())
	require.Equal(t, []DamagedLine{{1, TooLong}}, got.Which)
}

func TestManyDamagedLinesAreAllCounted(t *testing.T) {
	_, got := read(t, strings.Repeat("x\n", maxDamaged+500))
	require.Equal(t, maxDamaged+500, got.Damaged)
	require.Len(t, got.Which, maxDamaged)
}

// A file that is being written: its last line comes in two parts.
func TestReadingGoesOnWhereItEnded(t *testing.T) {
	s := New(nil)
	r := NewReader(s)
	whole, in := usualLine+"\n", &bytes.Buffer{}
	read := func(more string) {
		in.WriteString(more)
		require.NoError(t, r.Read(t.Context(), in))
	}
	read(other(1) + "\n" + whole[:50])
	require.Equal(t, 1, s.Len())
	got := r.Reading()
	require.True(t, got.Cut)
	require.Equal(t, []DamagedLine{{2, CutOff}}, got.Which)
	require.Zero(t, got.Damaged)

	read(whole[50 : len(whole)-1])
	require.Equal(t, 2, s.Len(), "a last line without its end is a row when it is one")
	read("\n" + other(3) + "\n")
	got = r.Reading()
	require.Equal(t, 3, s.Len())
	require.Equal(t, Reading{Lines: 3, Rows: 3}, got)
	require.Equal(t, usualRecord, s.Snapshot().Record(1))
}

func TestReadingOneByteAtATime(t *testing.T) {
	s := New(nil)
	r := NewReader(s)
	require.NoError(t, r.Read(t.Context(), iotest.OneByteReader(strings.NewReader(other(1)+"\r\n\r\n"+usualLine))))
	require.Equal(t, 2, s.Len())
	require.Equal(t, 2, r.Reading().Lines)
	require.Equal(t, usualRecord, s.Snapshot().Record(1))
}

func TestReadingEndsWithItsContextAndErrors(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	require.ErrorIs(t, NewReader(New(nil)).Read(ctx, strings.NewReader(usualLine)), context.Canceled)
	broken := errors.New("disk")
	s := New(nil)
	err := NewReader(s).Read(t.Context(), io.MultiReader(strings.NewReader(usualLine+"\n"), iotest.ErrReader(broken)))
	require.ErrorIs(t, err, broken)
	require.Equal(t, 1, s.Len(), "what came before the error is kept")
}

// FuzzRead: whatever a file holds, the reader ends, and what it took it counts,
// however the file comes. How it names a damaged end may differ.
func FuzzRead(f *testing.F) {
	for _, l := range []string{usualLine, "[" + usualLine + ",\n{}]\n" + usualLine, "\xef\xbb\xbf[\n{\"emailId\":\"a\n\",]", "{}\n\n[{"} {
		f.Add([]byte(l))
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		var whole, bytewise Reading
		for _, c := range []struct {
			in  io.Reader
			got *Reading
		}{{bytes.NewReader(file), &whole}, {iotest.OneByteReader(bytes.NewReader(file)), &bytewise}} {
			s := New(nil)
			r := NewReader(s)
			require.NoError(t, r.Read(t.Context(), c.in))
			*c.got = r.Reading()
			require.Equal(t, s.Len(), c.got.Rows)
			require.Equal(t, c.got.Lines, c.got.Rows+c.got.Repeated+c.got.Damaged)
		}
		require.Equal(t, whole.Rows, bytewise.Rows)
		require.Equal(t, whole.Repeated, bytewise.Repeated)
	})
}

func TestFieldsOfOddLinesAreTheirOwn(t *testing.T) {
	// Escapes are written to memory that the next line uses again.
	var file strings.Builder
	for i := range 300 {
		fmt.Fprintf(&file, `{"emailId":"id\t%d","recipients":"a\"%d@b.cn","sendLog":"log\\%d"}`+"\n", i, i, i)
	}
	snap, _ := read(t, file.String())
	for i := range 300 {
		require.Equal(t, sendcloud.Record{EmailID: fmt.Sprintf("id\t%d", i), Recipients: fmt.Sprintf("a\"%d@b.cn", i), SendLog: fmt.Sprintf("log\\%d", i)}, snap.Record(i))
	}
}
