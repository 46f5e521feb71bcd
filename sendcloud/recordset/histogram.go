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

// Total is all of a bar.
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
func (s Snapshot) Histogram(ctx context.Context, sel Selection, most int) (Histogram, error) {
	most = min(max(most, 1), maxBars)
	const hour = 3600
	first, last := uint32(missing), uint32(0)
	var h Histogram
	for row := range sel.Rows() {
		if row >= s.rows {
			break
		}
		if row%blockRows == 0 && ctx.Err() != nil {
			return Histogram{}, ctx.Err()
		}
		v, i := s.at(row)
		if t := v.requested[i]; t == 0 {
			h.Undated++
		} else {
			first, last = min(first, t), max(last, t)
		}
	}
	if last == 0 {
		return h, nil
	}
	span := func(step uint64) (from, bars uint64) {
		unit := min(step, 86400)
		from = (uint64(first)+offset)/unit*unit - offset
		return from, (uint64(last)-from)/step + 1
	}
	step := uint64(hour)
	from, bars := span(step)
	for days := uint64(1); bars > uint64(most); days++ {
		step = days * 86400
		from, bars = span(step)
	}
	h.Step = time.Duration(step) * time.Second
	h.Bars = make([]Bar, bars)
	for i := range h.Bars {
		h.Bars[i].From = at(uint32(from + uint64(i)*step))
		h.Bars[i].To = h.Bars[i].From.Add(h.Step)
	}
	if err := ctx.Err(); err != nil {
		return Histogram{}, err
	}
	for row := range sel.Rows() {
		if row >= s.rows {
			break
		}
		v, i := s.at(row)
		if t := v.requested[i]; t != 0 {
			h.Bars[(uint64(t)-from)/step].add(s.heads[v.head[i]].status)
		}
	}
	return h, nil
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
