package detail

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"
	"github.com/stretchr/testify/require"

	"bounceboard/keymap"
	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
	"bounceboard/theme"
	"bounceboard/ui/cell"
	"bounceboard/ui/screen"
	"bounceboard/ui/words"
)

// rules decide about the replies below the same way whatever becomes of the built-in ones.
var rules = sync.OnceValue(func() *bounce.Rules {
	r, err := bounce.Default().Add("rules", strings.NewReader(`
suppressed sure=99 : address in (bounce|block|complaint) list
rate_limited temporary sure=98 advice=qq_ip_limit : ip frequency limited
blocked permanent sure=90 : blocked using & spamhaus
user_unknown permanent sure=98 : user not found | no such user
greylisted temporary sure=96 : greylisting
`))
	if err != nil {
		panic(err)
	}
	return r
})

func explain(r sendcloud.Record) bounce.Explanation {
	_, domain, _ := strings.Cut(r.Recipients, "@")
	return rules().Explain(bounce.Input{Text: r.SendLog, Domain: domain, Status: int(r.Status), SubStatus: int(r.SubStatus)})
}

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, sendcloud.Zone)

func record(status sendcloud.Status, sub sendcloud.SubStatus, to, reply string) sendcloud.Record {
	family := map[sendcloud.Status]string{sendcloud.Invalid: "无效邮件-", sendcloud.SoftBounce: "软退信-"}
	r := sendcloud.Record{
		EmailID: "1795397411000_15_32350_1350.sc-10_10_126_221-inbound0$" + to, Status: status, SubStatus: sub, APIUser: "notify", Recipients: to,
		RequestTime: noon, ModifiedTime: noon.Add(252 * time.Second), SendLog: reply,
	}
	if sub != 0 {
		r.SubStatusDesc = family[status] + words.SubStatusName(words.Chinese, sub)
	}
	return r
}

// records are one of each kind that people meet.
var records = []struct {
	name string
	sendcloud.Record
}{
	{"frequency", record(sendcloud.SoftBounce, 505, "billing@qq.com",
		"550 Ip frequency limited [MTk1Mzk3NDExMDAwXzE1XzMyMzUwXzEzNTAuc2MtMTBfMTBfMTI2XzIyMQ== Blocked IP 203.0.113.9]. http://service.mail.qq.com/cgi-bin/help?subtype=1&&id=20022&&no=1000725")},
	{"contradiction", record(sendcloud.Invalid, 406, "lin.wei@example.com",
		"550 5.7.1 Service unavailable, Client host [203.0.113.9] blocked using Spamhaus. To request removal from this list see https://check.spamhaus.org/query/ip/203.0.113.9")},
	{"unknown", record(sendcloud.Invalid, 406, "nobody@163.com", "550 User not found: nobody@163.com")},
	{"list", record(sendcloud.Invalid, 401, "wang@163.com", "worker:address in complaint list")},
	{"unlisted", record(sendcloud.Invalid, 401, "wang@163.com", "")},
	{"unrecognised", record(sendcloud.Invalid, 0, "wang@example.com", "qwertz uiop")},
	{"delivered", record(sendcloud.Delivered, 0, "wang@example.com", "successfully delivered")},
	{"requested", record(sendcloud.Requested, 0, "wang@example.com", "451 4.7.1 Greylisting in action, please come back in 00:02:00")},
	{"queued", record(sendcloud.Requested, 0, "wang@example.com", "")},
}

// view is what a screen shows.
func view(s interface{ Draw(bool) []string }) string { return strings.Join(s.Draw(true), "\n") }

// Renew with go test ./ui/detail -update, and look at what changed.
func TestViews(t *testing.T) {
	for _, lang := range []words.Lang{words.English, words.Chinese} {
		for _, size := range [][2]int{{80, 20}, {118, 17}, {63, 40}} {
			t.Run(fmt.Sprintf("%s-%dx%d", lang, size[0], size[1]), func(t *testing.T) {
				var all strings.Builder
				for _, r := range records {
					d := New(theme.New(theme.Dark, false), lang, keymap.Default(), explain, r.name == "contradiction")
					d.Resize(size[0], size[1])
					d.Show(r.Record)
					fmt.Fprintf(&all, "== %s\n%s\n", r.name, view(d))
				}
				golden.RequireEqual(t, []byte(all.String()))
			})
		}
	}
}

func TestDecidingWordsAreUnderlined(t *testing.T) {
	th := theme.New(theme.Mono, false)
	r := record(sendcloud.SoftBounce, 505, "a@qq.com", "550 Ip frequency limited [Blocked IP 203.0.113.9]")
	d := New(th, words.English, keymap.Default(), explain, false)
	d.Resize(100, 40)
	d.Show(r)
	e := explain(r)
	require.Equal(t, bounce.BasisText, e.Basis)
	require.Regexp(t, `^\x1b\[4(;4)?mab\x1b\[0m$`, paint(th.Decided, "ab"))
	for _, m := range e.Matched {
		require.Contains(t, view(d), paint(th.Decided, r.SendLog[m.Start:m.End]))
	}
}

