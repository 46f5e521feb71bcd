// Package help is the page that lists every key and what it does.
package help

import (
	"bounceboard/keymap"
	"bounceboard/theme"
	"bounceboard/ui/cell"
	"bounceboard/ui/pane"
	"bounceboard/ui/screen"
	"bounceboard/ui/words"
)

// Help is text in two columns: keys and what they do. Any key that does not
// scroll leaves it.
type Help struct {
	pane.Text
	th    theme.Theme
	lang  words.Lang
	lines []words.HelpLine
}

// New is a page of these lines.
func New(th theme.Theme, lang words.Lang, lines []words.HelpLine) *Help {
	return &Help{th: th, lang: lang, lines: lines}
}

// Place is the help page.
func (h *Help) Place() keymap.Place { return keymap.HelpPage }

// Can reports that every key of the page acts.
func (h *Help) Can(keymap.Action) bool { return true }

// Press scrolls, or leaves the page.
func (h *Help) Press(a keymap.Action, _ string) screen.Effect {
	return screen.Effect{Pop: !h.Text.Press(a)}
}

// Resize gives the page w×h cells.
func (h *Help) Resize(w, height int) {
	const keys = 16
	h.Text.Resize(w, height)
	fit := cell.Style{ASCII: h.th.ASCII}
	lines := make([]string, len(h.lines))
	for i, l := range h.lines {
		switch {
		case l.Title != "":
			lines[i] = " " + h.th.Title.Render(fit.Cut(l.Title, h.W-2))
		case l.Keys != "":
			lines[i] = "   " + h.th.Key.Render(fit.Fit(h.th.Keys(l.Keys), keys)) + " " + fit.Cut(l.Text, h.W-keys-5)
		case l.Text != "":
			lines[i] = " " + fit.Cut(l.Text, h.W-2)
		}
	}
	h.Set(lines)
}

// Draw draws the lines in view.
func (h *Help) Draw(bool) []string { return h.Text.Draw(h.th, h.lang, words.Sentence{}) }
