package results

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/stretchr/testify/require"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
	"bounceboard/theme"
	"bounceboard/ui/cell"
	"bounceboard/ui/words"
)

func explained(asked *int) Explain {
	return func(r sendcloud.Record) bounce.Explanation {
		*asked++
		return bounce.Default().Explain(bounce.Input{Text: r.SendLog, Domain: "example.com", Status: int(r.Status), SubStatus: int(r.SubStatus)})
	}
}

func TestCauseInAWord(t *testing.T) {
	asked := 0
	for _, c := range []struct {
		status sendcloud.Status
		sub    sendcloud.SubStatus
		reply  string
		en, zh string
	}{
		{sendcloud.Invalid, 406, "550 5.1.1 no such user", "⊘ no such user", "⊘ 地址不存在"},
		{sendcloud.SoftBounce, 505, "550 Ip frequency limited [Blocked IP 203.0.113.9]", "⟳ too fast", "⟳ 发送过快"},
		{sendcloud.Invalid, 406, "550 5.7.1 Client host [203.0.113.9] blocked using zen.spamhaus.org", "⊘ IP blocked!", "⊘ IP 被拉黑!"},
		{sendcloud.Invalid, 0, "qwertz uiop", "  unclear", "  未识别"},
		{sendcloud.Delivered, 0, "successfully delivered", "", ""},
		{sendcloud.Requested, 0, "", "", ""},
	} {
		rec := sendcloud.Record{Status: c.status, SubStatus: c.sub, SendLog: c.reply}
		require.Equal(t, c.en, New(theme.New(theme.Dark, false), words.English, explained(&asked)).cause(rec))
		require.Equal(t, c.zh, New(theme.New(theme.Dark, false), words.Chinese, explained(&asked)).cause(rec))
	}
}

func TestEveryCauseFitsItsColumn(t *testing.T) {
	for _, lang := range []words.Lang{words.English, words.Chinese} {
		for _, ascii := range []bool{false, true} {
			r := New(theme.New(theme.Dark, ascii), lang, nil)
			for _, cause := range bounce.Causes() {
				if cause == bounce.Suppressed {
					continue // SendCloud's list is named in full; the column cuts it in Chinese
				}
				e := bounce.Explanation{Cause: cause, Permanence: bounce.Temporary, Basis: bounce.BasisText, Confidence: 1}
				require.LessOrEqual(t, cell.Width(r.causeText(e, sendcloud.Record{SubStatus: 406})), widestCause, "%s in %s", cause, lang)
			}
		}
	}
}

func TestCausesAreRememberedByText(t *testing.T) {
	asked := 0
	r := New(theme.New(theme.Dark, false), words.English, explained(&asked))
	rec := sendcloud.Record{Status: sendcloud.Invalid, SubStatus: 406, SendLog: "550 5.1.1 no such user"}
	r.cause(rec)
	r.cause(rec)
	require.Equal(t, 1, asked)
	rec.SubStatus = 405
	require.True(t, strings.HasSuffix(r.cause(rec), "!"), "the same text contradicts another sub-status")
	rec.SendLog = strings.Repeat("x", longestText)
	r.cause(rec)
	asked = 0
	rec.SendLog += "no such user"
	r.cause(rec)
	require.Zero(t, asked, "what is not read tells nothing apart")
	for i := range 3 * mostCauses {
		rec.SendLog = "550 user unknown " + strings.Repeat("x", i%100) + string(rune('a'+i/100))
		r.cause(rec)
		require.LessOrEqual(t, len(r.causes), mostCauses)
	}
}

func TestTheTableShowsTheCause(t *testing.T) {
	asked := 0
	r := New(theme.New(theme.Dark, false), words.English, explained(&asked))
	src := &Pages{}
	src.Put(0, sendcloud.Page{Total: 1, Next: 1, Records: []sendcloud.Record{{Status: sendcloud.Invalid, SubStatus: 406, Recipients: "a@example.com", SendLog: "550 5.1.1 no such user"}}}, 0)
	r.Show(src)
	r.SetSize(120, 5)
	require.Contains(t, ansi.Strip(r.View(true, false, false)), "⊘ no such user")
	require.Contains(t, ansi.Strip(r.View(true, false, false)), " 406 ")
	r.SetSize(80, 5)
	require.Contains(t, ansi.Strip(r.View(true, false, false)), "⊘ no such user")
	require.NotContains(t, ansi.Strip(r.View(true, false, false)), " 406 ", "the cause stands in place of the code where it is narrow")
}
