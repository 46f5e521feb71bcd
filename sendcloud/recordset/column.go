package recordset

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/rowjson"
)

// Column is what rows can be counted, narrowed or sorted by.
type Column uint8

// The columns. The first of them can be counted by; by all of them can be sorted.
const (
	ByStatus Column = iota
	BySubStatus
	ByCause
	ByPermanence
	ByProvider
	ByDomain // of the recipient
	ByAPIUser
	ByPattern
	ByRefusedIP
	ByHour // of the request, on the service's clock, 00 to 23
	ByDay  // of the request
	ByTook
	ByRecipient
	ByRequested
	ByModified
	ByReply
	ByEmailID
)

var columnNames = [...]string{"status", "sub-status", "cause", "permanence", "provider", "domain", "api-user", "pattern", "refused-ip", "hour", "day", "took",
	"recipient", "requested", "modified", "reply", "email-id"}

// String is the column's token.
func (c Column) String() string { return columnNames[c] }

// Facets are the columns that rows can be counted by.
func Facets() []Column {
	return []Column{ByStatus, BySubStatus, ByCause, ByPermanence, ByProvider, ByDomain, ByAPIUser, ByPattern, ByRefusedIP, ByHour, ByDay, ByTook}
}

// ParseColumn reads a column's token.
func ParseColumn(token string) (Column, bool) {
	i := slices.Index(columnNames[:], token)
	return Column(max(i, 0)), i >= 0
}

// Columns is a set of columns.
type Columns uint32

// AllColumns is every column.
const AllColumns Columns = 1<<(ByEmailID+1) - 1

// ColumnsOf is these columns.
func ColumnsOf(columns ...Column) (all Columns) {
	for _, c := range columns {
		all |= 1 << c
	}
	return all
}

func (x Columns) has(c Column) bool { return x&(1<<c) != 0 }

func (x Columns) list() (all []Column) {
	for c := range ByEmailID + 1 {
		if x&(1<<c) != 0 {
			all = append(all, c)
		}
	}
	return all
}

// keys are what of a row's JSON tells the columns; the email id and the time of
// the last change always, which tell the states of a mail apart.
func (x Columns) keys() rowjson.Keys {
	if x == AllColumns {
		return rowjson.AllKeys
	}
	keys := rowjson.KeysOf(rowjson.EmailID, rowjson.ModifiedTime)
	for _, c := range x.list() {
		switch c {
		case ByStatus:
			keys |= rowjson.KeysOf(rowjson.Status, rowjson.StatusText)
		case BySubStatus:
			keys |= rowjson.KeysOf(rowjson.SubStatus)
		case ByCause, ByPermanence, ByProvider, ByRefusedIP:
			keys |= rowjson.KeysOf(rowjson.Status, rowjson.StatusText, rowjson.SubStatus, rowjson.Recipients, rowjson.SendLog)
		case ByDomain, ByRecipient:
			keys |= rowjson.KeysOf(rowjson.Recipients)
		case ByAPIUser:
			keys |= rowjson.KeysOf(rowjson.APIUser)
		case ByPattern, ByReply:
			keys |= rowjson.KeysOf(rowjson.SendLog)
		case ByHour, ByDay, ByRequested, ByTook:
			keys |= rowjson.KeysOf(rowjson.RequestTime)
		}
	}
	return keys
}

// NeedsMining says whether the column's values come from Mine.
func (c Column) NeedsMining() bool {
	return c >= ByCause && c <= ByProvider || c == ByPattern || c == ByRefusedIP
}

// tookBounds are the upper ends of the buckets of ByTook.
var tookBounds = [...]struct {
	seconds uint32
	value   string
}{{10, "<10s"}, {60, "10s..1m"}, {600, "1m..10m"}, {3600, "10m..1h"}, {6 * 3600, "1h..6h"}, {24 * 3600, "6h..1d"}, {1<<32 - 1, ">=1d"}}

const (
	hours  = 25                  // 24 and "none"
	tooks  = len(tookBounds) + 1 // the buckets and "none"
	offset = 8 * 3600            // the service's clock is UTC+08:00
)

// tookCode is the bucket of a row.
func tookCode(requested, modified uint32) int {
	if requested == 0 || modified < requested {
		return len(tookBounds)
	}
	d := modified - requested
	for i := range tookBounds {
		if d < tookBounds[i].seconds {
			return i
		}
	}
	return len(tookBounds) - 1
}

func hourCode(requested uint32) int {
	if requested == 0 {
		return 24
	}
	return int((uint64(requested) + offset) % 86400 / 3600)
}

