package sendcloudtest

import (
	"fmt"
	"strconv"
	"strings"
)

// provider is who runs the receiving servers; it decides how replies read.
type provider uint8

const (
	anyone provider = iota // replies every server may give
	qq
	exmail
	netease
	gmail
	microsoft
	exchange
	aliyun
	sina
	sohu
	yahoo
	icloud
	coremail
	postfix
	exim
	qmail
	providers // how many there are
)

// BlockedIP is the sending IP that qq.com refuses in the demonstration's incident.
const BlockedIP = "203.0.113.9"

// FullMailbox is the recipient whose mailbox is full.
const FullMailbox = "wang.fang@example.com.cn"

// senderIPs are the account's sending IPs. BlockedIP sends the most.
var senderIPs = []string{BlockedIP, BlockedIP, BlockedIP, "203.0.113.10", "203.0.113.11", "192.0.2.40", "192.0.2.41"}

// receivers are the domains mail goes to. Corporate names are example domains.
var receivers = []struct {
	domain   string
	provider provider
	weight   int
}{
	{"qq.com", qq, 280}, {"163.com", netease, 140}, {"126.com", netease, 60}, {"gmail.com", gmail, 80},
	{"outlook.com", microsoft, 40}, {"hotmail.com", microsoft, 25}, {"aliyun.com", aliyun, 30},
	{"sina.com", sina, 35}, {"sina.cn", sina, 10}, {"yahoo.com", yahoo, 20}, {"foxmail.com", qq, 30},
	{"vip.qq.com", qq, 10}, {"sohu.com", sohu, 12}, {"icloud.com", icloud, 15}, {"yeah.net", netease, 10},
	{"139.com", postfix, 20}, {"example.com.cn", exmail, 40}, {"shop.example.cn", exmail, 20},
	{"factory.example.cn", aliyun, 18}, {"example.net", postfix, 18}, {"mail.example.org", exim, 15},
	{"corp.example.com", exchange, 25}, {"legacy.example.org", qmail, 6}, {"mails.tsinghua.edu.cn", coremail, 10},
	{"stu.pku.edu.cn", coremail, 8}, {"zju.edu.cn", coremail, 8}, {"sjtu.edu.cn", coremail, 8}, {"students.example.edu", gmail, 7},
}

var receiverWheel = func() wheel {
	weights := make([]int, len(receivers))
	for i, r := range receivers {
		weights[i] = r.weight
	}
	return newWheel(weights)
}()

// mailHosts are the names of a provider's receiving servers, where they are
// not in the recipient's domain.
var mailHosts = [providers][]string{
	qq:      {"mx1.qq.com", "mx2.qq.com", "mx3.qq.com"},
	exmail:  {"mxbiz1.qq.com", "mxbiz2.qq.com"},
	netease: {"163mx01.mxmail.netease.com", "163mx03.mxmail.netease.com", "126mx02.mxmail.netease.com"},
	gmail:   {"gmail-smtp-in.l.google.com", "alt1.gmail-smtp-in.l.google.com"},
	aliyun:  {"mx1.mail.aliyun.com", "mx2.mail.aliyun.com"},
	sina:    {"freemx1.sinamail.sina.com.cn", "freemx2.sinamail.sina.com.cn"},
	sohu:    {"sohumx1.sohu.com", "sohumx2.sohu.com"},
	yahoo:   {"mta5.am0.yahoodns.net", "mta7.am0.yahoodns.net"},
	icloud:  {"mx01.mail.icloud.com", "mx02.mail.icloud.com"},
}

func mailHost(h uint64, receiver int) string {
	r := receivers[receiver]
	switch r.provider {
	case microsoft:
		return strings.ReplaceAll(r.domain, ".", "-") + ".olc.protection.outlook.com"
	case exchange:
		return strings.ReplaceAll(r.domain, ".", "-") + ".mail.protection.outlook.com"
	}
	if hosts := mailHosts[r.provider]; hosts != nil {
		return pick(h, hosts)
	}
	return fmt.Sprintf("mx%d.%s", 1+h%2, r.domain)
}

