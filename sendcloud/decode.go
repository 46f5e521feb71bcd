package sendcloud

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"bounceboard/sendcloud/rowjson"
)

// maxRows bounds what one answer may hold; the service sends 100 at the most.
// 64 MiB of empty rows would take gigabytes.
const maxRows = 1000

// maxTotal is above what any account sends: a higher total is none.
const maxTotal = 1 << 40

// maxMessage is how many bytes of the service's message are kept.
const maxMessage = 1000

type reply struct {
	ok      bool
	code    int
	message string
	records []Record
	total   int
	noTotal bool // there are rows, but no total that can be read
}

// decode reads an answer; when body is none of this service, it says what else
// it is. Invalid UTF-8 stays verbatim; a lone surrogate (\ud800) becomes U+FFFD.
func decode(body []byte) (reply, Answer) {
	r := rowjson.NewReader(body)
	switch first := r.Peek(); {
	case first == '{':
	case r.AtEnd():
		return reply{}, AnswerEmpty
	case first == '<':
		return reply{}, AnswerHTML
	case first == '[' || json.Valid(bytes.TrimPrefix(body, []byte("\xef\xbb\xbf"))):
		return reply{}, AnswerShape
	default:
		return reply{}, AnswerNotJSON
	}
	d := decoder{Reader: r, words: map[string]string{}}
	got, ours := d.reply()
	switch {
	case d.tooMany:
		return reply{}, AnswerTooLarge
	case r.Problem() != "":
		return reply{}, Answer(r.Problem()) // the two have the same names
	case !r.AtEnd():
		return reply{}, AnswerNotJSON
	case !ours:
		return reply{}, AnswerShape
	}
	return got, ""
}

type decoder struct {
	*rowjson.Reader
	row     rowjson.Row
	words   map[string]string // that many rows share
	tooMany bool
}

// reply reads the outermost object. ours is false when it is not the
// service's: it has neither a result nor a code, or its info is no object.
func (d *decoder) reply() (got reply, ours bool) {
	var result, code, total string
	wellFormed := true
	d.Object(func(key string) {
		switch key {
		case "result":
			result = d.Text()
		case "statusCode", "statuscode":
			if text := d.Text(); text != "" {
				code = text
			}
		case "message":
			text := d.Text()
			got.message = strings.Clone(strings.ToValidUTF8(text[:min(len(text), maxMessage)], ""))
		case "info":
			wellFormed = d.info(&got, &total)
		default:
			d.Skip()
		}
	})
	if n, ok := whole(code); ok { // else n is the nearest number
		got.code = n
	}
	got.ok = strings.EqualFold(result, "true") // whatever the code
	n, readable := whole(total)
	if readable = readable && n >= 0 && n <= maxTotal; readable {
		got.total = n
	}
	got.noTotal = len(got.records) > 0 && !readable
	return got, (result != "" || code != "") && (wellFormed || !got.ok)
}

// info reads the rows and the total. An answer without rows has an info that is empty, null, an empty list, or none.
func (d *decoder) info(got *reply, total *string) (wellFormed bool) {
	got.records, *total = nil, ""
	if d.Peek() != '{' {
		text := d.Text()
		return text == "" || text == "[]"
	}
	wellFormed = true
	d.Object(func(key string) {
		switch key {
		case "total":
			*total = d.Text()
		case "voList":
			got.records = nil
			if wellFormed = d.Peek() == '['; !wellFormed {
				wellFormed = d.Text() == ""
				return
			}
			got.records = make([]Record, 0, 100)
			d.Array(func() {
				if d.tooMany = len(got.records) == maxRows; d.tooMany {
					d.Fail(rowjson.NotJSON)
					return
				}
				got.records = append(got.records, d.record())
			})
		default:
			d.Skip()
		}
	})
	return wellFormed
}

// record reads one row. A row that is no object is kept as well, so that rows
// and total agree: what it is stands where the server's reply would.
func (d *decoder) record() Record {
	if d.Peek() != '{' {
		return Record{SendLog: strings.Clone(d.Text())}
	}
	d.Row(&d.row, rowjson.AllKeys)
	rec := RecordOf(&d.row)
	for _, word := range []*string{&rec.StatusText, &rec.SubStatusText, &rec.SubStatusDesc, &rec.APIUser} {
		have, ok := d.words[*word]
		if !ok {
			have = strings.Clone(*word)
			d.words[have] = have
		}
		*word = have
	}
	for _, text := range []*string{&rec.EmailID, &rec.Recipients, &rec.RequestText, &rec.ModifiedText, &rec.SendLog} {
		*text = strings.Clone(*text)
	}
	return rec
}

