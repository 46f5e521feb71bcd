package bounce

import (
	"net/netip"
	"strconv"
	"strings"
	"time"

	"bounceboard/sendcloud/mailtext"
)

// facts are what stands in a reply as numbers and names.
type facts struct {
	code, enhanced string
	follows        bool // the enhanced code stands right behind the reply code
	link           string
	ips            [4]string
	n              int
	hosts          [6]mailtext.Token
	hostCount      int
	wait           time.Duration
}

// take looks at the next token of text.
func (f *facts) take(text string, t mailtext.Token) {
	s := text[t.Start:t.End]
	switch t.Kind {
	case mailtext.Code:
		if f.code == "" || f.code[0] == '2' && s[0] != '2' { // a greeting's 220 is no answer
			f.code, f.n, f.hostCount = s, 0, 0 // what stands before was a relay's
			if e := mailtext.EnhancedBehind(text[t.End:]); isStatus(e) {
				f.enhanced, f.follows = e, true
			}
		}
	case mailtext.Enhanced:
		if !f.follows && f.enhanced == "" && s[0] != '2' && isStatus(s) {
			f.enhanced = s
		}
	case mailtext.URL:
		if f.link == "" && (s[0] == 'h' || s[0] == 'H') {
			f.link = s
		}
		_, path, _ := strings.Cut(s[min(len(s), len("https://")):], "/")
		for tokens := mailtext.NewScanner(path); ; {
			t, ok := tokens.Next()
			if !ok {
				break
			}
			if t.Kind == mailtext.IP {
				f.address(path[t.Start:t.End])
			}
		}
	case mailtext.IP:
		f.address(s)
	case mailtext.Host:
		if f.hostCount < len(f.hosts) {
			f.hosts[f.hostCount] = t
			f.hostCount++
		}
	case mailtext.Number, mailtext.Time:
		if f.wait == 0 {
			f.wait = waitAt(text, t)
		}
	}
}

func (f *facts) address(s string) {
	if f.n == len(f.ips) {
		return
	}
	a, err := netip.ParseAddr(s)
	if err != nil || a.IsLoopback() || a.IsPrivate() || a.IsUnspecified() {
		return
	}
	f.ips[f.n] = s
	f.n++
}

// refused picks the IP address and the domain that were refused, where the cause is about them.
func (f *facts) refused(text string, c Cause) (ip, domain string) {
	switch c {
	case Blocked, RateLimited, RDNSHelo, AuthFailed, SpamContent, Greylisted, SenderRejected, Policy:
		if f.code != "" || c != SpamContent {
			ip = f.ips[0]
		}
	case DomainNotFound:
	default:
		return "", ""
	}
	for _, h := range f.hosts[:f.hostCount] {
		before := strings.ToLower(strings.TrimRight(text[max(0, h.Start-24):h.Start], " [<\"'("))
		for _, word := range [...]string{"domain", "domain of", "domains", "email from", "mail from", "messages from", "message from", "policy for", "name=", "lookup of", "domain=", "spf", "send from"} {
			if strings.HasSuffix(before, word) {
				host, _, _ := strings.Cut(text[h.Start:h.End], "/")
				return ip, strings.TrimRight(host, ".-")
			}
		}
	}
	return ip, ""
}

// isStatus tells an enhanced status code from version numbers: its subject is 0 to 7 (RFC 3463, 2).
func isStatus(s string) bool { return len(s) > 4 && s[2] <= '7' && s[3] == '.' }

// waitAt reads how long to wait: "try again in 900 seconds", "come back in 00:02:00", "5 分钟后". It
// returns 0 where the number says something else or nothing believable.
func waitAt(text string, t mailtext.Token) time.Duration {
	s, introduced := text[t.Start:t.End], introducesWait(text[:t.Start])
	if t.Kind == mailtext.Time {
		if introduced {
			return clock(s)
		}
		return 0
	}
	n, err := strconv.Atoi(s)
	unit, chinese := unitOf(strings.TrimLeft(text[t.End:], " -"))
	if d := time.Duration(n) * unit; err == nil && n < 1e8 && d <= 31*24*time.Hour && (chinese || introduced) {
		return d
	}
	return 0
}

// clock reads hh:mm:ss.
func clock(s string) time.Duration {
	t, err := time.Parse("15:04:05", s)
	if err != nil {
		return 0
	}
	return time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute + time.Duration(t.Second())*time.Second
}

func introducesWait(before string) bool {
	switch strings.ToLower(mailtext.LastWord(strings.TrimRight(before, " ("))) {
	case "in", "after", "for", "wait", "back", "retry", "least", "within", "about", "next", "another":
		return true
	}
	return false
}

var units = []struct {
	name    string
	length  time.Duration
	chinese bool
}{
	{"秒", time.Second, true}, {"分钟", time.Minute, true}, {"分鐘", time.Minute, true}, {"小时", time.Hour, true}, {"小時", time.Hour, true}, {"天后", 24 * time.Hour, true},
	{"second", time.Second, false}, {"sec", time.Second, false}, {"minute", time.Minute, false}, {"min", time.Minute, false},
	{"hour", time.Hour, false}, {"hr", time.Hour, false}, {"day", 24 * time.Hour, false}, {"s", time.Second, false}, {"m", time.Minute, false}, {"h", time.Hour, false},
}

func unitOf(s string) (time.Duration, bool) {
	for _, u := range units {
		if len(s) < len(u.name) || !strings.EqualFold(s[:len(u.name)], u.name) {
			continue
		}
		if len(u.name) == 1 && len(s) > 1 && inWord(s[1]) && s[1] != '.' {
			continue
		}
		return u.length, u.chinese
	}
	return 0, false
}
