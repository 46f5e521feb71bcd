package table

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"bounceboard/keymap"
	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
	"bounceboard/sendcloud/recordset"
	"bounceboard/theme"
	"bounceboard/ui/cell"
	"bounceboard/ui/columns"
	"bounceboard/ui/screen"
	"bounceboard/ui/session"
	"bounceboard/ui/words"
)

// service has a list of so many rows, of which it gives those of head.
type service struct {
	*sendcloud.Client
	total int
	head  []sendcloud.Record
}

func (s *service) Page(context.Context, sendcloud.Plan, int, int, bool, func(sendcloud.Event)) (sendcloud.Page, error) {
	return sendcloud.Page{Records: s.head, Next: len(s.head), Total: s.total}, nil
}

// listed is a table of a list of so many rows, the first ones here.
func listed(t require.TestingT, lang words.Lang, total int, head ...sendcloud.Record) (*Table, *session.Session, *service) {
	client, err := sendcloud.New(sendcloud.Config{BaseURL: "https://api.sendcloud.net/apiv2", APIUser: "a", APIKey: "b"})
	require.NoError(t, err)
	api := &service{client, total, head}
	env := &session.Env{API: api, Rules: bounce.Default(), Now: time.Now, Running: func(screen.Kind) bool { return false }}
	plan, err := api.Plan(sendcloud.Query{Days: 7})
	require.NoError(t, err)
	s := session.New(env, plan, nil)
	page(t, s)
	return New(theme.New(theme.Dark, false), lang, keymap.Default(), s), s, api
}

// page runs the job that asks for a page, as a program would.
func page(t require.TestingT, s *session.Session) {
	for _, job := range s.Again(false).Run {
		if job.Kind == session.Page {
			got, err := job.Run(context.Background(), func(any) {})
			require.NoError(t, err)
			job.Done(got, err)
		}
	}
}

func TestTheWindowFollowsTheSelection(t *testing.T) {
	tb, s, api := listed(t, words.English, 1000, sendcloud.Record{EmailID: "first"})
	tb.Resize(80, 11) // ten rows
	press := func(a keymap.Action) { tb.Press(a, "") }
	stands := func(what string, cursor, top int) {
		t.Helper()
		first, last := tb.Window()
		require.Equal(t, []int{cursor, top, top + 10}, []int{s.Cursor, first, last}, what)
	}
	for range 9 {
		press(keymap.Down)
	}
	stands("to the last row in view", 9, 0)
	press(keymap.Down)
	stands("below it: nearly a window, with rows of what was there", 10, 8)
	press(keymap.Up)
	stands("up in view", 9, 8)
	press(keymap.Up)
	press(keymap.Up)
	stands("above it", 7, 0)
	press(keymap.HalfDown)
	stands("half a window on", 12, 5)
	press(keymap.PageUp)
	stands("a whole one back, as far as there is one", 2, 0)
	press(keymap.Last)
	stands("to the end", 999, 990)
	press(keymap.HalfDown)
	stands("no further", 999, 990)
	tb.GoTo(3)
	stands("a page begins on top", 300, 300)
	press(keymap.First)
	stands("to the begin", 0, 0)
	api.head = append([]sendcloud.Record{{EmailID: "newer"}, {EmailID: "new"}}, api.head...)
	press(keymap.Down)
	press(keymap.Up)
	page(t, s)
	stands("rows came above: the selection stays on its row", 2, 2)
	press(keymap.First)
	tb.Resize(80, 2)
	press(keymap.Down)
	first, last := tb.Window()
	require.Equal(t, []int{1, 2}, []int{first, last}, "a window of one row")
}

func TestCauseInAWord(t *testing.T) {
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
		for lang, want := range map[words.Lang]string{words.English: c.en, words.Chinese: c.zh} {
			rec := sendcloud.Record{EmailID: "1", Status: c.status, SubStatus: c.sub, SendLog: c.reply, Recipients: "a@example.com"}
			tb, _, _ := listed(t, lang, 1, rec)
			tb.Resize(160, 5)
			tb.Look()
			require.Equal(t, want, tb.inView.rows[0].text[recordset.ByCause])
			if want != "" {
				require.Contains(t, ansi.Strip(strings.Join(tb.Draw(true), "\n")), want)
			}
		}
	}
}

func TestEveryCauseFitsItsColumn(t *testing.T) {
	for _, lang := range []words.Lang{words.English, words.Chinese} {
		for _, ascii := range []bool{false, true} {
			tb := New(theme.New(theme.Dark, ascii), lang, nil, nil) // of no width
			for _, cause := range bounce.Causes() {
				if cause == bounce.Suppressed && lang == words.Chinese {
					continue // "在 SendCloud 黑名单" is cut: its beginning says it
				}
				e := bounce.Explanation{Cause: cause, Permanence: bounce.Temporary, Basis: bounce.BasisText, Confidence: 1}
				require.LessOrEqual(t, cell.Width(tb.cause(e, sendcloud.Record{SubStatus: 406})), columns.Usual(lang, recordset.ByCause), "%s in %s", cause, lang)
			}
		}
	}
}

