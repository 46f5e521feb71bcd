package ui

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"github.com/stretchr/testify/require"

	"bounceboard/keymap"
	"bounceboard/sendcloud"
	"bounceboard/sendcloud/recordset"
	"bounceboard/theme"
	"bounceboard/ui/prompt"
	"bounceboard/ui/screen"
	"bounceboard/ui/session"
	"bounceboard/ui/words"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, sendcloud.Zone)

// stub answers from a list of made rows, or with err.
type stub struct {
	*sendcloud.Client
	total int
	err   error
	asked []int
	fresh bool
	later time.Duration // when it answers, after noon
	newer int           // rows that came on top of the list
	high  int           // how much the announced total is too high
	only  string        // the one address that mail went to; "": to many
}

func (s *stub) Page(ctx context.Context, plan sendcloud.Plan, start, limit int, fresh bool, _ func(sendcloud.Event)) (sendcloud.Page, error) {
	s.asked, s.fresh = append(s.asked, start), fresh
	if err := ctx.Err(); err != nil {
		return sendcloud.Page{}, err
	}
	if s.err != nil {
		return sendcloud.Page{}, s.err
	}
	if s.only != "" && !slices.Contains(plan.Query.Emails, s.only) {
		return sendcloud.Page{FetchedAt: noon}, nil
	}
	p := sendcloud.Page{Start: start, Next: min(start+limit, s.total), Total: s.total + s.high, FetchedAt: noon.Add(s.later)}
	for i := start; i < min(start+limit, s.total); i++ {
		p.Records = append(p.Records, row(i-s.newer))
		if s.only != "" {
			p.Records[i-start].Recipients = s.only
		}
	}
	return p, nil
}

func row(i int) sendcloud.Record {
	at := noon.Add(-time.Duration(i) * time.Minute)
	r := sendcloud.Record{
		EmailID: fmt.Sprintf("id-%d", i), Status: sendcloud.Invalid, StatusText: "无效邮件", SubStatus: 406,
		SubStatusDesc: "无效邮件-地址不存在", APIUser: "notify", Recipients: fmt.Sprintf("user%d@example.com", i),
		RequestTime: at, ModifiedTime: at.Add(8 * time.Second), SendLog: "550 5.1.1 no such user 该用户不存在",
	}
	if i%3 == 1 {
		r.Status, r.SubStatus, r.SubStatusDesc = sendcloud.SoftBounce, 505, "软退信-IP、域名被拒"
		r.SendLog = "550 Ip frequency limited [" + strings.Repeat("MTk2", 20) + "== Blocked IP 203.0.113.9]."
	}
	return r
}

// rig is a dashboard in a bubble of synctest: commands run in goroutines of
// their own, and time passes only in wait.
type rig struct {
	*Model
	t     *testing.T
	api   *stub
	out   *paper
	inbox chan tea.Msg
}

type paper struct {
	strings.Builder
	shell   bool
	redrawn int
}

func (p *paper) Job() bool      { return p.shell }
func (p *paper) Suspend() error { return nil }
func (p *paper) Redraw()        { p.redrawn++ }

// silent never answers what the stub leaves to the client.
type silent struct{}

func (silent) RoundTrip(r *http.Request) (*http.Response, error) {
	<-r.Context().Done()
	return nil, r.Context().Err()
}

func newRig(t *testing.T, total int, lang words.Lang, w, h int) *rig {
	t.Helper()
	client, err := sendcloud.New(sendcloud.Config{
		BaseURL: "https://api.sendcloud.net/apiv2", APIUser: "support", APIKey: "not-a-key", Transport: silent{}, Now: func() time.Time { return noon }})
	require.NoError(t, err)
	api := &stub{Client: client, total: total}
	r := start(t, Options{API: api, Lang: lang, Now: func() time.Time { return noon }}, w, h)
	r.api = api
	return r
}

// start runs a dashboard with what opt leaves open filled in.
func start(t *testing.T, opt Options, w, h int) *rig {
	t.Helper()
	r := &rig{t: t, out: &paper{}, inbox: make(chan tea.Msg, 1000)}
	opt.Where = Where{Profile: "prod", Host: "api.sendcloud.net"}
	opt.Query = sendcloud.Query{Days: 7, Statuses: []sendcloud.Status{sendcloud.Invalid, sendcloud.SoftBounce}}
	opt.Theme, opt.Keys = theme.New(theme.Dark, opt.Theme.ASCII), keymap.Default()
	opt.Getenv = func(string) string { return "" }
	ctx, cancel := context.WithCancel(t.Context())
	r.Model = New(ctx, opt, r.out)
	t.Cleanup(func() {
		r.jobs.stopAll()
		cancel()
		r.settle()
	})
	r.run(r.Init())
	r.send(tea.WindowSizeMsg{Width: w, Height: h})
	return r
}

