package form

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"bounceboard/keymap"
	"bounceboard/sendcloud"
	"bounceboard/theme"
	"bounceboard/ui/cell"
	"bounceboard/ui/words"
)

// Whatever is pressed and pasted: what the form lets through the client can
// ask, what it stops has its reason on the screen, and the screen is whole.
func TestAnyKeysInAnyOrder(t *testing.T) {
	th := theme.New(theme.Dark, false)
	actions := []keymap.Action{
		keymap.NextField, keymap.PrevField, keymap.Up, keymap.Down, keymap.Earlier, keymap.Later,
		keymap.Toggle, keymap.Clear, keymap.First, keymap.Last, keymap.Search,
	}
	editing := []tea.KeyType{tea.KeyBackspace, tea.KeyDelete, tea.KeyHome, tea.KeyEnd, tea.KeyCtrlW, tea.KeyCtrlK}
	texts := []string{"a", "@", "qq.com", "-", "3", "d", "2026-11-", "昨天", "，", "；", "＠", "0", "406", "\x1b[31m", "\u202e", "e\u0301", "b", "9999999999999999999"}
	rapid.Check(t, func(t *rapid.T) {
		lang := rapid.SampledFrom([]words.Lang{words.English, words.Chinese}).Draw(t, "lang")
		f := scene(th, lang, func(*Form) {})
		w, h := rapid.IntRange(60, 170).Draw(t, "w"), rapid.IntRange(12, 50).Draw(t, "h")
		f.Resize(w, h)
		for range rapid.IntRange(1, 40).Draw(t, "keys") {
			switch rapid.IntRange(0, 4).Draw(t, "kind") {
			case 0, 1: // a search that leaves the form leaves it as it is
				f.Press(rapid.SampledFrom(actions).Draw(t, "action"), "")
			case 2:
				f.Type(tea.KeyMsg{Type: rapid.SampledFrom(editing).Draw(t, "edit")})
			case 3:
				f.Type(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(rapid.SampledFrom(texts).Draw(t, "text"))})
			case 4:
				f.Paste(strings.Join(rapid.SliceOfN(rapid.SampledFrom(texts), 0, 4).Draw(t, "paste"), "\n"))
			}
			lines := f.Draw(true)
			require.Len(t, lines, h)
			for _, l := range lines {
				require.Equal(t, w, cell.Width(l), "%q", l)
			}
		}
		q, ok := ask(f)
		require.Equal(t, ok, f.firstWrong() < 0 && !f.stray)
		if f.stray {
			return
		}
		if ok {
			require.Empty(t, q.Validate(noon(), 0), "the form let through what the client refuses")
			return
		}
		label := words.ParameterName(lang, f.at().param)
		require.Contains(t, plain(view(f)), "! ", "no reason on the screen")
		require.Contains(t, foot(f), label)
	})
}

func TestLongListsStayQuick(t *testing.T) {
	var list []string
	for i := range 5000 {
		list = append(list, fmt.Sprintf("user%04d@example.com", i))
	}
	f := opened(sendcloud.Query{})
	f.Paste(strings.Join(list, "\r\n"))
	require.Equal(t, list, asked(t, f).Emails)
	require.Contains(t, foot(f), "costs 5,000 calls at most")
	require.Contains(t, f.rows(sendcloud.ParamEmail), "user4999@example.com", "the cursor is at the end")
	f.keys(" x@qq.com")
	require.True(t, slices.Contains(f.says.Emails, "x@qq.com"))
}

func BenchmarkKeyInALongList(b *testing.B) {
	var list []string
	for i := range 5000 {
		list = append(list, fmt.Sprintf("user%04d@example.com", i))
	}
	f := opened(sendcloud.Query{})
	f.Paste(strings.Join(list, "\n"))
	for b.Loop() {
		f.Type(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("m")})
		_ = view(f)
		f.Type(tea.KeyMsg{Type: tea.KeyBackspace})
		_ = view(f)
	}
}
