package ui

import (
	"slices"

	"bounceboard/keymap"
	"bounceboard/ui/palette"
	"bounceboard/ui/screen"
	"bounceboard/ui/words"
)

// openPalette lists what can be done on the screen that has the keyboard.
func (m *Model) openPalette() {
	other := words.English
	if m.Lang == words.English {
		other = words.Chinese
	}
	var all []palette.Entry
	for _, b := range slices.Concat(m.Keys[m.at.top().Place()], m.Keys[keymap.Everywhere]) {
		if b.Action == keymap.Everything || !m.can(b.Action) {
			continue
		}
		name := func(l words.Lang) string {
			return l.Say(words.ActionName(b.Action)) + " " + words.ActionHelp(l, b.Action)
		}
		all = append(all, palette.Entry{Key: b.Keys[0], Keys: keymap.KeyName(b.Keys[0]), Text: words.ActionHelp(m.Lang, b.Action),
			Also: name(m.Lang) + " " + name(other)})
	}
	m.at.push(palette.New(m.Theme, m.Lang, all, func(key string) screen.Effect { return screen.Effect{Pop: true, Key: key} }))
}
