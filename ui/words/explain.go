package words

import (
	"strings"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
)

// The labels of an explanation.
var (
	LabelCause    = Sentence{"cause", "原因"}
	LabelCareful  = Sentence{"careful", "注意"}
	LabelHappened = Sentence{"happened", "发生情况"}
	LabelRetry    = Sentence{"try again?", "重发有用吗"}
	LabelStep     = Sentence{"next step", "下一步"}
	LabelFacts    = Sentence{"facts", "要点"}
	LabelDecided  = Sentence{"decided by", "判断依据"}
)

var permanences = map[bounce.Permanence]Sentence{
	bounce.Permanent: {"permanent", "永久"},
	bounce.Temporary: {"temporary", "临时"},
	bounce.Unknown:   {"unknown", "不明"},
	bounce.NoFailure: {"-", "-"},
}

// Permanence is the permanence in a word.
func Permanence(l Lang, p bounce.Permanence) string { return l.Say(permanences[p]) }

var phases = map[bounce.Phase]Sentence{
	bounce.PhaseConnect: {"when connecting", "连接时"},
	bounce.PhaseHelo:    {"at HELO", "HELO 阶段"},
	bounce.PhaseMail:    {"at MAIL FROM, the sender", "MAIL FROM 阶段（发件人）"},
	bounce.PhaseRcpt:    {"at RCPT TO, the recipient", "RCPT TO 阶段（收件人）"},
	bounce.PhaseData:    {"at DATA, the content", "DATA 阶段（内容）"},
}

// How long an address stays on SendCloud's lists, and how it comes off, are in the service's
// description of emailStatus.
var sendCloudLists = map[bounce.SendCloudList]Sentence{
	bounce.ListBounce:    {"SendCloud's bounce list: 2^n hours after the nth bounce, 30 days at most", "SendCloud 退信名单：第 n 次退信后 2^n 小时，最长 30 天"},
	bounce.ListBlock:     {"SendCloud's block list, your own: until lifted under 退信地址 → 加免拦截", "SendCloud 拦截名单（贵司自有）：长期有效，在“退信地址 → 加免拦截”解除"},
	bounce.ListComplaint: {"SendCloud's complaint list: 180 days, or until lifted under 退信地址 → 加免拦截", "SendCloud 投诉名单：180 天，或在“退信地址 → 加免拦截”解除"},
	"":                   {"which of SendCloud's lists is not told: bounce (hours to 30 days), block (your own, for good) or complaint (180 days)", "未说明是 SendCloud 的哪种名单：退信（数小时至 30 天）、拦截（贵司自有，长期）或投诉（180 天）"},
}

var (
	factCode     = Sentence{"code %s", "应答码 %s"}
	factIP       = Sentence{"refused IP %s", "被拒 IP %s"}
	factDomain   = Sentence{"refused domain %s", "被拒域名 %s"}
	factNoDomain = Sentence{"domain %s", "域名 %s"}
	factList     = Sentence{"block list %s", "黑名单 %s"}
	factListLink = Sentence{"block list %s %s", "黑名单 %s %s"}
	factWait     = Sentence{"wait %s", "等待 %s"}
)

// Facts are what a reply tells besides its cause, in short pieces. A link that the next step gives is
// left out.
func Facts(l Lang, e bounce.Explanation) []string {
	var facts []string
	add := func(s Sentence, args ...any) { facts = append(facts, l.Say(s, args...)) }
	if code := strings.TrimSpace(e.Code + " " + e.Enhanced); code != "" {
		add(factCode, code)
	}
	if e.Provider != "" && e.Cause != bounce.Suppressed && e.Cause != bounce.Unsubscribed { // then nobody was asked
		facts = append(facts, bounce.ProviderName(e.Provider, string(l)))
	}
	if s, ok := phases[e.Phase]; ok {
		add(s)
	}
	if e.IP != "" {
		add(factIP, e.IP)
	}
	switch {
	case e.Domain == "":
	case e.Cause == bounce.DomainNotFound: // nobody refused it
		add(factNoDomain, e.Domain)
	default:
		add(factDomain, e.Domain)
	}
	switch {
	case e.ListLink != "" && !strings.Contains(e.NextStep(string(l)), e.ListLink):
		add(factListLink, e.List, e.ListLink)
	case e.List != "":
		add(factList, e.List)
	}
	if e.Wait > 0 {
		add(factWait, Duration(l, e.Wait))
	}
	if s, ok := sendCloudLists[e.SendCloudList]; ok && e.Cause == bounce.Suppressed {
		add(s)
	}
	return facts
}

