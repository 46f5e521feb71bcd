package counts

import (
	"strings"

	"github.com/charmbracelet/lipgloss"

	"bounceboard/sendcloud"
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
	return max(0, c.h-c.head()-c.foot()-len(c.warning()))
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

// warning is what contradicts, in lines.
func (c *Counts) warning() []string {
	if c.w < 20 || c.h < 10 {
		return nil
	}
	why := c.contradiction()
	if why == "" {
		return nil
	}
	lines := c.fit.Wrap(why, c.w-4)
	if len(lines) > warnRows {
		lines = lines[:warnRows]
		lines[warnRows-1] = c.fit.Cut(lines[warnRows-1]+c.th.Marks.Ellipsis, c.w-4)
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
			return why
		}
	}
	why := c.flags[0].why
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
			lines = append(lines, c.line(c.th.Muted, "   "+c.lang.Say(words.CountNothing)))
		default:
			lines = append(lines, c.fit.Fit("", c.w))
		}
	}
	for i, s := range c.warning() {
		mark := "  "
		if i == 0 {
			mark = c.th.Marks.Warn + " "
		}
		lines = append(lines, c.line(c.th.Warning, " "+mark+s))
	}
	foot := []string{c.line(c.th.Text, "   "+c.about()), c.line(c.th.Muted, "   "+c.progress())}
	return strings.Join(append(lines, foot[2-c.foot():]...), "\n")
}

func (c *Counts) line(style lipgloss.Style, s string) string {
	return style.Render(c.fit.Fit(s, c.w))
}

// more is the last column of a line: that there are rows above or below.
func (c *Counts) more(line, body int) string {
	switch {
	case line == 0 && c.top > 0:
		return c.th.Muted.Render(c.th.Marks.Up)
	case line == body-1 && c.top+body < len(c.rows):
		return c.th.Muted.Render(c.th.Marks.Down)
	}
	return " "
}

// piece is text in one style.
type piece struct {
	text  string
	style lipgloss.Style
}

// join puts pieces side by side in exactly w columns.
func (c *Counts) join(w int, pieces []piece) string {
	var b strings.Builder
	for _, p := range pieces {
		t := c.fit.Cut(p.text, w)
		w -= cell.Width(t)
		if t != "" {
			b.WriteString(p.style.Render(t))
		}
	}
	return b.String() + c.fit.Fit("", w)
}

func (c *Counts) heads(focused bool) string {
	head, chosen := c.th.Head, c.th.Accent
	if focused {
		head = c.th.Accent
		chosen = head.Underline(true)
	}
	say := func(s words.Sentence) string { return c.lang.Say(s) }
	pieces := []piece{
		{"   " + c.fit.Fit(say(words.CountHead), c.cols.name) + " ", head},
		{c.fit.FitRight(say(words.CountMails), c.cols.number), head}, {" ", head},
	}
	switch {
	case c.cols.days > 0 && c.cols.day == 1:
		first, last := c.plan.Days[c.left], c.plan.Days[c.left+c.cols.days-1]
		text := c.fit.Fit(words.DayOf(first), max(0, c.cols.days-5)) + words.DayOf(last)
		if c.day > 0 { // the day under the cursor stands where its column is
			at := max(0, min(c.day-1-c.left-2, c.cols.days-5))
			text = c.fit.Fit("", at) + words.DayOf(c.selectedDay())
			pieces = append(pieces, piece{" " + c.fit.Fit(text, c.cols.days), chosen})
			break
		}
		pieces = append(pieces, piece{" " + c.fit.Fit(text, c.cols.days), head})
	case c.cols.days > 0:
		pieces = append(pieces, piece{" ", head})
		for i := c.left; i < c.left+c.cols.days; i++ {
			style := head
			if i == c.day-1 {
				style = chosen
			}
			text := words.DayOf(c.plan.Days[i])
			pieces = append(pieces, piece{c.fit.FitRight("", c.cols.day-cell.Width(text)), head}, piece{text, style})
		}
	default:
		if c.cols.share > 0 {
			pieces = append(pieces, piece{" " + c.fit.FitRight(say(words.CountShare), c.cols.share), head})
		}
		if c.cols.bar > 0 {
			pieces = append(pieces, piece{"  " + c.fit.Fit("", c.cols.bar), head})
		}
		if c.cols.asOf > 0 {
			pieces = append(pieces, piece{"  " + c.fit.Fit(say(words.CountAsOf), c.cols.asOf), head})
		}
	}
	return c.join(c.w, pieces)
}

