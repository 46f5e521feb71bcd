package export

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"github.com/stretchr/testify/require"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
	"bounceboard/sendcloud/recordset"
	"bounceboard/sendcloud/rowjson"
	"bounceboard/ui/cell"
	"bounceboard/ui/words"
)

var returned = sendcloud.Record{
	EmailID:       "1795397411000_15_12_345.sc-10_0_0_1-inbound0$billing@example.com.cn",
	Status:        sendcloud.SoftBounce,
	StatusText:    "软退信",
	SubStatus:     505,
	SubStatusDesc: "软退信-IP、域名被拒",
	APIUser:       "notify",
	Recipients:    "billing@example.com.cn",
	RequestTime:   time.Date(2026, 11, 23, 9, 30, 11, 0, sendcloud.Zone),
	ModifiedTime:  time.Date(2026, 11, 23, 1, 34, 23, 0, time.UTC),
	SendLog:       `550 "Ip" <frequency> & limited, [203.0.113.9]`,
}

// bare is what remains of a row of which nothing can be read.
var bare = sendcloud.Record{StatusText: "??", SubStatusText: "4x6", RequestText: "soon", ModifiedText: "later"}

var extra = []Column[sendcloud.Record]{
	{Name: "cause", Value: func(r sendcloud.Record) any { return "ip_blocked" }, Head: "cause", Text: func(r sendcloud.Record) string { return "ip_blocked" }, Width: 12},
	{Name: "confidence", Value: func(r sendcloud.Record) any { return 0.9 }},
	{Name: "provider", Value: func(r sendcloud.Record) any { return nil }},
}

func write(t testing.TB, f Format, o Options, rows ...sendcloud.Record) string {
	t.Helper()
	var out strings.Builder
	w, err := New(f, &out, o)
	require.NoError(t, err)
	for _, r := range rows {
		require.NoError(t, w.Write(r))
	}
	require.NoError(t, w.Close())
	return out.String()
}

func TestNDJSON(t *testing.T) {
	require.Equal(t, `{"emailId":"1795397411000_15_12_345.sc-10_0_0_1-inbound0$billing@example.com.cn",`+
		`"status":"soft_bounce","statusText":"软退信","subStatus":505,"subStatusDesc":"软退信-IP、域名被拒",`+
		`"apiUser":"notify","recipients":"billing@example.com.cn",`+
		`"requestTime":"2026-11-23T09:30:11+08:00","modifiedTime":"2026-11-23T09:34:23+08:00",`+
		`"sendLog":"550 \"Ip\" <frequency> & limited, [203.0.113.9]"}`+"\n"+
		`{"emailId":"","status":"unknown","statusText":"??","subStatus":null,"subStatusDesc":null,`+
		`"apiUser":"","recipients":"","requestTime":null,"modifiedTime":null,"sendLog":""}`+"\n",
		write(t, NDJSON, Options{}, returned, bare))
	require.Empty(t, write(t, NDJSON, Options{}), "no row is nothing")
}

func TestNDJSONExtra(t *testing.T) {
	line := write(t, NDJSON, Options{Extra: extra}, bare)
	require.True(t, strings.HasSuffix(line, `"sendLog":"","cause":"ip_blocked","confidence":0.9,"provider":null}`+"\n"), line)
}

func TestJSONArray(t *testing.T) {
	require.Equal(t, "[]\n", write(t, JSONArray, Options{}))
	require.Equal(t, "[\n"+JSON(returned)+"\n]\n", write(t, JSONArray, Options{}, returned))
	require.Equal(t, "[\n"+JSON(returned)+",\n"+JSON(bare)+"\n]\n", write(t, JSONArray, Options{}, returned, bare))
}

func TestCSV(t *testing.T) {
	const head = "emailId,status,statusText,subStatus,subStatusDesc,apiUser,recipients,requestTime,modifiedTime,sendLog"
	require.Equal(t, head+"\r\n", write(t, CSV, Options{}))
	require.Equal(t, head+"\r\n"+
		"1795397411000_15_12_345.sc-10_0_0_1-inbound0$billing@example.com.cn,soft_bounce,软退信,505,软退信-IP、域名被拒,"+
		"notify,billing@example.com.cn,2026-11-23T09:30:11+08:00,2026-11-23T09:34:23+08:00,"+
		`"550 ""Ip"" <frequency> & limited, [203.0.113.9]"`+"\r\n"+
		",unknown,??,,,,,,,\r\n", write(t, CSV, Options{}, returned, bare))
	require.Equal(t, "\uFEFF"+head+",cause,confidence,provider\r\n,unknown,??,,,,,,,,ip_blocked,0.9,\r\n",
		write(t, CSV, Options{BOM: true, Extra: extra}, bare))
}

