package recordset

import (
	"cmp"
	_ "embed"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
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
	names []string        // what a filter may call it; none where a filter cannot name it
	kind  string          // how a filter's value is compared: part (of a text), token, moment, duration
	keys  rowjson.Keys    // what of a row's JSON tells it
	facet bool            // rows can be counted by it
	shown bool            // its texts stand in the table: words of a filter find them
	bad   FilterReason    // what is wrong with a value that the column cannot have
	shape *regexp.Regexp  // what its values look like
	order func() []string // all tokens, in their order
	text  func(token, lang string) string
	head  func(head) string      // its value, where heads have it
	fact  func(Explained) string // or explanations
	count int                    // or how many codes it has,
	code  func(v *view, i int, heads []head) int
	value func(code int) string
}

//go:embed columns.tsv
var columnTable string

//go:embed tokens.tsv
var tokenTable string

// columns are what the table says of them, and how their values are found.
var columns = func() (all [words + 1]columnInfo) {
	all = valued
	for c, line := range slices.Collect(strings.Lines(columnTable)) {
		cells, info := strings.Split(strings.TrimSuffix(line, "\n"), "\t"), &all[c]
		info.name, info.kind = cells[0], cells[2]
		if cells[1] != "" {
			info.names = strings.Split(cells[1], ",")
		}
		for key := range strings.SplitSeq(cells[3], ",") {
			info.keys |= rowjson.KeysOf(rowjson.Key(slices.Index(rowjson.Names, key)))
		}
		info.facet, info.shown = strings.Contains(cells[4], "facet"), strings.Contains(cells[4], "shown")
	}
	return all
}()

var valued = [words + 1]columnInfo{
	ByStatus: {bad: NotAStatus, text: tokenText,
		order: func() []string { return tokens(append(sendcloud.Statuses(), sendcloud.StatusUnknown)) },
		head:  func(h head) string { return h.status.String() }},
	BySubStatus: {bad: NotASub, order: func() []string { return strings.Fields(strings.Trim(fmt.Sprint(sendcloud.SubStatuses()), "[]")) },
		head: func(h head) string {
			if h.subText == "" && h.sub != 0 {
				return strconv.Itoa(int(h.sub))
			}
			return h.subText
		}},
	ByCause: {bad: NotACause, fact: func(e Explained) string { return e.Cause }, order: func() []string { return tokens(bounce.Causes()) },
		text: func(token, lang string) string {
			c, _ := bounce.ParseCause(token)
			return c.Short(lang)
		}},
	ByPermanence: {bad: NotPermanence, fact: func(e Explained) string { return e.Permanence },
		order: func() []string {
			return tokens([]bounce.Permanence{bounce.Permanent, bounce.Temporary, bounce.Unknown, bounce.NoFailure})
		},
		text: func(token, lang string) string {
			return tokenText(strings.Replace(token, "unknown", "perm.unknown", 1), lang)
		}},
	ByProvider: {bad: NotAProvider, fact: func(e Explained) string { return e.Provider },
		order: func() []string { return bounce.Default().Providers() }, text: bounce.ProviderName},
	ByParty: {bad: NotAParty, fact: func(e Explained) string { return e.Party }, order: func() []string { return tokens(bounce.Parties()) },
		text: func(token, lang string) string {
			all := bounce.Parties()
			return all[max(0, slices.IndexFunc(all, func(p bounce.Party) bool { return p.String() == token }))].Name(lang)
		}},
	ByAPIUser:   {head: func(h head) string { return h.apiUser }},
	ByPattern:   {bad: NotAPattern, shape: regexp.MustCompile(`^[a-z2-7]{1,10}$`)},
	ByRefusedIP: {bad: NotAnIP, shape: regexp.MustCompile(`^[0-9a-f.:]+$`), fact: func(e Explained) string { return e.RefusedIP }},
	ByHour:      {count: 25, code: hourCode, value: hourValue},
	ByDay: {value: dayValue, code: func(v *view, i int, _ []head) int { // days since 1970 on the service's calendar, 0 for none
		return day(v.cols[colRequested][i])
	}},
	ByTook: {count: len(tookBounds), code: tookCode, value: func(code int) string { return tookBounds[code].value }, order: func() (all []string) {
		for i := range tookBounds[1:] {
			all = append(all, tookBounds[i].value)
		}
		return all
	}},
	ByCode: {bad: NotACode, shape: regexp.MustCompile(`^[245][0-9.]*( [245][0-9.]*)?$`), fact: func(e Explained) string { return e.Code }},
	ByContradicts: {bad: NotYesOrNo, order: func() []string { return []string{"yes"} }, text: tokenText, fact: func(e Explained) string {
		if e.Contradicts {
			return "yes"
		}
		return ""
	}},
	ByRequested: {order: func() []string { return []string{"today", "yesterday"} }},
}

func tokens[T fmt.Stringer](values []T) (all []string) {
	for _, v := range values {
		all = append(all, v.String())
	}
	return all
}

