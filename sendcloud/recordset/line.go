package recordset

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"math/bits"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"bounceboard/sendcloud"
)

// The keys of a row.
const (
	keyEmailID = iota
	keyStatus
	keyStatusText
	keySubStatus
	keySubStatusDesc
	keyAPIUser
	keyRecipients
	keyRequestTime
	keyModifiedTime
	keySendLog
	keyCount
)

var keyNames = [keyCount]string{"emailId", "status", "statusText", "subStatus", "subStatusDesc", "apiUser", "recipients", "requestTime", "modifiedTime", "sendLog"}

// lineParser reads lines. What the usual line holds it reads itself; for
// anything else, and to decide what is JSON, encoding/json is asked.
type lineParser struct {
	text    [keyCount]string // strings without their quotes, numbers as they are; "" for null
	scratch []byte           // strings that had escapes
	day     [10]byte         // the date read last, and its first second
	first   int64
}

// parse reads a line without blanks around it. The row's strings lie in the
// line or the parser's scratch: they hold until the next call.
func (p *lineParser) parse(line []byte) (row, Damage) {
	p.text = [keyCount]string{}
	p.scratch = p.scratch[:0]
	if !p.usual(line) {
		if d := p.unusual(line); d != "" {
			return row{}, d
		}
	}
	return p.row()
}

// usual reads an object of strings, numbers and null; false means that it is
// something else, not that it is wrong.
func (p *lineParser) usual(b []byte) bool {
	if len(b) < 2 || b[0] != '{' {
		return false
	}
	i := space(b, 1)
	if i < len(b) && b[i] == '}' {
		return i+1 == len(b)
	}
	for expected := 0; ; expected++ {
		name, next, ok := p.plain(b, i)
		if !ok {
			return false
		}
		key, ok := keyOf(name, expected)
		if !ok {
			return false
		}
		if i = space(b, next); i >= len(b) || b[i] != ':' {
			return false
		}
		i = space(b, i+1)
		if i, ok = p.value(b, i, key); !ok {
			return false
		}
		if i = space(b, i); i >= len(b) {
			return false
		}
		if b[i] == '}' {
			return i+1 == len(b)
		}
		if b[i] != ',' {
			return false
		}
		i = space(b, i+1)
	}
}

// keyOf is the number of a key's name, -1 for one to be ignored. encoding/json
// takes keys in either case, so a name that differs only in that is left to it.
func keyOf(name string, expected int) (int, bool) {
	if expected < keyCount && name == keyNames[expected] {
		return expected, true
	}
	for k, known := range keyNames {
		if name == known {
			return k, true
		}
		if strings.EqualFold(name, known) {
			return 0, false
		}
	}
	return -1, true
}

func space(b []byte, i int) int {
	for i < len(b) && (b[i] == ' ' || b[i] == '\t' || b[i] == '\r' || b[i] == '\n') {
		i++
	}
	return i
}

// value reads a value for a key; -1: to be ignored.
func (p *lineParser) value(b []byte, i, key int) (next int, ok bool) {
	if i >= len(b) {
		return 0, false
	}
	var text string
	switch c := b[i]; {
	case c == '"':
		if text, next, ok = p.plain(b, i); !ok {
			if text, next, ok = p.escaped(b, i); !ok {
				return 0, false
			}
		}
	case c == 'n' && bytes.HasPrefix(b[i:], []byte("null")):
		if key >= 0 {
			return i + 4, p.text[key] == "" // null after a value: what wins is not ours to say
		}
		return i + 4, true
	case key < 0 && c == 't' && bytes.HasPrefix(b[i:], []byte("true")):
		return i + 4, true
	case key < 0 && c == 'f' && bytes.HasPrefix(b[i:], []byte("false")):
		return i + 5, true
	case key < 0 || key == keySubStatus:
		if next = numberEnd(b, i); next == 0 {
			return 0, false
		}
		text = str(b[i:next])
	default:
		return 0, false
	}
	if key >= 0 {
		p.text[key] = text
	}
	return next, true
}

