package bounce

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/simplifiedchinese"
)

func explain(text string) Explanation { return Default().Explain(Input{Text: text}) }

// matched are the words that decided, as they stand in the text.
func matched(e Explanation, text string) []string {
	var words []string
	for _, m := range e.Matched {
		words = append(words, text[m.Start:m.End])
	}
	return words
}

func TestDecidingWordsStandInTheOriginal(t *testing.T) {
	for text, want := range map[string][]string{
		"550 5.1.1 <a@example.com>: Recipient address rejected: User Unknown in table":                         {"User Unknown"},
		"host mx3.qq.com[192.0.2.1] said: 550 Ip frequency limited [QUJDREVGR0hJSktM Blocked IP 203.0.113.9].": {"Ip frequency limited"},
		"550 收件人邮箱空间不足":                                                                        {"空间不足"},
		"550 ＵＳＥＲ　ＵＮＫＮＯＷＮ":                                                                     {"ＵＳＥＲ　ＵＮＫＮＯＷＮ"},
		"550-5.7.1 this message is\r\n550-5.7.1 likely unsolicited\r\n550 5.7.1 mail. - gsmtp": {"likely unsolicited\r\n550 5.7.1 mail"},
		"550 DOESN&#39;T EXIST: the mailbox doesn&#39;t exist":                                 {"mailbox doesn&#39;t exist"},
		"552 Boîte du destinataire pleine":                                                     {"Boîte du destinataire pleine"},
	} {
		require.Equal(t, want, matched(explain(text), text), text)
	}
}

func TestCauseIsFoundBehindEveryShape(t *testing.T) {
	const reply = "550 5.1.1 <a@example.com>: user unknown"
	for name, text := range map[string]string{
		"bare":         reply,
		"multi-line":   "550-5.1.1 <a@example.com>: user\r\n550-5.1.1 unknown\r\n550 5.1.1 bye",
		"glued":        "550-5.1.1 <a@example.com>: user 550-5.1.1 unknown 550 5.1.1 bye",
		"postfix":      "host mx.example.com[192.0.2.1] said: " + reply + " (in reply to RCPT TO command)",
		"exim":         "SMTP error from remote mail server after RCPT TO:<a@example.com>: host mx.example.com [192.0.2.1]: " + reply,
		"qmail":        "192.0.2.1 does not like recipient.\nRemote host said: " + reply + "\nGiving up on 192.0.2.1.",
		"coremail":     "the mta server of example.com — mx.example.com(192.0.2.1) reply:" + reply,
		"python":       "(550, b'5.1.1 <a@example.com>: user unknown')",
		"exception":    "com.sun.mail.smtp.SMTPSendFailedException: " + reply,
		"chinese wrap": "服务器响应为:" + reply,
		"entities":     "550 5.1.1 &lt;a@example.com&gt;: user unknown",
		"mixed case":   "550 5.1.1 UsEr uNkNoWn",
	} {
		e := explain(text)
		require.Equal(t, UserUnknown, e.Cause, name)
		require.Equal(t, Permanent, e.Permanence, name)
		require.Equal(t, "550", e.Code, name)
	}
}

// What Chinese servers write in their own character set, as bytes, and read as Latin-1 by somebody on the way.
func TestOtherCharsetsAreRead(t *testing.T) {
	gbk := func(s string) string {
		b, err := simplifiedchinese.GBK.NewEncoder().String(s)
		require.NoError(t, err)
		return b
	}
	latin := func(s string) (runes string) {
		for _, b := range []byte(s) {
			runes += string(rune(b))
		}
		return runes
	}
	for text, want := range map[string]Cause{
		"550 " + gbk("邮箱已满"):        MailboxFull,
		"550 " + latin(gbk("邮箱已满")): MailboxFull,
	} {
		e := Default().Explain(Input{Text: text})
		require.Equal(t, want, e.Cause, "%q", text)
		require.Equal(t, BasisText, e.Basis, "%q", text)
		require.Greater(t, e.Matched[0].Start, 3, "the words are the encoded ones")
	}
	require.Equal(t, MailboxFull, explain("552 boîte à lettres éèêë pleine").Cause, "accents are no Chinese")
}

