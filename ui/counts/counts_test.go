package counts

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/stretchr/testify/require"

	"bounceboard/keymap"
	"bounceboard/sendcloud"
	"bounceboard/sendcloud/sendcloudtest"
	"bounceboard/theme"
	"bounceboard/ui/screen"
	"bounceboard/ui/words"
)

var (
	noon = time.Date(2026, 11, 23, 12, 0, 0, 0, sendcloud.Zone)
	day  = sendcloud.DateOf(noon)

	everything = sendcloud.Query{Days: 7}
	failures   = sendcloud.Query{Days: 7, Statuses: []sendcloud.Status{sendcloud.Invalid, sendcloud.SoftBounce}}
	codes      = sendcloud.Query{Days: 7, SubStatuses: []sendcloud.SubStatus{405, 505}}
)

// world is the simulated service, and a line to it that can break.
type world struct {
	srv    *sendcloudtest.Server
	client *sendcloud.Client
	now    time.Time
	breaks func(url.Values) bool // nil: never
}

// newWorld is made inside the bubble of a test: the client's budget goes by its
// clock.
func newWorld(t require.TestingT, o sendcloudtest.Options) *world {
	w := &world{now: noon}
	o.Records, o.Seed, o.Now, o.CallsPerMinute = 20_000, 3, func() time.Time { return w.now }, -1
	var err error
	w.srv, err = sendcloudtest.New(o)
	require.NoError(t, err)
	w.client, err = sendcloud.New(sendcloud.Config{BaseURL: "https://api.sendcloud.net/apiv2", APIUser: sendcloudtest.DefaultUser,
		APIKey: sendcloudtest.DefaultKey, Transport: w, CallsPerMinute: 600, Now: o.Now})
	require.NoError(t, err)
	return w
}

func (w *world) RoundTrip(r *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	form, err := url.ParseQuery(string(body))
	if err != nil || w.breaks != nil && w.breaks(form) {
		return nil, io.ErrUnexpectedEOF
	}
	again := r.Clone(r.Context())
	again.Body = io.NopCloser(bytes.NewReader(body))
	rec := httptest.NewRecorder()
	w.srv.ServeHTTP(rec, again)
	res := rec.Result()
	res.Request = r
	return res, nil
}

// total is how many mails there are, as the counts write it.
func (w *world) total(t *testing.T, pairs ...string) string {
	form := url.Values{"days": {"7"}}
	for i := 0; i < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	n, err := w.srv.Count(form)
	require.NoError(t, err)
	return words.Number(n)
}

// view is a screen and the job that runs.
type view struct {
	*Counts
	job      *screen.Job
	idle     bool          // its job asks nothing
	question screen.Screen // the question on top
}

func (w *world) open(t require.TestingT, lang words.Lang, q sendcloud.Query) *view {
	return w.openIn(t, theme.New(theme.Dark, false), lang, q)
}

func (w *world) openIn(t require.TestingT, th theme.Theme, lang words.Lang, q sendcloud.Query) *view {
	v := &view{}
	plan, err := w.client.Plan(q)
	require.NoError(t, err)
	v.Counts = New(th, lang, keymap.Default(), w.client, plan, func(screen.Kind) bool { return v.job != nil }, func() time.Time { return w.now })
	v.Resize(80, 30)
	return v
}

// do does what an effect asks for with jobs.
func (v *view) do(e screen.Effect) screen.Effect {
	if len(e.Stop) > 0 {
		v.job = nil
	}
	if len(e.Run) > 0 {
		v.job = &e.Run[0]
	}
	if e.Push != nil {
		v.question = e.Push
		v.question.Resize(80, 4)
	}
	return e
}

// yes answers the question, where there is one.
func (v *view) yes() {
	if v.question != nil {
		v.do(v.question.Press(keymap.Fetch, ""))
		v.question = nil
	}
}

func (v *view) press(actions ...keymap.Action) (e screen.Effect) {
	for _, a := range actions {
		e = v.do(v.Press(a, ""))
	}
	return e
}

// end lets the job come to its end.
func (v *view) end() screen.Effect { return v.endIn(context.Background()) }

func (v *view) endIn(ctx context.Context) screen.Effect {
	if v.job == nil {
		return screen.Effect{}
	}
	job, err := v.job, error(nil)
	if !v.idle {
		_, err = job.Run(ctx, func(any) {})
	}
	v.job = nil
	return v.do(job.Done(nil, err))
}

// stopAfter stops the job when n answers came at least.
func (v *view) stopAfter(n int) {
	ctx, cancel := context.WithCancel(context.Background())
	var watching sync.WaitGroup
	watching.Go(func() {
		for answered := 0; answered < n && ctx.Err() == nil; answered, _, _ = v.count.Numbers().Progress() {
			time.Sleep(10 * time.Millisecond) // of the bubble's clock
		}
		cancel()
	})
	v.endIn(ctx)
	cancel()
	watching.Wait()
}

