package recordset

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

const chineseRow = `{"emailId":"1$a@qq.com","status":"invalid","statusText":"无效邮件","recipients":"a@qq.com","sendLog":"550 用户不存在，邮箱已经停用，请与管理员联系"}` + "\n"

// Each file of several is read in its own form, whichever place it has.
func TestEveryFileIsReadInItsOwnForm(t *testing.T) {
	var packed, pretty bytes.Buffer
	zip := gzip.NewWriter(&packed)
	_, _ = zip.Write([]byte(other(7) + "\n"))
	require.NoError(t, zip.Close())
	require.NoError(t, json.Indent(&pretty, []byte(other(8)), "", "  "))
	gbk, err := simplifiedchinese.GB18030.NewEncoder().String(strings.Repeat(chineseRow, 1))
	require.NoError(t, err)
	wide, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(chineseRow)
	require.NoError(t, err)
	for name, c := range map[string]struct{ text, id, encoding string }{
		"gzip": {packed.String(), "7", ""}, "pretty": {pretty.String() + "\n", "8", ""}, "answer": {`{"result":true,"info":{"voList":[` + other(9) + `]}}`, "9", ""},
		"GB18030": {gbk, "1$a@qq.com", "GB18030"}, "UTF-16": {wide, "1$a@qq.com", "UTF-16LE"},
	} {
		for _, files := range []Files{{strings.NewReader(c.text)}, {strings.NewReader(other(1)), strings.NewReader(c.text)}} {
			s := New(nil)
			r := NewReader(s)
			require.NoError(t, r.Read(t.Context(), files))
			got := r.Reading()
			require.Equal(t, len(files), got.Rows, "%s: %+v", name, got)
			require.Zero(t, got.Damaged, name)
			require.Equal(t, c.encoding, got.Encoding, name)
			last := s.Snapshot().Record(len(files) - 1)
			if c.encoding != "" {
				require.Equal(t, "550 用户不存在，邮箱已经停用，请与管理员联系", last.SendLog, name)
			}
		}
	}
}

// What is cut off at the end of an array is named by its line.
func TestTheLineOfWhatIsCutOff(t *testing.T) {
	for text, line := range map[string]int{
		"[\n" + other(1) + ",\n" + other(2)[:30]: 3, "[\n" + other(1) + ",\n\n  " + other(2)[:30]: 4, "[" + other(1) + ",\n" + other(2)[:30] + "\n": 2, other(1) + "\n" + other(2)[:30]: 2,
	} {
		_, got := read(t, text)
		require.Equal(t, 1, got.Rows, text)
		require.Equal(t, line, got.Which[0].Line, text)
	}
}

func TestDamageBehindAnArrayHasItsOwnLine(t *testing.T) {
	r := NewReader(New(nil))
	require.NoError(t, r.Read(t.Context(), Files{strings.NewReader("[\n" + other(1) + "\n,7\n]\n"), strings.NewReader(other(2) + "\nnonsense\n" + other(3) + "\n")}))
	require.Equal(t, []DamagedLine{{3, NotJSON}, {2, NotJSON}}, r.Reading().Which)
}

func TestWhatCannotBeReadIsCounted(t *testing.T) {
	text := `{"emailId":"1","requestTime":"yesterday","modifiedTime":"2026-11-20 09:00:00","subStatus":"4o6"}` + "\n" + usualLine + "\n" +
		`{"emailId":"2","requestTime":null,"modifiedTime":"soon","subStatus":""}` + "\n"
	_, got := read(t, text)
	require.Equal(t, 3, got.Rows)
	require.Equal(t, 3, got.Unreadable, "two times and a code")
	require.Zero(t, got.Damaged)
}

// A backslash may be the second byte of a character of GBK, which a reply has as it came.
func TestBackslashesInsideCharacters(t *testing.T) {
	reply := "550 \xd3\xca\xcf\xe4\xb2\xbb\xb4\xe6\xd4\xda \xd5\x5c" // 邮箱不存在 誠
	snap, got := read(t, `{"emailId":"1","statusText":"无效邮件","sendLog":"`+reply+`"}`+"\n"+`{"emailId":"2","sendLog":"`+reply+`\n\"x\""}`+"\n"+`{"emailId":"3","sendLog":"`+"caf\xe9"+`\\ \"x\""}`+"\n")
	require.Equal(t, 3, got.Rows, "%+v", got)
	require.Equal(t, reply, snap.Record(0).SendLog)
	require.Equal(t, reply+"\n\"x\"", snap.Record(1).SendLog)
	require.Equal(t, "caf\xe9\\ \"x\"", snap.Record(2).SendLog)
}
