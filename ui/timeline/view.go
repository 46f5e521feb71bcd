package timeline

import (
	"cmp"
	"slices"
	"strings"

	"bounceboard/sendcloud"
	"bounceboard/ui/cell"
	"bounceboard/ui/chart"
	"bounceboard/ui/words"
)

const (
	scaleWidth = 8 // margin, 12,345, a blank
	widestBar  = 12
	gapFrom    = 3  // bars of so many columns stand apart by one of them
	roomy      = 10 // lines in which a sentence may take two
)

// plot is the columns that bars may take.
func (t *Timeline) plot() int {
	if t.w < 30 {
		return max(0, t.w-2)
	}
	return t.w - scaleWidth
}

// View draws the pane in exactly the cells of SetSize. What gives way in few
// lines: since when failures are more, the legend, then the clock under the bars, then the base line.
func (t *Timeline) View(focused bool) string {
	if t.w == 0 || t.h == 0 {
		return ""
	}
	if len(t.bars) == 0 {
		return t.nothing()
	}
	lines := make([]string, 0, t.h)
	if t.h >= 6 {
		lines = append(lines, t.legend())
	}
	if t.h >= 8 && t.rises {
		lines = append(lines, t.risen()...)
	}
	about := t.about()
	chrome := len(lines) + len(about)
	if t.h >= 3 {
		chrome++
	}
	if t.h >= 5 {
		chrome++
	}
	if h := max(0, t.h-chrome); len(t.drawn) != h {
		t.drawn = t.chart(h)
	}
	lines = append(lines, t.drawn...)
	if t.h >= 3 {
		lines = append(lines, t.base(focused))
	}
	if t.h >= 5 {
		lines = append(lines, t.clock())
	}
	return strings.Join(append(lines, about...), "\n")
}

// nothing says why there are no bars.
func (t *Timeline) nothing() string {
	text := words.FacetLoading
	switch {
	case t.ready && len(t.shown.Buckets) == 0:
		text = words.TimelineEmpty
	case t.ready: // not a column wide
		text = words.Sentence{}
	}
	lines := make([]string, t.h)
	lines[0] = t.line(t.ink.Muted.Of("   " + t.lang.Say(text)))
	for i := 1; i < len(lines); i++ {
		lines[i] = t.fit.Fit("", t.w)
	}
	return strings.Join(lines, "\n")
}

// line puts pieces side by side in exactly the width.
func (t *Timeline) line(pieces ...chart.Piece) string { return chart.Line(t.fit, t.w, pieces...) }

// margin is what stands left of the bars: blanks, or a number of the scale.
func (t *Timeline) margin(scale string) string {
	if t.w < 30 {
		return " "
	}
	return t.fit.FitRight(scale, scaleWidth-1) + " "
}

// detail is how much the legend says of a status.
type detail int

const (
	counted detail = iota
	named
	marked // as the table marks it
)

// legend names the statuses of the slice with their signs and totals, and what
// a bar spans, as far as there is room. What part of the rows it covers stays.
func (t *Timeline) legend() string {
	first := t.shown.Buckets[0]
	units := max(t.merge, number(first.To, t.shown.Unit)-number(first.From, t.shown.Unit))
	step, ink := words.TimelineStep(t.lang, units, t.shown.Unit == Day), t.ink.Muted
	var gaps []string
	if t.shown.Partial {
		gaps = append(gaps, words.Covered(t.lang, t.shown.Covered, t.shown.Of))
	}
	if t.shown.Undated > 0 {
		gaps = append(gaps, words.Undated(t.lang, t.shown.Undated))
	}
	between := " " + t.th.Marks.Dot + " "
	ends := []string{strings.Join(append(gaps, step), between), strings.Join(gaps, between)}
	if len(gaps) > 0 {
		ink = t.ink.Warning
	}
	for _, d := range []detail{counted, named, marked} {
		names, used := t.names(d)
		for i, end := range ends {
			if used+cell.Width(end)+1 <= t.w || d == marked && i == len(ends)-1 {
				return t.line(append(names, ink.Of(t.fit.FitRight(end, t.w-used-1)))...)
			}
		}
	}
	return ""
}

// names are the statuses that occur, with their signs, and the columns they take.
func (t *Timeline) names(d detail) ([]chart.Piece, int) {
	pieces, used := []chart.Piece{t.ink.Text.Of(" ")}, 1
	for i, n := range t.all.parts() {
		if n == 0 {
			continue
		}
		text := words.StatusName(t.lang, statuses[i])
		mark, ink := t.ink.Status(int(statuses[i]))
		switch d {
		case counted:
			text += " " + words.Number(n)
		case marked:
			text = mark
		}
		pieces = append(pieces, ink.Of(t.glyph(i)), t.ink.Text.Of(" "+text+"  "))
		used += cell.Width(text) + 4
	}
	return pieces, used
}

