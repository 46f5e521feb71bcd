package ui

import (
	"encoding/base64"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"github.com/stretchr/testify/require"

	"bounceboard/keymap"
	"bounceboard/ui/words"
)

// clipboard is what was sent to the terminal's clipboard last.
func (r *rig) clipboard() string {
	r.t.Helper()
	sent := r.out.String()
	at := strings.LastIndex(sent, "\x1b]52;c;")
	require.GreaterOrEqual(r.t, at, 0, "nothing was sent")
	text, _, _ := strings.Cut(sent[at+len("\x1b]52;c;"):], "\a")
	said, err := base64.StdEncoding.DecodeString(text)
	require.NoError(r.t, err)
	return string(said)
}

func TestCopyTakesTheTableOneLooksAt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, 5, words.English, 120, 40)
		r.keys("v", "y", "t")
		facets := r.clipboard()
		require.Contains(t, facets, "Failed mail, last 7 days")
		require.Contains(t, facets, "as of 11-23 12:00 +08")
		require.Contains(t, facets, "status\tmails\tshare\ninvalid\t3\t60.0%\nsoft bounce\t2\t40.0%\ntotal\t5\t")
		r.keys("y", "v")
		require.Equal(t, "invalid", r.clipboard())
		r.keys("esc", "t", "y")
		require.Contains(t, r.clipboard(), "requested\tmails\tinvalid\tsoft bounce\n")
		require.Contains(t, r.clipboard(), "\ntotal\t5\t3\t2\n")
		r.keys("esc", "i", "y")
		require.Contains(t, r.clipboard(), "550 5.1.1 no such user")
	})
}

func TestAnEndingThatIsNotWrittenIsRefused(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, 5, words.English, 120, 40)
		r.keys("x", "r")
		path := t.TempDir() + "/rows.pdf"
		r.prompt().Set(path, len(path))
		r.keys("enter")
		require.Contains(t, r.screen(), "files with the ending .pdf are not written here; use one of .csv .json .ndjson .xlsx .txt")
	})
}

// Whatever has the keyboard says in the two bottom lines how one leaves it.
func TestTheWayOutStandsAtTheBottom(t *testing.T) {
	opened := map[string][]string{"table": nil, "detail": {"enter"}, "form": {"f"}, "help": {"?"}, "copy": {"y"}, "page": {"#"}, "facets": {"v"},
		"copy facets": {"v", "y"}, "timeline": {"t"}, "counts": {"c"}, "pattern": {"i"}, "sort": {"s"}, "hand on": {"x"}, "file": {"x", "r"},
		"filter": {"/"}, "palette": {":"}, "columns": {"C"}, "views": {"o"}, "save": {"O"}}
	for _, lang := range []words.Lang{words.English, words.Chinese} {
		synctest.Test(t, func(t *testing.T) {
			r := newRig(t, 1000, lang, 120, 40)
			for name, keys := range opened {
				r.keys(keys...)
				way := r.Keys.Key(keymap.Back)
				if place := r.place(); place == keymap.Table {
					way = r.Keys.Key(keymap.Quit)
				}
				for w := leastWidth; w <= 200; w += 10 {
					for _, h := range []int{15, 40} {
						r.Update(tea.WindowSizeMsg{Width: w, Height: h})
						lines := strings.Split(ansi.Strip(r.View()), "\n")
						bottom := strings.Fields(strings.Join(lines[max(0, len(lines)-2):], " "))
						if !slices.Contains(bottom, way) {
							t.Errorf("%s at %d×%d (%s) shows no %s: %q", name, w, h, r.place(), way, lines[max(0, len(lines)-2):])
							w = 200
							break
						}
					}
				}
				r.Update(tea.WindowSizeMsg{Width: 120, Height: 40})
				for range 6 {
					if r.place() != keymap.Table || r.at.pane == r.at.facets || r.at.pane == r.at.timeline {
						r.keys("esc")
					}
				}
			}
		})
	}
}
