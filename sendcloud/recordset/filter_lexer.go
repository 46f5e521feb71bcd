package recordset

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// token is a part of a filter: a term, or a sign between terms.
type token struct {
	kind       tokenKind
	start, end int
	not        bool
	field      Field
	value      string // quotes taken out; \x00 stands between alternatives
	valueAt    int
	quoted     bool
	regexp     bool // the value stood between slashes
}

type tokenKind uint8

const (
	tokenEnd tokenKind = iota
	tokenTerm
	tokenOr
	tokenOpen
	tokenClose
)

// lexer takes a filter's text apart.
type lexer struct {
	text  string
	at    int
	depth int          // parentheses that are open
	plain map[int]bool // where a parenthesis is text, since none closes it
}

func (l *lexer) fail(start, end int, reason FilterReason, near string) *FilterError {
	return &FilterError{start, end, l.text[start:end], reason, near}
}

// next is the token at or behind the present place.
func (l *lexer) next() (token, *FilterError) {
	for blank(l.text[l.at:]) > 0 {
		l.at += blank(l.text[l.at:])
	}
	rest := l.text[l.at:]
	tok := token{start: l.at}
	one := func(kind tokenKind, length int) (token, *FilterError) {
		l.at += length
		tok.kind, tok.end = kind, l.at
		return tok, nil
	}
	switch {
	case rest == "":
		return one(tokenEnd, 0)
	case sign(rest, "|", "｜") > 0:
		return one(tokenOr, sign(rest, "|", "｜"))
	case l.depth > 0 && closes(rest):
		l.depth--
		return one(tokenClose, sign(rest, ")", "）"))
	}
	n := sign(rest, "!", "！")
	tok.not = n > 0
	if open := sign(rest[n:], "(", "（"); open > 0 && !l.plain[l.at+n] {
		l.depth++
		tok.valueAt = l.at + n
		return one(tokenOpen, n+open)
	}
	return l.term(tok, l.at+n)
}

// closes says whether t begins with a parenthesis at the end of a term.
func closes(t string) bool {
	n := sign(t, ")", "）")
	return n > 0 && (t[n:] == "" || blank(t[n:]) > 0 || sign(t[n:], "|", "｜") > 0 || closes(t[n:]))
}

// term is the term whose text begins at a place.
func (l *lexer) term(tok token, i int) (token, *FilterError) {
	text := l.text
	if f, n, near := leadingField(text[i:]); n > 0 {
		if f == Words {
			return token{}, l.fail(i, i+n, UnknownField, near)
		}
		tok.field = f
		i += n
	}
	tok.kind, tok.valueAt = tokenTerm, i
	if n := l.slashes(text[i:]); n > 0 {
		l.at, tok.end, tok.value, tok.regexp = i+n, i+n, text[i+1:i+n-1], true
		return tok, nil
	}
	var b strings.Builder
	own := 0 // parentheses that the value opened itself
	for i < len(text) && blank(text[i:]) == 0 {
		if own <= 0 && l.depth > 0 && closes(text[i:]) {
			break
		}
		if n := sign(text[i:], "|", "｜"); n > 0 {
			if text[i+n:] == "" || blank(text[i+n:]) > 0 {
				break // it parts this term from the next
			}
			b.WriteByte(0)
			i += n
			continue
		}
		if n := sign(text[i:], ",", "，"); n > 0 && !tok.field.inText() {
			b.WriteByte(0)
			i += n
			continue
		}
		n := quote(text[i:])
		if n == 0 {
			own += sign(text[i:], "(", "（") - sign(text[i:], ")", "）")
			b.WriteByte(text[i])
			i++
			continue
		}
		open := i
		for i += n; ; {
			if i >= len(text) {
				return token{}, l.fail(open, len(text), OpenQuote, "")
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
	l.at, tok.end, tok.value = i, i, narrow(b.String())
	if tok.value == "" && !(tok.quoted && tok.field != Words) {
		return token{}, l.fail(tok.start, tok.end, NoValue, "")
	}
	return tok, nil
}

// slashes is the length of the regular expression between slashes that t begins
// with; it may have blanks. What goes on behind a slash is text: /cgi-bin/help.
func (l *lexer) slashes(t string) int {
	for i := 2; i < len(t) && t[0] == '/'; i++ {
		rest := t[i:]
		if rest[0] == '/' && t[i-1] != '\\' && (rest[1:] == "" || blank(rest[1:]) > 0 || sign(rest[1:], "|", "｜") > 0 || l.depth > 0 && closes(rest[1:])) {
			return i + 1
		}
	}
	return 0
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

// letter is the length of the letter of a field's name that t begins with: of
// ASCII, full-width or Chinese, or a dash.
func letter(t string) int {
	switch r, n := utf8.DecodeRuneInString(t); {
	case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= 'Ａ' && r <= 'Ｚ', r >= 'ａ' && r <= 'ｚ', r == '-', unicode.Is(unicode.Han, r):
		return n
	}
	return 0
}

// leadingField is the field that t begins with and its length with the colon.
// Words and a length are a word that looks like a field and is none: near is the
// one that it is nearly. Capitals, fewer than three letters, addresses of pages,
// the words of replies and Chinese are text: DT:SPM, rp:trc, http://, 任务:1.
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
	if f, known := fieldWords[name]; known {
		return f, k + colon, ""
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
	if value == "" || blank(value) > 0 || ownWords[name] {
		return Words, 0, ""
	}
	return Words, k, ""
}
