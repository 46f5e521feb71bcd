package counts

import (
	"strings"

	"bounceboard/sendcloud"
	"bounceboard/ui/cell"
	"bounceboard/ui/chart"
	"bounceboard/ui/pane"
	"bounceboard/ui/words"
)

const (
	numberWidth = 11 // ≤9,999,999
	shareWidth  = 14 // 占全部的 22.6%
	widestName  = 34
	leastName   = 22
	widestBar   = 48
	dayWidth    = 6 // 99.9k and a blank
)

// columns are the widths of the screen; 0 is a column for which there is no room.
type columns struct {
	name, share, bar int
	days             int // days on the screen
}

// measure divides the width. Days have a column each, as many as there is room for.
func measure(w, days int) (cols columns) {
	room := w - (1 + 2 + 1 + numberWidth + 1) // margin, mark, gap, number, margin
	switch {
	case days > 0:
		cols.days = min(days, max(0, (room-leastName)/dayWidth))
		room -= cols.days * dayWidth
	case room >= leastName+1+shareWidth:
		cols.share = shareWidth
		room -= 1 + shareWidth
		if left := room - 2 - leastName; left >= 6 {
			cols.bar = max(6, min(widestBar, left-10, room-2-leastName))
			room -= 2 + cols.bar
		}
	}
	cols.name = max(0, min(widestName, room))
	return cols
}

// body is the number of rows in view: all lines but the heads and two about the
// cursor and the count.
func (c *Counts) body() int { return max(0, c.h-3) }

// line is a line of text in the whole width.
func (c *Counts) line(ink chart.Ink, s string) string { return chart.Line(c.fit, c.w, ink.Of(s)) }

// Draw draws the screen in all its cells.
func (c *Counts) Draw(focused bool) []string {
	if c.w == 0 || c.h == 0 {
		return make([]string, c.h)
	}
	lines := []string{c.heads(focused)}
	h, n := c.body(), len(c.rows)
	for i := range h {
		if at := c.cursor.Top + i; at < n {
			lines = append(lines, c.row(at, focused)+pane.More(c.fit, c.ink.Muted, c.th.Marks.Up, c.th.Marks.Down, i, c.cursor.Top, n, h))
		} else {
			lines = append(lines, c.line(c.ink.Text, ""))
		}
	}
	return append(lines, c.feet()...)[:c.h]
}

func (c *Counts) heads(focused bool) string {
	head, chosen := c.ink.Head, c.ink.Accent
	if focused {
		head, chosen = c.ink.Accent, c.ink.Chosen
	}
	pieces := []chart.Piece{head.Of("   " + c.fit.Fit(c.lang.Say(words.CountHead), c.cols.name) + " " + c.fit.FitRight(c.lang.Say(words.LabelMails), numberWidth))}
	for d := c.left + 1; d <= c.left+c.cols.days; d++ {
		ink := head
		if d == c.day {
			ink = chosen
		}
		pieces = append(pieces, head.Of(" "), ink.Of(words.DayOf(c.date(d))))
	}
	if c.cols.share > 0 {
		pieces = append(pieces, head.Of(" "+c.fit.FitRight(c.lang.Say(words.LabelShare), c.cols.share)))
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
		tone.Of(c.fit.FitRight(c.short(f, numberWidth), numberWidth)),
	}
	selected := i == c.cursor.At && focused
	pieces = append(append(pieces, c.byDay(i, dim, selected)...), c.parts(i, ink, tone)...)
	if selected {
		return c.ink.Selected.Row(c.fit, max(0, c.w-1), pieces...)
	}
	return chart.Line(c.fit, max(0, c.w-1), pieces...)
}

// parts are the share of a number and its bar.
func (c *Counts) parts(i int, ink, tone chart.Ink) []chart.Piece {
	var pieces []chart.Piece
	share, ok := c.share(i, 0)
	if c.cols.share > 0 {
		text, of := "", words.CountOfAll
		if kind := c.rows[i].kind; kind == code || kind == uncoded {
			of, ink = words.CountOfStatus, c.ink.Muted
		}
		if ok {
			text = c.lang.Say(of, words.Percent(share))
		}
		pieces = append(pieces, tone.Of(" "+c.fit.FitRight(text, c.cols.share)))
	}
	if c.cols.bar > 0 {
		pieces = append(pieces, ink.Of("  "+chart.Bar(share, c.cols.bar, c.th.ASCII)))
	}
	return pieces
}

