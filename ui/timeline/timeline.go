// Package timeline is the pane that shows the rows over time: bars stacked by status, a cursor, a range, and since when failures
// are more than usual.
package timeline

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/charmbracelet/lipgloss"

	"bounceboard/keymap"
	"bounceboard/sendcloud"
	"bounceboard/sendcloud/recordset"
	"bounceboard/theme"
	"bounceboard/ui/cell"
	"bounceboard/ui/chart"
	"bounceboard/ui/pane"
	"bounceboard/ui/screen"
	"bounceboard/ui/words"
)

// Kind is the kind of job that counts.
const Kind screen.Kind = "timeline"

const mostBuckets = 24 * 92 // that are counted: the hours of 92 days

// Timeline is the pane. The zero value is not usable; see New.
type Timeline struct {
	pane.Look
	rows    func() pane.Rows
	counted counted
	ready   bool // a count came
	rise    *rise
	bars    bars
	place   place
}

// counted is the rows over time, in buckets of an hour, or of one or more days.
type counted struct {
	recordset.Histogram
	pane.Coverage
	growing              bool
	since, until, newest time.Time // see pane.Rows; the latest of the rows; zero: not known
	full                 int       // buckets up to the last one with mail
}

func (c *counted) byDay() bool { return c.Step >= 24*time.Hour }

type place struct {
	cursor, anchor int // of the range
	ranging        bool
}

// New is a pane about the rows that rows tells.
func New(th theme.Theme, lang words.Lang, keys keymap.Map, rows func() pane.Rows) *Timeline {
	return &Timeline{Look: pane.NewLook(keymap.TimelinePane, th, lang, keys), rows: rows}
}

func (t *Timeline) Can(a keymap.Action) bool { return a != keymap.ToRise || t.rise != nil }

// Press does an action; those about the rows are left to the program.
func (t *Timeline) Press(a keymap.Action, _ string) screen.Effect {
	eighth, all := max(1, len(t.bars.bars)/8), len(t.bars.bars)
	by, moves := map[keymap.Action]int{
		keymap.Earlier: -1, keymap.Later: 1, keymap.First: -all, keymap.Last: all,
		keymap.HalfUp: -eighth, keymap.HalfDown: eighth, keymap.PageUp: -2 * eighth, keymap.PageDown: 2 * eighth,
	}[a]
	switch {
	case moves:
		t.move(by)
	case a == keymap.ToRise:
		return t.toRise()
	case a == keymap.RangeStart:
		t.place.ranging = !t.place.ranging && all > 0
		t.place.anchor = t.place.cursor
	case a == keymap.Back && t.place.ranging:
		t.place.ranging = false
	case a == keymap.Take:
		return t.take()
	case a == keymap.Copy:
		return t.copied()
	default:
		return screen.Effect{Do: a}
	}
	return screen.Effect{}
}

func (t *Timeline) toRise() screen.Effect {
	switch {
	case t.rise != nil && len(t.bars.bars) > 0:
		t.place.cursor = t.bars.firsts[t.bars.of(t.rise.bucket)]
		return screen.Effect{}
	case t.counted.Partial || t.counted.growing:
		return t.Tell(words.TimelineLacks)
	}
	return t.Tell(words.TimelineSteady)
}

func (t *Timeline) take() screen.Effect {
	if len(t.bars.bars) == 0 {
		return screen.Effect{}
	}
	from, to := t.chosen()
	t.place.ranging = false
	days := from.Equal(sendcloud.DateOf(from).Start()) && to.Equal(sendcloud.DateOf(to).Start())
	return screen.Effect{Filter: &screen.Step{Term: recordset.Between(from, to), Text: words.Span(from, to, days, t.Theme.Marks.Dash)}}
}

// chosen is the time that is chosen, its end not included.
func (t *Timeline) chosen() (from, to time.Time) {
	first, last := t.ends()
	return t.bars.bars[first].From, t.bars.bars[last].To
}

func (t *Timeline) Refresh() screen.Effect {
	rows := t.rows()
	return pane.Count(Kind, true, func(ctx context.Context) (*recordset.Histogram, error) {
		return rows.Snapshot.Histogram(ctx, rows.Selection, mostBuckets)
	}, func(h *recordset.Histogram) {
		c := counted{Histogram: *h, Coverage: rows.Coverage(partsOfAll(h.Bars).total()), growing: rows.Growing}
		c.since, c.until = rows.Since, rows.Until
		if !rows.Filtered && !rows.Growing {
			_, c.newest = rows.Snapshot.Span()
		}
		t.show(c)
	})
}

