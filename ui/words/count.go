package words

import (
	"cmp"
	"time"

	"bounceboard/sendcloud"
)

// Conflict says in what the service's numbers contradict each other.
func Conflict(l Lang, c sendcloud.Conflict) string {
	switch {
	case c.Kind == sendcloud.WithoutEffect:
		return l.Say(conflictLabel, "--"+FlagOf(c.Param))
	case c.Param == sendcloud.ParamStartDate: // they go together, whether days or dates were given
		return l.Say(conflictDates)
	}
	return l.Say(conflictIgnored, "--"+FlagOf(c.Param))
}

// CallsAndTime says what calls cost: 57 calls, about 6 s.
func CallsAndTime(l Lang, calls int, takes time.Duration) string {
	return l.Say(CountCalls, Calls(l, calls), About(l, takes))
}

// Calls is a number of calls: 1 call, 57 calls, 57 次调用.
func Calls(l Lang, n int) string { return l.Plural(n, "call", "calls", "次调用") }

// Mails is a number of mails: 1 mail, 1,234 mails, 1,234 封.
func Mails(l Lang, n int) string { return l.Plural(n, "mail", "mails", "封") }

// Values is a number of values; or more, where they were not all told apart.
func Values(l Lang, n int, orMore bool) string {
	said := Sentence{"%s values", "共 %s 种"}
	switch {
	case orMore:
		said = Sentence{"%s values or more", "至少 %s 种"}
	case n == 1:
		said = Sentence{"%s value", "只有 %s 种"}
	}
	return l.Say(said, Number(n))
}

// RowCount is a number of rows.
func RowCount(l Lang, n int) string { return l.Plural(n, "row", "rows", "行") }

// Fit says how many of the rows that came passed a filter.
func Fit(l Lang, fit, came int) string {
	if fit == 0 && l == Chinese {
		return RowCount(l, came) + "中没有符合的"
	}
	return l.Say(Sentence{"%s of %s fit", "%[2]s中有 %[1]s 行符合"}, Number(fit), RowCount(l, came))
}

// Clock is a moment on the service's clock, as ages are said: 09:41:03.
func Clock(t time.Time) string { return t.In(sendcloud.Zone).Format(time.TimeOnly) }

// ClockOn is Clock, with the day in front of it if that is not today.
func ClockOn(today sendcloud.Date, t time.Time) string {
	if sendcloud.DateOf(t) == today {
		return Clock(t)
	}
	return Moment(t)
}

// Moment is a minute on the service's clock: 11-23 09:41.
func Moment(t time.Time) string { return t.In(sendcloud.Zone).Format("01-02 15:04") }

// CountRow names a row of the count view: a status, or a code of it.
func CountRow(l Lang, s sendcloud.Status, sub sendcloud.SubStatus) string {
	if sub.Known() {
		return Code(sub) + " " + SubStatusName(l, sub)
	}
	return cmp.Or(Code(sub), StatusName(l, s))
}

// DayOf is a day as a column's head or a clause, month and day.
func DayOf(d sendcloud.Date) string { return d.Start().Format("01-02") }
