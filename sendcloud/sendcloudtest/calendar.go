package sendcloudtest

import (
	"sort"
	"time"
)

// serviceZone is the clock of the service: UTC+08:00, no daylight saving.
var serviceZone = time.FixedZone("UTC+8", 8*60*60)

const hourMS, dayMS = int64(3_600_000), 24 * int64(3_600_000)

// byHour is how much mail is sent in each hour of a day.
var byHour = [24]int{4, 3, 2, 2, 2, 3, 6, 12, 30, 62, 78, 66, 34, 36, 58, 66, 60, 48, 34, 36, 40, 30, 16, 8}

// calendar spreads the first n records over the hours before the start; later
// records follow at a steady rate. Times never fall as the index grows.
type calendar struct {
	seed     uint64
	n        int
	from, to int64 // milliseconds of the epoch: midnight of the oldest day, the start of the server
	first    []int // index of the first record of each hour, and n at the end
	arrivals int   // records a minute after the start
	dead     hours // when the dead list is mailed
}

// deadPart is the dead list's share of the mail of its hours.
const deadPart = 0.8

// hours is a span of time in milliseconds of the epoch, its end excluded.
type hours struct{ from, to int64 }

func (s hours) holds(ms int64) bool { return s.from <= ms && ms < s.to }

// midnight is the beginning of the service's day that holds ms.
func midnight(ms int64) int64 {
	const offset = 8 * hourMS
	return (ms+offset)/dayMS*dayMS - offset
}

func newCalendar(o Options, start int64) calendar {
	c := calendar{seed: o.Seed, n: o.Records, to: start, arrivals: o.Arrivals}
	c.from = min(midnight(start)-int64(o.LookbackDays-1)*dayMS, start-hourMS) // at midnight, today is too short to hold mail
	c.dead = hours{midnight(start) - 2*dayMS + 10*hourMS, midnight(start) - 2*dayMS + 12*hourMS}
	sums := []float64{0}
	for at := c.from; at < start; at += hourMS {
		day := time.UnixMilli(at).In(serviceZone)
		weight := float64(byHour[day.Hour()])
		if wd := day.Weekday(); wd == time.Saturday || wd == time.Sunday {
			weight *= 0.45
		}
		weight *= 0.7 + 0.6*unit(hash(c.seed, uint64(midnight(at)), forVolume)) // no two days are alike
		if c.dead.holds(at) {
			weight = 700 // an ordinary hour has 140
		}
		weight *= float64(min(hourMS, start-at)) / float64(hourMS)
		sums = append(sums, sums[len(sums)-1]+weight)
	}
	total := sums[len(sums)-1]
	c.first = make([]int, len(sums))
	for i, sum := range sums {
		c.first[i] = int(float64(c.n) * sum / total)
	}
	c.first[len(sums)-1] = c.n
	return c
}

// at is when record i was requested, in milliseconds of the epoch.
func (c *calendar) at(i int) int64 {
	u := unit(hash(c.seed, uint64(i), forTime))
	if i >= c.n {
		return c.to + int64((float64(i-c.n)+u)*60_000/float64(c.arrivals))
	}
	h := sort.SearchInts(c.first, i+1) - 1
	from := c.from + int64(h)*hourMS
	length := float64(min(hourMS, c.to-from))
	return from + int64((float64(i-c.first[h])+u)*length/float64(c.first[h+1]-c.first[h]))
}

// count is how many records there are at a time.
func (c *calendar) count(now int64) int {
	if c.arrivals == 0 || now <= c.to {
		return c.n
	}
	n := c.n + int(float64(now-c.to)*float64(c.arrivals)/60_000)
	if c.at(n) <= now {
		n++
	}
	return n
}

// search is the index of the first of n records that was requested at or after ms.
func (c *calendar) search(n int, ms int64) int {
	return sort.Search(n, func(i int) bool { return c.at(i) >= ms })
}
