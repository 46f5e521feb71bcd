package timeline

import (
	"math"
	"slices"

	"bounceboard/ui/words"
)

// rise is where failures became more than they were at the same hours of the
// days before. So a morning is no rise.
type rise struct {
	words.Risen
	bucket int // where it begins
}

// A rise is told only where there is no doubt: so many mails, so many times as
// many as before, so many standard deviations more.
const (
	leastMails = 20
	riseFactor = 3
	riseSigmas = 5
)

// findRise finds the rise by most mails; nil: there is none, or it cannot be
// told. It cannot while rows are missing, in the first days, and in buckets of
// days.
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

// rise is the run of buckets in which most mails of a status are more than
// usual, and how many more; 0 where that is in doubt.
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
	// Of that, the run that fits the new rate better than the old one. Where no
	// mail ever came, so few days do not tell that none ever comes.
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

// best is the run whose values add up to most; it is empty where none is above
// zero. value is asked once for each bucket, in order.
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