// row draws a row but for its last column.
func (c *Counts) row(i int, focused bool) string {
	r := c.rows[i]
	mark, style := " ", c.th.Text
	name := "  " + c.name(r)
	switch r.kind {
	case total:
		mark, style = c.th.Status(int(r.status))
		name = c.name(r)
	case all:
		name = c.name(r)
		style = c.th.Title
	case uncoded:
		style = c.th.Muted
	}
	lead := " "
	if i == c.cursor && !focused {
		lead = c.th.Marks.Focus
	}
	f := c.figure(r, sendcloud.Date{})
	pieces := []piece{
		{lead, c.th.Accent},
		{mark + " " + c.fit.Fit(name, c.cols.name) + " ", style},
		{c.fit.FitRight(c.short(f, c.cols.number), c.cols.number), c.style(f)},
		{c.odd(r, f, sendcloud.Date{}), c.th.Warning},
	}
	switch {
	case c.cols.days > 0:
		pieces = append(append(pieces, piece{" ", c.th.Text}), c.days(r, style)...)
	default:
		pieces = append(pieces, c.parts(r, f, style)...)
	}
	if i == c.cursor && focused {
		for j := range pieces {
			underlined := pieces[j].style.GetUnderline()
			pieces[j].style = c.th.Selected.Underline(underlined && c.cols.days > 0 && j >= 5)
		}
		w := max(0, c.w-1)
		used := 0
		for _, p := range pieces {
			used += cell.Width(p.text)
		}
		pieces = append(pieces, piece{c.fit.Fit("", max(0, w-used)), c.th.Selected})
	}
	return c.join(max(0, c.w-1), pieces)
}

// parts are the share, its bar and the age of a number.
func (c *Counts) parts(r row, f figure, style lipgloss.Style) []piece {
	var pieces []piece
	share, ok := c.share(r, f, sendcloud.Date{})
	if c.cols.share > 0 {
		text := ""
		if ok {
			text = words.Percent(share)
		}
		pieces = append(pieces, piece{" " + c.fit.FitRight(text, c.cols.share), c.th.Text})
	}
	if c.cols.bar > 0 {
		if r.kind == all {
			share = 0
		}
		bar := style
		if r.kind == code {
			bar = c.th.Muted
		}
		pieces = append(pieces, piece{"  " + chart.Bar(c.th, share, c.cols.bar), bar})
	}
	if c.cols.asOf > 0 {
		text := ""
		if f.state == known && !f.at.IsZero() {
			text = words.Clock(f.at)
		}
		pieces = append(pieces, piece{"  " + c.fit.Fit(text, c.cols.asOf), c.th.Muted})
	}
	return pieces
}

// days are the numbers of a row day by day, in columns or as a spark line.
func (c *Counts) days(r row, style lipgloss.Style) []piece {
	var pieces []piece
	highest := 0
	if c.cols.day == 1 {
		for _, d := range c.plan.Days {
			if f := c.figure(r, d); f.state == known {
				highest = max(highest, f.count)
			}
		}
	}
	for i := c.left; i < c.left+c.cols.days; i++ {
		day := c.plan.Days[i]
		f := c.figure(r, day)
		p := piece{style: style}
		switch {
		case c.cols.day > 1:
			p.text, p.style = c.fit.FitRight(c.short(f, c.cols.day-1), c.cols.day), c.style(f)
			if odd := c.odd(r, f, day); odd != " " {
				p.text, p.style = c.fit.FitRight(odd+c.short(f, c.cols.day-2), c.cols.day), c.th.Warning
			}
		case f.state == known:
			p.text = chart.Rise(c.th, f.count, highest)
		default:
			p.text, p.style = c.text(f), c.style(f)
		}
		if i == c.day-1 {
			blanks := len(p.text) - len(strings.TrimLeft(p.text, " "))
			if blanks < len(p.text) {
				pieces = append(pieces, piece{p.text[:blanks], c.th.Text})
				p.text = p.text[blanks:]
			}
			p.style = p.style.Underline(true)
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

func (c *Counts) style(f figure) lipgloss.Style {
	switch f.state {
	case known:
		return c.th.Text
	case failed:
		return c.th.Error
	}
	return c.th.Muted
}

// odd is the mark behind a number that contradicts others.
func (c *Counts) odd(r row, f figure, day sendcloud.Date) string {
	_, flagged := c.flagged(Key{r.status, r.sub, day})
	if flagged && r.kind != uncoded || f.excess > 0 {
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
	r, day := c.rows[c.cursor], c.selectedDay()
	name := c.name(r)
	if r.kind == uncoded {
		name = words.CountRow(c.lang, r.status, 0) + " " + name
	}
	if !day.IsZero() {
		name = words.DayOf(day) + " " + name
	}
	f := c.figure(r, day)
	between := " " + c.th.Marks.Dot + " "
	var said string
	switch f.state {
	case known:
		said = words.Count(c.lang, f.count, f.atMost)
		if share, ok := c.share(r, f, day); ok && r.kind != all {
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
