package ui

import (
	"fmt"
	"testing"
	"testing/synctest"

	"github.com/charmbracelet/x/exp/golden"

	"bounceboard/ui/words"
)

// The screens as people see them, styles included. Renew them with
// go test ./ui -run TestScreens -update, and look at what changed.
func TestScreens(t *testing.T) {
	screens := []struct {
		name string
		rows int
		keys []string
	}{
		{"table", 1234, nil},
		{"detail", 1234, []string{"j", "enter"}},
		{"empty", 0, nil},
		{"copy", 3, []string{"y"}},
		{"help", 3, []string{"?"}},
	}
	for _, lang := range []words.Lang{words.English, words.Chinese} {
		for _, size := range [][2]int{{80, 24}, {120, 40}, {160, 45}} {
			for _, s := range screens {
				t.Run(fmt.Sprintf("%s-%s-%dx%d", s.name, lang, size[0], size[1]), func(t *testing.T) {
					var frame string
					synctest.Test(t, func(t *testing.T) {
						r := newRig(t, s.rows, lang, size[0], size[1])
						r.keys(s.keys...)
						frame = r.View()
					})
					golden.RequireEqual(t, []byte(frame))
				})
			}
		}
	}
}
