package input

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// sent is what a terminal sends, and the pause before it.
type sent struct {
	pause time.Duration
	bytes string
}

// recorder is a program that writes down the keys it gets: a paste in angle
// brackets, a burst as v1 tells it.
type recorder struct{ got *[]string }

func (r recorder) Init() tea.Cmd { return nil }
func (r recorder) View() string  { return "" }
func (r recorder) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.KeyMsg:
		if msg.Paste {
			*r.got = append(*r.got, "<"+string(msg.Runes)+">")
		} else {
			*r.got = append(*r.got, msg.String())
		}
	default:
		*r.got = append(*r.got, fmt.Sprintf("%T", msg))
	}
	return r, nil
}

// keys runs a Bubble Tea program with a Reader on what is sent, in a time of
// its own, and tells the keys it got.
func keys(t *testing.T, all ...sent) []string {
	t.Helper()
	var got []string
	synctest.Test(t, func(t *testing.T) {
		terminal, keyboard := io.Pipe()
		r := New(terminal)
		p := tea.NewProgram(recorder{&got}, tea.WithInput(r), tea.WithOutput(io.Discard), tea.WithoutRenderer(),
			tea.WithoutSignalHandler(), tea.WithFilter(func(_ tea.Model, msg tea.Msg) tea.Msg {
				if k, ok := msg.(tea.KeyMsg); ok && k.Paste {
					k.Runes = []rune(r.Paste())
					return k
				}
				return msg
			}))
		go func() {
			for _, s := range all {
				time.Sleep(s.pause)
				keyboard.Write([]byte(s.bytes))
			}
			time.Sleep(10 * time.Second)
			p.Quit()
		}()
		_, err := p.Run()
		require.NoError(t, err)
		require.NoError(t, r.Close())
		synctest.Wait() // Bubble Tea has ended its own
		_, err = r.Read(make([]byte, 256))
		require.ErrorIs(t, err, io.EOF)
	})
	return got
}

