// Package timeline is the histogram of a slice over time, stacked by status,
// with a cursor and a range.
package timeline

import (
	"slices"
	"time"

	"bounceboard/sendcloud"
	"bounceboard/theme"
	"bounceboard/ui/cell"
	"bounceboard/ui/chart"
	"bounceboard/ui/words"
)

// Unit is what one bucket spans.
type Unit int

// The units.
const (
	Hour Unit = iota
	Day
)

// Tally is how many mails have each status.
type Tally struct{ Delivered, Soft, Invalid, Requested, Unknown int }

func (t Tally) total() int { return t.Delivered + t.Soft + t.Invalid + t.Requested + t.Unknown }

func (t *Tally) add(u Tally) {
	t.Delivered += u.Delivered
	t.Soft += u.Soft
	t.Invalid += u.Invalid
	t.Requested += u.Requested
	t.Unknown += u.Unknown
}

// statuses are in the order of a bar from the base line up: failures stand
// on it, where their heights compare.
var statuses = []sendcloud.Status{sendcloud.Invalid, sendcloud.SoftBounce, sendcloud.Requested, sendcloud.StatusUnknown, sendcloud.Delivered}

func (t Tally) parts() [5]int {
	return [5]int{t.Invalid, t.Soft, t.Requested, t.Unknown, t.Delivered}
}

// Bucket is the mail requested from From to before To.
type Bucket struct {
	From, To time.Time
	ByStatus Tally
}

// Histogram is a slice over time.
type Histogram struct {
	Buckets []Bucket // in the order of time, each of one unit
	Unit    Unit
	Covered int  // rows that were counted
	Of      int  // rows there are
	Partial bool // Covered is a part of Of
	Growing bool // rows are still coming
	Undated int  // rows without a time that can be read, in no bucket
	// Since is from when on there would be buckets if there were mail; zero: from
	// the first of them.
	Since time.Time
}

// Timeline is the pane. The zero value is not usable; see New.
type Timeline struct {
	th   theme.Theme
	ink  chart.Inks
	both [5][5]chart.Ink // a status and another behind it
	lang words.Lang
	fit  cell.Style

	w, h  int
	shown Histogram
	all   Tally // of the whole slice
	ready bool  // a histogram came
	rise  rise  // the largest there is
	rises bool  // and whether there is one

	merge   int      // units a bar
	width   int      // columns a bar
	bars    []Bucket // as many as fit, made of the buckets
	firsts  []int    // the first bucket of each bar
	highest int      // the end of the scale
	drawn   []string // the bars as lines, until they or their height change

	cursor  int // a bucket
	anchor  int // a bucket: the other end of the range
	ranging bool
}

// New is an empty pane.
func New(th theme.Theme, lang words.Lang) *Timeline {
	t := &Timeline{th: th, ink: chart.NewInks(th), lang: lang, fit: cell.Style{ASCII: th.ASCII}, merge: 1}
	for i, s := range statuses {
		for j, o := range statuses {
			_, front := th.Status(int(s))
			_, behind := th.Status(int(o))
			t.both[i][j] = chart.NewInk(front.Background(behind.GetForeground()))
		}
	}
	return t
}

// SetSize gives the pane w×h cells.
func (t *Timeline) SetSize(w, h int) {
	w, h = max(0, w), max(0, h)
	if w != t.w {
		t.w = w
		t.arrange()
	}
	t.h = h
}

// Show shows a histogram. Cursor and range stay at their moments; a cursor on
// the latest bucket stays on the latest.
func (t *Timeline) Show(h Histogram) {
	old := t.shown.Buckets
	latest := t.bar(t.cursor) >= len(t.bars)-1
	var cursor, anchor time.Time
	if len(old) > 0 {
		cursor, anchor = old[t.cursor].From, old[t.anchor].From
	}
	t.shown, t.all, t.ready = h, Tally{}, true
	for i := range h.Buckets {
		t.all.add(h.Buckets[i].ByStatus)
	}
	t.rise, t.rises = largest(h)
	t.cursor, t.anchor = t.find(cursor), t.find(anchor)
	if latest && !t.ranging || len(old) == 0 {
		t.cursor = max(0, len(h.Buckets)-1)
	}
	if len(old) == 0 || len(h.Buckets) == 0 {
		t.ranging = false
	}
	t.arrange()
}

// Clear empties the pane: another slice is being counted.
func (t *Timeline) Clear() {
	t.shown, t.all, t.ready, t.cursor, t.anchor, t.ranging = Histogram{}, Tally{}, false, 0, 0, false
	t.rise, t.rises = rise{}, false
	t.arrange()
}

// find is the bucket at a moment, or the nearest there is.
func (t *Timeline) find(at time.Time) int {
	i, ok := slices.BinarySearchFunc(t.shown.Buckets, at, func(b Bucket, at time.Time) int { return b.From.Compare(at) })
	if !ok {
		i--
	}
	return max(0, min(i, len(t.shown.Buckets)-1))
}

