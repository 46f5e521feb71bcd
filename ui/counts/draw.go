package counts

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"bounceboard/sendcloud"
	"bounceboard/ui/cell"
	"bounceboard/ui/chart"
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

// body is the number of rows in view: all lines but the heads and those about the cursor and the count.
func (c *Counts) body() int { return max(0, c.H-1-c.feet()) }

// feet is the number of lines below the rows: a contradiction may take more than one.
func (c *Counts) feet() int { return 1 + max(1, min(len(c.warning), max(4, c.H-2-len(c.rows)))) }

func (c *Counts) Draw(focused bool) []string {
	lines := append([]string{c.heads(focused)},
		c.Window(c.W, c.body(), c.cursor.Top, len(c.rows), func(i int) string { return c.row(i, focused) })...)
	return append(lines, c.foot()...)[:c.H]
}

// Caret is the selected number; see screen.Pointer.
func (c *Counts) Caret() (x, y int, ok bool) { return 0, 1 + c.cursor.At - c.cursor.Top, c.body() > 0 }

func (c *Counts) heads(focused bool) string {
	head, chosen := c.Ink.Head, c.Ink.Accent
	if focused {
		head, chosen = c.Ink.Accent, c.Ink.Chosen
	}
	pieces := c.fitted(head.Of("  "+c.Say(words.CountHead)), head.Of(c.Say(words.LabelMails)), func(d int) chart.Piece {
		return map[bool]chart.Ink{true: chosen, false: head}[d == c.day].Of(words.DayOf(c.date(d)))
	})
	if c.cols.share > 0 {
		pieces = append(pieces, head.Of(" "+c.Fit.FitRight(c.Say(words.LabelShare), c.cols.share)))
	}
	return c.Line(c.W, append([]chart.Piece{head.Of(" ")}, pieces...)...)
}

// fitted puts a name, a number and those of the days in their columns.
func (c *Counts) fitted(name, number chart.Piece, day func(d int) chart.Piece) []chart.Piece {
	name.Text = c.Fit.Fit(name.Text, 2+c.cols.name) + " "
	number.Text = c.Fit.FitRight(number.Text, numberWidth)
	pieces := []chart.Piece{name, number}
	for d := c.left + 1; d <= c.left+c.cols.days; d++ {
		p := day(d)
		p.Text = c.Fit.FitRight(p.Text, dayWidth)
		pieces = append(pieces, p)
	}
	return pieces
}

// row draws a row but for its last column: dim, and without a line at its left, where the query leaves it out.
func (c *Counts) row(i int, focused bool) string {
	r, f := c.rows[i], c.figures[0][i]
	mark, ink, name := " ", c.Ink.Text, r.name
	switch r.kind {
	case total:
		mark, ink = c.Ink.Status(int(r.status))
	case all, asked:
		ink = c.Ink.Title
	case uncoded:
		name, ink = "  "+name, c.Ink.Muted
	default:
		name = "  " + name
	}
	dim, selected := !r.within && r.kind != all, i == c.cursor.At
	if dim {
		ink = c.Ink.Muted
	}
	lead := c.Ink.Text.Of(" ")
	if len(c.asked) > 0 && r.within { // for those who see no colour
		lead = c.Ink.Muted.Of(c.Theme.Marks.Bar)
	}
	pieces := c.fitted(ink.Of(mark+" "+name), f.tone(&c.Ink, dim).Of(c.short(f, numberWidth)), func(d int) chart.Piece {
		f := c.figures[d][i]
		if selected && focused && d == c.day {
			return c.Ink.Within.Of(c.short(f, dayWidth-1))
		}
		return f.tone(&c.Ink, dim).Of(c.short(f, dayWidth-1))
	})
	return c.Row(max(0, c.W-1), lead, selected, focused, append(pieces, c.parts(i, ink, f.tone(&c.Ink, dim))...)...)
}

// parts are the share of a number and its bar.
func (c *Counts) parts(i int, ink, tone chart.Ink) (pieces []chart.Piece) {
	share, ok := c.share(i, 0)
	text, of := "", words.CountOfAll
	if c.cols.share == 0 {
		return nil
	}
	if kind := c.rows[i].kind; kind == code || kind == uncoded {
		of, ink = words.CountOfStatus, c.Ink.Muted
	}
	if ok {
		text = c.Say(of, words.Percent(share))
	}
	pieces = append(pieces, tone.Of(" "+c.Fit.FitRight(text, c.cols.share)))
	if c.cols.bar > 0 {
		pieces = append(pieces, ink.Of("  "+chart.Bar(share, c.cols.bar, c.Fit.ASCII)))
	}
	return pieces
}

