package e2e

import (
	"encoding/base64"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Pages, their neighbours and the last row: one list over the whole total.
func TestPaging(t *testing.T) {
	t.Parallel()
	sim := simulate(t, "--records", "50000")
	rows := failures(t, sim, 0)
	for start := 100; ; start += 100 {
		page := failures(t, sim, start)
		rows = append(rows, page...)
		if len(page) < 100 {
			break
		}
	}
	total, pages := len(rows), (len(rows)+99)/100
	require.Greater(t, pages, 5)
	s := start(t, 120, 40, environment(t, sim.credentials()...))
	s.waitSelected(rows[0])
	for _, step := range []struct {
		keys string
		row  int
	}{
		{"n", 100}, {"n", 200}, {"p", 100}, {"k", 99}, {"j", 100},
		{"#", -1}, {"4\r", 300}, {"G", total - 1}, {"g", 0}, {"G", total - 1}, {"p", (pages - 2) * 100},
		{"g", 0}, {"\x1b[6~", -1}, {"\x1b[5~", 0},
	} {
		s.send(step.keys)
		if step.row >= 0 {
			s.waitSelected(rows[step.row]).requireOneSelected(t)
		} else {
			s.quiet()
		}
	}
	s.send("G")
	s.waitSelected(rows[total-1])
	s.send("j")
	s.waitText("last row")
	s.send("n")
	s.waitText("last page")
}

func TestDetail(t *testing.T) {
	t.Parallel()
	sim := simulate(t)
	rows := failures(t, sim, 0)
	for _, size := range [][2]int{{80, 24}, {120, 40}, {180, 40}} {
		s := start(t, size[0], size[1], environment(t, sim.credentials()...))
		s.waitSelected(rows[0])
		s.send("j")
		s.waitSelected(rows[1])
		s.send("\r")
		now := s.wait("the email id", func(now screen) bool {
			return strings.Contains(strings.Join(strings.Fields(now.String()), ""), rows[1].EmailID) ||
				size[0] >= 160 && now.contains(rows[1].EmailID[:20])
		})
		require.True(t, now.contains(itoa(rows[1].SubStatus)), "no sub-status\n%s", now)
		require.True(t, now.contains("+08"), "no time zone\n%s", now)
		s.send("\x1b")
		s.quiet()
		s.waitSelected(rows[1])
		s.send("q")
		require.Zero(t, s.waitEnd())
		s.requireRestored()
	}
}

func TestFormSearch(t *testing.T) {
	t.Parallel()
	sim := simulate(t)
	rows := failures(t, sim, 0)
	s := start(t, 100, 40, environment(t, sim.credentials()...))
	s.waitSelected(rows[0])
	s.send("f")
	s.waitText("apiUserList")
	s.send("not an address")
	s.send("\r")
	s.wait("still the form", func(now screen) bool { return now.contains("apiUserList") && now.contains("not an address") })
	s.send("\x15") // ctrl+u
	s.send(rows[2].Recipients)
	s.send("\r")
	now := s.wait("rows of this recipient only", func(now screen) bool {
		ys := now.rows()
		if len(ys) == 0 || now.contains("apiUserList") {
			return false
		}
		for _, y := range ys {
			if now.column(y, rows[2].Recipients) < 0 {
				return false
			}
		}
		return true
	})
	require.Contains(t, now.line(1), rows[2].Recipients, "the header says what was asked")
	// esc leaves everything as it was.
	s.send("f")
	s.waitText("apiUserList")
	s.send("\x15someone@example.com")
	s.wait("typed", func(now screen) bool { return now.contains("someone@example.com") })
	s.send("\x1b")
	now = s.wait("the table again", func(now screen) bool { return !now.contains("apiUserList") && now.selected() >= 0 })
	require.Contains(t, now.line(1), rows[2].Recipients)
}

// A paste is never read as keys; over the table it opens the form.
func TestPaste(t *testing.T) {
	t.Parallel()
	sim := simulate(t)
	rows := failures(t, sim, 0)
	for name, text := range map[string]string{
		"bracketed":      "\x1b[200~" + rows[1].Recipients + "\x1b[201~",
		"unbracketed":    rows[1].Recipients,
		"with brackets":  "\x1b[200~<mailto:" + rows[1].Recipients + ">\x1b[201~",
		"several lines":  "\x1b[200~" + rows[1].Recipients + "\r\nquit@example.com\r\n\x1b[201~",
		"ends in return": "\x1b[200~" + rows[1].Recipients + "\r\x1b[201~",
	} {
		t.Run(name, func(t *testing.T) {
			s := start(t, 100, 40, environment(t, sim.credentials()...))
			s.waitSelected(rows[0])
			s.send(text)
			now := s.wait("the form with the address", func(now screen) bool {
				return now.contains("apiUserList") && now.contains(rows[1].Recipients)
			})
			require.Less(t, now.find(rows[1].Recipients), now.find("emailIds"), "not in the recipient's field\n%s", now)
			require.False(t, now.contains("mailto"), "%s", now)
			s.send("\x1b")
			s.waitSelected(rows[0])
		})
	}
	s := start(t, 100, 40, environment(t, sim.credentials()...))
	s.waitSelected(rows[0])
	s.send("\x1b[200~" + rows[1].EmailID + "\x1b[201~")
	now := s.wait("the form with the email id", func(now screen) bool {
		return now.contains("apiUserList") && now.contains(rows[1].EmailID[30:])
	})
	require.GreaterOrEqual(t, now.find(rows[1].EmailID[30:]), now.find("emailIds"), "not in the field of email ids\n%s", now)
	s.send("\r")
	s.waitSelected(rows[1])
	s.send("\x1b[200~qqqq\x1b[201~")
	s.waitText("neither an address nor an email id")
}

// Outside tmux a copy goes to the terminal in one OSC 52.
func TestCopyToTheTerminal(t *testing.T) {
	t.Parallel()
	sim := simulate(t)
	rows := failures(t, sim, 0)
	dir := t.TempDir()
	s := start(t, 120, 40, environment(t, append(sim.credentials(), "HOME="+dir)...))
	s.waitSelected(rows[0])
	for key, want := range map[string]string{"a": rows[0].Recipients, "e": rows[0].EmailID, "r": rows[0].SendLog} {
		before := s.count()
		s.send("y")
		s.waitText("row as JSON")
		s.send(key)
		s.waitText("sent to the terminal's clipboard")
		require.Contains(t, string(s.bytes()[before:]), "\x1b]52;c;"+base64.StdEncoding.EncodeToString([]byte(want))+"\x07")
	}
	// The other way is a file, which is never overwritten.
	for _, want := range []string{"readable by you only", "is there already"} {
		s.send("x")
		s.waitText("evidence")
		s.send("r")
		s.waitText("to a file (.csv")
		s.send("\x15~/row.json\r")
		s.waitText(want)
	}
	s.send("\x1b") // another name is asked for
	s.wait("no prompt", func(now screen) bool { return !now.contains("to a file (.csv") })
	info, err := os.Stat(filepath.Join(dir, "row.json"))
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), info.Mode().Perm())
	written, err := os.ReadFile(filepath.Join(dir, "row.json"))
	require.NoError(t, err)
	require.Contains(t, string(written), rows[0].EmailID)
	s.send("q")
	require.Zero(t, s.waitEnd())
	s.requireRestored()
}

