package recordset

import (
	"strconv"
	"strings"
	"time"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
)

// parse is one value of a list as it is compared: in small letters, words of
// the service as tokens. The empty value is rows without one.
func (f Field) parse(v string) (string, FilterReason) {
	v = foldASCII(v)
	if v == "" || v == "none" || strings.Contains(v, "*") {
		return strings.TrimPrefix(v, "none"), ""
	}
	switch f {
	case FieldStatus:
		if s, ok := sendcloud.ParseStatus(v); ok {
			return s.String(), ""
		}
		if v != sendcloud.StatusUnknown.String() {
			return "", NotAStatus
		}
	case FieldSub:
		if family, ok := strings.CutSuffix(v, "xx"); ok && (family == "4" || family == "5") {
			return family + "*", ""
		}
		if !documented(v) {
			return "", NotASub
		}
	case FieldCause:
		c, ok := cause(v)
		if !ok {
			return "", NotACause
		}
		v = c.String()
	case FieldPerm:
		switch v {
		case "perm", "永久":
			v = "permanent"
		case "temp", "临时":
			v = "temporary"
		case "不明":
			v = "unknown"
		}
		if _, ok := bounce.ParsePermanence(v); !ok {
			return "", NotPermanence
		}
	case FieldProvider:
		return provider(v), ""
	case FieldPattern:
		if len(v) > 10 || strings.Trim(v, "abcdefghijklmnopqrstuvwxyz234567") != "" {
			return "", NotAPattern
		}
		return v + "*", ""
	}
	return v, ""
}

// glob says whether a value, in either case, is what a pattern with * says.
func glob(pattern, value string) bool {
	value = foldASCII(value)
	first, rest, star := strings.Cut(pattern, "*")
	if !star {
		return value == pattern
	}
	if !strings.HasPrefix(value, first) {
		return false
	}
	value = value[len(first):]
	for {
		part, after, more := strings.Cut(rest, "*")
		if !more {
			return strings.HasSuffix(value, part)
		}
		k := strings.Index(value, part)
		if k < 0 {
			return false
		}
		value, rest = value[k+len(part):], after
	}
}

// interval is seconds, both ends counted: of a duration, of the epoch, or of
// a day when daily; then lo may be after hi, over midnight.
type interval struct {
	lo, hi int64
	daily  bool
}

const endless = 1<<62 - 1

func (v interval) holds(x int64) bool {
	if v.daily && v.lo > v.hi {
		return x >= v.lo || x <= v.hi
	}
	return v.lo <= x && x <= v.hi
}

// parseInterval reads >a, >=a, <a, <=a, a..b, a.., ..b or a.
func parseInterval(f Field, text string) (interval, FilterReason) {
	read, bad := parseDuration, NotADuration
	if f == FieldTime {
		read, bad = parseMoment, NotATime
	}
	text = strings.NewReplacer("：", ":", "～", "..", "~", "..", "＞", ">", "＜", "<", "＝", "=").Replace(strings.TrimSpace(text))
	for _, cut := range []struct {
		sign string
		from func(interval) interval
	}{
		{">=", func(v interval) interval { return interval{v.lo, endless, v.daily} }},
		{"<=", func(v interval) interval { return interval{0, v.hi, v.daily} }},
		{">", func(v interval) interval { return interval{v.hi + 1, endless, v.daily} }},
		{"<", func(v interval) interval { return interval{0, v.lo - 1, v.daily} }},
	} {
		if rest, ok := strings.CutPrefix(text, cut.sign); ok {
			v, ok := read(strings.TrimSpace(rest))
			if !ok {
				return interval{}, bad
			}
			if f == FieldTook { // a duration compared is exact, not "within the unit"
				v.hi = v.lo
			}
			return cut.from(v), ""
		}
	}
	a, b, ranged := strings.Cut(text, "..")
	if !ranged {
		v, ok := read(text)
		if !ok {
			return v, bad
		}
		return v, ""
	}
	from, to := interval{lo: 0}, interval{hi: endless}
	okA, okB := a == "", b == ""
	if a != "" {
		from, okA = read(a)
	}
	if b != "" {
		to, okB = read(b)
	}
	if !okA || !okB || a == "" && b == "" || a != "" && b != "" && from.daily != to.daily {
		return interval{}, bad
	}
	if f == FieldTook && b != "" {
		to.hi = to.lo
	}
	v := interval{from.lo, to.hi, from.daily || to.daily}
	if v.lo > v.hi && !v.daily {
		return v, BackwardRange
	}
	return v, ""
}

