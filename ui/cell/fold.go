package cell

import (
	"regexp"
	"strings"
)

// Runs of base64 and hexadecimal are folded from 41 characters on: ids that a person compares are shorter. Links stay whole.
var runs = regexp.MustCompile(`://[^\x00- ]*|[0-9A-Za-z+/=_-]{41,}`)

// Folds finds the long runs of base64 and hexadecimal in s, which say nothing to a person.
func Folds(s string) []Span {
	var folds []Span
	for _, at := range runs.FindAllStringIndex(s, -1) {
		if run := s[at[0]:at[1]]; run[0] != ':' && isEncoded(run) {
			folds = append(folds, Span{at[0], at[1]})
		}
	}
	return folds
}

// isEncoded tells encoded bytes from long words: base64 has upper and lower case and digits, hexadecimal no other letter.
func isEncoded(run string) bool {
	letters := strings.Trim(run, "0123456789abcdefABCDEF+/=-_")
	return strings.ContainsAny(run, "0123456789") && (letters == "" || run != strings.ToLower(run) && run != strings.ToUpper(run))
}
