package sendcloud

import (
	"strconv"
	"strings"
	"time"
)

// Zone is the service's clock. China has one time zone and no daylight saving.
var Zone = time.FixedZone("+08", 8*60*60)

// Date is a day of the service's calendar; the zero Date is "not given".
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// DateOf returns the service's calendar day at t.
func DateOf(t time.Time) Date {
	var d Date
	d.Year, d.Month, d.Day = t.In(Zone).Date()
	return d
}

// IsZero reports whether d is not given.
func (d Date) IsZero() bool { return d == Date{} }

// Start returns the first moment of d.
func (d Date) Start() time.Time { return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, Zone) }

// AddDays returns the day n days after d.
func (d Date) AddDays(n int) Date { return DateOf(d.Start().AddDate(0, 0, n)) }

// Before reports whether d is an earlier day than e.
func (d Date) Before(e Date) bool { return d.Start().Before(e.Start()) }

// DaysTo returns the number of days from d to last, both counted: 1 for the same day.
func (d Date) DaysTo(last Date) int { return int(last.Start().Sub(d.Start())/(24*time.Hour)) + 1 }

// String writes d as the service wants it, yyyy-MM-dd; the zero Date is empty.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return d.Start().Format(time.DateOnly)
}

// valid reports whether d is on the calendar: there is no February 30.
func (d Date) valid() bool { return DateOf(d.Start()) == d && 1 <= d.Year && d.Year <= 9999 }

// ParseDate reads a day as people type it: yyyy-MM-dd, also with / or . between
// or with nothing, today, yesterday, -3d, 今天, 昨天, in full-width characters
// too. Without its year, as tables write it, it is the latest such day that has
// come. now tells what today is. Empty text is the zero Date. The error is a
// *ParameterError whose Param the caller fills in: it alone knows which date
// this is.
func ParseDate(text string, now time.Time) (Date, error) {
	word := strings.ToLower(strings.TrimSpace(narrow(text)))
	switch word {
	case "":
		return Date{}, nil
	case "today", "今天", "今日":
		return DateOf(now), nil
	case "yesterday", "昨天", "昨日":
		return DateOf(now).AddDays(-1), nil
	case "前天":
		return DateOf(now).AddDays(-2), nil
	}
	if digits, ok := daysAgo(word); ok {
		if n, err := strconv.Atoi(digits); err == nil && n <= 36600 {
			return DateOf(now).AddDays(-n), nil
		}
		return Date{}, &ParameterError{Value: text, Reason: NotADate}
	}
	for _, layout := range []string{"2006-1-2", "2006/1/2", "2006.1.2", "20060102", "2006年1月2日"} {
		if t, err := time.ParseInLocation(layout, word, Zone); err == nil {
			return DateOf(t), nil
		}
	}
	for _, layout := range []string{"1-2", "1/2", "1.2", "1月2日"} {
		if t, err := time.ParseInLocation(layout, word, Zone); err == nil {
			return latest(t.Month(), t.Day(), DateOf(now)), nil
		}
	}
	return Date{}, &ParameterError{Value: text, Reason: NotADate}
}

// latest returns the last day of that name up to today; a February 29 is in the
// last leap year.
func latest(month time.Month, day int, today Date) Date {
	const leap = 8 // years from a February 29 to the next, at most
	d := Date{today.Year, month, day}
	for d.Year > today.Year-leap && (!d.valid() || today.Before(d)) {
		d.Year--
	}
	return d
}

// daysAgo takes the number out of -3d, also with the minus signs that input
// methods and word processors write.
func daysAgo(word string) (digits string, ok bool) {
	rest, minus := word, false
	for _, sign := range []string{"-", "−", "–", "—"} {
		if after, found := strings.CutPrefix(word, sign); found {
			rest, minus = after, true
			break
		}
	}
	digits, days := strings.CutSuffix(rest, "d")
	if !days {
		digits, days = strings.CutSuffix(rest, "天")
	}
	isDigits := digits != "" && strings.Trim(digits, "0123456789") == ""
	return digits, minus && days && isDigits
}
