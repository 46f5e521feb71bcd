package bounce

import (
	"cmp"
	_ "embed"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"bounceboard/sendcloud/mailtext"
)

// Languages are tokens: "en" and "zh"; any other reads as "en".

//go:embed texts.txt
var builtinTexts string

type phrase struct{ en, zh string }

var texts = sync.OnceValue(func() map[string]phrase {
	m := map[string]phrase{}
	for line := range strings.Lines(builtinTexts) {
		if f := strings.Split(strings.TrimSpace(line), " | "); len(f) == 3 && line[0] != '#' {
			m[f[0]] = phrase{f[1], f[2]}
		}
	}
	return m
})

func (p phrase) in(lang string) string {
	if lang == "zh" {
		return p.zh
	}
	return p.en
}

func text(lang, key string) string { return texts()[key].in(lang) }

// Short is the cause's name for a table, at most 12 columns wide.
func (c Cause) Short(lang string) string { return text(lang, "short."+c.String()) }

// Name says who the party is.
func (p Party) Name(lang string) string { return text(lang, "party."+p.String()) }

// ProviderName is a provider's name for people; a token without a name is its own name.
func ProviderName(token, lang string) string {
	return cmp.Or(text(lang, "name."+token), token)
}

// What says in a sentence what happened.
func (e Explanation) What(lang string) string {
	key := e.Cause.String()
	switch {
	case e.unspoken() && e.Basis == BasisEnhanced && e.Confidence < oftenMeans:
		key = "#weak_code"
	case e.unspoken():
		key = "#" + e.Basis.String()
	}
	what := e.fill(lang, e.first("what", key+"."+e.Permanence.String(), key))
	if e.status == 18 && !e.known() {
		what = strings.Replace(text(lang, "state.requested"), "{what}", what, 1)
	}
	return what
}

// oftenMeans is the confidence below which an enhanced status code is not believed to say what its standard says.
const oftenMeans = 0.6

// known tells causes that SendCloud itself knows.
func (e Explanation) known() bool {
	return e.Cause == Suppressed || e.Cause == Unsubscribed || e.Cause == Delivered
}

// unspoken: no words of the server's say what the cause says, only a code or SendCloud.
func (e Explanation) unspoken() bool {
	return e.Basis == BasisReply || e.Basis == BasisEnhanced || e.Basis == BasisSubStatus && !e.known()
}

// Guess tells whether the cause is a guess: it is marked then wherever HowSure does not stand beside it.
func (e Explanation) Guess() bool {
	return e.Basis == BasisText && e.Confidence < likely ||
		(e.Basis == BasisReply || e.Basis == BasisEnhanced) && e.Confidence < oftenMeans
}

// WhetherRetry says in a sentence whether sending again helps.
func (e Explanation) WhetherRetry(lang string) string {
	perm := e.Permanence.String()
	keys := []string{e.Cause.String() + "." + perm, perm}
	if e.Permanence == Temporary && causes[e.Cause].permanence == Permanent {
		keys = []string{keys[0], "mend." + perm, perm} // it does not pass by itself, whatever the code says
	}
	if e.status == 18 { // what SendCloud does is said of every cause
		for i, k := range keys {
			keys[i] = k + "/requested"
		}
	}
	return e.fill(lang, e.first("retry", keys...))
}

// NextStep says who should do what.
func (e Explanation) NextStep(lang string) string {
	cause, perm, party := e.Cause.String(), e.Permanence.String(), e.Party.String()
	keys := []string{cause + "." + perm + "." + party, cause + "." + party, cause + "." + perm, cause}
	if e.Cause == Suppressed && e.SendCloudList != "" {
		keys = append([]string{"#" + e.SendCloudList}, keys...)
	}
	if e.Guess() && causes[e.Cause].address == addressBad { // nobody drops an address on a guess
		keys = []string{"#guess"}
		if e.unspoken() {
			keys = []string{"#code"}
		}
	}
	step := e.fill(lang, e.first("next", keys...))
	return strings.Replace(text(lang, "do."+party), "{step}", step, 1)
}

// likely is the confidence from which the server's words are believed.
const likely = 0.8

// HowSure puts the confidence into words; what only a code says is called so.
func (e Explanation) HowSure(lang string) string {
	key := e.Basis.String()
	switch {
	case e.Basis == BasisText && e.Confidence >= 0.93:
		key = "certain"
	case e.Basis == BasisText && e.Confidence >= likely:
		key = "likely"
	case e.Basis == BasisText:
		key = "guess"
	}
	return e.fill(lang, texts()["sure."+key])
}