func (c *Counts) short(f figure, w int) string {
	sign := map[sendcloud.Bound]string{sendcloud.AtMost: "≤", sendcloud.AtLeast: "≥"}[f.Bound]
	if c.Fit.ASCII {
		sign = strings.NewReplacer("≤", "<=", "≥", ">=").Replace(sign)
	}
	switch {
	case f.Bound != sendcloud.Unknown && f.rate:
		return words.Percent(f.share)
	case f.Bound != sendcloud.Unknown:
		return sign + words.Compact(c.Lang, f.N, w-cell.Width(sign))
	case f.Pending && c.running(Kind):
		return c.Theme.Marks.Ellipsis
	}
	return c.Theme.Marks.Dash
}

func (f figure) tone(ink *chart.Inks, dim bool) chart.Ink {
	switch {
	case f.Bound == sendcloud.Unknown && f.Err != nil:
		return ink.Error
	case f.Bound == sendcloud.Unknown, f.Old, dim:
		return ink.Muted
	}
	return ink.Text
}

// foot is the lines about the number under the cursor and about the count, or what is wrong with the numbers.
func (c *Counts) foot() (lines []string) {
	about, state, ink := []string{c.about()}, []string{c.state()}, c.Ink.Muted
	if len(c.warning) > 0 && !c.running(Kind) {
		if state, ink = c.warning, c.Ink.Warning; c.err != nil {
			ink = c.Ink.Error
		}
	}
	if _, f := c.selected(); f.Bound == sendcloud.Unknown {
		about = c.Fit.Wrap(about[0], max(2, c.W-2))
	}
	for i, s := range append(append(about, state...), make([]string, c.feet())...)[:c.feet()] {
		if i < len(about) {
			lines = append(lines, c.Line(c.W, c.Ink.Text.Of(" "+s)))
		} else {
			lines = append(lines, c.Line(c.W, ink.Of(" "+s)))
		}
	}
	return lines
}

// about says what is known of the number under the cursor: its age first, then what it is a part of.
func (c *Counts) about() string {
	r, f := c.selected()
	name, of := r.name, c.Say(words.CountAll)
	if r.kind == code || r.kind == uncoded {
		of = words.CountRow(c.Lang, r.status, 0)
		name = cmp.Or(words.Code(r.sub), of+" "+name) // the words of a code stand in its row
	}
	if c.day > 0 {
		name = words.DayOf(c.date(c.day)) + " " + name
	}
	text := c.Lang.Say(words.Labelling, name, c.said(f))
	if f.Bound != sendcloud.Unknown && !f.At.IsZero() {
		text += c.Dot() + c.Say(words.AsOf, words.ClockOn(c.today, f.At))
	}
	if share, ok := c.share(c.cursor.At, c.day); ok {
		text += c.Dot() + c.Say(words.CountShareOf, words.Percent(share), of)
	}
	return text
}

func (c *Counts) said(f figure) string {
	mails := words.Mails(c.Lang, f.N)
	switch {
	case f.Bound != sendcloud.Unknown && f.rate:
		return words.Percent(f.share)
	case f.Bound == sendcloud.AtMost:
		return c.Say(words.AtMost, mails)
	case f.Bound == sendcloud.AtLeast:
		return c.Say(words.AtLeast, mails)
	case f.Bound == sendcloud.Exact:
		return mails
	case f.Err != nil:
		return words.Error(c.Lang, f.Err)
	case f.Pending && c.running(Kind):
		return c.Say(words.Loading)
	case f.Pending:
		return c.Say(words.CountNot)
	}
	return c.Say(words.CountUnknown)
}

func (c *Counts) state() string {
	came, all := c.answered+c.failed, words.Number(c.all)
	switch {
	case c.answered == c.all:
		return c.Say(words.CountDone, all, words.ClockOn(c.today, c.oldest))
	case c.running(Kind):
		return c.Say(words.CountLoading, words.Number(came), all)
	case came == 0:
		return c.Say(words.CountNotYet)
	case came < c.all:
		return c.Say(words.CountStopped, words.Number(c.answered), all)
	case !c.helps:
		return c.Say(words.CountNoTotal, words.Number(c.failed), all)
	}
	return c.Say(words.CountFailed, words.Number(c.failed), all)
}

type row struct {
	kind   kind
	status sendcloud.Status
	sub    sendcloud.SubStatus
	name   string
	cells  []sendcloud.Cell // whose numbers it adds up
	within bool             // the query asks for it
}

type kind uint8

