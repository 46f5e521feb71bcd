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
func (m *Model) tableText(c screen.Copy) string {
	lines := []string{export.Visible(m.asked(words.Query))}
	if m.at.top().Place() != keymap.CountsPage { // its numbers are the service's own
		cover := m.at.session.Coverage()
		told := []string{m.here(cover)}
		if !cover.AsOf.IsZero() {
			told = append(told, m.Lang.Say(words.AsOf, day(cover.AsOf)+" +08"))
		}
		lines = append(lines, export.Visible(m.dots(told)))
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
