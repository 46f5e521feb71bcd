package join

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"pgregory.net/rapid"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
	"bounceboard/sendcloud/paste"
	"bounceboard/sendcloud/recordset"
	"bounceboard/ui/words"
)

const message = "1795397411000_15_12_345.sc-10_0_0_1-inbound"

func explain(r sendcloud.Record) bounce.Explanation {
	return bounce.Default().Explain(recordset.InputOf(r))
}

func record(id, to, reply string) sendcloud.Record {
	at := time.Date(2026, 11, 23, 9, 30, 11, 0, sendcloud.Zone)
	return sendcloud.Record{EmailID: id, Recipients: to, Status: sendcloud.Invalid, SubStatus: 406, RequestTime: at, ModifiedTime: at.Add(time.Second), SendLog: reply}
}

func joined(t require.TestingT, data []byte, rows ...sendcloud.Record) (*File, [][]string) {
	f, err := Read(bytes.NewReader(data))
	require.NoError(t, err)
	find := func(i paste.Item) (sendcloud.Record, bool) {
		for _, r := range rows {
			if i.Matches(r) {
				return r, true
			}
		}
		return sendcloud.Record{}, false
	}
	var out bytes.Buffer
	require.NoError(t, Write(&out, f, words.English, find, explain, true))
	table, err := csv.NewReader(&out).ReadAll()
	require.NoError(t, err)
	return f, table
}

func TestJoin(t *testing.T) {
	file := "订单,收件人,备注\r\n1,Lin <LIN.wei@qq.com>,=1+1\r\n2,nobody@qq.com,\"a, \"\"b\"\"\n c\"\r\n3,,\r\n"
	_, table := joined(t, []byte(file), record(message+"0$lin.wei@qq.com", "lin.wei@qq.com", "=550 5.1.1 user unknown\x1b[2J"))
	require.Equal(t, append([]string{"订单", "收件人", "备注"}, Columns...), table[0])
	require.Equal(t, []string{"1", "Lin <LIN.wei@qq.com>", "=1+1", "invalid", "406", "user_unknown", "permanent", "list_owner",
		"2026-11-23T09:30:11+08:00", "2026-11-23T09:30:12+08:00", "'=550 5.1.1 user unknown^[[2J"}, table[1][:11])
	require.NotEmpty(t, table[1][11])
	require.Equal(t, "yes", table[1][12])
	require.Equal(t, []string{"2", "nobody@qq.com", "a, \"b\"\n c", "", "", "", "", "", "", "", "", "", "no"}, table[2])
	require.Equal(t, []string{"3", "", "", "", "", "", "", "", "", "", "", "", "no"}, table[3])
}

func TestWhatARowAsksFor(t *testing.T) {
	id := message + "0$a@qq.com"
	for name, c := range map[string]struct {
		text string
		want []paste.Item
	}{
		"no header":          {"a@qq.com\nb@qq.com\n", []paste.Item{{Kind: paste.Address, Text: "a@qq.com"}, {Kind: paste.Address, Text: "b@qq.com"}}},
		"ids before":         {"mail;id\na@qq.com;" + id + "\nb@qq.com;\n", []paste.Item{{Kind: paste.EmailID, Text: id, Recipient: "a@qq.com"}, {Kind: paste.Address, Text: "b@qq.com"}}},
		"message ids":        {"id\tmail\n" + message + "\ta@qq.com\n", []paste.Item{{Kind: paste.MessageID, Text: message, Recipient: "a@qq.com"}}},
		"not the sender":     {"from,to\ns@shop.example,a@qq.com\n", []paste.Item{{Kind: paste.Address, Text: "a@qq.com"}}},
		"more than a header": {"mail\na@qq.com,x,y\n", []paste.Item{{Kind: paste.Address, Text: "a@qq.com"}}},
	} {
		f, err := Read(strings.NewReader(c.text))
		require.NoError(t, err, name)
		for i := range f.Items {
			if f.Items[i].Kind == paste.Address {
				f.Items[i].Recipient = ""
			}
		}
		require.Equal(t, c.want, f.Items, name)
		for _, row := range f.Rows {
			require.Len(t, row, len(f.Header), name)
		}
	}
	_, err := Read(strings.NewReader("\n\n"))
	require.Error(t, err)
}

// Whatever the encoding and the separator, every cell comes out as it was, in
// order, and the ids are found.
func TestEveryCellIsKept(t *testing.T) {
	charsets := map[string]encoding.Encoding{"UTF-8": unicode.UTF8, "GB18030": simplifiedchinese.GB18030,
		"UTF-16LE": unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM), "UTF-16LE, no mark": unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM),
		"UTF-16BE, no mark": unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)}
	rapid.Check(t, func(t *rapid.T) {
		charset := rapid.SampledFrom(slices.Sorted(maps.Keys(charsets))).Draw(t, "charset")
		separator := rapid.SampledFrom([]rune(",;\t")).Draw(t, "separator")
		cells := rapid.StringOf(rapid.SampledFrom([]rune("ab 林伟，。\",;\t\n'=+-1")))
		table := [][]string{{"编号", "邮件ID", "备注"}}
		var rows []sendcloud.Record
		for n := range rapid.IntRange(1, 8).Draw(t, "rows") {
			id := fmt.Sprintf("%s%d$u%d@qq.com", message, n, n)
			table = append(table, []string{fmt.Sprint(n), id, cells.Draw(t, "note")})
			rows = append(rows, record(id, fmt.Sprintf("u%d@qq.com", n), "550 no such user"))
		}
		var text bytes.Buffer
		w := csv.NewWriter(&text)
		w.Comma = separator
		require.NoError(t, w.WriteAll(table))
		data, err := charsets[charset].NewEncoder().Bytes(text.Bytes())
		require.NoError(t, err)
		f, got := joined(t, data, rows...)
		require.Contains(t, charset, f.Encoding)
		for n, row := range got {
			require.Equal(t, table[n], row[:3])
			if n > 0 {
				require.Equal(t, "yes", row[len(row)-1])
			}
		}
	})
}

func TestFiveThousandIDsInGB18030(t *testing.T) {
	var text strings.Builder
	var rows []sendcloud.Record
	text.WriteString("姓名,邮件ID,金额\r\n")
	for n := range 5000 {
		id := fmt.Sprintf("%s%d$user%d@qq.com", message, n%100, n)
		fmt.Fprintf(&text, "林伟,%s,%d\r\n", id, n)
		if n%10 > 0 {
			rows = append(rows, record(id, fmt.Sprintf("user%d@qq.com", n), "550 no such user"))
		}
	}
	data, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(text.String()))
	require.NoError(t, err)
	_, table := joined(t, data, rows...)
	require.Len(t, table, 5001)
	for n, row := range table[1:] {
		require.Equal(t, []string{"林伟", fmt.Sprint(n)}, []string{row[0], row[2]})
		require.Equal(t, map[bool]string{true: "yes", false: "no"}[n%10 > 0], row[12])
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{"", "a,b\n", "\xff\xfea\x00", "\"", "a@qq.com;\"x\n", "\x00\x00", "\xc4\xe3,a@qq.com\n"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		file, err := Read(bytes.NewReader(data))
		if err != nil {
			return
		}
		require.Len(t, file.Items, len(file.Rows))
		_, table := joined(t, data)
		require.Len(t, table, len(file.Rows)+1)
	})
}