func TestWhatMustNotDecide(t *testing.T) {
	for text, want := range map[string]Cause{
		"550 5.1.1 <spam.blocked.quota@example.com>: user unknown":                               UserUnknown,
		"550 5.1.1 virus-full@example.com user unknown":                                          UserUnknown,
		"550 user unknown (mx.spam-filter.example.com)":                                          UserUnknown,
		"host mx.spamhaus-blocked.example.com[192.0.2.1] said: 550 user unknown":                 UserUnknown,
		"550 user unknown, see http://mx.example.com/help/spam/blacklist":                        UserUnknown,
		"550 user unknown. Your IP is not listed on any block list":                              UserUnknown,
		"550 User a (a@example.com) not listed in Domino Directory":                              UserUnknown,
		"550 5.2.1 Mailbox unavailable. Your IP address 192.0.2.9 is blacklisted using SPAMHAUS": Blocked,
		"550 Requested action not taken: mailbox unavailable, quota exceeded":                    MailboxFull,
		"550 5.7.1 Email rejected per DMARC policy for example.com":                              AuthFailed,
		"552 queue id 550abc: message too large":                                                 MessageTooLarge,
		"connect to mx.example.com[192.0.2.1]:25: Connection timed out":                          Unreachable,
	} {
		require.Equal(t, want.String(), explain(text).Cause.String(), text)
	}
}

func TestFacts(t *testing.T) {
	e := explain("host mx3.qq.com[192.0.2.1] said: 550 Ip frequency limited [QUJDREVGR0hJSktM Blocked IP 203.0.113.9]. http://service.mail.qq.com/cgi-bin/help?subtype=1&&id=20022&&no=1000725 (in reply to end of DATA command)")
	require.Equal(t, "550", e.Code)
	require.Equal(t, "203.0.113.9", e.IP, "the refused address, not the server's")
	require.Equal(t, "http://service.mail.qq.com/cgi-bin/help?subtype=1&&id=20022&&no=1000725", e.HelpLink)
	require.Equal(t, "qq", e.Provider)
	require.Equal(t, "data", e.Phase)
	require.Equal(t, Temporary, e.Permanence, "QQ answers 550 to throttling")

	e = explain("554 5.7.1 Service unavailable; Client host [198.51.100.7] blocked using zen.spamhaus.org; https://www.spamhaus.org/query/ip/198.51.100.7.")
	require.Equal(t, "5.7.1", e.Enhanced)
	require.Equal(t, "198.51.100.7", e.IP)
	require.Equal(t, "Spamhaus ZEN", e.List)
	require.Equal(t, "https://check.spamhaus.org/", e.ListLink)
	require.Equal(t, "https://www.spamhaus.org/query/ip/198.51.100.7", e.HelpLink)

	e = explain("550-5.7.1 [2001:db8::25 12] Our system has detected that this message is 550 5.7.1 likely suspicious due to the very low reputation of the sending IP - gsmtp")
	require.Equal(t, "2001:db8::25", e.IP)
	require.Equal(t, "gmail", e.Provider)

	e = explain("550 5.7.515 Access denied, sending domain news.example.com does not meet the required authentication level.")
	require.Equal(t, "news.example.com", e.Domain)
	require.Equal(t, "microsoft", e.Provider)

	e = explain("220-mx.example.com 421 4.2.1 try later")
	require.Equal(t, "421", e.Code)
	require.Empty(t, explain("connect to mx.example.com:587: Connection refused").Code, "a port is no reply code")
	require.Equal(t, "554", explain("554 DT:SPM 163 smtp7,C8CowAB--.26719S2 1516430742,please see http://mail.163.com/help/help_spam_16.htm?ip=203.0.113.9&hostid=smtp7&time=1516430742").Code)
	require.Equal(t, "5.1.1", explain("sorry, no mailbox here by that name (#5.1.1)").Enhanced)

	for text, want := range map[string]time.Duration{
		"451 Greylisted, please try again in 900 seconds":               15 * time.Minute,
		"451 4.7.1 Greylisting in Action, Please Come Back in 00:02:00": 2 * time.Minute,
		"451 4.7.1 Greylisted for 5 minutes":                            5 * time.Minute,
		"450 灰名单，请 10 分钟后重试":                                            10 * time.Minute,
		"421 too many connections, retry after 1 hour":                  time.Hour,
		"Could not deliver for the last 432000 seconds. Giving up.":     0,
		"550 5.1.1 user unknown, account removed 30 days ago":           0,
		"451 Greylisted, id 900s-11, come back later":                   0,
	} {
		require.Equal(t, want, explain(text).Wait, text)
	}
}

