package sendcloud

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// maxRows bounds what one answer may hold; the service sends 100 at the most.
// 64 MiB of empty rows would take gigabytes.
const maxRows = 1000

// maxTotal is above what any account sends: a higher total is none.
const maxTotal = 1 << 40

// maxMessage is how many bytes of the service's message are kept.
const maxMessage = 1000

// reply is an answer of the service.
type reply struct {
	ok      bool
	code    int
	message string
	records []Record
	total   int
	noTotal bool // there are rows, but no total that can be read
}

// decode reads an answer; when body is none of this service, it says what else
// it is. It is written by hand because encoding/json replaces invalid UTF-8,
// which is text of strangers that has to stay verbatim, and takes three times
// as long. A lone surrogate (\ud800) has no form in a Go string and becomes U+FFFD.
func decode(body []byte) (reply, Answer) {
	r := reader{b: bytes.TrimPrefix(body, []byte("\xef\xbb\xbf")), words: map[string]string{}}
	switch first := r.peek(); {
	case first == '{':
	case r.i == len(r.b):
		return reply{}, AnswerEmpty
	case first == '<':
		return reply{}, AnswerHTML
	case first == '[' || json.Valid(r.b):
		return reply{}, AnswerShape
	default:
		return reply{}, AnswerNotJSON
	}
	got, ours := r.reply()
	if r.peek(); r.problem == "" && r.i < len(r.b) {
		r.problem = AnswerNotJSON
	}
	switch {
	case r.problem != "":
		return reply{}, r.problem
	case !ours:
		return reply{}, AnswerShape
	}
	return got, ""
}

func looksHTML(body []byte) bool {
	r := reader{b: bytes.TrimPrefix(body, []byte("\xef\xbb\xbf"))}
	return r.peek() == '<'
}

// reply reads the outermost object. ours is false when it is not the
// service's: it has neither a result nor a code, or its info is no object.
func (r *reader) reply() (got reply, ours bool) {
	var result, code, total string
	wellFormed := true
	r.object(func(key []byte) {
		switch string(key) {
		case "result":
			result = r.text()
		case "statusCode", "statuscode":
			if text := r.text(); text != "" {
				code = text
			}
		case "message":
			got.message = clip(r.text(), maxMessage)
		case "info":
			wellFormed = r.info(&got, &total)
		default:
			r.skip()
		}
	})
	got.code, _ = whole(code)
	got.ok = strings.EqualFold(result, "true") // whatever the code
	n, readable := whole(total)
	if readable = readable && n >= 0 && n <= maxTotal; readable {
		got.total = n
	}
	got.noTotal = len(got.records) > 0 && !readable
	return got, (result != "" || code != "") && (wellFormed || !got.ok)
}

// info reads the rows and the total. An answer without rows has an info that
// is empty, null, or none.
func (r *reader) info(got *reply, total *string) (wellFormed bool) {
	got.records, *total = nil, ""
	if r.peek() != '{' {
		return r.text() == ""
	}
	wellFormed = true
	r.object(func(key []byte) {
		switch string(key) {
		case "total":
			*total = r.text()
		case "voList":
			got.records = nil
			if wellFormed = r.peek() == '['; !wellFormed {
				wellFormed = r.text() == ""
				return
			}
			got.records = make([]Record, 0, 100)
			r.array(func() {
				if len(got.records) == maxRows {
					r.fail(AnswerTooLarge)
					return
				}
				got.records = append(got.records, r.record())
			})
		default:
			r.skip()
		}
	})
	return wellFormed
}

// record reads one row. A row that is no object is kept as well, so that rows
// and total agree: what it is stands where the server's reply would.
func (r *reader) record() Record {
	var rec Record
	if r.peek() != '{' {
		rec.SendLog = r.text()
		return rec
	}
	var otherDesc string
	r.object(func(key []byte) {
		switch string(key) {
		case "emailId":
			rec.EmailID = r.text()
		case "status":
			rec.StatusText = r.word()
		case "subStatus":
			rec.SubStatus, rec.SubStatusText = subStatus(r.word())
		case "subStatusDesc":
			rec.SubStatusDesc = r.word()
		case "subStatDesc":
			otherDesc = r.word()
		case "apiUser":
			rec.APIUser = r.word()
		case "recipients":
			rec.Recipients = r.text()
		case "requestTime":
			rec.RequestTime, rec.RequestText = clock(r.text())
		case "modifiedTime":
			rec.ModifiedTime, rec.ModifiedText = clock(r.text())
		case "sendLog":
			rec.SendLog = r.text()
		default:
			r.skip()
		}
	})
	rec.Status, _ = ParseStatus(rec.StatusText)
	if rec.SubStatusDesc == "" {
		rec.SubStatusDesc = otherDesc
	}
	return rec
}

// subStatus is the number that text is, else text itself.
func subStatus(text string) (SubStatus, string) {
	if n, ok := whole(text); ok && n > 0 {
		return SubStatus(n), ""
	}
	return 0, text
}

// clock reads a time of the service, which has no offset and is +08:00; what
// is none is returned as it is.
func clock(text string) (time.Time, string) {
	if text == "" {
		return time.Time{}, ""
	}
	t, err := time.ParseInLocation(time.DateTime, strings.TrimSpace(text), Zone)
	if err != nil {
		return time.Time{}, text
	}
	return t, ""
}

// whole reads a whole number, as a JSON number or as text.
func whole(text string) (int, bool) {
	n, err := strconv.Atoi(strings.TrimSuffix(strings.TrimSpace(text), ".0"))
	if err != nil { // n is the nearest number where text is out of range
		return 0, false
	}
	return n, true
}

// clip cuts text to n bytes, between characters.
func clip(text string, n int) string {
	if len(text) <= n {
		return text
	}
	for n > 0 && !utf8.RuneStart(text[n]) {
		n--
	}
	return text[:n] + "…"
}
