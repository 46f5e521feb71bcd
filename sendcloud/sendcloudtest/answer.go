package sendcloudtest

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"
)

// tooFrequent is the rate-limit answer, with a spelling of its own.
var tooFrequent = refuse(50000, "interface frequency is limited")

// answer decides what the service says, and what the log says about it.
func (s *Server) answer(params url.Values, refused *refusal, hit []Fault) (status int, body []byte, log func(*Call)) {
	if refused == nil {
		refused = s.admit(params)
	}
	var p page
	cached := false
	if refused == nil {
		p, cached, refused = s.page(params)
	}
	if refused != nil {
		return s.options.FailureHTTP, s.failure(refused), func(c *Call) { c.Code = refused.code }
	}
	rows := make([]Record, len(p.rows))
	for k, i := range p.rows {
		rows[k] = s.store.record(int(i), p.asOf)
	}
	w := writer{o: &s.options, hostile: rowShare(&s.options, hit, FaultHostile), nulls: rowShare(&s.options, hit, FaultNulls)}
	return http.StatusOK, w.success(p, rows), func(c *Call) { c.Code, c.Cached = s.options.SuccessCode, cached }
}

// rowShare is the share of rows a fault affects: all of them when scripted.
func rowShare(o *Options, hit []Fault, f Fault) float64 {
	if slices.Contains(hit, f) {
		return 1
	}
	return o.Faults[f]
}

