package sendcloud

import (
	"strconv"
	"strings"
	"time"
)

// The years in which the epoch of an email id is believed.
var (
	firstSaneID = time.Date(2010, 1, 1, 0, 0, 0, 0, time.UTC)
	lastSaneID  = time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC)
)

// EmailIDTime is when the mail was sent, as its id tells: published ids begin
// with 13 digits, the epoch in milliseconds. That is observed, not promised;
// ok is false where the id does not begin so, or not with a sane date.
func EmailIDTime(id string) (t time.Time, ok bool) {
	rest := strings.TrimLeft(id, "0123456789")
	if len(id)-len(rest) != 13 {
		return time.Time{}, false
	}
	ms, err := strconv.ParseInt(id[:13], 10, 64)
	t = time.UnixMilli(ms).In(Zone)
	if err != nil || t.Before(firstSaneID) || !t.Before(lastSaneID) {
		return time.Time{}, false
	}
	return t, true
}
