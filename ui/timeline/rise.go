package timeline

import (
	"math"
	"time"

	"bounceboard/sendcloud"
	"bounceboard/ui/cell"
	"bounceboard/ui/words"
)

// rise is where failures became more than they were at the same hours of the
// days before (by day: on the same days of the weeks before), so that a morning
// is none.
type rise struct {
	status        sendcloud.Status
	at            time.Time
	before, after float64 // mails a unit, then and in the stretch that begins here
	bucket        int
}

// A rise is told when it is beyond doubt: so many mails, so many times as many
// as before, so many standard deviations more.
const (
	leastRise  = 20
	riseFactor = 3
	riseSigmas = 5
)

// largest is the rise by most mails. It tells none while rows are missing, none
// in the first day, which has no day before, and none of buckets of many days.
func largest(h Histogram) (r rise, ok bool) {
	if h.Partial || h.Growing || len(h.Buckets) == 0 || h.Buckets[0].To.Sub(h.Buckets[0].From) > 24*time.Hour {
		return rise{}, false
	}
	most := 0.0
	for part, s := range statuses {
		if s != sendcloud.Invalid && s != sendcloud.SoftBounce {
			continue
		}
		if one, more := h.rise(part); more > most {
			r, ok, most = one, true, more
			r.status = s
		}
	}
	return r, ok
}

// quiet is how many buckets without a mail lie before the first one.
func (h Histogram) quiet() int {
	if h.Since.IsZero() {
		return 0
	}
	return max(0, number(h.Buckets[0].From, h.Unit)-number(h.Since, h.Unit))
}

// rise is the stretch in which most mails with a status are more than usual, and
// how many more these are; none where that is in doubt.
func (h Histogram) rise(part int) (rise, float64) {
	period := 24
	if h.Unit == Day {
		period = 7
	}
	quiet := h.quiet()
	series := make([]float64, quiet, quiet+len(h.Buckets))
	for i := range h.Buckets {
		series = append(series, float64(h.Buckets[i].ByStatus.parts()[part]))
	}
	from, to := stretch(series, period)
	if from == period { // it may have begun in what cannot be compared
		return rise{}, 0
	}
	mails, usual := 0.0, 0.0
	for i := from; i < to; i++ {
		mails += series[i]
		before, days := 0.0, 0.0
		for j := i % period; j < from; j += period {
			before, days = before+series[j], days+1
		}
		usual += before / days
	}
	more := mails - usual
	if mails < leastRise || mails < riseFactor*usual || more < riseSigmas*math.Sqrt(mails+usual) {
		return rise{}, 0
	}
	bucket := max(0, from-quiet)
	units := float64(to - from)
	return rise{at: h.Buckets[bucket].From, before: usual / units, after: mails / units, bucket: bucket}, more
}

// stretch is where most is beyond twice the usual: the mean of the same hour on
// the days before. It has ended where mails are as usual again, as far as some
// tell: another rise behind that is another one. It is empty where there is none.
func stretch(series []float64, period int) (from, to int) {
	const enough = 10 // mails that should have come, before too few of them tell
	sums, beyond := make([]float64, period), make([]float64, len(series))
	begun, sum, best := 0, 0.0, 0.0
	peak, since, expected := 0.0, 0.0, 0.0 // the highest sum, and the mails behind it
	for i, n := range series {
		if i >= period {
			usual := sums[i%period] / float64(i/period)
			beyond[i] = n - 2*usual - 0.25 // so that nothing is no rise over nothing
			if sum <= 0 || expected >= enough && since < 1.5*expected {
				begun, sum, peak, since, expected = i, 0, 0, 0, 0
			}
			sum, since, expected = sum+beyond[i], since+n, expected+usual
			if sum > peak {
				peak, since, expected = sum, 0, 0
			}
			if sum > best {
				from, to, best = begun, i+1, sum
			}
		}
		sums[i%period] += n
	}
	return from + head(series[from:to], beyond[from:to]), to
}

// head is how many units at the beginning of a stretch are no part of it: a few
// mails, and hours behind them without any.
func head(series, beyond []float64) int {
	const pause, few = 6, 0.05
	all, mails, silent, from := 0.0, 0.0, 0, 0
	for _, n := range series {
		all += n
	}
	for i, n := range series {
		if beyond[i] <= 0 {
			silent++
		} else {
			if silent >= pause && mails < few*all {
				from = i
			}
			silent = 0
		}
		mails += n
	}
	return from
}

// ToRise moves the cursor to where failures rose most; false: nothing stands out.
func (t *Timeline) ToRise() bool {
	if t.rises && len(t.bars) > 0 {
		t.cursor = t.firsts[t.bar(t.rise.bucket)]
	}
	return t.rises
}

// Rises reports whether there is a rise to move to.
func (t *Timeline) Rises() bool { return t.rises }

// risen says since when failures are more than they were.
func (t *Timeline) risen() string {
	mark, ink := t.ink.Status(int(t.rise.status))
	text := func(compared bool) string {
		return words.Rise(t.lang, t.rise.status, t.rise.before, t.rise.after, t.rise.at, t.shown.Unit == Day, compared)
	}
	said := text(true)
	if 2+cell.Width(mark)+cell.Width(said) > t.w {
		said = text(false)
	}
	return t.line(ink.Of(" "+mark+" "), t.ink.Text.Of(said))
}
