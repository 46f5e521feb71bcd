package counts

import (
	"strings"

	"bounceboard/ui/cell"
	"bounceboard/ui/chart"
	"bounceboard/ui/words"
)

const (
	numberWidth = 11 // ≤9,999,999
	totalWidth  = 9  // beside days
	shareWidth  = 6
	asOfWidth   = 8
	widestName  = 34
	widestBar   = 48
	tightDay    = 6 // 99.9k and a blank
	roomyDay    = 7 // 12,345 and a blank
)

// columns are the widths of the view; 0 is a column that gave way.
type columns struct {
	name, number, share, bar, asOf int
	days, day                      int // days on screen, columns each; a day of 1 is a spark
}

// measure divides the width.
func (c *Counts) measure() {
	number := numberWidth
	if len(c.plan.Days) > 0 {
		number = totalWidth
	}
	room := c.w - (1 + 2 + 1 + number + 1 + 1) // margin, mark, gap, number, flag, margin
	c.cols = columns{name: max(0, room), number: number}
	if n := len(c.plan.Days); n > 0 {
		switch {
		case room-n*roomyDay >= 24:
			c.cols.day = roomyDay
		case room-n*tightDay >= 20:
			c.cols.day = tightDay
		default:
			c.cols.day = 1
		}
		c.cols.days = min(n, max(0, room-22)/c.cols.day)
		if c.cols.day > 1 {
			c.cols.days = n
		}
		c.cols.name = min(widestName, room-c.cols.days*c.cols.day-min(1, c.cols.days))
		c.cols.name = max(0, c.cols.name)
		return
	}
	if room >= 22+1+shareWidth {
		c.cols.share = shareWidth
		room -= 1 + shareWidth
	}
	if room >= 24+2+asOfWidth {
		c.cols.asOf = asOfWidth
		room -= 2 + asOfWidth
	}
	if room >= 26+2+6 {
		c.cols.bar = min(widestBar, room-2-min(widestName, 30))
		if extra := room - 2 - c.cols.bar; extra > widestName {
			c.cols.bar = min(widestBar, c.cols.bar+extra-widestName)
		}
		room -= 2 + c.cols.bar
	}
	c.cols.name = min(widestName, room)
}

// body is the number of rows in view.
func (c *Counts) body() int {
	return max(0, c.h-c.head()-c.foot()-c.warned)
}

// head is 1 where column heads fit, foot the lines about the cursor and the count.
func (c *Counts) head() int {
	if c.h < 4 {
		return 0
	}
	return 1
}

func (c *Counts) foot() int {
	return min(2, max(0, c.h-1))
}

// View draws the view in exactly the cells of SetSize.
func (c *Counts) View(focused bool) string {
	if c.w == 0 || c.h == 0 {
		return ""
	}
	lines := make([]string, 0, c.h)
	if c.head() > 0 {
		lines = append(lines, c.heads(focused))
	}
	body := c.body()
	for i := c.top; i < c.top+body; i++ {
		switch {
		case i < len(c.rows):
			lines = append(lines, c.row(i, focused)+c.more(i-c.top, body))
		case i == 0:
			lines = append(lines, c.line(c.ink.Muted, "   "+c.lang.Say(words.CountNothing)))
		default:
			lines = append(lines, c.fit.Fit("", c.w))
		}
	}
	for i, s := range c.warning() {
		mark := "  "
		if i == 0 {
			mark = c.th.Marks.Warn + " "
		}
		lines = append(lines, c.line(c.ink.Warning, " "+mark+s))
	}
	return strings.Join(append(lines, c.feet()[2-c.foot():]...), "\n")
}

func (c *Counts) line(ink chart.Ink, s string) string {
	return chart.Line(c.fit, c.w, ink.Of(s))
}

// more is the last column of a line: that there are rows above or below.
func (c *Counts) more(line, body int) string {
	switch {
	case line == 0 && c.top > 0:
		return c.edge(c.th.Marks.Up)
	case line == body-1 && c.top+body < len(c.rows):
		return c.edge(c.th.Marks.Down)
	}
	return " "
}

func (c *Counts) edge(sign string) string {
	return chart.Line(c.fit, 1, c.ink.Muted.Of(sign))
}

