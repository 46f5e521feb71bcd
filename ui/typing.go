package ui

import (
	"slices"
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"bounceboard/keymap"
	"bounceboard/ui/cell"
	"bounceboard/ui/words"
)

// typed takes a key where text is typed.
func (m *Model) typed(msg tea.KeyMsg, a keymap.Action, ok bool) tea.Cmd {
	switch {
	case ok && a == keymap.ForceQuit:
		return m.quit()
	case ok && a == keymap.Suspend:
		return m.suspend()
	case m.place == keymap.FilterPrompt:
		return m.typedTerms(msg, a, ok)
	case ok && a == keymap.Back:
		m.pop()
	case m.place == keymap.QueryForm:
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
	case keymap.FilePrompt:
		m.pop()
		return m.write(text)
	case keymap.PagePrompt:
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

// early keeps a key that needs rows until they are there: nobody waits for a
// slow line before typing.
func (m *Model) early(msg tea.KeyMsg, a keymap.Action) bool {
	switch {
	case m.place == keymap.Table && m.awaiting():
		return m.beforeRows(msg, a)
	case m.place == keymap.Table || m.place == keymap.Detail:
		return m.beforeOrder(msg, a)
	}
	return false
}

// beforeRows keeps a key before the first rows. A key that needs none acts at
// once, unless it is typed into what a key before it will open.
func (m *Model) beforeRows(msg tea.KeyMsg, a keymap.Action) bool {
	switch a {
	case keymap.Back, keymap.ForceQuit, keymap.Suspend:
		m.waiting = nil
		return false
	case keymap.Quit, keymap.Query, keymap.Help, keymap.Counts, keymap.Again, "":
		if !slices.ContainsFunc(m.waiting, m.takesText) {
			return false
		}
	}
	m.waiting = append(m.waiting, msg)
	var typed []string
	for _, k := range m.waiting {
		typed = append(typed, keymap.Narrow(cell.Clean(k.String())))
	}
	m.say(m.lang.Say(words.KeysWait, strings.TrimSpace(m.fit.FitMiddle(strings.Join(typed, " "), 24))), plain)
	return true
}

// beforeOrder keeps a key about a row whose place is not known yet, and all
// behind it, until the rows stand as the keys before it asked. Any other acts
// at once: it may overtake the sort.
func (m *Model) beforeOrder(msg tea.KeyMsg, a keymap.Action) bool {
	waits := len(m.waiting) > 0
	switch a {
	case keymap.ForceQuit, keymap.Suspend:
		return false
	case keymap.First, keymap.Last, keymap.GoToPage, keymap.NextPage, keymap.PrevPage, keymap.MarkRange:
		waits = waits || m.turning()
	case keymap.Up, keymap.Down, keymap.HalfUp, keymap.HalfDown, keymap.PageUp, keymap.PageDown,
		keymap.Open, keymap.Copy, keymap.Pattern, keymap.Mark, keymap.MarkAll:
		waits = waits || m.turning()
	}
	if waits {
		m.waiting = append(m.waiting, msg)
	}
	return waits
}

// placed: the selected row is known.
func (m *Model) placed() bool {
	_, ok := m.results.Selected()
	return ok
}

// awaiting: the first rows are on their way.
func (m *Model) awaiting() bool { return !m.pages.Fetched() && m.req.loading() }

// turning: a key asked for other rows or another order, which do not show yet.
func (m *Model) turning() bool { return m.slice != nil && m.slice.asked }

// takesText: behind this key of the table letters are text or a choice.
func (m *Model) takesText(msg tea.KeyMsg) bool {
	switch a, _ := m.opt.Keys.Action(keymap.Table, msg.String()); a {
	case keymap.Filter, keymap.GoToPage, keymap.Copy, keymap.Sort:
		return true
	}
	return false
}

// late presses the keys that waited, once the rows are there and the table has
// the keyboard. Where no row came, they are about nothing.
func (m *Model) late() tea.Cmd {
	if len(m.waiting) == 0 || m.awaiting() || m.turning() || m.place != keymap.Table && m.place != keymap.Detail {
		return nil
	}
	keys := m.waiting
	m.waiting = nil
	if m.slice == nil && !m.pages.Fetched() {
		return nil
	}
	var cmds []tea.Cmd
	for _, msg := range keys {
		cmds = append(cmds, m.keys(msg))
	}
	return tea.Batch(cmds...)
}