func TestSendCloudsOwnTexts(t *testing.T) {
	for text, list := range map[string]string{
		"worker:address in bounce list":                "bounce",
		"worker:address in block list":                 "block",
		"worker:address in complaint list":             "complaint",
		"黑名单：worker:address in bounce list(bounce)":    "bounce",
		"黑名单：address in complaint list(a@example.com)": "complaint",
	} {
		e := explain(text)
		require.Equal(t, Suppressed, e.Cause, text)
		require.Equal(t, list, e.SendCloudList, text)
		require.Equal(t, SendCloudConsole, e.Party, text)
	}
	e := explain("successfully delivered")
	require.Equal(t, Delivered, e.Cause)
	require.Equal(t, NoFailure, e.Permanence)
	require.Equal(t, DomainNotFound, explain("unrouteable address").Cause)
}

func TestBasisSaysWhatDecided(t *testing.T) {
	for _, c := range []struct {
		in    Input
		cause Cause
		basis Basis
	}{
		{Input{Text: "550 5.1.1 user unknown"}, UserUnknown, BasisText},
		{Input{Text: "550 5.1.1 xyzzy"}, UserUnknown, BasisEnhanced},
		{Input{Text: "552 xyzzy"}, MailboxFull, BasisReply},
		{Input{SubStatus: 406}, UserUnknown, BasisSubStatus},
		{Input{SubStatus: 401}, Suppressed, BasisSubStatus},
		{Input{Text: "xyzzy", SubStatus: 505}, Blocked, BasisSubStatus},
		{Input{Status: 1}, Delivered, BasisSubStatus},
		{Input{Text: "xyzzy"}, Other, BasisNone},
		{Input{}, Other, BasisNone},
	} {
		e := Default().Explain(c.in)
		require.Equal(t, c.cause.String(), e.Cause.String(), "%+v", c.in)
		require.Equal(t, c.basis, e.Basis, "%+v", c.in)
	}
	require.Greater(t, explain("550 5.1.1 user unknown").Confidence, explain("550 5.1.1 xyzzy").Confidence)
	require.Greater(t, explain("550 5.1.1 xyzzy").Confidence, explain("550 xyzzy").Confidence)
}

func TestContradictionIsAboutTheAddress(t *testing.T) {
	blocked := explain("554 5.7.1 Client host [192.0.2.1] blocked using zen.spamhaus.org")
	unknown := explain("550 5.1.1 user unknown")
	full := explain("552 mailbox full")
	for sub, want := range map[int]bool{406: true, 506: true, 404: true, 405: false, 407: false, 409: false, 0: false} {
		require.Equal(t, want, blocked.Contradicts(sub), "blocked and %d", sub)
	}
	for sub, want := range map[int]bool{406: false, 405: true, 507: true, 503: true, 509: false} {
		require.Equal(t, want, unknown.Contradicts(sub), "unknown and %d", sub)
	}
	require.True(t, full.Contradicts(406), "a full mailbox exists")
	require.True(t, explain("successfully delivered").Contradicts(406))
	require.False(t, explain("unrouteable address").Contradicts(406))
	require.False(t, explain("550 5.7.1 xyzzy").Contradicts(406), "a code alone accuses nobody")
}

func TestUsersRulesComeFirstAndErrorsNameTheLine(t *testing.T) {
	r, err := Default().Add("mine.rules", strings.NewReader("# ours\n[acme] sure=80\nlet WHO : colleague | buddy\npolicy temporary party=recipient : no such {WHO} | user unknown\n"))
	require.NoError(t, err)
	e := r.Explain(Input{Text: "550 5.1.1 User unknown"})
	require.Equal(t, Policy, e.Cause)
	require.Equal(t, Temporary, e.Permanence)
	require.Equal(t, Recipient, e.Party)
	require.Equal(t, "mine.rules:4", e.Rule)
	require.Equal(t, 0.63, e.Confidence, "another strong rule reads it otherwise")
	require.Equal(t, UserUnknown, Default().Explain(Input{Text: "550 5.1.1 User unknown"}).Cause, "the built-in rules are untouched")
}

