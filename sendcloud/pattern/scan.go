package pattern

import "bounceboard/sendcloud/mailtext"

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
			return s.trimmed(), s.vars
		case t.Kind <= mailtext.Time:
			s.mark(Kind(t.Kind), t.Start, t.End)
		case t.Kind != mailtext.Space:
			s.text = append(s.text, reply[t.Start:t.End]...)
		case len(s.text) > 0 && s.text[len(s.text)-1] != ' ':
			s.text = append(s.text, ' ')
		}
	}
	return s.trimmed(), s.vars
}

func (s *Scanner) trimmed() []byte {
	if n := len(s.text); n > 0 && s.text[n-1] == ' ' {
		s.text = s.text[:n-1]
	}
	return s.text
}

// mark puts a variable for bytes [i, j) of the reply. Addresses, IPs and hosts in a row, however many,
// are one list.
func (s *Scanner) mark(k Kind, i, j int) {
	if s.continuesList(k) {
		s.text = s.text[:s.last]
		s.vars = append(s.vars, Var{k, s.slots - 1, i, j})
		return
	}
	s.text = append(s.text, marks[k]...)
	s.last = len(s.text)
	s.vars = append(s.vars, Var{k, s.slots, i, j})
	s.slots++
}

func (s *Scanner) continuesList(k Kind) bool {
	if k > Host || s.last < 0 || s.vars[len(s.vars)-1].Kind != k {
		return false
	}
	switch string(s.text[s.last:]) {
	case ",", ";", ", ", "; ", "、", "，", "；":
		return true
	}
	return false
}