// Move moves the cursor by n bars; a range is extended.
func (t *Timeline) Move(n int) {
	if len(t.bars) > 0 {
		t.cursor = t.firsts[max(0, min(t.bar(t.cursor)+n, len(t.bars)-1))]
	}
}

// First moves to the earliest bar.
func (t *Timeline) First() { t.Move(-len(t.bars)) }

// Last moves to the latest bar.
func (t *Timeline) Last() { t.Move(len(t.bars)) }

// Scroll moves the cursor by n eighths of the bars.
func (t *Timeline) Scroll(n int) { t.Move(n * max(1, len(t.bars)/8)) }

// Mark begins a range at the cursor, which the cursor then extends; it reports
// whether there is anything to mark.
func (t *Timeline) Mark() bool {
	t.anchor, t.ranging = t.cursor, len(t.bars) > 0
	return t.ranging
}

// Unmark drops the range; it reports whether there was one.
func (t *Timeline) Unmark() bool {
	was := t.ranging
	t.ranging = false
	return was
}

// Range is the stretch of time that is marked, its end not included.
func (t *Timeline) Range() (from, to time.Time, ok bool) {
	if !t.ranging || len(t.bars) == 0 {
		return time.Time{}, time.Time{}, false
	}
	first, last := t.ends()
	return t.bars[first].From, t.bars[last].To, true
}

// Selected is the stretch of time under the cursor: one bar.
func (t *Timeline) Selected() (from, to time.Time, ok bool) {
	if len(t.bars) == 0 {
		return time.Time{}, time.Time{}, false
	}
	b := t.bars[t.bar(t.cursor)]
	return b.From, b.To, true
}

// bar is the bar that a bucket is part of.
func (t *Timeline) bar(bucket int) int {
	i, ok := slices.BinarySearch(t.firsts, bucket)
	if !ok {
		i--
	}
	return max(0, i)
}

// ends are the bars the range begins and ends with, those of the cursor where
// there is none.
func (t *Timeline) ends() (first, last int) {
	first = t.bar(t.cursor)
	last = first
	if t.ranging {
		a := t.bar(t.anchor)
		first, last = min(first, a), max(last, a)
	}
	return first, last
}

// arrange makes bars of the buckets: merged when there are more than columns,
// widened when there are fewer. A merged bar begins where a clock would let it:
// at a multiple of its hours, on a Monday.
func (t *Timeline) arrange() {
	n, w := len(t.shown.Buckets), t.plot()
	t.bars, t.firsts, t.merge, t.width, t.highest, t.drawn = t.bars[:0], t.firsts[:0], 1, 1, 0, nil
	if n == 0 || w <= 0 {
		return
	}
	buckets, u := t.shown.Buckets, t.shown.Unit
	first, last := number(buckets[0].From, u), number(buckets[n-1].From, u)
	t.merge = neat(u, func(units int) bool { return last/units-first/units < w })
	for i, b := range buckets {
		if i == 0 || number(b.From, u)/t.merge != number(buckets[i-1].From, u)/t.merge {
			t.bars, t.firsts = append(t.bars, b), append(t.firsts, i)
			continue
		}
		bar := &t.bars[len(t.bars)-1]
		bar.ByStatus.add(b.ByStatus)
		bar.To = b.To
	}
	for i := range t.bars {
		t.highest = max(t.highest, t.bars[i].ByStatus.total())
	}
	t.highest = ceiling(t.highest)
	t.width = max(1, min(widestBar, w/len(t.bars)))
}

// neat is the fewest units that fit in a bar, of those a person counts in.
func neat(u Unit, fits func(units int) bool) int {
	steps := []int{1, 2, 3, 4, 6, 12, 24}
	if u == Day {
		steps = []int{1, 2, 7, 14, 28}
	}
	for _, s := range steps {
		if fits(s) {
			return s
		}
	}
	s := steps[len(steps)-1]
	for !fits(s) {
		s *= 2
	}
	return s
}

// number counts units on the service's clock: hours since a midnight, days
// since a Monday.
func number(at time.Time, u Unit) int {
	hours := int(at.Unix()/3600) + 8
	if u == Day {
		return hours/24 + 3 // 1970-01-01 was a Thursday
	}
	return hours
}

// ceiling is a round number not below n, so that the bars keep their heights
// while rows come in.
func ceiling(n int) int {
	for _, m := range []int{1, 2, 3, 4, 5, 6, 8} {
		if n <= m {
			return m
		}
	}
	for p := 1; ; p *= 10 {
		for _, m := range []int{10, 12, 15, 20, 25, 30, 40, 50, 60, 80} {
			if n <= m*p {
				return m * p
			}
		}
	}
}
