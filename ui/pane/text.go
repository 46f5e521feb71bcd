package pane

import (
	"bounceboard/keymap"
	"bounceboard/theme"
	"bounceboard/ui/cell"
	"bounceboard/ui/words"
)

// Text is lines of which as many are shown as there is room for.
type Text struct {
	W, H  int
	top   int      // the first line on the screen
	lines []string // set for this width; nil: there is no text
}

// Resize gives the text w×h cells. Its lines have to be set anew.
func (t *Text) Resize(w, h int) { t.W, t.H = max(0, w), max(0, h) }

// Set replaces the lines; the place in them stays, as far as they go.
func (t *Text) Set(lines []string) {
	t.lines = lines
	t.top = max(0, min(t.top, len(lines)-t.H))
}

// Begin shows the text from its first line.
func (t *Text) Begin() { t.top = 0 }

// Press scrolls; false: the action does not.
func (t *Text) Press(a keymap.Action) bool {
	n, page := len(t.lines), max(1, t.H-1)
	by, ok := map[keymap.Action]int{
		keymap.Up: -1, keymap.Down: 1, keymap.First: -n, keymap.Last: n,
		keymap.HalfUp: -page / 2, keymap.HalfDown: page / 2, keymap.PageUp: -page, keymap.PageDown: page,
	}[a]
	t.top = max(0, min(t.top+by, n-t.H))
	return ok
}

// Draw draws the lines in view; instead is said where there is no text.
func (t *Text) Draw(th theme.Theme, lang words.Lang, instead words.Sentence) []string {
	out := make([]string, t.H)
	if t.H == 0 {
		return out
	}
	muted := func(s string) string { return th.Muted.Render(cell.Style{ASCII: th.ASCII}.Cut(" "+s, t.W)) }
	if t.lines == nil {
		out[0] = muted(lang.Say(instead))
	}
	copy(out, t.lines[t.top:min(t.top+t.H, len(t.lines))])
	if below := len(t.lines) - t.top - t.H; below > 0 {
		out[t.H-1] = muted(th.Marks.Down + " " + lang.Say(words.More, below+1))
	}
	return out
}
