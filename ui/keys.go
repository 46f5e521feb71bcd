package ui

import (
	"slices"
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"bounceboard/keymap"
	"bounceboard/sendcloud"
	"bounceboard/ui/cell"
	"bounceboard/ui/screen"
	"bounceboard/ui/words"
)

// keys takes one message of the keyboard. Keys that arrive together come as one
// message of many runes, and a paste that is not bracketed looks the same.
func (m *Model) keys(msg tea.KeyMsg) tea.Cmd {
	text := string(msg.Runes)
	_, typing := m.at.top().(screen.Typist)
	switch {
	case msg.Alt && !msg.Paste: // esc and a key that arrived together
		esc := m.press(tea.KeyMsg{Type: tea.KeyEsc})
		msg.Alt = false
		return tea.Batch(esc, m.keys(msg))
	case typing, msg.Type != tea.KeyRunes, len(msg.Runes) == 1 && !msg.Paste:
		return m.press(msg)
	case len(m.waiting) > 0 && m.early(msg, ""):
		return nil
	case msg.Paste || !m.chain(text):
		return m.paste(text)
	}
	first := m.press(runes(msg.Runes[0]))
	return tea.Batch(first, m.keys(runes(msg.Runes[1:]...)))
}

// chain reports whether a text is keys that arrived together: each of them acts
// where the keys before it lead, and nothing in it is an address or an email id.
// Behind a key that opens a field the rest is text. A q is none of them: nobody
// quits in passing.
func (m *Model) chain(text string) bool {
	filter := m.Keys.Key(keymap.Filter)
	if emails, ids := sendcloud.FindInPaste(text); len(emails)+len(ids) > 0 && !strings.HasPrefix(keymap.Narrow(text), filter) || strings.ContainsAny(text, "\r\n\t") {
		return false
	}
	place, under := m.at.top().Place(), m.at.base().Place()
	for _, r := range text {
		if keymap.Typing(place) {
			return true
		}
		a, ok := m.Keys.Action(place, string(r))
		if !ok || a == keymap.Quit {
			return false
		}
		switch next, opens := opens[a]; {
		case opens:
			if place = next; place != keymap.CopyMenu && place != keymap.SortMenu {
				under = place
			}
		case place == keymap.CopyMenu || place == keymap.SortMenu || place == keymap.Confirm:
			place = under
		}
	}
	return true
}

// opens says where an action leads.
var opens = map[keymap.Action]keymap.Place{
	keymap.Query: keymap.QueryForm, keymap.Filter: keymap.FilterPrompt, keymap.GoToPage: keymap.PagePrompt, keymap.CopyFile: keymap.FilePrompt,
	keymap.Copy: keymap.CopyMenu, keymap.Sort: keymap.SortMenu, keymap.Facets: keymap.FacetsPane, keymap.FacetsBy: keymap.FacetsPane,
	keymap.Timeline: keymap.TimelinePane, keymap.Counts: keymap.CountsPage, keymap.Pattern: keymap.PatternPage, keymap.Help: keymap.HelpPage,
}

func runes(r ...rune) tea.KeyMsg { return tea.KeyMsg{Type: tea.KeyRunes, Runes: r} }

func number(s string) (n int, ok bool) {
	n, err := strconv.Atoi(s)
	return n, err == nil
}

// press routes one key: what always acts, then the screen on top. A key that
// does nothing here says so.
func (m *Model) press(msg tea.KeyMsg) tea.Cmd {
	key := msg.String()
	if msg.Type == tea.KeySpace {
		key = " "
	}
	top := m.at.top()
	action, ok := m.Keys.Action(top.Place(), key)
	if msg.Paste {
		action, ok = "", false
	}
	if tooSmall(m.w, m.h) && m.w > 0 && action != keymap.Quit && action != keymap.ForceQuit {
		return nil
	}
	m.notice, m.pressed = screen.Notice{}, keymap.Narrow(key)
	m.warned = m.warned && action == keymap.Back
	m.again = m.again && action == keymap.Again
	if m.early(msg, action) {
		return nil
	}
	typist, typing := top.(screen.Typist)
	switch {
	case ok && (action == keymap.Quit || action == keymap.ForceQuit):
		return m.quit()
	case ok && action == keymap.Suspend:
		return m.suspend()
	case ok && action == keymap.Help:
		m.openHelp()
	case ok && action == keymap.Back && m.stopping():
		return m.stop()
	case ok:
		return m.apply(top.Press(action, m.pressed))
	case typing && (msg.Paste || len(msg.Runes) > 1 && strings.ContainsAny(string(msg.Runes), "\r\n\t")):
		return m.apply(typist.Paste(string(msg.Runes)))
	case typing:
		return m.apply(typist.Type(msg))
	default:
		m.say(words.NoSuchKey(m.Lang, keymap.Narrow(key), m.Keys.Elsewhere(key), m.Keys), screen.Plain)
	}
	return nil
}

func (m *Model) quit() tea.Cmd {
	m.jobs.stopAll()
	return tea.Quit
}

func (m *Model) suspend() tea.Cmd {
	if !m.out.job() {
		m.tell(words.NoShell)
		return nil
	}
	return tea.Suspend
}

// early keeps a key that needs rows until they are here: nobody waits for a slow
// line before typing.
func (m *Model) early(msg tea.KeyMsg, a keymap.Action) bool {
	switch top := m.at.top(); {
	case top == m.at.table && m.at.session.Awaiting():
		return m.beforeRows(msg, a)
	case top == m.at.table || top == m.at.detail:
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
	m.tell(words.KeysWait, strings.TrimSpace(m.fit.FitMiddle(strings.Join(typed, " "), 24)))
	return true
}

// takesText: behind this key of the table letters are text or a choice.
func (m *Model) takesText(msg tea.KeyMsg) bool {
	a, _ := m.Keys.Action(keymap.Table, msg.String())
	return a == keymap.Filter || a == keymap.GoToPage || a == keymap.Copy || a == keymap.Sort
}

// beforeOrder keeps a key about a row whose place is not known yet, and all
// behind it, until the rows stand as the keys before it asked. Any other acts at
// once: it may overtake the sort.
func (m *Model) beforeOrder(msg tea.KeyMsg, a keymap.Action) bool {
	waits := len(m.waiting) > 0
	switch a {
	case keymap.ForceQuit, keymap.Suspend:
		return false
	case keymap.GoToPage, keymap.Open, keymap.Copy, keymap.Pattern, keymap.Mark, keymap.MarkAll, keymap.MarkRange:
		waits = waits || m.at.session.Turning()
	default:
		waits = waits || keymap.Moves(a) && m.at.session.Turning()
	}
	if waits {
		m.waiting = append(m.waiting, msg)
	}
	return waits
}

// late presses the keys that waited, once the rows are here and the table has
// the keyboard. Where no row came, they are about nothing.
func (m *Model) late() tea.Cmd {
	v := m.at
	if len(m.waiting) == 0 || v.session.Awaiting() || v.session.Turning() || v.top() != v.table && v.top() != v.detail {
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
