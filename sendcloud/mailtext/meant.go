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

// oneLetter tells whether one change of a letter leads from a to b.
func oneLetter(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) < len(b) {
		return a[i:] == b[i+1:]
	}
	if i == len(a) {
		return false
	}
	swapped := i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
	return a[i+1:] == b[i+1:] || swapped
}
