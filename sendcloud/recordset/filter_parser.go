package recordset

import (
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// ParseFilter reads a filter. A day without its year, 11-20, is the latest such
// day that is not after now. The error is a *FilterError.
func ParseFilter(text string, now time.Time) (Filter, error) {
	p := parser{text: text, now: now, plain: map[int]bool{}}
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

// parser makes conditions of a filter's text.
type parser struct {
	text  string
	at    int
	now   time.Time
	depth int          // parentheses that are open
	plain map[int]bool // where a parenthesis is text, since none closes it
}

func (p *parser) fail(start, end int, reason FilterReason, near string) error {
	return &FilterError{start, end, p.text[start:end], reason, near}
}

// either reads lists of conditions with | between them, up to the parenthesis
// that closes the one at open, or to the end where open is -1. unclosed is a
// parenthesis that nothing closes, -1 for none.
func (p *parser) either(open int) (lists [][]condition, unclosed int, err error) {
	var list []condition
	for {
		for blank(p.text[p.at:]) > 0 {
			p.at += blank(p.text[p.at:])
		}
		start, rest := p.at, p.text[p.at:]
		bar, shut := sign(rest, "|", "｜"), 0
		if open >= 0 && closes(rest) {
			shut = sign(rest, ")", "）")
		}
		switch {
		case rest == "" && open >= 0, shut > 0 && len(list)+len(lists) == 0: // ( or (): text
			return nil, open, nil
		case rest == "" || bar > 0 || shut > 0:
			if p.at += bar + shut; len(list) == 0 && (bar > 0 || len(lists) > 0) {
				return nil, -1, p.fail(start, p.at, NoValue, "")
			}
			if lists, list = append(lists, list), nil; bar == 0 {
				return lists, -1, nil
			}
		default:
			c, unclosed, err := p.condition()
			if err != nil || unclosed >= 0 {
				return nil, unclosed, err
			}
			list = append(list, c)
		}
	}
}

// condition reads a term, or a group in parentheses.
func (p *parser) condition() (c condition, unclosed int, err error) {
	begin := p.at + sign(p.text[p.at:], "!", "！")
	c.not = begin > p.at
	if n := sign(p.text[begin:], "(", "（"); n > 0 && !p.plain[begin] {
		p.at = begin + n
		p.depth++
		c.either, unclosed, err = p.either(begin)
		p.depth--
		return c, unclosed, err
	}
	k, err := p.token(p.at, begin)
	if err != nil {
		return c, -1, err
	}
	p.at = k.end
	if end, near := p.blankInTime(k); near != "" {
		return c, -1, p.fail(k.valueAt, end, BlankInTime, near)
	}
	t, reason := k.meaning(p.now)
	if reason != "" {
		return c, -1, p.fail(k.valueAt, k.end, reason, k.nearest())
	}
	c.term = &t
	return c, -1, nil
}

// token is a term as it is written.
type token struct {
	field        Field
	value        string // quotes taken out; \x00 stands between alternatives
	valueAt, end int
	quoted       bool
	regexp       bool // the value stood between slashes
}

// token reads the term whose text begins at i, with its sign at start.
func (p *parser) token(start, i int) (k token, err error) {
	text := p.text
	f, n, near := leadingField(text[i:])
	if k.field = f; f == Words && n > 0 {
		return k, p.fail(i, i+n, UnknownField, near)
	}
	i += n
	k.valueAt = i
	if n := p.slashes(text[i:]); n > 0 {
		k.end, k.value, k.regexp = i+n, text[i+1:i+n-1], true
		return k, nil
	}
	var b strings.Builder
	own := 0 // parentheses that the value opened itself
	for !ends(text[i:]) && (own > 0 || p.depth == 0 || !closes(text[i:])) {
		bar, comma, mark := sign(text[i:], "|", "｜"), sign(text[i:], ",", "，"), quote(text[i:])
		if bar > 0 && ends(text[i+bar:]) {
			break // it parts this term from the next
		}
		switch {
		case bar > 0, comma > 0 && !f.inText():
			b.WriteByte(0)
			i += bar + comma
		case mark > 0:
			inside := text[i+mark:]
			end := strings.IndexAny(inside, `"“”＂`)
			if end < 0 {
				return k, p.fail(i, len(text), OpenQuote, "")
			}
			b.WriteString(inside[:end])
			i += mark + end + quote(inside[end:])
			k.quoted = true
		default:
			own += sign(text[i:], "(", "（") - sign(text[i:], ")", "）")
			b.WriteByte(text[i])
			i++
		}
	}
	k.end, k.value = i, narrow(b.String())
	if k.value == "" && !(k.quoted && f != Words) {
		return k, p.fail(start, i, NoValue, "")
	}
	return k, nil
}

// slashes returns the length of the regular expression between slashes that t begins
// with; it may have blanks. What goes on after a slash is text: /cgi-bin/help.
func (p *parser) slashes(t string) int {
	for i := 2; i < len(t) && t[0] == '/'; i++ {
		rest := t[i+1:]
		if t[i] == '/' && t[i-1] != '\\' && (ends(rest) || sign(rest, "|", "｜") > 0 || p.depth > 0 && closes(rest)) {
			return i + 1
		}
	}
	return 0
}

// closes says whether t begins with a parenthesis at the end of a term.
func closes(t string) bool {
	n := sign(t, ")", "）")
	return n > 0 && (ends(t[n:]) || sign(t[n:], "|", "｜") > 0 || closes(t[n:]))
}

func ends(t string) bool { return t == "" || blank(t) > 0 }
func blank(t string) int { return sign(t, " ", "\t", "\n", "\r", "\u3000", "\u00a0") }
func quote(t string) int { return sign(t, `"`, "“", "”", "＂") }

// sign returns the length of the first of signs that t begins with, 0 for none.
func sign(t string, signs ...string) int {
	for _, s := range signs {
		if strings.HasPrefix(t, s) {
			return len(s)
		}
	}
	return 0
}

// ownWords are what real replies say before a colon with a value right after
// it: worker:address in bounce list, (address:203.0.113.9)ANTISPAM.
var ownWords = map[string]bool{"worker": true, "address": true, "mailto": true, "ldap": true}

// leadingField returns the field that t begins with and its length with the
// colon. Words and a length are a word that looks like a field and is none:
// near is the one that it is nearly. Capitals, fewer than three letters,
// addresses of pages, the words of replies and Chinese are text: DT:SPM,
// rp:trc, http://, 任务:1.
func leadingField(t string) (f Field, n int, near string) {
	k := strings.IndexFunc(t, func(r rune) bool {
		narrowed := r
		if r >= '！' && r <= '～' {
			narrowed -= '！' - '!'
		}
		return narrowed != '-' && !(narrowed < utf8.RuneSelf && unicode.IsLetter(narrowed)) && !unicode.Is(unicode.Han, r)
	})
	if k <= 0 || sign(t[k:], ":", "：") == 0 {
		return Words, 0, ""
	}
	colon, name := sign(t[k:], ":", "："), strings.ToLower(narrow(t[:k]))
	for _, f := range Fields() {
		if info := &columns[f]; name == info.field || name == info.name || slices.Contains(info.also, name) {
			return f, k + colon, ""
		}
	}
	value := t[k+colon:]
	if t[:k] != name || len(name) < 3 || strings.HasPrefix(value, "//") || strings.Trim(name, "abcdefghijklmnopqrstuvwxyz") != "" {
		return Words, 0, ""
	}
	for _, f := range Fields() {
		if len(name) >= 4 && len(f.String()) >= 4 && (Distance(name, f.String()) <= 1 || strings.HasPrefix(f.String(), name)) {
			return Words, k, f.String()
		}
	}
	if ends(value) || ownWords[name] {
		return Words, 0, ""
	}
	return Words, k, ""
}

// nearest returns the value that the first wrong one of the token is nearly.
func (k token) nearest() string {
	order := columns[k.field].order
	if order == nil || Column(k.field) == BySubStatus { // a number near another is no help
		return ""
	}
	for v := range strings.SplitSeq(k.value, "\x00") {
		if _, reason := k.field.parse(v); reason != "" && len(v) > 2 {
			near, _ := Nearest(foldASCII(v), order())
			return near
		}
	}
	return ""
}

// meaning returns the token's term, or why there is none.
func (k token) meaning(now time.Time) (term, FilterReason) {
	t := term{field: k.field}
	if k.regexp {
		matches, err := regexp.Compile("(?i)" + k.value)
		if err != nil || k.field.inTime() {
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
		value, reason := foldASCII(v), FilterReason("")
		switch {
		case k.field.inTime():
			var span interval
			if span, reason = parseInterval(k.field, v, now); reason == "" {
				t.spans = append(t.spans, span)
			}
		case k.field == Words:
			t.show(value, now)
		case !k.field.inText():
			if value, reason = k.field.parse(v); reason == NotASub && k.quoted {
				value, reason = foldASCII(v), ""
			}
		}
		if reason != "" {
			return t, reason
		}
		if !k.field.inTime() {
			t.values = append(t.values, value)
		}
	}
	if len(t.typed) == 0 {
		return t, NoValue
	}
	return t, ""
}
