package sendcloudtest

// The service's words. A client's own tables are not used here on purpose:
// two readings of the documentation check each other.

var statusWords = map[string]map[int]string{
	WordsChinese: {delivered: "送达", invalid: "无效邮件", soft: "软退信", requested: "请求中"},
	WordsOld:     {delivered: "投递成功", invalid: "无效邮件", soft: "软退信", requested: "请求中"},
	WordsEnglish: {delivered: "delivered", invalid: "invalid email", soft: "soft bounce", requested: "sending"},
}

// subWords are the descriptions by last digit, Chinese and English.
var subWords = [10][2]string{
	1: {"SendCloud黑名单中", "on the SendCloud blacklist"},
	2: {"取消订阅", "unsubscribed"},
	3: {"服务器不可达", "server unreachable"},
	4: {"地址格式错误", "malformed address"},
	5: {"IP、域名被拒", "IP or domain rejected"},
	6: {"地址不存在", "address does not exist"},
	7: {"垃圾邮件", "spam"},
	8: {"发件人/收件人被拒", "sender or recipient rejected"},
	9: {"其他", "other"},
}

// lateWords are the Chinese descriptions of 503, 506 and 507, which differ.
var lateWords = map[int]string{503: "服务不可达", 506: "邮箱地址不存在", 507: "反垃圾邮件被拒"}

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
	status = statusWords[set][r.Status]
	if r.SubStatus == 0 {
		return status, ""
	}
	desc = subWords[r.SubStatus%10][0]
	if late := lateWords[r.SubStatus]; late != "" {
		desc = late
	}
	if set == WordsEnglish {
		desc = subWords[r.SubStatus%10][1]
	}
	full := status + "-" + desc
	if o.DescFamily == DescPrefixed {
		desc = full
	}
	if composite {
		status = full
	}
	return status, desc
}
