package mailtext

import (
	"regexp"
	"strings"
)

const (
	months   = "jan feb mar apr may jun jul aug sep oct nov dec "
	weekdays = "mon tue wed thu fri sat sun "
)

// timeEnd is the end of the date or time of day at i, 0 for none: ISO 8601, 2026/11/23 09:41,
// 3/09/2016 7:58:27 PM, Mon, 23 Nov 2026 09:41:03 +0800, 23/Nov/2026:09:41:03, 09:41:03.
func timeEnd(t string, i int) int {
	if j := clockEnd(t, i); j > 0 {
		return j
	}
	if isDigit(t[i]) {
		if n := digitsEnd(t, i, 1, 4) - i; n < 0 || n == 3 {
			return 0
		}
	} else if nameEnd(t, i, months) == 0 && nameEnd(t, i, weekdays) == 0 {
		return 0
	}
	for _, layout := range lists["dates"] {
		j := layoutEnd(t, i, layout)
		switch {
		case j > 0 && strings.Contains(layout, "y"):
			return clockBehind(t, j)
		case j > 0: // a year and a time of day, in either order
			j = clockBehind(t, max(j, layoutEnd(t, j, " y")))
			return clockBehind(t, max(j, layoutEnd(t, j, " y")))
		}
	}
	return 0
}

// layoutEnd is the end of what fits a layout at i, 0 for none.
func layoutEnd(t string, i int, layout string) int {
	for k := range len(layout) {
		from := i
		switch c := layout[k]; c {
		case 'w':
			i = nameEnd(t, i, weekdays)
		case 'm':
			i = nameEnd(t, i, months)
		case 'd':
			i = digitsEnd(t, i, 1, 2)
		case 'y':
			i = digitsEnd(t, i, 4, 4)
		case ' ':
			for n := 0; n < 3 && i < len(t) && (t[i] == ' ' || t[i] == ','); n++ {
				i++
			}
		default:
			if i < len(t) && t[i] == c {
				i++
			}
		}
		if i <= from {
			return 0
		}
	}
	return i
}

// nameEnd is the end of one of the three-letter names at i, 0 for none.
func nameEnd(t string, i int, names string) int {
	if len(t)-i < 3 || len(t)-i > 3 && isAlnum(t[i+3]) || !isLetter(t[i]) {
		return 0
	}
	for n := 0; n < len(names); n += 4 {
		if t[i]|0x20 == names[n] && t[i+1]|0x20 == names[n+1] && t[i+2]|0x20 == names[n+2] {
			return i + 3
		}
	}
	return 0
}

// digitsEnd is the end of least to most digits at i, 0 when there are fewer or more.
func digitsEnd(t string, i, least, most int) int {
	j := i
	for j < len(t) && j-i <= most && isDigit(t[j]) {
		j++
	}
	if j-i < least || j-i > most {
		return 0
	}
	return j
}

// clockBehind takes the time of day that follows a date at i, where one does.
func clockBehind(t string, i int) int {
	if i < len(t) && (t[i] == 'T' || t[i] == ':') {
		return max(i, clockEnd(t, i+1))
	}
	return max(i, clockEnd(t, max(i, layoutEnd(t, i, " "))))
}

var clock = regexp.MustCompile(`(?i)^\d{1,2}:\d\d(:\d\d)?([.,]\d{1,9})?( ?[ap]m\b)?( ?(gmt|utc|jst|cst)\b|z\b| ?[+-]\d\d:?\d\d\b)?`)

// clockEnd is the end of the time of day at i with its fraction, half of the day and zone, 0 for none.
func clockEnd(t string, i int) int {
	j := digitsEnd(t, i, 1, 2)
	if j == 0 || j == len(t) || t[j] != ':' {
		return 0
	}
	m := clock.FindStringIndex(t[i:min(len(t), i+48)])
	if m == nil || i+m[1] < len(t) && isDigit(t[i+m[1]]) {
		return 0
	}
	return i + m[1]
}