// units are sequences, with the keys that v1 makes of them.
var units = []struct{ sent, want string }{
	{"\x1b[A", "up"}, {"\x1b[B", "down"}, {"\x1b[1;5C", "ctrl+right"}, {"\x1b[1;3D", "alt+left"}, {"\x1b[Z", "shift+tab"},
	{"\x1bOA", "up"}, {"\x1bOB", "down"}, {"\x1bOH", "home"}, {"\x1bOP", "f1"}, {"\x1bOR", "f3"}, {"\x1bOM", "enter"}, {"\x1bOj", "*"}, {"\x1bOa", "ctrl+up"},
	{"\x1b[5~", "pgup"}, {"\x1b[6~", "pgdown"}, {"\x1b[3~", "delete"}, {"\x1b[15~", "f5"}, {"\x1b[1~", "home"}, {"\x1b[4~", "end"},
	{"\x1b[[A", "f1"}, {"\x1b[7$", "shift+home"}, {"\x1b[8^", "ctrl+end"}, {"\x1b[a", "shift+up"}, {"\x1b[P", "f1"}, {"\x1b[1;1B", "down"}, {"\x1b[1;129B", "down"},
	{"\x1b\x1b[A", "alt+up"}, {"\x1b\x1b[5~", "alt+pgup"},
	{"\x1bb", "alt+b"}, {"\x1bf", "alt+f"}, {"\x1b\x7f", "alt+backspace"}, {"\x1b\r", "alt+enter"}, {"\x1b中", "alt+中"}, {"\x1b ", "alt+ "}, {"\x1b]", "alt+]"}, {"\x1bO", "alt+O"}, {"\x1b[", "alt+["}, {"\x1bP", "alt+P"},
	// kitty
	{"\x1b[27u", "esc"}, {"\x1b[27;1u", "esc"}, {"\x1b[27;2u", ""}, {"\x1b[99;5u", "ctrl+c"}, {"\x1b[99;5:1u", "ctrl+c"}, {"\x1b[99;5:3u", ""}, {"\x1b[13u", "enter"}, {"\x1b[13;2u", "enter"}, {"\x1b[9u", "tab"},
	{"\x1b[9;2u", "shift+tab"}, {"\x1b[127u", "backspace"}, {"\x1b[127;3u", "alt+backspace"}, {"\x1b[98;3u", "alt+b"}, {"\x1b[106u", "j"}, {"\x1b[106;2u", "J"}, {"\x1b[106:74;2u", "J"}, {"\x1b[106;65u", "j"},
	{"\x1b[20013u", "中"}, {"\x1b[97;9u", ""}, {"\x1b[57358u", ""}, {"\x1b[57414u", "enter"}, {"\x1b[32;5u", "ctrl+@"}, {"\x1b[108;5u", "ctrl+l"}, {"\x1b[91;5u", "esc"},
	{"\x1b[1;1:1A", "up"}, {"\x1b[1;1:3A", ""}, {"\x1b[1;5:2A", "ctrl+up"},
	// modifyOtherKeys
	{"\x1b[27;5;99~", "ctrl+c"}, {"\x1b[27;5;105~", "tab"}, {"\x1b[27;2;13~", "enter"}, {"\x1b[27;2;9~", "shift+tab"}, {"\x1b[27;3;100~", "alt+d"}, {"\x1b[27;5;67~", "ctrl+c"}, {"\x1b[27;2;65~", "A"}, {"\x1b[27;1;27~", "esc"}, {"\x1b[27;6;27~", ""}, {"\x1b[27;5;49~", ""},
	// answers and reports
	{"\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\", ""}, {"\x1b]11;rgb:1e1e/1e1e/1e1e\a", ""}, {"\x1b]52;c;cXEK\a", ""}, {"\x1b]lhe q\x1b\\", ""}, {"\x1bP>|WezTerm 20240203-110809\x1b\\", ""}, {"\x1bP1+r544e=787465726d\x1b\\", ""}, {"\x1b_Gi=31;OK\x1b\\", ""},
	{"\x1b[?62;22c", ""}, {"\x1b[>41;354;0c", ""}, {"\x1b[12;40R", ""}, {"\x1b[1;3R", ""}, {"\x1b[?12;40;1R", ""}, {"\x1b[0n", ""}, {"\x1b[?1u", ""}, {"\x1b[?2026;2$y", ""}, {"\x1b[8;24;80t", ""}, {"\x1b[I", ""}, {"\x1b[O", ""}, {"\x1b[>4;2m", ""}, {"\x1b[?997;1n", ""},
	{"\x1b[<0;10;20M", ""}, {"\x1b[<0;10;20m", ""}, {"\x1b[M !!", ""}, {"\x1b[M\x20\xc4\xe9", ""}, {"\x1b[32;10;20M", ""}, {"\x1b[201~", ""}, {"\x1b[65;30;97;1;0;1_", ""},
	// characters
	{"中", "中"}, {"é", "é"}, {"😀", "😀"}, {"j", "j"}, {" ", " "}, {"\r", "enter"}, {"\t", "tab"}, {"\x7f", "backspace"}, {"\x03", "ctrl+c"}, {"\x0c", "ctrl+l"}, {"\x00", "ctrl+@"}, {"\x1b", "esc"}, {"\xff", ""}, {"\u009b", ""},
	{"\x1b[200~abc def\rx\x1b[201~", "<abc def\rx>"}, {"\x1b[200~\x1b[B中\x03\x1b[20\x1b[201~", "<\x1b[B中\x03\x1b[20>"}, {"\x1b[200~\x1b[201~", ""},
}

func TestUnits(t *testing.T) {
	for _, u := range units {
		require.Equal(t, u.want, strings.Join(keys(t, sent{0, u.sent}), " "), "%q", u.sent)
	}
}