// send updates the model and waits until nothing happens any more but timers.
func (r *rig) send(msg tea.Msg) {
	r.t.Helper()
	_, cmd := r.Update(msg)
	r.run(cmd)
	r.settle()
}

func (r *rig) run(cmd tea.Cmd) {
	if cmd != nil {
		go func() { r.inbox <- cmd() }()
	}
}

func (r *rig) settle() {
	r.t.Helper()
	for {
		synctest.Wait()
		select {
		case msg := <-r.inbox:
			if batch, ok := msg.(tea.BatchMsg); ok {
				for _, cmd := range batch {
					r.run(cmd)
				}
				continue
			}
			_, cmd := r.Update(msg)
			r.run(cmd)
		default:
			return
		}
	}
}

// wait lets time pass, in steps as short as a frame of the reading.
func (r *rig) wait(d time.Duration) {
	r.t.Helper()
	for end := time.Now().Add(d); time.Now().Before(end); {
		time.Sleep(100 * time.Millisecond)
		r.settle()
	}
}

func (r *rig) keys(keys ...string) {
	r.t.Helper()
	special := map[string]tea.KeyType{"enter": tea.KeyEnter, "esc": tea.KeyEsc, "tab": tea.KeyTab, "ctrl+c": tea.KeyCtrlC,
		"ctrl+z": tea.KeyCtrlZ, "ctrl+l": tea.KeyCtrlL, "ctrl+p": tea.KeyCtrlP, "ctrl+n": tea.KeyCtrlN, "ctrl+r": tea.KeyCtrlR, "ctrl+u": tea.KeyCtrlU, "up": tea.KeyUp, "down": tea.KeyDown, "ctrl+d": tea.KeyCtrlD, "pgdown": tea.KeyPgDown, "left": tea.KeyLeft, "right": tea.KeyRight, "backspace": tea.KeyBackspace}
	for _, k := range keys {
		if t, ok := special[k]; ok {
			r.send(tea.KeyMsg{Type: t})
			continue
		}
		r.send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(k)})
	}
}

func (r *rig) screen() string { return ansi.Strip(r.View()) }

func (r *rig) place() keymap.Place { return r.at.top().Place() }
func (r *rig) cursor() int         { return r.at.session.Cursor }
func (r *rig) total() int          { return r.at.session.Total() }

func (r *rig) plan() sendcloud.Plan {
	plan, _ := r.at.session.Plan()
	return plan
}

func (r *rig) prompt() *prompt.Prompt {
	switch p := r.at.top().(type) {
	case *filterPrompt:
		return p.Prompt
	case *filePrompt:
		return p.Prompt
	case *prompt.Prompt:
		return p
	}
	return nil
}

// ask asks another question and returns the command that brings its answer.
func (r *rig) ask(q sendcloud.Query) tea.Cmd {
	return tea.Batch(r.Model.ask(screen.Question{Query: q}), r.settleModel())
}

func (r *rig) settleModel() tea.Cmd { return r.Model.settle(0, 0) }

func TestTheFirstScreenShowsRows(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, 1234, words.English, 120, 40)
		require.Contains(t, r.screen(), "Failed mail, last 7 days (11-17 to 11-23)")
		require.Contains(t, r.screen(), "of 1,234")
		require.Contains(t, r.screen(), "user0@example.com")
		require.Contains(t, r.screen(), "as of 12:00:00")
		require.Contains(t, r.screen(), "prod · api.sendcloud.net")
		require.Contains(t, r.screen(), "406 address does not exist", "the detail pane follows the first row")
	})
}

// A narrow header says less, and no half words.
func TestANarrowHeaderIsWhole(t *testing.T) {
	for lang, asked := range map[words.Lang]string{words.English: "Failed mail, last 7 days ", words.Chinese: "最近 7 天的失败邮件 "} {
		synctest.Test(t, func(t *testing.T) {
			r := newRig(t, 1234, lang, 60, 20)
			require.Contains(t, strings.Split(r.screen(), "\n")[1], asked)
		})
	}
}

func TestALatePageIsDropped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, 10, words.English, 120, 40)
		r.ask(sendcloud.Query{Days: 2})
		late := r.jobs.running[session.Page]
		r.ask(sendcloud.Query{Days: 3})
		r.Update(doneMsg{of: late, result: sendcloud.Page{Total: 99, Records: []sendcloud.Record{row(50)}}})
		require.False(t, r.at.session.Answered(), "a late page answered the search in flight")
	})
}

