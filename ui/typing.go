package ui

import (
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"bounceboard/keymap"
	"bounceboard/ui/words"
)

// typed takes a key where text is typed.
func (m *Model) typed(msg tea.KeyMsg, a keymap.Action, ok bool) tea.Cmd {
	switch {
	case ok && a == keymap.ForceQuit:
		return m.quit()
	case ok && a == keymap.Suspend:
		return m.suspend()
	case m.place == keymap.Terms:
		return m.typedTerms(msg, a, ok)
	case ok && a == keymap.Back:
		m.pop()
	case m.place == keymap.Form:
		return m.pressForm(msg, a, ok)
	case ok && a == keymap.Accept:
		return m.accept(m.prompt.Text())
	default:
		m.prompt.Type(msg)
	}
	return nil
}

// accept takes the answer to a prompt.
func (m *Model) accept(text string) tea.Cmd {
	text = strings.TrimSpace(text)
	switch m.place {
	case keymap.FileName:
		m.pop()
		return m.write(text)
	case keymap.PageNumber:
		n, err := strconv.Atoi(keymap.Narrow(text))
		if err != nil || n < 1 || n > m.results.LastPage()+1 {
			m.say(m.lang.Say(words.NoSuchPage, text, words.Number(m.results.LastPage()+1)), bad)
			return nil
		}
		m.pop()
		return m.goTo(n - 1)
	}
	return nil
}

// early keeps a key that needs rows until the first ones are there, and those
// typed after it: nobody waits for a slow line before typing.
func (m *Model) early(msg tea.KeyMsg, a keymap.Action) bool {
	if m.place != keymap.Table || m.pages.Fetched() || !m.req.loading() {
		return false
	}
	switch a {
	case keymap.Back, keymap.ForceQuit, keymap.Suspend:
		m.waiting = nil
		return false
	case keymap.Quit, keymap.Filters, keymap.Help, keymap.Again, "":
		if len(m.waiting) == 0 {
			return false
		}
	}
	m.waiting = append(m.waiting, msg)
	return true
}

// late presses the keys that were typed before the first rows came.
func (m *Model) late() tea.Cmd {
	var cmds []tea.Cmd
	keys := m.waiting
	m.waiting = nil
	for _, msg := range keys {
		cmds = append(cmds, m.keys(msg))
	}
	return tea.Batch(cmds...)
}