// whole counts the whole span.
func (v *view) whole() {
	v.do(v.Open())
	v.yes()
	v.end()
}

// days counts the days, too.
func (v *view) days() {
	v.whole()
	v.press(keymap.ByDay)
	v.yes()
	v.end()
}

func (v *view) to(k kind, s sendcloud.Status, sub sendcloud.SubStatus) {
	v.cursor.At = v.place(k, s, sub)
	v.reveal()
}

func text(v *view) string { return strings.Join(v.Draw(true), "\n") }

func shown(v *view) string { return ansi.Strip(text(v)) }

func flat(v *view) string { return strings.Join(strings.Fields(shown(v)), " ") }

// in runs a test with a clock of its own: nothing waits.
func in(t *testing.T, o sendcloudtest.Options, test func(t *testing.T, w *world)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) { test(t, newWorld(t, o)) })
}

// Rates are parts of all that was sent, whatever the query leaves out.
func TestTheQueryIsAPartOfAllMail(t *testing.T) {
	in(t, sendcloudtest.Options{}, func(t *testing.T, w *world) {
		for _, tt := range []struct {
			query  sendcloud.Query
			cursor string   // what the cursor stands on at first
			asked  []string // what the service calls it
		}{
			{sendcloud.Query{Days: 7, Statuses: []sendcloud.Status{4}}, "invalid", []string{"status", "4"}},
			{codes, "asked for", []string{"subStatus", "405;505"}},
		} {
			v := w.open(t, words.English, tt.query)
			v.whole()
			require.Equal(t, tt.cursor, v.rows[v.cursor.At].name)
			require.Contains(t, flat(v), "asked for "+w.total(t, tt.asked...))
			require.Contains(t, flat(v), "all mail "+w.total(t))
			for l := range strings.Lines(shown(v)) {
				if strings.Contains(l, "✓ delivered ") || strings.Contains(l, "all mail ") {
					require.True(t, strings.HasPrefix(l, " "), "%q looks asked for", l)
				}
				if strings.Contains(l, " 405 IP") || strings.Contains(l, " asked for ") {
					require.True(t, strings.HasPrefix(l, "│"), "%q is marked by colour alone", l)
				}
			}
			v.to(total, sendcloud.Delivered, 0)
			require.Regexp(t, "delivered: "+w.total(t, "status", "1")+` mails · as of 12:00:00 · \d\d.\d% of all mail`, shown(v))
		}
		v := w.open(t, words.English, everything)
		require.NotContains(t, shown(v), "asked for", "everything is asked for")
	})
}

// Enter asks for the rows behind a number.
func TestTheRowsBehindANumber(t *testing.T) {
	in(t, sendcloudtest.Options{}, func(t *testing.T, w *world) {
		v := w.open(t, words.English, failures)
		v.whole()
		ask := func(k kind, s sendcloud.Status, sub sendcloud.SubStatus) screen.Effect {
			v.to(k, s, sub)
			return v.press(keymap.ShowMails)
		}
		require.Equal(t, &screen.Question{Query: everything}, ask(all, 0, 0).Ask)
		require.True(t, ask(asked, 0, 0).Pop, "the table shows it")
		require.Equal(t, []sendcloud.Status{5}, ask(total, 5, 0).Ask.Query.Statuses)
		require.Equal(t, []sendcloud.SubStatus{406}, ask(code, 4, 406).Ask.Query.SubStatuses)
		require.Contains(t, ask(uncoded, 4, 0).Say.Text, "0 mails")
		require.Contains(t, v.press(keymap.Later).Say.Text, "d counts the days too; then ← → go", "there are no days yet")

		v.days()
		v.press(keymap.Earlier)
		require.Equal(t, day, v.date(v.day), "today is a key away")
		v.press(keymap.Later, keymap.Earlier, keymap.Earlier)
		e := ask(asked, 0, 0)
		require.Equal(t, failures.Statuses, e.Ask.Query.Statuses)
		require.Equal(t, day.AddDays(-2), e.Ask.Query.StartDate)
		require.Equal(t, day.AddDays(-2), e.Ask.Query.EndDate)
		require.False(t, e.Pop, "esc comes back to the counts")
	})
}

func TestMailWithoutACode(t *testing.T) {
	in(t, sendcloudtest.Options{}, func(t *testing.T, w *world) {
		v := w.open(t, words.English, everything)
		w.breaks = func(form url.Values) bool { return form.Get("subStatus") == "409" }
		v.whole()
		v.to(uncoded, 4, 0)
		require.Equal(t, sendcloud.Unknown, v.figures[0][v.cursor.At].Bound)
		require.Contains(t, v.press(keymap.ShowMails).Say.Text, "cannot search")
		w.breaks = nil
		v.press(keymap.GoOn)
		v.end()
		require.Contains(t, shown(v), "invalid without a code: 0 mails · as of 12:00:00")
	})
}

