package cell

import (
	_ "embed" // the table of characters
	"fmt"
	"strings"
	"unicode"
)

// disputed are the printable characters whose columns x/ansi and wcwidth do not agree on: alone, or beside a neighbour because the
// two make one grapheme cluster. Measured over all of Unicode 15 with x/ansi v0.11.9 and with tmux 3.3a on glibc 2.36: viramas that
// join Indic consonants, Thai and Lao sara am, conjoining Hangul, prefixed signs, half-width voicing marks, flags, skin tones, and
// what came with Unicode 15 and 16. (All spacing marks, category Mc, are disputed as well.) The table holds them in hexadecimal, in
// order.
var disputed = readDisputed()

//go:embed disputed.txt
var disputedText string

func readDisputed() *unicode.RangeTable {
	table := &unicode.RangeTable{}
	for line := range strings.Lines(disputedText) {
		var lo, hi uint32
		if n, _ := fmt.Sscanf(line, "%x-%x", &lo, &hi); n == 1 {
			hi = lo
		}
		if hi < 1<<16 {
			table.R16 = append(table.R16, unicode.Range16{Lo: uint16(lo), Hi: uint16(hi), Stride: 1})
		} else {
			table.R32 = append(table.R32, unicode.Range32{Lo: lo, Hi: hi, Stride: 1})
		}
	}
	return table
}