// glyph is the sign that fills a cell of a status: full where colours tell them
// apart, else another one for each.
func (t *Timeline) glyph(part int) string {
	mark, _ := t.th.Status(int(statuses[part]))
	switch {
	case t.th.ASCII:
		return mark
	case !t.colours():
		return shades[part]
	}
	return t.th.Marks.Block[7]
}

var shades = []string{"█", "▓", "▒", "?", "░"} // by their place in the stack

// colours reports whether statuses are told apart by colour.
func (t *Timeline) colours() bool { return !chart.Colourless(t.th.Invalid) }

// chart draws the bars in h lines, with the scale beside them.
func (t *Timeline) chart(h int) []string {
	if h <= 0 {
		return nil
	}
	columns := make([][]chart.Piece, len(t.bars))
	for i := range t.bars {
		columns[i] = t.stack(t.bars[i].ByStatus, h)
	}
	bar, gap := t.width, 0
	if t.width >= gapFrom {
		bar, gap = t.width-1, 1
	}
	lines := make([]string, h)
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
	switch {
	case y == 0:
		return words.Compact(t.lang, t.highest, scaleWidth-2)
	case h >= 6 && h%2 == 0 && y == h/2 && t.highest%2 == 0:
		return words.Compact(t.lang, t.highest/2, scaleWidth-2)
	}
	return ""
}

// stack is the cells of a bar from the base line up.
func (t *Timeline) stack(n Tally, h int) []chart.Piece {
	if t.colours() && !t.th.ASCII {
		return t.mixedStack(n, h)
	}
	cells := make([]chart.Piece, h)
	total, parts := n.total(), n.parts()
	high := (total*h*2 + t.highest) / (t.highest * 2)
	if total > 0 {
		high = max(1, high)
	}
	for y := range cells {
		cells[y] = t.ink.Text.Of(" ")
		if y >= high {
			continue
		}
		part := most(parts, y, high, total)
		_, ink := t.ink.Status(int(statuses[part]))
		cells[y] = ink.Of(t.glyph(part))
	}
	return cells
}

// most is the part that fills most of cell y of a bar of high cells.
func most(parts [5]int, y, high, total int) int {
	best, size, from := 0, -1, 0
	low, up := y*total, (y+1)*total // in units of a mail in high cells
	for i, n := range parts {
		to := from + n*high
		if s := min(to, up) - max(from, low); s > size && n > 0 {
			best, size = i, s
		}
		from = to
	}
	return best
}

// mixedStack draws by eighths of a cell. Where two statuses meet in a cell the
// lower one is its block, the upper one the colour behind it.
func (t *Timeline) mixedStack(n Tally, h int) []chart.Piece {
	parts := n.parts()
	ends := t.eighths(parts, h)
	cells := make([]chart.Piece, h)
	for y := range cells {
		low := y * 8
		var in []int // parts in this cell, from below
		for i := range ends {
			if extent(ends, i, low) > 0 {
				in = append(in, i)
			}
		}
		cells[y] = t.cell(in, parts, ends, low)
	}
	return cells
}

// cell draws the parts of one cell, which begins at low. A cell that is not full
// has one colour only: that of the part it shows most of.
func (t *Timeline) cell(in []int, parts, ends [5]int, low int) chart.Piece {
	if len(in) == 0 {
		return t.ink.Text.Of(" ")
	}
	top := ends[len(ends)-1]
	most := func(in []int) int {
		return slices.MaxFunc(in, func(a, b int) int {
			return cmp.Or(cmp.Compare(extent(ends, a, low), extent(ends, b, low)), cmp.Compare(parts[a], parts[b]))
		})
	}
	if len(in) == 1 || top < low+8 {
		_, ink := t.ink.Status(int(statuses[most(in)]))
		return ink.Of(t.th.Marks.Block[min(top-low, 8)-1])
	}
	return t.both[in[0]][most(in[1:])].Of(t.th.Marks.Block[ends[in[0]]-low-1])
}

// extent is the eighths that a part takes of the cell that begins at low.
func extent(ends [5]int, part, low int) int {
	from := 0
	if part > 0 {
		from = ends[part-1]
	}
	return min(ends[part], low+8) - max(from, low)
}

// eighths are the heights at which the parts end, the last one that of the bar.
// A part above zero takes an eighth at least, from the largest one if need be.
func (t *Timeline) eighths(parts [5]int, h int) [5]int {
	var size, ends [5]int
	total, largest := 0, 0
	for i, n := range parts {
		total += n
		if n > parts[largest] {
			largest = i
		}
	}
	if total == 0 {
		return ends
	}
	all := max(1, (total*h*8*2+t.highest)/(t.highest*2))
	left := all
	for i, n := range parts {
		if i == largest || n == 0 || left <= 1 {
			continue
		}
		size[i] = min(left-1, max(1, (n*all*2+total)/(total*2)))
		left -= size[i]
	}
	size[largest] = left
	sum := 0
	for i := range size {
		sum += size[i]
		ends[i] = sum
	}
	return ends
}