// A wrong region looks like a wrong key.
func TestRefusedKey(t *testing.T) {
	t.Parallel()
	sim := simulate(t)
	env := append(environment(t, sim.credentials()...), "SENDCLOUD_API_KEY=wrong-and-never-shown")
	for lang, want := range map[string]string{"en": "region", "zh": "地域"} {
		s := start(t, 100, 30, env, "--lang", lang)
		now := s.wait("the region", func(now screen) bool { return strings.Contains(strings.Join(now.lines(), ""), want) })
		require.Contains(t, now.line(0), "127.0.0.1")
		s.send("q")
		require.Zero(t, s.waitEnd())
		s.requireRestored()
		require.NotContains(t, string(s.bytes()), "never-shown")

		out, errOut, status := command(t, env, nil, "list", "--lang", lang)
		require.Equal(t, 3, status)
		require.Empty(t, out)
		require.Contains(t, errOut, want)
		require.NotContains(t, errOut, "never-shown")
	}
}

func TestAKeyThatDoesNothingSaysWhy(t *testing.T) {
	t.Parallel()
	s := start(t, 100, 30, environment(t), "--demo")
	s.waitRows()
	s.send("z")
	s.waitText("does nothing here")
	s.send("？") // an input method is on
	s.waitText("In the table")
	s.send("\x1b")
	s.waitRows()
}
