package ui

import (
	"regexp"
	"testing"
	"testing/synctest"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/stretchr/testify/require"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/sendcloudtest"
	"bounceboard/theme"
	"bounceboard/ui/words"
)

// wide are characters of ambiguous width: punctuation, arrows, frames, blocks
// and marks that a terminal may draw in two columns.
var wide = regexp.MustCompile(`[\x{a1}-\x{d7}\x{2010}-\x{203b}\x{2190}-\x{21ff}\x{2500}-\x{27bf}]`)

// With --ascii no sentence, key or mark on any screen has such a character, in
// English nor in Chinese.
func TestASCIIHasNoSignOfTwoWidths(t *testing.T) {
	for _, lang := range []words.Lang{words.English, words.Chinese} {
		synctest.Test(t, func(t *testing.T) {
			srv, err := sendcloudtest.New(sendcloudtest.Options{Records: 20000, Seed: 3})
			require.NoError(t, err)
			client, err := sendcloud.New(sendcloud.Config{BaseURL: "https://api.sendcloud.net/apiv2", APIUser: sendcloudtest.DefaultUser,
				APIKey: sendcloudtest.DefaultKey, Transport: within{srv}, CallsPerMinute: 3000})
			require.NoError(t, err)
			r := start(t, Options{API: client, Lang: lang, Theme: theme.Theme{ASCII: true}}, 120, 40)
			for _, keys := range [][]string{{}, {"/"}, {"status:x"}, {"esc", "?"}, {"G"}, {"esc", "f"}, {"esc", "v", "6", "enter", "o"}, {"esc", "esc", "t"}, {"o"},
				{"esc", "c", "enter", "d"}, {"esc", "y"}, {"esc", "s"}, {"esc", "#", "9", "9", "9", "9", "enter"}, {"esc", "i"}, {"esc", "a"}, {"enter"},
				{"x"}, {"tab", "u", "#"}, {"/", "zzzz", "enter"}} {
				r.keys(keys...)
				r.wait(5 * time.Second)
				require.Empty(t, wide.FindAllString(r.screen(), -1), "after %q:\n%s", keys, r.screen())
			}
			r.send(tea.WindowSizeMsg{Width: 40, Height: 10})
			require.Empty(t, wide.FindAllString(r.screen(), -1))
		})
	}
}
