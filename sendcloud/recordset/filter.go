package recordset

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"bounceboard/sendcloud"
)

// Filter is what a person typed to narrow rows:
//
//	word "a phrase" !not            over recipient and reply; all must hold
//	to: domain: status: sub: cause: perm: provider: user: said: pattern: ip:
//	took:>10m  took:1m..1h          how long from request to last change
//	time:09:00..10:30  time:2026-11-20..2026-11-22  time:2026-11-20T09:00  time:11-20  time:today  time:-3d
//	/550.*limited/                  a regular expression, in either case of letters; cause:/ip|domain/
//	a | b   (a b | c) d   !(a | b)  either; what stands side by side belongs together first
//
// Values may be a list, status:invalid,soft_bounce or status:invalid|soft_bounce, meaning any of them, may
// stand in quotes, and may have * for anything where they are words. In to, said
// and plain words a comma is text and | parts them; letters of ASCII match in either case.
// What looks like a field and is none is an error; in quotes it is text.
// A sub-status in quotes need not be one that the service documents. Causes and
// providers may be given by their names in either language, statuses,
// permanences and causes by a beginning that only one of them has; none, or
// what tables show for it, is rows without a value.
// Full-width ： ！ “ ” ， ｜ （ ） do as well, and full-width letters and digits. The
// zero Filter holds for every row.
type Filter struct {
	all []condition
}

// condition is a term, or a group in parentheses.
type condition struct {
	not    bool
	term   *term
	either [][]condition // of a group: any of these, whose conditions hold together
}

// term is one field and what it may be.
type term struct {
	field  Field
	values []string   // in small letters; any of them
	typed  []string   // as they were typed
	spans  []interval // took, time: any of them

	matches *regexp.Regexp // or what the value matches
}

// Empty says whether the filter holds for every row.
func (f Filter) Empty() bool { return len(f.all) == 0 }

// Columns is what the filter looks at.
func (f Filter) Columns() Columns { return columnsOf(f.all) }

func columnsOf(all []condition) (found Columns) {
	for _, c := range all {
		for _, list := range c.either {
			found |= columnsOf(list)
		}
		if c.term == nil {
			continue
		}
		column, listed := c.term.field.column()
		switch {
		case listed:
			found |= ColumnsOf(column)
		case c.term.field == FieldTook:
			found |= ColumnsOf(ByTook)
		case c.term.field == FieldTime:
			found |= ColumnsOf(ByRequested)
		default:
			found |= ColumnsOf(ByRecipient, ByReply)
		}
	}
	return found
}

// NeedsMining says whether the filter asks for what Mine finds: cause,
// permanence, provider, refused IP or pattern.
func (f Filter) NeedsMining() bool {
	return slices.ContainsFunc(f.Columns().list(), Column.NeedsMining)
}

// Field is what a term of a filter is about.
type Field uint8

// The fields. Words is a term without a field: recipient or reply.
const (
	Words Field = iota
	FieldTo
	FieldDomain
	FieldStatus
	FieldSub
	FieldCause
	FieldPerm
	FieldProvider
	FieldUser
	FieldSaid
	FieldPattern
	FieldIP
	FieldTook
	FieldTime
)

var fieldNames = [...]string{"", "to", "domain", "status", "sub", "cause", "perm", "provider", "user", "said", "pattern", "ip", "took", "time"}

// fieldWords are the other words for a field.
var fieldWords = map[string]Field{
	"recipient": FieldTo, "recipients": FieldTo, "收件人": FieldTo, "域名": FieldDomain, "状态": FieldStatus,
	"sub-status": FieldSub, "substatus": FieldSub, "子状态": FieldSub, "原因": FieldCause,
	"permanence": FieldPerm, "永久": FieldPerm, "持久性": FieldPerm, "服务商": FieldProvider,
	"api-user": FieldUser, "apiuser": FieldUser, "用户": FieldUser, "发信用户": FieldUser,
	"reply": FieldSaid, "sendlog": FieldSaid, "回复": FieldSaid, "模式": FieldPattern, "回复模式": FieldPattern,
	"refused-ip": FieldIP, "refusedip": FieldIP, "被拒ip": FieldIP, "用时": FieldTook, "耗时": FieldTook,
	"requested": FieldTime, "requesttime": FieldTime, "时间": FieldTime, "请求时间": FieldTime,
}

