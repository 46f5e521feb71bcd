package ui

import (
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/stretchr/testify/require"

	"bounceboard/keymap"
	"bounceboard/sendcloud"
	"bounceboard/sendcloud/sendcloudtest"
	"bounceboard/ui/confirm"
	"bounceboard/ui/session"
	"bounceboard/ui/words"
)

// Who asks for an address wants all its mail, unless the statuses were chosen
// with it.
func TestAnAddressMeansAllItsMail(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, srv := service(t, sendcloudtest.Options{Records: 200, Seed: 3}, 3000)
		to := srv.Record(srv.Len() - 1).Recipient
		r.keys("f", to, "enter")
		require.Equal(t, []string{to}, r.plan().Query.Emails)
		require.Empty(t, r.plan().Query.Statuses)
		require.NotContains(t, r.screen(), "ailed mail")
		require.Contains(t, r.screen(), "every status")
		r.keys("esc")
		r.send(tea.KeyMsg{Type: tea.KeyRunes, Paste: true, Runes: []rune("b@example.com")})
		r.keys("enter")
		require.Empty(t, r.plan().Query.Statuses, "a paste asks for failed mail")
		require.NotContains(t, r.screen(), "ailed mail")
	})
}

// What was not found is said to be missing only where no filter can be why.
func TestAFilterIsNamedWhereItMayHideAnAddress(t *testing.T) {
	require.Equal(t, "该地址没有失败邮件；按 1 查看全部状态", words.NotFound(words.Chinese, keymap.Default(), sendcloud.Query{
		Emails: []string{"a@example.com"}, Statuses: []sendcloud.Status{sendcloud.Invalid, sendcloud.SoftBounce}}, 1, 1, sendcloud.ParamStatus))
	synctest.Test(t, func(t *testing.T) {
		r, _ := service(t, sendcloudtest.Options{Records: 200, Seed: 3}, 3000)
		r.run(r.ask(sendcloud.Query{Days: 7, Emails: []string{"nobody@example.com"}}))
		r.wait(time.Second)
		require.Contains(t, r.screen(), "this address has no mail here")
		q := r.plan().Query
		q.Statuses = []sendcloud.Status{sendcloud.Invalid, sendcloud.SoftBounce}
		r.run(r.ask(q))
		r.wait(time.Second)
		const want = "this address has no failed mail here; 1: search every status"
		require.Contains(t, r.screen(), want)
		r.run(r.do(keymap.CopyMissing))
		r.settle()
		require.Contains(t, r.screen(), want, "a filter may be why it was not found")
		r.keys("1")
		require.Empty(t, r.plan().Query.Statuses)
	})
}

// An error stands in the body until the next answer, whatever is pressed.
func TestAnErrorStaysUntilTheNextAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, 10, words.English, 120, 40)
		r.api.err = &sendcloud.NetworkError{Problem: sendcloud.TimedOut, Host: "api.sendcloud.net", Err: errors.New("x")}
		says := words.Capital(words.Error(words.English, r.api.err))
		r.keys("r", "j", "k", "k")
		require.Contains(t, r.screen(), "That is the first row.")
		require.Contains(t, r.screen(), says)
		require.Contains(t, r.screen(), "The rows are those of")
		r.run(r.ask(sendcloud.Query{Days: 3}))
		r.settle()
		r.keys("j", "v", "x")
		require.Contains(t, strings.Join(strings.Split(r.screen(), "\n")[2:8], "\n"), says, "it does not stand where one looks")
		r.api.err = nil
		r.keys("r")
		require.NotContains(t, r.screen(), says)
	})
}

// Rows that came in on top are told, and marked until they were visited.
func TestAskingAgainSaysWhatIsNew(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, 300, words.English, 120, 40)
		r.keys("j", "j")
		r.api.newer = 11
		r.keys("r")
		require.Equal(t, 13, r.cursor(), "the selection stays on its row")
		require.Contains(t, r.screen(), "11 new rows, g goes there")
		r.keys("g")
		require.NotContains(t, r.screen(), "new rows")
		require.Equal(t, 10, strings.Count(r.screen(), "\n+"), "marked until visited")
		r.keys("j")
		require.Equal(t, 9, strings.Count(r.screen(), "\n+"))
	})
}