func tooFast(recipient string) sendcloud.Record {
	return sendcloud.Record{EmailID: "1", Status: sendcloud.SoftBounce, SubStatus: 505, APIUser: "notify", Recipients: recipient,
		RequestTime: time.Date(2026, 11, 23, 12, 0, 0, 0, sendcloud.Zone), SendLog: "550 Ip frequency limited " + strings.Repeat("x", 200)}
}

// Beside a pane on a screen of 160 columns the status is a word, as in any
// layout, and a reply has room. Where it is narrow the cause stands in place of
// the code.
func TestWhichColumnsHaveRoom(t *testing.T) {
	for _, lang := range []words.Lang{words.English, words.Chinese} {
		tb, _, _ := listed(t, lang, 1, tooFast("liang.guoqiang.1988@gmail.com"))
		line := func(w int) string {
			tb.Resize(w, 10)
			tb.Look()
			return ansi.Strip(tb.Draw(true)[1])
		}
		require.Contains(t, line(104), " ↩ "+words.StatusName(lang, sendcloud.SoftBounce)+" ")
		_, reply, ok := strings.Cut(line(104), "11-23 12:00  ")
		require.True(t, ok)
		require.GreaterOrEqual(t, cell.Width(reply), columns.Usual(lang, recordset.ByReply))
		require.Contains(t, line(120), " 505 ")
		require.NotContains(t, line(80), " 505 ")
		require.Contains(t, line(80), "⟳ ")
	}
}

func TestALongAddressTakesNoColumnAway(t *testing.T) {
	for _, lang := range []words.Lang{words.English, words.Chinese} {
		tb, _, _ := listed(t, lang, 1, tooFast("someone.with.a.long.name@a-very-long-subdomain.example.edu"))
		tb.Resize(120, 10)
		tb.Look()
		require.NotZero(t, width(tb, recordset.BySubStatus), lang)
		require.NotZero(t, width(tb, recordset.ByTook), lang)
		require.GreaterOrEqual(t, width(tb, recordset.ByRecipient), readableRecipient, lang)
	}
}

// width is how wide a column is on screen; 0 where it is not.
func width(tb *Table, by recordset.Column) int {
	for _, c := range tb.cols {
		if c.by == by {
			return c.w
		}
	}
	return 0
}

func TestColumnsFitAnyWidth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lang := rapid.SampledFrom([]words.Lang{words.English, words.Chinese}).Draw(t, "lang")
		tb, _, _ := listed(t, lang, 1, tooFast(strings.Repeat("a", rapid.IntRange(1, 60).Draw(t, "recipient"))+"@qq.com"))
		w := rapid.IntRange(60, 250).Draw(t, "w")
		tb.Resize(w, 5)
		tb.Look()
		for _, line := range tb.Draw(true) {
			require.LessOrEqual(t, cell.Width(line), w, fmt.Sprintf("%q", line))
		}
		require.GreaterOrEqual(t, width(tb, recordset.ByRecipient), leastRecipient, "at %d", w)
		require.NotZero(t, width(tb, recordset.ByStatus), "a row without its status at %d", w)
		require.NotZero(t, width(tb, recordset.ByCause), "a row without its cause at %d", w)
		require.True(t, w < 100 || width(tb, recordset.ByStatus) > statusMark, "a row without its status in words at %d", w)
	})
}

// A guess is marked, and mail that waits has taken no time yet.
func TestGuessesAndWaitingMail(t *testing.T) {
	at := time.Date(2026, 11, 23, 12, 0, 0, 0, sendcloud.Zone)
	tb, _, _ := listed(t, words.English, 2,
		sendcloud.Record{EmailID: "a", Recipients: "a@example.com", Status: sendcloud.Invalid, SendLog: "550 5.0.0 blah", RequestTime: at, ModifiedTime: at.Add(8 * time.Second)},
		sendcloud.Record{EmailID: "b", Recipients: "b@example.com", Status: sendcloud.Requested, SendLog: "451 4.7.1 Greylisting in action, please come back later", RequestTime: at, ModifiedTime: at.Add(9 * time.Second)})
	tb.Resize(160, 10)
	tb.Look()
	lines := tb.Draw(true)
	require.Contains(t, lines[1], "8s")
	require.NotContains(t, lines[2], "9s")
	guess := bounce.Explanation{Basis: bounce.BasisText, Confidence: 0.1, Permanence: bounce.Permanent, Cause: bounce.UserUnknown}
	require.True(t, guess.Guess())
	require.Contains(t, tb.cause(guess, sendcloud.Record{Status: sendcloud.Invalid, SendLog: "x"}), "?")
}

