package recordset

import (
	"bytes"
	"regexp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"bounceboard/sendcloud/mailtext"
)

// ParseFilter reads a filter. A day without its year, 11-20, is the latest such
// day that is not after now. The error is a *FilterError.
func ParseFilter(text string, now time.Time) (Filter, error) {
	p := parser{text: text, signs: signsOf(text), now: now}
	lists, err := p.either(-1)
	switch {
	case err != nil:
		return Filter{}, err
	case len(lists) == 1:
		return Filter{lists[0]}, nil
	}
	return Filter{[]condition{{either: lists}}}, nil
}

// parser makes conditions of a filter's text.
type parser struct {
	text  string
	signs []byte // the text with its full-width signs in ASCII, a byte for each of its bytes
	i     int
	now   time.Time
	depth int // parentheses that are open
}

// filling stands in place of the second and later bytes of a sign.
const filling = 0

// signsOf returns a text with full-width signs as ASCII, all blanks as blanks,
// and all quotes as quotes. Places in it are places in the text.
func signsOf(text string) []byte {
	signs := []byte(text)
	for i, r := range text {
		c := mailtext.HalfWidth(r)
		switch {
		case strings.ContainsRune("\u00a0\t\n\r", r):
			c = ' '
		case r == '“' || r == '”':
			c = '"'
		}
		if c <= unicode.MaxASCII && c != r {
			signs[i] = byte(c)
			for k := i + 1; k < i+len(string(r)); k++ {
				signs[k] = filling
			}
		}
	}
	return signs
}

// at is the sign at i, a blank at the end. width is how many bytes it has.
func (p *parser) at(i int) byte {
	if i >= len(p.signs) {
		return ' '
	}
	return p.signs[i]
}

func (p *parser) width(i int) int {
	n := 1
	for i+n < len(p.signs) && p.signs[i+n] == filling {
		n++
	}
	return n
}

func (p *parser) fail(start, end int, reason FilterReason, near string) error {
	end = min(end, len(p.text))
	return &FilterError{start, end, p.text[start:end], reason, near}
}

// either reads lists of conditions with | between them, up to the parenthesis
// that closes the one at open, or to the end where open is -1.
func (p *parser) either(open int) (lists [][]condition, err error) {
	var list []condition
	for {
		for p.i < len(p.text) && p.at(p.i) == ' ' {
			p.i += p.width(p.i)
		}
		start, sign, ended := p.i, p.at(p.i), p.i == len(p.text)
		switch {
		case ended && open >= 0:
			return nil, p.fail(open, len(p.text), OpenParenthesis, "")
		case ended || sign == '|' || sign == ')':
			if !ended {
				p.i += p.width(p.i)
			}
			if sign == ')' && open < 0 {
				return nil, p.fail(start, p.i, OpenParenthesis, "")
			}
			if len(list) == 0 && (sign != ' ' || len(lists) > 0) {
				return nil, p.fail(start, p.i, NoValue, "")
			}
			if lists, list = append(lists, list), nil; sign != '|' {
				return lists, nil
			}
		default:
			c, err := p.condition()
			if err != nil {
				return nil, err
			}
			list = append(list, c)
		}
	}
}

// condition reads a term, or a group in parentheses.
func (p *parser) condition() (c condition, err error) {
	start := p.i
	if c.not = p.at(p.i) == '!'; c.not {
		p.i += p.width(p.i)
	}
	if p.at(p.i) == '(' {
		open := p.i
		p.i += p.width(p.i)
		p.depth++
		c.either, err = p.either(open)
		p.depth--
		return c, err
	}
	t, err := p.term(start)
	c.term = &t
	return c, err
}

// term reads the term that begins at p.i, with its sign at start.
func (p *parser) term(start int) (t term, err error) {
	f, n, near := leadingField(p.text[p.i:])
	if t.field = f; f == Words && n > 0 {
		return t, p.fail(p.i, p.i+n, UnknownField, near)
	}
	p.i += n
	from := p.i
	if n := p.regexpAt(from); n > 0 {
		p.i += n
		if t.matches, err = regexp.Compile("(?i)" + p.text[from+1:p.i-1]); err != nil || f.inTime() {
			return t, p.fail(from, p.i, NotARegexp, "")
		}
		t.typed = []string{p.text[from:p.i]}
		return t, nil
	}
	values, quoted, err := p.values(f)
	if err != nil {
		return t, err
	}
	if len(values) == 0 {
		if f == Words || p.i == from {
			from = start
		}
		return t, p.fail(from, p.i, NoValue, "")
	}
	reason, near := t.mean(values, quoted, p.now)
	if reason != "" {
		return t, p.fail(from, p.i, reason, near)
	}
	return t, nil
}

