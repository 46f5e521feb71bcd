package recordset

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"

	"bounceboard/sendcloud"
)

// maker makes rows of the kind that the service gives: about 450 bytes of
// NDJSON each, 40 domains, 8 users, 50 replies with variables. The same seed
// makes the same rows.
type maker struct {
	r    *rand.Rand
	base time.Time
}

func newMaker() *maker {
	return &maker{rand.New(rand.NewPCG(2026, 11)), time.Date(2026, 10, 24, 0, 0, 0, 0, sendcloud.Zone)}
}

var (
	someDomains = strings.Fields(`qq.com qq.com qq.com qq.com qq.com qq.com 163.com 163.com 163.com 163.com 126.com 126.com gmail.com gmail.com outlook.com hotmail.com
		sina.com sohu.com foxmail.com yeah.net 139.com 189.cn aliyun.com icloud.com yahoo.com vip.qq.com vip.163.com sina.cn tom.com 21cn.com live.cn msn.com wo.cn
		mail.example.com corp.example.com example.net example.org shop.example.cn bank.example.cn hr.example.com edu.example.cn law.example.net med.example.org`)
	someUsers = strings.Fields("shop_order shop_order shop_order newsletter newsletter otp_login otp_login crm_batch billing hr_notice test_api edm_2026")
	someNames = strings.Fields("wang li zhang liu chen yang zhao huang zhou wu xu sun hu zhu gao lin anna tom kate info sales")
	moreNames = strings.Fields("wei fang na min jing lei yan ting hao bo jun qiang jie tao ming yu")
	chinese   = map[sendcloud.Status]string{sendcloud.Delivered: "送达", sendcloud.Invalid: "无效邮件", sendcloud.SoftBounce: "软退信", sendcloud.Requested: "请求中"}
	someSubs  = map[sendcloud.Status][]int{sendcloud.Invalid: {401, 401, 401, 402, 403, 404, 405, 406, 406, 407, 408, 409}, sendcloud.SoftBounce: {503, 503, 505, 506, 507, 508, 509}}
	someTexts = map[sendcloud.Status][]string{
		sendcloud.Delivered: {
			"250 Mail OK queued as smtp{N},{T24}--.{N}S2 {E} relayed by mx{N}.{D}[{I}] for {R}",
			"250 Ok: queued as {Q} at mx{N}.{D}[{I}]:25, waited 0.{N} s, cipher TLSv1.3, token {T24}",
			"250 2.0.0 OK {E} {T16}-{T8}si{N}pls.{N} - gsmtp via mx.{D}[{I}], accepted for {R}",
			"250 2.6.0 <{Q}.{N}@{D}> [InternalId={N}{N}, Hostname=mx{N}.{D}] {N} bytes taken in 0.{N}, id {T24}",
			"250 OK id=1{T6}-{T6}-{T2} by mx{N}.{D} [{I}], message accepted for {R} at {E}",
			"250 ok {E} qp {N} server mx{N}.{D} ip {I} rcpt {R} 投递成功 编号={T16}",
			"250 Message accepted by mx{N}.{D}[{I}] [sid:{T24}] ts={E} rcpt=<{R}>",
		},
		sendcloud.Invalid: {
			"550 5.1.1 The account that you tried to reach does not exist: {R} {T16}.{N} - gsmtp by mx.{D}[{I}]",
			"550 User not found: {R} said mx{N}.{D}[{I}] at {E} session {T16} in reply to RCPT TO",
			"550 Mailbox not found. <{R}> mx{N}.{D} [{I}] token {T24} help page {N}",
			"550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient {R} not found by SMTP address lookup [{I}] {T16}",
			"553 5.3.0 <{R}>... No such user here ({I}) {Q} ts={E} 用户不存在",
			"554 5.7.1 <{R}>: Relay access denied by mx{N}.{D}[{I}] session {T16} ts={E}",
			"Host or domain name not found. Name service error for name={D} type=MX: Host not found, attempt {N}, rcpt={R} ts={E}",
			"该收件人在取消订阅列表中,未投递:{R} 列表 {N} 任务 {Q} 时间 {E} 标识 {T16}",
			"552 5.2.3 Message is larger than {N} MB, limit of mx{N}.{D}[{I}] id={Q} rcpt={R}",
		},
		sendcloud.SoftBounce: {
			"550 Connection frequency limited. {I} {T16} {E} host mx{N}.{D} for {R}",
			"421 4.7.0 [{I}] Our system has detected an unusual rate of unsolicited mail {T16}.{N} - gsmtp rcpt={R}",
			"452 4.2.2 The account that you tried to reach is over quota {R} {T16}.{N} - gsmtp [{I}]",
			"554 DT:SPM 163 mx{N},{T24}S2 {E} host {D}[{I}] rcpt {R} taken for spam",
			"451 4.7.1 Greylisted, please come back in {N} seconds: <{R}> from [{I}] key {T16} ts={E}",
			"connect to mx{N}.{D}[{I}]:25: Connection timed out after {N} s, task {Q}, rcpt={R} ts={E}",
			"554 5.7.1 Service unavailable; Client host [{I}] blocked using zen.spamhaus.org; query {T16} rcpt={R} ts={E}",
			"收件箱已满,对方拒收 <{R}> 主机 mx{N}.{D}[{I}] 任务 {Q} 时间 {E}",
		},
		sendcloud.Requested: {
			"", "queued for delivery, task {Q}, node {N}, rcpt={R}, ts={E}, token {T24}", "请求已接收,等待投递 任务 {Q} 通道 {N} 收件人 {R} 时间 {E} 标识 {T16}",
		},
	}
)

