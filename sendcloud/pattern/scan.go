package pattern

import "strings"

// Scanner turns replies into patterns and reuses its memory between them. It
// is for one goroutine.
type Scanner struct {
	reply string
	text  []byte
	vars  []Var
	slots int
	last  int // where the last mark ends in text
}

// maxChunk bounds how far a word without blanks is looked at: what is longer
// is one id. It keeps the work linear, whatever a stranger sends.
const maxChunk = 512

// Scan is the pattern's text of a reply and its variables. Both are valid
// until the next call.
func (s *Scanner) Scan(reply string) ([]byte, []Var) {
	s.reply, s.text, s.vars, s.slots, s.last = reply, s.text[:0], s.vars[:0], 0, -1
	for i := 0; i < len(reply) && len(s.text) < MaxText; {
		switch c := reply[i]; {
		case c == ' ' || c >= '\t' && c <= '\r':
			if n := len(s.text); n > 0 && s.text[n-1] != ' ' {
				s.text = append(s.text, ' ')
			}
			i++
		case isAlnum(c):
			i = s.word(i)
		case c == ':' || class[c] == clsInner && !glued(reply, i):
			i = s.sign(i)
		default:
			if end := s.enclosed(i); end > i {
				i = end
				continue
			}
			s.text = append(s.text, c)
			i++
		}
	}
	if n := len(s.text); n > 0 && s.text[n-1] == ' ' {
		s.text = s.text[:n-1]
	}
	return s.text, s.vars
}

// literal keeps bytes [i, j) as they are.
func (s *Scanner) literal(i, j int) int {
	s.text = append(s.text, s.reply[i:j]...)
	return j
}

// mark puts a variable for bytes [i, j). Addresses, IPs and hosts in a row,
// however many, are one list.
func (s *Scanner) mark(k Kind, i, j int) int {
	if s.continuesList(k) {
		s.text = s.text[:s.last]
		s.vars = append(s.vars, Var{k, s.slots - 1, i, j})
		return j
	}
	s.text = append(s.text, marks[k]...)
	s.last = len(s.text)
	s.vars = append(s.vars, Var{k, s.slots, i, j})
	s.slots++
	return j
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

// sign looks at a sign that may begin a token (base64), an address or an IPv6
// address.
func (s *Scanner) sign(i int) int {
	c := s.reply[i]
	if c == ':' {
		if j := ipv6End(s.reply, i); j > 0 {
			return s.mark(IP, i, j)
		}
		return s.literal(i, i+1)
	}
	j := chunkEnd(s.reply, i)
	if chunk := s.reply[i:j]; len(chunk) > 3 && len(chunk) <= maxChunk {
		if a := addressEnd(chunk); a > 0 && c != '/' && c != '=' && c != '@' {
			return s.mark(Address, i, i+a)
		}
		if len(chunk) >= 12 && isToken(chunk) && looksRandom(chunk[1:]) {
			return s.mark(Token, i, j)
		}
	}
	return s.literal(i, i+1)
}

// glued says whether byte i follows a letter or digit.
func glued(t string, i int) bool { return i > 0 && isAlnum(t[i-1]) }

// word looks at what begins with a letter or a digit at i.
func (s *Scanner) word(i int) int {
	t := s.reply
	if j := urlEnd(t, i); j > 0 {
		return s.mark(URL, i, j)
	}
	if !glued(t, i) {
		if j := dateEnd(t, i); j > 0 {
			return s.mark(Time, i, j)
		}
		if j := ipv6End(t, i); j > 0 {
			return s.mark(IP, i, j)
		}
	}
	if isCode(t, i, s.text) {
		return s.literal(i, i+3)
	}
	j := chunkEnd(t, i)
	if j-i > maxChunk {
		for j < len(t) && class[t[j]] != 0 {
			j++
		}
		return s.mark(Token, i, j)
	}
	if k := i + keyLen(t[i:j]); k > i {
		return s.literal(i, k)
	}
	if a := addressEnd(t[i:j]); a > 0 {
		return s.mark(Address, i, i+a)
	}
	return s.token(i, j)
}

// token looks at a chunk that is no address.
func (s *Scanner) token(i, j int) int {
	t := s.reply
	end := i + len(trimSigns(t[i:j]))
	c := t[i:end]
	switch {
	case isIPv4(c):
		return s.mark(IP, i, end)
	case isEnhancedCode(c):
		return s.literal(i, end)
	case isDecimal(c):
		return s.mark(Number, i, thousandsEnd(t, i, end))
	case isHost(c):
		return s.mark(Host, i, end)
	case keepsDigits(c):
		return s.literal(i, end)
	case looksRandom(c), t[end:j] == "==" && isPadded(c):
		for end < j && strings.IndexByte("=+/-_", t[end]) >= 0 {
			end++
		}
		return s.mark(Token, i, end)
	}
	return s.parts(i, end)
}

// parts takes a chunk apart at its signs: letters stay, digits are numbers,
// and what stands between slashes is looked at by itself.
func (s *Scanner) parts(i, end int) int {
	t := s.reply
	for k := i; k < end; k++ {
		if t[k] == '/' {
			s.token(i, k)
			s.text = append(s.text, '/')
			return k + 1
		}
	}
	for i < end {
		k := i
		if isDigit(t[i]) {
			for k < end && (isDigit(t[k]) || t[k] == '.' && k+1 < end && isDigit(t[k+1])) {
				k++
			}
			i = s.mark(Number, i, k)
			continue
		}
		for k < end && !isDigit(t[k]) {
			k++
		}
		i = s.literal(i, k)
	}
	return end
}