func init() {
	for _, f := range Fields() {
		fieldWords[f.String()] = f
	}
}

// String is the field as it is typed, without its colon.
func (f Field) String() string { return fieldNames[f] }

// Fields are the fields that can be typed.
func Fields() []Field {
	all := make([]Field, 0, len(fieldNames)-1)
	for f := FieldTo; int(f) < len(fieldNames); f++ {
		all = append(all, f)
	}
	return all
}

// column is the column that the field looks at, for fields with a list of values.
func (f Field) column() (Column, bool) {
	c, ok := map[Field]Column{FieldDomain: ByDomain, FieldStatus: ByStatus, FieldSub: BySubStatus, FieldCause: ByCause, FieldPerm: ByPermanence,
		FieldProvider: ByProvider, FieldUser: ByAPIUser, FieldPattern: ByPattern, FieldIP: ByRefusedIP}[f]
	return c, ok
}

// inText says whether the field looks for a part of a text.
func (f Field) inText() bool { return f == Words || f == FieldTo || f == FieldSaid }

// FilterReason says what is wrong with a filter.
type FilterReason string

// The reasons.
const (
	UnknownField  FilterReason = "unknown field"   // Near may hold the one that was meant
	NoValue       FilterReason = "no value"        // a field, or !, with nothing after it
	OpenQuote     FilterReason = "quote not ended" //
	NotAStatus    FilterReason = "not a status"    // delivered, invalid, soft_bounce, requested, unknown
	NotASub       FilterReason = "not a sub-status"
	NotACause     FilterReason = "not a cause"      // the tokens of package bounce
	NotPermanence FilterReason = "not a permanence" // permanent, temporary, unknown
	NotADuration  FilterReason = "not a duration"   // 90s, 10m, 2h, 1d; >10m, ≥10m, <1h, 1m..1h
	NotATime      FilterReason = "not a time"       // 09:00..10:30, 2026-11-20, 11-20, today, -3d, 2026-11-20T09:00
	BlankInTime   FilterReason = "blank in a time"  // Near is how it is written
	BackwardRange FilterReason = "range backwards"
	NotARegexp    FilterReason = "not a regular expression"
	NotAPattern   FilterReason = "not a pattern id" // a-z and 2-7, ten at most
)

// FilterError is a filter that cannot be read, and where: bytes [Start, End).
type FilterError struct {
	Start, End int
	Text       string
	Reason     FilterReason
	Near       string
}

func (e *FilterError) Error() string {
	return fmt.Sprintf("filter, byte %d: %q: %s", e.Start, e.Text, e.Reason)
}

// Distance counts the letters to put in, take out, change or swap with their
// neighbour to make b of a.
func Distance(a, b string) int {
	rows := [3][]int{make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)}
	before, last, now := rows[0], rows[1], rows[2]
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		now[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			now[j] = min(last[j]+1, now[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				now[j] = min(now[j], before[j-2]+1)
			}
		}
		before, last, now = last, now, before
	}
	return last[len(b)]
}

// Nearest is the word that is typed nearly like another: the fewest letters
// differ, and no more than a third of them.
func Nearest(typed string, among []string) (near string, ok bool) {
	least := 1 + max(1, len(typed)/3)
	for _, word := range among {
		if d := Distance(typed, word); d < least {
			near, least = word, d
		}
	}
	return near, near != ""
}