func TestTheRateOfEachDay(t *testing.T) {
	in(t, sendcloudtest.Options{}, func(t *testing.T, w *world) {
		v := w.open(t, words.English, failures)
		v.days()
		at := v.place(rate, 0, 0)
		for d := range v.figures {
			share, ok := v.figures[d][v.place(asked, 0, 0)].Share(v.figures[d][0].Number)
			require.True(t, ok)
			require.InDelta(t, share, v.figures[d][at].share, 1e-9)
		}
		require.Regexp(t, `of all mail +(\d+\.\d% *){8}`, shown(v))
	})
}

// Counting begins by itself where it costs little; else it says what it costs.
func TestHowFarCountingIs(t *testing.T) {
	in(t, sendcloudtest.Options{}, func(t *testing.T, w *world) {
		v := w.open(t, words.English, failures)
		v.do(v.Open())
		require.NotNil(t, v.job, "19 calls need no question")
		require.Equal(t, Kind, v.job.Kind)
		require.Contains(t, shown(v), "loading: 0 of 19 counts")
		v.stopAfter(3)
		require.Regexp(t, `stopped: ([3-9]|1\d) of 19 counts; c goes on`, shown(v))
		require.True(t, v.Can(keymap.GoOn))
		v.do(v.Open())
		require.Nil(t, v.job, "coming back does not start it again")
		v.press(keymap.GoOn)
		require.False(t, v.press(keymap.Back).Pop, "the first esc stops")
		require.Nil(t, v.job)
		v.press(keymap.GoOn)
		v.end()
		require.Contains(t, shown(v), "19 counts, the oldest as of 12:00:00")
		require.Contains(t, v.press(keymap.GoOn).Say.Text, "19 counts, the oldest as of 12:00:00; r counts again")
		require.True(t, v.press(keymap.Back).Pop)
	})
}

func TestWhatCostsMuchIsAskedFirst(t *testing.T) {
	in(t, sendcloudtest.Options{}, func(t *testing.T, w *world) {
		v := w.open(t, words.English, sendcloud.Query{Days: 92})
		v.do(v.Open())
		require.Nil(t, v.job)
		require.Contains(t, strings.Join(v.question.Draw(true), " "), "Counting costs 76 calls, about 8 s.")
		require.Contains(t, shown(v), "not counted yet; c counts")

		v = w.open(t, words.English, failures)
		v.whole()
		whole := shown(v)
		v.press(keymap.ByDay)
		require.Contains(t, strings.Join(v.question.Draw(true), " "), "Counting costs 133 calls, about 13 s.")
		require.Nil(t, v.job)
		require.Equal(t, whole, shown(v), "the numbers stay until it is answered")
		v.yes()
		v.end()
		days := shown(v)
		v.press(keymap.Again)
		require.Contains(t, strings.Join(v.question.Draw(true), " "), "Counting costs 152 calls")
		require.Equal(t, days, shown(v))
		v.press(keymap.ByDay)
		require.Equal(t, strings.TrimSpace(whole), strings.TrimSpace(strings.Replace(shown(v), "152 counts", "19 counts", 1)), "the span alone")
		v.press(keymap.ByDay)
		require.Equal(t, days, shown(v), "the days are there")
	})
}

func TestCountingAgainKeepsTheNumbers(t *testing.T) {
	in(t, sendcloudtest.Options{}, func(t *testing.T, w *world) {
		v := w.open(t, words.English, failures)
		v.whole()
		w.now = noon.Add(time.Hour)
		v.press(keymap.Again) // 19 calls need no question
		require.NotNil(t, v.job)
		v.to(total, 4, 0)
		require.Contains(t, shown(v), w.total(t, "status", "4")+" mails · as of 12:00:00", "with its time")
		require.Equal(t, v.Ink.Muted, v.figures[0][v.cursor.At].tone(&v.Ink, false))
		v.end()
		require.Equal(t, v.Ink.Text, v.figures[0][v.cursor.At].tone(&v.Ink, false))
		require.Contains(t, shown(v), "as of 13:00:00")
	})
}