// dayCode is days since 1970 on the service's calendar, 0 for none.
func dayCode(requested uint32) int {
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

// groupBy groups the codes of a dictionary by a value of theirs.
func groupBy[T any](dict []T, value func(T) string) grouping {
	g := grouping{group: make([]uint32, len(dict))}
	index := map[string]uint32{}
	for i, d := range dict {
		v := value(d)
		n, ok := index[v]
		if !ok {
			n = uint32(len(g.values))
			index[v] = n
			g.values = append(g.values, v)
		}
		g.group[i] = n
	}
	return g
}

func subStatusValue(h head) string {
	switch {
	case h.subText != "":
		return h.subText
	case h.sub == 0:
		return ""
	}
	return strconv.Itoa(int(h.sub))
}

func statusValue(h head) string { return h.status.String() }

// grouping is how the column's codes are read. Of the columns that can only be
// sorted by there is none.
func (s Snapshot) grouping(c Column) grouping {
	switch c {
	case ByStatus:
		return groupBy(s.heads, statusValue)
	case BySubStatus:
		return groupBy(s.heads, subStatusValue)
	case ByAPIUser:
		return groupBy(s.heads, func(h head) string { return h.apiUser })
	case ByDomain:
		return identity(len(s.domains), func(i int) string { return s.domains[i] })
	case ByPattern:
		g := identity(len(s.patterns), func(i int) string { return string(s.patterns[i].ID) })
		return s.ofFindings(g, func(f finding) uint32 { return f.pattern })
	case ByCause:
		return s.byFact(func(e Explained) string { return e.Cause })
	case ByPermanence:
		return s.byFact(func(e Explained) string { return e.Permanence })
	case ByProvider:
		return s.byFact(func(e Explained) string { return e.Provider })
	case ByRefusedIP:
		return s.byFact(func(e Explained) string { return e.RefusedIP })
	case ByHour:
		return identity(hours, func(i int) string {
			if i == 24 {
				return ""
			}
			return string([]byte{'0' + byte(i/10), '0' + byte(i%10)})
		})
	case ByTook:
		return identity(tooks, func(i int) string {
			if i == len(tookBounds) {
				return ""
			}
			return tookBounds[i].value
		})
	case ByDay:
		return identity(s.lastDay()+1, dayValue)
	}
	return grouping{}
}

// byFact groups findings by what their explanations say.
func (s Snapshot) byFact(value func(Explained) string) grouping {
	return s.ofFindings(groupBy(s.facts, value), func(f finding) uint32 { return f.fact })
}

// ofFindings is a grouping of patterns or explanations as one of findings.
func (s Snapshot) ofFindings(g grouping, part func(finding) uint32) grouping {
	group := make([]uint32, len(s.findings))
	for i, f := range s.findings {
		group[i] = g.group[part(f)]
	}
	return grouping{g.values, group}
}

// identity is the grouping of n codes that stand for a value each.
func identity(n int, value func(int) string) grouping {
	g := grouping{make([]string, n), make([]uint32, n)}
	for i := range n {
		g.values[i], g.group[i] = value(i), uint32(i)
	}
	return g
}

// lastDay is the day code of the latest request.
func (s Snapshot) lastDay() int {
	_, last := s.Span()
	n, _ := seconds(last)
	return dayCode(n)
}

// codes is the stored column that c's codes come from, nil for a computed one.
func (v *view) codes(c Column) []uint32 {
	switch c {
	case ByStatus, BySubStatus, ByAPIUser:
		return v.cols[colHead]
	case ByDomain:
		return v.cols[colDomain]
	case ByPattern, ByCause, ByPermanence, ByProvider, ByRefusedIP:
		return v.found
	}
	return nil
}

// code is row i's code of a computed column.
func (v *view) code(c Column, i int) int {
	switch c {
	case ByHour:
		return hourCode(v.cols[colRequested][i])
	case ByDay:
		return dayCode(v.cols[colRequested][i])
	}
	return tookCode(v.cols[colRequested][i], v.cols[colModified][i])
}

// order compares two values of a column as a person would list them; the empty
// value comes last.
func (c Column) order(a, b string) int {
	if (a == "") != (b == "") {
		return cmp.Compare(b, a)
	}
	switch c {
	case ByStatus:
		return cmp.Compare(statusRank(a), statusRank(b))
	case ByTook:
		return cmp.Compare(tookRank(a), tookRank(b))
	}
	return cmp.Compare(a, b)
}

func statusRank(value string) int {
	for i, s := range sendcloud.Statuses() {
		if s.String() == value {
			return i
		}
	}
	return len(sendcloud.Statuses())
}

func tookRank(value string) int {
	for i, b := range tookBounds {
		if b.value == value {
			return i
		}
	}
	return len(tookBounds)
}