// The counts are of the query: a filter is not in the heading over them.
func TestTheHeadingOverCountsIsTheQuery(t *testing.T) {
	for lang, want := range map[words.Lang][2]string{words.English: {"counts of the query", "among 100 read"}, words.Chinese: {"这里统计的是整个查询条件", "已读取 100 行"}} {
		synctest.Test(t, func(t *testing.T) {
			r, _ := service(t, sendcloudtest.Options{Records: 200000, Seed: 3}, 3000)
			r.Lang = lang
			r.at = r.visit(r.at.session)
			r.send(tea.WindowSizeMsg{Width: 120, Height: 40})
			r.keys("/", "qq.com", "enter", "esc")
			heading := func() string { return strings.Split(r.screen(), "\n")[1] }
			require.Contains(t, heading(), "› /qq.com")
			require.Contains(t, heading(), want[1], "the part stands beside the number")
			r.keys("c")
			require.NotContains(t, heading(), "qq.com")
			require.NotContains(t, heading(), want[1])
			require.Contains(t, r.screen(), want[0])
			require.Contains(t, r.screen(), "/qq.com")
		})
	}
}

// Copying takes the marks that one sees; those outside the filter are said, and
// taken when asked.
func TestCopyingTakesTheMarksOfTheFilter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, 30, words.English, 120, 40)
		r.keys("/", "status:soft_bounce", "enter", "*", "esc", "/", "status:invalid", "enter", "*")
		require.Contains(t, r.screen(), "20 rows marked. 10 more marked outside this filter.")
		require.Contains(t, r.screen(), "20 marked")
		r.keys("y")
		require.Contains(t, r.screen(), "10 more marked outside this filter")
		require.Contains(t, r.screen(), "e email id", "the choices are hidden")
		r.keys("e")
		require.Contains(t, r.screen(), "Email id (20 rows")
		r.keys("y", "*", "e")
		require.Contains(t, r.screen(), "Email id (30 rows")
		r.keys("y", "e")
		require.Contains(t, r.screen(), "Email id (20 rows", "what was asked for once is kept")
	})
}

// A time of yesterday says its day, old rows say so, and what was left of a
// minute is not said after it.
func TestAgesAreTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, 300, words.English, 120, 40)
		r.at.session.Progress = session.Progress{Budget: sendcloud.Budget{PerMinute: 600, Left: 7}, At: noon}
		at := noon
		r.Now = func() time.Time { return at }
		r.keys("j")
		require.Contains(t, r.screen(), "7 more calls this minute")
		at = noon.Add(61 * time.Second)
		r.keys("j")
		require.NotContains(t, r.screen(), "more calls")
		at = noon.Add(11 * time.Minute)
		r.keys("j")
		require.Contains(t, r.screen(), "over ten minutes old")
		require.Contains(t, r.screen(), "as of 12:00:00 +08")
		at = noon.Add(12 * time.Hour)
		r.keys("j")
		require.Contains(t, r.screen(), "as of 11-23 12:00")
	})
}

func TestATotalThatChangesHasItsTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, 300, words.English, 120, 40)
		require.NotContains(t, r.screen(), "total as of")
		r.api.total, r.api.later = 310, 5*time.Minute
		r.keys("n", "n", "p", "p")
		require.Contains(t, r.screen(), "as of 12:00:00 +08 · total as of 12:05:00")
	})
}

// Who quits with marks, or with rows that took minutes, is asked once.
func TestQuittingAsksOnceBeforeWorkIsLost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, 3, words.English, 120, 40)
		r.keys(" ", "q")
		require.Contains(t, r.screen(), "Quit? 1 row marked.")
		require.NoError(t, r.jobs.ctx.Err())
		r.keys("esc")
		require.Equal(t, keymap.Table, r.place())
		r.keys("q")
		require.IsType(t, tea.QuitMsg{}, quits(r, "q"), "q once more did not quit")
		require.IsType(t, tea.QuitMsg{}, quits(r, "ctrl+c"))

		r.keys("esc")
		r.at.push(confirm.New(r.Theme, "Send them?", nil))
		r.keys("q")
		require.Contains(t, r.screen(), "Quit? 1 row marked.", "a question about something else was taken for this one")
	})
	synctest.Test(t, func(t *testing.T) {
		r, _ := service(t, sendcloudtest.Options{Records: 200000, Seed: 3}, 30)
		r.wait(10 * time.Second)
		r.keys("a", "enter")
		r.wait(2 * time.Minute)
		r.keys("q")
		require.Contains(t, r.screen(), "Quit? Reading ")
	})
}

