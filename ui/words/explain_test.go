package words

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
)

func TestFactsNameEverythingKnown(t *testing.T) {
	e := bounce.Explanation{
		Cause: bounce.Blocked, Permanence: bounce.Permanent, Party: bounce.Deliverability, Code: "550", Enhanced: "5.7.1", Provider: "qq", Phase: "rcpt_to",
		IP: "203.0.113.9", Domain: "mail.example.com", List: "Example BL", ListLink: "https://example.org/removal", Wait: 2 * time.Minute,
	}
	for lang, want := range map[Lang][]string{
		English: {"code 550 5.7.1", "QQ Mail", "at RCPT TO, the recipient", "refused IP 203.0.113.9", "refused domain mail.example.com", "block list Example BL", "wait 2 min"},
		Chinese: {"应答码 550 5.7.1", "QQ 邮箱", "RCPT TO 阶段（收件人）", "被拒 IP 203.0.113.9", "被拒域名 mail.example.com", "黑名单 Example BL", "等待 2 分钟"},
	} {
		facts := Facts(lang, e)
		for i, f := range facts {
			require.True(t, strings.HasPrefix(f, want[i]), "%q is not %q", f, want[i])
		}
		require.Len(t, facts, len(want))
		said := strings.Join(facts, " ") + e.NextStep(string(lang))
		require.Equal(t, 1, strings.Count(said, e.ListLink), "the link stands once: %s", said)
	}
	require.Empty(t, Facts(English, bounce.Explanation{}))
}

func TestFactsOfSendCloudsLists(t *testing.T) {
	for list, want := range map[string]string{"bounce": "加免拦截", "block": "", "complaint": "垃圾举报", "": "180"} {
		for _, lang := range []Lang{English, Chinese} {
			e := bounce.Explanation{Cause: bounce.Suppressed, SendCloudList: list, Provider: "netease"}
			facts := Facts(lang, e)
			require.Len(t, facts, 1, "nobody was asked, so no provider answered")
			if want != "" {
				require.Equal(t, 1, strings.Count(facts[0]+e.NextStep(string(lang)), want), "where it ends is said once: %s", facts[0])
			}
			require.NotContains(t, facts[0], "30", "how long the bounce list keeps an address is not ours to say")
		}
	}
}

func TestContradictionSaysWhatMustNotBeDone(t *testing.T) {
	said := map[string]int{}
	for _, cause := range bounce.Causes() {
		for _, sub := range []sendcloud.SubStatus{0, 401, 402, 403, 404, 405, 406, 407, 408, 409, 503, 505, 506, 507, 508, 509} {
			e := bounce.Explanation{Cause: cause, Basis: bounce.BasisText, Confidence: 0.95}
			en, zh := Contradiction(English, e, sub), Contradiction(Chinese, e, sub)
			if !e.Contradicts(int(sub)) {
				require.Empty(t, en+zh)
				continue
			}
			keep, drop := "Do not delete the address", "The address itself is at fault"
			want, ends := keep, "不要因此把该地址移出名单。"
			if cause == bounce.UserUnknown || cause == bounce.MailboxDisabled || cause == bounce.BadAddress || cause == bounce.DomainNotFound {
				want, ends = drop, "不要只凭子状态保留它。"
			}
			require.Contains(t, en, want, "%s %d", cause, sub)
			require.Contains(t, en, cause.Short("en"))
			require.True(t, strings.HasSuffix(zh, ends), "%s %d: %s", cause, sub, zh)
			said[want]++
		}
	}
	require.Len(t, said, 2)
}
