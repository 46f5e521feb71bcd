package sendcloudtest

import (
	"fmt"
	"math"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// question is what a call asks, validated.
type question struct {
	span     hours
	filter   filter
	email    string   // empty means any
	emailIDs []string // nil means any
	start    int
	limit    int
}

// refusal is an answer with "result": false.
type refusal struct {
	code    int
	message string
}

func (r *refusal) Error() string { return fmt.Sprintf("sendcloudtest: %d %s", r.code, r.message) }

func refuse(code int, format string, args ...any) *refusal {
	return &refusal{code, fmt.Sprintf(format, args...)}
}

// ask validates parameters as the service does. now is the service's time.
func (o *Options) ask(p url.Values, now int64) (q question, err *refusal) {
	p = o.heeded(p)
	q.filter = everything
	for _, step := range []func(*Options, url.Values, int64) *refusal{q.askPage, q.askSpan, q.askAddress, q.askLabel, q.askUsers, q.askSubStatus, q.askStatus} {
		if err := step(o, p, now); err != nil {
			return q, err
		}
	}
	return q, nil
}

// heeded drops the parameters that this service ignores.
func (o *Options) heeded(p url.Values) url.Values {
	if len(o.Ignore) == 0 {
		return p
	}
	kept := url.Values{}
	for name, values := range p {
		if !slices.Contains(o.Ignore, name) {
			kept[name] = values
		}
	}
	return kept
}

func (o *Options) refuseSpan(format string, args ...any) *refusal {
	return refuse(defaultTo(o.RefusalCode, 40008), format, args...)
}

func (o *Options) refuseValue(format string, args ...any) *refusal {
	return refuse(defaultTo(o.RefusalCode, 40017), format, args...)
}

func (q *question) askPage(o *Options, p url.Values, _ int64) *refusal {
	var err *refusal
	if q.start, err = wholeNumber(p, "start", 0, 40001, 40002); err != nil {
		return err
	}
	if q.limit, err = wholeNumber(p, "limit", 100, 40003, 40004); err != nil {
		return err
	}
	if q.limit > 100 {
		return refuse(40004, "limit is %d, more than 100", q.limit)
	}
	if q.limit == 0 {
		switch o.LimitZero {
		case ZeroRefused:
			return refuse(40004, "limit is 0")
		case ZeroIsHundred:
			q.limit = 100
		}
	}
	return nil
}

func wholeNumber(p url.Values, name string, absent, emptyCode, invalidCode int) (int, *refusal) {
	if !p.Has(name) {
		return absent, nil
	}
	v := p.Get(name)
	if v == "" {
		return 0, refuse(emptyCode, "%s不能为空", name)
	}
	n, err := strconv.Atoi(v)
	if err != nil || n < 0 {
		return 0, refuse(invalidCode, "%s格式非法", name)
	}
	return n, nil
}

func (q *question) askSpan(o *Options, p url.Values, now int64) *refusal {
	days, dates := p.Has("days"), p.Has("startDate") || p.Has("endDate") || o.undated()
	if days && dates {
		switch o.DaysAndDates {
		case DaysDatesRefused:
			return o.refuseSpan("days and startDate, endDate exclude each other")
		case DaysWin:
			dates = false
		case DatesWin:
			days = false
		}
	}
	today := midnight(now)
	var err *refusal
	if days || !dates {
		err = q.askDays(o, p.Get("days"), today)
	} else {
		err = q.askDates(o, p)
	}
	if err == nil && !(dates && o.undated()) && o.BeyondLookback == LookbackRefused && q.span.from < today-int64(o.LookbackDays-1)*dayMS {
		err = o.refuseSpan("data reach back %d days", o.LookbackDays)
	}
	return err
}

func (q *question) askDays(o *Options, v string, today int64) *refusal {
	n, err := strconv.Atoi(v)
	if err != nil || n < 1 {
		return refuse(40006, "days应该为大于0的整数")
	}
	if n > o.WindowDays {
		return o.refuseSpan("days不能大于%d", o.WindowDays)
	}
	q.span = hours{today - int64(n-1)*dayMS, today + dayMS}
	return nil
}

// askDates reads the two dates. Where one of them is ignored, there is no bound
// on that side, and no longest span.
func (q *question) askDates(o *Options, p url.Values) *refusal {
	start, ok := parseDay(p.Get("startDate"))
	if slices.Contains(o.Ignore, "startDate") {
		start, ok = math.MinInt64/2, true
	}
	if !ok {
		return refuse(40007, "startDate格式非法")
	}
	end, ok := parseDay(p.Get("endDate"))
	if slices.Contains(o.Ignore, "endDate") {
		end, ok = math.MaxInt64/2, true
	}
	if !ok {
		return refuse(40008, "endDate格式非法")
	}
	if end < start {
		return o.refuseSpan("endDate不能早于startDate")
	}
	if !o.undated() && end-start > int64(o.WindowDays)*dayMS {
		return o.refuseSpan("startDate和endDate的间隔不能超过%d天", o.WindowDays)
	}
	q.span = hours{start, end + dayMS}
	return nil
}

// undated reports whether one of the two dates has no effect.
func (o *Options) undated() bool {
	return slices.Contains(o.Ignore, "startDate") || slices.Contains(o.Ignore, "endDate")
}

// parseDay is the midnight of a date of exactly ten characters.
func parseDay(v string) (int64, bool) {
	t, err := time.ParseInLocation(time.DateOnly, v, serviceZone)
	return t.UnixMilli(), err == nil
}

var (
	addressForm = regexp.MustCompile(`^[^\s@;,<>]+@[^\s@;,<>]+\.[^\s@;,<>]+$`)
	userForm    = regexp.MustCompile(`^[\w.-]+$`)
)

func (q *question) askAddress(o *Options, p url.Values, _ int64) *refusal {
	if p.Has("email") {
		q.email = p.Get("email")
		if q.email == "" {
			return refuse(40011, "email不能为空")
		}
		if !addressForm.MatchString(q.email) {
			return refuse(40012, "email格式非法")
		}
	}
	if p.Has("emailIds") {
		q.emailIDs = strings.Split(p.Get("emailIds"), ";")
		if slices.Contains(q.emailIDs, "") {
			return o.refuseValue("emailIds中有空值")
		}
	}
	return nil
}

func (q *question) askLabel(_ *Options, p url.Values, _ int64) *refusal {
	if p.Has("labelId") {
		v := p.Get("labelId")
		if v == "" {
			return refuse(40014, "labelId不能为空")
		}
		id, err := strconv.Atoi(v)
		if err != nil || id < 1 {
			return refuse(40015, "labelId格式非法")
		}
		q.filter.labels = labelBits(func(l Label) bool { return l.ID == id })
		return nil
	}
	if name := strings.ToLower(p.Get("labelName")); name != "" { // a fuzzy match
		q.filter.labels = labelBits(func(l Label) bool { return strings.Contains(strings.ToLower(l.Name), name) })
	}
	return nil
}

func labelBits(wanted func(Label) bool) (bits uint8) {
	for i, l := range labels {
		if wanted(l) {
			bits |= 1 << i
		}
	}
	return bits
}

func (q *question) askUsers(_ *Options, p url.Values, _ int64) *refusal {
	if !p.Has("apiUserList") {
		return nil
	}
	v := p.Get("apiUserList")
	if v == "" {
		return refuse(40010, "apiUserList不能为空")
	}
	q.filter.users = 0
	for name := range strings.SplitSeq(v, ";") {
		if !userForm.MatchString(name) {
			return refuse(40016, "apiUserList格式非法")
		}
		if i := slices.IndexFunc(apiUsers, func(u apiUser) bool { return u.name == name }); i >= 0 {
			q.filter.users |= 1 << i
		}
	}
	return nil
}

func (q *question) askSubStatus(o *Options, p url.Values, _ int64) *refusal {
	if !p.Has("subStatus") {
		return nil
	}
	q.filter.subs = 0
	for v := range strings.SplitSeq(p.Get("subStatus"), ";") {
		sub, err := strconv.Atoi(v)
		if err != nil || sub == 0 || !slices.Contains(subCodes[:], sub) {
			return o.refuseValue("subStatus格式非法: %s", v)
		}
		q.filter.subs |= subBit(sub)
	}
	return nil
}

func (q *question) askStatus(o *Options, p url.Values, _ int64) *refusal {
	given := p["status"]
	if len(given) == 0 || p.Has("subStatus") && o.StatusWithSub == StatusIgnored {
		return nil
	}
	if o.StatusList != RepeatedStatus {
		given = given[:1]
	}
	if o.StatusList == CommaStatus {
		given = strings.Split(given[0], ",")
	}
	q.filter.statuses = 0
	for _, v := range given {
		status, err := strconv.Atoi(v)
		if err != nil || !slices.Contains(statusCodes[:], status) {
			return o.refuseValue("status格式非法: %s", v)
		}
		q.filter.statuses |= statusBit(status)
	}
	return nil
}
