package recordset

import (
	"strconv"
	"strings"
	"time"

	"bounceboard/sendcloud"
)

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

var plainSigns = strings.NewReplacer("：", ":", "～", "..", "~", "..", "＞", ">", "＜", "<", "＝", "=",
	"≥", ">=", "≤", "<=", "–", "-", "—", "-", "－", "-")

// parseInterval reads >a, >=a, <a, <=a, a..b, a.., ..b or a; of durations and
// times of day also a-b, which means nothing else there.
func parseInterval(f Field, text string, now time.Time) (interval, FilterReason) {
	moments, bad := columns[f].kind == "moment", NotADuration
	read := parseDuration
	if moments {
		bad, read = NotATime, func(t string) (interval, bool) { return parseMoment(t, now) }
	}
	text = plainSigns.Replace(strings.TrimSpace(text))
	value := strings.TrimLeft(text, "<>=")
	v, ok := read(strings.TrimSpace(value))
	from, to, ranged := strings.Cut(text, "..")
	sign := strings.TrimSuffix(text, value)
	if sign != "" && !moments { // a duration compared is exact, not "within the unit"
		v.hi = v.lo
	}
	switch {
	case sign == "" && ok:
		return v, ""
	case sign == "" && !ranged:
		from, to, ranged = strings.Cut(text, "-")
		if first, ok := read(from); !ranged || !ok || moments && !first.daily {
			return interval{}, bad
		}
	case sign == "":
	case !ok:
		return interval{}, bad
	case sign == ">":
		return interval{lo: v.hi + 1, hi: endless}, ""
	case sign == ">=":
		return interval{lo: v.lo, hi: endless, daily: v.daily}, ""
	case sign == "<":
		return interval{hi: v.lo - 1, daily: v.daily}, ""
	case sign == "<=":
		return interval{hi: v.hi, daily: v.daily}, ""
	default:
		return interval{}, bad
	}
	return between(strings.TrimSpace(from), strings.TrimSpace(to), now, bad, read)
}

// between returns a..b; an empty end is open. A time of day after a moment is on the same day.
func between(a, b string, now time.Time, bad FilterReason, read func(string) (interval, bool)) (interval, FilterReason) {
	from, okA := read(a)
	to, okB := read(b)
	if a == "" {
		from, okA = interval{daily: to.daily}, true
	}
	if b == "" {
		to, okB = interval{hi: endless, daily: from.daily}, true
	}
	if okA && okB && to.daily && !from.daily && from.hi-from.lo < 86400-1 {
		day := sendcloud.DateOf(time.Unix(from.lo, 0)).Start().Unix()
		to = interval{day + to.lo, day + to.hi, false}
	}
	if !okA || !okB || a == "" && b == "" || from.daily != to.daily {
		return interval{}, bad
	}
	if bad == NotADuration && b != "" {
		to.hi = to.lo
	}
	if bad == NotATime && from.lo > to.hi && !from.daily { // days without a year belong together: 12-30..01-02
		digit := func(t string) bool { return t[0] >= '0' && t[0] <= '9' }
		year := time.Unix(from.lo, 0).In(sendcloud.Zone).AddDate(1, 0, -1)
		if after, ok := parseMoment(b, year); ok && digit(b) && after.hi >= from.lo {
			to = after
		} else if before, ok := parseMoment(a, time.Unix(to.hi, 0)); ok && digit(a) {
			from = before
		}
	}
	if v := (interval{from.lo, to.hi, from.daily}); v.lo <= v.hi || v.daily {
		return v, ""
	}
	return interval{}, BackwardRange
}

// parseDuration reads 90s, 10m, 10min, 2h, 1d, 1h30m; a bare number is seconds.
func parseDuration(t string) (interval, bool) {
	units := map[string]int64{"": 1, "s": 1, "m": 60, "min": 60, "h": 3600, "d": 86400}
	total, unit, given := int64(0), int64(1), t != ""
	for t != "" {
		rest := strings.TrimLeft(t, "0123456789")
		k, err := strconv.ParseInt(strings.TrimSuffix(t, rest), 10, 32)
		name := rest[:len(rest)-len(strings.TrimLeft(rest, "DHIMNSdhimns"))]
		u, ok := units[strings.ToLower(name)]
		if err != nil || !ok {
			return interval{}, false
		}
		total, unit, t = total+k*u, u, rest[len(name):]
	}
	return interval{total, total + unit - 1, false}, given
}

// clocks are how a time of day is written, and how long what is written lasts.
var clocks = []struct {
	layout string
	length int64
}{{"15:04:05", 1}, {"15:04", 60}, {"15", 3600}}

// parseMoment reads a day, a moment or a time of day, as long as what is written: 09:00 is a minute, 09 an hour,
// 2026-11-20 a day. A day without its year is the latest such day that is not after now.
func parseMoment(t string, now time.Time) (interval, bool) {
	day, clock := t, ""
	if i := strings.LastIndexAny(t, "T "); i >= 0 {
		day, clock = t[:i], t[i+1:]
	} else if strings.Contains(t, ":") || len(t) <= 2 {
		day, clock = "", t
	}
	d, err := sendcloud.ParseDate(day, now)
	if err != nil || day == "" && clock == "" {
		return interval{}, false
	}
	if clock == "" {
		return interval{d.Start().Unix(), d.AddDays(1).Start().Unix() - 1, false}, true
	}
	for _, c := range clocks {
		if at, err := time.Parse(c.layout, clock); err == nil {
			lo := int64(at.Hour()*3600 + at.Minute()*60 + at.Second())
			if day != "" {
				lo += d.Start().Unix()
			}
			return interval{lo, lo + c.length - 1, day == ""}, true
		}
	}
	return interval{}, false
}
