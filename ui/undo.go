package ui

import (
	tea "github.com/charmbracelet/bubbletea"

	"bounceboard/keymap"
	"bounceboard/ui/recall"
	"bounceboard/ui/screen"
	"bounceboard/ui/session"
	"bounceboard/ui/words"
)

// recalls are the actions about what was done before.
var recalls = []keymap.Action{keymap.Undo, keymap.Redo, keymap.Views, keymap.SaveView}

func recalled(m *Model, a keymap.Action) tea.Cmd {
	switch a {
	case keymap.Undo:
		return unmade(m, m.at.session.Undo, words.Undone, words.NothingToUndo)
	case keymap.Redo:
		return unmade(m, m.at.session.Redo, words.Redone, words.NothingToRedo)
	case keymap.Views:
		return openViews(m)
	}
	return openSave(m)
}

// unmade takes back the last filter, order or mark, or makes it again, and says what that was.
func unmade(m *Model, step func() (screen.Effect, session.Change), said, none words.Sentence) tea.Cmd {
	e, what := step()
	if what == session.NoChange {
		return m.tell(none)
	}
	name := map[session.Change]keymap.Action{session.Filtering: keymap.Filter, session.Sorting: keymap.Sort, session.Marking: keymap.Mark}[what]
	e.Say = &screen.Notice{Text: m.Lang.Say(said, m.Lang.Say(words.ActionName(name)))}
	return m.apply(e)
}

// past is what was typed before, over starts of the program.
type past struct{ filters, queries, variables *recall.History }

// openPast reads it. What cannot be read is kept in memory alone, which is said.
func openPast(m *Model) {
	for name, history := range map[string]**recall.History{"filters": &m.past.filters, "queries": &m.past.queries, "variables": &m.past.variables} {
		var err error
		if *history, err = recall.Open(m.State, name); err != nil {
			m.tell(words.HistoryLost, err.Error())
		}
	}
}