// numberEnd is the end of the JSON number at i, 0 when there is none.
func numberEnd(b []byte, i int) int {
	digits := func() bool {
		from := i
		for i < len(b) && b[i] >= '0' && b[i] <= '9' {
			i++
		}
		return i > from
	}
	if i < len(b) && b[i] == '-' {
		i++
	}
	zero := i < len(b) && b[i] == '0'
	if from := i; !digits() || zero && i > from+1 {
		return 0
	}
	if i < len(b) && b[i] == '.' {
		if i++; !digits() {
			return 0
		}
	}
	if i < len(b) && b[i]|0x20 == 'e' {
		if i++; i < len(b) && (b[i] == '+' || b[i] == '-') {
			i++
		}
		if !digits() {
			return 0
		}
	}
	return i
}

// plain reads a string without escapes that is valid UTF-8.
func (p *lineParser) plain(b []byte, i int) (text string, next int, ok bool) {
	if i >= len(b) || b[i] != '"' {
		return "", 0, false
	}
	i++
	from, ascii := i, true
	for ; i+8 <= len(b); i += 8 {
		x := binary.LittleEndian.Uint64(b[i:])
		quote, slash := x^'"'*lows, x^'\\'*lows
		hit := ((quote-lows)&^quote | (slash-lows)&^slash | (x-0x20*lows)&^x) & highs
		if x&highs != 0 {
			ascii = false
		}
		if hit != 0 {
			i += bits.TrailingZeros64(hit) / 8
			break
		}
	}
	for ; i < len(b); i++ {
		switch c := b[i]; {
		case c == '"':
			if !ascii && !utf8.Valid(b[from:i]) {
				return "", 0, false
			}
			return str(b[from:i]), i + 1, true
		case c == '\\' || c < 0x20:
			return "", 0, false
		case c >= utf8.RuneSelf:
			ascii = false
		}
	}
	return "", 0, false
}

// escaped reads a string with escapes. Surrogates and what is not UTF-8 are
// left to encoding/json.
func (p *lineParser) escaped(b []byte, i int) (text string, next int, ok bool) {
	from := len(p.scratch)
	if cap(p.scratch)-from < len(b)-i { // strings read before stay where they are
		p.scratch, from = make([]byte, 0, 2*len(b)), 0
	}
	for i++; i < len(b); i++ {
		c := b[i]
		switch {
		case c == '"':
			out := p.scratch[from:]
			return str(out), i + 1, utf8.Valid(out)
		case c < 0x20:
			return "", 0, false
		case c != '\\':
			p.scratch = append(p.scratch, c)
			continue
		}
		if i++; i >= len(b) {
			return "", 0, false
		}
		if b[i] == 'u' {
			if i+4 >= len(b) {
				return "", 0, false
			}
			r, err := strconv.ParseUint(str(b[i+1:i+5]), 16, 16)
			if err != nil || r >= 0xd800 && r < 0xe000 {
				return "", 0, false
			}
			p.scratch = utf8.AppendRune(p.scratch, rune(r))
			i += 4
			continue
		}
		k := strings.IndexByte(`"\/bfnrt`, b[i])
		if k < 0 {
			return "", 0, false
		}
		p.scratch = append(p.scratch, "\"\\/\b\f\n\r\t"[k])
	}
	return "", 0, false
}

// wire is a row as encoding/json reads it.
type wire struct {
	EmailID       *string         `json:"emailId"`
	Status        *string         `json:"status"`
	StatusText    *string         `json:"statusText"`
	SubStatus     json.RawMessage `json:"subStatus"`
	SubStatusDesc *string         `json:"subStatusDesc"`
	APIUser       *string         `json:"apiUser"`
	Recipients    *string         `json:"recipients"`
	RequestTime   *string         `json:"requestTime"`
	ModifiedTime  *string         `json:"modifiedTime"`
	SendLog       *string         `json:"sendLog"`
}

// unusual reads a line with encoding/json.
func (p *lineParser) unusual(line []byte) Damage {
	var w wire
	if err := json.Unmarshal(line, &w); err != nil {
		if json.Valid(line) {
			return NotARow
		}
		return NotJSON
	}
	for key, t := range [keyCount]*string{w.EmailID, w.Status, w.StatusText, nil, w.SubStatusDesc, w.APIUser, w.Recipients, w.RequestTime, w.ModifiedTime, w.SendLog} {
		p.text[key] = ""
		if t != nil {
			p.text[key] = *t
		}
	}
	sub := string(w.SubStatus)
	switch {
	case sub == "" || sub == "null":
		p.text[keySubStatus] = ""
	case sub[0] == '"':
		var t string
		if err := json.Unmarshal(w.SubStatus, &t); err != nil {
			return NotARow
		}
		p.text[keySubStatus] = t
	case sub[0] == '-' || sub[0] >= '0' && sub[0] <= '9':
		p.text[keySubStatus] = sub
	default:
		return NotARow
	}
	return ""
}

