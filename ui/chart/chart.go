// Package chart draws numbers with the signs of a text screen, and lines of text in the inks of a theme.
package chart

import (
	"math"
	"strings"
	"unicode/utf8"
)

// eighths of a bar that grows to the right; there is no eighth of nothing.
var eighths = []string{"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"}

// Bar is a share (0 to 1) of w columns, padded with blanks. A share above zero
// always shows; ascii keeps to ASCII.
func Bar(share float64, w int, ascii bool) string {
	bar := ""
	if w > 0 && share > 0 { // NaN is not
		n := max(1, int(math.Round(min(share, 1)*float64(w*8))))
		bar = strings.Repeat("█", n/8) + eighths[n%8]
		if ascii {
			bar = strings.Repeat("#", max(1, (n+4)/8))
		}
	}
	return bar + strings.Repeat(" ", max(0, w-utf8.RuneCountInString(bar)))
}