// base is the line the bars stand on, with the range and the cursor in it.
func (t *Timeline) base(focused bool) string {
	cursor, chosen := t.ink.Title, t.ink.Accent
	if focused {
		cursor = t.ink.Accent
	}
	line := t.th.Marks.Line
	first, last := t.ends()
	n := len(t.bars) * t.width
	at := t.bar(t.cursor) * t.width
	if t.width >= gapFrom {
		at += (t.width - 2) / 2 // the middle of the bar without its gap
	}
	rule := func(from, to int) chart.Piece { return t.ink.Muted.Of(strings.Repeat(line, max(0, to-from))) }
	pieces := []chart.Piece{t.ink.Muted.Of(t.margin(""))}
	if !t.ranging {
		return t.line(append(pieces, rule(0, at), cursor.Of(t.th.Marks.Up), rule(at+1, n))...)
	}
	from, to := first*t.width, (last+1)*t.width
	marked := []byte(strings.Repeat("=", to-from))
	marked[0] = '['
	marked[len(marked)-1] = ']'
	in := at - from
	return t.line(append(pieces, rule(0, from),
		chosen.Of(string(marked[:in])), cursor.Of(t.th.Marks.Up), chosen.Of(string(marked[in+1:])),
		rule(to, n))...)
}

// clock is the moments under the bars: days where a day begins, else hours, as
// many as do not touch.
func (t *Timeline) clock() string {
	line := t.margin("")
	used := cell.Width(line)
	left := used
	step := t.tick()
	for i, b := range t.bars {
		from := b.From.In(sendcloud.Zone)
		if i > 0 && number(from, t.shown.Unit)/step == number(t.bars[i-1].From.In(sendcloud.Zone), t.shown.Unit)/step {
			continue
		}
		text := from.Format("15:04")
		switch {
		case t.shown.Unit == Day:
			text = from.Format("01-02")
		case i == 0 && from.Hour() != 0 && step < 24:
			text = from.Format("01-02 15:04")
		case i == 0 || number(from, Day) != number(t.bars[i-1].From.In(sendcloud.Zone), Day):
			text = from.Format("01-02")
		}
		at := left + i*t.width
		if at < used+min(i, 1)*2 || at+len(text) > t.w {
			continue
		}
		line += t.fit.Fit("", at-used) + text
		used = at + len(text)
	}
	return t.line(t.ink.Muted.Of(line))
}

// tick is how many units apart the moments under the bars stand.
func (t *Timeline) tick() int {
	steps := []int{1, 2, 3, 6, 12, 24, 48, 7 * 24, 14 * 24}
	if t.shown.Unit == Day {
		steps = []int{1, 2, 7, 14}
	}
	const room = 8 // columns of a moment, and blanks
	for _, s := range steps {
		if s >= t.merge && s*t.width >= room*t.merge {
			return s
		}
	}
	s := steps[len(steps)-1]
	for s*t.width < room*t.merge {
		s *= 2
	}
	return s
}

// about says what the bar under the cursor counts, or the range. It takes two
// lines where one might not do for any range there is, so that the bars keep
// their height while the cursor moves.
func (t *Timeline) about() []string {
	first, last := t.ends()
	n := 1
	if all := t.tells(0, len(t.bars)-1); t.h >= roomy && !t.fits(all[len(all)-1]) {
		n = 2
	}
	var lines []string
	for _, text := range t.tells(first, last) {
		if lines = t.fit.Wrap(text, max(2, t.w-1)); len(lines) <= n {
			break
		}
	}
	lines = fold(lines, n)
	for i, text := range lines {
		lines[i] = t.line(t.ink.Text.Of(" " + text))
	}
	return lines
}

func (t *Timeline) fits(text string) bool { return cell.Width(text) < t.w }

// tells says what bars count, the longest text first.
func (t *Timeline) tells(first, last int) []string {
	var n Tally
	for _, b := range t.bars[first : last+1] {
		n.add(b.ByStatus)
	}
	when := words.Span(t.bars[first].From, t.bars[last].To, t.shown.Unit == Day, t.th.Marks.Dash)
	if t.ranging {
		when = t.lang.Say(words.TimelineChosen, when)
	}
	var named, marked []string
	for i, count := range n.parts() {
		if count > 0 {
			mark, _ := t.th.Status(int(statuses[i]))
			named = append(named, words.CountOf(t.lang, count, words.StatusName(t.lang, statuses[i])))
			marked = append(marked, mark+" "+words.Number(count))
		}
	}
	return []string{
		words.Tally(t.lang, when, n.total(), named),
		words.Tally(t.lang, when, n.total(), marked),
		t.lang.Say(words.Labelling, when, strings.Join(append([]string{words.Number(n.total())}, marked...), " ")),
	}
}

// fold makes n lines of more or fewer: the last is too long, or empty.
func fold(lines []string, n int) []string {
	if len(lines) > n {
		return append(lines[:n-1:n-1], strings.Join(lines[n-1:], " "))
	}
	return append(lines, make([]string, n-len(lines))...)
}
