package bounce

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// Decoded is the text for people to read where parts of it are encoded (base64, percent-encoding, RFC
// 2047, Chinese in GBK); false where nothing is. Of a long text the first 8 KiB are looked at.
func Decoded(text string) (string, bool) {
	if read, whole := unwrap(text); whole != nil {
		return read, true
	}
	f := newFolded()
	f.keep = true
	f.fold(text, nil)
	if len(f.inners) == 0 {
		return "", false
	}
	var out strings.Builder
	at := 0
	for _, in := range f.inners {
		out.WriteString(text[at:in.start])
		out.WriteString(in.text)
		at = in.end
	}
	out.WriteString(text[at:])
	return out.String(), true
}

// decoderOf is the decoder of a charset that encoded words of East Asian servers name (RFC 2047); nil
// for UTF-8 and ASCII, false for any other.
func decoderOf(charset string) (encoding.Encoding, bool) {
	switch strings.ToLower(charset) {
	case "utf-8", "us-ascii":
		return nil, true
	case "gb2312", "gbk", "gb18030", "hz-gb-2312":
		return simplifiedchinese.GB18030, true
	case "big5":
		return traditionalchinese.Big5, true
	case "iso-2022-jp":
		return japanese.ISO2022JP, true
	case "shift_jis":
		return japanese.ShiftJIS, true
	}
	return nil, false
}

// leastRun is the shortest run, in bytes of GBK, that is taken for Chinese: two characters. Western
// words have no four letters with accents in a row.
const leastRun = 4

// misread finds Chinese that was written in GBK and read as something else at text[i:]: bytes as they
// were sent, or each byte as the Latin-1 character of its number ("ÓÊÏäÒÑÂú" for 邮箱已满). It returns
// the Chinese, empty for none, and how many bytes of text were looked at.
func misread(text string, i int) (chinese string, n int) {
	var raw [256]byte
	length := 0
	for n = 0; i+n < len(text) && length < len(raw); length++ {
		r, size := utf8.DecodeRuneInString(text[i+n:])
		switch {
		case r == utf8.RuneError && size == 1 && text[i+n] >= 0x80:
			raw[length] = text[i+n]
		case r >= 0x80 && r <= 0xFF:
			raw[length] = byte(r)
		default:
			size = 0
		}
		if size == 0 {
			break
		}
		n += size
	}
	if length < leastRun {
		return "", n
	}
	decoded, err := simplifiedchinese.GB18030.NewDecoder().Bytes(raw[:length])
	if err != nil {
		return "", n
	}
	common, all := 0, 0
	for _, r := range string(decoded) {
		all++
		if r >= 0x4E00 && r <= 0x9FA5 || r >= 0xFF00 && r <= 0xFF5E || r >= 0x3000 && r <= 0x3011 {
			common++
		}
	}
	if common < 2 || common < all-1 { // a last byte may be cut off
		return "", n
	}
	return string(decoded), n
}
