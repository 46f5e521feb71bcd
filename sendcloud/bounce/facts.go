package bounce

import (
	"net/netip"
	"slices"
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
	ips            [4]mailtext.Token
	ipCount        int
	links          [2]string
	linkCount      int
	hosts          [6]mailtext.Token
	hostCount      int
	wait           time.Duration
}

// take looks at the next token of text. It tells whether a reply begins here that a relay's words
// introduce: what stands before it is the frame.
func (f *facts) take(text string, t mailtext.Token) (framed bool) {
	s := text[t.Start:t.End]
	switch t.Kind {
	case mailtext.Code:
		said := introduces(text[:t.Start], saying[:]) && !strings.HasPrefix(text[t.End:], " for ")
		if f.code == "" || f.code[0] == '2' && s[0] != '2' || said { // a greeting's 220 is no answer
			framed = said || f.code == "" && introduces(text[:t.Start], naming[:])
			f.code, f.ipCount, f.hostCount, f.linkCount = s, 0, 0, 0 // what stands before was a relay's
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
		if f.linkCount < len(f.links) {
			f.links[f.linkCount] = s
			f.linkCount++
		}
	case mailtext.IP:
		if f.ipCount < len(f.ips) {
			f.ips[f.ipCount] = t
			f.ipCount++
		}
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
	return framed
}

// saying are words that lead to a reply, whatever code stood before; naming lead to the first.
var (
	saying = [...]string{"said", "reply", "replied", "refused to talk to me", "responded", "response", "返回", "返回错误", "响应为", "响应", "回复", "应答"}
	naming = [...]string{"error", "reason", "giving up", "failed", "code", "原因", "错误", "失败"}
)

// introduces tells whether words lead to a reply: "host mx.example.com said: 550".
func introduces(before string, words []string) bool {
	before = strings.TrimRight(before, " :\"'(\r\n\t：“")
	return slices.ContainsFunc(words, func(end string) bool {
		return len(before) >= len(end) && strings.EqualFold(before[len(before)-len(end):], end)
	}) && !strings.Contains(strings.ToLower(before), "verif")
}

// sender is the first IP address that the reply calls the sender's, or one in a link to a block list.
func (f *facts) sender(text string) string {
	for _, t := range f.ips[:f.ipCount] {
		if s := text[t.Start:t.End]; public(s) && ours(text, t) {
			return s
		}
	}
	for _, link := range f.links[:f.linkCount] {
		_, path, _ := strings.Cut(link[min(len(link), len("https://")):], "/")
		for tokens := mailtext.NewScanner(path); ; {
			t, ok := tokens.Next()
			if !ok {
				break
			}
			if s := path[t.Start:t.End]; t.Kind == mailtext.IP && public(s) {
				return s
			}
		}
	}
	return ""
}

func public(ip string) bool {
	a, err := netip.ParseAddr(ip)
	return err == nil && !a.IsLoopback() && !a.IsPrivate() && !a.IsUnspecified()
}

// oursBefore are words that call an address behind them the sender's, and how many words may stand
// between; oursBehind are those that follow one; passed are words that say nothing in between.
var (
	oursBefore = map[string]int{"client": 3, "your": 3, "you": 2, "ip": 2, "ips": 2, "ipv4": 2, "ipv6": 2, "from": 2, "sender": 2, "sending": 2,
		"blocked": 2, "banned": 2, "denied": 2, "rejected": 1, "listed": 2, "blacklisted": 2, "blacklist": 2, "address": 2, "spam": 1, "reputation": 2,
		"abuse": 2, "relay": 2, "mta": 2, "dns": 5, "rdns": 5, "ptr": 5, "spf": 3, "hi": 1, "server": 1, "unknown": 1, "ip-address": 2,
		"lookup": 3, "exceeded": 2}
	oursBehind = words(`blocked listed blacklisted banned black rejected denied deferred authorized authorised allowed permitted found forbidden in on
		due sent client connection because does no invalid ptr exceeded defined`)
	passed        = words("is are was has have been currently not yet temporarily a an the")
	theirs        = words("with to via at by")
	chineseBefore = [...]string{"来自", "來自", "您的", "你的", "贵方", "发信", "黑名单", "客户端", "寄件者", "发件"}
	chineseBehind = [...]string{"被", "已", "在", "因", "没有", "无"}
)

func words(list string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(list) {
		m[w] = true
	}
	return m
}

// ours tells whether the reply's own words call the address at t the sender's, the client's, yours or
// refused. The receiver's stands behind its name, in what a relay writes around the reply.
func ours(text string, t mailtext.Token) bool {
	before, behind := text[max(0, t.Start-64):t.Start], text[t.End:min(len(text), t.End+48)]
	near, next := before[max(0, len(before)-24):], strings.TrimLeft(behind, "])> ")
	if strings.HasSuffix(strings.TrimRight(near, " [("), "服务器") {
		return false
	}
	if slices.ContainsFunc(chineseBehind[:], func(w string) bool { return strings.HasPrefix(next, w) }) ||
		slices.ContainsFunc(chineseBefore[:], func(w string) bool { return strings.Contains(near, w) }) {
		return true
	}
	for n := 1; n <= 5; n++ {
		var word string
		if before, word = lastSpoken(before); word == "" {
			break
		}
		var buf [16]byte
		w := buf[:copy(buf[:], word)]
		for i := range w {
			if w[i] >= 'A' && w[i] <= 'Z' {
				w[i] += 'a' - 'A'
			}
		}
		switch {
		case n == 1 && theirs[string(w)]:
			return false
		case n <= oursBefore[string(w)], n == 1 && isDigit(word[len(word)-1]) && strings.Trim(word, "0123456789.-") == "": // Google's 550-5.7.1 [192.0.2.1 12]
			return true
		}
	}
	for _, w := range strings.FieldsFunc(strings.ToLower(behind), apart) {
		if !passed[w] && !isDigit(w[0]) {
			return oursBehind[w]
		}
	}
	return false
}

// lastSpoken cuts the last word off.
func lastSpoken(s string) (before, word string) {
	s = strings.TrimRightFunc(s, apart)
	at := strings.LastIndexFunc(s, apart) + 1
	return s[:at], s[at:]
}

// apart tells what stands between words.
func apart(r rune) bool { return strings.ContainsRune(" []()<>:;,'\"=\r\n\t", r) }

// refused picks the IP address and the domain that were refused, where the cause is about them.
func (f *facts) refused(text string, c Cause) (ip, domain string) {
	switch c {
	case Blocked, RateLimited, RDNSHelo, AuthFailed, SpamContent, Greylisted, SenderRejected, Policy:
		if f.code != "" || c != SpamContent {
			ip = f.sender(text)
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
	s := text[t.Start:t.End]
	if t.Kind == mailtext.Time {
		if introducesWait(text[:t.Start]) {
			return clock(s)
		}
		return 0
	}
	unit, chinese := unitOf(strings.TrimLeft(text[t.End:], " -"))
	n, err := strconv.Atoi(s)
	if d := time.Duration(n) * unit; unit > 0 && err == nil && n < 1e8 && d <= 31*24*time.Hour && (chinese || introducesWait(text[:t.Start])) {
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
