package words

import (
	"net/netip"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
	"bounceboard/sendcloud/find"
)

var everyPermanence = []bounce.Permanence{bounce.Unknown, bounce.Permanent, bounce.Temporary, bounce.NoFailure}

// each calls f for every cause, permanence, status and language.
func each(f func(l Lang, s sendcloud.Status, e bounce.Explanation, text string)) {
	for _, l := range []Lang{English, Chinese} {
		for _, cause := range bounce.Causes() {
			for _, s := range append(sendcloud.Statuses(), sendcloud.StatusUnknown) {
				for _, p := range everyPermanence {
					e := bounce.Explanation{Cause: cause, Permanence: p, Basis: bounce.BasisText, Confidence: 1, Code: "550", Enhanced: "5.7.1",
						IP: "203.0.113.9", Domain: "shop.example", List: "Spamhaus ZEN", ListLink: "https://zen.example", Provider: "qq"}
					f(l, s, e, Answer(l, s, e))
				}
			}
		}
	}
}

// Words that only people who run mail servers know, that blame somebody, or that
// name the service behind us.
var (
	jargon = []string{"ip", "smtp", "dns", "spf", "dkim", "dmarc", "tls", "ssl", "mx", "ptr", "helo", "mime", "api", "esp", "server", "bounce", "bounced", "hard", "soft",
		"blacklist", "blocklist", "greylist", "greylisted", "relay", "reputation", "policy", "header", "envelope", "domain", "protocol", "postmaster", "throttled", "quota", "sendcloud", "qq", "spamhaus",
		"invalid", "spam", "fault", "wrong", "mistake", "failed", "error", "refused", "rejected", "blocked", "%"}
	chineseJargon = []string{"退信", "黑名单", "灰名单", "中继", "域名", "服务器", "信誉", "协议", "反向解析", "投递失败", "无效", "限流", "子状态", "回执", "报错", "错误", "填错", "拒收", "拒绝", "屏蔽", "封禁", "失败", "您的问题", "SendCloud"}
	again         = []string{"send the mail again", "send it again", "send the mail there", "we will send it to you", "重新发送", "发到那里", "为您发送"}
	keeps         = []string{"keep trying", "继续尝试投递", "仍在投递"}
)

func TestEveryAnswerKeepsTheRules(t *testing.T) {
	each(func(l Lang, s sendcloud.Status, e bounce.Explanation, text string) {
		about := []any{"%s %s %s %s: %s", l, s, e.Cause, e.Permanence, text}
		size := utf8.RuneCountInString(text)
		require.True(t, size >= 20 && size <= 700, about...)
		require.False(t, strings.ContainsFunc(text, unicode.IsDigit), about...)
		for word := range strings.FieldsFuncSeq(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && r != '%' }) {
			require.NotContains(t, jargon, word, about...)
			_, err := netip.ParseAddr(word)
			require.Error(t, err, about...)
		}
		for _, word := range chineseJargon {
			require.NotContains(t, text, word, about...)
		}
		sentences := strings.Count(text, ". ") + strings.Count(text, "。")
		if strings.HasSuffix(text, ".") {
			sentences++
		}
		require.True(t, sentences >= 2 && sentences <= 3, about...)
		require.Equal(t, l == Chinese, strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) }), about...)
	})
}

// A requested mail is still being tried; an invalid or soft bounced one is over.
func TestEveryAnswerAgreesWithTheState(t *testing.T) {
	says := func(text string, any []string) bool {
		for _, s := range any {
			if strings.Contains(text, s) {
				return true
			}
		}
		return false
	}
	each(func(l Lang, s sendcloud.Status, e bounce.Explanation, text string) {
		about := []any{"%s %s %s %s: %s", l, s, e.Cause, e.Permanence, text}
		switch s {
		case sendcloud.Requested:
			require.False(t, says(text, again), about...)
			require.True(t, says(text, []string{"still on its way", "仍在投递中"}), about...)
		case sendcloud.Invalid, sendcloud.SoftBounce:
			require.True(t, says(text, again), about...)
			require.False(t, says(text, keeps), about...)
			held := e.Cause == bounce.Suppressed || e.Cause == bounce.Unsubscribed
			require.Equal(t, held, says(text, []string{"have not sent", "没有发出"}), about...)
			require.Equal(t, s == sendcloud.SoftBounce && !held, says(text, []string{"returned to us", "退回"}), about...)
		default:
			require.False(t, says(text, again) || says(text, keeps), about...)
		}
	})
}

func TestAGuessIsNotTold(t *testing.T) {
	sure := bounce.Explanation{Cause: bounce.UserUnknown, Permanence: bounce.Permanent, Basis: bounce.BasisText, Confidence: 0.9}
	guess := bounce.Explanation{Cause: bounce.UserUnknown, Permanence: bounce.Permanent, Basis: bounce.BasisReply, Confidence: 0.4}
	require.Contains(t, Answer(English, sendcloud.Invalid, sure), "does not know this address")
	require.Contains(t, Answer(English, sendcloud.Invalid, guess), "do not know the reason")
	guess.Basis = bounce.BasisSubStatus
	require.Contains(t, Answer(English, sendcloud.Invalid, guess), "do not know the reason", "SendCloud's code means one of two things")
	guess.Confidence = 0.5
	require.Contains(t, Answer(English, sendcloud.Invalid, guess), "does not know this address", "SendCloud said so")
}

// With -v it prints every answer, to be read.
func TestPrintTheWholeTable(t *testing.T) {
	printed := map[string]bool{}
	each(func(l Lang, s sendcloud.Status, e bounce.Explanation, text string) {
		if !printed[text] {
			printed[text] = true
			t.Logf("%s %-11s %-18s %-9s %s", l, s, e.Cause, e.Permanence, text)
		}
	})
	require.Greater(t, len(printed), 200)
}

// valuesOfAnswers is what the tables of answers, and of why something was not found, have to have a line for.
func valuesOfAnswers() map[string][]string {
	kinds, causes := []string{"unclear"}, []string(nil)
	for kind, of := range answerKinds {
		kinds = append(kinds, kind)
		for _, c := range of {
			causes = append(causes, c.String())
		}
	}
	return map[string][]string{
		"find_reasons":    keys(find.NotFound, find.OtherAccount, find.TooOld, find.NoDay, find.Misspelt),
		"answer_openings": {sendcloud.Invalid.String(), sendcloud.SoftBounce.String(), sendcloud.Requested.String()},
		"answer_advice":   kinds, "answer_reasons": causes,
	}
}
