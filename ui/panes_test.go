package ui

import (
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/stretchr/testify/require"

	"bounceboard/keymap"
	"bounceboard/sendcloud"
	"bounceboard/sendcloud/pattern"
	"bounceboard/sendcloud/recordset"
	"bounceboard/sendcloud/sendcloudtest"
	"bounceboard/ui/export"
	"bounceboard/ui/session"
	"bounceboard/ui/words"
)

// within hands requests to a handler without a network in between, so that
// clock and goroutines stay in the bubble.
type within struct{ http.Handler }

func (w within) RoundTrip(r *http.Request) (*http.Response, error) {
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	rec := httptest.NewRecorder()
	w.ServeHTTP(rec, r)
	res := rec.Result()
	res.Request = r
	return res, nil
}

// service is a dashboard on the simulated service.
func service(t *testing.T, opt sendcloudtest.Options, calls int) (*rig, *sendcloudtest.Server) {
	t.Helper()
	srv, err := sendcloudtest.New(opt)
	require.NoError(t, err)
	client, err := sendcloud.New(sendcloud.Config{BaseURL: "https://api.sendcloud.net/apiv2", APIUser: sendcloudtest.DefaultUser,
		APIKey: sendcloudtest.DefaultKey, Transport: within{srv}, CallsPerMinute: calls})
	require.NoError(t, err)
	return start(t, Options{API: client, Lang: words.English}, 120, 40), srv
}

func TestNarrowingWhatIsLoaded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, srv := service(t, sendcloudtest.Options{Records: 60000, Seed: 3}, 3000)
		r.keys("a", "enter")
		r.wait(2 * time.Minute)
		all := r.total()
		r.keys("/")
		r.keys("domain:qq.com")
		r.settle()
		first, last := r.plan().First, r.plan().Last
		want := 0
		for rec := range srv.Records() {
			day := sendcloud.DateOf(rec.Requested)
			failed := rec.Status == 4 || rec.Status == 5
			if failed && strings.HasSuffix(rec.Recipient, "@qq.com") && !day.Before(first) && !last.Before(day) {
				want++
			}
		}
		require.NotZero(t, want)
		require.Equal(t, want, r.total(), "the rows narrow while one types")
		r.keys("enter")
		require.Contains(t, r.screen(), "› /domain:qq.com")
		r.keys("esc")
		require.Equal(t, all, r.total(), "esc comes back")
		r.keys("/", "cause:nothing")
		require.Contains(t, r.screen(), "↓ nothing is no cause")
		r.keys("esc", "/", "foo:bar")
		require.Contains(t, r.screen(), "↓ there is no field foo")
		require.Contains(t, r.screen(), "the fields are to: domain: status:")
		r.keys("esc")
		require.Equal(t, keymap.Table, r.place())
	})
}

func TestNarrowingPagesComesBackToTheList(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, _ := service(t, sendcloudtest.Options{Records: 200000, Seed: 3}, 3000)
		total := r.total()
		r.keys("/", "qq.com")
		require.Contains(t, r.screen(), "100 of "+words.Number(total)+" rows")
		require.Contains(t, r.screen(), "only among the rows that are here; enter, then a fetches all")
		r.keys("enter")
		require.Contains(t, r.screen(), "Fetch "+words.Number(total)+" rows")
		r.keys("esc", "esc")
		require.Equal(t, total, r.total())
	})
}

func TestAnIgnoredFilterLeavesNoHoles(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, srv := service(t, sendcloudtest.Options{Records: 20000, Seed: 3, Ignore: []string{"status", "subStatus"}}, 3000)
		require.Contains(t, r.screen(), "of at most ")
		require.Contains(t, r.screen(), "the service ignored a filter")
		for range 40 {
			r.keys("G")
			r.wait(time.Second)
		}
		want := 0
		for rec := range srv.Records() {
			if day := sendcloud.DateOf(rec.Requested); (rec.Status == 4 || rec.Status == 5) && !day.Before(r.plan().First) && !r.plan().Last.Before(day) {
				want++
			}
		}
		require.Equal(t, want, r.total())
		_, ok := r.at.session.Selected()
		require.True(t, ok, "the last row is not there")
		r.keys("a", "enter")
		r.wait(20 * time.Second)
		require.Contains(t, r.screen(), "all "+words.Number(want)+" rows")
	})
}

