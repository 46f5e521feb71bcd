package recordset

import (
	"fmt"
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

var plainSigns = strings.NewReplacer("：", ":", "～", "..", "~", "..", "＞", ">", "＜", "<", "＝", "=", "≥", ">=", "≤", "<=", "–", "-", "—", "-", "－", "-")

// parseInterval reads >a, >=a, <a, <=a, a..b, a.., ..b or a; of durations and
// times of day also a-b, which means nothing else there.
func parseInterval(f Field, text string, now time.Time) (interval, FilterReason) {
	r := reader{columns[f].kind == "moment", now}
	bad := NotADuration
	if r.moments {
		bad = NotATime
	}
	text = plainSigns.Replace(strings.TrimSpace(text))
	for _, sign := range []string{">=", "<=", ">", "<"} {
		rest, ok := strings.CutPrefix(text, sign)
		if !ok {
			continue
		}
		v, ok := r.read(strings.TrimSpace(rest))
		if !ok {
			return interval{}, bad
		}
		if !r.moments { // a duration compared is exact, not "within the unit"
			v.hi = v.lo
		}
		switch sign {
		case ">=":
			v.hi = endless
		case "<=":
			v.lo = 0
		case ">":
			v.lo, v.hi = v.hi+1, endless
		default:
			v.lo, v.hi = 0, v.lo-1
		}
		return v, ""
	}
	if v, ok := r.read(text); ok {
		return v, ""
	}
	a, b, ranged := strings.Cut(text, "..")
	if !ranged { // 09:00-10:30 or 1m-10m; days have dashes themselves
		a, b, ranged = strings.Cut(text, "-")
		from, okA := r.read(a)
		to, okB := r.read(b)
		if ranged = ranged && okA && okB && (!r.moments || from.daily && to.daily); !ranged {
			return interval{}, bad
		}
	}
	return r.between(strings.TrimSpace(a), strings.TrimSpace(b), bad)
}

// reader reads moments or durations.
type reader struct {
	moments bool
	now     time.Time
}

func (r reader) read(text string) (interval, bool) {
	if r.moments {
		return parseMoment(dated(text, r.now), r.now)
	}
	return parseDuration(text)
}

// between returns a..b; an empty end is open. A time of day after a moment is
// on the same day.
func (r reader) between(a, b string, bad FilterReason) (interval, FilterReason) {
	from, to := interval{lo: 0}, interval{hi: endless}
	okA, okB := a == "", b == ""
	if a != "" {
		from, okA = r.read(a)
	}
	if b != "" {
		to, okB = r.read(b)
	}
	if a != "" && okA && to.daily && !from.daily && from.hi-from.lo < 86400-1 {
		day := sendcloud.DateOf(time.Unix(from.lo, 0)).Start().Unix()
		to = interval{day + to.lo, day + to.hi, false}
	}
	if !okA || !okB || a == "" && b == "" || a != "" && b != "" && from.daily != to.daily {
		return interval{}, bad
	}
	if !r.moments && b != "" {
		to.hi = to.lo
	}
	if r.moments && from.lo > to.hi && !from.daily { // days without a year belong together: 12-30..01-02
		if after, ok := parseMoment(dated(b, r.now), time.Unix(from.lo, 0).In(sendcloud.Zone).AddDate(1, 0, -1)); ok && after.hi >= from.lo {
			to = after
		} else if before, ok := parseMoment(dated(a, r.now), time.Unix(to.hi, 0)); ok {
			from = before
		}
	}
	v := interval{from.lo, to.hi, from.daily || to.daily}
	if v.lo > v.hi && !v.daily {
		return v, BackwardRange
	}
	return v, ""
}

// dated writes a day that is named from today, today, -3d, 昨天, by its date;
// the time after it and all else stay.
func dated(t string, now time.Time) string {
	day, clock := t, ""
	if i := strings.LastIndexAny(t, "T "); i >= 0 && strings.Trim(t[i+1:], "0123456789:") == "" {
		day, clock = t[:i], t[i:]
	}
	if day == "" || day[0] >= '0' && day[0] <= '9' {
		return t
	}
	d, err := sendcloud.ParseDate(day, now)
	if err != nil || d.IsZero() {
		return t
	}
	return d.String() + clock
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

// clocks are what may stand after a day, and how long what is written lasts.
var clocks = []struct {
	layout string
	length int64
}{{"", 86400}, {"T15", 3600}, {"T15:04", 60}, {"T15:04:05", 1}, {" 15:04", 60}, {" 15:04:05", 1}}

// parseMoment reads a day, a moment or a time of day, as long as what is
// written: 09:00 is a minute, 2026-11-20 a day. A day without its year is the
// latest such day that is not after now.
func parseMoment(t string, now time.Time) (interval, bool) {
	for layout, length := range map[string]int64{"15:04": 60, "15:04:05": 1} {
		if at, err := time.Parse(layout, t); err == nil {
			lo := int64(at.Hour()*3600 + at.Minute()*60 + at.Second())
			return interval{lo, lo + length - 1, true}, true
		}
	}
	for _, c := range clocks {
		if at, err := time.ParseInLocation("2006-01-02"+c.layout, t, sendcloud.Zone); err == nil {
			return interval{at.Unix(), at.Unix() + c.length - 1, false}, true
		}
		const leap = 8 // years from a February 29 to the next, at most
		today := sendcloud.DateOf(now)
		for year := today.Year; year >= today.Year-leap; year-- {
			at, err := time.ParseInLocation("2006-01-02"+c.layout, fmt.Sprintf("%04d-%s", year, t), sendcloud.Zone)
			if err == nil && !today.Before(sendcloud.DateOf(at)) {
				return interval{at.Unix(), at.Unix() + c.length - 1, false}, true
			}
		}
	}
	if d, err := sendcloud.ParseDate(t, now); err == nil && !d.IsZero() { // 2026/11/20, 11月20日, as the flags take them
		return interval{d.Start().Unix(), d.AddDays(1).Start().Unix() - 1, false}, true
	}
	return interval{}, false
}
