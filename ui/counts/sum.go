package counts

import (
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
	at     time.Time // the oldest of its parts
	err    error
	excess int // the codes of a status add up to so much more than its total
}

// figure is the number of a row on a day; the zero day is the whole span.
func (c *Counts) figure(r row, day sendcloud.Date) figure {
	switch r.kind {
	case uncoded:
		return c.rest(r.status, day)
	case all:
		return c.sum(day)
	}
	k := Key{r.status, r.sub, day}
	if n, ok := c.numbers[k]; ok {
		if n.Err != nil {
			return figure{state: failed, err: n.Err}
		}
		return figure{state: known, count: n.Count, atMost: n.AtMost, at: n.At}
	}
	if day.IsZero() && len(c.plan.Days) > 0 {
		sum := figure{state: known}
		for _, d := range c.plan.Days {
			sum = c.add(sum, Key{r.status, r.sub, d}, c.figure(r, d))
		}
		return sum
	}
	if c.phase == Running {
		return figure{state: waiting}
	}
	return figure{state: unasked}
}

// add puts a part into a sum. A sum with a part that is missing, failed or
// contradicted is none.
func (c *Counts) add(sum figure, k Key, part figure) figure {
	switch _, odd := c.flagged(k); {
	case sum.state != known && (sum.state != waiting || part.state == known):
		return sum
	case odd:
		return figure{state: unknown}
	case part.state == failed:
		return figure{state: unknown}
	case part.state != known:
		return figure{state: part.state}
	}
	sum.count += part.count
	sum.atMost = sum.atMost || part.atMost
	if !part.at.IsZero() && (sum.at.IsZero() || part.at.Before(sum.at)) {
		sum.at = part.at
	}
	return sum
}

// codes is the sum of the codes of a status.
func (c *Counts) codes(s sendcloud.Status, day sendcloud.Date) figure {
	sum := figure{state: known}
	for _, r := range c.rows {
		if r.kind == code && r.status == s {
			sum = c.add(sum, Key{s, r.sub, day}, c.figure(r, day))
		}
	}
	return sum
}

// rest is what a status counts beyond its codes: mail without a code.
func (c *Counts) rest(s sendcloud.Status, day sendcloud.Date) figure {
	whole := c.add(figure{state: known}, Key{Status: s, Day: day}, c.figure(row{kind: total, status: s}, day))
	codes := c.codes(s, day)
	switch {
	case whole.state != known:
		return whole
	case codes.state != known:
		return codes
	case whole.atMost || codes.atMost:
		return figure{state: unknown}
	case codes.count > whole.count:
		return figure{state: unknown, excess: codes.count - whole.count}
	}
	whole.count -= codes.count
	if !codes.at.IsZero() && codes.at.Before(whole.at) {
		whole.at = codes.at
	}
	return whole
}

// sum is all statuses of the plan together; where only codes are counted, all
// of those.
func (c *Counts) sum(day sendcloud.Date) figure {
	part := total
	if len(c.plan.Statuses) == 0 {
		part = code
	}
	sum := figure{state: known}
	for _, r := range c.rows {
		if r.kind == part {
			sum = c.add(sum, Key{r.status, r.sub, day}, c.figure(r, day))
		}
	}
	return sum
}

// share is f's part of its whole: of a status for its codes, of all for a
// status. Nothing is said where either is not known for sure.
func (c *Counts) share(r row, f figure, day sendcloud.Date) (share float64, ok bool) {
	whole := c.whole(r, day)
	if f.state != known || whole.state != known || f.atMost || whole.atMost || whole.count == 0 || f.count > whole.count {
		return 0, false
	}
	if _, odd := c.flagged(Key{r.status, r.sub, day}); odd {
		return 0, false
	}
	return float64(f.count) / float64(whole.count), true
}

func (c *Counts) whole(r row, day sendcloud.Date) figure {
	if r.kind == total || r.kind == all || len(c.plan.Statuses) == 0 {
		return c.sum(day)
	}
	k := Key{Status: r.status, Day: day}
	return c.add(figure{state: known}, k, c.figure(row{kind: total, status: r.status}, day))
}
