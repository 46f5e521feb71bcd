package sendcloudtest

import (
	"cmp"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

var (
	tooFrequent  = &refusal{50000, "interface frequency is limited"}
	serverFailed = &refusal{501, "服务器异常"}
)

// answer decides what the service says.
func (s *Server) answer(params url.Values, refused *refusal, hit []Fault) (status, code int, body string) {
	o := &s.options
	if refused == nil {
		refused = s.admit(params)
	}
	var p page
	if refused == nil {
		p, refused = s.page(params)
	}
	if refused != nil {
		codeKey := "statusCode"
		if refused.code == tooFrequent.code {
			codeKey = "statuscode" // the rate-limit answer has a spelling of its own
		}
		return o.FailureHTTP, refused.code, object("result", "false", codeKey, strconv.Itoa(refused.code),
			"message", quote(refused.message), "info", "{}")
	}
	message := serviceWord(o.Words, 200)
	affected := func(f Fault) float64 { // the share of rows
		if slices.Contains(hit, f) {
			return 1
		}
		return o.Faults[f]
	}
	hostile, nulls := affected(FaultHostile), affected(FaultNulls)
	if hostile > 0 {
		message += pick(uint64(p.total), hostileTexts)
	}
	rows := make([]string, len(p.rows))
	for k, i := range p.rows {
		rows[k] = o.row(s.store.record(int(i), p.asOf), hostile, nulls)
	}
	return http.StatusOK, o.SuccessCode, object("result", "true", "statusCode", strconv.Itoa(o.SuccessCode),
		"message", quote(message), "info", o.info(p, rows))
}

// admit checks credentials and the account's calls a minute.
func (s *Server) admit(params url.Values) *refusal {
	user, key := params.Get("apiUser"), params.Get("apiKey")
	switch {
	case slices.Contains(s.options.NoPermission, user):
		return &refusal{6001, "没有权限"}
	case user != "" && key != "" && user != s.options.APIUser:
		return &refusal{40301, "用户不存在"}
	case user != s.options.APIUser || key != s.options.APIKey:
		return &refusal{40005, "认证失败"}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.options.Now()
	s.allowed = slices.DeleteFunc(s.allowed, func(at time.Time) bool { return now.Sub(at) >= time.Minute })
	if s.options.CallsPerMinute > 0 {
		if len(s.allowed) >= s.options.CallsPerMinute {
			return tooFrequent
		}
		s.allowed = append(s.allowed, now) // refused calls do not count
	}
	return nil
}

// page is an answer before it is written: which rows, as of when.
type page struct {
	asked time.Time // when the answer was made
	asOf  int64     // what the rows say, milliseconds of the epoch
	total int
	rows  []uint32
}

const keptPages = 50_000 // more than an account may ask for in ten minutes

// page finds the rows of a call, or repeats what the same parameters got.
func (s *Server) page(params url.Values) (page, *refusal) {
	s.store.mu.Lock()
	defer s.store.mu.Unlock()
	now := s.now()
	q, refused := s.options.ask(params, now.UnixMilli())
	if refused != nil {
		return page{}, refused
	}
	params = maps.Clone(params)
	delete(params, "apiUser") // whoever of the account asks gets the same answer
	delete(params, "apiKey")
	key := params.Encode()
	if p, ok := s.pages[key]; ok && now.Sub(p.asked) < s.options.Cache {
		return p, nil
	}
	found := s.store.find(q)
	p := page{asked: now, asOf: s.store.now, total: len(found)}
	shuffle := hash(s.options.Seed, uint64(now.UnixNano()), forShuffle)
	for k := min(q.start, p.total); k < min(q.start+q.limit, p.total); k++ {
		p.rows = append(p.rows, found[s.options.place(k, p.total, shuffle)])
	}
	if len(s.pages) == keptPages {
		clear(s.pages)
	}
	s.pages[key] = p
	return p, nil
}

// shuffled is how many neighbours the unstable order mixes. It shares no
// factor with usual page sizes, so that rows cross the edges of pages.
const shuffled = 7

// place is the position, counted from the oldest, of the k-th row of an answer.
func (o *Options) place(k, total int, shuffle uint64) int {
	switch o.Order {
	case Oldest:
		return k
	case Unstable:
		group := k / shuffled
		size := min(shuffled, total-group*shuffled)
		turn := int(hash(shuffle, uint64(group), forShuffle) % uint64(size))
		k = group*shuffled + (k%shuffled+turn)%size
	}
	return total - 1 - k
}

// info is the part of an answer that holds rows; empty means that there is none.
func (o *Options) info(p page, rows []string) string {
	list := "[" + strings.Join(rows, ",") + "]"
	if form, odd := map[string]string{"object": "{}", "null": "null", EmptyMissing: ""}[o.Empty]; odd && p.total == 0 {
		return form
	}
	if len(rows) == 0 && o.Empty == "null-list" {
		list = "null"
	}
	total := number(o.Total, p.total, uint64(p.asOf))
	if p.total > 0 {
		half := number(AsString, p.total/2, 0)
		total = cmp.Or(map[string]string{TotalNull: "null", TotalWord: `"many"`, TotalZero: `"0"`, TotalHalf: half}[o.Total], total)
	}
	return object("total", total, "voListSize", strconv.Itoa(len(rows)), "voList", list)
}

// number is n as a JSON string or number; mixed takes one form for each h.
func number(form string, n int, h uint64) string {
	digits := strconv.Itoa(n)
	if form == AsString || form == AsMixed && h%2 == 0 {
		return `"` + digits + `"`
	}
	return digits
}

// row is one record as the switches and faults have it.
func (o *Options) row(r Record, hostile, nulls float64) string {
	h := hash(o.Seed, uint64(r.Index), forForm)
	if share(hash(o.Seed, uint64(r.Index), forHostile)<<9, nulls) {
		if h%2 == 0 {
			return "null"
		}
		return object("emailId", quote(r.EmailID), "status", "null", "subStatus", "null", "subStatusDesc", "null", "apiUser", "null",
			"recipients", "null", "requestTime", "null", "modifiedTime", "null", "sendLog", "null")
	}
	o.poison(&r, hostile)
	word, desc := o.words(&r, h)
	pairs := []string{"emailId", quote(r.EmailID), "status", quote(word)}
	pairs = append(pairs, o.subStatus(r.SubStatus, desc, h)...)
	pairs = append(pairs, "apiUser", quote(r.APIUser), "recipients", quote(r.Recipient), "requestTime", o.time(r.Requested, h>>8),
		"modifiedTime", o.time(r.Modified, h>>16), "sendLog", quote(r.SendLog))
	for _, extra := range world["extra"] {
		if extra[0] == o.ExtraKeys {
			pairs = append(pairs, extra[1:]...)
		}
	}
	return object(pairs...)
}

// subStatus is sub-status and description as names and values.
func (o *Options) subStatus(sub int, desc string, h uint64) []string {
	if sub == 0 {
		return map[string][]string{
			"null":  {"subStatus", "null", "subStatusDesc", "null"},
			"empty": {"subStatus", `""`, "subStatusDesc", `""`},
			"zero":  {"subStatus", number(o.SubStatus, 0, h>>3)},
		}[o.NoSubStatus]
	}
	code := number(o.SubStatus, sub, h>>3)
	switch o.Desc {
	case DescMixed:
		return []string{"subStatus", code, pick(h>>5, []string{DescStatus, DescStat}), quote(desc)}
	case "both":
		return []string{"subStatus", code, DescStatus, quote(desc), DescStat, `"?"`}
	}
	return []string{"subStatus", code, o.Desc, quote(desc)}
}

// oddTimes are layouts of a time that are not documented, and values that are no time at all.
var oddTimes = []string{
	`"` + timeForm + `"`, `"` + timeForm + `.0"`, `"` + time.RFC3339 + `"`, `"2006/1/2 15:04"`,
	`"0000-00-00 00:00:00"`, `"昨天"`, `""`, "null", "{}",
}

const timeForm = "2006-01-02 15:04:05"

func (o *Options) time(t time.Time, h uint64) string {
	form := `"` + timeForm + `"`
	if o.Times == TimesOdd {
		form = pick(h, oddTimes)
	}
	return t.Format(form)
}

// object is a JSON object of names and JSON values. A value "" leaves its name out.
func object(pairs ...string) string {
	b := []byte{'{'}
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i+1] == "" {
			continue
		}
		if len(b) > 1 {
			b = append(b, ',')
		}
		b = append(append(append(append(b, '"'), pairs[i]...), `":`...), pairs[i+1]...)
	}
	return string(append(b, '}'))
}