// In both languages: where, the words at fault, and a sentence that another language does not share.
func TestALineThatCannotBeReadIsNamedAndExplained(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range []struct {
		file    string
		line    int
		problem string
		what    string
	}{
		{"blocked : a b\nnonsense : x y", 2, "unknown_cause", "nonsense"},
		{"blocked a b", 1, "no_colon", "blocked a b"},
		{"\u3000 : a b", 1, "no_colon", "a b"},
		{"[x", 1, "no_colon", "[x"},
		{"blocked color=red : a b", 1, "unknown_option", "color=red"},
		{"blocked temporary=1 : a b", 1, "unknown_option", "temporary=1"},
		{"blocked sure=0 : a b", 1, "unknown_option", "sure=0"},
		{"[x] sure=100", 1, "unknown_option", "sure=100"},
		{"[x] loud", 1, "unknown_option", "loud"},
		{"blocked party=me : a b", 1, "unknown_option", "party=me"},
		{"blocked sub=4o6 : a b", 1, "unknown_option", "sub=4o6"},
		{"blocked code=9 : a b", 1, "unknown_option", "code=9"},
		{"blocked code= : a b", 1, "unknown_option", "code="},
		{"blocked status=9.9 : a b", 1, "unknown_option", "status=9.9"},
		{"blocked advice=bogus : a b", 1, "unknown_option", "advice=bogus"},
		{"blocked : {NOBODY} a", 1, "bad_word", "{NOBODY}"},
		{"blocked : (a|b", 1, "bad_word", "(a"},
		{"blocked : (aa .. bb|cc)", 1, "bad_word", "aa .. bb"},
		{"blocked : x", 1, "bad_word", "x"},
		{"blocked : aa\n  | bb | x", 1, "bad_word", "x"},
		{"let WHO : aa || bb\nblocked : {WHO}", 2, "bad_word", ""},
		{"\n\nblocked :", 3, "nothing_to_find", ""},
		{"blocked : not \"aa\"", 1, "nothing_to_find", "not \"aa\""},
		{strings.Repeat("# words\n", maxRuleFile/8+1), 0, "file_too_large", ""},
	} {
		_, err := Default().Add("f", strings.NewReader(c.file))
		var wrong *RuleError
		require.ErrorAs(t, err, &wrong, "%.80s", c.file)
		require.Equal(t, c.problem, wrong.Problem, "%.80s", c.file)
		require.Equal(t, c.line, wrong.Line, "%.80s", c.file)
		require.Contains(t, wrong.What, c.what)
		seen[c.problem] = true
		for _, lang := range []string{"en", "zh"} {
			said := wrong.In(lang)
			require.True(t, strings.HasPrefix(said, "f:"), said)
			require.NotRegexp(t, `\{(what|causes|parties)\}`, said, "%s: a gap in the sentence is not filled", c.problem)
			require.Less(t, len(said), 600, "a line is repeated without bounds")
			require.Greater(t, len(said), 30, "%s has no sentence in %s", c.problem, lang)
		}
		require.NotEqual(t, wrong.In("en"), wrong.In("zh"))
	}
	for key := range texts() {
		if problem, is := strings.CutPrefix(key, "rule."); is {
			require.True(t, seen[problem], "no test sees %s", problem)
		}
	}
}

func TestProviderFromTextOrDomain(t *testing.T) {
	require.Equal(t, "netease", explain("554 DT:SPM 163 smtp7").Provider)
	require.Equal(t, "tencent_exmail", explain("host mxbiz1.qq.com [192.0.2.1]: 550 Mail content denied").Provider)
	require.Equal(t, "gmail", Default().Explain(Input{Text: "550 user unknown", Domain: "GMail.com"}).Provider)
	require.Equal(t, "qq", Default().Explain(Input{Text: "550 user unknown", Domain: "vip.qq.com."}).Provider)
	require.Empty(t, Default().Explain(Input{Text: "550 user unknown", Domain: "notqq.com"}).Provider)
	require.Contains(t, Default().Providers(), "coremail")
}

