package recordset

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
	"bounceboard/sendcloud/rowjson"
)

// Column is what rows can be counted, narrowed or sorted by.
type Column uint8

// The columns. By most of them can be counted, see Facets; by all can be sorted.
const (
	ByStatus Column = iota
	BySubStatus
	ByCause
	ByPermanence
	ByProvider
	ByDomain // the recipient's domain
	ByAPIUser
	ByPattern
	ByRefusedIP
	ByHour // the hour of the request on the service's clock, 00 to 23
	ByDay  // the day of the request
	ByTook
	ByParty       // who acts
	ByCode        // the reply code and the enhanced status code
	ByContradicts // whether the reply contradicts the sub-status: "yes" or nothing
	ByRecipient
	ByRequested
	ByModified
	ByReply
	ByEmailID
	words // no column: a filter's words without a field
)

// columnInfo is what is known of a column.
type columnInfo struct {
	name  string          // its token
	field string          // what a filter calls it; empty where a filter cannot name it
	also  []string        // what a filter may call it as well
	kind  valueKind       // what a filter's value means
	bad   FilterReason    // what is wrong with a value that the column cannot have; empty where it may have any
	keys  rowjson.Keys    // what of a row's JSON tells it
	facet bool            // rows can be counted by it
	shown bool            // its texts stand in the table: words of a filter find them
	order func() []string // all tokens, in their order
	text  func(token, lang string) string
	head  func(head) string      // its value, where heads have it
	fact  func(Explained) string // or explanations
	count int                    // or how many codes it has,
	code  func(requested, modified uint32) int
	value func(code int) string
}

// valueKind is how a value in a filter is compared.
type valueKind uint8

const (
	aPart     valueKind = iota // a part of a text
	aToken                     // one of a list of values
	aMoment                    // a range of times
	aDuration                  // a range of durations
)

var (
	statusKeys = rowjson.KeysOf(rowjson.Status, rowjson.StatusText)
	factKeys   = statusKeys | rowjson.KeysOf(rowjson.SubStatus, rowjson.Recipients, rowjson.SendLog)
	timeKeys   = rowjson.KeysOf(rowjson.RequestTime)
)

