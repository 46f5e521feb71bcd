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
	th        theme.Theme
	lang      words.Lang
	fit       cell.Style
	lines     []words.HelpLine
	w, h, top int
}

// New is a page of these lines.
func New(th theme.Theme, lang words.Lang, lines []words.HelpLine) *Help {
	return &Help{th: th, lang: lang, fit: cell.Style{ASCII: th.ASCII}, lines: lines}
}

// Place is the help page.
func (h *Help) Place() keymap.Place { return keymap.HelpPage }

// Can reports that every key of the page acts.
func (h *Help) Can(keymap.Action) bool { return true }

// Press scrolls, or leaves the page.
func (h *Help) Press(a keymap.Action, _ string) screen.Effect {
	to, ok := pane.Scroll(a, h.top, len(h.lines), h.h)
	if !ok {
		return screen.Effect{Pop: true}
	}
	h.top = to
	return screen.Effect{}
}

// Resize gives the page w×h cells.
func (h *Help) Resize(w, height int) {
	h.w, h.h = max(0, w), max(0, height)
	h.top = max(0, min(h.top, len(h.lines)-h.h))
}

// Draw draws the lines in view.
func (h *Help) Draw(bool) []string {
	const keys = 16
	out := make([]string, h.h)
	for i := range out {
		if h.top+i >= len(h.lines) {
			break
		}
		switch l := h.lines[h.top+i]; {
		case l.Title != "":
			out[i] = " " + h.th.Title.Render(h.fit.Cut(l.Title, h.w-2))
		case l.Keys != "":
			out[i] = "   " + h.th.Key.Render(h.fit.Fit(h.th.Keys(l.Keys), keys)) + " " + h.fit.Cut(l.Text, h.w-keys-5)
		case l.Text != "":
			out[i] = " " + h.fit.Cut(l.Text, h.w-2)
		}
	}
	if below := len(h.lines) - h.top - h.h; below > 0 && h.h > 0 {
		out[h.h-1] = h.th.Muted.Render(h.fit.Cut(" "+h.th.Marks.Down+" "+h.lang.Say(words.More, below+1), h.w))
	}
	return out
}