func TestPagingReachesEveryRow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, 1250, words.English, 120, 40)
		r.keys("G")
		require.Equal(t, 1249, r.cursor())
		rec, ok := r.at.session.Selected()
		require.True(t, ok, "the last row was not fetched")
		require.Equal(t, "id-1249", rec.EmailID)
		r.keys("n")
		require.Contains(t, r.screen(), "This is the last page.")
		r.keys("g", "n")
		require.Equal(t, 100, r.cursor())
		for range 99 {
			r.keys("j")
		}
		r.keys("j")
		require.Equal(t, 200, r.cursor(), "j on the last row of a page goes on to the next")
		rec, ok = r.at.session.Selected()
		require.True(t, ok)
		require.Equal(t, "id-200", rec.EmailID)
	})
}

func TestAfterAnErrorTheOldRowsStay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, 300, words.English, 120, 40)
		r.api.err = &sendcloud.NetworkError{Problem: sendcloud.TimedOut, Host: "api.sendcloud.net", Err: errors.New("x")}
		r.keys("j", "r")
		require.True(t, r.api.fresh, "r goes past the cache")
		require.Contains(t, r.screen(), "user0@example.com")
		require.Contains(t, r.screen(), "The rows are those of")
		require.Contains(t, r.screen(), "r tries again")
		r.api.err = nil
		r.keys("r")
		require.NotContains(t, r.screen(), "r tries again")
		require.Equal(t, 1, r.cursor(), "the selection follows its row")
	})
}

func TestAPageAheadThatFailsWaitsUntilItIsLookedAt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, 300, words.English, 120, 40)
		r.api.err = errors.New("broken")
		r.keys("jjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjj") // page 2 is asked ahead
		require.Contains(t, r.api.asked, 100)
		require.NoError(t, r.at.session.Asking.Err)
		r.api.err = nil
		r.keys("n")
		rec, ok := r.at.session.Selected()
		require.True(t, ok)
		require.Equal(t, "id-100", rec.EmailID)
	})
}

func TestEscStopsTheCallAndKeepsTheRows(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, 300, words.English, 120, 40)
		_, cmd := r.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("r")})
		require.True(t, r.jobs.Running(session.Page))
		require.Contains(t, r.screen(), "loading")
		r.keys("esc")
		require.False(t, r.jobs.Running(session.Page), "esc did not end the call")
		require.Contains(t, r.screen(), "stopped")
		require.Contains(t, r.screen(), "user0@example.com")
		r.run(cmd)
		r.settle()
		require.True(t, r.at.session.Asking.Stopped, "an answer after esc was taken")
		r.keys("G")
		rec, _ := r.at.session.Selected()
		require.Equal(t, "id-299", rec.EmailID, "moving on asks for what is missing")
	})
}

func TestAnEmptyResultSaysWhyAndWidensItself(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, 0, words.English, 80, 24)
		require.Contains(t, r.screen(), "No mail matches.")
		require.Contains(t, r.screen(), "1  search every status")
		require.Contains(t, r.screen(), "2  search the last 30 days")
		r.api.total = 5
		r.keys("1")
		require.Empty(t, r.plan().Query.Statuses)
		require.Equal(t, 5, r.total())
		r.keys("1")
		require.Contains(t, r.screen(), "5 rows · most first", "over rows it shows the values of the first column")
	})
}

func TestAKeyThatDoesNothingSaysWhy(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, 5, words.English, 80, 24)
		for key, says := range map[string]string{
			"z": "z does nothing here; ? shows the keys.", "!": "it means “exclude", "n": "This is the last page.",
			"#": "There is one page only.", "k": "That is the first row.", "esc": "q quits", "ctrl+z": "no shell to go back to",
		} {
			r.keys(key)
			require.Contains(t, r.screen(), says, key)
		}
	})
}

func TestLettersAreTextInTheForm(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, 5, words.English, 120, 40)
		r.keys("f", "q")
		require.Equal(t, keymap.QueryForm, r.place(), "q quit while typing")
		r.keys("esc")
		require.Equal(t, keymap.Table, r.place())
		require.Equal(t, 7, r.plan().Query.Days, "esc changed the query")
	})
}

func TestSearchFromTheForm(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, 5, words.English, 120, 40)
		r.keys("f", "lin.wei＠qq．com", "enter")
		require.Equal(t, []string{"lin.wei@qq.com"}, r.plan().Query.Emails)
		require.Contains(t, r.screen(), "to lin.wei@qq.com")
	})
}

