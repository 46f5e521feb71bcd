package paste

import (
	"encoding/base64"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"bounceboard/sendcloud"
)

const (
	message = "1476754319514_15555555_32350_1350.sc-10_10_126_221-inbound0"
	id      = message + "$a@qq.com"
)

// found are the items of a text in short: a address, e email id, m message id
// with its recipient.
func found(text string) []string {
	var list []string
	for _, i := range Read(text).Items {
		switch i.Kind {
		case Address:
			list = append(list, "a "+i.Text)
		case EmailID:
			list = append(list, "e "+i.Text)
		case MessageID:
			list = append(list, strings.TrimRight("m "+i.Text+" "+i.Recipient, " "))
		}
	}
	return list
}

func TestWhatPeopleHold(t *testing.T) {
	log := id + "#a@qq.com#32350#15555555#task7#0"
	for text, want := range map[string][]string{
		// addresses in any dress
		"a@qq.com":                                      {"a a@qq.com"},
		"Lin Wei <lin.wei@qq.com>":                      {"a lin.wei@qq.com"},
		"mailto:a@qq.com?subject=x@y.com":               {"a a@qq.com"},
		"ｌｉｎ．ｗｅｉ＠ｑｑ．ｃｏｍ":                                {"a lin.wei@qq.com"},
		`"Wang, Fang" <w@qq.com>; li@163.com、z@sina.cn`: {"a w@qq.com", "a li@163.com", "a z@sina.cn"},
		"a@qq.com\tLin\t2026-11-30\nA@QQ.com":           {"a a@qq.com"},
		"收件人:wang.fang@example.com.cn。 发给li@qq.com的邮件没收到！用户@例子.中国": {"a wang.fang@example.com.cn", "a li@qq.com", "a 用户@例子.中国"},
		"&lt;a@qq.com&gt;":                        {"a a@qq.com"},
		"https://x.example/u?to=a%40qq.com&n=1":   {"a a@qq.com"},
		"did a@qq.com get it?":                    {"a a@qq.com"},
		"a\u200b@qq.com\u00ad":                    {"a a@qq.com"},
		"email,name\na@qq.com,Lin\nb@qq.com,Wang": {"a a@qq.com", "a b@qq.com"},
		// email ids
		id: {"e " + id},
		"emailId=" + message + "%24a%40qq.com&days=7":        {"e " + id},
		message + "%2524a%2540qq.com":                        {"e " + id},
		id + "," + id:                                        {"e " + id},
		id + "$a@qq.com":                                     {"e " + id},
		id + "#a@qq.com#3":                                   {"e " + id},
		id + "\ta@qq.com":                                    {"e " + id},
		"邮件ID：" + id + "。请查":                                 {"e " + id},
		"邮件" + id + "的状态":                                    {"e " + id},
		"邮件ID：opaque-1$a@qq.com":                             {"e opaque-1$a@qq.com"},
		"sg-" + id:                                           {"e sg-" + id},
		id + ";1476754319514_15_1.sc-10_10_126_221-inbound1": {"e " + id, "m 1476754319514_15_1.sc-10_10_126_221-inbound1"},
		// message ids
		message:                                       {"m " + message},
		"sg-" + message:                               {"m sg-" + message},
		"邮件ID:" + message + "的状态":                     {"m " + message},
		"<" + message + "@mail.shop.example>":         {"m " + message},
		message + ",a@qq.com":                         {"m " + message + " a@qq.com"},
		"250 #1476754319514_15_1.sc-1-inbound#Queued": {"m 1476754319514_15_1.sc-1-inbound"},
		"250 #opaque-message-7#Queued":                {"m opaque-message-7"},
		"MAIL FROM:<s@shop.example>\nRCPT TO:<a@qq.com>\n250 #" + message + "#Queued": {"a a@qq.com", "m " + message + " a@qq.com"},
		// headers
		"X-SENDCLOUD-UUID: " + id:                                                {"e " + id},
		"> x-sendcloud-uuid:\n> " + id:                                           {"e " + id},
		"X-SENDCLOUD-UUID: strange id":                                           nil,
		"X-SENDCLOUD-UUID: strange$a@qq.com#":                                    {"e strange$a@qq.com"},
		"X-SENDCLOUD-LOG: " + log:                                                {"e " + id},
		"X-SENDCLOUD-LOG: " + message + "#a@qq.com#1#15555555":                   {"m " + message + " a@qq.com"},
		"X-SENDCLOUD-LOG-NEW: " + base64.StdEncoding.EncodeToString([]byte(log)): {"e " + id},
		base64.RawStdEncoding.EncodeToString([]byte(log)):                        {"e " + id},
		"Message-ID: <" + message + "@shop.example>":                             {"m " + message},
		"Message-ID: <" + message + "@shop.example>\nTo: a@qq.com":               {"m " + message + " a@qq.com"},
		"Message-Id: <own-1@shop.example>\nTo: Lin <a@qq.com>":                   {"a a@qq.com"},
		// logs: the sender is no recipient
		"Nov 30 09:31:00 mx1 postfix/smtp[77]: 4F2: to=<lin.wei@qq.com>, relay=mx3.qq.com[192.0.2.1]:25, dsn=5.1.1 (no user billing@example.com)": {"a lin.wei@qq.com", "a billing@example.com"},
		"2026-11-30 from=<s@shop.example> to=<a@qq.com> 250 #" + message + "#Queued":                                                              {"m " + message + " a@qq.com"},
		`{"from":"s@shop.example","to":"a@qq.com"}`:                                                                                               {"a a@qq.com"},
		"From: s@shop.example To: a@qq.com":                                                                                                       {"a a@qq.com"},
		"mail from s@shop.example to a@qq.com":                                                                                                    {"a a@qq.com"},
		"From: s@shop.example":                                                                                                                    nil,
		"发件人：s@shop.example":                                                                                                                      nil,
		"2026-11-30 09:31:00 1kX <= s@shop.example H=mx U=www\n2026-11-30 09:31:01 1kX => a@qq.com R=dnslookup":                                   {"a a@qq.com"},
		"发件人: Shop <s@shop.example>\n收件人: 林 <a@qq.com>\n主题: 关于 b@qq.com":                                                                          {"a a@qq.com"},
		"发件人:s@shop.example 收件人:a@qq.com":                                                                                                         {"a a@qq.com"},
		"sender_email=s@shop.example; rcpt=a@qq.com":                                                                                              {"a a@qq.com"},
		"o'brien@qq.com 'a@qq.com'":                                                                                                               {"a o'brien@qq.com", "a a@qq.com"},
		"From s@shop.example Mon Nov 30 09:31:00 2026":                                                                                            nil,
		"To: a@qq.com\nid: " + message + "\nnote: b@qq.com":                                                                                       {"a a@qq.com", "m " + message, "a b@qq.com"},
		// nothing
		"": nil, "hello": nil, "12345": nil, "wang@qq": nil, "2026-11-30 08:00": nil,
		"0000000000001_1_2.sc": nil, "91476754319514_15_1.sc": nil,
	} {
		require.Equal(t, want, found(text), "%q", text)
	}
}