// show shows a count. Cursor and range stay at their moments; a cursor on the latest mail stays on the latest.
func (t *Timeline) show(c counted) {
	old, was := t.counted.Bars, t.place
	latest := t.bars.of(was.cursor) >= t.bars.of(max(0, t.counted.full-1))
	c.full, c.Bars = len(c.Bars), slices.Clip(c.Bars)
	for n := c.full; n > 0 && n < mostBuckets && c.Bars[n-1].To.Before(c.until); n++ {
		last := c.Bars[n-1].To
		c.Bars = append(c.Bars, recordset.Bar{From: last, To: last.Add(c.Step)})
	}
	t.counted, t.ready = c, true
	t.rise = findRise(&t.counted)
	t.place = place{ranging: was.ranging && len(c.Bars) > 0}
	if len(old)*len(c.Bars) > 0 {
		t.place.cursor, t.place.anchor = t.find(old[was.cursor].From), t.find(old[was.anchor].From)
	}
	if latest && !was.ranging || len(old) == 0 {
		t.place.cursor = max(0, c.full-1)
	}
	t.arrange()
}

func (t *Timeline) find(at time.Time) int {
	bars := t.counted.Bars
	return max(0, min(int(at.Sub(bars[0].From)/t.counted.Step), len(bars)-1))
}

func (t *Timeline) move(n int) {
	if all := len(t.bars.bars); all > 0 {
		t.place.cursor = t.bars.firsts[max(0, min(t.bars.of(t.place.cursor)+n, all-1))]
	}
}

// ends are the bars the range begins and ends with; without a range both are the bar under the cursor.
func (t *Timeline) ends() (first, last int) {
	first = t.bars.of(t.place.cursor)
	last = first
	if t.place.ranging {
		anchor := t.bars.of(t.place.anchor)
		first, last = min(first, anchor), max(last, anchor)
	}
	return first, last
}

func (t *Timeline) Resize(w, h int) {
	t.Look.Resize(w, h)
	t.arrange()
}

func (t *Timeline) arrange() { t.bars = arrange(t.counted.Bars, t.counted.byDay(), t.W-scaleWidth) }

const (
	scaleWidth = 8  // margin, 12,345, a blank
	gapFrom    = 3  // bars of so many columns stand apart by one of them
	roomy      = 10 // lines in which a sentence may take two
)

// Draw draws the pane in all its cells. In few lines the rise goes first, then the legend and the moments under the bars.
func (t *Timeline) Draw(focused bool) []string {
	if t.W == 0 || t.H == 0 || len(t.bars.bars) == 0 {
		return t.nothing()
	}
	var head, foot []string
	if t.H >= 6 {
		head = append(head, t.legend())
	}
	if t.H >= 8 && t.rise != nil {
		mark, ink := t.Ink.Status(int(t.rise.Status))
		lines := []string{words.Rise(t.Lang, t.rise.Risen, t.W >= 100)}
		if two := t.Fit.Wrap(lines[0], max(2, t.W-4)); t.H >= roomy && len(two) <= 2 {
			lines = two
		}
		for _, text := range lines {
			head = append(head, t.Line(t.W, ink.Of(" "+mark+" "), t.Ink.Text.Of(text)))
			mark = " "
		}
	}
	if t.H >= 5 {
		foot = append(foot, t.base(focused), t.clock())
	}
	foot = append(foot, t.about()...)
	return append(append(head, t.chart(t.H-len(head)-len(foot))...), foot...)
}

func (t *Timeline) nothing() []string {
	why := words.FacetLoading
	if t.ready {
		why = words.TimelineEmpty
	}
	return t.Window(t.W, t.H, 0, min(1, len(t.counted.Bars)+1), func(int) string {
		return t.Line(max(0, t.W-1), t.Ink.Muted.Of("   "+t.Say(why)))
	})
}

func (t *Timeline) margin(scale string) string { return t.Fit.FitRight(scale, scaleWidth-1) + " " }