var columns = [...]columnInfo{
	ByStatus: {name: "status", field: "status", also: []string{"状态"}, kind: aToken, bad: NotAStatus, keys: statusKeys, facet: true, shown: true,
		order: func() []string { return tokens(append(sendcloud.Statuses(), sendcloud.StatusUnknown)) },
		text: oneOf(map[string][2]string{"delivered": {"delivered", "送达"}, "invalid": {"invalid", "无效邮件"}, "soft_bounce": {"soft bounce", "软退信"},
			"requested": {"requested", "请求中"}, "unknown": {"unknown", "未知状态"}}),
		head: func(h head) string { return h.status.String() }},
	BySubStatus: {name: "sub-status", field: "sub", also: []string{"substatus", "子状态"}, kind: aToken, bad: NotASub, keys: rowjson.KeysOf(rowjson.SubStatus), facet: true,
		order: func() []string {
			all := sendcloud.SubStatuses()
			return listed(len(all), func(i int) string { return strconv.Itoa(int(all[i])) })
		},
		head: func(h head) string {
			if h.subText == "" && h.sub != 0 {
				return strconv.Itoa(int(h.sub))
			}
			return h.subText
		}},
	ByCause: {name: "cause", field: "cause", also: []string{"原因"}, kind: aToken, bad: NotACause, keys: factKeys, facet: true, shown: true,
		order: func() []string { return tokens(bounce.Causes()) },
		text: func(token, lang string) string {
			c, _ := bounce.ParseCause(token)
			return c.Short(lang)
		},
		fact: func(e Explained) string { return e.Cause }},
	ByPermanence: {name: "permanence", field: "perm", also: []string{"永久", "持久性"}, kind: aToken, bad: NotPermanence, keys: factKeys, facet: true, shown: true,
		order: func() []string {
			return tokens([]bounce.Permanence{bounce.Permanent, bounce.Temporary, bounce.Unknown, bounce.NoFailure})
		},
		text: oneOf(map[string][2]string{"permanent": {"permanent", "永久"}, "temporary": {"temporary", "临时"}, "unknown": {"unknown", "不明"}, "-": {"no failure", "没有失败"}}),
		fact: func(e Explained) string { return e.Permanence }},
	ByProvider: {name: "provider", field: "provider", also: []string{"服务商"}, kind: aToken, keys: factKeys, facet: true,
		order: func() []string { return bounce.Default().Providers() }, text: bounce.ProviderName, fact: func(e Explained) string { return e.Provider }},
	ByParty: {name: "party", field: "party", also: []string{"处理方", "负责方"}, kind: aToken, bad: NotAParty, keys: factKeys, facet: true, shown: true,
		order: func() []string { return tokens(bounce.Parties()) },
		text: func(token, lang string) string {
			all := bounce.Parties()
			return all[max(0, slices.IndexFunc(all, func(p bounce.Party) bool { return p.String() == token }))].Name(lang)
		},
		fact: func(e Explained) string { return e.Party }},
	ByDomain:    {name: "domain", field: "domain", also: []string{"域名"}, kind: aToken, keys: rowjson.KeysOf(rowjson.Recipients), facet: true},
	ByAPIUser:   {name: "api-user", field: "user", also: []string{"apiuser", "用户", "发信用户"}, kind: aToken, keys: rowjson.KeysOf(rowjson.APIUser), facet: true, head: func(h head) string { return h.apiUser }},
	ByPattern:   {name: "pattern", field: "pattern", also: []string{"模式", "回复模式"}, kind: aToken, bad: NotAPattern, keys: rowjson.KeysOf(rowjson.SendLog), facet: true},
	ByRefusedIP: {name: "refused-ip", field: "ip", also: []string{"refusedip", "被拒ip"}, kind: aToken, keys: factKeys, facet: true, fact: func(e Explained) string { return e.RefusedIP }},
	ByHour:      {name: "hour", keys: timeKeys, facet: true, count: 25, code: hourCode, value: hourValue},
	ByDay:       {name: "day", keys: timeKeys, facet: true, code: dayCode, value: dayValue},
	ByTook: {name: "took", field: "took", also: []string{"用时", "耗时"}, kind: aDuration, keys: timeKeys, facet: true, count: len(tookBounds) + 1, code: tookCode, value: tookValue,
		order: func() []string { return listed(len(tookBounds), tookValue) }},
	ByCode: {name: "code", field: "code", also: []string{"代码", "回复码"}, kind: aToken, keys: factKeys, fact: func(e Explained) string { return e.Code }},
	ByContradicts: {name: "contradicts", field: "contradicts", also: []string{"矛盾"}, kind: aToken, keys: factKeys, order: func() []string { return []string{"yes"} },
		text: oneOf(map[string][2]string{"yes": {"yes", "是"}}), fact: func(e Explained) string {
			if e.Contradicts {
				return "yes"
			}
			return ""
		}},
	ByRecipient: {name: "recipient", field: "to", also: []string{"recipients", "收件人"}, keys: rowjson.KeysOf(rowjson.Recipients)},
	ByRequested: {name: "requested", field: "time", also: []string{"requesttime", "时间", "请求时间"}, kind: aMoment, keys: timeKeys, order: func() []string { return []string{"today", "yesterday"} }},
	ByModified:  {name: "modified"},
	ByReply:     {name: "reply", field: "said", also: []string{"sendlog", "回复"}, keys: rowjson.KeysOf(rowjson.SendLog)},
	ByEmailID:   {name: "email-id", field: "id", also: []string{"emailid", "邮件id"}},
	words:       {},
}

func tokens[T fmt.Stringer](values []T) []string {
	return listed(len(values), func(i int) string { return values[i].String() })
}

func listed(n int, value func(int) string) (all []string) {
	for i := range n {
		all = append(all, value(i))
	}
	return all
}

// oneOf returns the English and the Chinese text of tokens.
func oneOf(texts map[string][2]string) func(token, lang string) string {
	return func(token, lang string) string {
		if lang == "zh" {
			return texts[token][1]
		}
		return texts[token][0]
	}
}

// names are the tokens of a column by all their names, in small letters.
var names = func() (all [len(columns)]func() map[string]string) {
	for c := range columns {
		all[c] = sync.OnceValue(func() map[string]string {
			info, names := &columns[c], map[string]string{}
			if info.order == nil {
				return names
			}
			for _, token := range info.order() {
				names[token] = token
				for _, lang := range []string{"en", "zh"} {
					if info.text != nil {
						names[strings.ToLower(info.text(token, lang))] = token
					}
				}
			}
			return names
		})
	}
	return all
}()

// String returns the column's token.
func (c Column) String() string { return columns[c].name }

// Facets returns the columns that rows can be counted by.
func Facets() (all []Column) {
	for c := range words {
		if columns[c].facet {
			all = append(all, c)
		}
	}
	return all
}

// ParseColumn reads a column's token.
func ParseColumn(token string) (Column, bool) {
	i := slices.IndexFunc(columns[:words], func(c columnInfo) bool { return c.name == token })
	return Column(max(i, 0)), i >= 0
}

// NeedsMining says whether the column's values come from Mine.
func (c Column) NeedsMining() bool { return columns[c].fact != nil || c == ByPattern }

// Columns is a set of columns.
type Columns uint32

// AllColumns is every column.
const AllColumns Columns = 1<<words - 1

// ColumnsOf returns the set of these columns.
func ColumnsOf(columns ...Column) (all Columns) {
	for _, c := range columns {
		all |= 1 << c
	}
	return all
}

func (x Columns) has(c Column) bool { return x&(1<<c) != 0 }

