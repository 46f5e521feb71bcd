package bounce

import (
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/stretchr/testify/require"
)

func TestEveryCombinationHasWordsInBothLanguages(t *testing.T) {
	for _, c := range Causes() {
		for _, lang := range []string{"en", "zh"} {
			short := c.Short(lang)
			require.NotEmpty(t, short, "%s %s", c, lang)
			if c != Suppressed {
				require.LessOrEqual(t, ansi.StringWidth(short), 12, "%s is too wide for the column", short)
			}
			for _, perm := range []Permanence{Unknown, Permanent, Temporary, NoFailure} {
				for _, party := range Parties() {
					e := Explanation{Cause: c, Permanence: perm, Party: party}
					for _, s := range []string{e.What(lang), e.WhetherRetry(lang), e.NextStep(lang), e.HowSure(lang)} {
						require.NotEmpty(t, s, "%s %s %s %s", c, perm, party, lang)
						require.NotContains(t, s, "{", "%s %s %s", c, perm, party)
						require.NotContains(t, s, "[", "%s %s %s", c, perm, party)
						require.NotContains(t, s, "  ", "%s %s %s", c, perm, party)
					}
				}
			}
		}
	}
}

func TestEveryAdviceHasItsNextStep(t *testing.T) {
	for _, r := range Default().rules {
		if r.advice == "" {
			continue
		}
		_, next := texts()["next.@"+r.advice]
		_, what := texts()["what.@"+r.advice]
		require.True(t, next || what, "%s: advice=%s has no text", r.where, r.advice)
	}
}

func TestSentencesCarryTheFacts(t *testing.T) {
	e := Default().Explain(Input{Text: "550 Ip frequency limited [MTk= Blocked IP 203.0.113.9]. http://service.mail.qq.com/cgi-bin/help?subtype=1&&id=20022&&no=1000725", Domain: "qq.com"})
	require.Equal(t, "QQ Mail puts our sending IP 203.0.113.9 off for a while: it sent too much in a minute, an hour or a day.", e.What("en"))
	require.Equal(t, "QQ 邮箱暂不接收我们的发信 IP 203.0.113.9：单位时间内发送超出其限制。", e.What("zh"))
	require.Equal(t, "Yes, later and slower. The address itself is fine.", e.WhetherRetry("en"))
	require.Contains(t, e.NextStep("en"), "Deliverability team: Slow down to qq.com")
	require.Contains(t, e.NextStep("zh"), "投递团队：降低向 qq.com 的发送速度")

	e = Default().Explain(Input{Text: "451 4.7.1 Greylisting in action, please come back in 00:02:00", Domain: "example.com"})
	require.Equal(t, 2*time.Minute, e.Wait)
	require.Contains(t, e.WhetherRetry("en"), "after 2 min")
	require.Contains(t, e.WhetherRetry("zh"), "2 分钟")
}

func TestCodesTableIsWhole(t *testing.T) {
	subs := 0
	for _, lang := range []string{"en", "zh"} {
		for _, c := range Codes(lang) {
			require.NotEmpty(t, c.Meaning, c.Code)
			if c.Kind == "sub_status" {
				subs++
			}
		}
	}
	require.Equal(t, 2*15, subs)
	for i, c := range Codes("zh") {
		require.NotEqual(t, c.Meaning, Codes("en")[i].Meaning, "%s is not translated", c.Code)
	}
}

func TestEveryLineOfTextsIsRead(t *testing.T) {
	lines := 0
	for line := range strings.Lines(builtinTexts) {
		if strings.TrimSpace(line) != "" && line[0] != '#' {
			lines++
			require.Len(t, strings.Split(line, " | "), 3, line)
		}
	}
	require.Len(t, texts(), lines, "a key stands twice")
	require.NotContains(t, builtinTexts, "\t")
}
