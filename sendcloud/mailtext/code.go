package mailtext

import (
	"regexp"
	"slices"
	"strings"
)

// isEnhanced accepts x.y.z with x 2, 4 or 5 (RFC 3463, section 2).
func isEnhanced(c string) bool {
	return len(c) > 1 && strings.IndexByte("245", c[0]) >= 0 && c[1] == '.' && groups(c) == 3
}

// isCode says whether the three digits at i are a reply code rather than a count: they begin the text,
// or a line, follow a sign or a word that introduces a reply, or stand before an enhanced status code.
func (s *Scanner) isCode(i int) bool {
	t := s.text
	if len(t)-i < 3 || strings.IndexByte("245", t[i]) < 0 || !isDigit(t[i+1]) || !isDigit(t[i+2]) {
		return false
	}
	rest := t[i+3:]
	if rest != "" && rest[0] != ' ' && rest[0] != '-' && !behindCode.MatchString(rest) {
		return false
	}
	if EnhancedBehind(rest) != "" || strings.HasPrefix(rest, "-") && s.code == t[i:i+3] {
		return true
	}
	before := strings.TrimRight(t[:i], " \t\r\n\"'(<[*b")
	if before == "" || t[i-1] == '"' || t[i-1] == '\'' || t[i-1] == '\n' && t[i] != '2' || strings.HasSuffix(t[:i], "<<< ") {
		return true
	}
	switch last := before[len(before)-1]; {
	case last == ':': // but not the port in mx.example.com:587
		return len(before) < i || !strings.ContainsAny(LastWord(before[:len(before)-1]), ".])")
	case last == '>', last == ';', last == ')', last == ']':
		return true
	case last >= 0x80:
		return slices.ContainsFunc(lists["before a code in chinese"], func(end string) bool { return strings.HasSuffix(before, end) })
	}
	return beforeCode[strings.ToLower(LastWord(strings.TrimSuffix(before, ",")))]
}

var beforeCode = Set(lists["before a code"])

// behindCode is what may stand behind a reply code: a blank, a sign, 552Message, NetEase's 450WM:BLU.
var behindCode = regexp.MustCompile(`^([^0-9A-Za-z._+/=%*~@$:,]|[.:]( |$)|,(\D|$)|[A-Za-z]{4}|[A-Z]{2}:[A-Z]{3})`)

// LastWord is what stands behind the last blank, at most 40 bytes of it.
func LastWord(s string) string {
	s = s[max(0, len(s)-40):]
	return s[strings.LastIndexAny(s, " \t\r\n'\"(<,;")+1:]
}

// EnhancedBehind is the enhanced status code that stands right behind a reply code, empty for none.
func EnhancedBehind(rest string) string {
	k := 0
	for k < len(rest) && k < 4 && strings.IndexByte(" -'\"(#", rest[k]) >= 0 {
		k++
	}
	if k == 0 || k == len(rest) || !isDigit(rest[k]) {
		return ""
	}
	end, _ := chunkEnd(rest[:min(len(rest), k+12)], k)
	if c := trimSigns(rest[k:end]); isEnhanced(c) {
		return c
	}
	return ""
}

// isDecimal accepts digits with dots between them.
func isDecimal(c string) bool {
	return strings.Trim(c, "0123456789.") == "" && !strings.Contains(c, "..")
}
