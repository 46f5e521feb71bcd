package session

import (
	"time"

	"bounceboard/sendcloud"
	"bounceboard/ui/screen"
)

// Progress is what calls under way last said.
type Progress struct {
	Event  sendcloud.Event
	Budget sendcloud.Budget
	At     time.Time // when that was said
}

// After returns the progress after an event. Calls run in parallel, so their
// events arrive mixed. The call counts never go down. While one call waits to
// be retried, that wait stays on show unless a call with a higher try number
// waits, or another kind of event comes.
func (p Progress) After(e sendcloud.Event, budget sendcloud.Budget, now time.Time) Progress {
	last := p.Event
	e.Call, e.Calls = max(e.Call, last.Call), max(e.Calls, last.Calls)
	waits := last.Kind == sendcloud.Retrying && last.Until.After(now)
	if waits && (e.Kind == sendcloud.Calling || e.Kind == sendcloud.Retrying && e.Try <= last.Try) {
		last.Call, last.Calls = e.Call, e.Calls
		e = last
	}
	return Progress{Event: e, Budget: budget, At: now}
}

func (s *Session) told(news any) screen.Effect {
	if e, ok := news.(sendcloud.Event); ok {
		s.Progress = s.Progress.After(e, s.env.API.Budget(), s.env.Now())
	}
	return screen.Effect{}
}
