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

// replies holds the templates by provider and class, such as "qq 5".
var replies = func() map[string][]reply {
	table := map[string][]reply{}
	for _, f := range world["reply"] {
		of := f[0] + " " + f[1]
		table[of] = append(table[of], reply{name: f[0] + "/" + f[2], text: f[3]})
	}
	return table
}()

// replyFor chooses a template: the provider's own, or one that any server gives.
func replyFor(h uint64, who, class string) reply {
	own, common := replies[who+" "+class], replies["any "+class]
	if class == "9" { // "other" is mostly a full mailbox
		own = append(slices.Clip(own), replies[who+" full"]...)
		common = append(slices.Clip(common), replies["any full"]...)
	}
	if len(own) == 0 || len(common) > 0 && h%8 == 0 {
		own = common
	}
	if len(own) == 0 { // a class without common words: the generic servers' ones
		own = replies["postfix "+class]
	}
	return pick(h>>8, own)
}

// incidentReplies are the one reply that each mail of an incident gets.
var incidentReplies = map[Incident]reply{
	Throttled: replyNamed("sina wait", "sina/daily"), IPRefused: replyNamed("qq 5", "qq/ip-frequency"),
	MailboxFull: replyNamed("exmail full", "exmail/quota"),
}

func replyNamed(of, name string) reply {
	return replies[of][slices.IndexFunc(replies[of], func(r reply) bool { return r.name == name })]
}

// say fills in what the receiving server said.
func (d *data) say(r *Record, t *traits) {
	h := d.h(r.Index, forReply)
	who := receivers[t.receiver].provider
	class := strconv.Itoa(r.SubStatus % 10)
	switch {
	case r.Status == requested:
		class = "wait"
	case r.SubStatus == 0:
		class = "ok"
	case r.SubStatus == 401 || r.SubStatus == 402 || r.SubStatus == 404:
		class = strconv.Itoa(r.SubStatus)
	}
	said, always := incidentReplies[t.incident]
	switch {
	case always && (t.incident != Throttled || class == "wait"): // throttled mail is delivered in the end
	case class == "ok" && who != "gmail" && h%16 != 0:
		said = replies["any ok"][0]
	default:
		if class == "6" && share(hash(d.seed, h, forReply), 0.02) {
			class, r.Contradictory = "5", true
		}
		said = replyFor(h, who, class)
	}
	v := variables{h: d.h(r.Index, forText), r: r, t: t, phase: "RCPT TO"}
	r.Template, r.SendLog = said.name, v.fill(said.text)
	code, _, coded := strings.Cut(strings.ReplaceAll(r.SendLog, "-", " "), " ")
	plain := !coded || len(code) != 3 || code[0] != '4' && code[0] != '5'
	if r.SubStatus == 0 || plain || t.incident == IPRefused { // the incident is easier to see in one shape
		return
	}
	if class == "5" || class == "7" || class == "9" {
		v.phase = "end of DATA"
	}
	d.wrap(r, &v)
}

// wrap puts a reply that begins with a code into one of the shapes in which sending software reports replies. They have
// a share of 100 in session refusals, and another one in returned mail.
func (d *data) wrap(r *Record, v *variables) {
	n := int(d.h(r.Index, forWrap) % 100)
	for _, f := range world["wrap"] {
		part := whole(f[1])
		if r.Status == soft {
			part = whole(f[2])
		}
		if n -= part; n >= 0 {
			continue
		}
		r.Template += "+" + f[0]
		if said := r.SendLog; f[0] == "library" { // the exception's tuple
			r.SendLog = "(" + said[:3] + ", b'" + strings.ReplaceAll(said[4:], "'", `\'`) + "')"
		} else {
			before := v.fill(f[3])
			r.SendLog = before + said + v.fill(f[4])
		}
		return
	}
}

// variables fills the braces of a template, with the same values for the same record.
type variables struct {
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
		b.WriteString(values[name](v, v.next()))
		text = after
	}
}

// values makes a value for each name in braces.
var values = map[string]func(v *variables, h uint64) string{
	"nothing": func(*variables, uint64) string { return "" },
	"ip":      func(v *variables, _ uint64) string { return v.r.SendingIP },
	"rip":     func(_ *variables, h uint64) string { return fmt.Sprintf("198.51.100.%d", 1+h%254) },
	"mx":      func(v *variables, h uint64) string { return mailHost(h, v.t.receiver) },
	"rcpt":    func(v *variables, _ uint64) string { return v.r.Recipient },
	"domain":  func(v *variables, _ uint64) string { return receivers[v.t.receiver].domain },
	"sender": func(_ *variables, h uint64) string {
		return pick(h, []string{"notice@mail.example.com", "news@edm.example.com", "service@mail.example.com"})
	},
	"phase":  func(v *variables, _ uint64) string { return v.phase },
	"epoch":  func(v *variables, _ uint64) string { return strconv.FormatInt(v.r.Modified.Unix(), 10) },
	"iso":    func(v *variables, _ uint64) string { return v.r.Modified.UTC().Format("2006-01-02T15:04:05.000Z") },
	"n":      func(_ *variables, h uint64) string { return strconv.FormatUint(100+h%86_000, 10) },
	"small":  func(_ *variables, h uint64) string { return strconv.FormatUint(11+h%18, 10) },
	"hex":    func(_ *variables, h uint64) string { return fmt.Sprintf("%016X", h) },
	"b64":    func(v *variables, h uint64) string { return v.base64(40 + int(h%24)) },
	"hostid": func(v *variables, _ uint64) string { return fmt.Sprintf("smtp%d", 1+v.r.Modified.Unix()%12) }, // one reply names its host twice
	"uuid": func(v *variables, h uint64) string {
		return fmt.Sprintf("%08x-%04x-4%03x-a%03x-%012x", uint32(h), uint16(h>>32), h>>48&0xfff, h>>20&0xfff, v.next()>>16)
	},
	"nqid": func(v *variables, h uint64) string {
		return fmt.Sprintf("%s.%dS%d", strings.NewReplacer("/", "z", "=", "-").Replace(v.base64(18)), 10_000+h%60_000, 1+h>>20%9)
	},
	"gsid": func(v *variables, h uint64) string {
		return fmt.Sprintf("%x-%xsi%dplb.%d", h>>24, v.next()>>32, 1_000_000+h%9_000_000, 10+h>>40%400)
	},
	"eop": func(_ *variables, h uint64) string {
		return fmt.Sprintf("%s%03dFT%03d.eop-%s.prod.protection.outlook.com",
			pick(h, []string{"SG2APC01", "HK2APC01", "PSAAPC01"}), h>>8%200, h>>16%300, pick(h>>24, []string{"APC01", "nam12", "EUR05"}))
	},
}

func (v *variables) base64(bytes int) string {
	raw := make([]byte, 0, bytes+8)
	for len(raw) < bytes {
		raw = binary.LittleEndian.AppendUint64(raw, v.next())
	}
	return base64.StdEncoding.EncodeToString(raw[:bytes])
}