// Without colour an underline is all that tells the deciding words.
func TestOnlyDecidingWordsAreUnderlinedInMono(t *testing.T) {
	for _, r := range records {
		d := New(theme.New(theme.Mono, false), words.English, keymap.Default(), explain, false)
		d.Resize(80, 60)
		d.Show(r.Record)
		whole := view(d)
		for _, rest := range strings.Split(whole, "\x1b[4")[1:] {
			_, rest, _ = strings.Cut(rest, "m")
			text, _, _ := strings.Cut(rest, "\x1b")
			require.True(t, slices.ContainsFunc(d.means.Matched, func(m bounce.Span) bool {
				return strings.Contains(r.SendLog[m.Start:m.End], text)
			}), "%s: %q is underlined", r.name, text)
		}
		require.Less(t, strings.Count(whole, "\x1b"), 80, "%s: an escape per character", r.name)
	}
}

func TestContradictionIsSaid(t *testing.T) {
	d := New(theme.New(theme.Dark, false), words.English, keymap.Default(), explain, false)
	d.Resize(200, 40)
	blocked := "550 5.7.1 Client host [203.0.113.9] blocked using zen.spamhaus.org"
	d.Show(record(sendcloud.Invalid, 406, "a@example.com", blocked))
	require.Contains(t, ansi.Strip(view(d)), "Do not delete the address")
	d.Show(record(sendcloud.Invalid, 405, "a@example.com", blocked))
	require.NotContains(t, ansi.Strip(view(d)), "careful")
	d.Show(record(sendcloud.Invalid, 405, "a@example.com", "550 5.1.1 no such user"))
	require.Contains(t, ansi.Strip(view(d)), "The address itself is at fault")
}

func TestTheServicesOwnDescriptionIsSaidOnce(t *testing.T) {
	d := New(theme.New(theme.Dark, false), words.English, keymap.Default(), nil, false)
	d.Resize(120, 40)
	rec := record(sendcloud.Invalid, 406, "a@example.com", "550 5.1.1 no such user")
	d.Show(rec)
	require.NotContains(t, ansi.Strip(view(d)), rec.SubStatusDesc, "it says what our words say")
	rec.SubStatusDesc = "无效邮件-收件人已注销"
	d.Show(rec)
	require.Contains(t, ansi.Strip(view(d)), "406 "+words.SubStatusName(words.English, 406)+" · "+rec.SubStatusDesc)
}

func TestWithoutExplanationNothingIsClaimed(t *testing.T) {
	d := New(theme.New(theme.Dark, false), words.English, keymap.Default(), nil, false)
	d.Resize(100, 40)
	d.Show(record(sendcloud.Invalid, 406, "a@example.com", "550 5.1.1 no such user"))
	whole := ansi.Strip(view(d))
	require.Contains(t, whole, words.SubStatusMeaning(words.English, 406)[:30])
	require.NotContains(t, whole, "next step")
}

func TestKeysOfTheDetail(t *testing.T) {
	d := New(theme.New(theme.Dark, false), words.English, keymap.Default(), explain, false)
	d.Resize(60, 6)
	require.Contains(t, view(d), "No row is selected")
	require.False(t, d.Can(keymap.Unfold))
	require.Contains(t, d.Press(keymap.Unfold, "").Say.Text, "Nothing is folded")
	d.Show(records[0].Record)
	require.True(t, d.Can(keymap.Unfold))
	first := view(d)
	require.Equal(t, screen.Effect{}, d.Press(keymap.Down, ""))
	require.NotEqual(t, first, view(d))
	d.Show(records[0].Record)
	require.NotEqual(t, first, view(d), "the same mail again begins anew")
	d.Press(keymap.Last, "")
	d.Press(keymap.Unfold, "")
	d.Press(keymap.First, "")
	d.Resize(60, 60)
	require.Contains(t, strings.ReplaceAll(strings.Join(strings.Fields(ansi.Strip(view(d))), ""), "\n", ""), "MTk1Mzk3NDExMDAwXzE1XzMyMzUwXzEzNTAuc2MtMTBfMTBfMTI2XzIyMQ==")
	require.Equal(t, screen.Effect{Do: keymap.Copy}, d.Press(keymap.Copy, "y"))
	require.Equal(t, screen.Effect{Do: keymap.Back}, d.Press(keymap.Back, "esc"))
	d.Clear()
	require.Contains(t, view(d), "No row is selected")
}

// Draw never takes more cells than it has.
func TestDrawFitsAnySize(t *testing.T) {
	for _, lang := range []words.Lang{words.English, words.Chinese} {
		for _, r := range records {
			d := New(theme.New(theme.Dark, false), lang, keymap.Default(), explain, true)
			d.Show(r.Record)
			for w := 0; w < 150; w += 7 {
				for h := 0; h < 40; h += 3 {
					d.Resize(w, h)
					lines := d.Draw(true)
					require.LessOrEqual(t, len(lines), h)
					for _, l := range lines {
						require.LessOrEqual(t, cell.Width(l), w, "%s %dx%d %q", r.name, w, h, l)
					}
				}
			}
		}
	}
}

func TestAMisspeltDomainIsAsked(t *testing.T) {
	for address, want := range map[string]bool{"lin@gamil.com": true, "lin@qq.con": true, "lin@gmail.com": false, "lin@example.com": false} {
		d := New(theme.New(theme.Dark, false), words.English, keymap.Default(), explain, false)
		d.Resize(60, 20)
		d.Show(sendcloud.Record{EmailID: "1", Recipients: address})
		require.Equal(t, want, strings.Contains(ansi.Strip(d.Draw(true)[0]), ".com?"), address)
	}
}
