package mailtext

import (
	"bytes"
	"compress/gzip"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

func TestNewReader(t *testing.T) {
	const table = "编号,邮箱\r\n1,li@example.com\r\n2,王@example.com.cn\r\n"
	encoded := func(e encoding.Encoding) string {
		s, err := e.NewEncoder().String(table)
		require.NoError(t, err)
		return s
	}
	utf16 := func(end unicode.Endianness, mark unicode.BOMPolicy) string { return encoded(unicode.UTF16(end, mark)) }
	var packed bytes.Buffer
	zip := gzip.NewWriter(&packed)
	_, _ = io.WriteString(zip, encoded(simplifiedchinese.GB18030))
	require.NoError(t, zip.Close())
	for _, c := range []struct{ charset, file string }{
		{"", table}, {"", "\xef\xbb\xbf" + table},
		{"UTF-16LE", utf16(unicode.LittleEndian, unicode.UseBOM)}, {"UTF-16BE", utf16(unicode.BigEndian, unicode.UseBOM)},
		{"UTF-16LE", utf16(unicode.LittleEndian, unicode.IgnoreBOM)}, {"UTF-16BE", utf16(unicode.BigEndian, unicode.IgnoreBOM)},
		{"GB18030", encoded(simplifiedchinese.GB18030)}, {"GB18030", packed.String()},
	} {
		text, charset, err := NewReader(strings.NewReader(c.file))
		require.NoError(t, err)
		read, err := io.ReadAll(text)
		require.NoError(t, err)
		require.Equal(t, table, string(read), c.charset)
		require.Equal(t, c.charset, charset)
	}
	big5, _ := traditionalchinese.Big5.NewEncoder().String("郵箱地址不存在,信箱已滿\n")
	_, charset, _ := NewReader(strings.NewReader(big5))
	require.Equal(t, "Big5", charset)
	for _, few := range []string{"", "a", "a\x00b, a reply may hold one"} {
		text, charset, err := NewReader(iotest.OneByteReader(strings.NewReader(few)))
		require.NoError(t, err)
		read, _ := io.ReadAll(text)
		require.Equal(t, few, string(read))
		require.Empty(t, charset)
	}
	_, _, err := NewReader(iotest.ErrReader(io.ErrClosedPipe))
	require.ErrorIs(t, err, io.ErrClosedPipe)
}
