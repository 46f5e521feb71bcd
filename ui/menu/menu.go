// Package menu offers what the next key may choose, at the bottom of the
// screen: what to copy, what to sort by.
package menu

import (
	"strings"

	"bounceboard/keymap"
	"bounceboard/theme"
	"bounceboard/ui/cell"
	"bounceboard/ui/screen"
	"bounceboard/ui/words"
)

// Menu is the choices of a place of the keymap. It is a screen.Bar.
type Menu struct {
	th    theme.Theme
	lang  words.Lang
	keys  keymap.Map
	place keymap.Place
	can   func(keymap.Action) bool
	w     int
}

// New is a menu of those actions of a place that can act.
func New(th theme.Theme, lang words.Lang, keys keymap.Map, place keymap.Place, can func(keymap.Action) bool) *Menu {
	return &Menu{th: th, lang: lang, keys: keys, place: place, can: can}
}

// Place is the place whose actions are offered.
func (m *Menu) Place() keymap.Place { return m.place }

// Can reports whether an action can be chosen.
func (m *Menu) Can(a keymap.Action) bool { return a == keymap.Back || m.can(a) }

// Press leaves the menu, and leaves what was chosen to the program.
func (m *Menu) Press(a keymap.Action, _ string) screen.Effect {
	if a == keymap.Back {
		return screen.Effect{Pop: true}
	}
	return screen.Effect{Pop: true, Do: a}
}

// Resize gives the menu lines of w columns.
func (m *Menu) Resize(w, _ int) { m.w = max(0, w) }

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
func (m *Menu) lines() []string {
	const between = "   "
	_, back := words.Hints(m.lang, m.keys, m.place, m.can)
	var lines, drawn []string
	used := 0
	for _, h := range append(words.Choices(m.lang, m.keys, m.place), back) {
		if !m.Can(h.Action) {
			continue
		}
		keys := m.th.Keys(h.Keys)
		n := cell.Width(keys+" "+h.Text) + len(between)
		if used > 0 && used+n > m.w-2 {
			lines, drawn, used = append(lines, strings.Join(drawn, between)), nil, 0
		}
		drawn = append(drawn, m.th.Key.Render(keys)+" "+h.Text)
		used += n
	}
	return append(lines, strings.Join(drawn, between))
}
