package mailtext

import (
	"regexp"
	"strings"
)

// names are those of months and weekdays.
const names = "jan feb mar apr may jun jul aug sep oct nov dec mon tue wed thu fri sat sun "

// times are dates, times of day, or both: ISO 8601, 2026/11/23 09:41, 3/09/2016 7:58:27 PM,
// Mon, 23 Nov 2026 09:41:03 +0800, 23/Nov/2026:09:41:03, 09:41:03. W stands for a weekday, M for a month,
// C for a time of day with its fraction, half of the day and zone, S for blanks and commas.
var times = regexp.MustCompile(strings.NewReplacer(
	"W", `(mon|tue|wed|thu|fri|sat|sun)\b`,
	"M", `(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\b`,
	"C", `\d{1,2}:\d\d(:\d\d)?([.,]\d{1,9})?( ?[ap]m\b)?( ?(gmt|utc|jst|cst)\b|z\b| ?[+-]\d\d:?\d\d\b)?`,
	"S", `[ ,]{1,3}`,
).Replace(`(?i)^(C|(WS)?(\d{1,2}SM|MS\d{1,2})((S\d{4}\b)?((t|:|S)C)?){2}|(\d{4}-\d{1,2}-\d{1,2}|\d{4}/\d{1,2}/\d{1,2}|` +
	`\d{1,2}/(M|\d{1,2})/\d{4}|\d{1,2}-(M|\d{1,2})-\d{4})((t|:|S)C)?)`))

// timeEnd is the end of the date or time of day at i, 0 for none.
func timeEnd(t string, i int) int {
	j := i
	for j < len(t) && isDigit(t[j]) {
		j++
	}
	switch n := j - i; {
	case n > 0 && j < len(t) && t[j] == ':' && (j+2 >= len(t) || !isDigit(t[j+1]) || !isDigit(t[j+2])): // no time of day
		return 0
	case n == 3, n > 4, n > 0 && (j == len(t) || strings.IndexByte(":-/ ,", t[j]) < 0), n == 0 && !isName(t, i),
		n > 0 && (t[j] == ' ' || t[j] == ',') && !isName(strings.TrimLeft(t[j:min(len(t), j+8)], " ,"), 0):
		return 0
	}
	m := times.FindStringIndex(t[i:min(len(t), i+64)])
	if m == nil || i+m[1] < len(t) && isDigit(t[i+m[1]]) {
		return 0
	}
	return i + m[1]
}

// isName tells the name of a month or a weekday at i.
func isName(t string, i int) bool {
	if len(t)-i < 3 || len(t)-i > 3 && isAlnum(t[i+3]) || !isLetter(t[i]) {
		return false
	}
	return strings.Contains(names, string([]byte{t[i] | 0x20, t[i+1] | 0x20, t[i+2] | 0x20, ' '}))
}