// tokenText returns the English or the Chinese text of a token.
func tokenText(token, lang string) string {
	_, texts, _ := strings.Cut("\n"+tokenTable, "\n"+token+"\t")
	line, _, _ := strings.Cut(texts, "\n")
	en, zh, _ := strings.Cut(line, "\t")
	return map[bool]string{false: en, true: zh}[lang == "zh"]
}

// tokensByName are the tokens of a column by all their names, in small letters.
func (c Column) tokensByName() map[string]string {
	info, names := &columns[c], map[string]string{}
	if info.order == nil {
		return names
	}
	for _, token := range info.order() {
		names[token] = token
		if info.text != nil {
			names[strings.ToLower(info.text(token, "en"))] = token
			names[strings.ToLower(info.text(token, "zh"))] = token
		}
	}
	return names
}

// String returns the column's token.
func (c Column) String() string { return columns[c].name }

// Facets returns the columns that rows can be counted by.
func Facets() []Column {
	return slices.DeleteFunc(ListColumns(), func(c Column) bool { return !columns[c].facet })
}

// ParseColumn reads a column's token, or a name that a filter may call it by.
func ParseColumn(name string) (Column, bool) {
	i := slices.IndexFunc(columns[:words], func(c columnInfo) bool { return c.name == name })
	for c := range words {
		if i < 0 && slices.ContainsFunc(columns[c].names, func(n string) bool { return fieldName(n) == fieldName(name) }) {
			i = int(c)
		}
	}
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
func (x Columns) mined() bool       { return slices.ContainsFunc(x.list(), Column.NeedsMining) }

func (x Columns) list() (all []Column) {
	for c := range words {
		if x.has(c) {
			all = append(all, c)
		}
	}
	return all
}

// keys returns what of a row's JSON tells the columns; the email id and the
// time of the last change always, which tell the states of a mail apart.
func (x Columns) keys() rowjson.Keys {
	if x == AllColumns {
		return rowjson.AllKeys
	}
	keys := rowjson.KeysOf(rowjson.EmailID, rowjson.ModifiedTime)
	for _, c := range x.list() {
		keys |= columns[c].keys
	}
	return keys
}

// tookBounds are the upper ends of the buckets of ByTook, and how a filter says them.
var tookBounds = [...]struct {
	seconds     uint32
	value, term string
}{{10, "<10s", "0s..9s"}, {60, "10s..1m", "10s..59s"}, {600, "1m..10m", "1m..9m59s"}, {3600, "10m..1h", "10m..59m59s"},
	{6 * 3600, "1h..6h", "1h..5h59m59s"}, {24 * 3600, "6h..1d", "6h..23h59m59s"}, {1<<32 - 1, ">=1d", "1d.."}, {}} // the last: none

const offset = 8 * 3600 // the service's clock is UTC+08:00

// took returns how long a mail took; ok is false for one that is still under way, and where the times do not tell.
func (v *view) took(i int, heads []head) (seconds uint32, ok bool) {
	requested, modified := v.cols[colRequested][i], v.cols[colModified][i]
	return modified - requested, requested != 0 && modified >= requested && heads[v.cols[colHead][i]].status != sendcloud.Requested
}

// tookCode returns the bucket of a row.
func tookCode(v *view, i int, heads []head) int {
	took, ok := v.took(i, heads)
	if !ok {
		return len(tookBounds) - 1
	}
	code := 0
	for took >= tookBounds[code].seconds {
		code++
	}
	return code
}

func hourCode(v *view, i int, _ []head) int {
	if t := v.cols[colRequested][i]; t != 0 {
		return int((uint64(t) + offset) % 86400 / 3600)
	}
	return 24
}

func hourValue(code int) string {
	if code == 24 {
		return ""
	}
	return fmt.Sprintf("%02d", code)
}

func day(requested uint32) int {
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

// grouping puts a column's raw codes into values: group[code] is the value's number.
type grouping struct {
	values []string
	group  []uint32
}

// grouping returns how the column's codes are read. Of the columns that can only be sorted by there is none.
func (s Snapshot) grouping(c Column) grouping {
	info := &columns[c]
	n, value := info.count, info.value
	switch {
	case info.head != nil:
		n, value = len(s.heads), func(i int) string { return info.head(s.heads[i]) }
	case info.fact != nil:
		return s.groupFacts(info.fact)
	case c == ByPattern:
		n, value = len(s.findings), func(i int) string { return string(s.patterns[s.findings[i].pattern].ID) }
	case c == ByDomain:
		n, value = len(s.domains), func(i int) string { return s.domains[i] }
	case c == ByDay:
		n = day(s.span(s.All()).last) + 1
	}
	return groupBy(n, value)
}

// groupFacts groups findings by what their explanations say.
func (s Snapshot) groupFacts(value func(Explained) string) grouping {
	return groupBy(len(s.findings), func(i int) string { return value(s.facts[s.findings[i].fact]) })
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

// compare compares two values of a column as a person would list them; the empty value comes last.
func (c Column) compare(a, b string) int {
	if (a == "") != (b == "") {
		return cmp.Compare(b, a)
	} else if c == ByStatus || c == ByTook {
		all := columns[c].order()
		return cmp.Compare(slices.Index(all, a), slices.Index(all, b))
	}
	return cmp.Compare(a, b)
}