func TestASendersDomainIsNotTheProvider(t *testing.T) {
	for text, want := range map[string]string{
		"554 outlook.com is on our block list":                                    "",
		"550 5.7.1 Email rejected per DMARC policy for qq.com":                    "",
		"550 Sender domain qq.com has been rejected":                              "",
		"550 5.7.509 Access denied, sending domain 163.com does not pass DMARC":   "",
		"host mx3.qq.com[192.0.2.1] said: 550 Sender domain 163.com rejected":     "qq",
		"550 rejected, see https://service.mail.qq.com/detail/122":                "qq",
		"the mta server of qq.com — mx3.qq.com(192.0.2.1) reply:550 no such user": "qq",
	} {
		require.Equal(t, want, Default().Explain(Input{Text: text, Domain: "firm.example"}).Provider, text)
	}
	require.Equal(t, "qq", Default().Explain(Input{Text: "550 per DMARC policy for 163.com", Domain: "qq.com"}).Provider)
}

func TestOneProvidersAdviceIsNotAnothers(t *testing.T) {
	const text = "550 5.7.1 Message rejected due to local policy."
	require.NotContains(t, explain(text).NextStep("en"), "apple")
	require.Contains(t, Default().Explain(Input{Text: text, Domain: "icloud.com"}).NextStep("en"), "apple")
}

// A code alone, or SendCloud alone, is no word of the server's.
func TestWhatTheServerDidNotSayIsNotPutIntoItsMouth(t *testing.T) {
	for _, in := range []Input{{Text: "550 xyzzy"}, {SubStatus: 406}} {
		e := Default().Explain(in)
		require.Equal(t, UserUnknown, e.Cause)
		require.NotContains(t, e.What("en"), "server says")
		require.Contains(t, e.What("en")+e.What("zh"), UserUnknown.Short("zh"))
	}
	require.NotContains(t, Default().Explain(Input{Text: "550 xyzzy"}).NextStep("en"), "remove it")
	require.Contains(t, explain("550 5.1.1 xyzzy").What("en"), "the enhanced code 5.1.1", "the enhanced code says it (RFC 3463)")
	require.True(t, explain("452 4.5.3 xyzzy").Guess() || strings.Contains(explain("452 4.5.3 xyzzy").What("en"), "code"), "a code alone is no fact")
}

func TestUnrouteableAtAKnownProviderIsAboutTheMailbox(t *testing.T) {
	in := Input{Text: "550 unrouteable address", Domain: "qq.com", SubStatus: 406}
	e := Default().Explain(in)
	require.Equal(t, UserUnknown, e.Cause)
	require.Equal(t, Permanent, e.Permanence)

	in.Domain = "example.com"
	require.Equal(t, DomainNotFound, Default().Explain(in).Cause, "any other domain may be misspelt")
	in.Domain, in.SubStatus = "qq.com", 403
	require.Equal(t, DomainNotFound, Default().Explain(in).Cause, "SendCloud does not say that the address is wrong")
}

// Only an address that the reply's own words call the sender's, the client's, yours or blocked is the
// refused one. What stands behind a server's name is the receiver's.
func TestTheRefusedIPIsOursOrNobodys(t *testing.T) {
	for text, want := range map[string]string{
		"host mx7.mail.example.org[198.51.100.77] said: 550 5.7.1 Connection rate limit exceeded, try later (in reply to MAIL FROM command)":                           "",
		"host mx2.corp.example.cn[198.51.100.9] refused to talk to me: 554 Your access to this mail system has been rejected due to the sending MTA's poor reputation": "",
		"host mx1.example.net[198.51.100.12] said: 550 5.7.1 Client host [203.0.113.66] blocked using a block list":                                                    "203.0.113.66",
		"host mx1.example.net [198.51.100.12]: 421 4.7.0 Too many connections from your IP 203.0.113.66":                                                               "203.0.113.66",
		"lost connection with mx3.example.com[198.51.100.31] while sending RCPT TO":                                                                                    "",
		"the mta server of qq.com — mx3.qq.com(198.51.100.9) reply:550 Ip frequency limited [MTk1 Blocked IP 203.0.113.9]":                                             "203.0.113.9",
		"Host qq.com(198.51.100.9) DOT said 550 Connection frequency limited":                                                                                          "",
		"550-5.7.1 [203.0.113.9 12] Our system has detected a very low reputation of the sending IP":                                                                   "203.0.113.9",
		"554 您的IP 203.0.113.9 已被列入黑名单":                                                                                                                                 "203.0.113.9",
		"521-203.0.113.116 blocked by our blacklist":                                                                                                                   "203.0.113.116",
		"554 5.7.1 Rejected 203.0.113.8 found in dnsbl.example.org":                                                                                                    "203.0.113.8",
		"550 No RDNS entry for 203.0.113.4":                                                                                                                            "203.0.113.4",
		"550 blocked, see https://www.spamhaus.org/query/ip/203.0.113.44":                                                                                              "203.0.113.44",
		"421 4.7.0 [TSS04] Messages temporarily deferred - 4.16.55.1":                                                                                                  "",
	} {
		require.Equal(t, want, explain(text).IP, text)
	}
	require.Empty(t, explain("550-SPF: not allowed to send mail from 550-server.example.com: see http://example.org").Domain, "a line's code is no part of a domain")
}

