package ui

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"bounceboard/keymap"
	"bounceboard/ui/cell"
	"bounceboard/ui/confirm"
	"bounceboard/ui/form"
	"bounceboard/ui/help"
	"bounceboard/ui/screen"
	"bounceboard/ui/session"
	"bounceboard/ui/words"
)

// keys takes one message of the keyboard, of several runes where keys arrive together: from a q among them on it is a paste.
func (m *Model) keys(msg tea.KeyMsg) tea.Cmd {
	_, types := m.at.top().(screen.Typist)
	switch {
	case m.at.typing(), types && msg.Paste, msg.Type != tea.KeyRunes, len(msg.Runes) == 1 && !msg.Paste:
		return m.press(msg)
	case len(m.waiting) > 0 && m.early(msg, ""):
		return nil
	case msg.Paste:
		return m.paste(string(msg.Runes))
	}
	var cmds []tea.Cmd
	for i, r := range msg.Runes {
		if m.at.typing() {
			return tea.Batch(append(cmds, m.press(runes(msg.Runes[i:]...)))...)
		}
		if a, _ := m.Keys.Action(m.at.top().Place(), string(r)); a == keymap.Quit {
			return tea.Batch(append(cmds, m.paste(string(msg.Runes[i:])))...)
		}
		cmds = append(cmds, m.press(runes(r)))
	}
	return tea.Batch(cmds...)
}

// typing reports whether letters are text. In a list of the form each of them is a key.
func (v *visit) typing() bool {
	_, types := v.top().(screen.Typist)
	f, form := v.top().(*form.Form)
	return types && !(form && f.Can(keymap.Toggle))
}

func runes(r ...rune) tea.KeyMsg { return tea.KeyMsg{Type: tea.KeyRunes, Runes: r} }

// press routes one key: what always acts, then the screen on top. A key that does nothing here says so.
func (m *Model) press(msg tea.KeyMsg) tea.Cmd {
	key := msg.String()
	if msg.Type == tea.KeySpace && !msg.Alt {
		key = " "
	}
	top := m.at.top()
	action, ok := m.Keys.Action(top.Place(), key)
	if msg.Paste {
		action, ok = "", false
	}
	if ok && action == keymap.Redraw {
		m.out.Redraw()
		return nil
	}
	if tooSmall(m.w, m.h) && m.w > 0 && action != keymap.Quit && action != keymap.ForceQuit {
		return nil
	}
	if m.pressed = keymap.Narrow(key); !m.notice.Stays {
		m.notice = screen.Notice{}
	}
	m.warned = m.warned && action == keymap.Back
	m.again = m.again && action == keymap.Again
	if m.early(msg, action) {
		return nil
	}
	typist, typing := top.(screen.Typist)
	question, _ := top.(*confirm.Confirm)
	switch {
	case ok && action == keymap.Quit && m.worth() != "" && (question == nil || question.Question != m.worth()):
		return m.confirm(m.worth(), func() screen.Effect { return screen.Effect{Quit: true} })
	case ok && (action == keymap.Quit || action == keymap.ForceQuit):
		return m.apply(screen.Effect{Quit: true})
	case ok && action == keymap.Suspend && !m.out.Job():
		m.tell(words.NoShell)
	case ok && action == keymap.Suspend:
		return func() tea.Msg { _ = m.out.Suspend(); return nil } // where it fails the program goes on
	case ok && action == keymap.Help:
		m.at.push(help.New(m.Theme, m.Lang, words.HelpLines(m.Lang, m.Keys, top.Place())))
	case ok && action == keymap.Everything:
		m.openPalette()
	case ok && action == keymap.Back && m.stopping():
		return m.stop()
	case ok:
		return m.apply(top.Press(action, m.pressed))
	case typing && msg.Paste && top.Place() == keymap.PagePrompt && strings.Contains(string(msg.Runes), "@"): // no page
		return m.paste(string(msg.Runes))
	case typing && msg.Paste:
		return m.apply(m.pasteInto(typist, string(msg.Runes)))
	case typing && (!msg.Alt || len(msg.Runes) == 0 || strings.ContainsAny(string(msg.Runes), "bfd")):
		return m.apply(typist.Type(msg))
	default:
		m.say(words.NoSuchKey(m.Lang, keymap.Narrow(key), m.Keys.Elsewhere(key), m.Keys), screen.Plain)
	}
	return nil
}

func (m *Model) stop() tea.Cmd {
	s, fetching := m.at.session, m.jobs.Running(session.Fetch)
	m.waiting = nil
	cmd := m.apply(s.Stop())
	if got, _ := s.Reading(); fetching && s.From() == session.FromFetch {
		m.tell(words.FetchStopped, words.RowCount(m.Lang, got.Here))
	}
	return cmd
}

// early keeps a key that needs rows until they are here and in order, and what is typed after it: nobody waits for a slow line before
// typing. A key that needs none acts at once, unless it is typed into what a key before it opens.
func (m *Model) early(msg tea.KeyMsg, a keymap.Action) bool {
	s, top := m.at.session, m.at.top()
	awaiting, waits := s.Awaiting(), len(m.waiting) > 0
	if top != m.at.table && (top != m.at.detail || awaiting) || !awaiting && !waits && !s.Arranging() {
		return false
	}
	takesText := func(k tea.KeyMsg) bool { // after it letters are text or a choice
		a, _ := m.Keys.Action(keymap.Table, k.String())
		return a == keymap.Filter || a == keymap.GoToPage || a == keymap.Copy || a == keymap.Sort
	}
	switch a {
	case keymap.ForceQuit, keymap.Suspend:
		m.waiting = nil
		return false
	case keymap.Back:
		if awaiting {
			m.waiting = nil
			return false
		}
	case keymap.Quit, keymap.Query, keymap.Views, keymap.SaveView, keymap.Help, keymap.Counts, keymap.Again, "":
		waits = slices.ContainsFunc(m.waiting, takesText)
	case keymap.GoToPage, keymap.Open, keymap.Copy, keymap.Pattern, keymap.Mark, keymap.MarkAll, keymap.MarkRange:
		waits = true
	default:
		waits = waits || awaiting || keymap.Moves(a)
	}
	if !waits {
		return false
	}
	m.waiting = append(m.waiting, msg)
	var typed []string
	for _, k := range m.waiting {
		typed = append(typed, keymap.Narrow(cell.Clean(k.String())))
	}
	if awaiting {
		m.tell(words.KeysWait, strings.TrimSpace(m.fit.FitMiddle(strings.Join(typed, " "), 24)))
	}
	return true
}

// late presses the keys that waited, once the rows are here and the table has the keyboard. Where no row came, they are about nothing.
func (m *Model) late() tea.Cmd {
	v := m.at
	if len(m.waiting) == 0 || v.session.Awaiting() || v.session.Arranging() || v.top() != v.table && v.top() != v.detail {
		return nil
	}
	keys := m.waiting
	m.waiting, m.notice = nil, screen.Notice{}
	if v.session.Snapshot().Len() == 0 {
		return nil
	}
	m.arrange()
	var cmds []tea.Cmd
	for _, k := range keys {
		cmds = append(cmds, m.keys(k))
	}
	return tea.Batch(cmds...)
}
