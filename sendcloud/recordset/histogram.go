package recordset

import (
	"context"
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
}

// maxBars keeps one wrong date from making a histogram of centuries.
const maxBars = 4096

// Histogram counts a selection by the hour or the day of the request, on the
// service's calendar: hours where they make at most most bars, else days, else
// as many days as it takes.
func (s Snapshot) Histogram(ctx context.Context, sel Selection, most int) (*Histogram, error) {
	h, hour := &Histogram{}, func(t uint32) uint32 { return uint32((uint64(t) + offset) / 3600) }
	low, high := s.span(sel)
	step, first := uint32(1), hour(low)
	for days := uint32(1); (hour(high)-first)/step >= uint32(min(max(most, 1), maxBars)); days++ {
		step, first = days*24, hour(low)/24*24
	}
	if high > 0 {
		h.Step, h.Bars = time.Duration(step)*time.Hour, make([]Bar, (hour(high)-first)/step+1)
	}
	for i := range h.Bars {
		h.Bars[i].From = at((first+uint32(i)*step)*3600 - offset)
		h.Bars[i].To = h.Bars[i].From.Add(h.Step)
	}
	for row := range sel.And(s.All()).Rows() {
		if row%4096 == 0 && ctx.Err() != nil {
			break
		}
		v, i := s.at(row)
		if t := v.cols[colRequested][i]; t == 0 {
			h.Undated++
		} else {
			h.Bars[(hour(t)-first)/step].add(s.heads[v.cols[colHead][i]].status)
		}
	}
	return h, ctx.Err()
}

func (b *Bar) add(status sendcloud.Status) {
	switch status {
	case sendcloud.Delivered:
		b.Delivered++
	case sendcloud.Invalid:
		b.Invalid++
	case sendcloud.SoftBounce:
		b.SoftBounce++
	case sendcloud.Requested:
		b.Requested++
	default:
		b.Other++
	}
}
