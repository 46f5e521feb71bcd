package bounce

import (
	"encoding/base64"
	"net/netip"
	"net/url"
	"strings"
	"time"
)

// unwrap decodes a text that is base64 or percent-encoded as a whole. The decoded text points to
// the whole of the original.
func unwrap(text string) (string, *source) {
	trimmed := strings.TrimSpace(text[:min(len(text), 2*maxRead)])
	if len(trimmed) < base64Least || strings.ContainsAny(trimmed, " \t\r\n") {
		return text, nil
	}
	start := strings.Index(text, trimmed)
	whole := &source{start, start + len(trimmed)}
	if percentEncoded(trimmed) && !strings.HasPrefix(trimmed, "http") {
		if s, err := url.PathUnescape(trimmed); err == nil {
			return s, whole
		}
		return text, nil
	}
	padless := strings.TrimRight(trimmed, "=")
	if b, err := base64.RawStdEncoding.DecodeString(padless); err == nil && readable(b) {
		return string(b), whole
	}
	return text, nil
}

// facts are what stands in a reply as numbers and names.
type facts struct {
	code, enhanced string
	at             int // where the reply begins: behind what a relay wrote around it
	link           string
	ips            [4]string
	n              int
	hosts          [6]Span
	hostCount      int
}

// scan reads the facts in one pass.
func scan(text string) facts {
	var f facts
	text = text[:min(len(text), maxRead)]
	follows := false // the enhanced code stands right behind the reply code
	for i := 0; i < len(text); {
		c := text[i]
		if !atomByte[c] && c != '[' {
			i++
			continue
		}
		if n := urlLength(text[i:]); n > 0 {
			if f.link == "" {
				f.link = text[i : i+n]
			}
			f.addressesIn(text[i:i+n], i)
			i += n
			continue
		}
		if c == '[' {
			f.bracketed(text[i+1:])
			i++
			continue
		}
		end := i + 1
		for end < len(text) && (atomByte[text[end]] || text[end] == ':' && hexColon(text, end)) {
			end++
		}
		atom := text[i:end]
		switch {
		case (f.code == "" || f.code[0] == '2' && c != '2') && isReplyCode(text, i): // a greeting's 220 is no answer
			f.code, f.at, f.n, f.hostCount = text[i:i+3], i, 0, 0 // what stands before was a relay's
			if e := behind(text[i+3:]); e != "" {
				f.enhanced, follows = e, true
			}
			end = i + 3
		case strings.IndexByte(atom, '@') >= 0:
		case !follows && f.enhanced == "" && atom[0] != '2' && enhancedLength(atom) > 0:
			f.enhanced = atom[:enhancedLength(atom)]
		case isDigit(atom[0]) && isIPv4(strings.TrimRight(atom, ".-/")):
			f.address(strings.TrimRight(atom, ".-/"), i)
		case atom[0] == '=' || strings.IndexByte(atom, '=') > 0: // ip=192.0.2.1, name=example.com
			f.addressesIn(atom, i)
			if k := strings.LastIndexByte(atom, '='); isHost(atom[k+1:]) {
				f.host(i+k+1, end)
			}
		case strings.IndexByte(atom, '.') > 0 && isHost(atom):
			f.host(i, end)
		}
		i = end
	}
	return f
}

// hexColon keeps an IPv6 address together.
func hexColon(text string, i int) bool {
	return i > 0 && i+1 < len(text) && (unhex(text[i-1]) >= 0 || text[i-1] == ':') && (unhex(text[i+1]) >= 0 || text[i+1] == ':') &&
		strings.Count(text[max(0, i-6):min(len(text), i+7)], ":") >= 2
}

// isReplyCode tells a reply code from other numbers: it stands at the front, or behind a word or
// mark that introduces a reply, or has an enhanced code behind it.
func isReplyCode(text string, i int) bool {
	if len(text) < i+3 || text[i] != '2' && text[i] != '4' && text[i] != '5' || text[i+1] < '0' || text[i+1] > '9' || !isDigit(text[i+2]) {
		return false
	}
	if len(text) > i+3 {
		switch c := text[i+3]; {
		case c == ' ' || c == '-' || c == '\t' || c == '\r' || c == '\n' || c == ',' || c == ':' || c == ';' || c == '"' || c == '\'' || c == '<' || c == ')' || c == ']':
		case c == '.' && (len(text) == i+4 || text[i+4] == ' '):
		case c >= 0x80 || letterRun(text[i+3:]) >= 4: // 552Message
		default:
			return false
		}
	}
	if behind(text[i+3:]) != "" {
		return true
	}
	before := strings.TrimRight(text[:i], " \t\r\n\"'#(<[*b")
	if before == "" {
		return true
	}
	switch last := before[len(before)-1]; {
	case last == ':': // but not the port in mx.example.com:587
		return len(before) < i || !strings.Contains(lastWord(before[:len(before)-1]), ".")
	case last == '>' || last == ';' || last == '(' || last >= 0x80:
		return true
	}
	switch strings.ToLower(lastWord(before)) {
	case "said", "reply", "replied", "code", "error", "status", "smtp", "esmtp", "returned", "responded", "response", "server":
		return true
	}
	return false
}

