package ui

import (
	tea "github.com/charmbracelet/bubbletea"

	"bounceboard/keymap"
	"bounceboard/sendcloud/pattern"
	"bounceboard/ui/detail"
	"bounceboard/ui/pane"
	"bounceboard/ui/screen"
	"bounceboard/ui/words"
)

// openPattern shows a reply pattern whole: the one chosen in the facets, or that
// of the selected row.
func (m *Model) openPattern() tea.Cmd {
	v := m.at
	rec, ok := v.session.Selected()
	text, _ := pattern.Of(rec.SendLog)
	id := pattern.IDOf(text)
	if v.top() == v.facets {
		chosen, found := v.facets.Pattern()
		if !found {
			m.tell(words.NoPatternHere)
			return nil
		}
		id, ok = pattern.ID(chosen), true
	}
	if !ok {
		m.tell(words.NoRow)
		return nil
	}
	p := detail.NewPattern(m.Theme, m.Lang, func() pane.Rows { return paneRows(v.session) }, id)
	v.push(p)
	return m.apply(p.Refresh())
}

// openPane shows the facets or the timeline in place of the detail; the key that
// opens it closes it.
func (m *Model) openPane(p interface {
	screen.Screen
	screen.Follower
}) tea.Cmd {
	switch {
	case m.at.pane == screen.Screen(p):
		m.at.closePane()
		return nil
	case m.at.session.Total() == 0:
		m.tell(words.NoRow)
		return nil
	}
	m.at.show(p)
	return m.apply(p.Refresh())
}

// openColumn shows the facets by the column of the number that was pressed.
func (m *Model) openColumn() tea.Cmd {
	v := m.at
	if v.session.Total() == 0 {
		m.tell(words.NoRow)
		return nil
	}
	if v.pane != v.facets {
		v.show(v.facets)
	}
	v.push(v.facets)
	return m.apply(v.facets.Press(keymap.ToColumn, m.pressed))
}