const (
	all     kind = iota // the statuses together
	asked               // what the query asks for, of these
	rate                // by day: the part of all that the query asks for, or that failed
	total               // a status
	code                // a sub-status of the status above
	uncoded             // what the status counts beyond its codes
)

// statuses are in an order that shows each of them without scrolling in a window of 24 lines.
var statuses = []sendcloud.Status{sendcloud.Delivered, sendcloud.Requested, sendcloud.Invalid, sendcloud.SoftBounce}

// place is where a row stands; -1: nowhere.
func (c *content) place(k kind, s sendcloud.Status, sub sendcloud.SubStatus) int {
	return slices.IndexFunc(c.rows, func(r row) bool { return r.kind == k && r.status == s && r.sub == sub })
}

func (c *Counts) selected() (row, figure) { return c.rows[c.cursor.At], c.figures[c.day][c.cursor.At] }

func (c *Counts) listRows() []row {
	say, everything := c.Lang.Say, len(c.asked) == 0
	list := []row{{kind: all, name: say(words.CountAll), within: everything}}
	for _, s := range statuses {
		list[0].cells = append(list[0].cells, sendcloud.Cell{Status: s})
	}
	failed := []sendcloud.Cell{{Status: sendcloud.Invalid}, {Status: sendcloud.SoftBounce}}
	of := row{kind: rate, name: say(words.CountFailRate), cells: failed, within: true}
	if !everything {
		list = append(list, row{kind: asked, name: say(words.CountAsked), cells: c.asked, within: true})
		of.name, of.cells = say(words.CountRate), c.asked
	}
	if c.days != nil {
		list = append(list, of)
	}
	for _, s := range statuses {
		whole := sendcloud.Cell{Status: s}
		within := everything || slices.Contains(c.asked, whole)
		list = append(list, row{kind: total, status: s, name: words.CountRow(c.Lang, s, 0), cells: []sendcloud.Cell{whole}, within: within})
		for _, sub := range sendcloud.SubStatuses() {
			if one := (sendcloud.Cell{Status: s, SubStatus: sub}); sub.Status() == s {
				list = append(list, row{code, s, sub, words.CountRow(c.Lang, s, sub), []sendcloud.Cell{one}, within || slices.Contains(c.asked, one)})
			}
		}
		if s == sendcloud.Invalid || s == sendcloud.SoftBounce {
			list = append(list, row{kind: uncoded, status: s, name: say(words.CountUncoded), within: within})
		}
	}
	return list
}

// askedFor are the numbers that a query is about; none where it is about all.
func askedFor(p sendcloud.Plan) []sendcloud.Cell {
	codes := len(p.Query.SubStatuses) > 0
	cells := slices.DeleteFunc(p.Cells(), func(c sendcloud.Cell) bool { return !codes && c.SubStatus != 0 })
	if !codes && len(cells) == len(sendcloud.Statuses()) {
		return nil
	}
	return cells
}

type figure struct {
	sendcloud.Number
	rate  bool
	share float64 // of a rate
}

// settle works out every number. While numbers are asked for again, a sum stays as it was until all of it is new.
func (c *Counts) settle(n sendcloud.Numbers) {
	was := c.known
	c.figures, c.known = make([][]figure, len(c.days)+1), map[string]figure{}
	for d := range c.figures {
		day := c.date(d)
		c.figures[d] = make([]figure, len(c.rows))
		for i, r := range c.rows {
			f, at := &c.figures[d][i], fmt.Sprint(r.kind, r.status, r.sub, day)
			if r.kind == uncoded {
				f.Number = n.Uncoded(r.status, day)
				continue
			}
			cells := slices.Clone(r.cells)
			for i := range cells {
				cells[i] = cells[i].On(day)
			}
			if f.Number = n.Of(cells...); f.Old && was[at].Old && was[at].Bound != sendcloud.Unknown {
				f.Number = was[at].Number
			}
			c.known[at] = *f
			if r.kind == rate {
				share, ok := f.Share(c.figures[d][0].Number)
				f.rate, f.share = true, share
				if !ok {
					f.Bound = sendcloud.Unknown
				}
			}
		}
	}
}

// date is a day by its place, from 1; 0 is the whole span.
func (c *Counts) date(d int) sendcloud.Date { return append([]sendcloud.Date{{}}, c.days...)[d] }

// share is row i's part of its whole on day d: of its status for a code, of all mail for any other row.
func (c *content) share(i, d int) (share float64, ok bool) {
	r := c.rows[i]
	whole := 0
	switch r.kind {
	case rate, all:
		return 0, false
	case code, uncoded:
		whole = c.place(total, r.status, 0)
	}
	return c.figures[d][i].Share(c.figures[d][whole].Number)
}