// quits is what a key of the last screen answers.
func quits(r *rig, key string) tea.Msg {
	msg := tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(key)}
	if key == "ctrl+c" {
		msg = tea.KeyMsg{Type: tea.KeyCtrlC}
	}
	return r.press(msg)()
}

// What is copied cannot drive the terminal it is pasted into.
func TestCopiesAreHarmless(t *testing.T) {
	bad := "550 no\x1b[201~\rtouch OWNED\r\u202e"
	rec := sendcloud.Record{EmailID: bad, Recipients: bad, SendLog: bad}
	for a, text := range copyAs {
		if a != keymap.CopyText && a != keymap.CopyAnswer && a != keymap.CopyAnswer2 { // they explain the reply
			require.NotContains(t, text(words.English, nil, rec), "\x1b", "%s", a)
			require.NotContains(t, text(words.English, nil, rec), "\r", "%s", a)
			require.NotContains(t, text(words.English, nil, rec), "\u202e", "%s", a)
		}
	}
}

// A fetch that was stopped leaves the whole result within reach, and its total.
func TestAfterAStoppedFetchTheWholeResultIsWithinReach(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, _ := service(t, sendcloudtest.Options{Records: 200000, Seed: 3}, 60)
		r.wait(10 * time.Second)
		total := r.total()
		r.keys("a", "enter")
		r.wait(10 * time.Second)
		require.Equal(t, total, r.total(), "the list is cut to what came")
		r.keys("esc")
		here := r.at.session.Snapshot().Len()
		require.Less(t, here, total)
		require.Contains(t, r.screen(), words.Number(here)+" of "+words.Number(total)+" rows")
		r.keys("G")
		r.wait(10 * time.Second)
		rec, ok := r.at.session.Selected()
		require.True(t, ok, "the last row was not asked for")
		require.Equal(t, total-1, r.cursor())
		r.keys("#", "9", "enter")
		require.Equal(t, 800, r.cursor())
		r.keys("G", "a")
		r.wait(3 * time.Minute)
		now, _ := r.at.session.Selected()
		require.Equal(t, rec.EmailID, now.EmailID, "the selection left its row when the fetch came to it")
		require.Contains(t, r.screen(), "all "+words.Number(total)+" rows")
	})
}

// G in a list whose end nobody told goes on until the last row comes.
func TestTheEndIsLookedForWhereNobodyToldIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, _ := service(t, sendcloudtest.Options{Records: 12000, Seed: 3, Total: sendcloudtest.TotalNull, Latency: time.Second}, 3000)
		r.wait(10 * time.Second)
		r.keys("G")
		require.Contains(t, r.screen(), "reading on to the last row, esc stops")
		r.wait(40 * time.Second)
		require.NotContains(t, r.screen(), "reading on")
		require.Equal(t, r.total()-1, r.cursor())
		_, here := r.at.session.Selected()
		require.True(t, here)
		require.NotContains(t, r.screen(), "at least")
	})
}

// A list that is pasted into the filter means any of its items.
func TestAPastedListMeansAnyOfIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, 30, words.English, 120, 40)
		paste := func(text string) {
			r.send(tea.KeyMsg{Type: tea.KeyRunes, Paste: true, Runes: []rune(text)})
		}
		r.keys("/")
		paste("user1@example.com\nuser2@example.com, user13@example.com")
		require.Equal(t, 3, r.total())
		r.keys("esc", "/", "status:soft_bounce ")
		paste("user1@example.com;user2@example.com")
		require.Equal(t, 1, r.total())
	})
}

