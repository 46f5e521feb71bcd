package sendcloud

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Status is what became of a mail, by the service's own number.
type Status int

// The four statuses of the service (documented). StatusUnknown stands for a
// word of the service that is none of them; Record.StatusText keeps the word.
const (
	StatusUnknown Status = 0
	Delivered     Status = 1  // the receiving server accepted it; not "in the inbox"
	Invalid       Status = 4  // refused during the session, or blocked before it
	SoftBounce    Status = 5  // accepted first, returned later; not "temporary"
	Requested     Status = 18 // queued or being retried; never a failure
)

// Statuses returns the four statuses, in the service's order.
func Statuses() []Status { return []Status{Delivered, Invalid, SoftBounce, Requested} }

// String returns the word of command lines and exports: delivered, invalid, soft_bounce, requested or unknown.
func (s Status) String() string {
	if s.Known() {
		return statusNames[s]
	}
	return "unknown"
}

var statusNames = map[Status]string{Delivered: "delivered", Invalid: "invalid", SoftBounce: "soft_bounce", Requested: "requested"}

// Known reports whether s is one of the four statuses.
func (s Status) Known() bool {
	return s == Delivered || s == Invalid || s == SoftBounce || s == Requested
}

// statusWords are the service's words for a status. After one that ends with * anything may follow (无效邮件-地址不存在); after
// the others only what is no letter, for 送达失败 is not 送达.
var statusWords = []struct {
	status Status
	words  []string
}{
	{Delivered, []string{"送达成功", "送达", "投递成功", "delivered"}},
	{Invalid, []string{"无效邮件*", "invalid email", "invalid"}},
	{SoftBounce, []string{"软退信*", "soft bounce", "soft_bounce", "softbounce"}},
	{Requested, []string{"请求中*", "sending", "requested", "request"}},
}

// ParseStatus reads a status as the service writes it, in Chinese, in English
// or as its number, with or without a reason after it, and as people type it.
func ParseStatus(text string) (Status, bool) {
	text = strings.TrimSpace(text)
	if n, err := strconv.Atoi(text); err == nil && Status(n).Known() {
		return Status(n), true
	}
	for i := range statusWords {
		for _, word := range statusWords[i].words {
			word, open := strings.CutSuffix(word, "*")
			if len(text) < len(word) || !strings.EqualFold(text[:len(word)], word) {
				continue
			}
			next, _ := utf8.DecodeRuneInString(strings.TrimLeftFunc(text[len(word):], unicode.IsSpace))
			if open || !unicode.IsLetter(next) {
				return statusWords[i].status, true
			}
		}
	}
	return StatusUnknown, false
}

// SubStatus is the service's three-digit reason for a failure; 0 is none.
type SubStatus int

// SubStatuses returns the 15 documented reasons. There is no 501, 502 or 504.
func SubStatuses() []SubStatus {
	return []SubStatus{401, 402, 403, 404, 405, 406, 407, 408, 409, 503, 505, 506, 507, 508, 509}
}

// Known reports whether s is documented.
func (s SubStatus) Known() bool { return 401 <= s && s <= 409 || s == 503 || 505 <= s && s <= 509 }

// Status returns the failure s belongs to: Invalid for 4xx, SoftBounce for 5xx, else StatusUnknown.
func (s SubStatus) Status() Status {
	switch s / 100 {
	case 4:
		return Invalid
	case 5:
		return SoftBounce
	}
	return StatusUnknown
}
