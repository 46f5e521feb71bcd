package ui

import (
	"context"
	"flag"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"bounceboard/keymap"
	"bounceboard/sendcloud"
	"bounceboard/sendcloud/sendcloudtest"
	"bounceboard/theme"
	"bounceboard/ui/views"
	"bounceboard/ui/words"
)

// shares is how many shares of the sequences run side by side.
const shares = 4

// Whatever is pressed, pasted and resized, and whenever answers and errors come:
// some screen has the keyboard, every frame fits its window, esc leads to the
// table, and q ends the program.
func TestAnyKeys(t *testing.T) {
	t.Chdir(t.TempDir()) // keys write files, too
	checks := anyKeys / shares
	if testing.Short() {
		checks = 50
	}
	require.NoError(t, flag.Set("rapid.checks", fmt.Sprint(checks)))
	for share := range shares {
		t.Run(fmt.Sprint(share), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				srv, err := sendcloudtest.New(sendcloudtest.Options{Records: 900, Seed: uint64(share) + 1})
				require.NoError(t, err)
				file := ndjson(t, 0, 250)
				rapid.Check(struct{ rapid.TB }{t}, func(rt *rapid.T) { typeAnything(rt, srv, file) }) // its deadline is of another clock
			})
		})
	}
}

// typist is a dashboard to which anything happens. What its jobs say waits until
// it is delivered.
type typist struct {
	*rapid.T
	*Model
	w, h  int
	inbox chan tea.Msg
	mail  []tea.Msg
}

func typeAnything(t *rapid.T, srv *sendcloudtest.Server, file string) {
	client, err := sendcloud.New(sendcloud.Config{BaseURL: "https://api.sendcloud.net/apiv2", APIUser: sendcloudtest.DefaultUser,
		APIKey: sendcloudtest.DefaultKey, Transport: within{srv}, CallsPerMinute: 3000})
	require.NoError(t, err)
	opt := Options{API: client, Lang: rapid.SampledFrom([]words.Lang{words.English, words.Chinese}).Draw(t, "language"),
		Theme: theme.New(theme.Dark, rapid.Bool().Draw(t, "ascii")), Keys: keymap.Default(), Labels: []string{"autumn", "invoice"}, Getenv: func(string) string { return "" },
		Query: sendcloud.Query{Days: 7, Statuses: []sendcloud.Status{sendcloud.Invalid, sendcloud.SoftBounce}}}
	source := rapid.SampledFrom([]string{"pages", "fetched", "file"}).Draw(t, "source")
	if source == "file" {
		opt.API, opt.File = nil, &File{Name: "rows.ndjson", In: strings.NewReader(file)}
	}
	opt.Saved = Saved{Save: func(views.View) error { return nil }, Views: []views.View{late,
		{Name: "of", Filter: "domain:{domain}", Pane: "none", Query: []views.Value{{Field: "days", Text: "{days}"}}}, {Name: "rows", Order: "reply", Filter: "!x"}}}
	if rapid.Bool().Draw(t, "opened") {
		opt.Saved.First = rapid.SampledFrom(opt.Saved.Views).Draw(t, "view")
	}
	ctx, cancel := context.WithCancel(context.Background())
	u := &typist{T: t, Model: New(ctx, opt, &paper{}), inbox: make(chan tea.Msg, 10_000)}
	defer func() {
		cancel()
		synctest.Wait()
	}()
	u.run(u.Init())
	u.update(tea.WindowSizeMsg{Width: 120, Height: 40})
	if source == "fetched" {
		u.deliver()
		u.keys("a", "enter")
		time.Sleep(2 * time.Second)
		u.deliver()
	}
	for range rapid.IntRange(1, 30).Draw(t, "steps") {
		u.step(srv)
		u.look()
	}
	u.update(tea.WindowSizeMsg{Width: 120, Height: 40})
	u.deliver()
	for presses := 0; presses == 0 || u.at.top() != u.at.table; presses++ { // once at least: keys may wait for rows
		require.Less(t, presses, 12, "esc does not lead to the table from %s", u.at.top().Place())
		u.keys("esc")
		u.deliver()
	}
	u.keys("q")
	if u.at.top().Place() == keymap.Confirm { // rows are marked
		u.keys("q")
	}
	u.deliver()
	require.True(t, slices.Contains(u.mail, tea.Msg(tea.QuitMsg{})), "q does not end it")
}