func TestCSVCellsAreHarmless(t *testing.T) {
	for s, want := range map[string]string{
		"=1+1":     "'=1+1",
		"+861":     "'+861",
		"-1":       "'-1",
		"@SUM(A1)": "'@SUM(A1)",
		"＝1":       "'＝1",
		"＋1":       "'＋1",
		"－1":       "'－1",
		"＠x":       "'＠x",
		`=HYPERLINK("` + `http://example.com","x")`: `"'=HYPERLINK(""http://example.com"",""x"")"`,
		"550 =1":           "550 =1",
		"\xff=1":           "<FF>=1",
		"\tx":              "^Ix",
		"a\r\nb\nc\rd":     "a^Jb^Jc^Md",
		"\x1b[201~rm\r":    "^[[201~rm^M",
		"\u202etxt\u200bx": "<U+202E>txt<U+200B>x",
		"":                 "",
	} {
		require.Equal(t, want, string(appendCell(nil, s)), "%+q", s)
	}
}

func TestTable(t *testing.T) {
	hostile := returned
	hostile.SendLog = "550 no\r\n\x1b[2J\u202etxt"
	hostile.Recipients = strings.Repeat("x", 40) + "@example.com"
	require.Equal(t, strings.Join([]string{
		"status       sub  recipient                             requested           took  api user      server said",
		`soft bounce  505  billing@example.com.cn                2026-11-23 09:30   4m12s  notify        550 "Ip" <frequency> & limited, [203.0.113.9]`,
		"??           4x6                                        soon",
		"soft bounce  505  xxxxxxxxxxxxxxxxxx…xxxxx@example.com  2026-11-23 09:30   4m12s  notify        550 no^J^[[2J<U+202E>txt",
		"",
	}, "\n"), write(t, Table, Options{}, returned, bare, hostile))
	require.Equal(t, 1, strings.Count(write(t, Table, Options{}), "\n"), "a header alone")
}

func TestTableInChineseWithExtras(t *testing.T) {
	out := write(t, Table, Options{Lang: words.Chinese, Extra: extra}, returned)
	require.Contains(t, out, "收件人")
	require.Contains(t, out, "软退信")
	require.Contains(t, out, "notify        ip_blocked    550", "the extra column with a head stands before the reply")
	require.NotContains(t, out, "confidence", "an extra column without a head is not in the table")
}

func TestTableFitsTheTerminal(t *testing.T) {
	for width := 1; width < 200; width++ {
		for line := range strings.Lines(write(t, Table, Options{Width: width, ASCII: true, Extra: extra}, returned, bare)) {
			require.LessOrEqual(t, ansi.StringWidth(line), width, line)
		}
	}
	require.NotContains(t, write(t, Table, Options{Width: 80}), "api user", "gives way to the reply")
	require.Contains(t, write(t, Table, Options{Width: 120}), "api user")
}

// calls notes each call of Write, and fails from the call failAt on.
type calls struct {
	pieces []string
	failAt int
}

var errPipe = errors.New("closed pipe")

func (c *calls) Write(p []byte) (int, error) {
	if c.failAt > 0 && len(c.pieces)+1 >= c.failAt {
		return 0, errPipe
	}
	c.pieces = append(c.pieces, string(p))
	return len(p), nil
}

func TestEachRowIsThereAtOnce(t *testing.T) {
	for _, f := range Formats() {
		var out calls
		w, err := New(f, &out, Options{})
		require.NoError(t, err)
		for n := range 3 {
			require.NoError(t, w.Write(returned))
			require.Equal(t, n+1, strings.Count(strings.Join(out.pieces, ""), "notify"), f)
		}
	}
}

func TestCloseEndsOnce(t *testing.T) {
	for _, f := range Formats() {
		var out calls
		w, err := New(f, &out, Options{})
		require.NoError(t, err)
		require.NoError(t, w.Write(returned))
		require.NoError(t, w.Close())
		ended := len(out.pieces)
		require.NoError(t, w.Close())
		require.Len(t, out.pieces, ended, "%s: closed again, it wrote again", f)
	}
}

func TestTheFirstErrorStays(t *testing.T) {
	for _, f := range Formats() {
		out := calls{failAt: 3}
		w, err := New(f, &out, Options{})
		require.NoError(t, err)
		for range 3 {
			err = w.Write(returned)
		}
		require.ErrorIs(t, err, errPipe, f)
		out.failAt = 0
		require.ErrorIs(t, w.Write(returned), errPipe, f)
		require.ErrorIs(t, w.Close(), errPipe, f)
		require.Len(t, out.pieces, 2, "%s: something was written after the failure", f)
	}
}