func TestComingBackFromTheCounts(t *testing.T) {
	needsCounts(t)
	synctest.Test(t, func(t *testing.T) {
		r, _ := service(t, sendcloudtest.Options{Records: 60000, Seed: 3}, 3000)
		total := r.total()
		r.keys("jjj", "c")
		r.wait(10 * time.Second)
		require.Contains(t, r.screen(), "19 counts")
		r.keys("jjjjjj", "enter")
		r.wait(5 * time.Second)
		require.Equal(t, []sendcloud.SubStatus{406}, r.plan().Query.SubStatuses)
		require.Less(t, r.total(), total)
		r.keys("esc")
		require.Equal(t, keymap.CountsPage, r.place(), "back into the counts")
		r.keys("esc")
		require.Equal(t, total, r.total())
		require.Equal(t, 3, r.cursor())
	})
}

func TestCountsGoOnAndCountAgain(t *testing.T) {
	needsCounts(t)
	synctest.Test(t, func(t *testing.T) {
		r, srv := service(t, sendcloudtest.Options{Records: 60000, Seed: 3, Latency: time.Second}, 60)
		r.wait(2 * time.Minute)
		srv.ForgetCalls()
		r.keys("c")
		r.wait(3 * time.Second)
		require.Contains(t, r.screen(), "loading: ")
		r.keys("esc")
		r.wait(3 * time.Second)
		first := srv.CallCount()
		left := missingNumbers(r)
		require.Less(t, left, 19, "nothing came before it was stopped")
		require.Contains(t, r.screen(), fmt.Sprintf("stopped: %d of 19 counts; c goes on", 19-left))
		r.keys("c")
		r.wait(time.Minute)
		require.Contains(t, r.screen(), "19 counts, the oldest as of ")
		require.LessOrEqual(t, srv.CallCount(), first+left+1, "what was there was asked for again")
		require.Contains(t, r.screen(), "asked for ")

		r.keys("c")
		require.Contains(t, r.screen(), "r counts again")
		r.wait(20 * time.Minute)
		srv.ForgetCalls()
		clock := words.Clock(time.Now())
		line := func() string { return strings.Join(strings.Fields(lineWith(r.screen(), "406 ")), " ") }
		before := line()
		require.NotContains(t, before, "…")
		r.keys("r")
		require.Equal(t, before, line(), "the old number, with its time, until the new one is there")
		r.wait(time.Minute)
		require.Equal(t, 20, srv.CallCount())
		require.Greater(t, line()[len(line())-8:], clock, "the new number")
	})
}

func TestWhatTheQuestionLeavesOutIsCounted(t *testing.T) {
	needsCounts(t)
	synctest.Test(t, func(t *testing.T) {
		r, srv := service(t, sendcloudtest.Options{Records: 60000, Seed: 3}, 3000)
		failed := r.total()
		r.keys("c")
		r.wait(10 * time.Second)
		require.Equal(t, words.Number(failed), strings.Fields(lineWith(r.screen(), "asked for"))[3])
		delivered, err := srv.Count(url.Values{"days": {"7"}, "status": {"1"}})
		require.NoError(t, err)
		require.Equal(t, words.Number(delivered), strings.Fields(lineWith(r.screen(), "✓ delivered"))[2])
		require.Contains(t, r.screen(), "enter show these")
		r.keys("k", "k")
		require.Contains(t, r.screen(), " delivered: "+words.Number(delivered)+" mails")
		r.keys("enter")
		r.wait(5 * time.Second)
		require.Equal(t, []sendcloud.Status{sendcloud.Delivered}, r.plan().Query.Statuses)
		require.Equal(t, delivered, r.total())
		r.keys("esc", "k", "enter")
		require.Equal(t, keymap.Table, r.place(), "what was asked for is what the table shows")
		require.Equal(t, failed, r.total())
		require.Empty(t, r.history)
	})
}

// A refused key ends all calls: it is said, once, not as a number.
func TestCountingWithARefusedKeySaysSo(t *testing.T) {
	needsCounts(t)
	synctest.Test(t, func(t *testing.T) {
		r, _ := service(t, sendcloudtest.Options{Records: 2000, Seed: 3, NoPermission: []string{sendcloudtest.DefaultUser}}, 3000)
		r.keys("c")
		r.wait(10 * time.Second)
		require.Contains(t, r.screen(), "not counted yet")
		require.Contains(t, strings.Join(strings.Fields(r.screen()), " "), words.Capital(words.Error(words.English, r.at.session.Asking.Err)))
	})
}