// A paste opens the form from wherever one is, and says what it did not take.
func TestAPasteOpensTheFormFromAnywhere(t *testing.T) {
	for _, keys := range [][]string{nil, {"c"}, {"i"}, {"?"}, {"#"}, {"y"}, {"v"}, {"enter"}} {
		synctest.Test(t, func(t *testing.T) {
			r := newRig(t, 300, words.English, 120, 40)
			r.keys(keys...)
			r.send(tea.KeyMsg{Type: tea.KeyRunes, Paste: true, Runes: []rune("to=<wang@163.com> 550 no such user")})
			require.Equal(t, keymap.QueryForm, r.place(), "%v", keys)
			require.Contains(t, r.screen(), "wang@163.com")
			require.Contains(t, r.screen(), "\n 1 address")
			r.keys("esc")
			r.send(tea.KeyMsg{Type: tea.KeyRunes, Paste: true, Runes: []rune("<wang@163.com> 1794000000000_15_3_1.sc-10_10_126_221-inbound0$a@qq.com")})
			require.Contains(t, r.screen(), "1 email id, 1 address")
		})
	}
}

func TestWhatWasNotFoundIsSaidUntilSomethingElseIs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, srv := service(t, sendcloudtest.Options{Records: 200, Seed: 3}, 3000)
		ids := []string{"nowhere"}
		for i := range 5 {
			ids = append(ids, srv.Record(srv.Len()-1-i).EmailID)
		}
		r.run(r.ask(sendcloud.Query{Days: 92, EmailIDs: ids}))
		r.wait(time.Second)
		r.keys("y", "m", "j", "j")
		require.Contains(t, r.screen(), "sent to the terminal's clipboard")
		r.keys("g", "k")
		require.NotContains(t, r.screen(), "sent to the terminal's clipboard")
		r.keys("y", "m", "j", "r")
		require.NotContains(t, r.screen(), "sent to the terminal's clipboard")
	})
}

func TestAProposedFileNameIsReplacedByTyping(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, 10, words.English, 120, 40)
		r.keys("x", "r")
		require.Contains(t, r.prompt().Text(), "rows-")
		r.keys("a", "b")
		require.Equal(t, "ab", r.prompt().Text())
	})
}

// Rows that are asked for again are fetched whole again where a filter needs them.
func TestAskingAgainUnderAFilterIsWholeAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, _ := service(t, sendcloudtest.Options{Records: 20000, Seed: 3}, 3000)
		all := r.total()
		r.keys("/", "qq.com", "enter")
		r.wait(10 * time.Second)
		require.Equal(t, all, r.at.session.Snapshot().Len())
		r.keys("r", "enter")
		r.wait(10 * time.Second)
		require.Equal(t, all, r.at.session.Snapshot().Len(), "a part is shown for the whole")
	})
}

// The way out of every screen stands in the bottom line, however narrow it is.
func TestTheWayOutIsAlwaysShown(t *testing.T) {
	for _, lang := range []words.Lang{words.English, words.Chinese} {
		for key, want := range map[string]string{"j": "q ", "enter": "esc ", "v": "esc ", "t": "esc ", "c": "esc ", "i": "esc ", "f": "esc ", "/": "esc ", "#": "esc ", "?": "esc ", "y": "esc ", "s": "esc "} {
			synctest.Test(t, func(t *testing.T) {
				r := newRig(t, 300, lang, 60, 20)
				r.keys(key)
				for w := 60; w <= 200; w += 20 {
					r.send(tea.WindowSizeMsg{Width: w, Height: 20})
					require.Contains(t, lastLine(r), want, "%s at %d", key, w)
				}
			})
		}
	}
}

// More than terminals commonly take is sent when that was answered with yes.
func TestALargeCopyAsksFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := fetched(t, 20000)
		r.keys("*")
		sent := func() bool { return strings.Contains(r.out.String(), "\x1b]52;") }
		r.keys("y", "j")
		require.Equal(t, keymap.Confirm, r.place())
		require.Contains(t, r.screen(), "more than terminals commonly take")
		require.False(t, sent())
		r.keys("enter")
		require.True(t, sent())
		require.NotContains(t, r.out.String(), "\x1bP", "wrapped for GNU screen")
	})
}

// A total that is too high ends the list in places without a row: the last row is before them.
func TestTheLastRowOfATotalThatIsTooHigh(t *testing.T) {
	for _, high := range []int{50, 350} {
		synctest.Test(t, func(t *testing.T) {
			r := newRig(t, 130, words.English, 80, 24)
			r.api.high = high
			r.keys("r", "G")
			require.Equal(t, 130+high, r.total())
			require.Equal(t, 129, r.cursor())
		})
	}
}
