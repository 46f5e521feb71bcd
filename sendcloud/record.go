package sendcloud

import (
	"slices"
	"strings"
	"time"
)

// Record is one mail to one recipient, as the service answered. Text is
// verbatim, bytes that are no UTF-8 included (only a lone surrogate, which no
// string can hold, is U+FFFD): it comes from strangers and has to be sanitised
// before it reaches a screen. A field of the answer that was no text holds its
// JSON; a row that was no object is a Record with only a SendLog.
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

// Reply is what a server said: SendLog, unless that only repeats that the mail
// is under way, which nobody but the service says.
func (r Record) Reply() string {
	said := strings.TrimSpace(r.SendLog)
	if r.Status == Requested && slices.Contains([]string{r.StatusText, "请求中", "sending", "requested"}, said) {
		return ""
	}
	return r.SendLog
}

// Took is the time from the request to the last change; ok is false when one
// of the two is missing or they are out of order.
func (r Record) Took() (d time.Duration, ok bool) {
	if r.RequestTime.IsZero() || r.ModifiedTime.IsZero() || r.ModifiedTime.Before(r.RequestTime) {
		return 0, false
	}
	return r.ModifiedTime.Sub(r.RequestTime), true
}
