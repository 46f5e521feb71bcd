package doctor

import (
	"context"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/creack/pty"
	"github.com/stretchr/testify/require"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/sendcloudtest"
	"bounceboard/ui/words"
)

// served checks a simulated service; with changes the account before.
func served(t *testing.T, o sendcloudtest.Options, change func(*sendcloud.Config)) map[string]Check {
	srv, err := sendcloudtest.Start(o)
	require.NoError(t, err)
	t.Cleanup(srv.Close)
	cfg := sendcloud.Config{BaseURL: srv.URL, Now: time.Now}
	cfg.APIUser, cfg.APIKey = srv.Credentials()
	change(&cfg)
	checks := map[string]Check{}
	for _, c := range Service(context.Background(), words.English, cfg) {
		checks[c.Name.EN] = c
	}
	return checks
}

func TestService(t *testing.T) {
	asIs := func(*sendcloud.Config) {}
	well := served(t, sendcloudtest.Options{Records: 10}, asIs)
	for name, c := range well {
		require.Equal(t, Fine, c.State, "%s: %s", name, c.Found)
	}
	require.Contains(t, well["span of a call"].Found, "30 days")

	short := served(t, sendcloudtest.Options{Records: 10, WindowDays: 3}, asIs)
	require.Equal(t, Wrong, short["span of a call"].State)
	require.Contains(t, short["span of a call"].Cure, "window_days = 3")

	key := served(t, sendcloudtest.Options{Records: 10}, func(c *sendcloud.Config) { c.APIKey = "not-the-key-at-all" })
	require.Len(t, key, 1, "nothing else can be asked")
	require.Equal(t, Wrong, key["key and region"].State)
	require.NotContains(t, key["key and region"].Found, "not-the-key-at-all")

	clock := served(t, sendcloudtest.Options{Records: 10}, func(c *sendcloud.Config) {
		c.Now = func() time.Time { return time.Now().Add(-time.Hour) }
	})
	require.Equal(t, Wrong, clock["clock"].State)
	require.Contains(t, clock["clock"].Found, "1h0m")
	require.Contains(t, clock["clock"].Found, "behind")
}

func TestSlowCallsAreSaid(t *testing.T) {
	for took, want := range map[time.Duration]State{300 * time.Millisecond: Fine, 5 * time.Second: Hint} {
		w := stopwatch{took: []time.Duration{10 * time.Second, took}}
		require.Equal(t, want, w.latency(words.English).State, took)
	}
}

func TestEnvironment(t *testing.T) {
	of := func(env map[string]string) map[string]Check {
		checks := map[string]Check{}
		for _, c := range Environment(context.Background(), words.English, func(name string) string { return env[name] }, "dark") {
			checks[c.Name.EN] = c
		}
		return checks
	}
	require.Equal(t, Hint, of(map[string]string{"TERM": "xterm"})["character set"].State, "no locale at all")
	require.Equal(t, Fine, of(map[string]string{"LANG": "zh_CN.UTF-8"})["character set"].State)
	require.Equal(t, Hint, of(map[string]string{"LC_ALL": "C", "LANG": "zh_CN.UTF-8"})["character set"].State, "LC_ALL decides")
	require.Equal(t, Hint, of(map[string]string{"TERM": "dumb"})["colours"].State)
	require.Contains(t, of(map[string]string{"STY": "1.x"})["clipboard"].Found, "GNU screen")
}

// terminal answers each request of Terminal as a terminal does that draws every sign with the given width.
func terminal(t *testing.T, answer func(request string) string) []Check {
	master, tty, err := pty.Open()
	require.NoError(t, err)
	defer master.Close()
	defer tty.Close()
	go func() {
		buf := make([]byte, 4096)
		for {
			n, err := master.Read(buf)
			if err != nil {
				return
			}
			_, _ = master.WriteString(answer(string(buf[:n])))
		}
	}()
	return Terminal(words.English, tty)
}

func TestTerminal(t *testing.T) {
	widths := func(dash string) func(string) string {
		return func(request string) (reply string) {
			if strings.Contains(request, "\x1b[?2004$p") {
				reply = "\x1b[?2004;2$y"
			}
			for _, part := range strings.Split(request, "\x1b[6n") {
				switch sign := part[strings.LastIndex(part, "K")+1:]; sign {
				case "中":
					reply += "\x1b[1;3R"
				case "–":
					reply += dash
				case "…", "·", "─", "▌":
					reply += "\x1b[1;2R"
				}
			}
			return reply
		}
	}
	checks := terminal(t, widths("\x1b[1;2R"))
	require.Equal(t, []State{Fine, Fine}, []State{checks[0].State, checks[1].State})
	require.Contains(t, checks[0].Found, "中 2")
	require.Contains(t, checks[1].Found, "marks pasted text")

	checks = terminal(t, widths("\x1b[1;3R"))
	require.Equal(t, Wrong, checks[0].State)
	require.Contains(t, checks[0].Cure, "– is wider")
	require.Contains(t, checks[0].Cure, "--ascii")

	checks = terminal(t, func(string) string { return "" })
	require.Equal(t, Fine, checks[0].State, "a silent terminal is no fault")
	require.Contains(t, checks[0].Found, "did not say")
}

func TestNoTerminal(t *testing.T) {
	f, err := os.Open(os.DevNull)
	require.NoError(t, err)
	defer f.Close()
	require.NotEmpty(t, Terminal(words.English, f)[0].Found)
}
