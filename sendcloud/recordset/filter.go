package recordset

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Filter is what a person typed to narrow rows:
//
//	word "a phrase" !not            over recipient, reply, and what the table says in words or as dates; all must hold
//	to: domain: status: sub: cause: perm: party: provider: user: said: code: id: pattern: ip: contradicts:yes
//	took:>10m  took:1m..1h          how long from request to last change
//	time:09:00..10:30  time:09  time:2026-11-20..2026-11-22  time:2026-11-20T09:00  time:11-20  time:today  time:-3d
//	changed:yesterday               the same of the last change
//	/550.*limited/                  a regular expression, in either case of letters; cause:/ip|domain/
//	a | b   (a b | c) d   !(a | b)  either; what stands side by side belongs together first
//
// Values may be a list, status:invalid,soft_bounce or status:(invalid | soft_bounce), may stand in quotes, and may have
// * for anything. In to, said, id and plain words a comma is text; letters of ASCII match in either case. Tokens may be
// given by their names in either language, and by a beginning that only one of them has; none is rows without a value.
// A sub-status in quotes need not be one that the service documents. What looks like a field and is none is an error;
// in quotes it is text. Full-width signs do as well. The zero Filter holds for every row.
type Filter struct {
	all []condition
}

// condition is a term, or a group in parentheses.
type condition struct {
	not    bool
	term   *term
	either [][]condition // for a group: it fits if all conditions of any one of these lists hold
}

// term is one field and what it may be.
type term struct {
	field  Field
	values []string   // in small letters; any of them
	typed  []string   // as they were typed
	spans  []interval // for times and durations: any of them fits

	matches *regexp.Regexp      // or what the value matches
	shown   map[Column][]string // for words: the values that tables show with the word in them
}

// Empty says whether the filter holds for every row.
func (f Filter) Empty() bool { return len(f.all) == 0 }

// Columns returns what the filter looks at.
func (f Filter) Columns() (found Columns) {
	for _, t := range terms(f.all) {
		found |= t.columns()
		for c := range t.shown {
			found |= ColumnsOf(c)
		}
	}
	return found
}

// NeedsMining says whether a field of the filter asks for what Mine finds: cause, permanence, provider, party, code,
// refused IP or pattern. Words find that too, in rows that are mined, and hold for the others by their texts.
func (f Filter) NeedsMining() bool {
	return slices.ContainsFunc(terms(f.all), func(t *term) bool { return t.columns().mined() })
}

// must returns a text that stands in every row for which the filter holds; nil where none is known.
func (f Filter) must() *search {
	for _, c := range f.all {
		if t := c.term; t != nil && !c.not && t.field.inText() && t.matches == nil && len(t.values) == 1 && len(t.spans)+len(t.shown) == 0 {
			return newSearch(t.values[0])
		}
	}
	return nil
}

// columns returns what the term's field is about.
func (t *term) columns() Columns {
	if t.field != Words {
		return ColumnsOf(Column(t.field))
	}
	all := ColumnsOf(ByRecipient, ByReply)
	if len(t.spans) > 0 {
		all |= ColumnsOf(ByRequested)
	}
	return all
}

// terms returns the terms of conditions, in groups too.
func terms(all []condition) (found []*term) {
	for _, c := range all {
		if c.term != nil {
			found = append(found, c.term)
		}
		found = append(found, terms(slices.Concat(c.either...))...)
	}
	return found
}

// Field is a column as a filter names it.
type Field Column

// Words is no field: recipient, reply, and what the table shows.
const Words = Field(words)

// Names returns what the field may be called, first as String does, without a colon.
func (f Field) Names() []string { return columns[f].names }

// String returns the field as it is typed, without its colon.
func (f Field) String() string {
	return append(columns[f].names, "")[0]
}

// Values returns the tokens that the field may have, nil for any.
func (f Field) Values() []string {
	if order := columns[f].order; order != nil {
		return order()
	}
	return nil
}

// Fields returns the fields that can be typed.
func Fields() (all []Field) {
	for _, c := range []Column{ByRecipient, ByDomain, ByStatus, BySubStatus, ByCause, ByPermanence, ByProvider, ByAPIUser, ByReply,
		ByPattern, ByRefusedIP, ByTook, ByRequested, ByModified, ByParty, ByCode, ByEmailID, ByContradicts} {
		all = append(all, Field(c))
	}
	return all
}

// inText says whether the field looks for a part of a text, inTime for ranges.
func (f Field) inText() bool { return f == Words || columns[f].kind == "part" }
func (f Field) inTime() bool { return columns[f].kind == "moment" || columns[f].kind == "duration" }

// FilterReason says what is wrong with a filter.
type FilterReason string

// The reasons.
const (
	UnknownField    FilterReason = "unknown field"
	NoValue         FilterReason = "no value" // a field, or !, with nothing after it
	OpenQuote       FilterReason = "quote not ended"
	OpenParenthesis FilterReason = "parenthesis without its partner"
	NotAStatus      FilterReason = "not a status"
	NotASub         FilterReason = "not a sub-status"
	NotACause       FilterReason = "not a cause"
	NotPermanence   FilterReason = "not a permanence"
	NotAParty       FilterReason = "not a party"
	NotAProvider    FilterReason = "not a provider"
	NotADuration    FilterReason = "not a duration" // 90s, 10m, 2h, 1d; >10m, ≥10m, <1h, 1m..1h
	NotATime        FilterReason = "not a time"     // 09:00..10:30, 2026-11-20, 11-20, today, -3d, 2026-11-20T09:00
	NotARegexp      FilterReason = "not a regular expression"
	NotAPattern     FilterReason = "not a pattern id" // a-z and 2-7, ten at most
	NotAnIP         FilterReason = "not an IP address"
	NotACode        FilterReason = "not a code" // 550, 5.7.1
	NotYesOrNo      FilterReason = "not yes or no"
	BackwardRange   FilterReason = "range backwards"
)

// FilterError is a filter that cannot be read, and where: bytes [Start, End).
// Near is the right field or value that the wrong one is nearly, if there is one.
type FilterError struct {
	Start, End int
	Text       string
	Reason     FilterReason
	Near       string
}

func (e *FilterError) Error() string {
	return fmt.Sprintf("filter, byte %d: %q: %s", e.Start, e.Text, e.Reason)
}

// Distance counts the letters to put in, take out, change or swap with their neighbour to make b of a.
func Distance(a, b string) int {
	from, to := []rune(a), []rune(b)
	rows := make([][]int, len(from)+1)
	for i := range rows {
		rows[i] = make([]int, len(to)+1)
		for j := range rows[i] {
			switch {
			case i == 0 || j == 0:
				rows[i][j] = i + j
			case from[i-1] == to[j-1]:
				rows[i][j] = rows[i-1][j-1]
			default:
				rows[i][j] = 1 + min(rows[i-1][j-1], rows[i-1][j], rows[i][j-1])
				if i > 1 && j > 1 && from[i-1] == to[j-2] && from[i-2] == to[j-1] {
					rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
				}
			}
		}
	}
	return rows[len(from)][len(to)]
}

// Nearest returns the word that is typed nearly like another: the fewest
// letters differ, and no more than a third of them.
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

// Quote returns a value as it has to be typed: in quotes where it has blanks or
// signs of the filter. A quote inside cannot be typed; * stands for it.
func Quote(value string) string {
	if value != "" && !strings.ContainsAny(value, " \t\n\r\u3000\u00a0\"“”＂,，!！|｜(（)）") {
		return value
	}
	return `"` + strings.NewReplacer(`"`, "*", "“", "*", "”", "*", "＂", "*").Replace(value) + `"`
}