// legend names the statuses that occur with their totals, and as far as there is room what the bars cover.
func (t *Timeline) legend() string {
	end, ink := words.TimelineStep(t.Lang, t.bars.units, t.counted.byDay()), t.Ink.Muted
	switch c := &t.counted; {
	case c.Partial:
		end, ink = words.Covered(t.Lang, c.Covered, c.Of), t.Ink.Warning
	case c.Undated > 0:
		end, ink = words.Undated(t.Lang, c.Undated), t.Ink.Warning
	case len(c.Bars) > c.full+1 && !c.newest.IsZero():
		end, ink = t.Say(words.TimelineNewest, words.Moment(c.newest)), t.Ink.Warning
	}
	used := 1
	names := []chart.Piece{t.Ink.Text.Of(" ")}
	for i, n := range partsOfAll(t.bars.bars) {
		if n > 0 {
			text := " " + words.StatusName(t.Lang, statuses[i]) + " " + words.Number(n) + "  "
			names = append(names, t.sign(i), t.Ink.Text.Of(text))
			used += 1 + cell.Width(text)
		}
	}
	if used+cell.Width(end)+1 > t.W {
		return t.Line(t.W, ink.Of(" "+end))
	}
	return t.Line(t.W, append(names, ink.Of(t.Fit.FitRight(end, t.W-used-1)))...)
}

// chart draws the bars in h lines, no more than there are mails, with the numbers of cut bars above them.
func (t *Timeline) chart(h int) []string {
	var lines []string
	if t.bars.cut && h > 2 {
		lines = append(lines, t.labels(true, func(i int) string {
			if n := t.bars.bars[i].Total(); n > t.bars.highest {
				return t.Theme.Marks.Up + words.Number(n)
			}
			return ""
		}))
	}
	for h-len(lines) > t.bars.highest {
		lines = append(lines, t.Line(t.W))
	}
	top := len(lines)
	columns := make([][]chart.Piece, len(t.bars.bars))
	for i, b := range t.bars.bars {
		columns[i] = t.stack(partsOf(b), h-top)
	}
	bar, gap := t.bars.width, ""
	if bar >= gapFrom {
		bar, gap = bar-1, " "
	}
	for y := top; y < h; y++ {
		scale := ""
		if y == top {
			scale = words.Compact(t.Lang, t.bars.highest, scaleWidth-2)
		}
		pieces := []chart.Piece{t.Ink.Muted.Of(t.margin(scale))}
		for i := range columns {
			p := columns[i][h-1-y]
			pieces = append(pieces, p.Ink.Of(strings.Repeat(p.Text, bar)), t.Ink.Text.Of(gap))
		}
		lines = append(lines, t.Line(t.W, pieces...))
	}
	return lines
}

// labels is a line of texts at the bars they are of, as many as do not touch. With back the last one ends at the edge.
func (t *Timeline) labels(back bool, text func(i int) string) string {
	line, end := t.margin(""), scaleWidth-2
	for i := range t.bars.bars {
		s, at := text(i), scaleWidth+i*t.bars.width
		if back {
			at = min(at, t.W-cell.Width(s))
		}
		if s != "" && at >= end+2 && at+cell.Width(s) <= t.W {
			line += strings.Repeat(" ", at-cell.Width(line)) + s
			end = at + cell.Width(s)
		}
	}
	return t.Line(t.W, t.Ink.Muted.Of(line))
}

// coloured reports whether the end of a bar is drawn by eighths and in colour.
func (t *Timeline) coloured() bool {
	_, none := t.Theme.Invalid.GetForeground().(lipgloss.NoColor)
	return !t.Fit.ASCII && !none
}

// sign fills a cell with one status: without colour by its mark or a shade.
func (t *Timeline) sign(part int) chart.Piece {
	mark, ink := t.Ink.Status(int(statuses[part]))
	if !t.Fit.ASCII {
		if mark = strings.Split("█▓▒?░", "")[part]; t.coloured() {
			mark = t.Theme.Marks.Block[7]
		}
	}
	return ink.Of(mark)
}

