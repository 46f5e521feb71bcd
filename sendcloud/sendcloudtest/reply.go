package sendcloudtest

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// reply is a template of what a receiving server says.
type reply struct {
	name string
	text string
}

// replies holds the templates by provider and class.
var replies = func() map[provider]map[string][]reply {
	table := map[provider]map[string][]reply{}
	for _, f := range world["reply"] {
		who := provider(f[0])
		if table[who] == nil {
			table[who] = map[string][]reply{}
		}
		table[who][f[1]] = append(table[who][f[1]], reply{name: f[0] + "/" + f[2], text: f[3]})
	}
	return table
}()

// replyFor chooses a template: the provider's own, or one that any server gives.
func replyFor(h uint64, who provider, class string) reply {
	own, common := replies[who][class], replies["any"][class]
	if class == "9" { // "other" is mostly a full mailbox
		own = append(slices.Clip(own), replies[who]["full"]...)
		common = append(slices.Clip(common), replies["any"]["full"]...)
	}
	if len(own) == 0 || len(common) > 0 && h%8 == 0 {
		own = common
	}
	if len(own) == 0 { // a class without common words: the generic servers' ones
		own = replies["postfix"][class]
	}
	return pick(h>>8, own)
}

// say fills in what the receiving server said.
func (d *data) say(r *Record, t *traits) {
	h := d.h(r.Index, forReply)
	who := receivers[t.receiver].provider
	class := "ok"
	switch {
	case r.Status == requested:
		class = "wait"
		if t.incident == Throttled {
			r.Template, r.SendLog = "sina/daily", replyNamed("sina", "wait", "sina/daily").text
			return
		}
	case r.SubStatus == 401 || r.SubStatus == 402 || r.SubStatus == 404:
		class = strconv.Itoa(r.SubStatus)
	case r.SubStatus != 0:
		class = strconv.Itoa(r.SubStatus % 10)
	}
	var said reply
	switch t.incident {
	case IPRefused:
		said = replyNamed("qq", "5", "qq/ip-frequency")
	case MailboxFull:
		said = replyNamed("exmail", "full", "exmail/quota")
	default:
		if class == "6" && share(hash(d.seed, h, forReply), 0.02) {
			class, r.Contradictory = "5", true
		}
		said = replyFor(h, who, class)
		if class == "ok" && who != "gmail" && h%16 != 0 {
			said = replies["any"]["ok"][0]
		}
	}
	v := variables{d: d, h: d.h(r.Index, forText), r: r, t: t}
	r.Template, r.SendLog = said.name, v.fill(said.text)
	if r.SubStatus != 0 {
		d.wrap(r, class, &v)
	}
}

func replyNamed(who provider, class, name string) reply {
	i := slices.IndexFunc(replies[who][class], func(r reply) bool { return r.name == name })
	return replies[who][class][i]
}

// wrapping is a shape in which sending software reports a reply, with a share of
// 100 in session refusals and in returned mail.
type wrapping struct {
	name            string
	inSession, late int
	before, after   string
}

// The exception's tuple of "library" splits the reply: see wrap.
var wraps = each("wrap", func(f []string) wrapping { return wrapping{f[0], whole(f[1]), whole(f[2]), f[3], f[4]} })

// wrap puts a reply that begins with a code into one of the shapes.
func (d *data) wrap(r *Record, class string, v *variables) {
	said := r.SendLog
	if len(said) < 5 || said[0] < '4' || said[0] > '5' || said[3] != ' ' && said[3] != '-' {
		return
	}
	if r.Incident == IPRefused { // one plain shape: the incident should be easy to see
		return
	}
	n := int(d.h(r.Index, forWrap) % 100)
	for _, w := range wraps {
		part := w.inSession
		if r.Status == soft {
			part = w.late
		}
		if n >= part {
			n -= part
			continue
		}
		v.phase = "RCPT TO"
		if class == "5" || class == "7" || class == "9" {
			v.phase = "end of DATA"
		}
		r.Template += "+" + w.name
		if w.name == "library" {
			r.SendLog = "(" + said[:3] + ", b'" + strings.ReplaceAll(said[4:], "'", `\'`) + "')"
			return
		}
		r.SendLog = v.fill(w.before) + said + v.fill(w.after)
		return
	}
}

// variables fills the braces of a template, with the same values for the same record.
type variables struct {
	d     *data
	h     uint64
	r     *Record
	t     *traits
	phase string
}

func (v *variables) next() uint64 {
	v.h = mix(v.h + 0x9e3779b97f4a7c15)
	return v.h
}

func (v *variables) fill(text string) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(text, "{")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		name, after, _ := strings.Cut(rest, "}")
		b.WriteString(v.value(name))
		text = after
	}
}

func (v *variables) value(name string) string {
	h := v.next()
	switch name {
	case "nothing":
		return ""
	case "ip":
		return v.r.SendingIP
	case "rip":
		return fmt.Sprintf("198.51.100.%d", 1+h%254)
	case "mx":
		return mailHost(h, v.t.receiver)
	case "rcpt":
		return v.r.Recipient
	case "domain":
		return receivers[v.t.receiver].domain
	case "sender":
		return pick(h, []string{"notice@mail.example.com", "news@edm.example.com", "service@mail.example.com"})
	case "phase":
		return v.phase
	case "epoch":
		return strconv.FormatInt(v.r.Modified.Unix(), 10)
	case "iso":
		return v.r.Modified.UTC().Format("2006-01-02T15:04:05.000Z")
	case "n":
		return strconv.FormatUint(100+h%86_000, 10)
	case "small":
		return strconv.FormatUint(11+h%18, 10)
	case "hex":
		return fmt.Sprintf("%016X", h)
	case "uuid":
		return fmt.Sprintf("%08x-%04x-4%03x-a%03x-%012x", uint32(h), uint16(h>>32), h>>48&0xfff, h>>20&0xfff, v.next()>>16)
	case "b64":
		return v.base64(40 + int(h%24))
	case "hostid":
		return fmt.Sprintf("smtp%d", 1+v.r.Modified.Unix()%12) // one reply names its host twice
	case "nqid":
		return fmt.Sprintf("%s.%dS%d", strings.NewReplacer("/", "z", "=", "-").Replace(v.base64(18)), 10_000+h%60_000, 1+h>>20%9)
	case "gsid":
		return fmt.Sprintf("%x-%xsi%dplb.%d", h>>24, v.next()>>32, 1_000_000+h%9_000_000, 10+h>>40%400)
	case "eop":
		return fmt.Sprintf("%s.eop-%s.prod.protection.outlook.com", fmt.Sprintf("%s%03dFT%03d", []string{"SG2APC01", "HK2APC01", "PSAAPC01"}[h%3], h>>8%200, h>>16%300), []string{"APC01", "nam12", "EUR05"}[h>>24%3])
	}
	panic("sendcloudtest: unknown variable {" + name + "}")
}

func (v *variables) base64(bytes int) string {
	raw := make([]byte, 0, bytes+8)
	for len(raw) < bytes {
		raw = binary.LittleEndian.AppendUint64(raw, v.next())
	}
	return base64.StdEncoding.EncodeToString(raw[:bytes])
}