// lineWith is the first line that has a text.
func lineWith(screen, text string) string {
	for line := range strings.Lines(screen) {
		if strings.Contains(line, text) {
			return line
		}
	}
	return ""
}

func TestWhatWasNotFoundIsSaid(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, srv := service(t, sendcloudtest.Options{Records: 20000, Seed: 3}, 3000)
		ids := "1794000000000_15_3_1.sc-10_10_126_221-inbound0$nobody@example.com"
		for i := range 150 {
			ids += "\n" + srv.Record(srv.Len()-1-i).EmailID
		}
		r.send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(ids), Paste: true})
		r.keys("enter")
		r.wait(5 * time.Second)
		require.Contains(t, r.screen(), "with 151 email ids")
		require.Contains(t, r.screen(), "not found: 1 of 151")
		r.keys("y", "m")
		require.Contains(t, r.screen(), "Not found (65 characters)")
	})
}

func TestEscDropsMarksOnlyTheSecondTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, _ := service(t, sendcloudtest.Options{Records: 60000, Seed: 3}, 3000)
		r.keys(" ", " ", "s", "r", "esc")
		require.Nil(t, r.at.session.Order, "the first esc takes the order off")
		r.keys("esc")
		require.Contains(t, r.screen(), "2 rows marked")
		require.Equal(t, 2, r.at.session.Marks.Len())
		r.keys("esc")
		require.Zero(t, r.at.session.Marks.Len())
	})
}

func TestFacetsNarrowAndComeBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, _ := service(t, sendcloudtest.Options{Records: 60000, Seed: 3}, 3000)
		r.keys("a", "enter")
		r.wait(2 * time.Minute)
		all := r.total()
		r.keys("v", "enter")
		v := r.total()
		require.Less(t, v, all)
		require.Contains(t, r.screen(), "› status: ")
		r.keys("l", "!")
		require.Less(t, r.total(), v)
		require.Contains(t, r.screen(), "› not sub-status: ")
		r.keys("esc", "esc")
		require.Equal(t, all, r.total())
		r.keys("esc")
		require.Equal(t, keymap.Table, r.place())
		r.keys("t", " ", "h", "h", "enter")
		require.Less(t, r.total(), all)
	})
}

func TestAPatternIsOpenedFromItsValueAndFromARow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, _ := service(t, sendcloudtest.Options{Records: 60000, Seed: 3}, 3000)
		r.keys("a", "enter")
		r.wait(2 * time.Minute)
		all := r.total()
		r.keys("v", "3", "i")
		require.Contains(t, r.screen(), "choose one in the column")
		r.keys("8", "j", "i")
		require.Equal(t, keymap.PatternPage, r.place())
		chosen, _ := r.at.facets.Pattern()
		count := countOf(r, chosen)
		require.Contains(t, r.screen(), "pattern     "+chosen)
		require.Contains(t, r.screen(), fmt.Sprintf("%s of %s rows", words.Number(count), words.Number(all)))
		require.Contains(t, r.screen(), "sample")
		r.keys("Y")
		sent, err := base64.StdEncoding.DecodeString(strings.TrimSuffix(strings.TrimPrefix(r.out.String(), "\x1b]52;c;"), "\a"))
		require.NoError(t, err)
		require.Equal(t, chosen, string(sent))
		r.keys("?", "esc", "esc")
		require.Equal(t, keymap.FacetsPane, r.place())

		r.keys("i", "enter")
		require.Equal(t, count, r.total(), "the rows of the pattern")
		require.Contains(t, r.screen(), "› reply pattern: "+chosen)
		r.keys("esc", "esc")
		require.Equal(t, all, r.total())

		r.keys("enter")
		rec, _ := r.at.session.Selected()
		text, _ := pattern.Of(rec.SendLog)
		id := string(pattern.IDOf(text))
		require.Contains(t, r.screen(), "pattern "+id, "the detail does not tell the id")
		r.keys("i", "!")
		require.Contains(t, r.screen(), "› not reply pattern: "+id)
		require.Equal(t, keymap.Table, r.place(), "the keyboard is not where the rows are")
		require.Less(t, r.total(), all)
	})
}

// Looking at a pattern of the pages that were read leaves no trace.
func TestAPatternOfTheLoadedPages(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, _ := service(t, sendcloudtest.Options{Records: 200000, Seed: 3}, 3000)
		total := r.total()
		r.keys("j", "i", "esc")
		require.Contains(t, r.screen(), "of 100 rows")
		require.Contains(t, r.screen(), "100 of "+words.Number(total), "what the numbers cover is not said")
		r.keys("i")
		require.Equal(t, keymap.Table, r.place())
		require.Equal(t, 1, r.cursor())
		require.Equal(t, total, r.total())
	})
}

