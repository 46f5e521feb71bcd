package words

import (
	"cmp"
	"strings"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
)

var (
	permanences = pairs("permanences")
	phases      = pairs("phases")
	// How long an address stays on SendCloud's lists, and how it comes off, are in the service's
	// description of emailStatus.
	sendCloudLists = pairs("sendcloud_lists")
)

// Permanence is the permanence in a word.
func Permanence(l Lang, p bounce.Permanence) string { return l.Say(permanences[p.String()]) }

var (
	factCode     = Sentence{"code %s", "应答码 %s"}
	factIP       = Sentence{"refused IP %s", "被拒 IP %s"}
	factDomain   = Sentence{"refused domain %s", "被拒域名 %s"}
	factNoDomain = Sentence{"domain %s", "域名 %s"}
	factList     = Sentence{"block list %s", "黑名单 %s"}
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
	if s, ok := phases[string(e.Phase)]; ok {
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
	if !strings.Contains(e.NextStep(string(l)), e.ListLink) {
		e.List = strings.TrimSpace(e.List + " " + e.ListLink)
	}
	if e.List != "" {
		add(factList, e.List)
	}
	if e.Wait > 0 {
		add(factWait, Duration(l, e.Wait))
	}
	if e.Cause == bounce.Suppressed {
		add(sendCloudLists[cmp.Or(string(e.SendCloudList), "-")])
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
	ExplainShort    = Sentence{"Say what a server's reply means", "解释服务器回复的含义"}
	ExplainLong     = document("explain")
	ExplainExamples = document("explain examples")
	HelpContext     = Sentence{"What else is known of the reply:", "关于回复的其他信息："}
	PasteReply      = Sentence{"paste the reply, then press ctrl+d on a line of its own", "请粘贴回复，然后在新的一行按 ctrl+d"}
	CodesAlone      = Sentence{"--codes takes no text; leave out %q, or leave out --codes", "--codes 不接受文本；请去掉 %q 或 --codes"}
	OneSubStatus    = Sentence{"--sub-status is %q; a reply has one", "--sub-status 的值为 %q；一条回复只有一个子状态"}
	ReplyCut        = Sentence{"a reply is long enough with %d KiB: the rest was not read", "回复只读取前 %d KiB，其余忽略"}
	InputUnread     = Sentence{"standard input cannot be read (%s)", "无法读取标准输入（%s）"}
	RulesWrong      = Sentence{"rules: %s", "规则有误：%s"}
	LabelParty      = Sentence{"who acts", "处理方"}
	LabelSure       = Sentence{"sure", "可信度"}
	LabelProvider   = Sentence{"provider", "服务商"}
	CodesOf         = pairs("explain_codes")
)

// NothingToExplain is what explain says to nothing.
var NothingToExplain = Sentence{"there is no reply to explain: give the text as an argument, or on standard input", "没有要解释的回复：请把原文作为参数给出，或从标准输入传入"}

// DomainMeant asks whether another domain is meant.
var DomainMeant = Sentence{"%s? The domain is one letter away from it.", "是否应为 %s？域名与它只差一个字母。"}
