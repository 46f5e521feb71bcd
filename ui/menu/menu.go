// Package menu offers what the next key may choose, at the bottom of the screen: what to copy, what to sort by.
package menu

import (
	"strings"

	"bounceboard/keymap"
	"bounceboard/theme"
	"bounceboard/ui/cell"
	"bounceboard/ui/pane"
	"bounceboard/ui/screen"
	"bounceboard/ui/words"
)

// Menu is the choices of a place of the keymap. It is a screen.Bar.
type Menu struct {
	pane.Look
	can func(keymap.Action) bool
}

// New is a menu of those actions of a place that can act.
func New(th theme.Theme, lang words.Lang, keys keymap.Map, place keymap.Place, can func(keymap.Action) bool) *Menu {
	return &Menu{pane.NewLook(place, th, lang, keys), can}
}

func (m *Menu) Can(a keymap.Action) bool { return a == keymap.Back || m.can(a) }

// Press leaves the menu, and leaves what was chosen to the program.
func (m *Menu) Press(a keymap.Action, _ string) screen.Effect {
	if a == keymap.Back {
		a = ""
	}
	return screen.Effect{Pop: true, Do: a}
}

// Draw is the choices but for the last line of them.
func (m *Menu) Draw(bool) []string {
	lines := m.lines()
	return lines[:len(lines)-1]
}

// KeyLine is the last line of the choices, with the way back.
func (m *Menu) KeyLine() string {
	lines := m.lines()
	return " " + lines[len(lines)-1]
}

// lines are the choices and the way back, in as many lines as it takes.
func (m *Menu) lines() (lines []string) {
	const between = "   "
	_, back := words.Hints(m.Lang, m.Keys, m.Place(), m.can)
	line, used := "", 0
	for _, h := range append(words.Choices(m.Lang, m.Keys, m.Place()), back) {
		if !m.Can(h.Action) {
			continue
		}
		keys := m.Theme.Keys(h.Keys)
		n := cell.Width(between + keys + " " + h.Text)
		if used > 0 && used+n > m.W-2 {
			lines, line, used = append(lines, strings.TrimPrefix(line, between)), "", 0
		}
		line += between + m.Theme.Key.Render(keys) + " " + h.Text
		used += n
	}
	return append(lines, strings.TrimPrefix(line, between))
}