// What part of the rows is here stands in the header, and beside the numbers
// that come from it.
func TestCoverageIsToldOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, _ := service(t, sendcloudtest.Options{Records: 200000, Seed: 3}, 60)
		r.wait(5 * time.Second)
		total := words.Number(r.total())
		told := func() int { return strings.Count(r.screen(), "100 of "+total) + strings.Count(r.screen(), "100 rows") }
		r.keys("/", "qq.com", "enter", "esc")
		require.Equal(t, 1, told(), "%s", r.screen())
		require.Contains(t, r.screen(), "only among the rows fetched so far; a fetches all")
		r.keys("/", " zzzz")
		require.Equal(t, 1, told(), "%s", r.screen())
		require.Contains(t, r.screen(), "No row that is here matches; esc widens.")
		r.keys("enter")
		require.Equal(t, 1, told(), "%s", r.screen())
		require.Contains(t, r.screen(), "esc widens, a fetches all.")
		require.Contains(t, r.screen(), "a fetch all", "a key that the table tells of is not on the key line")
		require.NotContains(t, r.screen(), "only among the rows")
		r.keys("esc", "esc", "v")
		require.Equal(t, 2, told(), "%s", r.screen())
		require.Contains(t, r.screen(), "2 values · from 100 of "+total+" rows")
		r.keys("a", "enter")
		r.wait(10 * time.Second)
		require.Contains(t, r.screen(), "fetching · ")
		require.Equal(t, 2, strings.Count(r.screen(), " of "+total+" rows"), "%s", r.screen())
	})
}

func TestANumberShowsItsColumn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, _ := service(t, sendcloudtest.Options{Records: 60000, Seed: 3}, 3000)
		head := func() string { return strings.Join(strings.Fields(lineWith(r.screen(), " mails ")), " ") }
		r.keys("9")
		require.Equal(t, keymap.FacetsPane, r.place())
		require.Contains(t, head(), "refused IP mails")
		r.keys("tab", "1")
		require.Contains(t, head(), "status mails", "from the table beside it too")
		require.Equal(t, keymap.FacetsPane, r.place())
		r.keys("esc", "6")
		require.Contains(t, head(), "recipient domain mails")
	})
}

func TestSinceWhenFailuresRose(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, _ := service(t, sendcloudtest.Options{Records: 200000, Seed: 3}, 3000)
		r.keys("t", "esc", "o")
		require.Contains(t, r.screen(), "since when failures rose cannot be told", "a part of the rows tells nothing")
		r.keys("esc", "a", "enter")
		r.wait(2 * time.Minute)
		r.keys("t", "o")
		require.Contains(t, r.screen(), "invalid rose from ")
		said := lineWith(r.screen(), "invalid rose from ")
		at := strings.Fields(said[strings.Index(said, " at ")+4:])
		r.keys("enter")
		require.Contains(t, r.screen(), "› "+at[2][:5]+" "+at[0], "the cursor does not stand on what is said")
		require.NotContains(t, r.screen(), "invalid rose", "within an hour there is no day before")
		r.keys("o")
		require.Contains(t, r.screen(), "No rise of failures stands out")
	})
}

func TestMarksSurviveFiltersAndSorts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, _ := service(t, sendcloudtest.Options{Records: 60000, Seed: 3}, 3000)
		r.keys("a", "enter")
		r.wait(2 * time.Minute)
		rec, _ := r.at.session.Selected()
		r.keys(" ")
		require.Contains(t, r.screen(), "1 row marked")
		r.keys("s", "r", "/", "domain:163.com", "enter", "esc")
		row, ok := r.at.session.Snapshot().Find(rec.EmailID)
		require.True(t, ok)
		require.True(t, r.at.session.Marks.Has(row))
		r.keys("*")
		require.Equal(t, r.total(), r.at.session.Marks.Len())
		r.keys("*")
		require.Zero(t, r.at.session.Marks.Len())
	})
}

func TestSortingKeepsTheSelectionOnItsRow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, _ := service(t, sendcloudtest.Options{Records: 60000, Seed: 3}, 3000)
		r.keys("a", "enter")
		r.wait(2 * time.Minute)
		r.keys("jjj")
		rec, _ := r.at.session.Selected()
		r.keys("s", "r")
		sorted, _ := r.at.session.Selected()
		require.Equal(t, rec.EmailID, sorted.EmailID)
		r.keys("g")
		a, _ := r.at.session.Selected()
		r.keys("j")
		b, _ := r.at.session.Selected()
		require.LessOrEqual(t, a.Recipients, b.Recipients)
	})
}

