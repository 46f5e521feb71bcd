package mailtext

import (
	"bufio"
	"compress/gzip"
	"io"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

// fileBeginning is how much of a file tells what it is, in bytes.
const fileBeginning = 16 << 10

// inUTF8 are status words of rows. If they stand there in UTF-8, the file is UTF-8, even if a reply in it holds bytes of GBK.
var inUTF8 = regexp.MustCompile(`送达|无效邮件|软退信|请求中`)

// NewReader unpacks a file (gzip) and decodes it to UTF-8. It names the character set that the file was in, by its
// byte order mark, by the zero bytes of UTF-16, or by how its beginning reads: empty for UTF-8. It reads no more than it needs.
func NewReader(in io.Reader) (text io.Reader, charset string, err error) {
	r := bufio.NewReaderSize(in, fileBeginning)
	if _, err = r.Peek(3); err != nil && err != io.EOF {
		return nil, "", err
	}
	some, _ := r.Peek(r.Buffered())
	begin := string(some)
	from := encoding.Encoding(nil)
	switch zeros := zeroBytes(begin); {
	case strings.HasPrefix(begin, "\x1f\x8b"): // RFC 1952, 2.3.1
		unpacked, err := gzip.NewReader(r)
		if err != nil {
			return nil, "", err
		}
		return NewReader(unpacked)
	case strings.HasPrefix(begin, "\xef\xbb\xbf"):
		_, _ = r.Discard(3) // they are in the buffer
	case strings.HasPrefix(begin, "\xff\xfe"), zeros[1] > 4*zeros[0]:
		charset, from = "UTF-16LE", unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case strings.HasPrefix(begin, "\xfe\xff"), zeros[0] > 4*zeros[1]:
		charset, from = "UTF-16BE", unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	default:
		charset, from = charsetOf(begin)
	}
	if from == nil {
		return r, "", nil
	}
	return from.NewDecoder().Reader(r), charset, nil
}

// zeroBytes counts the bytes that are 0 at even and at odd places, where they are so many that a text may be UTF-16.
func zeroBytes(text string) (n [2]int) {
	for i := range len(text) {
		if text[i] == 0 {
			n[i%2]++
		}
	}
	if len(text) < 8 || 16*(n[0]+n[1]) < len(text) {
		return [2]int{}
	}
	return n
}

// charsetOf finds the character set from whole lines, because the beginning may end within a character.
func charsetOf(begin string) (string, encoding.Encoding) {
	if end := strings.LastIndexByte(begin, '\n') + 1; end > 0 {
		begin = begin[:end]
	}
	if utf8.ValidString(begin) || inUTF8.MatchString(begin) {
		return "", nil
	}
	// Decode chooses a character set; what gives the same text is that one.
	reads := Decode(begin, len(begin)).String
	for name, from := range map[string]encoding.Encoding{"GB18030": simplifiedchinese.GB18030, "Big5": traditionalchinese.Big5} {
		if decoded, _ := from.NewDecoder().String(begin); decoded == reads {
			return name, from
		}
	}
	return "", nil
}
