package mailtext

import "strings"

var neighbours = Set(lists["neighbours"])

// Meant is the large receiver's domain that an address, or a domain, is one letter away from: "gmail.com"
// for a@gamil.com. One letter is added, missing, another one, or has changed places with its neighbour.
// It is empty where nothing seems misspelt. A short name (qq, 163) is only doubted behind its dot: another
// short name is as likely to be right.
func Meant(address string) string {
	domain := strings.ToLower(strings.TrimRight(address[strings.LastIndexByte(address, '@')+1:], ". "))
	if len(domain) < 4 || len(domain) > 20 || neighbours[domain] {
		return ""
	}
	meant := ""
	for _, r := range lists["receivers"] {
		if r == domain {
			return ""
		}
		name := strings.IndexByte(r, '.')
		if meant == "" && oneLetter(domain, r) && (name > 3 || strings.HasPrefix(domain, r[:name+1])) {
			meant = r
		}
	}
	return meant
}

// oneLetter tells whether one change of a letter leads from a to b, another text.
func oneLetter(a, b string) bool {
	for a != "" && b != "" && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for a != "" && b != "" && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	return len(a) <= 1 && len(b) <= 1 || len(a) == 2 && len(b) == 2 && a[0] == b[1] && a[1] == b[0]
}
