package doctor

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"sync"
	"time"

	"bounceboard/sendcloud"
	"bounceboard/ui/words"
)

const (
	serviceTimeout = 10 * time.Second // of all calls together
	mostSkew       = 2 * time.Minute  // between two clocks before it is said
	slow           = 2 * time.Second  // a call that takes so long is said
)

// Service makes two or three calls with cfg: one for a day, which shows whether key and region are right, and one
// for the widest span that one call may cover.
func Service(ctx context.Context, l words.Lang, cfg sendcloud.Config) []Check {
	ctx, cancel := context.WithTimeoutCause(ctx, serviceTimeout, errNoAnswer)
	defer cancel()
	watch := &stopwatch{next: sendcloud.NewTransport(), now: cfg.Now}
	cfg.Transport = watch
	client, err := sendcloud.New(cfg)
	if err != nil {
		return []Check{{words.DoctorKey, Wrong, words.Error(l, err), ""}}
	}
	today := sendcloud.DateOf(cfg.Now())
	ask := func(days int) (sendcloud.Page, error) {
		plan, err := client.Plan(sendcloud.Query{StartDate: today.AddDays(1 - days), EndDate: today})
		if err != nil {
			return sendcloud.Page{}, err
		}
		return client.Page(ctx, plan, 0, 1, true, nil)
	}
	if _, err = ask(1); err != nil {
		if context.Cause(ctx) == errNoAnswer { //nolint:errorlint // it is this very value
			return []Check{{words.DoctorKey, Wrong, l.Say(words.DoctorNoAnswer, client.Host(), int(serviceTimeout.Seconds())), l.Say(words.DoctorNetworkCure)}}
		}
		return []Check{{words.DoctorKey, Wrong, words.Error(l, err), ""}}
	}
	checks := []Check{{Name: words.DoctorKey, Found: l.Say(words.DoctorAccepted, client.Host())}}
	window := Check{Name: words.DoctorWindow}
	switch page, err := ask(client.Window()); {
	case context.Cause(ctx) == errNoAnswer: //nolint:errorlint // it is this very value
		window.State, window.Cure = Wrong, l.Say(words.DoctorNetworkCure)
		window.Found = l.Say(words.DoctorNoAnswer, client.Host(), int(serviceTimeout.Seconds()))
	case err != nil:
		window.State, window.Found = Wrong, words.Error(l, err)
	case slices.Contains(page.Notes, sendcloud.SmallerWindows):
		window.State, window.Found = Wrong, l.Say(words.DoctorWindowRefused, client.Window())
		window.Cure = l.Say(words.DoctorWindowCure, client.Window())
	default:
		window.Found = l.Say(words.DoctorWindowAccepted, client.Window())
	}
	return append(checks, window, watch.latency(l), watch.clock(l))
}

var errNoAnswer = errors.New("no answer in time")

// stopwatch is a transport that notes how long calls take and what time the service has.
type stopwatch struct {
	next http.RoundTripper
	now  func() time.Time

	mu    sync.Mutex
	took  []time.Duration
	skew  time.Duration // of the service's clock against ours
	dated bool          // the service told its time
}

// RoundTrip makes the call.
func (w *stopwatch) RoundTrip(req *http.Request) (*http.Response, error) {
	begin := w.now()
	resp, err := w.next.RoundTrip(req)
	if err != nil {
		return resp, err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	end := w.now()
	w.took = append(w.took, end.Sub(begin))
	if date, err := http.ParseTime(resp.Header.Get("Date")); err == nil {
		// The header has whole seconds, so that the middle of its second is the best guess.
		w.skew, w.dated = date.Add(time.Second/2).Sub(begin.Add(end.Sub(begin)/2)), true
	}
	return resp, nil
}

// latency is the shortest call: the first one also made the connection.
func (w *stopwatch) latency(l words.Lang) Check {
	least := slices.Min(w.took)
	check := Check{Name: words.DoctorLatency, Found: l.Say(words.DoctorMilliseconds, least.Milliseconds())}
	if least >= slow {
		check.State, check.Cure = Hint, l.Say(words.DoctorNetworkCure)
	}
	return check
}

func (w *stopwatch) clock(l words.Lang) Check {
	check := Check{Name: words.DoctorClock, Found: l.Say(words.DoctorClockRight)}
	switch {
	case !w.dated:
		check.Found = l.Say(words.DoctorUnknown)
	case w.skew.Abs() > mostSkew:
		check.State, check.Cure = Wrong, l.Say(words.DoctorClockCure)
		off := words.DoctorClockFast
		if w.skew > 0 {
			off = words.DoctorClockSlow
		}
		check.Found = l.Say(off, w.skew.Abs().Round(time.Second).String())
	}
	return check
}
