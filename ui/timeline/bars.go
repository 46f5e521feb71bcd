package timeline

import (
	"math"
	"slices"
	"sort"
	"time"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/recordset"
	"bounceboard/ui/words"
)

// statuses are in the order of a bar from the base line up: failures stand on it, where their heights compare.
var statuses = [...]sendcloud.Status{sendcloud.Invalid, sendcloud.SoftBounce, sendcloud.Requested, sendcloud.StatusUnknown,
	sendcloud.Delivered}

type parts [len(statuses)]int

func partsOf(b recordset.Bar) parts {
	return parts{b.Invalid, b.SoftBounce, b.Requested, b.Other, b.Delivered}
}

func partsOfAll(bars []recordset.Bar) (sum parts) {
	for _, b := range bars {
		for i, n := range partsOf(b) {
			sum[i] += n
		}
	}
	return sum
}

func (p parts) total() (n int) {
	for _, m := range p {
		n += m
	}
	return n
}

const widestBar = 12

// bars are buckets as they are drawn: several in one bar, or several columns for a bar, as the width has it.
type bars struct {
	bars    []recordset.Bar
	firsts  []int // the first bucket of each bar
	units   int   // hours, or days, that a bar spans
	width   int   // columns of a bar
	highest int   // the end of the scale
	cut     bool  // some bars are higher
}

func (b *bars) of(bucket int) int { return max(0, sort.SearchInts(b.firsts, bucket+1)-1) }

// arrange makes bars of buckets for w columns. They begin at a multiple of their hours, or on a Monday.
func arrange(buckets []recordset.Bar, days bool, w int) bars {
	out := bars{units: 1, width: 1}
	n := len(buckets)
	if n == 0 || w <= 0 {
		return out
	}
	first, last := number(buckets[0].From, days), number(buckets[n-1].From, days)
	steps := []int{1, 2, 3, 4, 6, 12, 24} // hours that a person counts in
	if days {
		steps = []int{1, 2, 7, 14, 28}
	}
	out.units = neat(steps, func(units int) bool { return last/units-first/units < w })
	for i, b := range buckets {
		if i == 0 || number(b.From, days)/out.units != number(buckets[i-1].From, days)/out.units {
			out.bars, out.firsts = append(out.bars, b), append(out.firsts, i)
			continue
		}
		bar := &out.bars[len(out.bars)-1]
		bar.Delivered, bar.Invalid, bar.SoftBounce = bar.Delivered+b.Delivered, bar.Invalid+b.Invalid, bar.SoftBounce+b.SoftBounce
		bar.Requested, bar.Other, bar.To = bar.Requested+b.Requested, bar.Other+b.Other, b.To
	}
	var sizes []int
	for _, b := range out.bars {
		sizes = append(sizes, b.Total())
	}
	slices.Sort(sizes)
	most := len(sizes) - 1
	if rest := sizes[max(0, most-max(1, most/24))]; most >= 8 && sizes[most] > 4*rest && rest > 0 { // few high bars would flatten the others
		sizes[most], out.cut = 2*rest, true
	}
	out.highest = ceiling(sizes[most])
	out.width = max(1, min(widestBar, w/len(out.bars)))
	return out
}

// neat is the first of steps that fits, or the last of them doubled until it does.
func neat(steps []int, fits func(units int) bool) int {
	for {
		for _, s := range steps {
			if fits(s) {
				return s
			}
		}
		steps = []int{steps[len(steps)-1] * 2}
	}
}

// number counts hours since a midnight, or days since a Monday, on the service's clock.
func number(at time.Time, days bool) int {
	hours := int(at.Unix()/3600) + 8
	if days {
		return hours/24 + 3 // 1970-01-01 was a Thursday
	}
	return hours
}

// ceiling is a round number not below n, so that the bars keep their heights while rows come in.
func ceiling(n int) int {
	for p := 1; ; p *= 10 {
		for _, m := range []int{1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40, 50, 60} {
			if n <= m*p {
				return m * p
			}
		}
	}
}

// rise is where failures became more than they were at the same hours of the days before. So a morning is no rise.
type rise struct {
	words.Risen
	bucket int // where it begins
}

// A rise is told only where there is no doubt: so many mails, so many times as many as before, so many standard deviations more.
const (
	leastMails = 20
	riseFactor = 3
	riseSigmas = 5
)

// findRise finds the rise by most mails; nil: none, or rows are missing, the days are few, or buckets are days.
func findRise(c *counted) (found *rise) {
	if c.Partial || c.growing || len(c.Bars) == 0 || c.byDay() {
		return nil
	}
	most := 0.0
	for part, s := range statuses[:2] { // the failures
		if r, more := c.rise(part); more > most {
			found, most = r, more
			r.Status = s
		}
	}
	return found
}

// rise is the run of buckets in which most mails of a status are more than usual, and how many more; 0 where that is in doubt.
func (c *counted) rise(part int) (found *rise, more float64) {
	const period = 24
	empty := 0
	if !c.since.IsZero() { // buckets without mail before the first one
		empty = max(0, number(c.Bars[0].From, false)-number(c.since, false))
	}
	mails := make([]float64, empty, empty+len(c.Bars))
	for _, b := range c.Bars {
		mails = append(mails, float64(partsOf(b)[part]))
	}
	// The run with most mails beyond twice the mean of the same hour on all days before it.
	before := slices.Clone(mails[:min(period, len(mails))])
	from, to := best(period, len(mails), func(i int) float64 {
		usual := before[i%period] / float64(i/period)
		before[i%period] += mails[i]
		return mails[i] - 2*usual - 0.25 // so that nothing is no rise over nothing
	})
	usual := make([]float64, to) // the same, but of the days before the run
	for i := from; i < to; i++ {
		n := 0.0
		for j := i % period; j < from; j += period {
			usual[i], n = usual[i]+mails[j], n+1
		}
		usual[i] /= n
	}
	// Of that, the run that fits the new rate better than the old one. Where no mail ever came, so few days do not tell that none
	// ever comes.
	floor := float64(period) / float64(max(1, from))
	for was := 0; was != to-from; {
		was = to - from
		factor := sum(mails[from:to]) / (sum(usual[from:to]) + floor*float64(was))
		from, to = best(from, to, func(i int) float64 { return mails[i]*math.Log(factor) - (factor-1)*(usual[i]+floor) })
	}
	if from == period || from < 3*period && sum(mails[:from]) > 0 { // it may have begun earlier; too few days tell what is usual
		return nil, 0
	}
	came, old := sum(mails[from:to]), sum(usual[from:to])
	more = came - old
	if came < leastMails || came < riseFactor*old || more < riseSigmas*math.Sqrt(came+old) {
		return nil, 0
	}
	bucket, units := max(0, from-empty), float64(to-from)
	return &rise{words.Risen{At: c.Bars[bucket].From, Units: to - from, Before: old / units, After: came / units}, bucket}, more
}

// best is the run whose values add up to most; it is empty where none is above zero. value is asked once for each bucket, in order.
func best(from, to int, value func(i int) float64) (first, last int) {
	begun, sum, most := from, 0.0, 0.0
	for i := from; i < to; i++ {
		if sum <= 0 {
			begun, sum = i, 0
		}
		if sum += value(i); sum > most {
			first, last, most = begun, i+1, sum
		}
	}
	return first, last
}

func sum(ns []float64) (all float64) {
	for _, n := range ns {
		all += n
	}
	return all
}