// byDay are the numbers of row i day by day. In the selected row the chosen day
// stands out.
func (c *Counts) byDay(i int, dim, selected bool) (pieces []chart.Piece) {
	for d := c.left + 1; d <= c.left+c.cols.days; d++ {
		f := c.figures[d][i]
		p := f.tone(&c.ink).Of(c.fit.FitRight(c.short(f, dayWidth-1), dayWidth))
		switch {
		case selected && d == c.day:
			p.Ink = c.ink.Within
		case dim && p.Ink == c.ink.Text:
			p.Ink = c.ink.Muted
		}
		pieces = append(pieces, p)
	}
	return pieces
}

// short is a number in w columns, or the sign that stands for it.
func (c *Counts) short(f figure, w int) string {
	signs := map[sendcloud.Bound]string{sendcloud.AtMost: "≤", sendcloud.AtLeast: "≥"}
	if c.th.ASCII {
		signs = map[sendcloud.Bound]string{sendcloud.AtMost: "<=", sendcloud.AtLeast: ">="}
	}
	switch sign := signs[f.Bound]; {
	case f.Bound != sendcloud.Unknown && f.rate:
		return words.Percent(f.share)
	case f.Bound != sendcloud.Unknown:
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

// feet are the lines about the number under the cursor and about the count; where
// the numbers contradict each other, that stands in the second one.
func (c *Counts) feet() []string {
	state := c.line(c.ink.Muted, " "+c.state())
	if c.warning != "" && !c.running(Kind) {
		state = c.line(c.ink.Warning, " "+c.th.Marks.Warn+" "+c.warning)
	}
	about := c.about()
	if _, f := c.selected(); f.Bound == sendcloud.Unknown && f.Err != nil { // an error may be longer than a line
		if lines := c.fit.Wrap(about, max(2, c.w-2)); len(lines) > 1 {
			about, state = lines[0], c.line(c.ink.Text, " "+strings.Join(lines[1:], " "))
		}
	}
	return []string{c.line(c.ink.Text, " "+about), state}
}

// about says what is known of the number under the cursor: its age first, then
// what it is a part of.
func (c *Counts) about() string {
	r, f := c.selected()
	name, ofAll := r.name, words.CountOfAll
	switch r.kind {
	case uncoded:
		name = words.CountRow(c.lang, r.status, 0) + " " + name
	case code: // its words stand in the row
		name = words.Code(r.sub)
	}
	if c.day > 0 {
		name, ofAll = words.DayOf(c.date(c.day))+" "+name, words.CountOfDay
	}
	text := c.lang.Say(words.Labelling, name, c.said(f))
	dot := " " + c.th.Marks.Dot + " "
	if f.Bound != sendcloud.Unknown && !f.At.IsZero() {
		text += dot + c.lang.Say(words.AsOf, words.Clock(f.At))
	}
	share, ok := c.share(c.cursor.At, c.day)
	if ok && (r.kind == code || r.kind == uncoded) {
		text += dot + c.lang.Say(words.CountShareOf, words.Percent(share), words.CountRow(c.lang, r.status, 0))
		share, ok = f.Share(c.figures[c.day][0].Number)
	}
	if ok {
		text += dot + c.lang.Say(ofAll, words.Percent(share))
	}
	return text
}

// said is a number in words.
func (c *Counts) said(f figure) string {
	mails := words.Mails(c.lang, f.N)
	switch {
	case f.Bound != sendcloud.Unknown && f.rate:
		return words.Percent(f.share)
	case f.Bound == sendcloud.AtMost:
		return c.lang.Say(words.AtMost, mails)
	case f.Bound == sendcloud.AtLeast:
		return c.lang.Say(words.AtLeast, mails)
	case f.Bound == sendcloud.Exact:
		return mails
	case f.Err != nil:
		return words.Error(c.lang, f.Err)
	case f.Pending && c.running(Kind):
		return c.lang.Say(words.Loading)
	case f.Pending:
		return c.lang.Say(words.CountNot)
	}
	return c.lang.Say(words.CountUnknown)
}

// state says how far counting is, or how old the numbers are.
func (c *Counts) state() string {
	say := func(s words.Sentence, args ...any) string { return c.lang.Say(s.With(c.keys), args...) }
	came := c.answered + c.failed
	switch {
	case c.answered == c.all:
		return say(words.CountDone, words.Number(c.all), words.Clock(c.oldest))
	case c.running(Kind):
		return say(words.CountLoading, words.Number(came), words.Number(c.all))
	case came < c.all:
		return say(words.CountStopped, words.Number(c.answered), words.Number(c.all))
	}
	return say(words.CountFailed, words.Number(c.failed), words.Number(c.all))
}