func (c *Counts) heads(focused bool) string {
	head, chosen := c.ink.Head, c.ink.Accent
	if focused {
		head, chosen = c.ink.Accent, c.ink.Chosen
	}
	say := func(s words.Sentence) string { return c.lang.Say(s) }
	pieces := []chart.Piece{
		head.Of("   " + c.fit.Fit(say(words.CountHead), c.cols.name) + " " + c.fit.FitRight(say(words.CountMails), c.cols.number) + " "),
	}
	switch {
	case c.cols.days > 0 && c.cols.day == 1:
		first, last := c.plan.Days[c.left], c.plan.Days[c.left+c.cols.days-1]
		text := c.fit.Fit(words.DayOf(first), max(0, c.cols.days-5)) + words.DayOf(last)
		if c.day > 0 { // the day under the cursor stands where its column is
			at := max(0, min(c.day-1-c.left-2, c.cols.days-5))
			text = c.fit.Fit("", at) + words.DayOf(c.date(c.day))
			pieces = append(pieces, chosen.Of(" "+c.fit.Fit(text, c.cols.days)))
			break
		}
		pieces = append(pieces, head.Of(" "+c.fit.Fit(text, c.cols.days)))
	case c.cols.days > 0:
		pieces = append(pieces, head.Of(" "))
		for i := c.left; i < c.left+c.cols.days; i++ {
			ink := head
			if i == c.day-1 {
				ink = chosen
			}
			text := words.DayOf(c.plan.Days[i])
			pieces = append(pieces, head.Of(c.fit.FitRight("", c.cols.day-cell.Width(text))), ink.Of(text))
		}
	default:
		if c.cols.share > 0 {
			pieces = append(pieces, head.Of(" "+c.fit.FitRight(say(words.CountShare), c.cols.share)))
		}
		if c.cols.bar > 0 {
			pieces = append(pieces, head.Of("  "+c.fit.Fit("", c.cols.bar)))
		}
		if c.cols.asOf > 0 {
			pieces = append(pieces, head.Of("  "+c.fit.Fit(say(words.CountAsOf), c.cols.asOf)))
		}
	}
	return chart.Line(c.fit, c.w, pieces...)
}

// row draws a row but for its last column. What the question leaves out is dim,
// and has no line at its left.
func (c *Counts) row(i int, focused bool) string {
	r := c.rows[i]
	mark, ink := " ", c.ink.Text
	name := c.name(r)
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
	f := c.figures[0][i]
	tone := c.tone(f)
	if !c.within(r) && r.kind != all {
		ink, tone = c.ink.Muted, c.ink.Muted
	}
	lead := c.ink.Text.Of(" ")
	switch {
	case i == c.cursor && !focused:
		lead = c.ink.Accent.Of(c.th.Marks.Focus)
	case len(c.plan.Asked) > 0 && c.within(r): // for those who see no colour
		lead = c.ink.Muted.Of(c.th.Marks.Bar)
	}
	pieces := []chart.Piece{
		lead,
		ink.Of(mark + " " + c.fit.Fit(name, c.cols.name) + " "),
		tone.Of(c.fit.FitRight(c.short(f, c.cols.number), c.cols.number)),
		c.ink.Warning.Of(c.odd(f)),
	}
	selected := i == c.cursor && focused
	if c.cols.days > 0 {
		pieces = append(pieces, c.ink.Text.Of(" "))
		pieces = append(pieces, c.days(i, ink, selected)...)
	} else {
		pieces = append(pieces, c.parts(i, ink, tone)...)
	}
	w := max(0, c.w-1)
	if selected {
		return c.ink.Selected.Row(c.fit, w, pieces...)
	}
	return chart.Line(c.fit, w, pieces...)
}

// parts are the share, its bar and the age of a number.
func (c *Counts) parts(i int, ink, tone chart.Ink) []chart.Piece {
	var pieces []chart.Piece
	f := c.figures[0][i]
	share, ok := c.share(i, 0)
	if c.cols.share > 0 {
		text := ""
		if ok && c.rows[i].kind != all {
			text = words.Percent(share)
		}
		pieces = append(pieces, tone.Of(" "+c.fit.FitRight(text, c.cols.share)))
	}
	if c.cols.bar > 0 {
		switch c.rows[i].kind {
		case all, asked:
			share = 0
		case code:
			ink = c.ink.Muted
		}
		pieces = append(pieces, ink.Of("  "+chart.Bar(share, c.cols.bar, c.th.ASCII)))
	}
	if c.cols.asOf > 0 {
		text := ""
		if f.state == known && !f.at.IsZero() {
			text = words.Clock(f.at)
		}
		pieces = append(pieces, c.ink.Muted.Of("  "+c.fit.Fit(text, c.cols.asOf)))
	}
	return pieces
}

