package ui

import (
	"strings"

	"bounceboard/keymap"
	"bounceboard/ui/export"
	"bounceboard/ui/screen"
	"bounceboard/ui/words"
)

// tableText writes a table with tabs between its columns, as a spreadsheet takes it. Above it stand the question and what the
// numbers cover, so that it says the same elsewhere.
func tableText(f *frame, c screen.Copy) string {
	lines := []string{export.Visible(f.asked(words.Query))}
	if f.at.top().Place() != keymap.CountsPage { // its numbers are the service's own
		cover := f.at.session.Coverage()
		told := []string{f.here(cover)}
		if !cover.AsOf.IsZero() {
			told = append(told, f.Lang.Say(words.AsOf, words.Moment(cover.AsOf)+" +08"))
		}
		lines = append(lines, export.Visible(f.dots(told)))
	}
	lines = append(lines, export.Visible(c.About), "")
	for _, row := range c.Table {
		var cells []string
		for _, text := range row {
			cells = append(cells, export.Harmless(text))
		}
		lines = append(lines, strings.Join(cells, "\t"))
	}
	return strings.Join(lines, "\n") + "\n"
}
