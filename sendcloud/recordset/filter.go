package recordset

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Filter is what a person typed to narrow rows:
//
//	word "a phrase" !not            over recipient and reply; all must hold
//	to: domain: status: sub: cause: perm: provider: user: said: pattern: ip:
//	took:>10m  took:1m..1h          how long from request to last change
//	time:09:00..10:30  time:2026-11-20..2026-11-22  time:2026-11-20T09:00  time:11-20  time:today  time:-3d
//
// Values may be a list, status:invalid,soft_bounce, meaning any of them, may
// stand in quotes, and may have * for anything where they are words. to, said
// and plain words are parts of the text; letters of ASCII match in either case.
// What looks like a field and is none is an error; in quotes it is text.
// A sub-status in quotes need not be one that the service documents. Causes and
// providers may be given by their names in either language, statuses,
// permanences and causes by a beginning that only one of them has; none, or
// what tables show for it, is rows without a value.
// Full-width ： ！ “ ” ， do as well, and full-width letters and digits. The
// zero Filter holds for every row.
type Filter struct {
	terms []term
}

// Empty says whether the filter holds for every row.
func (f Filter) Empty() bool { return len(f.terms) == 0 }

// NeedsMining says whether the filter asks for what Mine finds: cause,
// permanence, provider, refused IP or pattern.
func (f Filter) NeedsMining() bool {
	return slices.ContainsFunc(f.terms, func(t term) bool { c, ok := t.field.column(); return ok && c.NeedsMining() })
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

// term is one condition.
type term struct {
	field  Field
	not    bool
	text   string   // of a text term: in small letters; of another: as typed
	values []string // the list, in small letters
	span   interval // took, time
}

// token is a term as it stands in the text, quotes taken out. In a list a
// comma outside quotes is \x00.
type token struct {
	start, end int
	not        bool
	field      Field
	value      string
	valueAt    int
	quoted     bool
}

// ParseFilter reads a filter. A day without its year, 11-20, is the latest such
// day that is not after now. The error is a *FilterError.
func ParseFilter(text string, now time.Time) (Filter, error) {
	var f Filter
	for at := 0; ; {
		tok, next, err := nextToken(text, at)
		if err != nil {
			return Filter{}, err
		}
		if next == at {
			return f, nil
		}
		at = next
		if end, near := tok.blankInTime(text, now); near != "" {
			return Filter{}, &FilterError{tok.valueAt, end, text[tok.valueAt:end], BlankInTime, near}
		}
		t, reason := tok.term(now)
		if reason != "" {
			return Filter{}, &FilterError{tok.valueAt, tok.end, text[tok.valueAt:tok.end], reason, ""}
		}
		f.terms = append(f.terms, t)
	}
}

// nextToken is the token at or after a place, and where it ends; the same
// place when there is none.
func nextToken(text string, at int) (tok token, next int, err error) {
	i := at
	for i < len(text) && blank(text[i:]) > 0 {
		i += blank(text[i:])
	}
	if i == len(text) {
		return token{}, at, nil
	}
	tok.start = i
	if n := sign(text[i:], "!", "！"); n > 0 {
		tok.not = true
		i += n
	}
	if f, n, near := leadingField(text[i:]); n > 0 {
		if f == Words {
			return token{}, 0, &FilterError{i, i + n, text[i : i+n], UnknownField, near}
		}
		tok.field = f
		i += n
	}
	tok.valueAt = i
	var b strings.Builder
	for i < len(text) && blank(text[i:]) == 0 {
		if n := sign(text[i:], ",", "，"); n > 0 && !tok.field.inText() {
			b.WriteByte(0)
			i += n
			continue
		}
		n := quote(text[i:])
		if n == 0 {
			b.WriteByte(text[i])
			i++
			continue
		}
		open := i
		for i += n; ; {
			if i >= len(text) {
				return token{}, 0, &FilterError{open, len(text), text[open:], OpenQuote, ""}
			}
			if n := quote(text[i:]); n > 0 {
				i += n
				break
			}
			b.WriteByte(text[i])
			i++
		}
		tok.quoted = true
	}
	tok.end, tok.value = i, narrow(b.String())
	if tok.value == "" && !(tok.quoted && tok.field != Words) {
		return token{}, 0, &FilterError{tok.start, tok.end, text[tok.start:tok.end], NoValue, ""}
	}
	return tok, i, nil
}

func blank(t string) int { return sign(t, " ", "\t", "\n", "\r", "\u3000", "\u00a0") }
func quote(t string) int { return sign(t, `"`, "“", "”", "＂") }

// sign is the length of the one of these that t begins with, 0 for none.
func sign(t string, signs ...string) int {
	for _, s := range signs {
		if strings.HasPrefix(t, s) {
			return len(s)
		}
	}
	return 0
}

// ownWords are what real replies say before a colon with a value right behind
// it: worker:address in bounce list, (address:203.0.113.9)ANTISPAM.
var ownWords = map[string]bool{"worker": true, "address": true, "mailto": true, "ldap": true}

// letter is the length of the letter that t begins with, full-width or not.
func letter(t string) int {
	switch r, n := utf8.DecodeRuneInString(t); {
	case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= 'Ａ' && r <= 'Ｚ', r >= 'ａ' && r <= 'ｚ':
		return n
	}
	return 0
}

// leadingField is the field that t begins with and its length with the colon.
// Words and a length are a word that looks like a field and is none: near is the
// one that it is nearly. Capitals, fewer than three letters, addresses of pages
// and the words of replies are text: DT:SPM, rp:trc, http://.
func leadingField(t string) (f Field, n int, near string) {
	k := 0
	for letter(t[k:]) > 0 {
		k += letter(t[k:])
	}
	colon := sign(t[k:], ":", "：")
	if k == 0 || colon == 0 {
		return Words, 0, ""
	}
	name := strings.ToLower(narrow(t[:k]))
	for _, f := range Fields() {
		if f.String() == name {
			return f, k + colon, ""
		}
	}
	value := t[k+colon:]
	if t[:k] != name || len(name) < 3 || strings.HasPrefix(value, "//") {
		return Words, 0, ""
	}
	for _, f := range Fields() {
		if len(name) >= 4 && len(f.String()) >= 4 && (distance(name, f.String()) <= 1 || strings.HasPrefix(f.String(), name)) {
			return Words, k, f.String()
		}
	}
	if value == "" || blank(value) > 0 || ownWords[name] {
		return Words, 0, ""
	}
	return Words, k, ""
}

// distance counts the letters to put in, take out, change or swap with their
// neighbour to make b of a.
func distance(a, b string) int {
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

// term is the token's condition, or why there is none.
func (k token) term(now time.Time) (term, FilterReason) {
	t := term{field: k.field, not: k.not, text: k.value}
	if k.field.inText() {
		t.text = foldASCII(k.value)
		return t, ""
	}
	if k.field == FieldTook || k.field == FieldTime {
		var reason FilterReason
		t.span, reason = parseInterval(k.field, k.value, now)
		return t, reason
	}
	for v := range strings.SplitSeq(k.value, "\x00") {
		v = strings.TrimSpace(v)
		if v == "" && !k.quoted {
			continue
		}
		value, reason := k.field.parse(v)
		if reason == NotASub && k.quoted {
			value, reason = foldASCII(v), ""
		}
		if reason != "" {
			return t, reason
		}
		t.values = append(t.values, value)
	}
	if len(t.values) == 0 {
		return t, NoValue
	}
	return t, ""
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
		if blank(value[i:]) > 0 || quote(value[i:]) > 0 || sign(value[i:], ",", "，", "!", "！") > 0 {
			bare = false
		}
		i += n
	}
	if bare {
		return value
	}
	return `"` + strings.NewReplacer(`"`, "*", "“", "*", "”", "*", "＂", "*").Replace(value) + `"`
}
