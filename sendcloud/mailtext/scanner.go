// Package mailtext reads the text of a mail server's reply: its character set, and its tokens (addresses,
// IPs, host names, links, ids, codes, numbers and times) among the words. Package bounce takes meaning
// from the words and the tokens; package pattern replaces the tokens to see which replies are alike.
package mailtext

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// Kind says what a token is. The first seven vary from one reply to the next, the others do not.
type Kind uint8

// The kinds of tokens.
const (
	Address  Kind = iota // an e-mail address or a message id
	IP                   // version 4 or 6
	Host                 // a host or domain name
	URL                  // a link with its query
	ID                   // a queue id, token, hash, base64
	Number               // digits, with decimals
	Time                 // a date, a time of day or both
	Code                 // a reply code: 550 (RFC 5321)
	Enhanced             // an enhanced status code: 5.7.1 (RFC 3463)
	Word                 // letters, perhaps with digits and signs, or a run of characters beyond ASCII
	Sign                 // a sign
	Space                // blanks and line ends
)

// String is the word for a kind that varies.
func (k Kind) String() string {
	return [...]string{"address", "ip", "host", "url", "token", "number", "time"}[k]
}

// Token is bytes [Start, End) of a text.
type Token struct {
	Kind       Kind
	Start, End int
}

// Scanner reads the tokens of a text. Each byte belongs to one token. What a token is depends on the
// text before it and around it, never on another text. The zero Scanner has no text.
type Scanner struct {
	text    string
	at      int
	splitTo int // up to here a chunk is cut into letters and digits
	code    string
}

// NewScanner reads text.
func NewScanner(text string) Scanner { return Scanner{text: text} }

// maxChunk bounds how far a word without blanks is looked at: what is longer is one id, so the work stays linear.
const maxChunk = 512

// Next is the next token, false at the end of the text.
func (s *Scanner) Next() (Token, bool) {
	if s.at >= len(s.text) {
		return Token{}, false
	}
	tok := s.plain(s.at)
	if tok.End == 0 {
		tok = s.read(s.at)
	}
	s.at = tok.End
	if tok.Kind == Code && s.code == "" {
		s.code = s.text[tok.Start:tok.End]
	}
	return tok, true
}

// plain reads what most tokens are: a single blank, or a word of small letters, perhaps with a capital before
// them, that is no month. An empty token where it is anything else.
func (s *Scanner) plain(i int) Token {
	t, j := s.text, i+1
	if class[t[i]]&(clsLower|clsUpper) == 0 {
		if t[i] == ' ' && j < len(t) && t[j] > ' ' {
			return Token{Space, i, j}
		}
		return Token{}
	}
	for j < len(t) && class[t[j]]&clsLower != 0 {
		j++
	}
	if j-i == 3 || j-i > maxChunk || j < len(t) && (class[t[j]] != 0 || t[j] == ':') || i < s.splitTo {
		return Token{}
	}
	return Token{Word, i, j}
}

func (s *Scanner) read(i int) Token {
	t := s.text
	switch c := t[i]; {
	case i < s.splitTo:
		return s.piece(i)
	case i > 0 && t[i-1] == '<' && wideAddress.MatchString(t[i:min(len(t), i+256)]):
		return Token{Address, i, i + strings.IndexByte(t[i:], '>')}
	case isAlnum(c):
		return s.word(i)
	case c == ' ' || c >= '\t' && c <= '\r':
		j := i + 1
		for j < len(t) && (t[j] == ' ' || t[j] >= '\t' && t[j] <= '\r') {
			j++
		}
		return Token{Space, i, j}
	case c == ':' || class[c] == clsInner && !glued(t, i):
		return s.sign(i)
	}
	j := i + 1
	if t[i] < utf8.RuneSelf {
		return Token{Sign, i, j}
	}
	for j < len(t) && j-i < maxChunk && t[j] >= utf8.RuneSelf {
		j++
	}
	return Token{Word, i, j}
}

// wideAddress is an address with letters beyond ASCII (RFC 6531): Chinese has no blanks, so only < and > tell where it ends.
var wideAddress = regexp.MustCompile(`^[^\s@<>]+@[^\s@<>.][^\s@<>]*>`)

