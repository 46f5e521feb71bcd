package sendcloud

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// Record is one mail to one recipient, as the service answered. Text is verbatim, bytes that are no UTF-8 included: it
// comes from strangers and has to be sanitised before it reaches a screen. A field that was no text holds its JSON; a
// row that was no object is a Record with only a SendLog.
type Record struct {
	EmailID       string
	Status        Status    // StatusUnknown when StatusText is no word we know
	StatusText    string    // the service's own word
	SubStatus     SubStatus // 0: none, or not a number
	SubStatusText string    // the sub-status as it came when it is not a number, else ""
	SubStatusDesc string
	APIUser       string
	Recipients    string
	RequestTime   time.Time // in +08:00; zero when missing or unreadable
	ModifiedTime  time.Time
	RequestText   string // the time as it came when it cannot be read, else ""
	ModifiedText  string
	SendLog       string
}

// Reply returns what a server said: SendLog, unless that only repeats that the
// mail is under way, which nobody but the service says.
func (r Record) Reply() string {
	said := strings.TrimSpace(r.SendLog)
	if r.Status == Requested && slices.Contains([]string{r.StatusText, "请求中", "sending", "requested"}, said) {
		return ""
	}
	return r.SendLog
}

func (r *Record) failed() bool { return r.Status == Invalid || r.Status == SoftBounce }

// Took returns the time from the request to the end of a mail. ok is false for mail
// that is still requested, and when a time is missing or they are out of order.
func (r Record) Took() (d time.Duration, ok bool) {
	d, ok = r.Waited()
	return d, ok && r.Status != Requested
}

// Waited returns the time from the request to the last change, whatever that was.
func (r Record) Waited() (d time.Duration, ok bool) {
	if r.RequestTime.IsZero() || r.ModifiedTime.IsZero() || r.ModifiedTime.Before(r.RequestTime) {
		return 0, false
	}
	return r.ModifiedTime.Sub(r.RequestTime), true
}

// EmailIDTime returns when the mail was sent, as its id tells: published ids begin with 13 digits, the epoch in
// milliseconds (observed, not promised). ok is false where the id does not begin so, or with a year that is not sane.
func EmailIDTime(id string) (t time.Time, ok bool) {
	if rest := strings.TrimLeft(id, "0123456789"); len(id)-len(rest) != 13 {
		return time.Time{}, false
	}
	ms, err := strconv.ParseInt(id[:13], 10, 64)
	t = time.UnixMilli(ms).In(Zone)
	return t, err == nil && 2010 <= t.Year() && t.Year() < 2100
}
