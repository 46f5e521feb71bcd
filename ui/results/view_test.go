package results

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
	"bounceboard/theme"
	"bounceboard/ui/cell"
	"bounceboard/ui/words"
)

func table(lang words.Lang, explain Explain, recipient string) *Results {
	r := New(theme.New(theme.Dark, false), lang, explain)
	rec := sendcloud.Record{EmailID: "1", Status: sendcloud.SoftBounce, SubStatus: 505, APIUser: "notify", Recipients: recipient,
		RequestTime: time.Date(2026, 11, 23, 12, 0, 0, 0, sendcloud.Zone), SendLog: "550 Ip frequency limited " + strings.Repeat("x", 200)}
	p := &Pages{}
	p.Put(0, sendcloud.Page{Records: []sendcloud.Record{rec}, Total: 1}, 0)
	r.Show(p)
	r.Widen([]sendcloud.Record{rec})
	return r
}

func tooFast(sendcloud.Record) bounce.Explanation {
	return bounce.Explanation{Cause: bounce.RateLimited, Permanence: bounce.Temporary, Basis: bounce.BasisText}
}

// Beside a pane on a screen of 160 columns the status is a word, as in any
// layout, and a reply has room.
func TestStatusAndReplyHaveRoomBesideAPane(t *testing.T) {
	for _, lang := range []words.Lang{words.English, words.Chinese} {
		r := table(lang, tooFast, "liang.guoqiang.1988@gmail.com")
		r.SetSize(104, 10)
		row := strings.Split(ansi.Strip(r.View(true, false, false)), "\n")[1]
		require.Contains(t, row, " ↩ "+words.StatusName(lang, sendcloud.SoftBounce)+" ")
		_, reply, ok := strings.Cut(row, "11-23 12:00  ")
		require.True(t, ok, row)
		require.GreaterOrEqual(t, cell.Width(reply), usualReply, row)
	}
}

func TestALongAddressTakesNoColumnAway(t *testing.T) {
	for _, lang := range []words.Lang{words.English, words.Chinese} {
		r := table(lang, tooFast, "someone.with.a.long.name@a-very-long-subdomain.example.edu")
		r.SetSize(120, 10)
		require.NotZero(t, r.cols.sub, lang)
		require.NotZero(t, r.cols.took, lang)
		require.GreaterOrEqual(t, r.cols.recipient, readableRecipient, lang)
	}
}

func TestColumnsFitAnyWidth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		explain := Explain(nil)
		if rapid.Bool().Draw(t, "explained") {
			explain = tooFast
		}
		lang := rapid.SampledFrom([]words.Lang{words.English, words.Chinese}).Draw(t, "lang")
		r := table(lang, explain, strings.Repeat("a", rapid.IntRange(1, 60).Draw(t, "recipient"))+"@qq.com")
		w := rapid.IntRange(60, 250).Draw(t, "w")
		r.SetSize(w, 5)
		for _, line := range strings.Split(r.View(true, false, false), "\n") {
			require.LessOrEqual(t, cell.Width(line), w, fmt.Sprintf("%q", line))
		}
		require.GreaterOrEqual(t, r.cols.recipient, leastRecipient, "at %d", w)
		require.NotZero(t, r.cols.status, "a row without its status in words at %d", w)
	})
}