// sign looks at a sign that may begin an id (base64), an address or an IPv6 address.
func (s *Scanner) sign(i int) Token {
	t, c := s.text, s.text[i]
	if c == ':' {
		if j := ipv6End(t, i); j > 0 {
			return Token{IP, i, j}
		}
		return Token{Sign, i, i + 1}
	}
	j, _ := chunkEnd(t, i)
	if chunk := t[i:j]; len(chunk) > 3 && len(chunk) <= maxChunk {
		if a := addressEnd(chunk); a > 0 && c != '/' && c != '=' && c != '@' {
			return Token{Address, i, i + a}
		}
		if len(chunk) >= 12 && strings.IndexByte(chunk, '@') < 0 && strings.IndexByte(chunk, '*') < 0 && looksRandom(chunk[1:]) {
			return Token{ID, i, j}
		}
	}
	return Token{Sign, i, i + 1}
}

// glued says whether byte i follows a letter or digit.
func glued(t string, i int) bool { return i > 0 && isAlnum(t[i-1]) }

// word looks at what begins with a letter or a digit at i.
func (s *Scanner) word(i int) Token {
	t := s.text
	j, shape := chunkEnd(t, i)
	link := j < len(t) && t[j] == ':' && (class[t[i]]&clsHex != 0 || t[i]|0x20 == 'h') // or an IPv6 address
	named := j-i == 3 && isName(t, i)
	if shape&(clsDigit|clsInner) == 0 && j-i <= maxChunk && !link && !named {
		if j-i >= 6 && shape&clsUpper != 0 {
			if _, inner := chunkEnd(t, i+1); inner&clsUpper != 0 && measure(t[i:j]).random() {
				return Token{ID, i, j}
			}
		}
		return Token{Word, i, j} // most words: nothing but letters, no month, no link
	}
	if c := t[i] | 0x20; c == 'h' || c == 'w' {
		if k := urlEnd(t, i); k > 0 {
			return Token{URL, i, k}
		}
	}
	if !glued(t, i) {
		if k := timeEnd(t, i); k > 0 {
			return Token{Time, i, k}
		}
		if class[t[i]]&clsHex != 0 {
			if k := ipv6End(t, i); k > 0 {
				return Token{IP, i, k}
			}
		}
		if isDigit(t[i]) && s.isCode(i) {
			return Token{Code, i, i + 3}
		}
	}
	if j-i > maxChunk {
		for j < len(t) && class[t[j]] != 0 {
			j++
		}
		return Token{ID, i, j}
	}
	if k := keyLen(t[i:j]); k > 0 {
		return Token{Word, i, i + k}
	}
	if a := addressEnd(t[i:j]); a > 0 {
		return Token{Address, i, i + a}
	}
	return s.chunk(i, j)
}

// thousands are those of a number, behind the first up to three digits.
var thousands = regexp.MustCompile(`^(,\d{3})+\b`)

// chunk looks at letters, digits and inner signs that are no address.
func (s *Scanner) chunk(i, j int) Token {
	t := s.text
	end := i + len(trimSigns(t[i:j]))
	c := t[i:end]
	switch {
	case groups(c) == 4:
		return Token{IP, i, end}
	case isEnhanced(c):
		return Token{Enhanced, i, end}
	case isDecimal(c):
		if end-i <= 3 && strings.HasPrefix(t[end:], ",") {
			end += len(thousands.FindString(t[end:min(len(t), end+64)]))
		}
		return Token{Number, i, end}
	case isHost(c):
		return Token{Host, i, end}
	case keepsDigits(c):
		return Token{Word, i, end}
	case looksRandom(c), t[end:j] == "==" && isPadded(c):
		for end < j && strings.IndexByte("=+/-_", t[end]) >= 0 {
			end++
		}
		return Token{ID, i, end}
	}
	if k := strings.IndexByte(c, '/'); k > 0 {
		return s.chunk(i, i+k) // each part of a path by itself
	}
	s.splitTo = end
	return s.piece(i)
}

// piece is the next run of digits, or of what is no digit, in a chunk that is cut up.
func (s *Scanner) piece(i int) Token {
	t, k := s.text, i
	if isDigit(t[i]) {
		for k < s.splitTo && (isDigit(t[k]) || t[k] == '.' && k+1 < s.splitTo && isDigit(t[k+1])) {
			k++
		}
		return Token{Number, i, k}
	}
	for k < s.splitTo && !isDigit(t[k]) {
		k++
	}
	return Token{Word, i, k}
}
