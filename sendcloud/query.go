package sendcloud

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Query is what a person asks. Every zero field is "not given".
type Query struct {
	Emails      []string // exact recipient addresses, one a call
	EmailIDs    []string // ids returned when the mail was sent, at most 100 a call
	LabelID     string   // exact; wins over LabelName
	LabelName   string   // alone it is a fuzzy match
	Days        int      // the past N days, 1 = today; not together with dates
	StartDate   Date     // the two together, both ends counted
	EndDate     Date
	APIUsers    []string
	Statuses    []Status
	SubStatuses []SubStatus
	Start       int // offset in the whole list
	Limit       int // 1 to 100; 0 is the service's default, 100
}

// Param names a parameter of the service, in the service's spelling.
type Param string

const (
	ParamEmail     Param = "email"
	ParamEmailIDs  Param = "emailIds"
	ParamLabelID   Param = "labelId"
	ParamLabelName Param = "labelName"
	ParamDays      Param = "days"
	ParamStartDate Param = "startDate"
	ParamEndDate   Param = "endDate"
	ParamAPIUsers  Param = "apiUserList"
	ParamStart     Param = "start"
	ParamLimit     Param = "limit"
	ParamStatus    Param = "status"
	ParamSubStatus Param = "subStatus"
)

// DefaultLookbackDays is how many days a query may span and reach back unless Config says otherwise: our own limit.
const DefaultLookbackDays = 92

const maxLimit = 100 // rows of one answer (documented)

// Validate lists everything in q that cannot be right at now. lookbackDays is how
// many calendar days a query may span and reach back; 0 is DefaultLookbackDays.
func (q Query) Validate(now time.Time, lookbackDays int) []*ParameterError {
	wrong := slices.Concat(q.wrongWho(), q.wrongSpan(DateOf(now), cmp.Or(lookbackDays, DefaultLookbackDays)), q.wrongStatus())
	if q.Start < 0 {
		wrong = append(wrong, &ParameterError{Param: ParamStart, Value: strconv.Itoa(q.Start), Reason: OutOfRange})
	}
	if q.Limit < 0 || q.Limit > maxLimit {
		wrong = append(wrong, &ParameterError{Param: ParamLimit, Value: strconv.Itoa(q.Limit), Reason: OutOfRange, Min: 1, Limit: maxLimit})
	}
	return wrong
}

func (q Query) wrongWho() (wrong []*ParameterError) {
	check := func(p Param, values []string, why func(string) Reason) {
		for _, value := range values {
			if r := why(value); r != "" {
				wrong = append(wrong, &ParameterError{Param: p, Value: value, Reason: r})
			}
		}
	}
	check(ParamEmail, q.Emails, wrongAddress)
	check(ParamEmailIDs, q.EmailIDs, wrongItem)
	check(ParamAPIUsers, q.APIUsers, wrongItem)
	if q.LabelID != "" {
		check(ParamLabelID, []string{q.LabelID}, wrongItem)
	}
	if q.LabelName != "" && strings.TrimSpace(q.LabelName) == "" {
		wrong = append(wrong, &ParameterError{Param: ParamLabelName, Value: q.LabelName, Reason: Empty})
	}
	return wrong
}