// mined says whether one of the columns comes from Mine.
func (x Columns) mined() bool {
	for c := range words {
		if x.has(c) && c.NeedsMining() {
			return true
		}
	}
	return false
}

// keys returns what of a row's JSON tells the columns; the email id and the
// time of the last change always, which tell the states of a mail apart.
func (x Columns) keys() rowjson.Keys {
	if x == AllColumns {
		return rowjson.AllKeys
	}
	keys := rowjson.KeysOf(rowjson.EmailID, rowjson.ModifiedTime)
	for c := range words {
		if x.has(c) {
			keys |= columns[c].keys
		}
	}
	return keys
}

// tookBounds are the upper ends of the buckets of ByTook, and how a filter says them.
var tookBounds = [...]struct {
	seconds     uint32
	value, term string
}{{10, "<10s", "0s..9s"}, {60, "10s..1m", "10s..59s"}, {600, "1m..10m", "1m..9m59s"}, {3600, "10m..1h", "10m..59m59s"},
	{6 * 3600, "1h..6h", "1h..5h59m59s"}, {24 * 3600, "6h..1d", "6h..23h59m59s"}, {1<<32 - 1, ">=1d", "1d.."}}

const offset = 8 * 3600 // the service's clock is UTC+08:00

// tookCode returns the bucket of a row.
func tookCode(requested, modified uint32) int {
	if requested == 0 || modified < requested {
		return len(tookBounds)
	}
	for i := range tookBounds {
		if modified-requested < tookBounds[i].seconds {
			return i
		}
	}
	return len(tookBounds) - 1
}

func tookValue(code int) string {
	if code == len(tookBounds) {
		return ""
	}
	return tookBounds[code].value
}

func hourCode(requested, _ uint32) int {
	if requested == 0 {
		return 24
	}
	return int((uint64(requested) + offset) % 86400 / 3600)
}

func hourValue(code int) string {
	if code == 24 {
		return ""
	}
	return fmt.Sprintf("%02d", code)
}

// dayCode returns days since 1970 on the service's calendar, 0 for none.
func dayCode(requested, _ uint32) int {
	if requested == 0 {
		return 0
	}
	return int((uint64(requested) + offset) / 86400)
}

func dayValue(code int) string {
	if code == 0 {
		return ""
	}
	return time.Unix(int64(code)*86400, 0).UTC().Format("2006-01-02")
}

// grouping puts a column's raw codes into values: group[code] is the value's
// number.
type grouping struct {
	values []string
	group  []uint32
}

// groupBy groups n codes by a value of theirs.
func groupBy(n int, value func(int) string) grouping {
	g := grouping{group: make([]uint32, n)}
	var numbers dictionary[string]
	for i := range n {
		g.group[i] = numbers.number(value(i))
	}
	g.values = numbers.values
	return g
}

// grouping returns how the column's codes are read. Of the columns that can
// only be sorted by there is none.
func (s Snapshot) grouping(c Column) grouping {
	info := &columns[c]
	switch {
	case info.head != nil:
		return groupBy(len(s.heads), func(i int) string { return info.head(s.heads[i]) })
	case info.fact != nil:
		return s.byFact(info.fact)
	case c == ByPattern:
		g := groupBy(len(s.patterns), func(i int) string { return string(s.patterns[i].ID) })
		return s.ofFindings(g, func(f finding) uint32 { return f.pattern })
	case c == ByDomain:
		return groupBy(len(s.domains), func(i int) string { return s.domains[i] })
	case c == ByDay:
		_, last := s.Span()
		n, _ := seconds(last)
		return groupBy(dayCode(n, 0)+1, dayValue)
	}
	return groupBy(info.count, info.value)
}

// byFact groups findings by what their explanations say.
func (s Snapshot) byFact(value func(Explained) string) grouping {
	g := groupBy(len(s.facts), func(i int) string { return value(s.facts[i]) })
	return s.ofFindings(g, func(f finding) uint32 { return f.fact })
}

// ofFindings returns a grouping of patterns or explanations as one of findings.
func (s Snapshot) ofFindings(g grouping, part func(finding) uint32) grouping {
	group := make([]uint32, len(s.findings))
	for i, f := range s.findings {
		group[i] = g.group[part(f)]
	}
	return grouping{g.values, group}
}

// codes returns the stored column that c's codes come from, nil for a computed one.
func (v *view) codes(c Column) []uint32 {
	switch {
	case columns[c].head != nil:
		return v.cols[colHead]
	case c == ByDomain:
		return v.cols[colDomain]
	case c.NeedsMining():
		return v.found
	}
	return nil
}

// compare compares two values of a column as a person would list them; the empty
// value comes last.
func (c Column) compare(a, b string) int {
	switch {
	case (a == "") != (b == ""):
		return cmp.Compare(b, a)
	case c == ByStatus || c == ByTook:
		all := columns[c].order()
		return cmp.Compare(slices.Index(all, a), slices.Index(all, b))
	}
	return cmp.Compare(a, b)
}
