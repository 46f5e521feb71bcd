// Package dialog holds what lies over the dashboard for a moment: the help, and
// the one-line questions at the bottom.
package dialog

import (
	"strings"

	"bounceboard/theme"
	"bounceboard/ui/cell"
	"bounceboard/ui/words"
)

// Help is scrollable text in two columns: keys and what they do.
type Help struct {
	th    theme.Theme
	lang  words.Lang
	fit   cell.Style
	w, h  int
	top   int
	lines []words.HelpLine
}

// NewHelp is an empty help.
func NewHelp(th theme.Theme, lang words.Lang) *Help {
	return &Help{th: th, lang: lang, fit: cell.Style{ASCII: th.ASCII}}
}

// Show shows lines from their beginning.
func (h *Help) Show(lines []words.HelpLine) { h.lines, h.top = lines, 0 }

// SetSize gives the help w×h cells.
func (h *Help) SetSize(w, height int) {
	h.w, h.h = max(0, w), max(0, height)
	h.Scroll(0)
}

// Height is the number of lines on screen.
func (h *Help) Height() int { return h.h }

// Scroll moves the text by n lines, as far as there is text.
func (h *Help) Scroll(n int) { h.top = max(0, min(h.top+n, len(h.lines)-h.h)) }

// View draws the help in exactly its height.
func (h *Help) View() string {
	const keys = 16
	if h.h == 0 {
		return ""
	}
	out := make([]string, h.h)
	for i := range out {
		at := h.top + i
		if at >= len(h.lines) {
			break
		}
		l := h.lines[at]
		switch {
		case l.Title != "":
			out[i] = " " + h.th.Title.Render(h.fit.Cut(l.Title, h.w-2))
		case l.Text != "" && l.Keys == "":
			out[i] = " " + h.fit.Cut(l.Text, h.w-2)
		case l.Keys != "":
			out[i] = "   " + h.th.Key.Render(h.fit.Fit(h.th.Keys(l.Keys), keys)) + " " + h.fit.Cut(l.Text, h.w-keys-5)
		}
	}
	if below := len(h.lines) - h.top - h.h; below > 0 {
		out[h.h-1] = h.th.Muted.Render(h.fit.Cut(" "+h.th.Marks.Down+" "+h.lang.Say(words.More, below+1), h.w))
	}
	return strings.Join(out, "\n")
}