var (
	notTheAddress = Sentence{"SendCloud says %d “%s”, but the server's words mean “%s”. Do not delete the address from a list for this.",
		"SendCloud 记为 %d“%s”，但回复原文的意思是“%s”。不要因此把该地址移出名单。"}
	theAddress = Sentence{"SendCloud says %d “%s”, but the server's words mean “%s”. The address itself is at fault: do not keep it for that sub-status.",
		"SendCloud 记为 %d“%s”，但回复原文的意思是“%s”。问题在地址本身，不要只凭子状态保留它。"}
)

// Contradiction says that the server's words and SendCloud's sub-status disagree, and what must not
// be done therefore; empty where they do not.
func Contradiction(l Lang, e bounce.Explanation, sub sendcloud.SubStatus) string {
	if !e.Contradicts(int(sub)) {
		return ""
	}
	say := notTheAddress
	if e.Cause.Group() == bounce.GroupNotExist || e.Cause.Group() == bounce.GroupBadFormat || e.Cause == bounce.DomainNotFound {
		say = theAddress
	}
	return l.Say(say, sub, SubStatusName(l, sub), e.Cause.Short(string(l)))
}

// What explain says beside the explanations.
var (
	ExplainShort = Sentence{"Say what a server's reply means", "解释服务器回复的含义"}
	ExplainLong  = Sentence{"Says what a mail server's reply means: the cause, whether trying again helps, who should do what, and the\nwords that decided. TEXT is the reply; - or nothing reads it from standard input, where the whole input is one\nreply. With --format ndjson each line of standard input is a reply (a line that is a JSON string is decoded),\nand each gives one object, in the same order. Needs no account and no network.",
		"解释邮件服务器的回复：原因、重发是否有用、由谁做什么，以及判断依据。TEXT 为回复原文；\n写 - 或省略则读标准输入，全部输入视为一条回复。--format ndjson 时标准输入每行一条回复\n（以引号开头的行按 JSON 字符串解码），按原顺序每条输出一个对象。无需账号和网络。"}
	ExplainExamples = Sentence{`  bounceboard explain '550 5.1.1 <lin.wei@example.com>: user unknown'
  bounceboard explain --domain qq.com --sub-status 406 < reply.txt
  bounceboard list --all | jq -c .sendLog | bounceboard explain --format ndjson -
  bounceboard explain --codes`, `  bounceboard explain '550 5.1.1 <lin.wei@example.com>: user unknown'
  bounceboard explain --domain qq.com --sub-status 406 < reply.txt
  bounceboard list --all | jq -c .sendLog | bounceboard explain --format ndjson -
  bounceboard explain --codes`}
	HelpContext    = Sentence{"What else is known of the reply:", "关于回复的其他信息："}
	PasteReply     = Sentence{"paste the reply, then press ctrl+d on a line of its own", "请粘贴回复，然后在新的一行按 ctrl+d"}
	CodesAlone     = Sentence{"--codes takes no text; leave out %q, or leave out --codes", "--codes 不接受文本；请去掉 %q 或 --codes"}
	OneSubStatus   = Sentence{"--sub-status is %q; a reply has one", "--sub-status 的值为 %q；一条回复只有一个子状态"}
	ReplyCut       = Sentence{"a reply is long enough with %d KiB: the rest was not read", "回复只读取前 %d KiB，其余忽略"}
	InputUnread    = Sentence{"standard input cannot be read (%s)", "无法读取标准输入（%s）"}
	RulesUnread    = Sentence{"rules: %s cannot be read (%s); correct --rules or leave it out", "规则：无法读取 %s（%s）；请改正或去掉 --rules"}
	RulesWrong     = Sentence{"rules: %s", "规则有误：%s"}
	UnknownToken   = Sentence{"%s is %q; the tokens are %s", "%s 的值为 %q，可用的有 %s"}
	HeadPermanence = Sentence{"permanence", "永久/临时"}
	HeadParty      = Sentence{"who acts", "处理方"}
	HeadConfidence = Sentence{"sure", "可信度"}
	HeadProvider   = Sentence{"provider", "服务商"}
	HeadStep       = Sentence{"next step", "下一步"}
	CodesOf        = map[string]Sentence{
		"sub_status": {"SendCloud's sub-statuses (4xx: refused in the session, 5xx: returned after acceptance)", "SendCloud 子状态（4xx：会话中被拒；5xx：接收后退回）"},
		"reply":      {"SMTP reply codes (RFC 5321, 4954, 7504)", "SMTP 应答码（RFC 5321、4954、7504）"},
		"enhanced":   {"enhanced status codes (RFC 3463 and others; X is 4 temporary or 5 permanent)", "增强状态码（RFC 3463 等；X 为 4 临时或 5 永久）"},
	}
)
