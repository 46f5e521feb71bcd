package bounce

import (
	_ "embed"
	"net/netip"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"bounceboard/sendcloud/mailtext"
)

//go:embed lists.txt
var builtinLists string

var lists = mailtext.Lists(builtinLists)

// facts are what stands in a reply as numbers and names.
type facts struct {
	code, enhanced string
	follows        bool // the enhanced code stands right behind the reply code
	link           string
	ips, hosts     []mailtext.Token
	links          []string
	wait           time.Duration
}

// take looks at the next token of text. It tells whether a reply begins here that a relay's words
// introduce: what stands before it is the frame.
func (f *facts) take(text string, t mailtext.Token) (framed bool) {
	s := text[t.Start:t.End]
	switch t.Kind {
	case mailtext.Code:
		said := introduces(text[:t.Start]) && !strings.HasPrefix(text[t.End:], " for ")
		if f.code == "" || f.code[0] == '2' && s[0] != '2' || said { // a greeting's 220 is no answer
			framed = said || f.code == "" && f.enhanced == "" && colonBefore(text[:t.Start])
			f.code, f.ips, f.hosts, f.links = s, f.ips[:0], f.hosts[:0], f.links[:0] // what stands before was a relay's
			if e := mailtext.EnhancedBehind(text[t.End:]); isStatus(e) {
				f.enhanced, f.follows = e, true
			}
		}
	case mailtext.Enhanced:
		if !f.follows && f.enhanced == "" && s[0] != '2' && isStatus(s) {
			framed = f.code == "" && colonBefore(text[:t.Start])
			f.enhanced = s
		}
	case mailtext.URL:
		if f.link == "" && (s[0] == 'h' || s[0] == 'H') {
			f.link = s
		}
		f.links = append(f.links, s)
	case mailtext.IP:
		f.ips = append(f.ips, t)
	case mailtext.Host:
		f.hosts = append(f.hosts, t)
	case mailtext.Number, mailtext.Time:
		if f.wait == 0 {
			f.wait = waitAt(text, t)
		}
	}
	return framed
}

// colonBefore tells whether a relay's words end here, in a colon, an arrow or the end of a line.
func colonBefore(before string) bool {
	before = strings.TrimRight(before, " \t\"'(“")
	return before != "" && slices.ContainsFunc([]string{":", "：", "<", ">", "\n", ";"}, func(end string) bool { return strings.HasSuffix(before, end) })
}

// introduces tells whether words lead to a reply: "host mx.example.com said: 550".
func introduces(before string) bool {
	before = strings.TrimRight(before, " :;,->\"'(\r\n\t：“")
	return before != "" && slices.ContainsFunc(lists["saying"], func(end string) bool {
		return len(before) >= len(end) && strings.EqualFold(before[len(before)-len(end):], end)
	}) && !strings.Contains(strings.ToLower(before), "verif")
}

// sender is the first IP address that the reply calls the sender's, or one in a link to a block list.
func (f *facts) sender(text string) string {
	for _, t := range f.ips {
		if s := text[t.Start:t.End]; public(s) && ours(text, t) {
			return s
		}
	}
	for _, link := range f.links {
		_, path, _ := strings.Cut(link[min(len(link), len("https://")):], "/")
		if strings.Count(path, ".") > 2 && public(linkedIP.FindString(path)) {
			return linkedIP.FindString(path)
		}
	}
	return ""
}

// linkedIP is an IP address in a link.
var linkedIP = regexp.MustCompile(`\b(\d{1,3}\.){3}\d{1,3}\b`)

func public(ip string) bool {
	a, err := netip.ParseAddr(ip)
	return err == nil && !a.IsLoopback() && !a.IsPrivate() && !a.IsUnspecified()
}

// Words around an IP address; see lists.txt.
var (
	oursFar, oursNear  = mailtext.Set(lists["ours far before"]), mailtext.Set(lists["ours before"])
	oursNext, theirs   = mailtext.Set(lists["ours right before"]), mailtext.Set(lists["theirs"])
	oursBehind, passed = mailtext.Set(lists["ours behind"]), mailtext.Set(lists["passed"])
)

// ours tells whether the reply's own words call the address at t the sender's, the client's, yours or
// refused. The receiver's stands behind its name, in what a relay writes around the reply.
func ours(text string, t mailtext.Token) bool {
	before, behind := text[max(0, t.Start-64):t.Start], strings.ToLower(text[t.End:min(len(text), t.End+48)])
	near, next := before[max(0, len(before)-24):], strings.TrimLeft(behind, "])> ")
	switch {
	case strings.HasSuffix(strings.TrimRight(near, " [("), "服务器"):
		return false
	case slices.ContainsFunc(lists["ours behind in chinese"], func(w string) bool { return strings.HasPrefix(next, w) }),
		slices.ContainsFunc(lists["ours before in chinese"], func(w string) bool { return strings.Contains(near, w) }):
		return true
	}
	words := strings.FieldsFunc(strings.ToLower(before), apart)
	for n := 1; n <= min(5, len(words)); n++ {
		w := words[len(words)-n]
		switch {
		case n == 1 && theirs[w]:
			return false
		case oursFar[w], n <= 2 && oursNear[w], n == 1 && (oursNext[w] || strings.Trim(w, "0123456789.-") == "" && w != "-"): // 550-5.7.1 [192.0.2.1 12]
			return true
		}
	}
	for _, w := range strings.FieldsFunc(behind, apart) {
		if !passed[w] && !isDigit(w[0]) {
			return oursBehind[w]
		}
	}
	return false
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
	for _, h := range f.hosts {
		before := strings.ToLower(strings.TrimRight(text[max(0, h.Start-24):h.Start], " [<\"'("))
		if slices.ContainsFunc(lists["domain before"], func(word string) bool { return strings.HasSuffix(before, word) }) {
			host, _, _ := strings.Cut(text[h.Start:h.End], "/")
			return ip, strings.TrimRight(host, ".-")
		}
	}
	return ip, ""
}

// isStatus tells an enhanced status code from version numbers: its subject is 0 to 7 (RFC 3463, 2).
func isStatus(s string) bool { return len(s) > 4 && s[2] <= '7' && s[3] == '.' }

// waitAt reads how long to wait: "try again in 900 seconds", "come back in 00:02:00", "5 分钟后". It
// returns 0 where the number says something else or more than a month.
func waitAt(text string, t mailtext.Token) time.Duration {
	s, behind := text[t.Start:t.End], strings.TrimLeft(text[t.End:], " -")
	waiting := slices.Contains(lists["waiting"], strings.ToLower(mailtext.LastWord(strings.TrimRight(text[:t.Start], " ("))))
	if t.Kind == mailtext.Time {
		if clock, err := time.Parse("15:04:05", s); err == nil && waiting {
			return clock.Sub(clock.Truncate(24 * time.Hour))
		}
		return 0
	}
	for _, u := range lists["units"] {
		name, seconds, _ := strings.Cut(u, " ")
		if len(behind) < len(name) || !strings.EqualFold(behind[:len(name)], name) ||
			!waiting && name[0] < utf8.RuneSelf || // Chinese is about a wait
			len(name) == 1 && len(behind) > 1 && inWord(behind[1]) && behind[1] != '.' {
			continue
		}
		n, err := strconv.Atoi(s)
		unit, _ := strconv.Atoi(seconds)
		if wait := time.Duration(n*unit) * time.Second; err == nil && n < 1e8 && wait <= 31*24*time.Hour {
			return wait
		}
		break
	}
	return 0
}