const wholeHeader = `Received: from mx.shop.example (mx.shop.example [192.0.2.7])
	by mx3.qq.com with ESMTP for <a@qq.com>; Mon, 30 Nov 2026 09:31:00 +0800
Return-Path: <bounce-17@shop.example>
DKIM-Signature: v=1; a=rsa-sha256; d=shop.example; i=@shop.example;
 bh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=
From: Shop <news@shop.example>
To: =?utf-8?B?5p6X?=
 <a@qq.com>
Cc: boss@shop.example
Organization: Shop
User-Agent: x/1
References: <1476754319999_15555555_1_1.sc-10_10_126_221-inbound0@shop.example>
Message-ID:
 <` + message + `@shop.example>
Subject: your order, a question for b@qq.com
`

func TestAWholeHeaderIsOneMail(t *testing.T) {
	p := Read(wholeHeader)
	require.Equal(t, []Item{{MessageID, message, "a@qq.com"}}, p.Items)
	require.Equal(t, id, p.Items[0].EmailID())
	require.Equal(t, []string{"bounce-17@shop.example", "news@shop.example"}, p.Senders)
	require.Empty(t, p.NotUnderstood)

	log := base64.StdEncoding.EncodeToString([]byte(id + "#a@qq.com#32350#15555555#task#0"))
	p = Read(wholeHeader + "X-SENDCLOUD-LOG-NEW: " + log[:40] + "\n " + log[40:] + "\nX-SENDCLOUD-UUID: " + id + "\n\nDear a@qq.com,\n")
	require.Equal(t, []Item{{EmailID, id, "a@qq.com"}}, p.Items[:1])
	require.Len(t, p.Items, 2, "what stands below the header is text")
}

// What is found can be asked for.
func TestFoundIsAQuery(t *testing.T) {
	emails, ids := Found(message + ",a@qq.com\n1476754319514_15_1.sc-1-inbound1; b@qq.com c@qq.com")
	require.Equal(t, []string{"b@qq.com", "c@qq.com"}, emails)
	require.Equal(t, []string{id, "1476754319514_15_1.sc-1-inbound1"}, ids)
	rapid.Check(t, func(t *rapid.T) {
		emails, ids := Found(rapid.StringOf(rapid.SampledFrom([]rune("ab1476754319514_.@＠．<>＜;；,，、 \t\n\"mailto:：?|()\u200b中。：！$\xff"))).Draw(t, "text"))
		require.Empty(t, sendcloud.Query{Emails: emails, EmailIDs: ids}.Validate(time.Now(), 0))
	})
}