// apiUser is one of the account's api users, and what it mails.
type apiUser struct {
	name   string
	weight int
	labels wheel // into labels
}

// Label is a label of the simulated account.
type Label struct {
	ID   int
	Name string
}

// The labels that incidents have.
const (
	deadListLabel = 4
	spamLabel     = 5
)

var labels = []Label{
	{11001, "注册验证码"}, {11002, "password-reset"}, {11003, "order-shipped"}, {11004, "monthly-bill"},
	{11005, "autumn-sale"}, {11006, "member-newsletter"}, {11007, "双十一预热"}, {11008, "ticket-reply"},
}

var apiUsers = []apiUser{
	{"batch_a", 38, newWheel([]int{0, 0, 0, 0, 1, 6, 4})},
	{"batch_b", 14, newWheel([]int{0, 0, 0, 0, 5, 0, 3})},
	{"notify", 34, newWheel([]int{5, 3, 5})},
	{"billing", 9, newWheel([]int{0, 0, 0, 1})},
	{"support", 5, newWheel([]int{0, 0, 0, 0, 0, 0, 0, 1})},
}

var userWheel = func() wheel {
	weights := make([]int, len(apiUsers))
	for i, u := range apiUsers {
		weights[i] = u.weight
	}
	return newWheel(weights)
}()

var surnames = []string{
	"wang", "li", "zhang", "liu", "chen", "yang", "zhao", "huang", "zhou", "wu", "xu", "sun", "hu", "zhu", "gao", "lin", "he", "guo", "ma", "luo",
	"liang", "song", "zheng", "xie", "han", "tang", "feng", "yu", "dong", "xiao", "cheng", "cao", "yuan", "deng", "xue", "fu", "shen", "zeng", "peng", "lv",
}

var givenNames = []string{
	"wei", "fang", "na", "min", "jing", "lei", "qiang", "yang", "yong", "jun", "jie", "juan", "tao", "ming", "chao", "xia", "ping", "gang", "lan", "bo",
	"xiaoyan", "xiaoming", "jianguo", "zihan", "yuxuan", "haoran", "xinyi", "mengjie", "yating", "zhiwei", "wenbo", "siqi", "ruoxi", "guoqiang", "lihua", "meiling",
}

// fullMailboxPerson is the person behind FullMailbox.
const fullMailboxPerson = 1<<64 - 1

func (d *data) receiverOf(person uint64) int {
	if person == fullMailboxPerson {
		return fullMailboxReceiver
	}
	return receiverWheel.pick(hash(d.seed, person, forReceiver))
}

var fullMailboxReceiver = func() int {
	for i, r := range receivers {
		if r.domain == "example.com.cn" {
			return i
		}
	}
	panic("sendcloudtest: the full mailbox has no receiver")
}()

// address is the one address of a person.
func (d *data) address(person uint64, receiver int) string {
	if person == fullMailboxPerson {
		return FullMailbox
	}
	h := hash(d.seed, person, forLocalPart)
	r := receivers[receiver]
	surname, given := pick(h>>8, surnames), pick(h>>24, givenNames)
	n := h >> 40
	if r.provider == qq && h%100 < 60 {
		return strconv.FormatUint(100_000_000+n*171%2_900_000_000, 10) + "@" + r.domain
	}
	var local string
	switch h % 6 {
	case 0:
		local = surname + "." + given
	case 1:
		local = surname + given + strconv.FormatUint(n%1000, 10)
	case 2:
		local = given + "_" + surname + strconv.FormatUint(n%100, 10)
	case 3:
		local = fmt.Sprintf("%s%s%04d", surname, given[:1], n%10000)
	case 4:
		local = fmt.Sprintf("%s%d", given, 1960+n%50)
	default:
		local = surname + given
	}
	return local + "@" + r.domain
}
