package detail

import (
	"bounceboard/keymap"
	"bounceboard/theme"
	"bounceboard/ui/cell"
	"bounceboard/ui/pane"
	"bounceboard/ui/words"
)

// text is lines of which as many are shown as there is room for.
type text struct {
	th    theme.Theme
	lang  words.Lang
	fit   cell.Style
	links bool // the terminal knows hyperlinks

	w, h  int
	top   int      // the first line on the screen
	lines []string // set for this width; nil: there is no text
}

func newText(th theme.Theme, lang words.Lang, links bool) text {
	return text{th: th, lang: lang, fit: cell.Style{ASCII: th.ASCII}, links: links}
}

// entries are empty entries of the text's width.
func (t *text) entries() *entries {
	return &entries{th: t.th, lang: t.lang, fit: t.fit, links: t.links, w: t.w}
}

// set replaces the lines; the place in them stays, as far as they go.
func (t *text) set(lines []string) {
	t.lines = lines
	t.top = max(0, min(t.top, len(lines)-t.h))
}

// press scrolls; false: the action does not.
func (t *text) press(a keymap.Action) (ok bool) {
	top, ok := pane.Scroll(a, t.top, len(t.lines), t.h)
	if ok {
		t.top = top
	}
	return ok
}

// draw draws the lines in view; instead is said where there is no text.
func (t *text) draw(instead words.Sentence) []string {
	out := make([]string, t.h)
	if t.h == 0 {
		return out
	}
	if t.lines == nil {
		out[0] = t.th.Muted.Render(t.fit.Cut(" "+t.lang.Say(instead), t.w))
	}
	copy(out, t.lines[t.top:min(t.top+t.h, len(t.lines))])
	if below := len(t.lines) - t.top - t.h; below > 0 {
		more := t.th.Marks.Down + " " + t.lang.Say(words.More, below+1)
		out[t.h-1] = t.th.Muted.Render(t.fit.Cut(" "+more, t.w))
	}
	return out
}
