// Package timeline is the pane that shows the rows over time: bars stacked by
// status, a cursor, a range, and since when failures are more than usual.
package timeline

import (
	"context"
	"slices"
	"time"

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

// mostBuckets is how many buckets are counted at most: the hours of 92 days.
const mostBuckets = 24 * 92

// Timeline is the pane. The zero value is not usable; see New.
type Timeline struct {
	th   theme.Theme
	ink  chart.Inks
	lang words.Lang
	keys keymap.Map
	fit  cell.Style
	rows func() pane.Rows

	w, h    int
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
	growing bool
	since   time.Time // from when on there could be rows; zero: not known
}

// byDay reports whether a bucket is no part of a day.
func (c *counted) byDay() bool { return c.Step >= 24*time.Hour }

// place is where the cursor is, in buckets.
type place struct {
	cursor  int
	anchor  int // the other end of the range
	ranging bool
}

// New is a pane about the rows that rows tells.
func New(th theme.Theme, lang words.Lang, keys keymap.Map, rows func() pane.Rows) *Timeline {
	return &Timeline{th: th, ink: chart.NewInks(th), lang: lang, keys: keys, fit: cell.Style{ASCII: th.ASCII}, rows: rows}
}

// Place is the timeline.
func (t *Timeline) Place() keymap.Place { return keymap.TimelinePane }

// Can reports whether an action does something now.
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

// toRise moves the cursor to where failures rose most.
func (t *Timeline) toRise() screen.Effect {
	switch {
	case t.rise != nil && len(t.bars.bars) > 0:
		t.place.cursor = t.bars.firsts[t.bars.of(t.rise.bucket)]
		return screen.Effect{}
	case t.counted.Partial || t.counted.growing:
		return screen.Say(t.lang.Say(words.TimelineLacks.With(t.keys)))
	}
	return screen.Say(t.lang.Say(words.TimelineSteady))
}

// take narrows the rows to the range, or to the bar under the cursor.
func (t *Timeline) take() screen.Effect {
	if len(t.bars.bars) == 0 {
		return screen.Effect{}
	}
	from, to := t.chosen()
	t.place.ranging = false
	days := from.Equal(sendcloud.DateOf(from).Start()) && to.Equal(sendcloud.DateOf(to).Start())
	return screen.Effect{Filter: &screen.Step{Term: recordset.Between(from, to), Text: words.Span(from, to, days, t.th.Marks.Dash)}}
}

// chosen is the time that is chosen, its end not included.
func (t *Timeline) chosen() (from, to time.Time) {
	first, last := t.ends()
	return t.bars.bars[first].From, t.bars.bars[last].To
}

// Refresh counts anew, when a count under way has ended.
func (t *Timeline) Refresh() screen.Effect {
	rows := t.rows()
	return screen.Run(screen.Job{Kind: Kind, Wait: true,
		Run: func(ctx context.Context, _ func(any)) (any, error) {
			return rows.Snapshot.Histogram(ctx, rows.Selection, mostBuckets)
		},
		Done: func(result any, err error) screen.Effect {
			if h, ok := result.(*recordset.Histogram); ok && err == nil {
				n := 0
				for _, b := range h.Bars {
					n += b.Total()
				}
				t.show(counted{*h, rows.Coverage(n), rows.Growing, rows.Since})
			}
			return screen.Effect{}
		}})
}

// show shows a count. Cursor and range stay at their moments; a cursor on the
// latest bar stays on the latest.
func (t *Timeline) show(c counted) {
	old, was := t.counted.Bars, t.place
	latest := t.bars.of(was.cursor) >= len(t.bars.bars)-1
	t.counted, t.ready = c, true
	t.rise = findRise(&t.counted)
	t.place = place{ranging: was.ranging && len(c.Bars) > 0}
	if len(old) > 0 {
		t.place.cursor, t.place.anchor = t.find(old[was.cursor].From), t.find(old[was.anchor].From)
	}
	if latest && !was.ranging || len(old) == 0 {
		t.place.cursor = max(0, len(c.Bars)-1)
	}
	t.arrange()
}

// find is the bucket at a moment, or the nearest there is.
func (t *Timeline) find(at time.Time) int {
	i, ok := slices.BinarySearchFunc(t.counted.Bars, at, func(b recordset.Bar, at time.Time) int { return b.From.Compare(at) })
	if !ok {
		i--
	}
	return max(0, min(i, len(t.counted.Bars)-1))
}

// move moves the cursor by n bars.
func (t *Timeline) move(n int) {
	if all := len(t.bars.bars); all > 0 {
		t.place.cursor = t.bars.firsts[max(0, min(t.bars.of(t.place.cursor)+n, all-1))]
	}
}

// ends are the bars the range begins and ends with; without a range both are
// the bar under the cursor.
func (t *Timeline) ends() (first, last int) {
	first = t.bars.of(t.place.cursor)
	last = first
	if t.place.ranging {
		anchor := t.bars.of(t.place.anchor)
		first, last = min(first, anchor), max(last, anchor)
	}
	return first, last
}

// Resize gives the pane w×h cells.
func (t *Timeline) Resize(w, h int) {
	t.w, t.h = max(0, w), max(0, h)
	t.arrange()
}

// arrange makes the bars that fit into the width.
func (t *Timeline) arrange() { t.bars = arrange(t.counted.Bars, t.counted.byDay(), t.w-scaleWidth) }
