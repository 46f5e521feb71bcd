package counts

import (
	"bounceboard/sendcloud"
	"bounceboard/ui/cell"
	"bounceboard/ui/chart"
	"bounceboard/ui/pane"
	"bounceboard/ui/words"
)

const (
	numberWidth = 11 // ≤9,999,999
	totalWidth  = 9  // beside days
	shareWidth  = 14 // 占全部的 22.6%
	widestName  = 34
	widestBar   = 48
	tightDay    = 6 // 99.9k and a blank
	roomyDay    = 7 // 12,345 and a blank
)

// columns are the widths of the screen; 0 is a column for which there is no room.
type columns struct {
	name, number, share, bar int
	days, day                int // days on the screen, columns of each; of 1 they are heights
}

// measure divides the width. Where days have columns all of them do; of more
// days each is a height in one column.
func measure(w, days int) columns {
	const around = 1 + 2 + 1 + 1 // margin, mark, gap, margin
	if days > 0 {
		cols := columns{number: totalWidth, days: days}
		room := w - around - totalWidth
		switch {
		case room-days*roomyDay >= 24:
			cols.day = roomyDay
		case room-days*tightDay >= 20:
			cols.day = tightDay
		default:
			cols.day, cols.days = 1, min(days, max(0, room-22))
		}
		cols.name = max(0, min(widestName, room-cols.days*cols.day-min(1, cols.days)))
		return cols
	}
	cols := columns{number: numberWidth}
	room := w - around - numberWidth
	if room >= 22+1+shareWidth {
		cols.share = shareWidth
		room -= 1 + shareWidth
	}
	if room >= 26+2+6 {
		cols.bar = min(widestBar, room-2-30)
		if extra := room - 2 - cols.bar; extra > widestName {
			cols.bar = min(widestBar, cols.bar+extra-widestName)
		}
		room -= 2 + cols.bar
	}
	cols.name = max(0, min(widestName, room))
	return cols
}

// head is 1 where column heads fit, foot the lines about the cursor and the count.
func (c *Counts) head() int {
	if c.h < 4 {
		return 0
	}
	return 1
}

func (c *Counts) foot() int { return min(2, max(0, c.h-1)) }

// body is the number of rows in view.
func (c *Counts) body() int { return max(0, c.h-c.head()-c.foot()) }

func (c *Counts) line(ink chart.Ink, s string) string { return chart.Line(c.fit, c.w, ink.Of(s)) }

// Draw draws the screen in all its cells.
func (c *Counts) Draw(focused bool) []string {
	if c.w == 0 || c.h == 0 {
		return make([]string, c.h)
	}
	lines := make([]string, 0, c.h)
	if c.head() > 0 {
		lines = append(lines, c.heads(focused))
	}
	h, n := c.body(), len(c.rows)
	for i := range h {
		if at := c.cursor.Top + i; at < n {
			lines = append(lines, c.row(at, focused)+pane.More(c.fit, c.ink.Muted, c.th.Marks.Up, c.th.Marks.Down, i, c.cursor.Top, n, h))
		} else {
			lines = append(lines, c.line(c.ink.Text, ""))
		}
	}
	return append(lines, c.feet()[2-c.foot():]...)
}

func (c *Counts) heads(focused bool) string {
	head, chosen := c.ink.Head, c.ink.Accent
	if focused {
		head, chosen = c.ink.Accent, c.ink.Chosen
	}
	pieces := []chart.Piece{head.Of("   " + c.fit.Fit(c.lang.Say(words.CountHead), c.cols.name) + " " + c.fit.FitRight(c.lang.Say(words.CountMails), c.cols.number))}
	switch days := c.counting.days; {
	case c.cols.days > 0 && c.cols.day == 1:
		text, ink := words.DayOf(days[c.left]), head
		text = c.fit.Fit(text, max(0, c.cols.days-5)) + words.DayOf(days[c.left+c.cols.days-1])
		if c.day > 0 { // the day under the cursor stands where its column is
			text, ink = c.fit.Fit("", max(0, min(c.day-1-c.left-2, c.cols.days-5)))+words.DayOf(c.counting.date(c.day)), chosen
		}
		pieces = append(pieces, ink.Of(" "+c.fit.Fit(text, c.cols.days)))
	case c.cols.days > 0:
		pieces = append(pieces, head.Of(" "))
		for i := c.left; i < c.left+c.cols.days; i++ {
			text, ink := words.DayOf(days[i]), head
			if i == c.day-1 {
				ink = chosen
			}
			pieces = append(pieces, head.Of(c.fit.FitRight("", c.cols.day-cell.Width(text))), ink.Of(text))
		}
	default:
		if c.cols.share > 0 {
			pieces = append(pieces, head.Of(" "+c.fit.FitRight(c.lang.Say(words.CountShare), c.cols.share)))
		}
		if c.cols.bar > 0 {
			pieces = append(pieces, head.Of("  "+c.fit.Fit("", c.cols.bar)))
		}
	}
	return chart.Line(c.fit, c.w, pieces...)
}