// Each unit, cut anywhere, with any pause that is waited for, is the same key.
func TestUnitsCutAnywhere(t *testing.T) {
	for _, u := range units {
		for i := 1; i < len(u.sent); i++ {
			got := keys(t, sent{0, u.sent[:i]}, sent{rest - 1, u.sent[i:]})
			require.Equal(t, u.want, strings.Join(got, " "), "%q, then %q", u.sent[:i], u.sent[i:])
		}
	}
}

// Over a bad line the rest of a report comes late. It is no key: its numbers
// would open panes, and its last letter would stop a fetch.
func TestReportsCutForLong(t *testing.T) {
	for _, report := range []string{"\x1b[?62;22c", "\x1b[12;40R", "\x1b[<0;10;20M", "\x1b[<0;10;20m", "\x1b[?1u", "\x1b[?2026;2$y", "\x1b[8;24;80t", "\x1b[0n"} {
		for i := 3; i < len(report); i++ {
			for j := i + 1; j <= len(report); j++ {
				got := keys(t, sent{0, report[:i]}, sent{300 * time.Millisecond, report[i:j]}, sent{300 * time.Millisecond, report[j:] + "k"}, sent{time.Second, "j"})
				require.Equal(t, []string{"k", "j"}, got, "%q, %q, %q", report[:i], report[i:j], report[j:])
			}
		}
	}
}

// Any series of units, cut in any places with any pauses that are waited for,
// gives what the units give one by one.
func TestSeriesCutAnywhere(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		var want []string
		var all []sent
		for range rapid.IntRange(1, 5).Draw(rt, "units") {
			u := rapid.SampledFrom(units).Draw(rt, "unit")
			if u.want != "" {
				want = append(want, u.want)
			}
			pause := time.Second // between units: what waits for more gets none
			for text := u.sent; text != ""; pause = rest - 1 {
				n := rapid.IntRange(1, len(text)).Draw(rt, "cut")
				all = append(all, sent{pause - time.Duration(rapid.IntRange(0, int(rest)-1).Draw(rt, "pause")), text[:n]})
				text = text[n:]
			}
		}
		got := keys(t, all...)
		if strings.Join(got, " ") != strings.Join(want, " ") {
			rt.Fatalf("sent %+v\ngot  %q\nwant %q", all, got, want)
		}
	})
}

// Any bytes at all: nothing breaks, and the keyboard works afterwards.
func TestAnyBytes(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		noise := rapid.SliceOfN(rapid.OneOf(rapid.SampledFrom([]byte("\x1b[]P_O;019M~u$R\x03\a\\ \r@.")), rapid.Byte()), 0, 40).Draw(rt, "noise")
		cut := rapid.IntRange(0, len(noise)).Draw(rt, "cut")
		got := keys(t, sent{0, string(noise[:cut])}, sent{rest / 2, string(noise[cut:])}, sent{3 * time.Second, "j"}, sent{time.Second, "\x1b[B"})
		if len(got) < 2 || got[len(got)-2] != "j" || got[len(got)-1] != "down" {
			rt.Fatalf("after %q: %q", noise, got)
		}
	})
}

