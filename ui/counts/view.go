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
	warnRows    = 3 // lines a contradiction may take
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

// warn gives the contradictions the lines that the longest of them takes, so
// that the rows stay where they are while the cursor moves. Where there is no
// room for any, the last line says one.
func (c *Counts) warn() {
	c.warned = 0
	if c.w < 20 || c.h < 10 {
		return
	}
	for _, f := range c.flags {
		c.warned = max(c.warned, min(warnRows, len(c.fit.Wrap(c.others(f.why), c.w-4))))
	}
}

// warning is what contradicts, in the lines it was given.
func (c *Counts) warning() []string {
	lines := make([]string, c.warned)
	if c.warned == 0 {
		return lines
	}
	for i, s := range c.fit.Wrap(c.contradiction(), c.w-4) {
		if i == c.warned {
			lines[i-1] = c.fit.Cut(lines[i-1]+c.th.Marks.Ellipsis, c.w-4)
			break
		}
		lines[i] = s
	}
	return lines
}

// contradiction is the sentence about the number under the cursor, else the
// first there is.
func (c *Counts) contradiction() string {
	if len(c.flags) == 0 {
		return ""
	}
	if k, ok := c.Selected(); ok {
		if why, odd := c.flagged(k); odd {
			return c.others(why)
		}
	}
	return c.others(c.flags[0].why)
}