// row is the texts as a row.
func (p *lineParser) row() (row, Damage) {
	t := &p.text
	if t[keyEmailID] == "" && t[keyRecipients] == "" {
		return row{}, NotARow
	}
	w := row{emailID: t[keyEmailID], recipients: t[keyRecipients], sendLog: t[keySendLog],
		head: head{statusText: t[keyStatusText], desc: t[keySubStatusDesc], apiUser: t[keyAPIUser]}}
	w.head.status = statusOf(t[keyStatus], t[keyStatusText])
	if n, err := strconv.Atoi(t[keySubStatus]); err == nil {
		w.head.sub = sendcloud.SubStatus(n)
	} else {
		w.head.subText = t[keySubStatus]
	}
	requested, requestText := p.time(t[keyRequestTime])
	modified, modifiedText := p.time(t[keyModifiedTime])
	var plainR, plainM bool
	w.requested, plainR = seconds(requested)
	w.modified, plainM = seconds(modified)
	if !plainR || !plainM || requestText != "" || modifiedText != "" {
		w.odd = w.record()
		w.odd.RequestTime, w.odd.RequestText, w.odd.ModifiedTime, w.odd.ModifiedText = requested, requestText, modified, modifiedText
	}
	return w, ""
}

// statusOf reads the contract's word, and a word of the service where that says nothing.
func statusOf(word, text string) sendcloud.Status {
	switch word {
	case "delivered":
		return sendcloud.Delivered
	case "invalid":
		return sendcloud.Invalid
	case "soft_bounce":
		return sendcloud.SoftBounce
	case "requested":
		return sendcloud.Requested
	case "unknown":
		return sendcloud.StatusUnknown
	case "":
		word = text
	}
	s, _ := sendcloud.ParseStatus(word)
	return s
}

// time reads RFC 3339; what is none is given back as it is.
func (p *lineParser) time(t string) (time.Time, string) {
	if t == "" {
		return time.Time{}, ""
	}
	if n, ok := p.usualTime(t); ok {
		return at(n), ""
	}
	if m, err := time.Parse(time.RFC3339, t); err == nil {
		return m.In(sendcloud.Zone), ""
	}
	return time.Time{}, strings.Clone(t)
}

// usualTime reads 2026-11-23T09:41:03+08:00.
func (p *lineParser) usualTime(t string) (uint32, bool) {
	if len(t) != 25 || t[10] != 'T' || t[13] != ':' || t[16] != ':' || t[19:] != "+08:00" {
		return 0, false
	}
	if t[:10] != string(p.day[:]) {
		first, ok := dayOf(t)
		if !ok {
			return 0, false
		}
		copy(p.day[:], t)
		p.first = first
	}
	h, ok1 := two(t, 11, 24)
	m, ok2 := two(t, 14, 60)
	s, ok3 := two(t, 17, 60)
	return uint32(p.first) + h*3600 + m*60 + s, ok1 && ok2 && ok3
}

// dayOf is when the day of 2026-11-23… begins, in seconds of the epoch. Rows go
// to and fro between the days: time.Parse would take a tenth of all the reading.
func dayOf(t string) (int64, bool) {
	century, ok1 := two(t, 0, 100)
	year, ok2 := two(t, 2, 100)
	month, ok3 := two(t, 5, 13)
	date, ok4 := two(t, 8, 32)
	if !ok1 || !ok2 || !ok3 || !ok4 || t[4] != '-' || t[7] != '-' {
		return 0, false
	}
	day := time.Date(int(century*100+year), time.Month(month), int(date), 0, 0, 0, 0, sendcloud.Zone)
	first := day.Unix()
	return first, day.Month() == time.Month(month) && day.Day() == int(date) && first > 0 && first <= 1<<32-1-86400
}

// two is the number of two digits at i, below limit.
func two(t string, i int, limit uint32) (uint32, bool) {
	a, b := t[i]-'0', t[i+1]-'0'
	n := uint32(a)*10 + uint32(b)
	return n, a <= 9 && b <= 9 && n < limit
}