// days are the numbers of row i day by day, in columns or as a spark line. In
// the selected row the chosen day stands out.
func (c *Counts) days(i int, ink chart.Ink, selected bool) []chart.Piece {
	pieces := make([]chart.Piece, 0, c.cols.days)
	dim := !c.within(c.rows[i]) && c.rows[i].kind != all
	highest := 0
	if c.cols.day == 1 {
		for d := range c.plan.Days {
			if f := &c.figures[d+1][i]; f.state == known {
				highest = max(highest, f.count)
			}
		}
	}
	var run []byte // what is in the ink of the last piece
	end := func() {
		if len(pieces) > 0 {
			pieces[len(pieces)-1].Text = string(run)
		}
		run = run[:0]
	}
	for d := c.left + 1; d <= c.left+c.cols.days; d++ {
		p := c.cell(c.figures[d][i], highest, ink)
		if dim && p.Ink == c.ink.Text {
			p.Ink = c.ink.Muted
		}
		if selected && d == c.day {
			p.Ink = c.ink.Within
		}
		if len(pieces) == 0 || pieces[len(pieces)-1].Ink != p.Ink {
			end()
			pieces = append(pieces, p)
		}
		run = append(run, p.Text...)
	}
	end()
	return pieces
}

// cell is one number of a day, in its column or as high as it is against the
// highest.
func (c *Counts) cell(f figure, highest int, ink chart.Ink) chart.Piece {
	switch odd := c.odd(f); {
	case c.cols.day == 1 && f.state == known:
		return ink.Of(chart.Rise(c.th.Marks.Block, f.count, highest))
	case c.cols.day == 1:
		return c.tone(f).Of(c.text(f))
	case odd != " ":
		return c.ink.Warning.Of(c.fit.FitRight(odd+c.short(f, c.cols.day-2), c.cols.day))
	}
	return c.tone(f).Of(c.fit.FitRight(c.short(f, c.cols.day-1), c.cols.day))
}

// text is a number, or the sign that stands for it.
func (c *Counts) text(f figure) string {
	if f.rate {
		return words.Percent(float64(f.count) / 1e6)
	}
	switch f.state {
	case known:
		return words.Number(f.count)
	case waiting:
		return c.th.Marks.Ellipsis
	case failed:
		return c.th.Marks.Warn
	case unknown:
		return c.th.Marks.Dash
	}
	return c.th.Marks.Dot
}

// short is text in w columns.
func (c *Counts) short(f figure, w int) string {
	if f.state != known || f.rate {
		return c.text(f)
	}
	sign := c.atMost(f)
	return sign + words.Compact(c.lang, f.count, w-cell.Width(sign))
}

// atMost is the sign before a number that is an upper bound.
func (c *Counts) atMost(f figure) string {
	switch {
	case !f.atMost:
		return ""
	case c.th.ASCII:
		return "<="
	}
	return "≤"
}

// tone is the ink of a number.
func (c *Counts) tone(f figure) chart.Ink {
	switch {
	case f.state == known && !f.old:
		return c.ink.Text
	case f.state == failed:
		return c.ink.Error
	}
	return c.ink.Muted
}

// odd is the mark beside a number that contradicts others.
func (c *Counts) odd(f figure) string {
	if f.odd || f.excess > 0 {
		return c.th.Marks.Warn
	}
	return " "
}

func (c *Counts) name(r row) string {
	switch r.kind {
	case all:
		return c.lang.Say(words.CountAll)
	case asked:
		return c.lang.Say(words.CountAsked)
	case rate:
		if len(c.plan.Asked) == 0 {
			return c.lang.Say(words.CountFailRate)
		}
		return c.lang.Say(words.CountRate)
	case uncoded:
		return c.lang.Say(words.CountUncoded)
	}
	return words.CountRow(c.lang, r.status, r.sub)
}