func FuzzFormats(f *testing.F) {
	for _, s := range []string{"", "550 no", "邮箱", "\x1b[2J\x9b\u202e\u2028", "=1,\"\r\n", "\xed\xa0\x80", "＝1", "\t", "\r\n", "\u0301\u0301\u0301"} {
		f.Add(s, "a@example.com", 4, int64(1795397411))
	}
	f.Add("550", "a@example.com", -20, int64(-1)) // a code that begins with a minus sign
	f.Fuzz(func(t *testing.T, log, to string, sub int, unix int64) {
		r := returned
		r.SendLog, r.Recipients, r.SubStatus = log, to, sendcloud.SubStatus(sub)
		r.RequestTime = time.Unix(unix%1e11, 0)
		o := Options{Extra: []Column[sendcloud.Record]{{Name: "x" + log, Value: func(sendcloud.Record) any { return to }}}}
		requireJSON(t, write(t, NDJSON, o, r), r)
		requireCSV(t, write(t, CSV, o, r), r)
		requireTable(t, write(t, Table, Options{}, r))
		requireVisible(t, strings.ReplaceAll(Visible(log)+Text(words.English, r, bounce.Default().Explain(recordset.InputOf(r))), "\n", ""))
		var rows []map[string]any
		require.NoError(t, json.Unmarshal([]byte(write(t, JSONArray, Options{}, r, r)), &rows))
		require.Len(t, rows, 2)
	})
}

// unicodeOf is the text as encoding/json reads it.
func unicodeOf(s string) string { return string([]rune(s)) }

func requireJSON(t *testing.T, line string, r sendcloud.Record) {
	t.Helper()
	require.Equal(t, 1, strings.Count(line, "\n"), "one line")
	for _, c := range line[:len(line)-1] {
		require.False(t, unicode.Is(unicode.Cc, c) || unicode.Is(unicode.Bidi_Control, c), "%U in %q", c, line)
	}
	var row struct {
		Recipients, SendLog string
		SubStatus           *int
		RequestTime         *time.Time
	}
	require.True(t, utf8.ValidString(line))
	require.NoError(t, json.Unmarshal([]byte(line), &row), line)
	if r.SubStatus != 0 {
		require.Equal(t, int(r.SubStatus), *row.SubStatus)
	}
	if year := r.RequestTime.In(sendcloud.Zone).Year(); year >= 0 && year <= 9999 {
		require.True(t, r.RequestTime.Equal(*row.RequestTime), line)
	}
	require.Equal(t, unicodeOf(r.SendLog), row.SendLog)
	require.Equal(t, unicodeOf(r.Recipients), row.Recipients)
}

func requireCSV(t *testing.T, text string, r sendcloud.Record) {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	require.NoError(t, err, text)
	require.Len(t, rows, 2, text)
	for _, row := range rows {
		require.Len(t, row, len(rowjson.Names)+1)
		for _, c := range row {
			require.False(t, c != "" && strings.ContainsRune("=+-@＝＋－＠\t\r", []rune(c)[0]), "%q may act in a spreadsheet", c)
			requireVisible(t, c)
		}
	}
	want := cell.Clean(r.SendLog)
	require.Contains(t, []string{want, "'" + want}, rows[1][9])
}

func requireTable(t *testing.T, text string) {
	t.Helper()
	lines := strings.Split(text, "\n")
	require.Len(t, lines, 3, "a header, a row, and the line end")
	requireVisible(t, strings.ReplaceAll(text, "\n", ""))
}

// requireVisible fails where text holds what a screen does not show.
func requireVisible(t *testing.T, text string) {
	t.Helper()
	for _, c := range text {
		require.True(t, unicode.IsGraphic(c), "%U in %q", c, text)
	}
}

func BenchmarkRow(b *testing.B) {
	r := returned
	r.SendLog = "550 域名在黑名单中 Ip frequency limited [MTk1Mzk3NDExMDAwXzE1 IP: 203.0.113.9]. http://service.mail.qq.com/detail/0/20022"
	for _, f := range Formats() {
		b.Run(string(f), func(b *testing.B) {
			w, err := New(f, io.Discard, Options{})
			require.NoError(b, err)
			b.SetBytes(int64(len(JSON(r))))
			b.ReportAllocs()
			for b.Loop() {
				if err := w.Write(r); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
