package timeline

import (
	"cmp"
	"slices"
	"strings"

	"bounceboard/ui/chart"
	"bounceboard/ui/words"
)

// chart draws the bars in h lines, with the scale beside them.
func (t *Timeline) chart(h int) []string {
	columns := make([][]chart.Piece, len(t.bars.bars))
	for i, b := range t.bars.bars {
		columns[i] = t.stack(partsOf(b), h)
	}
	bar, gap := t.bars.width, 0
	if bar >= gapFrom {
		bar, gap = bar-1, 1
	}
	lines := make([]string, max(0, h))
	for y := range lines {
		pieces := append(make([]chart.Piece, 0, 2*len(columns)+1), t.ink.Muted.Of(t.margin(t.scale(y, h))))
		for i := range columns {
			p := columns[i][h-1-y]
			pieces = append(pieces, p.Ink.Of(strings.Repeat(p.Text, bar)))
			if gap > 0 {
				pieces = append(pieces, t.ink.Text.Of(" "))
			}
		}
		lines[y] = t.line(pieces...)
	}
	return lines
}

// scale is the number beside line y of h: the end of the scale on top, its
// half in the middle of a chart that is high enough.
func (t *Timeline) scale(y, h int) string {
	switch top := t.bars.highest; {
	case y == 0:
		return words.Compact(t.lang, top, scaleWidth-2)
	case h >= 6 && h%2 == 0 && y == h/2 && top%2 == 0:
		return words.Compact(t.lang, top/2, scaleWidth-2)
	}
	return ""
}

// shades fill a cell where no colour tells the statuses apart.
var shades = [len(statuses)]string{"█", "▓", "▒", "?", "░"}

// coloured reports whether a cell is drawn by eighths and in colour.
func (t *Timeline) coloured() bool { return !t.th.ASCII && !chart.Colourless(t.th.Invalid) }

// sign fills a cell with one status.
func (t *Timeline) sign(part int) string {
	mark, _ := t.th.Status(int(statuses[part]))
	switch {
	case t.th.ASCII:
		return mark
	case !t.coloured():
		return shades[part]
	}
	return t.th.Marks.Block[7]
}

// stack is the cells of a bar from the base line up. Where two statuses meet
// in a cell, the lower one is its block and the upper one the colour behind
// it. A cell that is not full has one colour, that of the status it shows most
// of. Without colour cells are whole, and show what they have most of.
func (t *Timeline) stack(n parts, h int) []chart.Piece {
	ends := eighths(n, h, t.bars.highest)
	top := ends[len(ends)-1]
	if !t.coloured() && top > 0 {
		top = max(8, (top+4)/8*8)
	}
	cells := make([]chart.Piece, max(0, h))
	for y := range cells {
		low := y * 8
		var in []int // the statuses in this cell, from below
		for i := range ends {
			if within(ends, i, low) > 0 {
				in = append(in, i)
			}
		}
		most := func(in []int) int {
			return slices.MaxFunc(in, func(a, b int) int {
				return cmp.Or(cmp.Compare(within(ends, a, low), within(ends, b, low)), cmp.Compare(n[a], n[b]))
			})
		}
		switch {
		case len(in) == 0 || low >= top:
			cells[y] = t.ink.Text.Of(" ")
		case !t.coloured():
			_, ink := t.ink.Status(int(statuses[most(in)]))
			cells[y] = ink.Of(t.sign(most(in)))
		case len(in) == 1 || top < low+8:
			_, ink := t.ink.Status(int(statuses[most(in)]))
			cells[y] = ink.Of(t.th.Marks.Block[min(top-low, 8)-1])
		default:
			cells[y] = t.both[in[0]][most(in[1:])].Of(t.th.Marks.Block[ends[in[0]]-low-1])
		}
	}
	return cells
}

// within is the eighths that a part takes of the cell that begins at low.
func within(ends parts, part, low int) int {
	from := 0
	if part > 0 {
		from = ends[part-1]
	}
	return min(ends[part], low+8) - max(from, low)
}

// eighths are the heights at which the parts of a bar end, in eighths of a
// line; the last one is that of the bar. A part above zero takes an eighth at
// least, from the largest one if need be.
func eighths(n parts, h, highest int) (ends parts) {
	total := n.total()
	if total == 0 || h <= 0 {
		return ends
	}
	largest := slices.Index(n[:], slices.Max(n[:]))
	all := max(1, (total*h*8*2+highest)/(highest*2))
	size, left := parts{}, all
	for i, m := range n {
		if i != largest && m > 0 && left > 1 {
			size[i] = min(left-1, max(1, (m*all*2+total)/(total*2)))
			left -= size[i]
		}
	}
	size[largest] = left
	sum := 0
	for i := range size {
		sum += size[i]
		ends[i] = sum
	}
	return ends
}