// stack is the cells of a bar from the base line up. A status that occurs has a cell at least: one failure shows.
func (t *Timeline) stack(n parts, h int) []chart.Piece {
	cells := slices.Repeat([]chart.Piece{t.Ink.Text.Of(" ")}, max(0, h))
	total := n.total()
	if total == 0 || h <= 0 {
		return cells
	}
	eighths := min(h*8, max(1, (total*h*16+t.bars.highest)/(t.bars.highest*2)))
	all, size, largest, others := (eighths+7)/8, parts{}, slices.Index(n[:], slices.Max(n[:])), -1
	for _, m := range n {
		others += min(m, 1)
	}
	left := all - 1 // one is the largest's
	for i, m := range n {
		if i != largest && m > 0 && left > 0 {
			others--
			size[i] = max(1, min((m*all*2+total)/(total*2), left-others))
			left -= size[i]
		}
	}
	size[largest] = left + 1
	filled := cells[:0]
	for i, high := range size {
		filled = append(filled, slices.Repeat([]chart.Piece{t.sign(i)}, high)...)
	}
	if t.coloured() {
		cells[all-1].Text = t.Theme.Marks.Block[(eighths-1)%8]
	}
	return cells
}

// base is the line the bars stand on, with the range and the cursor in it.
func (t *Timeline) base(focused bool) string {
	cursor, w := t.Ink.Title, t.bars.width
	if focused {
		cursor = t.Ink.Accent
	}
	at := t.bars.of(t.place.cursor) * w
	if w >= gapFrom {
		at += (w - 2) / 2 // the middle of the bar without its gap
	}
	from, to, marked := at, at+1, "-"
	if t.place.ranging {
		first, last := t.ends()
		from, to = first*w, (last+1)*w
		marked = "[" + strings.Repeat("=", max(0, to-from-2)) + "]"
	}
	rule := func(n int) chart.Piece { return t.Ink.Muted.Of(strings.Repeat(t.Theme.Marks.Line, max(0, n))) }
	return t.Line(t.W, t.Ink.Muted.Of(t.margin("")), rule(from), t.Ink.Accent.Of(marked[:at-from]), cursor.Of(t.Theme.Marks.Up),
		t.Ink.Accent.Of(marked[at-from+1:to-from]), rule(len(t.bars.bars)*w-to))
}

// clock is the moments under the bars: days where a day begins, else hours, as many as do not touch.
func (t *Timeline) clock() string {
	const room = 8 // columns of a moment, and blanks
	days, steps := t.counted.byDay(), []int{1, 2, 3, 6, 12, 24, 48, 7 * 24, 14 * 24}
	if days {
		steps = []int{1, 2, 7, 14}
	}
	step := neat(steps, func(units int) bool { return units >= t.bars.units && units*t.bars.width >= room*t.bars.units })
	return t.labels(false, func(i int) string {
		at, before := t.bars.bars[i].From, t.bars.bars[max(0, i-1)].From
		switch {
		case i > 0 && number(at, days)/step == number(before, days)/step:
			return ""
		case i == 0 || days || number(at, true) != number(before, true):
			return at.In(sendcloud.Zone).Format("01-02")
		}
		return at.In(sendcloud.Zone).Format("15:04")
	})
}

// about says what the bar under the cursor or the range counts, in two lines where one does not do for all bars.
func (t *Timeline) about() []string {
	first, last := t.ends()
	lines := []string{t.tells(t.bars.bars[first : last+1])}
	if t.H >= roomy && cell.Width(t.tells(t.bars.bars)) >= t.W {
		lines = append(t.Fit.Wrap(lines[0], max(2, t.W-1)), "")[:2]
	}
	for i, text := range lines {
		lines[i] = t.Line(t.W, t.Ink.Text.Of(" "+text))
	}
	return lines
}

func (t *Timeline) tells(bars []recordset.Bar) string {
	n := partsOfAll(bars)
	when := words.Span(bars[0].From, bars[len(bars)-1].To, t.counted.byDay(), t.Theme.Marks.Dash)
	if t.place.ranging {
		when = t.Say(words.TimelineChosen, when)
	}
	said := []string{t.Say(words.Labelling, when, words.Mails(t.Lang, n.total()))}
	for i, count := range n {
		if mark, _ := t.Ink.Status(int(statuses[i])); count > 0 {
			said = append(said, mark+" "+words.Number(count))
		}
	}
	return strings.Join(said, t.Say(words.NextPart))
}
