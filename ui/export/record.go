package export

import (
	"strconv"
	"time"
	"unicode/utf8"

	"bounceboard/sendcloud"
)

// Names are the keys of a row, in the order they are written in.
var Names = []string{
	"emailId", "status", "statusText", "subStatus", "subStatusDesc",
	"apiUser", "recipients", "requestTime", "modifiedTime", "sendLog",
}

// JSON is the row as one object on one line, without a line end.
func JSON(r sendcloud.Record) string {
	return string(appendObject(nil, r, nil))
}

// appendObject appends r as a JSON object on one line.
func appendObject(b []byte, r sendcloud.Record, extra []Column) []byte {
	b = appendString(append(b, `{"emailId":`...), r.EmailID)
	b = appendString(append(b, `,"status":`...), r.Status.String())
	b = appendString(append(b, `,"statusText":`...), r.StatusText)
	b = append(b, `,"subStatus":`...)
	if r.SubStatus == 0 {
		b = append(b, "null"...)
	} else {
		b = strconv.AppendInt(b, int64(r.SubStatus), 10)
	}
	b = append(b, `,"subStatusDesc":`...)
	if r.SubStatusDesc == "" {
		b = append(b, "null"...)
	} else {
		b = appendString(b, r.SubStatusDesc)
	}
	b = appendString(append(b, `,"apiUser":`...), r.APIUser)
	b = appendString(append(b, `,"recipients":`...), r.Recipients)
	b = appendTime(append(b, `,"requestTime":`...), r.RequestTime)
	b = appendTime(append(b, `,"modifiedTime":`...), r.ModifiedTime)
	b = appendString(append(b, `,"sendLog":`...), r.SendLog)
	for _, c := range extra {
		b = append(appendString(append(b, ','), c.Name), ':')
		switch v := c.Value(r).(type) {
		case string:
			b = appendString(b, v)
		case float64:
			b = strconv.AppendFloat(b, v, 'f', -1, 64)
		default:
			b = append(b, "null"...)
		}
	}
	return append(b, '}')
}

// stamp is t in RFC 3339 on the service's clock, or nothing.
func stamp(b []byte, t time.Time) []byte {
	if t.IsZero() {
		return b
	}
	if t = t.In(sendcloud.Zone); t.Year() < 0 || t.Year() > 9999 { // RFC 3339 has four digits
		return b
	}
	return t.AppendFormat(b, time.RFC3339)
}

func appendTime(b []byte, t time.Time) []byte {
	start := len(b)
	b = stamp(append(b, '"'), t)
	if len(b) == start+1 {
		return append(b[:start], "null"...)
	}
	return append(b, '"')
}

const hexDigits = "0123456789abcdef"

// appendString appends s as a JSON string: text as it is, but for what RFC
// 8259 wants escaped and for DEL, C1 and bidi controls, which could drive or
// deceive a terminal. A byte that is no UTF-8 becomes U+FFFD.
func appendString(b []byte, s string) []byte {
	b = append(b, '"')
	done := 0 // s[:done] is written
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			if c < ' ' || c == '"' || c == '\\' || c == 0x7F {
				b = appendEscaped(append(b, s[done:i]...), c)
				done = i + 1
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			b = append(append(b, s[done:i]...), "\uFFFD"...)
			done = i + 1
		case isC1OrBidi(r):
			b = append(append(b, s[done:i]...), '\\', 'u',
				hexDigits[r>>12&15], hexDigits[r>>8&15], hexDigits[r>>4&15], hexDigits[r&15])
			done = i + size
		}
		i += size
	}
	return append(append(b, s[done:]...), '"')
}

func appendEscaped(b []byte, c byte) []byte {
	switch c {
	case '"', '\\':
		return append(b, '\\', c)
	case '\n':
		return append(b, `\n`...)
	case '\r':
		return append(b, `\r`...)
	case '\t':
		return append(b, `\t`...)
	}
	return append(b, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
}

// isC1OrBidi tells the C1 controls and all characters of the Unicode property
// Bidi_Control.
func isC1OrBidi(r rune) bool {
	switch {
	case r < 0x80 || r > 0x2069:
		return false
	case r <= 0x9F:
		return true
	default:
		return r == 0x061C || r == 0x200E || r == 0x200F || r >= 0x202A && r <= 0x202E || r >= 0x2066
	}
}
