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
}

const keptAnswers = 50_000 // more than an account may ask for in ten minutes

// get is the page that the same parameters got, whoever of the account asked, or a new one.
func (a *answers) get(params url.Values, now time.Time, make func() page) page {
	params = maps.Clone(params)
	delete(params, "apiUser")
	delete(params, "apiKey")
	key := params.Encode()
	if p, ok := a.pages[key]; ok && now.Sub(p.asked) < a.keep {
		return p
	}
	p := make()
	if a.keep > 0 {
		if len(a.pages) >= keptAnswers {
			clear(a.pages)
		}
		a.pages[key] = p
	}
	return p
}
