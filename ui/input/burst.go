package input

import (
	"bytes"
	"regexp"
	"strings"
	"unicode/utf8"
)

// named finds an address or the beginning of an email id, which are never keys.
var named = regexp.MustCompile(`[^\s@＠][@＠][^\s@＠]+\.[^\s@＠]|\d{13}`)

const lineEnds = "\r\n\t"

// split parts text that arrived together, faster than hands type, into keys, pasted text, and keys behind it; one or
// two of them are empty. It is pasted if an address or an id is in it, or if it is several lines or cells, or one long
// line, of what reads as text. A line end behind a single line is a key: scripts and slow lines send a line with its
// enter.
func split(text []byte) (before, pasted, behind []byte) {
	body := bytes.TrimLeft(text, lineEnds)
	before = text[:len(text)-len(body)]
	line := bytes.TrimRight(body, lineEnds)
	behind = body[len(line):]
	switch {
	case bytes.ContainsAny(line, lineEnds):
		if named.Match(line) || readable(string(line), lineEnds) > 1 {
			return before, body, nil
		}
	case named.Match(line):
		return before, line, behind
	case len(line) >= 24 && len(behind) == 0 && strings.IndexByte("/:#", line[0]) < 0 && readable(string(line), " ") > 2:
		return before, line, nil
	}
	return text, nil, nil
}

// readable counts the parts that read as text: three characters and more that
// are numbers or are not the same one or two again and again, as keys often are.
func readable(text, separators string) int {
	n := 0
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(separators, r) }) {
		kinds := map[rune]bool{}
		for _, r := range part {
			if kinds[r] = true; len(kinds) > 2 {
				break
			}
		}
		number := strings.Trim(part, "0123456789") == ""
		if utf8.RuneCountInString(part) > 2 && (number || len(kinds) > 2) {
			if n++; n > 2 {
				return n
			}
		}
	}
	return n
}
