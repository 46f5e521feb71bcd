package sendcloud

import (
	"regexp"
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

// ParseDate reads a day as people type it: yyyy-MM-dd, also with / or . between or with nothing, today, yesterday, -3d,
// 今天, 昨天, in full-width characters too. Without its year it is the latest such day that has come. Empty text is the
// zero Date. The error is a *ParameterError whose Param the caller fills in.
func ParseDate(text string, now time.Time) (Date, error) {
	word := strings.ToLower(strings.TrimSpace(narrow(text)))
	ago := map[string]int{"today": 0, "今天": 0, "今日": 0, "yesterday": 1, "昨天": 1, "昨日": 1, "前天": 2}
	if n, ok := ago[word]; ok {
		return DateOf(now).AddDays(-n), nil
	}
	if word == "" {
		return Date{}, nil
	}
	if parts := daysAgo.FindStringSubmatch(word); parts != nil {
		n, _ := strconv.Atoi(parts[1])
		return DateOf(now).AddDays(-n), nil
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

// latest returns the last day of that name up to today; a February 29 is in the last leap year.
func latest(month time.Month, day int, today Date) Date {
	const leap = 8 // years from a February 29 to the next, at most
	d := Date{today.Year, month, day}
	for d.Year > today.Year-leap && (!d.valid() || today.Before(d)) {
		d.Year--
	}
	return d
}

// daysAgo is -3d, at most a century, also with the minus signs that input methods and word processors write.
var daysAgo = regexp.MustCompile(`^[-−–—](\d{1,5})[d天]$`)