// RecordOf returns a row of the service or of a file as a record. Its strings are those of the row. A file has the
// program's own word for the status and the service's word beside it; the service has only its own.
func RecordOf(row *rowjson.Row) Record {
	t := &row.Text
	rec := Record{EmailID: t[rowjson.EmailID], StatusText: t[rowjson.StatusText], SubStatusDesc: t[rowjson.SubStatusDesc],
		APIUser: t[rowjson.APIUser], Recipients: t[rowjson.Recipients], SendLog: t[rowjson.SendLog]}
	if row.Given&rowjson.KeysOf(rowjson.StatusText) == 0 {
		rec.StatusText = t[rowjson.Status]
	}
	if rec.Status, _ = ParseStatus(t[rowjson.Status]); t[rowjson.Status] == "" {
		rec.Status, _ = ParseStatus(rec.StatusText)
	}
	if rec.SubStatusDesc == "" {
		rec.SubStatusDesc = t[rowjson.OtherDesc]
	}
	if n, ok := whole(t[rowjson.SubStatus]); ok && n >= 0 {
		rec.SubStatus = SubStatus(n) // 0 is no code
	} else {
		rec.SubStatusText = t[rowjson.SubStatus]
	}
	rec.RequestTime, rec.RequestText = readTime(t[rowjson.RequestTime])
	rec.ModifiedTime, rec.ModifiedText = readTime(t[rowjson.ModifiedTime])
	return rec
}

func readTime(text string) (time.Time, string) {
	if t, ok := ParseTime(text); ok {
		return t, ""
	}
	return time.Time{}, text
}

// ParseTime reads a time as the service writes it (2006-01-02 15:04:05 in +08:00),
// RFC 3339 as files have it, and milliseconds of the epoch. "" is the zero time. ok is false for anything else.
func ParseTime(text string) (t time.Time, ok bool) {
	if text == "" {
		return time.Time{}, true
	}
	if s, ok := UsualSeconds(text); ok {
		return time.Unix(s, 0).In(Zone), true
	}
	text = strings.TrimSpace(text)
	for _, layout := range []string{time.DateTime, time.RFC3339} {
		if t, err := time.ParseInLocation(layout, text, Zone); err == nil {
			return t.In(Zone), true
		}
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || len(text) != 13 {
		return time.Time{}, false
	}
	return time.UnixMilli(n).In(Zone), true
}

// UsualSeconds reads a time in the service's form, and RFC 3339 with +08:00, as seconds of the epoch, faster than
// time.Parse. ok is false for other forms, and for February 29.
func UsualSeconds(text string) (seconds int64, ok bool) {
	if !(len(text) == 19 && text[10] == ' ' || len(text) == 25 && text[10] == 'T' && text[19:] == "+08:00") {
		return 0, false
	}
	date, okDate := eightSigns(text, 0x2d30302d30303030, 0x7f76767f76767676)        // "0000-00-"
	clock, okClock := eightSigns(text[11:], 0x30303a30303a3030, 0x76767f76767f7676) // "00:00:00"
	two := func(signs uint64, i int) int { return 10*int(signs>>(8*i)&15) + int(signs>>(8*i+8)&15) }
	tens, ones := text[8]-'0', text[9]-'0'
	year, month, day := 100*two(date, 0)+two(date, 2), two(date, 5), 10*int(tens)+int(ones)
	hour, minute, second := two(clock, 0), two(clock, 3), two(clock, 6)
	if !okDate || !okClock || ones > 9 || // tens over 9 make a day over 31
		month < 1 || month > 12 || day < 1 || day > 31 || day > 28 && (month == 2 || day == 31 && (month+month/8)%2 == 0) ||
		hour > 23 || minute > 59 || second > 59 || year < 1970 {
		return 0, false
	}
	y, m := year, month
	if m <= 2 {
		y, m = y-1, m+12
	}
	days := 365*y + y/4 - y/100 + y/400 + (153*(m-3)+2)/5 + day - 719469 // since 1970-01-01: years that begin in March
	return int64(days)*86400 + int64(hour*3600+minute*60+second) - 8*3600, true
}

// eightSigns reads eight bytes at once: what each is more than the form has there, the first in the lowest bits.
// room is 0x7f less what a byte may be more: 9 for a digit, nothing for another sign.
func eightSigns(text string, form, room uint64) (more uint64, ok bool) {
	t := text[:8]
	more = form ^ (uint64(t[0]) | uint64(t[1])<<8 | uint64(t[2])<<16 | uint64(t[3])<<24 |
		uint64(t[4])<<32 | uint64(t[5])<<40 | uint64(t[6])<<48 | uint64(t[7])<<56)
	return more, (more|(more+room))&0x8080808080808080 == 0
}

// whole reads a whole number, as a JSON number or as text.
func whole(text string) (int, bool) {
	n, err := strconv.Atoi(strings.TrimSuffix(strings.TrimSpace(text), ".0"))
	return n, err == nil
}
