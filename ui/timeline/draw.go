package timeline

import (
	"strings"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/recordset"
	"bounceboard/ui/cell"
	"bounceboard/ui/chart"
	"bounceboard/ui/words"
)

const (
	scaleWidth = 8  // margin, 12,345, a blank
	narrow     = 30 // in fewer columns there is no scale
	widestBar  = 12
	gapFrom    = 3  // bars of so many columns stand apart by one of them
	roomy      = 10 // lines in which a sentence may take two
)

// plot is the columns that bars may take.
func (t *Timeline) plot() int {
	if t.w < narrow {
		return max(0, t.w-2)
	}
	return t.w - scaleWidth
}

// Draw draws the pane in all its cells. In few lines the rise goes first, then
// the legend, the clock under the bars, and the base line.
func (t *Timeline) Draw(focused bool) []string {
	if t.w == 0 || t.h == 0 || len(t.bars.bars) == 0 {
		return t.nothing()
	}
	var head, foot []string
	if t.h >= 6 {
		head = append(head, t.legend())
	}
	if t.h >= 8 && t.rise != nil {
		head = append(head, t.risen())
	}
	if t.h >= 3 {
		foot = append(foot, t.base(focused))
	}
	if t.h >= 5 {
		foot = append(foot, t.clock())
	}
	foot = append(foot, t.about()...)
	return append(append(head, t.chart(t.h-len(head)-len(foot))...), foot...)
}

// nothing says why there are no bars.
func (t *Timeline) nothing() []string {
	lines := make([]string, t.h)
	for i := range lines {
		lines[i] = t.line()
	}
	switch {
	case t.h == 0:
	case !t.ready:
		lines[0] = t.line(t.ink.Muted.Of("   " + t.lang.Say(words.FacetLoading)))
	case len(t.counted.Bars) == 0:
		lines[0] = t.line(t.ink.Muted.Of("   " + t.lang.Say(words.TimelineEmpty)))
	}
	return lines
}

// line puts pieces side by side in exactly the width.
func (t *Timeline) line(pieces ...chart.Piece) string { return chart.Line(t.fit, t.w, pieces...) }

// margin is what stands left of the bars: blanks, or a number of the scale.
func (t *Timeline) margin(scale string) string {
	if t.w < narrow {
		return " "
	}
	return t.fit.FitRight(scale, scaleWidth-1) + " "
}

// legend names the statuses that occur with their signs and totals, and says
// what the bars cover and what one of them spans, as far as there is room.
func (t *Timeline) legend() string {
	first, days := t.counted.Bars[0], t.counted.byDay()
	end, ink := words.TimelineStep(t.lang, max(t.bars.units, number(first.To, days)-number(first.From, days)), days), t.ink.Muted
	if t.counted.Undated > 0 {
		end, ink = words.Undated(t.lang, t.counted.Undated), t.ink.Warning
	}
	if t.counted.Partial {
		end, ink = words.Covered(t.lang, t.counted.Covered, t.counted.Of), t.ink.Warning
	}
	for _, totals := range []bool{true, false} {
		used := 1
		names := []chart.Piece{t.ink.Text.Of(" ")}
		for i, n := range partsOfAll(t.bars.bars) {
			if n == 0 {
				continue
			}
			text := words.StatusName(t.lang, statuses[i])
			if totals {
				text += " " + words.Number(n)
			}
			_, color := t.ink.Status(int(statuses[i]))
			names = append(names, color.Of(t.sign(i)), t.ink.Text.Of(" "+text+"  "))
			used += cell.Width(text) + 4
		}
		if used+cell.Width(end)+1 <= t.w {
			return t.line(append(names, ink.Of(t.fit.FitRight(end, t.w-used-1)))...)
		}
	}
	return t.line(ink.Of(" " + end))
}