// A filter that looks like a regular expression is text, unless it stands
// between slashes; a table without a row says so.
func TestAFilterThatLooksLikeARegularExpression(t *testing.T) {
	for text, want := range map[string]bool{"550.*limited": true, "^550": true, "limited$": true, "(a|b)c": true, `\d{9}`: true, "user unknown": false,
		"lin.wei@qq.com": false, "5.1.1": false, "$12": false, "/550.*x/": false} {
		require.Equal(t, want, words.LooksLikeRegexp(text), text)
	}
}

// At 80 columns cause and reply are worth more than the word of the status, whose mark says it.
func TestAnArrowBringsTheReply(t *testing.T) {
	for _, lang := range []words.Lang{words.English, words.Chinese} {
		rec := tooFast("liang.guoqiang.1988@gmail.com")
		rec.SendLog = "550 Ip frequency limited 发送过于频繁 " + strings.Repeat("0123456789", 20) + " the end"
		tb, _, _ := listed(t, lang, 1, rec)
		tb.Resize(80, 10)
		tb.Look()
		line := func() string {
			for _, l := range tb.Draw(true) {
				require.LessOrEqual(t, cell.Width(l), 80)
			}
			return ansi.Strip(tb.Draw(true)[1])
		}
		require.NotContains(t, line(), words.StatusName(lang, sendcloud.SoftBounce))
		require.Contains(t, line(), "↩  ⟳ ")
		require.Contains(t, line(), "550 Ip")
		require.True(t, tb.Can(keymap.ReplyOn))
		require.False(t, tb.Can(keymap.ReplyBack))
		tb.Press(keymap.ReplyOn, "")
		require.Contains(t, line(), "liang.guoqiang.1988@gmail.com  550 Ip frequency limited 发送")
		for i := 0; tb.Can(keymap.ReplyOn); i++ {
			require.Less(t, i, 30)
			tb.Press(keymap.ReplyOn, "")
			require.Contains(t, line(), "liang.guoqiang.1988@gmail.com")
		}
		require.Contains(t, line(), "the end")
		require.NotNil(t, tb.Press(keymap.ReplyOn, "").Say)
		for tb.Can(keymap.ReplyBack) {
			tb.Press(keymap.ReplyBack, "")
		}
		require.Contains(t, line(), "11-23 12:00")
	}
}

// What one chose is shown in that order, as far as there is room; the recipient is.
func TestChosenColumns(t *testing.T) {
	tb, _, _ := listed(t, words.English, 1, tooFast("lin.wei@qq.com"))
	tb.SetColumns([]string{"requested", "recipient:20", "status", "party", "domain"})
	tb.Resize(120, 10)
	tb.Look()
	lines := tb.Draw(true)
	require.Regexp(t, `requested +recipient +status +who acts +recipient domain`, ansi.Strip(lines[0]))
	require.Regexp(t, `11-23 12:00  lin.wei@qq.com        ↩ soft bounce  \S.*  qq.com`, ansi.Strip(lines[1]))
	require.Equal(t, []string{"requested", "recipient:20", "status", "party", "domain"}, tb.Columns())
	tb.Resize(60, 10)
	tb.Look()
	require.Equal(t, []string{"requested:11", "recipient:20", "status:1", "party:19"}, columns.Strings(tb.Shown()), "the word of the status goes first")
	tb.Resize(30, 10)
	tb.Look()
	require.Equal(t, []string{"recipient:20"}, columns.Strings(tb.Shown()), "the recipient stays")
	tb.SetColumns(nil)
	tb.Resize(120, 10)
	require.Nil(t, tb.Columns())
	require.NotZero(t, width(tb, recordset.ByReply))
}

// Whatever is chosen fits, with the recipient, and a row shows what its columns say.
func TestChosenColumnsFitAnyWidth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lang := rapid.SampledFrom([]words.Lang{words.English, words.Chinese}).Draw(t, "lang")
		tb, _, _ := listed(t, lang, 1, tooFast(strings.Repeat("a", rapid.IntRange(1, 60).Draw(t, "recipient"))+"@qq.com"))
		names := rapid.SliceOfNDistinct(rapid.SampledFrom(columns.Names()), 1, 20, rapid.ID).Draw(t, "names")
		for i := range names {
			if rapid.Bool().Draw(t, "given") {
				names[i] += fmt.Sprintf(":%d", rapid.IntRange(columns.Narrowest, 60).Draw(t, "width"))
			}
		}
		tb.SetColumns(names)
		w := rapid.IntRange(60, 250).Draw(t, "w")
		tb.Resize(w, 5)
		tb.Look()
		for _, line := range tb.Draw(true) {
			require.LessOrEqual(t, cell.Width(line), w, fmt.Sprintf("%q", line))
		}
		if strings.Contains(strings.Join(names, " "), "recipient") {
			require.NotZero(t, width(tb, recordset.ByRecipient))
		}
	})
}
