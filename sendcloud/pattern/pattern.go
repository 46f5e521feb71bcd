// Package pattern finds out which mail servers' replies are the same but for their variables.
//
// A pattern is the reply with addresses, IPs, host names, links, ids, numbers and times replaced by what they
// are. It depends on the reply's text alone: no other reply, no order of arrival changes it, so its [ID] is
// the same tomorrow and on another machine.
package pattern

import (
	"bytes"
	"crypto/sha256"
	"encoding/base32"

	"bounceboard/sendcloud/mailtext"
)

// Mark is what stands in a pattern's text for a variable of a kind. Ids and numbers share one: an id may
// happen to be all digits, and its rows must not fall into a pattern of their own.
func Mark(k mailtext.Kind) string {
	return [...]string{"{addr}", "{ip}", "{host}", "{url}", "{*}", "{*}", "{time}"}[k]
}

// Var is a variable of a reply: bytes [Start, End).
type Var struct {
	Kind       mailtext.Kind
	Slot       int // which mark of the pattern's text it fills, from 0; a list fills one mark
	Start, End int
}

// MaxText is how many bytes a pattern's text has at the most, give or take a
// word; what a reply says after that does not tell patterns apart.
const MaxText = 1024

// Of is the pattern's text of a reply, and its variables in the reply's order.
func Of(reply string) (string, []Var) {
	var s Scanner
	text, vars := s.Scan(reply)
	return string(text), vars
}

// Scanner turns replies into patterns and reuses its memory between them. It is for one goroutine.
type Scanner struct {
	text  []byte
	vars  []Var
	slots int
	last  int // where the last mark ends in text
}

// Scan is the pattern's text of a reply and its variables. Both are valid until the next call.
func (s *Scanner) Scan(reply string) ([]byte, []Var) {
	s.text, s.vars, s.slots, s.last = s.text[:0], s.vars[:0], 0, -1
	tokens := mailtext.NewScanner(reply)
	for len(s.text) < MaxText {
		t, ok := tokens.Next()
		switch {
		case !ok:
			return bytes.TrimSuffix(s.text, []byte(" ")), s.vars
		case t.Kind <= mailtext.Time:
			s.mark(t)
		case t.Kind != mailtext.Space:
			s.text = append(s.text, reply[t.Start:t.End]...)
		case len(s.text) > 0 && s.text[len(s.text)-1] != ' ':
			s.text = append(s.text, ' ')
		}
	}
	return bytes.TrimSuffix(s.text, []byte(" ")), s.vars
}

// mark puts a variable for a token of the reply. Addresses, IPs and hosts in a row, however many, are one list.
func (s *Scanner) mark(t mailtext.Token) {
	k := t.Kind
	if k <= mailtext.Host && s.last >= 0 && s.vars[len(s.vars)-1].Kind == k && between[string(s.text[s.last:])] {
		s.text = s.text[:s.last]
	} else {
		s.text = append(s.text, Mark(k)...)
		s.last = len(s.text)
		s.slots++
	}
	s.vars = append(s.vars, Var{k, s.slots - 1, t.Start, t.End})
}

// between are the signs between the members of a list.
var between = map[string]bool{",": true, ";": true, ", ": true, "; ": true, "、": true, "，": true, "；": true}

// ID names a pattern: ten characters of a-z and 2-7.
type ID string

var base32Lower = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// IDOf is the id of a pattern's text: the first 50 bits of its SHA-256.
func IDOf(text string) ID {
	sum := sha256.Sum256([]byte(text))
	return ID(base32Lower.EncodeToString(sum[:7])[:10])
}