// admit checks credentials and the account's calls a minute.
func (s *Server) admit(params url.Values) *refusal {
	user, key := params.Get("apiUser"), params.Get("apiKey")
	switch {
	case slices.Contains(s.options.NoPermission, user):
		return refuse(6001, "没有权限")
	case user == "" || key == "":
		return refuse(40005, "认证失败")
	case user != s.options.APIUser:
		return refuse(40301, "用户不存在")
	case key != s.options.APIKey:
		return refuse(40005, "认证失败")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.limit.allow(s.options.Now()) {
		return tooFrequent
	}
	return nil
}

// page finds the rows of a call, or repeats what the same parameters got.
func (s *Server) page(params url.Values) (p page, cached bool, refused *refusal) {
	s.store.mu.Lock()
	defer s.store.mu.Unlock()
	now := s.now()
	q, refused := s.options.ask(params, now.UnixMilli())
	if refused != nil {
		return page{}, false, refused
	}
	key := canonical(params)
	if p, ok := s.answers.get(key, now); ok {
		return p, true, nil
	}
	found := s.store.find(q)
	p = page{asked: now, asOf: s.store.now, total: found.len()}
	shuffle := hash(s.options.Seed, uint64(now.UnixNano()), forShuffle)
	for k := min(q.start, p.total); k < min(q.start+q.limit, p.total); k++ {
		p.rows = append(p.rows, uint32(found.index(s.options.place(k, p.total, shuffle))))
	}
	s.answers.put(key, p)
	return p, false, nil
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

// failure writes a refusal.
func (s *Server) failure(r *refusal) []byte {
	w := writer{o: &s.options}
	w.key("{", "result").raw("false")
	name := s.options.StatusCodeKey
	if r.code == tooFrequent.code {
		name = StatusCodeLower
	}
	w.key(",", name).raw(strconv.Itoa(r.code))
	w.key(",", "message").text(r.message)
	w.key(",", "info").raw("{}}")
	return w.b
}

// writer makes the JSON of an answer.
type writer struct {
	b       []byte
	o       *Options
	hostile float64
	nulls   float64
}

func (w *writer) raw(s string) { w.b = append(w.b, s...) }

func (w *writer) key(before, name string) *writer {
	w.b = append(append(append(append(w.b, before...), '"'), name...), '"', ':')
	return w
}

func (w *writer) text(s string) { w.b = appendString(w.b, s) }

func (w *writer) success(p page, rows []Record) []byte {
	w.key("{", "result").raw("true")
	w.key(",", w.o.StatusCodeKey).raw(strconv.Itoa(w.o.SuccessCode))
	message := "请求成功"
	if w.o.Words == WordsEnglish {
		message = "success"
	}
	if w.hostile > 0 {
		message += pick(uint64(p.total), hostileTexts).Text
	}
	w.key(",", "message").text(message)
	if p.total == 0 && w.o.Empty != EmptyZero && w.o.Empty != EmptyNullList {
		switch w.o.Empty {
		case EmptyObject:
			w.key(",", "info").raw("{}")
		case EmptyNull:
			w.key(",", "info").raw("null")
		}
		w.raw("}")
		return w.b
	}
	w.key(",", "info")
	w.key("{", "total").total(p)
	w.key(",", "voListSize").raw(strconv.Itoa(len(rows)))
	w.key(",", "voList")
	if len(rows) == 0 && w.o.Empty == EmptyNullList {
		w.raw("null}}")
		return w.b
	}
	w.raw("[")
	for i := range rows {
		if i > 0 {
			w.raw(",")
		}
		w.row(&rows[i])
	}
	w.raw("]}}")
	return w.b
}

func (w *writer) number(form string, n int, h uint64) {
	digits := strconv.Itoa(n)
	if form == AsString || form == AsMixed && h%2 == 0 {
		digits = `"` + digits + `"`
	}
	w.raw(digits)
}

func (w *writer) total(p page) {
	form, n := w.o.Total, p.total
	switch {
	case n == 0:
	case form == TotalNull:
		w.raw("null")
		return
	case form == TotalWord:
		w.text("many")
		return
	case form == TotalZero:
		form, n = AsString, 0
	case form == TotalHalf:
		form, n = AsString, n/2
	}
	w.number(form, n, uint64(p.asOf))
}

const timeForm = "2006-01-02 15:04:05"

// row writes one record as the switches and faults have it.
func (w *writer) row(r *Record) {
	h := hash(w.o.Seed, uint64(r.Index), forForm)
	if share(hash(w.o.Seed, uint64(r.Index), forHostile)<<9, w.nulls) {
		if h%2 == 0 {
			w.raw("null")
			return
		}
		w.key("{", "emailId").text(r.EmailID)
		w.raw(`,"status":null,"subStatus":null,"subStatusDesc":null,"apiUser":null,"recipients":null,"requestTime":null,"modifiedTime":null,"sendLog":null}`)
		return
	}
	w.poison(r)
	word, desc := w.o.words(r, h)
	w.key("{", "emailId").text(r.EmailID)
	w.key(",", "status").text(word)
	w.subStatus(r.SubStatus, desc, h)
	w.key(",", "apiUser").text(r.APIUser)
	w.key(",", "recipients").text(r.Recipient)
	w.time("requestTime", r.Requested, h>>8)
	w.time("modifiedTime", r.Modified, h>>16)
	w.key(",", "sendLog").text(r.SendLog)
	w.extra(h >> 24)
	w.raw("}")
}

func (w *writer) subStatus(sub int, desc string, h uint64) {
	if sub == 0 {
		switch w.o.NoSubStatus {
		case SubNull:
			w.raw(`,"subStatus":null,"subStatusDesc":null`)
		case SubZero:
			w.key(",", "subStatus").number(w.o.SubStatus, 0, h>>3)
		case SubEmpty:
			w.raw(`,"subStatus":"","subStatusDesc":""`)
		}
		return
	}
	w.key(",", "subStatus").number(w.o.SubStatus, sub, h>>3)
	spelling := w.o.Desc
	if spelling == DescMixed {
		spelling = pick(h>>5, []string{DescStatus, DescStat})
	}
	if spelling == DescBoth {
		w.key(",", DescStatus).text(desc)
		w.key(",", DescStat).text("?")
		return
	}
	w.key(",", spelling).text(desc)
}

// oddTimes are forms of a time that are not documented; the empty layouts
// stand for values that are no time at all.
var oddTimes = []func(time.Time) string{
	func(t time.Time) string { return `"` + t.Format(timeForm) + `"` },
	func(t time.Time) string { return `"` + t.Format(timeForm+".0") + `"` },
	func(t time.Time) string { return `"` + t.Format(time.RFC3339) + `"` },
	func(t time.Time) string { return `"` + t.Format("2006/1/2 15:04") + `"` },
	func(t time.Time) string { return strconv.FormatInt(t.UnixMilli(), 10) },
	func(time.Time) string { return `"0000-00-00 00:00:00"` },
	func(time.Time) string { return `"昨天"` },
	func(time.Time) string { return `""` },
	func(time.Time) string { return `null` },
	func(time.Time) string { return `{}` },
}

func (w *writer) time(name string, t time.Time, h uint64) {
	w.key(",", name)
	if w.o.Times == TimesOdd {
		w.raw(pick(h, oddTimes)(t))
		return
	}
	w.text(t.Format(timeForm))
}

// extra writes further keys, after the known ones.
func (w *writer) extra(h uint64) {
	switch w.o.ExtraKeys {
	case ExtraNull:
		w.raw(`,"taskName":null,"mailingStatus":null,"softStatus":null,"timeStr":null,"event":null,"receiver":null,"message":null,"email":null,"name":null,"phone":null`)
	case ExtraTyped:
		w.raw(`,"taskName":`)
		w.raw(strconv.FormatUint(h, 10))
		w.raw(`,"mailingStatus":"","softStatus":{"family":[1,{"deep":[[[null]]]}]},"timeStr":[],"event":1e400,"receiver":false,"message":-0.0,"email":"{\"X\":1}","":null,"name":"x","phone":["送达"]`)
	}
}

// appendString appends s as a JSON string. Bytes that are no UTF-8 stay as
// they are, as from a service that does not look; a surrogate in its
// three-byte form becomes an escape, the only way JSON has for it.
func appendString(b []byte, s string) []byte {
	const hex = "0123456789abcdef"
	b = append(b, '"')
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '"' || c == '\\':
			b = append(b, '\\', c)
		case c < 0x20:
			b = append(b, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		case c == 0xed && i+2 < len(s) && s[i+1] >= 0xa0 && s[i+1] < 0xc0 && s[i+2]&0xc0 == 0x80:
			b = append(b, '\\', 'u', 'd', hex[8|s[i+1]>>2&7], hex[s[i+1]<<2&12|s[i+2]>>4&3], hex[s[i+2]&15])
			i += 2
		default:
			b = append(b, c)
		}
	}
	return append(b, '"')
}

// The service's words. A client's own tables are not used here on purpose:
// two readings of the documentation check each other.

// wordKey is a set of words and the code of a status or sub-status.
type wordKey struct {
	set  string
	code int
}

var serviceWords = func() map[wordKey]string {
	table := map[wordKey]string{}
	for _, f := range world["status"] {
		table[wordKey{f[0], whole(f[1])}] = f[2]
	}
	for _, f := range world["sub"] {
		table[wordKey{WordsChinese, whole(f[0])}] = f[1]
		table[wordKey{WordsOld, whole(f[0])}] = f[1]
		table[wordKey{WordsEnglish, whole(f[0])}] = f[2]
	}
	return table
}()

// words are the status word and the description of a row.
func (o *Options) words(r *Record, h uint64) (status, desc string) {
	set := o.Words
	if set == WordsMixed {
		set = pick(h>>32, []string{WordsChinese, WordsOld, WordsEnglish, WordsComposite})
	}
	composite := set == WordsComposite
	if composite {
		set = WordsChinese
	}
	status = serviceWords[wordKey{set, r.Status}]
	if r.SubStatus == 0 {
		return status, ""
	}
	desc = serviceWords[wordKey{set, r.SubStatus}]
	full := status + "-" + desc
	if o.DescFamily == DescPrefixed {
		desc = full
	}
	if composite {
		status = full
	}
	return status, desc
}