func TestCopy(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, 5, words.English, 120, 40)
		r.keys("y", "a")
		require.Contains(t, r.out.String(), "\x1b]52;c;")
		require.Contains(t, r.screen(), "Address (17 characters) sent to the terminal's clipboard.")
		require.Equal(t, keymap.Table, r.place())
	})
}

func TestAFileIsNeverOverwritten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, 5, words.English, 120, 40)
		path := t.TempDir() + "/row.json"
		ask := func() {
			r.keys("x", "r")
			require.Equal(t, keymap.FilePrompt, r.place())
			r.prompt().Set(path, len(path))
			r.keys("enter")
		}
		ask()
		require.Contains(t, r.screen(), "readable by you only")
		ask()
		require.Contains(t, r.screen(), "is there already and was left as it is")
	})
}

func TestEveryViewFitsItsScreen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, 1000, words.Chinese, 120, 40)
		open := map[string][]string{"table": nil, "detail": {"enter"}, "form": {"f"}, "help": {"?"}, "copy": {"y"}, "page": {"#"}}
		for name, keys := range open {
			r.keys(keys...)
			for w := 1; w <= 200; w += 7 {
				for h := 1; h <= 60; h += 3 {
					r.Update(tea.WindowSizeMsg{Width: w, Height: h})
					lines := strings.Split(r.View(), "\n")
					require.LessOrEqual(t, len(lines), h, "%s at %d×%d", name, w, h)
					for _, line := range lines {
						require.LessOrEqual(t, ansi.StringWidth(line), w, "%s at %d×%d: %q", name, w, h, line)
					}
				}
			}
			r.Update(tea.WindowSizeMsg{Width: 120, Height: 40})
			for r.place() != keymap.Table {
				r.keys("esc")
			}
		}
	})
}

func TestOnlyTheSelectedRowIsReversed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, name := range theme.Names() {
			r := newRig(t, 50, words.English, 120, 40)
			th := theme.New(name, false)
			r.Theme = th
			r.at = r.visit(r.at.session)
			r.send(tea.WindowSizeMsg{Width: 120, Height: 41})
			r.keys("r", "j")
			reversed := 0
			for line := range strings.SplitSeq(r.View(), "\n") {
				if strings.Contains(line, "\x1b[7m") {
					reversed++
					require.Contains(t, line, "user1@example.com", "theme %s", name)
				}
			}
			require.Equal(t, 1, reversed, "theme %s", name)
		}
	})
}

func BenchmarkView(b *testing.B) {
	open := func(opt Options) *Model {
		opt.Lang, opt.Theme, opt.Keys = words.Chinese, theme.New(theme.Dark, false), keymap.Default()
		m := New(context.Background(), opt, &paper{})
		m.Init()
		m.Update(tea.WindowSizeMsg{Width: 120, Height: 40})
		return m
	}
	b.Run("pages", func(b *testing.B) {
		api := &stub{total: 1_000_000}
		api.Client, _ = sendcloud.New(sendcloud.Config{BaseURL: "https://api.sendcloud.net/apiv2", APIUser: "a", APIKey: "b"})
		m := open(Options{API: api})
		page, _ := api.Page(context.Background(), sendcloud.Plan{}, 0, 100, false, nil)
		m.Update(doneMsg{of: m.jobs.running[session.Page], result: page})
		for b.Loop() {
			_ = m.View()
		}
	})
	b.Run("200,000 rows in memory", func(b *testing.B) {
		m := open(Options{File: &session.File{Name: "rows.ndjson", In: strings.NewReader(ndjson(b, 0, 200_000))}})
		run := func(kind screen.Kind) {
			r := m.jobs.running[kind]
			result, err := r.job.Run(context.Background(), r.tell)
			m.Update(doneMsg{r, result, err})
		}
		run(session.Read)
		for _, then := range []string{"as they came", "marked", "filtered", "filtered and sorted"} {
			switch then {
			case "marked":
				m.at.session.MarkAll()
			case "filtered":
				m.apply(m.at.session.SetPath([]screen.Step{session.TypedStep("com")}))
				run(session.Arrange)
			case "filtered and sorted":
				m.apply(m.at.session.SetOrder(&recordset.Order{By: recordset.ByRecipient}))
				run(session.Arrange)
			}
			b.Run(then, func(b *testing.B) {
				for b.Loop() {
					_ = m.View()
				}
			})
			b.Run(then+", j", func(b *testing.B) {
				for b.Loop() {
					m.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("j")})
					_ = m.View()
				}
			})
		}
	})
}