// base is the line the bars stand on, with the range and the cursor in it.
func (t *Timeline) base(focused bool) string {
	cursor, chosen := t.ink.Title, t.ink.Accent
	if focused {
		cursor = t.ink.Accent
	}
	w := t.bars.width
	at := t.bars.of(t.place.cursor) * w
	if w >= gapFrom {
		at += (w - 2) / 2 // the middle of the bar without its gap
	}
	rule := func(from, to int) chart.Piece {
		return t.ink.Muted.Of(strings.Repeat(t.th.Marks.Line, max(0, to-from)))
	}
	pieces := []chart.Piece{t.ink.Muted.Of(t.margin(""))}
	end := len(t.bars.bars) * w
	if !t.place.ranging {
		return t.line(append(pieces, rule(0, at), cursor.Of(t.th.Marks.Up), rule(at+1, end))...)
	}
	first, last := t.ends()
	from, to := first*w, (last+1)*w
	marked := []byte(strings.Repeat("=", to-from))
	marked[0] = '['
	marked[len(marked)-1] = ']'
	return t.line(append(pieces, rule(0, from),
		chosen.Of(string(marked[:at-from])), cursor.Of(t.th.Marks.Up), chosen.Of(string(marked[at-from+1:])),
		rule(to, end))...)
}

// clock is the moments under the bars: days where a day begins, else hours, as
// many as do not touch.
func (t *Timeline) clock() string {
	line := t.margin("")
	left, used := len(line), len(line)
	days, step := t.counted.byDay(), t.tick()
	for i, b := range t.bars.bars {
		from, before := b.From.In(sendcloud.Zone), b.From
		if i > 0 {
			before = t.bars.bars[i-1].From
			if number(from, days)/step == number(before, days)/step {
				continue
			}
		}
		text := from.Format("15:04")
		switch {
		case days:
			text = from.Format("01-02")
		case i == 0 && from.Hour() != 0 && step < 24:
			text = from.Format("01-02 15:04")
		case i == 0 || number(from, true) != number(before, true):
			text = from.Format("01-02")
		}
		at := left + i*t.bars.width
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
	const room = 8 // columns of a moment, and blanks
	steps := []int{1, 2, 3, 6, 12, 24, 48, 7 * 24, 14 * 24}
	if t.counted.byDay() {
		steps = []int{1, 2, 7, 14}
	}
	return neat(steps, func(units int) bool { return units >= t.bars.units && units*t.bars.width >= room*t.bars.units })
}

// about says what the bar under the cursor counts, or the range. It takes two
// lines where one does not do for all bars together, so that the bars keep
// their height while the cursor moves.
func (t *Timeline) about() []string {
	n := 1
	if t.h >= roomy && cell.Width(t.tells(t.bars.bars)) >= t.w {
		n = 2
	}
	first, last := t.ends()
	lines := inLines(t.fit.Wrap(t.tells(t.bars.bars[first:last+1]), max(2, t.w-1)), n)
	for i, text := range lines {
		lines[i] = t.line(t.ink.Text.Of(" " + text))
	}
	return lines
}

// tells says what bars count; the statuses have their marks for names.
func (t *Timeline) tells(bars []recordset.Bar) string {
	n := partsOfAll(bars)
	when := words.Span(bars[0].From, bars[len(bars)-1].To, t.counted.byDay(), t.th.Marks.Dash)
	if t.place.ranging {
		when = t.lang.Say(words.TimelineChosen, when)
	}
	var counts []string
	for i, count := range n {
		if mark, _ := t.ink.Status(int(statuses[i])); count > 0 {
			counts = append(counts, mark+" "+words.Number(count))
		}
	}
	return words.Tally(t.lang, when, n.total(), counts)
}

// risen says since when failures are more than before.
func (t *Timeline) risen() string {
	mark, ink := t.ink.Status(int(t.rise.Status))
	said := words.Rise(t.lang, t.rise.Risen, true)
	if cell.Width(mark)+2+cell.Width(said) > t.w {
		said = words.Rise(t.lang, t.rise.Risen, false)
	}
	return t.line(ink.Of(" "+mark+" "), t.ink.Text.Of(said))
}

// inLines makes n lines of more or fewer: the last one is too long, or empty.
func inLines(lines []string, n int) []string {
	if len(lines) > n {
		return append(lines[:n-1:n-1], strings.Join(lines[n-1:], " "))
	}
	return append(lines, make([]string, n-len(lines))...)
}
