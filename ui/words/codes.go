package words

import (
	"strconv"

	"bounceboard/sendcloud"
)

var statusNames = map[sendcloud.Status]Sentence{
	sendcloud.Delivered:     {"delivered", "送达"},
	sendcloud.Invalid:       {"invalid", "无效邮件"},
	sendcloud.SoftBounce:    {"soft bounce", "软退信"},
	sendcloud.Requested:     {"requested", "请求中"},
	sendcloud.StatusUnknown: {"unknown", "未知状态"},
}

var statusMeanings = map[sendcloud.Status]Sentence{
	sendcloud.Delivered: {
		"The receiving server accepted the mail. That is not yet the inbox: it may lie in the junk folder.",
		"对方服务器已接收。不代表已进收件箱，请收件人查看垃圾箱。"},
	sendcloud.Invalid: {
		"The mail was refused during the session, or held back before it. The recipient did not get it.",
		"投递会话中被拒收，或投递前已被拦截。收件人没有收到。"},
	sendcloud.SoftBounce: {
		"The receiving server took the mail first and returned it later. “Soft” does not mean temporary.",
		"对方服务器先接收、后退回。“软”不等于“临时”，不代表重发就能成功。"},
	sendcloud.Requested: {
		"The mail is queued or being tried again; a receiver that limits us can hold it for days. It is not a failure.",
		"邮件在排队或重试中；对方限流时可能持续数天。这不是失败。"},
	sendcloud.StatusUnknown: {
		"The service used a word for the status that is not documented; it is shown as it came.",
		"服务端返回了文档中没有的状态，按原文显示。"},
}

// StatusName is the short name of a status.
func StatusName(l Lang, s sendcloud.Status) string {
	n, ok := statusNames[s]
	if !ok {
		n = statusNames[sendcloud.StatusUnknown]
	}
	return l.Say(n)
}

// StatusMeaning says what a status means, and what it does not.
func StatusMeaning(l Lang, s sendcloud.Status) string {
	n, ok := statusMeanings[s]
	if !ok {
		n = statusMeanings[sendcloud.StatusUnknown]
	}
	return l.Say(n)
}

type code struct{ name, meaning Sentence }

// The names are the service's documentation; the meanings say in its terms
// what happened and what must not be concluded.
var codes = map[sendcloud.SubStatus]code{
	401: {Sentence{"on the SendCloud blacklist", "SendCloud黑名单中"}, Sentence{
		"SendCloud did not send it: the address is on one of its three lists. The receiving server was never asked.",
		"SendCloud 没有投递：地址在它的三种名单之一中。没有联系过对方服务器。"}},
	402: {Sentence{"unsubscribed", "取消订阅"}, Sentence{
		"SendCloud did not send it: the recipient unsubscribed from this sender.",
		"SendCloud 没有投递：收件人已退订该发件方。"}},
	403: {Sentence{"server unreachable", "服务器不可达"}, Sentence{
		"The receiving server could not be reached: its domain, its MX or the connection failed. That says nothing about the mailbox.",
		"连不上对方服务器：域名、MX 或连接有问题。不能说明邮箱是否存在。"}},
	404: {Sentence{"malformed address", "地址格式错误"}, Sentence{
		"The address cannot be an address: look for blanks, a missing part, a typing mistake.",
		"地址格式不对：检查空格、缺少的部分和拼写。"}},
	405: {Sentence{"IP or domain rejected", "IP、域名被拒"}, Sentence{
		"The receiving server refused our sending IP or domain. The address itself is most likely fine.",
		"对方拒收我们的发信 IP 或域名。地址本身多半没有问题。"}},
	406: {Sentence{"address does not exist", "地址不存在"}, Sentence{
		"The receiving server said that there is no such mailbox. Read its reply before the address is taken off a list.",
		"对方服务器说没有这个邮箱。移出名单之前请先看服务器的回复。"}},
	407: {Sentence{"spam", "垃圾邮件"}, Sentence{
		"The receiving server took the mail for spam. The address is fine; content or sending habits are the cause.",
		"对方判为垃圾邮件。地址没有问题，原因在内容或发信行为。"}},
	408: {Sentence{"sender or recipient rejected", "发件人/收件人被拒"}, Sentence{
		"The receiving server does not accept this sender, or this recipient takes no mail from it.",
		"对方不接受该发件人，或该收件人不收此来源的邮件。"}},
	409: {Sentence{"other", "其他"}, Sentence{
		"SendCloud could not sort the reply. The reply itself tells more.",
		"SendCloud 未能归类，请看服务器的回复原文。"}},
	503: {Sentence{"server unreachable", "服务不可达"}, Sentence{
		"After accepting, the mail could not be passed on: a server behind it did not answer.",
		"接收之后无法继续投递：后面的服务器没有应答。"}},
	505: {Sentence{"IP or domain rejected", "IP、域名被拒"}, Sentence{
		"The receiving side returned the mail because of our sending IP or domain. The address itself is most likely fine.",
		"对方因我们的发信 IP 或域名退回邮件。地址本身多半没有问题。"}},
	506: {Sentence{"address does not exist", "邮箱地址不存在"}, Sentence{
		"The receiving side returned the mail: it says there is no such mailbox.",
		"对方退回邮件，称没有这个邮箱。"}},
	507: {Sentence{"rejected as spam", "反垃圾邮件被拒"}, Sentence{
		"The receiving side returned the mail as spam. The address is fine.",
		"对方反垃圾系统退回邮件。地址没有问题。"}},
	508: {Sentence{"sender or recipient rejected", "发件人/收件人被拒"}, Sentence{
		"The receiving side returned the mail: it does not accept this sender, or this recipient takes no mail from it.",
		"对方退回邮件：不接受该发件人，或该收件人不收此来源的邮件。"}},
	509: {Sentence{"other", "其他"}, Sentence{
		"SendCloud could not sort the returned mail. The reply itself tells more.",
		"SendCloud 未能归类这封退信，请看回复原文。"}},
}

// SubStatusName is the short name of a sub-status, without its family; empty
// for 0, the number for a code that is not documented.
func SubStatusName(l Lang, s sendcloud.SubStatus) string {
	if s == 0 {
		return ""
	}
	if c, ok := codes[s]; ok {
		return l.Say(c.name)
	}
	return strconv.Itoa(int(s))
}

// SubStatusMeaning says what a sub-status means, and what it does not; empty
// for a code that is not documented.
func SubStatusMeaning(l Lang, s sendcloud.SubStatus) string {
	c, ok := codes[s]
	if !ok {
		return ""
	}
	return l.Say(c.meaning)
}

// Code is a sub-status as a number; empty for 0.
func Code(s sendcloud.SubStatus) string {
	if s == 0 {
		return ""
	}
	return strconv.Itoa(int(s))
}
