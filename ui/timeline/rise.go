package timeline

import (
	"math"
	"time"

	"bounceboard/sendcloud"
	"bounceboard/ui/words"
)

// rise is where failures became more than they were at the same hours of the
// days before. By day it is the same days of the weeks before. So a morning is
// no rise.
type rise struct {
	words.Risen
	bucket int // where it begins
}

// A rise is told only where there is no doubt: so many mails, so many times as
// many as before, so many standard deviations more.
const (
	leastMails   = 20
	riseFactor   = 3
	riseSigmas   = 5
	mondayFactor = 3 // a weekend has so many times less mail than the Monday behind it
)

// findRise finds the rise by most mails; nil: there is none, or it cannot be
// told. It cannot while rows are missing, in the first day, which has no day
// before it, and in buckets of several days.
func findRise(c *counted) *rise {
	if c.Partial || c.growing || len(c.Bars) == 0 || c.Step > 24*time.Hour {
		return nil
	}
	var found *rise
	most := 0.0
	for part, s := range statuses {
		if s != sendcloud.Invalid && s != sendcloud.SoftBounce {
			continue
		}
		if r, more := c.rise(part); r != nil && more > most {
			found, most = r, more
			r.Status = s
		}
	}
	return found
}

// rise is the run of buckets in which most mails of a status are more than
// usual, and how many more; nil where that is in doubt.
func (c *counted) rise(part int) (found *rise, more float64) {
	days, period := c.byDay(), 24
	if days {
		period = 7
	}
	empty := 0 // buckets without mail before the first one
	if !c.since.IsZero() {
		empty = max(0, number(c.Bars[0].From, days)-number(c.since, days))
	}
	mails := make([]float64, empty, empty+len(c.Bars))
	for _, b := range c.Bars {
		mails = append(mails, float64(partsOf(b)[part]))
	}
	from, to := excess(mails, period)
	usual := make([]float64, to)
	for i := from; i < to; i++ {
		days := 0.0
		for j := i % period; j < from; j += period {
			usual[i], days = usual[i]+mails[j], days+1
		}
		usual[i] /= days
	}
	from, to = sharpen(mails, usual, float64(period)/float64(max(1, from)), from, to)
	factor := float64(riseFactor)
	switch {
	case from == period, // it may have begun earlier, where nothing can be compared
		!days && from < 2*period && sum(mails[:from]) > 0: // one day does not tell what is usual
		return nil, 0
	case !days && from < 3*period: // these days may be a weekend
		factor *= mondayFactor
	}
	came, before := sum(mails[from:to]), sum(usual[from:to])
	more = came - before
	if came < leastMails || came < factor*before || more < riseSigmas*math.Sqrt(came+before) {
		return nil, 0
	}
	bucket, units := max(0, from-empty), float64(to-from)
	return &rise{words.Risen{At: c.Bars[bucket].From, Units: to - from, Days: days, Before: before / units, After: came / units}, bucket}, more
}

// excess is the run with most mails beyond twice the usual number, which is the
// mean of the same hour on all days before it. The run has ended where enough
// mails came at the usual rate again: another rise behind that is another run.
// It is empty where there is none.
func excess(mails []float64, period int) (from, to int) {
	const enough = 10                 // mails that are expected before their lack tells something
	before := make([]float64, period) // sums by hour of the day
	begun, beyond, best := 0, 0.0, 0.0
	peak := 0.0                 // the highest value of beyond in this run
	since, expected := 0.0, 0.0 // mails that came, and that were expected, behind the peak
	for i, n := range mails {
		if i >= period {
			usual := before[i%period] / float64(i/period)
			if beyond <= 0 || expected >= enough && since < 1.5*expected {
				begun, beyond, peak, since, expected = i, 0, 0, 0, 0
			}
			beyond += n - 2*usual - 0.25 // so that nothing is no rise over nothing
			since, expected = since+n, expected+usual
			if beyond > peak {
				peak, since, expected = beyond, 0, 0
			}
			if beyond > best {
				from, to, best = begun, i+1, beyond
			}
		}
		before[i%period] += n
	}
	return from, to
}

// sharpen is the run of buckets, from begin to before end, that fits the new
// rate better than the old one. floor is added to the usual number: where no
// mail ever came, so few days do not tell that none ever comes.
func sharpen(mails, usual []float64, floor float64, from, to int) (begin, end int) {
	begin, end = from, to
	for {
		was := [2]int{begin, end}
		factor := sum(mails[begin:end]) / (sum(usual[begin:end]) + floor*float64(end-begin))
		if !(factor > 1) {
			return begin, end
		}
		start, likely, best := begin, 0.0, 0.0 // likely: log of how much likelier the new rate is
		for i, last := begin, end; i < last; i++ {
			if likely <= 0 {
				start, likely = i, 0
			}
			likely += mails[i]*math.Log(factor) - (factor-1)*(usual[i]+floor)
			if likely > best {
				begin, end, best = start, i+1, likely
			}
		}
		if was == [2]int{begin, end} {
			return begin, end
		}
	}
}

func sum(ns []float64) float64 {
	all := 0.0
	for _, n := range ns {
		all += n
	}
	return all
}