func TestTheReceiverNamedIsTheOneThatSpoke(t *testing.T) {
	in := Input{Text: "550 Ip frequency limited. http://service.mail.qq.com/cgi-bin/help?subtype=1&&id=20022&&no=1000725", Domain: "yahoo.com"}
	require.Contains(t, Default().Explain(in).NextStep("en"), "to QQ Mail")
	in.Domain = "qq.com"
	require.Contains(t, Default().Explain(in).NextStep("en"), "to qq.com")
}

// SendCloud's own refusals are the sender's to mend, and its three lists end differently.
func TestWhatSendCloudItselfRefused(t *testing.T) {
	for text, party := range map[string]Party{
		"553 template_validate not match":                  Content,
		"Not enough quota, sending paused by the platform": SendCloudConsole,
		"no delivery right":                                SendCloudConsole,
	} {
		e := explain(text)
		require.Equal(t, party, e.Party, text)
		require.Contains(t, e.What("en"), "SendCloud itself", text)
	}
	for text, list := range map[string]string{
		"Blacklist: Bounce(worker:address in bounce list)": "bounce", "Blacklist:complaint (a@example.com)": "complaint",
		"Blacklist: Block：(a@example.com)": "block", "黑名单：bounce(a@example.com)": "bounce",
	} {
		e := explain(text)
		require.Equal(t, Suppressed, e.Cause, text)
		require.Equal(t, list, e.SendCloudList, text)
	}
	require.NotRegexp(t, `\d+ days`, Explanation{Cause: Suppressed, SendCloudList: "bounce"}.NextStep("en"), "the console shows until when")
}

// The state of the mail is an input of the advice; without it the sub-status tells.
func TestTheAdviceKnowsTheMailsState(t *testing.T) {
	const text = "451 4.3.0 Temporary system problem"
	over, waiting := Default().Explain(Input{Text: text, Status: 5}), Default().Explain(Input{Text: text, Status: 18})
	require.Contains(t, over.WhetherRetry("en"), "this mail was given up")
	require.Contains(t, waiting.What("en"), "Waiting")
	require.Equal(t, over.WhetherRetry("zh"), Default().Explain(Input{Text: text, SubStatus: 503}).WhetherRetry("zh"))
}

// A domain that is not the recipient's may be the sender's: nobody drops an address for it.
func TestAnotherDomainThatDoesNotExistIsAGuess(t *testing.T) {
	in := Input{Text: "550 Domain does not exist: news.example.com", Domain: "Example.com"}
	require.False(t, Default().Explain(in).Guess())
	in.Domain = "example.org"
	require.True(t, Default().Explain(in).Guess())
	require.NotContains(t, Default().Explain(in).NextStep("en"), "remove")
}

func TestAMisspeltDomainIsAskedAbout(t *testing.T) {
	in := Input{Text: "550 5.1.1 user unknown", Domain: "gamil.com"}
	require.Contains(t, Default().Explain(in).NextStep("en"), "Perhaps gmail.com is meant.")
	require.Contains(t, Default().Explain(in).NextStep("zh"), "可能应为 gmail.com。")
}

func TestAGuessSaysThatItIsOne(t *testing.T) {
	require.False(t, explain("550 5.1.1 user unknown").Guess())
	require.True(t, explain("550 xyzzy").Guess(), "a code that leaves much open")
	require.True(t, explain("550 The inhabitant moved out and nobody occupies that letterbox").Guess(), "single words")
	require.Equal(t, Other, explain("554 blah something odd").Cause)
	require.Contains(t, explain("554 blah something odd").NextStep("en"), "receiving postmaster")
}
