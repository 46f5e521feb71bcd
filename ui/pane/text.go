package pane

import (
	"bounceboard/keymap"
	"bounceboard/ui/words"
)

// Text is a screen of lines, of which as many are shown as there is room for.
type Text struct {
	Look
	top   int      // the first line on the screen
	lines []string // set for this width; nil: there is no text
}

// Set replaces the lines; the place in them stays, as far as they go.
func (t *Text) Set(lines []string) {
	t.lines = lines
	t.top = max(0, min(t.top, len(lines)-t.H))
}

// Begin shows the text from its first line.
func (t *Text) Begin() { t.top = 0 }

// Scroll scrolls; false: the action does not.
func (t *Text) Scroll(a keymap.Action) bool {
	page := max(1, t.H-1)
	by, ok := moves(a, len(t.lines), page/2, page)
	t.top = max(0, min(t.top+by, len(t.lines)-t.H))
	return ok
}

// Show draws the lines in view; instead is said where there is no text.
func (t *Text) Show(instead words.Sentence) []string {
	out := make([]string, t.H)
	if t.H == 0 {
		return out
	}
	muted := func(s string) string { return t.Theme.Muted.Render(t.Fit.Cut(" "+s, t.W)) }
	if t.lines == nil {
		out[0] = muted(t.Say(instead))
	}
	copy(out, t.lines[t.top:min(t.top+t.H, len(t.lines))])
	if below := len(t.lines) - t.top - t.H; below > 0 {
		out[t.H-1] = muted(t.Theme.Marks.Down + " " + t.Say(words.More, below+1))
	}
	return out
}
