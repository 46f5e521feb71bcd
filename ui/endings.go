package ui

import (
	"path/filepath"
	"slices"
	"strings"

	"bounceboard/keymap"
	"bounceboard/ui/words"
)

// endings are those of the files that are written; a name without one is text, or HTML.
var endings = map[keymap.Action][]string{
	keymap.WriteRows:     {".csv", ".json", ".ndjson", ".xlsx", ".txt"},
	keymap.WriteEvidence: {".html", ".md"},
}

// refused says why a file is not written whose ending promises a format that is none of ours; empty: it is written.
func refused(lang words.Lang, a keymap.Action, path string) string {
	ending, known := strings.ToLower(filepath.Ext(path)), endings[a]
	if ending == "" || known == nil || slices.Contains(known, ending) {
		return ""
	}
	return lang.Say(words.NoSuchEnding, ending, strings.Join(known, " "))
}
