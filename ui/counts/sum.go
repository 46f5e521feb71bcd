package counts

import (
	"math"
	"slices"
	"time"

	"bounceboard/sendcloud"
)

// state says what is known of a number.
type state uint8

const (
	unasked state = iota
	waiting
	known
	failed  // the service gave an error instead
	unknown // follows from nothing that is there
)

// figure is a number on the screen, asked for or made of others.
type figure struct {
	state  state
	count  int
	atMost bool
	whole  bool      // an upper bound of all that are in its sums together
	span   bool      // an upper bound of all days together
	odd    bool      // contradicts others: it is part of no sum
	at     time.Time // the oldest of its parts
	err    error
	excess int  // the codes of a status add up to so much more than its total
	rate   bool // count is a share, in millionths
	old    bool // a part is being counted again
	new    bool // a part is not
}

// mixed: numbers of before and after, which only add up by chance.
func (f figure) mixed() bool { return f.old && f.new }

// settle works out every number on the screen, so that drawing only reads. It
// runs when an answer comes, not when the view is drawn.
func (c *Counts) settle() {
	c.figures = make([][]figure, len(c.plan.Days)+1)
	for d := len(c.plan.Days); d >= 0; d-- {
		c.figures[d] = make([]figure, len(c.rows))
		c.settleDay(d)
	}
}

// settleDay works out the numbers of one day; the span needs its days first.
func (c *Counts) settleDay(d int) {
	for i := range c.rows {
		c.settleRow(i, d)
	}
	c.derive(d)
}

// settleRow works out what was asked of row i on day d, if anything.
func (c *Counts) settleRow(i, d int) {
	if k := c.rows[i].kind; k == total || k == code {
		c.figures[d][i] = c.answer(i, d)
	}
}

// derive works out the sums and differences of day d.
func (c *Counts) derive(d int) {
	for i, r := range c.rows {
		switch r.kind {
		case uncoded:
			c.figures[d][i] = c.rest(r.status, d)
		case all:
			c.figures[d][i] = c.sum(d, nil)
		case asked:
			c.figures[d][i] = c.sum(d, c.plan.Asked)
		case rate:
			c.figures[d][i] = c.rate(d)
		}
	}
}

// date is a day by its place, from 1; 0 is the whole span.
func (c *Counts) date(d int) sendcloud.Date {
	if d == 0 {
		return sendcloud.Date{}
	}
	return c.plan.Days[d-1]
}

// answer is what the service said of row i on day d; where it was not asked
// for the span, what it said of the days.
func (c *Counts) answer(i, d int) figure {
	k := Key{c.rows[i].status, c.rows[i].sub, c.date(d)}
	f := figure{}
	n, ok := c.numbers[k]
	switch {
	case ok && n.Err != nil && !n.old:
		f = figure{state: failed, err: n.Err}
	case ok:
		f = figure{state: known, count: n.Count, atMost: n.AtMost, whole: n.Whole, span: n.Span, at: n.At, err: n.Err, old: n.old, new: !n.old}
	case d == 0 && len(c.plan.Days) > 0:
		f.state = known
		bound := 0 // of days that count the same mail: the largest, once
		for day := range c.plan.Days {
			part := c.figures[day+1][i]
			if part.span {
				bound, part.count = max(bound, part.count), max(0, part.count-bound)
			}
			f = f.plus(part)
		}
	case c.phase == Running:
		f.state = waiting
	}
	_, f.odd = c.flagged(k)
	return f
}

// plus is the sum with another part. A sum with a part that is missing, failed
// or contradicted is none.
func (f figure) plus(part figure) figure {
	switch {
	case f.state == unknown:
		return f
	case part.state == failed || part.state == unknown || part.odd:
		return figure{state: unknown}
	case f.state != known:
		return f
	case part.state != known:
		return figure{state: part.state}
	}
	f.count += part.count
	f.atMost, f.whole = f.atMost || part.atMost, f.whole || part.whole
	f.old, f.new = f.old || part.old, f.new || part.new
	if !part.at.IsZero() && (f.at.IsZero() || part.at.Before(f.at)) {
		f.at = part.at
	}
	return f
}

// rest is what a status counts beyond its codes: mail without a code.
func (c *Counts) rest(s sendcloud.Status, d int) figure {
	whole, codes := figure{state: known}, figure{state: known}
	for i, r := range c.rows {
		switch {
		case r.status != s:
		case r.kind == total:
			whole = whole.plus(c.figures[d][i])
		case r.kind == code:
			codes = codes.plus(c.figures[d][i])
		}
	}
	both := whole.plus(codes)
	switch {
	case both.state != known:
		return both
	case both.mixed():
		return figure{state: waiting}
	case both.atMost:
		return figure{state: unknown}
	case codes.count > whole.count:
		return figure{state: unknown, excess: codes.count - whole.count}
	}
	both.count = whole.count - codes.count
	return both
}

// sum is what some keys count together; none: all statuses.
func (c *Counts) sum(d int, keys []Key) figure {
	sum := figure{state: known}
	bound := 0 // of those that count the same mail: the largest, once
	for i, r := range c.rows {
		switch {
		case keys == nil && r.kind == total,
			(r.kind == total || r.kind == code) && slices.Contains(keys, Key{Status: r.status, Sub: r.sub}):
			f := c.figures[d][i]
			if f.whole {
				bound, f.count = max(bound, f.count), max(0, f.count-bound)
			}
			sum = sum.plus(f)
		}
	}
	return sum
}

// rate is which part of all mail the question asks for, or failed.
func (c *Counts) rate(d int) figure {
	keys := c.plan.Asked
	if len(keys) == 0 {
		keys = failures
	}
	part, whole := c.sum(d, keys), c.sum(d, nil)
	f := part.plus(whole)
	share, ok := part.of(whole)
	switch {
	case f.state != known:
		return f
	case f.mixed():
		return figure{state: waiting}
	case !ok:
		return figure{state: unknown}
	}
	f.count, f.rate = int(math.Round(share*1e6)), true
	return f
}

// of is f as a part of whole. Nothing is said where either is not known for
// sure, or where they are of different times.
func (f figure) of(whole figure) (share float64, ok bool) {
	if f.state != known || whole.state != known || f.atMost || whole.atMost || f.odd || whole.odd ||
		f.plus(whole).mixed() || whole.count == 0 || f.count > whole.count {
		return 0, false
	}
	return float64(f.count) / float64(whole.count), true
}

// share is row i's part of its whole: of a status for its codes, of all for
// any other row.
func (c *Counts) share(i, d int) (share float64, ok bool) {
	r := c.rows[i]
	if r.kind == rate {
		return 0, false
	}
	whole := c.figures[d][0]
	if r.kind == code || r.kind == uncoded {
		whole = c.figures[d][slices.Index(c.rows, row{kind: total, status: r.status})]
	}
	return c.figures[d][i].of(whole)
}