func TestWhatArrivesTogether(t *testing.T) {
	han := strings.Repeat("汉", 100)
	for name, c := range map[string]struct {
		sent []sent
		want []string
	}{
		"arrow in two":                {[]sent{{0, "\x1b"}, {20 * time.Millisecond, "[B"}}, []string{"down"}},
		"esc, later a bracket":        {[]sent{{0, "\x1b"}, {60 * time.Millisecond, "[B"}}, []string{"esc", "[B"}},
		"esc twice":                   {[]sent{{0, "\x1b\x1b"}}, []string{"esc", "esc"}},
		"esc and ctrl+c":              {[]sent{{0, "\x1b\x03"}}, []string{"esc", "ctrl+c"}},
		"esc and an answer":           {[]sent{{0, "\x1b\x1b[?62;22c"}}, []string{"esc"}},
		"esc and a paste":             {[]sent{{0, "\x1b\x1b[200~a\x1b[201~"}}, []string{"esc", "<a>"}},
		"ctrl+c in a sequence":        {[]sent{{0, "\x1b[1;\x03"}}, []string{"ctrl+c"}},
		"ctrl+c in an answer":         {[]sent{{0, "\x1b]11;rgb\x03"}}, []string{"ctrl+c"}},
		"an answer broken off":        {[]sent{{0, "\x1b]11;rgb\x1b[A"}}, []string{"up"}},
		"an answer, long cut":         {[]sent{{0, "\x1b]11;rgb:1e1e"}, {300 * time.Millisecond, "/1e1e/1e1e\x1b\\j"}}, []string{"j"}},
		"a key, an answer cut":        {[]sent{{0, "\x1b]11;rgb:1e1e"}, {300 * time.Millisecond, "j"}}, []string{"j"}},
		"an answer in three":          {[]sent{{0, "\x1b]11;rgb:1e1e"}, {300 * time.Millisecond, "/1e1e"}, {300 * time.Millisecond, "/1e1e\x1b\\j"}}, []string{"j"}},
		"a sequence without end":      {[]sent{{0, "\x1b[1;"}, {60 * time.Millisecond, "j"}}, []string{"j"}},
		"half a character":            {[]sent{{0, "\xe4"}, {20 * time.Millisecond, "\xb8\xad"}}, []string{"中"}},
		"100 Chinese characters":      {[]sent{{0, han}}, []string{han[:255], han[255:]}},
		"255 and an arrow":            {[]sent{{0, strings.Repeat("j", 255) + "\x1b[B"}}, []string{strings.Repeat("j", 255), "down"}},
		"a paste without end":         {[]sent{{0, "\x1b[200~abc"}, {1900 * time.Millisecond, "d"}, {2001 * time.Millisecond, "j"}}, []string{"<abcd>", "j"}},
		"ctrl+c in a paste":           {[]sent{{0, "\x1b[200~abc"}, {time.Second, "\x03"}}, []string{"<abc>", "ctrl+c"}},
		"kitty's ctrl+c":              {[]sent{{0, "j\x1b[99;5u"}}, []string{"j", "ctrl+c"}},
		"keys and arrows":             {[]sent{{0, "jj\x1b[B\x1b[Bk"}}, []string{"jj", "down", "down", "k"}},
		"mouse halves":                {[]sent{{0, "\x1b[<0;1"}, {rest - 1, "0;20M"}, {0, "\x1b[M"}, {rest - 1, " !!"}}, nil},
		"a burst of keys":             {[]sent{{0, "v6"}}, []string{"v6"}},
		"keys with enter":             {[]sent{{0, "/smtp\rjj"}}, []string{"/smtp", "enter", "jj"}},
		"keys with enter and tab":     {[]sent{{0, "jjk\r\tjjk"}}, []string{"jjk", "enter", "tab", "jjk"}},
		"twenty keys":                 {[]sent{{0, strings.Repeat("j", 20)}}, []string{strings.Repeat("j", 20)}},
		"words and enter":             {[]sent{{0, "mailbox not found here\r"}}, []string{"mailbox", " ", "not", " ", "found", " ", "here", "enter"}},
		"an address":                  {[]sent{{0, "lin@qq.com"}}, []string{"<lin@qq.com>"}},
		"an address and enter":        {[]sent{{0, "lin@qq.com\r"}}, []string{"<lin@qq.com>", "enter"}},
		"an id":                       {[]sent{{0, "1795397411000_15_1"}}, []string{"<1795397411000_15_1>"}},
		"a list":                      {[]sent{{0, "lin@qq.com\rwang@qq.com\r"}}, []string{"<lin@qq.com\rwang@qq.com\r>"}},
		"a list in pieces":            {[]sent{{0, "l"}, {4 * time.Millisecond, "in@qq.com\rwang"}, {20 * time.Millisecond, "@qq.com\rq"}, {20 * time.Millisecond, "\r"}}, []string{"<lin@qq.com\rwang@qq.com\rq\r>"}},
		"cells":                       {[]sent{{0, "mailbox full\t550"}}, []string{"<mailbox full\t550>"}},
		"codes":                       {[]sent{{0, "505\r550"}}, []string{"<505\r550>"}},
		"a log line":                  {[]sent{{0, "550 Mailbox not found, refused by server"}}, []string{"<550 Mailbox not found, refused by server>"}},
		"a list, then an arrow":       {[]sent{{0, "用户不存在\r邮箱已满\x1b[B"}}, []string{"<用户不存在\r邮箱已满>", "down"}},
		"two keys, slowly":            {[]sent{{0, "j"}, {30 * time.Millisecond, "k"}}, []string{"j", "k"}},
		"two pastes":                  {[]sent{{0, "\x1b[200~a\x1b[201~\x1b[200~b\x1b[201~"}}, []string{"<a>", "<b>"}},
		"invalid bytes in a paste":    {[]sent{{0, "\x1b[200~a\xff\x1b[201~"}}, []string{"<a>"}},
		"a very long answer":          {[]sent{{0, "\x1b]52;c;" + strings.Repeat("QUFB", 50_000) + "\x1b\\"}, {100 * time.Millisecond, "j"}}, []string{"j"}},
		"an answer without its start": {[]sent{{0, "\x1b\\"}}, []string{`alt+\`}},
	} {
		t.Run(name, func(t *testing.T) { require.Equal(t, c.want, keys(t, c.sent...)) })
	}
}

// A key is waited for no longer than what may follow it.
func TestHold(t *testing.T) {
	for sent, want := range map[string]time.Duration{
		"j": oneKey, "中": oneKey, "jj": burst, "\x1b": rest, "\x1b[": rest, "\xe4": rest, "\x1b[200~": pasteRest,
		"\x1b[B": 0, "\x03": 0, "\x7f": 0, "\x1bb": 0, "\x1b[200~a\x1b[201~": 0, "": 0,
	} {
		var d decoder
		d.feed([]byte(sent))
		require.Equal(t, want, d.hold(), "%q", sent)
	}
}

func TestLongPaste(t *testing.T) {
	text := strings.Repeat("lin@example.com\r", 5<<20/16)
	require.True(t, keys(t, sent{0, "\x1b[200~" + text + "\x1b[201~"})[0] == "<"+text+">")
	require.True(t, keys(t, sent{0, text})[0] == "<"+text+">")
}

type broken struct{ err error }

func (b broken) Read(p []byte) (int, error) { return copy(p, "j\x1b"), b.err }
func (b broken) Close() error               { return nil }

// Bubble Tea swallows io.EOF and goes on for ever.
func TestGone(t *testing.T) {
	for _, cause := range []error{io.EOF, errors.New("input/output error")} {
		var got []string
		r := New(broken{cause})
		_, err := tea.NewProgram(recorder{&got}, tea.WithInput(r), tea.WithOutput(io.Discard), tea.WithoutRenderer(), tea.WithoutSignalHandler()).Run()
		require.ErrorIs(t, err, ErrGone)
		require.Equal(t, []string{"j", "esc"}, got)
		require.NoError(t, r.Close())
	}
}

func TestSmallBuffer(t *testing.T) {
	d := decoder{}
	d.feed([]byte("中中\x1b[15~"))
	r := Reader{units: d}
	p := make([]byte, 4)
	for _, want := range []string{"中", "中"} {
		n, err := r.Read(p)
		require.NoError(t, err)
		require.Equal(t, want, string(p[:n]))
	}
	_, err := r.Read(p)
	require.ErrorIs(t, err, io.ErrShortBuffer)
}