// first finds the text of the well-known case, else of the first key there is, in the mail's state if it can.
func (e Explanation) first(kind string, keys ...string) phrase {
	state := map[int]string{4: "/over", 5: "/over", 18: "/requested"}[e.status]
	for _, k := range append([]string{"@" + e.advice}, keys...) {
		for _, key := range [...]string{kind + "." + k + state, kind + "." + k} {
			if p, ok := texts()[key]; ok {
				return p
			}
		}
	}
	return phrase{}
}

// A gap is filled with a fact; a part in brackets is left out when a fact in it is not known.
var optional, gap = regexp.MustCompile(`\[[^\]]*\]`), regexp.MustCompile(`\{[a-z]+\}`)

// fill puts the facts into a text.
func (e Explanation) fill(lang string, p phrase) string {
	facts := e.facts(lang)
	out := optional.ReplaceAllStringFunc(p.in(lang), func(part string) string {
		if slices.ContainsFunc(gap.FindAllString(part, -1), func(name string) bool { return facts[name] == "" }) {
			return ""
		}
		return part[1 : len(part)-1]
	})
	out = gap.ReplaceAllStringFunc(out, func(name string) string {
		if value, is := facts[name]; is {
			return strings.ReplaceAll(value, "{", "(")
		}
		return name
	})
	if out = strings.TrimSpace(out); lang == "zh" {
		return betweenHan.ReplaceAllString(besideSign.ReplaceAllString(out, "$1"), "$1$2")
	}
	if out != "" && out[0] >= 'a' && out[0] <= 'z' && strings.HasSuffix(out, ".") { // the first part was left out
		out = string(out[0]-32) + out[1:]
	}
	return out
}

// facts are what fills the gaps of texts; empty where it is not known.
func (e Explanation) facts(lang string) map[string]string {
	provider := ProviderName(e.Provider, lang)
	receiver := cmp.Or(provider, text(lang, "here.receiver"))
	if e.recipient != "" && (provider == "" || !e.elsewhere) {
		receiver = e.recipient
	}
	return map[string]string{
		"{provider}": provider, "{receiver}": receiver, "{recipient}": e.recipient, "{ip}": e.IP, "{domain}": e.Domain,
		"{meant}": mailtext.Meant(e.recipient), "{list}": e.List, "{link}": e.ListLink, "{help}": e.HelpLink, "{short}": e.Cause.Short(lang), "{code}": e.Code,
		"{enhanced}": e.Enhanced, "{wait}": duration(e.Wait, lang), "{sendcloudlist}": text(lang, "list."+e.SendCloudList),
	}
}

// The blanks that dropped and filled-in parts leave in Chinese: beside its signs, and between two characters.
var besideSign, betweenHan = regexp.MustCompile(` *([：，。；（）“”、]) *`), regexp.MustCompile(`(\p{Han}) +(\p{Han})`)

// duration is a wait in the largest unit that divides it; empty for none.
func duration(d time.Duration, lang string) string {
	units := []time.Duration{24 * time.Hour, time.Hour, time.Minute, time.Second}
	for i, unit := range units {
		if d > 0 && (d%unit == 0 || unit == time.Second) {
			name := [...]string{"unit.day", "unit.hour", "unit.minute", "unit.second"}[i]
			return strings.Replace(text(lang, name), "{n}", strconv.FormatInt(int64(d/unit), 10), 1)
		}
	}
	return ""
}

// Code is a line of the table of codes.
type Code struct {
	Kind    string // sub_status, reply, enhanced
	Code    string // "406", "550", "X.1.1": X stands for 4 or 5
	Meaning string
}

// Codes is the table of SendCloud's 15 sub-statuses, the SMTP reply codes and the enhanced status codes.
func Codes(lang string) []Code {
	var all []Code
	for line := range strings.Lines(builtinTexts) {
		key, _, _ := strings.Cut(line, " | ")
		prefix, code, _ := strings.Cut(key, ".")
		if kind := map[string]string{"sub": "sub_status", "reply": "reply", "enhanced": "enhanced"}[prefix]; kind != "" {
			all = append(all, Code{kind, code, text(lang, key)})
		}
	}
	return all
}
