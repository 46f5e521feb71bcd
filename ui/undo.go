package ui

import (
	tea "github.com/charmbracelet/bubbletea"

	"bounceboard/keymap"
	"bounceboard/ui/screen"
	"bounceboard/ui/session"
	"bounceboard/ui/words"
)

// undo takes back the last filter, order or mark, or makes again what was taken back, and says what that was.
func (m *Model) undo(a keymap.Action) tea.Cmd {
	step, said, none := m.at.session.Undo, words.Undone, words.NothingToUndo
	if a == keymap.Redo {
		step, said, none = m.at.session.Redo, words.Redone, words.NothingToRedo
	}
	e, what := step()
	if what == session.NoChange {
		return m.tell(none)
	}
	name := map[session.Change]keymap.Action{session.Filtering: keymap.Filter, session.Sorting: keymap.Sort, session.Marking: keymap.Mark}[what]
	e.Say = &screen.Notice{Text: m.Lang.Say(said, m.Lang.Say(words.ActionName(name)))}
	return m.apply(e)
}