func (q Query) wrongSpan(today Date, lookback int) (wrong []*ParameterError) {
	start, end, earliest := q.StartDate, q.EndDate, today.AddDays(-lookback)
	complain := func(p Param, value string, r Reason, min, limit int) {
		wrong = append(wrong, &ParameterError{Param: p, Value: value, Reason: r, Min: min, Limit: limit})
	}
	switch days := strconv.Itoa(q.Days); {
	case q.Days != 0 && !(start.IsZero() && end.IsZero()):
		complain(ParamDays, days, DaysWithDates, 0, 0)
	case q.Days < 0:
		complain(ParamDays, days, OutOfRange, 1, lookback)
	case q.Days > lookback:
		complain(ParamDays, days, SpanTooLong, 1, lookback)
	}
	for _, d := range []struct {
		param       Param
		date, other Date
	}{{ParamStartDate, start, end}, {ParamEndDate, end, start}} {
		switch {
		case d.date.IsZero():
		case !d.date.valid():
			complain(d.param, fmt.Sprintf("%d-%02d-%02d", d.date.Year, d.date.Month, d.date.Day), NotADate, 0, 0)
		case d.other.IsZero() && d.date.Before(earliest): // whatever the other is
			complain(d.param, d.date.String(), TooFarBack, 0, lookback)
		case d.other.IsZero():
			complain(d.param, d.date.String(), HalfDates, 0, 0)
		}
	}
	switch {
	case len(wrong) > 0 || start.IsZero():
	case end.Before(start):
		complain(ParamEndDate, end.String(), EndBeforeStart, 0, 0)
	case today.Before(start):
		complain(ParamStartDate, start.String(), InTheFuture, 0, 0)
	case start.Before(earliest):
		complain(ParamStartDate, start.String(), TooFarBack, 0, lookback)
	case start.DaysTo(end) > lookback:
		complain(ParamStartDate, start.String(), SpanTooLong, 1, lookback)
	}
	return wrong
}

func (q Query) wrongStatus() (wrong []*ParameterError) {
	unknown := func(p Param, n int, known bool) {
		if !known {
			wrong = append(wrong, &ParameterError{Param: p, Value: strconv.Itoa(n), Reason: UnknownWord})
		}
	}
	for _, s := range q.Statuses {
		unknown(ParamStatus, int(s), s.Known())
	}
	for _, s := range q.SubStatuses {
		unknown(ParamSubStatus, int(s), s.Known())
	}
	if len(wrong) == 0 && len(q.SubStatuses) > 0 && len(q.codes()) == 0 {
		wrong = append(wrong, &ParameterError{Param: ParamSubStatus, Value: joinCodes(q.SubStatuses), Reason: Contradiction})
	}
	return wrong
}

// codes returns the sub-statuses that go with one of the statuses asked for:
// 4xx implies invalid, 5xx implies soft bounce.
func (q Query) codes() []SubStatus {
	var codes []SubStatus
	for _, s := range q.SubStatuses {
		if len(q.Statuses) == 0 || slices.Contains(q.Statuses, s.Status()) {
			codes = append(codes, s)
		}
	}
	return distinct(codes)
}

func joinCodes[T ~int](codes []T) string {
	words := make([]string, len(codes))
	for i, c := range codes {
		words[i] = strconv.Itoa(int(c))
	}
	return strings.Join(words, ";")
}

// distinct returns list without repetitions, the first of each stays.
func distinct[T comparable](list []T) []T {
	seen := make(map[T]bool, len(list))
	var once []T
	for _, v := range list {
		if !seen[v] {
			seen[v] = true
			once = append(once, v)
		}
	}
	return once
}

// wrongItem says why s cannot be an item of a list that the service joins by `;`.
func wrongItem(s string) Reason {
	switch {
	case strings.TrimSpace(s) == "":
		return Empty
	case strings.ContainsFunc(s, func(r rune) bool { return r == ';' || unicode.IsSpace(r) || unicode.IsControl(r) }):
		return BadListItem
	}
	return ""
}

// wrongAddress says why s cannot be a recipient. It is not stricter than mail is: lengths are RFC 5321's (section
// 4.5.3.1), local parts and international domains are left alone.
func wrongAddress(s string) Reason {
	_, domain, _ := strings.Cut(s, "@")
	switch {
	case strings.TrimSpace(s) == "":
		return Empty
	case !utf8.ValidString(s) || len(domain) > 255 || strings.ContainsFunc(s, unicode.IsSpace) || !address.MatchString(s):
		return MalformedAddress
	}
	return ""
}

// address is a local part of at most 64 characters and a domain of two labels (L) or
// more. In ASCII, a label has letters, digits, - and _; it has no - at its ends.
var address = regexp.MustCompile(strings.ReplaceAll(`^[^@\x00-\x1f\x7f-\x{9f}<>(),;:"[\]\\]{1,64}@L(\.L)+$`,
	"L", strings.ReplaceAll(`[C_]([C_-]*[C_])?`, "C", `a-zA-Z0-9\x{a1}-\x{10ffff}`)))