// step is one thing that happens.
func (u *typist) step(srv *sendcloudtest.Server) {
	keys := rapid.SampledFrom([]string{"j", "k", "g", "G", "n", "p", "#", "f", "/", "a", "v", "t", "c", "i", "s", "r", "y", "m", "u", "d", "o", "h", "l", " ", "M", "*", "!", "?",
		"1", "2", "6", "9", "0", "x", "，", "ｊ", "？", "／", "退", "enter", "enter", "esc", "tab", "shift+tab", "up", "down", "left", "right", "pgdown", "pgup", "home", "end",
		"ctrl+d", "ctrl+u", "ctrl+g", "ctrl+r", "ctrl+p", "ctrl+n", "O", ":", "C", "D", "L", "e", "ctrl+z", "backspace"})
	switch rapid.IntRange(0, 11).Draw(u.T, "what") {
	default:
		u.keys(keys.Draw(u.T, "key"))
	case 7:
		u.update(runes([]rune(rapid.SampledFrom([]string{"jjj", "v6", "cd", "srG", "query", "/qq.com", "#2", "/status:invalid", "/cause:x", "fq", "550 no", "a@qq.com\nb@163.com"}).Draw(u.T, "burst"))...))
	case 8:
		u.update(tea.KeyMsg{Type: tea.KeyRunes, Paste: true, Runes: []rune(rapid.SampledFrom([]string{"wang@163.com", "退信", "\t\n", "1794000000000_15_3_1.sc-10_10_126_221-inbound0$a@qq.com", "a\x1b[201~b",
			"Wang@163.com\n<nobody@example.com>\n1794000000000_15_3_1.sc-10_10_126_221-inbound0$b@qq.com"}).Draw(u.T, "paste"))})
	case 9:
		u.update(tea.WindowSizeMsg{Width: rapid.IntRange(0, 220).Draw(u.T, "width"), Height: rapid.IntRange(0, 70).Draw(u.T, "height")})
	case 10:
		faults := rapid.IntRange(0, 3).Draw(u.T, "faults")
		if rapid.Bool().Draw(u.T, "refused") {
			srv.ScriptCode(faults, 40005, "no")
		} else {
			srv.Script(faults, rapid.SampledFrom([]sendcloudtest.Fault{sendcloudtest.FaultHTML, sendcloudtest.FaultServer, sendcloudtest.FaultReset, sendcloudtest.FaultEmpty}).Draw(u.T, "fault"))
		}
		time.Sleep(time.Duration(rapid.IntRange(0, 3000).Draw(u.T, "ms")) * time.Millisecond)
		u.deliver()
	case 11: // one of the answers, whichever
		u.collect()
		if n := len(u.mail); n > 0 {
			i := rapid.IntRange(0, n-1).Draw(u.T, "answer")
			msg := u.mail[i]
			u.mail = slices.Delete(u.mail, i, i+1)
			u.update(msg)
		}
	}
}

func (u *typist) keys(keys ...string) {
	for _, k := range keys {
		if t, ok := namedKeys[k]; ok {
			u.update(tea.KeyMsg{Type: t})
		} else {
			u.update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(k)})
		}
	}
}

var namedKeys = map[string]tea.KeyType{"enter": tea.KeyEnter, "esc": tea.KeyEsc, "tab": tea.KeyTab, "shift+tab": tea.KeyShiftTab, "up": tea.KeyUp, "down": tea.KeyDown,
	"left": tea.KeyLeft, "right": tea.KeyRight, "pgdown": tea.KeyPgDown, "pgup": tea.KeyPgUp, "home": tea.KeyHome, "end": tea.KeyEnd, "ctrl+d": tea.KeyCtrlD, "ctrl+u": tea.KeyCtrlU,
	"ctrl+g": tea.KeyCtrlG, "ctrl+r": tea.KeyCtrlR, "ctrl+p": tea.KeyCtrlP, "ctrl+n": tea.KeyCtrlN, "ctrl+z": tea.KeyCtrlZ, "ctrl+c": tea.KeyCtrlC, "backspace": tea.KeyBackspace}

func (u *typist) run(cmd tea.Cmd) {
	if cmd != nil {
		go func() { u.inbox <- cmd() }()
	}
}

func (u *typist) update(msg tea.Msg) {
	if batch, ok := msg.(tea.BatchMsg); ok {
		for _, cmd := range batch {
			u.run(cmd)
		}
		return
	}
	if size, ok := msg.(tea.WindowSizeMsg); ok {
		u.w, u.h = size.Width, size.Height
	}
	_, cmd := u.Model.Update(msg)
	u.run(cmd)
}

// look looks at the frame.
func (u *typist) look() {
	require.NotEmpty(u, u.at.stack)
	frame := u.View()
	for _, a := range []keymap.Action{keymap.FetchAll, keymap.Again, keymap.Back, keymap.Help, keymap.Copy} {
		require.NotContains(u, frame, "{"+string(a)+"}", "a sentence was said without its keys")
	}
	lines := strings.Split(frame, "\n")
	require.LessOrEqual(u, len(lines), max(1, u.h))
	for _, line := range lines {
		require.LessOrEqual(u, ansi.StringWidth(line), u.w, "%d×%d: %q", u.w, u.h, line)
	}
}

// collect takes what came so far.
func (u *typist) collect() {
	synctest.Wait()
	for {
		select {
		case msg := <-u.inbox:
			if batch, ok := msg.(tea.BatchMsg); ok {
				u.update(batch)
				synctest.Wait()
				continue
			}
			u.mail = append(u.mail, msg)
		default:
			return
		}
	}
}

// deliver hands over all answers, and those to what they lead to.
func (u *typist) deliver() {
	for u.collect(); len(u.mail) > 0; u.collect() {
		msg := u.mail[0]
		if msg == (tea.QuitMsg{}) {
			return
		}
		u.mail = u.mail[1:]
		u.update(msg)
	}
}