// quote is s as a JSON string. Bytes that are no UTF-8 stay as they are, as from a service that does not look; a
// surrogate in its three-byte form becomes an escape, the only way JSON has for it.
func quote(s string) string {
	s = escapes.Replace(s)
	for i := strings.Index(s, "\xed"); i >= 0 && i+2 < len(s) && s[i+1] >= 0xa0 && s[i+2]&0xc0 == 0x80; i = strings.Index(s, "\xed") {
		s = fmt.Sprintf(`%s\ud%03x%s`, s[:i], uint(s[i+1])&0x3f<<6|uint(s[i+2])&0x3f, s[i+3:])
	}
	return `"` + s + `"`
}

// escapes has what stands for a sign in a JSON string.
var escapes = func() *strings.Replacer {
	pairs := []string{`"`, `\"`, `\`, `\\`}
	for c := range 0x20 {
		pairs = append(pairs, string(rune(c)), fmt.Sprintf(`\u%04x`, c))
	}
	return strings.NewReplacer(pairs...)
}()

// serviceWord is the service's word for a code. A client's own tables are not
// used here on purpose: two readings of the documentation check each other.
func serviceWord(set string, code int) string {
	return cmp.Or(serviceWords[set+strconv.Itoa(code)], serviceWords["chinese"+strconv.Itoa(code)])
}

var serviceWords = func() map[string]string {
	table := map[string]string{}
	for _, f := range world["word"] {
		table[f[0]+f[1]] = f[2]
	}
	return table
}()

// words are the status word and the description of a row.
func (o *Options) words(r *Record, h uint64) (status, desc string) {
	set := o.Words
	if set == WordsMixed {
		set = pick(h>>32, []string{"chinese", "old", WordsEnglish, WordsComposite})
	}
	status = serviceWord(set, r.Status)
	if r.SubStatus == 0 {
		return status, ""
	}
	desc = serviceWord(set, r.SubStatus)
	full := status + "-" + desc
	if o.DescFamily == "prefixed" {
		desc = full
	}
	if set == WordsComposite {
		status = full
	}
	return status, desc
}