// others adds how many contradictions there are besides the one that why is about.
func (c *Counts) others(why string) string {
	if n := len(c.flags) - 1; n > 0 {
		why += c.lang.Say(words.CountMore, n)
	}
	return why
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
	foot := []string{c.line(c.ink.Text, "   "+c.about()), c.line(c.ink.Muted, "   "+c.progress())}
	if why := c.contradiction(); why != "" && c.warned == 0 {
		foot[1] = c.line(c.ink.Warning, " "+c.th.Marks.Warn+" "+why)
	}
	return strings.Join(append(lines, foot[2-c.foot():]...), "\n")
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

// row draws a row but for its last column.
func (c *Counts) row(i int, focused bool) string {
	r := c.rows[i]
	mark, ink := " ", c.ink.Text
	name := "  " + c.name(r)
	switch r.kind {
	case total:
		mark, ink = c.ink.Status(int(r.status))
		name = c.name(r)
	case all:
		name = c.name(r)
		ink = c.ink.Title
	case uncoded:
		ink = c.ink.Muted
	}
	lead := " "
	if i == c.cursor && !focused {
		lead = c.th.Marks.Focus
	}
	f := c.figures[0][i]
	pieces := []chart.Piece{
		c.ink.Accent.Of(lead),
		ink.Of(mark + " " + c.fit.Fit(name, c.cols.name) + " "),
		c.tone(f).Of(c.fit.FitRight(c.short(f, c.cols.number), c.cols.number)),
		c.ink.Warning.Of(c.odd(f)),
	}
	within := 0 // the cell of the chosen day
	if c.cols.days > 0 {
		pieces = append(pieces, c.ink.Text.Of(" "))
		within = len(pieces) + c.day - 1 - c.left
		pieces = append(pieces, c.days(i, ink)...)
	} else {
		pieces = append(pieces, c.parts(i, ink)...)
	}
	w := max(0, c.w-1)
	if i != c.cursor || !focused {
		return chart.Line(c.fit, w, pieces...)
	}
	if c.day > 0 && c.cols.days > 0 {
		pieces[within].Ink = c.ink.Within
	}
	return c.ink.Selected.Row(c.fit, w, pieces...)
}

// parts are the share, its bar and the age of a number.
func (c *Counts) parts(i int, ink chart.Ink) []chart.Piece {
	var pieces []chart.Piece
	f := c.figures[0][i]
	share, ok := c.share(i, 0)
	if c.cols.share > 0 {
		text := ""
		if ok {
			text = words.Percent(share)
		}
		pieces = append(pieces, c.ink.Text.Of(" "+c.fit.FitRight(text, c.cols.share)))
	}
	if c.cols.bar > 0 {
		switch c.rows[i].kind {
		case all:
			share = 0
		case code:
			ink = c.ink.Muted
		}
		pieces = append(pieces, ink.Of("  "+chart.Bar(c.th, share, c.cols.bar)))
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

// days are the numbers of row i day by day, in columns or as a spark line.
func (c *Counts) days(i int, ink chart.Ink) []chart.Piece {
	pieces := make([]chart.Piece, 0, c.cols.days+1)
	highest := 0
	if c.cols.day == 1 {
		for d := range c.plan.Days {
			if f := c.figures[d+1][i]; f.state == known {
				highest = max(highest, f.count)
			}
		}
	}
	for d := c.left + 1; d <= c.left+c.cols.days; d++ {
		f := c.figures[d][i]
		p := chart.Piece{Ink: c.tone(f)}
		switch odd := c.odd(f); {
		case c.cols.day > 1 && odd != " ":
			p.Text, p.Ink = c.fit.FitRight(odd+c.short(f, c.cols.day-2), c.cols.day), c.ink.Warning
		case c.cols.day > 1:
			p.Text = c.fit.FitRight(c.short(f, c.cols.day-1), c.cols.day)
		case f.state == known:
			p.Text, p.Ink = chart.Rise(c.th, f.count, highest), ink
		default:
			p.Text = c.text(f)
		}
		pieces = append(pieces, p)
	}
	return pieces
}

// text is a number, or the sign that stands for it.
func (c *Counts) text(f figure) string {
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
	if f.state != known {
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
	switch f.state {
	case known:
		return c.ink.Text
	case failed:
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
	if r.kind == uncoded {
		return c.lang.Say(words.CountUncoded)
	}
	return words.CountRow(c.lang, r.status, r.sub)
}

// about says what is known of the number under the cursor.
func (c *Counts) about() string {
	if c.cursor >= len(c.rows) {
		return ""
	}
	r, day := c.rows[c.cursor], c.date(c.day)
	name := c.name(r)
	if r.kind == uncoded {
		name = words.CountRow(c.lang, r.status, 0) + " " + name
	}
	if !day.IsZero() {
		name = words.DayOf(day) + " " + name
	}
	f := c.figures[c.day][c.cursor]
	between := " " + c.th.Marks.Dot + " "
	var said string
	switch f.state {
	case known:
		said = words.Count(c.lang, f.count, f.atMost)
		if share, ok := c.share(c.cursor, c.day); ok && r.kind != all {
			whole := ""
			if r.kind != total && len(c.plan.Statuses) > 0 {
				whole = words.CountRow(c.lang, r.status, 0)
			}
			said += between + words.CountShareOf(c.lang, share, whole)
		}
		if !f.at.IsZero() {
			said += between + c.lang.Say(words.AsOf, words.Clock(f.at))
		}
	case waiting:
		said = c.lang.Say(words.Loading)
	case failed:
		said = words.Error(c.lang, f.err)
	case unknown:
		said = c.lang.Say(words.CountUnknown)
		if f.excess > 0 {
			said = words.CountExcess(c.lang, f.excess)
		}
	default:
		said = c.lang.Say(words.CountNot)
	}
	return c.lang.Say(words.CountIs, name, said)
}

// progress says what counting costs, how far it is, or how old it is.
func (c *Counts) progress() string {
	switch {
	case c.of == 0:
		return ""
	case c.Done():
		return words.CountDone(c.lang, c.of, c.oldest)
	case c.phase == Running:
		return words.CountLoading(c.lang, c.have, c.of)
	case c.phase == Stopped:
		return words.CountStopped(c.lang, c.have, c.of)
	}
	return words.CountCost(c.lang, c.plan.Calls, c.plan.Takes)
}