func TestWhatAnIDTells(t *testing.T) {
	i := Read("sg-" + message).Items[0]
	sent, ok := i.Sent()
	require.True(t, ok)
	require.Equal(t, "2016-10-18 09:31:59", sent.Format("2006-01-02 15:04:05"))
	require.Equal(t, "15555555", i.Account())
	i = Read("opaque-1$a@qq.com").Items[0]
	require.Empty(t, i.Account())
	_, ok = i.Sent()
	require.False(t, ok)
}

func TestMatches(t *testing.T) {
	row := sendcloud.Record{EmailID: message + "7$A@qq.com", Recipients: "A@qq.com"}
	for text, want := range map[string]bool{
		message: true, message + "7": true, message + ",a@qq.com": true, message + ",b@qq.com": false,
		"a@qq.com": true, "b@qq.com": false, message + "7$a@qq.com": true, id: false,
		"1476754319514_15555555_32350_1350.sc-10_10_126_221-inbound": true, "1476754319514_15555555_32350_1350.sc-10_10_126": false,
	} {
		require.Equal(t, want, Read(text).Items[0].Matches(row), text)
	}
}

func TestWhatIsNotUnderstoodIsNamed(t *testing.T) {
	p := Read("email,amount\na@qq.com,5\n\nwang@qq,7\nno mail here\nb@qq.com c@@d\n")
	require.Equal(t, []string{"a@qq.com", "b@qq.com"}, p.Of(Address))
	require.Equal(t, []string{"email,amount", "wang@qq", "no mail here", "c@@d"}, p.NotUnderstood)
}

// Whatever stands around an address or an id, it is found again.
func TestADressedItemIsFoundAgain(t *testing.T) {
	dress := []string{"%s", "<%s>", "“%s”", "%s。", "(%s)", "\t%s\t", "查一下：%s，谢谢", "x;%s;y", "id=%s", "[%s]", "%s!", "\ufeff%s\u200b", "- %s\r\n", "| %s |", "1. %s", `{"value":"%s"}`}
	rapid.Check(t, func(t *rapid.T) {
		to := rapid.StringMatching(`[a-z][a-z0-9]{0,8}([._+-][a-z0-9]{1,5})?@(qq|163|mail\.example)\.(com|cn)`).Draw(t, "to")
		message := fmt.Sprintf("%d_%d_%d_1.sc-10_0_0_1-inbound%d", rapid.Int64Range(1300000000000, 1900000000000).Draw(t, "ms"),
			rapid.IntRange(1, 1e8).Draw(t, "account"), rapid.IntRange(0, 99999).Draw(t, "n"), rapid.IntRange(0, 99).Draw(t, "index"))
		text, want := to, Item{Address, to, to}
		switch rapid.IntRange(0, 4).Draw(t, "kind") {
		case 1:
			text, want = message+"$"+to, Item{EmailID, message + "$" + to, to}
		case 2:
			text, want = message+"%24"+strings.Replace(to, "@", "%40", 1), Item{EmailID, message + "$" + to, to}
		case 3:
			text, want = message, Item{MessageID, message, ""}
		case 4:
			text, want = strings.Map(func(r rune) rune { return r - '!' + '！' }, to), Item{Address, to, to}
		}
		p := Read(fmt.Sprintf(rapid.SampledFrom(dress).Draw(t, "dress"), text))
		require.Equal(t, []Item{want}, p.Items)
	})
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{wholeHeader, id, "X-SENDCLOUD-LOG-NEW: aGVsbG8jJEA=", "from,to\n,,\n", "a@b.cn<mailto:a@b.cn>", "%2524%40", "\xff＠。", "D6\xc7\xc0'@qq.c", "\xd0.@0.0", "To:\n\nTo", "> > To: a@qq.com"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		p := Read(text)
		seen := map[string]bool{}
		for _, i := range p.Items {
			require.NotEmpty(t, i.Text)
			require.False(t, seen[i.Text+" "+i.Recipient], "%q twice", i.Text)
			seen[i.Text+" "+i.Recipient] = true
			require.NotContains(t, i.Text, " ")
			i.Sent()
			i.Account()
			i.Matches(sendcloud.Record{EmailID: i.Text, Recipients: i.Recipient})
			if i.Kind == Address {
				again, err := sendcloud.ParseEmails(i.Text)
				require.NoError(t, err)
				require.Len(t, again, 1)
			}
		}
	})
}
