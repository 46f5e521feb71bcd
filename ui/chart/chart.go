// Package chart draws numbers with the signs of a text screen: bars, and cells
// that rise by eighths. What it returns is plain text of an exact width, to be
// styled by whoever draws it.
package chart

import (
	"math"
	"strings"

	"github.com/charmbracelet/lipgloss"
)

// eighths of a bar that grows to the right; the last is full.
var eighths = []string{"▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"}

// Bar is a share (0 to 1) of w columns, padded with blanks. A share above zero
// always shows; ascii keeps to ASCII.
func Bar(share float64, w int, ascii bool) string {
	if w <= 0 {
		return ""
	}
	if !(share > 0) { // NaN as well
		return strings.Repeat(" ", w)
	}
	n := max(1, int(math.Round(min(share, 1)*float64(w*8))))
	full, part := "█", ""
	if ascii {
		full, n = "#", max(4, n)
		if n%8 >= 4 {
			part = "-"
		}
	} else if n%8 > 0 {
		part = eighths[n%8-1]
	}
	if part == "" {
		return strings.Repeat(full, n/8) + strings.Repeat(" ", w-n/8)
	}
	return strings.Repeat(full, n/8) + part + strings.Repeat(" ", w-n/8-1)
}

// Rise is one cell that is as high as n against the highest, of the theme's
// rising blocks; a blank for 0. Any other n shows.
func Rise(blocks []string, n, highest int) string {
	if n <= 0 || highest <= 0 {
		return " "
	}
	levels := len(blocks)
	return blocks[max(0, min(levels-1, int(math.Ceil(float64(n)/float64(highest)*float64(levels)))-1))]
}

// Colourless reports whether a style tells nothing by colour, so that another
// sign has to.
func Colourless(s lipgloss.Style) bool {
	_, none := s.GetForeground().(lipgloss.NoColor)
	return none
}
