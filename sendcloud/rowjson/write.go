package rowjson

import (
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// Member is a key of an object and its value.
type Member struct {
	Key   string
	Value any
}

// Object is a JSON object whose keys keep their order.
type Object []Member

// AppendValue appends v as JSON: nil, bool, int, int64, float64, string,
// time.Time, []string, []any and Object. Anything else is null.
func AppendValue(b []byte, v any) []byte {
	switch v := v.(type) {
	case bool:
		return strconv.AppendBool(b, v)
	case int:
		return strconv.AppendInt(b, int64(v), 10)
	case int64:
		return strconv.AppendInt(b, v, 10)
	case float64:
		return strconv.AppendFloat(b, v, 'f', -1, 64)
	case string:
		return AppendString(b, v)
	case time.Time:
		return AppendTime(b, v)
	case []string:
		return appendList(b, v, AppendString)
	case []any:
		return appendList(b, v, AppendValue)
	case Object:
		b = append(b, '{')
		for i, m := range v {
			if i > 0 {
				b = append(b, ',')
			}
			b = AppendValue(append(AppendString(b, m.Key), ':'), m.Value)
		}
		return append(b, '}')
	}
	return append(b, "null"...)
}

func appendList[T any](b []byte, list []T, one func([]byte, T) []byte) []byte {
	b = append(b, '[')
	for i, v := range list {
		if i > 0 {
			b = append(b, ',')
		}
		b = one(b, v)
	}
	return append(b, ']')
}

// zone is the service's clock.
var zone = time.FixedZone("+08", 8*60*60)

// AppendTime appends a time on the service's clock, in RFC 3339, as a JSON
// string. It is null where the time is zero, or its year has not four digits.
func AppendTime(b []byte, t time.Time) []byte {
	if t = t.In(zone); t.IsZero() || t.Year() < 0 || t.Year() > 9999 {
		return append(b, "null"...)
	}
	return append(t.AppendFormat(append(b, '"'), time.RFC3339), '"')
}

const hexDigits = "0123456789abcdef"

// AppendString appends s as a JSON string. Text stays as it is, except what RFC 8259 wants escaped, and DEL, C1, bidi
// and zero-width controls, which could drive a terminal or deceive a reader. A byte that is no UTF-8 becomes U+FFFD.
func AppendString(b []byte, s string) []byte {
	b = append(b, '"')
	done := 0 // s[:done] is written
	for i := 0; i < len(s); {
		if c := s[i]; c >= ' ' && c < 0x7F && c != '"' && c != '\\' {
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		k := strings.IndexRune("\"\\\n\r\t", r)
		switch {
		case r == utf8.RuneError && size == 1:
			b = append(append(b, s[done:i]...), "\uFFFD"...)
		case k >= 0:
			b = append(append(b, s[done:i]...), '\\', `"\nrt`[k])
		case unseen(r):
			b = append(b, s[done:i]...)
			for _, u := range utf16.AppendRune(nil, r) {
				b = append(b, '\\', 'u', hexDigits[u>>12], hexDigits[u>>8&15], hexDigits[u>>4&15], hexDigits[u&15])
			}
		default:
			i += size
			continue
		}
		i += size
		done = i
	}
	return append(append(b, s[done:]...), '"')
}

// unseen tells control characters and those of Unicode's category Cf: bidi
// controls, tags and most of what has no width.
func unseen(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) }