// parseDuration reads 90s, 10m, 2h, 1d, 1h30m; a bare number is seconds.
func parseDuration(t string) (interval, bool) {
	units := map[byte]int64{'s': 1, 'm': 60, 'h': 3600, 'd': 86400}
	total, unit, given := int64(0), int64(1), t != ""
	for t != "" {
		n := 0
		for n < len(t) && t[n] >= '0' && t[n] <= '9' {
			n++
		}
		k, err := strconv.ParseInt(t[:n], 10, 32)
		if err != nil {
			return interval{}, false
		}
		if n == len(t) {
			t += "s"
		}
		u, ok := units[lower(t[n])]
		if !ok {
			return interval{}, false
		}
		total, unit, t = total+k*u, u, t[n+1:]
		if strings.HasPrefix(t, "in") && u == 60 { // 10min
			t = t[2:]
		}
	}
	return interval{total, total + unit - 1, false}, given
}

// parseMoment reads a day, a moment or a time of day, as long as what is
// written: 09:00 is a minute, 2026-11-20 a day.
func parseMoment(t string) (interval, bool) {
	for _, form := range []struct {
		layout string
		length int64
		daily  bool
	}{
		{"15:04", 60, true}, {"15:04:05", 1, true}, {"2006-01-02", 86400, false},
		{"2006-01-02T15", 3600, false}, {"2006-01-02T15:04", 60, false}, {"2006-01-02T15:04:05", 1, false},
		{"2006-01-02 15:04", 60, false}, {"2006-01-02 15:04:05", 1, false},
	} {
		at, err := time.ParseInLocation(form.layout, t, sendcloud.Zone)
		if err != nil {
			continue
		}
		lo := at.Unix()
		if form.daily {
			lo = int64(at.Hour()*3600 + at.Minute()*60 + at.Second())
		}
		return interval{lo, lo + form.length - 1, form.daily}, true
	}
	return interval{}, false
}

// Term is the filter's text that narrows to one value of a column, as a facet
// shows it; empty where there is none.
func Term(c Column, value string) string {
	switch c {
	case ByHour:
		if value == "" {
			return "!time:00:00..23:59"
		}
		return "time:" + value + ":00.." + value + ":59"
	case ByDay:
		if value == "" {
			return "!time:00:00..23:59"
		}
		return "time:" + value
	case ByTook:
		return tookTerm(value)
	}
	for _, f := range Fields() {
		if of, ok := f.column(); ok && of == c {
			if value == "" {
				return f.String() + ":none"
			}
			return f.String() + ":" + f.quote(value)
		}
	}
	return ""
}

func tookTerm(value string) string {
	from := uint32(0)
	for i, b := range tookBounds {
		switch {
		case b.value != value:
			from = b.seconds
			continue
		case i == len(tookBounds)-1:
			return "took:" + duration(from) + ".."
		}
		return "took:" + duration(from) + ".." + duration(b.seconds-1)
	}
	return "!took:0s.."
}

// duration writes seconds as parseDuration reads them.
func duration(n uint32) string {
	if n == 0 {
		return "0s"
	}
	var b strings.Builder
	for _, u := range []struct {
		seconds uint32
		name    byte
	}{{86400, 'd'}, {3600, 'h'}, {60, 'm'}, {1, 's'}} {
		if k := n / u.seconds; k > 0 {
			b.WriteString(strconv.Itoa(int(k)))
			b.WriteByte(u.name)
			n %= u.seconds
		}
	}
	return b.String()
}

// Between is the filter's text for requests from one moment to before another:
// a bar of a histogram, or several.
func Between(from, to time.Time) string {
	const layout = "2006-01-02T15:04:05"
	return "time:" + from.In(sendcloud.Zone).Format(layout) + ".." + to.Add(-time.Second).In(sendcloud.Zone).Format(layout)
}

// Not is the filter's text that excludes what a term's text narrows to.
func Not(term string) string {
	if bare, ok := strings.CutPrefix(term, "!"); ok {
		return bare
	}
	return "!" + term
}

// documented says whether a sub-status is one of the service's.
func documented(text string) bool {
	n, err := strconv.Atoi(text)
	return err == nil && sendcloud.SubStatus(n).Known()
}

// quote is a value of the field as it has to be typed. A sub-status that the
// service does not document stands in quotes.
func (f Field) quote(value string) string {
	if f == FieldSub && !documented(value) && value != "" {
		return `"` + strings.Trim(Quote(value), `"`) + `"`
	}
	return Quote(value)
}

// provider reads a token of package bounce, or a name as tables show it, with
// or without its blanks; other rules may know other providers.
func provider(text string) string {
	bare := func(t string) string { return strings.ToLower(strings.ReplaceAll(t, " ", "")) }
	for _, token := range bounce.Default().Providers() {
		for _, lang := range []string{"en", "zh"} {
			if bare(text) == bare(bounce.ProviderName(token, lang)) {
				return token
			}
		}
	}
	return text
}

// cause reads a token of package bounce, or a short name as tables show it.
func cause(text string) (bounce.Cause, bool) {
	if c, ok := bounce.ParseCause(text); ok {
		return c, true
	}
	for _, c := range bounce.Causes() {
		if strings.EqualFold(text, c.Short("en")) || text == c.Short("zh") {
			return c, true
		}
	}
	return 0, false
}
