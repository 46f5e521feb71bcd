package sendcloudtest

import (
	"cmp"
	"fmt"
	"maps"
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

// Codes that are open: see Options.RefusalCode.
const spanRefused, valueRefused = -40008, -40017

// parameter says which code a parameter gets that is empty or malformed.
type parameter struct {
	name             string
	empty, malformed int
	form             *regexp.Regexp
}

var parameters = each("parameter", func(f []string) parameter {
	return parameter{f[0], whole(f[1]), whole(f[2]), regexp.MustCompile(f[3])}
})

// ask validates parameters as the service does. now is the service's time.
func (o *Options) ask(given url.Values, now int64) (q question, err *refusal) {
	p := maps.Clone(given)
	for _, name := range o.Ignore {
		delete(p, name)
	}
	err = cmp.Or(malformed(p), q.askSpan(o, p, now), q.askPage(o, p), q.askStatus(o, p))
	if err != nil {
		if err.code < 0 {
			err.code = cmp.Or(o.RefusalCode, -err.code)
		}
		return q, err
	}
	q.askRest(p)
	return q, nil
}

func malformed(p url.Values) *refusal {
	for _, known := range parameters {
		switch v := p.Get(known.name); {
		case !p.Has(known.name):
		case v == "":
			return &refusal{known.empty, known.name + "不能为空"}
		case !known.form.MatchString(v):
			return &refusal{known.malformed, known.name + "格式非法"}
		}
	}
	return nil
}

func (q *question) askPage(o *Options, p url.Values) *refusal {
	q.start, _ = strconv.Atoi(p.Get("start"))
	q.limit, _ = strconv.Atoi(cmp.Or(p.Get("limit"), "100"))
	if q.limit == 0 && o.LimitZero == "refuse" {
		return &refusal{40004, "limit is 0"}
	}
	if q.limit == 0 && o.LimitZero == "hundred" {
		q.limit = 100
	}
	return nil
}

func (q *question) askSpan(o *Options, p url.Values, now int64) (err *refusal) {
	today := midnight(now)
	days, dates := p.Has("days"), p.Has("startDate") || p.Has("endDate")
	switch {
	case !days && (slices.Contains(o.Ignore, "startDate") || slices.Contains(o.Ignore, "endDate")):
		q.span = hours{math.MinInt64 / 2, math.MaxInt64 / 2}
		return nil
	case days && dates && o.DaysAndDates == "refuse":
		return &refusal{spanRefused, "days and startDate, endDate exclude each other"}
	case dates && !(days && o.DaysAndDates == "days"):
		err = q.askDates(o, p)
	default:
		n, _ := strconv.Atoi(p.Get("days"))
		if n < 1 {
			return &refusal{40006, "days应该为大于0的整数"}
		}
		if n > o.WindowDays {
			return &refusal{spanRefused, fmt.Sprintf("days不能大于%d", o.WindowDays)}
		}
		q.span = hours{today - int64(n-1)*dayMS, today + dayMS}
	}
	if err == nil && o.BeyondLookback == "refuse" && q.span.from < today-int64(o.LookbackDays-1)*dayMS {
		err = &refusal{spanRefused, fmt.Sprintf("data reach back %d days", o.LookbackDays)}
	}
	return err
}

func (q *question) askDates(o *Options, p url.Values) *refusal {
	start, err1 := time.ParseInLocation(time.DateOnly, p.Get("startDate"), serviceZone)
	end, err2 := time.ParseInLocation(time.DateOnly, p.Get("endDate"), serviceZone)
	q.span = hours{start.UnixMilli(), end.UnixMilli() + dayMS}
	switch {
	case err1 != nil:
		return &refusal{40007, "startDate格式非法"}
	case err2 != nil:
		return &refusal{40008, "endDate格式非法"}
	case end.Before(start):
		return &refusal{spanRefused, "endDate不能早于startDate"}
	case q.span.to-q.span.from > int64(o.WindowDays+1)*dayMS:
		return &refusal{spanRefused, fmt.Sprintf("startDate和endDate的间隔不能超过%d天", o.WindowDays)}
	}
	return nil
}

func (q *question) askStatus(o *Options, p url.Values) *refusal {
	q.filter = everything
	given := p["status"]
	if len(given) == 0 || p.Has("subStatus") && o.StatusWithSub == StatusIgnored {
		return nil
	}
	if o.StatusList != "repeated" {
		given = given[:1]
	}
	if o.StatusList == "comma" {
		given = strings.Split(given[0], ",")
	}
	q.filter.statuses = 0
	for _, v := range given {
		status, _ := strconv.Atoi(v)
		if !slices.Contains(statusCodes[:], status) {
			return &refusal{valueRefused, "status格式非法: " + v}
		}
		q.filter.statuses |= statusBit(status)
	}
	return nil
}

// askRest reads the parameters whose form is known to be right.
func (q *question) askRest(p url.Values) {
	q.email = p.Get("email")
	if p.Has("emailIds") {
		q.emailIDs = strings.Split(p.Get("emailIds"), ";")
	}
	if p.Has("subStatus") {
		q.filter.subs = 0
		for v := range strings.SplitSeq(p.Get("subStatus"), ";") {
			q.filter.subs |= subBit(whole(v))
		}
	}
	if p.Has("apiUserList") {
		names := strings.Split(p.Get("apiUserList"), ";")
		q.filter.users = bits(apiUsers, func(u apiUser) bool { return slices.Contains(names, u.name) })
	}
	id, name := p.Get("labelId"), strings.ToLower(p.Get("labelName"))
	if id != "" || name != "" { // the id wins; the name is a fuzzy match
		q.filter.labels = bits(labels, func(l Label) bool {
			return id == strconv.Itoa(l.ID) || id == "" && strings.Contains(strings.ToLower(l.Name), name)
		})
	}
}

// bits has a bit for each entry of a list that is wanted.
func bits[T any](list []T, wanted func(T) bool) (set uint8) {
	for i, entry := range list {
		if wanted(entry) {
			set |= 1 << i
		}
	}
	return set
}
