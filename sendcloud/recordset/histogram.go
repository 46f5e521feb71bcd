package recordset

import (
	"context"
	"maps"
	"math"
	"slices"
	"time"

	"bounceboard/sendcloud"
)

// Bar is one bar of a histogram: requests in [From, To), by status.
type Bar struct {
	From, To                                         time.Time
	Delivered, Invalid, SoftBounce, Requested, Other int // Other: a status we do not know
}

// Total returns all rows of a bar.
func (b Bar) Total() int { return b.Delivered + b.Invalid + b.SoftBounce + b.Requested + b.Other }

// Histogram is a selection over time.
type Histogram struct {
	Bars    []Bar // without a gap from the first request to the last
	Step    time.Duration
	Undated int // rows without a request time

	basis basis
	hours map[uint32]*Bar // by the hours of the service's clock since 1970
}

// maxBars keeps one wrong date from making a histogram of centuries.
const maxBars = 4096

// Histogram counts a selection by the hour or the day of the request, on the
// service's calendar: hours where they make at most most bars, else days, else
// as many days as it takes. Rows that an earlier result covers are not counted
// again; before may be nil.
func (s Snapshot) Histogram(ctx context.Context, sel Selection, most int, before *Histogram) (*Histogram, error) {
	h := &Histogram{basis: s.basis(sel, s.rows), hours: map[uint32]*Bar{}}
	known := 0
	if before != nil {
		if known = before.basis.known(s, &sel, false); known > 0 {
			h.Undated = before.Undated
			for hour, bar := range before.hours {
				own := *bar
				h.hours[hour] = &own
			}
		}
	}
	var bar *Bar
	last := uint32(math.MaxUint32)
	for row := range sel.And(rangeOf(known, s.rows)).Rows() {
		if row%4096 == 0 && ctx.Err() != nil {
			break
		}
		v, i := s.at(row)
		t := v.cols[colRequested][i]
		if t == 0 {
			h.Undated++
			continue
		}
		if hour := uint32((uint64(t) + offset) / 3600); hour != last {
			last, bar = hour, h.hours[hour]
			if bar == nil {
				bar = &Bar{}
				h.hours[hour] = bar
			}
		}
		bar.add(s.heads[v.cols[colHead][i]].status, 1)
	}
	h.draw(max(most, 1))
	return h, ctx.Err()
}

// draw makes the bars.
func (h *Histogram) draw(most int) {
	if len(h.hours) == 0 {
		return
	}
	hours := slices.Sorted(maps.Keys(h.hours))
	step, first, last := uint32(1), hours[0], hours[len(hours)-1]
	for days := uint32(1); (last-first)/step >= uint32(min(most, maxBars)); days++ {
		step, first = days*24, hours[0]/24*24
	}
	h.Step = time.Duration(step) * time.Hour
	h.Bars = make([]Bar, (last-first)/step+1)
	for i := range h.Bars {
		h.Bars[i].From = at((first+uint32(i)*step)*3600 - offset)
		h.Bars[i].To = h.Bars[i].From.Add(h.Step)
	}
	for hour, of := range h.hours {
		bar := &h.Bars[(hour-first)/step]
		bar.add(sendcloud.Delivered, of.Delivered)
		bar.add(sendcloud.Invalid, of.Invalid)
		bar.add(sendcloud.SoftBounce, of.SoftBounce)
		bar.add(sendcloud.Requested, of.Requested)
		bar.add(sendcloud.StatusUnknown, of.Other)
	}
}

func (b *Bar) add(status sendcloud.Status, n int) {
	switch status {
	case sendcloud.Delivered:
		b.Delivered += n
	case sendcloud.Invalid:
		b.Invalid += n
	case sendcloud.SoftBounce:
		b.SoftBounce += n
	case sendcloud.Requested:
		b.Requested += n
	default:
		b.Other += n
	}
}
