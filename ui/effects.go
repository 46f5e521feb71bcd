package ui

import (
	tea "github.com/charmbracelet/bubbletea"

	"bounceboard/ui/screen"
	"bounceboard/ui/words"
)

// apply does what screens and jobs ask for.
func (m *Model) apply(effects ...screen.Effect) tea.Cmd {
	var cmds []tea.Cmd
	for _, e := range effects {
		for _, kind := range e.Stop {
			m.jobs.stop(kind)
		}
		if e.Pop {
			m.at.pop()
		}
		if e.Push != nil {
			m.at.push(e.Push)
		}
		if e.Filter != nil {
			if m.at.top() == m.at.detail {
				m.at.pop() // the keyboard goes to where the rows are
			}
			narrow, ok := m.at.session.Narrow(*e.Filter)
			if !ok {
				m.tell(words.NarrowedAlready)
			}
			cmds = append(cmds, m.apply(narrow))
		}
		if e.Ask != nil {
			cmds = append(cmds, m.ask(*e.Ask))
		}
		if e.Do != "" {
			cmds = append(cmds, m.do(e.Do))
		}
		for _, job := range e.Run {
			cmds = append(cmds, m.jobs.start(job))
		}
		if e.Copy != nil {
			cmds = append(cmds, m.copy(*e.Copy))
		}
		if e.Say != nil {
			m.notice = *e.Say
		}
		if e.Key != "" {
			cmds = append(cmds, m.press(runes([]rune(e.Key)...)))
		}
		if e.Quit {
			m.jobs.stopAll()
			cmds = append(cmds, tea.Quit)
		}
	}
	return tea.Batch(cmds...)
}
