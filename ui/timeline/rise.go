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
	words.Risen
	bucket int
}

// A rise is told when it is beyond doubt: so many mails, so many times as many
// as before, so many standard deviations more.
const (
	leastRise  = 20
	riseFactor = 3
	riseSigmas = 5
	weekend    = 3 // so many times less mail than on other days
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
			r.Status = s
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
	usual := make([]float64, to) // the mean of the same hour on the days before the stretch
	for i := from; i < to; i++ {
		days := 0.0
		for j := i % period; j < from; j += period {
			usual[i], days = usual[i]+series[j], days+1
		}
		usual[i] /= days
	}
	from, to = core(series, usual, float64(period)/float64(max(1, from)), from, to)
	factor := float64(riseFactor)
	switch hours := h.Unit == Hour; {
	case from == period, // it may have begun in what cannot be compared
		hours && from < 2*period && sum(series[:from]) > 0: // one day tells not what is usual
		return rise{}, 0
	case hours && from < 3*period: // a Monday is more than the days before
		factor *= weekend
	}
	mails, before := sum(series[from:to]), sum(usual[from:to])
	more := mails - before
	if mails < leastRise || mails < factor*before || more < riseSigmas*math.Sqrt(mails+before) {
		return rise{}, 0
	}
	bucket := max(0, from-quiet)
	units := float64(to - from)
	return rise{words.Risen{At: h.Buckets[bucket].From, Units: to - from, Days: h.Unit == Day, Before: before / units, After: mails / units}, bucket}, more
}

// core is what of a stretch is likelier of the rise than of the days before.
// scant is what is usual where no mail ever came, as far as so few days tell.
func core(series, usual []float64, scant float64, from, to int) (begin, end int) {
	begin, end = from, to
	for {
		was := [2]int{begin, end}
		factor := sum(series[begin:end]) / (sum(usual[begin:end]) + scant*float64(end-begin))
		if !(factor > 1) {
			return begin, end
		}
		begun, likely, best := begin, 0.0, 0.0 // likely: the logarithm of how much likelier
		for i, last := begin, end; i < last; i++ {
			if likely <= 0 {
				begun, likely = i, 0
			}
			likely += series[i]*math.Log(factor) - (factor-1)*(usual[i]+scant)
			if likely > best {
				begin, end, best = begun, i+1, likely
			}
		}
		if was == [2]int{begin, end} {
			break
		}
	}
	// It may have begun late in an hour, or at night when hardly a mail goes out:
	// few mails, but by no chance. Behind a pause they are of something else.
	const pause = 6
	mails, normal := 0.0, 0.0
	for i := begin - 1; i >= max(from, begin-pause); i-- {
		mails, normal = mails+series[i], normal+usual[i]+scant
		if series[i] > 0 && mails >= riseFactor*normal && surprise(mails, normal) > 7 {
			begin, mails, normal = i, 0, 0
		}
	}
	return begin, end
}

// surprise bounds how unlikely it is that so many mails came by chance: the
// probability is below e to the power of -surprise (Chernoff's bound of a
// Poisson distribution).
func surprise(mails, usual float64) float64 { return mails*math.Log(mails/usual) - mails + usual }

func sum(ns []float64) float64 {
	all := 0.0
	for _, n := range ns {
		all += n
	}
	return all
}

// stretch is where most is beyond twice the usual: the mean of the same hour on
// the days before. It has ended where mails are as usual again, as far as some
// tell: another rise behind that is another one. It is empty where there is none.
func stretch(series []float64, period int) (from, to int) {
	const enough = 10 // mails that should have come, before too few of them tell
	sums := make([]float64, period)
	begun, over, best := 0, 0.0, 0.0
	peak, since, expected := 0.0, 0.0, 0.0 // the highest of over, and the mails behind it
	for i, n := range series {
		if i >= period {
			usual := sums[i%period] / float64(i/period)
			if over <= 0 || expected >= enough && since < 1.5*expected {
				begun, over, peak, since, expected = i, 0, 0, 0, 0
			}
			over += n - 2*usual - 0.25 // so that nothing is no rise over nothing
			since, expected = since+n, expected+usual
			if over > peak {
				peak, since, expected = over, 0, 0
			}
			if over > best {
				from, to, best = begun, i+1, over
			}
		}
		sums[i%period] += n
	}
	return from, to
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

// risen says since when failures are more than they were, in two lines where one
// is too short.
func (t *Timeline) risen() []string {
	mark, ink := t.ink.Status(int(t.rise.Status))
	lead := cell.Width(mark) + 2
	said := words.Rise(t.lang, t.rise.Risen, true)
	if lead+cell.Width(said) > t.w {
		said = words.Rise(t.lang, t.rise.Risen, false)
	}
	texts := t.fit.Wrap(said, max(2, t.w-lead))
	if n := min(len(texts), 2); t.h >= roomy {
		texts = fold(texts, n)
	} else {
		texts = []string{said}
	}
	lines := []string{t.line(ink.Of(" "+mark+" "), t.ink.Text.Of(texts[0]))}
	for _, text := range texts[1:] {
		lines = append(lines, t.line(t.ink.Text.Of(t.fit.Fit("", lead)+text)))
	}
	return lines
}