// lastWord is what stands behind the last blank, at most 40 bytes of it.
func lastWord(s string) string {
	s = s[max(0, len(s)-40):]
	return s[strings.LastIndexAny(s, " \t\r\n'\"(<,;")+1:]
}

// behind is the enhanced code that follows a reply code.
func behind(s string) string {
	k := 0
	for k < len(s) && k < 4 && strings.IndexByte(" -'\"(#", s[k]) >= 0 {
		k++
	}
	if k == 0 {
		return ""
	}
	return s[k : k+enhancedLength(s[k:])]
}

func (f *facts) address(s string, at int) {
	if f.n == len(f.ips) || f.code != "" && at < f.at {
		return
	}
	a, err := netip.ParseAddr(s)
	if err != nil || a.IsLoopback() || a.IsPrivate() || a.IsUnspecified() {
		return
	}
	f.ips[f.n] = s
	f.n++
}

func (f *facts) addressesIn(s string, at int) {
	for i := 0; i < len(s); i++ {
		if !isDigit(s[i]) || i > 0 && (isDigit(s[i-1]) || s[i-1] == '.') {
			continue
		}
		end := i
		for end < len(s) && (isDigit(s[end]) || s[end] == '.') {
			end++
		}
		if ip := strings.TrimRight(s[i:end], "."); isIPv4(ip) {
			f.address(ip, at)
		}
		i = end
	}
}

// bracketed reads [2001:db8::1] and [192.0.2.1 13].
func (f *facts) bracketed(s string) {
	end := 0
	for end < len(s) && end < 48 && (unhex(s[end]) >= 0 || s[end] == ':' || s[end] == '.') {
		end++
	}
	if strings.Count(s[:end], ":") >= 2 {
		f.address(s[:end], f.at)
	}
}

func (f *facts) host(start, end int) {
	if f.hostCount < len(f.hosts) {
		f.hosts[f.hostCount] = Span{start, end}
		f.hostCount++
	}
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

// waitIn reads how long to wait: "try again in 900 seconds", "come back in 00:02:00", "5 分钟后".
// It returns 0 where nothing is said or what is said is not believable.
func waitIn(text string) time.Duration {
	text = text[:min(len(text), maxRead)]
	for i := 0; i < len(text); i++ {
		if !isDigit(text[i]) || i > 0 && (atomByte[text[i-1]] || text[i-1] == ':') {
			continue
		}
		end, n := i, 0
		for end < len(text) && isDigit(text[end]) && end-i < 8 {
			n = n*10 + int(text[end]-'0')
			end++
		}
		if d := clock(text[i:]); d > 0 && introducesWait(text[:i]) {
			return d
		}
		unit, chinese := unitOf(strings.TrimLeft(text[end:], " -"))
		if d := time.Duration(n) * unit; unit > 0 && n > 0 && d <= 31*24*time.Hour && (chinese || introducesWait(text[:i])) {
			return d
		}
		i = end
	}
	return 0
}

// clock reads hh:mm:ss.
func clock(s string) time.Duration {
	if len(s) < 8 || s[2] != ':' || s[5] != ':' || len(s) > 8 && (isDigit(s[8]) || s[8] == '.') {
		return 0
	}
	t, err := time.Parse("15:04:05", s[:8])
	if err != nil {
		return 0
	}
	return time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute + time.Duration(t.Second())*time.Second
}

func introducesWait(before string) bool {
	switch strings.ToLower(lastWord(strings.TrimRight(before, " ("))) {
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
		if len(u.name) == 1 && len(s) > 1 && atomByte[s[1]] && s[1] != '.' {
			continue
		}
		return u.length, u.chinese
	}
	return 0, false
}
