package sendcloudtest

import (
	"maps"
	"net/url"
	"time"
)

// limiter allows so many calls in any 60 seconds.
type limiter struct {
	times []time.Time // of the last calls allowed, a ring
	next  int
}

func newLimiter(perMinute int) *limiter {
	return &limiter{times: make([]time.Time, max(0, perMinute))}
}

// allow takes one call, or refuses it. Refused calls do not count.
func (l *limiter) allow(now time.Time) bool {
	if len(l.times) == 0 {
		return true
	}
	if oldest := l.times[l.next]; !oldest.IsZero() && now.Sub(oldest) < time.Minute {
		return false
	}
	l.times[l.next] = now
	l.next = (l.next + 1) % len(l.times)
	return true
}

// page is an answer before it is written: which rows, as of when.
type page struct {
	asked time.Time // when the answer was made
	asOf  int64     // what the rows say, milliseconds of the epoch
	total int
	rows  []uint32
}

// answers repeats a page for a while. It keeps positions, not texts.
type answers struct {
	keep  time.Duration
	pages map[string]page
	queue []string // oldest first
}

const keptAnswers = 50_000

func (a *answers) get(key string, now time.Time) (page, bool) {
	a.forget(now)
	p, ok := a.pages[key]
	return p, ok
}

func (a *answers) put(key string, p page) {
	if a.keep <= 0 {
		return
	}
	if a.pages == nil {
		a.pages = map[string]page{}
	}
	a.pages[key] = p
	a.queue = append(a.queue, key)
}

func (a *answers) forget(now time.Time) {
	for len(a.queue) > 0 {
		p := a.pages[a.queue[0]]
		if now.Sub(p.asked) < a.keep && len(a.queue) <= keptAnswers {
			return
		}
		delete(a.pages, a.queue[0])
		a.queue = a.queue[1:]
	}
}

// canonical is the same for the same parameters, whoever of the account asks.
func canonical(params url.Values) string {
	p := maps.Clone(params)
	delete(p, "apiUser")
	delete(p, "apiKey")
	return p.Encode()
}