// A sum of which a part is new already stays as it was, with its time, until all of it is new.
func TestANumberAndItsTimeChangeTogether(t *testing.T) {
	in(t, sendcloudtest.Options{}, func(t *testing.T, w *world) {
		v := w.open(t, words.English, failures)
		v.whole()
		before := v.figures[0][v.place(all, 0, 0)]
		w.now = noon.Add(26 * time.Hour) // other mail is in the last seven days
		v.press(keymap.Down)
		require.Contains(t, flat(v), "the oldest as of "+words.Moment(noon), "of another day")
		v.press(keymap.Again)
		w.breaks = func(form url.Values) bool { return form.Get("status") == "1" }
		v.end()
		now := v.figures[0][v.place(all, 0, 0)]
		require.Equal(t, before.N, now.N)
		require.True(t, before.At.Equal(now.At))
		w.breaks = nil
		v.press(keymap.GoOn)
		v.end()
		require.True(t, v.figures[0][v.place(all, 0, 0)].At.Equal(w.now))
	})
}

// Where the service tells no total that can be read, asking again does not help and is not offered.
func TestAskingAgainIsOnlyOfferedWhereItHelps(t *testing.T) {
	in(t, sendcloudtest.Options{Total: sendcloudtest.TotalNull}, func(t *testing.T, w *world) {
		v := w.open(t, words.English, everything)
		v.whole()
		require.Contains(t, shown(v), "of 19 counts: the service told no total that can be read")
		require.False(t, v.Can(keymap.GoOn))
		require.Empty(t, v.press(keymap.GoOn).Run)
	})
}

func TestAFailedNumberSaysWhy(t *testing.T) {
	in(t, sendcloudtest.Options{}, func(t *testing.T, w *world) {
		v := w.open(t, words.English, everything)
		w.breaks = func(form url.Values) bool { return form.Get("status") == "1" }
		v.whole()
		require.Contains(t, shown(v), "1 of 19 counts failed; c asks for them again")
		v.to(total, 1, 0)
		require.Contains(t, flat(v), "delivered: "+words.Error(words.English, v.figures[0][v.cursor.At].Err))

		w.breaks = nil
		w.srv.ScriptCode(1, 40005, "no")
		v.press(keymap.GoOn)
		v.end()
		for range 2 { // it stands until something is asked
			require.Contains(t, flat(v), "check the API user and key")
			require.Contains(t, shown(v), "stopped: 18 of 19 counts; c goes on")
			v.press(keymap.Down)
		}
		w.breaks = nil
		v.press(keymap.GoOn)
		v.end()
		require.NotContains(t, flat(v), "check the API user and key")
	})
}

func TestBounds(t *testing.T) {
	in(t, sendcloudtest.Options{Ignore: []string{"status"}}, func(t *testing.T, w *world) {
		v := w.open(t, words.English, failures)
		v.whole()
		v.to(all, 0, 0)
		require.Contains(t, shown(v), "≤"+w.total(t))
		require.Contains(t, shown(v), "all mail: at most "+w.total(t)+" mails")
		require.Contains(t, flat(v), "! the service ignores “Status”")
		v.to(uncoded, 4, 0)
		require.Contains(t, shown(v), "invalid without a code: cannot be told from these numbers")
	})
	in(t, sendcloudtest.Options{Total: sendcloudtest.TotalNull}, func(t *testing.T, w *world) {
		v := w.open(t, words.English, everything)
		v.whole()
		v.to(all, 0, 0)
		require.Contains(t, shown(v), "all mail: at least 4 mails")
	})
}

func TestTheCursorStaysOnItsRowWhereDaysAreAdded(t *testing.T) {
	in(t, sendcloudtest.Options{}, func(t *testing.T, w *world) {
		v := w.open(t, words.English, failures)
		v.days()
		for _, r := range []row{{kind: all}, {kind: code, status: 4, sub: 405}, {kind: uncoded, status: 5}} {
			v.to(r.kind, r.status, r.sub)
			for range 2 {
				v.press(keymap.ByDay)
				require.Equal(t, v.cursor.At, v.place(r.kind, r.status, r.sub))
			}
		}
	})
}

func TestNothingMovesWhenNumbersCome(t *testing.T) {
	in(t, sendcloudtest.Options{}, func(t *testing.T, w *world) {
		v := w.open(t, words.English, everything)
		v.do(v.Open())
		before := strings.Split(shown(v), "\n")
		v.end()
		for i, line := range strings.Split(shown(v), "\n")[:len(before)-2] {
			require.Equal(t, names(before[i]), names(line))
		}
	})
}

// names is what stands before a number: the sign and the name of a row.
func names(line string) string {
	return strings.TrimRight(string([]rune(line)[:min(30, len([]rune(line)))]), " ")
}

var actions = []keymap.Action{keymap.Up, keymap.Down, keymap.First, keymap.Last, keymap.HalfUp, keymap.PageDown, keymap.Earlier, keymap.Later,
	keymap.ByDay, keymap.GoOn, keymap.Again, keymap.ShowMails, keymap.Back}