func (m *maker) letters(n int, from string) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = from[m.r.IntN(len(from))]
	}
	return string(b)
}

func (m *maker) fill(template, rcpt, domain string) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(template, "{")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		name, after, _ := strings.Cut(rest, "}")
		switch name[0] {
		case 'N':
			b.WriteString(strconv.Itoa(1 + m.r.IntN(99)))
		case 'T':
			n, _ := strconv.Atoi(name[1:])
			b.WriteString(m.letters(n, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"))
		case 'Q':
			b.WriteString(m.letters(12, "0123456789ABCDEF"))
		case 'E':
			b.WriteString(strconv.Itoa(1792540800 + m.r.IntN(30*86400)))
		case 'I':
			b.WriteString("203.0.113." + strconv.Itoa(1+m.r.IntN(254)))
		case 'R':
			b.WriteString(rcpt)
		case 'D':
			b.WriteString(domain)
		}
		template = after
	}
}

func pick[T any](m *maker, from []T) T { return from[m.r.IntN(len(from))] }

func (m *maker) record() sendcloud.Record {
	status := sendcloud.Delivered
	switch x := m.r.IntN(100); {
	case x >= 98:
		status = sendcloud.Requested
	case x >= 94:
		status = sendcloud.SoftBounce
	case x >= 86:
		status = sendcloud.Invalid
	}
	domain := pick(m, someDomains)
	local := strconv.Itoa(100_000_000 + m.r.IntN(3_900_000_000))
	if m.r.IntN(100) >= 35 {
		local = pick(m, someNames) + pick(m, []string{"", ".", "_"}) + pick(m, moreNames) + strconv.Itoa(m.r.IntN(10000))
	}
	rcpt := local + "@" + domain
	asked := m.base.Add(time.Duration(m.r.IntN(30*86400)) * time.Second)
	took := 1 + m.r.IntN(600)
	if status == sendcloud.SoftBounce {
		took = 60 + m.r.IntN(90_000)
	}
	r := sendcloud.Record{
		EmailID: fmt.Sprintf("%d_%d_%d_%d.sc-203_0_113_%d$%s", 1792540800+m.r.IntN(30*86400), 100+m.r.IntN(900), 1000+m.r.IntN(9000), 1000+m.r.IntN(9000), 1+m.r.IntN(254), rcpt),
		Status:  status, StatusText: chinese[status], APIUser: pick(m, someUsers), Recipients: rcpt,
		RequestTime: asked, ModifiedTime: asked.Add(time.Duration(took) * time.Second),
		SendLog: m.fill(pick(m, someTexts[status]), rcpt, domain),
	}
	if subs := someSubs[status]; subs != nil {
		r.SubStatus = sendcloud.SubStatus(pick(m, subs))
		r.SubStatusDesc = chinese[status] + "-原因" + strconv.Itoa(int(r.SubStatus)%100)
	}
	return r
}

// appendLine writes a record as `list` does.
func appendLine(dst []byte, r sendcloud.Record) []byte {
	text := func(t string, null bool) string {
		if t == "" && null {
			return "null"
		}
		var b strings.Builder
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false)
		if err := e.Encode(t); err != nil {
			panic(err)
		}
		return strings.TrimSuffix(b.String(), "\n")
	}
	sub := "null"
	if r.SubStatus != 0 {
		sub = strconv.Itoa(int(r.SubStatus))
	}
	moment := func(t time.Time) string {
		if t.IsZero() {
			return "null"
		}
		return `"` + t.Format(time.RFC3339) + `"`
	}
	return fmt.Appendf(dst, `{"emailId":%s,"status":"%s","statusText":%s,"subStatus":%s,"subStatusDesc":%s,"apiUser":%s,"recipients":%s,"requestTime":%s,"modifiedTime":%s,"sendLog":%s}`+"\n",
		text(r.EmailID, false), r.Status, text(r.StatusText, false), sub, text(r.SubStatusDesc, true), text(r.APIUser, false), text(r.Recipients, false), moment(r.RequestTime), moment(r.ModifiedTime), text(r.SendLog, false))
}

// made is a set of n made rows and the records it was made from.
func made(n int, explain Explain) (*Set, []sendcloud.Record) {
	m, s := newMaker(), New(explain)
	records := make([]sendcloud.Record, n)
	for i := range records {
		records[i] = m.record()
		s.Append(records[i])
	}
	return s, records
}

// told is an explanation good enough for tests: from the sub-status, with the
// first IP in brackets.
func told(r sendcloud.Record) Explained {
	e := Explained{Cause: "other", Permanence: "-"}
	_, e.Provider, _ = strings.Cut(r.Recipients, "@")
	switch r.SubStatus % 100 {
	case 5:
		e.Cause, e.Permanence, e.Party, e.Code = "blocked", "permanent", "deliverability", "550 5.7.1"
		if from := strings.IndexByte(r.SendLog, '['); from >= 0 {
			e.RefusedIP, _, _ = strings.Cut(r.SendLog[from+1:], "]")
		}
	case 6:
		e.Cause, e.Permanence, e.Party, e.Code, e.Contradicts = "user_unknown", "permanent", "list_owner", "550", r.Status == sendcloud.SoftBounce
	}
	return e
}
