package mailtext

import (
	_ "embed"
	"strings"
)

//go:embed lists.txt
var builtinLists string

var lists = Lists(builtinLists)

// Lists reads lists of words: "name : word | word", going on in indented lines. A line with # is a comment.
func Lists(file string) map[string][]string {
	all, name := map[string][]string{}, ""
	for line := range strings.Lines(file) {
		if line[0] == '#' {
			continue
		}
		if head, rest, ok := strings.Cut(line, " : "); ok && line[0] != ' ' {
			name, line = head, rest
		}
		for _, w := range strings.Split(line, "|") {
			if w = strings.TrimSpace(w); w != "" {
				all[name] = append(all[name], w)
			}
		}
	}
	return all
}

// Set is a list to look words up in.
func Set(list []string) map[string]bool {
	m := make(map[string]bool, len(list))
	for _, w := range list {
		m[w] = true
	}
	return m
}
