package words

import (
	"strconv"

	"bounceboard/sendcloud"
)

// Labels of values, and heads of columns.
var (
	LabelStatus     = Sentence{"status", "状态"}
	LabelPermanence = Sentence{"permanence", "永久/临时"}
	LabelConfidence = Sentence{"sure", "可信度"}
	LabelSub        = Sentence{"sub-status", "子状态"}
	LabelRequested  = Sentence{"requested", "请求时间"}
	LabelChanged    = Sentence{"changed", "最近变更"}
	LabelUser       = Sentence{"api user", "发信账号"}
	LabelID         = Sentence{"email id", "邮件 ID"}
	LabelReply      = Sentence{"server said", "服务器回复"}
	LabelDecoded    = Sentence{"decoded", "解码后"}
	LabelRecipient  = Sentence{"recipient", "收件人"}
	LabelShare      = Sentence{"share", "占比"}
	LabelAsOf       = Sentence{"as of", "截至"}
	LabelFirst      = Sentence{"first", "最早"}
	LabelLast       = Sentence{"last", "最晚"}
	LabelLabel      = Sentence{"label", "标签"}
	LabelNumber     = Sentence{"id", "编号"}
	LabelCause      = Sentence{"cause", "原因"}
	LabelCareful    = Sentence{"careful", "注意"}
	LabelHappened   = Sentence{"happened", "发生情况"}
	LabelRetry      = Sentence{"try again?", "重发有用吗"}
	LabelStep       = Sentence{"next step", "下一步"}
	LabelFacts      = Sentence{"facts", "要点"}
	LabelDecided    = Sentence{"decided by", "判断依据"}
	LabelPattern    = Sentence{"pattern", "模式"}
	LabelMails      = Sentence{"mails", "邮件数"}
	LabelSeen       = Sentence{"seen", "出现时间"}
	LabelDomains    = Sentence{"domains", "收件域名"}
	LabelSample     = Sentence{"sample", "样例"}
	LabelSubShort   = Sentence{"sub", "子状态"}
	LabelTook       = Sentence{"took", "用时"}
)

// What a pane says of rows.
var (
	spent      = Sentence{"  (took %s)", "（用时 %s）"} // behind the moment
	waited     = Sentence{"  (the last try, after waiting %s)", "（最近一次尝试，此前已等待 %s）"}
	NoReply    = Sentence{"nothing was logged", "没有记录"}
	NoTime     = Sentence{"not told", "未提供"}
	NoneChosen = Sentence{"No row is selected.", "没有选中任何一行。"}
	More       = Sentence{"%d more lines", "还有 %d 行"}
	RowMissing = Sentence{"not loaded", "未读取"}
)

// Spent says, behind the moment of a mail's last change, how long the mail took,
// or how long a requested one had waited by then.
func Spent(l Lang, r sendcloud.Record) string {
	d, ok := r.Waited()
	switch {
	case !ok:
		return ""
	case r.Status == sendcloud.Requested:
		return l.Say(waited, Short(d))
	}
	return l.Say(spent, Short(d))
}

// codes has the name and the meaning of each status and sub-status. The names are those of the
// service's documentation; the meanings say in its terms what happened and what must not be concluded.
var codes = table("codes")

func status(s sendcloud.Status) []Sentence {
	if said, ok := codes[strconv.Itoa(int(s))]; ok {
		return said
	}
	return codes["0"]
}

// StatusName is the short name of a status.
func StatusName(l Lang, s sendcloud.Status) string { return l.Say(status(s)[0]) }

// StatusMeaning says what a status means, and what it does not.
func StatusMeaning(l Lang, s sendcloud.Status) string { return l.Say(status(s)[1]) }

// SubStatusName is the short name of a sub-status, without its family; empty
// for 0, the number for a code that is not documented.
func SubStatusName(l Lang, s sendcloud.SubStatus) string {
	if s.Known() {
		return l.Say(codes[Code(s)][0])
	}
	return Code(s)
}

// SubStatusMeaning says what a sub-status means, and what it does not; empty
// for a code that is not documented.
func SubStatusMeaning(l Lang, s sendcloud.SubStatus) string {
	if s.Known() {
		return l.Say(codes[Code(s)][1])
	}
	return ""
}

// Code is a sub-status as a number; empty for 0.
func Code(s sendcloud.SubStatus) string {
	if s == 0 {
		return ""
	}
	return strconv.Itoa(int(s))
}
