package cell

import "strings"

// foldOver is the length above which a run of base64 or hexadecimal is folded.
// Ids and hashes a person compares (32 or 40 digits) are shorter.
const foldOver = 40

// Folds finds the long runs of base64 and hexadecimal in s, which say nothing
// to a person. Links are left whole.
func Folds(s string) []Span {
	var folds []Span
	link := false // inside a link, which ends at a blank
	for i := 0; i < len(s); {
		if !encodes(s[i]) {
			switch {
			case s[i] <= ' ':
				link = false
			case s[i] == ':' && strings.HasPrefix(s[i:], "://"):
				link = true
			}
			i++
			continue
		}
		start := i
		for i < len(s) && encodes(s[i]) {
			i++
		}
		if i-start > foldOver && !link && isEncoded(s[start:i]) {
			folds = append(folds, Span{start, i})
		}
	}
	return folds
}

// encodes tells whether c belongs to base64 (RFC 4648, both alphabets).
func encodes(c byte) bool {
	return isAlphanumeric(c) || strings.IndexByte("+/=-_", c) >= 0
}

func isAlphanumeric(c byte) bool {
	return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z'
}

// isEncoded tells encoded bytes from long words and rulers: base64 of that
// length has upper and lower case and digits, hexadecimal has no other letter.
func isEncoded(run string) bool {
	var upper, lower, digit bool
	hex := true
	for _, c := range []byte(run) {
		switch {
		case c >= '0' && c <= '9':
			digit = true
		case c >= 'A' && c <= 'Z':
			upper = true
		case c >= 'a' && c <= 'z':
			lower = true
		}
		hex = hex && (c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'f')
	}
	return digit && (hex || upper && lower)
}
