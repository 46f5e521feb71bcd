package recordset

import (
	"regexp"
	"strings"
	"time"
)

// ParseFilter reads a filter. A day without its year, 11-20, is the latest such
// day that is not after now. The error is a *FilterError.
func ParseFilter(text string, now time.Time) (Filter, error) {
	p := parser{lexer{text: text, plain: map[int]bool{}}, now}
	for {
		list, open, err := p.either(-1)
		switch {
		case err != nil:
			return Filter{}, err
		case open >= 0: // nothing closes it: it is text
			p.plain[open] = true
			p.at, p.depth = 0, 0
		case len(list) == 1:
			return Filter{list[0]}, nil
		default:
			return Filter{[]condition{{either: list}}}, nil
		}
	}
}

// parser makes conditions of a filter's tokens.
type parser struct {
	lexer
	now time.Time
}

// either reads lists of conditions with | between them, up to the parenthesis
// that closes the one at open, or to the end where open is -1. unclosed is a
// parenthesis that nothing closes, -1 for none.
func (p *parser) either(open int) (lists [][]condition, unclosed int, err error) {
	var list []condition
	done := func(tok token) error {
		if len(list) == 0 && (len(lists) > 0 || tok.kind == tokenOr) {
			return p.fail(tok.start, tok.end, NoValue, "")
		}
		lists, list = append(lists, list), nil
		return nil
	}
	for {
		tok, err := p.next()
		if err != nil {
			return nil, -1, err
		}
		switch tok.kind {
		case tokenEnd:
			if open >= 0 {
				return nil, open, nil
			}
			fault := done(tok)
			return lists, -1, fault
		case tokenOr:
			if err := done(tok); err != nil {
				return nil, -1, err
			}
		case tokenClose:
			if len(list) == 0 && len(lists) == 0 {
				return nil, open, nil // (): text
			}
			fault := done(tok)
			return lists, -1, fault
		case tokenOpen:
			inner, unclosed, err := p.either(tok.valueAt)
			if err != nil || unclosed >= 0 {
				return nil, unclosed, err
			}
			list = append(list, condition{not: tok.not, either: inner})
		default:
			c, err := p.condition(tok)
			if err != nil {
				return nil, -1, err
			}
			list = append(list, c)
		}
	}
}

// condition is what a term says.
func (p *parser) condition(tok token) (condition, error) {
	if end, near := p.blankInTime(tok); near != "" {
		return condition{}, p.fail(tok.valueAt, end, BlankInTime, near)
	}
	t, reason := tok.meaning(p.now)
	if reason != "" {
		return condition{}, p.fail(tok.valueAt, tok.end, reason, tok.nearest())
	}
	return condition{not: tok.not, term: &t}, nil
}

// nearest is the value that the first wrong one of the token is nearly.
func (k token) nearest() string {
	if k.field == FieldSub { // a number near another is no help
		return ""
	}
	var known []string
	for _, v := range k.field.fixed() {
		known = append(known, v.Value)
	}
	for v := range strings.SplitSeq(k.value, "\x00") {
		if _, reason := k.field.parse(v); reason != "" && len(v) > 2 {
			near, _ := Nearest(foldASCII(v), known)
			return near
		}
	}
	return ""
}

// meaning is the token's term, or why there is none.
func (k token) meaning(now time.Time) (term, FilterReason) {
	t := term{field: k.field}
	if k.regexp {
		matches, err := regexp.Compile("(?i)" + k.value)
		if err != nil || k.field == FieldTook || k.field == FieldTime {
			return t, NotARegexp
		}
		t.matches, t.typed = matches, []string{"/" + k.value + "/"}
		return t, ""
	}
	for v := range strings.SplitSeq(k.value, "\x00") {
		if !k.field.inText() {
			v = strings.TrimSpace(v)
		}
		if v == "" && (!k.quoted || k.field.inText()) {
			continue
		}
		t.typed = append(t.typed, v)
		if k.field == FieldTook || k.field == FieldTime {
			span, reason := parseInterval(k.field, v, now)
			if reason != "" {
				return t, reason
			}
			t.spans = append(t.spans, span)
			continue
		}
		value, reason := foldASCII(v), FilterReason("")
		if !k.field.inText() {
			value, reason = k.field.parse(v)
		}
		if reason == NotASub && k.quoted {
			value, reason = foldASCII(v), ""
		}
		if reason != "" {
			return t, reason
		}
		t.values = append(t.values, value)
	}
	if len(t.typed) == 0 {
		return t, NoValue
	}
	return t, ""
}