// What is read is not all there is, for all one knows.
func TestAFileThatIsBeingReadIsNotWhole(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		in, out := io.Pipe()
		w, err := export.New(export.NDJSON, out, export.Options{})
		require.NoError(t, err)
		r := start(t, Options{Lang: words.English, File: &session.File{Name: "-", In: in}}, 120, 40)
		for i := range 30 {
			require.NoError(t, w.Write(row(i)))
		}
		r.wait(time.Second)
		require.Contains(t, r.screen(), "30 rows so far")
		require.NoError(t, out.Close())
		r.wait(time.Second)
		require.Contains(t, r.screen(), "all 30 rows")
	})
}

func TestAFileNeedsNoService(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var text strings.Builder
		w, err := export.New(export.NDJSON, &text, export.Options{})
		require.NoError(t, err)
		for i := range 500 {
			require.NoError(t, w.Write(row(i)))
		}
		in := strings.NewReader(text.String() + "damaged\n")
		r := start(t, Options{Lang: words.English, File: &session.File{Name: "rows.ndjson", In: in}}, 120, 40)
		r.wait(time.Second)
		require.Contains(t, r.screen(), "all 500 rows · 11-23 03:41–11-23 12:00 · as of")
		require.Contains(t, r.screen(), "no row could be read from 1 line: line 501 (not JSON)")
		require.Contains(t, r.screen(), "user0@example.com")
		for key, says := range map[string]string{"f": "nothing can be asked", "a": "every row of it is here"} {
			r.keys(key)
			require.Contains(t, r.screen(), says)
		}
		r.keys("r")
		r.wait(time.Second)
		require.Equal(t, 500, r.total())
	})
}

// countOf is how many rows the value under the cursor of the facets has.
func countOf(r *rig, id string) int {
	f, err := r.at.session.Snapshot().Facet(r.t.Context(), r.at.session.Passing(), recordset.ByPattern, recordset.ByCount)
	require.NoError(r.t, err)
	for _, v := range f.Values {
		if v.Value == id {
			return v.Count
		}
	}
	return 0
}

// Numbers, orders and marks are about every row where that costs little; more
// is asked first, once.
func TestSmallQuestionsAreWhole(t *testing.T) {
	for _, keys := range [][]string{{"v"}, {"t"}, {"3"}, {"s", "d"}, {"/", "qq"}, {"i"}} {
		synctest.Test(t, func(t *testing.T) {
			r, _ := service(t, sendcloudtest.Options{Records: 60000, Seed: 3}, 3000)
			total := r.total()
			r.keys(" ")
			r.keys(keys...)
			r.wait(10 * time.Second)
			require.Equal(t, total, r.at.session.Snapshot().Len(), "%v", keys)
			require.Equal(t, 1, r.at.session.Marks.Len(), "a mark was lost with the pages")
		})
	}
	synctest.Test(t, func(t *testing.T) {
		r, _ := service(t, sendcloudtest.Options{Records: 200000, Seed: 3}, 3000)
		r.keys("v")
		require.Equal(t, keymap.Confirm, r.place())
		require.Contains(t, r.screen(), "Fetch "+words.Number(r.total())+" rows")
		r.keys("esc")
		require.Equal(t, keymap.FacetsPane, r.place())
		r.keys("4", "5", "esc", "t")
		require.NotEqual(t, keymap.Confirm, r.place(), "it is asked once")
	})
}

func TestMarkingAllMarksWhatComes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, _ := service(t, sendcloudtest.Options{Records: 60000, Seed: 3}, 3000)
		r.keys("*")
		r.wait(10 * time.Second)
		require.Equal(t, r.total(), r.at.session.Marks.Len())
	})
	synctest.Test(t, func(t *testing.T) {
		r, _ := service(t, sendcloudtest.Options{Records: 60000, Seed: 3}, 3000)
		r.keys("/", "qq.com", "enter", "*")
		r.wait(10 * time.Second)
		require.Greater(t, r.total(), 100)
		require.Equal(t, r.total(), r.at.session.Marks.Len())
		require.Zero(t, r.at.session.Marks.Without(r.at.session.Passing()).Len())
	})
}