// row draws a row but for its last column. What the query leaves out is dim,
// and has no line at its left.
func (c *Counts) row(i int, focused bool) string {
	r, f := c.rows[i], c.figures[0][i]
	mark, ink, name := " ", c.ink.Text, r.name
	switch r.kind {
	case total:
		mark, ink = c.ink.Status(int(r.status))
	case all, asked:
		ink = c.ink.Title
	case uncoded:
		name, ink = "  "+name, c.ink.Muted
	default:
		name = "  " + name
	}
	tone := f.tone(&c.ink)
	dim := !r.within && r.kind != all
	if dim {
		ink, tone = c.ink.Muted, c.ink.Muted
	}
	lead := c.ink.Text.Of(" ")
	switch {
	case i == c.cursor.At && !focused:
		lead = c.ink.Accent.Of(c.th.Marks.Focus)
	case len(c.asked) > 0 && r.within: // for those who see no colour
		lead = c.ink.Muted.Of(c.th.Marks.Bar)
	}
	pieces := []chart.Piece{
		lead,
		ink.Of(mark + " " + c.fit.Fit(name, c.cols.name) + " "),
		tone.Of(c.fit.FitRight(c.short(f, c.cols.number), c.cols.number)),
	}
	selected := i == c.cursor.At && focused
	if c.cols.days > 0 {
		pieces = append(append(pieces, c.ink.Text.Of(" ")), c.days(i, ink, dim, selected)...)
	} else {
		pieces = append(pieces, c.parts(i, ink, tone)...)
	}
	w := max(0, c.w-1)
	if selected {
		return c.ink.Selected.Row(c.fit, w, pieces...)
	}
	return chart.Line(c.fit, w, pieces...)
}

// parts are the share of a number and its bar.
func (c *Counts) parts(i int, ink, tone chart.Ink) []chart.Piece {
	var pieces []chart.Piece
	kind := c.rows[i].kind
	share, ok := c.share(i, 0)
	if c.cols.share > 0 {
		text := ""
		switch {
		case !ok || kind == all:
		case kind == code || kind == uncoded:
			text = c.lang.Say(words.CountOfStatus, words.Percent(share))
		default:
			text = c.lang.Say(words.CountOfAll, words.Percent(share))
		}
		pieces = append(pieces, tone.Of(" "+c.fit.FitRight(text, c.cols.share)))
	}
	if c.cols.bar > 0 {
		switch kind {
		case all, asked:
			share = 0
		case code:
			ink = c.ink.Muted
		}
		pieces = append(pieces, ink.Of("  "+chart.Bar(share, c.cols.bar, c.th.ASCII)))
	}
	return pieces
}

// days are the numbers of row i day by day. In the selected row the chosen day
// stands out.
func (c *Counts) days(i int, ink chart.Ink, dim, selected bool) []chart.Piece {
	highest := 0
	for d := range c.counting.days {
		if f := &c.figures[d+1][i]; f.Bound != sendcloud.Unknown {
			highest = max(highest, f.N)
		}
	}
	pieces := make([]chart.Piece, 0, c.cols.days)
	for d := c.left + 1; d <= c.left+c.cols.days; d++ {
		p := c.onDay(c.figures[d][i], highest, ink)
		if dim && p.Ink == c.ink.Text {
			p.Ink = c.ink.Muted
		}
		if selected && d == c.day {
			p.Ink = c.ink.Within
		}
		pieces = append(pieces, p)
	}
	return pieces
}

// onDay is one number of a day, in its column or as high as it is against the
// highest.
func (c *Counts) onDay(f figure, highest int, ink chart.Ink) chart.Piece {
	switch {
	case c.cols.day == 1 && f.Bound != sendcloud.Unknown:
		return ink.Of(chart.Rise(c.th.Marks.Block, f.N, highest))
	case c.cols.day == 1:
		return f.tone(&c.ink).Of(c.short(f, 1))
	}
	return f.tone(&c.ink).Of(c.fit.FitRight(c.short(f, c.cols.day-1), c.cols.day))
}

// short is a number in w columns, or the sign that stands for it.
func (c *Counts) short(f figure, w int) string {
	switch {
	case f.Bound != sendcloud.Unknown && f.rate:
		return words.Percent(f.share)
	case f.Bound != sendcloud.Unknown:
		sign := f.bound(c.th.ASCII)
		return sign + words.Compact(c.lang, f.N, w-cell.Width(sign))
	case f.Err != nil:
		return c.th.Marks.Warn
	case f.Pending && c.running(Kind):
		return c.th.Marks.Ellipsis
	case f.Pending:
		return c.th.Marks.Dot
	}
	return c.th.Marks.Dash
}

// bound is the sign before a number that is a bound.
func (f figure) bound(ascii bool) string {
	signs := map[sendcloud.Bound]string{sendcloud.AtMost: "≤", sendcloud.AtLeast: "≥"}
	if ascii {
		signs = map[sendcloud.Bound]string{sendcloud.AtMost: "<=", sendcloud.AtLeast: ">="}
	}
	return signs[f.Bound]
}

// tone is the ink of a number.
func (f figure) tone(ink *chart.Inks) chart.Ink {
	switch {
	case f.Bound != sendcloud.Unknown && !f.Old:
		return ink.Text
	case f.Bound == sendcloud.Unknown && f.Err != nil:
		return ink.Error
	}
	return ink.Muted
}
