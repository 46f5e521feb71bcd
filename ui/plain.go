package ui

import (
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"bounceboard/ui/palette"
	"bounceboard/ui/render"
	"bounceboard/ui/screen"
	"bounceboard/ui/words"
)

// spoken is the screen as lines for somebody who hears or feels it: a fact a line, no boxes, no columns. The selected row is a
// sentence, at the end. Only lines that are new are written, see render.Screen; so nothing that counts up stands in them.
func (f *frame) spoken() string {
	parts := []string{f.where(), f.asked(words.Query)}
	if !f.underWay() {
		parts = append(parts, f.coverage())
	}
	base := f.at.base()
	lines := base.Draw(true)
	if text, ok := f.at.table.Sentence(); base == f.at.table && ok {
		lines = append(f.told(), text)
	} else if p, ok := base.(screen.Pointer); ok {
		if _, y, ok := p.Caret(); ok && y < len(lines) {
			lines = append(slices.Delete(slices.Clone(lines), y, y+1), render.Spoken+lines[y])
		}
	}
	if p, ok := base.(*palette.Palette); ok {
		if text, ok := p.Sentence(); ok {
			lines = append(lines, render.Spoken+text)
		}
	}
	if base != f.at.table || !f.underWay() {
		parts = append(parts, lines...)
	}
	switch bar, ok := f.at.top().(screen.Bar); {
	case ok:
		parts = append(append(parts, f.status...), bar.KeyLine())
	case f.underWay():
		parts = append(parts, f.Lang.Say(words.Loading))
	default:
		parts = append(parts, strings.Join(f.status, " "))
	}
	_, help := f.hints()
	parts = append(parts, help.Keys+" "+help.Text)
	var text []string
	for _, p := range parts {
		if p = strings.Join(strings.Fields(unboxed.Replace(ansi.Strip(p))), " "); p != "" && p != strings.TrimSpace(render.Spoken) {
			text = append(text, p)
		}
	}
	return f.Theme.Draw(strings.Join(text, "\n"))
}

// unboxed takes out what only draws.
var unboxed = strings.NewReplacer("│", " ", "─", "", "|", " ",
	"▁", "", "▂", "", "▃", "", "▄", "", "▅", "", "▆", "", "▇", "", "█", "", "▉", "", "▊", "", "▋", "", "▌", "", "▍", "", "▎", "", "▏", "")
