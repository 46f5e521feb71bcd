// Package timeline is the pane that shows the rows over time: bars stacked by status, a cursor, a range, and since when failures
// are more than usual.
package timeline

import (
	"context"
	"slices"
	"time"

	"bounceboard/keymap"
	"bounceboard/sendcloud"
	"bounceboard/sendcloud/recordset"
	"bounceboard/theme"
	"bounceboard/ui/pane"
	"bounceboard/ui/screen"
	"bounceboard/ui/words"
)

// Kind is the kind of job that counts.
const Kind screen.Kind = "timeline"

// mostBuckets is how many buckets are counted at most: the hours of 92 days.
const mostBuckets = 24 * 92

// Timeline is the pane. The zero value is not usable; see New.
type Timeline struct {
	pane.Look
	rows func() pane.Rows

	counted counted
	ready   bool // a count came
	rise    *rise

	bars  bars
	place place
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
		c := counted{Histogram: *h, Coverage: rows.Coverage(partsOfAll(h.Bars).total()), growing: rows.Growing, since: rows.Since, until: rows.Until}
		if !rows.Filtered && !rows.Growing {
			_, c.newest = rows.Snapshot.Span()
		}
		t.show(c)
	})
}

// show shows a count, with empty buckets up to the end of what was asked. Cursor and range stay at their moments; a cursor on the
// latest mail stays on the latest.
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