// values reads alternatives up to the end of a term. Blanks in parentheses that the values open themselves do not end
// it: domain:(a | b). Only values in quotes may be empty.
func (p *parser) values(f Field) (all []string, quoted bool, err error) {
	var b strings.Builder
	var opened []int
	inQuotes, grouped := false, f != Words && p.at(p.i) == '('
	add := func() {
		v := narrow(b.String())
		if b.Reset(); grouped || !f.inText() {
			v = strings.Trim(v, " ()（）\u3000")
		}
		if v != "" || inQuotes && !f.inText() {
			all = append(all, v)
		}
		quoted, inQuotes = quoted || inQuotes, false
	}
	for ; ; p.i += p.width(p.i) {
		sign, next := p.at(p.i), p.at(p.i+p.width(p.i))
		shut := sign == ')' && (next == ' ' || next == '|' || next == ')' || len(opened) > 0)
		switch {
		case p.i >= len(p.text) && len(opened) > 0:
			return nil, false, p.fail(opened[0], p.i, OpenParenthesis, "")
		case len(opened) == 0 && (sign == ' ' || shut && p.depth > 0 || sign == '|' && next == ' '):
			add()
			return all, quoted, nil
		case sign == '|', sign == ',' && !f.inText():
			add()
			continue
		case sign == '"':
			from := p.i + p.width(p.i)
			end := bytes.IndexByte(p.signs[from:], '"')
			if end < 0 {
				return nil, false, p.fail(p.i, len(p.text), OpenQuote, "")
			}
			b.WriteString(p.text[from : from+end])
			inQuotes, p.i = true, from+end
			continue
		case sign == '(':
			opened = append(opened, p.i)
		case shut && len(opened) == 0:
			return nil, false, p.fail(p.i, p.i+p.width(p.i), OpenParenthesis, "")
		case shut:
			opened = opened[:len(opened)-1]
		}
		b.WriteString(p.text[p.i : p.i+p.width(p.i)])
	}
}

// regexpAt returns the length of the regular expression between slashes at i, 0
// for none; it may have blanks. What goes on after a slash is text: /cgi-bin/help.
func (p *parser) regexpAt(i int) int {
	for k := i + 2; k < len(p.text) && p.text[i] == '/'; k++ {
		if next := p.at(k + 1); p.text[k] == '/' && p.text[k-1] != '\\' && (next == ' ' || next == '|' || p.depth > 0 && next == ')') {
			return k + 1 - i
		}
	}
	return 0
}

// ownWords are what real replies say before a colon with a value right after
// it: worker:address in bounce list, (address:203.0.113.9)ANTISPAM.
var ownWords = map[string]bool{"worker": true, "address": true, "mailto": true, "ldap": true}

// leadingField returns the field that t begins with and its length with the colon. Words and a length are a word that
// looks like a field and is none: near is the one that it is nearly. A capital in front, fewer than three letters,
// addresses of pages and the words of replies are text: DT:SPM, rp:trc, http://.
func leadingField(t string) (f Field, n int, near string) {
	k := strings.IndexFunc(t, func(r rune) bool {
		half := mailtext.HalfWidth(r)
		return half != '-' && half != '_' && !(half <= unicode.MaxASCII && unicode.IsLetter(half)) && !unicode.Is(unicode.Han, r)
	})
	if k <= 0 || signsOf(t)[k] != ':' {
		return Words, 0, ""
	}
	written, value := t[:k], strings.TrimPrefix(strings.TrimPrefix(t[k:], "："), ":")
	name, n := fieldName(written), len(t)-len(value)
	for _, f := range Fields() {
		for _, known := range f.Names() {
			if known = fieldName(known); known == name {
				return f, n, ""
			} else if len(name) >= 4 && len(known) >= 4 && (Distance(name, known) <= 1 || strings.HasPrefix(known, name)) {
				near = f.String()
			}
		}
	}
	latin := written[0] < utf8.RuneSelf
	if latin && (lower(written[0]) != written[0] || len(name) < 3 || strings.HasPrefix(value, "//")) ||
		near == "" && (signsOf(value + " ")[0] == ' ' || ownWords[name]) {
		return Words, 0, ""
	}
	return Words, k, near
}

// fieldName is a name as names are compared: apiUser, api-user and api_user are one.
func fieldName(t string) string {
	return strings.NewReplacer("-", "", "_", "").Replace(foldASCII(narrow(t)))
}
