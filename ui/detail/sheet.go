package detail

import (
	"strings"

	"bounceboard/theme"
	"bounceboard/ui/cell"
	"bounceboard/ui/words"
)

// sheet is text in lines, of which as many are shown as there is room for.
type sheet struct {
	th    theme.Theme
	lang  words.Lang
	fit   cell.Style
	links bool // the terminal knows hyperlinks

	w, h  int
	top   int      // the first line on screen
	lines []string // set for this width
}

func newSheet(th theme.Theme, lang words.Lang, links bool) sheet {
	return sheet{th: th, lang: lang, fit: cell.Style{ASCII: th.ASCII}, links: links}
}

func (s *sheet) page() page {
	return page{th: s.th, lang: s.lang, fit: s.fit, links: s.links, w: s.w}
}

// Scroll moves the text by n lines, as far as there is text.
func (s *sheet) Scroll(n int) { s.top = max(0, min(s.top+n, len(s.lines)-s.h)) }

// Height is the number of lines on screen.
func (s *sheet) Height() int { return s.h }

// view draws the sheet in exactly its height; instead is said when there is no
// text.
func (s *sheet) view(instead words.Sentence) string {
	if s.h == 0 {
		return ""
	}
	out := make([]string, s.h)
	if s.lines == nil {
		out[0] = s.th.Muted.Render(s.fit.Cut(" "+s.lang.Say(instead), s.w))
	}
	copy(out, s.lines[s.top:min(s.top+s.h, len(s.lines))])
	if below := len(s.lines) - s.top - s.h; below > 0 {
		more := s.th.Marks.Down + " " + s.lang.Say(words.More, below+1)
		out[s.h-1] = s.th.Muted.Render(s.fit.Cut(" "+more, s.w))
	}
	return strings.Join(out, "\n")
}