func foldASCII(t string) string {
	b := []byte(t)
	for i, c := range b {
		b[i] = lower(c)
	}
	return string(b)
}

// Quote is a value as it has to be typed: in quotes where it has blanks or
// signs of the filter. A quote inside cannot be typed; * stands for it.
func Quote(value string) string {
	bare := value != ""
	for i := 0; i < len(value); {
		_, n := utf8.DecodeRuneInString(value[i:])
		if blank(value[i:]) > 0 || quote(value[i:]) > 0 || sign(value[i:], ",", "，", "!", "！", "|", "｜", "(", "（", ")", "）") > 0 {
			bare = false
		}
		i += n
	}
	if bare {
		return value
	}
	return `"` + strings.NewReplacer(`"`, "*", "“", "*", "”", "*", "＂", "*").Replace(value) + `"`
}

// Ask puts into a query what the service can narrow by itself: whole
// addresses, statuses, sub-statuses, api users and days. left is how many terms
// it cannot, or not as finely: they are for Narrow. A term that contradicts
// the query is left as well.
func (f Filter) Ask(q sendcloud.Query) (asked sendcloud.Query, left int) {
	for _, c := range f.all {
		if c.not || c.term == nil || !c.term.ask(&q) {
			left++
		}
	}
	return q, left
}

// ask puts the term into q; false when q does not say all of it then.
func (t term) ask(q *sendcloud.Query) bool {
	if t.matches != nil {
		return false
	}
	switch t.field {
	case FieldTo:
		at := strings.LastIndexByte(t.values[0], '@')
		if at <= 0 || strings.IndexByte(t.values[0][at:], '.') < 0 || len(q.Emails) > 0 || len(t.values) > 1 {
			return false
		}
		q.Emails = t.values
		return true
	case FieldStatus:
		statuses := make([]sendcloud.Status, 0, len(t.values))
		for _, v := range t.values {
			s, ok := sendcloud.ParseStatus(v)
			if !ok {
				return false
			}
			statuses = append(statuses, s)
		}
		if len(q.Statuses) > 0 || len(q.SubStatuses) > 0 {
			return false
		}
		q.Statuses = statuses
		return true
	case FieldSub:
		subs, err := sendcloud.ParseSubStatuses(strings.Join(t.values, ","))
		if err != nil || slices.Contains(t.values, "") || len(q.SubStatuses) > 0 || !implied(subs, q.Statuses) {
			return false
		}
		q.Statuses, q.SubStatuses = nil, subs // 4xx implies invalid, 5xx soft bounce
		return true
	case FieldUser:
		if len(q.APIUsers) > 0 || strings.ContainsAny(strings.Join(t.typed, ""), "*; ") || slices.Contains(t.values, "") {
			return false
		}
		q.APIUsers = t.typed // the service may tell letters apart
		return true
	case FieldTime:
		return t.askDays(q)
	}
	return false
}

// askDays narrows the span to the days of the term. Hours stay for Narrow.
func (t term) askDays(q *sendcloud.Query) bool {
	span := t.spans[0]
	if span.daily || span.lo == 0 || span.hi == endless || len(t.spans) > 1 {
		return false
	}
	first, last := sendcloud.DateOf(at(uint32(span.lo))), sendcloud.DateOf(at(uint32(span.hi)))
	if !q.StartDate.IsZero() && first.Before(q.StartDate) || !q.EndDate.IsZero() && q.EndDate.Before(last) {
		return false
	}
	q.Days, q.StartDate, q.EndDate = 0, first, last
	return first.Start().Unix() == span.lo && last.AddDays(1).Start().Unix() == span.hi+1
}

// implied reports whether every sub-status belongs to one of the statuses; no
// status is every status.
func implied(subs []sendcloud.SubStatus, statuses []sendcloud.Status) bool {
	for _, s := range subs {
		if len(statuses) > 0 && !slices.Contains(statuses, s.Status()) {
			return false
		}
	}
	return true
}
